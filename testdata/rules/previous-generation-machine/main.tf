# previous-generation-machine: classes of earlier generations, and what has no successor.

terraform {
  required_providers {
    aws = { source = "hashicorp/aws", version = "~> 6.0" }
  }
}

provider "aws" {
  region = "us-east-1"
}

locals {
  image = "ami-0123456789abcdef0"
}

# BAD: t3.small and t3a.small have two processors instead of one, as much memory, and cost less.
resource "aws_instance" "bad_machine" {
  ami           = local.image
  instance_type = "t2.small"
}

# BAD: a template, of which a group makes machines.
resource "aws_launch_template" "bad_template" {
  image_id      = local.image
  instance_type = "m4.large"
}

resource "aws_autoscaling_group" "web" {
  min_size           = 1
  max_size           = 3
  availability_zones = ["us-east-1a", "us-east-1b"]
  launch_template {
    id      = aws_launch_template.bad_template.id
    version = "$Latest"
  }
}

# BAD: the older kind of template.
resource "aws_launch_configuration" "bad_configuration" {
  image_id      = local.image
  instance_type = "c4.xlarge"
}

# BAD: with a disk of its own of 80 GB; the successor has a larger one.
resource "aws_instance" "bad_with_a_disk" {
  ami           = local.image
  instance_type = "r3.xlarge"
}

# BAD: one class only.
resource "aws_eks_node_group" "bad_nodes" {
  cluster_name   = "main"
  node_role_arn  = "arn:aws:iam::123456789012:role/nodes"
  subnet_ids     = ["subnet-0aaaaaaaaaaaaaaa1", "subnet-0aaaaaaaaaaaaaaa2"]
  instance_types = ["m4.large"]
  scaling_config {
    min_size     = 2
    desired_size = 2
    max_size     = 4
  }
}

# BAD: a database.
resource "aws_db_instance" "bad_database" {
  identifier        = "orders"
  engine            = "postgres"
  instance_class    = "db.m4.large"
  allocated_storage = 100
}

# BAD: a machine of a cluster.
resource "aws_rds_cluster_instance" "bad_member" {
  cluster_identifier = "catalogue"
  engine             = "aurora-mysql"
  instance_class     = "db.r4.large"
}

# BAD: a cache; its successor has more memory for data.
resource "aws_elasticache_cluster" "bad_cache" {
  cluster_id      = "sessions"
  engine          = "memcached"
  node_type       = "cache.r4.large"
  num_cache_nodes = 1
}

# GOOD: of a later generation.
resource "aws_instance" "good_current" {
  ami           = local.image
  instance_type = "m7i.large"
}

# GOOD: no later class has this size.
resource "aws_instance" "good_of_its_own_size" {
  ami           = local.image
  instance_type = "m4.10xlarge"
}

# GOOD: what follows it has smaller disks.
resource "aws_instance" "good_with_large_disks" {
  ami           = local.image
  instance_type = "d2.xlarge"
}

# GOOD: the node that follows it has less memory for data.
resource "aws_elasticache_cluster" "good_cache" {
  cluster_id      = "counters"
  engine          = "memcached"
  node_type       = "cache.t2.micro"
  num_cache_nodes = 1
}

# GOOD: one of several, for the case that the others cannot be had.
resource "aws_eks_node_group" "good_several" {
  cluster_name   = "main"
  node_role_arn  = "arn:aws:iam::123456789012:role/nodes"
  subnet_ids     = ["subnet-0aaaaaaaaaaaaaaa1", "subnet-0aaaaaaaaaaaaaaa2"]
  instance_types = ["m5.large", "m4.large"]
  capacity_type  = "SPOT"
  scaling_config {
    min_size     = 2
    desired_size = 2
    max_size     = 4
  }
}

# Not there at all.
resource "aws_instance" "nobody" {
  count         = 0
  ami           = local.image
  instance_type = "t2.small"
}

# This plan only reads it.
data "aws_db_instance" "elsewhere" {
  db_instance_identifier = "legacy"
}

# UNKNOWN: its class is known only after apply.
resource "terraform_data" "choice" {
  input = "t2.small"
}

resource "aws_instance" "unknown_class" {
  ami           = local.image
  instance_type = terraform_data.choice.output
}
