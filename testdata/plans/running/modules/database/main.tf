# One RDS instance, and a door for each of its callers.

variable "name" {
  type = string
}

variable "engine" {
  description = "postgres or mysql"
  type        = string
}

variable "release" {
  type = string
}

variable "class" {
  type = string
}

variable "storage" {
  description = "GiB"
  type        = number
}

variable "multi_az" {
  type = bool
}

variable "vpc_id" {
  type = string
}

variable "subnet_ids" {
  type = list(string)
}

variable "callers" {
  description = "Security groups that may connect, by what they belong to"
  type        = map(string)
}

locals {
  port = var.engine == "postgres" ? 5432 : 3306
}

resource "aws_db_subnet_group" "this" {
  name       = var.name
  subnet_ids = var.subnet_ids
}

resource "aws_security_group" "this" {
  name        = "${var.name}-database"
  description = "Database ${var.name}"
  vpc_id      = var.vpc_id
}

resource "aws_vpc_security_group_ingress_rule" "caller" {
  for_each = var.callers

  security_group_id            = aws_security_group.this.id
  description                  = each.key
  referenced_security_group_id = each.value
  ip_protocol                  = "tcp"
  from_port                    = local.port
  to_port                      = local.port
}

resource "aws_db_instance" "this" {
  identifier     = var.name
  engine         = var.engine
  engine_version = var.release
  instance_class = var.class

  allocated_storage = var.storage
  storage_type      = "gp3"
  storage_encrypted = true

  username                    = "operator"
  manage_master_user_password = true

  port                   = local.port
  db_subnet_group_name   = aws_db_subnet_group.this.name
  vpc_security_group_ids = [aws_security_group.this.id]
  multi_az               = var.multi_az

  backup_retention_period   = 14
  deletion_protection       = true
  final_snapshot_identifier = "${var.name}-final"
}

output "address" {
  value = aws_db_instance.this.address
}
