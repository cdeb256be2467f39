# connection-exhaustion: how many connections one unit opens, by what its environment and its commands say.
#
# One database for each case; 400 of its connections are usable, exactly: max_connections = 405, less 5 that are kept
# back. One service for each, of 4 tasks that a rollout does not multiply (maximumPercent 100), so that 100 connections
# in each task fit and 101 do not. All values are known: the folder is applied, then planned again.

terraform {
  required_providers {
    aws = { source = "hashicorp/aws", version = "~> 6.0" }
  }
}

provider "aws" {
  region = "us-east-1"
}

locals {
  image = "123456789012.dkr.ecr.us-east-1.amazonaws.com/shop:1.4.2"
  zones = ["us-east-1a", "us-east-1b"]
}

resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "app" {
  count             = 2
  vpc_id            = aws_vpc.main.id
  availability_zone = local.zones[count.index]
  cidr_block        = cidrsubnet("10.0.0.0/16", 8, count.index)
}

resource "aws_ecs_cluster" "main" {
  name = "main"
}

resource "aws_db_parameter_group" "four_hundred" {
  name   = "four-hundred"
  family = "postgres16"

  parameter {
    name         = "max_connections"
    value        = "405"
    apply_method = "pending-reboot"
  }
}

# --- pool and overflow ---

# GOOD, by nothing: 4 processes x (pool 20 + overflow 5) = 100 in each task, 400 in all.
resource "aws_db_instance" "good_overflow" {
  identifier           = "good-overflow"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_ecs_task_definition" "fits_overflow" {
  family                   = "fits-overflow"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048
  container_definitions = jsonencode([
    {
      name         = "api"
      image        = local.image
      portMappings = [{ containerPort = 8080 }]
      environment = [
        { name = "DB_HOST", value = aws_db_instance.good_overflow.address },
        { name = "WEB_CONCURRENCY", value = "4" },
        { name = "SQLALCHEMY_POOL_SIZE", value = "20" },
        { name = "SQLALCHEMY_MAX_OVERFLOW", value = "5" },
      ]
    },
  ])
}

resource "aws_ecs_service" "fits_overflow" {
  name                               = "fits-overflow"
  cluster                            = aws_ecs_cluster.main.id
  task_definition                    = aws_ecs_task_definition.fits_overflow.arn
  launch_type                        = "FARGATE"
  desired_count                      = 4
  deployment_minimum_healthy_percent = 50
  deployment_maximum_percent         = 100

  network_configuration {
    subnets = aws_subnet.app[*].id
  }
}

# BAD: 4 processes x (20 + 6) = 104, 416 in all.
resource "aws_db_instance" "bad_overflow" {
  identifier           = "bad-overflow"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_ecs_task_definition" "overflow" {
  family                   = "overflow"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048
  container_definitions = jsonencode([
    {
      name         = "api"
      image        = local.image
      portMappings = [{ containerPort = 8080 }]
      environment = [
        { name = "DB_HOST", value = aws_db_instance.bad_overflow.address },
        { name = "WEB_CONCURRENCY", value = "4" },
        { name = "SQLALCHEMY_POOL_SIZE", value = "20" },
        { name = "SQLALCHEMY_MAX_OVERFLOW", value = "6" },
      ]
    },
  ])
}

resource "aws_ecs_service" "overflow" {
  name                               = "overflow"
  cluster                            = aws_ecs_cluster.main.id
  task_definition                    = aws_ecs_task_definition.overflow.arn
  launch_type                        = "FARGATE"
  desired_count                      = 4
  deployment_minimum_healthy_percent = 50
  deployment_maximum_percent         = 100

  network_configuration {
    subnets = aws_subnet.app[*].id
  }
}

# BAD: an overflow of -1 has no bound.
resource "aws_db_instance" "bad_endless_overflow" {
  identifier           = "bad-endless-overflow"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_ecs_task_definition" "endless_overflow" {
  family                   = "endless-overflow"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048
  container_definitions = jsonencode([
    {
      name         = "api"
      image        = local.image
      portMappings = [{ containerPort = 8080 }]
      environment = [
        { name = "DB_HOST", value = aws_db_instance.bad_endless_overflow.address },
        { name = "SQLALCHEMY_POOL_SIZE", value = "5" },
        { name = "SQLALCHEMY_MAX_OVERFLOW", value = "-1" },
      ]
    },
  ])
}

resource "aws_ecs_service" "endless_overflow" {
  name                               = "endless-overflow"
  cluster                            = aws_ecs_cluster.main.id
  task_definition                    = aws_ecs_task_definition.endless_overflow.arn
  launch_type                        = "FARGATE"
  desired_count                      = 4
  deployment_minimum_healthy_percent = 50
  deployment_maximum_percent         = 100

  network_configuration {
    subnets = aws_subnet.app[*].id
  }
}

# BAD: for Go, 0 open connections at most means as many as it likes, not none.
resource "aws_db_instance" "bad_endless_pool" {
  identifier           = "bad-endless-pool"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_ecs_task_definition" "endless_pool" {
  family                   = "endless-pool"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048
  container_definitions = jsonencode([
    {
      name         = "api"
      image        = local.image
      portMappings = [{ containerPort = 8080 }]
      environment = [
        { name = "DB_HOST", value = aws_db_instance.bad_endless_pool.address },
        { name = "DB_MAX_OPEN_CONNS", value = "0" },
      ]
    },
  ])
}

resource "aws_ecs_service" "endless_pool" {
  name                               = "endless-pool"
  cluster                            = aws_ecs_cluster.main.id
  task_definition                    = aws_ecs_task_definition.endless_pool.arn
  launch_type                        = "FARGATE"
  desired_count                      = 4
  deployment_minimum_healthy_percent = 50
  deployment_maximum_percent         = 100

  network_configuration {
    subnets = aws_subnet.app[*].id
  }
}

# --- connection strings ---

# GOOD, by nothing: connection_limit is Prisma's pool. 4 x 100 = 400.
resource "aws_db_instance" "good_prisma" {
  identifier           = "good-prisma"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_ecs_task_definition" "fits_prisma" {
  family                   = "fits-prisma"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048
  container_definitions = jsonencode([
    {
      name         = "api"
      image        = local.image
      portMappings = [{ containerPort = 8080 }]
      environment = [
        { name = "DATABASE_URL", value = "postgresql://${aws_db_instance.good_prisma.address}/s?connection_limit=100" },
      ]
    },
  ])
}

resource "aws_ecs_service" "fits_prisma" {
  name                               = "fits-prisma"
  cluster                            = aws_ecs_cluster.main.id
  task_definition                    = aws_ecs_task_definition.fits_prisma.arn
  launch_type                        = "FARGATE"
  desired_count                      = 4
  deployment_minimum_healthy_percent = 50
  deployment_maximum_percent         = 100

  network_configuration {
    subnets = aws_subnet.app[*].id
  }
}

# BAD: 4 x 101 = 404.
resource "aws_db_instance" "bad_prisma" {
  identifier           = "bad-prisma"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_ecs_task_definition" "prisma" {
  family                   = "prisma"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048
  container_definitions = jsonencode([
    {
      name         = "api"
      image        = local.image
      portMappings = [{ containerPort = 8080 }]
      environment = [
        { name = "DATABASE_URL", value = "postgresql://${aws_db_instance.bad_prisma.address}/s?connection_limit=101" },
      ]
    },
  ])
}

resource "aws_ecs_service" "prisma" {
  name                               = "prisma"
  cluster                            = aws_ecs_cluster.main.id
  task_definition                    = aws_ecs_task_definition.prisma.arn
  launch_type                        = "FARGATE"
  desired_count                      = 4
  deployment_minimum_healthy_percent = 50
  deployment_maximum_percent         = 100

  network_configuration {
    subnets = aws_subnet.app[*].id
  }
}

# BAD: Maximum Pool Size is Npgsql's. 4 x 110 = 440.
resource "aws_db_instance" "bad_npgsql" {
  identifier           = "bad-npgsql"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_ecs_task_definition" "npgsql" {
  family                   = "npgsql"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048
  container_definitions = jsonencode([
    {
      name         = "api"
      image        = local.image
      portMappings = [{ containerPort = 8080 }]
      environment = [
        { name = "DB_CONNECTION_STRING", value = "Host=${aws_db_instance.bad_npgsql.address};Maximum Pool Size=110" },
      ]
    },
  ])
}

resource "aws_ecs_service" "npgsql" {
  name                               = "npgsql"
  cluster                            = aws_ecs_cluster.main.id
  task_definition                    = aws_ecs_task_definition.npgsql.arn
  launch_type                        = "FARGATE"
  desired_count                      = 4
  deployment_minimum_healthy_percent = 50
  deployment_maximum_percent         = 100

  network_configuration {
    subnets = aws_subnet.app[*].id
  }
}

# --- processes ---

# BAD: 5 processes x pool 21 = 105, 420 in all.
resource "aws_db_instance" "bad_web_concurrency" {
  identifier           = "bad-web-concurrency"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_ecs_task_definition" "web_concurrency" {
  family                   = "web-concurrency"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048
  container_definitions = jsonencode([
    {
      name         = "api"
      image        = local.image
      portMappings = [{ containerPort = 8080 }]
      environment = [
        { name = "DB_HOST", value = aws_db_instance.bad_web_concurrency.address },
        { name = "WEB_CONCURRENCY", value = "5" },
        { name = "DB_POOL_SIZE", value = "21" },
      ]
    },
  ])
}

resource "aws_ecs_service" "web_concurrency" {
  name                               = "web-concurrency"
  cluster                            = aws_ecs_cluster.main.id
  task_definition                    = aws_ecs_task_definition.web_concurrency.arn
  launch_type                        = "FARGATE"
  desired_count                      = 4
  deployment_minimum_healthy_percent = 50
  deployment_maximum_percent         = 100

  network_configuration {
    subnets = aws_subnet.app[*].id
  }
}

# GOOD, by nothing: the flag wins over the variable. 4 processes x pool 25 = 100. WEB_CONCURRENCY alone would make 200.
resource "aws_db_instance" "good_command_wins" {
  identifier           = "good-command-wins"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_ecs_task_definition" "fits_command_wins" {
  family                   = "fits-command-wins"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048
  container_definitions = jsonencode([
    {
      name         = "api"
      image        = local.image
      command      = ["gunicorn", "shop.api:app", "-w", "4", "--bind", "0.0.0.0:8080"]
      portMappings = [{ containerPort = 8080 }]
      environment = [
        { name = "DB_HOST", value = aws_db_instance.good_command_wins.address },
        { name = "WEB_CONCURRENCY", value = "8" },
        { name = "DB_POOL_SIZE", value = "25" },
      ]
    },
  ])
}

resource "aws_ecs_service" "fits_command_wins" {
  name                               = "fits-command-wins"
  cluster                            = aws_ecs_cluster.main.id
  task_definition                    = aws_ecs_task_definition.fits_command_wins.arn
  launch_type                        = "FARGATE"
  desired_count                      = 4
  deployment_minimum_healthy_percent = 50
  deployment_maximum_percent         = 100

  network_configuration {
    subnets = aws_subnet.app[*].id
  }
}

# GOOD, by nothing: without a pool each thread holds one connection. 4 processes x 25 threads = 100.
resource "aws_db_instance" "good_gunicorn" {
  identifier           = "good-gunicorn"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_ecs_task_definition" "fits_gunicorn" {
  family                   = "fits-gunicorn"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048
  container_definitions = jsonencode([
    {
      name         = "api"
      image        = local.image
      command      = ["gunicorn", "shop.wsgi", "--workers=4", "--threads=25"]
      portMappings = [{ containerPort = 8080 }]
      environment = [
        { name = "DB_HOST", value = aws_db_instance.good_gunicorn.address },
      ]
    },
  ])
}

resource "aws_ecs_service" "fits_gunicorn" {
  name                               = "fits-gunicorn"
  cluster                            = aws_ecs_cluster.main.id
  task_definition                    = aws_ecs_task_definition.fits_gunicorn.arn
  launch_type                        = "FARGATE"
  desired_count                      = 4
  deployment_minimum_healthy_percent = 50
  deployment_maximum_percent         = 100

  network_configuration {
    subnets = aws_subnet.app[*].id
  }
}

# BAD: 5 processes x 25 threads = 125, 500 in all.
resource "aws_db_instance" "bad_gunicorn" {
  identifier           = "bad-gunicorn"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_ecs_task_definition" "gunicorn" {
  family                   = "gunicorn"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048
  container_definitions = jsonencode([
    {
      name         = "api"
      image        = local.image
      command      = ["gunicorn", "shop.wsgi"]
      portMappings = [{ containerPort = 8080 }]
      environment = [
        { name = "DB_HOST", value = aws_db_instance.bad_gunicorn.address },
        { name = "GUNICORN_CMD_ARGS", value = "--workers=5 --threads=25" },
      ]
    },
  ])
}

resource "aws_ecs_service" "gunicorn" {
  name                               = "gunicorn"
  cluster                            = aws_ecs_cluster.main.id
  task_definition                    = aws_ecs_task_definition.gunicorn.arn
  launch_type                        = "FARGATE"
  desired_count                      = 4
  deployment_minimum_healthy_percent = 50
  deployment_maximum_percent         = 100

  network_configuration {
    subnets = aws_subnet.app[*].id
  }
}

# UNKNOWN: as many processes as processors, which the plan does not say. One process fits.
resource "aws_db_instance" "unknown_auto" {
  identifier           = "unknown-auto"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_ecs_task_definition" "auto" {
  family                   = "auto"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048
  container_definitions = jsonencode([
    {
      name         = "api"
      image        = local.image
      command      = ["bundle", "exec", "puma", "-C", "config/puma.rb"]
      portMappings = [{ containerPort = 8080 }]
      environment = [
        { name = "DB_HOST", value = aws_db_instance.unknown_auto.address },
        { name = "WEB_CONCURRENCY", value = "auto" },
        { name = "RAILS_MAX_THREADS", value = "25" },
      ]
    },
  ])
}

resource "aws_ecs_service" "auto" {
  name                               = "auto"
  cluster                            = aws_ecs_cluster.main.id
  task_definition                    = aws_ecs_task_definition.auto.arn
  launch_type                        = "FARGATE"
  desired_count                      = 4
  deployment_minimum_healthy_percent = 50
  deployment_maximum_percent         = 100

  network_configuration {
    subnets = aws_subnet.app[*].id
  }
}

# GOOD, by nothing: each PHP process serves one request with one connection, and there is no pool in PHP that one could
# not see. 100 x 4 = 400.
resource "aws_db_instance" "good_php" {
  identifier           = "good-php"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_ecs_task_definition" "fits_php" {
  family                   = "fits-php"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048
  container_definitions = jsonencode([
    {
      name         = "api"
      image        = local.image
      portMappings = [{ containerPort = 8080 }]
      environment = [
        { name = "DB_HOST", value = aws_db_instance.good_php.address },
        { name = "PHP_FPM_PM_MAX_CHILDREN", value = "100" },
      ]
    },
  ])
}

resource "aws_ecs_service" "fits_php" {
  name                               = "fits-php"
  cluster                            = aws_ecs_cluster.main.id
  task_definition                    = aws_ecs_task_definition.fits_php.arn
  launch_type                        = "FARGATE"
  desired_count                      = 4
  deployment_minimum_healthy_percent = 50
  deployment_maximum_percent         = 100

  network_configuration {
    subnets = aws_subnet.app[*].id
  }
}

# --- workers ---

# BAD: 16 processes x pool 7 = 112, 448 in all.
resource "aws_db_instance" "bad_celery" {
  identifier           = "bad-celery"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_ecs_task_definition" "celery" {
  family                   = "celery"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048
  container_definitions = jsonencode([
    {
      name    = "worker"
      image   = local.image
      command = ["celery", "-A", "shop", "worker", "--concurrency=16"]
      environment = [
        { name = "DB_HOST", value = aws_db_instance.bad_celery.address },
        { name = "SQLALCHEMY_POOL_SIZE", value = "7" },
        { name = "SQLALCHEMY_MAX_OVERFLOW", value = "0" },
      ]
    },
  ])
}

resource "aws_ecs_service" "celery" {
  name                               = "celery"
  cluster                            = aws_ecs_cluster.main.id
  task_definition                    = aws_ecs_task_definition.celery.arn
  launch_type                        = "FARGATE"
  desired_count                      = 4
  deployment_minimum_healthy_percent = 50
  deployment_maximum_percent         = 100

  network_configuration {
    subnets = aws_subnet.app[*].id
  }
}

# GOOD, by nothing: a Sidekiq process has as many connections as threads. 1 x 100 x 4 = 400. WEB_CONCURRENCY, which all
# containers of the shop are given, means nothing to it.
resource "aws_db_instance" "good_sidekiq" {
  identifier           = "good-sidekiq"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_ecs_task_definition" "fits_sidekiq" {
  family                   = "fits-sidekiq"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048
  container_definitions = jsonencode([
    {
      name    = "worker"
      image   = local.image
      command = ["bundle", "exec", "sidekiq", "-c", "100"]
      environment = [
        { name = "DB_HOST", value = aws_db_instance.good_sidekiq.address },
        { name = "WEB_CONCURRENCY", value = "4" },
      ]
    },
  ])
}

resource "aws_ecs_service" "fits_sidekiq" {
  name                               = "fits-sidekiq"
  cluster                            = aws_ecs_cluster.main.id
  task_definition                    = aws_ecs_task_definition.fits_sidekiq.arn
  launch_type                        = "FARGATE"
  desired_count                      = 4
  deployment_minimum_healthy_percent = 50
  deployment_maximum_percent         = 100

  network_configuration {
    subnets = aws_subnet.app[*].id
  }
}

# BAD: 101 threads x 4 = 404.
resource "aws_db_instance" "bad_sidekiq" {
  identifier           = "bad-sidekiq"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_ecs_task_definition" "sidekiq" {
  family                   = "sidekiq"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048
  container_definitions = jsonencode([
    {
      name    = "worker"
      image   = local.image
      command = ["bundle", "exec", "sidekiq", "--concurrency", "101"]
      environment = [
        { name = "DB_HOST", value = aws_db_instance.bad_sidekiq.address },
      ]
    },
  ])
}

resource "aws_ecs_service" "sidekiq" {
  name                               = "sidekiq"
  cluster                            = aws_ecs_cluster.main.id
  task_definition                    = aws_ecs_task_definition.sidekiq.arn
  launch_type                        = "FARGATE"
  desired_count                      = 4
  deployment_minimum_healthy_percent = 50
  deployment_maximum_percent         = 100

  network_configuration {
    subnets = aws_subnet.app[*].id
  }
}

# --- several containers ---

# GOOD, by nothing: web 4 processes x pool 15 = 60 and worker 40 are 100 in each task. What the proxy before them has
# of processes opens no connections, and neither does the agent.
resource "aws_db_instance" "good_containers" {
  identifier           = "good-containers"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_ecs_task_definition" "fits_containers" {
  family                   = "fits-containers"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048
  container_definitions = jsonencode([
    {
      name         = "web"
      image        = local.image
      portMappings = [{ containerPort = 8080 }]
      environment = [
        { name = "DB_HOST", value = aws_db_instance.good_containers.address },
        { name = "WEB_CONCURRENCY", value = "4" },
        { name = "DB_POOL_SIZE", value = "15" },
      ]
    },
    {
      name  = "worker"
      image = local.image
      environment = [
        { name = "DB_HOST", value = aws_db_instance.good_containers.address },
        { name = "DB_POOL_SIZE", value = "40" },
      ]
    },
    {
      name         = "nginx"
      image        = "public.ecr.aws/nginx/nginx:1.27"
      portMappings = [{ containerPort = 80 }]
      environment = [
        { name = "WORKER_PROCESSES", value = "8" },
      ]
    },
    {
      name      = "datadog-agent"
      image     = "public.ecr.aws/datadog/agent:7"
      essential = false
      environment = [
        { name = "DD_APM_ENABLED", value = "true" },
      ]
    },
  ])
}

resource "aws_ecs_service" "fits_containers" {
  name                               = "fits-containers"
  cluster                            = aws_ecs_cluster.main.id
  task_definition                    = aws_ecs_task_definition.fits_containers.arn
  launch_type                        = "FARGATE"
  desired_count                      = 4
  deployment_minimum_healthy_percent = 50
  deployment_maximum_percent         = 100

  network_configuration {
    subnets = aws_subnet.app[*].id
  }
}

# BAD: 60 and 41 are 101.
resource "aws_db_instance" "bad_containers" {
  identifier           = "bad-containers"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_ecs_task_definition" "containers" {
  family                   = "containers"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048
  container_definitions = jsonencode([
    {
      name         = "web"
      image        = local.image
      portMappings = [{ containerPort = 8080 }]
      environment = [
        { name = "DB_HOST", value = aws_db_instance.bad_containers.address },
        { name = "WEB_CONCURRENCY", value = "4" },
        { name = "DB_POOL_SIZE", value = "15" },
      ]
    },
    {
      name  = "worker"
      image = local.image
      environment = [
        { name = "DB_HOST", value = aws_db_instance.bad_containers.address },
        { name = "DB_POOL_SIZE", value = "41" },
      ]
    },
  ])
}

resource "aws_ecs_service" "containers" {
  name                               = "containers"
  cluster                            = aws_ecs_cluster.main.id
  task_definition                    = aws_ecs_task_definition.containers.arn
  launch_type                        = "FARGATE"
  desired_count                      = 4
  deployment_minimum_healthy_percent = 50
  deployment_maximum_percent         = 100

  network_configuration {
    subnets = aws_subnet.app[*].id
  }
}

# GOOD: the application has a pool of 150 to the PgBouncer beside it in the same task, which opens 50 to the database,
# for its one user and one database. 4 x 50 = 200.
resource "aws_db_instance" "good_pooler_beside_it" {
  identifier           = "good-pooler-beside-it"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_ecs_task_definition" "fits_pooler_beside_it" {
  family                   = "fits-pooler-beside-it"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048
  container_definitions = jsonencode([
    {
      name         = "api"
      image        = local.image
      portMappings = [{ containerPort = 8080 }]
      environment = [
        { name = "DB_HOST", value = "127.0.0.1" },
        { name = "DB_PORT", value = "6432" },
        { name = "DB_POOL_SIZE", value = "150" },
      ]
    },
    {
      name         = "pgbouncer"
      image        = "public.ecr.aws/bitnami/pgbouncer:1.23"
      portMappings = [{ containerPort = 6432 }]
      environment = [
        { name = "POSTGRESQL_HOST", value = aws_db_instance.good_pooler_beside_it.address },
        { name = "PGBOUNCER_POOL_MODE", value = "transaction" },
        { name = "PGBOUNCER_DEFAULT_POOL_SIZE", value = "50" },
      ]
    },
  ])
}

resource "aws_ecs_service" "fits_pooler_beside_it" {
  name                               = "fits-pooler-beside-it"
  cluster                            = aws_ecs_cluster.main.id
  task_definition                    = aws_ecs_task_definition.fits_pooler_beside_it.arn
  launch_type                        = "FARGATE"
  desired_count                      = 4
  deployment_minimum_healthy_percent = 50
  deployment_maximum_percent         = 100

  network_configuration {
    subnets = aws_subnet.app[*].id
  }
}

# --- a pool that cannot be seen ---

# UNKNOWN: nothing says how large the pool is. 4 processes with up to 100 each fit.
resource "aws_db_instance" "unknown_pool" {
  identifier           = "unknown-pool"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_ecs_task_definition" "pool" {
  family                   = "pool"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048
  container_definitions = jsonencode([
    {
      name         = "api"
      image        = local.image
      portMappings = [{ containerPort = 8080 }]
      environment = [
        { name = "DB_HOST", value = aws_db_instance.unknown_pool.address },
        { name = "LOG_LEVEL", value = "info" },
      ]
    },
  ])
}

resource "aws_ecs_service" "pool" {
  name                               = "pool"
  cluster                            = aws_ecs_cluster.main.id
  task_definition                    = aws_ecs_task_definition.pool.arn
  launch_type                        = "FARGATE"
  desired_count                      = 4
  deployment_minimum_healthy_percent = 50
  deployment_maximum_percent         = 100

  network_configuration {
    subnets = aws_subnet.app[*].id
  }
}

# BAD: nothing says how large the pool is, but 26 tasks of 16 processes are 416 with one connection each.
resource "aws_db_instance" "bad_one_each" {
  identifier           = "bad-one-each"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_ecs_task_definition" "one_each" {
  family                   = "one-each"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048
  container_definitions = jsonencode([
    {
      name    = "worker"
      image   = local.image
      command = ["celery", "-A", "shop", "worker", "-c", "16"]
      environment = [
        { name = "DB_HOST", value = aws_db_instance.bad_one_each.address },
      ]
    },
  ])
}

resource "aws_ecs_service" "one_each" {
  name                               = "one-each"
  cluster                            = aws_ecs_cluster.main.id
  task_definition                    = aws_ecs_task_definition.one_each.arn
  launch_type                        = "FARGATE"
  desired_count                      = 26
  deployment_minimum_healthy_percent = 50
  deployment_maximum_percent         = 100

  network_configuration {
    subnets = aws_subnet.app[*].id
  }
}

# --- many ways to say it ---
#
# The same database and the same service for each case: only the containers differ. ADDRESS stands for the database's
# address.

locals {
  said = {
    # The shell's default: 5 processes x pool 20.
    good_shell_default = [
      { name = "api", image = local.image, command = ["sh", "-c", "exec gunicorn shop.wsgi --workers $${WORKERS:-5} -b :80"], environment = [{ name = "DB_HOST", value = "ADDRESS" }, { name = "DB_POOL_SIZE", value = "20" }] },
    ]

    # The variable before the default: 6 x 20.
    bad_shell_default = [
      { name = "api", image = local.image, command = ["sh", "-c", "exec gunicorn shop.wsgi --workers $${WORKERS:-5} -b :80"], environment = [{ name = "DB_HOST", value = "ADDRESS" }, { name = "DB_POOL_SIZE", value = "20" }, { name = "WORKERS", value = "6" }] },
    ]

    # As many processes as processors.
    unknown_nproc = [
      { name = "api", image = local.image, command = ["sh", "-c", "exec gunicorn shop.wsgi -w $(nproc)"], environment = [{ name = "DB_HOST", value = "ADDRESS" }, { name = "DB_POOL_SIZE", value = "20" }] },
    ]

    # A file that is not in the plan may say how many.
    unknown_settings_file = [
      { name = "api", image = local.image, command = ["gunicorn", "-c", "gunicorn.conf.py", "shop.wsgi"], environment = [{ name = "DB_HOST", value = "ADDRESS" }, { name = "DB_POOL_SIZE", value = "60" }] },
    ]

    # 6 x 20.
    bad_uwsgi = [
      { name = "api", image = local.image, command = ["uwsgi", "--module", "shop.wsgi", "--processes", "6"], environment = [{ name = "DB_HOST", value = "ADDRESS" }, { name = "DB_POOL_SIZE", value = "20" }] },
    ]

    # 6 x 20.
    bad_pm2 = [
      { name = "api", image = local.image, command = ["pm2-runtime", "start", "dist/main.js", "-i", "6"], environment = [{ name = "DB_HOST", value = "ADDRESS" }, { name = "DB_POOL_SIZE", value = "20" }] },
    ]

    # 5 x 20.
    good_granian = [
      { name = "api", image = local.image, command = ["granian", "shop:app", "--workers", "5"], environment = [{ name = "DB_HOST", value = "ADDRESS" }, { name = "DB_POOL_SIZE", value = "20" }] },
    ]

    # 16 processes at most x pool 7.
    bad_autoscale = [
      { name = "worker", image = local.image, command = ["celery", "-A", "shop", "worker", "--autoscale=16,2"], environment = [{ name = "DB_HOST", value = "ADDRESS" }, { name = "DB_POOL_SIZE", value = "7" }] },
    ]

    # As many processes as processors, of one connection each at least.
    unknown_celery = [
      { name = "worker", image = local.image, command = ["celery", "-A", "shop", "worker"], environment = [{ name = "DB_HOST", value = "ADDRESS" }] },
    ]

    # 500 threads of one process, and no word of a pool.
    unknown_gevent = [
      { name = "worker", image = local.image, command = ["celery", "-A", "shop", "worker", "-P", "gevent", "-c", "500"], environment = [{ name = "DB_HOST", value = "ADDRESS" }] },
    ]

    # 13 processes x 8 threads.
    bad_dramatiq = [
      { name = "worker", image = local.image, command = ["dramatiq", "shop.tasks", "--processes", "13", "--threads", "8"], environment = [{ name = "DB_HOST", value = "ADDRESS" }] },
    ]

    # 4 x 15 and 3 x 15 in one container.
    bad_two_programs = [
      { name = "all", image = local.image, command = ["sh", "-c", "celery -A shop worker -c 4 & exec gunicorn -w 3 shop.wsgi"], environment = [{ name = "DB_HOST", value = "ADDRESS" }, { name = "DB_POOL_SIZE", value = "15" }] },
    ]

    # The pool's own variable, whichever comes first.
    good_pool_before_threads = [
      { name = "api", image = local.image, environment = [{ name = "DB_HOST", value = "ADDRESS" }, { name = "DB_POOL", value = "100" }, { name = "RAILS_MAX_THREADS", value = "120" }] },
    ]

    # 5 threads, and a pool of 101.
    unknown_threads_before_pool = [
      { name = "api", image = local.image, environment = [{ name = "DB_HOST", value = "ADDRESS" }, { name = "RAILS_MAX_THREADS", value = "5" }, { name = "DB_POOL", value = "101" }] },
    ]

    # Each of 100 threads holds one connection, however large the pool is.
    good_sidekiq_threads = [
      { name = "worker", image = local.image, command = ["bundle", "exec", "sidekiq", "-c", "100"], environment = [{ name = "DB_HOST", value = "ADDRESS" }, { name = "DB_POOL", value = "150" }] },
    ]

    # POOL_SIZE is that of an HTTP client.
    good_vague = [
      { name = "api", image = local.image, environment = [{ name = "DB_HOST", value = "ADDRESS" }, { name = "DB_POOL_SIZE", value = "100" }, { name = "POOL_SIZE", value = "200" }] },
    ]

    # MAX_POOL_SIZE may be that of the other store.
    unknown_vague = [
      { name = "api", image = local.image, environment = [{ name = "DB_HOST", value = "ADDRESS" }, { name = "MONGODB_URI", value = "mongodb://m:27017/x" }, { name = "MAX_POOL_SIZE", value = "150" }] },
    ]

    # Two conventions, and nothing tells which one is read.
    unknown_either = [
      { name = "api", image = local.image, environment = [{ name = "DB_HOST", value = "ADDRESS" }, { name = "DB_POOL_SIZE", value = "50" }, { name = "DB_MAX_CONNECTIONS", value = "101" }] },
    ]

    # Both fit.
    good_either = [
      { name = "api", image = local.image, environment = [{ name = "DB_HOST", value = "ADDRESS" }, { name = "DB_POOL_SIZE", value = "50" }, { name = "DB_MAX_CONNECTIONS", value = "100" }] },
    ]

    # Two databases on one server: 51 + 50.
    bad_two_databases = [
      { name = "api", image = local.image, environment = [{ name = "ORDERS_DATABASE_URL", value = "postgres://app@ADDRESS/orders" }, { name = "USERS_DATABASE_URL", value = "postgres://app@ADDRESS/users" }, { name = "ORDERS_DB_POOL_SIZE", value = "51" }, { name = "USERS_DB_POOL_SIZE", value = "50" }] },
    ]

    # Of two servers only one is this one.
    unknown_two_servers = [
      { name = "api", image = local.image, environment = [{ name = "ORDERS_DATABASE_URL", value = "postgres://app@ADDRESS/orders" }, { name = "USERS_DATABASE_URL", value = "postgres://app@users.example/users" }, { name = "ORDERS_DB_POOL_SIZE", value = "51" }, { name = "USERS_DB_POOL_SIZE", value = "50" }] },
    ]

    # The pool of a cache is none of a database.
    good_cache_url = [
      { name = "api", image = local.image, environment = [{ name = "DATABASE_URL", value = "postgres://app@ADDRESS:5432/app" }, { name = "REDIS_URL", value = "redis://r.example:6379/0?pool=500" }, { name = "DB_POOL_SIZE", value = "100" }] },
    ]

    # A Java property.
    bad_java_options = [
      { name = "api", image = local.image, environment = [{ name = "SPRING_DATASOURCE_URL", value = "jdbc:postgresql://ADDRESS:5432/app" }, { name = "JAVA_TOOL_OPTIONS", value = "-Xmx1g -Dspring.datasource.hikari.maximum-pool-size=101" }] },
    ]

    # Properties as JSON.
    bad_spring_json = [
      { name = "api", image = local.image, environment = [{ name = "SPRING_DATASOURCE_URL", value = "jdbc:postgresql://ADDRESS:5432/app" }, { name = "SPRING_APPLICATION_JSON", value = "{\"spring\":{\"datasource\":{\"hikari\":{\"maximum-pool-size\":101}}}}" }] },
    ]

    # A data source of a name of one's own.
    bad_writer_pool = [
      { name = "api", image = local.image, environment = [{ name = "SPRING_DATASOURCE_WRITER_URL", value = "jdbc:postgresql://ADDRESS:5432/app" }, { name = "SPRING_DATASOURCE_WRITER_HIKARI_MAXIMUM_POOL_SIZE", value = "101" }] },
    ]

    # pgx takes its pool from the URL.
    good_pgx = [
      { name = "api", image = local.image, environment = [{ name = "DATABASE_URL", value = "postgres://app@ADDRESS/app?pool_max_conns=100" }] },
    ]

    # 5 + 10 by default, in 7 processes.
    bad_airflow = [
      { name = "api", image = local.image, environment = [{ name = "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN", value = "postgresql://app@ADDRESS/app" }, { name = "AIRFLOW__DATABASE__SQL_ALCHEMY_POOL_SIZE", value = "5" }, { name = "AIRFLOW__WEBSERVER__WORKERS", value = "7" }] },
    ]

    # SQLAlchemy opens 10 more unless its code says otherwise.
    unknown_overflow = [
      { name = "api", image = local.image, environment = [{ name = "DATABASE_URL", value = "postgresql+asyncpg://app@ADDRESS/app" }, { name = "DB_POOL_SIZE", value = "95" }] },
    ]

    # Even so it fits.
    good_overflow_fits = [
      { name = "api", image = local.image, environment = [{ name = "DATABASE_URL", value = "postgresql+asyncpg://app@ADDRESS/app" }, { name = "DB_POOL_SIZE", value = "90" }] },
    ]

    # PgBouncer on the same machine: Without a user in the URL.
    good_local_url = [
      { name = "api", image = local.image, environment = [{ name = "DATABASE_URL", value = "postgres://127.0.0.1:6432/app" }, { name = "DB_POOL_SIZE", value = "150" }] },
      { name = "pgbouncer", image = "public.ecr.aws/bitnami/pgbouncer:1.23", environment = [{ name = "POSTGRESQL_HOST", value = "ADDRESS" }, { name = "PGBOUNCER_DEFAULT_POOL_SIZE", value = "50" }] },
    ]

    # PgBouncer on the same machine: JDBC.
    good_local_jdbc = [
      { name = "api", image = local.image, environment = [{ name = "SPRING_DATASOURCE_URL", value = "jdbc:postgresql://localhost:6432/app" }, { name = "SPRING_DATASOURCE_HIKARI_MAXIMUM_POOL_SIZE", value = "150" }] },
      { name = "pgbouncer", image = "public.ecr.aws/bitnami/pgbouncer:1.23", environment = [{ name = "POSTGRESQL_HOST", value = "ADDRESS" }, { name = "PGBOUNCER_DEFAULT_POOL_SIZE", value = "50" }] },
    ]

    # PgBouncer on the same machine: .NET.
    good_local_dotnet = [
      { name = "api", image = local.image, environment = [{ name = "ConnectionStrings__Default", value = "Host=127.0.0.1;Port=6432;Database=app;Maximum Pool Size=150" }] },
      { name = "pgbouncer", image = "public.ecr.aws/bitnami/pgbouncer:1.23", environment = [{ name = "POSTGRESQL_HOST", value = "ADDRESS" }, { name = "PGBOUNCER_DEFAULT_POOL_SIZE", value = "50" }] },
    ]

    # PgBouncer on the same machine: A socket.
    good_local_socket = [
      { name = "api", image = local.image, environment = [{ name = "DATABASE_URL", value = "postgres:///app?host=/var/run/pgbouncer" }, { name = "DB_POOL_SIZE", value = "150" }] },
      { name = "pgbouncer", image = "public.ecr.aws/bitnami/pgbouncer:1.23", environment = [{ name = "POSTGRESQL_HOST", value = "ADDRESS" }, { name = "PGBOUNCER_DEFAULT_POOL_SIZE", value = "50" }] },
    ]

    # 60 and a reserve of 41.
    bad_reserve = [
      { name = "api", image = local.image, environment = [{ name = "DB_HOST", value = "127.0.0.1" }, { name = "DB_POOL_SIZE", value = "150" }] },
      { name = "pgbouncer", image = "public.ecr.aws/bitnami/pgbouncer:1.23", environment = [{ name = "POSTGRESQL_HOST", value = "ADDRESS" }, { name = "PGBOUNCER_DEFAULT_POOL_SIZE", value = "60" }, { name = "PGBOUNCER_RESERVE_POOL_SIZE", value = "41" }] },
    ]

    # A pooler whose file is not in the plan.
    unknown_pgcat = [
      { name = "api", image = local.image, environment = [{ name = "DB_HOST", value = "127.0.0.1" }, { name = "DB_POOL_SIZE", value = "150" }] },
      { name = "pooler", image = "ghcr.io/postgresml/pgcat:1.2", environment = [{ name = "UPSTREAM", value = "ADDRESS" }] },
    ]

    # What migrates ends before long.
    good_migration = [
      { name = "api", image = local.image, environment = [{ name = "DB_HOST", value = "ADDRESS" }, { name = "DB_POOL_SIZE", value = "100" }] },
      { name = "db-setup", image = local.image, command = ["npx", "prisma", "migrate", "deploy"], essential = false, environment = [{ name = "DATABASE_URL", value = "postgres://app@ADDRESS:5432/app?connection_limit=10" }] },
    ]

    # Files of variables that are not in the plan.
    unknown_files = [
      { name = "api", image = local.image, environment = [{ name = "DB_HOST", value = "ADDRESS" }, { name = "DB_POOL_SIZE", value = "100" }] },
      { name = "sync", image = local.image, environment = [], environmentFiles = [{ type = "s3", value = "arn:aws:s3:::shop-settings/sync.env" }] },
    ]
  }
}

resource "aws_db_instance" "bad_said" {
  for_each             = { for name, containers in local.said : name => containers if startswith(name, "bad_") }
  identifier           = replace(each.key, "_", "-")
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_ecs_task_definition" "too_much" {
  for_each                 = aws_db_instance.bad_said
  family                   = replace(each.key, "_", "-")
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048
  container_definitions    = replace(jsonencode(local.said[each.key]), "ADDRESS", each.value.address)
}

resource "aws_ecs_service" "too_much" {
  for_each                           = aws_ecs_task_definition.too_much
  name                               = replace(each.key, "_", "-")
  cluster                            = aws_ecs_cluster.main.id
  task_definition                    = each.value.arn
  launch_type                        = "FARGATE"
  desired_count                      = 4
  deployment_minimum_healthy_percent = 50
  deployment_maximum_percent         = 100

  network_configuration {
    subnets = aws_subnet.app[*].id
  }
}

resource "aws_db_instance" "good_said" {
  for_each             = { for name, containers in local.said : name => containers if startswith(name, "good_") }
  identifier           = replace(each.key, "_", "-")
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_ecs_task_definition" "fits" {
  for_each                 = aws_db_instance.good_said
  family                   = replace(each.key, "_", "-")
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048
  container_definitions    = replace(jsonencode(local.said[each.key]), "ADDRESS", each.value.address)
}

resource "aws_ecs_service" "fits" {
  for_each                           = aws_ecs_task_definition.fits
  name                               = replace(each.key, "_", "-")
  cluster                            = aws_ecs_cluster.main.id
  task_definition                    = each.value.arn
  launch_type                        = "FARGATE"
  desired_count                      = 4
  deployment_minimum_healthy_percent = 50
  deployment_maximum_percent         = 100

  network_configuration {
    subnets = aws_subnet.app[*].id
  }
}

resource "aws_db_instance" "unknown_said" {
  for_each             = { for name, containers in local.said : name => containers if startswith(name, "unknown_") }
  identifier           = replace(each.key, "_", "-")
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_ecs_task_definition" "unclear" {
  for_each                 = aws_db_instance.unknown_said
  family                   = replace(each.key, "_", "-")
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048
  container_definitions    = replace(jsonencode(local.said[each.key]), "ADDRESS", each.value.address)
}

resource "aws_ecs_service" "unclear" {
  for_each                           = aws_ecs_task_definition.unclear
  name                               = replace(each.key, "_", "-")
  cluster                            = aws_ecs_cluster.main.id
  task_definition                    = each.value.arn
  launch_type                        = "FARGATE"
  desired_count                      = 4
  deployment_minimum_healthy_percent = 50
  deployment_maximum_percent         = 100

  network_configuration {
    subnets = aws_subnet.app[*].id
  }
}
