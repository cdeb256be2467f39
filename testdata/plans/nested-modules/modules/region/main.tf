variable "name" {
  type = string
}

variable "region" {
  type = string
}

variable "cidr" {
  type = string
}

variable "endpoints" {
  type = set(string)
}

variable "registry" {
  type = string
}

variable "app_version" {
  type = string
}

variable "certificate" {
  type = string
}

variable "cells" {
  description = "What each cell has that is not as usual"
  type = map(object({
    standby = optional(bool, true)
    pool    = optional(number, 4)
    api     = optional(object({ min = number, max = number }), { min = 2, max = 8 })
    worker  = optional(bool, true)
  }))
}

module "network" {
  source = "../network"

  name      = var.name
  region    = var.region
  cidr      = var.cidr
  endpoints = var.endpoints
}

module "cell" {
  source   = "../cell"
  for_each = var.cells

  name            = "${var.name}-${each.key}"
  region          = var.region
  standby         = each.value.standby
  pool            = each.value.pool
  api             = each.value.api
  worker          = each.value.worker
  image           = "${replace(var.registry, "eu-west-1", var.region)}/cells"
  app_version     = var.app_version
  cluster         = aws_ecs_cluster.this
  vpc_id          = module.network.vpc_id
  private_subnets = module.network.private_subnets

  entry = {
    listener = aws_lb_listener.https.arn
    group    = aws_security_group.entry.id
    host     = "${each.key}.${var.name}.cells.example.com"
    order    = 10 + index(keys(var.cells), each.key)
  }
}

resource "aws_ecs_cluster" "this" {
  region = var.region
  name   = "cells"
}

resource "aws_security_group" "entry" {
  region      = var.region
  name        = "cells-entry"
  description = "Load balancer of the cells"
  vpc_id      = module.network.vpc_id
}

resource "aws_vpc_security_group_ingress_rule" "entry" {
  region            = var.region
  security_group_id = aws_security_group.entry.id
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
}

resource "aws_lb" "this" {
  region          = var.region
  name            = "cells"
  security_groups = [aws_security_group.entry.id]
  subnets         = module.network.public_subnets
}

resource "aws_lb_listener" "https" {
  region            = var.region
  load_balancer_arn = aws_lb.this.arn
  port              = 443
  protocol          = "HTTPS"
  certificate_arn   = var.certificate

  default_action {
    type = "fixed-response"

    fixed_response {
      content_type = "text/plain"
      status_code  = "404"
    }
  }
}

output "databases" {
  value = { for name, cell in module.cell : name => cell.database }
}
