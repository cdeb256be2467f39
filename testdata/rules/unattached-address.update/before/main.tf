# unattached-address: before.

terraform {
  required_providers {
    aws = { source = "hashicorp/aws", version = "~> 6.0" }
  }
}

provider "aws" {
  region = "us-east-1"
}

resource "aws_eip" "good_kept" {
  domain = "vpc"
}

resource "aws_nat_gateway" "main" {
  allocation_id = aws_eip.good_kept.id
  subnet_id     = "subnet-0aaaaaaaaaaaaaaa1"
}
