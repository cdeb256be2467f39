# local-session-store: where environments say that sessions are.
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

locals {
  bad = {
    laravel  = { APP_KEY = "made-up", SESSION_DRIVER = "file" }
    express  = { SESSION_STORE = "MemoryStore", SESSION_SECRET = "made-up" }
    django   = { SESSION_ENGINE = "django.contrib.sessions.backends.file" }
    flask    = { FLASK_SESSION_TYPE = "filesystem" }
    keycloak = { KC_CACHE = "local", KC_DB = "postgres" }
    gitea    = { GITEA__session__PROVIDER = "memory" }
    # The cache stands in each task by itself.
    beside = { SESSION_DRIVER = "redis", REDIS_HOST = "127.0.0.1" }
  }
  good = {
    redis    = { SESSION_DRIVER = "redis", REDIS_HOST = "cache.example" }
    cookie   = { SESSION_DRIVER = "cookie" }
    database = { SESSION_ENGINE = "django.contrib.sessions.backends.db" }
    table    = { SESSION_DRIVER = "dynamodb", SESSION_TABLE = "sessions" }
    cluster  = { KC_CACHE = "ispn" }
    proxy    = { OAUTH2_PROXY_SESSION_STORE_TYPE = "cookie" }
    # Sessions of something else, and words that nobody knows.
    other  = { AWS_SESSION_TOKEN = "made-up", KAFKA_SESSION_TIMEOUT_MS = "6000", SESSION_STORE = "house-made" }
    caches = { CACHE_STORE = "file", LOG_CHANNEL = "stderr", SESSION_DRIVER = "redis", REDIS_URL = "redis://cache.example" }
  }
  unknown = {
    array = { SESSION_DRIVER = "array" }
    boot  = { SPRING_SESSION_STORE_TYPE = "none" }
  }
}

# Known only after apply.
resource "aws_ssm_parameter" "later" {
  name  = "/shop/later"
  type  = "String"
  value = "1"
}

resource "aws_ecs_cluster" "main" {
  name = "main"
}

resource "aws_ecs_task_definition" "app" {
  for_each                 = merge(local.bad, local.good, local.unknown)
  family                   = each.key
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 256
  memory                   = 512
  container_definitions = jsonencode([{
    name         = "web"
    image        = "shop/web:1"
    portMappings = [{ containerPort = 8080 }]
    environment  = [for name, value in each.value : { name = name, value = value }]
  }])
}

resource "aws_ecs_service" "bad_app" {
  for_each        = local.bad
  name            = each.key
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.app[each.key].arn
  launch_type     = "FARGATE"
  desired_count   = 3
  network_configuration {
    subnets = local.subnets
  }
}

resource "aws_ecs_service" "good_app" {
  for_each        = local.good
  name            = each.key
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.app[each.key].arn
  launch_type     = "FARGATE"
  desired_count   = 3
  network_configuration {
    subnets = local.subnets
  }
}

resource "aws_ecs_service" "unknown_app" {
  for_each        = local.unknown
  name            = each.key
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.app[each.key].arn
  launch_type     = "FARGATE"
  desired_count   = 3
  network_configuration {
    subnets = local.subnets
  }
}

# One task: whoever comes meets the same.
resource "aws_ecs_service" "good_single" {
  name            = "single"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.app["laravel"].arn
  launch_type     = "FARGATE"
  desired_count   = 1
  network_configuration {
    subnets = local.subnets
  }
}

# How many there are, nobody knows before.
resource "aws_ecs_service" "unknown_units" {
  name            = "units"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.app["laravel"].arn
  launch_type     = "FARGATE"
  desired_count   = aws_ssm_parameter.later.version
  network_configuration {
    subnets = local.subnets
  }
}

# Somebody says it in tags, and knows better than the environment.
resource "aws_ecs_service" "bad_declared" {
  name            = "declared"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.app["other"].arn
  launch_type     = "FARGATE"
  desired_count   = 3
  network_configuration {
    subnets = local.subnets
  }
  tags = { "planwise:sessions" = "local" }
}

resource "aws_ecs_service" "good_declared" {
  name            = "declared-shared"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.app["array"].arn
  launch_type     = "FARGATE"
  desired_count   = 3
  network_configuration {
    subnets = local.subnets
  }
  tags = { "planwise:sessions" = "none" }
}

# What serves the others keeps its own counsel.
resource "aws_ecs_task_definition" "sidecar" {
  family                   = "sidecar"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 256
  memory                   = 512
  container_definitions = jsonencode([
    { name = "web", image = "shop/web:1", portMappings = [{ containerPort = 8080 }] },
    { name = "datadog-agent", image = "datadog/agent:7", environment = [{ name = "SESSION_STORE", value = "memory" }] },
  ])
}

resource "aws_ecs_service" "good_sidecar" {
  name            = "sidecar"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.sidecar.arn
  launch_type     = "FARGATE"
  desired_count   = 3
  network_configuration {
    subnets = local.subnets
  }
}

# Machines whose script says it.
resource "aws_launch_template" "web" {
  for_each      = { file = "file", memcached = "memcached" }
  name          = each.key
  image_id      = "ami-0123456789abcdef0"
  instance_type = "m7i.large"
  user_data     = base64encode("#!/bin/sh\nexport SESSION_DRIVER=${each.value}\nexport MEMCACHED_HOST=cache.example\n/opt/shop/start\n")
}

resource "aws_autoscaling_group" "bad_machines" {
  name                = "bad"
  min_size            = 2
  max_size            = 8
  vpc_zone_identifier = local.subnets
  launch_template {
    id = aws_launch_template.web["file"].id
  }
}

resource "aws_autoscaling_group" "good_machines" {
  name                = "good"
  min_size            = 2
  max_size            = 8
  vpc_zone_identifier = local.subnets
  launch_template {
    id = aws_launch_template.web["memcached"].id
  }
}

# Code that runs per call keeps nothing from one to the next.
resource "aws_iam_role" "function" {
  name = "function"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }]
  })
}

resource "aws_lambda_function" "bad_function" {
  function_name = "bad"
  role          = aws_iam_role.function.arn
  handler       = "index.handler"
  runtime       = "nodejs22.x"
  filename      = "shop.zip"
  environment {
    variables = { SESSION_STORE = "memory" }
  }
}

# What only apply will tell.
resource "aws_lambda_function" "unknown_later" {
  function_name = "later"
  role          = "arn:aws:iam::123456789012:role/function"
  handler       = "index.handler"
  runtime       = "nodejs22.x"
  filename      = "shop.zip"
  environment {
    variables = { SESSION_DRIVER = aws_ssm_parameter.later.arn }
  }
}
