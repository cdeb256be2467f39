# unreplicated-session-store.first-apply: before anything is there: addresses and numbers that only apply will tell.
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
  vpc     = "vpc-0aaaaaaaaaaaaaaaa"
  subnets = ["subnet-0aaaaaaaaaaaaaaaa", "subnet-0bbbbbbbbbbbbbbbb"]
}

# Known only after apply.
resource "aws_ssm_parameter" "later" {
  name  = "/shop/later"
  type  = "String"
  value = "1"
}

resource "aws_elasticache_replication_group" "bad_lone" {
  replication_group_id = "lone"
  description          = "lone"
  engine               = "valkey"
  node_type            = "cache.t4g.small"
  num_cache_clusters   = 1
}

resource "aws_lambda_function" "lone" {
  function_name = "lone"
  role          = "arn:aws:iam::123456789012:role/function"
  handler       = "index.handler"
  runtime       = "nodejs22.x"
  filename      = "shop.zip"
  environment {
    variables = {
      SESSION_STORE = "redis"
      REDIS_URL     = "redis://${aws_elasticache_replication_group.bad_lone.primary_endpoint_address}:6379"
    }
  }
  vpc_config {
    subnet_ids         = local.subnets
    security_group_ids = ["sg-0aaaaaaaaaaaaaaaa"]
  }
}

resource "aws_elasticache_replication_group" "unknown_nodes" {
  replication_group_id = "nodes"
  description          = "nodes"
  engine               = "valkey"
  node_type            = "cache.t4g.small"
  num_cache_clusters   = aws_ssm_parameter.later.version
}

resource "aws_lambda_function" "nodes" {
  function_name = "nodes"
  role          = "arn:aws:iam::123456789012:role/function"
  handler       = "index.handler"
  runtime       = "nodejs22.x"
  filename      = "shop.zip"
  environment {
    variables = {
      SESSION_STORE = "redis"
      REDIS_URL     = "redis://${aws_elasticache_replication_group.unknown_nodes.primary_endpoint_address}:6379"
    }
  }
  vpc_config {
    subnet_ids         = local.subnets
    security_group_ids = ["sg-0aaaaaaaaaaaaaaaa"]
  }
}

resource "aws_elasticache_replication_group" "good_pages" {
  replication_group_id = "pages"
  description          = "pages"
  engine               = "valkey"
  node_type            = "cache.t4g.small"
  num_cache_clusters   = 1
}

resource "aws_lambda_function" "pages" {
  function_name = "pages"
  role          = "arn:aws:iam::123456789012:role/function"
  handler       = "index.handler"
  runtime       = "nodejs22.x"
  filename      = "shop.zip"
  environment {
    variables = {
      SESSION_STORE = "cookie"
      REDIS_URL     = "redis://${aws_elasticache_replication_group.good_pages.primary_endpoint_address}:6379"
    }
  }
  vpc_config {
    subnet_ids         = local.subnets
    security_group_ids = ["sg-0aaaaaaaaaaaaaaaa"]
  }
}
