# unwatched-slo: whether anything watches what an SLO is about.
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

resource "aws_lambda_function" "bad_blind" {
  function_name = "blind"
  role          = aws_iam_role.functions.arn
  handler       = "index.handler"
  runtime       = "nodejs22.x"
  filename      = "code.zip"
}

# Errors are watched, and nobody looks at how long it takes.
resource "aws_lambda_function" "bad_halfway" {
  function_name = "halfway"
  role          = aws_iam_role.functions.arn
  handler       = "index.handler"
  runtime       = "nodejs22.x"
  filename      = "code.zip"
}

resource "aws_lambda_function" "good_watched" {
  function_name = "watched"
  role          = aws_iam_role.functions.arn
  handler       = "index.handler"
  runtime       = "nodejs22.x"
  filename      = "code.zip"
}

# Its file says how fast its budget may be used up.
resource "aws_lambda_function" "good_burning" {
  function_name = "burning"
  role          = aws_iam_role.functions.arn
  handler       = "index.handler"
  runtime       = "nodejs22.x"
  filename      = "code.zip"
}

# Alarms that are switched off watch nothing.
resource "aws_lambda_function" "bad_muted" {
  function_name = "muted"
  role          = aws_iam_role.functions.arn
  handler       = "index.handler"
  runtime       = "nodejs22.x"
  filename      = "code.zip"
}

# No SLO: that is missing-slo's.
resource "aws_lambda_function" "good_nobody" {
  function_name = "nobody"
  role          = aws_iam_role.functions.arn
  handler       = "index.handler"
  runtime       = "nodejs22.x"
  filename      = "code.zip"
}

resource "aws_lambda_function_url" "all" {
  for_each = {
    blind   = aws_lambda_function.bad_blind.function_name
    halfway = aws_lambda_function.bad_halfway.function_name
    watched = aws_lambda_function.good_watched.function_name
    burning = aws_lambda_function.good_burning.function_name
    muted   = aws_lambda_function.bad_muted.function_name
    nobody  = aws_lambda_function.good_nobody.function_name
  }
  function_name      = each.value
  authorization_type = "NONE"
}

resource "aws_cloudwatch_metric_alarm" "errors" {
  for_each            = toset([aws_lambda_function.bad_halfway.function_name, aws_lambda_function.good_watched.function_name])
  alarm_name          = "${each.key}-errors"
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 2
  period              = 60
  namespace           = "AWS/Lambda"
  metric_name         = "Errors"
  statistic           = "Sum"
  threshold           = 1
  alarm_actions       = [aws_sns_topic.oncall.arn]
  dimensions          = { FunctionName = each.key }
}

resource "aws_cloudwatch_metric_alarm" "slow" {
  alarm_name          = "watched-slow"
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 2
  period              = 60
  namespace           = "AWS/Lambda"
  metric_name         = "Duration"
  extended_statistic  = "p99"
  threshold           = 500
  alarm_actions       = [aws_sns_topic.oncall.arn]
  dimensions          = { FunctionName = aws_lambda_function.good_watched.function_name }
}

resource "aws_cloudwatch_metric_alarm" "muted" {
  for_each            = toset(["Errors", "Duration"])
  alarm_name          = "muted-${each.key}"
  actions_enabled     = false
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 2
  period              = 60
  namespace           = "AWS/Lambda"
  metric_name         = each.key
  statistic           = "Maximum"
  threshold           = 500
  dimensions          = { FunctionName = aws_lambda_function.bad_muted.function_name }
}
