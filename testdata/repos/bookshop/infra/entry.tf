# The door to the public, and the doors between the services.

resource "aws_security_group" "entry" {
  name   = "bookshop-entry"
  vpc_id = aws_vpc.main.id

  ingress {
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }

  ingress {
    from_port   = 80
    to_port     = 80
    protocol    = "tcp"
    cidr_blocks = [aws_vpc.main.cidr_block]
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

resource "aws_lb" "internal" {
  for_each = toset(["catalogue", "prices"])

  name               = "bookshop-${each.key}"
  internal           = true
  load_balancer_type = "application"
  subnets            = aws_subnet.private[*].id
  security_groups    = [aws_security_group.entry.id]
}

resource "aws_lb_target_group" "service" {
  for_each = toset(["shop", "backoffice", "accounts", "catalogue", "prices"])

  name        = "bookshop-${each.key}"
  port        = 8080
  protocol    = "HTTP"
  target_type = "ip"
  vpc_id      = aws_vpc.main.id

  dynamic "stickiness" {
    for_each = contains(["shop", "backoffice"], each.key) ? [1] : []

    content {
      enabled = true
      type    = "lb_cookie"
    }
  }
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

resource "aws_lb_listener" "internal" {
  for_each = toset(["catalogue", "prices"])

  load_balancer_arn = aws_lb.internal[each.key].arn
  port              = 80
  protocol          = "HTTP"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.service[each.key].arn
  }
}

# The mesh that once held the services together.
resource "aws_appmesh_mesh" "main" {
  name = "bookshop"
}
