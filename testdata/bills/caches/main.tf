# Caches, and machines of other databases.

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

resource "aws_elasticache_cluster" "memcached" {
  cluster_id      = "memcached"
  engine          = "memcached"
  node_type       = "cache.m5.large"
  num_cache_nodes = 3
}

resource "aws_elasticache_cluster" "redis" {
  cluster_id               = "redis"
  engine                   = "redis"
  node_type                = "cache.t3.micro"
  num_cache_nodes          = 1
  snapshot_retention_limit = 5
}

resource "aws_elasticache_replication_group" "plain" {
  replication_group_id       = "plain"
  description                = "two nodes"
  node_type                  = "cache.m5.large"
  num_cache_clusters         = 2
  automatic_failover_enabled = true
}

# One more node of the group above.
resource "aws_elasticache_cluster" "member" {
  cluster_id           = "member"
  replication_group_id = aws_elasticache_replication_group.plain.id
}

# 3 shards of 2 nodes; between 2 and 6 shards.
resource "aws_elasticache_replication_group" "sharded" {
  replication_group_id       = "sharded"
  description                = "shards"
  node_type                  = "cache.m5.large"
  engine                     = "valkey"
  num_node_groups            = 3
  replicas_per_node_group    = 1
  automatic_failover_enabled = true
}

resource "aws_appautoscaling_target" "shards" {
  service_namespace  = "elasticache"
  scalable_dimension = "elasticache:replication-group:NodeGroups"
  resource_id        = "replication-group/${aws_elasticache_replication_group.sharded.replication_group_id}"
  min_capacity       = 2
  max_capacity       = 6
}

resource "terraform_data" "nodes" {
  input = 4
}

resource "aws_elasticache_replication_group" "hidden" {
  replication_group_id = "hidden"
  description          = "nobody knows how many"
  node_type            = "cache.m5.large"
  num_cache_clusters   = terraform_data.nodes.output
}

resource "aws_elasticache_serverless_cache" "small" {
  engine = "valkey"
  name   = "small"
}

resource "aws_elasticache_serverless_cache" "bounded" {
  engine = "redis"
  name   = "bounded"

  cache_usage_limits {
    data_storage {
      minimum = 5
      maximum = 20
      unit    = "GB"
    }
    ecpu_per_second {
      minimum = 1000
      maximum = 5000
    }
  }
}

resource "aws_memorydb_cluster" "shards" {
  acl_name               = "open-access"
  name                   = "shards"
  node_type              = "db.r6g.large"
  engine                 = "valkey"
  num_shards             = 2
  num_replicas_per_shard = 2
}

resource "aws_dax_cluster" "tables" {
  cluster_name       = "tables"
  iam_role_arn       = "arn:aws:iam::123456789012:role/dax"
  node_type          = "dax.r5.large"
  replication_factor = 3
}

resource "aws_docdb_cluster" "documents" {
  cluster_identifier  = "documents"
  master_username     = "app"
  master_password     = "made-up-only"
  skip_final_snapshot = true
}

resource "aws_docdb_cluster_instance" "documents" {
  identifier         = "documents"
  cluster_identifier = aws_docdb_cluster.documents.id
  instance_class     = "db.t3.medium"
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
  instance_class     = "db.t3.medium"
}

resource "aws_neptune_cluster_instance" "elastic" {
  cluster_identifier = aws_neptune_cluster.graph.id
  instance_class     = "db.serverless"
}

resource "aws_opensearch_domain" "logs" {
  domain_name = "logs"

  cluster_config {
    instance_type            = "r6g.large.search"
    instance_count           = 3
    dedicated_master_enabled = true
    dedicated_master_type    = "m6g.large.search"
    dedicated_master_count   = 3
    warm_enabled             = true
    warm_type                = "ultrawarm1.medium.search"
    warm_count               = 2
  }

  ebs_options {
    ebs_enabled = true
    volume_type = "gp3"
    volume_size = 400
    throughput  = 250
  }
}

resource "aws_elasticsearch_domain" "old" {
  domain_name = "old"

  cluster_config {
    instance_type  = "r5.large.elasticsearch"
    instance_count = 2
  }

  ebs_options {
    ebs_enabled = true
    volume_type = "io1"
    volume_size = 100
    iops        = 1000
  }
}

resource "aws_redshift_cluster" "warehouse" {
  cluster_identifier  = "warehouse"
  node_type           = "ra3.4xlarge"
  number_of_nodes     = 2
  cluster_type        = "multi-node"
  master_username     = "app"
  master_password     = "Made-up-0nly"
  skip_final_snapshot = true
}
