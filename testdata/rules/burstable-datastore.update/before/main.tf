# As it was: one task before the first database, eight before the second.

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

resource "aws_ecs_task_definition" "app" {
  for_each                 = { grown = aws_db_instance.bad_grown.address, repaired = aws_db_instance.good_repaired.address }
  family                   = each.key
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048

  container_definitions = jsonencode([{
    name         = "api"
    image        = "123456789012.dkr.ecr.us-east-1.amazonaws.com/shop:1.4.2"
    portMappings = [{ containerPort = 8080 }]
    environment = [
      { name = "DB_HOST", value = each.value },
      { name = "DB_POOL_SIZE", value = "5" },
    ]
  }])
}

resource "aws_ecs_service" "app" {
  for_each        = { grown = 1, repaired = 8 }
  name            = each.key
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.app[each.key].arn
  launch_type     = "FARGATE"
  desired_count   = each.value

  network_configuration {
    subnets = [aws_subnet.app.id]
  }
}

# One task.
resource "aws_db_instance" "bad_grown" {
  identifier        = "grown"
  engine            = "postgres"
  engine_version    = "16.4"
  instance_class    = "db.t3.medium"
  allocated_storage = 20
  storage_type      = "gp3"
}

# Eight tasks.
resource "aws_db_instance" "good_repaired" {
  identifier        = "repaired"
  engine            = "postgres"
  engine_version    = "16.4"
  instance_class    = "db.t3.medium"
  allocated_storage = 20
  storage_type      = "gp3"
}
