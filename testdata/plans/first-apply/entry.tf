resource "aws_lb" "photos" {
  name            = "photos"
  security_groups = [aws_security_group.entry.id]
  subnets         = values(aws_subnet.public)[*].id
}

resource "aws_lb_target_group" "service" {
  for_each = toset(["site", "ingest"])

  name        = "photos-${each.key}"
  vpc_id      = aws_vpc.photos.id
  target_type = "ip"
  port        = 8000
  protocol    = "HTTP"

  health_check {
    path = "/health"
  }
}

resource "aws_lb_listener" "https" {
  load_balancer_arn = aws_lb.photos.arn
  port              = 443
  protocol          = "HTTPS"
  certificate_arn   = var.certificate_arn

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.service["site"].arn
  }
}

resource "aws_lb_listener_rule" "ingest" {
  listener_arn = aws_lb_listener.https.arn
  priority     = 10

  action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.service["ingest"].arn
  }

  condition {
    path_pattern {
      values = ["/uploads/*"]
    }
  }
}
