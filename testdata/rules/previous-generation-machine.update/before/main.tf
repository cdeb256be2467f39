# previous-generation-machine: before.

terraform {
  required_providers {
    aws = { source = "hashicorp/aws", version = "~> 6.0" }
  }
}

provider "aws" {
  region = "us-east-1"
}

resource "aws_instance" "good_renewed" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "m4.large"
}

resource "aws_instance" "bad_fallen_back" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "t3.medium"
}

resource "aws_instance" "bad_old" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "c4.large"
}
