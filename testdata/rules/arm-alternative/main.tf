# arm-alternative: classes with x86 processors. One finding for each class and kind of resource.

terraform {
  required_providers {
    aws = { source = "hashicorp/aws", version = "~> 6.0" }
  }
}

provider "aws" {
  region = "us-east-1"
}

# BAD: three machines of one class are one finding, at the first.
resource "aws_instance" "bad_web" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "m5.large"
}

resource "aws_instance" "web_too" {
  count         = 2
  ami           = "ami-0123456789abcdef0"
  instance_type = "m5.large"
}

# BAD: databases and caches need no other image.
resource "aws_db_instance" "bad_database" {
  identifier        = "orders"
  engine            = "postgres"
  instance_class    = "db.m6i.large"
  allocated_storage = 100
}

resource "aws_elasticache_cluster" "bad_cache" {
  cluster_id      = "sessions"
  engine          = "redis"
  node_type       = "cache.r5.large"
  num_cache_nodes = 1
}

# BAD: the machines of a cluster.
resource "aws_eks_node_group" "bad_nodes" {
  cluster_name   = "main"
  node_role_arn  = "arn:aws:iam::123456789012:role/nodes"
  subnet_ids     = ["subnet-0aaaaaaaaaaaaaaa1", "subnet-0aaaaaaaaaaaaaaa2"]
  instance_types = ["c6i.xlarge"]
  scaling_config {
    min_size     = 2
    desired_size = 2
    max_size     = 4
  }
}

# GOOD: ARM already.
resource "aws_instance" "good_arm" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "m7g.large"
}

# GOOD: no machine with ARM processors has this size.
resource "aws_instance" "good_size" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "c5.9xlarge"
}

# GOOD: Windows.
resource "aws_instance" "good_windows" {
  ami               = "ami-0123456789abcdef0"
  instance_type     = "m5.large"
  get_password_data = true
}

resource "aws_eks_node_group" "good_windows" {
  cluster_name   = "main"
  node_role_arn  = "arn:aws:iam::123456789012:role/nodes"
  subnet_ids     = ["subnet-0aaaaaaaaaaaaaaa1", "subnet-0aaaaaaaaaaaaaaa2"]
  instance_types = ["c6i.xlarge"]
  ami_type       = "WINDOWS_CORE_2022_x86_64"
  scaling_config {
    min_size     = 2
    desired_size = 2
    max_size     = 4
  }
}

# GOOD: an engine that does not run on ARM.
resource "aws_db_instance" "good_engine" {
  identifier        = "ledger"
  engine            = "sqlserver-se"
  license_model     = "license-included"
  instance_class    = "db.m5.xlarge"
  allocated_storage = 200
}

# GOOD: of an earlier generation, which another rule names.
resource "aws_instance" "good_previous" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "m4.large"
}

# UNKNOWN: its engine is known only after apply.
resource "terraform_data" "choice" {
  input = "mariadb"
}

resource "aws_db_instance" "unknown_engine" {
  identifier        = "notes"
  engine            = terraform_data.choice.output
  instance_class    = "db.t3.medium"
  allocated_storage = 20
}
