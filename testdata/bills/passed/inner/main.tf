terraform {
  required_providers {
    aws = {
      source = "hashicorp/aws"
    }
  }
}

variable "tenancy" {
  type    = string
  default = null
}

module "machine" {
  source     = "../machine"
  size       = "m3.large"
  tenancy    = var.tenancy
  monitoring = null
}
