# queue-blind-worker: what takes work from a queue, and what its policies look at.
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
    "mixed"
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

# BAD, medium: scales on CPU.
resource "aws_ecs_service" "bad_cpu" {
  name            = "cpu"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.works.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
}

resource "aws_appautoscaling_target" "cpu" {
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/${aws_ecs_cluster.main.name}/${aws_ecs_service.bad_cpu.name}"
  min_capacity       = 1
  max_capacity       = 20
}

resource "aws_appautoscaling_policy" "cpu" {
  name               = "cpu"
  service_namespace  = aws_appautoscaling_target.cpu.service_namespace
  scalable_dimension = aws_appautoscaling_target.cpu.scalable_dimension
  resource_id        = aws_appautoscaling_target.cpu.resource_id
  policy_type        = "TargetTrackingScaling"
  target_tracking_scaling_policy_configuration {
    target_value = 60
    predefined_metric_specification {
      predefined_metric_type = "ECSServiceAverageCPUUtilization"
    }
  }
}

# BAD, medium: does not scale.
resource "aws_ecs_service" "bad_fixed" {
  name            = "fixed"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.works.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
}

# BAD, medium: registered, and no policy.
resource "aws_ecs_service" "bad_registered" {
  name            = "registered"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.works.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
}

resource "aws_appautoscaling_target" "registered" {
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/${aws_ecs_cluster.main.name}/${aws_ecs_service.bad_registered.name}"
  min_capacity       = 1
  max_capacity       = 20
}

# BAD, medium: looks at the backlog, and has no room.
resource "aws_ecs_service" "bad_bounds" {
  name            = "bounds"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.works.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
}

resource "aws_appautoscaling_target" "bounds" {
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/${aws_ecs_cluster.main.name}/${aws_ecs_service.bad_bounds.name}"
  min_capacity       = 2
  max_capacity       = 2
}

resource "aws_appautoscaling_policy" "bounds" {
  name               = "bounds"
  service_namespace  = aws_appautoscaling_target.bounds.service_namespace
  scalable_dimension = aws_appautoscaling_target.bounds.scalable_dimension
  resource_id        = aws_appautoscaling_target.bounds.resource_id
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

# BAD, low: tracks the number of all messages.
resource "aws_ecs_service" "bad_raw" {
  name            = "raw"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.works.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
}

resource "aws_appautoscaling_target" "raw" {
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/${aws_ecs_cluster.main.name}/${aws_ecs_service.bad_raw.name}"
  min_capacity       = 1
  max_capacity       = 20
}

resource "aws_appautoscaling_policy" "raw" {
  name               = "raw"
  service_namespace  = aws_appautoscaling_target.raw.service_namespace
  scalable_dimension = aws_appautoscaling_target.raw.scalable_dimension
  resource_id        = aws_appautoscaling_target.raw.resource_id
  policy_type        = "TargetTrackingScaling"
  target_tracking_scaling_policy_configuration {
    target_value = 60
    customized_metric_specification {
      namespace   = "AWS/SQS"
      metric_name = "ApproximateNumberOfMessagesVisible"
      statistic   = "Average"
    }
  }
}

# BAD, low: the same by metric math that divides nothing.
resource "aws_ecs_service" "bad_raw_sum" {
  name            = "raw-sum"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.works.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
}

resource "aws_appautoscaling_target" "raw_sum" {
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/${aws_ecs_cluster.main.name}/${aws_ecs_service.bad_raw_sum.name}"
  min_capacity       = 1
  max_capacity       = 20
}

resource "aws_appautoscaling_policy" "raw_sum" {
  name               = "raw-sum"
  service_namespace  = aws_appautoscaling_target.raw_sum.service_namespace
  scalable_dimension = aws_appautoscaling_target.raw_sum.scalable_dimension
  resource_id        = aws_appautoscaling_target.raw_sum.resource_id
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
        expression  = "waiting + 0"
        return_data = true
      }
    }
  }
}

# BAD, medium: steps, set off by CPU.
resource "aws_ecs_service" "bad_step_cpu" {
  name            = "step-cpu"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.works.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
}

resource "aws_appautoscaling_target" "step_cpu" {
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/${aws_ecs_cluster.main.name}/${aws_ecs_service.bad_step_cpu.name}"
  min_capacity       = 1
  max_capacity       = 20
}

resource "aws_appautoscaling_policy" "step_cpu" {
  name               = "step-cpu"
  service_namespace  = aws_appautoscaling_target.step_cpu.service_namespace
  scalable_dimension = aws_appautoscaling_target.step_cpu.scalable_dimension
  resource_id        = aws_appautoscaling_target.step_cpu.resource_id
  policy_type        = "StepScaling"
  step_scaling_policy_configuration {
    adjustment_type = "ChangeInCapacity"
    cooldown        = 60
    step_adjustment {
      metric_interval_lower_bound = 0
      scaling_adjustment          = 2
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "step_cpu" {
  alarm_name          = "step-cpu"
  namespace           = "AWS/ECS"
  metric_name         = "CPUUtilization"
  statistic           = "Average"
  period              = 60
  evaluation_periods  = 2
  comparison_operator = "GreaterThanThreshold"
  threshold           = 80
  alarm_actions       = [aws_appautoscaling_policy.step_cpu.arn]
}

resource "aws_iam_instance_profile" "works" {
  name = "works"
  role = aws_iam_role.works.name
}

resource "aws_launch_template" "works" {
  name          = "works"
  image_id      = "ami-0aaaaaaaaaaaaaaaa"
  instance_type = "m6i.large"
  iam_instance_profile {
    name = aws_iam_instance_profile.works.name
  }
}

# BAD, medium: machines that scale on CPU.
resource "aws_autoscaling_group" "bad_group" {
  name                = "group"
  min_size            = 1
  max_size            = 10
  vpc_zone_identifier = local.subnets
  launch_template {
    id = aws_launch_template.works.id
  }
}

resource "aws_autoscaling_policy" "group" {
  name                   = "group"
  autoscaling_group_name = aws_autoscaling_group.bad_group.name
  policy_type            = "TargetTrackingScaling"
  target_tracking_configuration {
    target_value = 60
    predefined_metric_specification {
      predefined_metric_type = "ASGAverageCPUUtilization"
    }
  }
}

# BAD, low: machines that track all messages.
resource "aws_autoscaling_group" "bad_group_raw" {
  name                = "group-raw"
  min_size            = 1
  max_size            = 10
  vpc_zone_identifier = local.subnets
  launch_template {
    id = aws_launch_template.works.id
  }
}

resource "aws_autoscaling_policy" "group_raw" {
  name                   = "group-raw"
  autoscaling_group_name = aws_autoscaling_group.bad_group_raw.name
  policy_type            = "TargetTrackingScaling"
  target_tracking_configuration {
    target_value = 60
    customized_metric_specification {
      namespace   = "AWS/SQS"
      metric_name = "ApproximateNumberOfMessagesVisible"
      statistic   = "Average"
    }
  }
}

# BAD, medium: one machine, without a group.
resource "aws_instance" "bad_machine" {
  ami                  = "ami-0aaaaaaaaaaaaaaaa"
  instance_type        = "t3.large"
  subnet_id            = local.subnets[0]
  iam_instance_profile = aws_iam_instance_profile.works.name
}

resource "aws_mq_broker" "jobs" {
  broker_name        = "jobs"
  engine_type        = "RabbitMQ"
  engine_version     = "3.13"
  host_instance_type = "mq.m5.large"
  user {
    username = "shop"
    password = "not-a-secret-1234"
  }
}

resource "aws_ecs_task_definition" "consumer" {
  family                   = "consumer"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  container_definitions    = jsonencode([{ name = "app", image = "docker.io/shop/app:3", environment = [{ name = "BROKER_URL", value = aws_mq_broker.jobs.instances[0].endpoints[0] }] }])
}

# BAD, medium: takes work from a broker, and scales on CPU.
resource "aws_ecs_service" "bad_broker_consumer" {
  name            = "broker-consumer"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.consumer.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
}

resource "aws_appautoscaling_target" "broker_consumer" {
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/${aws_ecs_cluster.main.name}/${aws_ecs_service.bad_broker_consumer.name}"
  min_capacity       = 1
  max_capacity       = 20
}

resource "aws_appautoscaling_policy" "broker_consumer" {
  name               = "broker-consumer"
  service_namespace  = aws_appautoscaling_target.broker_consumer.service_namespace
  scalable_dimension = aws_appautoscaling_target.broker_consumer.scalable_dimension
  resource_id        = aws_appautoscaling_target.broker_consumer.resource_id
  policy_type        = "TargetTrackingScaling"
  target_tracking_scaling_policy_configuration {
    target_value = 60
    predefined_metric_specification {
      predefined_metric_type = "ECSServiceAverageCPUUtilization"
    }
  }
}

# GOOD: backlog per task, by metric math.
resource "aws_ecs_service" "good_per_task" {
  name            = "per-task"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.works.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
}

resource "aws_appautoscaling_target" "per_task" {
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/${aws_ecs_cluster.main.name}/${aws_ecs_service.good_per_task.name}"
  min_capacity       = 1
  max_capacity       = 20
}

resource "aws_appautoscaling_policy" "per_task" {
  name               = "per-task"
  service_namespace  = aws_appautoscaling_target.per_task.service_namespace
  scalable_dimension = aws_appautoscaling_target.per_task.scalable_dimension
  resource_id        = aws_appautoscaling_target.per_task.resource_id
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

# GOOD: backlog per task, as a metric of its own.
resource "aws_ecs_service" "good_own_metric" {
  name            = "own-metric"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.works.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
}

resource "aws_appautoscaling_target" "own_metric" {
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/${aws_ecs_cluster.main.name}/${aws_ecs_service.good_own_metric.name}"
  min_capacity       = 1
  max_capacity       = 20
}

resource "aws_appautoscaling_policy" "own_metric" {
  name               = "own-metric"
  service_namespace  = aws_appautoscaling_target.own_metric.service_namespace
  scalable_dimension = aws_appautoscaling_target.own_metric.scalable_dimension
  resource_id        = aws_appautoscaling_target.own_metric.resource_id
  policy_type        = "TargetTrackingScaling"
  target_tracking_scaling_policy_configuration {
    target_value = 60
    customized_metric_specification {
      namespace   = "Shop"
      metric_name = "BacklogPerTask"
      statistic   = "Average"
    }
  }
}

# GOOD: the age of the oldest message.
resource "aws_ecs_service" "good_age" {
  name            = "age"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.works.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
}

resource "aws_appautoscaling_target" "age" {
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/${aws_ecs_cluster.main.name}/${aws_ecs_service.good_age.name}"
  min_capacity       = 1
  max_capacity       = 20
}

resource "aws_appautoscaling_policy" "age" {
  name               = "age"
  service_namespace  = aws_appautoscaling_target.age.service_namespace
  scalable_dimension = aws_appautoscaling_target.age.scalable_dimension
  resource_id        = aws_appautoscaling_target.age.resource_id
  policy_type        = "TargetTrackingScaling"
  target_tracking_scaling_policy_configuration {
    target_value = 60
    customized_metric_specification {
      namespace   = "AWS/SQS"
      metric_name = "ApproximateAgeOfOldestMessage"
      statistic   = "Average"
    }
  }
}

# GOOD: steps, set off by the number of messages.
resource "aws_ecs_service" "good_steps" {
  name            = "steps"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.works.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
}

resource "aws_appautoscaling_target" "steps" {
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/${aws_ecs_cluster.main.name}/${aws_ecs_service.good_steps.name}"
  min_capacity       = 1
  max_capacity       = 20
}

resource "aws_appautoscaling_policy" "steps" {
  name               = "steps"
  service_namespace  = aws_appautoscaling_target.steps.service_namespace
  scalable_dimension = aws_appautoscaling_target.steps.scalable_dimension
  resource_id        = aws_appautoscaling_target.steps.resource_id
  policy_type        = "StepScaling"
  step_scaling_policy_configuration {
    adjustment_type = "ChangeInCapacity"
    cooldown        = 60
    step_adjustment {
      metric_interval_lower_bound = 0
      scaling_adjustment          = 2
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "steps" {
  alarm_name          = "steps"
  namespace           = "AWS/SQS"
  metric_name         = "ApproximateNumberOfMessagesVisible"
  statistic           = "Average"
  period              = 60
  evaluation_periods  = 2
  comparison_operator = "GreaterThanThreshold"
  threshold           = 80
  alarm_actions       = [aws_appautoscaling_policy.steps.arn]
}

# GOOD: CPU, and the backlog beside it.
resource "aws_ecs_service" "good_both" {
  name            = "both"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.works.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
}

resource "aws_appautoscaling_target" "both" {
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/${aws_ecs_cluster.main.name}/${aws_ecs_service.good_both.name}"
  min_capacity       = 1
  max_capacity       = 20
}

resource "aws_appautoscaling_policy" "both" {
  name               = "both"
  service_namespace  = aws_appautoscaling_target.both.service_namespace
  scalable_dimension = aws_appautoscaling_target.both.scalable_dimension
  resource_id        = aws_appautoscaling_target.both.resource_id
  policy_type        = "TargetTrackingScaling"
  target_tracking_scaling_policy_configuration {
    target_value = 60
    predefined_metric_specification {
      predefined_metric_type = "ECSServiceAverageCPUUtilization"
    }
  }
}

resource "aws_appautoscaling_policy" "both_steps" {
  name               = "both-steps"
  service_namespace  = aws_appautoscaling_target.both.service_namespace
  scalable_dimension = aws_appautoscaling_target.both.scalable_dimension
  resource_id        = aws_appautoscaling_target.both.resource_id
  policy_type        = "StepScaling"
  step_scaling_policy_configuration {
    adjustment_type = "ChangeInCapacity"
    cooldown        = 60
    step_adjustment {
      metric_interval_lower_bound = 0
      scaling_adjustment          = 2
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "both" {
  alarm_name          = "both"
  namespace           = "AWS/SQS"
  metric_name         = "ApproximateNumberOfMessagesVisible"
  statistic           = "Average"
  period              = 60
  evaluation_periods  = 2
  comparison_operator = "GreaterThanThreshold"
  threshold           = 80
  alarm_actions       = [aws_appautoscaling_policy.both_steps.arn]
}

# GOOD: parked.
resource "aws_ecs_service" "good_parked" {
  name            = "parked"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.works.arn
  launch_type     = "FARGATE"
  desired_count   = 0
  network_configuration {
    subnets = local.subnets
  }
}

# GOOD: somebody has thought of the hours of its work.
resource "aws_ecs_service" "good_scheduled" {
  name            = "scheduled"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.works.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
}

resource "aws_appautoscaling_target" "scheduled" {
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/${aws_ecs_cluster.main.name}/${aws_ecs_service.good_scheduled.name}"
  min_capacity       = 1
  max_capacity       = 20
}

resource "aws_appautoscaling_scheduled_action" "scheduled" {
  name               = "night"
  service_namespace  = aws_appautoscaling_target.scheduled.service_namespace
  scalable_dimension = aws_appautoscaling_target.scheduled.scalable_dimension
  resource_id        = aws_appautoscaling_target.scheduled.resource_id
  schedule           = "cron(0 22 * * ? *)"
  scalable_target_action {
    min_capacity = 10
    max_capacity = 20
  }
}

# GOOD: answers requests as well, which shared-scaling-domain tells.
resource "aws_ecs_service" "good_mixed" {
  name            = "mixed"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.works.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.front["mixed"].arn
    container_name   = "app"
    container_port   = 8080
  }
}

resource "aws_appautoscaling_target" "mixed" {
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/${aws_ecs_cluster.main.name}/${aws_ecs_service.good_mixed.name}"
  min_capacity       = 2
  max_capacity       = 10
}

resource "aws_appautoscaling_policy" "mixed" {
  name               = "mixed"
  service_namespace  = aws_appautoscaling_target.mixed.service_namespace
  scalable_dimension = aws_appautoscaling_target.mixed.scalable_dimension
  resource_id        = aws_appautoscaling_target.mixed.resource_id
  policy_type        = "TargetTrackingScaling"
  target_tracking_scaling_policy_configuration {
    target_value = 60
    predefined_metric_specification {
      predefined_metric_type = "ECSServiceAverageCPUUtilization"
    }
  }
}

resource "aws_iam_role" "sends" {
  name               = "sends"
  assume_role_policy = local.tasks
}

resource "aws_iam_role_policy" "sends" {
  role = aws_iam_role.sends.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["sqs:SendMessage"], Resource = local.queue }]
  })
}

resource "aws_ecs_task_definition" "sends" {
  family                   = "sends"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  task_role_arn            = aws_iam_role.sends.arn
  container_definitions    = jsonencode([{ name = "app", image = "docker.io/shop/app:3" }])
}

# GOOD: only sends.
resource "aws_ecs_service" "good_sends" {
  name            = "sends"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.sends.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
}

resource "aws_appautoscaling_target" "sends" {
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/${aws_ecs_cluster.main.name}/${aws_ecs_service.good_sends.name}"
  min_capacity       = 1
  max_capacity       = 20
}

resource "aws_appautoscaling_policy" "sends" {
  name               = "sends"
  service_namespace  = aws_appautoscaling_target.sends.service_namespace
  scalable_dimension = aws_appautoscaling_target.sends.scalable_dimension
  resource_id        = aws_appautoscaling_target.sends.resource_id
  policy_type        = "TargetTrackingScaling"
  target_tracking_scaling_policy_configuration {
    target_value = 60
    predefined_metric_specification {
      predefined_metric_type = "ECSServiceAverageCPUUtilization"
    }
  }
}

resource "aws_sqs_queue" "calls" {
  name = "calls"
}

# GOOD: the queue's trigger calls it as often as there are messages.
resource "aws_lambda_function" "good_function" {
  function_name = "function"
  role          = aws_iam_role.works.arn
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "app.zip"
}

resource "aws_lambda_event_source_mapping" "calls" {
  event_source_arn = aws_sqs_queue.calls.arn
  function_name    = aws_lambda_function.good_function.arn
}

# UNKNOWN: a metric of its own, which may be a backlog or not.
resource "aws_ecs_service" "unknown_custom_metric" {
  name            = "custom-metric"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.works.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
}

resource "aws_appautoscaling_target" "custom_metric" {
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/${aws_ecs_cluster.main.name}/${aws_ecs_service.unknown_custom_metric.name}"
  min_capacity       = 1
  max_capacity       = 20
}

resource "aws_appautoscaling_policy" "custom_metric" {
  name               = "custom-metric"
  service_namespace  = aws_appautoscaling_target.custom_metric.service_namespace
  scalable_dimension = aws_appautoscaling_target.custom_metric.scalable_dimension
  resource_id        = aws_appautoscaling_target.custom_metric.resource_id
  policy_type        = "TargetTrackingScaling"
  target_tracking_scaling_policy_configuration {
    target_value = 60
    customized_metric_specification {
      namespace   = "Shop"
      metric_name = "OpenOrders"
      statistic   = "Average"
    }
  }
}

# UNKNOWN: which alarm sets off its steps is not in this plan.
resource "aws_ecs_service" "unknown_set_off" {
  name            = "set-off"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.works.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
}

resource "aws_appautoscaling_target" "set_off" {
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/${aws_ecs_cluster.main.name}/${aws_ecs_service.unknown_set_off.name}"
  min_capacity       = 1
  max_capacity       = 20
}

resource "aws_appautoscaling_policy" "set_off" {
  name               = "set-off"
  service_namespace  = aws_appautoscaling_target.set_off.service_namespace
  scalable_dimension = aws_appautoscaling_target.set_off.scalable_dimension
  resource_id        = aws_appautoscaling_target.set_off.resource_id
  policy_type        = "StepScaling"
  step_scaling_policy_configuration {
    adjustment_type = "ChangeInCapacity"
    cooldown        = 60
    step_adjustment {
      metric_interval_lower_bound = 0
      scaling_adjustment          = 2
    }
  }
}

resource "terraform_data" "metric" {
  input = "ApproximateAgeOfOldestMessage"
}

# UNKNOWN: what it tracks is known only after apply.
resource "aws_ecs_service" "unknown_metric" {
  name            = "metric"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.works.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
}

resource "aws_appautoscaling_target" "metric" {
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/${aws_ecs_cluster.main.name}/${aws_ecs_service.unknown_metric.name}"
  min_capacity       = 1
  max_capacity       = 20
}

resource "aws_appautoscaling_policy" "metric" {
  name               = "metric"
  service_namespace  = aws_appautoscaling_target.metric.service_namespace
  scalable_dimension = aws_appautoscaling_target.metric.scalable_dimension
  resource_id        = aws_appautoscaling_target.metric.resource_id
  policy_type        = "TargetTrackingScaling"
  target_tracking_scaling_policy_configuration {
    target_value = 60
    customized_metric_specification {
      namespace   = "AWS/SQS"
      metric_name = terraform_data.metric.output
      statistic   = "Average"
    }
  }
}

resource "aws_sqs_queue" "orders" {
  name = "orders"
}

resource "aws_ecs_task_definition" "knows" {
  family                   = "knows"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  container_definitions    = jsonencode([{ name = "app", image = "docker.io/shop/app:3", environment = [{ name = "ORDERS", value = aws_sqs_queue.orders.url }] }])
}

# UNKNOWN: knows a queue; nothing shows whether it sends or receives.
resource "aws_ecs_service" "unknown_reader" {
  name            = "reader"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.knows.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
}
