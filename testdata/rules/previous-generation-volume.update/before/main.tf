# previous-generation-volume: before.

terraform {
  required_providers {
    aws = { source = "hashicorp/aws", version = "~> 6.0" }
  }
}

provider "aws" {
  region = "us-east-1"
}

resource "aws_ebs_volume" "good_changed" {
  availability_zone = "us-east-1a"
  size              = 100
  type              = "gp2"
}

resource "aws_ebs_volume" "bad_grown" {
  availability_zone = "us-east-1a"
  size              = 800
  type              = "gp2"
}
