# single-instance-api: what answers requests, and how many units of it there are at its smallest.
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
    "one-task",
    "shrinks-to-one",
    "shrinks-to-none",
    "registered-only",
    "group",
    "small-group",
    "two-tasks",
    "two-at-least",
    "parked",
    "each-machine",
    "group-of-two",
    "halves",
    "hosts",
    "count",
    "sensitive",
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

# BAD, medium: one task, and nothing that scales it.
resource "aws_ecs_service" "bad_one_task" {
  name            = "one-task"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.app.arn
  launch_type     = "FARGATE"
  desired_count   = 1
  network_configuration {
    subnets = local.subnets
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.front["one-task"].arn
    container_name   = "app"
    container_port   = 8080
  }
}

# BAD, low: scales, but from one task on.
resource "aws_ecs_service" "bad_shrinks_to_one" {
  name            = "shrinks-to-one"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.app.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.front["shrinks-to-one"].arn
    container_name   = "app"
    container_port   = 8080
  }
}

resource "aws_appautoscaling_target" "shrinks_to_one" {
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/${aws_ecs_cluster.main.name}/${aws_ecs_service.bad_shrinks_to_one.name}"
  min_capacity       = 1
  max_capacity       = 6
}

resource "aws_appautoscaling_policy" "shrinks_to_one" {
  name               = "shrinks-to-one"
  service_namespace  = aws_appautoscaling_target.shrinks_to_one.service_namespace
  scalable_dimension = aws_appautoscaling_target.shrinks_to_one.scalable_dimension
  resource_id        = aws_appautoscaling_target.shrinks_to_one.resource_id
  policy_type        = "TargetTrackingScaling"
  target_tracking_scaling_policy_configuration {
    target_value = 60
    predefined_metric_specification {
      predefined_metric_type = "ECSServiceAverageCPUUtilization"
    }
  }
}

# BAD, medium: may shrink to nothing, though requests come in.
resource "aws_ecs_service" "bad_shrinks_to_none" {
  name            = "shrinks-to-none"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.app.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.front["shrinks-to-none"].arn
    container_name   = "app"
    container_port   = 8080
  }
}

resource "aws_appautoscaling_target" "shrinks_to_none" {
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/${aws_ecs_cluster.main.name}/${aws_ecs_service.bad_shrinks_to_none.name}"
  min_capacity       = 0
  max_capacity       = 4
}

resource "aws_appautoscaling_policy" "shrinks_to_none" {
  name               = "shrinks-to-none"
  service_namespace  = aws_appautoscaling_target.shrinks_to_none.service_namespace
  scalable_dimension = aws_appautoscaling_target.shrinks_to_none.scalable_dimension
  resource_id        = aws_appautoscaling_target.shrinks_to_none.resource_id
  policy_type        = "TargetTrackingScaling"
  target_tracking_scaling_policy_configuration {
    target_value = 60
    predefined_metric_specification {
      predefined_metric_type = "ECSServiceAverageCPUUtilization"
    }
  }
}

# BAD, medium: registered from one task on, and no policy that would ever add one.
resource "aws_ecs_service" "bad_registered_only" {
  name            = "registered-only"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.app.arn
  launch_type     = "FARGATE"
  desired_count   = 1
  network_configuration {
    subnets = local.subnets
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.front["registered-only"].arn
    container_name   = "app"
    container_port   = 8080
  }
}

resource "aws_appautoscaling_target" "registered_only" {
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/${aws_ecs_cluster.main.name}/${aws_ecs_service.bad_registered_only.name}"
  min_capacity       = 1
  max_capacity       = 4
}

# BAD, medium: a group of exactly one.
resource "aws_autoscaling_group" "bad_group" {
  name                = "group"
  min_size            = 1
  max_size            = 1
  vpc_zone_identifier = local.subnets
  target_group_arns   = [aws_lb_target_group.front["group"].arn]
  launch_template {
    id = aws_launch_template.app.id
  }
}

# BAD, low: a group that shrinks to one.
resource "aws_autoscaling_group" "bad_small_group" {
  name                = "small-group"
  min_size            = 1
  max_size            = 4
  vpc_zone_identifier = local.subnets
  target_group_arns   = [aws_lb_target_group.front["small-group"].arn]
  launch_template {
    id = aws_launch_template.app.id
  }
}

resource "aws_autoscaling_policy" "small_group" {
  name                   = "small-group"
  autoscaling_group_name = aws_autoscaling_group.bad_small_group.name
  policy_type            = "TargetTrackingScaling"
  target_tracking_configuration {
    target_value = 60
    predefined_metric_specification {
      predefined_metric_type = "ASGAverageCPUUtilization"
    }
  }
}

resource "aws_elastic_beanstalk_application" "shop" {
  name = "shop"
}

# BAD, medium: a platform on one machine.
resource "aws_elastic_beanstalk_environment" "bad_platform" {
  name                = "platform"
  application         = aws_elastic_beanstalk_application.shop.name
  solution_stack_name = "64bit Amazon Linux 2023 v4.3.0 running Docker"
  setting {
    namespace = "aws:elasticbeanstalk:environment"
    name      = "EnvironmentType"
    value     = "SingleInstance"
  }
}

# GOOD: a platform on two machines or more.
resource "aws_elastic_beanstalk_environment" "good_platform" {
  name                = "platform-of-two"
  application         = aws_elastic_beanstalk_application.shop.name
  solution_stack_name = "64bit Amazon Linux 2023 v4.3.0 running Docker"
  setting {
    namespace = "aws:autoscaling:asg"
    name      = "MinSize"
    value     = "2"
  }
}

# GOOD: scales with the requests, on machines of the cloud.
resource "aws_apprunner_service" "good_runner" {
  service_name = "runner"
  source_configuration {
    auto_deployments_enabled = false
    image_repository {
      image_identifier      = "public.ecr.aws/shop/app:3"
      image_repository_type = "ECR_PUBLIC"
    }
  }
}

# GOOD: two tasks.
resource "aws_ecs_service" "good_two_tasks" {
  name            = "two-tasks"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.app.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.front["two-tasks"].arn
    container_name   = "app"
    container_port   = 8080
  }
}

# GOOD: starts with one, but scaling lifts it to two.
resource "aws_ecs_service" "good_two_at_least" {
  name            = "two-at-least"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.app.arn
  launch_type     = "FARGATE"
  desired_count   = 1
  network_configuration {
    subnets = local.subnets
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.front["two-at-least"].arn
    container_name   = "app"
    container_port   = 8080
  }
}

resource "aws_appautoscaling_target" "two_at_least" {
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/${aws_ecs_cluster.main.name}/${aws_ecs_service.good_two_at_least.name}"
  min_capacity       = 2
  max_capacity       = 6
}

resource "aws_appautoscaling_policy" "two_at_least" {
  name               = "two-at-least"
  service_namespace  = aws_appautoscaling_target.two_at_least.service_namespace
  scalable_dimension = aws_appautoscaling_target.two_at_least.scalable_dimension
  resource_id        = aws_appautoscaling_target.two_at_least.resource_id
  policy_type        = "TargetTrackingScaling"
  target_tracking_scaling_policy_configuration {
    target_value = 60
    predefined_metric_specification {
      predefined_metric_type = "ECSServiceAverageCPUUtilization"
    }
  }
}

# GOOD: parked. Nothing runs, and nothing starts it.
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

# GOOD: nobody calls it.
resource "aws_ecs_service" "good_worker" {
  name            = "worker"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.app.arn
  launch_type     = "FARGATE"
  desired_count   = 1
  network_configuration {
    subnets = local.subnets
  }
}

# GOOD: one task on each machine, however many there are.
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

resource "aws_service_discovery_private_dns_namespace" "main" {
  name = "shop.internal"
  vpc  = local.vpc
}

resource "aws_service_discovery_service" "found" {
  name = "found"
  dns_config {
    namespace_id = aws_service_discovery_private_dns_namespace.main.id
    dns_records {
      ttl  = 10
      type = "A"
    }
  }
}

# GOOD: others can find it by its name, but nobody is seen to call it.
resource "aws_ecs_service" "good_found_by_name" {
  name            = "found-by-name"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.app.arn
  launch_type     = "FARGATE"
  desired_count   = 1
  network_configuration {
    subnets = local.subnets
  }
  service_registries {
    registry_arn = aws_service_discovery_service.found.arn
  }
}

# GOOD: a group of two or more.
resource "aws_autoscaling_group" "good_group_of_two" {
  name                = "group-of-two"
  min_size            = 2
  max_size            = 4
  vpc_zone_identifier = local.subnets
  target_group_arns   = [aws_lb_target_group.front["group-of-two"].arn]
  launch_template {
    id = aws_launch_template.app.id
  }
}

# GOOD: one machine, but half of a pair behind one target group.
resource "aws_autoscaling_group" "good_first_half" {
  name                = "first-half"
  min_size            = 1
  max_size            = 1
  vpc_zone_identifier = local.subnets
  target_group_arns   = [aws_lb_target_group.front["halves"].arn]
  launch_template {
    id = aws_launch_template.app.id
  }
}

# GOOD: the other half.
resource "aws_autoscaling_group" "good_second_half" {
  name                = "second-half"
  min_size            = 1
  max_size            = 1
  vpc_zone_identifier = local.subnets
  target_group_arns   = [aws_lb_target_group.front["halves"].arn]
  launch_template {
    id = aws_launch_template.app.id
  }
}

# GOOD: carries the tasks of others, which count for themselves.
resource "aws_autoscaling_group" "good_hosts" {
  name                = "hosts"
  min_size            = 1
  max_size            = 1
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
  }
}

resource "aws_iam_role" "function" {
  name = "function"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }]
  })
}

# GOOD: runs once for each call.
resource "aws_lambda_function" "good_function" {
  function_name = "function"
  role          = aws_iam_role.function.arn
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "app.zip"
}

resource "aws_lambda_function_url" "function" {
  function_name      = aws_lambda_function.good_function.function_name
  authorization_type = "NONE"
}

# UNKNOWN: how many tasks there are is known only after apply.
resource "aws_ssm_parameter" "count" {
  name  = "count"
  type  = "String"
  value = "2"
}

# UNKNOWN: the same.
resource "aws_ecs_service" "unknown_count" {
  name            = "count"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.app.arn
  launch_type     = "FARGATE"
  desired_count   = aws_ssm_parameter.count.version
  network_configuration {
    subnets = local.subnets
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.front["count"].arn
    container_name   = "app"
    container_port   = 8080
  }
}

variable "fewest" {
  type      = number
  sensitive = true
  default   = 1
}

# UNKNOWN: its minimum is marked as sensitive.
resource "aws_ecs_service" "unknown_sensitive" {
  name            = "sensitive"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.app.arn
  launch_type     = "FARGATE"
  desired_count   = 1
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
  min_capacity       = var.fewest
  max_capacity       = 6
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

data "aws_lb_target_group" "foreign" {
  name = "foreign"
}

# UNKNOWN: another plan owns the target group, and others may answer behind it.
resource "aws_ecs_service" "unknown_foreign" {
  name            = "foreign"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.app.arn
  launch_type     = "FARGATE"
  desired_count   = 1
  network_configuration {
    subnets = local.subnets
  }
  load_balancer {
    target_group_arn = data.aws_lb_target_group.foreign.arn
    container_name   = "app"
    container_port   = 8080
  }
}

resource "terraform_data" "arns" {
  input = [aws_lb_target_group.front["of-data"].arn]
}

# UNKNOWN: whether it stands behind a balancer is known only after apply.
resource "aws_autoscaling_group" "unknown_balancer" {
  name                = "balancer"
  min_size            = 1
  max_size            = 1
  vpc_zone_identifier = local.subnets
  target_group_arns   = terraform_data.arns.output
  launch_template {
    id = aws_launch_template.app.id
  }
}
