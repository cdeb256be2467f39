variable "vpc_id" {
  type = string
}

variable "endpoints" {
  type = any
}

locals {
  endpoints = { for name, endpoint in var.endpoints : name => endpoint }
}

resource "aws_vpc_endpoint" "unknown_this" {
  for_each          = local.endpoints
  vpc_id            = var.vpc_id
  service_name      = "com.amazonaws.us-east-1.${each.value.service}"
  vpc_endpoint_type = "Gateway"
  route_table_ids   = each.value.route_table_ids
}
