variable "name" {
  type = string
}

variable "region" {
  type = string
}

variable "standby" {
  type = bool
}

variable "vpc_id" {
  type = string
}

variable "private_subnets" {
  type = list(string)
}

variable "callers" {
  description = "Security groups that may connect, by what they belong to"
  type        = map(string)
}

resource "aws_db_subnet_group" "this" {
  region     = var.region
  name       = var.name
  subnet_ids = var.private_subnets
}

resource "aws_security_group" "this" {
  region      = var.region
  name        = "${var.name}-database"
  description = "Database of ${var.name}"
  vpc_id      = var.vpc_id
}

resource "aws_vpc_security_group_ingress_rule" "caller" {
  for_each = var.callers

  region                       = var.region
  security_group_id            = aws_security_group.this.id
  description                  = each.key
  referenced_security_group_id = each.value
  ip_protocol                  = "tcp"
  from_port                    = 5432
  to_port                      = 5432
}

resource "aws_db_instance" "this" {
  region         = var.region
  identifier     = var.name
  engine         = "postgres"
  engine_version = "16.4"
  instance_class = "db.m7g.large"

  allocated_storage = 100
  storage_type      = "gp3"
  storage_encrypted = true

  username                            = "operator"
  manage_master_user_password         = true
  iam_database_authentication_enabled = true

  multi_az               = var.standby
  db_subnet_group_name   = aws_db_subnet_group.this.name
  vpc_security_group_ids = [aws_security_group.this.id]

  backup_retention_period   = 7
  final_snapshot_identifier = "${var.name}-final"
}

output "address" {
  value = aws_db_instance.this.address
}
