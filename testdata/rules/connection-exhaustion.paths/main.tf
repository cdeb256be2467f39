# connection-exhaustion: the ways by which callers reach a database.
#
# One database for each case; 400 of its connections are usable, exactly: max_connections = 405, less 5 that are kept
# back. All values are known: the folder is applied, then planned again.

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

resource "aws_ecs_cluster" "main" {
  name = "main"
}

resource "aws_security_group" "app" {
  name   = "app"
  vpc_id = aws_vpc.main.id
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

# --- through a proxy ---

# GOOD: 1,000 executions share what the proxy opens, at most 90 % of 405.
resource "aws_db_instance" "good_behind_proxy" {
  identifier           = "good-behind-proxy"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_db_proxy" "behind" {
  name           = "behind"
  engine_family  = "POSTGRESQL"
  role_arn       = local.role
  vpc_subnet_ids = aws_subnet.app[*].id

  auth {
    auth_scheme = "SECRETS"
    secret_arn  = "arn:aws:secretsmanager:us-east-1:123456789012:secret:database-AbCdEf"
  }
}

resource "aws_db_proxy_default_target_group" "behind" {
  db_proxy_name = aws_db_proxy.behind.name

  connection_pool_config {
    max_connections_percent = 90
  }
}

resource "aws_db_proxy_target" "behind" {
  db_proxy_name          = aws_db_proxy.behind.name
  target_group_name      = aws_db_proxy_default_target_group.behind.name
  db_instance_identifier = aws_db_instance.good_behind_proxy.identifier
}

resource "aws_lambda_function" "behind_proxy" {
  function_name = "behind-proxy"
  role          = local.role
  package_type  = "Image"
  image_uri     = local.image

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_db_proxy.behind.endpoint, DB_POOL_SIZE = "1" }
  }
}

# GOOD: 19 x 10 = 190 that go past the proxy, and its 50 % of 405, 202: 392 of 400.
resource "aws_db_instance" "good_beside_proxy" {
  identifier           = "good-beside-proxy"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_db_proxy" "fits_beside" {
  name           = "fits-beside"
  engine_family  = "POSTGRESQL"
  role_arn       = local.role
  vpc_subnet_ids = aws_subnet.app[*].id

  auth {
    auth_scheme = "SECRETS"
    secret_arn  = "arn:aws:secretsmanager:us-east-1:123456789012:secret:database-AbCdEf"
  }
}

resource "aws_db_proxy_default_target_group" "fits_beside" {
  db_proxy_name = aws_db_proxy.fits_beside.name

  connection_pool_config {
    max_connections_percent = 50
  }
}

resource "aws_db_proxy_target" "fits_beside" {
  db_proxy_name          = aws_db_proxy.fits_beside.name
  target_group_name      = aws_db_proxy_default_target_group.fits_beside.name
  db_instance_identifier = aws_db_instance.good_beside_proxy.identifier
}

resource "aws_lambda_function" "fits_through_proxy" {
  function_name = "fits-through-proxy"
  role          = local.role
  package_type  = "Image"
  image_uri     = local.image

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_db_proxy.fits_beside.endpoint, DB_POOL_SIZE = "1" }
  }
}

resource "aws_lambda_function" "fits_past_proxy" {
  function_name                  = "fits-past-proxy"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 19

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_db_instance.good_beside_proxy.address, DB_POOL_SIZE = "10" }
  }
}

# BAD, high: 21 x 10 = 210 that go past the proxy, and its 50 % of 405, 202: 412.
resource "aws_db_instance" "bad_beside_proxy" {
  identifier           = "bad-beside-proxy"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_db_proxy" "beside" {
  name           = "beside"
  engine_family  = "POSTGRESQL"
  role_arn       = local.role
  vpc_subnet_ids = aws_subnet.app[*].id

  auth {
    auth_scheme = "SECRETS"
    secret_arn  = "arn:aws:secretsmanager:us-east-1:123456789012:secret:database-AbCdEf"
  }
}

resource "aws_db_proxy_default_target_group" "beside" {
  db_proxy_name = aws_db_proxy.beside.name

  connection_pool_config {
    max_connections_percent = 50
  }
}

resource "aws_db_proxy_target" "beside" {
  db_proxy_name          = aws_db_proxy.beside.name
  target_group_name      = aws_db_proxy_default_target_group.beside.name
  db_instance_identifier = aws_db_instance.bad_beside_proxy.identifier
}

resource "aws_lambda_function" "through_proxy" {
  function_name = "through-proxy"
  role          = local.role
  package_type  = "Image"
  image_uri     = local.image

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_db_proxy.beside.endpoint, DB_POOL_SIZE = "1" }
  }
}

resource "aws_lambda_function" "past_proxy" {
  function_name                  = "past-proxy"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 21

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_db_instance.bad_beside_proxy.address, DB_POOL_SIZE = "10" }
  }
}

# --- by security groups only ---

# BAD, high: the function keeps a pool, and says nowhere of which database; the only door that is open to it is this one.
# 41 x 10 = 410.
resource "aws_db_instance" "bad_group" {
  identifier             = "bad-group"
  engine                 = "postgres"
  engine_version         = "16.4"
  instance_class         = "db.t3.medium"
  allocated_storage      = 20
  parameter_group_name   = aws_db_parameter_group.four_hundred.name
  port                   = 5432
  vpc_security_group_ids = [aws_security_group.group_database.id]
}

resource "aws_security_group" "group_database" {
  name   = "group-database"
  vpc_id = aws_vpc.main.id
}

resource "aws_security_group" "group" {
  name   = "group"
  vpc_id = aws_vpc.main.id
}

resource "aws_vpc_security_group_ingress_rule" "group" {
  security_group_id            = aws_security_group.group_database.id
  referenced_security_group_id = aws_security_group.group.id
  ip_protocol                  = "tcp"
  from_port                    = 5432
  to_port                      = 5432
}

resource "aws_lambda_function" "group" {
  function_name                  = "group"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 41

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.group.id]
  }

  environment {
    variables = { DB_POOL_SIZE = "10" }
  }
}

# UNKNOWN: the function has a database, by a name that this plan does not know: it may be this one, or a pooler before it.
resource "aws_db_instance" "unknown_other_name" {
  identifier             = "unknown-other-name"
  engine                 = "postgres"
  engine_version         = "16.4"
  instance_class         = "db.t3.medium"
  allocated_storage      = 20
  parameter_group_name   = aws_db_parameter_group.four_hundred.name
  port                   = 5432
  vpc_security_group_ids = [aws_security_group.other_name_database.id]
}

resource "aws_security_group" "other_name_database" {
  name   = "other-name-database"
  vpc_id = aws_vpc.main.id
}

resource "aws_security_group" "other_name" {
  name   = "other-name"
  vpc_id = aws_vpc.main.id
}

resource "aws_vpc_security_group_ingress_rule" "other_name" {
  security_group_id            = aws_security_group.other_name_database.id
  referenced_security_group_id = aws_security_group.other_name.id
  ip_protocol                  = "tcp"
  from_port                    = 5432
  to_port                      = 5432
}

resource "aws_lambda_function" "other_name" {
  function_name                  = "other-name"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 41

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.other_name.id]
  }

  environment {
    variables = { DB_HOST = "orders.db.internal", DB_POOL_SIZE = "10" }
  }
}

# UNKNOWN: a pooler of its own stands before the database, and keeps 20 connections; the application calls it by its name,
# and the database would let it in as well. Its 4 tasks with pools of 100 would be too many.
resource "aws_db_instance" "unknown_own_pooler" {
  identifier             = "own-pooler"
  engine                 = "postgres"
  engine_version         = "16.4"
  instance_class         = "db.t3.medium"
  allocated_storage      = 20
  parameter_group_name   = aws_db_parameter_group.four_hundred.name
  port                   = 5432
  vpc_security_group_ids = [aws_security_group.own_pooler_database.id]
}

resource "aws_security_group" "own_pooler_database" {
  name   = "own-pooler-database"
  vpc_id = aws_vpc.main.id
}

resource "aws_security_group" "own_pooler" {
  name   = "own-pooler"
  vpc_id = aws_vpc.main.id
}

resource "aws_vpc_security_group_ingress_rule" "own_pooler" {
  security_group_id            = aws_security_group.own_pooler_database.id
  referenced_security_group_id = aws_security_group.own_pooler.id
  ip_protocol                  = "tcp"
  from_port                    = 5432
  to_port                      = 5432
}

resource "aws_ecs_task_definition" "own_pooler" {
  for_each = {
    pgbouncer = {
      DB_HOST           = aws_db_instance.unknown_own_pooler.address
      DEFAULT_POOL_SIZE = "20"
      MAX_CLIENT_CONN   = "1000"
    }
    shop = {
      DATABASE_URL = "postgres://shop@pgbouncer.shop.internal:6432/shop"
      DB_POOL_SIZE = "100"
    }
  }

  family                   = "own-pooler-${each.key}"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024

  container_definitions = jsonencode([
    {
      name        = each.key
      image       = local.image
      essential   = true
      environment = [for name, value in each.value : { name = name, value = value }]
    },
  ])
}

resource "aws_ecs_service" "own_pooler" {
  for_each = { pgbouncer = 1, shop = 4 }

  name            = "own-pooler-${each.key}"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.own_pooler[each.key].arn
  launch_type     = "FARGATE"
  desired_count   = each.value

  network_configuration {
    subnets         = aws_subnet.app[*].id
    security_groups = [aws_security_group.own_pooler.id]
  }
}

# BAD, high, for its readers: one of two readers takes 400; a name of the application's own leads to both, and 82 x 10 = 820
# are asked for. Nobody asks the machine that writes.
resource "aws_rds_cluster" "bad_custom_endpoint" {
  cluster_identifier              = "bad-custom-endpoint"
  engine                          = "aurora-postgresql"
  engine_version                  = "16.4"
  db_cluster_parameter_group_name = aws_rds_cluster_parameter_group.four_hundred.name
}

resource "aws_rds_cluster_instance" "custom_endpoint" {
  count              = 3
  identifier         = "custom-endpoint-${count.index}"
  cluster_identifier = aws_rds_cluster.bad_custom_endpoint.id
  instance_class     = "db.r6g.large"
  engine             = aws_rds_cluster.bad_custom_endpoint.engine
  engine_version     = aws_rds_cluster.bad_custom_endpoint.engine_version
}

resource "aws_rds_cluster_endpoint" "reports" {
  cluster_identifier          = aws_rds_cluster.bad_custom_endpoint.id
  cluster_endpoint_identifier = "reports"
  custom_endpoint_type        = "READER"
}

resource "aws_lambda_function" "custom_endpoint" {
  function_name                  = "custom-endpoint"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 82

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_rds_cluster_endpoint.reports.endpoint, DB_POOL_SIZE = "10" }
  }
}

# UNKNOWN: the door is open, but nothing says that the function goes through it.
resource "aws_db_instance" "unknown_group" {
  identifier             = "unknown-group"
  engine                 = "postgres"
  engine_version         = "16.4"
  instance_class         = "db.t3.medium"
  allocated_storage      = 20
  parameter_group_name   = aws_db_parameter_group.four_hundred.name
  port                   = 5432
  vpc_security_group_ids = [aws_security_group.silent_database.id]
}

resource "aws_security_group" "silent_database" {
  name   = "silent-database"
  vpc_id = aws_vpc.main.id
}

resource "aws_security_group" "silent" {
  name   = "silent"
  vpc_id = aws_vpc.main.id
}

resource "aws_vpc_security_group_ingress_rule" "silent" {
  security_group_id            = aws_security_group.silent_database.id
  referenced_security_group_id = aws_security_group.silent.id
  ip_protocol                  = "tcp"
  from_port                    = 5432
  to_port                      = 5432
}

resource "aws_lambda_function" "silent" {
  function_name                  = "silent"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 41

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.silent.id]
  }

  environment {
    variables = { LOG_LEVEL = "info" }
  }
}

# GOOD: the door that is open is another one. The function has a database, but cannot reach this.
resource "aws_db_instance" "good_other_port" {
  identifier             = "good-other-port"
  engine                 = "postgres"
  engine_version         = "16.4"
  instance_class         = "db.t3.medium"
  allocated_storage      = 20
  parameter_group_name   = aws_db_parameter_group.four_hundred.name
  port                   = 5432
  vpc_security_group_ids = [aws_security_group.other_port_database.id]
}

resource "aws_security_group" "other_port_database" {
  name   = "other-port-database"
  vpc_id = aws_vpc.main.id
}

resource "aws_security_group" "other_port" {
  name   = "other-port"
  vpc_id = aws_vpc.main.id
}

resource "aws_vpc_security_group_ingress_rule" "other_port" {
  security_group_id            = aws_security_group.other_port_database.id
  referenced_security_group_id = aws_security_group.other_port.id
  ip_protocol                  = "tcp"
  from_port                    = 22
  to_port                      = 22
}

resource "aws_lambda_function" "other_port" {
  function_name                  = "other-port"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 41

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.other_port.id]
  }

  environment {
    variables = { DB_HOST = "orders.db.internal", DB_POOL_SIZE = "10" }
  }
}

# --- by what a secret holds ---

# BAD, high: the address lies in a secret. 41 x 10 = 410.
resource "aws_db_instance" "bad_secret" {
  identifier           = "bad-secret"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_secretsmanager_secret" "database" {
  name = "shop/database"
}

resource "aws_secretsmanager_secret_version" "database" {
  secret_id     = aws_secretsmanager_secret.database.id
  secret_string = jsonencode({ host = aws_db_instance.bad_secret.address, username = "shop" })
}

resource "aws_lambda_function" "secret" {
  function_name                  = "secret"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 41

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_SECRET_ARN = aws_secretsmanager_secret.database.arn, DB_POOL_SIZE = "10" }
  }
}

# BAD, critical: the address lies in a parameter. 5 tasks x 90 = 450.
resource "aws_db_instance" "bad_parameter" {
  identifier           = "bad-parameter"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_ssm_parameter" "database_url" {
  name  = "/shop/database/url"
  type  = "SecureString"
  value = "postgresql://${aws_db_instance.bad_parameter.address}/shop"
}

resource "aws_ecs_task_definition" "parameter" {
  family                   = "parameter"
  network_mode             = "awsvpc"
  requires_compatibilities = ["FARGATE"]
  cpu                      = 1024
  memory                   = 2048
  container_definitions = jsonencode([{
    name  = "api"
    image = local.image
    environment = [
      { name = "DB_POOL_SIZE", value = "90" },
    ]
    secrets = [
      { name = "DATABASE_URL", valueFrom = aws_ssm_parameter.database_url.arn },
    ]
  }])
}

resource "aws_ecs_service" "parameter" {
  name                               = "parameter"
  cluster                            = aws_ecs_cluster.main.id
  task_definition                    = aws_ecs_task_definition.parameter.arn
  desired_count                      = 5
  deployment_minimum_healthy_percent = 50
  deployment_maximum_percent         = 100
  launch_type                        = "FARGATE"

  network_configuration {
    subnets = aws_subnet.app[*].id
  }
}

# BAD, critical: the task is handed the secret that RDS keeps for this database. 5 tasks x 90 = 450.
resource "aws_db_instance" "bad_master_secret" {
  identifier                  = "bad-master-secret"
  engine                      = "postgres"
  engine_version              = "16.4"
  instance_class              = "db.t3.medium"
  allocated_storage           = 20
  parameter_group_name        = aws_db_parameter_group.four_hundred.name
  manage_master_user_password = true
}

resource "aws_ecs_task_definition" "master_secret" {
  family                   = "master-secret"
  network_mode             = "awsvpc"
  requires_compatibilities = ["FARGATE"]
  cpu                      = 1024
  memory                   = 2048
  container_definitions = jsonencode([{
    name  = "api"
    image = local.image
    environment = [
      { name = "DB_POOL_SIZE", value = "90" },
    ]
    secrets = [
      { name = "DB_PASSWORD", valueFrom = aws_db_instance.bad_master_secret.master_user_secret[0].secret_arn },
    ]
  }])
}

resource "aws_ecs_service" "master_secret" {
  name                               = "master-secret"
  cluster                            = aws_ecs_cluster.main.id
  task_definition                    = aws_ecs_task_definition.master_secret.arn
  desired_count                      = 5
  deployment_minimum_healthy_percent = 50
  deployment_maximum_percent         = 100
  launch_type                        = "FARGATE"

  network_configuration {
    subnets = aws_subnet.app[*].id
  }
}

# --- an open range of addresses ---

resource "aws_vpc" "open" {
  cidr_block = "10.8.0.0/16"
}

resource "aws_subnet" "open" {
  count             = 2
  vpc_id            = aws_vpc.open.id
  availability_zone = local.zones[count.index]
  cidr_block        = cidrsubnet("10.8.0.0/16", 8, count.index)
}

# UNKNOWN: the door is open to the whole network. Whether the machines in it, whose script the plan does not show, go
# through it, nobody can tell.
resource "aws_db_instance" "unknown_open_range" {
  identifier             = "unknown-open-range"
  engine                 = "postgres"
  engine_version         = "16.4"
  instance_class         = "db.t3.medium"
  allocated_storage      = 20
  parameter_group_name   = aws_db_parameter_group.four_hundred.name
  port                   = 5432
  db_subnet_group_name   = aws_db_subnet_group.open.name
  vpc_security_group_ids = [aws_security_group.open_range.id]
}

resource "aws_db_subnet_group" "open" {
  name       = "open"
  subnet_ids = aws_subnet.open[*].id
}

resource "aws_security_group" "open_range" {
  name   = "open-range"
  vpc_id = aws_vpc.open.id
}

resource "aws_vpc_security_group_ingress_rule" "open_range" {
  security_group_id = aws_security_group.open_range.id
  cidr_ipv4         = aws_vpc.open.cidr_block
  ip_protocol       = "tcp"
  from_port         = 5432
  to_port           = 5432
}

resource "aws_launch_template" "from_an_image" {
  name          = "from-an-image"
  image_id      = "ami-0123456789abcdef0"
  instance_type = "m7g.large"
}

resource "aws_autoscaling_group" "from_an_image" {
  name                = "from-an-image"
  min_size            = 4
  max_size            = 20
  vpc_zone_identifier = aws_subnet.open[*].id

  launch_template {
    id      = aws_launch_template.from_an_image.id
    version = aws_launch_template.from_an_image.latest_version
  }
}

# --- readers ---

resource "aws_rds_cluster_parameter_group" "four_hundred" {
  name   = "four-hundred-each"
  family = "aurora-postgresql16"

  parameter {
    name         = "max_connections"
    value        = "405"
    apply_method = "pending-reboot"
  }
}

# GOOD, by nothing: 40 x 10 = 400 write on one machine; 80 x 10 = 800 read on the two others, 400 on each.
resource "aws_rds_cluster" "good_readers" {
  cluster_identifier              = "good-readers"
  engine                          = "aurora-postgresql"
  engine_version                  = "16.4"
  db_cluster_parameter_group_name = aws_rds_cluster_parameter_group.four_hundred.name
}

resource "aws_rds_cluster_instance" "fits_readers" {
  count              = 3
  identifier         = "good-readers-${count.index + 1}"
  cluster_identifier = aws_rds_cluster.good_readers.id
  engine             = aws_rds_cluster.good_readers.engine
  engine_version     = aws_rds_cluster.good_readers.engine_version
  instance_class     = "db.r6g.large"
}

resource "aws_lambda_function" "fits_writing" {
  function_name                  = "fits-writing"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 40

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_rds_cluster.good_readers.endpoint, DB_POOL_SIZE = "10" }
  }
}

resource "aws_lambda_function" "fits_reading" {
  function_name                  = "fits-reading"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 80

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_rds_cluster.good_readers.reader_endpoint, DB_POOL_SIZE = "10" }
  }
}

# BAD, high, at the readers: 81 x 10 = 810 > 800. Those who write are few.
resource "aws_rds_cluster" "bad_readers" {
  cluster_identifier              = "bad-readers"
  engine                          = "aurora-postgresql"
  engine_version                  = "16.4"
  db_cluster_parameter_group_name = aws_rds_cluster_parameter_group.four_hundred.name
}

resource "aws_rds_cluster_instance" "readers" {
  count              = 3
  identifier         = "bad-readers-${count.index + 1}"
  cluster_identifier = aws_rds_cluster.bad_readers.id
  engine             = aws_rds_cluster.bad_readers.engine
  engine_version     = aws_rds_cluster.bad_readers.engine_version
  instance_class     = "db.r6g.large"
}

resource "aws_lambda_function" "writing" {
  function_name                  = "writing"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 4

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_rds_cluster.bad_readers.endpoint, DB_POOL_SIZE = "10" }
  }
}

resource "aws_lambda_function" "reading" {
  function_name                  = "reading"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 81

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_rds_cluster.bad_readers.reader_endpoint, DB_POOL_SIZE = "10" }
  }
}

# GOOD: the only machine answers the readers, too. 19 x 10 and 20 x 10 are 390.
resource "aws_rds_cluster" "good_only_machine" {
  cluster_identifier              = "good-only-machine"
  engine                          = "aurora-postgresql"
  engine_version                  = "16.4"
  db_cluster_parameter_group_name = aws_rds_cluster_parameter_group.four_hundred.name
}

resource "aws_rds_cluster_instance" "fits_only_machine" {
  cluster_identifier = aws_rds_cluster.good_only_machine.id
  engine             = aws_rds_cluster.good_only_machine.engine
  engine_version     = aws_rds_cluster.good_only_machine.engine_version
  instance_class     = "db.r6g.large"
}

resource "aws_lambda_function" "fits_writing_alone" {
  function_name                  = "fits-writing-alone"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 19

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_rds_cluster.good_only_machine.endpoint, DB_POOL_SIZE = "10" }
  }
}

resource "aws_lambda_function" "fits_reading_alone" {
  function_name                  = "fits-reading-alone"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 20

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_rds_cluster.good_only_machine.reader_endpoint, DB_POOL_SIZE = "10" }
  }
}

# BAD, high: the only machine answers the readers, too. 21 x 10 and 20 x 10 are 410 > 400.
resource "aws_rds_cluster" "bad_only_machine" {
  cluster_identifier              = "bad-only-machine"
  engine                          = "aurora-postgresql"
  engine_version                  = "16.4"
  db_cluster_parameter_group_name = aws_rds_cluster_parameter_group.four_hundred.name
}

resource "aws_rds_cluster_instance" "only_machine" {
  cluster_identifier = aws_rds_cluster.bad_only_machine.id
  engine             = aws_rds_cluster.bad_only_machine.engine
  engine_version     = aws_rds_cluster.bad_only_machine.engine_version
  instance_class     = "db.r6g.large"
}

resource "aws_lambda_function" "writing_alone" {
  function_name                  = "writing-alone"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 21

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_rds_cluster.bad_only_machine.endpoint, DB_POOL_SIZE = "10" }
  }
}

resource "aws_lambda_function" "reading_alone" {
  function_name                  = "reading-alone"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 20

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_rds_cluster.bad_only_machine.reader_endpoint, DB_POOL_SIZE = "10" }
  }
}

# --- a replica ---

# GOOD: a replica has a limit of its own, and so does what it replicates. 40 x 10 = 400 here, by nothing.
resource "aws_db_instance" "good_primary" {
  identifier              = "good-primary"
  engine                  = "postgres"
  engine_version          = "16.4"
  instance_class          = "db.t3.medium"
  allocated_storage       = 20
  parameter_group_name    = aws_db_parameter_group.four_hundred.name
  backup_retention_period = 7
}

resource "aws_lambda_function" "primary" {
  function_name                  = "primary"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 40

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_db_instance.good_primary.address, DB_POOL_SIZE = "10" }
  }
}

# BAD, high: 41 x 10 = 410 > 400.
resource "aws_db_instance" "bad_replica" {
  identifier           = "bad-replica"
  replicate_source_db  = aws_db_instance.good_primary.identifier
  engine               = "postgres"
  instance_class       = "db.t3.medium"
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_lambda_function" "replica" {
  function_name                  = "replica"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 41

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_db_instance.bad_replica.address, DB_POOL_SIZE = "10" }
  }
}
