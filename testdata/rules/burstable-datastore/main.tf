# burstable-datastore: databases, caches, search domains and brokers that live on processor credits. The rule reports at the
# datastore: bad_ is to be found, good_ is not. Four units make a load, or two where the datastore stands in several zones. The
# folder is applied, then planned again.

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
}

resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "app" {
  for_each          = { a = 0, b = 1 }
  vpc_id            = aws_vpc.main.id
  availability_zone = "us-east-1${each.key}"
  cidr_block        = "10.0.${each.value}.0/24"
}

resource "aws_security_group" "data" {
  name   = "data"
  vpc_id = aws_vpc.main.id
}

# --- databases ---

# BAD, medium: two services with eight tasks, twice the threshold. What is beyond its share is billed.
resource "aws_db_instance" "bad_shared" {
  identifier        = "shared"
  engine            = "postgres"
  engine_version    = "16.4"
  instance_class    = "db.t3.medium"
  allocated_storage = 20
  storage_type      = "gp3"
}

# BAD, low: one service of four tasks; a t2 slows down when its credits are spent.
resource "aws_db_instance" "bad_stops" {
  identifier        = "stops"
  engine            = "mysql"
  engine_version    = "8.0.39"
  instance_class    = "db.t2.small"
  allocated_storage = 20
  storage_type      = "gp3"
}

# BAD, low: two tasks, and a standby that nobody pays for in a trial.
resource "aws_db_instance" "bad_standby" {
  identifier        = "standby"
  engine            = "postgres"
  engine_version    = "16.4"
  instance_class    = "db.t4g.xlarge"
  allocated_storage = 20
  storage_type      = "gp3"
  multi_az          = true
}

# GOOD: one task, and a function that may run twenty times at once, and comes and goes.
resource "aws_db_instance" "good_trial" {
  identifier        = "trial"
  engine            = "postgres"
  engine_version    = "16.4"
  instance_class    = "db.t3.micro"
  allocated_storage = 20
  storage_type      = "gp3"
}

# GOOD: nobody reaches it.
resource "aws_db_instance" "good_alone" {
  identifier        = "alone"
  engine            = "postgres"
  engine_version    = "16.4"
  instance_class    = "db.t3.micro"
  allocated_storage = 20
  storage_type      = "gp3"
}

# GOOD: it has its processors for itself.
resource "aws_db_instance" "good_steady" {
  identifier        = "steady"
  engine            = "postgres"
  engine_version    = "16.4"
  instance_class    = "db.m6g.large"
  allocated_storage = 20
  storage_type      = "gp3"
}

# BAD, low: a cluster, of which one machine of two lives on credits.
resource "aws_rds_cluster" "bad_cluster" {
  cluster_identifier = "cluster"
  engine             = "aurora-postgresql"
  engine_version     = "16.4"
}

resource "aws_rds_cluster_instance" "writer" {
  identifier         = "writer"
  cluster_identifier = aws_rds_cluster.bad_cluster.id
  engine             = "aurora-postgresql"
  instance_class     = "db.r6g.large"
}

resource "aws_rds_cluster_instance" "reader" {
  identifier         = "reader"
  cluster_identifier = aws_rds_cluster.bad_cluster.id
  engine             = "aurora-postgresql"
  instance_class     = "db.t4g.medium"
}

# GOOD: serverless capacity follows the load.
resource "aws_rds_cluster" "good_serverless" {
  cluster_identifier = "serverless"
  engine             = "aurora-postgresql"
  engine_version     = "16.4"

  serverlessv2_scaling_configuration {
    min_capacity = 1
    max_capacity = 8
  }
}

resource "aws_rds_cluster_instance" "serverless" {
  identifier         = "serverless"
  cluster_identifier = aws_rds_cluster.good_serverless.id
  engine             = "aurora-postgresql"
  instance_class     = "db.serverless"
}

# BAD, low: documents.
resource "aws_docdb_cluster" "bad_documents" {
  cluster_identifier  = "documents"
  skip_final_snapshot = true
}

resource "aws_docdb_cluster_instance" "documents" {
  identifier         = "documents"
  cluster_identifier = aws_docdb_cluster.bad_documents.id
  instance_class     = "db.t3.medium"
}

# --- a cache, a search domain, a broker ---

# BAD, low.
resource "aws_elasticache_replication_group" "bad_cache" {
  replication_group_id = "cache"
  description          = "sessions"
  engine               = "redis"
  node_type            = "cache.t4g.small"
  num_cache_clusters   = 1
}

# GOOD: a node with processors of its own.
resource "aws_elasticache_replication_group" "good_cache" {
  replication_group_id = "steady"
  description          = "sessions"
  engine               = "redis"
  node_type            = "cache.m6g.large"
  num_cache_clusters   = 1
}

# BAD, low.
resource "aws_opensearch_domain" "bad_search" {
  domain_name    = "search"
  engine_version = "OpenSearch_2.11"

  cluster_config {
    instance_type  = "t3.small.search"
    instance_count = 1
  }

  ebs_options {
    ebs_enabled = true
    volume_size = 20
  }

  vpc_options {
    subnet_ids         = [aws_subnet.app["a"].id]
    security_group_ids = [aws_security_group.data.id]
  }
}

# BAD, low: four functions take messages from it.
resource "aws_mq_broker" "bad_broker" {
  broker_name        = "broker"
  engine_type        = "RabbitMQ"
  engine_version     = "3.13"
  host_instance_type = "mq.t3.micro"

  user {
    username = "shop"
    password = "not-a-real-password"
  }
}

resource "aws_lambda_function" "consumer" {
  for_each                       = toset(["bills", "mails", "orders", "stock"])
  function_name                  = each.key
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 10
}

resource "aws_lambda_event_source_mapping" "consumer" {
  for_each         = aws_lambda_function.consumer
  event_source_arn = aws_mq_broker.bad_broker.arn
  function_name    = each.value.arn
  queues           = [each.key]

  source_access_configuration {
    type = "BASIC_AUTH"
    uri  = "arn:aws:secretsmanager:us-east-1:123456789012:secret:broker-AbCdEf"
  }
}

resource "aws_lambda_function" "trial" {
  function_name                  = "trial"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 20

  vpc_config {
    subnet_ids         = values(aws_subnet.app)[*].id
    security_group_ids = [aws_security_group.data.id]
  }

  environment {
    variables = { DB_HOST = aws_db_instance.good_trial.address }
  }
}

# --- who reaches them ---

resource "aws_ecs_cluster" "main" {
  name = "main"
}

locals {
  callers = {
    shared-api    = { name = "DB_HOST", host = aws_db_instance.bad_shared.address, tasks = 7 }
    shared-worker = { name = "DB_HOST", host = aws_db_instance.bad_shared.address, tasks = 1 }
    stops         = { name = "DB_HOST", host = aws_db_instance.bad_stops.address, tasks = 4 }
    standby       = { name = "DB_HOST", host = aws_db_instance.bad_standby.address, tasks = 2 }
    trial         = { name = "DB_HOST", host = aws_db_instance.good_trial.address, tasks = 1 }
    steady        = { name = "DB_HOST", host = aws_db_instance.good_steady.address, tasks = 8 }
    cluster       = { name = "DB_HOST", host = aws_rds_cluster.bad_cluster.endpoint, tasks = 5 }
    serverless    = { name = "DB_HOST", host = aws_rds_cluster.good_serverless.endpoint, tasks = 8 }
    documents     = { name = "MONGO_HOST", host = aws_docdb_cluster.bad_documents.endpoint, tasks = 5 }
    cache         = { name = "REDIS_HOST", host = aws_elasticache_replication_group.bad_cache.primary_endpoint_address, tasks = 5 }
    steady-cache  = { name = "REDIS_HOST", host = aws_elasticache_replication_group.good_cache.primary_endpoint_address, tasks = 8 }
    search        = { name = "SEARCH_URL", host = "https://${aws_opensearch_domain.bad_search.endpoint}", tasks = 5 }
  }
}

resource "aws_ecs_task_definition" "app" {
  for_each                 = local.callers
  family                   = each.key
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048

  container_definitions = jsonencode([{
    name         = "api"
    image        = local.image
    portMappings = [{ containerPort = 8080 }]
    environment = [
      { name = each.value.name, value = each.value.host },
      { name = "DB_POOL_SIZE", value = "5" },
    ]
  }])
}

resource "aws_ecs_service" "app" {
  for_each        = local.callers
  name            = each.key
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.app[each.key].arn
  launch_type     = "FARGATE"
  desired_count   = each.value.tasks

  network_configuration {
    subnets = values(aws_subnet.app)[*].id
  }
}
