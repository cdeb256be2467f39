# idle-balancer: balancers, what listens on them and what stands behind.

terraform {
  required_providers {
    aws = { source = "hashicorp/aws", version = "~> 6.0" }
  }
}

provider "aws" {
  region = "us-east-1"
}

# BAD: nothing listens on it, though a name leads to it.

resource "aws_lb" "bad_deaf" {
  load_balancer_type = "application"
  subnets            = ["subnet-0aaaaaaaaaaaaaaa1", "subnet-0aaaaaaaaaaaaaaa2"]
}

resource "aws_route53_record" "deaf" {
  zone_id = "Z0123456789ABCDEFGHIJ"
  name    = "shop.example.com"
  type    = "CNAME"
  ttl     = 60
  records = [aws_lb.bad_deaf.dns_name]
}

# BAD: nothing is registered with what it forwards to.

resource "aws_lb" "bad_empty" {
  load_balancer_type = "application"
  subnets            = ["subnet-0aaaaaaaaaaaaaaa1", "subnet-0aaaaaaaaaaaaaaa2"]
}

resource "aws_lb_target_group" "empty" {
  port        = 8080
  protocol    = "HTTP"
  target_type = "ip"
  vpc_id      = "vpc-0aaaaaaaaaaaaaaaa"
}

resource "aws_lb_listener" "on_bad_empty" {
  load_balancer_arn = aws_lb.bad_empty.arn
  port              = 80
  protocol          = "HTTP"
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.empty.arn
  }
}

# BAD: a classic one without machines.
resource "aws_elb" "bad_classic" {
  availability_zones = ["us-east-1a"]
  listener {
    instance_port     = 80
    instance_protocol = "http"
    lb_port           = 80
    lb_protocol       = "http"
  }
}

# GOOD: a service is registered.

resource "aws_lb" "good_served" {
  load_balancer_type = "application"
  subnets            = ["subnet-0aaaaaaaaaaaaaaa1", "subnet-0aaaaaaaaaaaaaaa2"]
}

resource "aws_lb_target_group" "served" {
  port        = 8080
  protocol    = "HTTP"
  target_type = "ip"
  vpc_id      = "vpc-0aaaaaaaaaaaaaaaa"
}

resource "aws_lb_listener" "on_good_served" {
  load_balancer_arn = aws_lb.good_served.arn
  port              = 80
  protocol          = "HTTP"
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.served.arn
  }
}

resource "aws_ecs_service" "web" {
  name            = "web"
  cluster         = "arn:aws:ecs:us-east-1:123456789012:cluster/main"
  task_definition = "web:1"
  desired_count   = 2
  load_balancer {
    target_group_arn = aws_lb_target_group.served.arn
    container_name   = "web"
    container_port   = 8080
  }
}

# GOOD: a machine is attached, by a rule's group.

resource "aws_lb" "good_by_rule" {
  load_balancer_type = "application"
  subnets            = ["subnet-0aaaaaaaaaaaaaaa1", "subnet-0aaaaaaaaaaaaaaa2"]
}

resource "aws_lb_target_group" "default" {
  port        = 8080
  protocol    = "HTTP"
  target_type = "ip"
  vpc_id      = "vpc-0aaaaaaaaaaaaaaaa"
}

resource "aws_lb_target_group" "by_rule" {
  port        = 8080
  protocol    = "HTTP"
  target_type = "ip"
  vpc_id      = "vpc-0aaaaaaaaaaaaaaaa"
}

resource "aws_lb_listener" "by_rule" {
  load_balancer_arn = aws_lb.good_by_rule.arn
  port              = 80
  protocol          = "HTTP"
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.default.arn
  }
}

resource "aws_lb_listener_rule" "by_rule" {
  listener_arn = aws_lb_listener.by_rule.arn
  action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.by_rule.arn
  }
  condition {
    path_pattern {
      values = ["/api/*"]
    }
  }
}

resource "aws_lb_target_group_attachment" "by_rule" {
  target_group_arn = aws_lb_target_group.by_rule.arn
  target_id        = "10.0.0.10"
}

# GOOD: it redirects.

resource "aws_lb" "good_redirect" {
  load_balancer_type = "application"
  subnets            = ["subnet-0aaaaaaaaaaaaaaa1", "subnet-0aaaaaaaaaaaaaaa2"]
}

resource "aws_lb_listener" "redirect" {
  load_balancer_arn = aws_lb.good_redirect.arn
  port              = 80
  protocol          = "HTTP"
  default_action {
    type = "redirect"
    redirect {
      port        = "443"
      protocol    = "HTTPS"
      status_code = "HTTP_301"
    }
  }
}

# GOOD: others may register with its group, which an output hands on.

resource "aws_lb" "good_group_handed_on" {
  load_balancer_type = "application"
  subnets            = ["subnet-0aaaaaaaaaaaaaaa1", "subnet-0aaaaaaaaaaaaaaa2"]
}

resource "aws_lb_target_group" "handed_on" {
  port        = 8080
  protocol    = "HTTP"
  target_type = "ip"
  vpc_id      = "vpc-0aaaaaaaaaaaaaaaa"
}

resource "aws_lb_listener" "on_good_group_handed_on" {
  load_balancer_arn = aws_lb.good_group_handed_on.arn
  port              = 80
  protocol          = "HTTP"
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.handed_on.arn
  }
}

output "group" {
  value = aws_lb_target_group.handed_on.arn
}

# UNKNOWN: others may make listeners for it.

resource "aws_lb" "unknown_handed_on" {
  load_balancer_type = "application"
  subnets            = ["subnet-0aaaaaaaaaaaaaaa1", "subnet-0aaaaaaaaaaaaaaa2"]
}

output "balancer" {
  value = aws_lb.unknown_handed_on.arn
}
