# The machine as it was: 12,000 operations on a class that carries 12,000.

terraform {
  required_providers {
    aws = { source = "hashicorp/aws", version = "~> 6.0" }
  }
}

provider "aws" {
  region = "us-east-1"
}

resource "aws_instance" "bad_shrunk" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "m5.2xlarge"

  root_block_device {
    volume_type = "gp3"
    volume_size = 100
  }

  ebs_block_device {
    device_name = "/dev/sdf"
    volume_type = "gp3"
    volume_size = 500
    iops        = 12000
  }
}

# There before, and there after.
resource "aws_instance" "bad_kept" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "m5.large"

  root_block_device {
    volume_type = "io2"
    volume_size = 100
    iops        = 10000
  }
}

# Repaired by the update.
resource "aws_instance" "good_grown" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "m5.large"

  root_block_device {
    volume_type = "io2"
    volume_size = 100
    iops        = 10000
  }
}
