# unattached-volume: what is larger costs more, and what grows is worse than it was: after.

terraform {
  required_providers {
    aws = { source = "hashicorp/aws", version = "~> 6.0" }
  }
}

provider "aws" {
  region = "us-east-1"
}

resource "aws_ebs_volume" "bad_grown" {
  availability_zone = "us-east-1a"
  size              = 500
  type              = "gp3"
}

resource "aws_ebs_volume" "bad_kept" {
  availability_zone = "us-east-1a"
  size              = 2000
  type              = "gp3"
}

# By its name it would come first.

resource "aws_ebs_volume" "bad_a_small" {
  availability_zone = "us-east-1a"
  size              = 8
  type              = "gp3"
}

resource "aws_ebs_volume" "bad_b_large" {
  availability_zone = "us-east-1a"
  size              = 16384
  type              = "gp3"
}

# As large as its snapshot, which nobody says.

resource "aws_ebs_volume" "bad_c_of_snapshot" {
  availability_zone = "us-east-1a"
  snapshot_id       = "snap-0123456789abcdef0"
  type              = "gp3"
}

# GOOD: a machine has it.

resource "aws_ebs_volume" "good_attached" {
  availability_zone = "us-east-1a"
  size              = 16384
  type              = "gp3"
}

resource "aws_volume_attachment" "attached" {
  device_name = "/dev/sdf"
  volume_id   = aws_ebs_volume.good_attached.id
  instance_id = "i-0123456789abcdef0"
}
