# One writer, no reader yet: Aurora keeps the data in three zones, but only one machine answers.

resource "aws_db_subnet_group" "photos" {
  name       = "photos"
  subnet_ids = values(aws_subnet.private)[*].id
}

resource "aws_rds_cluster" "photos" {
  cluster_identifier          = "photos"
  engine                      = "aurora-postgresql"
  engine_version              = "16.4"
  database_name               = "photos"
  master_username             = "photos"
  manage_master_user_password = true

  db_subnet_group_name   = aws_db_subnet_group.photos.name
  vpc_security_group_ids = [aws_security_group.data.id]

  storage_encrypted         = true
  backup_retention_period   = 7
  final_snapshot_identifier = "photos-final"
}

resource "aws_rds_cluster_instance" "photos" {
  count = 1

  identifier         = "photos-${count.index}"
  cluster_identifier = aws_rds_cluster.photos.id
  engine             = aws_rds_cluster.photos.engine
  instance_class     = "db.t4g.medium"
}

resource "aws_elasticache_subnet_group" "photos" {
  name       = "photos"
  subnet_ids = values(aws_subnet.private)[*].id
}

resource "aws_elasticache_replication_group" "sessions" {
  replication_group_id = "photos-sessions"
  description          = "Sessions"
  engine               = "valkey"
  node_type            = "cache.t4g.small"
  num_cache_clusters   = 1

  subnet_group_name          = aws_elasticache_subnet_group.photos.name
  security_group_ids         = [aws_security_group.data.id]
  at_rest_encryption_enabled = true
  transit_encryption_enabled = true
}

resource "aws_s3_bucket" "photos" {
  bucket = "example-photos-originals"
}

resource "aws_dynamodb_table" "albums" {
  name         = "photos-albums"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "owner"
  range_key    = "album"

  attribute {
    name = "owner"
    type = "S"
  }

  attribute {
    name = "album"
    type = "S"
  }
}

resource "aws_sqs_queue" "uploads" {
  name                       = "photos-uploads"
  visibility_timeout_seconds = 300
}

resource "aws_sqs_queue" "mails" {
  name = "photos-mails"
}

resource "aws_ecr_repository" "photos" {
  name                 = "photos"
  image_tag_mutability = "IMMUTABLE"
}
