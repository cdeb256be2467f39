variable "name" {
  type = string
}

variable "network" {
  type = object({ vpc_id = string, private_subnets = list(string) })
}

variable "standby" {
  type = bool
}

resource "aws_db_subnet_group" "this" {
  name       = var.name
  subnet_ids = var.network.private_subnets
}

resource "aws_security_group" "this" {
  name        = "${var.name}-database"
  description = "Database of ${var.name}"
  vpc_id      = var.network.vpc_id
}

resource "aws_db_instance" "this" {
  identifier     = var.name
  engine         = "mysql"
  engine_version = "8.0.39"
  instance_class = "db.m7g.large"

  allocated_storage = 50
  storage_type      = "gp3"
  storage_encrypted = true

  username                    = "operator"
  manage_master_user_password = true

  multi_az               = var.standby
  db_subnet_group_name   = aws_db_subnet_group.this.name
  vpc_security_group_ids = [aws_security_group.this.id]

  backup_retention_period   = 7
  final_snapshot_identifier = "${var.name}-final"
}

output "address" {
  value = aws_db_instance.this.address
}

output "secret_arn" {
  value = aws_db_instance.this.master_user_secret[0].secret_arn
}

output "group" {
  value = aws_security_group.this.id
}
