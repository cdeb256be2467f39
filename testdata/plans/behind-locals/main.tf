# Nothing stands where it is used: services, databases and networks are all members of locals, handed down two modules deep.

locals {
  settings = {
    eu = { class = "db.t4g.micro", tasks = 6, pool = 25 }
    us = { class = "db.m6g.large", tasks = 2, pool = 5 }
  }
}

module "platform" {
  source   = "./modules/platform"
  for_each = local.settings

  name    = each.key
  class   = each.value.class
  tasks   = each.value.tasks
  pool    = each.value.pool
  subnets = ["subnet-0a1b2c3d4e5f60718", "subnet-0b1c2d3e4f5061728"]
}
