# on-demand-batch: what the clock starts: tasks, groups of machines and services.
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
  subnets = ["subnet-0aaaaaaaaaaaaaaaa", "subnet-0bbbbbbbbbbbbbbbb"]
  role    = "arn:aws:iam::123456789012:role/events"
}

resource "aws_ecs_cluster" "main" {
  name = "main"
}

resource "aws_ecs_cluster" "spot" {
  name = "spot"
}

resource "aws_ecs_cluster_capacity_providers" "spot" {
  cluster_name       = aws_ecs_cluster.spot.name
  capacity_providers = ["FARGATE_SPOT"]
  default_capacity_provider_strategy {
    capacity_provider = "FARGATE_SPOT"
    weight            = 1
  }
}

resource "aws_ecs_task_definition" "report" {
  family                   = "report"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 4096
  container_definitions    = jsonencode([{ name = "report", image = "docker.io/shop/report:3" }])
}

resource "aws_ecs_task_definition" "windows" {
  family                   = "windows"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 4096
  container_definitions    = jsonencode([{ name = "report", image = "docker.io/shop/report:3" }])
  runtime_platform {
    operating_system_family = "WINDOWS_SERVER_2022_CORE"
  }
}

resource "aws_cloudwatch_event_rule" "nightly" {
  name                = "nightly"
  schedule_expression = "cron(0 1 * * ? *)"
}

resource "aws_cloudwatch_event_rule" "uploaded" {
  name          = "uploaded"
  event_pattern = jsonencode({ source = ["aws.s3"] })
}

# BAD, info: a task by the clock.
resource "aws_cloudwatch_event_target" "bad_task" {
  rule     = aws_cloudwatch_event_rule.nightly.name
  arn      = aws_ecs_cluster.main.arn
  role_arn = local.role
  ecs_target {
    task_definition_arn = aws_ecs_task_definition.report.arn
    launch_type         = "FARGATE"
    network_configuration {
      subnets = local.subnets
    }
  }
}

# BAD, info: the scheduler starts it.
resource "aws_scheduler_schedule" "bad_scheduled" {
  name                = "report"
  schedule_expression = "rate(1 day)"
  flexible_time_window {
    mode = "OFF"
  }
  target {
    arn      = aws_ecs_cluster.main.arn
    role_arn = local.role
    ecs_parameters {
      task_definition_arn = aws_ecs_task_definition.report.arn
      launch_type         = "FARGATE"
      network_configuration {
        subnets = local.subnets
      }
    }
  }
}

# GOOD: on Spot.
resource "aws_cloudwatch_event_target" "good_spot_task" {
  rule     = aws_cloudwatch_event_rule.nightly.name
  arn      = aws_ecs_cluster.main.arn
  role_arn = local.role
  ecs_target {
    task_definition_arn = aws_ecs_task_definition.report.arn
    capacity_provider_strategy {
      capacity_provider = "FARGATE_SPOT"
      weight            = 1
    }
    network_configuration {
      subnets = local.subnets
    }
  }
}

# GOOD: its cluster's own strategy is Spot.
resource "aws_cloudwatch_event_target" "good_cluster" {
  rule     = aws_cloudwatch_event_rule.nightly.name
  arn      = aws_ecs_cluster.spot.arn
  role_arn = local.role
  ecs_target {
    task_definition_arn = aws_ecs_task_definition.report.arn
    network_configuration {
      subnets = local.subnets
    }
  }
}

# GOOD: there is no Spot with Windows.
resource "aws_cloudwatch_event_target" "good_windows" {
  rule     = aws_cloudwatch_event_rule.nightly.name
  arn      = aws_ecs_cluster.main.arn
  role_arn = local.role
  ecs_target {
    task_definition_arn = aws_ecs_task_definition.windows.arn
    launch_type         = "FARGATE"
    network_configuration {
      subnets = local.subnets
    }
  }
}

# GOOD: something that happened starts it, and somebody may wait for that.
resource "aws_cloudwatch_event_target" "good_event" {
  rule     = aws_cloudwatch_event_rule.uploaded.name
  arn      = aws_ecs_cluster.main.arn
  role_arn = local.role
  ecs_target {
    task_definition_arn = aws_ecs_task_definition.report.arn
    launch_type         = "FARGATE"
    network_configuration {
      subnets = local.subnets
    }
  }
}

# UNKNOWN: the strategy of a cluster elsewhere decides.
resource "aws_cloudwatch_event_target" "unknown_cluster" {
  rule     = aws_cloudwatch_event_rule.nightly.name
  arn      = "arn:aws:ecs:us-east-1:123456789012:cluster/elsewhere"
  role_arn = local.role
  ecs_target {
    task_definition_arn = aws_ecs_task_definition.report.arn
    network_configuration {
      subnets = local.subnets
    }
  }
}

resource "aws_launch_template" "worker" {
  name          = "worker"
  instance_type = "c5.2xlarge"
  image_id      = "ami-0123456789abcdef0"
}

resource "aws_launch_template" "spot" {
  name          = "spot"
  instance_type = "c5.2xlarge"
  image_id      = "ami-0123456789abcdef0"
  instance_market_options {
    market_type = "spot"
  }
}

# BAD, medium: the clock raises it from nothing, and its name says what it works on.
resource "aws_autoscaling_group" "bad_render_batch" {
  name                = "render-batch"
  min_size            = 0
  max_size            = 10
  desired_capacity    = 4
  vpc_zone_identifier = local.subnets
  launch_template {
    id      = aws_launch_template.worker.id
    version = "$Latest"
  }
}

# GOOD: bought as Spot by its template.
resource "aws_autoscaling_group" "good_spot_batch" {
  name                = "spot-batch"
  min_size            = 0
  max_size            = 10
  vpc_zone_identifier = local.subnets
  launch_template {
    id      = aws_launch_template.spot.id
    version = "$Latest"
  }
}

# GOOD: of what is beyond one machine nine tenths are Spot.
resource "aws_autoscaling_group" "good_mixed_batch" {
  name                = "mixed-batch"
  min_size            = 0
  max_size            = 10
  vpc_zone_identifier = local.subnets
  mixed_instances_policy {
    instances_distribution {
      on_demand_base_capacity                  = 1
      on_demand_percentage_above_base_capacity = 10
    }
    launch_template {
      launch_template_specification {
        launch_template_id = aws_launch_template.worker.id
        version            = "$Latest"
      }
    }
  }
}

# UNKNOWN: it may be anything that nobody needs by night.
resource "aws_autoscaling_group" "unknown_office" {
  name                = "office"
  min_size            = 0
  max_size            = 2
  vpc_zone_identifier = local.subnets
  launch_template {
    id      = aws_launch_template.worker.id
    version = "$Latest"
  }
}

# GOOD: it never goes down to nothing.
resource "aws_autoscaling_group" "good_steady_jobs" {
  name                = "steady-jobs"
  min_size            = 1
  max_size            = 10
  vpc_zone_identifier = local.subnets
  launch_template {
    id      = aws_launch_template.worker.id
    version = "$Latest"
  }
}

locals {
  groups = {
    render = aws_autoscaling_group.bad_render_batch.name
    spot   = aws_autoscaling_group.good_spot_batch.name
    mixed  = aws_autoscaling_group.good_mixed_batch.name
    office = aws_autoscaling_group.unknown_office.name
  }
}

resource "aws_autoscaling_schedule" "up" {
  for_each               = local.groups
  scheduled_action_name  = "${each.key}-up"
  autoscaling_group_name = each.value
  min_size               = 4
  max_size               = 10
  desired_capacity       = 4
  recurrence             = "0 1 * * *"
}

resource "aws_autoscaling_schedule" "down" {
  for_each               = local.groups
  scheduled_action_name  = "${each.key}-down"
  autoscaling_group_name = each.value
  min_size               = 0
  max_size               = 0
  desired_capacity       = 0
  recurrence             = "0 5 * * *"
}

resource "aws_autoscaling_schedule" "steady" {
  scheduled_action_name  = "steady-up"
  autoscaling_group_name = aws_autoscaling_group.good_steady_jobs.name
  min_size               = 4
  max_size               = 10
  desired_capacity       = 4
  recurrence             = "0 1 * * *"
}

# BAD, medium: somebody says that it is batch work.
resource "aws_ecs_service" "bad_declared" {
  name            = "declared"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.report.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
  tags = {
    "planwise:load-profile" = "batch"
  }
}

# GOOD: the same on Spot for the most part.
resource "aws_ecs_service" "good_declared" {
  name            = "spared"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.report.arn
  desired_count   = 2
  capacity_provider_strategy {
    capacity_provider = "FARGATE"
    base              = 1
  }
  capacity_provider_strategy {
    capacity_provider = "FARGATE_SPOT"
    weight            = 1
  }
  network_configuration {
    subnets = local.subnets
  }
  tags = {
    "planwise:load-profile" = "batch"
  }
}
