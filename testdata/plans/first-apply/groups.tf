# Who may talk to whom. Rules stand inside their groups.

resource "aws_security_group" "entry" {
  name        = "photos-entry"
  description = "Load balancer"
  vpc_id      = aws_vpc.photos.id

  ingress {
    description = "Everybody"
    protocol    = "tcp"
    from_port   = 443
    to_port     = 443
    cidr_blocks = ["0.0.0.0/0"]
  }

  egress {
    protocol    = "-1"
    from_port   = 0
    to_port     = 0
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_security_group" "services" {
  name        = "photos-services"
  description = "Services and functions"
  vpc_id      = aws_vpc.photos.id

  ingress {
    description     = "From the load balancer"
    protocol        = "tcp"
    from_port       = 8000
    to_port         = 8000
    security_groups = [aws_security_group.entry.id]
  }

  egress {
    protocol    = "-1"
    from_port   = 0
    to_port     = 0
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_security_group" "data" {
  name        = "photos-data"
  description = "Database and cache"
  vpc_id      = aws_vpc.photos.id

  ingress {
    description     = "PostgreSQL"
    protocol        = "tcp"
    from_port       = 5432
    to_port         = 5432
    security_groups = [aws_security_group.services.id]
  }

  ingress {
    description     = "Redis"
    protocol        = "tcp"
    from_port       = 6379
    to_port         = 6379
    security_groups = [aws_security_group.services.id]
  }
}
