# What the built-in book has to have prices for, under the names that tariffs ask for.

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

resource "aws_elasticache_serverless_cache" "valkey" {
  name   = "valkey"
  engine = "valkey"
}

resource "aws_elasticache_serverless_cache" "redis" {
  name   = "redis"
  engine = "redis"

  cache_usage_limits {
    ecpu_per_second {
      minimum = 1000
      maximum = 5000
    }
  }
}

resource "aws_memorydb_cluster" "shards" {
  name                   = "shards"
  acl_name               = "open-access"
  engine                 = "redis"
  node_type              = "db.r6g.large"
  num_shards             = 2
  num_replicas_per_shard = 2
}

resource "aws_fsx_lustre_file_system" "scans" {
  storage_capacity            = 1200
  subnet_ids                  = ["subnet-0a1b2c3d"]
  deployment_type             = "PERSISTENT_2"
  per_unit_storage_throughput = 125
}

resource "aws_redshift_cluster" "nodes" {
  cluster_identifier = "nodes"
  node_type          = "ra3.xlplus"
  cluster_type       = "multi-node"
  number_of_nodes    = 2
}

resource "aws_redshiftserverless_workgroup" "units" {
  namespace_name = "units"
  workgroup_name = "units"
}

resource "aws_msk_serverless_cluster" "events" {
  cluster_name = "events"

  vpc_config {
    subnet_ids = ["subnet-0a1b2c3d", "subnet-1a1b2c3d"]
  }

  client_authentication {
    sasl {
      iam {
        enabled = true
      }
    }
  }
}

resource "aws_docdb_cluster" "documents" {
  cluster_identifier = "documents"
  storage_type       = "iopt1"
}

resource "aws_docdb_cluster" "plain" {
  cluster_identifier = "plain"
}

resource "aws_docdb_cluster_instance" "plain" {
  cluster_identifier = aws_docdb_cluster.plain.id
  instance_class     = "db.r6g.large"
}

resource "aws_neptune_cluster" "graph" {
  cluster_identifier = "graph"
  storage_type       = "iopt1"

  serverless_v2_scaling_configuration {
    min_capacity = 1
    max_capacity = 8
  }
}

resource "aws_neptune_cluster_instance" "graph" {
  cluster_identifier = aws_neptune_cluster.graph.id
  instance_class     = "db.serverless"
}

resource "aws_rds_cluster" "busy" {
  cluster_identifier = "busy"
  engine             = "aurora-mysql"
  storage_type       = "aurora-iopt1"
}

resource "aws_rds_cluster" "watched" {
  cluster_identifier = "watched"
  engine             = "aurora-mysql"
  engine_version     = "8.0.mysql_aurora.3.08.2"
}

resource "aws_rds_cluster_instance" "watched" {
  cluster_identifier                    = aws_rds_cluster.watched.id
  engine                                = aws_rds_cluster.watched.engine
  instance_class                        = "db.r4.8xlarge"
  performance_insights_enabled          = true
  performance_insights_retention_period = 731
}

resource "aws_db_instance" "aurora" {
  engine                  = "aurora-postgresql"
  engine_version          = "16.4"
  instance_class          = "db.t3.large"
  backup_retention_period = 7
}

resource "aws_db_instance" "licensed" {
  engine            = "sqlserver-se"
  instance_class    = "db.m5.xlarge"
  storage_type      = "gp2"
  allocated_storage = 20
}

resource "aws_apprunner_service" "watched" {
  service_name = "watched"

  source_configuration {
    image_repository {
      image_identifier      = "123456789012.dkr.ecr.us-east-1.amazonaws.com/web:latest"
      image_repository_type = "ECR"
    }
  }
}

resource "aws_apprunner_service" "public" {
  service_name = "public"

  source_configuration {
    image_repository {
      image_identifier      = "public.ecr.aws/example/web:latest"
      image_repository_type = "ECR_PUBLIC"
    }
  }
}

resource "aws_kinesis_stream" "clicks" {
  name             = "clicks"
  retention_period = 48

  stream_mode_details {
    stream_mode = "ON_DEMAND"
  }
}

resource "aws_athena_workgroup" "queries" {
  name = "queries"
}

resource "aws_glue_job" "nightly" {
  name            = "nightly"
  role_arn        = "arn:aws:iam::123456789012:role/nightly"
  execution_class = "FLEX"
  max_capacity    = 10

  command {
    script_location = "s3://example/nightly.py"
  }
}
