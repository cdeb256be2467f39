# Modules that hand every choice on as a variable: most of them are null, and then the provider chooses.

terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.0"
    }
    random = {
      source = "hashicorp/random"
    }
  }
}

provider "aws" {
  region = "us-east-1"
}

variable "tenancy" {
  type    = string
  default = null
}

variable "size" {
  type    = string
  default = "m3.large"
}

# Known only after apply.
resource "random_shuffle" "tenancy" {
  input        = ["default", "dedicated"]
  result_count = 1
}

# Nothing is said: one machine of a shared host, of a family that has no line for its disks at this size.
module "silent" {
  source  = "./machine"
  size    = var.size
  tenancy = var.tenancy
}

# The same, handed on twice.
module "twice" {
  source = "./inner"
}

# What is handed in cannot be told.
module "open" {
  source  = "./machine"
  size    = var.size
  tenancy = random_shuffle.tenancy.result[0]
}

# A size for which the disks' own line costs extra.
resource "aws_instance" "optimized" {
  ami                         = "ami-0a1b2c3d4e5f60718"
  instance_type               = "r3.xlarge"
  ebs_optimized               = true
  associate_public_ip_address = false
}
