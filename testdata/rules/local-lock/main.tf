# local-lock: where environments say that locks are.
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
    symfony  = { LOCK_DSN = "flock" }
    semaphor = { LOCK_DSN = "semaphore" }
    file     = { LOCK_STORE = "file" }
    memory   = { LOCK_BACKEND = "in-memory" }
    directus = { SYNCHRONIZATION_STORE = "memory" }
    # A server beside the application is another one in each task.
    beside   = { LOCK_DSN = "redis://localhost:6379" }
    memcache = { LOCK_DSN = "memcached://127.0.0.1" }
    named    = { SYNCHRONIZATION_STORE = "redis", REDIS_HOST = "127.0.0.1" }
  }
  good = {
    redis    = { LOCK_DSN = "redis://cache.example" }
    database = { LOCK_DSN = "pgsql+advisory:host=db.example;dbname=lock" }
    table    = { LOCK_PROVIDER = "dynamodb" }
    # A cache in files is lost without harm; a word about waiting is none about where.
    cache = { CACHE_STORE = "file", DB_LOCK_TIMEOUT = "30", LOCK_TIMEOUT = "5" }
    # The cache of Laravel holds its locks, and this one is shared.
    laravel = { APP_KEY = "made-up", CACHE_STORE = "redis", REDIS_HOST = "cache.example" }
  }
  unknown = {
    laravel_here = { APP_KEY = "made-up", CACHE_STORE = "redis", REDIS_HOST = "localhost" }
    laravel_file = { APP_KEY = "made-up", CACHE_STORE = "file" }
    lock_file    = { LOCK_FILE = "/var/run/report.lock" }
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

# It has its jobs planned by the framework, once for all tasks: by a lock that only one of them sees.
resource "aws_ecs_task_definition" "planner" {
  family                   = "planner"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 256
  memory                   = 512
  container_definitions = jsonencode([{
    name        = "scheduler"
    image       = "shop/web:1"
    command     = ["php", "artisan", "schedule:work"]
    environment = [{ name = "CACHE_STORE", value = "file" }]
  }])
}

resource "aws_ecs_service" "bad_planner" {
  name            = "planner"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.planner.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
}

resource "aws_ecs_service" "good_single" {
  name            = "single"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.app["file"].arn
  launch_type     = "FARGATE"
  desired_count   = 1
  network_configuration {
    subnets = local.subnets
  }
}

# Somebody says it in tags.
resource "aws_ecs_service" "bad_declared" {
  name            = "declared"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.app["cache"].arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
  tags = { "planwise:locks" = "local" }
}

resource "aws_ecs_service" "good_declared" {
  name            = "declared-shared"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.app["lock_file"].arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
  tags = { "planwise:locks" = "shared" }
}

# What only apply will tell.
resource "aws_lambda_function" "unknown_later" {
  function_name = "later"
  role          = "arn:aws:iam::123456789012:role/function"
  handler       = "index.handler"
  runtime       = "nodejs22.x"
  filename      = "shop.zip"
  environment {
    variables = { LOCK_STORE = aws_ssm_parameter.later.arn }
  }
}
