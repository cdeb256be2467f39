# unsafe-max-connections: limits that somebody set by hand. The rule reports at the database: bad_ is to be found, good_
# is not, unknown_ cannot be told. The folder is applied, then planned again.

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

# BAD, medium: 4 GiB carry 403 to 450 connections with PostgreSQL.
resource "aws_db_parameter_group" "ten_times" {
  name   = "ten-times"
  family = "postgres16"

  parameter {
    name         = "max_connections"
    value        = "5000"
    apply_method = "pending-reboot"
  }
}

resource "aws_db_instance" "bad_ten_times" {
  identifier           = "bad-ten-times"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.ten_times.name
}

# BAD, medium: 901 is one more than twice what all of the memory carries.
resource "aws_db_parameter_group" "just_beyond" {
  name   = "just-beyond"
  family = "postgres16"

  parameter {
    name         = "max_connections"
    value        = "901"
    apply_method = "pending-reboot"
  }
}

resource "aws_db_instance" "bad_just_beyond" {
  identifier           = "bad-just-beyond"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.just_beyond.name
}

# BAD, medium: the formula gives each connection a third of the memory that the engine counts on.
resource "aws_db_parameter_group" "formula" {
  name   = "formula"
  family = "postgres16"

  parameter {
    name         = "max_connections"
    value        = "{DBInstanceClassMemory/3177130}"
    apply_method = "pending-reboot"
  }
}

resource "aws_db_instance" "bad_formula" {
  identifier           = "bad-formula"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.formula.name
}

# BAD, medium: MySQL counts on more memory for each: 4 GiB carry 341 at the very most.
resource "aws_db_parameter_group" "mysql" {
  name   = "mysql"
  family = "mysql8.0"

  parameter {
    name         = "max_connections"
    value        = "2000"
    apply_method = "pending-reboot"
  }
}

resource "aws_db_instance" "bad_mysql" {
  identifier           = "bad-mysql"
  engine               = "mysql"
  engine_version       = "8.0.39"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.mysql.name
}

# BAD, high: four are kept back for the superuser and two for that of RDS, and there are six.
resource "aws_db_parameter_group" "none_left" {
  name   = "none-left"
  family = "postgres16"

  parameter {
    name         = "superuser_reserved_connections"
    value        = "4"
    apply_method = "pending-reboot"
  }

  parameter {
    name         = "max_connections"
    value        = "6"
    apply_method = "pending-reboot"
  }
}

resource "aws_db_instance" "bad_none_left" {
  identifier           = "bad-none-left"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.none_left.name
}

# BAD, medium: four are left for everybody.
resource "aws_db_parameter_group" "few_left" {
  name   = "few-left"
  family = "postgres16"

  parameter {
    name         = "max_connections"
    value        = "9"
    apply_method = "pending-reboot"
  }
}

resource "aws_db_instance" "bad_few_left" {
  identifier           = "bad-few-left"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.few_left.name
}

# BAD, high: RDS takes 6 at the least.
resource "aws_db_parameter_group" "refused" {
  name   = "refused"
  family = "postgres16"

  parameter {
    name         = "max_connections"
    value        = "3"
    apply_method = "pending-reboot"
  }
}

resource "aws_db_instance" "bad_refused" {
  identifier           = "bad-refused"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.refused.name
}

# BAD, high: RDS takes 262,143 at the most.
resource "aws_db_parameter_group" "refused_above" {
  name   = "refused-above"
  family = "postgres16"

  parameter {
    name         = "max_connections"
    value        = "300000"
    apply_method = "pending-reboot"
  }
}

resource "aws_db_instance" "bad_refused_above" {
  identifier           = "bad-refused-above"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.r6g.16xlarge"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.refused_above.name
}

resource "aws_rds_cluster_parameter_group" "three_thousand" {
  name   = "three-thousand"
  family = "aurora-postgresql16"

  parameter {
    name         = "max_connections"
    value        = "3000"
    apply_method = "pending-reboot"
  }
}

# BAD, medium: with a minimum of half a unit 2,000 is all that takes effect.
resource "aws_rds_cluster" "bad_without_effect" {
  cluster_identifier              = "bad-without-effect"
  engine                          = "aurora-postgresql"
  engine_version                  = "16.4"
  db_cluster_parameter_group_name = aws_rds_cluster_parameter_group.three_thousand.name

  serverlessv2_scaling_configuration {
    min_capacity = 0.5
    max_capacity = 16
  }
}

resource "aws_rds_cluster_instance" "without_effect" {
  identifier         = "without-effect"
  cluster_identifier = aws_rds_cluster.bad_without_effect.id
  instance_class     = "db.serverless"
  engine             = aws_rds_cluster.bad_without_effect.engine
  engine_version     = aws_rds_cluster.bad_without_effect.engine_version
}

# GOOD: with a minimum of one unit 3,000 takes effect, and 32 GiB carry it.
resource "aws_rds_cluster" "good_lifted" {
  cluster_identifier              = "good-lifted"
  engine                          = "aurora-postgresql"
  engine_version                  = "16.4"
  db_cluster_parameter_group_name = aws_rds_cluster_parameter_group.three_thousand.name

  serverlessv2_scaling_configuration {
    min_capacity = 1
    max_capacity = 16
  }
}

resource "aws_rds_cluster_instance" "lifted" {
  identifier         = "lifted"
  cluster_identifier = aws_rds_cluster.good_lifted.id
  instance_class     = "db.serverless"
  engine             = aws_rds_cluster.good_lifted.engine
  engine_version     = aws_rds_cluster.good_lifted.engine_version
}

# GOOD: left to the engine.
resource "aws_db_instance" "good_default" {
  identifier        = "good-default"
  engine            = "postgres"
  engine_version    = "16.4"
  instance_class    = "db.t3.medium"
  allocated_storage = 20
}

# GOOD: twice what all of the memory carries is where the threshold stands.
resource "aws_db_parameter_group" "twice" {
  name   = "twice"
  family = "postgres16"

  parameter {
    name         = "max_connections"
    value        = "900"
    apply_method = "pending-reboot"
  }
}

resource "aws_db_instance" "good_twice" {
  identifier           = "good-twice"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.twice.name
}

# GOOD: far below the engine's own. Whether that suffices is another matter.
resource "aws_db_parameter_group" "low" {
  name   = "low"
  family = "postgres16"

  parameter {
    name         = "max_connections"
    value        = "100"
    apply_method = "pending-reboot"
  }
}

resource "aws_db_instance" "good_low" {
  identifier           = "good-low"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.low.name
}

# GOOD: the engine's own formula, written out.
resource "aws_db_parameter_group" "own_formula" {
  name   = "own-formula"
  family = "postgres16"

  parameter {
    name         = "max_connections"
    value        = "LEAST({DBInstanceClassMemory/9531392},5000)"
    apply_method = "pending-reboot"
  }
}

resource "aws_db_instance" "good_own_formula" {
  identifier           = "good-own-formula"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.own_formula.name
}

# GOOD: MySQL has no bound of 5,000: 1,024 GiB carry 87,380.
resource "aws_db_parameter_group" "other_mysql" {
  name   = "other-mysql"
  family = "mysql8.0"

  parameter {
    name         = "max_connections"
    value        = "20000"
    apply_method = "pending-reboot"
  }
}

resource "aws_db_instance" "good_mysql" {
  identifier           = "good-mysql"
  engine               = "mysql"
  engine_version       = "8.0.39"
  instance_class       = "db.r6i.32xlarge"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.other_mysql.name
}

# GOOD: from 10.5 on MariaDB's own limit is half of what its memory carries, which did not change: 682 of 8 GiB.
resource "aws_db_parameter_group" "mariadb" {
  name   = "mariadb"
  family = "mariadb10.6"

  parameter {
    name         = "max_connections"
    value        = "682"
    apply_method = "pending-reboot"
  }
}

resource "aws_db_instance" "good_mariadb" {
  identifier           = "good-mariadb"
  engine               = "mariadb"
  engine_version       = "10.6.18"
  instance_class       = "db.m5.large"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.mariadb.name
}

# GOOD: other parameters are none of its business.
resource "aws_db_parameter_group" "others" {
  name   = "others"
  family = "postgres16"

  parameter {
    name  = "log_min_duration_statement"
    value = "500"
  }
}

resource "aws_db_instance" "good_others" {
  identifier           = "good-others"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.others.name
}

# UNKNOWN: the formula cannot be read.
resource "aws_db_parameter_group" "other_formula" {
  name   = "other-formula"
  family = "postgres16"

  parameter {
    name         = "max_connections"
    value        = "{GREATEST({DBInstanceClassMemory/9531392},{DBInstanceClassMemory/4765696})}"
    apply_method = "pending-reboot"
  }
}

resource "aws_db_instance" "unknown_formula" {
  identifier           = "unknown-formula"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.other_formula.name
}

# UNKNOWN: a class that is in no table.
resource "aws_db_parameter_group" "class" {
  name   = "class"
  family = "postgres16"

  parameter {
    name         = "max_connections"
    value        = "4000"
    apply_method = "pending-reboot"
  }
}

resource "aws_db_instance" "unknown_class" {
  identifier           = "unknown-class"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.r99z.large"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.class.name
}
