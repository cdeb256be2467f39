# unattached-volume: what is larger costs more, and what grows is worse than it was: before.

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
  size              = 100
  type              = "gp3"
}

resource "aws_ebs_volume" "bad_kept" {
  availability_zone = "us-east-1a"
  size              = 2000
  type              = "gp3"
}
