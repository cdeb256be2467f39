# Modules that are handed on whole: `network = module.network` instead of one variable for each id. Everything is new, so
# that no id is known, and each of them has to be found through the object that it is a part of.

terraform {
  required_version = ">= 1.9"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.56"
    }
  }
}

provider "aws" {
  region = "ca-central-1"
}

module "network" {
  source = "./modules/network"

  cidr  = "10.120.0.0/16"
  zones = ["ca-central-1a", "ca-central-1b"]
}

module "database" {
  source   = "./modules/database"
  for_each = toset(["bookings", "members"])

  name    = each.key
  network = module.network

  # Members can wait for an hour; bookings cannot.
  standby = each.key == "bookings"
}

resource "aws_ecs_cluster" "club" {
  name = "club"
}

module "service" {
  source   = "./modules/service"
  for_each = module.database

  name     = each.key
  cluster  = aws_ecs_cluster.club
  network  = module.network
  database = each.value
}
