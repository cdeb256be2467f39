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

resource "aws_elasticache_subnet_group" "main" {
  name       = "bookshop"
  subnet_ids = aws_subnet.private[*].id
}

resource "aws_elasticache_cluster" "sessions" {
  cluster_id         = "bookshop-sessions"
  engine             = "redis"
  node_type          = "cache.m7g.large"
  num_cache_nodes    = 1
  subnet_group_name  = aws_elasticache_subnet_group.main.name
  security_group_ids = [aws_security_group.data.id]
}

# The search index, on a machine of its own with a fast disk.
resource "aws_instance" "search" {
  ami           = "ami-0abcdef1234567890"
  instance_type = "m6i.large"
  subnet_id     = aws_subnet.private[0].id

  root_block_device {
    volume_type = "gp3"
    volume_size = 30
  }

  ebs_block_device {
    device_name = "/dev/sdf"
    volume_type = "io2"
    volume_size = 500
    iops        = 16000
  }
}
