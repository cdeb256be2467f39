# retired-service-mesh: meshes, and what goes on.
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

# BAD, high.
resource "aws_appmesh_mesh" "bad_shop" {
  name = "shop"
}

resource "aws_appmesh_virtual_node" "orders" {
  name      = "orders"
  mesh_name = aws_appmesh_mesh.bad_shop.id
  spec {
    listener {
      port_mapping {
        port     = 8080
        protocol = "http"
      }
    }
    service_discovery {
      dns {
        hostname = "orders.shop.local"
      }
    }
  }
}

resource "aws_appmesh_virtual_service" "orders" {
  name      = "orders.shop.local"
  mesh_name = aws_appmesh_mesh.bad_shop.id
  spec {
    provider {
      virtual_node {
        virtual_node_name = aws_appmesh_virtual_node.orders.name
      }
    }
  }
}

# BAD, high: a part of a mesh that another plan makes.
resource "aws_appmesh_virtual_router" "bad_elsewhere" {
  name      = "elsewhere"
  mesh_name = "platform"
  spec {
    listener {
      port_mapping {
        port     = 8080
        protocol = "http"
      }
    }
  }
}

resource "aws_ecs_cluster" "main" {
  name = "main"
}

# GOOD: the platform's own.
resource "aws_ecs_service" "good_connected" {
  name            = "connected"
  cluster         = aws_ecs_cluster.main.id
  task_definition = "arn:aws:ecs:us-east-1:123456789012:task-definition/app:3"
  desired_count   = 2
  service_connect_configuration {
    enabled   = true
    namespace = "shop"
  }
}

# GOOD: the network's.
resource "aws_vpclattice_service" "good_lattice" {
  name = "orders"
}
