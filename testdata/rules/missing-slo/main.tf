# missing-slo: who is reached from outside, and whether an SLO of the repository names it.
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

resource "aws_lb" "outer" {
  name    = "outer"
  subnets = local.subnets
}

resource "aws_lb" "inner" {
  name     = "inner"
  internal = true
  subnets  = local.subnets
}

resource "terraform_data" "scheme" {
  input = true
}

# Whether it is internal is known only after apply.
resource "aws_lb" "either" {
  name     = "either"
  internal = terraform_data.scheme.output
  subnets  = local.subnets
}

resource "aws_lb_listener" "outer" {
  load_balancer_arn = aws_lb.outer.arn
  port              = 80
  default_action {
    type = "fixed-response"
    fixed_response {
      content_type = "text/plain"
      status_code  = "404"
    }
  }
}

resource "aws_lb_listener" "inner" {
  load_balancer_arn = aws_lb.inner.arn
  port              = 80
  default_action {
    type = "fixed-response"
    fixed_response {
      content_type = "text/plain"
      status_code  = "404"
    }
  }
}

resource "aws_lb_listener" "either" {
  load_balancer_arn = aws_lb.either.arn
  port              = 80
  default_action {
    type = "fixed-response"
    fixed_response {
      content_type = "text/plain"
      status_code  = "404"
    }
  }
}

locals {
  services = {
    billing  = "outer"
    checkout = "outer"
    search   = "outer"
    named    = "outer"
    orders   = "outer"
    ledger   = "inner"
    quotes   = "either"
  }
}

resource "aws_lb_target_group" "all" {
  for_each    = local.services
  name        = "tg-${each.key}"
  port        = 8080
  protocol    = "HTTP"
  target_type = "ip"
  vpc_id      = local.vpc
}

resource "aws_lb_listener_rule" "outer" {
  for_each     = { for name, balancer in local.services : name => name if balancer == "outer" }
  listener_arn = aws_lb_listener.outer.arn
  action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.all[each.key].arn
  }
  condition {
    host_header {
      values = ["${each.key}.example.com"]
    }
  }
}

resource "aws_lb_listener_rule" "inner" {
  for_each     = { for name, balancer in local.services : name => name if balancer == "inner" }
  listener_arn = aws_lb_listener.inner.arn
  action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.all[each.key].arn
  }
  condition {
    host_header {
      values = ["${each.key}.example.com"]
    }
  }
}

resource "aws_lb_listener_rule" "either" {
  for_each     = { for name, balancer in local.services : name => name if balancer == "either" }
  listener_arn = aws_lb_listener.either.arn
  action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.all[each.key].arn
  }
  condition {
    host_header {
      values = ["${each.key}.example.com"]
    }
  }
}

resource "aws_ecs_task_definition" "app" {
  family                   = "app"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 256
  memory                   = 512
  container_definitions = jsonencode([{
    name         = "app"
    image        = "registry.example.com/app:1"
    essential    = true
    portMappings = [{ containerPort = 8080 }]
  }])
}

# No SLO names it.
resource "aws_ecs_service" "bad_billing" {
  name            = "billing"
  cluster         = aws_ecs_cluster.main.arn
  task_definition = aws_ecs_task_definition.app.arn
  desired_count   = 2
  launch_type     = "FARGATE"
  network_configuration {
    subnets = local.subnets
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.all["billing"].arn
    container_name   = "app"
    container_port   = 8080
  }
}

# checkout.yml names it, in another spelling.
resource "aws_ecs_service" "good_checkout" {
  name            = "prod_checkout_service"
  cluster         = aws_ecs_cluster.main.arn
  task_definition = aws_ecs_task_definition.app.arn
  desired_count   = 2
  launch_type     = "FARGATE"
  network_configuration {
    subnets = local.subnets
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.all["checkout"].arn
    container_name   = "app"
    container_port   = 8080
  }
}

# An object of Pyrra is called search-latency.
resource "aws_ecs_service" "good_search" {
  name            = "search"
  cluster         = aws_ecs_cluster.main.arn
  task_definition = aws_ecs_task_definition.app.arn
  desired_count   = 2
  launch_type     = "FARGATE"
  network_configuration {
    subnets = local.subnets
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.all["search"].arn
    container_name   = "app"
    container_port   = 8080
  }
}

# The tag says which one it is.
resource "aws_ecs_service" "good_named" {
  name            = "legacy-17"
  cluster         = aws_ecs_cluster.main.arn
  task_definition = aws_ecs_task_definition.app.arn
  desired_count   = 2
  launch_type     = "FARGATE"
  tags            = { "planwise:service" = "storefront" }
  network_configuration {
    subnets = local.subnets
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.all["named"].arn
    container_name   = "app"
    container_port   = 8080
  }
}

# There are objectives for orders-export, which may be another one.
resource "aws_ecs_service" "unknown_orders" {
  name            = "orders"
  cluster         = aws_ecs_cluster.main.arn
  task_definition = aws_ecs_task_definition.app.arn
  desired_count   = 2
  launch_type     = "FARGATE"
  network_configuration {
    subnets = local.subnets
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.all["orders"].arn
    container_name   = "app"
    container_port   = 8080
  }
}

# Only others of the network reach it.
resource "aws_ecs_service" "good_ledger" {
  name            = "ledger"
  cluster         = aws_ecs_cluster.main.arn
  task_definition = aws_ecs_task_definition.app.arn
  desired_count   = 2
  launch_type     = "FARGATE"
  network_configuration {
    subnets = local.subnets
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.all["ledger"].arn
    container_name   = "app"
    container_port   = 8080
  }
}

# Whether it is reached from outside is known only after apply.
resource "aws_ecs_service" "unknown_quotes" {
  name            = "quotes"
  cluster         = aws_ecs_cluster.main.arn
  task_definition = aws_ecs_task_definition.app.arn
  desired_count   = 2
  launch_type     = "FARGATE"
  network_configuration {
    subnets = local.subnets
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.all["quotes"].arn
    container_name   = "app"
    container_port   = 8080
  }
}

resource "aws_iam_role" "functions" {
  name               = "functions"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [] })
}

# Nobody from outside: it works off a queue.
resource "aws_lambda_function" "good_worker" {
  function_name = "worker"
  role          = aws_iam_role.functions.arn
  handler       = "index.handler"
  runtime       = "nodejs22.x"
  filename      = "worker.zip"
}

# Two functions behind one API are one service.
resource "aws_apigatewayv2_api" "bad_accounts" {
  name          = "accounts"
  protocol_type = "HTTP"
}

resource "aws_lambda_function" "accounts" {
  for_each      = toset(["read", "write"])
  function_name = "accounts-${each.key}"
  role          = aws_iam_role.functions.arn
  handler       = "index.handler"
  runtime       = "nodejs22.x"
  filename      = "accounts.zip"
}

resource "aws_apigatewayv2_integration" "accounts" {
  for_each           = aws_lambda_function.accounts
  api_id             = aws_apigatewayv2_api.bad_accounts.id
  integration_type   = "AWS_PROXY"
  integration_uri    = each.value.invoke_arn
  integration_method = "POST"
}

# Reached through endpoints of a network alone.
resource "aws_api_gateway_rest_api" "good_private" {
  name = "private-reports"
  endpoint_configuration {
    types = ["PRIVATE"]
  }
}

resource "aws_lambda_function" "reports" {
  function_name = "reports"
  role          = aws_iam_role.functions.arn
  handler       = "index.handler"
  runtime       = "nodejs22.x"
  filename      = "reports.zip"
}

resource "aws_api_gateway_resource" "reports" {
  rest_api_id = aws_api_gateway_rest_api.good_private.id
  parent_id   = aws_api_gateway_rest_api.good_private.root_resource_id
  path_part   = "reports"
}

resource "aws_api_gateway_integration" "reports" {
  rest_api_id             = aws_api_gateway_rest_api.good_private.id
  resource_id             = aws_api_gateway_resource.reports.id
  http_method             = "GET"
  integration_http_method = "POST"
  type                    = "AWS_PROXY"
  uri                     = aws_lambda_function.reports.invoke_arn
}
