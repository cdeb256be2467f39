# missing-circuit-breaker: an update.

terraform {
  required_providers {
    aws = { source = "hashicorp/aws", version = "~> 6.0" }
  }
}

provider "aws" {
  region = "us-east-1"
}

resource "aws_ecs_cluster" "main" {
  name = "main"
}

resource "aws_ecs_task_definition" "app" {
  family                = "app"
  container_definitions = jsonencode([{ name = "app", image = "app:1.4.2", memory = 512, essential = true }])
}

# BAD, and new: it was there.
resource "aws_ecs_service" "bad_now" {
  name            = "bad-now"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.app.arn
  desired_count   = 2
  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }
}

# BAD, as it was before.
resource "aws_ecs_service" "bad_before" {
  name            = "bad-before"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.app.arn
  desired_count   = 2
}

# BAD: it gave up at least.
resource "aws_ecs_service" "bad_worse" {
  name            = "bad-worse"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.app.arn
  desired_count   = 2
  deployment_circuit_breaker {
    enable   = true
    rollback = false
  }
}

# GOOD, since this plan.
resource "aws_ecs_service" "good_now" {
  name            = "good-now"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.app.arn
  desired_count   = 2
}
