# unrouted-gateway-endpoint: a module of endpoints is handed the route tables of a module of networks, and each of them keeps
# them in a local, which the plan's JSON does not show. The network is handed over beside them, and is not its main table.

terraform {
  required_providers {
    aws = { source = "hashicorp/aws", version = "~> 6.0" }
  }
}

provider "aws" {
  region = "us-east-1"
}

resource "aws_iam_role" "files" {
  name = "files"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "files" {
  role = aws_iam_role.files.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["s3:GetObject", "s3:PutObject"], Resource = "*" }]
  })
}

module "net" {
  source = "./net"
}

resource "aws_lambda_function" "files" {
  function_name = "files"
  role          = aws_iam_role.files.arn
  handler       = "main.handler"
  runtime       = "python3.13"
  filename      = "function.zip"
  vpc_config {
    subnet_ids         = [module.net.subnet_id]
    security_group_ids = ["sg-0aaaaaaaaaaaaaaaa"]
  }
}

# UNKNOWN: it is in the route table of the subnet, and not in the network's main one; the JSON shows neither.
module "endpoints" {
  source = "./endpoints"
  vpc_id = module.net.vpc_id
  endpoints = {
    s3 = { service = "s3", route_table_ids = module.net.private_route_table_ids }
  }
}
