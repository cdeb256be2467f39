# retired-service-mesh: proxies beside containers, of a mesh that another plan makes.
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
}

resource "aws_ecs_cluster" "main" {
  name = "main"
}

# BAD, high: its proxy asks App Mesh for its configuration.
resource "aws_ecs_service" "bad_node" {
  name            = "node"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.node.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
}

resource "aws_ecs_task_definition" "node" {
  family                   = "node"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  container_definitions = jsonencode([local.app, {
    name        = "envoy"
    image       = "840364872350.dkr.ecr.us-east-1.amazonaws.com/aws-appmesh-envoy:v1.29.9.0-prod"
    environment = [{ name = "APPMESH_RESOURCE_ARN", value = "mesh/platform/virtualNode/node" }]
  }])
}

# UNKNOWN: traffic goes through a proxy as App Mesh has it.
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
  container_definitions    = jsonencode([local.app, { name = "proxy", image = "docker.io/shop/proxy:3" }])
  proxy_configuration {
    type           = "APPMESH"
    container_name = "proxy"
    properties = {
      AppPorts         = "8080"
      ProxyIngressPort = "15000"
      ProxyEgressPort  = "15001"
    }
  }
}

# GOOD: somebody's own proxy.
resource "aws_ecs_service" "good_envoy" {
  name            = "envoy"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.envoy.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
}

resource "aws_ecs_task_definition" "envoy" {
  family                   = "envoy"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  container_definitions    = jsonencode([local.app, { name = "envoy", image = "docker.io/envoyproxy/envoy:v1.32.0" }])
}
