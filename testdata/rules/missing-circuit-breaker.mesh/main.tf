# missing-circuit-breaker: services of a mesh, and what their callers do where they fail. The rule reports at the virtual node.

terraform {
  required_providers {
    aws = { source = "hashicorp/aws", version = "~> 6.0" }
  }
}

provider "aws" {
  region = "us-east-1"
}

resource "aws_appmesh_mesh" "shop" {
  name = "shop"
}

resource "terraform_data" "breaks" {
  input = ["http"]
}

resource "terraform_data" "retries" {
  input = 2
}

resource "aws_appmesh_virtual_router" "main" {
  for_each  = toset(["retried", "twice", "plain", "taken-out", "bounded", "hidden", "far", "hidden-retries"])
  name      = each.key
  mesh_name = aws_appmesh_mesh.shop.id
  spec {
    listener {
      port_mapping {
        port     = 8080
        protocol = "http"
      }
    }
  }
}

# BAD: three times the requests, and nothing that holds them back.
resource "aws_appmesh_virtual_node" "bad_retried" {
  name      = "retried"
  mesh_name = aws_appmesh_mesh.shop.id
  spec {
    listener {
      port_mapping {
        port     = 8080
        protocol = "http"
      }
    }
    service_discovery {
      dns {
        hostname = "retried.shop.local"
      }
    }
  }
}

resource "aws_appmesh_route" "retried" {
  name                = "retried"
  mesh_name           = aws_appmesh_mesh.shop.id
  virtual_router_name = aws_appmesh_virtual_router.main["retried"].name
  spec {
    http_route {
      match {
        prefix = "/"
      }
      action {
        weighted_target {
          virtual_node = aws_appmesh_virtual_node.bad_retried.name
          weight       = 1
        }
      }
      retry_policy {
        max_retries       = 2
        http_retry_events = ["server-error"]
        per_retry_timeout {
          unit  = "s"
          value = 3
        }
      }
    }
  }
}

# BAD: two routes lead there, and the worse one counts.
resource "aws_appmesh_virtual_node" "bad_twice" {
  name      = "twice"
  mesh_name = aws_appmesh_mesh.shop.id
  spec {
    listener {
      port_mapping {
        port     = 8080
        protocol = "grpc"
      }
    }
    service_discovery {
      dns {
        hostname = "twice.shop.local"
      }
    }
  }
}

resource "aws_appmesh_route" "once" {
  name                = "once"
  mesh_name           = aws_appmesh_mesh.shop.id
  virtual_router_name = aws_appmesh_virtual_router.main["twice"].name
  spec {
    grpc_route {
      match {
        service_name = "prices"
      }
      action {
        weighted_target {
          virtual_node = aws_appmesh_virtual_node.bad_twice.name
          weight       = 1
        }
      }
      retry_policy {
        max_retries       = 1
        grpc_retry_events = ["unavailable"]
        per_retry_timeout {
          unit  = "ms"
          value = 250
        }
      }
    }
  }
}

resource "aws_appmesh_route" "often" {
  name                = "often"
  mesh_name           = aws_appmesh_mesh.shop.id
  virtual_router_name = aws_appmesh_virtual_router.main["twice"].name
  spec {
    grpc_route {
      match {
        service_name = "stock"
      }
      action {
        weighted_target {
          virtual_node = aws_appmesh_virtual_node.bad_twice.name
          weight       = 1
        }
      }
      retry_policy {
        max_retries       = 5
        grpc_retry_events = ["unavailable"]
        per_retry_timeout {
          unit  = "ms"
          value = 250
        }
      }
    }
  }
}

# BAD, for information: nothing is said of retries, and a virtual service leads straight to it.
resource "aws_appmesh_virtual_node" "bad_plain" {
  name      = "plain"
  mesh_name = aws_appmesh_mesh.shop.id
  spec {
    listener {
      port_mapping {
        port     = 8080
        protocol = "http"
      }
    }
    service_discovery {
      dns {
        hostname = "plain.shop.local"
      }
    }
  }
}

resource "aws_appmesh_virtual_service" "plain" {
  name      = "plain.shop.local"
  mesh_name = aws_appmesh_mesh.shop.id
  spec {
    provider {
      virtual_node {
        virtual_node_name = aws_appmesh_virtual_node.bad_plain.name
      }
    }
  }
}

# BAD, for information: how often is known only after apply.
resource "aws_appmesh_virtual_node" "bad_hidden_retries" {
  name      = "hidden-retries"
  mesh_name = aws_appmesh_mesh.shop.id
  spec {
    listener {
      port_mapping {
        port     = 8080
        protocol = "http"
      }
    }
    service_discovery {
      dns {
        hostname = "hidden-retries.shop.local"
      }
    }
  }
}

resource "aws_appmesh_route" "hidden_retries" {
  name                = "hidden-retries"
  mesh_name           = aws_appmesh_mesh.shop.id
  virtual_router_name = aws_appmesh_virtual_router.main["hidden-retries"].name
  spec {
    http_route {
      match {
        prefix = "/"
      }
      action {
        weighted_target {
          virtual_node = aws_appmesh_virtual_node.bad_hidden_retries.name
          weight       = 1
        }
      }
      retry_policy {
        max_retries       = terraform_data.retries.output
        http_retry_events = ["server-error"]
        per_retry_timeout {
          unit  = "s"
          value = 3
        }
      }
    }
  }
}

# GOOD: a unit that keeps failing is taken out.
resource "aws_appmesh_virtual_node" "good_taken_out" {
  name      = "taken-out"
  mesh_name = aws_appmesh_mesh.shop.id
  spec {
    listener {
      port_mapping {
        port     = 8080
        protocol = "http"
      }
      outlier_detection {
        max_ejection_percent = 50
        max_server_errors    = 5
        base_ejection_duration {
          unit  = "s"
          value = 30
        }
        interval {
          unit  = "s"
          value = 10
        }
      }
    }
    service_discovery {
      dns {
        hostname = "taken-out.shop.local"
      }
    }
  }
}

resource "aws_appmesh_route" "taken_out" {
  name                = "taken-out"
  mesh_name           = aws_appmesh_mesh.shop.id
  virtual_router_name = aws_appmesh_virtual_router.main["taken-out"].name
  spec {
    http_route {
      match {
        prefix = "/"
      }
      action {
        weighted_target {
          virtual_node = aws_appmesh_virtual_node.good_taken_out.name
          weight       = 1
        }
      }
      retry_policy {
        max_retries       = 2
        http_retry_events = ["server-error"]
        per_retry_timeout {
          unit  = "s"
          value = 3
        }
      }
    }
  }
}

# GOOD: so many requests at a time, and no more.
resource "aws_appmesh_virtual_node" "good_bounded" {
  name      = "bounded"
  mesh_name = aws_appmesh_mesh.shop.id
  spec {
    listener {
      port_mapping {
        port     = 8080
        protocol = "http"
      }
      connection_pool {
        http {
          max_connections      = 50
          max_pending_requests = 20
        }
      }
    }
    service_discovery {
      dns {
        hostname = "bounded.shop.local"
      }
    }
  }
}

resource "aws_appmesh_route" "bounded" {
  name                = "bounded"
  mesh_name           = aws_appmesh_mesh.shop.id
  virtual_router_name = aws_appmesh_virtual_router.main["bounded"].name
  spec {
    http_route {
      match {
        prefix = "/"
      }
      action {
        weighted_target {
          virtual_node = aws_appmesh_virtual_node.good_bounded.name
          weight       = 1
        }
      }
      retry_policy {
        max_retries       = 3
        http_retry_events = ["server-error"]
        per_retry_timeout {
          unit  = "s"
          value = 1
        }
      }
    }
  }
}

# GOOD: it calls, and listens to nobody.
resource "aws_appmesh_virtual_node" "good_caller" {
  name      = "caller"
  mesh_name = aws_appmesh_mesh.shop.id
  spec {
    backend {
      virtual_service {
        virtual_service_name = aws_appmesh_virtual_service.plain.name
      }
    }
  }
}

# GOOD: nothing in this plan leads to it.
resource "aws_appmesh_virtual_node" "good_uncalled" {
  name      = "uncalled"
  mesh_name = aws_appmesh_mesh.shop.id
  spec {
    listener {
      port_mapping {
        port     = 8080
        protocol = "http"
      }
    }
    service_discovery {
      dns {
        hostname = "uncalled.shop.local"
      }
    }
  }
}

# UNKNOWN: whether there is a pool is known only after apply.
resource "aws_appmesh_virtual_node" "unknown_pool" {
  name      = "hidden"
  mesh_name = aws_appmesh_mesh.shop.id
  spec {
    listener {
      port_mapping {
        port     = 8080
        protocol = "http"
      }
      dynamic "connection_pool" {
        for_each = terraform_data.breaks.output
        content {
          http {
            max_connections = 50
          }
        }
      }
    }
    service_discovery {
      dns {
        hostname = "hidden.shop.local"
      }
    }
  }
}

resource "aws_appmesh_route" "hidden" {
  name                = "hidden"
  mesh_name           = aws_appmesh_mesh.shop.id
  virtual_router_name = aws_appmesh_virtual_router.main["hidden"].name
  spec {
    http_route {
      match {
        prefix = "/"
      }
      action {
        weighted_target {
          virtual_node = aws_appmesh_virtual_node.unknown_pool.name
          weight       = 1
        }
      }
      retry_policy {
        max_retries       = 2
        http_retry_events = ["server-error"]
        per_retry_timeout {
          unit  = "s"
          value = 3
        }
      }
    }
  }
}

# UNKNOWN: the node is of another plan.
resource "aws_appmesh_route" "unknown_far" {
  name                = "far"
  mesh_name           = aws_appmesh_mesh.shop.id
  virtual_router_name = aws_appmesh_virtual_router.main["far"].name
  spec {
    http_route {
      match {
        prefix = "/"
      }
      action {
        weighted_target {
          virtual_node = "payments"
          weight       = 1
        }
      }
      retry_policy {
        max_retries       = 1
        http_retry_events = ["server-error"]
        per_retry_timeout {
          unit  = "s"
          value = 3
        }
      }
    }
  }
}

# GOOD: it is rolled out with a breaker, and what it calls is declared elsewhere.
resource "aws_ecs_service" "good_member" {
  name            = "member"
  cluster         = "arn:aws:ecs:us-east-1:111122223333:cluster/main"
  task_definition = aws_ecs_task_definition.member.arn
  desired_count   = 2
  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }
}

resource "aws_ecs_task_definition" "member" {
  family = "member"
  container_definitions = jsonencode([
    { name = "app", image = "app:1.4.2", memory = 512, essential = true },
    {
      name        = "envoy", image = "public.ecr.aws/appmesh/aws-appmesh-envoy:v1.29.6.1-prod", memory = 128, essential = true
      environment = [{ name = "APPMESH_RESOURCE_ARN", value = "mesh/shop/virtualNode/caller" }]
    }
  ])
}
