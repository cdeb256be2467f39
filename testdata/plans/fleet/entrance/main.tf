# A balancer before machines.

variable "name" {
  type = string
}

variable "sticky" {
  type = bool
}

variable "machines" {
  type = map(string)
}

resource "aws_lb" "this" {
  name               = var.name
  load_balancer_type = "application"
  subnets            = ["subnet-0a", "subnet-0b"]
}

resource "aws_lb_target_group" "this" {
  name     = var.name
  port     = 80
  protocol = "HTTP"
  vpc_id   = "vpc-0a"

  stickiness {
    type    = "lb_cookie"
    enabled = var.sticky
  }
}

resource "aws_lb_listener" "this" {
  load_balancer_arn = aws_lb.this.arn
  port              = 80
  protocol          = "HTTP"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.this.arn
  }
}

resource "aws_lb_target_group_attachment" "this" {
  for_each         = var.machines
  target_group_arn = aws_lb_target_group.this.arn
  target_id        = each.value
}

output "target_group_arn" {
  value = aws_lb_target_group.this.arn
}
