# fixed-capacity: what answers requests, and whether the number of its units ever changes.
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
    "service",
    "registered",
    "bounds",
    "group",
    "same",
    "disabled",
    "forecast",
    "blue-and-green",
    "scaled",
    "scaled-group",
    "steps",
    "scheduled",
    "cluster",
    "planned",
    "hosts",
    "one",
    "base",
    "parked",
    "each-machine",
    "sensitive",
    "size",
    "of-data"
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

# BAD: three tasks, always.
resource "aws_ecs_service" "bad_service" {
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

# BAD: registered for scaling, and no policy says when.
resource "aws_ecs_service" "bad_registered" {
  name            = "registered"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.app.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.front["registered"].arn
    container_name   = "app"
    container_port   = 8080
  }
}

resource "aws_appautoscaling_target" "registered" {
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/${aws_ecs_cluster.main.name}/${aws_ecs_service.bad_registered.name}"
  min_capacity       = 2
  max_capacity       = 10
}

# BAD: its policy has no room.
resource "aws_ecs_service" "bad_bounds" {
  name            = "bounds"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.app.arn
  launch_type     = "FARGATE"
  desired_count   = 3
  network_configuration {
    subnets = local.subnets
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.front["bounds"].arn
    container_name   = "app"
    container_port   = 8080
  }
}

resource "aws_appautoscaling_target" "bounds" {
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/${aws_ecs_cluster.main.name}/${aws_ecs_service.bad_bounds.name}"
  min_capacity       = 3
  max_capacity       = 3
}

resource "aws_appautoscaling_policy" "bounds" {
  name               = "bounds"
  service_namespace  = aws_appautoscaling_target.bounds.service_namespace
  scalable_dimension = aws_appautoscaling_target.bounds.scalable_dimension
  resource_id        = aws_appautoscaling_target.bounds.resource_id
  policy_type        = "TargetTrackingScaling"
  target_tracking_scaling_policy_configuration {
    target_value = 60
    predefined_metric_specification {
      predefined_metric_type = "ECSServiceAverageCPUUtilization"
    }
  }
}

# BAD: bounds of 2 to 10 and no policy: it stays at 2.
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

# BAD: a policy between 3 and 3.
resource "aws_autoscaling_group" "bad_same" {
  name                = "same"
  min_size            = 3
  max_size            = 3
  vpc_zone_identifier = local.subnets
  target_group_arns   = [aws_lb_target_group.front["same"].arn]
  launch_template {
    id = aws_launch_template.app.id
  }
}

resource "aws_autoscaling_policy" "same" {
  name                   = "same"
  autoscaling_group_name = aws_autoscaling_group.bad_same.name
  policy_type            = "TargetTrackingScaling"
  target_tracking_configuration {
    target_value = 60
    predefined_metric_specification {
      predefined_metric_type = "ASGAverageCPUUtilization"
    }
  }
}

# BAD: its policy is switched off.
resource "aws_autoscaling_group" "bad_disabled" {
  name                = "disabled"
  min_size            = 2
  max_size            = 6
  vpc_zone_identifier = local.subnets
  target_group_arns   = [aws_lb_target_group.front["disabled"].arn]
  launch_template {
    id = aws_launch_template.app.id
  }
}

resource "aws_autoscaling_policy" "disabled" {
  name                   = "disabled"
  autoscaling_group_name = aws_autoscaling_group.bad_disabled.name
  policy_type            = "TargetTrackingScaling"
  target_tracking_configuration {
    target_value = 60
    predefined_metric_specification {
      predefined_metric_type = "ASGAverageCPUUtilization"
    }
  }
  enabled = false
}

# BAD: its policy only forecasts.
resource "aws_autoscaling_group" "bad_forecast" {
  name                = "forecast"
  min_size            = 2
  max_size            = 6
  vpc_zone_identifier = local.subnets
  target_group_arns   = [aws_lb_target_group.front["forecast"].arn]
  launch_template {
    id = aws_launch_template.app.id
  }
}

resource "aws_autoscaling_policy" "forecast" {
  name                   = "forecast"
  autoscaling_group_name = aws_autoscaling_group.bad_forecast.name
  policy_type            = "PredictiveScaling"
  predictive_scaling_configuration {
    metric_specification {
      target_value = 60
      predefined_metric_pair_specification {
        predefined_metric_type = "ASGCPUUtilization"
      }
    }
  }
}

# BAD: two groups behind one target group, and nothing scales either.
resource "aws_autoscaling_group" "bad_blue" {
  name                = "blue"
  min_size            = 1
  max_size            = 1
  vpc_zone_identifier = local.subnets
  target_group_arns   = [aws_lb_target_group.front["blue-and-green"].arn]
  launch_template {
    id = aws_launch_template.app.id
  }
}

# Its other half; the first of them speaks for both.
resource "aws_autoscaling_group" "other_green" {
  name                = "green"
  min_size            = 1
  max_size            = 1
  vpc_zone_identifier = local.subnets
  target_group_arns   = [aws_lb_target_group.front["blue-and-green"].arn]
  launch_template {
    id = aws_launch_template.app.id
  }
}

resource "aws_elastic_beanstalk_application" "shop" {
  name = "shop"
}

# BAD: a platform between 2 and 2.
resource "aws_elastic_beanstalk_environment" "bad_platform" {
  name                = "platform"
  application         = aws_elastic_beanstalk_application.shop.name
  solution_stack_name = "64bit Amazon Linux 2023 v4.3.0 running Docker"
  setting {
    namespace = "aws:autoscaling:asg"
    name      = "MinSize"
    value     = "2"
  }
  setting {
    namespace = "aws:autoscaling:asg"
    name      = "MaxSize"
    value     = "2"
  }
}

# GOOD: a platform between 2 and 4, which scales by itself.
resource "aws_elastic_beanstalk_environment" "good_platform" {
  name                = "platform-of-four"
  application         = aws_elastic_beanstalk_application.shop.name
  solution_stack_name = "64bit Amazon Linux 2023 v4.3.0 running Docker"
  setting {
    namespace = "aws:autoscaling:asg"
    name      = "MinSize"
    value     = "2"
  }
}

# GOOD: scales between 2 and 10.
resource "aws_ecs_service" "good_scaled" {
  name            = "scaled"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.app.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.front["scaled"].arn
    container_name   = "app"
    container_port   = 8080
  }
}

resource "aws_appautoscaling_target" "scaled" {
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/${aws_ecs_cluster.main.name}/${aws_ecs_service.good_scaled.name}"
  min_capacity       = 2
  max_capacity       = 10
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

# GOOD: the same with machines.
resource "aws_autoscaling_group" "good_scaled_group" {
  name                = "scaled-group"
  min_size            = 2
  max_size            = 10
  vpc_zone_identifier = local.subnets
  target_group_arns   = [aws_lb_target_group.front["scaled-group"].arn]
  launch_template {
    id = aws_launch_template.app.id
  }
}

resource "aws_autoscaling_policy" "scaled_group" {
  name                   = "scaled-group"
  autoscaling_group_name = aws_autoscaling_group.good_scaled_group.name
  policy_type            = "TargetTrackingScaling"
  target_tracking_configuration {
    target_value = 60
    predefined_metric_specification {
      predefined_metric_type = "ASGAverageCPUUtilization"
    }
  }
}

# GOOD: steps, set off by an alarm.
resource "aws_autoscaling_group" "good_steps" {
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
  autoscaling_group_name = aws_autoscaling_group.good_steps.name
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

# GOOD: larger by day, smaller by night.
resource "aws_autoscaling_group" "good_scheduled" {
  name                = "scheduled"
  min_size            = 2
  max_size            = 10
  vpc_zone_identifier = local.subnets
  target_group_arns   = [aws_lb_target_group.front["scheduled"].arn]
  launch_template {
    id = aws_launch_template.app.id
  }
}

resource "aws_autoscaling_schedule" "day" {
  scheduled_action_name  = "day"
  autoscaling_group_name = aws_autoscaling_group.good_scheduled.name
  recurrence             = "0 7 * * *"
  min_size               = 2
  max_size               = 10
  desired_capacity       = 8
}

# GOOD: machines of a Kubernetes cluster, whose autoscaler sets their number.
resource "aws_autoscaling_group" "good_cluster" {
  name                = "cluster"
  min_size            = 2
  max_size            = 10
  vpc_zone_identifier = local.subnets
  target_group_arns   = [aws_lb_target_group.front["cluster"].arn]
  launch_template {
    id = aws_launch_template.app.id
  }
  tag {
    key                 = "k8s.io/cluster-autoscaler/enabled"
    value               = "true"
    propagate_at_launch = false
  }
}

# GOOD: a scaling plan scales it.
resource "aws_autoscaling_group" "good_planned" {
  name                = "planned"
  min_size            = 2
  max_size            = 10
  vpc_zone_identifier = local.subnets
  target_group_arns   = [aws_lb_target_group.front["planned"].arn]
  launch_template {
    id = aws_launch_template.app.id
  }
}

resource "aws_autoscalingplans_scaling_plan" "planned" {
  name = "planned"
  application_source {
    tag_filter {
      key    = "application"
      values = ["shop"]
    }
  }
  scaling_instruction {
    max_capacity       = 10
    min_capacity       = 2
    resource_id        = "autoScalingGroup/${aws_autoscaling_group.good_planned.name}"
    scalable_dimension = "autoscaling:autoScalingGroup:DesiredCapacity"
    service_namespace  = "autoscaling"
    target_tracking_configuration {
      target_value = 60
      predefined_scaling_metric_specification {
        predefined_scaling_metric_type = "ASGAverageCPUUtilization"
      }
    }
  }
}

# GOOD: carries the tasks of others, and grows with them.
resource "aws_autoscaling_group" "good_hosts" {
  name                = "hosts"
  min_size            = 2
  max_size            = 10
  vpc_zone_identifier = local.subnets
  target_group_arns   = [aws_lb_target_group.front["hosts"].arn]
  launch_template {
    id = aws_launch_template.app.id
  }
}

resource "aws_ecs_capacity_provider" "hosts" {
  name = "hosts"
  auto_scaling_group_provider {
    auto_scaling_group_arn = aws_autoscaling_group.good_hosts.arn
    managed_scaling {
      status = "ENABLED"
    }
  }
}

# GOOD: a single task is told by single-instance-api.
resource "aws_ecs_service" "good_one" {
  name            = "one"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.app.arn
  launch_type     = "FARGATE"
  desired_count   = 1
  network_configuration {
    subnets = local.subnets
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.front["one"].arn
    container_name   = "app"
    container_port   = 8080
  }
}

# GOOD: a fixed base, beside a group that scales behind the same target group.
resource "aws_autoscaling_group" "good_base" {
  name                = "base"
  min_size            = 2
  max_size            = 2
  vpc_zone_identifier = local.subnets
  target_group_arns   = [aws_lb_target_group.front["base"].arn]
  launch_template {
    id = aws_launch_template.app.id
  }
}

# GOOD: that one.
resource "aws_autoscaling_group" "good_peak" {
  name                = "peak"
  min_size            = 2
  max_size            = 8
  vpc_zone_identifier = local.subnets
  target_group_arns   = [aws_lb_target_group.front["base"].arn]
  launch_template {
    id = aws_launch_template.app.id
  }
}

resource "aws_autoscaling_policy" "peak" {
  name                   = "peak"
  autoscaling_group_name = aws_autoscaling_group.good_peak.name
  policy_type            = "TargetTrackingScaling"
  target_tracking_configuration {
    target_value = 60
    predefined_metric_specification {
      predefined_metric_type = "ASGAverageCPUUtilization"
    }
  }
}

# GOOD: parked.
resource "aws_ecs_service" "good_parked" {
  name            = "parked"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.app.arn
  launch_type     = "FARGATE"
  desired_count   = 0
  network_configuration {
    subnets = local.subnets
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.front["parked"].arn
    container_name   = "app"
    container_port   = 8080
  }
}

# BAD: another plan owns its target group; its own number never changes.
resource "aws_ecs_service" "bad_foreign" {
  name            = "foreign"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.app.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
  load_balancer {
    target_group_arn = "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/foreign/0123456789abcdef"
    container_name   = "app"
    container_port   = 8080
  }
}

# GOOD: nobody calls it.
resource "aws_ecs_service" "good_worker" {
  name            = "worker"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.app.arn
  launch_type     = "FARGATE"
  desired_count   = 3
  network_configuration {
    subnets = local.subnets
  }
}

# GOOD: one task on each machine.
resource "aws_ecs_service" "good_each_machine" {
  name            = "each-machine"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.app.arn
  network_configuration {
    subnets = local.subnets
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.front["each-machine"].arn
    container_name   = "app"
    container_port   = 8080
  }
  launch_type         = "EC2"
  scheduling_strategy = "DAEMON"
}

variable "most" {
  type      = number
  sensitive = true
  default   = 10
}

resource "aws_ssm_parameter" "size" {
  name  = "size"
  type  = "String"
  value = "2"
}

# UNKNOWN: its maximum is marked as sensitive.
resource "aws_ecs_service" "unknown_sensitive" {
  name            = "sensitive"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.app.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.front["sensitive"].arn
    container_name   = "app"
    container_port   = 8080
  }
}

resource "aws_appautoscaling_target" "sensitive" {
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/${aws_ecs_cluster.main.name}/${aws_ecs_service.unknown_sensitive.name}"
  min_capacity       = 2
  max_capacity       = var.most
}

resource "aws_appautoscaling_policy" "sensitive" {
  name               = "sensitive"
  service_namespace  = aws_appautoscaling_target.sensitive.service_namespace
  scalable_dimension = aws_appautoscaling_target.sensitive.scalable_dimension
  resource_id        = aws_appautoscaling_target.sensitive.resource_id
  policy_type        = "TargetTrackingScaling"
  target_tracking_scaling_policy_configuration {
    target_value = 60
    predefined_metric_specification {
      predefined_metric_type = "ECSServiceAverageCPUUtilization"
    }
  }
}

# UNKNOWN: its maximum is known only after apply.
resource "aws_autoscaling_group" "unknown_size" {
  name                = "size"
  min_size            = 2
  max_size            = 2 + aws_ssm_parameter.size.version
  vpc_zone_identifier = local.subnets
  target_group_arns   = [aws_lb_target_group.front["size"].arn]
  launch_template {
    id = aws_launch_template.app.id
  }
}

resource "aws_autoscaling_policy" "size" {
  name                   = "size"
  autoscaling_group_name = aws_autoscaling_group.unknown_size.name
  policy_type            = "TargetTrackingScaling"
  target_tracking_configuration {
    target_value = 60
    predefined_metric_specification {
      predefined_metric_type = "ASGAverageCPUUtilization"
    }
  }
}

resource "terraform_data" "arns" {
  input = [aws_lb_target_group.front["of-data"].arn]
}

# UNKNOWN: whether it stands behind a balancer is known only after apply.
resource "aws_autoscaling_group" "unknown_balancer" {
  name                = "balancer"
  min_size            = 2
  max_size            = 2
  vpc_zone_identifier = local.subnets
  target_group_arns   = terraform_data.arns.output
  launch_template {
    id = aws_launch_template.app.id
  }
}
