# zone-split-datastore: updates of what runs already. before/ is applied first, this folder is planned on top of it.
#
# One database for each case, which may stand in us-east-1a and us-east-1b.

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

# --- what the update makes worse ---

# BAD, high, introduced: the standby goes, the callers stay in two zones.
resource "aws_db_instance" "bad_standby_leaves" {
  identifier           = "bad-standby-leaves"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.m7g.large"
  allocated_storage    = 100
  db_subnet_group_name = aws_db_subnet_group.both.name
  multi_az             = false
}

resource "aws_lambda_function" "standby_leaves" {
  function_name = "standby-leaves"
  role          = local.role
  package_type  = "Image"
  image_uri     = local.image

  vpc_config {
    subnet_ids         = [aws_subnet.a.id, aws_subnet.b.id]
    security_group_ids = ["sg-0123456789abcdef0"]
  }

  environment {
    variables = { DB_HOST = aws_db_instance.bad_standby_leaves.address }
  }
}

# BAD, high, introduced: the callers get a second zone, the database does not.
resource "aws_db_instance" "bad_callers_spread" {
  identifier           = "bad-callers-spread"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.m7g.large"
  allocated_storage    = 100
  db_subnet_group_name = aws_db_subnet_group.both.name
  multi_az             = false
  availability_zone    = "us-east-1a"
}

resource "aws_lambda_function" "callers_spread" {
  function_name = "callers-spread"
  role          = local.role
  package_type  = "Image"
  image_uri     = local.image

  vpc_config {
    subnet_ids         = [aws_subnet.a.id, aws_subnet.b.id]
    security_group_ids = ["sg-0123456789abcdef0"]
  }

  environment {
    variables = { DB_HOST = aws_db_instance.bad_callers_spread.address }
  }
}

# BAD, high, introduced: one of two machines goes.
resource "aws_rds_cluster" "bad_machine_leaves" {
  cluster_identifier   = "bad-machine-leaves"
  engine               = "aurora-postgresql"
  engine_version       = "16.4"
  db_subnet_group_name = aws_db_subnet_group.both.name
}

resource "aws_rds_cluster_instance" "machine_leaves" {
  count              = 1
  cluster_identifier = aws_rds_cluster.bad_machine_leaves.id
  engine             = aws_rds_cluster.bad_machine_leaves.engine
  instance_class     = "db.r7g.large"
  availability_zone  = ["us-east-1a", "us-east-1b"][count.index]
}

resource "aws_lambda_function" "machine_leaves" {
  function_name = "machine-leaves"
  role          = local.role
  package_type  = "Image"
  image_uri     = local.image

  vpc_config {
    subnet_ids         = [aws_subnet.a.id, aws_subnet.b.id]
    security_group_ids = ["sg-0123456789abcdef0"]
  }

  environment {
    variables = { DB_HOST = aws_rds_cluster.bad_machine_leaves.endpoint }
  }
}

# --- what it leaves ---

# BAD, high, existing: one zone, callers in two, before and after.
resource "aws_db_instance" "bad_unchanged" {
  identifier           = "bad-unchanged"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.m7g.large"
  allocated_storage    = 100
  db_subnet_group_name = aws_db_subnet_group.both.name
  multi_az             = false
  availability_zone    = "us-east-1a"
}

resource "aws_lambda_function" "unchanged" {
  function_name = "unchanged"
  role          = local.role
  package_type  = "Image"
  image_uri     = local.image

  vpc_config {
    subnet_ids         = [aws_subnet.a.id, aws_subnet.b.id]
    security_group_ids = ["sg-0123456789abcdef0"]
  }

  environment {
    variables = { DB_HOST = aws_db_instance.bad_unchanged.address }
  }
}

# --- what it makes better ---

# GOOD, resolved: a standby comes.
resource "aws_db_instance" "good_standby_comes" {
  identifier           = "good-standby-comes"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.m7g.large"
  allocated_storage    = 100
  db_subnet_group_name = aws_db_subnet_group.both.name
  multi_az             = true
}

resource "aws_lambda_function" "fits_standby_comes" {
  function_name = "fits-standby-comes"
  role          = local.role
  package_type  = "Image"
  image_uri     = local.image

  vpc_config {
    subnet_ids         = [aws_subnet.a.id, aws_subnet.b.id]
    security_group_ids = ["sg-0123456789abcdef0"]
  }

  environment {
    variables = { DB_HOST = aws_db_instance.good_standby_comes.address }
  }
}

# GOOD, resolved: the callers give up their second zone.
resource "aws_db_instance" "good_callers_gather" {
  identifier           = "good-callers-gather"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.m7g.large"
  allocated_storage    = 100
  db_subnet_group_name = aws_db_subnet_group.both.name
  multi_az             = false
  availability_zone    = "us-east-1a"
}

resource "aws_lambda_function" "fits_callers_gather" {
  function_name = "fits-callers-gather"
  role          = local.role
  package_type  = "Image"
  image_uri     = local.image

  vpc_config {
    subnet_ids         = [aws_subnet.a.id]
    security_group_ids = ["sg-0123456789abcdef0"]
  }

  environment {
    variables = { DB_HOST = aws_db_instance.good_callers_gather.address }
  }
}

# GOOD, resolved: a second machine comes.
resource "aws_rds_cluster" "good_machine_comes" {
  cluster_identifier   = "good-machine-comes"
  engine               = "aurora-postgresql"
  engine_version       = "16.4"
  db_subnet_group_name = aws_db_subnet_group.both.name
}

resource "aws_rds_cluster_instance" "fits_machine_comes" {
  count              = 2
  cluster_identifier = aws_rds_cluster.good_machine_comes.id
  engine             = aws_rds_cluster.good_machine_comes.engine
  instance_class     = "db.r7g.large"
  availability_zone  = ["us-east-1a", "us-east-1b"][count.index]
}

resource "aws_lambda_function" "fits_machine_comes" {
  function_name = "fits-machine-comes"
  role          = local.role
  package_type  = "Image"
  image_uri     = local.image

  vpc_config {
    subnet_ids         = [aws_subnet.a.id, aws_subnet.b.id]
    security_group_ids = ["sg-0123456789abcdef0"]
  }

  environment {
    variables = { DB_HOST = aws_rds_cluster.good_machine_comes.endpoint }
  }
}
