# implicit-connection-pool: sizes that come and go. The folder is planned on what before/ leaves, so that new versions
# of a task definition are known in part only.

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
  instance_class    = "db.r6g.large"
  allocated_storage = 20
}

# BAD, introduced: the variable is taken away.
resource "aws_ecs_task_definition" "unstated" {
  family                   = "unstated"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048

  container_definitions = jsonencode([
    {
      name      = "unstated"
      image     = local.image
      essential = true

      environment = [
        { name = "KC_DB_URL", value = "jdbc:postgresql://${aws_db_instance.main.address}:5432/keycloak" },
      ]
    },
  ])
}

resource "aws_ecs_service" "bad_unstated" {
  name            = "bad-unstated"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.unstated.arn
  launch_type     = "FARGATE"
  desired_count   = 2

  network_configuration {
    subnets         = aws_subnet.app[*].id
    security_groups = [aws_security_group.app.id]
  }
}

# GOOD, resolved: the size is stated now.
resource "aws_ecs_task_definition" "fine_stated" {
  family                   = "fine-stated"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048

  container_definitions = jsonencode([
    {
      name      = "fine-stated"
      image     = local.image
      essential = true

      environment = [
        { name = "KC_DB_URL", value = "jdbc:postgresql://${aws_db_instance.main.address}:5432/keycloak" },
        { name = "KC_DB_POOL_MAX_SIZE", value = "20" },
      ]
    },
  ])
}

resource "aws_ecs_service" "good_stated" {
  name            = "good-stated"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.fine_stated.arn
  launch_type     = "FARGATE"
  desired_count   = 2

  network_configuration {
    subnets         = aws_subnet.app[*].id
    security_groups = [aws_security_group.app.id]
  }
}
