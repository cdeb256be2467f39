# A store that answers builds, and the scheduler that hands builds out, on one Aurora PostgreSQL of at most two capacity
# units: some 360 connections were seen on it. Four processes with pools of 50 look like 200, and are 400 as soon as a new
# version is rolled out.

locals {
  zones = ["us-east-1a", "us-east-1b"]
}

resource "aws_vpc" "build" {
  cidr_block = "10.50.0.0/16"
}

resource "aws_internet_gateway" "build" {
  vpc_id = aws_vpc.build.id
}

resource "aws_subnet" "build" {
  count             = 2
  vpc_id            = aws_vpc.build.id
  availability_zone = local.zones[count.index]
  cidr_block        = cidrsubnet(aws_vpc.build.cidr_block, 8, count.index)
}

resource "aws_route_table" "build" {
  vpc_id = aws_vpc.build.id

  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.build.id
  }
}

resource "aws_route_table_association" "build" {
  count          = 2
  subnet_id      = aws_subnet.build[count.index].id
  route_table_id = aws_route_table.build.id
}

resource "aws_security_group" "app" {
  name   = "build-app"
  vpc_id = aws_vpc.build.id
}

resource "aws_security_group" "database" {
  name   = "build-database"
  vpc_id = aws_vpc.build.id

  ingress {
    protocol        = "tcp"
    from_port       = 5432
    to_port         = 5432
    security_groups = [aws_security_group.app.id]
  }
}

resource "aws_db_subnet_group" "build" {
  name       = "build"
  subnet_ids = aws_subnet.build[*].id
}

resource "aws_rds_cluster" "build" {
  cluster_identifier     = "build"
  engine                 = "aurora-postgresql"
  engine_version         = "16.4"
  port                   = 5432
  db_subnet_group_name   = aws_db_subnet_group.build.name
  vpc_security_group_ids = [aws_security_group.database.id]

  serverlessv2_scaling_configuration {
    min_capacity = 0.5
    max_capacity = 2
  }
}

resource "aws_rds_cluster_instance" "build" {
  count              = 2
  identifier         = "build-${count.index}"
  cluster_identifier = aws_rds_cluster.build.id
  instance_class     = "db.serverless"
  engine             = aws_rds_cluster.build.engine
  engine_version     = aws_rds_cluster.build.engine_version
}

resource "aws_ecs_cluster" "build" {
  name = "build"
}

resource "aws_ecs_task_definition" "store" {
  family                   = "store"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 4096
  memory                   = 8192

  container_definitions = jsonencode([
    {
      name         = "store"
      image        = "registry.example.com/build/store:2.3.0"
      essential    = true
      command      = ["gunicorn", "store.app:app", "--workers", "4", "--threads", "50"]
      portMappings = [{ containerPort = 8080 }]

      environment = [
        { name = "DB_HOST", value = aws_rds_cluster.build.endpoint },
        { name = "DB_POOL_SIZE", value = "50" },
      ]
    },
  ])
}

resource "aws_ecs_service" "store" {
  name            = "store"
  cluster         = aws_ecs_cluster.build.id
  task_definition = aws_ecs_task_definition.store.arn
  launch_type     = "FARGATE"
  desired_count   = 1

  network_configuration {
    subnets          = aws_subnet.build[*].id
    security_groups  = [aws_security_group.app.id]
    assign_public_ip = true
  }
}

resource "aws_ecs_task_definition" "scheduler" {
  family                   = "scheduler"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048

  container_definitions = jsonencode([
    {
      name      = "scheduler"
      image     = "registry.example.com/build/scheduler:2.3.0"
      essential = true

      environment = [
        { name = "DB_HOST", value = aws_rds_cluster.build.endpoint },
        { name = "DB_POOL_SIZE", value = "20" },
      ]
    },
  ])
}

# Two schedulers at a time would hand out the same build twice: the old one goes before the new one comes.
resource "aws_ecs_service" "scheduler" {
  name                               = "scheduler"
  cluster                            = aws_ecs_cluster.build.id
  task_definition                    = aws_ecs_task_definition.scheduler.arn
  launch_type                        = "FARGATE"
  desired_count                      = 1
  deployment_minimum_healthy_percent = 0
  deployment_maximum_percent         = 100

  network_configuration {
    subnets          = aws_subnet.build[*].id
    security_groups  = [aws_security_group.app.id]
    assign_public_ip = true
  }
}
