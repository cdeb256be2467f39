# burstable-datastore, on a first apply: a class that is told only after apply. bad_ is to be found, good_ is not, unknown_ cannot
# be told.

terraform {
  required_providers {
    aws = { source = "hashicorp/aws", version = "~> 6.0" }
  }
}

provider "aws" {
  region = "us-east-1"
}

resource "terraform_data" "choice" {
  input = "db.t3.large"
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

# UNKNOWN: its class is told only after apply.
resource "aws_db_instance" "unknown_class" {
  identifier        = "class"
  engine            = "postgres"
  engine_version    = "16.4"
  instance_class    = terraform_data.choice.output
  allocated_storage = 20
  storage_type      = "gp3"
}

# GOOD: the same, and one task reaches it: whichever its class is, it carries a trial.
resource "aws_db_instance" "good_trial" {
  identifier        = "trial"
  engine            = "postgres"
  engine_version    = "16.4"
  instance_class    = terraform_data.choice.output
  allocated_storage = 20
  storage_type      = "gp3"
}

resource "aws_ecs_task_definition" "class" {
  family                   = "class"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048

  container_definitions = jsonencode([{
    name         = "api"
    image        = "123456789012.dkr.ecr.us-east-1.amazonaws.com/shop:1.4.2"
    portMappings = [{ containerPort = 8080 }]
    environment = [
      { name = "DB_HOST", value = aws_db_instance.unknown_class.address },
      { name = "DB_POOL_SIZE", value = "5" },
    ]
  }])
}

resource "aws_ecs_service" "class" {
  name            = "class"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.class.arn
  launch_type     = "FARGATE"
  desired_count   = 8

  network_configuration {
    subnets = [aws_subnet.app.id]
  }
}

resource "aws_ecs_task_definition" "trial" {
  family                   = "trial"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048

  container_definitions = jsonencode([{
    name         = "api"
    image        = "123456789012.dkr.ecr.us-east-1.amazonaws.com/shop:1.4.2"
    portMappings = [{ containerPort = 8080 }]
    environment = [
      { name = "DB_HOST", value = aws_db_instance.good_trial.address },
      { name = "DB_POOL_SIZE", value = "5" },
    ]
  }])
}

resource "aws_ecs_service" "trial" {
  name            = "trial"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.trial.arn
  launch_type     = "FARGATE"
  desired_count   = 1

  network_configuration {
    subnets = [aws_subnet.app.id]
  }
}
