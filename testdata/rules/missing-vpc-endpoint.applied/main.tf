# missing-vpc-endpoint: a system that runs, planned again: every id and every document is known, and nothing changes.

terraform {
  required_providers {
    aws = { source = "hashicorp/aws", version = "~> 6.0" }
  }
}

provider "aws" {
  region = "us-east-1"
}

data "aws_region" "current" {}

resource "aws_ecr_repository" "api" {
  name = "shop/api"
}

resource "aws_cloudwatch_log_group" "api" {
  name = "/shop/api"
}

resource "aws_secretsmanager_secret" "api" {
  name = "shop/api"
}

resource "aws_s3_bucket" "files" {
  bucket = "shop-files-123456789012"
}

resource "aws_iam_role" "api" {
  name = "api"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }]
  })
}

data "aws_iam_policy_document" "api" {
  statement {
    actions   = ["s3:GetObject"]
    resources = ["${aws_s3_bucket.files.arn}/*"]
  }
}

resource "aws_iam_role_policy" "api" {
  role   = aws_iam_role.api.name
  policy = data.aws_iam_policy_document.api.json
}

# Holds the repository's address and the secret's ARN: on a first plan wholly unknown, known here.
resource "aws_ecs_task_definition" "api" {
  family                   = "api"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  task_role_arn            = aws_iam_role.api.arn
  execution_role_arn       = "arn:aws:iam::123456789012:role/starts-tasks"
  container_definitions = jsonencode([{
    name         = "api"
    image        = "${aws_ecr_repository.api.repository_url}:1.4.2"
    portMappings = [{ containerPort = 8080 }]
    secrets      = [{ name = "API_KEY", valueFrom = aws_secretsmanager_secret.api.arn }]
    logConfiguration = {
      logDriver = "awslogs"
      options   = { awslogs-group = aws_cloudwatch_log_group.api.name, awslogs-region = data.aws_region.current.region }
    }
  }])
}

resource "aws_ecs_cluster" "main" {
  name = "main"
}

# BAD, existing: ecr.api, ecr.dkr, s3, logs and secretsmanager, through one NAT gateway for both zones.
resource "aws_vpc" "bad_images" {
  cidr_block = "10.0.0.0/16"
  tags       = { Name = "images" }
}

resource "aws_internet_gateway" "images" {
  vpc_id = aws_vpc.bad_images.id
}

resource "aws_subnet" "images_front" {
  vpc_id                  = aws_vpc.bad_images.id
  availability_zone       = "us-east-1a"
  cidr_block              = "10.0.0.0/24"
  map_public_ip_on_launch = true
}

resource "aws_subnet" "images" {
  for_each          = { us-east-1a = "10.0.1.0/24", us-east-1b = "10.0.2.0/24" }
  vpc_id            = aws_vpc.bad_images.id
  availability_zone = each.key
  cidr_block        = each.value
}

resource "aws_eip" "images" {
  domain = "vpc"
}

resource "aws_nat_gateway" "images" {
  subnet_id     = aws_subnet.images_front.id
  allocation_id = aws_eip.images.id
}

resource "aws_route_table" "images_front" {
  vpc_id = aws_vpc.bad_images.id
  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.images.id
  }
  tags = { Name = "images-front" }
}

resource "aws_route_table" "images" {
  vpc_id = aws_vpc.bad_images.id
  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.images.id
  }
  tags = { Name = "images" }
}

resource "aws_route_table_association" "images_front" {
  route_table_id = aws_route_table.images_front.id
  subnet_id      = aws_subnet.images_front.id
}

resource "aws_route_table_association" "images" {
  for_each       = aws_subnet.images
  route_table_id = aws_route_table.images.id
  subnet_id      = each.value.id
}

resource "aws_ecs_service" "images" {
  name            = "images"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.api.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = [for subnet in aws_subnet.images : subnet.id]
  }
}

# GOOD: the same in another network, with every endpoint.
resource "aws_vpc" "good_images" {
  cidr_block           = "10.1.0.0/16"
  enable_dns_hostnames = true
  tags                 = { Name = "images" }
}

resource "aws_subnet" "served" {
  for_each          = { us-east-1a = "10.1.1.0/24", us-east-1b = "10.1.2.0/24" }
  vpc_id            = aws_vpc.good_images.id
  availability_zone = each.key
  cidr_block        = each.value
}

resource "aws_route_table" "served" {
  for_each = aws_subnet.served
  vpc_id   = aws_vpc.good_images.id
  tags     = { Name = each.key }
}

resource "aws_route_table_association" "served" {
  for_each       = aws_subnet.served
  route_table_id = aws_route_table.served[each.key].id
  subnet_id      = each.value.id
}

resource "aws_vpc_endpoint" "served" {
  for_each            = toset(["ecr.api", "ecr.dkr", "logs", "secretsmanager"])
  vpc_id              = aws_vpc.good_images.id
  service_name        = "com.amazonaws.${data.aws_region.current.region}.${each.key}"
  vpc_endpoint_type   = "Interface"
  private_dns_enabled = true
  subnet_ids          = [for subnet in aws_subnet.served : subnet.id]
}

resource "aws_vpc_endpoint" "served_s3" {
  vpc_id          = aws_vpc.good_images.id
  service_name    = "com.amazonaws.${data.aws_region.current.region}.s3"
  route_table_ids = [for table in aws_route_table.served : table.id]
}

resource "aws_ecs_service" "served" {
  name            = "served"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.api.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = [for subnet in aws_subnet.served : subnet.id]
  }
}

# UNKNOWN: nothing associates the subnet of this network, which has been there for a while; the routes of its main table are
# not in this plan.
resource "aws_vpc" "unknown_main_table" {
  cidr_block = "10.2.0.0/16"
  tags       = { Name = "main-table" }
}

resource "aws_subnet" "main_table" {
  vpc_id            = aws_vpc.unknown_main_table.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.2.1.0/24"
}

resource "aws_ecs_service" "main_table" {
  name            = "main-table"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.api.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = [aws_subnet.main_table.id]
  }
}
