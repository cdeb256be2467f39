# sticky-session.stray: groups of which nobody can tell what is behind them.
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

resource "aws_ecs_task_definition" "shop" {
  family                   = "shop"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 256
  memory                   = 512
  container_definitions = jsonencode([{
    name         = "web"
    image        = "shop/web:1"
    portMappings = [{ containerPort = 8080 }]
  }])
}

# Which of the two is behind which group, the plan does not show.
resource "aws_lb_target_group" "unknown_either" {
  for_each    = toset(["one", "other"])
  name        = "either-${each.key}"
  port        = 8080
  protocol    = "HTTP"
  target_type = "ip"
  vpc_id      = local.vpc
  stickiness {
    type    = "lb_cookie"
    enabled = true
  }
}

locals {
  either = {
    one   = aws_lb_target_group.unknown_either["one"].arn
    other = aws_lb_target_group.unknown_either["other"].arn
  }
}

resource "aws_ecs_service" "either" {
  for_each        = local.either
  name            = "either-${each.key}"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.shop.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
  load_balancer {
    target_group_arn = each.value
    container_name   = "web"
    container_port   = 8080
  }
}
