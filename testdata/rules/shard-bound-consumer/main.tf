# shard-bound-consumer: functions and workers that read streams.
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

locals {
  role = "arn:aws:iam::123456789012:role/function"
}

resource "aws_kinesis_stream" "clicks" {
  name        = "clicks"
  shard_count = 4
}

resource "aws_kinesis_stream" "orders" {
  name        = "orders"
  shard_count = 2
}

resource "aws_kinesis_stream" "grows" {
  name = "grows"
  stream_mode_details {
    stream_mode = "ON_DEMAND"
  }
}

resource "terraform_data" "shards" {
  input = 3
}

resource "aws_kinesis_stream" "later" {
  name        = "later"
  shard_count = terraform_data.shards.output
}

resource "aws_kinesis_stream_consumer" "clicks" {
  name       = "fast"
  stream_arn = aws_kinesis_stream.clicks.arn
}

# BAD, medium: 4 shards x 10 calls = 40, and it may run twice: two shards always wait.
resource "aws_lambda_function" "bad_tight" {
  function_name                  = "tight"
  role                           = local.role
  runtime                        = "python3.13"
  handler                        = "main.handler"
  filename                       = "main.zip"
  reserved_concurrent_executions = 2
}

resource "aws_lambda_event_source_mapping" "tight" {
  event_source_arn       = aws_kinesis_stream.clicks.arn
  function_name          = aws_lambda_function.bad_tight.arn
  starting_position      = "LATEST"
  parallelization_factor = 10
}

# BAD, low: 4 x 2 from one stream by a consumer of its own and 2 x 1 from another are 10, and it may run 8 times.
resource "aws_lambda_function" "bad_two_streams" {
  function_name                  = "two"
  role                           = local.role
  runtime                        = "python3.13"
  handler                        = "main.handler"
  filename                       = "main.zip"
  reserved_concurrent_executions = 8
}

resource "aws_lambda_event_source_mapping" "two_clicks" {
  event_source_arn       = aws_kinesis_stream_consumer.clicks.arn
  function_name          = aws_lambda_function.bad_two_streams.arn
  starting_position      = "LATEST"
  parallelization_factor = 2
}

resource "aws_lambda_event_source_mapping" "two_orders" {
  event_source_arn  = aws_kinesis_stream.orders.arn
  function_name     = aws_lambda_function.bad_two_streams.arn
  starting_position = "LATEST"
}

# GOOD: 4 x 2 = 8.
resource "aws_lambda_function" "good_enough" {
  function_name                  = "enough"
  role                           = local.role
  runtime                        = "python3.13"
  handler                        = "main.handler"
  filename                       = "main.zip"
  reserved_concurrent_executions = 8
}

resource "aws_lambda_event_source_mapping" "enough" {
  event_source_arn       = aws_kinesis_stream.clicks.arn
  function_name          = aws_lambda_function.good_enough.arn
  starting_position      = "LATEST"
  parallelization_factor = 2
}

# GOOD: no bound of its own.
resource "aws_lambda_function" "good_unbounded" {
  function_name = "unbounded"
  role          = local.role
  runtime       = "python3.13"
  handler       = "main.handler"
  filename      = "main.zip"
}

resource "aws_lambda_event_source_mapping" "unbounded" {
  event_source_arn       = aws_kinesis_stream.clicks.arn
  function_name          = aws_lambda_function.good_unbounded.arn
  starting_position      = "LATEST"
  parallelization_factor = 10
}

# GOOD: the mapping is switched off.
resource "aws_lambda_function" "good_off" {
  function_name                  = "off"
  role                           = local.role
  runtime                        = "python3.13"
  handler                        = "main.handler"
  filename                       = "main.zip"
  reserved_concurrent_executions = 1
}

resource "aws_lambda_event_source_mapping" "off" {
  event_source_arn  = aws_kinesis_stream.clicks.arn
  function_name     = aws_lambda_function.good_off.arn
  starting_position = "LATEST"
  enabled           = false
}

# UNKNOWN: the stream has as many shards as its traffic needs.
resource "aws_lambda_function" "unknown_grows" {
  function_name                  = "grows"
  role                           = local.role
  runtime                        = "python3.13"
  handler                        = "main.handler"
  filename                       = "main.zip"
  reserved_concurrent_executions = 5
}

resource "aws_lambda_event_source_mapping" "grows" {
  event_source_arn  = aws_kinesis_stream.grows.arn
  function_name     = aws_lambda_function.unknown_grows.arn
  starting_position = "LATEST"
}

# UNKNOWN: a number of shards that is known only after apply.
resource "aws_lambda_function" "unknown_later" {
  function_name                  = "later"
  role                           = local.role
  runtime                        = "python3.13"
  handler                        = "main.handler"
  filename                       = "main.zip"
  reserved_concurrent_executions = 5
}

resource "aws_lambda_event_source_mapping" "later" {
  event_source_arn  = aws_kinesis_stream.later.arn
  function_name     = aws_lambda_function.unknown_later.arn
  starting_position = "LATEST"
}

# UNKNOWN: a table's stream has as many shards as the table has partitions.
resource "aws_dynamodb_table" "orders" {
  name             = "orders"
  billing_mode     = "PAY_PER_REQUEST"
  hash_key         = "id"
  stream_enabled   = true
  stream_view_type = "NEW_IMAGE"
  attribute {
    name = "id"
    type = "S"
  }
}

resource "aws_lambda_function" "unknown_table" {
  function_name                  = "table"
  role                           = local.role
  runtime                        = "python3.13"
  handler                        = "main.handler"
  filename                       = "main.zip"
  reserved_concurrent_executions = 2
}

resource "aws_lambda_event_source_mapping" "table" {
  event_source_arn  = aws_dynamodb_table.orders.stream_arn
  function_name     = aws_lambda_function.unknown_table.arn
  starting_position = "LATEST"
}

# GOOD: a queue has no shards.
resource "aws_sqs_queue" "jobs" {
  name = "jobs"
}

resource "aws_lambda_function" "good_queue" {
  function_name                  = "queue"
  role                           = local.role
  runtime                        = "python3.13"
  handler                        = "main.handler"
  filename                       = "main.zip"
  reserved_concurrent_executions = 2
}

resource "aws_lambda_event_source_mapping" "queue" {
  event_source_arn = aws_sqs_queue.jobs.arn
  function_name    = aws_lambda_function.good_queue.arn
}
