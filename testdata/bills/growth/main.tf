# An endpoint grows into one more zone, and an alarm looks more often.

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

resource "aws_vpc_endpoint" "queue" {
  vpc_id            = "vpc-0a1b2c3d4e5f60000"
  service_name      = "com.amazonaws.us-east-1.sqs"
  vpc_endpoint_type = "Interface"
  subnet_ids        = ["subnet-0a1b2c3d4e5f60000", "subnet-0a1b2c3d4e5f60001", "subnet-0a1b2c3d4e5f60002"]
}

resource "aws_cloudwatch_metric_alarm" "waiting" {
  alarm_name          = "waiting"
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 2
  metric_name         = "Waiting"
  namespace           = "Example"
  period              = 10
  statistic           = "Average"
  threshold           = 80
}
