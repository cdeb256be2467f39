# Where data is kept.

resource "aws_db_subnet_group" "main" {
  name       = "bookshop"
  subnet_ids = aws_subnet.private[*].id
}

resource "aws_security_group" "data" {
  name   = "bookshop-data"
  vpc_id = aws_vpc.main.id

  ingress {
    from_port       = 5432
    to_port         = 6379
    protocol        = "tcp"
    security_groups = [aws_security_group.services.id]
  }
}

resource "aws_db_instance" "books" {
  identifier             = "bookshop-books"
  engine                 = "postgres"
  engine_version         = "16.4"
  instance_class         = "db.t4g.medium"
  allocated_storage      = 200
  storage_type           = "gp3"
  multi_az               = true
  db_name                = "books"
  username               = "books"
  password               = "not-a-real-password"
  db_subnet_group_name   = aws_db_subnet_group.main.name
  vpc_security_group_ids = [aws_security_group.data.id]
  skip_final_snapshot    = true
}
