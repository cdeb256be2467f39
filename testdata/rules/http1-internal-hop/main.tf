# http1-internal-hop: how internal load balancers put requests of one service to another.
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
  vpc     = "vpc-0aaaaaaaaaaaaaaaa"
  subnets = ["subnet-0aaaaaaaaaaaaaaaa", "subnet-0bbbbbbbbbbbbbbbb"]
}

resource "aws_ecs_cluster" "main" {
  name = "main"
}

resource "terraform_data" "version" {
  input = "HTTP2"
}

resource "aws_lb" "inside" {
  name            = "inside"
  internal        = true
  subnets         = local.subnets
  security_groups = [aws_security_group.inside.id]
}

resource "aws_lb" "front" {
  name    = "front"
  subnets = local.subnets
}

resource "aws_lb" "quiet" {
  name            = "quiet"
  internal        = true
  subnets         = local.subnets
  security_groups = [aws_security_group.quiet.id]
}

resource "aws_lb" "wires" {
  name               = "wires"
  internal           = true
  load_balancer_type = "network"
  subnets            = local.subnets
}

resource "aws_security_group" "inside" {
  name   = "inside"
  vpc_id = local.vpc
}

resource "aws_security_group" "quiet" {
  name   = "quiet"
  vpc_id = local.vpc
}

resource "aws_security_group" "caller" {
  name   = "caller"
  vpc_id = local.vpc
}

resource "aws_vpc_security_group_ingress_rule" "quiet" {
  security_group_id            = aws_security_group.quiet.id
  referenced_security_group_id = aws_security_group.caller.id
  ip_protocol                  = "tcp"
  from_port                    = 80
  to_port                      = 80
}

resource "aws_lb_listener" "inside" {
  load_balancer_arn = aws_lb.inside.arn
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

resource "aws_lb_listener" "quiet" {
  load_balancer_arn = aws_lb.quiet.arn
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

# Each of these has one service behind it, so that whoever calls the balancer calls that service.
resource "aws_lb" "alone" {
  for_each        = toset(["default", "said", "two", "calls", "version"])
  name            = each.key
  internal        = true
  subnets         = local.subnets
  security_groups = [aws_security_group.inside.id]
}

resource "aws_lb_listener" "alone" {
  for_each          = aws_lb.alone
  load_balancer_arn = each.value.arn
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

# BAD, info: HTTP1 where nothing is set.
resource "aws_lb_target_group" "bad_default" {
  name        = "default"
  port        = 8080
  protocol    = "HTTP"
  target_type = "ip"
  vpc_id      = local.vpc
}

resource "aws_lb_listener_rule" "default" {
  listener_arn = aws_lb_listener.alone["default"].arn
  action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.bad_default.arn
  }
  condition {
    path_pattern {
      values = ["/default/*"]
    }
  }
}

resource "aws_ecs_service" "default" {
  name            = "default"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.callee.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  load_balancer {
    target_group_arn = aws_lb_target_group.bad_default.arn
    container_name   = "app"
    container_port   = 8080
  }
  network_configuration {
    subnets = local.subnets
  }
}

# BAD, info: as somebody says.
resource "aws_lb_target_group" "bad_said" {
  name        = "said"
  port        = 8080
  protocol    = "HTTP"
  protocol_version = "HTTP1"
  target_type = "ip"
  vpc_id      = local.vpc
}

resource "aws_lb_listener_rule" "said" {
  listener_arn = aws_lb_listener.alone["said"].arn
  action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.bad_said.arn
  }
  condition {
    path_pattern {
      values = ["/said/*"]
    }
  }
}

resource "aws_ecs_service" "said" {
  name            = "said"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.callee.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  load_balancer {
    target_group_arn = aws_lb_target_group.bad_said.arn
    container_name   = "app"
    container_port   = 8080
  }
  network_configuration {
    subnets = local.subnets
  }
}

# GOOD: HTTP/2.
resource "aws_lb_target_group" "good_two" {
  name        = "two"
  port        = 8080
  protocol    = "HTTP"
  protocol_version = "HTTP2"
  target_type = "ip"
  vpc_id      = local.vpc
}

resource "aws_lb_listener_rule" "two" {
  listener_arn = aws_lb_listener.alone["two"].arn
  action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.good_two.arn
  }
  condition {
    path_pattern {
      values = ["/two/*"]
    }
  }
}

resource "aws_ecs_service" "two" {
  name            = "two"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.callee.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  load_balancer {
    target_group_arn = aws_lb_target_group.good_two.arn
    container_name   = "app"
    container_port   = 8080
  }
  network_configuration {
    subnets = local.subnets
  }
}

# GOOD: gRPC.
resource "aws_lb_target_group" "good_calls" {
  name        = "calls"
  port        = 8080
  protocol    = "HTTP"
  protocol_version = "GRPC"
  target_type = "ip"
  vpc_id      = local.vpc
}

resource "aws_lb_listener_rule" "calls" {
  listener_arn = aws_lb_listener.alone["calls"].arn
  action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.good_calls.arn
  }
  condition {
    path_pattern {
      values = ["/calls/*"]
    }
  }
}

resource "aws_ecs_service" "calls" {
  name            = "calls"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.callee.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  load_balancer {
    target_group_arn = aws_lb_target_group.good_calls.arn
    container_name   = "app"
    container_port   = 8080
  }
  network_configuration {
    subnets = local.subnets
  }
}

# UNKNOWN: known only after apply.
resource "aws_lb_target_group" "unknown_version" {
  name        = "version"
  port        = 8080
  protocol    = "HTTP"
  protocol_version = terraform_data.version.output
  target_type = "ip"
  vpc_id      = local.vpc
}

resource "aws_lb_listener_rule" "version" {
  listener_arn = aws_lb_listener.alone["version"].arn
  action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.unknown_version.arn
  }
  condition {
    path_pattern {
      values = ["/version/*"]
    }
  }
}

resource "aws_ecs_service" "version" {
  name            = "version"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.callee.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  load_balancer {
    target_group_arn = aws_lb_target_group.unknown_version.arn
    container_name   = "app"
    container_port   = 8080
  }
  network_configuration {
    subnets = local.subnets
  }
}

# GOOD: browsers come here as well.
resource "aws_lb_target_group" "good_public" {
  name        = "public"
  port        = 8080
  protocol    = "HTTP"
  target_type = "ip"
  vpc_id      = local.vpc
}

resource "aws_lb_listener_rule" "public" {
  listener_arn = aws_lb_listener.front.arn
  action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.good_public.arn
  }
  condition {
    path_pattern {
      values = ["/public/*"]
    }
  }
}

resource "aws_ecs_service" "public" {
  name            = "public"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.callee.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  load_balancer {
    target_group_arn = aws_lb_target_group.good_public.arn
    container_name   = "app"
    container_port   = 8080
  }
  network_configuration {
    subnets = local.subnets
  }
}

# GOOD: it forwards connections.
resource "aws_lb_target_group" "good_wires" {
  name        = "wires"
  port        = 8080
  protocol    = "TCP"
  target_type = "ip"
  vpc_id      = local.vpc
}

resource "aws_lb_listener" "wires" {
  load_balancer_arn = aws_lb.wires.arn
  port              = 5432
  protocol          = "TCP"
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.good_wires.arn
  }
}

resource "aws_ecs_service" "wires" {
  name            = "wires"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.callee.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  load_balancer {
    target_group_arn = aws_lb_target_group.good_wires.arn
    container_name   = "app"
    container_port   = 8080
  }
  network_configuration {
    subnets = local.subnets
  }
}

# UNKNOWN: the caller is let in, and does not say that it calls.
resource "aws_lb_target_group" "unknown_let_in" {
  name        = "let-in"
  port        = 8080
  protocol    = "HTTP"
  target_type = "ip"
  vpc_id      = local.vpc
}

resource "aws_lb_listener_rule" "let-in" {
  listener_arn = aws_lb_listener.quiet.arn
  action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.unknown_let_in.arn
  }
  condition {
    path_pattern {
      values = ["/let-in/*"]
    }
  }
}

resource "aws_ecs_service" "let-in" {
  name            = "let-in"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.callee.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  load_balancer {
    target_group_arn = aws_lb_target_group.unknown_let_in.arn
    container_name   = "app"
    container_port   = 8080
  }
  network_configuration {
    subnets = local.subnets
  }
}

# UNKNOWN, GOOD: which of the two services behind their balancer is called, the path decides, and nothing shows it.
resource "aws_lb_target_group" "unknown_choice" {
  name        = "choice"
  port        = 8080
  protocol    = "HTTP"
  target_type = "ip"
  vpc_id      = local.vpc
}

resource "aws_lb_target_group" "good_choice" {
  name             = "good-choice"
  port             = 8080
  protocol         = "HTTP"
  protocol_version = "HTTP2"
  target_type      = "ip"
  vpc_id           = local.vpc
}

resource "aws_lb_listener_rule" "choice" {
  listener_arn = aws_lb_listener.inside.arn
  action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.unknown_choice.arn
  }
  condition {
    path_pattern {
      values = ["/choice/*"]
    }
  }
}

resource "aws_ecs_service" "choice" {
  name            = "choice"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.callee.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  load_balancer {
    target_group_arn = aws_lb_target_group.unknown_choice.arn
    container_name   = "app"
    container_port   = 8080
  }
  network_configuration {
    subnets = local.subnets
  }
}

resource "aws_lb_listener_rule" "other_choice" {
  listener_arn = aws_lb_listener.inside.arn
  action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.good_choice.arn
  }
  condition {
    path_pattern {
      values = ["/other_choice/*"]
    }
  }
}

resource "aws_ecs_service" "other_choice" {
  name            = "other_choice"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.callee.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  load_balancer {
    target_group_arn = aws_lb_target_group.good_choice.arn
    container_name   = "app"
    container_port   = 8080
  }
  network_configuration {
    subnets = local.subnets
  }
}

# It calls the balancers by their names.
resource "aws_ecs_service" "caller" {
  name            = "caller"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.caller.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets         = local.subnets
    security_groups = [aws_security_group.caller.id]
  }
}

resource "aws_ecs_task_definition" "caller" {
  family                   = "caller"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  container_definitions = jsonencode([{
    name  = "app"
    image = "docker.io/shop/caller:3"
    environment = concat([
      { name = "INSIDE_URL", value = "http://${aws_lb.inside.dns_name}" },
      { name = "FRONT_URL", value = "http://${aws_lb.front.dns_name}" },
      { name = "WIRES_HOST", value = aws_lb.wires.dns_name },
    ], [for name, balancer in aws_lb.alone : { name = "${upper(name)}_URL", value = "http://${balancer.dns_name}" }])
  }])
}

resource "aws_ecs_task_definition" "callee" {
  family                   = "callee"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  container_definitions    = jsonencode([{ name = "app", image = "docker.io/shop/callee:3", portMappings = [{ containerPort = 8080 }] }])
}
