# Orders, customers, stock: one PostgreSQL for the whole shop.

resource "aws_db_subnet_group" "shop" {
  name       = "shop"
  subnet_ids = aws_subnet.data[*].id
}

resource "aws_security_group" "database" {
  name        = "shop-database"
  description = "PostgreSQL of the shop"
  vpc_id      = aws_vpc.main.id
}

resource "aws_db_instance" "shop" {
  identifier     = "shop"
  engine         = "postgres"
  engine_version = "16.4"
  instance_class = "db.t4g.medium"

  allocated_storage     = 100
  max_allocated_storage = 400
  storage_type          = "gp3"
  storage_encrypted     = true

  db_name                     = "shop"
  username                    = "shop_admin"
  manage_master_user_password = true

  port                   = 5432
  db_subnet_group_name   = aws_db_subnet_group.shop.name
  vpc_security_group_ids = [aws_security_group.database.id]
  multi_az               = false

  backup_retention_period   = 14
  backup_window             = "02:10-02:40"
  maintenance_window        = "sun:03:00-sun:04:00"
  deletion_protection       = true
  final_snapshot_identifier = "shop-final"
}

# What the applications sign in with. A job of the database's rotates the value; Terraform never sees it.
resource "aws_secretsmanager_secret" "database" {
  name        = "shop/database/application"
  description = "Password of the application's PostgreSQL user"
}
