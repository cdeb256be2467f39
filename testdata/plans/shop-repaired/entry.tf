# How customers come in: one load balancer in front of both services that answer requests.

resource "aws_security_group" "entry" {
  name        = "shop-entry"
  description = "Load balancer of the shop"
  vpc_id      = aws_vpc.main.id
}

resource "aws_vpc_security_group_ingress_rule" "entry_https" {
  security_group_id = aws_security_group.entry.id
  description       = "Customers"
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
}

resource "aws_vpc_security_group_egress_rule" "entry_services" {
  security_group_id            = aws_security_group.entry.id
  description                  = "To the services"
  referenced_security_group_id = aws_security_group.services.id
  ip_protocol                  = "tcp"
  from_port                    = 8080
  to_port                      = 8080
}

resource "aws_lb" "shop" {
  name            = "shop"
  security_groups = [aws_security_group.entry.id]
  subnets         = aws_subnet.public[*].id

  drop_invalid_header_fields = true
  enable_deletion_protection = true
}

resource "aws_lb_target_group" "api" {
  name        = "shop-api"
  vpc_id      = aws_vpc.main.id
  target_type = "ip"
  port        = 8080
  protocol    = "HTTP"

  deregistration_delay = 30

  health_check {
    path    = "/health"
    matcher = "200"
  }
}

resource "aws_lb_target_group" "backoffice" {
  name        = "shop-backoffice"
  vpc_id      = aws_vpc.main.id
  target_type = "ip"
  port        = 8080
  protocol    = "HTTP"

  deregistration_delay = 30

  health_check {
    path    = "/health"
    matcher = "200"
  }
}

resource "aws_lb_listener" "https" {
  load_balancer_arn = aws_lb.shop.arn
  port              = 443
  protocol          = "HTTPS"
  ssl_policy        = "ELBSecurityPolicy-TLS13-1-2-2021-06"
  certificate_arn   = var.certificate_arn

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.api.arn
  }
}

resource "aws_lb_listener_rule" "backoffice" {
  listener_arn = aws_lb_listener.https.arn
  priority     = 10

  action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.backoffice.arn
  }

  condition {
    host_header {
      values = ["office.shop.example.com"]
    }
  }
}
