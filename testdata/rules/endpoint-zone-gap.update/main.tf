# endpoint-zone-gap: afterwards.

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
    Statement = [{ Effect = "Allow", Action = "secretsmanager:GetSecretValue", Resource = "*" }]
  })
}

# Introduced: the callers move into a second zone, and the endpoint stays.
resource "aws_vpc" "grown" {
  cidr_block           = "10.0.0.0/16"
  enable_dns_hostnames = true
}

resource "aws_subnet" "grown_a" {
  vpc_id            = aws_vpc.grown.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_subnet" "grown_b" {
  vpc_id            = aws_vpc.grown.id
  availability_zone = "us-east-1b"
  cidr_block        = "10.0.2.0/24"
}

resource "aws_security_group" "grown_endpoint" {
  name   = "grown-endpoint"
  vpc_id = aws_vpc.grown.id
  ingress {
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = [aws_vpc.grown.cidr_block]
  }
}

resource "aws_vpc_endpoint" "bad_grown" {
  vpc_id              = aws_vpc.grown.id
  service_name        = "com.amazonaws.us-east-1.secretsmanager"
  vpc_endpoint_type   = "Interface"
  subnet_ids          = [aws_subnet.grown_a.id]
  private_dns_enabled = true
  security_group_ids  = [aws_security_group.grown_endpoint.id]
}

resource "aws_lambda_function" "grown" {
  function_name = "grown"
  role          = aws_iam_role.files.arn
  runtime       = "python3.13"
  handler       = "main.handle"
  filename      = "code.zip"
  vpc_config {
    subnet_ids         = [aws_subnet.grown_a.id, aws_subnet.grown_b.id]
    security_group_ids = []
  }
}

# There before.
resource "aws_vpc" "existing" {
  cidr_block           = "10.0.0.0/16"
  enable_dns_hostnames = true
}

resource "aws_subnet" "existing_a" {
  vpc_id            = aws_vpc.existing.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_subnet" "existing_b" {
  vpc_id            = aws_vpc.existing.id
  availability_zone = "us-east-1b"
  cidr_block        = "10.0.2.0/24"
}

resource "aws_security_group" "existing_endpoint" {
  name   = "existing-endpoint"
  vpc_id = aws_vpc.existing.id
  ingress {
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = [aws_vpc.existing.cidr_block]
  }
}

resource "aws_vpc_endpoint" "bad_existing" {
  vpc_id              = aws_vpc.existing.id
  service_name        = "com.amazonaws.us-east-1.secretsmanager"
  vpc_endpoint_type   = "Interface"
  subnet_ids          = [aws_subnet.existing_a.id]
  private_dns_enabled = true
  security_group_ids  = [aws_security_group.existing_endpoint.id]
}

resource "aws_lambda_function" "existing" {
  function_name = "existing"
  role          = aws_iam_role.files.arn
  runtime       = "python3.13"
  handler       = "main.handle"
  filename      = "code.zip"
  vpc_config {
    subnet_ids         = [aws_subnet.existing_a.id, aws_subnet.existing_b.id]
    security_group_ids = []
  }
}

# Resolved.
resource "aws_vpc" "widened" {
  cidr_block           = "10.0.0.0/16"
  enable_dns_hostnames = true
}

resource "aws_subnet" "widened_a" {
  vpc_id            = aws_vpc.widened.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_subnet" "widened_b" {
  vpc_id            = aws_vpc.widened.id
  availability_zone = "us-east-1b"
  cidr_block        = "10.0.2.0/24"
}

resource "aws_security_group" "widened_endpoint" {
  name   = "widened-endpoint"
  vpc_id = aws_vpc.widened.id
  ingress {
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = [aws_vpc.widened.cidr_block]
  }
}

resource "aws_vpc_endpoint" "good_widened" {
  vpc_id              = aws_vpc.widened.id
  service_name        = "com.amazonaws.us-east-1.secretsmanager"
  vpc_endpoint_type   = "Interface"
  subnet_ids          = [aws_subnet.widened_a.id, aws_subnet.widened_b.id]
  private_dns_enabled = true
  security_group_ids  = [aws_security_group.widened_endpoint.id]
}

resource "aws_lambda_function" "widened" {
  function_name = "widened"
  role          = aws_iam_role.files.arn
  runtime       = "python3.13"
  handler       = "main.handle"
  filename      = "code.zip"
  vpc_config {
    subnet_ids         = [aws_subnet.widened_a.id, aws_subnet.widened_b.id]
    security_group_ids = []
  }
}
