# missing-session-store: what shows sessions, and what could keep them.
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

resource "aws_elasticache_replication_group" "cache" {
  replication_group_id       = "cache"
  description                = "cache"
  engine                     = "valkey"
  node_type                  = "cache.t4g.small"
  num_cache_clusters         = 2
  automatic_failover_enabled = true
}

resource "aws_dynamodb_table" "state" {
  name         = "state"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"
  attribute {
    name = "id"
    type = "S"
  }
}

locals {
  sticky = ["bad_nothing", "bad_signed", "good_cache", "good_outside", "good_table", "good_database", "good_single"]
}

resource "aws_lb_target_group" "sticky" {
  for_each    = toset(local.sticky)
  name        = replace(each.key, "_", "-")
  port        = 8080
  protocol    = "HTTP"
  target_type = "ip"
  vpc_id      = local.vpc
  stickiness {
    type    = "lb_cookie"
    enabled = true
  }
}

resource "aws_ecs_cluster" "main" {
  name = "main"
}

resource "aws_ecs_task_definition" "nothing" {
  family                   = "nothing"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 256
  memory                   = 512
  container_definitions = jsonencode([{
    name         = "web"
    image        = "shop/web:1"
    portMappings = [{ containerPort = 8080 }]
    environment  = []
  }])
}

resource "aws_ecs_task_definition" "signed" {
  family                   = "signed"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 256
  memory                   = 512
  container_definitions = jsonencode([{
    name         = "web"
    image        = "shop/web:1"
    portMappings = [{ containerPort = 8080 }]
    environment = [
      { name = "SESSION_SECRET", value = "made-up" },
    ]
  }])
}

resource "aws_ecs_task_definition" "cache" {
  family                   = "cache"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 256
  memory                   = 512
  container_definitions = jsonencode([{
    name         = "web"
    image        = "shop/web:1"
    portMappings = [{ containerPort = 8080 }]
    environment = [
      { name = "REDIS_HOST", value = aws_elasticache_replication_group.cache.primary_endpoint_address },
    ]
  }])
}

resource "aws_ecs_task_definition" "outside" {
  family                   = "outside"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 256
  memory                   = 512
  container_definitions = jsonencode([{
    name         = "web"
    image        = "shop/web:1"
    portMappings = [{ containerPort = 8080 }]
    environment = [
      { name = "REDIS_URL", value = "rediss://cache.example:6379" },
    ]
  }])
}

resource "aws_ecs_task_definition" "table" {
  family                   = "table"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 256
  memory                   = 512
  container_definitions = jsonencode([{
    name         = "web"
    image        = "shop/web:1"
    portMappings = [{ containerPort = 8080 }]
    environment = [
      { name = "SESSION_TABLE", value = aws_dynamodb_table.state.name },
    ]
  }])
}

resource "aws_ecs_task_definition" "database" {
  family                   = "database"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 256
  memory                   = 512
  container_definitions = jsonencode([{
    name         = "web"
    image        = "shop/web:1"
    portMappings = [{ containerPort = 8080 }]
    environment = [
      { name = "DB_HOST", value = "db.example" },
    ]
  }])
}

resource "aws_ecs_task_definition" "token" {
  family                   = "token"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 256
  memory                   = 512
  container_definitions = jsonencode([{
    name         = "web"
    image        = "shop/web:1"
    portMappings = [{ containerPort = 8080 }]
    environment = [
      { name = "JWT_SECRET", value = "made-up" },
      { name = "AWS_SESSION_TOKEN", value = "made-up" },
    ]
  }])
}

resource "aws_ecs_task_definition" "file" {
  family                   = "file"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 256
  memory                   = 512
  container_definitions = jsonencode([{
    name         = "web"
    image        = "shop/web:1"
    portMappings = [{ containerPort = 8080 }]
    environment = [
      { name = "SESSION_DRIVER", value = "file" },
      { name = "SESSION_LIFETIME", value = "120" },
    ]
  }])
}

resource "aws_ecs_task_definition" "signed_database" {
  family                   = "signed_database"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 256
  memory                   = 512
  container_definitions = jsonencode([{
    name         = "web"
    image        = "shop/web:1"
    portMappings = [{ containerPort = 8080 }]
    environment = [
      { name = "SESSION_SECRET", value = "made-up" },
      { name = "DB_HOST", value = "db.example" },
    ]
  }])
}

resource "aws_ecs_task_definition" "redis" {
  family                   = "redis"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 256
  memory                   = 512
  container_definitions = jsonencode([{
    name         = "web"
    image        = "shop/web:1"
    portMappings = [{ containerPort = 8080 }]
    environment = [
      { name = "SESSION_DRIVER", value = "redis" },
    ]
  }])
}

resource "aws_ecs_service" "bad_nothing" {
  name            = "bad_nothing"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.nothing.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.sticky["bad_nothing"].arn
    container_name   = "web"
    container_port   = 8080
  }
}

resource "aws_ecs_service" "bad_signed" {
  name            = "bad_signed"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.signed.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.sticky["bad_signed"].arn
    container_name   = "web"
    container_port   = 8080
  }
}

resource "aws_ecs_service" "good_cache" {
  name            = "good_cache"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.cache.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.sticky["good_cache"].arn
    container_name   = "web"
    container_port   = 8080
  }
}

resource "aws_ecs_service" "good_outside" {
  name            = "good_outside"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.outside.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.sticky["good_outside"].arn
    container_name   = "web"
    container_port   = 8080
  }
}

resource "aws_ecs_service" "good_table" {
  name            = "good_table"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.table.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.sticky["good_table"].arn
    container_name   = "web"
    container_port   = 8080
  }
}

resource "aws_ecs_service" "good_database" {
  name            = "good_database"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.database.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.sticky["good_database"].arn
    container_name   = "web"
    container_port   = 8080
  }
}

resource "aws_ecs_service" "good_token" {
  name            = "good_token"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.token.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
}

resource "aws_ecs_service" "good_bare" {
  name            = "good_bare"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.nothing.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
}

resource "aws_ecs_service" "good_file" {
  name            = "good_file"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.file.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
}

resource "aws_ecs_service" "unknown_signed" {
  name            = "unknown_signed"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.signed.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
}

resource "aws_ecs_service" "unknown_database" {
  name            = "unknown_database"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.signed_database.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
}

resource "aws_ecs_service" "unknown_redis" {
  name            = "unknown_redis"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.redis.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
}

# One task.
resource "aws_ecs_service" "good_single" {
  name            = "good_single"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.nothing.arn
  launch_type     = "FARGATE"
  desired_count   = 1
  network_configuration {
    subnets = local.subnets
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.sticky["good_single"].arn
    container_name   = "web"
    container_port   = 8080
  }
}

# What runs on these machines, their image decides.
resource "aws_lb_target_group" "machines" {
  name     = "machines"
  port     = 8080
  protocol = "HTTP"
  vpc_id   = local.vpc
  stickiness {
    type    = "lb_cookie"
    enabled = true
  }
}

resource "aws_launch_template" "web" {
  name          = "web"
  image_id      = "ami-0123456789abcdef0"
  instance_type = "m7i.large"
}

resource "aws_autoscaling_group" "unknown_machines" {
  name                = "machines"
  min_size            = 2
  max_size            = 6
  vpc_zone_identifier = local.subnets
  target_group_arns   = [aws_lb_target_group.machines.arn]
  launch_template {
    id = aws_launch_template.web.id
  }
}
