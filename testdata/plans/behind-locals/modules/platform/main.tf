variable "name" {
  type = string
}

variable "class" {
  type = string
}

variable "tasks" {
  type = number
}

variable "pool" {
  type = number
}

variable "subnets" {
  type = list(string)
}

locals {
  prefix   = "platform-${var.name}"
  database = { address = aws_db_instance.main.address, groups = [aws_security_group.database.id] }

  services = {
    api  = { tasks = var.tasks, pool = var.pool, database = local.database, cluster = aws_ecs_cluster.main.arn }
    jobs = { tasks = 1, pool = 2, database = local.database, cluster = aws_ecs_cluster.main.arn }
  }
}

resource "aws_ecs_cluster" "main" {
  name = local.prefix
}

resource "aws_security_group" "database" {
  name = "${local.prefix}-database"
}

resource "aws_db_instance" "main" {
  identifier                  = local.prefix
  engine                      = "mysql"
  engine_version              = "8.0"
  instance_class              = var.class
  allocated_storage           = 20
  multi_az                    = true
  username                    = "main"
  manage_master_user_password = true
  vpc_security_group_ids      = [aws_security_group.database.id]
  skip_final_snapshot         = true
}

module "service" {
  source   = "./modules/service"
  for_each = local.services

  name     = "${local.prefix}-${each.key}"
  cluster  = each.value.cluster
  tasks    = each.value.tasks
  settings = merge(local.defaults, { DB_HOST = each.value.database.address, DB_POOL_SIZE = each.value.pool })
  subnets  = var.subnets
}

locals {
  defaults = { DB_POOL_SIZE = "10", DB_NAME = "main" }
}
