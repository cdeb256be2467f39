# missing-slo: a repository without any SLO.
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

resource "aws_iam_role" "functions" {
  name               = "functions"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [] })
}

resource "aws_lambda_function" "bad_hook" {
  function_name = "hook"
  role          = aws_iam_role.functions.arn
  handler       = "index.handler"
  runtime       = "nodejs22.x"
  filename      = "hook.zip"
}

resource "aws_lambda_function_url" "hook" {
  function_name      = aws_lambda_function.bad_hook.function_name
  authorization_type = "NONE"
}

resource "aws_lambda_function" "good_job" {
  function_name = "job"
  role          = aws_iam_role.functions.arn
  handler       = "index.handler"
  runtime       = "nodejs22.x"
  filename      = "job.zip"
}
