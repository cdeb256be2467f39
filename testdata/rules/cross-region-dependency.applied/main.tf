# cross-region-dependency: what runs in a region that the plan does not tell, and addresses that are known.
#
# Applied, and planned again; with a version of the provider that does not say in which region a resource lives.

terraform {
  required_providers {
    aws = { source = "hashicorp/aws", version = "5.25.0" }
  }
}

# Home.
provider "aws" {
  region = "us-east-1"
}

# Whichever region the machine that plans is set to.
provider "aws" {
  alias = "any"
}

provider "aws" {
  alias  = "west"
  region = "us-west-2"
}

locals {
  role  = "arn:aws:iam::123456789012:role/function"
  image = "123456789012.dkr.ecr.us-east-1.amazonaws.com/shop:1.4.2"
}

resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "main" {
  for_each          = { a = 0, b = 1 }
  vpc_id            = aws_vpc.main.id
  availability_zone = "us-east-1${each.key}"
  cidr_block        = "10.0.${each.value}.0/24"
}

# UNKNOWN: it speaks of two regions; one of them may be its own.
resource "aws_lambda_function" "unknown_home" {
  provider      = aws.any
  function_name = "unknown-home"
  role          = local.role
  package_type  = "Image"
  image_uri     = local.image

  environment {
    variables = {
      QUEUE_URL = "https://sqs.us-west-2.amazonaws.com/123456789012/orders"
      TOPIC_ARN = "arn:aws:sns:eu-west-1:123456789012:orders"
    }
  }
}

resource "aws_lambda_function_url" "home" {
  provider           = aws.any
  function_name      = aws_lambda_function.unknown_home.function_name
  authorization_type = "NONE"
}

# GOOD: it speaks of one region, most likely its own.
resource "aws_lambda_function" "good_single" {
  provider      = aws.any
  function_name = "good-single"
  role          = local.role
  package_type  = "Image"
  image_uri     = local.image

  environment {
    variables = {
      QUEUE_URL = "https://sqs.us-west-2.amazonaws.com/123456789012/orders"
      TOPIC_ARN = "arn:aws:sns:us-west-2:123456789012:orders"
    }
  }
}

resource "aws_lambda_function_url" "single" {
  provider           = aws.any
  function_name      = aws_lambda_function.good_single.function_name
  authorization_type = "NONE"
}

# BAD, high: everything has its name.
resource "aws_db_instance" "orders" {
  provider          = aws.west
  identifier        = "orders"
  engine            = "postgres"
  engine_version    = "16.4"
  instance_class    = "db.m7g.large"
  allocated_storage = 100
  multi_az          = true
}

resource "aws_lambda_function" "bad_database" {
  function_name = "bad-database"
  role          = local.role
  package_type  = "Image"
  image_uri     = local.image

  vpc_config {
    subnet_ids         = [for subnet in aws_subnet.main : subnet.id]
    security_group_ids = ["sg-0123456789abcdef0"]
  }

  environment {
    variables = {
      DATABASE_URL = "postgres://app@${aws_db_instance.orders.address}:5432/app"
    }
  }
}

resource "aws_lambda_function_url" "database" {
  function_name      = aws_lambda_function.bad_database.function_name
  authorization_type = "NONE"
}

# GOOD: a queue of its own region, by its address.
resource "aws_sqs_queue" "own" {
  name = "own"
}

resource "aws_lambda_function" "good_queue" {
  function_name = "good-queue"
  role          = local.role
  package_type  = "Image"
  image_uri     = local.image

  environment {
    variables = {
      QUEUE_URL = aws_sqs_queue.own.url
    }
  }
}

resource "aws_lambda_function_url" "queue" {
  function_name      = aws_lambda_function.good_queue.function_name
  authorization_type = "NONE"
}
