# inverted-timeout: an update.

terraform {
  required_providers {
    aws = { source = "hashicorp/aws", version = "~> 6.0" }
  }
}

provider "aws" {
  region = "us-east-1"
}

resource "aws_apigatewayv2_api" "shop" {
  name          = "shop"
  protocol_type = "HTTP"
}

# BAD, and new: it worked 20 s.
resource "aws_lambda_function" "bad_now" {
  function_name = "bad-now"
  role          = "arn:aws:iam::123456789012:role/function"
  handler       = "app.handler"
  runtime       = "python3.13"
  filename      = "app.zip"
  timeout       = 20
}

resource "aws_apigatewayv2_integration" "now" {
  api_id           = aws_apigatewayv2_api.shop.id
  integration_type = "AWS_PROXY"
  integration_uri  = aws_lambda_function.bad_now.invoke_arn
}

# BAD, and worse: it worked 40 s.
resource "aws_lambda_function" "bad_worse" {
  function_name = "bad-worse"
  role          = "arn:aws:iam::123456789012:role/function"
  handler       = "app.handler"
  runtime       = "python3.13"
  filename      = "app.zip"
  timeout       = 40
}

resource "aws_apigatewayv2_integration" "worse" {
  api_id           = aws_apigatewayv2_api.shop.id
  integration_type = "AWS_PROXY"
  integration_uri  = aws_lambda_function.bad_worse.invoke_arn
}

# BAD, as it was before.
resource "aws_lambda_function" "bad_before" {
  function_name = "bad-before"
  role          = "arn:aws:iam::123456789012:role/function"
  handler       = "app.handler"
  runtime       = "python3.13"
  filename      = "app.zip"
  timeout       = 45
}

resource "aws_apigatewayv2_integration" "before" {
  api_id           = aws_apigatewayv2_api.shop.id
  integration_type = "AWS_PROXY"
  integration_uri  = aws_lambda_function.bad_before.invoke_arn
}

# GOOD: it worked 60 s.
resource "aws_lambda_function" "good_now" {
  function_name = "good-now"
  role          = "arn:aws:iam::123456789012:role/function"
  handler       = "app.handler"
  runtime       = "python3.13"
  filename      = "app.zip"
  timeout       = 60
}

resource "aws_apigatewayv2_integration" "better" {
  api_id           = aws_apigatewayv2_api.shop.id
  integration_type = "AWS_PROXY"
  integration_uri  = aws_lambda_function.good_now.invoke_arn
}

# BAD, and new: its function takes longer than before.
resource "aws_sqs_queue" "bad_outgrown" {
  name                       = "bad-outgrown"
  visibility_timeout_seconds = 90
}

resource "aws_lambda_event_source_mapping" "outgrown" {
  function_name    = aws_lambda_function.outgrown.arn
  event_source_arn = aws_sqs_queue.bad_outgrown.arn
}

resource "aws_lambda_function" "outgrown" {
  function_name = "outgrown"
  role          = "arn:aws:iam::123456789012:role/function"
  handler       = "app.handler"
  runtime       = "python3.13"
  filename      = "app.zip"
  timeout       = 15
}
