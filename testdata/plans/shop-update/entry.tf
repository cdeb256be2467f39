resource "aws_security_group" "entry" {
  name        = "market-entry"
  description = "Load balancer of the market"
  vpc_id      = module.network.vpc_id
}

resource "aws_vpc_security_group_ingress_rule" "entry" {
  security_group_id = aws_security_group.entry.id
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
}

resource "aws_vpc_security_group_egress_rule" "entry" {
  security_group_id = aws_security_group.entry.id
  cidr_ipv4         = "10.60.0.0/16"
  ip_protocol       = "tcp"
  from_port         = 8080
  to_port           = 8080
}

resource "aws_lb" "market" {
  name            = "market"
  security_groups = [aws_security_group.entry.id]
  subnets         = module.network.public_subnet_ids
}

resource "aws_lb_listener" "https" {
  load_balancer_arn = aws_lb.market.arn
  port              = 443
  protocol          = "HTTPS"
  ssl_policy        = "ELBSecurityPolicy-TLS13-1-2-2021-06"
  certificate_arn   = var.certificate_arn

  default_action {
    type = "fixed-response"

    fixed_response {
      content_type = "text/plain"
      message_body = "Not found"
      status_code  = "404"
    }
  }
}
