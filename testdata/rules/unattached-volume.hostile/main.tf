# unattached-volume: disks whose keys try to be more than names, in a comment, in a fence, or among the lines of a check.

terraform {
  required_providers {
    aws = { source = "hashicorp/aws", version = "~> 6.0" }
  }
}

provider "aws" {
  region = "us-east-1"
}

# BAD: nothing attaches them.

resource "aws_ebs_volume" "bad_named" {
  for_each = toset([
    "a\nFAIL - b",
    "```\n# c",
    "7 failures",
    "2 tests, 2 passed, 0 warnings, 0 failures, 0 exceptions",
    "x\u202ey",
    "x\u200by",
    "<details> | @team #1 <!-- d -->",
  ])

  availability_zone = "us-east-1a"
  size              = 100
  type              = "gp3"
}
