# proxy-overcommit: shares that change. The folder is planned on what before/ leaves.

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

resource "aws_db_parameter_group" "four_hundred" {
  name   = "four-hundred"
  family = "postgres16"

  parameter {
    name         = "max_connections"
    value        = "405"
    apply_method = "pending-reboot"
  }
}

# BAD, introduced: a share that grows from 40 % to 80 % beside another of 60 %.
resource "aws_db_instance" "bad_grown" {
  identifier           = "bad-grown"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_db_proxy" "grown_a" {
  name           = "grown-a"
  engine_family  = "POSTGRESQL"
  role_arn       = local.role
  vpc_subnet_ids = aws_subnet.app[*].id

  auth {
    auth_scheme = "SECRETS"
    secret_arn  = "arn:aws:secretsmanager:us-east-1:123456789012:secret:database-AbCdEf"
  }
}

resource "aws_db_proxy_default_target_group" "grown_a" {
  db_proxy_name = aws_db_proxy.grown_a.name

  connection_pool_config {
    max_connections_percent = 40
  }
}

resource "aws_db_proxy_target" "grown_a" {
  db_proxy_name          = aws_db_proxy.grown_a.name
  target_group_name      = aws_db_proxy_default_target_group.grown_a.name
  db_instance_identifier = aws_db_instance.bad_grown.identifier
}

resource "aws_db_proxy" "grown_b" {
  name           = "grown-b"
  engine_family  = "POSTGRESQL"
  role_arn       = local.role
  vpc_subnet_ids = aws_subnet.app[*].id

  auth {
    auth_scheme = "SECRETS"
    secret_arn  = "arn:aws:secretsmanager:us-east-1:123456789012:secret:database-AbCdEf"
  }
}

resource "aws_db_proxy_default_target_group" "grown_b" {
  db_proxy_name = aws_db_proxy.grown_b.name

  connection_pool_config {
    max_connections_percent = 60
  }
}

resource "aws_db_proxy_target" "grown_b" {
  db_proxy_name          = aws_db_proxy.grown_b.name
  target_group_name      = aws_db_proxy_default_target_group.grown_b.name
  db_instance_identifier = aws_db_instance.bad_grown.identifier
}

# GOOD, resolved: from 80 % to 40 %.
resource "aws_db_instance" "good_cut" {
  identifier           = "good-cut"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_db_proxy" "cut_a" {
  name           = "cut-a"
  engine_family  = "POSTGRESQL"
  role_arn       = local.role
  vpc_subnet_ids = aws_subnet.app[*].id

  auth {
    auth_scheme = "SECRETS"
    secret_arn  = "arn:aws:secretsmanager:us-east-1:123456789012:secret:database-AbCdEf"
  }
}

resource "aws_db_proxy_default_target_group" "cut_a" {
  db_proxy_name = aws_db_proxy.cut_a.name

  connection_pool_config {
    max_connections_percent = 80
  }
}

resource "aws_db_proxy_target" "cut_a" {
  db_proxy_name          = aws_db_proxy.cut_a.name
  target_group_name      = aws_db_proxy_default_target_group.cut_a.name
  db_instance_identifier = aws_db_instance.good_cut.identifier
}

resource "aws_db_proxy" "cut_b" {
  name           = "cut-b"
  engine_family  = "POSTGRESQL"
  role_arn       = local.role
  vpc_subnet_ids = aws_subnet.app[*].id

  auth {
    auth_scheme = "SECRETS"
    secret_arn  = "arn:aws:secretsmanager:us-east-1:123456789012:secret:database-AbCdEf"
  }
}

resource "aws_db_proxy_default_target_group" "cut_b" {
  db_proxy_name = aws_db_proxy.cut_b.name

  connection_pool_config {
    max_connections_percent = 60
  }
}

resource "aws_db_proxy_target" "cut_b" {
  db_proxy_name          = aws_db_proxy.cut_b.name
  target_group_name      = aws_db_proxy_default_target_group.cut_b.name
  db_instance_identifier = aws_db_instance.good_cut.identifier
}
