# shard-bound-consumer: workers that ask for records themselves, planned again after they were made.
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
  trust = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }]
  })
}

resource "aws_kinesis_stream" "clicks" {
  name        = "clicks"
  shard_count = 4
}

resource "aws_kinesis_stream" "grows" {
  name = "grows"
  stream_mode_details {
    stream_mode = "ON_DEMAND"
  }
}

resource "aws_ecs_cluster" "main" {
  name = "main"
}

resource "aws_iam_role" "reads" {
  for_each           = { clicks = aws_kinesis_stream.clicks.arn, grows = aws_kinesis_stream.grows.arn }
  name               = "reads-${each.key}"
  assume_role_policy = local.trust
}

resource "aws_iam_role_policy" "clicks" {
  role = aws_iam_role.reads["clicks"].id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["kinesis:GetRecords", "kinesis:GetShardIterator"], Resource = aws_kinesis_stream.clicks.arn }]
  })
}

resource "aws_iam_role_policy" "grows" {
  role = aws_iam_role.reads["grows"].id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["kinesis:GetRecords", "kinesis:GetShardIterator"], Resource = aws_kinesis_stream.grows.arn }]
  })
}

resource "aws_ecs_task_definition" "reads" {
  for_each                 = aws_iam_role.reads
  family                   = "reads-${each.key}"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  task_role_arn            = each.value.arn
  container_definitions    = jsonencode([{ name = "app", image = "docker.io/shop/app:3" }])
}

# BAD, medium: 8 workers for 4 shards, always.
resource "aws_ecs_service" "bad_always" {
  name            = "always"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.reads["clicks"].arn
  launch_type     = "FARGATE"
  desired_count   = 8
  network_configuration {
    subnets = local.subnets
  }
}

# BAD, low: up to 20 for 4 shards.
resource "aws_ecs_service" "bad_scaled" {
  name            = "scaled"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.reads["clicks"].arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
}

resource "aws_appautoscaling_target" "scaled" {
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/${aws_ecs_cluster.main.name}/${aws_ecs_service.bad_scaled.name}"
  min_capacity       = 2
  max_capacity       = 20
}

# GOOD: one for each shard, and one that stands by.
resource "aws_ecs_service" "good_standby" {
  name            = "standby"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.reads["clicks"].arn
  launch_type     = "FARGATE"
  desired_count   = 5
  network_configuration {
    subnets = local.subnets
  }
}

# GOOD: the shards follow the traffic.
resource "aws_ecs_service" "good_grows" {
  name            = "grows"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.reads["grows"].arn
  launch_type     = "FARGATE"
  desired_count   = 8
  network_configuration {
    subnets = local.subnets
  }
}
