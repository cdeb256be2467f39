# One gateway in each of two zones, and a private one: all are billed alike.

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

resource "aws_eip" "nat" {
  count  = 2
  domain = "vpc"
}

resource "aws_nat_gateway" "zone" {
  count         = 2
  allocation_id = aws_eip.nat[count.index].id
  subnet_id     = "subnet-0a1b2c3d4e5f6000${count.index}"
}

resource "aws_nat_gateway" "private" {
  connectivity_type = "private"
  subnet_id         = "subnet-0a1b2c3d4e5f60002"
}
