# connection-exhaustion: updates of what runs already. before/ is applied first, this folder is planned on top of it.
#
# One database for each case; 400 of its connections are usable, exactly, unless the case is about that:
# max_connections = 405, less 5 that are kept back.

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

resource "aws_db_parameter_group" "four_hundred" {
  name   = "four-hundred"
  family = "postgres16"

  parameter {
    name         = "max_connections"
    value        = "405"
    apply_method = "pending-reboot"
  }
}

resource "aws_db_parameter_group" "lowered" {
  name   = "lowered"
  family = "postgres16"

  parameter {
    name         = "max_connections"
    value        = "405"
    apply_method = "pending-reboot"
  }
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

resource "aws_ecs_cluster" "main" {
  name = "main"
}

# --- what the update makes worse ---

# BAD, critical, introduced: 10 tasks x pool 30 = 300 become 10 x 45 = 450. The task definition is replaced, its new
# ARN is known only after apply; the containers are known, for the address is.
resource "aws_db_instance" "bad_larger_pool" {
  identifier           = "bad-larger-pool"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_ecs_task_definition" "larger_pool" {
  family                   = "larger-pool"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048
  container_definitions = jsonencode([{
    name         = "api"
    image        = local.image
    portMappings = [{ containerPort = 8080 }]
    environment = [
      { name = "DB_HOST", value = aws_db_instance.bad_larger_pool.address },
      { name = "DB_POOL_SIZE", value = "45" },
    ]
  }])
}

resource "aws_ecs_service" "larger_pool" {
  name                               = "larger-pool"
  cluster                            = aws_ecs_cluster.main.id
  task_definition                    = aws_ecs_task_definition.larger_pool.arn
  launch_type                        = "FARGATE"
  desired_count                      = 10
  deployment_minimum_healthy_percent = 50
  deployment_maximum_percent         = 100

  network_configuration {
    subnets = aws_subnet.app[*].id
  }
}

# BAD, high, introduced: 36 x 10 = 360 become 44 x 10 = 440.
resource "aws_db_instance" "bad_more_units" {
  identifier           = "bad-more-units"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_lambda_function" "more_units" {
  function_name                  = "more-units"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 44

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_db_instance.bad_more_units.address, DB_POOL_SIZE = "10" }
  }
}

# BAD, high, introduced: 50 x 10 = 500 fit 8 GiB, 8 - 0.235 - 0.1536 = 7.6114 GiB, 857, less 3 % 831, less 5 826; and
# not 4 GiB, at most 4 GiB / 9531392 = 450 less 5 = 445.
resource "aws_db_instance" "bad_smaller_class" {
  identifier        = "bad-smaller-class"
  engine            = "postgres"
  engine_version    = "16.4"
  instance_class    = "db.t3.medium"
  allocated_storage = 20
}

resource "aws_lambda_function" "smaller_class" {
  function_name                  = "smaller-class"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 50

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_db_instance.bad_smaller_class.address, DB_POOL_SIZE = "10" }
  }
}

# BAD, high, introduced: 45 x 10 = 450 fit 505 less 5, and not 405 less 5.
resource "aws_db_instance" "bad_lower_limit" {
  identifier           = "bad-lower-limit"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.lowered.name
}

resource "aws_lambda_function" "lower_limit" {
  function_name                  = "lower-limit"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 45

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_db_instance.bad_lower_limit.address, DB_POOL_SIZE = "10" }
  }
}

# BAD, high, introduced: 30 x 10 = 300, and 15 x 10 = 150 of a caller that comes with the update.
resource "aws_db_instance" "bad_new_caller" {
  identifier           = "bad-new-caller"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_lambda_function" "old_caller" {
  function_name                  = "old-caller"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 30

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_db_instance.bad_new_caller.address, DB_POOL_SIZE = "10" }
  }
}

resource "aws_lambda_function" "new_caller" {
  function_name                  = "new-caller"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 15

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_db_instance.bad_new_caller.address, DB_POOL_SIZE = "10" }
  }
}

# BAD, high, worsened: 41 x 10 = 410 become 50 x 10 = 500.
resource "aws_db_instance" "bad_worse" {
  identifier           = "bad-worse"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_lambda_function" "worse" {
  function_name                  = "worse"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 50

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_db_instance.bad_worse.address, DB_POOL_SIZE = "10" }
  }
}

# --- what it leaves ---

# BAD, high, existing: 41 x 10 = 410, before and after.
resource "aws_db_instance" "bad_unchanged" {
  identifier           = "bad-unchanged"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_lambda_function" "unchanged" {
  function_name                  = "unchanged"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 41

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_db_instance.bad_unchanged.address, DB_POOL_SIZE = "10" }
  }
}

# --- what it makes better ---

# GOOD, by nothing, resolved: 44 x 10 = 440 become 40 x 10 = 400.
resource "aws_db_instance" "good_fewer_units" {
  identifier           = "good-fewer-units"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_lambda_function" "fewer_units" {
  function_name                  = "fewer-units"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 40

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_db_instance.good_fewer_units.address, DB_POOL_SIZE = "10" }
  }
}

# GOOD, resolved: 50 x 10 = 500 do not fit 4 GiB, and fit 8.
resource "aws_db_instance" "good_larger_class" {
  identifier        = "good-larger-class"
  engine            = "postgres"
  engine_version    = "16.4"
  instance_class    = "db.t3.large"
  allocated_storage = 20
}

resource "aws_lambda_function" "larger_class" {
  function_name                  = "larger-class"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 50

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_db_instance.good_larger_class.address, DB_POOL_SIZE = "10" }
  }
}

# GOOD, resolved: of 30 x 10 = 300 and 15 x 10 = 150 the second leaves.
resource "aws_db_instance" "good_caller_leaves" {
  identifier           = "good-caller-leaves"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_lambda_function" "staying" {
  function_name                  = "staying"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 30

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_db_instance.good_caller_leaves.address, DB_POOL_SIZE = "10" }
  }
}
