# arm-alternative: after.

terraform {
  required_providers {
    aws = { source = "hashicorp/aws", version = "~> 6.0" }
  }
}

provider "aws" {
  region = "us-east-1"
}

# Worsened: one more of them.
resource "aws_instance" "bad_web" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "m5.large"
}

resource "aws_instance" "more" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "m5.large"
}

# Resolved.
resource "aws_instance" "good_moved" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "c7g.large"
}
