# arm-alternative: before.

terraform {
  required_providers {
    aws = { source = "hashicorp/aws", version = "~> 6.0" }
  }
}

provider "aws" {
  region = "us-east-1"
}

resource "aws_instance" "bad_web" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "m5.large"
}

resource "aws_instance" "good_moved" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "c6i.large"
}
