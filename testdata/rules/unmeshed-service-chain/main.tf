# unmeshed-service-chain: services that call each other through internal load balancers.
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

resource "terraform_data" "internal" {
  input = true
}

resource "aws_lb" "front" {
  name     = "front"
  internal = false
  subnets  = local.subnets
}

resource "aws_lb_target_group" "front" {
  name        = "front"
  port        = 8080
  protocol    = "HTTP"
  target_type = "ip"
  vpc_id      = local.vpc
}

resource "aws_lb_listener" "front" {
  load_balancer_arn = aws_lb.front.arn
  port              = 80
  protocol          = "HTTP"
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.front.arn
  }
}

# BAD, low: shop, orders, stock, two internal balancers in a row.
resource "aws_ecs_service" "bad_shop" {
  name            = "bad-shop"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.task_shop.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  load_balancer {
    target_group_arn = aws_lb_target_group.front.arn
    container_name   = "app"
    container_port   = 8080
  }
  network_configuration {
    subnets = local.subnets
  }
}

resource "aws_ecs_task_definition" "task_shop" {
  family                   = "bad-shop"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  container_definitions = jsonencode([{
    name         = "app"
    image        = "docker.io/shop/bad-shop:3"
    portMappings = [{ name = "http", containerPort = 8080 }]
    environment  = [{ name = "ORDERS_URL", value = "http://${aws_lb.orders.dns_name}" }]
  }])
}

resource "aws_lb" "orders" {
  name     = "orders"
  internal = true
  subnets  = local.subnets
}

resource "aws_lb_target_group" "orders" {
  name        = "orders"
  port        = 8080
  protocol    = "HTTP"
  target_type = "ip"
  vpc_id      = local.vpc
}

resource "aws_lb_listener" "orders" {
  load_balancer_arn = aws_lb.orders.arn
  port              = 80
  protocol          = "HTTP"
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.orders.arn
  }
}

resource "aws_ecs_service" "orders" {
  name            = "orders"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.orders.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  load_balancer {
    target_group_arn = aws_lb_target_group.orders.arn
    container_name   = "app"
    container_port   = 8080
  }
  network_configuration {
    subnets = local.subnets
  }
}

resource "aws_ecs_task_definition" "orders" {
  family                   = "orders"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  container_definitions = jsonencode([{
    name         = "app"
    image        = "docker.io/shop/orders:3"
    portMappings = [{ name = "http", containerPort = 8080 }]
    environment  = [{ name = "STOCK_URL", value = "http://${aws_lb.stock.dns_name}" }]
  }])
}

resource "aws_lb" "stock" {
  name     = "stock"
  internal = true
  subnets  = local.subnets
}

resource "aws_lb_target_group" "stock" {
  name        = "stock"
  port        = 8080
  protocol    = "HTTP"
  target_type = "ip"
  vpc_id      = local.vpc
}

resource "aws_lb_listener" "stock" {
  load_balancer_arn = aws_lb.stock.arn
  port              = 80
  protocol          = "HTTP"
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.stock.arn
  }
}

resource "aws_ecs_service" "stock" {
  name            = "stock"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.stock.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  load_balancer {
    target_group_arn = aws_lb_target_group.stock.arn
    container_name   = "app"
    container_port   = 8080
  }
  network_configuration {
    subnets = local.subnets
  }
}

resource "aws_ecs_task_definition" "stock" {
  family                   = "stock"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  container_definitions = jsonencode([{
    name         = "app"
    image        = "docker.io/shop/stock:3"
    portMappings = [{ name = "http", containerPort = 8080 }]
    environment  = []
  }])
}

resource "aws_route53_zone" "inside" {
  name = "inside.example"
  vpc {
    vpc_id = local.vpc
  }
}

resource "aws_route53_record" "prices" {
  zone_id = aws_route53_zone.inside.zone_id
  name    = "prices.inside.example"
  type    = "A"
  alias {
    name                   = aws_lb.prices.dns_name
    zone_id                = aws_lb.prices.zone_id
    evaluate_target_health = false
  }
}

# BAD, low: three in a row, one of them by its name.
resource "aws_ecs_service" "bad_named" {
  name            = "bad-named"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.task_named.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
}

resource "aws_ecs_task_definition" "task_named" {
  family                   = "bad-named"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  container_definitions = jsonencode([{
    name         = "app"
    image        = "docker.io/shop/bad-named:3"
    portMappings = [{ name = "http", containerPort = 8080 }]
    environment  = [{ name = "CART_URL", value = "http://${aws_lb.cart.dns_name}" }]
  }])
}

resource "aws_lb" "cart" {
  name     = "cart"
  internal = true
  subnets  = local.subnets
}

resource "aws_lb_target_group" "cart" {
  name        = "cart"
  port        = 8080
  protocol    = "HTTP"
  target_type = "ip"
  vpc_id      = local.vpc
}

resource "aws_lb_listener" "cart" {
  load_balancer_arn = aws_lb.cart.arn
  port              = 80
  protocol          = "HTTP"
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.cart.arn
  }
}

resource "aws_ecs_service" "cart" {
  name            = "cart"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.cart.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  load_balancer {
    target_group_arn = aws_lb_target_group.cart.arn
    container_name   = "app"
    container_port   = 8080
  }
  network_configuration {
    subnets = local.subnets
  }
}

resource "aws_ecs_task_definition" "cart" {
  family                   = "cart"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  container_definitions = jsonencode([{
    name         = "app"
    image        = "docker.io/shop/cart:3"
    portMappings = [{ name = "http", containerPort = 8080 }]
    environment  = [{ name = "PRICES_URL", value = "http://${aws_route53_record.prices.fqdn}" }]
  }])
}

resource "aws_lb" "prices" {
  name     = "prices"
  internal = true
  subnets  = local.subnets
}

resource "aws_lb_target_group" "prices" {
  name        = "prices"
  port        = 8080
  protocol    = "HTTP"
  target_type = "ip"
  vpc_id      = local.vpc
}

resource "aws_lb_listener" "prices" {
  load_balancer_arn = aws_lb.prices.arn
  port              = 80
  protocol          = "HTTP"
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.prices.arn
  }
}

resource "aws_ecs_service" "prices" {
  name            = "prices"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.prices.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  load_balancer {
    target_group_arn = aws_lb_target_group.prices.arn
    container_name   = "app"
    container_port   = 8080
  }
  network_configuration {
    subnets = local.subnets
  }
}

resource "aws_ecs_task_definition" "prices" {
  family                   = "prices"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  container_definitions = jsonencode([{
    name         = "app"
    image        = "docker.io/shop/prices:3"
    portMappings = [{ name = "http", containerPort = 8080 }]
    environment  = [{ name = "TAX_URL", value = "http://${aws_lb.tax.dns_name}" }]
  }])
}

resource "aws_lb" "tax" {
  name     = "tax"
  internal = true
  load_balancer_type = "network"
  subnets  = local.subnets
}

resource "aws_lb_target_group" "tax" {
  name        = "tax"
  port        = 8080
  protocol    = "TCP"
  target_type = "ip"
  vpc_id      = local.vpc
}

resource "aws_lb_listener" "tax" {
  load_balancer_arn = aws_lb.tax.arn
  port              = 80
  protocol          = "TCP"
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.tax.arn
  }
}

resource "aws_ecs_service" "tax" {
  name            = "tax"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.tax.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  load_balancer {
    target_group_arn = aws_lb_target_group.tax.arn
    container_name   = "app"
    container_port   = 8080
  }
  network_configuration {
    subnets = local.subnets
  }
}

resource "aws_ecs_task_definition" "tax" {
  family                   = "tax"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  container_definitions = jsonencode([{
    name         = "app"
    image        = "docker.io/shop/tax:3"
    portMappings = [{ name = "http", containerPort = 8080 }]
    environment  = []
  }])
}

# GOOD: one internal balancer.
resource "aws_ecs_service" "good_one_hop" {
  name            = "good-one-hop"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.task_one_hop.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
}

resource "aws_ecs_task_definition" "task_one_hop" {
  family                   = "good-one-hop"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  container_definitions = jsonencode([{
    name         = "app"
    image        = "docker.io/shop/good-one-hop:3"
    portMappings = [{ name = "http", containerPort = 8080 }]
    environment  = [{ name = "MAIL_URL", value = "http://${aws_lb.mail.dns_name}" }]
  }])
}

resource "aws_lb" "mail" {
  name     = "mail"
  internal = true
  subnets  = local.subnets
}

resource "aws_lb_target_group" "mail" {
  name        = "mail"
  port        = 8080
  protocol    = "HTTP"
  target_type = "ip"
  vpc_id      = local.vpc
}

resource "aws_lb_listener" "mail" {
  load_balancer_arn = aws_lb.mail.arn
  port              = 80
  protocol          = "HTTP"
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.mail.arn
  }
}

resource "aws_ecs_service" "mail" {
  name            = "mail"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.mail.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  load_balancer {
    target_group_arn = aws_lb_target_group.mail.arn
    container_name   = "app"
    container_port   = 8080
  }
  network_configuration {
    subnets = local.subnets
  }
}

resource "aws_ecs_task_definition" "mail" {
  family                   = "mail"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  container_definitions = jsonencode([{
    name         = "app"
    image        = "docker.io/shop/mail:3"
    portMappings = [{ name = "http", containerPort = 8080 }]
    environment  = []
  }])
}

# GOOD: the second one is on the internet.
resource "aws_ecs_service" "good_public" {
  name            = "good-public"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.task_public.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
}

resource "aws_ecs_task_definition" "task_public" {
  family                   = "good-public"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  container_definitions = jsonencode([{
    name         = "app"
    image        = "docker.io/shop/good-public:3"
    portMappings = [{ name = "http", containerPort = 8080 }]
    environment  = [{ name = "A_URL", value = "http://${aws_lb.inner.dns_name}" }]
  }])
}

resource "aws_lb" "inner" {
  name     = "inner"
  internal = true
  subnets  = local.subnets
}

resource "aws_lb_target_group" "inner" {
  name        = "inner"
  port        = 8080
  protocol    = "HTTP"
  target_type = "ip"
  vpc_id      = local.vpc
}

resource "aws_lb_listener" "inner" {
  load_balancer_arn = aws_lb.inner.arn
  port              = 80
  protocol          = "HTTP"
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.inner.arn
  }
}

resource "aws_ecs_service" "inner" {
  name            = "inner"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.inner.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  load_balancer {
    target_group_arn = aws_lb_target_group.inner.arn
    container_name   = "app"
    container_port   = 8080
  }
  network_configuration {
    subnets = local.subnets
  }
}

resource "aws_ecs_task_definition" "inner" {
  family                   = "inner"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  container_definitions = jsonencode([{
    name         = "app"
    image        = "docker.io/shop/inner:3"
    portMappings = [{ name = "http", containerPort = 8080 }]
    environment  = [{ name = "B_URL", value = "http://${aws_lb.outer.dns_name}" }]
  }])
}

resource "aws_lb" "outer" {
  name     = "outer"
  internal = false
  subnets  = local.subnets
}

resource "aws_lb_target_group" "outer" {
  name        = "outer"
  port        = 8080
  protocol    = "HTTP"
  target_type = "ip"
  vpc_id      = local.vpc
}

resource "aws_lb_listener" "outer" {
  load_balancer_arn = aws_lb.outer.arn
  port              = 80
  protocol          = "HTTP"
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.outer.arn
  }
}

resource "aws_ecs_service" "outer" {
  name            = "outer"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.outer.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  load_balancer {
    target_group_arn = aws_lb_target_group.outer.arn
    container_name   = "app"
    container_port   = 8080
  }
  network_configuration {
    subnets = local.subnets
  }
}

resource "aws_ecs_task_definition" "outer" {
  family                   = "outer"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  container_definitions = jsonencode([{
    name         = "app"
    image        = "docker.io/shop/outer:3"
    portMappings = [{ name = "http", containerPort = 8080 }]
    environment  = []
  }])
}

# GOOD: both ends of each call are parts of a mesh.
resource "aws_ecs_service" "good_meshed" {
  name            = "good-meshed"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.task_meshed.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  service_connect_configuration {
    enabled   = true
    namespace = "shop"
    service {
      port_name = "http"
      client_alias {
        port     = 80
        dns_name = "good-meshed"
      }
    }
  }
  network_configuration {
    subnets = local.subnets
  }
}

resource "aws_ecs_task_definition" "task_meshed" {
  family                   = "good-meshed"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  container_definitions = jsonencode([{
    name         = "app"
    image        = "docker.io/shop/good-meshed:3"
    portMappings = [{ name = "http", containerPort = 8080 }]
    environment  = [{ name = "M_URL", value = "http://${aws_lb.m1.dns_name}" }]
  }])
}

resource "aws_lb" "m1" {
  name     = "m1"
  internal = true
  subnets  = local.subnets
}

resource "aws_lb_target_group" "m1" {
  name        = "m1"
  port        = 8080
  protocol    = "HTTP"
  target_type = "ip"
  vpc_id      = local.vpc
}

resource "aws_lb_listener" "m1" {
  load_balancer_arn = aws_lb.m1.arn
  port              = 80
  protocol          = "HTTP"
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.m1.arn
  }
}

resource "aws_ecs_service" "meshed_b" {
  name            = "meshed-b"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.meshed_b.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  load_balancer {
    target_group_arn = aws_lb_target_group.m1.arn
    container_name   = "app"
    container_port   = 8080
  }
  service_connect_configuration {
    enabled   = true
    namespace = "shop"
    service {
      port_name = "http"
      client_alias {
        port     = 80
        dns_name = "meshed-b"
      }
    }
  }
  network_configuration {
    subnets = local.subnets
  }
}

resource "aws_ecs_task_definition" "meshed_b" {
  family                   = "meshed-b"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  container_definitions = jsonencode([{
    name         = "app"
    image        = "docker.io/shop/meshed-b:3"
    portMappings = [{ name = "http", containerPort = 8080 }]
    environment  = [{ name = "N_URL", value = "http://${aws_lb.m2.dns_name}" }]
  }])
}

resource "aws_lb" "m2" {
  name     = "m2"
  internal = true
  subnets  = local.subnets
}

resource "aws_lb_target_group" "m2" {
  name        = "m2"
  port        = 8080
  protocol    = "HTTP"
  target_type = "ip"
  vpc_id      = local.vpc
}

resource "aws_lb_listener" "m2" {
  load_balancer_arn = aws_lb.m2.arn
  port              = 80
  protocol          = "HTTP"
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.m2.arn
  }
}

resource "aws_ecs_service" "meshed_c" {
  name            = "meshed-c"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.meshed_c.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  load_balancer {
    target_group_arn = aws_lb_target_group.m2.arn
    container_name   = "app"
    container_port   = 8080
  }
  service_connect_configuration {
    enabled   = true
    namespace = "shop"
    service {
      port_name = "http"
      client_alias {
        port     = 80
        dns_name = "meshed-c"
      }
    }
  }
  network_configuration {
    subnets = local.subnets
  }
}

resource "aws_ecs_task_definition" "meshed_c" {
  family                   = "meshed-c"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  container_definitions = jsonencode([{
    name         = "app"
    image        = "docker.io/shop/meshed-c:3"
    portMappings = [{ name = "http", containerPort = 8080 }]
    environment  = []
  }])
}

resource "aws_lb" "ping" {
  name     = "ping"
  internal = true
  subnets  = local.subnets
}

resource "aws_lb_target_group" "ping" {
  name        = "ping"
  port        = 8080
  protocol    = "HTTP"
  target_type = "ip"
  vpc_id      = local.vpc
}

resource "aws_lb_listener" "ping" {
  load_balancer_arn = aws_lb.ping.arn
  port              = 80
  protocol          = "HTTP"
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.ping.arn
  }
}

# GOOD: two that call each other are one hop apart.
resource "aws_ecs_service" "good_ping" {
  name            = "good-ping"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.task_ping.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  load_balancer {
    target_group_arn = aws_lb_target_group.ping.arn
    container_name   = "app"
    container_port   = 8080
  }
  network_configuration {
    subnets = local.subnets
  }
}

resource "aws_ecs_task_definition" "task_ping" {
  family                   = "good-ping"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  container_definitions = jsonencode([{
    name         = "app"
    image        = "docker.io/shop/good-ping:3"
    portMappings = [{ name = "http", containerPort = 8080 }]
    environment  = [{ name = "PONG_URL", value = "http://${aws_lb.pong.dns_name}" }]
  }])
}

resource "aws_lb" "pong" {
  name     = "pong"
  internal = true
  subnets  = local.subnets
}

resource "aws_lb_target_group" "pong" {
  name        = "pong"
  port        = 8080
  protocol    = "HTTP"
  target_type = "ip"
  vpc_id      = local.vpc
}

resource "aws_lb_listener" "pong" {
  load_balancer_arn = aws_lb.pong.arn
  port              = 80
  protocol          = "HTTP"
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.pong.arn
  }
}

resource "aws_ecs_service" "pong" {
  name            = "pong"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.pong.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  load_balancer {
    target_group_arn = aws_lb_target_group.pong.arn
    container_name   = "app"
    container_port   = 8080
  }
  network_configuration {
    subnets = local.subnets
  }
}

resource "aws_ecs_task_definition" "pong" {
  family                   = "pong"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  container_definitions = jsonencode([{
    name         = "app"
    image        = "docker.io/shop/pong:3"
    portMappings = [{ name = "http", containerPort = 8080 }]
    environment  = [{ name = "PING_URL", value = "http://${aws_lb.ping.dns_name}" }]
  }])
}

# GOOD: what it calls knows the second one by its ARN, and calls nobody by that.
resource "aws_ecs_service" "good_arn" {
  name            = "good-arn"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.task_arn.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
}

resource "aws_ecs_task_definition" "task_arn" {
  family                   = "good-arn"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  container_definitions = jsonencode([{
    name         = "app"
    image        = "docker.io/shop/good-arn:3"
    portMappings = [{ name = "http", containerPort = 8080 }]
    environment  = [{ name = "W_URL", value = "http://${aws_lb.w1.dns_name}" }]
  }])
}

resource "aws_lb" "w1" {
  name     = "w1"
  internal = true
  subnets  = local.subnets
}

resource "aws_lb_target_group" "w1" {
  name        = "w1"
  port        = 8080
  protocol    = "HTTP"
  target_type = "ip"
  vpc_id      = local.vpc
}

resource "aws_lb_listener" "w1" {
  load_balancer_arn = aws_lb.w1.arn
  port              = 80
  protocol          = "HTTP"
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.w1.arn
  }
}

resource "aws_ecs_service" "watch" {
  name            = "watch"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.watch.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  load_balancer {
    target_group_arn = aws_lb_target_group.w1.arn
    container_name   = "app"
    container_port   = 8080
  }
  network_configuration {
    subnets = local.subnets
  }
}

resource "aws_ecs_task_definition" "watch" {
  family                   = "watch"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  container_definitions = jsonencode([{
    name         = "app"
    image        = "docker.io/shop/watch:3"
    portMappings = [{ name = "http", containerPort = 8080 }]
    environment  = [{ name = "W2_URL", value = "http://${aws_lb.w2.arn}" }]
  }])
}

resource "aws_lb" "w2" {
  name     = "w2"
  internal = true
  subnets  = local.subnets
}

resource "aws_lb_target_group" "w2" {
  name        = "w2"
  port        = 8080
  protocol    = "HTTP"
  target_type = "ip"
  vpc_id      = local.vpc
}

resource "aws_lb_listener" "w2" {
  load_balancer_arn = aws_lb.w2.arn
  port              = 80
  protocol          = "HTTP"
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.w2.arn
  }
}

resource "aws_ecs_service" "watched" {
  name            = "watched"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.watched.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  load_balancer {
    target_group_arn = aws_lb_target_group.w2.arn
    container_name   = "app"
    container_port   = 8080
  }
  network_configuration {
    subnets = local.subnets
  }
}

resource "aws_ecs_task_definition" "watched" {
  family                   = "watched"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  container_definitions = jsonencode([{
    name         = "app"
    image        = "docker.io/shop/watched:3"
    portMappings = [{ name = "http", containerPort = 8080 }]
    environment  = []
  }])
}

# UNKNOWN: whether the second one is internal.
resource "aws_ecs_service" "unknown_internal" {
  name            = "unknown-internal"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.task_internal.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
}

resource "aws_ecs_task_definition" "task_internal" {
  family                   = "unknown-internal"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  container_definitions = jsonencode([{
    name         = "app"
    image        = "docker.io/shop/unknown-internal:3"
    portMappings = [{ name = "http", containerPort = 8080 }]
    environment  = [{ name = "U_URL", value = "http://${aws_lb.u1.dns_name}" }]
  }])
}

resource "aws_lb" "u1" {
  name     = "u1"
  internal = true
  subnets  = local.subnets
}

resource "aws_lb_target_group" "u1" {
  name        = "u1"
  port        = 8080
  protocol    = "HTTP"
  target_type = "ip"
  vpc_id      = local.vpc
}

resource "aws_lb_listener" "u1" {
  load_balancer_arn = aws_lb.u1.arn
  port              = 80
  protocol          = "HTTP"
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.u1.arn
  }
}

resource "aws_ecs_service" "u_b" {
  name            = "u-b"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.u_b.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  load_balancer {
    target_group_arn = aws_lb_target_group.u1.arn
    container_name   = "app"
    container_port   = 8080
  }
  network_configuration {
    subnets = local.subnets
  }
}

resource "aws_ecs_task_definition" "u_b" {
  family                   = "u-b"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  container_definitions = jsonencode([{
    name         = "app"
    image        = "docker.io/shop/u-b:3"
    portMappings = [{ name = "http", containerPort = 8080 }]
    environment  = [{ name = "V_URL", value = "http://${aws_lb.u2.dns_name}" }]
  }])
}

resource "aws_lb" "u2" {
  name     = "u2"
  internal = terraform_data.internal.output
  subnets  = local.subnets
}

resource "aws_lb_target_group" "u2" {
  name        = "u2"
  port        = 8080
  protocol    = "HTTP"
  target_type = "ip"
  vpc_id      = local.vpc
}

resource "aws_lb_listener" "u2" {
  load_balancer_arn = aws_lb.u2.arn
  port              = 80
  protocol          = "HTTP"
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.u2.arn
  }
}

resource "aws_ecs_service" "u_c" {
  name            = "u-c"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.u_c.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  load_balancer {
    target_group_arn = aws_lb_target_group.u2.arn
    container_name   = "app"
    container_port   = 8080
  }
  network_configuration {
    subnets = local.subnets
  }
}

resource "aws_ecs_task_definition" "u_c" {
  family                   = "u-c"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  container_definitions = jsonencode([{
    name         = "app"
    image        = "docker.io/shop/u-c:3"
    portMappings = [{ name = "http", containerPort = 8080 }]
    environment  = []
  }])
}

