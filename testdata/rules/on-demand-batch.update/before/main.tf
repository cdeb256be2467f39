# on-demand-batch: the first version.
#
# bad_ is to be found, good_ is not, unknown_ cannot be told.

terraform {
  required_providers {
    aws = { source = "hashicorp/aws", version = "~> 6.0" }
  }
}

provider "aws" {
  region = "us-east-1"
}

resource "aws_batch_compute_environment" "bad_moved" {
  name         = "moved"
  type         = "MANAGED"
  service_role = "arn:aws:iam::123456789012:role/batch"
  compute_resources {
    type               = "SPOT"
    instance_role      = "arn:aws:iam::123456789012:instance-profile/batch"
    instance_type      = ["m5.xlarge"]
    max_vcpus          = 64
    subnets            = ["subnet-0aaaaaaaaaaaaaaaa"]
    security_group_ids = ["sg-0aaaaaaaaaaaaaaaa"]
  }
}

resource "aws_batch_compute_environment" "good_saved" {
  name         = "saved"
  type         = "MANAGED"
  service_role = "arn:aws:iam::123456789012:role/batch"
  compute_resources {
    type               = "EC2"
    instance_role      = "arn:aws:iam::123456789012:instance-profile/batch"
    instance_type      = ["m5.xlarge"]
    max_vcpus          = 64
    subnets            = ["subnet-0aaaaaaaaaaaaaaaa"]
    security_group_ids = ["sg-0aaaaaaaaaaaaaaaa"]
  }
}

resource "aws_batch_job_queue" "jobs" {
  for_each = { moved = aws_batch_compute_environment.bad_moved.arn, saved = aws_batch_compute_environment.good_saved.arn }
  name     = each.key
  state    = "ENABLED"
  priority = 1
  compute_environment_order {
    order               = 1
    compute_environment = each.value
  }
}
