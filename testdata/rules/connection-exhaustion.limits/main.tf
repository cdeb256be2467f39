# connection-exhaustion: what bounds a caller, and what a database, where it is not the number that stands there first.
#
# One database for each case. The rule reports at the database: bad_ is to be found, good_ is not, unknown_ cannot be told. The
# folder is applied, then planned again.
#
# Unless a case says otherwise its database takes max_connections = 405, less 5 that are kept back: 400 are usable, exactly.

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

resource "aws_db_parameter_group" "four_hundred" {
  name   = "four-hundred"
  family = "postgres16"

  parameter {
    name         = "max_connections"
    value        = "405"
    apply_method = "pending-reboot"
  }
}

# --- what a proxy may take ---

# BAD, high: nobody says what the proxy may take, so that it is all of the limit: 405 of its 500, and 10 x 10 = 100 that come
# directly.

resource "aws_db_instance" "bad_default_share" {
  identifier           = "bad-default-share"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_db_proxy" "default_share" {
  name           = "default-share"
  engine_family  = "POSTGRESQL"
  role_arn       = local.role
  vpc_subnet_ids = aws_subnet.app[*].id

  auth {
    auth_scheme = "SECRETS"
    secret_arn  = "arn:aws:secretsmanager:us-east-1:123456789012:secret:default-share-AbCdEf"
  }
}

resource "aws_db_proxy_target" "default_share" {
  db_proxy_name          = aws_db_proxy.default_share.name
  target_group_name      = "default"
  db_instance_identifier = aws_db_instance.bad_default_share.identifier
}

resource "aws_lambda_function" "pooled" {
  function_name                  = "pooled"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 50

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_db_proxy.default_share.endpoint, DB_POOL_SIZE = "10" }
  }
}

resource "aws_lambda_function" "beside" {
  function_name                  = "beside"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 10

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_db_instance.bad_default_share.address, DB_POOL_SIZE = "10" }
  }
}

# GOOD: the same, but its clients ask for no more than 30 x 10 = 300, and 300 + 100 = 400.

resource "aws_db_instance" "good_default_share" {
  identifier           = "good-default-share"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_db_proxy" "small_share" {
  name           = "small-share"
  engine_family  = "POSTGRESQL"
  role_arn       = local.role
  vpc_subnet_ids = aws_subnet.app[*].id

  auth {
    auth_scheme = "SECRETS"
    secret_arn  = "arn:aws:secretsmanager:us-east-1:123456789012:secret:small-share-AbCdEf"
  }
}

resource "aws_db_proxy_target" "small_share" {
  db_proxy_name          = aws_db_proxy.small_share.name
  target_group_name      = "default"
  db_instance_identifier = aws_db_instance.good_default_share.identifier
}

resource "aws_lambda_function" "pooled_few" {
  function_name                  = "pooled-few"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 30

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_db_proxy.small_share.endpoint, DB_POOL_SIZE = "10" }
  }
}

resource "aws_lambda_function" "beside_few" {
  function_name                  = "beside-few"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 10

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_db_instance.good_default_share.address, DB_POOL_SIZE = "10" }
  }
}

# UNKNOWN: what the clients of the proxy ask for cannot be seen: 50 at least, and 405 at most, beside 100.

resource "aws_db_instance" "unknown_default_share" {
  identifier           = "unknown-default-share"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_db_proxy" "blind_share" {
  name           = "blind-share"
  engine_family  = "POSTGRESQL"
  role_arn       = local.role
  vpc_subnet_ids = aws_subnet.app[*].id

  auth {
    auth_scheme = "SECRETS"
    secret_arn  = "arn:aws:secretsmanager:us-east-1:123456789012:secret:blind-share-AbCdEf"
  }
}

resource "aws_db_proxy_target" "blind_share" {
  db_proxy_name          = aws_db_proxy.blind_share.name
  target_group_name      = "default"
  db_instance_identifier = aws_db_instance.unknown_default_share.identifier
}

resource "aws_lambda_function" "pooled_blind" {
  function_name                  = "pooled-blind"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 50

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_db_proxy.blind_share.endpoint }
  }
}

resource "aws_lambda_function" "beside_blind" {
  function_name                  = "beside-blind"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 10

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_db_instance.unknown_default_share.address, DB_POOL_SIZE = "10" }
  }
}

# BAD, high: two proxies that may take 80 % each: 324 + 324 = 648 > 400.

resource "aws_db_instance" "bad_two_proxies" {
  identifier           = "bad-two-proxies"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_db_proxy" "first_of_two" {
  name           = "first-of-two"
  engine_family  = "POSTGRESQL"
  role_arn       = local.role
  vpc_subnet_ids = aws_subnet.app[*].id

  auth {
    auth_scheme = "SECRETS"
    secret_arn  = "arn:aws:secretsmanager:us-east-1:123456789012:secret:first-of-two-AbCdEf"
  }
}

resource "aws_db_proxy_default_target_group" "first_of_two" {
  db_proxy_name = aws_db_proxy.first_of_two.name

  connection_pool_config {
    max_connections_percent = 80
  }
}

resource "aws_db_proxy_target" "first_of_two" {
  db_proxy_name          = aws_db_proxy.first_of_two.name
  target_group_name      = "default"
  db_instance_identifier = aws_db_instance.bad_two_proxies.identifier
}

resource "aws_db_proxy" "second_of_two" {
  name           = "second-of-two"
  engine_family  = "POSTGRESQL"
  role_arn       = local.role
  vpc_subnet_ids = aws_subnet.app[*].id

  auth {
    auth_scheme = "SECRETS"
    secret_arn  = "arn:aws:secretsmanager:us-east-1:123456789012:secret:second-of-two-AbCdEf"
  }
}

resource "aws_db_proxy_default_target_group" "second_of_two" {
  db_proxy_name = aws_db_proxy.second_of_two.name

  connection_pool_config {
    max_connections_percent = 80
  }
}

resource "aws_db_proxy_target" "second_of_two" {
  db_proxy_name          = aws_db_proxy.second_of_two.name
  target_group_name      = "default"
  db_instance_identifier = aws_db_instance.bad_two_proxies.identifier
}

resource "aws_lambda_function" "through_first" {
  function_name                  = "through-first"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 50

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_db_proxy.first_of_two.endpoint, DB_POOL_SIZE = "10" }
  }
}

resource "aws_lambda_function" "through_second" {
  function_name                  = "through-second"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 50

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_db_proxy.second_of_two.endpoint, DB_POOL_SIZE = "10" }
  }
}

# GOOD: two proxies that may take 48 % each: 194 + 194 = 388.

resource "aws_db_instance" "good_two_proxies" {
  identifier           = "good-two-proxies"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_db_proxy" "first_half" {
  name           = "first-half"
  engine_family  = "POSTGRESQL"
  role_arn       = local.role
  vpc_subnet_ids = aws_subnet.app[*].id

  auth {
    auth_scheme = "SECRETS"
    secret_arn  = "arn:aws:secretsmanager:us-east-1:123456789012:secret:first-half-AbCdEf"
  }
}

resource "aws_db_proxy_default_target_group" "first_half" {
  db_proxy_name = aws_db_proxy.first_half.name

  connection_pool_config {
    max_connections_percent = 48
  }
}

resource "aws_db_proxy_target" "first_half" {
  db_proxy_name          = aws_db_proxy.first_half.name
  target_group_name      = "default"
  db_instance_identifier = aws_db_instance.good_two_proxies.identifier
}

resource "aws_db_proxy" "second_half" {
  name           = "second-half"
  engine_family  = "POSTGRESQL"
  role_arn       = local.role
  vpc_subnet_ids = aws_subnet.app[*].id

  auth {
    auth_scheme = "SECRETS"
    secret_arn  = "arn:aws:secretsmanager:us-east-1:123456789012:secret:second-half-AbCdEf"
  }
}

resource "aws_db_proxy_default_target_group" "second_half" {
  db_proxy_name = aws_db_proxy.second_half.name

  connection_pool_config {
    max_connections_percent = 48
  }
}

resource "aws_db_proxy_target" "second_half" {
  db_proxy_name          = aws_db_proxy.second_half.name
  target_group_name      = "default"
  db_instance_identifier = aws_db_instance.good_two_proxies.identifier
}

resource "aws_lambda_function" "through_half" {
  function_name                  = "through-half"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 50

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_db_proxy.first_half.endpoint, DB_POOL_SIZE = "10" }
  }
}

resource "aws_lambda_function" "through_other_half" {
  function_name                  = "through-other-half"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 50

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_db_proxy.second_half.endpoint, DB_POOL_SIZE = "10" }
  }
}

# --- readers ---

# A cluster over three zones: one machine writes, two answer readers, and each takes 400.
resource "aws_rds_cluster_parameter_group" "four_hundred" {
  name   = "four-hundred"
  family = "postgres16"

  parameter {
    name         = "max_connections"
    value        = "405"
    apply_method = "pending-reboot"
  }
}

# GOOD, by nothing: 80 x 10 = 800 over two readers.

resource "aws_rds_cluster" "good_two_readers" {
  cluster_identifier              = "good-two-readers"
  engine                          = "postgres"
  engine_version                  = "16.4"
  db_cluster_instance_class       = "db.m6gd.large"
  allocated_storage               = 100
  storage_type                    = "io1"
  iops                            = 1000
  db_cluster_parameter_group_name = aws_rds_cluster_parameter_group.four_hundred.name
}

resource "aws_lambda_function" "reads_two" {
  function_name                  = "reads-two"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 80

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_rds_cluster.good_two_readers.reader_endpoint, DB_POOL_SIZE = "10" }
  }
}

# BAD, high: 81 x 10 = 810 > 800.

resource "aws_rds_cluster" "bad_two_readers" {
  cluster_identifier              = "bad-two-readers"
  engine                          = "postgres"
  engine_version                  = "16.4"
  db_cluster_instance_class       = "db.m6gd.large"
  allocated_storage               = 100
  storage_type                    = "io1"
  iops                            = 1000
  db_cluster_parameter_group_name = aws_rds_cluster_parameter_group.four_hundred.name
}

resource "aws_lambda_function" "reads_too_many" {
  function_name                  = "reads-too-many"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 81

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_rds_cluster.bad_two_readers.reader_endpoint, DB_POOL_SIZE = "10" }
  }
}

resource "aws_rds_cluster_parameter_group" "aurora_four_hundred" {
  name   = "aurora-four-hundred"
  family = "aurora-postgresql16"

  parameter {
    name         = "max_connections"
    value        = "405"
    apply_method = "pending-reboot"
  }
}

# GOOD, by nothing: scaling keeps two readers beside the one machine that is declared. 80 x 10 = 800.

resource "aws_rds_cluster" "good_kept_readers" {
  cluster_identifier              = "good-kept-readers"
  engine                          = "aurora-postgresql"
  engine_version                  = "16.4"
  db_cluster_parameter_group_name = aws_rds_cluster_parameter_group.aurora_four_hundred.name
}

resource "aws_rds_cluster_instance" "kept_readers" {
  cluster_identifier = aws_rds_cluster.good_kept_readers.id
  engine             = "aurora-postgresql"
  instance_class     = "db.r6g.large"
}

resource "aws_appautoscaling_target" "kept_readers" {
  service_namespace  = "rds"
  scalable_dimension = "rds:cluster:ReadReplicaCount"
  resource_id        = "cluster:${aws_rds_cluster.good_kept_readers.id}"
  min_capacity       = 2
  max_capacity       = 2
}

resource "aws_lambda_function" "reads_kept" {
  function_name                  = "reads-kept"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 80

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_rds_cluster.good_kept_readers.reader_endpoint, DB_POOL_SIZE = "10" }
  }
}

# BAD, high: 81 x 10 = 810 are more than the two readers take that there are at the most.

resource "aws_rds_cluster" "bad_scaled_readers" {
  cluster_identifier              = "bad-scaled-readers"
  engine                          = "aurora-postgresql"
  engine_version                  = "16.4"
  db_cluster_parameter_group_name = aws_rds_cluster_parameter_group.aurora_four_hundred.name
}

resource "aws_rds_cluster_instance" "scaled_readers" {
  cluster_identifier = aws_rds_cluster.bad_scaled_readers.id
  engine             = "aurora-postgresql"
  instance_class     = "db.r6g.large"
}

resource "aws_appautoscaling_target" "scaled_readers" {
  service_namespace  = "rds"
  scalable_dimension = "rds:cluster:ReadReplicaCount"
  resource_id        = "cluster:${aws_rds_cluster.bad_scaled_readers.id}"
  min_capacity       = 1
  max_capacity       = 2
}

resource "aws_lambda_function" "reads_scaled_out" {
  function_name                  = "reads-scaled-out"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 81

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_rds_cluster.bad_scaled_readers.reader_endpoint, DB_POOL_SIZE = "10" }
  }
}

# UNKNOWN: 50 x 10 = 500 are too many for one reader, and not for two: whether the second is there in time cannot be told.

resource "aws_rds_cluster" "unknown_scaled_readers" {
  cluster_identifier              = "unknown-scaled-readers"
  engine                          = "aurora-postgresql"
  engine_version                  = "16.4"
  db_cluster_parameter_group_name = aws_rds_cluster_parameter_group.aurora_four_hundred.name
}

resource "aws_rds_cluster_instance" "readers_in_time" {
  cluster_identifier = aws_rds_cluster.unknown_scaled_readers.id
  engine             = "aurora-postgresql"
  instance_class     = "db.r6g.large"
}

resource "aws_appautoscaling_target" "readers_in_time" {
  service_namespace  = "rds"
  scalable_dimension = "rds:cluster:ReadReplicaCount"
  resource_id        = "cluster:${aws_rds_cluster.unknown_scaled_readers.id}"
  min_capacity       = 1
  max_capacity       = 2
}

resource "aws_lambda_function" "reads_scaled" {
  function_name                  = "reads-scaled"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 50

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_rds_cluster.unknown_scaled_readers.reader_endpoint, DB_POOL_SIZE = "10" }
  }
}

# --- functions ---

# BAD, critical: 50 executions are kept ready, and 50 x 10 = 500 > 400.

resource "aws_db_instance" "bad_ready" {
  identifier           = "bad-ready"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_lambda_function" "ready" {
  function_name                  = "ready"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 60
  publish                        = true

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_db_instance.bad_ready.address, DB_POOL_SIZE = "10" }
  }
}

resource "aws_lambda_provisioned_concurrency_config" "ready" {
  function_name                     = aws_lambda_function.ready.function_name
  qualifier                         = aws_lambda_function.ready.version
  provisioned_concurrent_executions = 50
}

# GOOD: the only thing that would call it is switched off.

resource "aws_db_instance" "good_switched_off" {
  identifier           = "good-switched-off"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_lambda_function" "switched_off" {
  function_name = "switched-off"
  role          = local.role
  package_type  = "Image"
  image_uri     = local.image

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_db_instance.good_switched_off.address, DB_POOL_SIZE = "10" }
  }
}

resource "aws_sqs_queue" "switched_off" {
  name = "switched-off"
}

resource "aws_lambda_event_source_mapping" "switched_off" {
  function_name    = aws_lambda_function.switched_off.arn
  event_source_arn = aws_sqs_queue.switched_off.arn
  enabled          = false
}

# GOOD, by nothing: 4 pollers make 10 calls each at a time, and 40 x 10 = 400.

resource "aws_db_instance" "good_pollers" {
  identifier           = "good-pollers"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_lambda_function" "pollers" {
  function_name = "pollers"
  role          = local.role
  package_type  = "Image"
  image_uri     = local.image

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_db_instance.good_pollers.address, DB_POOL_SIZE = "10" }
  }
}

resource "aws_sqs_queue" "pollers" {
  name = "pollers"
}

resource "aws_lambda_event_source_mapping" "pollers" {
  function_name    = aws_lambda_function.pollers.arn
  event_source_arn = aws_sqs_queue.pollers.arn

  provisioned_poller_config {
    minimum_pollers = 2
    maximum_pollers = 4
  }
}

# BAD, high: begun each minute and ended after 15, so that 15 run at a time: 15 x 30 = 450 > 400.

resource "aws_db_instance" "bad_overlapping" {
  identifier           = "bad-overlapping"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_lambda_function" "overlapping" {
  function_name = "overlapping"
  role          = local.role
  package_type  = "Image"
  image_uri     = local.image
  timeout       = 900

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_db_instance.bad_overlapping.address, DB_POOL_SIZE = "30" }
  }
}

resource "aws_cloudwatch_event_rule" "overlapping" {
  name                = "overlapping"
  schedule_expression = "rate(1 minute)"
}

resource "aws_cloudwatch_event_target" "overlapping" {
  rule = aws_cloudwatch_event_rule.overlapping.name
  arn  = aws_lambda_function.overlapping.arn
}

# GOOD: begun each quarter of an hour, it is over by then.

resource "aws_db_instance" "good_apart" {
  identifier           = "good-apart"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_lambda_function" "apart" {
  function_name = "apart"
  role          = local.role
  package_type  = "Image"
  image_uri     = local.image
  timeout       = 900

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_db_instance.good_apart.address, DB_POOL_SIZE = "30" }
  }
}

resource "aws_cloudwatch_event_rule" "apart" {
  name                = "apart"
  schedule_expression = "cron(0/15 * * * ? *)"
}

resource "aws_cloudwatch_event_target" "apart" {
  rule = aws_cloudwatch_event_rule.apart.name
  arn  = aws_lambda_function.apart.arn
}

# --- groups of machines ---

# GOOD, by nothing: 80 units of capacity are 10 machines of 8 at the most, and 10 x 40 = 400.

resource "aws_db_instance" "good_weights" {
  identifier           = "good-weights"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_launch_template" "weights" {
  name                   = "weights"
  image_id               = "ami-0123456789abcdef0"
  instance_type          = "m6i.2xlarge"
  vpc_security_group_ids = [aws_security_group.app.id]
  user_data              = base64encode("#!/bin/sh\nexport DB_HOST=${aws_db_instance.good_weights.address}\nexport DB_POOL_SIZE=40\n")
}

resource "aws_autoscaling_group" "weights" {
  name                = "weights"
  min_size            = 16
  desired_capacity    = 16
  max_size            = 80
  vpc_zone_identifier = aws_subnet.app[*].id

  mixed_instances_policy {
    launch_template {
      launch_template_specification {
        launch_template_id = aws_launch_template.weights.id
        version            = "$Latest"
      }

      override {
        instance_type     = "m6i.2xlarge"
        weighted_capacity = "8"
      }

      override {
        instance_type     = "m6i.4xlarge"
        weighted_capacity = "16"
      }
    }
  }
}

# BAD, high: 88 units are 11 machines, and 11 x 40 = 440 > 400.

resource "aws_db_instance" "bad_weights" {
  identifier           = "bad-weights"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_launch_template" "more_weights" {
  name                   = "more-weights"
  image_id               = "ami-0123456789abcdef0"
  instance_type          = "m6i.2xlarge"
  vpc_security_group_ids = [aws_security_group.app.id]
  user_data              = base64encode("#!/bin/sh\nexport DB_HOST=${aws_db_instance.bad_weights.address}\nexport DB_POOL_SIZE=40\n")
}

resource "aws_autoscaling_group" "more_weights" {
  name                = "more-weights"
  min_size            = 16
  desired_capacity    = 16
  max_size            = 88
  vpc_zone_identifier = aws_subnet.app[*].id

  mixed_instances_policy {
    launch_template {
      launch_template_specification {
        launch_template_id = aws_launch_template.more_weights.id
        version            = "$Latest"
      }

      override {
        instance_type     = "m6i.2xlarge"
        weighted_capacity = "8"
      }

      override {
        instance_type     = "m6i.4xlarge"
        weighted_capacity = "16"
      }
    }
  }
}

# UNKNOWN: machines of one kind have a template of their own, and how many there are of each cannot be told.

resource "aws_db_instance" "unknown_templates" {
  identifier           = "unknown-templates"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_launch_template" "templates" {
  name                   = "templates"
  image_id               = "ami-0123456789abcdef0"
  instance_type          = "m6i.2xlarge"
  vpc_security_group_ids = [aws_security_group.app.id]
  user_data              = base64encode("#!/bin/sh\nexport DB_HOST=${aws_db_instance.unknown_templates.address}\nexport DB_POOL_SIZE=10\n")
}

resource "aws_launch_template" "templates_arm" {
  name                   = "templates-arm"
  image_id               = "ami-0123456789abcdef0"
  instance_type          = "m6i.2xlarge"
  vpc_security_group_ids = [aws_security_group.app.id]
  user_data              = base64encode("#!/bin/sh\nexport DB_HOST=${aws_db_instance.unknown_templates.address}\nexport DB_POOL_SIZE=40\n")
}

resource "aws_autoscaling_group" "templates" {
  name                = "templates"
  min_size            = 16
  desired_capacity    = 16
  max_size            = 20
  vpc_zone_identifier = aws_subnet.app[*].id

  mixed_instances_policy {
    launch_template {
      launch_template_specification {
        launch_template_id = aws_launch_template.templates.id
        version            = "$Latest"
      }

      override {
        instance_type = "m6i.2xlarge"
      }

      override {
        instance_type = "m6g.2xlarge"

        launch_template_specification {
          launch_template_id = aws_launch_template.templates_arm.id
        }
      }
    }
  }
}

# BAD, critical: 20 machines are prepared, and run: 20 x 40 = 800 > 400.

resource "aws_db_instance" "bad_warm" {
  identifier           = "bad-warm"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_launch_template" "warm" {
  name                   = "warm"
  image_id               = "ami-0123456789abcdef0"
  instance_type          = "m6i.2xlarge"
  vpc_security_group_ids = [aws_security_group.app.id]
  user_data              = base64encode("#!/bin/sh\nexport DB_HOST=${aws_db_instance.bad_warm.address}\nexport DB_POOL_SIZE=40\n")
}

resource "aws_autoscaling_group" "warm" {
  name                = "warm"
  min_size            = 4
  max_size            = 8
  vpc_zone_identifier = aws_subnet.app[*].id

  launch_template {
    id = aws_launch_template.warm.id
  }

  warm_pool {
    pool_state                  = "Running"
    max_group_prepared_capacity = 20
  }
}

# GOOD: 20 machines are prepared, and stand still: 8 x 40 = 320.

resource "aws_db_instance" "good_stopped" {
  identifier           = "good-stopped"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_launch_template" "stopped" {
  name                   = "stopped"
  image_id               = "ami-0123456789abcdef0"
  instance_type          = "m6i.2xlarge"
  vpc_security_group_ids = [aws_security_group.app.id]
  user_data              = base64encode("#!/bin/sh\nexport DB_HOST=${aws_db_instance.good_stopped.address}\nexport DB_POOL_SIZE=40\n")
}

resource "aws_autoscaling_group" "stopped" {
  name                = "stopped"
  min_size            = 4
  max_size            = 8
  vpc_zone_identifier = aws_subnet.app[*].id

  launch_template {
    id = aws_launch_template.stopped.id
  }

  warm_pool {
    pool_state                  = "Stopped"
    max_group_prepared_capacity = 20
  }
}

# BAD, high: what is replaced may be there twice, and 16 x 40 = 640 > 400.

resource "aws_db_instance" "bad_maintained" {
  identifier           = "bad-maintained"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_launch_template" "maintained" {
  name                   = "maintained"
  image_id               = "ami-0123456789abcdef0"
  instance_type          = "m6i.2xlarge"
  vpc_security_group_ids = [aws_security_group.app.id]
  user_data              = base64encode("#!/bin/sh\nexport DB_HOST=${aws_db_instance.bad_maintained.address}\nexport DB_POOL_SIZE=40\n")
}

resource "aws_autoscaling_group" "maintained" {
  name                = "maintained"
  min_size            = 4
  max_size            = 8
  vpc_zone_identifier = aws_subnet.app[*].id

  launch_template {
    id = aws_launch_template.maintained.id
  }

  instance_maintenance_policy {
    min_healthy_percentage = 100
    max_healthy_percentage = 200
  }
}

# BAD, high: a schedule raises the most to 20: 20 x 40 = 800 > 400. Its own 12 is the least it can be lowered to.

resource "aws_db_instance" "bad_peak" {
  identifier           = "bad-peak"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_launch_template" "peak" {
  name                   = "peak"
  image_id               = "ami-0123456789abcdef0"
  instance_type          = "m6i.2xlarge"
  vpc_security_group_ids = [aws_security_group.app.id]
  user_data              = base64encode("#!/bin/sh\nexport DB_HOST=${aws_db_instance.bad_peak.address}\nexport DB_POOL_SIZE=40\n")
}

resource "aws_autoscaling_group" "peak" {
  name                = "peak"
  min_size            = 4
  max_size            = 8
  vpc_zone_identifier = aws_subnet.app[*].id

  launch_template {
    id = aws_launch_template.peak.id
  }

}

resource "aws_autoscaling_schedule" "peak" {
  scheduled_action_name  = "peak"
  autoscaling_group_name = aws_autoscaling_group.peak.name
  min_size               = 12
  max_size               = 20
  desired_capacity       = 12
  recurrence             = "0 8 * * *"
}

# --- platforms ---

# BAD, high: an immutable update starts a second set: 16 x 40 = 640 > 400.

resource "aws_db_instance" "bad_immutable" {
  identifier           = "bad-immutable"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_elastic_beanstalk_environment" "immutable" {
  name        = "immutable"
  application = "shop"

  setting {
    namespace = "aws:ec2:vpc"
    name      = "Subnets"
    value     = join(",", aws_subnet.app[*].id)
  }

  setting {
    namespace = "aws:elasticbeanstalk:application:environment"
    name      = "DB_HOST"
    value     = aws_db_instance.bad_immutable.address
  }

  setting {
    namespace = "aws:elasticbeanstalk:application:environment"
    name      = "DB_POOL_SIZE"
    value     = "40"
  }

  setting {
    namespace = "aws:autoscaling:asg"
    name      = "MaxSize"
    value     = "8"
  }

  setting {
    namespace = "aws:elasticbeanstalk:command"
    name      = "DeploymentPolicy"
    value     = "Immutable"
  }
}

# GOOD: a batch of 25 % beside all others: 10 x 40 = 400.

resource "aws_db_instance" "good_batch" {
  identifier           = "good-batch"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_elastic_beanstalk_environment" "batch" {
  name        = "batch"
  application = "shop"

  setting {
    namespace = "aws:ec2:vpc"
    name      = "Subnets"
    value     = join(",", aws_subnet.app[*].id)
  }

  setting {
    namespace = "aws:elasticbeanstalk:application:environment"
    name      = "DB_HOST"
    value     = aws_db_instance.good_batch.address
  }

  setting {
    namespace = "aws:elasticbeanstalk:application:environment"
    name      = "DB_POOL_SIZE"
    value     = "40"
  }

  setting {
    namespace = "aws:autoscaling:asg"
    name      = "MaxSize"
    value     = "8"
  }

  setting {
    namespace = "aws:elasticbeanstalk:command"
    name      = "DeploymentPolicy"
    value     = "RollingWithAdditionalBatch"
  }

  setting {
    namespace = "aws:elasticbeanstalk:command"
    name      = "BatchSizeType"
    value     = "Percentage"
  }

  setting {
    namespace = "aws:elasticbeanstalk:command"
    name      = "BatchSize"
    value     = "25"
  }
}

# UNKNOWN: a saved configuration may say how many there are.

resource "aws_db_instance" "unknown_saved" {
  identifier           = "unknown-saved"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_elastic_beanstalk_environment" "saved" {
  name          = "saved"
  application   = "shop"
  template_name = "saved"

  setting {
    namespace = "aws:ec2:vpc"
    name      = "Subnets"
    value     = join(",", aws_subnet.app[*].id)
  }

  setting {
    namespace = "aws:elasticbeanstalk:application:environment"
    name      = "DB_HOST"
    value     = aws_db_instance.unknown_saved.address
  }

  setting {
    namespace = "aws:elasticbeanstalk:application:environment"
    name      = "DB_POOL_SIZE"
    value     = "40"
  }
}

# --- one on each machine ---

# BAD, high: on each of 4 to 12 machines one agent with a pool of 40: 12 x 40 = 480 > 400.

resource "aws_db_instance" "bad_daemon" {
  identifier           = "bad-daemon"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_launch_template" "machines" {
  name                   = "machines"
  image_id               = "ami-0123456789abcdef0"
  instance_type          = "m6i.2xlarge"
  vpc_security_group_ids = [aws_security_group.app.id]
}

resource "aws_autoscaling_group" "machines" {
  name                = "machines"
  min_size            = 4
  max_size            = 12
  vpc_zone_identifier = aws_subnet.app[*].id

  launch_template {
    id = aws_launch_template.machines.id
  }
}

resource "aws_ecs_cluster" "machines" {
  name = "machines"
}

resource "aws_ecs_capacity_provider" "machines" {
  name = "machines"

  auto_scaling_group_provider {
    auto_scaling_group_arn = aws_autoscaling_group.machines.arn
  }
}

resource "aws_ecs_cluster_capacity_providers" "machines" {
  cluster_name       = aws_ecs_cluster.machines.name
  capacity_providers = [aws_ecs_capacity_provider.machines.name]

  default_capacity_provider_strategy {
    capacity_provider = aws_ecs_capacity_provider.machines.name
  }
}

resource "aws_ecs_task_definition" "agent" {
  family       = "agent"
  network_mode = "awsvpc"
  container_definitions = jsonencode([{
    name   = "collect"
    image  = local.image
    memory = 512
    environment = [
      { name = "DB_HOST", value = aws_db_instance.bad_daemon.address },
      { name = "DB_POOL_SIZE", value = "40" },
    ]
  }])
}

resource "aws_ecs_service" "agent" {
  name                = "agent"
  cluster             = aws_ecs_cluster.machines.id
  task_definition     = aws_ecs_task_definition.agent.arn
  scheduling_strategy = "DAEMON"
  launch_type         = "EC2"

  network_configuration {
    subnets         = aws_subnet.app[*].id
    security_groups = [aws_security_group.app.id]
  }
}

# --- who may write ---

# BAD, high: 500 fit while the larger machine writes (1,717), and not after a failover to the smaller one (400).
resource "aws_rds_cluster" "bad_failover" {
  cluster_identifier = "bad-failover"
  engine             = "aurora-postgresql"
  engine_version     = "16.4"
}

resource "aws_rds_cluster_instance" "larger" {
  cluster_identifier = aws_rds_cluster.bad_failover.id
  engine             = "aurora-postgresql"
  instance_class     = "db.r6g.large"
}

resource "aws_rds_cluster_instance" "smaller" {
  cluster_identifier = aws_rds_cluster.bad_failover.id
  engine             = "aurora-postgresql"
  instance_class     = "db.t4g.medium"
  promotion_tier     = 15
}

resource "aws_lambda_function" "writes" {
  function_name                  = "writes"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 50

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_rds_cluster.bad_failover.endpoint, DB_POOL_SIZE = "10" }
  }
}

# --- what is hidden ---

variable "limit" {
  type      = string
  sensitive = true
  default   = "200"
}

resource "aws_db_parameter_group" "hidden" {
  name   = "hidden"
  family = "postgres16"

  parameter {
    name         = "max_connections"
    value        = var.limit
    apply_method = "pending-reboot"
  }
}

# UNKNOWN: the limit is sensitive.
resource "aws_db_instance" "unknown_sensitive" {
  identifier           = "unknown-sensitive"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.hidden.name
}

resource "aws_lambda_function" "hidden" {
  function_name                  = "hidden"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 10

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_db_instance.unknown_sensitive.address, DB_POOL_SIZE = "10" }
  }
}
