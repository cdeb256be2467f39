# unattached-volume: before.

terraform {
  required_providers {
    aws = { source = "hashicorp/aws", version = "~> 6.0" }
  }
}

provider "aws" {
  region = "us-east-1"
}

resource "aws_ebs_volume" "bad_left" {
  availability_zone = "us-east-1a"
  size              = 100
  type              = "gp3"
}

resource "aws_ebs_volume" "good_found" {
  availability_zone = "us-east-1a"
  size              = 100
  type              = "gp3"
}

resource "aws_volume_attachment" "left" {
  device_name = "/dev/sdf"
  volume_id   = aws_ebs_volume.bad_left.id
  instance_id = "i-0123456789abcdef0"
}

resource "aws_ebs_volume" "bad_old" {
  availability_zone = "us-east-1a"
  size              = 100
  type              = "gp3"
}
