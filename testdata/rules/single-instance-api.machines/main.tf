# single-instance-api: machines without a group.

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
    "machine",
    "pair",
    "large",
    "address",
    "either"
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

# BAD, medium: one machine answers everything.
resource "aws_instance" "bad_machine" {
  ami           = "ami-0aaaaaaaaaaaaaaaa"
  instance_type = "t3.large"
  subnet_id     = local.subnets[0]
}

resource "aws_lb_target_group_attachment" "machine" {
  target_group_arn = aws_lb_target_group.front["machine"].arn
  target_id        = aws_instance.bad_machine.id
}

# BAD, medium: the same behind a classic balancer.
resource "aws_instance" "bad_classic" {
  ami           = "ami-0aaaaaaaaaaaaaaaa"
  instance_type = "t3.large"
  subnet_id     = local.subnets[0]
}

resource "aws_elb" "classic" {
  name      = "classic"
  subnets   = local.subnets
  instances = [aws_instance.bad_classic.id]
  listener {
    lb_port           = 80
    lb_protocol       = "http"
    instance_port     = 80
    instance_protocol = "http"
  }
}

# GOOD: one of two that share a target group.
resource "aws_instance" "good_left" {
  ami           = "ami-0aaaaaaaaaaaaaaaa"
  instance_type = "t3.large"
  subnet_id     = local.subnets[0]
}

resource "aws_lb_target_group_attachment" "left" {
  target_group_arn = aws_lb_target_group.front["pair"].arn
  target_id        = aws_instance.good_left.id
}

# GOOD: the other.
resource "aws_instance" "good_right" {
  ami           = "ami-0aaaaaaaaaaaaaaaa"
  instance_type = "t3.large"
  subnet_id     = local.subnets[0]
}

resource "aws_lb_target_group_attachment" "right" {
  target_group_arn = aws_lb_target_group.front["pair"].arn
  target_id        = aws_instance.good_right.id
}

# GOOD: too large to be told here: monolithic-instance does.
resource "aws_instance" "good_large" {
  ami           = "ami-0aaaaaaaaaaaaaaaa"
  instance_type = "m5.4xlarge"
  subnet_id     = local.subnets[0]
}

resource "aws_lb_target_group_attachment" "large" {
  target_group_arn = aws_lb_target_group.front["large"].arn
  target_id        = aws_instance.good_large.id
}

# GOOD: nobody calls it.
resource "aws_instance" "good_uncalled" {
  ami           = "ami-0aaaaaaaaaaaaaaaa"
  instance_type = "t3.large"
  subnet_id     = local.subnets[0]
}

resource "aws_lb_target_group" "inspection" {
  name     = "inspection"
  port     = 6081
  protocol = "GENEVE"
  vpc_id   = local.vpc
}

# GOOD: packets pass through it; it answers nothing.
resource "aws_instance" "good_appliance" {
  ami           = "ami-0aaaaaaaaaaaaaaaa"
  instance_type = "t3.large"
  subnet_id     = local.subnets[0]
}

resource "aws_lb_target_group_attachment" "appliance" {
  target_group_arn = aws_lb_target_group.inspection.arn
  target_id        = aws_instance.good_appliance.id
}

# UNKNOWN: which of the two is the target is known only after apply.
resource "aws_instance" "unknown_blue" {
  ami           = "ami-0aaaaaaaaaaaaaaaa"
  instance_type = "t3.large"
  subnet_id     = local.subnets[0]
}

# UNKNOWN: the other.
resource "aws_instance" "unknown_green" {
  ami           = "ami-0aaaaaaaaaaaaaaaa"
  instance_type = "t3.large"
  subnet_id     = local.subnets[0]
}

# UNKNOWN: an address stands behind the same target group.
resource "aws_instance" "unknown_address" {
  ami           = "ami-0aaaaaaaaaaaaaaaa"
  instance_type = "t3.large"
  subnet_id     = local.subnets[0]
}

resource "aws_lb_target_group_attachment" "address" {
  target_group_arn = aws_lb_target_group.front["address"].arn
  target_id        = aws_instance.unknown_address.id
}

resource "aws_lb_target_group_attachment" "outside" {
  target_group_arn = aws_lb_target_group.front["address"].arn
  target_id        = "10.0.7.7"
}

resource "terraform_data" "choice" {
  input = "green"
}

resource "aws_lb_target_group_attachment" "either" {
  target_group_arn = aws_lb_target_group.front["either"].arn
  target_id        = terraform_data.choice.output == "green" ? aws_instance.unknown_green.id : aws_instance.unknown_blue.id
}
