# unattached-volume: after.

terraform {
  required_providers {
    aws = { source = "hashicorp/aws", version = "~> 6.0" }
  }
}

provider "aws" {
  region = "us-east-1"
}

# Introduced: its attachment goes.

resource "aws_ebs_volume" "bad_left" {
  availability_zone = "us-east-1a"
  size              = 100
  type              = "gp3"
}

# Resolved.

resource "aws_ebs_volume" "good_found" {
  availability_zone = "us-east-1a"
  size              = 100
  type              = "gp3"
}

resource "aws_volume_attachment" "found" {
  device_name = "/dev/sdf"
  volume_id   = aws_ebs_volume.good_found.id
  instance_id = "i-0123456789abcdef0"
}

# Was there before.

resource "aws_ebs_volume" "bad_old" {
  availability_zone = "us-east-1a"
  size              = 100
  type              = "gp3"
}
