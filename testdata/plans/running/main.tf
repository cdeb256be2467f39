# The market: an API, a catalogue and notifications, each a service of its own, on two databases.

module "network" {
  source = "./modules/network"

  name  = "market"
  cidr  = "10.60.0.0/16"
  zones = ["eu-central-1a", "eu-central-1b", "eu-central-1c"]

  # Images and logs are most of the traffic. The rest goes out through NAT.
  interface_endpoints = ["ecr.api", "ecr.dkr", "logs"]
}

module "orders" {
  source = "./modules/database"

  name       = "market-orders"
  engine     = "postgres"
  release    = "16.4"
  class      = "db.t4g.medium"
  storage    = 100
  multi_az   = false
  vpc_id     = module.network.vpc_id
  subnet_ids = module.network.private_subnet_ids

  callers = {
    api           = module.service["api"].security_group_id
    notifications = module.service["notifications"].security_group_id
    export        = aws_security_group.export.id
  }
}

module "catalogue" {
  source = "./modules/database"

  name       = "market-catalogue"
  engine     = "mysql"
  release    = "8.0.39"
  class      = "db.t4g.small"
  storage    = 50
  multi_az   = false
  vpc_id     = module.network.vpc_id
  subnet_ids = module.network.private_subnet_ids

  callers = {
    catalogue = module.service["catalogue"].security_group_id
  }
}

resource "aws_ecr_repository" "app" {
  for_each = toset(["api", "catalogue", "export", "notifications"])

  name                 = "market/${each.key}"
  image_tag_mutability = "IMMUTABLE"
}

resource "aws_ecs_cluster" "market" {
  name = "market"
}
