# The door to the public.

resource "aws_security_group" "entry" {
  name   = "bookshop-entry"
  vpc_id = aws_vpc.main.id

  ingress {
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }

  egress {
    from_port   = 0
    to_port     = 0
    protocol    = "-1"
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_lb" "public" {
  name               = "bookshop"
  load_balancer_type = "application"
  subnets            = aws_subnet.public[*].id
  security_groups    = [aws_security_group.entry.id]
}

resource "aws_lb_target_group" "service" {
  for_each = toset(["shop", "backoffice", "accounts"])

  name        = "bookshop-${each.key}"
  port        = 8080
  protocol    = "HTTP"
  target_type = "ip"
  vpc_id      = aws_vpc.main.id
}

resource "aws_lb_listener" "public" {
  load_balancer_arn = aws_lb.public.arn
  port              = 443
  protocol          = "HTTPS"
  certificate_arn   = "arn:aws:acm:eu-west-1:123456789012:certificate/5f1b6c1e-8f2a-4b7d-9f55-0d9c2f1f7a10"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.service["shop"].arn
  }
}

resource "aws_lb_listener_rule" "public" {
  for_each = { backoffice = "office.bookshop.example", accounts = "accounts.bookshop.example" }

  listener_arn = aws_lb_listener.public.arn

  action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.service[each.key].arn
  }

  condition {
    host_header {
      values = [each.value]
    }
  }
}
