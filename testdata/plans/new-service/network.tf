# A network that exists already; it is only read.
data "aws_subnets" "private" {
  tags = { tier = "private" }
}

resource "aws_security_group" "services" {
  name   = "orders-services"
  vpc_id = var.vpc_id

  egress {
    protocol    = "-1"
    from_port   = 0
    to_port     = 0
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_security_group" "database" {
  name   = "orders-database"
  vpc_id = var.vpc_id

  ingress {
    protocol        = "tcp"
    from_port       = 5432
    to_port         = 5432
    security_groups = [aws_security_group.services.id]
  }
}
