# uneven-zone-balancing: an update. A service grows into a zone without a node of its balancer, another loses a
# machine, and a third gets what it lacked.

terraform {
  required_providers {
    aws = { source = "hashicorp/aws", version = "~> 6.0" }
  }
}

provider "aws" {
  region = "us-east-1"
}

locals {
  ami   = "ami-0123456789abcdef0"
  image = "123456789012.dkr.ecr.us-east-1.amazonaws.com/shop:1.4.2"
}

resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "private" {
  for_each          = { a = 0, b = 1, c = 2 }
  vpc_id            = aws_vpc.main.id
  availability_zone = "us-east-1${each.key}"
  cidr_block        = "10.0.${each.value}.0/24"
}

resource "aws_subnet" "public" {
  for_each          = { a = 10, b = 11, c = 12 }
  vpc_id            = aws_vpc.main.id
  availability_zone = "us-east-1${each.key}"
  cidr_block        = "10.0.${each.value}.0/24"
}

resource "aws_ecs_cluster" "main" {
  name = "main"
}

# BAD, introduced: the tasks come up in c as well.
resource "aws_lb" "bad_grown" {
  name               = "bad-grown"
  load_balancer_type = "application"
  internal           = true
  subnets            = [aws_subnet.public["a"].id, aws_subnet.public["b"].id]
}

resource "aws_lb_target_group" "grown" {
  name        = "grown"
  port        = 8080
  protocol    = "HTTP"
  target_type = "ip"
  vpc_id      = aws_vpc.main.id
}

resource "aws_lb_listener" "grown" {
  load_balancer_arn = aws_lb.bad_grown.arn
  port              = 443
  protocol          = "HTTP"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.grown.arn
  }
}

resource "aws_ecs_task_definition" "grown" {
  family                   = "grown"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  container_definitions = jsonencode([{
    name         = "api"
    image        = local.image
    portMappings = [{ containerPort = 8080 }]
  }])
}

resource "aws_ecs_service" "grown" {
  name            = "grown"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.grown.arn
  launch_type     = "FARGATE"
  desired_count   = 6

  network_configuration {
    subnets = [aws_subnet.private["a"].id, aws_subnet.private["b"].id, aws_subnet.private["c"].id]
  }

  load_balancer {
    target_group_arn = aws_lb_target_group.grown.arn
    container_name   = "api"
    container_port   = 8080
  }
}

# BAD, introduced: three tasks where there were four.
resource "aws_lb" "bad_shrunk" {
  name               = "bad-shrunk"
  load_balancer_type = "network"
  internal           = true
  subnets            = [aws_subnet.public["a"].id, aws_subnet.public["b"].id]
}

resource "aws_lb_target_group" "shrunk" {
  name        = "shrunk"
  port        = 8080
  protocol    = "TCP"
  target_type = "ip"
  vpc_id      = aws_vpc.main.id
}

resource "aws_lb_listener" "shrunk" {
  load_balancer_arn = aws_lb.bad_shrunk.arn
  port              = 443
  protocol          = "TCP"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.shrunk.arn
  }
}

resource "aws_ecs_task_definition" "shrunk" {
  family                   = "shrunk"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  container_definitions = jsonencode([{
    name         = "api"
    image        = local.image
    portMappings = [{ containerPort = 8080 }]
  }])
}

resource "aws_ecs_service" "shrunk" {
  name            = "shrunk"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.shrunk.arn
  launch_type     = "FARGATE"
  desired_count   = 3

  network_configuration {
    subnets = [aws_subnet.private["a"].id, aws_subnet.private["b"].id]
  }

  load_balancer {
    target_group_arn = aws_lb_target_group.shrunk.arn
    container_name   = "api"
    container_port   = 8080
  }
}

# GOOD, resolved: it sends across zones now.
resource "aws_lb" "good_mended" {
  name               = "good-mended"
  load_balancer_type = "network"
  internal           = true
  subnets            = [aws_subnet.public["a"].id, aws_subnet.public["b"].id]

  enable_cross_zone_load_balancing = true
}

resource "aws_lb_target_group" "mended" {
  name        = "mended"
  port        = 8080
  protocol    = "TCP"
  target_type = "ip"
  vpc_id      = aws_vpc.main.id
}

resource "aws_lb_listener" "mended" {
  load_balancer_arn = aws_lb.good_mended.arn
  port              = 443
  protocol          = "TCP"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.mended.arn
  }
}

resource "aws_ecs_task_definition" "mended" {
  family                   = "mended"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  container_definitions = jsonencode([{
    name         = "api"
    image        = local.image
    portMappings = [{ containerPort = 8080 }]
  }])
}

resource "aws_ecs_service" "mended" {
  name            = "mended"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.mended.arn
  launch_type     = "FARGATE"
  desired_count   = 3

  network_configuration {
    subnets = [aws_subnet.private["a"].id, aws_subnet.private["b"].id]
  }

  load_balancer {
    target_group_arn = aws_lb_target_group.mended.arn
    container_name   = "api"
    container_port   = 8080
  }
}

# BAD, existing.
resource "aws_lb" "bad_old" {
  name               = "bad-old"
  load_balancer_type = "network"
  internal           = true
  subnets            = [aws_subnet.public["a"].id, aws_subnet.public["b"].id]
}

resource "aws_lb_target_group" "old" {
  name        = "old"
  port        = 8080
  protocol    = "TCP"
  target_type = "ip"
  vpc_id      = aws_vpc.main.id
}

resource "aws_lb_listener" "old" {
  load_balancer_arn = aws_lb.bad_old.arn
  port              = 443
  protocol          = "TCP"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.old.arn
  }
}

resource "aws_ecs_task_definition" "old" {
  family                   = "old"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  container_definitions = jsonencode([{
    name         = "api"
    image        = local.image
    portMappings = [{ containerPort = 8080 }]
  }])
}

resource "aws_ecs_service" "old" {
  name            = "old"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.old.arn
  launch_type     = "FARGATE"
  desired_count   = 3

  network_configuration {
    subnets = [aws_subnet.private["a"].id, aws_subnet.private["b"].id]
  }

  load_balancer {
    target_group_arn = aws_lb_target_group.old.arn
    container_name   = "api"
    container_port   = 8080
  }
}
