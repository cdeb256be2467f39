# local-session-store.update: a second task for what kept its sessions, and a cache for what did.
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

resource "aws_ecs_cluster" "main" {
  name = "main"
}

locals {
  drivers = { grown = "file", moved = "file" }
  tasks   = { grown = 1, moved = 2 }
}

resource "aws_ecs_task_definition" "app" {
  for_each                 = local.drivers
  family                   = each.key
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 256
  memory                   = 512
  container_definitions = jsonencode([{
    name         = "web"
    image        = "shop/web:1"
    portMappings = [{ containerPort = 8080 }]
    environment = [
      { name = "SESSION_DRIVER", value = each.value },
      { name = "REDIS_HOST", value = "cache.example" },
    ]
  }])
}

resource "aws_ecs_service" "bad_grown" {
  name            = "grown"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.app["grown"].arn
  launch_type     = "FARGATE"
  desired_count   = local.tasks["grown"]
  network_configuration {
    subnets = local.subnets
  }
}

resource "aws_ecs_service" "good_moved" {
  name            = "moved"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.app["moved"].arn
  launch_type     = "FARGATE"
  desired_count   = local.tasks["moved"]
  network_configuration {
    subnets = local.subnets
  }
}
