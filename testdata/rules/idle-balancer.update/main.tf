# idle-balancer: after.

terraform {
  required_providers {
    aws = { source = "hashicorp/aws", version = "~> 6.0" }
  }
}

provider "aws" {
  region = "us-east-1"
}

# Resolved.

resource "aws_lb" "good_found" {
  load_balancer_type = "application"
  subnets            = ["subnet-0aaaaaaaaaaaaaaa1", "subnet-0aaaaaaaaaaaaaaa2"]
}

resource "aws_lb_target_group" "found" {
  port        = 8080
  protocol    = "HTTP"
  target_type = "ip"
  vpc_id      = "vpc-0aaaaaaaaaaaaaaaa"
}

resource "aws_lb_listener" "on_good_found" {
  load_balancer_arn = aws_lb.good_found.arn
  port              = 80
  protocol          = "HTTP"
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.found.arn
  }
}

resource "aws_lb_target_group_attachment" "found" {
  target_group_arn = aws_lb_target_group.found.arn
  target_id        = "10.0.0.10"
}

# Introduced: its only target goes.

resource "aws_lb" "bad_left" {
  load_balancer_type = "application"
  subnets            = ["subnet-0aaaaaaaaaaaaaaa1", "subnet-0aaaaaaaaaaaaaaa2"]
}

resource "aws_lb_target_group" "left" {
  port        = 8080
  protocol    = "HTTP"
  target_type = "ip"
  vpc_id      = "vpc-0aaaaaaaaaaaaaaaa"
}

resource "aws_lb_listener" "on_bad_left" {
  load_balancer_arn = aws_lb.bad_left.arn
  port              = 80
  protocol          = "HTTP"
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.left.arn
  }
}

# Was there before.

resource "aws_lb" "bad_old" {
  load_balancer_type = "application"
  subnets            = ["subnet-0aaaaaaaaaaaaaaa1", "subnet-0aaaaaaaaaaaaaaa2"]
}
