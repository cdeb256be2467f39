# One cell: a database, a queue, an API and mostly a worker.

variable "name" {
  type = string
}

variable "region" {
  type = string
}

variable "standby" {
  description = "Whether the database has a standby in another zone"
  type        = bool
}

variable "pool" {
  description = "Connections that each process keeps"
  type        = number
}

variable "api" {
  description = "Fewest and most tasks of the API"
  type        = object({ min = number, max = number })
}

variable "worker" {
  description = "Whether the queue has a worker of its own"
  type        = bool
}

variable "image" {
  type = string
}

variable "app_version" {
  type = string
}

variable "cluster" {
  type = object({ id = string, name = string })
}

variable "vpc_id" {
  type = string
}

variable "private_subnets" {
  type = list(string)
}

variable "entry" {
  type = object({ listener = string, group = string, host = string, order = number })
}

locals {
  services = merge(
    {
      api = { entry = var.entry, scale = var.api, processes = 2, consumes = !var.worker }
    },
    var.worker ? {
      runner = { entry = null, scale = { min = 1, max = 4 }, processes = 1, consumes = true }
    } : {},
  )

  # Known before the database is: a record of the private zone, which the network team keeps.
  database_host = "database.${var.name}.cells.internal"
}

resource "aws_sqs_queue" "jobs" {
  region                     = var.region
  name                       = "cell-${var.name}-jobs"
  visibility_timeout_seconds = 120
}

module "database" {
  source = "../database"

  name            = "cell-${var.name}"
  region          = var.region
  standby         = var.standby
  vpc_id          = var.vpc_id
  private_subnets = var.private_subnets
  callers         = { for name, service in module.service : name => service.group }
}

module "service" {
  source   = "../service"
  for_each = local.services

  name            = "cell-${var.name}-${each.key}"
  region          = var.region
  image           = "${var.image}/${each.key}:${var.app_version}"
  cluster         = var.cluster
  vpc_id          = var.vpc_id
  private_subnets = var.private_subnets
  entry           = each.value.entry
  scale           = each.value.scale
  queue_arn       = aws_sqs_queue.jobs.arn
  consumes        = each.value.consumes

  environment = {
    DATABASE_HOST      = local.database_host
    DATABASE_POOL_SIZE = var.pool
    WEB_CONCURRENCY    = each.value.processes
    JOBS_QUEUE         = aws_sqs_queue.jobs.name
  }
}

output "database" {
  value = module.database.address
}
