# connection-exhaustion: what holds where nobody says otherwise, and where somebody does and it does not hold. Unless a
# case says otherwise 400 connections are usable, exactly. The rule reports at the database. The folder is applied, then
# planned again.

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

# BAD: five tasks of Keycloak with its own default of 100 are 500 of 400.
resource "aws_db_instance" "bad_ready_made" {
  identifier           = "bad-ready-made"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_ecs_task_definition" "ready_made" {
  family                   = "ready-made"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048

  container_definitions = jsonencode([
    {
      name      = "ready-made"
      image     = local.image
      essential = true

      environment = [
        { name = "KC_DB_URL", value = "jdbc:postgresql://${aws_db_instance.bad_ready_made.address}:5432/keycloak" },
      ]
    },
  ])
}

resource "aws_ecs_service" "ready_made" {
  name            = "ready-made"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.ready_made.arn
  launch_type     = "FARGATE"
  desired_count   = 5

  deployment_minimum_healthy_percent = 50
  deployment_maximum_percent         = 100

  network_configuration {
    subnets         = aws_subnet.app[*].id
    security_groups = [aws_security_group.app.id]
  }
}

# GOOD, by nothing: four of them are 400.
resource "aws_db_instance" "good_ready_made" {
  identifier           = "good-ready-made"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_ecs_task_definition" "fine_ready_made" {
  family                   = "fine-ready-made"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048

  container_definitions = jsonencode([
    {
      name      = "fine-ready-made"
      image     = local.image
      essential = true

      environment = [
        { name = "KC_DB_URL", value = "jdbc:postgresql://${aws_db_instance.good_ready_made.address}:5432/keycloak" },
      ]
    },
  ])
}

resource "aws_ecs_service" "fine_ready_made" {
  name            = "fine-ready-made"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.fine_ready_made.arn
  launch_type     = "FARGATE"
  desired_count   = 4

  deployment_minimum_healthy_percent = 50
  deployment_maximum_percent         = 100

  network_configuration {
    subnets         = aws_subnet.app[*].id
    security_groups = [aws_security_group.app.id]
  }
}

# UNKNOWN: SQLAlchemy comes with 5 connections and 10 beyond, and the code may say otherwise. 4 x 15 would fit.
resource "aws_db_instance" "unknown_library" {
  identifier           = "unknown-library"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_ecs_task_definition" "open_library" {
  family                   = "open-library"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048

  container_definitions = jsonencode([
    {
      name      = "open-library"
      image     = local.image
      essential = true

      environment = [
        { name = "DATABASE_URL", value = "postgresql+asyncpg://shop@${aws_db_instance.unknown_library.address}:5432/shop" },
      ]
    },
  ])
}

resource "aws_ecs_service" "open_library" {
  name            = "open-library"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.open_library.arn
  launch_type     = "FARGATE"
  desired_count   = 4

  deployment_minimum_healthy_percent = 50
  deployment_maximum_percent         = 100

  network_configuration {
    subnets         = aws_subnet.app[*].id
    security_groups = [aws_security_group.app.id]
  }
}

# UNKNOWN: workers of gevent answer many requests on one thread, whatever --threads says.
resource "aws_db_instance" "unknown_async" {
  identifier           = "unknown-async"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_ecs_task_definition" "open_async" {
  family                   = "open-async"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048

  container_definitions = jsonencode([
    {
      name      = "open-async"
      image     = local.image
      essential = true
      command   = ["gunicorn", "-k", "gevent", "--workers", "4", "--threads", "4", "shop.wsgi"]

      environment = [
        { name = "DB_HOST", value = aws_db_instance.unknown_async.address },
      ]
    },
  ])
}

resource "aws_ecs_service" "open_async" {
  name            = "open-async"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.open_async.arn
  launch_type     = "FARGATE"
  desired_count   = 4

  deployment_minimum_healthy_percent = 50
  deployment_maximum_percent         = 100

  network_configuration {
    subnets         = aws_subnet.app[*].id
    security_groups = [aws_security_group.app.id]
  }
}

resource "aws_rds_cluster_parameter_group" "three_thousand" {
  name   = "three-thousand"
  family = "aurora-postgresql16"

  parameter {
    name         = "max_connections"
    value        = "3000"
    apply_method = "pending-reboot"
  }
}

# BAD: 3,000 are set, and with a minimum of half a unit 2,000 take effect, of which 1,995 are usable: 20 x 100 = 2,000.
resource "aws_rds_cluster" "bad_capped" {
  cluster_identifier              = "bad-capped"
  engine                          = "aurora-postgresql"
  engine_version                  = "16.4"
  db_cluster_parameter_group_name = aws_rds_cluster_parameter_group.three_thousand.name

  serverlessv2_scaling_configuration {
    min_capacity = 0.5
    max_capacity = 16
  }
}

resource "aws_rds_cluster_instance" "capped" {
  identifier         = "capped"
  cluster_identifier = aws_rds_cluster.bad_capped.id
  instance_class     = "db.serverless"
  engine             = aws_rds_cluster.bad_capped.engine
  engine_version     = aws_rds_cluster.bad_capped.engine_version
}

resource "aws_lambda_function" "capped" {
  function_name                  = "capped"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 20

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_rds_cluster.bad_capped.endpoint, DB_POOL_SIZE = "100" }
  }
}

# GOOD: a minimum of one unit lifts that bound.
resource "aws_rds_cluster" "good_lifted" {
  cluster_identifier              = "good-lifted"
  engine                          = "aurora-postgresql"
  engine_version                  = "16.4"
  db_cluster_parameter_group_name = aws_rds_cluster_parameter_group.three_thousand.name

  serverlessv2_scaling_configuration {
    min_capacity = 1
    max_capacity = 16
  }
}

resource "aws_rds_cluster_instance" "lifted" {
  identifier         = "lifted"
  cluster_identifier = aws_rds_cluster.good_lifted.id
  instance_class     = "db.serverless"
  engine             = aws_rds_cluster.good_lifted.engine
  engine_version     = aws_rds_cluster.good_lifted.engine_version
}

resource "aws_lambda_function" "lifted" {
  function_name                  = "lifted"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 20

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_rds_cluster.good_lifted.endpoint, DB_POOL_SIZE = "100" }
  }
}
