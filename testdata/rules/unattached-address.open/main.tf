# unattached-address: a gateway of which the plan does not show which address it takes.

terraform {
  required_providers {
    aws = { source = "hashicorp/aws", version = "~> 6.0" }
  }
}

provider "aws" {
  region = "us-east-1"
}

# UNKNOWN: which address the gateway takes is known only after apply, and there are two.

resource "aws_eip" "unknown_one" {
  domain = "vpc"
}

resource "aws_eip" "unknown_other" {
  domain = "vpc"
}

resource "terraform_data" "choice" {
  input = "eipalloc-0123456789abcdef0"
}

resource "aws_nat_gateway" "main" {
  allocation_id = terraform_data.choice.output
  subnet_id     = "subnet-0aaaaaaaaaaaaaaa1"
}
