# unsafe-max-connections: classes that change under a limit that does not. The folder is planned on what before/ leaves.

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

resource "aws_db_parameter_group" "thousand" {
  name   = "thousand"
  family = "postgres16"

  parameter {
    name         = "max_connections"
    value        = "1000"
    apply_method = "pending-reboot"
  }
}

# BAD, introduced: the limit stays, and the class shrinks from 16 GiB to 4.
resource "aws_db_instance" "bad_shrinks" {
  identifier           = "bad-shrinks"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.m6g.xlarge"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.thousand.name
}

# GOOD, resolved: the limit stays, and the class grows.
resource "aws_db_instance" "good_grows" {
  identifier           = "good-grows"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.thousand.name
}

# BAD, there before.
resource "aws_db_instance" "bad_stays" {
  identifier           = "bad-stays"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.thousand.name
}
