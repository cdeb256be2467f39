# Databases of RDS and Aurora, and a proxy before some of them. The main one grows and gets a standby.

terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.0"
    }
  }
}

provider "aws" {
  region = "us-east-1"
}

variable "password" {
  default   = "made-up-only"
  sensitive = true
}

resource "aws_db_instance" "main" {
  identifier              = "main"
  engine                  = "postgres"
  engine_version          = "16.4"
  instance_class          = "db.r5.xlarge"
  multi_az                = true
  allocated_storage       = 500
  max_allocated_storage   = 1000
  storage_type            = "gp3"
  iops                    = 15000
  storage_throughput      = 600
  backup_retention_period = 7
  username                = "app"
  password                = var.password
  skip_final_snapshot     = true
}

# Has the engine and the disk of its source.
resource "aws_db_instance" "replica" {
  identifier          = "replica"
  replicate_source_db = aws_db_instance.main.identifier
  instance_class      = "db.t3.large"
  skip_final_snapshot = true
}

# Both versions cost extra: the first in its third year, with a standby; the second since 2026-08-01.
resource "aws_db_instance" "old" {
  identifier          = "old"
  engine              = "mysql"
  engine_version      = "5.7.44"
  instance_class      = "db.m5.large"
  multi_az            = true
  allocated_storage   = 100
  storage_type        = "io1"
  iops                = 2000
  username            = "app"
  password            = var.password
  skip_final_snapshot = true
}

resource "aws_db_instance" "ageing" {
  identifier          = "ageing"
  engine              = "mysql"
  engine_version      = "8.0.39"
  instance_class      = "db.m5.large"
  allocated_storage   = 20
  username            = "app"
  password            = var.password
  skip_final_snapshot = true
}

# Says that it wants no extended support.
resource "aws_db_instance" "pruned" {
  identifier               = "pruned"
  engine                   = "mysql"
  engine_version           = "8.0.39"
  engine_lifecycle_support = "open-source-rds-extended-support-disabled"
  instance_class           = "db.m5.large"
  allocated_storage        = 20
  storage_type             = "standard"
  username                 = "app"
  password                 = var.password
  skip_final_snapshot      = true
}

resource "aws_db_instance" "bought" {
  identifier          = "bought"
  engine              = "sqlserver-se"
  instance_class      = "db.m5.large"
  license_model       = "license-included"
  allocated_storage   = 400
  storage_type        = "gp3"
  iops                = 4000
  username            = "app"
  password            = var.password
  skip_final_snapshot = true
}

resource "terraform_data" "class" {
  input = "db.m5.large"
}

resource "aws_db_instance" "hidden" {
  identifier          = "hidden"
  engine              = "postgres"
  instance_class      = terraform_data.class.output
  allocated_storage   = 50
  username            = "app"
  password            = var.password
  skip_final_snapshot = true
}

resource "aws_rds_cluster" "fast" {
  cluster_identifier      = "fast"
  engine                  = "aurora-postgresql"
  engine_version          = "13.12"
  storage_type            = "aurora-iopt1"
  backup_retention_period = 8
  master_username         = "app"
  master_password         = var.password
  skip_final_snapshot     = true
}

resource "aws_rds_cluster_instance" "fast" {
  count              = 2
  identifier         = "fast-${count.index}"
  cluster_identifier = aws_rds_cluster.fast.id
  engine             = aws_rds_cluster.fast.engine
  engine_version     = aws_rds_cluster.fast.engine_version
  instance_class     = "db.r5.large"
}

resource "aws_appautoscaling_target" "readers" {
  service_namespace  = "rds"
  scalable_dimension = "rds:cluster:ReadReplicaCount"
  resource_id        = "cluster:${aws_rds_cluster.fast.cluster_identifier}"
  min_capacity       = 1
  max_capacity       = 4
}

resource "aws_rds_cluster" "elastic" {
  cluster_identifier  = "elastic"
  engine              = "aurora-mysql"
  master_username     = "app"
  master_password     = var.password
  backtrack_window    = 86400
  skip_final_snapshot = true

  serverlessv2_scaling_configuration {
    min_capacity = 2
    max_capacity = 16
  }
}

resource "aws_rds_cluster_instance" "elastic" {
  identifier         = "elastic"
  cluster_identifier = aws_rds_cluster.elastic.id
  engine             = aws_rds_cluster.elastic.engine
  instance_class     = "db.serverless"
}

resource "aws_rds_cluster" "first" {
  cluster_identifier  = "first"
  engine              = "aurora-postgresql"
  engine_mode         = "serverless"
  master_username     = "app"
  master_password     = var.password
  skip_final_snapshot = true

  scaling_configuration {
    min_capacity = 2
    max_capacity = 8
  }
}

# Three machines in three zones.
resource "aws_rds_cluster" "wide" {
  cluster_identifier        = "wide"
  engine                    = "mysql"
  engine_version            = "8.0.39"
  db_cluster_instance_class = "db.m5d.large"
  storage_type              = "io1"
  allocated_storage         = 100
  iops                      = 1000
  master_username           = "app"
  master_password           = var.password
  skip_final_snapshot       = true
}

# Its cluster is not in this plan.
resource "aws_rds_cluster_instance" "guest" {
  identifier         = "guest"
  cluster_identifier = "elsewhere"
  engine             = "aurora-mysql"
  instance_class     = "db.r5.large"
}

locals {
  proxies = {
    main    = "POSTGRESQL"
    fast    = "POSTGRESQL"
    elastic = "MYSQL"
    lonely  = "MYSQL"
  }
}

resource "aws_db_proxy" "before" {
  for_each       = local.proxies
  name           = each.key
  engine_family  = each.value
  role_arn       = "arn:aws:iam::123456789012:role/proxy"
  vpc_subnet_ids = ["subnet-0a1b2c3d4e5f60001", "subnet-0a1b2c3d4e5f60002"]

  auth {
    secret_arn = "arn:aws:secretsmanager:us-east-1:123456789012:secret:made-up"
  }
}

resource "aws_db_proxy_endpoint" "more" {
  db_proxy_name          = aws_db_proxy.before["main"].name
  db_proxy_endpoint_name = "more"
  vpc_subnet_ids         = ["subnet-0a1b2c3d4e5f60001", "subnet-0a1b2c3d4e5f60002"]
}

resource "aws_db_proxy_target" "main" {
  db_proxy_name          = aws_db_proxy.before["main"].name
  target_group_name      = "default"
  db_instance_identifier = aws_db_instance.main.identifier
}

resource "aws_db_proxy_target" "fast" {
  db_proxy_name         = aws_db_proxy.before["fast"].name
  target_group_name     = "default"
  db_cluster_identifier = aws_rds_cluster.fast.cluster_identifier
}

resource "aws_db_proxy_target" "elastic" {
  db_proxy_name         = aws_db_proxy.before["elastic"].name
  target_group_name     = "default"
  db_cluster_identifier = aws_rds_cluster.elastic.cluster_identifier
}
