# oversized-connection-pool: pools that change. The folder is planned on what before/ leaves.

terraform {
  required_providers {
    aws = { source = "hashicorp/aws", version = "~> 6.0" }
  }
}

provider "aws" {
  region = "us-east-1"
}

locals {
  image = "123456789012.dkr.ecr.us-east-1.amazonaws.com/shop:1.4.2"
  role  = "arn:aws:iam::123456789012:role/function"
  zones = ["us-east-1a", "us-east-1b"]
}

resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "app" {
  count             = 2
  vpc_id            = aws_vpc.main.id
  availability_zone = local.zones[count.index]
  cidr_block        = cidrsubnet("10.0.0.0/16", 8, count.index)
}

resource "aws_security_group" "app" {
  name   = "app"
  vpc_id = aws_vpc.main.id
}

resource "aws_ecs_cluster" "main" {
  name = "main"
}

resource "aws_db_instance" "main" {
  identifier        = "main"
  engine            = "postgres"
  engine_version    = "16.4"
  instance_class    = "db.r6g.4xlarge"
  allocated_storage = 20
}

# BAD, introduced: a pool of 50 for four threads, where there was one of 4.
resource "aws_ecs_task_definition" "grown" {
  family                   = "grown"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048

  container_definitions = jsonencode([
    {
      name      = "grown"
      image     = local.image
      essential = true
      command   = ["gunicorn", "--workers", "2", "--threads", "4", "shop.wsgi"]

      environment = [
        { name = "DB_HOST", value = aws_db_instance.main.address },
        { name = "DB_POOL_SIZE", value = "50" },
      ]
    },
  ])
}

resource "aws_ecs_service" "bad_grown" {
  name            = "bad-grown"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.grown.arn
  launch_type     = "FARGATE"
  desired_count   = 2

  network_configuration {
    subnets         = aws_subnet.app[*].id
    security_groups = [aws_security_group.app.id]
  }
}

# GOOD, resolved: from 50 to 4.
resource "aws_ecs_task_definition" "fine_cut" {
  family                   = "fine-cut"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048

  container_definitions = jsonencode([
    {
      name      = "fine-cut"
      image     = local.image
      essential = true
      command   = ["gunicorn", "--workers", "2", "--threads", "4", "shop.wsgi"]

      environment = [
        { name = "DB_HOST", value = aws_db_instance.main.address },
        { name = "DB_POOL_SIZE", value = "4" },
      ]
    },
  ])
}

resource "aws_ecs_service" "good_cut" {
  name            = "good-cut"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.fine_cut.arn
  launch_type     = "FARGATE"
  desired_count   = 2

  network_configuration {
    subnets         = aws_subnet.app[*].id
    security_groups = [aws_security_group.app.id]
  }
}
