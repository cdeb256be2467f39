# unrecorded-capacity-change: as it was.

terraform {
  required_providers {
    aws = { source = "hashicorp/aws", version = "~> 6.0" }
  }
}

provider "aws" {
  region = "us-east-1"
}

resource "aws_launch_template" "any" {
  name          = "any"
  image_id      = "ami-0aaaaaaaaaaaaaaaa"
  instance_type = "m7g.large"
}

resource "aws_autoscaling_group" "bad_range" {
  name               = "storefront-web"
  min_size           = 2
  max_size           = 6
  availability_zones = ["us-east-1a", "us-east-1b"]
  launch_template {
    id = aws_launch_template.any.id
  }
}

resource "aws_autoscaling_group" "bad_shrunk" {
  name               = "checkout-web"
  min_size           = 6
  max_size           = 20
  availability_zones = ["us-east-1a", "us-east-1b"]
  launch_template {
    id = aws_launch_template.any.id
  }
}

resource "aws_autoscaling_group" "good_recorded" {
  name               = "search-web"
  min_size           = 2
  max_size           = 6
  availability_zones = ["us-east-1a", "us-east-1b"]
  launch_template {
    id = aws_launch_template.any.id
  }
}

resource "aws_autoscaling_group" "good_little" {
  name               = "mail-web"
  min_size           = 2
  max_size           = 10
  availability_zones = ["us-east-1a", "us-east-1b"]
  launch_template {
    id = aws_launch_template.any.id
  }
}

resource "aws_autoscaling_group" "unknown_word" {
  name               = "ledger"
  min_size           = 2
  max_size           = 6
  availability_zones = ["us-east-1a", "us-east-1b"]
  launch_template {
    id = aws_launch_template.any.id
  }
}

resource "aws_autoscaling_group" "unknown_status" {
  name               = "invoice-web"
  min_size           = 2
  max_size           = 6
  availability_zones = ["us-east-1a", "us-east-1b"]
  launch_template {
    id = aws_launch_template.any.id
  }
}

resource "aws_db_instance" "bad_class" {
  identifier          = "orders-db"
  engine              = "postgres"
  engine_version      = "16.3"
  instance_class      = "db.r6g.large"
  allocated_storage   = 100
  username            = "app"
  password            = "made-up-and-unused"
  skip_final_snapshot = true
}

resource "aws_db_instance" "good_class" {
  identifier          = "stock-db"
  engine              = "postgres"
  engine_version      = "16.3"
  instance_class      = "db.r6g.large"
  allocated_storage   = 100
  username            = "app"
  password            = "made-up-and-unused"
  skip_final_snapshot = true
}

resource "aws_db_instance" "good_generation" {
  identifier          = "price-db"
  engine              = "postgres"
  engine_version      = "16.3"
  instance_class      = "db.r5.large"
  allocated_storage   = 100
  username            = "app"
  password            = "made-up-and-unused"
  skip_final_snapshot = true
}
