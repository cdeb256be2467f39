variable "name" {
  type = string
}

variable "cluster" {
  type = string
}

variable "tasks" {
  type = number
}

variable "settings" {
  type = map(string)
}

variable "subnets" {
  type = list(string)
}

locals {
  definition = aws_ecs_task_definition.this.arn
  containers = [
    {
      name        = "app"
      image       = "ghcr.io/example/${var.name}:2.0.0"
      environment = [for key in sort(keys(var.settings)) : { name = key, value = var.settings[key] }]
    },
  ]
}

resource "aws_ecs_task_definition" "this" {
  family                   = var.name
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 256
  memory                   = 512
  container_definitions    = jsonencode(local.containers)
}

resource "aws_ecs_service" "this" {
  name            = var.name
  cluster         = var.cluster
  task_definition = local.definition
  launch_type     = "FARGATE"
  desired_count   = var.tasks

  network_configuration {
    subnets = var.subnets
  }
}
