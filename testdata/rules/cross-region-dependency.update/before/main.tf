# cross-region-dependency: before the update.

terraform {
  required_providers {
    aws = { source = "hashicorp/aws", version = "~> 6.0" }
  }
}

# Home.
provider "aws" {
  region = "us-east-1"
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

resource "aws_s3_bucket" "west" {
  provider = aws.west
  bucket   = "west"
}

resource "aws_s3_bucket" "east" {
  bucket = "east"
}

resource "aws_sqs_queue" "west" {
  provider = aws.west
  name     = "west"
}

# In its own region.
resource "aws_lambda_function" "bad_taken" {
  function_name = "bad-taken"
  role          = local.role
  package_type  = "Image"
  image_uri     = local.image

  environment {
    variables = {
      BUCKET = aws_s3_bucket.east.bucket
    }
  }
}

resource "aws_lambda_function_url" "taken" {
  function_name      = aws_lambda_function.bad_taken.function_name
  authorization_type = "NONE"
}

# On the other coast.
resource "aws_lambda_function" "good_left" {
  function_name = "good-left"
  role          = local.role
  package_type  = "Image"
  image_uri     = local.image

  environment {
    variables = {
      BUCKET = aws_s3_bucket.west.bucket
    }
  }
}

resource "aws_lambda_function_url" "left" {
  function_name      = aws_lambda_function.good_left.function_name
  authorization_type = "NONE"
}

# On the other coast.
resource "aws_lambda_function" "bad_more" {
  function_name = "bad-more"
  role          = local.role
  package_type  = "Image"
  image_uri     = local.image

  environment {
    variables = {
      BUCKET = aws_s3_bucket.west.bucket
    }
  }
}

resource "aws_lambda_function_url" "more" {
  function_name      = aws_lambda_function.bad_more.function_name
  authorization_type = "NONE"
}

# On the other coast.
resource "aws_lambda_function" "bad_old" {
  function_name = "bad-old"
  role          = local.role
  package_type  = "Image"
  image_uri     = local.image

  environment {
    variables = {
      BUCKET = aws_s3_bucket.west.bucket
    }
  }
}

resource "aws_lambda_function_url" "old" {
  function_name      = aws_lambda_function.bad_old.function_name
  authorization_type = "NONE"
}
