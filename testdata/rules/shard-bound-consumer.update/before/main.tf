# shard-bound-consumer: the first version.
#
# bad_ is to be found, good_ is not, unknown_ cannot be told.

terraform {
  required_providers {
    aws = { source = "hashicorp/aws", version = "~> 6.0" }
  }
}

provider "aws" {
  region = "us-east-1"
}

resource "aws_kinesis_stream" "clicks" {
  name        = "clicks"
  shard_count = 4
}

resource "aws_lambda_function" "bad_grown" {
  function_name                  = "grown"
  role                           = "arn:aws:iam::123456789012:role/function"
  runtime                        = "python3.13"
  handler                        = "main.handler"
  filename                       = "main.zip"
  reserved_concurrent_executions = 4
}

resource "aws_lambda_event_source_mapping" "grown" {
  event_source_arn  = aws_kinesis_stream.clicks.arn
  function_name     = aws_lambda_function.bad_grown.arn
  starting_position = "LATEST"
}
