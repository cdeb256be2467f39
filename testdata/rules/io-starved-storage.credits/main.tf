# io-starved-storage: disks of databases that are fast in bursts only. The rule reports at the database: bad_ is to be found, good_ is
# not. The folder is applied, then planned again.

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
}

resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "app" {
  for_each          = { a = 0, b = 1 }
  vpc_id            = aws_vpc.main.id
  availability_zone = "us-east-1${each.key}"
  cidr_block        = "10.0.${each.value}.0/24"
}

# BAD, low: 20 GB of gp2 do 100 operations a second at all times, and up to eight tasks reach it.
resource "aws_db_instance" "bad_credits" {
  identifier        = "credits"
  engine            = "postgres"
  engine_version    = "16.4"
  instance_class    = "db.r5.large"
  allocated_storage = 20
  storage_type      = "gp2"
}

# GOOD: the same with gp3.
resource "aws_db_instance" "good_steady" {
  identifier        = "steady"
  engine            = "postgres"
  engine_version    = "16.4"
  instance_class    = "db.r5.large"
  allocated_storage = 20
  storage_type      = "gp3"
}

# GOOD: the same as the first, and one task reaches it.
resource "aws_db_instance" "good_trial" {
  identifier        = "trial"
  engine            = "postgres"
  engine_version    = "16.4"
  instance_class    = "db.r5.large"
  allocated_storage = 20
  storage_type      = "gp2"
}

# GOOD: 1,000 GB of gp2 do 3,000 at all times.
resource "aws_db_instance" "good_size" {
  identifier        = "size"
  engine            = "postgres"
  engine_version    = "16.4"
  instance_class    = "db.r5.large"
  allocated_storage = 1000
  storage_type      = "gp2"
}

resource "aws_ecs_cluster" "main" {
  name = "main"
}

locals {
  callers = {
    credits = { host = aws_db_instance.bad_credits.address, tasks = 8 }
    steady  = { host = aws_db_instance.good_steady.address, tasks = 8 }
    trial   = { host = aws_db_instance.good_trial.address, tasks = 1 }
    size    = { host = aws_db_instance.good_size.address, tasks = 8 }
  }
}

resource "aws_ecs_task_definition" "app" {
  for_each                 = local.callers
  family                   = each.key
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048

  container_definitions = jsonencode([{
    name         = "api"
    image        = local.image
    portMappings = [{ containerPort = 8080 }]
    environment = [
      { name = "DB_HOST", value = each.value.host },
      { name = "DB_POOL_SIZE", value = "5" },
    ]
  }])
}

resource "aws_ecs_service" "app" {
  for_each        = local.callers
  name            = each.key
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.app[each.key].arn
  launch_type     = "FARGATE"
  desired_count   = each.value.tasks

  network_configuration {
    subnets = values(aws_subnet.app)[*].id
  }
}
