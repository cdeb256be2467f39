# Tables, objects, files and streams.

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

resource "aws_dynamodb_table" "orders" {
  name             = "orders"
  hash_key         = "id"
  billing_mode     = "PROVISIONED"
  read_capacity    = 30
  write_capacity   = 20
  stream_enabled   = true
  stream_view_type = "NEW_AND_OLD_IMAGES"

  attribute {
    name = "id"
    type = "S"
  }

  attribute {
    name = "day"
    type = "S"
  }

  global_secondary_index {
    name            = "by-day"
    hash_key        = "day"
    projection_type = "ALL"
    read_capacity   = 10
    write_capacity  = 5
  }

  replica {
    region_name            = "eu-west-1"
    point_in_time_recovery = true
  }

  point_in_time_recovery {
    enabled = true
  }
}

resource "aws_appautoscaling_target" "reads" {
  service_namespace  = "dynamodb"
  scalable_dimension = "dynamodb:table:ReadCapacityUnits"
  resource_id        = "table/${aws_dynamodb_table.orders.name}"
  min_capacity       = 10
  max_capacity       = 100
}

resource "aws_appautoscaling_target" "index" {
  service_namespace  = "dynamodb"
  scalable_dimension = "dynamodb:index:ReadCapacityUnits"
  resource_id        = "table/${aws_dynamodb_table.orders.name}/index/by-day"
  min_capacity       = 5
  max_capacity       = 50
}

resource "aws_dynamodb_table" "visits" {
  name         = "visits"
  hash_key     = "id"
  billing_mode = "PAY_PER_REQUEST"
  table_class  = "STANDARD_INFREQUENT_ACCESS"

  attribute {
    name = "id"
    type = "S"
  }
}

resource "aws_dynamodb_table_replica" "visits" {
  region           = "eu-west-1"
  global_table_arn = aws_dynamodb_table.visits.arn
}

resource "aws_s3_bucket" "plain" {
  bucket = "made-up-plain"
}

resource "aws_s3_bucket" "ageing" {
  bucket = "made-up-ageing"
}

resource "aws_s3_bucket_lifecycle_configuration" "ageing" {
  bucket = aws_s3_bucket.ageing.id

  rule {
    id     = "cool"
    status = "Enabled"
    filter {}

    transition {
      days          = 30
      storage_class = "STANDARD_IA"
    }

    noncurrent_version_transition {
      noncurrent_days = 90
      storage_class   = "GLACIER"
    }
  }

  rule {
    id     = "off"
    status = "Disabled"
    filter {}

    transition {
      days          = 180
      storage_class = "DEEP_ARCHIVE"
    }
  }
}

resource "aws_s3_bucket_inventory" "plain" {
  bucket                   = aws_s3_bucket.plain.id
  name                     = "all"
  included_object_versions = "All"

  schedule {
    frequency = "Daily"
  }

  destination {
    bucket {
      format     = "CSV"
      bucket_arn = aws_s3_bucket.ageing.arn
    }
  }
}

resource "aws_efs_file_system" "standard" {
  throughput_mode                 = "provisioned"
  provisioned_throughput_in_mibps = 100

  lifecycle_policy {
    transition_to_ia = "AFTER_30_DAYS"
  }
}

resource "aws_efs_file_system" "one" {
  availability_zone_name = "us-east-1a"
  throughput_mode        = "elastic"
}

resource "aws_fsx_windows_file_system" "shares" {
  storage_capacity    = 300
  subnet_ids          = ["subnet-0a1b2c3d4e5f60001", "subnet-0a1b2c3d4e5f60002"]
  preferred_subnet_id = "subnet-0a1b2c3d4e5f60001"
  throughput_capacity = 32
  deployment_type     = "MULTI_AZ_1"
  active_directory_id = "d-0123456789"
}

resource "aws_fsx_openzfs_file_system" "zfs" {
  storage_capacity    = 300
  subnet_ids          = ["subnet-0a1b2c3d4e5f60001"]
  deployment_type     = "SINGLE_AZ_1"
  throughput_capacity = 64

  disk_iops_configuration {
    mode = "USER_PROVISIONED"
    iops = 1000
  }
}

resource "aws_fsx_lustre_file_system" "scratch" {
  storage_capacity = 1200
  subnet_ids       = ["subnet-0a1b2c3d4e5f60001"]
}

resource "aws_kinesis_stream" "shards" {
  name             = "shards"
  shard_count      = 4
  retention_period = 48
}

resource "aws_kinesis_stream" "free" {
  name = "free"

  stream_mode_details {
    stream_mode = "ON_DEMAND"
  }
}

resource "aws_kinesisanalyticsv2_application" "flink" {
  name                   = "flink"
  runtime_environment    = "FLINK-1_20"
  service_execution_role = "arn:aws:iam::123456789012:role/flink"
}

resource "aws_keyspaces_table" "rows" {
  keyspace_name = "made_up"
  table_name    = "rows"

  schema_definition {
    column {
      name = "id"
      type = "ascii"
    }

    partition_key {
      name = "id"
    }
  }

  capacity_specification {
    throughput_mode      = "PROVISIONED"
    read_capacity_units  = 20
    write_capacity_units = 10
  }
}

resource "aws_ecr_repository" "images" {
  name = "images"
}

resource "aws_backup_vault" "copies" {
  name = "copies"
}
