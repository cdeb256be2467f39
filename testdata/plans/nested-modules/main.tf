# Customers live in cells: each a small system of its own, so that what goes wrong in one stays there. Cells of a region
# share its network and its load balancer, and nothing else.
#
#   module.region["eu"].module.cell["a"].module.service["api"].aws_ecs_service.this

terraform {
  required_version = ">= 1.9"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.56"
    }
  }
}

# Where the resources of a region go is said by each of them.
provider "aws" {
  region = "eu-west-1"
}

locals {
  regions = {
    eu = {
      region    = "eu-west-1"
      cidr      = "10.16.0.0/16"
      endpoints = ["ecr.api", "ecr.dkr", "logs", "sqs"]

      cells = {
        a = {}

        # Test customers only: no standby.
        b = { standby = false }
      }
    }

    us = {
      region = "us-west-2"
      cidr   = "10.32.0.0/16"

      # Logs go out through NAT here, until the new collector is there.
      endpoints = ["ecr.api", "ecr.dkr", "sqs"]

      cells = {
        # The two largest customers.
        a = { pool = 40, api = { min = 4, max = 12 } }

        # Too small for a worker of its own: the API works off the queue as well.
        b = { worker = false }
      }
    }
  }
}

module "region" {
  source   = "./modules/region"
  for_each = local.regions

  name        = each.key
  region      = each.value.region
  cidr        = each.value.cidr
  endpoints   = each.value.endpoints
  cells       = each.value.cells
  registry    = var.registry
  app_version = var.app_version
  certificate = var.certificates[each.key]
}
