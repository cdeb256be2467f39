# oversized-connection-pool: pools that cannot be used. The rule reports at the workload: bad_ is to be found, good_ is
# not, unknown_ cannot be told. The folder is applied, then planned again.

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
  role  = "arn:aws:iam::123456789012:role/function"
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

resource "aws_security_group" "app" {
  name   = "app"
  vpc_id = aws_vpc.main.id
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

# BAD: 4 threads never use more than 4 of 50 connections.
resource "aws_db_instance" "large" {
  identifier        = "large"
  engine            = "postgres"
  engine_version    = "16.4"
  instance_class    = "db.r6g.4xlarge"
  allocated_storage = 20
}

resource "aws_ecs_task_definition" "threads" {
  family                   = "threads"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048

  container_definitions = jsonencode([
    {
      name      = "threads"
      image     = local.image
      essential = true
      command   = ["gunicorn", "--workers", "2", "--threads", "4", "shop.wsgi"]

      environment = [
        { name = "DB_HOST", value = aws_db_instance.large.address },
        { name = "DB_POOL_SIZE", value = "50" },
      ]
    },
  ])
}

resource "aws_ecs_service" "bad_threads" {
  name            = "bad-threads"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.threads.arn
  launch_type     = "FARGATE"
  desired_count   = 2

  network_configuration {
    subnets         = aws_subnet.app[*].id
    security_groups = [aws_security_group.app.id]
  }
}

# BAD: the same with the flags in a variable.
resource "aws_ecs_task_definition" "arguments" {
  family                   = "arguments"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048

  container_definitions = jsonencode([
    {
      name      = "arguments"
      image     = local.image
      essential = true

      environment = [
        { name = "DB_HOST", value = aws_db_instance.large.address },
        { name = "DB_POOL_SIZE", value = "20" },
        { name = "GUNICORN_CMD_ARGS", value = "--workers=2 --threads=4" },
      ]
    },
  ])
}

resource "aws_ecs_service" "bad_arguments" {
  name            = "bad-arguments"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.arguments.arn
  launch_type     = "FARGATE"
  desired_count   = 2

  network_configuration {
    subnets         = aws_subnet.app[*].id
    security_groups = [aws_security_group.app.id]
  }
}

# BAD: one task holds 8 x 10 = 80, and two processors work on about 5 at once.
resource "aws_db_instance" "small" {
  identifier        = "small"
  engine            = "postgres"
  engine_version    = "16.4"
  instance_class    = "db.t3.medium"
  allocated_storage = 20
}

resource "aws_ecs_task_definition" "unit" {
  family                   = "unit"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048

  container_definitions = jsonencode([
    {
      name      = "unit"
      image     = local.image
      essential = true

      environment = [
        { name = "DB_HOST", value = aws_db_instance.small.address },
        { name = "DB_POOL_SIZE", value = "10" },
        { name = "WEB_CONCURRENCY", value = "8" },
      ]
    },
  ])
}

resource "aws_ecs_service" "bad_unit" {
  name            = "bad-unit"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.unit.arn
  launch_type     = "FARGATE"
  desired_count   = 1

  network_configuration {
    subnets         = aws_subnet.app[*].id
    security_groups = [aws_security_group.app.id]
  }
}

# GOOD: as many as threads.
resource "aws_ecs_task_definition" "fine_threads" {
  family                   = "fine-threads"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048

  container_definitions = jsonencode([
    {
      name      = "fine-threads"
      image     = local.image
      essential = true
      command   = ["gunicorn", "--workers", "2", "--threads", "4", "shop.wsgi"]

      environment = [
        { name = "DB_HOST", value = aws_db_instance.large.address },
        { name = "DB_POOL_SIZE", value = "4" },
      ]
    },
  ])
}

resource "aws_ecs_service" "good_threads" {
  name            = "good-threads"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.fine_threads.arn
  launch_type     = "FARGATE"
  desired_count   = 2

  network_configuration {
    subnets         = aws_subnet.app[*].id
    security_groups = [aws_security_group.app.id]
  }
}

# GOOD: twice as many as threads is where the threshold stands.
resource "aws_ecs_task_definition" "fine_twice" {
  family                   = "fine-twice"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048

  container_definitions = jsonencode([
    {
      name      = "fine-twice"
      image     = local.image
      essential = true
      command   = ["gunicorn", "--workers", "2", "--threads", "4", "shop.wsgi"]

      environment = [
        { name = "DB_HOST", value = aws_db_instance.large.address },
        { name = "DB_POOL_SIZE", value = "8" },
      ]
    },
  ])
}

resource "aws_ecs_service" "good_twice" {
  name            = "good-twice"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.fine_twice.arn
  launch_type     = "FARGATE"
  desired_count   = 2

  network_configuration {
    subnets         = aws_subnet.app[*].id
    security_groups = [aws_security_group.app.id]
  }
}

# GOOD: workers of Uvicorn answer many requests on one thread, whatever --threads says.
resource "aws_ecs_task_definition" "fine_async" {
  family                   = "fine-async"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048

  container_definitions = jsonencode([
    {
      name      = "fine-async"
      image     = local.image
      essential = true
      command   = ["gunicorn", "-k", "uvicorn.workers.UvicornWorker", "--workers", "2", "--threads", "4", "shop.asgi:app"]

      environment = [
        { name = "DB_HOST", value = aws_db_instance.large.address },
        { name = "DB_POOL_SIZE", value = "50" },
      ]
    },
  ])
}

resource "aws_ecs_service" "good_async" {
  name            = "good-async"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.fine_async.arn
  launch_type     = "FARGATE"
  desired_count   = 2

  network_configuration {
    subnets         = aws_subnet.app[*].id
    security_groups = [aws_security_group.app.id]
  }
}

# GOOD: 20 of about 5 is where the threshold stands.
resource "aws_ecs_task_definition" "fine_unit" {
  family                   = "fine-unit"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048

  container_definitions = jsonencode([
    {
      name      = "fine-unit"
      image     = local.image
      essential = true

      environment = [
        { name = "DB_HOST", value = aws_db_instance.small.address },
        { name = "DB_POOL_SIZE", value = "10" },
        { name = "WEB_CONCURRENCY", value = "2" },
      ]
    },
  ])
}

resource "aws_ecs_service" "good_unit" {
  name            = "good-unit"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.fine_unit.arn
  launch_type     = "FARGATE"
  desired_count   = 1

  network_configuration {
    subnets         = aws_subnet.app[*].id
    security_groups = [aws_security_group.app.id]
  }
}

# GOOD: 80 of about 33, on sixteen processors.
resource "aws_ecs_task_definition" "fine_large" {
  family                   = "fine-large"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048

  container_definitions = jsonencode([
    {
      name      = "fine-large"
      image     = local.image
      essential = true

      environment = [
        { name = "DB_HOST", value = aws_db_instance.large.address },
        { name = "DB_POOL_SIZE", value = "10" },
        { name = "WEB_CONCURRENCY", value = "8" },
      ]
    },
  ])
}

resource "aws_ecs_service" "good_large" {
  name            = "good-large"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.fine_large.arn
  launch_type     = "FARGATE"
  desired_count   = 2

  network_configuration {
    subnets         = aws_subnet.app[*].id
    security_groups = [aws_security_group.app.id]
  }
}

# GOOD here: connection-exhaustion says by how much each pool has to shrink.
resource "aws_db_instance" "exhausted" {
  identifier        = "exhausted"
  engine            = "postgres"
  engine_version    = "16.4"
  instance_class    = "db.t3.medium"
  allocated_storage = 20
}

resource "aws_ecs_task_definition" "fine_exhausted" {
  family                   = "fine-exhausted"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048

  container_definitions = jsonencode([
    {
      name      = "fine-exhausted"
      image     = local.image
      essential = true

      environment = [
        { name = "DB_HOST", value = aws_db_instance.exhausted.address },
        { name = "DB_POOL_SIZE", value = "40" },
        { name = "WEB_CONCURRENCY", value = "8" },
      ]
    },
  ])
}

resource "aws_ecs_service" "good_exhausted" {
  name            = "good-exhausted"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.fine_exhausted.arn
  launch_type     = "FARGATE"
  desired_count   = 3

  network_configuration {
    subnets         = aws_subnet.app[*].id
    security_groups = [aws_security_group.app.id]
  }
}

# GOOD: how many processors a capacity unit comes with, nobody says.
resource "aws_rds_cluster" "serverless" {
  cluster_identifier = "serverless"
  engine             = "aurora-postgresql"
  engine_version     = "16.4"

  serverlessv2_scaling_configuration {
    min_capacity = 1
    max_capacity = 8
  }
}

resource "aws_rds_cluster_instance" "serverless" {
  identifier         = "serverless"
  cluster_identifier = aws_rds_cluster.serverless.id
  instance_class     = "db.serverless"
  engine             = aws_rds_cluster.serverless.engine
  engine_version     = aws_rds_cluster.serverless.engine_version
}

resource "aws_ecs_task_definition" "fine_serverless" {
  family                   = "fine-serverless"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048

  container_definitions = jsonencode([
    {
      name      = "fine-serverless"
      image     = local.image
      essential = true

      environment = [
        { name = "DB_HOST", value = aws_rds_cluster.serverless.endpoint },
        { name = "DB_POOL_SIZE", value = "60" },
      ]
    },
  ])
}

resource "aws_ecs_service" "good_serverless" {
  name            = "good-serverless"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.fine_serverless.arn
  launch_type     = "FARGATE"
  desired_count   = 2

  network_configuration {
    subnets         = aws_subnet.app[*].id
    security_groups = [aws_security_group.app.id]
  }
}

# GOOD: a default is nobody's choice; implicit-connection-pool speaks of it.
resource "aws_db_instance" "login" {
  identifier        = "login"
  engine            = "postgres"
  engine_version    = "16.4"
  instance_class    = "db.m6g.xlarge"
  allocated_storage = 20
}

resource "aws_ecs_task_definition" "fine_default" {
  family                   = "fine-default"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048

  container_definitions = jsonencode([
    {
      name      = "fine-default"
      image     = local.image
      essential = true

      environment = [
        { name = "KC_DB_URL", value = "jdbc:postgresql://${aws_db_instance.login.address}:5432/keycloak" },
      ]
    },
  ])
}

resource "aws_ecs_service" "good_default" {
  name            = "good-default"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.fine_default.arn
  launch_type     = "FARGATE"
  desired_count   = 2

  network_configuration {
    subnets         = aws_subnet.app[*].id
    security_groups = [aws_security_group.app.id]
  }
}

# GOOD: a pool that cannot be seen.
resource "aws_ecs_task_definition" "fine_unseen" {
  family                   = "fine-unseen"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048

  container_definitions = jsonencode([
    {
      name      = "fine-unseen"
      image     = local.image
      essential = true
      command   = ["gunicorn", "--workers", "2", "--threads", "4", "shop.wsgi"]

      environment = [
        { name = "DB_HOST", value = aws_db_instance.large.address },
      ]
      secrets = [
        { name = "DB_POOL_SIZE", valueFrom = "arn:aws:secretsmanager:us-east-1:123456789012:secret:pool-AbCdEf" },
      ]
    },
  ])
}

resource "aws_ecs_service" "good_unseen" {
  name            = "good-unseen"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.fine_unseen.arn
  launch_type     = "FARGATE"
  desired_count   = 2

  network_configuration {
    subnets         = aws_subnet.app[*].id
    security_groups = [aws_security_group.app.id]
  }
}

# UNKNOWN: the limit is set, and the class is in no table: how many processors it has cannot be told.
resource "aws_db_instance" "strange" {
  identifier           = "strange"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.r99z.large"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_ecs_task_definition" "open_class" {
  family                   = "open-class"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048

  container_definitions = jsonencode([
    {
      name      = "open-class"
      image     = local.image
      essential = true

      environment = [
        { name = "DB_HOST", value = aws_db_instance.strange.address },
        { name = "DB_POOL_SIZE", value = "60" },
      ]
    },
  ])
}

resource "aws_ecs_service" "unknown_class" {
  name            = "unknown-class"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.open_class.arn
  launch_type     = "FARGATE"
  desired_count   = 2

  network_configuration {
    subnets         = aws_subnet.app[*].id
    security_groups = [aws_security_group.app.id]
  }
}

# GOOD: a small pool fits whatever the class is.
resource "aws_ecs_task_definition" "fine_small_pool" {
  family                   = "fine-small-pool"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048

  container_definitions = jsonencode([
    {
      name      = "fine-small-pool"
      image     = local.image
      essential = true

      environment = [
        { name = "DB_HOST", value = aws_db_instance.strange.address },
        { name = "DB_POOL_SIZE", value = "10" },
      ]
    },
  ])
}

resource "aws_ecs_service" "good_small_pool" {
  name            = "good-small-pool"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.fine_small_pool.arn
  launch_type     = "FARGATE"
  desired_count   = 2

  network_configuration {
    subnets         = aws_subnet.app[*].id
    security_groups = [aws_security_group.app.id]
  }
}
