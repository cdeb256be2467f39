# zone-split-datastore: caches. A cache behind callers in several zones is of medium severity: without it things get
# slow.
#
# One cache for each case, all of which may stand in us-east-1a and us-east-1b. The plan is one from nothing:
# terraform_data stands for whatever makes a value up at the apply.

terraform {
  required_providers {
    aws = { source = "hashicorp/aws", version = "~> 6.0" }
  }
}

provider "aws" {
  region = "us-east-1"
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

resource "aws_subnet" "b" {
  vpc_id            = aws_vpc.main.id
  availability_zone = "us-east-1b"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_db_subnet_group" "both" {
  name       = "both"
  subnet_ids = [aws_subnet.a.id, aws_subnet.b.id]
}

resource "aws_elasticache_subnet_group" "both" {
  name       = "both"
  subnet_ids = [aws_subnet.a.id, aws_subnet.b.id]
}

resource "terraform_data" "later" {
  input = "2"
}

# --- clusters ---

# BAD, medium: one node, which ElastiCache puts into one of the two zones that its callers stand in.
resource "aws_elasticache_cluster" "bad_one_node" {
  cluster_id        = "bad-one-node"
  engine            = "redis"
  node_type         = "cache.m7g.large"
  num_cache_nodes   = 1
  subnet_group_name = aws_elasticache_subnet_group.both.name
}

resource "aws_lambda_function" "one_node" {
  function_name = "one-node"
  role          = local.role
  package_type  = "Image"
  image_uri     = local.image

  vpc_config {
    subnet_ids         = [aws_subnet.a.id, aws_subnet.b.id]
    security_group_ids = ["sg-0123456789abcdef0"]
  }

  environment {
    variables = { CACHE_HOST = aws_elasticache_cluster.bad_one_node.cache_nodes[0].address }
  }
}

# GOOD: it stands where its callers stand, in us-east-1a.
resource "aws_elasticache_cluster" "good_same_zone" {
  cluster_id        = "good-same-zone"
  engine            = "redis"
  node_type         = "cache.m7g.large"
  num_cache_nodes   = 1
  subnet_group_name = aws_elasticache_subnet_group.both.name
  availability_zone = "us-east-1a"
}

resource "aws_lambda_function" "fits_same_zone" {
  function_name = "fits-same-zone"
  role          = local.role
  package_type  = "Image"
  image_uri     = local.image

  vpc_config {
    subnet_ids         = [aws_subnet.a.id]
    security_group_ids = ["sg-0123456789abcdef0"]
  }

  environment {
    variables = { CACHE_HOST = aws_elasticache_cluster.good_same_zone.cache_nodes[0].address }
  }
}

# BAD, medium: it stands in us-east-1b, its callers in us-east-1a.
resource "aws_elasticache_cluster" "bad_other_zone" {
  cluster_id        = "bad-other-zone"
  engine            = "redis"
  node_type         = "cache.m7g.large"
  num_cache_nodes   = 1
  subnet_group_name = aws_elasticache_subnet_group.both.name
  availability_zone = "us-east-1b"
}

resource "aws_lambda_function" "other_zone" {
  function_name = "other-zone"
  role          = local.role
  package_type  = "Image"
  image_uri     = local.image

  vpc_config {
    subnet_ids         = [aws_subnet.a.id]
    security_group_ids = ["sg-0123456789abcdef0"]
  }

  environment {
    variables = { CACHE_HOST = aws_elasticache_cluster.bad_other_zone.cache_nodes[0].address }
  }
}

# UNKNOWN: its callers stand in us-east-1a, and ElastiCache may choose us-east-1b for it.
resource "aws_elasticache_cluster" "unknown_chosen_zone" {
  cluster_id        = "unknown-chosen-zone"
  engine            = "redis"
  node_type         = "cache.m7g.large"
  num_cache_nodes   = 1
  subnet_group_name = aws_elasticache_subnet_group.both.name
}

resource "aws_lambda_function" "chosen_zone" {
  function_name = "chosen-zone"
  role          = local.role
  package_type  = "Image"
  image_uri     = local.image

  vpc_config {
    subnet_ids         = [aws_subnet.a.id]
    security_group_ids = ["sg-0123456789abcdef0"]
  }

  environment {
    variables = { CACHE_HOST = aws_elasticache_cluster.unknown_chosen_zone.cache_nodes[0].address }
  }
}

# BAD, medium: three nodes, but all in one zone unless something else is said.
resource "aws_elasticache_cluster" "bad_memcached" {
  cluster_id        = "bad-memcached"
  engine            = "memcached"
  node_type         = "cache.m7g.large"
  num_cache_nodes   = 3
  subnet_group_name = aws_elasticache_subnet_group.both.name
}

resource "aws_lambda_function" "memcached" {
  function_name = "memcached"
  role          = local.role
  package_type  = "Image"
  image_uri     = local.image

  vpc_config {
    subnet_ids         = [aws_subnet.a.id, aws_subnet.b.id]
    security_group_ids = ["sg-0123456789abcdef0"]
  }

  environment {
    variables = { CACHE_HOST = aws_elasticache_cluster.bad_memcached.configuration_endpoint }
  }
}

# GOOD: three nodes across zones.
resource "aws_elasticache_cluster" "good_memcached" {
  cluster_id        = "good-memcached"
  engine            = "memcached"
  node_type         = "cache.m7g.large"
  num_cache_nodes   = 3
  subnet_group_name = aws_elasticache_subnet_group.both.name
  az_mode           = "cross-az"
}

resource "aws_lambda_function" "fits_memcached" {
  function_name = "fits-memcached"
  role          = local.role
  package_type  = "Image"
  image_uri     = local.image

  vpc_config {
    subnet_ids         = [aws_subnet.a.id, aws_subnet.b.id]
    security_group_ids = ["sg-0123456789abcdef0"]
  }

  environment {
    variables = { CACHE_HOST = aws_elasticache_cluster.good_memcached.configuration_endpoint }
  }
}

# --- replication groups ---

# BAD, medium: a primary without a replica.
resource "aws_elasticache_replication_group" "bad_primary_only" {
  replication_group_id       = "bad-primary-only"
  description                = "Sessions"
  node_type                  = "cache.m7g.large"
  subnet_group_name          = aws_elasticache_subnet_group.both.name
  num_cache_clusters         = 1
  automatic_failover_enabled = false
  multi_az_enabled           = false
}

resource "aws_lambda_function" "primary_only" {
  function_name = "primary-only"
  role          = local.role
  package_type  = "Image"
  image_uri     = local.image

  vpc_config {
    subnet_ids         = [aws_subnet.a.id, aws_subnet.b.id]
    security_group_ids = ["sg-0123456789abcdef0"]
  }

  environment {
    variables = { CACHE_HOST = aws_elasticache_replication_group.bad_primary_only.primary_endpoint_address }
  }
}

# GOOD: a replica in another zone takes over.
resource "aws_elasticache_replication_group" "good_multi_az" {
  replication_group_id       = "good-multi-az"
  description                = "Sessions"
  node_type                  = "cache.m7g.large"
  subnet_group_name          = aws_elasticache_subnet_group.both.name
  num_cache_clusters         = 2
  automatic_failover_enabled = true
  multi_az_enabled           = true
}

resource "aws_lambda_function" "fits_multi_az" {
  function_name = "fits-multi-az"
  role          = local.role
  package_type  = "Image"
  image_uri     = local.image

  vpc_config {
    subnet_ids         = [aws_subnet.a.id, aws_subnet.b.id]
    security_group_ids = ["sg-0123456789abcdef0"]
  }

  environment {
    variables = { CACHE_HOST = aws_elasticache_replication_group.good_multi_az.primary_endpoint_address }
  }
}

# GOOD: a replica in another zone, by name, takes over.
resource "aws_elasticache_replication_group" "good_named_zones" {
  replication_group_id        = "good-named-zones"
  description                 = "Sessions"
  node_type                   = "cache.m7g.large"
  subnet_group_name           = aws_elasticache_subnet_group.both.name
  num_cache_clusters          = 2
  automatic_failover_enabled  = true
  multi_az_enabled            = false
  preferred_cache_cluster_azs = ["us-east-1a", "us-east-1b"]
}

resource "aws_lambda_function" "fits_named_zones" {
  function_name = "fits-named-zones"
  role          = local.role
  package_type  = "Image"
  image_uri     = local.image

  vpc_config {
    subnet_ids         = [aws_subnet.a.id, aws_subnet.b.id]
    security_group_ids = ["sg-0123456789abcdef0"]
  }

  environment {
    variables = { CACHE_HOST = aws_elasticache_replication_group.good_named_zones.primary_endpoint_address }
  }
}

# BAD, medium: the replica is put beside its primary, into us-east-1a.
resource "aws_elasticache_replication_group" "bad_same_zones" {
  replication_group_id        = "bad-same-zones"
  description                 = "Sessions"
  node_type                   = "cache.m7g.large"
  subnet_group_name           = aws_elasticache_subnet_group.both.name
  num_cache_clusters          = 2
  automatic_failover_enabled  = true
  multi_az_enabled            = false
  preferred_cache_cluster_azs = ["us-east-1a", "us-east-1a"]
}

resource "aws_lambda_function" "same_zones" {
  function_name = "same-zones"
  role          = local.role
  package_type  = "Image"
  image_uri     = local.image

  vpc_config {
    subnet_ids         = [aws_subnet.a.id, aws_subnet.b.id]
    security_group_ids = ["sg-0123456789abcdef0"]
  }

  environment {
    variables = { CACHE_HOST = aws_elasticache_replication_group.bad_same_zones.primary_endpoint_address }
  }
}

# UNKNOWN: without multi_az_enabled and without names ElastiCache chooses the zones of both, and may choose one.
resource "aws_elasticache_replication_group" "unknown_chosen_zones" {
  replication_group_id       = "unknown-chosen-zones"
  description                = "Sessions"
  node_type                  = "cache.m7g.large"
  subnet_group_name          = aws_elasticache_subnet_group.both.name
  num_cache_clusters         = 2
  automatic_failover_enabled = true
  multi_az_enabled           = false
}

resource "aws_lambda_function" "chosen_zones" {
  function_name = "chosen-zones"
  role          = local.role
  package_type  = "Image"
  image_uri     = local.image

  vpc_config {
    subnet_ids         = [aws_subnet.a.id, aws_subnet.b.id]
    security_group_ids = ["sg-0123456789abcdef0"]
  }

  environment {
    variables = {
      CACHE_HOST = aws_elasticache_replication_group.unknown_chosen_zones.primary_endpoint_address
    }
  }
}

# UNKNOWN: whether the replica has to stand in another zone is known only after apply.
resource "aws_elasticache_replication_group" "unknown_setting" {
  replication_group_id       = "unknown-setting"
  description                = "Sessions"
  node_type                  = "cache.m7g.large"
  subnet_group_name          = aws_elasticache_subnet_group.both.name
  num_cache_clusters         = 2
  automatic_failover_enabled = true
  multi_az_enabled           = terraform_data.later.output == "2"
}

resource "aws_lambda_function" "setting" {
  function_name = "setting"
  role          = local.role
  package_type  = "Image"
  image_uri     = local.image

  vpc_config {
    subnet_ids         = [aws_subnet.a.id, aws_subnet.b.id]
    security_group_ids = ["sg-0123456789abcdef0"]
  }

  environment {
    variables = { CACHE_HOST = aws_elasticache_replication_group.unknown_setting.primary_endpoint_address }
  }
}

# UNKNOWN: how many nodes there are is known only after apply.
resource "aws_elasticache_replication_group" "unknown_nodes" {
  replication_group_id       = "unknown-nodes"
  description                = "Sessions"
  node_type                  = "cache.m7g.large"
  subnet_group_name          = aws_elasticache_subnet_group.both.name
  num_cache_clusters         = tonumber(terraform_data.later.output)
  automatic_failover_enabled = true
}

resource "aws_lambda_function" "nodes" {
  function_name = "nodes"
  role          = local.role
  package_type  = "Image"
  image_uri     = local.image

  vpc_config {
    subnet_ids         = [aws_subnet.a.id, aws_subnet.b.id]
    security_group_ids = ["sg-0123456789abcdef0"]
  }

  environment {
    variables = { CACHE_HOST = aws_elasticache_replication_group.unknown_nodes.primary_endpoint_address }
  }
}

# BAD, medium: each of the two shards has one node in one zone, and half of the data with it.
resource "aws_elasticache_replication_group" "bad_shards" {
  replication_group_id       = "bad-shards"
  description                = "Sessions"
  node_type                  = "cache.m7g.large"
  subnet_group_name          = aws_elasticache_subnet_group.both.name
  num_node_groups            = 2
  replicas_per_node_group    = 0
  automatic_failover_enabled = true
  multi_az_enabled           = false
}

resource "aws_lambda_function" "shards" {
  function_name = "shards"
  role          = local.role
  package_type  = "Image"
  image_uri     = local.image

  vpc_config {
    subnet_ids         = [aws_subnet.a.id, aws_subnet.b.id]
    security_group_ids = ["sg-0123456789abcdef0"]
  }

  environment {
    variables = { CACHE_HOST = aws_elasticache_replication_group.bad_shards.configuration_endpoint_address }
  }
}

# GOOD: each of the two shards has a replica in another zone.
resource "aws_elasticache_replication_group" "good_shards" {
  replication_group_id       = "good-shards"
  description                = "Sessions"
  node_type                  = "cache.m7g.large"
  subnet_group_name          = aws_elasticache_subnet_group.both.name
  num_node_groups            = 2
  replicas_per_node_group    = 1
  automatic_failover_enabled = true
  multi_az_enabled           = true
}

resource "aws_lambda_function" "fits_shards" {
  function_name = "fits-shards"
  role          = local.role
  package_type  = "Image"
  image_uri     = local.image

  vpc_config {
    subnet_ids         = [aws_subnet.a.id, aws_subnet.b.id]
    security_group_ids = ["sg-0123456789abcdef0"]
  }

  environment {
    variables = { CACHE_HOST = aws_elasticache_replication_group.good_shards.configuration_endpoint_address }
  }
}

# --- serverless ---

# GOOD: it stands in several zones by itself.
resource "aws_elasticache_serverless_cache" "good_serverless" {
  name       = "good-serverless"
  engine     = "valkey"
  subnet_ids = [aws_subnet.a.id, aws_subnet.b.id]
}

resource "aws_lambda_function" "fits_serverless" {
  function_name = "fits-serverless"
  role          = local.role
  package_type  = "Image"
  image_uri     = local.image

  vpc_config {
    subnet_ids         = [aws_subnet.a.id, aws_subnet.b.id]
    security_group_ids = ["sg-0123456789abcdef0"]
  }

  environment {
    variables = { CACHE_HOST = aws_elasticache_serverless_cache.good_serverless.endpoint[0].address }
  }
}
