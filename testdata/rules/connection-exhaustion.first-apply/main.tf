# connection-exhaustion: what is known only after the apply. A plan from nothing.
#
# One database for each case. terraform_data stands for whatever makes a value up at the apply. Unless a case says
# otherwise its database takes max_connections = 405, less 5 that are kept back: 400 are usable, exactly.

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

resource "terraform_data" "later" {
  input = "50"
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

# --- the environment ---

# UNKNOWN: the address of the database is a part of the container definitions, which are therefore known only after
# apply as a whole, the pool of 10 with them. That the task speaks of this database, the reference says. 4 tasks with
# one process each fit with pools of up to 100.
resource "aws_db_instance" "unknown_definitions" {
  identifier           = "unknown-definitions"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_ecs_task_definition" "definitions" {
  family                   = "definitions"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048
  container_definitions = jsonencode([{
    name         = "api"
    image        = local.image
    portMappings = [{ containerPort = 8080 }]
    environment = [
      { name = "DB_HOST", value = aws_db_instance.unknown_definitions.address },
      { name = "DB_POOL_SIZE", value = "10" },
    ]
  }])
}

resource "aws_ecs_service" "definitions" {
  name                               = "definitions"
  cluster                            = aws_ecs_cluster.main.id
  task_definition                    = aws_ecs_task_definition.definitions.arn
  launch_type                        = "FARGATE"
  desired_count                      = 4
  deployment_minimum_healthy_percent = 50
  deployment_maximum_percent         = 100

  network_configuration {
    subnets = aws_subnet.app[*].id
  }
}

# BAD: the pool cannot be seen here either. But 250 tasks at the most are 500 during a rollout, and even one connection
# each is too many for 400.
resource "aws_db_instance" "bad_even_one_each" {
  identifier           = "bad-even-one-each"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_ecs_task_definition" "even_one_each" {
  family                   = "even-one-each"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048
  container_definitions = jsonencode([{
    name         = "api"
    image        = local.image
    portMappings = [{ containerPort = 8080 }]
    environment = [
      { name = "DB_HOST", value = aws_db_instance.bad_even_one_each.address },
      { name = "DB_POOL_SIZE", value = "10" },
    ]
  }])
}

resource "aws_ecs_service" "even_one_each" {
  name            = "even-one-each"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.even_one_each.arn
  launch_type     = "FARGATE"
  desired_count   = 20

  network_configuration {
    subnets = aws_subnet.app[*].id
  }
}

resource "aws_appautoscaling_target" "even_one_each" {
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/${aws_ecs_cluster.main.name}/${aws_ecs_service.even_one_each.name}"
  min_capacity       = 20
  max_capacity       = 250
}

# GOOD, by nothing: in a map only the unknown values are unknown. 40 x 10 = 400.
resource "aws_db_instance" "good_variables" {
  identifier           = "good-variables"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_lambda_function" "fits_variables" {
  function_name                  = "fits-variables"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 40

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = {
      DB_HOST      = aws_db_instance.good_variables.address
      DB_POOL_SIZE = "10"
      QUEUE_URL    = aws_sqs_queue.jobs.url
    }
  }
}

resource "aws_sqs_queue" "jobs" {
  name = "jobs"
}

# BAD: 41 x 10 = 410 > 400.
resource "aws_db_instance" "bad_variables" {
  identifier           = "bad-variables"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_lambda_function" "variables" {
  function_name                  = "variables"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 41

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = {
      DB_HOST      = aws_db_instance.bad_variables.address
      DB_POOL_SIZE = "10"
      QUEUE_URL    = aws_sqs_queue.jobs.url
    }
  }
}

# UNKNOWN: the pool is made up at the apply. 40 executions fit with up to 10 each.
resource "aws_db_instance" "unknown_pool" {
  identifier           = "unknown-pool"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_lambda_function" "pool" {
  function_name                  = "pool"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 40

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = {
      DB_HOST      = aws_db_instance.unknown_pool.address
      DB_POOL_SIZE = terraform_data.later.output
    }
  }
}

# BAD: whatever the pool will be, 410 executions have one connection each at least.
resource "aws_db_instance" "bad_pool" {
  identifier           = "bad-pool"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_lambda_function" "large_pool" {
  function_name                  = "large-pool"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 410

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_db_instance.bad_pool.address, DB_POOL_SIZE = terraform_data.later.output }
  }
}

# UNKNOWN: the address comes in a parameter, whose ARN hides the container definitions, and with them the pool.
resource "aws_db_instance" "unknown_secret" {
  identifier           = "unknown-secret"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_ssm_parameter" "database_host" {
  name  = "/shop/database/host"
  type  = "String"
  value = aws_db_instance.unknown_secret.address
}

resource "aws_ecs_task_definition" "secret" {
  family                   = "secret"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048
  container_definitions = jsonencode([{
    name         = "api"
    image        = local.image
    portMappings = [{ containerPort = 8080 }]
    environment = [
      { name = "DB_POOL_SIZE", value = "10" },
    ]
    secrets = [
      { name = "DB_HOST", valueFrom = aws_ssm_parameter.database_host.arn },
    ]
  }])
}

resource "aws_ecs_service" "secret" {
  name                               = "secret"
  cluster                            = aws_ecs_cluster.main.id
  task_definition                    = aws_ecs_task_definition.secret.arn
  launch_type                        = "FARGATE"
  desired_count                      = 4
  deployment_minimum_healthy_percent = 50
  deployment_maximum_percent         = 100

  network_configuration {
    subnets = aws_subnet.app[*].id
  }
}

# UNKNOWN: the function is told some address that is made up at the apply. Of the databases in its network it may be
# this one, the only one, and 41 x 10 = 410 would be too many.
resource "aws_db_instance" "unknown_address" {
  identifier           = "unknown-address"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
  db_subnet_group_name = aws_db_subnet_group.main.name
}

resource "aws_db_subnet_group" "main" {
  name       = "main"
  subnet_ids = aws_subnet.app[*].id
}

resource "aws_lambda_function" "address" {
  function_name                  = "address"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 41

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = terraform_data.later.output, DB_POOL_SIZE = "10" }
  }
}

# --- how many units there are ---

# UNKNOWN: what is reserved is made up at the apply. One execution fits.
resource "aws_db_instance" "unknown_reserved" {
  identifier           = "unknown-reserved"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_lambda_function" "count_later" {
  function_name                  = "count-later"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = tonumber(terraform_data.later.output)

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_db_instance.unknown_reserved.address, DB_POOL_SIZE = "10" }
  }
}

# UNKNOWN: so is the most that this service scales to. 2 instances with pools of 50 fit, and 4 while they are replaced.
resource "aws_db_instance" "unknown_maximum" {
  identifier           = "unknown-maximum"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_apprunner_auto_scaling_configuration_version" "later" {
  auto_scaling_configuration_name = "later"
  min_size                        = 2
  max_size                        = tonumber(terraform_data.later.output)
}

resource "aws_apprunner_service" "later" {
  service_name                   = "later"
  auto_scaling_configuration_arn = aws_apprunner_auto_scaling_configuration_version.later.arn

  source_configuration {
    image_repository {
      image_identifier      = local.image
      image_repository_type = "ECR"

      image_configuration {
        port                          = "8080"
        runtime_environment_variables = { DB_HOST = aws_db_instance.unknown_maximum.address, DB_POOL_SIZE = "50" }
      }
    }
  }

  network_configuration {
    egress_configuration {
      egress_type       = "VPC"
      vpc_connector_arn = aws_apprunner_vpc_connector.app.arn
    }
  }
}

resource "aws_apprunner_vpc_connector" "app" {
  vpc_connector_name = "app"
  subnets            = aws_subnet.app[*].id
  security_groups    = [aws_security_group.app.id]
}

# --- the limit ---

# UNKNOWN: the default depends on the class, which is made up at the apply.
resource "aws_db_instance" "unknown_class" {
  identifier        = "unknown-class"
  engine            = "postgres"
  engine_version    = "16.4"
  instance_class    = "db.${terraform_data.later.output}"
  allocated_storage = 20
}

resource "aws_lambda_function" "class" {
  function_name                  = "class"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 40

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_db_instance.unknown_class.address, DB_POOL_SIZE = "10" }
  }
}

resource "aws_db_parameter_group" "value_later" {
  name   = "value-later"
  family = "postgres16"

  parameter {
    name         = "max_connections"
    value        = terraform_data.later.output
    apply_method = "pending-reboot"
  }
}

# UNKNOWN: the group sets the limit, the number is made up at the apply.
resource "aws_db_instance" "unknown_parameter" {
  identifier           = "unknown-parameter"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.value_later.name
}

resource "aws_lambda_function" "parameter" {
  function_name                  = "parameter"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 40

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_db_instance.unknown_parameter.address, DB_POOL_SIZE = "10" }
  }
}

resource "aws_db_parameter_group" "parameters_later" {
  name   = "parameters-later"
  family = "postgres16"

  dynamic "parameter" {
    for_each = toset(split(",", terraform_data.later.output))

    content {
      name  = parameter.value
      value = "1"
    }
  }
}

# UNKNOWN: which parameters the group sets is known only after apply; the limit may be among them.
resource "aws_db_instance" "unknown_parameters" {
  identifier           = "unknown-parameters"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.parameters_later.name
}

resource "aws_lambda_function" "parameters" {
  function_name                  = "parameters"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 40

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_db_instance.unknown_parameters.address, DB_POOL_SIZE = "10" }
  }
}

# UNKNOWN: the limit of a serverless cluster follows its greatest capacity, which is made up at the apply.
resource "aws_rds_cluster" "unknown_capacity" {
  cluster_identifier = "unknown-capacity"
  engine             = "aurora-postgresql"

  serverlessv2_scaling_configuration {
    min_capacity = 1
    max_capacity = tonumber(terraform_data.later.output)
  }
}

resource "aws_rds_cluster_instance" "capacity" {
  cluster_identifier = aws_rds_cluster.unknown_capacity.id
  engine             = aws_rds_cluster.unknown_capacity.engine
  instance_class     = "db.serverless"
}

resource "aws_lambda_function" "capacity" {
  function_name                  = "capacity"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 40

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_rds_cluster.unknown_capacity.endpoint, DB_POOL_SIZE = "10" }
  }
}

# --- a replica has the engine of what it replicates ---

# GOOD: nobody calls the source.
resource "aws_db_instance" "good_source" {
  identifier           = "good-source"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

# GOOD, by nothing: its engine is that of its source. 40 x 10 = 400.
resource "aws_db_instance" "good_replica" {
  identifier           = "good-replica"
  replicate_source_db  = aws_db_instance.good_source.identifier
  instance_class       = "db.t3.medium"
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_lambda_function" "fits_replica" {
  function_name                  = "fits-replica"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 40

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_db_instance.good_replica.address, DB_POOL_SIZE = "10" }
  }
}

# BAD: 41 x 10 = 410 > 400.
resource "aws_db_instance" "bad_replica" {
  identifier           = "bad-replica"
  replicate_source_db  = aws_db_instance.good_source.identifier
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

# --- other names of a cluster that has no name yet ---

# BAD: the endpoint of a machine leads to the machine's cluster: 82 × 10 = 820 of 400.
resource "aws_rds_cluster" "bad_by_machine" {
  engine                          = "aurora-postgresql"
  engine_version                  = "16.4"
  db_cluster_parameter_group_name = aws_rds_cluster_parameter_group.four_hundred.name
}

resource "aws_rds_cluster_instance" "by_machine" {
  cluster_identifier = aws_rds_cluster.bad_by_machine.id
  instance_class     = "db.r6g.large"
  engine             = aws_rds_cluster.bad_by_machine.engine
}

resource "aws_lambda_function" "by_machine" {
  function_name                  = "by-machine"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 82

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_rds_cluster_instance.by_machine.endpoint, DB_POOL_SIZE = "10" }
  }
}

# BAD: an endpoint of its own leads to both readers: 82 × 10 = 820 of 2 × 400.
resource "aws_rds_cluster" "bad_by_endpoint" {
  engine                          = "aurora-postgresql"
  engine_version                  = "16.4"
  db_cluster_parameter_group_name = aws_rds_cluster_parameter_group.four_hundred.name
}

resource "aws_rds_cluster_instance" "by_endpoint" {
  count              = 3
  cluster_identifier = aws_rds_cluster.bad_by_endpoint.id
  instance_class     = "db.r6g.large"
  engine             = aws_rds_cluster.bad_by_endpoint.engine
}

resource "aws_rds_cluster_endpoint" "reports" {
  cluster_identifier          = aws_rds_cluster.bad_by_endpoint.id
  cluster_endpoint_identifier = "reports"
  custom_endpoint_type        = "READER"
}

resource "aws_lambda_function" "by_endpoint" {
  function_name                  = "by-endpoint"
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

# BAD: who writes reads elsewhere as well: 30 × 10 = 300 fit where it writes; its readers are asked for 200 more, and the
# only one takes 400.
resource "aws_rds_cluster" "bad_readers_beside" {
  engine                          = "aurora-postgresql"
  engine_version                  = "16.4"
  db_cluster_parameter_group_name = aws_rds_cluster_parameter_group.four_hundred.name
}

resource "aws_rds_cluster_instance" "readers_beside" {
  count              = 2
  cluster_identifier = aws_rds_cluster.bad_readers_beside.id
  instance_class     = "db.r6g.large"
  engine             = aws_rds_cluster.bad_readers_beside.engine
}

resource "aws_lambda_function" "writes_and_reads" {
  function_name                  = "writes-and-reads"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 30

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = {
      DB_HOST        = aws_rds_cluster.bad_readers_beside.endpoint
      DB_READER_HOST = aws_rds_cluster.bad_readers_beside.reader_endpoint
      DB_POOL_SIZE   = "10"
    }
  }
}

resource "aws_lambda_function" "reads" {
  function_name                  = "reads"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 20

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_rds_cluster.bad_readers_beside.reader_endpoint, DB_POOL_SIZE = "10" }
  }
}

# GOOD: whoever is told what a cluster is called, by the cluster or by its machine, calls the cloud's API with it.
resource "aws_rds_cluster" "good_by_identifier" {
  engine                          = "aurora-postgresql"
  engine_version                  = "16.4"
  db_cluster_parameter_group_name = aws_rds_cluster_parameter_group.four_hundred.name
}

resource "aws_rds_cluster_instance" "by_identifier" {
  cluster_identifier = aws_rds_cluster.good_by_identifier.id
  instance_class     = "db.r6g.large"
  engine             = aws_rds_cluster.good_by_identifier.engine
}

resource "aws_lambda_function" "by_identifier" {
  function_name                  = "by-identifier"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 82

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = {
      CLUSTER      = aws_rds_cluster_instance.by_identifier.cluster_identifier
      DB_CLUSTER   = aws_rds_cluster.good_by_identifier.id
      DB_POOL_SIZE = "10"
    }
  }
}

resource "aws_rds_cluster_parameter_group" "four_hundred" {
  name   = "four-hundred-cluster"
  family = "aurora-postgresql16"

  parameter {
    name         = "max_connections"
    value        = "405"
    apply_method = "pending-reboot"
  }
}

# UNKNOWN: both readers take 800, and the one that the endpoint leads to is asked for 60 × 10 = 600.
resource "aws_rds_cluster" "unknown_some_readers" {
  engine                          = "aurora-postgresql"
  engine_version                  = "16.4"
  db_cluster_parameter_group_name = aws_rds_cluster_parameter_group.four_hundred.name
}

resource "aws_rds_cluster_instance" "some_readers" {
  count              = 3
  cluster_identifier = aws_rds_cluster.unknown_some_readers.id
  instance_class     = "db.r6g.large"
  engine             = aws_rds_cluster.unknown_some_readers.engine
}

resource "aws_rds_cluster_endpoint" "some_readers" {
  cluster_identifier          = aws_rds_cluster.unknown_some_readers.id
  cluster_endpoint_identifier = "some-readers"
  custom_endpoint_type        = "READER"
  static_members              = [aws_rds_cluster_instance.some_readers[2].id]
}

resource "aws_lambda_function" "some_readers" {
  function_name                  = "some-readers"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 60

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_rds_cluster_endpoint.some_readers.endpoint, DB_POOL_SIZE = "10" }
  }
}

# UNKNOWN: the endpoint leads to all readers but one: to one or two of them, as one of those that are left writes.
resource "aws_rds_cluster" "unknown_other_readers" {
  engine                          = "aurora-postgresql"
  engine_version                  = "16.4"
  db_cluster_parameter_group_name = aws_rds_cluster_parameter_group.four_hundred.name
}

resource "aws_rds_cluster_instance" "other_readers" {
  count              = 3
  cluster_identifier = aws_rds_cluster.unknown_other_readers.id
  instance_class     = "db.r6g.large"
  engine             = aws_rds_cluster.unknown_other_readers.engine
}

resource "aws_rds_cluster_endpoint" "other_readers" {
  cluster_identifier          = aws_rds_cluster.unknown_other_readers.id
  cluster_endpoint_identifier = "other-readers"
  custom_endpoint_type        = "READER"
  excluded_members            = [aws_rds_cluster_instance.other_readers[2].id]
}

resource "aws_lambda_function" "other_readers" {
  function_name                  = "other-readers"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 41

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_rds_cluster_endpoint.other_readers.endpoint, DB_POOL_SIZE = "10" }
  }
}

# GOOD: whichever reader it is, 40 × 10 = 400 fit.
resource "aws_rds_cluster" "good_few_readers" {
  engine                          = "aurora-postgresql"
  engine_version                  = "16.4"
  db_cluster_parameter_group_name = aws_rds_cluster_parameter_group.four_hundred.name
}

resource "aws_rds_cluster_instance" "few_readers" {
  count              = 3
  cluster_identifier = aws_rds_cluster.good_few_readers.id
  instance_class     = "db.r6g.large"
  engine             = aws_rds_cluster.good_few_readers.engine
}

resource "aws_rds_cluster_endpoint" "few_readers" {
  cluster_identifier          = aws_rds_cluster.good_few_readers.id
  cluster_endpoint_identifier = "few-readers"
  custom_endpoint_type        = "READER"
  static_members              = [aws_rds_cluster_instance.few_readers[2].id]
}

resource "aws_lambda_function" "few_readers" {
  function_name                  = "few-readers"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 40

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_rds_cluster_endpoint.few_readers.endpoint, DB_POOL_SIZE = "10" }
  }
}

# GOOD: a function that is switched off opens nothing, whatever its pool.
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
    variables = { DB_HOST = aws_db_instance.good_switched_off.address }
  }
}
