# inverted-timeout: servers in containers, behind a balancer that closes a connection after 60 s without a byte. The rule reports at the
# service.

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
  names = toset([
    "gunicorn", "patient", "quick", "async", "threads", "default", "hidden", "unknown", "plain",
    "uvicorn", "kept", "proxied",
  ])
}

resource "aws_ecs_cluster" "main" {
  name = "main"
}

resource "aws_lb" "front" {
  name               = "front"
  load_balancer_type = "application"
  subnets            = local.subnets
}

resource "aws_lb_listener" "front" {
  load_balancer_arn = aws_lb.front.arn
  port              = 80
  protocol          = "HTTP"
  default_action {
    type = "fixed-response"
    fixed_response {
      content_type = "text/plain"
      status_code  = "404"
    }
  }
}

resource "aws_lb_target_group" "front" {
  for_each    = local.names
  name        = each.key
  port        = 80
  protocol    = "HTTP"
  target_type = "ip"
  vpc_id      = "vpc-0aaaaaaaaaaaaaaaa"
}

resource "aws_lb_listener_rule" "front" {
  for_each     = local.names
  listener_arn = aws_lb_listener.front.arn
  action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.front[each.key].arn
  }
  condition {
    path_pattern {
      values = ["/${each.key}/*"]
    }
  }
}

# BAD: 120 s for a request.
resource "aws_ecs_task_definition" "gunicorn" {
  family                   = "gunicorn"
  network_mode             = "awsvpc"
  requires_compatibilities = ["FARGATE"]
  cpu                      = 512
  memory                   = 1024
  container_definitions = jsonencode([
    { name = "app", image = "app:1.4.2", essential = true, command = ["gunicorn", "--timeout", "120", "app:app"], portMappings = [{ containerPort = 80 }] },
  ])
}

resource "aws_ecs_service" "bad_gunicorn" {
  name            = "gunicorn"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.gunicorn.arn
  desired_count   = 2
  launch_type     = "FARGATE"
  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }
  network_configuration {
    subnets = local.subnets
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.front["gunicorn"].arn
    container_name   = "app"
    container_port   = 80
  }
}

# BAD, and mild: 60 s, in a variable.
resource "aws_ecs_task_definition" "patient" {
  family                   = "patient"
  network_mode             = "awsvpc"
  requires_compatibilities = ["FARGATE"]
  cpu                      = 512
  memory                   = 1024
  container_definitions = jsonencode([
    { name = "app", image = "app:1.4.2", essential = true, command = ["gunicorn", "app:app"], environment = [{ name = "GUNICORN_CMD_ARGS", value = "--timeout 60" }], portMappings = [{ containerPort = 80 }] },
  ])
}

resource "aws_ecs_service" "bad_patient" {
  name            = "patient"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.patient.arn
  desired_count   = 2
  launch_type     = "FARGATE"
  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }
  network_configuration {
    subnets = local.subnets
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.front["patient"].arn
    container_name   = "app"
    container_port   = 80
  }
}

# GOOD: 50 s.
resource "aws_ecs_task_definition" "quick" {
  family                   = "quick"
  network_mode             = "awsvpc"
  requires_compatibilities = ["FARGATE"]
  cpu                      = 512
  memory                   = 1024
  container_definitions = jsonencode([
    { name = "app", image = "app:1.4.2", essential = true, command = ["gunicorn", "-t", "50", "app:app"], portMappings = [{ containerPort = 80 }] },
  ])
}

resource "aws_ecs_service" "good_quick" {
  name            = "quick"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.quick.arn
  desired_count   = 2
  launch_type     = "FARGATE"
  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }
  network_configuration {
    subnets = local.subnets
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.front["quick"].arn
    container_name   = "app"
    container_port   = 80
  }
}

# GOOD: of such workers it is no limit of requests.
resource "aws_ecs_task_definition" "async" {
  family                   = "async"
  network_mode             = "awsvpc"
  requires_compatibilities = ["FARGATE"]
  cpu                      = 512
  memory                   = 1024
  container_definitions = jsonencode([
    { name = "app", image = "app:1.4.2", essential = true, command = ["gunicorn", "-k", "gevent", "--timeout", "120", "app:app"], portMappings = [{ containerPort = 80 }] },
  ])
}

resource "aws_ecs_service" "good_async" {
  name            = "async"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.async.arn
  desired_count   = 2
  launch_type     = "FARGATE"
  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }
  network_configuration {
    subnets = local.subnets
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.front["async"].arn
    container_name   = "app"
    container_port   = 80
  }
}

# GOOD: nor of threads.
resource "aws_ecs_task_definition" "threads" {
  family                   = "threads"
  network_mode             = "awsvpc"
  requires_compatibilities = ["FARGATE"]
  cpu                      = 512
  memory                   = 1024
  container_definitions = jsonencode([
    { name = "app", image = "app:1.4.2", essential = true, command = ["gunicorn", "--threads", "4", "--timeout", "120", "app:app"], portMappings = [{ containerPort = 80 }] },
  ])
}

resource "aws_ecs_service" "good_threads" {
  name            = "threads"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.threads.arn
  desired_count   = 2
  launch_type     = "FARGATE"
  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }
  network_configuration {
    subnets = local.subnets
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.front["threads"].arn
    container_name   = "app"
    container_port   = 80
  }
}

# GOOD: 30 s is the default.
resource "aws_ecs_task_definition" "default" {
  family                   = "default"
  network_mode             = "awsvpc"
  requires_compatibilities = ["FARGATE"]
  cpu                      = 512
  memory                   = 1024
  container_definitions = jsonencode([
    { name = "app", image = "app:1.4.2", essential = true, command = ["gunicorn", "app:app"], portMappings = [{ containerPort = 80 }] },
  ])
}

resource "aws_ecs_service" "good_default" {
  name            = "default"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.default.arn
  desired_count   = 2
  launch_type     = "FARGATE"
  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }
  network_configuration {
    subnets = local.subnets
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.front["default"].arn
    container_name   = "app"
    container_port   = 80
  }
}

# GOOD: a file may say anything.
resource "aws_ecs_task_definition" "hidden" {
  family                   = "hidden"
  network_mode             = "awsvpc"
  requires_compatibilities = ["FARGATE"]
  cpu                      = 512
  memory                   = 1024
  container_definitions = jsonencode([
    { name = "app", image = "app:1.4.2", essential = true, command = ["gunicorn", "-c", "gunicorn.conf.py", "app:app"], portMappings = [{ containerPort = 80 }] },
  ])
}

resource "aws_ecs_service" "good_hidden" {
  name            = "hidden"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.hidden.arn
  desired_count   = 2
  launch_type     = "FARGATE"
  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }
  network_configuration {
    subnets = local.subnets
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.front["hidden"].arn
    container_name   = "app"
    container_port   = 80
  }
}

# UNKNOWN: a variable that nobody sees sets it.
resource "aws_ecs_task_definition" "unknown" {
  family                   = "unknown"
  network_mode             = "awsvpc"
  requires_compatibilities = ["FARGATE"]
  cpu                      = 512
  memory                   = 1024
  container_definitions = jsonencode([
    { name = "app", image = "app:1.4.2", essential = true, command = ["gunicorn", "--timeout", "$WEB_TIMEOUT", "app:app"], portMappings = [{ containerPort = 80 }] },
  ])
}

resource "aws_ecs_service" "unknown_time" {
  name            = "unknown"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.unknown.arn
  desired_count   = 2
  launch_type     = "FARGATE"
  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }
  network_configuration {
    subnets = local.subnets
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.front["unknown"].arn
    container_name   = "app"
    container_port   = 80
  }
}

# GOOD: nothing tells how long it works.
resource "aws_ecs_task_definition" "plain" {
  family                   = "plain"
  network_mode             = "awsvpc"
  requires_compatibilities = ["FARGATE"]
  cpu                      = 512
  memory                   = 1024
  container_definitions = jsonencode([
    { name = "app", image = "app:1.4.2", essential = true, command = ["node", "server.js"], portMappings = [{ containerPort = 80 }] },
  ])
}

resource "aws_ecs_service" "good_plain" {
  name            = "plain"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.plain.arn
  desired_count   = 2
  launch_type     = "FARGATE"
  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }
  network_configuration {
    subnets = local.subnets
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.front["plain"].arn
    container_name   = "app"
    container_port   = 80
  }
}

# BAD, and mild: it closes connections after 5 s that the balancer uses for up to 60 s.
resource "aws_ecs_task_definition" "uvicorn" {
  family                   = "uvicorn"
  network_mode             = "awsvpc"
  requires_compatibilities = ["FARGATE"]
  cpu                      = 512
  memory                   = 1024
  container_definitions = jsonencode([
    { name = "app", image = "app:1.4.2", essential = true, command = ["uvicorn", "app:app"], portMappings = [{ containerPort = 80 }] },
  ])
}

resource "aws_ecs_service" "bad_uvicorn" {
  name            = "uvicorn"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.uvicorn.arn
  desired_count   = 2
  launch_type     = "FARGATE"
  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }
  network_configuration {
    subnets = local.subnets
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.front["uvicorn"].arn
    container_name   = "app"
    container_port   = 80
  }
}

# GOOD: 75 s.
resource "aws_ecs_task_definition" "kept" {
  family                   = "kept"
  network_mode             = "awsvpc"
  requires_compatibilities = ["FARGATE"]
  cpu                      = 512
  memory                   = 1024
  container_definitions = jsonencode([
    { name = "app", image = "app:1.4.2", essential = true, command = ["uvicorn", "app:app", "--timeout-keep-alive", "75"], portMappings = [{ containerPort = 80 }] },
  ])
}

resource "aws_ecs_service" "good_kept" {
  name            = "kept"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.kept.arn
  desired_count   = 2
  launch_type     = "FARGATE"
  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }
  network_configuration {
    subnets = local.subnets
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.front["kept"].arn
    container_name   = "app"
    container_port   = 80
  }
}

# GOOD: the balancer speaks with the proxy beside it.
resource "aws_ecs_task_definition" "proxied" {
  family                   = "proxied"
  network_mode             = "awsvpc"
  requires_compatibilities = ["FARGATE"]
  cpu                      = 512
  memory                   = 1024
  container_definitions = jsonencode([
    { name = "app", image = "app:1.4.2", essential = true, command = ["uvicorn", "app:app"], portMappings = [{ containerPort = 80 }] },
    { name = "nginx", image = "nginx:1.4.2", essential = true, command = ["nginx"], portMappings = [{ containerPort = 80 }] },
  ])
}

resource "aws_ecs_service" "good_proxied" {
  name            = "proxied"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.proxied.arn
  desired_count   = 2
  launch_type     = "FARGATE"
  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }
  network_configuration {
    subnets = local.subnets
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.front["proxied"].arn
    container_name   = "app"
    container_port   = 80
  }
}
