# fixed-capacity: machines without a group.

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

resource "aws_lb" "front" {
  name    = "front"
  subnets = local.subnets
}

resource "aws_lb_listener" "front" {
  load_balancer_arn = aws_lb.front.arn
  port              = 80
  default_action {
    type = "fixed-response"
    fixed_response {
      content_type = "text/plain"
      status_code  = "404"
    }
  }
}

resource "aws_lb_target_group" "front" {
  for_each = toset([
    "pair",
    "three",
    "lone"
  ])
  name        = each.key
  port        = 8080
  protocol    = "HTTP"
  target_type = "instance"
  vpc_id      = local.vpc
}

resource "aws_lb_listener_rule" "front" {
  for_each     = aws_lb_target_group.front
  listener_arn = aws_lb_listener.front.arn
  action {
    type             = "forward"
    target_group_arn = each.value.arn
  }
  condition {
    host_header {
      values = ["${each.key}.example.com"]
    }
  }
}

# BAD: two machines, and no third.
resource "aws_instance" "bad_first" {
  ami           = "ami-0aaaaaaaaaaaaaaaa"
  instance_type = "t3.large"
  subnet_id     = local.subnets[0]
}

resource "aws_lb_target_group_attachment" "first" {
  target_group_arn = aws_lb_target_group.front["pair"].arn
  target_id        = aws_instance.bad_first.id
}

# Its other half; the first of them speaks for both.
resource "aws_instance" "second" {
  ami           = "ami-0aaaaaaaaaaaaaaaa"
  instance_type = "t3.large"
  subnet_id     = local.subnets[0]
}

resource "aws_lb_target_group_attachment" "second" {
  target_group_arn = aws_lb_target_group.front["pair"].arn
  target_id        = aws_instance.second.id
}

# UNKNOWN: two machines, and an address that may be a third.
resource "aws_instance" "unknown_one" {
  ami           = "ami-0aaaaaaaaaaaaaaaa"
  instance_type = "t3.large"
  subnet_id     = local.subnets[0]
}

resource "aws_lb_target_group_attachment" "one" {
  target_group_arn = aws_lb_target_group.front["three"].arn
  target_id        = aws_instance.unknown_one.id
}

# Its other half.
resource "aws_instance" "yet_another" {
  ami           = "ami-0aaaaaaaaaaaaaaaa"
  instance_type = "t3.large"
  subnet_id     = local.subnets[0]
}

resource "aws_lb_target_group_attachment" "another" {
  target_group_arn = aws_lb_target_group.front["three"].arn
  target_id        = aws_instance.yet_another.id
}

resource "aws_lb_target_group_attachment" "address" {
  target_group_arn = aws_lb_target_group.front["three"].arn
  target_id        = "10.0.7.7"
}

# GOOD: one machine is told by single-instance-api.
resource "aws_instance" "good_lone" {
  ami           = "ami-0aaaaaaaaaaaaaaaa"
  instance_type = "t3.large"
  subnet_id     = local.subnets[0]
}

resource "aws_lb_target_group_attachment" "lone" {
  target_group_arn = aws_lb_target_group.front["lone"].arn
  target_id        = aws_instance.good_lone.id
}

# GOOD: nobody calls it.
resource "aws_instance" "good_uncalled" {
  ami           = "ami-0aaaaaaaaaaaaaaaa"
  instance_type = "t3.large"
  subnet_id     = local.subnets[0]
}
