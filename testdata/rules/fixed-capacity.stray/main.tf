# fixed-capacity: policies and targets of which nobody can tell what they scale.

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

resource "aws_lb" "front" {
  name    = "front"
  subnets = local.subnets
}

resource "aws_lb_listener" "front" {
  load_balancer_arn = aws_lb.front.arn
  port              = 80
  default_action {
    type = "fixed-response"
    fixed_response {
      content_type = "text/plain"
      status_code  = "404"
    }
  }
}

resource "aws_lb_target_group" "front" {
  for_each = toset([
    "service",
    "group",
    "own-policy"
  ])
  name        = each.key
  port        = 8080
  protocol    = "HTTP"
  target_type = "ip"
  vpc_id      = local.vpc
}

resource "aws_lb_listener_rule" "front" {
  for_each     = aws_lb_target_group.front
  listener_arn = aws_lb_listener.front.arn
  action {
    type             = "forward"
    target_group_arn = each.value.arn
  }
  condition {
    host_header {
      values = ["${each.key}.example.com"]
    }
  }
}

resource "aws_ecs_task_definition" "app" {
  family                   = "app"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  container_definitions = jsonencode([{
    name         = "app"
    image        = "docker.io/shop/app:3"
    portMappings = [{ containerPort = 8080 }]
  }])
}

resource "aws_launch_template" "app" {
  name          = "app"
  image_id      = "ami-0aaaaaaaaaaaaaaaa"
  instance_type = "m6i.large"
}

# UNKNOWN: the target may be its own.
resource "aws_ecs_service" "unknown_service" {
  name            = "service"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.app.arn
  launch_type     = "FARGATE"
  desired_count   = 3
  network_configuration {
    subnets = local.subnets
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.front["service"].arn
    container_name   = "app"
    container_port   = 8080
  }
}

# UNKNOWN: the policy may be its own.
resource "aws_autoscaling_group" "unknown_group" {
  name                = "group"
  min_size            = 2
  max_size            = 6
  vpc_zone_identifier = local.subnets
  target_group_arns   = [aws_lb_target_group.front["group"].arn]
  launch_template {
    id = aws_launch_template.app.id
  }
}

# GOOD: has a policy of its own.
resource "aws_autoscaling_group" "good_own_policy" {
  name                = "own-policy"
  min_size            = 2
  max_size            = 6
  vpc_zone_identifier = local.subnets
  target_group_arns   = [aws_lb_target_group.front["own-policy"].arn]
  launch_template {
    id = aws_launch_template.app.id
  }
}

resource "aws_autoscaling_policy" "own_policy" {
  name                   = "own-policy"
  autoscaling_group_name = aws_autoscaling_group.good_own_policy.name
  policy_type            = "TargetTrackingScaling"
  target_tracking_configuration {
    target_value = 60
    predefined_metric_specification {
      predefined_metric_type = "ASGAverageCPUUtilization"
    }
  }
}

resource "terraform_data" "names" {
  input = { service = "service/main/service", group = "group" }
}

resource "aws_appautoscaling_target" "stray" {
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = terraform_data.names.output.service
  min_capacity       = 2
  max_capacity       = 6
}

resource "aws_autoscaling_policy" "stray" {
  name                   = "stray"
  autoscaling_group_name = terraform_data.names.output.group
  policy_type            = "TargetTrackingScaling"
  target_tracking_configuration {
    target_value = 60
    predefined_metric_specification {
      predefined_metric_type = "ASGAverageCPUUtilization"
    }
  }
}
