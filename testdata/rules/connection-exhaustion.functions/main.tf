# connection-exhaustion: functions. Each concurrent execution has a pool of its own; the question is how many there
# are.
#
# One database for each case. The plan is one from nothing: the addresses are not known yet, the rest of each
# environment is. Unless a case says otherwise its database takes max_connections = 405, less 5 that are kept back: 400
# are usable, exactly.
#
# Functions that reserve nothing share what the account has left of its quota, 1,000 unless it was raised. Those below
# reserve 40 + 41 + 50 + 250 = 381 together, so that it may be 619; the cases hold for that figure as well.

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

resource "aws_subnet" "app" {
  count             = 2
  vpc_id            = aws_vpc.main.id
  availability_zone = ["us-east-1a", "us-east-1b"][count.index]
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

# --- reserved, or not ---

# GOOD, by nothing: 40 x 10 = 400.
resource "aws_db_instance" "good_reserved" {
  identifier           = "good-reserved"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_lambda_function" "fits_reserved" {
  function_name                  = "fits-reserved"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 40

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_db_instance.good_reserved.address, DB_POOL_SIZE = "10" }
  }
}

# BAD: 41 x 10 = 410 > 400.
resource "aws_db_instance" "bad_reserved" {
  identifier           = "bad-reserved"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_lambda_function" "reserved" {
  function_name                  = "reserved"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 41

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_db_instance.bad_reserved.address, DB_POOL_SIZE = "10" }
  }
}

# GOOD: with nothing reserved, that is zero, it never runs.
resource "aws_db_instance" "good_switched_off" {
  identifier           = "good-switched-off"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_lambda_function" "switched_off" {
  function_name                  = "switched-off"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 0

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_db_instance.good_switched_off.address, DB_POOL_SIZE = "10" }
  }
}

# BAD: up to 1,000 executions with one connection each are more than 400.
resource "aws_db_instance" "bad_unreserved" {
  identifier           = "bad-unreserved"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_lambda_function" "unreserved" {
  function_name = "unreserved"
  role          = local.role
  package_type  = "Image"
  image_uri     = local.image

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_db_instance.bad_unreserved.address, DB_POOL_SIZE = "1" }
  }
}

# BAD: nothing says how large the pool is. It is one connection at least, and 1,000 are more than 400 already.
resource "aws_db_instance" "bad_unseen_pool" {
  identifier           = "bad-unseen-pool"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_lambda_function" "unseen_pool" {
  function_name = "unseen-pool"
  role          = local.role
  package_type  = "Image"
  image_uri     = local.image

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_db_instance.bad_unseen_pool.address }
  }
}

# --- several functions of one account ---

# GOOD: both share the 1,000 and do not have them each. A db.m5.xlarge has 16 GiB / 9531392 = 1802 nominal;
# 16 - 0.235 - 0.3072 = 15.4578 GiB give 1741, less 3 % 1689, less 5 1684. 1,000 fit, twice as many would not.
resource "aws_db_instance" "good_account" {
  identifier        = "good-account"
  engine            = "postgres"
  engine_version    = "16.4"
  instance_class    = "db.m5.xlarge"
  allocated_storage = 20
}

resource "aws_lambda_function" "catalogue" {
  function_name = "catalogue"
  role          = local.role
  package_type  = "Image"
  image_uri     = local.image

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_db_instance.good_account.address, DB_POOL_SIZE = "1" }
  }
}

resource "aws_lambda_function" "checkout" {
  function_name = "checkout"
  role          = local.role
  package_type  = "Image"
  image_uri     = local.image

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_db_instance.good_account.address, DB_POOL_SIZE = "1" }
  }
}

resource "aws_db_parameter_group" "thirteen_hundred" {
  name   = "thirteen-hundred"
  family = "postgres16"

  parameter {
    name         = "max_connections"
    value        = "1305"
    apply_method = "pending-reboot"
  }
}

# GOOD: what one function reserves the others do not get. 250 x 2 = 500, and the 750 that 1,000 less 250 leave at most
# with one connection each: 1,250 of 1,300. A thousand beside the 250 would be 1,500.
resource "aws_db_instance" "good_rest" {
  identifier           = "good-rest"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.thirteen_hundred.name
}

resource "aws_lambda_function" "reserving" {
  function_name                  = "reserving"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 250

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_db_instance.good_rest.address, DB_POOL_SIZE = "2" }
  }
}

resource "aws_lambda_function" "taking_the_rest" {
  function_name = "taking-the-rest"
  role          = local.role
  package_type  = "Image"
  image_uri     = local.image

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_db_instance.good_rest.address, DB_POOL_SIZE = "1" }
  }
}

# --- fed by queues ---

# GOOD, by nothing: its only trigger runs 40 at once. 40 x 10 = 400.
resource "aws_db_instance" "good_queue" {
  identifier           = "good-queue"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_lambda_function" "fits_queue" {
  function_name = "fits-queue"
  role          = local.role
  package_type  = "Image"
  image_uri     = local.image

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_db_instance.good_queue.address, DB_POOL_SIZE = "10" }
  }
}

resource "aws_sqs_queue" "fits_queue" {
  name                       = "fits-queue"
  visibility_timeout_seconds = 180
}

resource "aws_lambda_event_source_mapping" "fits_queue" {
  event_source_arn = aws_sqs_queue.fits_queue.arn
  function_name    = aws_lambda_function.fits_queue.arn

  scaling_config {
    maximum_concurrency = 40
  }
}

# BAD: 41 x 10 = 410 > 400.
resource "aws_db_instance" "bad_queue" {
  identifier           = "bad-queue"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
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
    variables = { DB_HOST = aws_db_instance.bad_queue.address, DB_POOL_SIZE = "10" }
  }
}

resource "aws_sqs_queue" "queue" {
  name                       = "queue"
  visibility_timeout_seconds = 180
}

resource "aws_lambda_event_source_mapping" "queue" {
  event_source_arn = aws_sqs_queue.queue.arn
  function_name    = aws_lambda_function.queue.arn

  scaling_config {
    maximum_concurrency = 41
  }
}

# GOOD, by nothing: 25 and 15 at once. 40 x 10 = 400.
resource "aws_db_instance" "good_two_queues" {
  identifier           = "good-two-queues"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_lambda_function" "fits_two_queues" {
  function_name = "fits-two-queues"
  role          = local.role
  package_type  = "Image"
  image_uri     = local.image

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_db_instance.good_two_queues.address, DB_POOL_SIZE = "10" }
  }
}

resource "aws_sqs_queue" "fits_orders" {
  name                       = "fits-orders"
  visibility_timeout_seconds = 180
}

resource "aws_lambda_event_source_mapping" "fits_orders" {
  event_source_arn = aws_sqs_queue.fits_orders.arn
  function_name    = aws_lambda_function.fits_two_queues.arn

  scaling_config {
    maximum_concurrency = 25
  }
}

resource "aws_sqs_queue" "fits_returns" {
  name                       = "fits-returns"
  visibility_timeout_seconds = 180
}

resource "aws_lambda_event_source_mapping" "fits_returns" {
  event_source_arn = aws_sqs_queue.fits_returns.arn
  function_name    = aws_lambda_function.fits_two_queues.arn

  scaling_config {
    maximum_concurrency = 15
  }
}

# BAD: one of its two triggers has no bound: 1,000 x 10.
resource "aws_db_instance" "bad_two_queues" {
  identifier           = "bad-two-queues"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_lambda_function" "two_queues" {
  function_name = "two-queues"
  role          = local.role
  package_type  = "Image"
  image_uri     = local.image

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_db_instance.bad_two_queues.address, DB_POOL_SIZE = "10" }
  }
}

resource "aws_sqs_queue" "orders" {
  name                       = "orders"
  visibility_timeout_seconds = 180
}

resource "aws_lambda_event_source_mapping" "orders" {
  event_source_arn = aws_sqs_queue.orders.arn
  function_name    = aws_lambda_function.two_queues.arn

  scaling_config {
    maximum_concurrency = 25
  }
}

resource "aws_sqs_queue" "returns" {
  name                       = "returns"
  visibility_timeout_seconds = 180
}

resource "aws_lambda_event_source_mapping" "returns" {
  event_source_arn = aws_sqs_queue.returns.arn
  function_name    = aws_lambda_function.two_queues.arn
}

# GOOD: the trigger without a bound is switched off. 40 x 10 = 400.
resource "aws_db_instance" "good_disabled_trigger" {
  identifier           = "good-disabled-trigger"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_lambda_function" "disabled_trigger" {
  function_name = "disabled-trigger"
  role          = local.role
  package_type  = "Image"
  image_uri     = local.image

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_db_instance.good_disabled_trigger.address, DB_POOL_SIZE = "10" }
  }
}

resource "aws_sqs_queue" "enabled" {
  name                       = "enabled"
  visibility_timeout_seconds = 180
}

resource "aws_lambda_event_source_mapping" "enabled" {
  event_source_arn = aws_sqs_queue.enabled.arn
  function_name    = aws_lambda_function.disabled_trigger.arn

  scaling_config {
    maximum_concurrency = 40
  }
}

resource "aws_sqs_queue" "disabled" {
  name                       = "disabled"
  visibility_timeout_seconds = 180
}

resource "aws_lambda_event_source_mapping" "disabled" {
  event_source_arn = aws_sqs_queue.disabled.arn
  function_name    = aws_lambda_function.disabled_trigger.arn
  enabled          = false
}

# GOOD, by nothing: 50 are reserved, its only trigger runs 20 at once. 20 x 20 = 400, not 50 x 20.
resource "aws_db_instance" "good_queue_and_reserved" {
  identifier           = "good-queue-and-reserved"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_lambda_function" "queue_and_reserved" {
  function_name                  = "queue-and-reserved"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 50

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_db_instance.good_queue_and_reserved.address, DB_POOL_SIZE = "20" }
  }
}

resource "aws_sqs_queue" "queue_and_reserved" {
  name                       = "queue-and-reserved"
  visibility_timeout_seconds = 180
}

resource "aws_lambda_event_source_mapping" "queue_and_reserved" {
  event_source_arn = aws_sqs_queue.queue_and_reserved.arn
  function_name    = aws_lambda_function.queue_and_reserved.arn

  scaling_config {
    maximum_concurrency = 20
  }
}

# BAD: the trigger runs 10 at once, but anybody may call the function's address: 1,000 x 10.
resource "aws_db_instance" "bad_queue_and_url" {
  identifier           = "bad-queue-and-url"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_lambda_function" "queue_and_url" {
  function_name = "queue-and-url"
  role          = local.role
  package_type  = "Image"
  image_uri     = local.image

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_db_instance.bad_queue_and_url.address, DB_POOL_SIZE = "10" }
  }
}

resource "aws_sqs_queue" "queue_and_url" {
  name                       = "queue-and-url"
  visibility_timeout_seconds = 180
}

resource "aws_lambda_event_source_mapping" "queue_and_url" {
  event_source_arn = aws_sqs_queue.queue_and_url.arn
  function_name    = aws_lambda_function.queue_and_url.arn

  scaling_config {
    maximum_concurrency = 10
  }
}

resource "aws_lambda_function_url" "queue_and_url" {
  function_name      = aws_lambda_function.queue_and_url.function_name
  authorization_type = "NONE"
}

# --- fed by streams: as many as there are shards, times the parallelisation factor ---

# GOOD, by nothing: 4 shards x 2 x pool 50 = 400.
resource "aws_db_instance" "good_stream" {
  identifier           = "good-stream"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_lambda_function" "fits_stream" {
  function_name = "fits-stream"
  role          = local.role
  package_type  = "Image"
  image_uri     = local.image

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_db_instance.good_stream.address, DB_POOL_SIZE = "50" }
  }
}

resource "aws_kinesis_stream" "fits_stream" {
  name        = "fits-stream"
  shard_count = 4
}

resource "aws_lambda_event_source_mapping" "fits_stream" {
  event_source_arn       = aws_kinesis_stream.fits_stream.arn
  function_name          = aws_lambda_function.fits_stream.arn
  starting_position      = "LATEST"
  parallelization_factor = 2
}

# BAD: 5 shards x 2 x pool 50 = 500 > 400.
resource "aws_db_instance" "bad_stream" {
  identifier           = "bad-stream"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_lambda_function" "stream" {
  function_name = "stream"
  role          = local.role
  package_type  = "Image"
  image_uri     = local.image

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_db_instance.bad_stream.address, DB_POOL_SIZE = "50" }
  }
}

resource "aws_kinesis_stream" "stream" {
  name        = "stream"
  shard_count = 5
}

resource "aws_lambda_event_source_mapping" "stream" {
  event_source_arn       = aws_kinesis_stream.stream.arn
  function_name          = aws_lambda_function.stream.arn
  starting_position      = "LATEST"
  parallelization_factor = 2
}

# --- run by a clock ---

# GOOD: nothing but a clock calls it, once a day, and it ends within 15 minutes: one execution at a time. 1 x 10 = 10.
resource "aws_db_instance" "good_nightly" {
  identifier           = "good-nightly"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_lambda_function" "nightly" {
  function_name = "nightly"
  role          = local.role
  package_type  = "Image"
  image_uri     = local.image
  timeout       = 900

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_db_instance.good_nightly.address, DB_POOL_SIZE = "10" }
  }
}

resource "aws_cloudwatch_event_rule" "nightly" {
  name                = "nightly"
  schedule_expression = "rate(1 day)"
}

resource "aws_cloudwatch_event_target" "nightly" {
  rule = aws_cloudwatch_event_rule.nightly.name
  arn  = aws_lambda_function.nightly.arn
}

resource "aws_lambda_permission" "nightly" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.nightly.function_name
  principal     = "events.amazonaws.com"
  source_arn    = aws_cloudwatch_event_rule.nightly.arn
}
