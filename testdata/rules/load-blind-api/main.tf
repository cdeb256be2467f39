# load-blind-api: what answers requests, and what its policies look at.
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
    "cpu",
    "cpu-and-memory",
    "container-metric",
    "group",
    "steps",
    "requests",
    "both",
    "request-group",
    "step-requests",
    "own-metric",
    "blue-green",
    "unscaled",
    "alarm",
    "metric"
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

# BAD: CPU alone.
resource "aws_ecs_service" "bad_cpu" {
  name            = "cpu"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.app.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.front["cpu"].arn
    container_name   = "app"
    container_port   = 8080
  }
}

resource "aws_appautoscaling_target" "cpu" {
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/${aws_ecs_cluster.main.name}/${aws_ecs_service.bad_cpu.name}"
  min_capacity       = 2
  max_capacity       = 10
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

# BAD: CPU and memory; neither counts requests.
resource "aws_ecs_service" "bad_cpu_and_memory" {
  name            = "cpu-and-memory"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.app.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.front["cpu-and-memory"].arn
    container_name   = "app"
    container_port   = 8080
  }
}

resource "aws_appautoscaling_target" "cpu_and_memory" {
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/${aws_ecs_cluster.main.name}/${aws_ecs_service.bad_cpu_and_memory.name}"
  min_capacity       = 2
  max_capacity       = 10
}

resource "aws_appautoscaling_policy" "cpu_and_memory" {
  name               = "cpu-and-memory"
  service_namespace  = aws_appautoscaling_target.cpu_and_memory.service_namespace
  scalable_dimension = aws_appautoscaling_target.cpu_and_memory.scalable_dimension
  resource_id        = aws_appautoscaling_target.cpu_and_memory.resource_id
  policy_type        = "TargetTrackingScaling"
  target_tracking_scaling_policy_configuration {
    target_value = 60
    predefined_metric_specification {
      predefined_metric_type = "ECSServiceAverageCPUUtilization"
    }
  }
}

resource "aws_appautoscaling_policy" "memory" {
  name               = "memory"
  service_namespace  = aws_appautoscaling_target.cpu_and_memory.service_namespace
  scalable_dimension = aws_appautoscaling_target.cpu_and_memory.scalable_dimension
  resource_id        = aws_appautoscaling_target.cpu_and_memory.resource_id
  policy_type        = "TargetTrackingScaling"
  target_tracking_scaling_policy_configuration {
    target_value = 60
    predefined_metric_specification {
      predefined_metric_type = "ECSServiceAverageMemoryUtilization"
    }
  }
}

# BAD: CPU as the container agent measures it.
resource "aws_ecs_service" "bad_container_metric" {
  name            = "container-metric"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.app.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.front["container-metric"].arn
    container_name   = "app"
    container_port   = 8080
  }
}

resource "aws_appautoscaling_target" "container_metric" {
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/${aws_ecs_cluster.main.name}/${aws_ecs_service.bad_container_metric.name}"
  min_capacity       = 2
  max_capacity       = 10
}

resource "aws_appautoscaling_policy" "container_metric" {
  name               = "container-metric"
  service_namespace  = aws_appautoscaling_target.container_metric.service_namespace
  scalable_dimension = aws_appautoscaling_target.container_metric.scalable_dimension
  resource_id        = aws_appautoscaling_target.container_metric.resource_id
  policy_type        = "TargetTrackingScaling"
  target_tracking_scaling_policy_configuration {
    target_value = 60
    customized_metric_specification {
      namespace   = "ECS/ContainerInsights"
      metric_name = "CpuUtilized"
      statistic   = "Average"
    }
  }
}

# BAD: CPU of machines.
resource "aws_autoscaling_group" "bad_group" {
  name                = "group"
  min_size            = 2
  max_size            = 10
  vpc_zone_identifier = local.subnets
  target_group_arns   = [aws_lb_target_group.front["group"].arn]
  launch_template {
    id = aws_launch_template.app.id
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

# BAD: steps, set off by an alarm on CPU.
resource "aws_autoscaling_group" "bad_steps" {
  name                = "steps"
  min_size            = 2
  max_size            = 10
  vpc_zone_identifier = local.subnets
  target_group_arns   = [aws_lb_target_group.front["steps"].arn]
  launch_template {
    id = aws_launch_template.app.id
  }
}

resource "aws_autoscaling_policy" "steps" {
  name                   = "steps"
  autoscaling_group_name = aws_autoscaling_group.bad_steps.name
  policy_type            = "SimpleScaling"
  adjustment_type        = "ChangeInCapacity"
  scaling_adjustment     = 1
}

resource "aws_cloudwatch_metric_alarm" "steps" {
  alarm_name          = "steps"
  namespace           = "AWS/EC2"
  metric_name         = "CPUUtilization"
  statistic           = "Average"
  period              = 60
  evaluation_periods  = 2
  comparison_operator = "GreaterThanThreshold"
  threshold           = 80
  alarm_actions       = [aws_autoscaling_policy.steps.arn]
}

# GOOD: requests per task.
resource "aws_ecs_service" "good_requests" {
  name            = "requests"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.app.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.front["requests"].arn
    container_name   = "app"
    container_port   = 8080
  }
}

resource "aws_appautoscaling_target" "requests" {
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/${aws_ecs_cluster.main.name}/${aws_ecs_service.good_requests.name}"
  min_capacity       = 2
  max_capacity       = 10
}

resource "aws_appautoscaling_policy" "requests" {
  name               = "requests"
  service_namespace  = aws_appautoscaling_target.requests.service_namespace
  scalable_dimension = aws_appautoscaling_target.requests.scalable_dimension
  resource_id        = aws_appautoscaling_target.requests.resource_id
  policy_type        = "TargetTrackingScaling"
  target_tracking_scaling_policy_configuration {
    target_value = 60
    predefined_metric_specification {
      predefined_metric_type = "ALBRequestCountPerTarget"
      resource_label         = "${aws_lb.front.arn_suffix}/${aws_lb_target_group.front["requests"].arn_suffix}"
    }
  }
}

# GOOD: CPU, and requests per task beside it.
resource "aws_ecs_service" "good_both" {
  name            = "both"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.app.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.front["both"].arn
    container_name   = "app"
    container_port   = 8080
  }
}

resource "aws_appautoscaling_target" "both" {
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/${aws_ecs_cluster.main.name}/${aws_ecs_service.good_both.name}"
  min_capacity       = 2
  max_capacity       = 10
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

resource "aws_appautoscaling_policy" "both_requests" {
  name               = "both-requests"
  service_namespace  = aws_appautoscaling_target.both.service_namespace
  scalable_dimension = aws_appautoscaling_target.both.scalable_dimension
  resource_id        = aws_appautoscaling_target.both.resource_id
  policy_type        = "TargetTrackingScaling"
  target_tracking_scaling_policy_configuration {
    target_value = 60
    predefined_metric_specification {
      predefined_metric_type = "ALBRequestCountPerTarget"
      resource_label         = "${aws_lb.front.arn_suffix}/${aws_lb_target_group.front["both"].arn_suffix}"
    }
  }
}

# GOOD: requests per machine.
resource "aws_autoscaling_group" "good_request_group" {
  name                = "request-group"
  min_size            = 2
  max_size            = 10
  vpc_zone_identifier = local.subnets
  target_group_arns   = [aws_lb_target_group.front["request-group"].arn]
  launch_template {
    id = aws_launch_template.app.id
  }
}

resource "aws_autoscaling_policy" "request_group" {
  name                   = "request-group"
  autoscaling_group_name = aws_autoscaling_group.good_request_group.name
  policy_type            = "TargetTrackingScaling"
  target_tracking_configuration {
    target_value = 60
    predefined_metric_specification {
      predefined_metric_type = "ALBRequestCountPerTarget"
      resource_label         = "${aws_lb.front.arn_suffix}/${aws_lb_target_group.front["request-group"].arn_suffix}"
    }
  }
}

# GOOD: steps, set off by the number of requests.
resource "aws_autoscaling_group" "good_step_requests" {
  name                = "step-requests"
  min_size            = 2
  max_size            = 10
  vpc_zone_identifier = local.subnets
  target_group_arns   = [aws_lb_target_group.front["step-requests"].arn]
  launch_template {
    id = aws_launch_template.app.id
  }
}

resource "aws_autoscaling_policy" "step_requests" {
  name                   = "step-requests"
  autoscaling_group_name = aws_autoscaling_group.good_step_requests.name
  policy_type            = "SimpleScaling"
  adjustment_type        = "ChangeInCapacity"
  scaling_adjustment     = 1
}

resource "aws_cloudwatch_metric_alarm" "step_requests" {
  alarm_name          = "step-requests"
  namespace           = "AWS/ApplicationELB"
  metric_name         = "RequestCount"
  statistic           = "Average"
  period              = 60
  evaluation_periods  = 2
  comparison_operator = "GreaterThanThreshold"
  threshold           = 80
  alarm_actions       = [aws_autoscaling_policy.step_requests.arn]
}

# GOOD: a metric of its own, which somebody chose.
resource "aws_ecs_service" "good_own_metric" {
  name            = "own-metric"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.app.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.front["own-metric"].arn
    container_name   = "app"
    container_port   = 8080
  }
}

resource "aws_appautoscaling_target" "own_metric" {
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/${aws_ecs_cluster.main.name}/${aws_ecs_service.good_own_metric.name}"
  min_capacity       = 2
  max_capacity       = 10
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
      metric_name = "OpenOrders"
      statistic   = "Average"
    }
  }
}

resource "aws_lb_target_group" "connections" {
  name        = "connections"
  port        = 8080
  protocol    = "TCP"
  target_type = "ip"
  vpc_id      = local.vpc
}

# GOOD: its balancer forwards connections, and counts no requests.
resource "aws_ecs_service" "good_network_balancer" {
  name            = "network-balancer"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.app.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.connections.arn
    container_name   = "app"
    container_port   = 8080
  }
}

resource "aws_appautoscaling_target" "network_balancer" {
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/${aws_ecs_cluster.main.name}/${aws_ecs_service.good_network_balancer.name}"
  min_capacity       = 2
  max_capacity       = 10
}

resource "aws_appautoscaling_policy" "network_balancer" {
  name               = "network-balancer"
  service_namespace  = aws_appautoscaling_target.network_balancer.service_namespace
  scalable_dimension = aws_appautoscaling_target.network_balancer.scalable_dimension
  resource_id        = aws_appautoscaling_target.network_balancer.resource_id
  policy_type        = "TargetTrackingScaling"
  target_tracking_scaling_policy_configuration {
    target_value = 60
    predefined_metric_specification {
      predefined_metric_type = "ECSServiceAverageCPUUtilization"
    }
  }
}

# GOOD: a second target group takes over in a rollout; requests per task cannot be tracked.
resource "aws_ecs_service" "good_blue_green" {
  name            = "blue-green"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.app.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.front["blue-green"].arn
    container_name   = "app"
    container_port   = 8080
  }
  deployment_controller {
    type = "CODE_DEPLOY"
  }
}

resource "aws_appautoscaling_target" "blue_green" {
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/${aws_ecs_cluster.main.name}/${aws_ecs_service.good_blue_green.name}"
  min_capacity       = 2
  max_capacity       = 10
}

resource "aws_appautoscaling_policy" "blue_green" {
  name               = "blue-green"
  service_namespace  = aws_appautoscaling_target.blue_green.service_namespace
  scalable_dimension = aws_appautoscaling_target.blue_green.scalable_dimension
  resource_id        = aws_appautoscaling_target.blue_green.resource_id
  policy_type        = "TargetTrackingScaling"
  target_tracking_scaling_policy_configuration {
    target_value = 60
    predefined_metric_specification {
      predefined_metric_type = "ECSServiceAverageCPUUtilization"
    }
  }
}

# GOOD: does not scale at all; fixed-capacity tells.
resource "aws_ecs_service" "good_unscaled" {
  name            = "unscaled"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.app.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.front["unscaled"].arn
    container_name   = "app"
    container_port   = 8080
  }
}

# GOOD: nobody calls it.
resource "aws_ecs_service" "good_uncalled" {
  name            = "uncalled"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.app.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
}

resource "aws_appautoscaling_target" "uncalled" {
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/${aws_ecs_cluster.main.name}/${aws_ecs_service.good_uncalled.name}"
  min_capacity       = 2
  max_capacity       = 10
}

resource "aws_appautoscaling_policy" "uncalled" {
  name               = "uncalled"
  service_namespace  = aws_appautoscaling_target.uncalled.service_namespace
  scalable_dimension = aws_appautoscaling_target.uncalled.scalable_dimension
  resource_id        = aws_appautoscaling_target.uncalled.resource_id
  policy_type        = "TargetTrackingScaling"
  target_tracking_scaling_policy_configuration {
    target_value = 60
    predefined_metric_specification {
      predefined_metric_type = "ECSServiceAverageCPUUtilization"
    }
  }
}

# UNKNOWN: which alarm sets off its steps is not in this plan.
resource "aws_ecs_service" "unknown_alarm" {
  name            = "alarm"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.app.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.front["alarm"].arn
    container_name   = "app"
    container_port   = 8080
  }
}

resource "aws_appautoscaling_target" "alarm" {
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/${aws_ecs_cluster.main.name}/${aws_ecs_service.unknown_alarm.name}"
  min_capacity       = 2
  max_capacity       = 10
}

resource "aws_appautoscaling_policy" "alarm" {
  name               = "alarm"
  service_namespace  = aws_appautoscaling_target.alarm.service_namespace
  scalable_dimension = aws_appautoscaling_target.alarm.scalable_dimension
  resource_id        = aws_appautoscaling_target.alarm.resource_id
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

resource "terraform_data" "choices" {
  input = { metric = "ALBRequestCountPerTarget", protocol = "HTTP" }
}

resource "aws_lb_target_group" "unclear" {
  name        = "unclear"
  port        = 8080
  protocol    = terraform_data.choices.output.protocol
  target_type = "ip"
  vpc_id      = local.vpc
}

# UNKNOWN: what it tracks is known only after apply.
resource "aws_ecs_service" "unknown_metric" {
  name            = "metric"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.app.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.front["metric"].arn
    container_name   = "app"
    container_port   = 8080
  }
}

resource "aws_appautoscaling_target" "metric" {
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/${aws_ecs_cluster.main.name}/${aws_ecs_service.unknown_metric.name}"
  min_capacity       = 2
  max_capacity       = 10
}

resource "aws_appautoscaling_policy" "metric" {
  name               = "metric"
  service_namespace  = aws_appautoscaling_target.metric.service_namespace
  scalable_dimension = aws_appautoscaling_target.metric.scalable_dimension
  resource_id        = aws_appautoscaling_target.metric.resource_id
  policy_type        = "TargetTrackingScaling"
  target_tracking_scaling_policy_configuration {
    target_value = 60
    predefined_metric_specification {
      predefined_metric_type = terraform_data.choices.output.metric
    }
  }
}

# UNKNOWN: whether its target group counts requests is known only after apply.
resource "aws_ecs_service" "unknown_protocol" {
  name            = "protocol"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.app.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.unclear.arn
    container_name   = "app"
    container_port   = 8080
  }
}

resource "aws_appautoscaling_target" "protocol" {
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/${aws_ecs_cluster.main.name}/${aws_ecs_service.unknown_protocol.name}"
  min_capacity       = 2
  max_capacity       = 10
}

resource "aws_appautoscaling_policy" "protocol" {
  name               = "protocol"
  service_namespace  = aws_appautoscaling_target.protocol.service_namespace
  scalable_dimension = aws_appautoscaling_target.protocol.scalable_dimension
  resource_id        = aws_appautoscaling_target.protocol.resource_id
  policy_type        = "TargetTrackingScaling"
  target_tracking_scaling_policy_configuration {
    target_value = 60
    predefined_metric_specification {
      predefined_metric_type = "ECSServiceAverageCPUUtilization"
    }
  }
}
