# zone-split-datastore: machines that are added to a datastore by others than itself, and callers that reach it in several ways or
# from elsewhere.
#
# One datastore for each case. Callers stand in us-east-1a and us-east-1b unless a case says otherwise. The folder is applied,
# then planned again.

terraform {
  required_providers {
    aws = { source = "hashicorp/aws", version = "~> 6.0" }
  }
}

provider "aws" {
  region = "us-east-1"
}

provider "aws" {
  alias  = "west"
  region = "us-west-2"
}

locals {
  role  = "arn:aws:iam::123456789012:role/function"
  image = "123456789012.dkr.ecr.us-east-1.amazonaws.com/shop:1.4.2"
}

resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "a" {
  vpc_id            = aws_vpc.main.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.0.0/24"
}

resource "aws_subnet" "other_a" {
  vpc_id            = aws_vpc.main.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.2.0/24"
}

resource "aws_subnet" "b" {
  vpc_id            = aws_vpc.main.id
  availability_zone = "us-east-1b"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_elasticache_subnet_group" "both" {
  name       = "both"
  subnet_ids = [aws_subnet.a.id, aws_subnet.b.id]
}

resource "aws_elasticache_subnet_group" "one" {
  name       = "one"
  subnet_ids = [aws_subnet.a.id, aws_subnet.other_a.id]
}

# --- caches ---

# GOOD: a replica in the other zone is a resource of its own.

resource "aws_elasticache_replication_group" "good_member" {
  replication_group_id        = "good-member"
  description                 = "sessions"
  node_type                   = "cache.m7g.large"
  subnet_group_name           = aws_elasticache_subnet_group.both.name
  num_cache_clusters          = 1
  preferred_cache_cluster_azs = ["us-east-1a"]

  lifecycle {
    ignore_changes = [num_cache_clusters]
  }
}

resource "aws_elasticache_cluster" "replica" {
  cluster_id           = "replica"
  replication_group_id = aws_elasticache_replication_group.good_member.id
  availability_zone    = "us-east-1b"
}

resource "aws_lambda_function" "has_member" {
  function_name = "has-member"
  role          = local.role
  package_type  = "Image"
  image_uri     = local.image

  vpc_config {
    subnet_ids         = [aws_subnet.a.id, aws_subnet.b.id]
    security_group_ids = ["sg-0123456789abcdef0"]
  }

  environment {
    variables = { CACHE_HOST = aws_elasticache_replication_group.good_member.primary_endpoint_address }
  }
}

# BAD, medium: the replica stands in the same zone.

resource "aws_elasticache_replication_group" "bad_member" {
  replication_group_id        = "bad-member"
  description                 = "sessions"
  node_type                   = "cache.m7g.large"
  subnet_group_name           = aws_elasticache_subnet_group.both.name
  num_cache_clusters          = 1
  preferred_cache_cluster_azs = ["us-east-1a"]

  lifecycle {
    ignore_changes = [num_cache_clusters]
  }
}

resource "aws_elasticache_cluster" "beside" {
  cluster_id           = "beside"
  replication_group_id = aws_elasticache_replication_group.bad_member.id
  availability_zone    = "us-east-1a"
}

resource "aws_lambda_function" "has_member_beside" {
  function_name = "has-member-beside"
  role          = local.role
  package_type  = "Image"
  image_uri     = local.image

  vpc_config {
    subnet_ids         = [aws_subnet.a.id, aws_subnet.b.id]
    security_group_ids = ["sg-0123456789abcdef0"]
  }

  environment {
    variables = { CACHE_HOST = aws_elasticache_replication_group.bad_member.primary_endpoint_address }
  }
}

# BAD, medium: two nodes, and all subnets in one zone.

resource "aws_elasticache_replication_group" "bad_one_zone_subnets" {
  replication_group_id = "bad-one-zone-subnets"
  description          = "sessions"
  node_type            = "cache.m7g.large"
  subnet_group_name    = aws_elasticache_subnet_group.one.name
  num_cache_clusters   = 2
}

resource "aws_lambda_function" "one_zone_subnets" {
  function_name = "one-zone-subnets"
  role          = local.role
  package_type  = "Image"
  image_uri     = local.image

  vpc_config {
    subnet_ids         = [aws_subnet.a.id, aws_subnet.b.id]
    security_group_ids = ["sg-0123456789abcdef0"]
  }

  environment {
    variables = { CACHE_HOST = aws_elasticache_replication_group.bad_one_zone_subnets.primary_endpoint_address }
  }
}

# BAD, medium: three shards of one node each.

resource "aws_elasticache_replication_group" "bad_shards_alone" {
  replication_group_id    = "bad-shards-alone"
  description             = "sessions"
  node_type               = "cache.m7g.large"
  subnet_group_name       = aws_elasticache_subnet_group.both.name
  num_node_groups         = 3
  replicas_per_node_group = 0
}

resource "aws_lambda_function" "shards_alone" {
  function_name = "shards-alone"
  role          = local.role
  package_type  = "Image"
  image_uri     = local.image

  vpc_config {
    subnet_ids         = [aws_subnet.a.id, aws_subnet.b.id]
    security_group_ids = ["sg-0123456789abcdef0"]
  }

  environment {
    variables = { CACHE_HOST = aws_elasticache_replication_group.bad_shards_alone.configuration_endpoint_address }
  }
}

# UNKNOWN: two nodes, which the cloud may put into one zone or into both.

resource "aws_elasticache_replication_group" "unknown_two_nodes" {
  replication_group_id = "unknown-two-nodes"
  description          = "sessions"
  node_type            = "cache.m7g.large"
  subnet_group_name    = aws_elasticache_subnet_group.both.name
  num_cache_clusters   = 2
}

resource "aws_lambda_function" "two_nodes" {
  function_name = "two-nodes"
  role          = local.role
  package_type  = "Image"
  image_uri     = local.image

  vpc_config {
    subnet_ids         = [aws_subnet.a.id, aws_subnet.b.id]
    security_group_ids = ["sg-0123456789abcdef0"]
  }

  environment {
    variables = { CACHE_HOST = aws_elasticache_replication_group.unknown_two_nodes.primary_endpoint_address }
  }
}

# BAD, medium: one node.
resource "aws_memorydb_subnet_group" "both" {
  name       = "both"
  subnet_ids = [aws_subnet.a.id, aws_subnet.b.id]
}

resource "aws_memorydb_cluster" "bad_memory" {
  name                   = "bad-memory"
  acl_name               = "open-access"
  node_type              = "db.r6g.large"
  num_shards             = 1
  num_replicas_per_shard = 0
  subnet_group_name      = aws_memorydb_subnet_group.both.id
}

resource "aws_lambda_function" "of_bad_memory" {
  function_name = "of-bad-memory"
  role          = local.role
  package_type  = "Image"
  image_uri     = local.image

  vpc_config {
    subnet_ids         = [aws_subnet.a.id, aws_subnet.b.id]
    security_group_ids = ["sg-0123456789abcdef0"]
  }

  environment {
    variables = { CACHE_HOST = aws_memorydb_cluster.bad_memory.cluster_endpoint[0].address }
  }
}

# GOOD: whatever has a replica is spread over zones.

resource "aws_memorydb_cluster" "good_memory" {
  name                   = "good-memory"
  acl_name               = "open-access"
  node_type              = "db.r6g.large"
  num_shards             = 2
  num_replicas_per_shard = 1
  subnet_group_name      = aws_memorydb_subnet_group.both.id
}

resource "aws_lambda_function" "of_good_memory" {
  function_name = "of-good-memory"
  role          = local.role
  package_type  = "Image"
  image_uri     = local.image

  vpc_config {
    subnet_ids         = [aws_subnet.a.id, aws_subnet.b.id]
    security_group_ids = ["sg-0123456789abcdef0"]
  }

  environment {
    variables = { CACHE_HOST = aws_memorydb_cluster.good_memory.cluster_endpoint[0].address }
  }
}

# --- clusters ---

# UNKNOWN: scaling keeps two readers beside the one machine that is declared, in zones that the cloud chooses.

resource "aws_rds_cluster" "unknown_kept_readers" {
  cluster_identifier = "unknown-kept-readers"
  engine             = "aurora-postgresql"
  engine_version     = "16.4"
}

resource "aws_rds_cluster_instance" "kept_readers" {
  cluster_identifier = aws_rds_cluster.unknown_kept_readers.id
  engine             = "aurora-postgresql"
  instance_class     = "db.r6g.large"
  availability_zone  = "us-east-1a"
}

resource "aws_appautoscaling_target" "kept_readers" {
  service_namespace  = "rds"
  scalable_dimension = "rds:cluster:ReadReplicaCount"
  resource_id        = "cluster:${aws_rds_cluster.unknown_kept_readers.id}"
  min_capacity       = 2
  max_capacity       = 4
}

resource "aws_lambda_function" "kept_readers" {
  function_name                  = "kept-readers"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 10

  vpc_config {
    subnet_ids         = [aws_subnet.a.id, aws_subnet.b.id]
    security_group_ids = ["sg-0123456789abcdef0"]
  }

  environment {
    variables = { DB_HOST = aws_rds_cluster.unknown_kept_readers.endpoint, DB_POOL_SIZE = "1" }
  }
}

# UNKNOWN: readers that come and go.

resource "aws_rds_cluster" "unknown_readers" {
  cluster_identifier = "unknown-readers"
  engine             = "aurora-postgresql"
  engine_version     = "16.4"
}

resource "aws_rds_cluster_instance" "readers" {
  cluster_identifier = aws_rds_cluster.unknown_readers.id
  engine             = "aurora-postgresql"
  instance_class     = "db.r6g.large"
  availability_zone  = "us-east-1a"
}

resource "aws_appautoscaling_target" "readers" {
  service_namespace  = "rds"
  scalable_dimension = "rds:cluster:ReadReplicaCount"
  resource_id        = "cluster:${aws_rds_cluster.unknown_readers.id}"
  min_capacity       = 0
  max_capacity       = 4
}

resource "aws_lambda_function" "readers" {
  function_name                  = "readers"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 10

  vpc_config {
    subnet_ids         = [aws_subnet.a.id, aws_subnet.b.id]
    security_group_ids = ["sg-0123456789abcdef0"]
  }

  environment {
    variables = { DB_HOST = aws_rds_cluster.unknown_readers.endpoint, DB_POOL_SIZE = "1" }
  }
}

# --- callers ---

# BAD, high: one caller, though it reaches the cluster in two ways.

resource "aws_rds_cluster" "bad_two_ways" {
  cluster_identifier = "bad-two-ways"
  engine             = "aurora-postgresql"
  engine_version     = "16.4"
}

resource "aws_rds_cluster_instance" "two_ways" {
  cluster_identifier = aws_rds_cluster.bad_two_ways.id
  engine             = "aurora-postgresql"
  instance_class     = "db.r6g.large"
  availability_zone  = "us-east-1a"
}

resource "aws_lambda_function" "two_ways" {
  function_name                  = "two-ways"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 10

  vpc_config {
    subnet_ids         = [aws_subnet.a.id, aws_subnet.b.id]
    security_group_ids = ["sg-0123456789abcdef0"]
  }

  environment {
    variables = { DB_HOST = aws_rds_cluster.bad_two_ways.endpoint, READ_HOST = aws_rds_cluster.bad_two_ways.reader_endpoint, DB_POOL_SIZE = "1" }
  }
}

# GOOD: another region is not another zone.
resource "aws_db_instance" "good_abroad" {
  provider          = aws.west
  identifier        = "good-abroad"
  engine            = "postgres"
  engine_version    = "16.4"
  instance_class    = "db.t3.medium"
  allocated_storage = 20
  availability_zone = "us-west-2a"
}

resource "aws_lambda_function" "here" {
  provider      = aws.west
  function_name = "here"
  role          = local.role
  package_type  = "Image"
  image_uri     = local.image

  vpc_config {
    subnet_ids         = [aws_subnet.there.id]
    security_group_ids = ["sg-0123456789abcdef0"]
  }

  environment {
    variables = { DB_HOST = aws_db_instance.good_abroad.address, DB_POOL_SIZE = "1" }
  }
}

resource "aws_vpc" "there" {
  provider   = aws.west
  cidr_block = "10.1.0.0/16"
}

resource "aws_subnet" "there" {
  provider          = aws.west
  vpc_id            = aws_vpc.there.id
  availability_zone = "us-west-2a"
  cidr_block        = "10.1.0.0/24"
}

resource "aws_lambda_function" "abroad" {
  function_name                  = "abroad"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 10

  vpc_config {
    subnet_ids         = [aws_subnet.a.id, aws_subnet.b.id]
    security_group_ids = ["sg-0123456789abcdef0"]
  }

  environment {
    variables = { DB_HOST = aws_db_instance.good_abroad.address, DB_POOL_SIZE = "1" }
  }
}
