terraform {
  required_providers {
    aws = {
      source = "hashicorp/aws"
    }
  }
}

variable "size" {
  type = string
}

variable "tenancy" {
  type    = string
  default = null
}

variable "monitoring" {
  type    = bool
  default = null
}

variable "watched" {
  type    = bool
  default = true
}

resource "aws_instance" "one" {
  ami                         = "ami-0a1b2c3d4e5f60718"
  instance_type               = var.size
  tenancy                     = var.tenancy
  monitoring                  = var.watched ? var.monitoring : false
  ebs_optimized               = true
  associate_public_ip_address = false
}
