# fixed-capacity: where the configuration tells of several things only that one of them is meant, their kinds tell which.

terraform {
  required_providers {
    aws = { source = "hashicorp/aws", version = "~> 6.0" }
  }
}

provider "aws" {
  region = "us-east-1"
}

variable "which" {
  type    = string
  default = "jobs"
}

locals {
  vpc     = "vpc-0aaaaaaaaaaaaaaaa"
  subnets = ["subnet-0aaaaaaaaaaaaaaaa", "subnet-0bbbbbbbbbbbbbbbb"]
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

resource "aws_lb_listener_rule" "front" {
  for_each     = aws_lb_target_group.mixed
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

# One group of machines, and one with a function.
resource "aws_lb_target_group" "mixed" {
  for_each    = { machine = "instance", function = "lambda" }
  name        = each.key
  port        = each.value == "lambda" ? null : 8080
  protocol    = each.value == "lambda" ? null : "HTTP"
  vpc_id      = each.value == "lambda" ? null : local.vpc
  target_type = each.value
}

resource "aws_iam_role" "function" {
  name = "function"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }]
  })
}

resource "aws_lambda_function" "front" {
  function_name = "front"
  role          = aws_iam_role.function.arn
  handler       = "main.handler"
  runtime       = "python3.13"
  filename      = "function.zip"
}

# BAD: of what the map holds, only the machine can be registered with the group of machines.
resource "aws_instance" "bad_left" {
  ami           = "ami-0aaaaaaaaaaaaaaaa"
  instance_type = "t3.large"
  subnet_id     = local.subnets[0]
}

resource "aws_lb_target_group_attachment" "mixed" {
  for_each         = { machine = aws_instance.bad_left.id, function = aws_lambda_function.front.arn }
  target_group_arn = aws_lb_target_group.mixed[each.key].arn
  target_id        = each.value
}

# The second behind the same group: of the groups, only that of the machines can be meant.
resource "aws_instance" "right" {
  ami           = "ami-0aaaaaaaaaaaaaaaa"
  instance_type = "t3.large"
  subnet_id     = local.subnets[1]
}

resource "aws_lb_target_group_attachment" "right" {
  for_each         = { right = "machine" }
  target_group_arn = aws_lb_target_group.mixed[each.value].arn
  target_id        = aws_instance.right.id
}

# GOOD: what scales it names a cluster of a module that makes a group of machines as well; tasks are scaled, and no machines.
module "cluster" {
  source   = "./cluster"
  for_each = toset(["web", "jobs"])
  name     = each.key
  subnets  = local.subnets
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

resource "aws_lb_target_group" "tasks" {
  name        = "tasks"
  port        = 8080
  protocol    = "HTTP"
  vpc_id      = local.vpc
  target_type = "ip"
}

resource "aws_lb_listener_rule" "tasks" {
  listener_arn = aws_lb_listener.front.arn
  action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.tasks.arn
  }
  condition {
    host_header {
      values = ["tasks.example.com"]
    }
  }
}

resource "aws_ecs_service" "good_scaled" {
  name            = "scaled"
  cluster         = module.cluster[var.which].id
  task_definition = aws_ecs_task_definition.app.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.tasks.arn
    container_name   = "app"
    container_port   = 8080
  }
}

resource "aws_appautoscaling_target" "scaled" {
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/${element(split("/", module.cluster[var.which].id), 1)}/${aws_ecs_service.good_scaled.name}"
  min_capacity       = 2
  max_capacity       = 8
}

resource "aws_appautoscaling_policy" "scaled" {
  name               = "scaled"
  service_namespace  = aws_appautoscaling_target.scaled.service_namespace
  scalable_dimension = aws_appautoscaling_target.scaled.scalable_dimension
  resource_id        = aws_appautoscaling_target.scaled.resource_id
  policy_type        = "TargetTrackingScaling"
  target_tracking_scaling_policy_configuration {
    target_value = 60
    predefined_metric_specification {
      predefined_metric_type = "ECSServiceAverageCPUUtilization"
    }
  }
}
