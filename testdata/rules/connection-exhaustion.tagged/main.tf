# connection-exhaustion: tags that are added to what runs already. A tag changes what is known, and not what there is: what it
# shows was there before. The folder before/ is applied first. Each database takes 400 connections.

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

resource "aws_ecs_cluster" "main" {
  name = "main"
}

resource "aws_db_parameter_group" "four_hundred" {
  name   = "four-hundred"
  family = "postgres16"

  parameter {
    name         = "max_connections"
    value        = "405"
    apply_method = "pending-reboot"
  }
}

# BAD, existing: 10 tasks x pool 41 = 410 > 400.
resource "aws_db_instance" "bad_before" {
  identifier           = "bad-before"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_ecs_task_definition" "before" {
  family                   = "before"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048
  container_definitions = jsonencode([{
    name        = "app"
    image       = local.image
    environment = [{ name = "DB_HOST", value = aws_db_instance.bad_before.address }]
  }])
}

resource "aws_ecs_service" "before" {
  name                               = "before"
  cluster                            = aws_ecs_cluster.main.id
  task_definition                    = aws_ecs_task_definition.before.arn
  launch_type                        = "FARGATE"
  desired_count                      = 10
  deployment_minimum_healthy_percent = 50
  deployment_maximum_percent         = 100

  network_configuration {
    subnets = aws_subnet.app[*].id
  }

  tags = {
    "planwise:pool-size" = "41"
  }
}

# GOOD: 10 x 40 fit.
resource "aws_db_instance" "good_before" {
  identifier           = "good-before"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_ecs_task_definition" "fitting" {
  family                   = "fitting"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048
  container_definitions = jsonencode([{
    name        = "app"
    image       = local.image
    environment = [{ name = "DB_HOST", value = aws_db_instance.good_before.address }]
  }])
}

resource "aws_ecs_service" "fitting" {
  name                               = "fitting"
  cluster                            = aws_ecs_cluster.main.id
  task_definition                    = aws_ecs_task_definition.fitting.arn
  launch_type                        = "FARGATE"
  desired_count                      = 10
  deployment_minimum_healthy_percent = 50
  deployment_maximum_percent         = 100

  network_configuration {
    subnets = aws_subnet.app[*].id
  }

  tags = {
    "planwise:pool-size" = "40"
  }
}

# BAD, introduced: five more tasks than before, 15 x 40 = 600.
resource "aws_db_instance" "bad_grown" {
  identifier           = "bad-grown"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_ecs_task_definition" "grown" {
  family                   = "grown"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048
  container_definitions = jsonencode([{
    name        = "app"
    image       = local.image
    environment = [{ name = "DB_HOST", value = aws_db_instance.bad_grown.address }]
  }])
}

resource "aws_ecs_service" "grown" {
  name                               = "grown"
  cluster                            = aws_ecs_cluster.main.id
  task_definition                    = aws_ecs_task_definition.grown.arn
  launch_type                        = "FARGATE"
  desired_count                      = 15
  deployment_minimum_healthy_percent = 50
  deployment_maximum_percent         = 100

  network_configuration {
    subnets = aws_subnet.app[*].id
  }

  tags = {
    "planwise:pool-size" = "40"
  }
}
