# zone-split-datastore: databases. In how many zones they stand, and in which their callers do.
#
# One database for each case, all of which may stand in us-east-1a and us-east-1b. The plan is one from nothing:
# terraform_data stands for whatever makes a value up at the apply. "One zone" means a single machine.

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

resource "aws_subnet" "a" {
  vpc_id            = aws_vpc.main.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.0.0/24"
}

resource "aws_subnet" "b" {
  vpc_id            = aws_vpc.main.id
  availability_zone = "us-east-1b"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_db_subnet_group" "both" {
  name       = "both"
  subnet_ids = [aws_subnet.a.id, aws_subnet.b.id]
}

resource "aws_ecs_cluster" "main" {
  name = "main"
}

resource "terraform_data" "later" {
  input = "true"
}

# --- one machine ---

# BAD, high: one zone, which RDS chooses, behind 4 tasks in two.
resource "aws_db_instance" "bad_single" {
  identifier           = "bad-single"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.m7g.large"
  allocated_storage    = 100
  db_subnet_group_name = aws_db_subnet_group.both.name
  multi_az             = false
}

resource "aws_ecs_task_definition" "single" {
  family                   = "single"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  container_definitions = jsonencode([{
    name        = "api"
    image       = local.image
    environment = [{ name = "DB_HOST", value = aws_db_instance.bad_single.address }]
  }])
}

resource "aws_ecs_service" "single" {
  name            = "single"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.single.arn
  launch_type     = "FARGATE"
  desired_count   = 4

  network_configuration {
    subnets = [aws_subnet.a.id, aws_subnet.b.id]
  }
}

# BAD, high: a standby that nobody asks for does not come. One zone, callers in two.
resource "aws_db_instance" "bad_unset" {
  identifier           = "bad-unset"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.m7g.large"
  allocated_storage    = 100
  db_subnet_group_name = aws_db_subnet_group.both.name
}

resource "aws_lambda_function" "unset" {
  function_name = "unset"
  role          = local.role
  package_type  = "Image"
  image_uri     = local.image

  vpc_config {
    subnet_ids         = [aws_subnet.a.id, aws_subnet.b.id]
    security_group_ids = ["sg-0123456789abcdef0"]
  }

  environment {
    variables = { DB_HOST = aws_db_instance.bad_unset.address }
  }
}

# GOOD: a standby in another zone takes over.
resource "aws_db_instance" "good_standby" {
  identifier           = "good-standby"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.m7g.large"
  allocated_storage    = 100
  db_subnet_group_name = aws_db_subnet_group.both.name
  multi_az             = true
}

resource "aws_lambda_function" "fits_standby" {
  function_name = "fits-standby"
  role          = local.role
  package_type  = "Image"
  image_uri     = local.image

  vpc_config {
    subnet_ids         = [aws_subnet.a.id, aws_subnet.b.id]
    security_group_ids = ["sg-0123456789abcdef0"]
  }

  environment {
    variables = { DB_HOST = aws_db_instance.good_standby.address }
  }
}

# GOOD: it stands where its callers stand, in us-east-1a.
resource "aws_db_instance" "good_same_zone" {
  identifier           = "good-same-zone"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.m7g.large"
  allocated_storage    = 100
  db_subnet_group_name = aws_db_subnet_group.both.name
  multi_az             = false
  availability_zone    = "us-east-1a"
}

resource "aws_lambda_function" "fits_same_zone" {
  function_name = "fits-same-zone"
  role          = local.role
  package_type  = "Image"
  image_uri     = local.image

  vpc_config {
    subnet_ids         = [aws_subnet.a.id]
    security_group_ids = ["sg-0123456789abcdef0"]
  }

  environment {
    variables = { DB_HOST = aws_db_instance.good_same_zone.address }
  }
}

# BAD, high: one zone each, and not the same. Every call crosses.
resource "aws_db_instance" "bad_other_zone" {
  identifier           = "bad-other-zone"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.m7g.large"
  allocated_storage    = 100
  db_subnet_group_name = aws_db_subnet_group.both.name
  multi_az             = false
  availability_zone    = "us-east-1b"
}

resource "aws_lambda_function" "other_zone" {
  function_name = "other-zone"
  role          = local.role
  package_type  = "Image"
  image_uri     = local.image

  vpc_config {
    subnet_ids         = [aws_subnet.a.id]
    security_group_ids = ["sg-0123456789abcdef0"]
  }

  environment {
    variables = { DB_HOST = aws_db_instance.bad_other_zone.address }
  }
}

# BAD, high: each caller has one zone, together they have two. It stands in one of these.
resource "aws_db_instance" "bad_two_callers" {
  identifier           = "bad-two-callers"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.m7g.large"
  allocated_storage    = 100
  db_subnet_group_name = aws_db_subnet_group.both.name
  multi_az             = false
  availability_zone    = "us-east-1a"
}

resource "aws_lambda_function" "two_callers_a" {
  function_name = "two-callers-a"
  role          = local.role
  package_type  = "Image"
  image_uri     = local.image

  vpc_config {
    subnet_ids         = [aws_subnet.a.id]
    security_group_ids = ["sg-0123456789abcdef0"]
  }

  environment {
    variables = { DB_HOST = aws_db_instance.bad_two_callers.address }
  }
}

resource "aws_lambda_function" "two_callers_b" {
  function_name = "two-callers-b"
  role          = local.role
  package_type  = "Image"
  image_uri     = local.image

  vpc_config {
    subnet_ids         = [aws_subnet.b.id]
    security_group_ids = ["sg-0123456789abcdef0"]
  }

  environment {
    variables = { DB_HOST = aws_db_instance.bad_two_callers.address }
  }
}

# UNKNOWN: its callers stand in us-east-1a, and RDS may choose us-east-1b for it.
resource "aws_db_instance" "unknown_chosen_zone" {
  identifier           = "unknown-chosen-zone"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.m7g.large"
  allocated_storage    = 100
  db_subnet_group_name = aws_db_subnet_group.both.name
  multi_az             = false
}

resource "aws_lambda_function" "chosen_zone" {
  function_name = "chosen-zone"
  role          = local.role
  package_type  = "Image"
  image_uri     = local.image

  vpc_config {
    subnet_ids         = [aws_subnet.a.id]
    security_group_ids = ["sg-0123456789abcdef0"]
  }

  environment {
    variables = { DB_HOST = aws_db_instance.unknown_chosen_zone.address }
  }
}

# --- callers that do not count ---

# GOOD: the only task stands in one zone at a time, wherever that is.
resource "aws_db_instance" "good_one_task" {
  identifier           = "good-one-task"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.m7g.large"
  allocated_storage    = 100
  db_subnet_group_name = aws_db_subnet_group.both.name
  multi_az             = false
}

resource "aws_ecs_task_definition" "one_task" {
  family                   = "one-task"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  container_definitions = jsonencode([{
    name        = "api"
    image       = local.image
    environment = [{ name = "DB_HOST", value = aws_db_instance.good_one_task.address }]
  }])
}

resource "aws_ecs_service" "one_task" {
  name            = "one-task"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.one_task.arn
  launch_type     = "FARGATE"
  desired_count   = 1

  network_configuration {
    subnets = [aws_subnet.a.id, aws_subnet.b.id]
  }
}

# GOOD: so does the only execution.
resource "aws_db_instance" "good_one_execution" {
  identifier           = "good-one-execution"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.m7g.large"
  allocated_storage    = 100
  db_subnet_group_name = aws_db_subnet_group.both.name
  multi_az             = false
}

resource "aws_lambda_function" "fits_one_execution" {
  function_name                  = "fits-one-execution"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 1

  vpc_config {
    subnet_ids         = [aws_subnet.a.id, aws_subnet.b.id]
    security_group_ids = ["sg-0123456789abcdef0"]
  }

  environment {
    variables = { DB_HOST = aws_db_instance.good_one_execution.address }
  }
}

# GOOD: a function outside of any network stands in no zone that anybody could tell.
resource "aws_db_instance" "good_outside" {
  identifier           = "good-outside"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.m7g.large"
  allocated_storage    = 100
  db_subnet_group_name = aws_db_subnet_group.both.name
  multi_az             = false
  publicly_accessible  = true
}

resource "aws_lambda_function" "fits_outside" {
  function_name = "fits-outside"
  role          = local.role
  package_type  = "Image"
  image_uri     = local.image

  environment {
    variables = { DB_HOST = aws_db_instance.good_outside.address }
  }
}

# GOOD: nobody calls it.
resource "aws_db_instance" "good_unused" {
  identifier           = "good-unused"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.m7g.large"
  allocated_storage    = 100
  db_subnet_group_name = aws_db_subnet_group.both.name
  multi_az             = false
}

# --- unknown values ---

# UNKNOWN: whether it has a standby is known only after apply. Its callers stand in two zones.
resource "aws_db_instance" "unknown_setting" {
  identifier           = "unknown-setting"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.m7g.large"
  allocated_storage    = 100
  db_subnet_group_name = aws_db_subnet_group.both.name
  multi_az             = tobool(terraform_data.later.output)
}

resource "aws_lambda_function" "setting" {
  function_name = "setting"
  role          = local.role
  package_type  = "Image"
  image_uri     = local.image

  vpc_config {
    subnet_ids         = [aws_subnet.a.id, aws_subnet.b.id]
    security_group_ids = ["sg-0123456789abcdef0"]
  }

  environment {
    variables = { DB_HOST = aws_db_instance.unknown_setting.address }
  }
}

# UNKNOWN: if it has none, it may stand in us-east-1b, and its callers stand in us-east-1a.
resource "aws_db_instance" "unknown_setting_one_zone" {
  identifier           = "unknown-setting-one-zone"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.m7g.large"
  allocated_storage    = 100
  db_subnet_group_name = aws_db_subnet_group.both.name
  multi_az             = tobool(terraform_data.later.output)
}

resource "aws_lambda_function" "setting_one_zone" {
  function_name = "setting-one-zone"
  role          = local.role
  package_type  = "Image"
  image_uri     = local.image

  vpc_config {
    subnet_ids         = [aws_subnet.a.id]
    security_group_ids = ["sg-0123456789abcdef0"]
  }

  environment {
    variables = { DB_HOST = aws_db_instance.unknown_setting_one_zone.address }
  }
}

# In subnets that name no zone, AWS chooses one.
resource "aws_subnet" "anywhere_1" {
  vpc_id     = aws_vpc.main.id
  cidr_block = "10.0.11.0/24"
}

resource "aws_subnet" "anywhere_2" {
  vpc_id     = aws_vpc.main.id
  cidr_block = "10.0.12.0/24"
}

# UNKNOWN: its callers stand in two subnets, whose zones are known only after apply: one, two, or another.
resource "aws_db_instance" "unknown_subnets" {
  identifier           = "unknown-subnets"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.m7g.large"
  allocated_storage    = 100
  db_subnet_group_name = aws_db_subnet_group.both.name
  multi_az             = false
  availability_zone    = "us-east-1a"
}

resource "aws_lambda_function" "subnets" {
  function_name = "subnets"
  role          = local.role
  package_type  = "Image"
  image_uri     = local.image

  vpc_config {
    subnet_ids         = [aws_subnet.anywhere_1.id, aws_subnet.anywhere_2.id]
    security_group_ids = ["sg-0123456789abcdef0"]
  }

  environment {
    variables = { DB_HOST = aws_db_instance.unknown_subnets.address }
  }
}

# BAD, high: wherever the one caller will stand, the other stands in two zones.
resource "aws_db_instance" "bad_subnets" {
  identifier           = "bad-subnets"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.m7g.large"
  allocated_storage    = 100
  db_subnet_group_name = aws_db_subnet_group.both.name
  multi_az             = false
  availability_zone    = "us-east-1a"
}

resource "aws_lambda_function" "subnets_anywhere" {
  function_name = "subnets-anywhere"
  role          = local.role
  package_type  = "Image"
  image_uri     = local.image

  vpc_config {
    subnet_ids         = [aws_subnet.anywhere_1.id, aws_subnet.anywhere_2.id]
    security_group_ids = ["sg-0123456789abcdef0"]
  }

  environment {
    variables = { DB_HOST = aws_db_instance.bad_subnets.address }
  }
}

resource "aws_lambda_function" "subnets_both" {
  function_name = "subnets-both"
  role          = local.role
  package_type  = "Image"
  image_uri     = local.image

  vpc_config {
    subnet_ids         = [aws_subnet.a.id, aws_subnet.b.id]
    security_group_ids = ["sg-0123456789abcdef0"]
  }

  environment {
    variables = { DB_HOST = aws_db_instance.bad_subnets.address }
  }
}

# Which name a zone of this id has differs from account to account.
resource "aws_subnet" "by_id" {
  vpc_id               = aws_vpc.main.id
  availability_zone_id = "use1-az1"
  cidr_block           = "10.0.20.0/24"
}

# UNKNOWN: whether use1-az1 is us-east-1a, this plan does not say.
resource "aws_db_instance" "unknown_zone_id" {
  identifier           = "unknown-zone-id"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.m7g.large"
  allocated_storage    = 100
  db_subnet_group_name = aws_db_subnet_group.both.name
  multi_az             = false
  availability_zone    = "us-east-1a"
}

resource "aws_lambda_function" "zone_id" {
  function_name = "zone-id"
  role          = local.role
  package_type  = "Image"
  image_uri     = local.image

  vpc_config {
    subnet_ids         = [aws_subnet.by_id.id]
    security_group_ids = ["sg-0123456789abcdef0"]
  }

  environment {
    variables = { DB_HOST = aws_db_instance.unknown_zone_id.address }
  }
}

# --- Aurora: as many zones as its machines have ---

# BAD, high: the only machine.
resource "aws_rds_cluster" "bad_aurora_one" {
  cluster_identifier   = "bad-aurora-one"
  engine               = "aurora-postgresql"
  engine_version       = "16.4"
  db_subnet_group_name = aws_db_subnet_group.both.name
}

resource "aws_rds_cluster_instance" "aurora_one" {
  cluster_identifier = aws_rds_cluster.bad_aurora_one.id
  engine             = aws_rds_cluster.bad_aurora_one.engine
  instance_class     = "db.r7g.large"
}

resource "aws_lambda_function" "aurora_one" {
  function_name = "aurora-one"
  role          = local.role
  package_type  = "Image"
  image_uri     = local.image

  vpc_config {
    subnet_ids         = [aws_subnet.a.id, aws_subnet.b.id]
    security_group_ids = ["sg-0123456789abcdef0"]
  }

  environment {
    variables = { DB_HOST = aws_rds_cluster.bad_aurora_one.endpoint }
  }
}

# GOOD: Aurora spreads machines over zones unless it is told otherwise.
resource "aws_rds_cluster" "good_aurora_two" {
  cluster_identifier   = "good-aurora-two"
  engine               = "aurora-postgresql"
  engine_version       = "16.4"
  db_subnet_group_name = aws_db_subnet_group.both.name
}

resource "aws_rds_cluster_instance" "fits_aurora_two" {
  count              = 2
  cluster_identifier = aws_rds_cluster.good_aurora_two.id
  engine             = aws_rds_cluster.good_aurora_two.engine
  instance_class     = "db.r7g.large"
}

resource "aws_lambda_function" "fits_aurora_two" {
  function_name = "fits-aurora-two"
  role          = local.role
  package_type  = "Image"
  image_uri     = local.image

  vpc_config {
    subnet_ids         = [aws_subnet.a.id, aws_subnet.b.id]
    security_group_ids = ["sg-0123456789abcdef0"]
  }

  environment {
    variables = { DB_HOST = aws_rds_cluster.good_aurora_two.endpoint }
  }
}

# GOOD: it is told two zones.
resource "aws_rds_cluster" "good_aurora_apart" {
  cluster_identifier   = "good-aurora-apart"
  engine               = "aurora-postgresql"
  engine_version       = "16.4"
  db_subnet_group_name = aws_db_subnet_group.both.name
}

resource "aws_rds_cluster_instance" "fits_aurora_apart_1" {
  cluster_identifier = aws_rds_cluster.good_aurora_apart.id
  engine             = aws_rds_cluster.good_aurora_apart.engine
  instance_class     = "db.r7g.large"
  availability_zone  = "us-east-1a"
}

resource "aws_rds_cluster_instance" "fits_aurora_apart_2" {
  cluster_identifier = aws_rds_cluster.good_aurora_apart.id
  engine             = aws_rds_cluster.good_aurora_apart.engine
  instance_class     = "db.r7g.large"
  availability_zone  = "us-east-1b"
}

resource "aws_lambda_function" "fits_aurora_apart" {
  function_name = "fits-aurora-apart"
  role          = local.role
  package_type  = "Image"
  image_uri     = local.image

  vpc_config {
    subnet_ids         = [aws_subnet.a.id, aws_subnet.b.id]
    security_group_ids = ["sg-0123456789abcdef0"]
  }

  environment {
    variables = { DB_HOST = aws_rds_cluster.good_aurora_apart.endpoint }
  }
}

# BAD, high: two machines, and both are told us-east-1a.
resource "aws_rds_cluster" "bad_aurora_same_zone" {
  cluster_identifier   = "bad-aurora-same-zone"
  engine               = "aurora-postgresql"
  engine_version       = "16.4"
  db_subnet_group_name = aws_db_subnet_group.both.name
}

resource "aws_rds_cluster_instance" "aurora_same_zone_1" {
  cluster_identifier = aws_rds_cluster.bad_aurora_same_zone.id
  engine             = aws_rds_cluster.bad_aurora_same_zone.engine
  instance_class     = "db.r7g.large"
  availability_zone  = "us-east-1a"
}

resource "aws_rds_cluster_instance" "aurora_same_zone_2" {
  cluster_identifier = aws_rds_cluster.bad_aurora_same_zone.id
  engine             = aws_rds_cluster.bad_aurora_same_zone.engine
  instance_class     = "db.r7g.large"
  availability_zone  = "us-east-1a"
}

resource "aws_lambda_function" "aurora_same_zone" {
  function_name = "aurora-same-zone"
  role          = local.role
  package_type  = "Image"
  image_uri     = local.image

  vpc_config {
    subnet_ids         = [aws_subnet.a.id, aws_subnet.b.id]
    security_group_ids = ["sg-0123456789abcdef0"]
  }

  environment {
    variables = { DB_HOST = aws_rds_cluster.bad_aurora_same_zone.endpoint }
  }
}

# UNKNOWN: both are told a zone that is known only after apply, and it is the same.
resource "aws_rds_cluster" "unknown_aurora_later" {
  cluster_identifier   = "unknown-aurora-later"
  engine               = "aurora-postgresql"
  engine_version       = "16.4"
  db_subnet_group_name = aws_db_subnet_group.both.name
}

resource "aws_rds_cluster_instance" "aurora_later_1" {
  cluster_identifier = aws_rds_cluster.unknown_aurora_later.id
  engine             = aws_rds_cluster.unknown_aurora_later.engine
  instance_class     = "db.r7g.large"
  availability_zone  = terraform_data.later.output
}

resource "aws_rds_cluster_instance" "aurora_later_2" {
  cluster_identifier = aws_rds_cluster.unknown_aurora_later.id
  engine             = aws_rds_cluster.unknown_aurora_later.engine
  instance_class     = "db.r7g.large"
  availability_zone  = terraform_data.later.output
}

resource "aws_lambda_function" "aurora_later" {
  function_name = "aurora-later"
  role          = local.role
  package_type  = "Image"
  image_uri     = local.image

  vpc_config {
    subnet_ids         = [aws_subnet.a.id, aws_subnet.b.id]
    security_group_ids = ["sg-0123456789abcdef0"]
  }

  environment {
    variables = { DB_HOST = aws_rds_cluster.unknown_aurora_later.endpoint }
  }
}

# UNKNOWN: its machines are made somewhere else.
resource "aws_rds_cluster" "unknown_aurora_elsewhere" {
  cluster_identifier   = "unknown-aurora-elsewhere"
  engine               = "aurora-postgresql"
  engine_version       = "16.4"
  db_subnet_group_name = aws_db_subnet_group.both.name
}

resource "aws_lambda_function" "aurora_elsewhere" {
  function_name = "aurora-elsewhere"
  role          = local.role
  package_type  = "Image"
  image_uri     = local.image

  vpc_config {
    subnet_ids         = [aws_subnet.a.id, aws_subnet.b.id]
    security_group_ids = ["sg-0123456789abcdef0"]
  }

  environment {
    variables = { DB_HOST = aws_rds_cluster.unknown_aurora_elsewhere.endpoint }
  }
}

# BAD, high: the only machine stands in us-east-1b, its callers in us-east-1a.
resource "aws_rds_cluster" "bad_aurora_other_zone" {
  cluster_identifier   = "bad-aurora-other-zone"
  engine               = "aurora-postgresql"
  engine_version       = "16.4"
  db_subnet_group_name = aws_db_subnet_group.both.name
}

resource "aws_rds_cluster_instance" "aurora_other_zone" {
  cluster_identifier = aws_rds_cluster.bad_aurora_other_zone.id
  engine             = aws_rds_cluster.bad_aurora_other_zone.engine
  instance_class     = "db.r7g.large"
  availability_zone  = "us-east-1b"
}

resource "aws_lambda_function" "aurora_other_zone" {
  function_name = "aurora-other-zone"
  role          = local.role
  package_type  = "Image"
  image_uri     = local.image

  vpc_config {
    subnet_ids         = [aws_subnet.a.id]
    security_group_ids = ["sg-0123456789abcdef0"]
  }

  environment {
    variables = { DB_HOST = aws_rds_cluster.bad_aurora_other_zone.endpoint }
  }
}

# BAD, high: a serverless machine is a machine, and the only one.
resource "aws_rds_cluster" "bad_serverless" {
  cluster_identifier   = "bad-serverless"
  engine               = "aurora-postgresql"
  engine_version       = "16.4"
  db_subnet_group_name = aws_db_subnet_group.both.name

  serverlessv2_scaling_configuration {
    min_capacity = 1
    max_capacity = 8
  }
}

resource "aws_rds_cluster_instance" "serverless" {
  cluster_identifier = aws_rds_cluster.bad_serverless.id
  engine             = aws_rds_cluster.bad_serverless.engine
  instance_class     = "db.serverless"
}

resource "aws_lambda_function" "serverless" {
  function_name = "serverless"
  role          = local.role
  package_type  = "Image"
  image_uri     = local.image

  vpc_config {
    subnet_ids         = [aws_subnet.a.id, aws_subnet.b.id]
    security_group_ids = ["sg-0123456789abcdef0"]
  }

  environment {
    variables = { DB_HOST = aws_rds_cluster.bad_serverless.endpoint }
  }
}

# GOOD: RDS over three zones, one writer and two standbys.
resource "aws_rds_cluster" "good_three_zones" {
  cluster_identifier        = "good-three-zones"
  engine                    = "postgres"
  engine_version            = "16.4"
  db_subnet_group_name      = aws_db_subnet_group.both.name
  db_cluster_instance_class = "db.m6gd.large"
  storage_type              = "io1"
  allocated_storage         = 100
  iops                      = 1000
}

resource "aws_lambda_function" "fits_three_zones" {
  function_name = "fits-three-zones"
  role          = local.role
  package_type  = "Image"
  image_uri     = local.image

  vpc_config {
    subnet_ids         = [aws_subnet.a.id, aws_subnet.b.id]
    security_group_ids = ["sg-0123456789abcdef0"]
  }

  environment {
    variables = { DB_HOST = aws_rds_cluster.good_three_zones.endpoint }
  }
}
