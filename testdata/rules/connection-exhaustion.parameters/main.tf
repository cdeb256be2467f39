# connection-exhaustion: what a parameter group makes of the limit.
#
# One database for each case, and one function that calls it: so many concurrent executions, which
# reserved_concurrent_executions bounds, times the pool that its environment sets. The plan is one from nothing.
#
# A number is exact, and so is a formula whose variables are known exactly. Of DBInstanceClassMemory only a range is
# known, whose lower end decides. The classes have 1 GiB (db.t3.micro), 2 (db.t3.small), 4 (db.t3.medium), 8 with 2
# processors (db.m6g.large), 16 (db.r6g.large). PostgreSQL keeps back 3 connections and RDS 2 more unless it says
# otherwise.

terraform {
  required_providers {
    aws = { source = "hashicorp/aws", version = "~> 6.0" }
  }
}

provider "aws" {
  region = "us-east-1"
}

# The account's quota of concurrent executions is a raised one, so that every function may reserve its own.
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

# --- a number ---

resource "aws_db_parameter_group" "number" {
  name   = "number"
  family = "postgres16"

  parameter {
    name         = "log_min_duration_statement"
    value        = "500"
    apply_method = "pending-reboot"
  }

  parameter {
    name         = "max_connections"
    value        = "500"
    apply_method = "pending-reboot"
  }
}

# GOOD: 500 less 5 are 495, whatever the class: the default for 2 GiB would leave 183. 49 x 10 = 490 fit.
resource "aws_db_instance" "good_number" {
  identifier           = "good-number"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.small"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.number.name
}

resource "aws_lambda_function" "fits_number" {
  function_name                  = "fits-number"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 49

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_db_instance.good_number.address, DB_POOL_SIZE = "10" }
  }
}

# BAD, and only for what is kept back: 50 x 10 = 500 > 495.
resource "aws_db_instance" "bad_number" {
  identifier           = "bad-number"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.small"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.number.name
}

resource "aws_lambda_function" "calls_number" {
  function_name                  = "calls-number"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 50

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_db_instance.bad_number.address, DB_POOL_SIZE = "10" }
  }
}

resource "aws_db_parameter_group" "number_mysql" {
  name   = "number-mysql"
  family = "mysql8.0"

  parameter {
    name         = "max_connections"
    value        = "500"
    apply_method = "pending-reboot"
  }
}

# GOOD, by nothing: MySQL keeps back none. 50 x 10 = 500.
resource "aws_db_instance" "good_number_mysql" {
  identifier           = "good-number-mysql"
  engine               = "mysql"
  engine_version       = "8.0.39"
  instance_class       = "db.t3.small"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.number_mysql.name
}

resource "aws_lambda_function" "fits_number_mysql" {
  function_name                  = "fits-number-mysql"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 50

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_db_instance.good_number_mysql.address, DB_POOL_SIZE = "10" }
  }
}

# BAD: 51 x 10 = 510 > 500.
resource "aws_db_instance" "bad_number_mysql" {
  identifier           = "bad-number-mysql"
  engine               = "mysql"
  engine_version       = "8.0.39"
  instance_class       = "db.t3.small"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.number_mysql.name
}

resource "aws_lambda_function" "calls_number_mysql" {
  function_name                  = "calls-number-mysql"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 51

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_db_instance.bad_number_mysql.address, DB_POOL_SIZE = "10" }
  }
}

resource "aws_db_parameter_group" "prefixed" {
  name_prefix = "prefixed-"
  family      = "postgres16"

  parameter {
    name         = "max_connections"
    value        = "500"
    apply_method = "pending-reboot"
  }
}

# GOOD: the name of the group is made up at the apply, the reference to it is not. 49 x 10 = 490 of 495; the default
# for 1 GiB would leave 73.
resource "aws_db_instance" "good_prefixed" {
  identifier           = "good-prefixed"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.micro"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.prefixed.name
}

resource "aws_lambda_function" "fits_prefixed" {
  function_name                  = "fits-prefixed"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 49

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_db_instance.good_prefixed.address, DB_POOL_SIZE = "10" }
  }
}

# --- what is kept back ---

resource "aws_db_parameter_group" "kept_back" {
  name   = "kept-back"
  family = "postgres16"

  parameter {
    name         = "max_connections"
    value        = "500"
    apply_method = "pending-reboot"
  }

  parameter {
    name         = "superuser_reserved_connections"
    value        = "20"
    apply_method = "pending-reboot"
  }

  parameter {
    name         = "rds.rds_superuser_reserved_connections"
    value        = "10"
    apply_method = "pending-reboot"
  }
}

# GOOD, by nothing: 500 less 20 less 10 are 470. 47 x 10 = 470.
resource "aws_db_instance" "good_kept_back" {
  identifier           = "good-kept-back"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.small"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.kept_back.name
}

resource "aws_lambda_function" "fits_kept_back" {
  function_name                  = "fits-kept-back"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 47

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_db_instance.good_kept_back.address, DB_POOL_SIZE = "10" }
  }
}

# BAD: 48 x 10 = 480 > 470. Of the default 5 kept back it would fit.
resource "aws_db_instance" "bad_kept_back" {
  identifier           = "bad-kept-back"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.small"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.kept_back.name
}

resource "aws_lambda_function" "calls_kept_back" {
  function_name                  = "calls-kept-back"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 48

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_db_instance.bad_kept_back.address, DB_POOL_SIZE = "10" }
  }
}

# --- a formula over memory ---

resource "aws_db_parameter_group" "memory" {
  name   = "memory"
  family = "postgres16"

  parameter {
    name         = "max_connections"
    value        = "{DBInstanceClassMemory/9531392}"
    apply_method = "pending-reboot"
  }
}

# GOOD: 8 GiB / 9531392 = 901 nominal. 8 - 0.235 - 0.1536 = 7.6114 GiB give 857, less 3 % 831, less 5 826. 82 x 10 =
# 820 fit.
resource "aws_db_instance" "good_memory" {
  identifier           = "good-memory"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.m6g.large"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.memory.name
}

resource "aws_lambda_function" "fits_memory" {
  function_name                  = "fits-memory"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 82

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_db_instance.good_memory.address, DB_POOL_SIZE = "10" }
  }
}

# BAD, by the estimate only: 85 x 10 = 850, of 826 to 896.
resource "aws_db_instance" "bad_memory" {
  identifier           = "bad-memory"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.m6g.large"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.memory.name
}

resource "aws_lambda_function" "calls_memory" {
  function_name                  = "calls-memory"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 85

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_db_instance.bad_memory.address, DB_POOL_SIZE = "10" }
  }
}

resource "aws_db_parameter_group" "doubled" {
  name   = "doubled"
  family = "mysql8.0"

  parameter {
    name         = "max_connections"
    value        = "{DBInstanceClassMemory*2/12582880}"
    apply_method = "pending-reboot"
  }
}

# GOOD: twice 8 GiB / 12582880 = 1365 nominal. Twice 7.6124 GiB less 3 % give 1260. 125 x 10 = 1250 fit.
resource "aws_db_instance" "good_doubled" {
  identifier           = "good-doubled"
  engine               = "mysql"
  engine_version       = "8.0.39"
  instance_class       = "db.m6g.large"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.doubled.name
}

resource "aws_lambda_function" "fits_doubled" {
  function_name                  = "fits-doubled"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 125

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_db_instance.good_doubled.address, DB_POOL_SIZE = "10" }
  }
}

# BAD: 137 x 10 = 1370 > 1365.
resource "aws_db_instance" "bad_doubled" {
  identifier           = "bad-doubled"
  engine               = "mysql"
  engine_version       = "8.0.39"
  instance_class       = "db.m6g.large"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.doubled.name
}

resource "aws_lambda_function" "calls_doubled" {
  function_name                  = "calls-doubled"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 137

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_db_instance.bad_doubled.address, DB_POOL_SIZE = "10" }
  }
}

# --- functions ---

resource "aws_db_parameter_group" "least" {
  name   = "least"
  family = "postgres16"

  parameter {
    name         = "max_connections"
    value        = "LEAST({DBInstanceClassMemory/9531392},600)"
    apply_method = "pending-reboot"
  }
}

# GOOD, by nothing: the lesser of 831 to 901 and 600 is 600, exactly; less 5 595. 119 x 5 = 595.
resource "aws_db_instance" "good_least" {
  identifier           = "good-least"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.m6g.large"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.least.name
}

resource "aws_lambda_function" "fits_least" {
  function_name                  = "fits-least"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 119

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_db_instance.good_least.address, DB_POOL_SIZE = "5" }
  }
}

# BAD: 120 x 5 = 600 > 595. The memory would carry it.
resource "aws_db_instance" "bad_least" {
  identifier           = "bad-least"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.m6g.large"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.least.name
}

resource "aws_lambda_function" "calls_least" {
  function_name                  = "calls-least"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 120

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_db_instance.bad_least.address, DB_POOL_SIZE = "5" }
  }
}

resource "aws_db_parameter_group" "greatest" {
  name   = "greatest"
  family = "postgres16"

  parameter {
    name         = "max_connections"
    value        = "GREATEST({DBInstanceClassMemory/9531392},1000)"
    apply_method = "pending-reboot"
  }
}

# GOOD, by nothing: the greater of 831 to 901 and 1000 is 1000, exactly; less 5 995. 199 x 5 = 995.
resource "aws_db_instance" "good_greatest" {
  identifier           = "good-greatest"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.m6g.large"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.greatest.name
}

resource "aws_lambda_function" "fits_greatest" {
  function_name                  = "fits-greatest"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 199

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_db_instance.good_greatest.address, DB_POOL_SIZE = "5" }
  }
}

# BAD: 200 x 5 = 1000 > 995.
resource "aws_db_instance" "bad_greatest" {
  identifier           = "bad-greatest"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.m6g.large"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.greatest.name
}

resource "aws_lambda_function" "calls_greatest" {
  function_name                  = "calls-greatest"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 200

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_db_instance.bad_greatest.address, DB_POOL_SIZE = "5" }
  }
}

resource "aws_db_parameter_group" "spelled_small" {
  name   = "spelled-small"
  family = "postgres16"

  parameter {
    name         = "max_connections"
    value        = "least({DBInstanceClassMemory/9531392}, 5000)"
    apply_method = "pending-reboot"
  }
}

# GOOD: names of functions are not case-sensitive, blanks do not matter. 4 GiB give 398 to 445. 39 x 10 = 390 fit.
resource "aws_db_instance" "good_spelled_small" {
  identifier           = "good-spelled-small"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.spelled_small.name
}

resource "aws_lambda_function" "fits_spelled_small" {
  function_name                  = "fits-spelled-small"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 39

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_db_instance.good_spelled_small.address, DB_POOL_SIZE = "10" }
  }
}

# BAD: 45 x 10 = 450 > 445.
resource "aws_db_instance" "bad_spelled_small" {
  identifier           = "bad-spelled-small"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.spelled_small.name
}

resource "aws_lambda_function" "calls_spelled_small" {
  function_name                  = "calls-spelled-small"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 45

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_db_instance.bad_spelled_small.address, DB_POOL_SIZE = "10" }
  }
}

resource "aws_db_parameter_group" "sum" {
  name   = "sum"
  family = "mysql8.0"

  parameter {
    name         = "max_connections"
    value        = "SUM({DBInstanceClassMemory/12582880},100)"
    apply_method = "pending-reboot"
  }
}

# GOOD: 630 to 682 and 100 are 730 to 782. 72 x 10 = 720 fit.
resource "aws_db_instance" "good_sum" {
  identifier           = "good-sum"
  engine               = "mysql"
  engine_version       = "8.0.39"
  instance_class       = "db.m6g.large"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.sum.name
}

resource "aws_lambda_function" "fits_sum" {
  function_name                  = "fits-sum"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 72

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_db_instance.good_sum.address, DB_POOL_SIZE = "10" }
  }
}

# BAD: 79 x 10 = 790 > 782.
resource "aws_db_instance" "bad_sum" {
  identifier           = "bad-sum"
  engine               = "mysql"
  engine_version       = "8.0.39"
  instance_class       = "db.m6g.large"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.sum.name
}

resource "aws_lambda_function" "calls_sum" {
  function_name                  = "calls-sum"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 79

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_db_instance.bad_sum.address, DB_POOL_SIZE = "10" }
  }
}

resource "aws_rds_cluster_parameter_group" "logarithm" {
  name   = "logarithm"
  family = "aurora-mysql8.0"

  parameter {
    name         = "max_connections"
    value        = "GREATEST({log(DBInstanceClassMemory/805306368)*90},{log(DBInstanceClassMemory/8187281408)*2000})"
    apply_method = "pending-reboot"
  }
}

# GOOD, by nothing: 16 GiB / 805306368 = 21.3, its binary logarithm 4.4, rounded 4: 360. 16 GiB / 8187281408 = 2.1,
# logarithm 1.07, rounded 1: 2,000. A tenth less memory changes neither. 200 x 10 = 2000.
resource "aws_rds_cluster" "good_logarithm" {
  cluster_identifier              = "good-logarithm"
  engine                          = "aurora-mysql"
  db_cluster_parameter_group_name = aws_rds_cluster_parameter_group.logarithm.name
}

resource "aws_rds_cluster_instance" "fits_logarithm" {
  cluster_identifier = aws_rds_cluster.good_logarithm.id
  engine             = aws_rds_cluster.good_logarithm.engine
  instance_class     = "db.r6g.large"
}

resource "aws_lambda_function" "fits_logarithm" {
  function_name                  = "fits-logarithm"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 200

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_rds_cluster.good_logarithm.endpoint, DB_POOL_SIZE = "10" }
  }
}

# BAD: 201 x 10 = 2010 > 2000.
resource "aws_rds_cluster" "bad_logarithm" {
  cluster_identifier              = "bad-logarithm"
  engine                          = "aurora-mysql"
  db_cluster_parameter_group_name = aws_rds_cluster_parameter_group.logarithm.name
}

resource "aws_rds_cluster_instance" "calls_logarithm" {
  cluster_identifier = aws_rds_cluster.bad_logarithm.id
  engine             = aws_rds_cluster.bad_logarithm.engine
  instance_class     = "db.r6g.large"
}

resource "aws_lambda_function" "calls_logarithm" {
  function_name                  = "calls-logarithm"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 201

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_rds_cluster.bad_logarithm.endpoint, DB_POOL_SIZE = "10" }
  }
}

# --- other variables ---

resource "aws_db_parameter_group" "processors" {
  name   = "processors"
  family = "postgres16"

  parameter {
    name         = "max_connections"
    value        = "{DBInstanceVCPU*100}"
    apply_method = "pending-reboot"
  }
}

# GOOD, by nothing: 2 processors make 200, exactly; less 5 195. 39 x 5 = 195.
resource "aws_db_instance" "good_processors" {
  identifier           = "good-processors"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.m6g.large"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.processors.name
}

resource "aws_lambda_function" "fits_processors" {
  function_name                  = "fits-processors"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 39

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_db_instance.good_processors.address, DB_POOL_SIZE = "5" }
  }
}

# BAD: 40 x 5 = 200 > 195.
resource "aws_db_instance" "bad_processors" {
  identifier           = "bad-processors"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.m6g.large"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.processors.name
}

resource "aws_lambda_function" "calls_processors" {
  function_name                  = "calls-processors"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 40

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_db_instance.bad_processors.address, DB_POOL_SIZE = "5" }
  }
}

resource "aws_db_parameter_group" "storage" {
  name   = "storage"
  family = "mysql8.0"

  parameter {
    name         = "max_connections"
    value        = "{AllocatedStorage/536870912}"
    apply_method = "pending-reboot"
  }
}

# GOOD, by nothing: 100 GiB in bytes / 536870912 = 200, exactly. 20 x 10 = 200.
resource "aws_db_instance" "good_storage" {
  identifier           = "good-storage"
  engine               = "mysql"
  engine_version       = "8.0.39"
  instance_class       = "db.m6g.large"
  allocated_storage    = 100
  parameter_group_name = aws_db_parameter_group.storage.name
}

resource "aws_lambda_function" "fits_storage" {
  function_name                  = "fits-storage"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 20

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_db_instance.good_storage.address, DB_POOL_SIZE = "10" }
  }
}

# BAD: 21 x 10 = 210 > 200.
resource "aws_db_instance" "bad_storage" {
  identifier           = "bad-storage"
  engine               = "mysql"
  engine_version       = "8.0.39"
  instance_class       = "db.m6g.large"
  allocated_storage    = 100
  parameter_group_name = aws_db_parameter_group.storage.name
}

resource "aws_lambda_function" "calls_storage" {
  function_name                  = "calls-storage"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 21

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_db_instance.bad_storage.address, DB_POOL_SIZE = "10" }
  }
}

# --- what is no formula ---

resource "aws_db_parameter_group" "nested" {
  name   = "nested"
  family = "postgres16"

  parameter {
    name         = "max_connections"
    value        = "{GREATEST({DBInstanceClassMemory/9531392},{DBInstanceVCPU*100})}"
    apply_method = "pending-reboot"
  }
}

# UNKNOWN: a function inside braces is no formula. What RDS makes of it, nobody can tell.
resource "aws_db_instance" "unknown_nested" {
  identifier           = "unknown-nested"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.m6g.large"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.nested.name
}

resource "aws_lambda_function" "calls_nested" {
  function_name                  = "calls-nested"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 10

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_db_instance.unknown_nested.address, DB_POOL_SIZE = "5" }
  }
}

resource "aws_db_parameter_group" "misspelled" {
  name   = "misspelled"
  family = "postgres16"

  parameter {
    name         = "max_connections"
    value        = "LEAST({dbinstanceclassmemory/9531392},5000)"
    apply_method = "pending-reboot"
  }
}

# UNKNOWN: names of variables are case-sensitive.
resource "aws_db_instance" "unknown_misspelled" {
  identifier           = "unknown-misspelled"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.m6g.large"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.misspelled.name
}

resource "aws_lambda_function" "calls_misspelled" {
  function_name                  = "calls-misspelled"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 10

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_db_instance.unknown_misspelled.address, DB_POOL_SIZE = "5" }
  }
}

# --- a group that sets something else, or is not here ---

resource "aws_db_parameter_group" "other" {
  name   = "other"
  family = "postgres16"

  parameter {
    name         = "log_min_duration_statement"
    value        = "500"
    apply_method = "pending-reboot"
  }
}

# GOOD: the group leaves the limit to the engine: 398 to 445 for 4 GiB. 39 x 10 = 390 fit.
resource "aws_db_instance" "good_other" {
  identifier           = "good-other"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.other.name
}

resource "aws_lambda_function" "fits_other" {
  function_name                  = "fits-other"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 39

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_db_instance.good_other.address, DB_POOL_SIZE = "10" }
  }
}

# BAD: 45 x 10 = 450 > 445.
resource "aws_db_instance" "bad_other" {
  identifier           = "bad-other"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.other.name
}

resource "aws_lambda_function" "calls_other" {
  function_name                  = "calls-other"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 45

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_db_instance.bad_other.address, DB_POOL_SIZE = "10" }
  }
}

# GOOD: groups called "default." hold the engine's own values. 39 x 10 = 390 of 398.
resource "aws_db_instance" "good_default_group" {
  identifier           = "good-default-group"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = "default.postgres16"
}

resource "aws_lambda_function" "fits_default_group" {
  function_name                  = "fits-default-group"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 39

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_db_instance.good_default_group.address, DB_POOL_SIZE = "10" }
  }
}

# UNKNOWN: the group is made somewhere else, and may set anything.
resource "aws_db_instance" "unknown_elsewhere" {
  identifier           = "unknown-elsewhere"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = "shop-postgres16"
}

resource "aws_lambda_function" "calls_elsewhere" {
  function_name                  = "calls-elsewhere"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 39

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_db_instance.unknown_elsewhere.address, DB_POOL_SIZE = "10" }
  }
}

# --- Aurora: the group of the cluster, and that of the machine ---

resource "aws_rds_cluster_parameter_group" "cluster" {
  name   = "cluster"
  family = "aurora-postgresql16"

  parameter {
    name         = "max_connections"
    value        = "1000"
    apply_method = "pending-reboot"
  }
}

# GOOD, by nothing: 1,000 less 5 are 995; the default would leave 1717. 199 x 5 = 995.
resource "aws_rds_cluster" "good_cluster" {
  cluster_identifier              = "good-cluster"
  engine                          = "aurora-postgresql"
  db_cluster_parameter_group_name = aws_rds_cluster_parameter_group.cluster.name
}

resource "aws_rds_cluster_instance" "fits_cluster" {
  cluster_identifier = aws_rds_cluster.good_cluster.id
  engine             = aws_rds_cluster.good_cluster.engine
  instance_class     = "db.r6g.large"
}

resource "aws_lambda_function" "fits_cluster" {
  function_name                  = "fits-cluster"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 199

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_rds_cluster.good_cluster.endpoint, DB_POOL_SIZE = "5" }
  }
}

# BAD: 200 x 5 = 1000 > 995.
resource "aws_rds_cluster" "bad_cluster" {
  cluster_identifier              = "bad-cluster"
  engine                          = "aurora-postgresql"
  db_cluster_parameter_group_name = aws_rds_cluster_parameter_group.cluster.name
}

resource "aws_rds_cluster_instance" "calls_cluster" {
  cluster_identifier = aws_rds_cluster.bad_cluster.id
  engine             = aws_rds_cluster.bad_cluster.engine
  instance_class     = "db.r6g.large"
}

resource "aws_lambda_function" "calls_cluster" {
  function_name                  = "calls-cluster"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 200

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_rds_cluster.bad_cluster.endpoint, DB_POOL_SIZE = "5" }
  }
}

resource "aws_db_parameter_group" "machine_low" {
  name   = "machine-low"
  family = "aurora-postgresql16"

  parameter {
    name         = "max_connections"
    value        = "300"
    apply_method = "pending-reboot"
  }
}

resource "aws_db_parameter_group" "machine_high" {
  name   = "machine-high"
  family = "aurora-postgresql16"

  parameter {
    name         = "max_connections"
    value        = "2000"
    apply_method = "pending-reboot"
  }
}

# BAD: the group of the machine wins over that of its cluster, 300 over 1,000. 30 x 10 = 300 > 295.
resource "aws_rds_cluster" "bad_machine" {
  cluster_identifier              = "bad-machine"
  engine                          = "aurora-postgresql"
  db_cluster_parameter_group_name = aws_rds_cluster_parameter_group.cluster.name
}

resource "aws_rds_cluster_instance" "calls_machine" {
  cluster_identifier      = aws_rds_cluster.bad_machine.id
  engine                  = aws_rds_cluster.bad_machine.engine
  instance_class          = "db.r6g.large"
  db_parameter_group_name = aws_db_parameter_group.machine_low.name
}

resource "aws_lambda_function" "calls_machine" {
  function_name                  = "calls-machine"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 30

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_rds_cluster.bad_machine.endpoint, DB_POOL_SIZE = "10" }
  }
}

# GOOD: the group of the machine wins, 2,000 over 1,000. 150 x 10 = 1500 of 1995.
resource "aws_rds_cluster" "good_machine" {
  cluster_identifier              = "good-machine"
  engine                          = "aurora-postgresql"
  db_cluster_parameter_group_name = aws_rds_cluster_parameter_group.cluster.name
}

resource "aws_rds_cluster_instance" "fits_machine" {
  cluster_identifier      = aws_rds_cluster.good_machine.id
  engine                  = aws_rds_cluster.good_machine.engine
  instance_class          = "db.r6g.large"
  db_parameter_group_name = aws_db_parameter_group.machine_high.name
}

resource "aws_lambda_function" "fits_machine" {
  function_name                  = "fits-machine"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 150

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_rds_cluster.good_machine.endpoint, DB_POOL_SIZE = "10" }
  }
}

# GOOD: a number of one's own holds for Serverless v2, too: 1,000 less 5 are 995. 99 x 10 = 990 fit.
resource "aws_rds_cluster" "good_serverless" {
  cluster_identifier              = "good-serverless"
  engine                          = "aurora-postgresql"
  db_cluster_parameter_group_name = aws_rds_cluster_parameter_group.cluster.name

  serverlessv2_scaling_configuration {
    min_capacity = 1
    max_capacity = 16
  }
}

resource "aws_rds_cluster_instance" "fits_serverless" {
  cluster_identifier = aws_rds_cluster.good_serverless.id
  engine             = aws_rds_cluster.good_serverless.engine
  instance_class     = "db.serverless"
}

resource "aws_lambda_function" "fits_serverless" {
  function_name                  = "fits-serverless"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 99

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_rds_cluster.good_serverless.endpoint, DB_POOL_SIZE = "10" }
  }
}

# BAD: 100 x 10 = 1000 > 995. The default for 16 units would leave 3355.
resource "aws_rds_cluster" "bad_serverless" {
  cluster_identifier              = "bad-serverless"
  engine                          = "aurora-postgresql"
  db_cluster_parameter_group_name = aws_rds_cluster_parameter_group.cluster.name

  serverlessv2_scaling_configuration {
    min_capacity = 1
    max_capacity = 16
  }
}

resource "aws_rds_cluster_instance" "calls_serverless" {
  cluster_identifier = aws_rds_cluster.bad_serverless.id
  engine             = aws_rds_cluster.bad_serverless.engine
  instance_class     = "db.serverless"
}

resource "aws_lambda_function" "calls_serverless" {
  function_name                  = "calls-serverless"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 100

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_rds_cluster.bad_serverless.endpoint, DB_POOL_SIZE = "10" }
  }
}
