# previous-generation-machine: after.

terraform {
  required_providers {
    aws = { source = "hashicorp/aws", version = "~> 6.0" }
  }
}

provider "aws" {
  region = "us-east-1"
}

# Resolved.
resource "aws_instance" "good_renewed" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "m6i.large"
}

# Introduced.
resource "aws_instance" "bad_fallen_back" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "t2.medium"
}

# Was there before.
resource "aws_instance" "bad_old" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "c4.large"
}
