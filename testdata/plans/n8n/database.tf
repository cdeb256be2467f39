# The class that the deployment comes with. Its memory is 2 GiB: the engine's own limit is 225 at the very most.
resource "aws_db_subnet_group" "n8n" {
  name       = "n8n"
  subnet_ids = aws_subnet.public[*].id
}

resource "aws_db_instance" "n8n" {
  identifier             = "n8n"
  engine                 = "postgres"
  engine_version         = "16.4"
  instance_class         = "db.t3.small"
  allocated_storage      = 20
  port                   = 5432
  multi_az               = true
  db_subnet_group_name   = aws_db_subnet_group.n8n.name
  vpc_security_group_ids = [aws_security_group.database.id]
}
