# 2 tasks, each with one process and a pool of 5.

variable "cluster" {
  type = string
}

variable "subnets" {
  type = list(string)
}

variable "security_group" {
  type = string
}

variable "environment" {
  type = map(string)
}

variable "tasks" {
  type    = number
  default = 2
}

resource "aws_ecs_task_definition" "this" {
  family                   = "orders-worker"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 256
  memory                   = 512

  container_definitions = jsonencode([
    {
      name        = "worker"
      image       = "ghcr.io/example/orders:1.4.0"
      essential   = true
      command     = ["python", "-m", "orders.worker"]
      environment = [for name, value in var.environment : { name = name, value = value }]
    },
  ])
}

resource "aws_ecs_service" "this" {
  name            = "worker"
  cluster         = var.cluster
  task_definition = aws_ecs_task_definition.this.arn
  launch_type     = "FARGATE"
  desired_count   = var.tasks

  network_configuration {
    subnets         = var.subnets
    security_groups = [var.security_group]
  }
}
