resource "aws_db_subnet_group" "main" {
  name       = "main"
  subnet_ids = [for subnet in aws_subnet.private : subnet.id]
}

resource "aws_security_group" "database" {
  for_each = toset(["orders", "ledger", "stock", "quotes"])

  name        = "${each.key}-database"
  description = "Database of ${each.key}"
  vpc_id      = aws_vpc.main.id
}

# Orders. The limit is set by hand; five of the connections are kept back for administrators.

resource "aws_db_parameter_group" "orders" {
  name   = "orders"
  family = "postgres16"

  parameter {
    name         = "max_connections"
    value        = "205"
    apply_method = "pending-reboot"
  }
}

resource "aws_db_instance" "orders" {
  identifier     = "orders"
  engine         = "postgres"
  engine_version = "16.4"
  instance_class = "db.m7g.large"

  allocated_storage = 100
  storage_type      = "gp3"
  storage_encrypted = true

  username                    = "operator"
  manage_master_user_password = true

  multi_az               = true
  db_subnet_group_name   = aws_db_subnet_group.main.name
  vpc_security_group_ids = [aws_security_group.database["orders"].id]
  parameter_group_name   = aws_db_parameter_group.orders.name

  backup_retention_period   = 14
  final_snapshot_identifier = "orders-final"
}

# A copy to ask long questions of. Where it stands is of no importance to customers.
resource "aws_db_instance" "orders_copy" {
  identifier          = "orders-copy"
  replicate_source_db = aws_db_instance.orders.identifier
  instance_class      = "db.m7g.large"
  availability_zone   = "us-east-2a"
  storage_type        = "gp3"
  storage_encrypted   = true
  skip_final_snapshot = true

  vpc_security_group_ids = [aws_security_group.database["orders"].id]
}

# The ledger is closed at night. It stands in one zone, and so does its only caller.
resource "aws_db_instance" "ledger" {
  identifier     = "ledger"
  engine         = "mysql"
  engine_version = "8.0.39"
  instance_class = "db.t4g.medium"

  allocated_storage = 50
  storage_type      = "gp3"
  storage_encrypted = true

  username                    = "operator"
  manage_master_user_password = true

  availability_zone      = "us-east-2b"
  db_subnet_group_name   = aws_db_subnet_group.main.name
  vpc_security_group_ids = [aws_security_group.database["ledger"].id]

  backup_retention_period   = 35
  final_snapshot_identifier = "ledger-final"
}

# Stock is booked by a function, with a bound on how many of it run at a time.
resource "aws_db_instance" "stock" {
  identifier     = "stock"
  engine         = "mysql"
  engine_version = "8.0.39"
  instance_class = "db.t4g.small"

  allocated_storage = 20
  storage_type      = "gp3"
  storage_encrypted = true

  username                    = "operator"
  manage_master_user_password = true

  multi_az               = true
  db_subnet_group_name   = aws_db_subnet_group.main.name
  vpc_security_group_ids = [aws_security_group.database["stock"].id]

  backup_retention_period   = 7
  final_snapshot_identifier = "stock-final"
}

# Quotes are asked for by a function without a bound, so that a proxy stands in between.

resource "aws_db_instance" "quotes" {
  identifier     = "quotes"
  engine         = "postgres"
  engine_version = "16.4"
  instance_class = "db.t4g.medium"

  allocated_storage = 20
  storage_type      = "gp3"
  storage_encrypted = true

  username                            = "operator"
  manage_master_user_password         = true
  iam_database_authentication_enabled = true

  multi_az               = true
  db_subnet_group_name   = aws_db_subnet_group.main.name
  vpc_security_group_ids = [aws_security_group.database["quotes"].id]

  backup_retention_period   = 7
  final_snapshot_identifier = "quotes-final"
}

resource "aws_security_group" "proxy" {
  name        = "quotes-proxy"
  description = "Proxy in front of the database of quotes"
  vpc_id      = aws_vpc.main.id
}

resource "aws_vpc_security_group_ingress_rule" "quotes_proxy" {
  security_group_id            = aws_security_group.database["quotes"].id
  description                  = "From the proxy, and from nobody else"
  referenced_security_group_id = aws_security_group.proxy.id
  ip_protocol                  = "tcp"
  from_port                    = 5432
  to_port                      = 5432
}

resource "aws_secretsmanager_secret" "proxy" {
  name = "quotes/proxy"
}

data "aws_iam_policy_document" "rds" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["rds.amazonaws.com"]
    }
  }
}

data "aws_iam_policy_document" "proxy" {
  statement {
    actions   = ["secretsmanager:GetSecretValue"]
    resources = [aws_secretsmanager_secret.proxy.arn]
  }
}

resource "aws_iam_role" "proxy" {
  name               = "quotes-proxy"
  assume_role_policy = data.aws_iam_policy_document.rds.json
}

resource "aws_iam_role_policy" "proxy" {
  name   = "secret"
  role   = aws_iam_role.proxy.id
  policy = data.aws_iam_policy_document.proxy.json
}

resource "aws_db_proxy" "quotes" {
  name                   = "quotes"
  engine_family          = "POSTGRESQL"
  role_arn               = aws_iam_role.proxy.arn
  vpc_subnet_ids         = [for subnet in aws_subnet.private : subnet.id]
  vpc_security_group_ids = [aws_security_group.proxy.id]
  require_tls            = true

  auth {
    auth_scheme = "SECRETS"
    iam_auth    = "REQUIRED"
    secret_arn  = aws_secretsmanager_secret.proxy.arn
  }
}

resource "aws_db_proxy_default_target_group" "quotes" {
  db_proxy_name = aws_db_proxy.quotes.name

  connection_pool_config {
    max_connections_percent      = 80
    max_idle_connections_percent = 20
    connection_borrow_timeout    = 5
  }
}

resource "aws_db_proxy_target" "quotes" {
  db_proxy_name          = aws_db_proxy.quotes.name
  target_group_name      = aws_db_proxy_default_target_group.quotes.name
  db_instance_identifier = aws_db_instance.quotes.identifier
}
