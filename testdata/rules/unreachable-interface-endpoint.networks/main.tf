# unreachable-interface-endpoint: endpoints in another network than their callers. Nothing joins the networks.

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
    Statement = [{ Effect = "Allow", Action = ["secretsmanager:GetSecretValue", "kms:Decrypt"], Resource = "*" }]
  })
}

# BAD: the endpoint stands in a network where nothing runs; who calls the service, stands in the next one.
resource "aws_vpc" "shared" {
  cidr_block           = "10.0.0.0/16"
  enable_dns_hostnames = true
}

resource "aws_subnet" "shared" {
  vpc_id            = aws_vpc.shared.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_security_group" "shared_endpoint" {
  name   = "shared-endpoint"
  vpc_id = aws_vpc.shared.id
  ingress {
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = [aws_vpc.shared.cidr_block]
  }
}

resource "aws_vpc_endpoint" "bad_wrong_network" {
  vpc_id              = aws_vpc.shared.id
  service_name        = "com.amazonaws.us-east-1.secretsmanager"
  vpc_endpoint_type   = "Interface"
  subnet_ids          = [aws_subnet.shared.id]
  private_dns_enabled = true
  security_group_ids  = [aws_security_group.shared_endpoint.id]
}

resource "aws_vpc" "app" {
  cidr_block           = "10.0.0.0/16"
  enable_dns_hostnames = true
}

resource "aws_subnet" "app" {
  vpc_id            = aws_vpc.app.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_nat_gateway" "app" {
  vpc_id            = aws_vpc.app.id
  availability_mode = "regional"
}

resource "aws_route_table" "app" {
  vpc_id = aws_vpc.app.id
  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.app.id
  }
}

resource "aws_route_table_association" "app" {
  route_table_id = aws_route_table.app.id
  subnet_id      = aws_subnet.app.id
}

resource "aws_lambda_function" "app" {
  function_name = "app"
  role          = aws_iam_role.files.arn
  runtime       = "python3.13"
  handler       = "main.handle"
  filename      = "code.zip"
  vpc_config {
    subnet_ids         = [aws_subnet.app.id]
    security_group_ids = []
  }
}

# GOOD: somebody stands there who calls the service.
resource "aws_vpc" "used" {
  cidr_block           = "10.0.0.0/16"
  enable_dns_hostnames = true
}

resource "aws_subnet" "used" {
  vpc_id            = aws_vpc.used.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_security_group" "used_endpoint" {
  name   = "used-endpoint"
  vpc_id = aws_vpc.used.id
  ingress {
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = [aws_vpc.used.cidr_block]
  }
}

resource "aws_vpc_endpoint" "good_right_network" {
  vpc_id              = aws_vpc.used.id
  service_name        = "com.amazonaws.us-east-1.kms"
  vpc_endpoint_type   = "Interface"
  subnet_ids          = [aws_subnet.used.id]
  private_dns_enabled = true
  security_group_ids  = [aws_security_group.used_endpoint.id]
}

resource "aws_lambda_function" "used" {
  function_name = "used"
  role          = aws_iam_role.keys.arn
  runtime       = "python3.13"
  handler       = "main.handle"
  filename      = "code.zip"
  vpc_config {
    subnet_ids         = [aws_subnet.used.id]
    security_group_ids = []
  }
}

resource "aws_iam_role" "keys" {
  name = "keys"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "keys" {
  role = aws_iam_role.keys.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "kms:Decrypt", Resource = "*" }]
  })
}
