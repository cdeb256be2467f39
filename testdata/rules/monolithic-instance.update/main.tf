# monolithic-instance: an update.

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
    "stays",
    "grows",
    "becomes",
    "shrinks"
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

# BAD, existing: as large as it was.
resource "aws_instance" "bad_stays" {
  ami           = "ami-0aaaaaaaaaaaaaaaa"
  instance_type = "m5.4xlarge"
  subnet_id     = local.subnets[0]
}

resource "aws_lb_target_group_attachment" "stays" {
  target_group_arn = aws_lb_target_group.front["stays"].arn
  target_id        = aws_instance.bad_stays.id
}

# BAD, worsened: needs twice the machine.
resource "aws_instance" "bad_grows" {
  ami           = "ami-0aaaaaaaaaaaaaaaa"
  instance_type = "m5.8xlarge"
  subnet_id     = local.subnets[0]
}

resource "aws_lb_target_group_attachment" "grows" {
  target_group_arn = aws_lb_target_group.front["grows"].arn
  target_id        = aws_instance.bad_grows.id
}

# BAD, introduced: has outgrown its small machine.
resource "aws_instance" "bad_becomes" {
  ami           = "ami-0aaaaaaaaaaaaaaaa"
  instance_type = "m5.4xlarge"
  subnet_id     = local.subnets[0]
}

resource "aws_lb_target_group_attachment" "becomes" {
  target_group_arn = aws_lb_target_group.front["becomes"].arn
  target_id        = aws_instance.bad_becomes.id
}

# GOOD, resolved: made smaller.
resource "aws_instance" "good_shrinks" {
  ami           = "ami-0aaaaaaaaaaaaaaaa"
  instance_type = "m5.xlarge"
  subnet_id     = local.subnets[0]
}

resource "aws_lb_target_group_attachment" "shrinks" {
  target_group_arn = aws_lb_target_group.front["shrinks"].arn
  target_id        = aws_instance.good_shrinks.id
}
