# implicit-connection-pool: what else a pool is told, beside its size: overflow, timeout, recycle and pre-ping, in variables, in the
# database's address, or in tags for planwise. bad_ is to be found, good_ is not, unknown_ cannot be told. The folder is applied,
# then planned again.

terraform {
  required_providers {
    aws = { source = "hashicorp/aws", version = "~> 6.0" }
  }
}

provider "aws" {
  region = "us-east-1"
}

resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "app" {
  vpc_id            = aws_vpc.main.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.0.0/24"
}

resource "aws_ecs_cluster" "main" {
  name = "main"
}

resource "aws_db_instance" "main" {
  identifier        = "main"
  engine            = "postgres"
  engine_version    = "16.4"
  instance_class    = "db.r6g.large"
  allocated_storage = 20
  storage_type      = "gp3"
}

data "aws_db_instance" "elsewhere" {
  db_instance_identifier = "elsewhere"
}

# BAD: nobody chose the size. How long somebody waits, and that connections are tried, is declared; the rest cannot be seen.
resource "aws_ecs_task_definition" "keycloak" {
  family                   = "keycloak"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048

  container_definitions = jsonencode([{
    name      = "app"
    image     = "123456789012.dkr.ecr.us-east-1.amazonaws.com/shop:1.4.2"
    essential = true
    environment = [
      { name = "KC_DB", value = "postgres" },
      { name = "KC_DB_URL", value = "jdbc:postgresql://${aws_db_instance.main.address}:5432/keycloak" },
    ]
  }])
}

resource "aws_ecs_service" "bad_keycloak" {
  name            = "keycloak"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.keycloak.arn
  launch_type     = "FARGATE"
  desired_count   = 1

  network_configuration {
    subnets = [aws_subnet.app.id]
  }

  tags = {
    "planwise:pool-timeout" = "30"
    "planwise:pool-pre-ping" = "true"
  }
}

# BAD: a variable says how old a connection gets; it is no size.
resource "aws_ecs_task_definition" "n8n" {
  family                   = "n8n"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048

  container_definitions = jsonencode([{
    name      = "app"
    image     = "123456789012.dkr.ecr.us-east-1.amazonaws.com/shop:1.4.2"
    essential = true
    environment = [
      { name = "DB_TYPE", value = "postgresdb" },
      { name = "DB_POSTGRESDB_HOST", value = aws_db_instance.main.address },
      { name = "DB_POOL_RECYCLE", value = "1800" },
    ]
  }])
}

resource "aws_ecs_service" "bad_n8n" {
  name            = "n8n"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.n8n.arn
  launch_type     = "FARGATE"
  desired_count   = 1

  network_configuration {
    subnets = [aws_subnet.app.id]
  }
}

# GOOD: a size, and nothing else that could be seen.
resource "aws_ecs_task_definition" "size_alone" {
  family                   = "size-alone"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048

  container_definitions = jsonencode([{
    name      = "app"
    image     = "123456789012.dkr.ecr.us-east-1.amazonaws.com/shop:1.4.2"
    essential = true
    environment = [
      { name = "DB_HOST", value = aws_db_instance.main.address },
      { name = "DB_POOL_SIZE", value = "10" },
    ]
  }])
}

resource "aws_ecs_service" "good_size_alone" {
  name            = "size-alone"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.size_alone.arn
  launch_type     = "FARGATE"
  desired_count   = 1

  network_configuration {
    subnets = [aws_subnet.app.id]
  }
}

# GOOD: all five.
resource "aws_ecs_task_definition" "all" {
  family                   = "all"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048

  container_definitions = jsonencode([{
    name      = "app"
    image     = "123456789012.dkr.ecr.us-east-1.amazonaws.com/shop:1.4.2"
    essential = true
    environment = [
      { name = "DB_HOST", value = aws_db_instance.main.address },
      { name = "SQLALCHEMY_POOL_SIZE", value = "10" },
      { name = "SQLALCHEMY_MAX_OVERFLOW", value = "0" },
      { name = "SQLALCHEMY_POOL_TIMEOUT", value = "5" },
      { name = "SQLALCHEMY_POOL_RECYCLE", value = "1800" },
      { name = "SQLALCHEMY_POOL_PRE_PING", value = "true" },
    ]
  }])
}

resource "aws_ecs_service" "good_all" {
  name            = "all"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.all.arn
  launch_type     = "FARGATE"
  desired_count   = 1

  network_configuration {
    subnets = [aws_subnet.app.id]
  }
}

# UNKNOWN: a timeout in the address, and three variables, and no word of the size.
resource "aws_ecs_task_definition" "no_size" {
  family                   = "no-size"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048

  container_definitions = jsonencode([{
    name      = "app"
    image     = "123456789012.dkr.ecr.us-east-1.amazonaws.com/shop:1.4.2"
    essential = true
    environment = [
      { name = "DATABASE_URL", value = "postgresql://app@${data.aws_db_instance.elsewhere.address}:5432/app?pool_timeout=5" },
      { name = "DB_MAX_OVERFLOW", value = "5" },
      { name = "DB_POOL_RECYCLE", value = "1800" },
      { name = "DB_POOL_PRE_PING", value = "true" },
    ]
  }])
}

resource "aws_ecs_service" "unknown_no_size" {
  name            = "no-size"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.no_size.arn
  launch_type     = "FARGATE"
  desired_count   = 1

  network_configuration {
    subnets = [aws_subnet.app.id]
  }
}
