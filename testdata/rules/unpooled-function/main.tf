# unpooled-function: functions that connect to a database directly. One database for each case; 400 of its connections
# are usable where nothing else is said: max_connections = 405, less 5 that are kept back. The rule reports at the
# database. The folder is applied, then planned again.

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

resource "aws_ecs_cluster" "main" {
  name = "main"
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

# BAD, medium: nothing bounds the function but the account's quota. What the others leave of its 1,000 executions fits
# into 5,000 connections, until the quota is raised.
resource "aws_db_instance" "bad_unbounded" {
  identifier        = "bad-unbounded"
  engine            = "postgres"
  engine_version    = "16.4"
  instance_class    = "db.r6g.4xlarge"
  allocated_storage = 20
}

resource "aws_lambda_function" "unbounded" {
  function_name = "unbounded"
  role          = local.role
  package_type  = "Image"
  image_uri     = local.image

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_db_instance.bad_unbounded.address, DB_POOL_SIZE = "1" }
  }
}

# BAD, low: 250 of 400, which is more than half.
resource "aws_db_instance" "bad_bounded" {
  identifier           = "bad-bounded"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_lambda_function" "bounded" {
  function_name                  = "bounded"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 250

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_db_instance.bad_bounded.address, DB_POOL_SIZE = "1" }
  }
}

# BAD, low: two functions with 101 each are 202 of 400 together.
resource "aws_db_instance" "bad_together" {
  identifier           = "bad-together"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_lambda_function" "together_a" {
  function_name                  = "together-a"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 101

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_db_instance.bad_together.address, DB_POOL_SIZE = "1" }
  }
}

resource "aws_lambda_function" "together_b" {
  function_name                  = "together-b"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 101

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_db_instance.bad_together.address, DB_POOL_SIZE = "1" }
  }
}

# BAD, medium: the pooler is there, and one of two functions goes past it.
resource "aws_db_instance" "bad_past_pooler" {
  identifier        = "bad-past-pooler"
  engine            = "postgres"
  engine_version    = "16.4"
  instance_class    = "db.r6g.4xlarge"
  allocated_storage = 20
}

resource "aws_db_proxy" "past" {
  name           = "past"
  engine_family  = "POSTGRESQL"
  role_arn       = local.role
  vpc_subnet_ids = aws_subnet.app[*].id

  auth {
    auth_scheme = "SECRETS"
    secret_arn  = "arn:aws:secretsmanager:us-east-1:123456789012:secret:database-AbCdEf"
  }
}

resource "aws_db_proxy_default_target_group" "past" {
  db_proxy_name = aws_db_proxy.past.name

  connection_pool_config {
    max_connections_percent = 30
  }
}

resource "aws_db_proxy_target" "past" {
  db_proxy_name          = aws_db_proxy.past.name
  target_group_name      = aws_db_proxy_default_target_group.past.name
  db_instance_identifier = aws_db_instance.bad_past_pooler.identifier
}

resource "aws_lambda_function" "through" {
  function_name                  = "through"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 20

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_db_proxy.past.endpoint, DB_POOL_SIZE = "1" }
  }
}

resource "aws_lambda_function" "past" {
  function_name = "past"
  role          = local.role
  package_type  = "Image"
  image_uri     = local.image

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_db_instance.bad_past_pooler.address, DB_POOL_SIZE = "1" }
  }
}

# GOOD: 200 of 400 are half.
resource "aws_db_instance" "good_bounded" {
  identifier           = "good-bounded"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_lambda_function" "few" {
  function_name                  = "few"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 200

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_db_instance.good_bounded.address, DB_POOL_SIZE = "1" }
  }
}

# GOOD: its queue runs 50 at a time, and nobody else calls it.
resource "aws_db_instance" "good_queue" {
  identifier           = "good-queue"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_sqs_queue" "orders" {
  name = "orders"
}

resource "aws_lambda_event_source_mapping" "queue" {
  event_source_arn = aws_sqs_queue.orders.arn
  function_name    = aws_lambda_function.queue.arn

  scaling_config {
    maximum_concurrency = 50
  }
}

resource "aws_lambda_function" "queue" {
  function_name = "queue"
  role          = local.role
  package_type  = "Image"
  image_uri     = local.image

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_db_instance.good_queue.address, DB_POOL_SIZE = "1" }
  }
}

# GOOD: a thousand executions share what the proxy opens.
resource "aws_db_instance" "good_pooled" {
  identifier           = "good-pooled"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_db_proxy" "pooled" {
  name           = "pooled"
  engine_family  = "POSTGRESQL"
  role_arn       = local.role
  vpc_subnet_ids = aws_subnet.app[*].id

  auth {
    auth_scheme = "SECRETS"
    secret_arn  = "arn:aws:secretsmanager:us-east-1:123456789012:secret:database-AbCdEf"
  }
}

resource "aws_db_proxy_default_target_group" "pooled" {
  db_proxy_name = aws_db_proxy.pooled.name

  connection_pool_config {
    max_connections_percent = 80
  }
}

resource "aws_db_proxy_target" "pooled" {
  db_proxy_name          = aws_db_proxy.pooled.name
  target_group_name      = aws_db_proxy_default_target_group.pooled.name
  db_instance_identifier = aws_db_instance.good_pooled.identifier
}

resource "aws_lambda_function" "pooled" {
  function_name = "pooled"
  role          = local.role
  package_type  = "Image"
  image_uri     = local.image

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_db_proxy.pooled.endpoint, DB_POOL_SIZE = "1" }
  }
}

# GOOD: the Data API takes requests, and no connections. The function names the cluster by its ARN only.
resource "aws_rds_cluster" "good_data_api" {
  cluster_identifier   = "good-data-api"
  engine               = "aurora-postgresql"
  engine_version       = "16.4"
  enable_http_endpoint = true

  serverlessv2_scaling_configuration {
    min_capacity = 1
    max_capacity = 4
  }
}

resource "aws_rds_cluster_instance" "data_api" {
  identifier         = "data-api"
  cluster_identifier = aws_rds_cluster.good_data_api.id
  instance_class     = "db.serverless"
  engine             = aws_rds_cluster.good_data_api.engine
  engine_version     = aws_rds_cluster.good_data_api.engine_version
}

resource "aws_lambda_function" "data_api" {
  function_name = "data-api"
  role          = local.role
  package_type  = "Image"
  image_uri     = local.image

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { CLUSTER_ARN = aws_rds_cluster.good_data_api.arn }
  }
}

# GOOD: a service is no function; it keeps its pool.
resource "aws_db_instance" "good_service" {
  identifier           = "good-service"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_ecs_task_definition" "api" {
  family                   = "api"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048

  container_definitions = jsonencode([
    {
      name      = "api"
      image     = local.image
      essential = true

      environment = [
        { name = "DB_HOST", value = aws_db_instance.good_service.address },
        { name = "DB_POOL_SIZE", value = "50" },
      ]
    },
  ])
}

resource "aws_ecs_service" "api" {
  name            = "api"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.api.arn
  launch_type     = "FARGATE"
  desired_count   = 2

  network_configuration {
    subnets         = aws_subnet.app[*].id
    security_groups = [aws_security_group.app.id]
  }
}

# GOOD here: 410 of 400. connection-exhaustion says it, and offers the pooler.
resource "aws_db_instance" "good_exhausted" {
  identifier           = "good-exhausted"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_lambda_function" "exhausting" {
  function_name                  = "exhausting"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 41

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_db_instance.good_exhausted.address, DB_POOL_SIZE = "10" }
  }
}

# GOOD here: the pool cannot be seen, and connection-exhaustion says so.
resource "aws_db_instance" "good_unseen" {
  identifier           = "good-unseen"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_lambda_function" "unseen" {
  function_name                  = "unseen"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 10

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_db_instance.good_unseen.address }
  }
}

# UNKNOWN: the database belongs to another plan, and nothing shows what it takes.
data "aws_db_instance" "unknown_elsewhere" {
  db_instance_identifier = "elsewhere"
}

resource "aws_lambda_function" "elsewhere" {
  function_name                  = "elsewhere"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 30

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = data.aws_db_instance.unknown_elsewhere.address, DB_POOL_SIZE = "1" }
  }
}
