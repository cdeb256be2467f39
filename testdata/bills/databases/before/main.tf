# The main database as it was: smaller, and alone.

terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.0"
    }
  }
}

provider "aws" {
  region = "us-east-1"
}

resource "aws_db_instance" "main" {
  identifier              = "main"
  engine                  = "postgres"
  engine_version          = "16.4"
  instance_class          = "db.r5.large"
  allocated_storage       = 100
  storage_type            = "gp2"
  backup_retention_period = 7
  username                = "app"
  password                = "made-up-only"
  skip_final_snapshot     = true
}
