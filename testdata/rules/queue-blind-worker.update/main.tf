# queue-blind-worker: an update.

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

locals {
  queue = "arn:aws:sqs:us-east-1:123456789012:jobs"
  tasks = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = ["ecs-tasks.amazonaws.com", "ec2.amazonaws.com", "lambda.amazonaws.com"] } }]
  })
}

resource "aws_iam_role" "works" {
  name               = "works"
  assume_role_policy = local.tasks
}

resource "aws_iam_role_policy" "works" {
  role = aws_iam_role.works.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["sqs:ReceiveMessage", "sqs:DeleteMessage"], Resource = local.queue }]
  })
}

resource "aws_ecs_task_definition" "works" {
  family                   = "works"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  task_role_arn            = aws_iam_role.works.arn
  container_definitions    = jsonencode([{ name = "app", image = "docker.io/shop/app:3" }])
}

# BAD, existing: does not scale.
resource "aws_ecs_service" "bad_stays" {
  name            = "stays"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.works.arn
  launch_type     = "FARGATE"
  desired_count   = 3
  network_configuration {
    subnets = local.subnets
  }
}

# BAD, introduced: from the backlog to CPU.
resource "aws_ecs_service" "bad_turns" {
  name            = "turns"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.works.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
}

resource "aws_appautoscaling_target" "turns" {
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/${aws_ecs_cluster.main.name}/${aws_ecs_service.bad_turns.name}"
  min_capacity       = 1
  max_capacity       = 20
}

resource "aws_appautoscaling_policy" "turns" {
  name               = "turns"
  service_namespace  = aws_appautoscaling_target.turns.service_namespace
  scalable_dimension = aws_appautoscaling_target.turns.scalable_dimension
  resource_id        = aws_appautoscaling_target.turns.resource_id
  policy_type        = "TargetTrackingScaling"
  target_tracking_scaling_policy_configuration {
    target_value = 60
    predefined_metric_specification {
      predefined_metric_type = "ECSServiceAverageCPUUtilization"
    }
  }
}

# BAD, worsened: from all messages to nothing at all.
resource "aws_ecs_service" "bad_loses" {
  name            = "loses"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.works.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
}

resource "aws_appautoscaling_target" "loses" {
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/${aws_ecs_cluster.main.name}/${aws_ecs_service.bad_loses.name}"
  min_capacity       = 1
  max_capacity       = 20
}

# GOOD, resolved: from CPU to the backlog.
resource "aws_ecs_service" "good_learns" {
  name            = "learns"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.works.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
}

resource "aws_appautoscaling_target" "learns" {
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/${aws_ecs_cluster.main.name}/${aws_ecs_service.good_learns.name}"
  min_capacity       = 1
  max_capacity       = 20
}

resource "aws_appautoscaling_policy" "learns" {
  name               = "learns"
  service_namespace  = aws_appautoscaling_target.learns.service_namespace
  scalable_dimension = aws_appautoscaling_target.learns.scalable_dimension
  resource_id        = aws_appautoscaling_target.learns.resource_id
  policy_type        = "TargetTrackingScaling"
  target_tracking_scaling_policy_configuration {
    target_value = 60
    customized_metric_specification {
      metrics {
        id          = "waiting"
        return_data = false
        metric_stat {
          stat = "Sum"
          metric {
            namespace   = "AWS/SQS"
            metric_name = "ApproximateNumberOfMessagesVisible"
            dimensions {
              name  = "QueueName"
              value = "jobs"
            }
          }
        }
      }
      metrics {
        id          = "running"
        return_data = false
        metric_stat {
          stat = "Average"
          metric {
            namespace   = "ECS/ContainerInsights"
            metric_name = "RunningTaskCount"
            dimensions {
              name  = "ServiceName"
              value = "jobs"
            }
          }
        }
      }
      metrics {
        id          = "per_task"
        expression  = "waiting / running"
        return_data = true
      }
    }
  }
}

resource "aws_ecs_cluster" "main" {
  name = "main"
}
