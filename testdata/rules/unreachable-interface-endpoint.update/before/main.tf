# unreachable-interface-endpoint: before.

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

# Introduced: the rule that lets the callers in goes.
resource "aws_vpc" "shut" {
  cidr_block           = "10.0.0.0/16"
  enable_dns_hostnames = true
}

resource "aws_subnet" "shut" {
  vpc_id            = aws_vpc.shut.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_nat_gateway" "shut" {
  vpc_id            = aws_vpc.shut.id
  availability_mode = "regional"
}

resource "aws_route_table" "shut" {
  vpc_id = aws_vpc.shut.id
  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.shut.id
  }
}

resource "aws_route_table_association" "shut" {
  route_table_id = aws_route_table.shut.id
  subnet_id      = aws_subnet.shut.id
}

resource "aws_security_group" "shut_caller" {
  name   = "shut-caller"
  vpc_id = aws_vpc.shut.id
}

resource "aws_security_group" "shut_endpoint" {
  name   = "shut-endpoint"
  vpc_id = aws_vpc.shut.id
  ingress {
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = [aws_vpc.shut.cidr_block]
  }
}

resource "aws_vpc_endpoint" "bad_shut" {
  vpc_id              = aws_vpc.shut.id
  service_name        = "com.amazonaws.us-east-1.secretsmanager"
  vpc_endpoint_type   = "Interface"
  subnet_ids          = [aws_subnet.shut.id]
  private_dns_enabled = true
  security_group_ids  = [aws_security_group.shut_endpoint.id]
}

resource "aws_lambda_function" "shut" {
  function_name = "shut"
  role          = aws_iam_role.files.arn
  runtime       = "python3.13"
  handler       = "main.handle"
  filename      = "code.zip"
  vpc_config {
    subnet_ids         = [aws_subnet.shut.id]
    security_group_ids = [aws_security_group.shut_caller.id]
  }
}

# There before.
resource "aws_vpc" "existing" {
  cidr_block           = "10.0.0.0/16"
  enable_dns_hostnames = true
}

resource "aws_subnet" "existing" {
  vpc_id            = aws_vpc.existing.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_nat_gateway" "existing" {
  vpc_id            = aws_vpc.existing.id
  availability_mode = "regional"
}

resource "aws_route_table" "existing" {
  vpc_id = aws_vpc.existing.id
  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.existing.id
  }
}

resource "aws_route_table_association" "existing" {
  route_table_id = aws_route_table.existing.id
  subnet_id      = aws_subnet.existing.id
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
  subnet_ids          = [aws_subnet.existing.id]
  private_dns_enabled = false
  security_group_ids  = [aws_security_group.existing_endpoint.id]
}

resource "aws_lambda_function" "existing" {
  function_name = "existing"
  role          = aws_iam_role.files.arn
  runtime       = "python3.13"
  handler       = "main.handle"
  filename      = "code.zip"
  vpc_config {
    subnet_ids         = [aws_subnet.existing.id]
    security_group_ids = []
  }
}

# Resolved: private DNS is turned on.
resource "aws_vpc" "turned_on" {
  cidr_block           = "10.0.0.0/16"
  enable_dns_hostnames = true
}

resource "aws_subnet" "turned_on" {
  vpc_id            = aws_vpc.turned_on.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_nat_gateway" "turned_on" {
  vpc_id            = aws_vpc.turned_on.id
  availability_mode = "regional"
}

resource "aws_route_table" "turned_on" {
  vpc_id = aws_vpc.turned_on.id
  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.turned_on.id
  }
}

resource "aws_route_table_association" "turned_on" {
  route_table_id = aws_route_table.turned_on.id
  subnet_id      = aws_subnet.turned_on.id
}

resource "aws_security_group" "turned_on_caller" {
  name   = "turned-on-caller"
  vpc_id = aws_vpc.turned_on.id
}

resource "aws_security_group" "turned_on_endpoint" {
  name   = "turned-on-endpoint"
  vpc_id = aws_vpc.turned_on.id
  ingress {
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = [aws_vpc.turned_on.cidr_block]
  }
}

resource "aws_vpc_endpoint" "good_turned_on" {
  vpc_id              = aws_vpc.turned_on.id
  service_name        = "com.amazonaws.us-east-1.secretsmanager"
  vpc_endpoint_type   = "Interface"
  subnet_ids          = [aws_subnet.turned_on.id]
  private_dns_enabled = false
  security_group_ids  = [aws_security_group.turned_on_endpoint.id]
}

resource "aws_lambda_function" "turned_on" {
  function_name = "turned-on"
  role          = aws_iam_role.files.arn
  runtime       = "python3.13"
  handler       = "main.handle"
  filename      = "code.zip"
  vpc_config {
    subnet_ids         = [aws_subnet.turned_on.id]
    security_group_ids = [aws_security_group.turned_on_caller.id]
  }
}

# UNKNOWN: it has the default group of a network that was there before, which is not in this plan.
resource "aws_vpc" "old_network" {
  cidr_block           = "10.0.0.0/16"
  enable_dns_hostnames = true
}

resource "aws_subnet" "old_network" {
  vpc_id            = aws_vpc.old_network.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_nat_gateway" "old_network" {
  vpc_id            = aws_vpc.old_network.id
  availability_mode = "regional"
}

resource "aws_route_table" "old_network" {
  vpc_id = aws_vpc.old_network.id
  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.old_network.id
  }
}

resource "aws_route_table_association" "old_network" {
  route_table_id = aws_route_table.old_network.id
  subnet_id      = aws_subnet.old_network.id
}

resource "aws_security_group" "old_network_caller" {
  name   = "old-network-caller"
  vpc_id = aws_vpc.old_network.id
}

resource "aws_vpc_endpoint" "unknown_old_network" {
  vpc_id              = aws_vpc.old_network.id
  service_name        = "com.amazonaws.us-east-1.secretsmanager"
  vpc_endpoint_type   = "Interface"
  subnet_ids          = [aws_subnet.old_network.id]
  private_dns_enabled = true
}

resource "aws_lambda_function" "old_network" {
  function_name = "old-network"
  role          = aws_iam_role.files.arn
  runtime       = "python3.13"
  handler       = "main.handle"
  filename      = "code.zip"
  vpc_config {
    subnet_ids         = [aws_subnet.old_network.id]
    security_group_ids = [aws_security_group.old_network_caller.id]
  }
}
