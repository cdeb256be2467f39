# previous-generation-volume: after.

terraform {
  required_providers {
    aws = { source = "hashicorp/aws", version = "~> 6.0" }
  }
}

provider "aws" {
  region = "us-east-1"
}

# Resolved.
resource "aws_ebs_volume" "good_changed" {
  availability_zone = "us-east-1a"
  size              = 100
  type              = "gp3"
}

# Worsened: there is more of it.
resource "aws_ebs_volume" "bad_grown" {
  availability_zone = "us-east-1a"
  size              = 1500
  type              = "gp2"
}

# Introduced.
resource "aws_ebs_volume" "bad_new" {
  availability_zone = "us-east-1a"
  size              = 10
  type              = "gp2"
}
