# proxy-overcommit: what several poolers before one database may take together. 400 connections of each database are
# usable. The rule reports at the database, and at the workload where a pooler stands beside it. The folder is applied,
# then planned again.

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

# BAD: twice 100 %. Its clients ask for 40 today, so that connections do not run out yet.
resource "aws_db_instance" "bad_all_twice" {
  identifier           = "bad-all-twice"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_db_proxy" "all_twice_a" {
  name           = "all-twice-a"
  engine_family  = "POSTGRESQL"
  role_arn       = local.role
  vpc_subnet_ids = aws_subnet.app[*].id

  auth {
    auth_scheme = "SECRETS"
    secret_arn  = "arn:aws:secretsmanager:us-east-1:123456789012:secret:database-AbCdEf"
  }
}

resource "aws_db_proxy_default_target_group" "all_twice_a" {
  db_proxy_name = aws_db_proxy.all_twice_a.name

  connection_pool_config {
    max_connections_percent = 100
  }
}

resource "aws_db_proxy_target" "all_twice_a" {
  db_proxy_name          = aws_db_proxy.all_twice_a.name
  target_group_name      = aws_db_proxy_default_target_group.all_twice_a.name
  db_instance_identifier = aws_db_instance.bad_all_twice.identifier
}

resource "aws_db_proxy" "all_twice_b" {
  name           = "all-twice-b"
  engine_family  = "POSTGRESQL"
  role_arn       = local.role
  vpc_subnet_ids = aws_subnet.app[*].id

  auth {
    auth_scheme = "SECRETS"
    secret_arn  = "arn:aws:secretsmanager:us-east-1:123456789012:secret:database-AbCdEf"
  }
}

resource "aws_db_proxy_default_target_group" "all_twice_b" {
  db_proxy_name = aws_db_proxy.all_twice_b.name

  connection_pool_config {
    max_connections_percent = 100
  }
}

resource "aws_db_proxy_target" "all_twice_b" {
  db_proxy_name          = aws_db_proxy.all_twice_b.name
  target_group_name      = aws_db_proxy_default_target_group.all_twice_b.name
  db_instance_identifier = aws_db_instance.bad_all_twice.identifier
}

resource "aws_lambda_function" "all_twice_a" {
  function_name                  = "all-twice-a"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 20

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_db_proxy.all_twice_a.endpoint, DB_POOL_SIZE = "1" }
  }
}

resource "aws_lambda_function" "all_twice_b" {
  function_name                  = "all-twice-b"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 20

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_db_proxy.all_twice_b.endpoint, DB_POOL_SIZE = "1" }
  }
}

# BAD: 60 % and 50 %.
resource "aws_db_instance" "bad_hundred_ten" {
  identifier           = "bad-hundred-ten"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_db_proxy" "hundred_ten_a" {
  name           = "hundred-ten-a"
  engine_family  = "POSTGRESQL"
  role_arn       = local.role
  vpc_subnet_ids = aws_subnet.app[*].id

  auth {
    auth_scheme = "SECRETS"
    secret_arn  = "arn:aws:secretsmanager:us-east-1:123456789012:secret:database-AbCdEf"
  }
}

resource "aws_db_proxy_default_target_group" "hundred_ten_a" {
  db_proxy_name = aws_db_proxy.hundred_ten_a.name

  connection_pool_config {
    max_connections_percent = 60
  }
}

resource "aws_db_proxy_target" "hundred_ten_a" {
  db_proxy_name          = aws_db_proxy.hundred_ten_a.name
  target_group_name      = aws_db_proxy_default_target_group.hundred_ten_a.name
  db_instance_identifier = aws_db_instance.bad_hundred_ten.identifier
}

resource "aws_db_proxy" "hundred_ten_b" {
  name           = "hundred-ten-b"
  engine_family  = "POSTGRESQL"
  role_arn       = local.role
  vpc_subnet_ids = aws_subnet.app[*].id

  auth {
    auth_scheme = "SECRETS"
    secret_arn  = "arn:aws:secretsmanager:us-east-1:123456789012:secret:database-AbCdEf"
  }
}

resource "aws_db_proxy_default_target_group" "hundred_ten_b" {
  db_proxy_name = aws_db_proxy.hundred_ten_b.name

  connection_pool_config {
    max_connections_percent = 50
  }
}

resource "aws_db_proxy_target" "hundred_ten_b" {
  db_proxy_name          = aws_db_proxy.hundred_ten_b.name
  target_group_name      = aws_db_proxy_default_target_group.hundred_ten_b.name
  db_instance_identifier = aws_db_instance.bad_hundred_ten.identifier
}

resource "aws_lambda_function" "hundred_ten_a" {
  function_name                  = "hundred-ten-a"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 20

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_db_proxy.hundred_ten_a.endpoint, DB_POOL_SIZE = "1" }
  }
}

resource "aws_lambda_function" "hundred_ten_b" {
  function_name                  = "hundred-ten-b"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 20

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_db_proxy.hundred_ten_b.endpoint, DB_POOL_SIZE = "1" }
  }
}

# BAD: the second has no share of its own, which means 100 %.
resource "aws_db_instance" "bad_default" {
  identifier           = "bad-default"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_db_proxy" "default_a" {
  name           = "default-a"
  engine_family  = "POSTGRESQL"
  role_arn       = local.role
  vpc_subnet_ids = aws_subnet.app[*].id

  auth {
    auth_scheme = "SECRETS"
    secret_arn  = "arn:aws:secretsmanager:us-east-1:123456789012:secret:database-AbCdEf"
  }
}

resource "aws_db_proxy_default_target_group" "default_a" {
  db_proxy_name = aws_db_proxy.default_a.name

  connection_pool_config {
    max_connections_percent = 20
  }
}

resource "aws_db_proxy_target" "default_a" {
  db_proxy_name          = aws_db_proxy.default_a.name
  target_group_name      = aws_db_proxy_default_target_group.default_a.name
  db_instance_identifier = aws_db_instance.bad_default.identifier
}

resource "aws_db_proxy" "default_b" {
  name           = "default-b"
  engine_family  = "POSTGRESQL"
  role_arn       = local.role
  vpc_subnet_ids = aws_subnet.app[*].id

  auth {
    auth_scheme = "SECRETS"
    secret_arn  = "arn:aws:secretsmanager:us-east-1:123456789012:secret:database-AbCdEf"
  }
}

resource "aws_db_proxy_default_target_group" "default_b" {
  db_proxy_name = aws_db_proxy.default_b.name
}

resource "aws_db_proxy_target" "default_b" {
  db_proxy_name          = aws_db_proxy.default_b.name
  target_group_name      = aws_db_proxy_default_target_group.default_b.name
  db_instance_identifier = aws_db_instance.bad_default.identifier
}

resource "aws_lambda_function" "default_a" {
  function_name                  = "default-a"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 20

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_db_proxy.default_a.endpoint, DB_POOL_SIZE = "1" }
  }
}

resource "aws_lambda_function" "default_b" {
  function_name                  = "default-b"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 20

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_db_proxy.default_b.endpoint, DB_POOL_SIZE = "1" }
  }
}

# BAD: nobody in this plan comes through them; the shares are as they are.
resource "aws_db_instance" "bad_unused" {
  identifier           = "bad-unused"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_db_proxy" "unused_a" {
  name           = "unused-a"
  engine_family  = "POSTGRESQL"
  role_arn       = local.role
  vpc_subnet_ids = aws_subnet.app[*].id

  auth {
    auth_scheme = "SECRETS"
    secret_arn  = "arn:aws:secretsmanager:us-east-1:123456789012:secret:database-AbCdEf"
  }
}

resource "aws_db_proxy_default_target_group" "unused_a" {
  db_proxy_name = aws_db_proxy.unused_a.name

  connection_pool_config {
    max_connections_percent = 80
  }
}

resource "aws_db_proxy_target" "unused_a" {
  db_proxy_name          = aws_db_proxy.unused_a.name
  target_group_name      = aws_db_proxy_default_target_group.unused_a.name
  db_instance_identifier = aws_db_instance.bad_unused.identifier
}

resource "aws_db_proxy" "unused_b" {
  name           = "unused-b"
  engine_family  = "POSTGRESQL"
  role_arn       = local.role
  vpc_subnet_ids = aws_subnet.app[*].id

  auth {
    auth_scheme = "SECRETS"
    secret_arn  = "arn:aws:secretsmanager:us-east-1:123456789012:secret:database-AbCdEf"
  }
}

resource "aws_db_proxy_default_target_group" "unused_b" {
  db_proxy_name = aws_db_proxy.unused_b.name

  connection_pool_config {
    max_connections_percent = 30
  }
}

resource "aws_db_proxy_target" "unused_b" {
  db_proxy_name          = aws_db_proxy.unused_b.name
  target_group_name      = aws_db_proxy_default_target_group.unused_b.name
  db_instance_identifier = aws_db_instance.bad_unused.identifier
}

# BAD: one share cannot be seen, and the others exceed 100 % without it.
resource "aws_db_instance" "bad_beside_hidden" {
  identifier           = "bad-beside-hidden"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_db_proxy" "hidden_a" {
  name           = "hidden-a"
  engine_family  = "POSTGRESQL"
  role_arn       = local.role
  vpc_subnet_ids = aws_subnet.app[*].id

  auth {
    auth_scheme = "SECRETS"
    secret_arn  = "arn:aws:secretsmanager:us-east-1:123456789012:secret:database-AbCdEf"
  }
}

resource "aws_db_proxy_default_target_group" "hidden_a" {
  db_proxy_name = aws_db_proxy.hidden_a.name

  connection_pool_config {
    max_connections_percent = 70
  }
}

resource "aws_db_proxy_target" "hidden_a" {
  db_proxy_name          = aws_db_proxy.hidden_a.name
  target_group_name      = aws_db_proxy_default_target_group.hidden_a.name
  db_instance_identifier = aws_db_instance.bad_beside_hidden.identifier
}

resource "aws_db_proxy" "hidden_b" {
  name           = "hidden-b"
  engine_family  = "POSTGRESQL"
  role_arn       = local.role
  vpc_subnet_ids = aws_subnet.app[*].id

  auth {
    auth_scheme = "SECRETS"
    secret_arn  = "arn:aws:secretsmanager:us-east-1:123456789012:secret:database-AbCdEf"
  }
}

resource "aws_db_proxy_default_target_group" "hidden_b" {
  db_proxy_name = aws_db_proxy.hidden_b.name

  connection_pool_config {
    max_connections_percent = 50
  }
}

resource "aws_db_proxy_target" "hidden_b" {
  db_proxy_name          = aws_db_proxy.hidden_b.name
  target_group_name      = aws_db_proxy_default_target_group.hidden_b.name
  db_instance_identifier = aws_db_instance.bad_beside_hidden.identifier
}

resource "aws_db_proxy" "hidden_c" {
  name           = "hidden-c"
  engine_family  = "POSTGRESQL"
  role_arn       = local.role
  vpc_subnet_ids = aws_subnet.app[*].id

  auth {
    auth_scheme = "SECRETS"
    secret_arn  = "arn:aws:secretsmanager:us-east-1:123456789012:secret:database-AbCdEf"
  }
}

resource "aws_db_proxy_default_target_group" "hidden_c" {
  db_proxy_name = aws_db_proxy.hidden_c.name

  connection_pool_config {
    max_connections_percent = var.share
  }
}

resource "aws_db_proxy_target" "hidden_c" {
  db_proxy_name          = aws_db_proxy.hidden_c.name
  target_group_name      = aws_db_proxy_default_target_group.hidden_c.name
  db_instance_identifier = aws_db_instance.bad_beside_hidden.identifier
}

variable "share" {
  type      = number
  default   = 40
  sensitive = true
}

# GOOD: 60 % and 40 %.
resource "aws_db_instance" "good_divided" {
  identifier           = "good-divided"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_db_proxy" "divided_a" {
  name           = "divided-a"
  engine_family  = "POSTGRESQL"
  role_arn       = local.role
  vpc_subnet_ids = aws_subnet.app[*].id

  auth {
    auth_scheme = "SECRETS"
    secret_arn  = "arn:aws:secretsmanager:us-east-1:123456789012:secret:database-AbCdEf"
  }
}

resource "aws_db_proxy_default_target_group" "divided_a" {
  db_proxy_name = aws_db_proxy.divided_a.name

  connection_pool_config {
    max_connections_percent = 60
  }
}

resource "aws_db_proxy_target" "divided_a" {
  db_proxy_name          = aws_db_proxy.divided_a.name
  target_group_name      = aws_db_proxy_default_target_group.divided_a.name
  db_instance_identifier = aws_db_instance.good_divided.identifier
}

resource "aws_db_proxy" "divided_b" {
  name           = "divided-b"
  engine_family  = "POSTGRESQL"
  role_arn       = local.role
  vpc_subnet_ids = aws_subnet.app[*].id

  auth {
    auth_scheme = "SECRETS"
    secret_arn  = "arn:aws:secretsmanager:us-east-1:123456789012:secret:database-AbCdEf"
  }
}

resource "aws_db_proxy_default_target_group" "divided_b" {
  db_proxy_name = aws_db_proxy.divided_b.name

  connection_pool_config {
    max_connections_percent = 40
  }
}

resource "aws_db_proxy_target" "divided_b" {
  db_proxy_name          = aws_db_proxy.divided_b.name
  target_group_name      = aws_db_proxy_default_target_group.divided_b.name
  db_instance_identifier = aws_db_instance.good_divided.identifier
}

resource "aws_lambda_function" "divided_a" {
  function_name                  = "divided-a"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 20

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_db_proxy.divided_a.endpoint, DB_POOL_SIZE = "1" }
  }
}

resource "aws_lambda_function" "divided_b" {
  function_name                  = "divided-b"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 20

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_db_proxy.divided_b.endpoint, DB_POOL_SIZE = "1" }
  }
}

# GOOD: alone with all of it.
resource "aws_db_instance" "good_alone" {
  identifier           = "good-alone"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_db_proxy" "alone" {
  name           = "alone"
  engine_family  = "POSTGRESQL"
  role_arn       = local.role
  vpc_subnet_ids = aws_subnet.app[*].id

  auth {
    auth_scheme = "SECRETS"
    secret_arn  = "arn:aws:secretsmanager:us-east-1:123456789012:secret:database-AbCdEf"
  }
}

resource "aws_db_proxy_default_target_group" "alone" {
  db_proxy_name = aws_db_proxy.alone.name

  connection_pool_config {
    max_connections_percent = 100
  }
}

resource "aws_db_proxy_target" "alone" {
  db_proxy_name          = aws_db_proxy.alone.name
  target_group_name      = aws_db_proxy_default_target_group.alone.name
  db_instance_identifier = aws_db_instance.good_alone.identifier
}

resource "aws_lambda_function" "alone" {
  function_name = "alone"
  role          = local.role
  package_type  = "Image"
  image_uri     = local.image

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_db_proxy.alone.endpoint, DB_POOL_SIZE = "1" }
  }
}

# GOOD: 100 % beside 20 that come directly, and the clients of the pooler ask for 20 at the most.
resource "aws_db_instance" "good_beside" {
  identifier           = "good-beside"
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
    max_connections_percent = 100
  }
}

resource "aws_db_proxy_target" "beside" {
  db_proxy_name          = aws_db_proxy.beside.name
  target_group_name      = aws_db_proxy_default_target_group.beside.name
  db_instance_identifier = aws_db_instance.good_beside.identifier
}

resource "aws_lambda_function" "beside_through" {
  function_name                  = "beside-through"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 20

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_db_proxy.beside.endpoint, DB_POOL_SIZE = "1" }
  }
}

resource "aws_lambda_function" "beside_past" {
  function_name                  = "beside-past"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 20

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_db_instance.good_beside.address, DB_POOL_SIZE = "1" }
  }
}

# GOOD here: clients ask for more than there is, and connection-exhaustion says so with the whole sum.
resource "aws_db_instance" "good_exhausted" {
  identifier           = "good-exhausted"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_db_proxy" "exhausted_a" {
  name           = "exhausted-a"
  engine_family  = "POSTGRESQL"
  role_arn       = local.role
  vpc_subnet_ids = aws_subnet.app[*].id

  auth {
    auth_scheme = "SECRETS"
    secret_arn  = "arn:aws:secretsmanager:us-east-1:123456789012:secret:database-AbCdEf"
  }
}

resource "aws_db_proxy_default_target_group" "exhausted_a" {
  db_proxy_name = aws_db_proxy.exhausted_a.name

  connection_pool_config {
    max_connections_percent = 100
  }
}

resource "aws_db_proxy_target" "exhausted_a" {
  db_proxy_name          = aws_db_proxy.exhausted_a.name
  target_group_name      = aws_db_proxy_default_target_group.exhausted_a.name
  db_instance_identifier = aws_db_instance.good_exhausted.identifier
}

resource "aws_db_proxy" "exhausted_b" {
  name           = "exhausted-b"
  engine_family  = "POSTGRESQL"
  role_arn       = local.role
  vpc_subnet_ids = aws_subnet.app[*].id

  auth {
    auth_scheme = "SECRETS"
    secret_arn  = "arn:aws:secretsmanager:us-east-1:123456789012:secret:database-AbCdEf"
  }
}

resource "aws_db_proxy_default_target_group" "exhausted_b" {
  db_proxy_name = aws_db_proxy.exhausted_b.name

  connection_pool_config {
    max_connections_percent = 100
  }
}

resource "aws_db_proxy_target" "exhausted_b" {
  db_proxy_name          = aws_db_proxy.exhausted_b.name
  target_group_name      = aws_db_proxy_default_target_group.exhausted_b.name
  db_instance_identifier = aws_db_instance.good_exhausted.identifier
}

resource "aws_lambda_function" "exhausted_a" {
  function_name                  = "exhausted-a"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 300

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_db_proxy.exhausted_a.endpoint, DB_POOL_SIZE = "1" }
  }
}

resource "aws_lambda_function" "exhausted_b" {
  function_name                  = "exhausted-b"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 300

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_db_proxy.exhausted_b.endpoint, DB_POOL_SIZE = "1" }
  }
}

# GOOD: two poolers with all of it, each before a database of its own.
resource "aws_db_instance" "good_first" {
  identifier           = "good-first"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_db_proxy" "first" {
  name           = "first"
  engine_family  = "POSTGRESQL"
  role_arn       = local.role
  vpc_subnet_ids = aws_subnet.app[*].id

  auth {
    auth_scheme = "SECRETS"
    secret_arn  = "arn:aws:secretsmanager:us-east-1:123456789012:secret:database-AbCdEf"
  }
}

resource "aws_db_proxy_default_target_group" "first" {
  db_proxy_name = aws_db_proxy.first.name

  connection_pool_config {
    max_connections_percent = 100
  }
}

resource "aws_db_proxy_target" "first" {
  db_proxy_name          = aws_db_proxy.first.name
  target_group_name      = aws_db_proxy_default_target_group.first.name
  db_instance_identifier = aws_db_instance.good_first.identifier
}

resource "aws_db_instance" "good_second" {
  identifier           = "good-second"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_db_proxy" "second" {
  name           = "second"
  engine_family  = "POSTGRESQL"
  role_arn       = local.role
  vpc_subnet_ids = aws_subnet.app[*].id

  auth {
    auth_scheme = "SECRETS"
    secret_arn  = "arn:aws:secretsmanager:us-east-1:123456789012:secret:database-AbCdEf"
  }
}

resource "aws_db_proxy_default_target_group" "second" {
  db_proxy_name = aws_db_proxy.second.name

  connection_pool_config {
    max_connections_percent = 100
  }
}

resource "aws_db_proxy_target" "second" {
  db_proxy_name          = aws_db_proxy.second.name
  target_group_name      = aws_db_proxy_default_target_group.second.name
  db_instance_identifier = aws_db_instance.good_second.identifier
}

# UNKNOWN: 70 %, and a share that cannot be seen.
resource "aws_db_instance" "unknown_share" {
  identifier           = "unknown-share"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_db_proxy" "open_a" {
  name           = "open-a"
  engine_family  = "POSTGRESQL"
  role_arn       = local.role
  vpc_subnet_ids = aws_subnet.app[*].id

  auth {
    auth_scheme = "SECRETS"
    secret_arn  = "arn:aws:secretsmanager:us-east-1:123456789012:secret:database-AbCdEf"
  }
}

resource "aws_db_proxy_default_target_group" "open_a" {
  db_proxy_name = aws_db_proxy.open_a.name

  connection_pool_config {
    max_connections_percent = 70
  }
}

resource "aws_db_proxy_target" "open_a" {
  db_proxy_name          = aws_db_proxy.open_a.name
  target_group_name      = aws_db_proxy_default_target_group.open_a.name
  db_instance_identifier = aws_db_instance.unknown_share.identifier
}

resource "aws_db_proxy" "open_b" {
  name           = "open-b"
  engine_family  = "POSTGRESQL"
  role_arn       = local.role
  vpc_subnet_ids = aws_subnet.app[*].id

  auth {
    auth_scheme = "SECRETS"
    secret_arn  = "arn:aws:secretsmanager:us-east-1:123456789012:secret:database-AbCdEf"
  }
}

resource "aws_db_proxy_default_target_group" "open_b" {
  db_proxy_name = aws_db_proxy.open_b.name

  connection_pool_config {
    max_connections_percent = var.share
  }
}

resource "aws_db_proxy_target" "open_b" {
  db_proxy_name          = aws_db_proxy.open_b.name
  target_group_name      = aws_db_proxy_default_target_group.open_b.name
  db_instance_identifier = aws_db_instance.unknown_share.identifier
}

# UNKNOWN: the pooler may take 405, and 60 are asked for directly. Who comes through the pooler is not in this plan.
resource "aws_db_instance" "unknown_strangers" {
  identifier           = "unknown-strangers"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_db_proxy" "strangers" {
  name           = "strangers"
  engine_family  = "POSTGRESQL"
  role_arn       = local.role
  vpc_subnet_ids = aws_subnet.app[*].id

  auth {
    auth_scheme = "SECRETS"
    secret_arn  = "arn:aws:secretsmanager:us-east-1:123456789012:secret:database-AbCdEf"
  }
}

resource "aws_db_proxy_default_target_group" "strangers" {
  db_proxy_name = aws_db_proxy.strangers.name

  connection_pool_config {
    max_connections_percent = 100
  }
}

resource "aws_db_proxy_target" "strangers" {
  db_proxy_name          = aws_db_proxy.strangers.name
  target_group_name      = aws_db_proxy_default_target_group.strangers.name
  db_instance_identifier = aws_db_instance.unknown_strangers.identifier
}

resource "aws_lambda_function" "strangers" {
  function_name                  = "strangers"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 60

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_db_instance.unknown_strangers.address, DB_POOL_SIZE = "1" }
  }
}

resource "aws_db_instance" "shop" {
  identifier        = "shop"
  engine            = "postgres"
  engine_version    = "16.4"
  instance_class    = "db.r6g.large"
  allocated_storage = 20
}

# BAD: 8 x 20 = 160 connections to a pooler that accepts 100.
resource "aws_ecs_task_definition" "clients" {
  family                   = "clients"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048

  container_definitions = jsonencode([
    {
      name      = "shop"
      image     = local.image
      essential = true

      environment = [
        { name = "DATABASE_URL", value = "postgres://shop@127.0.0.1:6432/shop" },
        { name = "DB_POOL_SIZE", value = "20" },
        { name = "WEB_CONCURRENCY", value = "8" },
      ]
    },
    {
      name      = "pgbouncer"
      image     = "docker.io/edoburu/pgbouncer:v1.24.1-p1"
      essential = true

      environment = [
        { name = "DB_HOST", value = aws_db_instance.shop.address },
        { name = "DEFAULT_POOL_SIZE", value = "10" },
        { name = "MAX_CLIENT_CONN", value = "100" },
      ]
    },
  ])
}

resource "aws_ecs_service" "bad_clients" {
  name            = "bad-clients"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.clients.arn
  launch_type     = "FARGATE"
  desired_count   = 2

  network_configuration {
    subnets         = aws_subnet.app[*].id
    security_groups = [aws_security_group.app.id]
  }
}

# GOOD: the pooler accepts them all.
resource "aws_ecs_task_definition" "fine_clients" {
  family                   = "fine-clients"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048

  container_definitions = jsonencode([
    {
      name      = "shop"
      image     = local.image
      essential = true

      environment = [
        { name = "DATABASE_URL", value = "postgres://shop@127.0.0.1:6432/shop" },
        { name = "DB_POOL_SIZE", value = "20" },
        { name = "WEB_CONCURRENCY", value = "8" },
      ]
    },
    {
      name      = "pgbouncer"
      image     = "docker.io/edoburu/pgbouncer:v1.24.1-p1"
      essential = true

      environment = [
        { name = "DB_HOST", value = aws_db_instance.shop.address },
        { name = "DEFAULT_POOL_SIZE", value = "10" },
        { name = "MAX_CLIENT_CONN", value = "160" },
      ]
    },
  ])
}

resource "aws_ecs_service" "good_clients" {
  name            = "good-clients"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.fine_clients.arn
  launch_type     = "FARGATE"
  desired_count   = 2

  network_configuration {
    subnets         = aws_subnet.app[*].id
    security_groups = [aws_security_group.app.id]
  }
}

# GOOD: how many it accepts stands in its image.
resource "aws_ecs_task_definition" "fine_unsaid" {
  family                   = "fine-unsaid"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048

  container_definitions = jsonencode([
    {
      name      = "shop"
      image     = local.image
      essential = true

      environment = [
        { name = "DATABASE_URL", value = "postgres://shop@127.0.0.1:6432/shop" },
        { name = "DB_POOL_SIZE", value = "20" },
        { name = "WEB_CONCURRENCY", value = "8" },
      ]
    },
    {
      name      = "pgbouncer"
      image     = "docker.io/edoburu/pgbouncer:v1.24.1-p1"
      essential = true

      environment = [
        { name = "DB_HOST", value = aws_db_instance.shop.address },
        { name = "DEFAULT_POOL_SIZE", value = "10" },
      ]
    },
  ])
}

resource "aws_ecs_service" "good_unsaid" {
  name            = "good-unsaid"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.fine_unsaid.arn
  launch_type     = "FARGATE"
  desired_count   = 2

  network_configuration {
    subnets         = aws_subnet.app[*].id
    security_groups = [aws_security_group.app.id]
  }
}

# UNKNOWN: a pool that cannot be seen, before a pooler that accepts 100.
resource "aws_ecs_task_definition" "open_clients" {
  family                   = "open-clients"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048

  container_definitions = jsonencode([
    {
      name      = "shop"
      image     = local.image
      essential = true

      environment = [
        { name = "DATABASE_URL", value = "postgres://shop@127.0.0.1:6432/shop" },
        { name = "WEB_CONCURRENCY", value = "8" },
      ]
    },
    {
      name      = "pgbouncer"
      image     = "docker.io/edoburu/pgbouncer:v1.24.1-p1"
      essential = true

      environment = [
        { name = "DB_HOST", value = aws_db_instance.shop.address },
        { name = "DEFAULT_POOL_SIZE", value = "10" },
        { name = "MAX_CLIENT_CONN", value = "100" },
      ]
    },
  ])
}

resource "aws_ecs_service" "unknown_clients" {
  name            = "unknown-clients"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.open_clients.arn
  launch_type     = "FARGATE"
  desired_count   = 2

  network_configuration {
    subnets         = aws_subnet.app[*].id
    security_groups = [aws_security_group.app.id]
  }
}
