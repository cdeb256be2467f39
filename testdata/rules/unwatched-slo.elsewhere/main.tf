# unwatched-slo: alarms of which nobody can tell whose they are.
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

resource "aws_sns_topic" "oncall" {
  name = "oncall"
}

resource "aws_lambda_function" "unknown_shop" {
  function_name = "shop"
  role          = aws_iam_role.functions.arn
  handler       = "index.handler"
  runtime       = "nodejs22.x"
  filename      = "code.zip"
}

resource "aws_lambda_function_url" "shop" {
  function_name      = aws_lambda_function.unknown_shop.function_name
  authorization_type = "NONE"
}

# Some program publishes it: whose latency it is, nothing says.
resource "aws_cloudwatch_metric_alarm" "own" {
  alarm_name          = "slow"
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 2
  period              = 60
  namespace           = "Shop"
  metric_name         = "RequestLatency"
  extended_statistic  = "p99"
  threshold           = 500
  alarm_actions       = [aws_sns_topic.oncall.arn]
  dimensions          = { Program = "p-17" }
}
