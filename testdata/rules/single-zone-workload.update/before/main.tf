# single-zone-workload: before.

terraform {
  required_providers {
    aws = { source = "hashicorp/aws", version = "~> 6.0" }
  }
}

provider "aws" {
  region = "us-east-1"
}

resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "a" {
  vpc_id            = aws_vpc.main.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_subnet" "b" {
  vpc_id            = aws_vpc.main.id
  availability_zone = "us-east-1b"
  cidr_block        = "10.0.2.0/24"
}

resource "aws_launch_template" "web" {
  name          = "web"
  image_id      = "ami-0123456789abcdef0"
  instance_type = "m7g.large"
}

# Introduced: one of two zones is given up.
resource "aws_lb_target_group" "shrunk" {
  name        = "shrunk"
  port        = 8080
  protocol    = "HTTP"
  vpc_id      = aws_vpc.main.id
  target_type = "ip"
}

resource "aws_autoscaling_group" "bad_shrunk" {
  name                = "bad-shrunk"
  min_size            = 1
  max_size            = 6
  vpc_zone_identifier = [aws_subnet.a.id, aws_subnet.b.id]
  target_group_arns   = [aws_lb_target_group.shrunk.arn]
  launch_template {
    id = aws_launch_template.web.id
  }
}

# There before.
resource "aws_lb_target_group" "existing" {
  name        = "existing"
  port        = 8080
  protocol    = "HTTP"
  vpc_id      = aws_vpc.main.id
  target_type = "ip"
}

resource "aws_autoscaling_group" "bad_existing" {
  name                = "bad-existing"
  min_size            = 1
  max_size            = 6
  vpc_zone_identifier = [aws_subnet.a.id]
  target_group_arns   = [aws_lb_target_group.existing.arn]
  launch_template {
    id = aws_launch_template.web.id
  }
}

# Worsened: twice as many machines at most.
resource "aws_lb_target_group" "worse" {
  name        = "worse"
  port        = 8080
  protocol    = "HTTP"
  vpc_id      = aws_vpc.main.id
  target_type = "ip"
}

resource "aws_autoscaling_group" "bad_worse" {
  name                = "bad-worse"
  min_size            = 1
  max_size            = 6
  vpc_zone_identifier = [aws_subnet.a.id]
  target_group_arns   = [aws_lb_target_group.worse.arn]
  launch_template {
    id = aws_launch_template.web.id
  }
}

# Resolved.
resource "aws_lb_target_group" "spread" {
  name        = "spread"
  port        = 8080
  protocol    = "HTTP"
  vpc_id      = aws_vpc.main.id
  target_type = "ip"
}

resource "aws_autoscaling_group" "good_spread" {
  name                = "good-spread"
  min_size            = 1
  max_size            = 6
  vpc_zone_identifier = [aws_subnet.a.id]
  target_group_arns   = [aws_lb_target_group.spread.arn]
  launch_template {
    id = aws_launch_template.web.id
  }
}
