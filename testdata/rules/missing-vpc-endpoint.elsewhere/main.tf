# missing-vpc-endpoint: calls that do not leave through the network that they seem to come from, or not to its region.
#
# One network for each case. Unless said otherwise nothing leads out of it, so that every call that counts is a problem.

terraform {
  required_providers {
    aws = { source = "hashicorp/aws", version = "~> 6.0" }
  }
}

provider "aws" {
  region = "us-east-1"
}

locals {
  functions = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }]
  })
}

# --- what Lambda does from its own side ---

# GOOD: what fails goes to a queue. Lambda sends it there, from outside the function's network.
resource "aws_vpc" "good_failures" {
  cidr_block = "10.1.0.0/16"
}

resource "aws_subnet" "failures" {
  vpc_id            = aws_vpc.good_failures.id
  cidr_block        = "10.1.1.0/24"
  availability_zone = "us-east-1a"
}

resource "aws_route_table" "failures" {
  vpc_id = aws_vpc.good_failures.id
}

resource "aws_route_table_association" "failures" {
  subnet_id      = aws_subnet.failures.id
  route_table_id = aws_route_table.failures.id
}

resource "aws_sqs_queue" "failed" {
  name = "failed"
}

resource "aws_iam_role" "failures" {
  name               = "failures"
  assume_role_policy = local.functions
}

resource "aws_iam_role_policy" "failures" {
  role = aws_iam_role.failures.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sqs:SendMessage", Resource = aws_sqs_queue.failed.arn }]
  })
}

resource "aws_lambda_function" "failures" {
  function_name = "failures"
  role          = aws_iam_role.failures.arn
  runtime       = "nodejs22.x"
  handler       = "index.handle"
  filename      = "code.zip"
  vpc_config {
    subnet_ids         = [aws_subnet.failures.id]
    security_group_ids = []
  }
  dead_letter_config {
    target_arn = aws_sqs_queue.failed.arn
  }
}

# BAD: sqs, medium. The same, and it sends to another queue as well.
resource "aws_vpc" "bad_sends" {
  cidr_block = "10.2.0.0/16"
}

resource "aws_subnet" "sends" {
  vpc_id            = aws_vpc.bad_sends.id
  cidr_block        = "10.2.1.0/24"
  availability_zone = "us-east-1a"
}

resource "aws_route_table" "sends" {
  vpc_id = aws_vpc.bad_sends.id
}

resource "aws_route_table_association" "sends" {
  subnet_id      = aws_subnet.sends.id
  route_table_id = aws_route_table.sends.id
}

resource "aws_sqs_queue" "orders" {
  name = "orders"
}

resource "aws_iam_role" "sends" {
  name               = "sends"
  assume_role_policy = local.functions
}

resource "aws_iam_role_policy" "sends" {
  role = aws_iam_role.sends.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "sqs:SendMessage"
      Resource = [aws_sqs_queue.failed.arn, aws_sqs_queue.orders.arn]
    }]
  })
}

resource "aws_lambda_function" "sends" {
  function_name = "sends"
  role          = aws_iam_role.sends.arn
  runtime       = "nodejs22.x"
  handler       = "index.handle"
  filename      = "code.zip"
  vpc_config {
    subnet_ids         = [aws_subnet.sends.id]
    security_group_ids = []
  }
  dead_letter_config {
    target_arn = aws_sqs_queue.failed.arn
  }
}

# --- what lies in another region ---

# GOOD: image, logs and queue are in Frankfurt. An endpoint here would lead to Virginia.
resource "aws_vpc" "good_frankfurt" {
  cidr_block = "10.3.0.0/16"
}

resource "aws_subnet" "frankfurt" {
  vpc_id            = aws_vpc.good_frankfurt.id
  cidr_block        = "10.3.1.0/24"
  availability_zone = "us-east-1a"
}

resource "aws_route_table" "frankfurt" {
  vpc_id = aws_vpc.good_frankfurt.id
}

resource "aws_route_table_association" "frankfurt" {
  subnet_id      = aws_subnet.frankfurt.id
  route_table_id = aws_route_table.frankfurt.id
}

resource "aws_ecs_cluster" "main" {
  name = "main"
}

resource "aws_iam_role" "frankfurt" {
  name               = "frankfurt"
  assume_role_policy = local.functions
}

resource "aws_iam_role_policy" "frankfurt" {
  role = aws_iam_role.frankfurt.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sqs:SendMessage", Resource = "arn:aws:sqs:eu-central-1:123456789012:orders" }]
  })
}

resource "aws_ecs_task_definition" "frankfurt" {
  family                   = "frankfurt"
  network_mode             = "awsvpc"
  requires_compatibilities = ["FARGATE"]
  cpu                      = 256
  memory                   = 512
  task_role_arn            = aws_iam_role.frankfurt.arn
  container_definitions = jsonencode([{
    name = "api", image = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/api:1", essential = true
    logConfiguration = { logDriver = "awslogs", options = { "awslogs-group" = "api", "awslogs-region" = "eu-central-1", "awslogs-stream-prefix" = "api" } }
  }])
}

resource "aws_ecs_service" "frankfurt" {
  name            = "frankfurt"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.frankfurt.arn
  desired_count   = 2
  launch_type     = "FARGATE"
  network_configuration {
    subnets = [aws_subnet.frankfurt.id]
  }
}

# --- ways out that are written in an unusual way ---

# BAD: s3, medium. Both halves of all addresses lead to a NAT gateway.
resource "aws_vpc" "bad_halves" {
  cidr_block = "10.4.0.0/16"
}

resource "aws_subnet" "halves" {
  vpc_id            = aws_vpc.bad_halves.id
  cidr_block        = "10.4.1.0/24"
  availability_zone = "us-east-1a"
}

resource "aws_subnet" "halves_public" {
  vpc_id            = aws_vpc.bad_halves.id
  cidr_block        = "10.4.2.0/24"
  availability_zone = "us-east-1a"
}

resource "aws_eip" "halves" {
  domain = "vpc"
}

resource "aws_nat_gateway" "halves" {
  subnet_id     = aws_subnet.halves_public.id
  allocation_id = aws_eip.halves.id
}

resource "aws_route_table" "halves" {
  vpc_id = aws_vpc.bad_halves.id
  route {
    cidr_block     = "0.0.0.0/1"
    nat_gateway_id = aws_nat_gateway.halves.id
  }
  route {
    cidr_block     = "128.0.0.0/1"
    nat_gateway_id = aws_nat_gateway.halves.id
  }
}

resource "aws_route_table_association" "halves" {
  subnet_id      = aws_subnet.halves.id
  route_table_id = aws_route_table.halves.id
}

# UNKNOWN: only IPv6 leads out, and whether the function speaks it cannot be seen.
resource "aws_vpc" "unknown_v6" {
  cidr_block                       = "10.5.0.0/16"
  assign_generated_ipv6_cidr_block = true
}

resource "aws_subnet" "v6" {
  vpc_id            = aws_vpc.unknown_v6.id
  cidr_block        = "10.5.1.0/24"
  availability_zone = "us-east-1a"
}

resource "aws_egress_only_internet_gateway" "v6" {
  vpc_id = aws_vpc.unknown_v6.id
}

resource "aws_route_table" "v6" {
  vpc_id = aws_vpc.unknown_v6.id
  route {
    ipv6_cidr_block        = "::/0"
    egress_only_gateway_id = aws_egress_only_internet_gateway.v6.id
  }
}

resource "aws_route_table_association" "v6" {
  subnet_id      = aws_subnet.v6.id
  route_table_id = aws_route_table.v6.id
}

resource "aws_iam_role" "files" {
  name               = "files"
  assume_role_policy = local.functions
}

resource "aws_iam_role_policy" "files" {
  role = aws_iam_role.files.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "s3:GetObject", Resource = "*" }]
  })
}

resource "aws_lambda_function" "files" {
  for_each      = { halves = aws_subnet.halves.id, v6 = aws_subnet.v6.id }
  function_name = each.key
  role          = aws_iam_role.files.arn
  runtime       = "nodejs22.x"
  handler       = "index.handle"
  filename      = "code.zip"
  vpc_config {
    subnet_ids         = [each.value]
    security_group_ids = []
  }
}
