# connection-exhaustion: jobs, of which no plan shows how many run at once. Applied, then planned again.
#
# Each database takes max_connections = 405, less 5 that are kept back: 400 are usable, exactly.

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

resource "aws_subnet" "jobs" {
  vpc_id            = aws_vpc.main.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_security_group" "jobs" {
  name   = "jobs"
  vpc_id = aws_vpc.main.id
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

resource "aws_batch_compute_environment" "jobs" {
  name         = "jobs"
  type         = "MANAGED"
  service_role = "arn:aws:iam::123456789012:role/batch"

  compute_resources {
    type               = "FARGATE"
    max_vcpus          = 256
    subnets            = [aws_subnet.jobs.id]
    security_group_ids = [aws_security_group.jobs.id]
  }
}

resource "aws_batch_job_queue" "jobs" {
  name     = "jobs"
  state    = "ENABLED"
  priority = 1

  compute_environment_order {
    order               = 1
    compute_environment = aws_batch_compute_environment.jobs.arn
  }
}

# UNKNOWN: its jobs connect with pools of 3. Up to 256 processors run them at once, and how many jobs that are, those say
# who submit them.
resource "aws_db_instance" "unknown_jobs" {
  identifier           = "unknown-jobs"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_batch_job_definition" "import" {
  name                  = "import"
  type                  = "container"
  platform_capabilities = ["FARGATE"]
  container_properties = jsonencode({
    image                = "123456789012.dkr.ecr.us-east-1.amazonaws.com/import:1.4.2"
    command              = ["import"]
    executionRoleArn     = "arn:aws:iam::123456789012:role/execution"
    resourceRequirements = [{ type = "VCPU", value = "1" }, { type = "MEMORY", value = "2048" }]
    environment = [
      { name = "DB_HOST", value = aws_db_instance.unknown_jobs.address },
      { name = "DB_POOL_SIZE", value = "3" },
    ]
  })
}

# GOOD: nothing speaks of it, and jobs that speak of none do not either.
resource "aws_db_instance" "good_quiet" {
  identifier           = "good-quiet"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_batch_job_definition" "thumbnails" {
  name                  = "thumbnails"
  type                  = "container"
  platform_capabilities = ["FARGATE"]
  container_properties = jsonencode({
    image                = "123456789012.dkr.ecr.us-east-1.amazonaws.com/thumbnails:1.4.2"
    command              = ["thumbnails"]
    executionRoleArn     = "arn:aws:iam::123456789012:role/execution"
    resourceRequirements = [{ type = "VCPU", value = "1" }, { type = "MEMORY", value = "2048" }]
  })
}
