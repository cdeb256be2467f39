# unreplicated-session-store: applied, and planned again, so that everybody's addresses are known. What holds sessions, and what of them is left when a node fails.
#
# bad_ is to be found, good_ is not, unknown_ cannot be told.

terraform {
  required_providers {
    aws = { source = "hashicorp/aws", version = "~> 6.0" }
  }
}

provider "aws" {
  region = "us-east-1"
}

locals {
  vpc     = "vpc-0aaaaaaaaaaaaaaaa"
  subnets = ["subnet-0aaaaaaaaaaaaaaaa", "subnet-0bbbbbbbbbbbbbbbb"]
}

# No copy.
resource "aws_elasticache_cluster" "bad_lone" {
  cluster_id      = "lone"
  engine          = "redis"
  node_type       = "cache.t4g.small"
  num_cache_nodes = 1
}

resource "aws_elasticache_cluster" "bad_memcached" {
  cluster_id      = "memcached"
  engine          = "memcached"
  node_type       = "cache.t4g.small"
  num_cache_nodes = 3
}

resource "aws_elasticache_replication_group" "bad_one_node" {
  replication_group_id = "one-node"
  description          = "one node"
  engine               = "valkey"
  node_type            = "cache.t4g.small"
  num_cache_clusters   = 1
}

# A copy that stays where it is.
resource "aws_elasticache_replication_group" "bad_without_failover" {
  replication_group_id = "without-failover"
  description          = "without failover"
  engine               = "valkey"
  node_type            = "cache.t4g.small"
  num_cache_clusters   = 2
}

# Its name says what it holds, whoever connects.
resource "aws_elasticache_replication_group" "bad_user_sessions" {
  replication_group_id    = "user-sessions"
  description             = "sessions of users"
  engine                  = "valkey"
  node_type               = "cache.t4g.small"
  num_node_groups         = 2
  replicas_per_node_group = 0
}

resource "aws_elasticache_replication_group" "good_replica" {
  replication_group_id       = "replica"
  description                = "with a replica"
  engine                     = "valkey"
  node_type                  = "cache.t4g.small"
  num_cache_clusters         = 2
  automatic_failover_enabled = true
}

resource "aws_elasticache_serverless_cache" "good_sessions" {
  name   = "sessions"
  engine = "valkey"
}

# It only spares work: it fills again.
resource "aws_elasticache_cluster" "good_pages" {
  cluster_id      = "pages"
  engine          = "redis"
  node_type       = "cache.t4g.small"
  num_cache_nodes = 1
}

# Sessions lie in the other one.
resource "aws_elasticache_cluster" "good_beside" {
  cluster_id      = "beside"
  engine          = "redis"
  node_type       = "cache.t4g.small"
  num_cache_nodes = 1
}

resource "aws_elasticache_replication_group" "good_shop_session" {
  replication_group_id       = "shop-session"
  description                = "sessions of the shop"
  engine                     = "valkey"
  node_type                  = "cache.t4g.small"
  num_cache_clusters         = 2
  automatic_failover_enabled = true
}

resource "aws_elasticache_cluster" "unknown_use" {
  cluster_id      = "unknown-use"
  engine          = "redis"
  node_type       = "cache.t4g.small"
  num_cache_nodes = 1
}

resource "aws_ecs_cluster" "main" {
  name = "main"
}

resource "aws_ecs_task_definition" "lone" {
  family                   = "lone"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 256
  memory                   = 512
  container_definitions = jsonencode([{
    name         = "web"
    image        = "shop/web:1"
    portMappings = [{ containerPort = 8080 }]
    environment = [
      { name = "SESSION_DRIVER", value = "redis" },
      { name = "REDIS_HOST", value = aws_elasticache_cluster.bad_lone.cache_nodes[0].address },
    ]
  }])
}

resource "aws_ecs_service" "lone" {
  name            = "lone"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.lone.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
}

resource "aws_ecs_task_definition" "memcached" {
  family                   = "memcached"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 256
  memory                   = 512
  container_definitions = jsonencode([{
    name         = "web"
    image        = "shop/web:1"
    portMappings = [{ containerPort = 8080 }]
    environment = [
      { name = "SESSION_DRIVER", value = "memcached" },
      { name = "MEMCACHED_HOST", value = aws_elasticache_cluster.bad_memcached.cache_nodes[0].address },
    ]
  }])
}

resource "aws_ecs_service" "memcached" {
  name            = "memcached"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.memcached.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
}

resource "aws_ecs_task_definition" "one_node" {
  family                   = "one_node"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 256
  memory                   = 512
  container_definitions = jsonencode([{
    name         = "web"
    image        = "shop/web:1"
    portMappings = [{ containerPort = 8080 }]
    environment = [
      { name = "SESSION_STORE", value = "redis" },
      { name = "REDIS_URL", value = "redis://${aws_elasticache_replication_group.bad_one_node.primary_endpoint_address}:6379" },
    ]
  }])
}

resource "aws_ecs_service" "one_node" {
  name            = "one_node"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.one_node.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
}

resource "aws_ecs_task_definition" "failover" {
  family                   = "failover"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 256
  memory                   = 512
  container_definitions = jsonencode([{
    name         = "web"
    image        = "shop/web:1"
    portMappings = [{ containerPort = 8080 }]
    environment = [
      { name = "SESSION_STORE", value = "redis" },
      { name = "REDIS_HOST", value = aws_elasticache_replication_group.bad_without_failover.primary_endpoint_address },
    ]
  }])
}

resource "aws_ecs_service" "failover" {
  name            = "failover"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.failover.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
}

resource "aws_ecs_task_definition" "replica" {
  family                   = "replica"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 256
  memory                   = 512
  container_definitions = jsonencode([{
    name         = "web"
    image        = "shop/web:1"
    portMappings = [{ containerPort = 8080 }]
    environment = [
      { name = "SESSION_STORE", value = "redis" },
      { name = "REDIS_HOST", value = aws_elasticache_replication_group.good_replica.primary_endpoint_address },
    ]
  }])
}

resource "aws_ecs_service" "replica" {
  name            = "replica"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.replica.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
}

resource "aws_ecs_task_definition" "pages" {
  family                   = "pages"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 256
  memory                   = 512
  container_definitions = jsonencode([{
    name         = "web"
    image        = "shop/web:1"
    portMappings = [{ containerPort = 8080 }]
    environment = [
      { name = "CACHE_STORE", value = "redis" },
      { name = "REDIS_HOST", value = aws_elasticache_cluster.good_pages.cache_nodes[0].address },
    ]
  }])
}

resource "aws_ecs_service" "pages" {
  name            = "pages"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.pages.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
}

resource "aws_ecs_task_definition" "two" {
  family                   = "two"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 256
  memory                   = 512
  container_definitions = jsonencode([{
    name         = "web"
    image        = "shop/web:1"
    portMappings = [{ containerPort = 8080 }]
    environment = [
      { name = "SESSION_DRIVER", value = "redis" },
      { name = "SESSION_REDIS_HOST", value = aws_elasticache_replication_group.good_shop_session.primary_endpoint_address },
      { name = "REDIS_HOST", value = aws_elasticache_cluster.good_beside.cache_nodes[0].address },
    ]
  }])
}

resource "aws_ecs_service" "two" {
  name            = "two"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.two.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
}

resource "aws_ecs_task_definition" "use" {
  family                   = "use"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 256
  memory                   = 512
  container_definitions = jsonencode([{
    name         = "web"
    image        = "shop/web:1"
    portMappings = [{ containerPort = 8080 }]
    environment = [
      { name = "SESSION_SECRET", value = "made-up" },
      { name = "REDIS_HOST", value = aws_elasticache_cluster.unknown_use.cache_nodes[0].address },
    ]
  }])
}

resource "aws_ecs_service" "use" {
  name            = "use"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.use.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
}
