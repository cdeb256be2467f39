# retired-service-mesh: several meshes, each with its own members.
#
# bad_ is to be found, good_ is not, unknown_ cannot be told.

terraform {
  required_providers {
    aws = { source = "hashicorp/aws", version = "~> 6.0" }
  }
}

provider "aws" {
  region = "us-east-1"
}

locals {
  subnets = ["subnet-0aaaaaaaaaaaaaaaa", "subnet-0bbbbbbbbbbbbbbbb"]
  app     = { name = "app", image = "docker.io/shop/app:3", portMappings = [{ containerPort = 8080 }] }
  envoy   = "840364872350.dkr.ecr.us-east-1.amazonaws.com/aws-appmesh-envoy:v1.29.9.0-prod"
  nodes = {
    orders   = "mesh/shop/virtualNode/orders"
    stock    = "arn:aws:appmesh:us-east-1:123456789012:mesh/shop/virtualNode/stock"
    invoices = "mesh/office/virtualNode/invoices"
    stray    = "mesh/platform/virtualNode/stray"
  }
}

# BAD, high: two members.
resource "aws_appmesh_mesh" "bad_shop" {
  name = "shop"
}

# BAD, high: one member.
resource "aws_appmesh_mesh" "bad_office" {
  name = "office"
}

resource "aws_ecs_cluster" "main" {
  name = "main"
}

resource "aws_ecs_task_definition" "node" {
  for_each                 = local.nodes
  family                   = each.key
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  container_definitions = jsonencode([local.app, {
    name        = "envoy"
    image       = local.envoy
    environment = [{ name = "APPMESH_RESOURCE_ARN", value = each.value }]
  }])
}

# GOOD: each is told with its mesh.
resource "aws_ecs_service" "good_node" {
  for_each        = toset(["orders", "stock", "invoices"])
  name            = each.key
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.node[each.key].arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
}

# BAD, high: its mesh is in another plan, whatever other meshes are in this one.
resource "aws_ecs_service" "bad_stray" {
  name            = "stray"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.node["stray"].arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
}

# UNKNOWN: of which mesh it would be, nothing shows.
resource "aws_ecs_service" "unknown_proxied" {
  name            = "proxied"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.proxied.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
}

resource "aws_ecs_task_definition" "proxied" {
  family                   = "proxied"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  container_definitions    = jsonencode([local.app, { name = "proxy", image = local.envoy }])
}
