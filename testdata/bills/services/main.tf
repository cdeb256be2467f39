# What is billed by requests, messages, metrics and keys.

terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.0"
    }
  }
}

provider "aws" {
  region = "us-east-1"
}

resource "aws_api_gateway_rest_api" "main" {
  name = "main"
}

resource "aws_apigatewayv2_api" "http" {
  name          = "http"
  protocol_type = "HTTP"
}

resource "aws_apigatewayv2_api" "socket" {
  name                       = "socket"
  protocol_type              = "WEBSOCKET"
  route_selection_expression = "$request.body.action"
}

resource "aws_cloudwatch_log_group" "usual" {
  name = "usual"
}

resource "aws_cloudwatch_log_group" "rare" {
  name            = "rare"
  log_group_class = "INFREQUENT_ACCESS"
}

resource "aws_cloudwatch_metric_alarm" "usual" {
  alarm_name          = "usual"
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 2
  metric_name         = "CPUUtilization"
  namespace           = "AWS/EC2"
  period              = 60
  statistic           = "Average"
  threshold           = 80
}

resource "aws_cloudwatch_metric_alarm" "often" {
  alarm_name          = "often"
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 2
  metric_name         = "Waiting"
  namespace           = "Example"
  period              = 10
  statistic           = "Average"
  threshold           = 80
}

resource "aws_cloudwatch_metric_alarm" "ratio" {
  alarm_name          = "ratio"
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 2
  threshold           = 10

  metric_query {
    id          = "share"
    expression  = "bad / all * 100"
    return_data = true
  }
  metric_query {
    id = "bad"
    metric {
      metric_name = "HTTPCode_ELB_5XX_Count"
      namespace   = "AWS/ApplicationELB"
      period      = 120
      stat        = "Sum"
    }
  }
  metric_query {
    id = "all"
    metric {
      metric_name = "RequestCount"
      namespace   = "AWS/ApplicationELB"
      period      = 120
      stat        = "Sum"
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "band" {
  alarm_name          = "band"
  comparison_operator = "GreaterThanUpperThreshold"
  evaluation_periods  = 2
  threshold_metric_id = "band"

  metric_query {
    id          = "band"
    expression  = "ANOMALY_DETECTION_BAND(cpu)"
    return_data = true
  }
  metric_query {
    id          = "cpu"
    return_data = true
    metric {
      metric_name = "CPUUtilization"
      namespace   = "AWS/EC2"
      period      = 120
      stat        = "Average"
    }
  }
}

resource "aws_synthetics_canary" "main" {
  name                 = "main"
  artifact_s3_location = "s3://canary-of-example/"
  execution_role_arn   = "arn:aws:iam::111122223333:role/canary"
  handler              = "index.handler"
  runtime_version      = "syn-nodejs-puppeteer-9.0"
  s3_bucket            = "canary-of-example"
  s3_key               = "canary.zip"
  start_canary         = true

  schedule {
    expression = "rate(5 minutes)"
  }
}

resource "aws_sqs_queue" "usual" {
  name = "usual"
}

resource "aws_sqs_queue" "ordered" {
  name       = "ordered.fifo"
  fifo_queue = true
}

resource "aws_sns_topic" "usual" {
  name = "usual"
}

resource "aws_sns_topic" "ordered" {
  name       = "ordered.fifo"
  fifo_topic = true
}

resource "aws_sns_topic_subscription" "queue" {
  topic_arn = aws_sns_topic.usual.arn
  protocol  = "sqs"
  endpoint  = aws_sqs_queue.usual.arn
}

resource "aws_kms_key" "usual" {}

resource "aws_kms_key" "pair" {
  customer_master_key_spec = "ECC_NIST_P256"
  key_usage                = "SIGN_VERIFY"
}

resource "aws_secretsmanager_secret" "copied" {
  name = "copied"

  replica {
    region = "eu-west-1"
  }
}

resource "aws_ssm_parameter" "usual" {
  name  = "/usual"
  type  = "String"
  value = "a"
}

resource "aws_ssm_parameter" "large" {
  name  = "/large"
  type  = "String"
  tier  = "Advanced"
  value = "a"
}

resource "aws_ssm_parameter" "either" {
  name  = "/either"
  type  = "String"
  tier  = "Intelligent-Tiering"
  value = "a"
}

resource "aws_sfn_state_machine" "usual" {
  name       = "usual"
  role_arn   = "arn:aws:iam::111122223333:role/steps"
  definition = jsonencode({ StartAt = "End", States = { End = { Type = "Succeed" } } })
}

resource "aws_sfn_state_machine" "express" {
  name       = "express"
  type       = "EXPRESS"
  role_arn   = "arn:aws:iam::111122223333:role/steps"
  definition = jsonencode({ StartAt = "End", States = { End = { Type = "Succeed" } } })
}

resource "aws_transfer_server" "main" {
  identity_provider_type = "SERVICE_MANAGED"
  endpoint_type          = "PUBLIC"
}

resource "aws_directory_service_directory" "main" {
  name     = "corp.example.com"
  password = "Not-a-secret-1"
  edition  = "Standard"
  type     = "MicrosoftAD"

  desired_number_of_domain_controllers = 3

  vpc_settings {
    vpc_id     = "vpc-0a1b2c3d4e5f60000"
    subnet_ids = ["subnet-0a1b2c3d4e5f60000", "subnet-0a1b2c3d4e5f60001"]
  }
}

resource "aws_config_config_rule" "main" {
  name = "main"

  source {
    owner             = "AWS"
    source_identifier = "S3_BUCKET_VERSIONING_ENABLED"
  }
}

resource "aws_acm_certificate" "public" {
  domain_name       = "example.com"
  validation_method = "DNS"
}

resource "aws_cloudwatch_event_rule" "main" {
  name                = "main"
  schedule_expression = "rate(5 minutes)"
}

resource "aws_guardduty_detector" "main" {}
