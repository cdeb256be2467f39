# shared-concurrency: an update.

terraform {
  required_providers {
    aws = { source = "hashicorp/aws", version = "~> 6.0" }
  }
}

provider "aws" {
  region = "us-east-1"
}

resource "aws_sqs_queue" "work" {
  name                       = "work"
  visibility_timeout_seconds = 180
}

resource "aws_lambda_function" "api" {
  function_name = "api"
  role          = "arn:aws:iam::123456789012:role/function"
  handler       = "app.handler"
  runtime       = "python3.13"
  filename      = "app.zip"
}

resource "aws_lambda_function_url" "api" {
  function_name      = aws_lambda_function.api.function_name
  authorization_type = "AWS_IAM"
}

# BAD, and new: its trigger was bounded.
resource "aws_lambda_function" "bad_unbounded" {
  function_name = "bad-unbounded"
  role          = "arn:aws:iam::123456789012:role/function"
  handler       = "app.handler"
  runtime       = "python3.13"
  filename      = "app.zip"
}

resource "aws_lambda_event_source_mapping" "unbounded" {
  function_name    = aws_lambda_function.bad_unbounded.arn
  event_source_arn = aws_sqs_queue.work.arn
  scaling_config {
    maximum_concurrency = 5
  }
}

# BAD, as it was before.
resource "aws_lambda_function" "bad_before" {
  function_name = "bad-before"
  role          = "arn:aws:iam::123456789012:role/function"
  handler       = "app.handler"
  runtime       = "python3.13"
  filename      = "app.zip"
}

resource "aws_lambda_event_source_mapping" "before" {
  function_name    = aws_lambda_function.bad_before.arn
  event_source_arn = aws_sqs_queue.work.arn
}

# GOOD: it is bounded now.
resource "aws_lambda_function" "good_bounded" {
  function_name = "good-bounded"
  role          = "arn:aws:iam::123456789012:role/function"
  handler       = "app.handler"
  runtime       = "python3.13"
  filename      = "app.zip"
}

resource "aws_lambda_event_source_mapping" "bounded" {
  function_name    = aws_lambda_function.good_bounded.arn
  event_source_arn = aws_sqs_queue.work.arn
}
