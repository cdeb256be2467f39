# monolithic-instance: machines that answer requests without a group around them.
# 
# bad_ is to be found, good_ is not, unknown_ cannot be told.

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
    "least",
    "by-template",
    "small",
    "pair",
    "no-size",
    "group",
    "type",
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

# BAD: 32 processors answer everything.
resource "aws_instance" "bad_machine" {
  ami           = "ami-0aaaaaaaaaaaaaaaa"
  instance_type = "m5.8xlarge"
  subnet_id     = local.subnets[0]
}

resource "aws_lb_target_group_attachment" "machine" {
  target_group_arn = aws_lb_target_group.front["machine"].arn
  target_id        = aws_instance.bad_machine.id
}

# BAD: the smallest that counts, 16 processors.
resource "aws_instance" "bad_least" {
  ami           = "ami-0aaaaaaaaaaaaaaaa"
  instance_type = "c6i.4xlarge"
  subnet_id     = local.subnets[0]
}

resource "aws_lb_target_group_attachment" "least" {
  target_group_arn = aws_lb_target_group.front["least"].arn
  target_id        = aws_instance.bad_least.id
}

resource "aws_launch_template" "large" {
  name          = "large"
  image_id      = "ami-0aaaaaaaaaaaaaaaa"
  instance_type = "r6i.12xlarge"
}

# BAD: its size comes with its template.
resource "aws_instance" "bad_by_template" {
  subnet_id = local.subnets[0]
  launch_template {
    id = aws_launch_template.large.id
  }
}

resource "aws_lb_target_group_attachment" "by_template" {
  target_group_arn = aws_lb_target_group.front["by-template"].arn
  target_id        = aws_instance.bad_by_template.id
}

# BAD: behind a classic balancer.
resource "aws_instance" "bad_classic" {
  ami           = "ami-0aaaaaaaaaaaaaaaa"
  instance_type = "m5.4xlarge"
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

# GOOD: 8 processors; single-instance-api tells that it is alone.
resource "aws_instance" "good_small" {
  ami           = "ami-0aaaaaaaaaaaaaaaa"
  instance_type = "m5.2xlarge"
  subnet_id     = local.subnets[0]
}

resource "aws_lb_target_group_attachment" "small" {
  target_group_arn = aws_lb_target_group.front["small"].arn
  target_id        = aws_instance.good_small.id
}

# GOOD: large, but one of two; fixed-capacity tells that there is no third.
resource "aws_instance" "good_left" {
  ami           = "ami-0aaaaaaaaaaaaaaaa"
  instance_type = "m5.8xlarge"
  subnet_id     = local.subnets[0]
}

resource "aws_lb_target_group_attachment" "left" {
  target_group_arn = aws_lb_target_group.front["pair"].arn
  target_id        = aws_instance.good_left.id
}

# GOOD: the other.
resource "aws_instance" "good_right" {
  ami           = "ami-0aaaaaaaaaaaaaaaa"
  instance_type = "m5.8xlarge"
  subnet_id     = local.subnets[0]
}

resource "aws_lb_target_group_attachment" "right" {
  target_group_arn = aws_lb_target_group.front["pair"].arn
  target_id        = aws_instance.good_right.id
}

# GOOD: large, and nobody calls it.
resource "aws_instance" "good_uncalled" {
  ami           = "ami-0aaaaaaaaaaaaaaaa"
  instance_type = "m5.12xlarge"
  subnet_id     = local.subnets[0]
}

# GOOD: its type does not say how large it is.
resource "aws_instance" "good_no_size" {
  ami           = "ami-0aaaaaaaaaaaaaaaa"
  instance_type = "i3.metal"
  subnet_id     = local.subnets[0]
}

resource "aws_lb_target_group_attachment" "no_size" {
  target_group_arn = aws_lb_target_group.front["no-size"].arn
  target_id        = aws_instance.good_no_size.id
}

# GOOD: one large machine, but in a group, which replaces it.
resource "aws_autoscaling_group" "good_group" {
  name                = "group"
  min_size            = 1
  max_size            = 1
  vpc_zone_identifier = local.subnets
  target_group_arns   = [aws_lb_target_group.front["group"].arn]
  launch_template {
    id = aws_launch_template.large.id
  }
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
  instance_type = "c5n.9xlarge"
  subnet_id     = local.subnets[0]
}

resource "aws_lb_target_group_attachment" "appliance" {
  target_group_arn = aws_lb_target_group.inspection.arn
  target_id        = aws_instance.good_appliance.id
}

resource "terraform_data" "choice" {
  input = { colour = "green", type = "m5.8xlarge" }
}

data "aws_lb_target_group" "foreign" {
  name = "foreign"
}

# UNKNOWN: its type is known only after apply.
resource "aws_instance" "unknown_type" {
  ami           = "ami-0aaaaaaaaaaaaaaaa"
  instance_type = terraform_data.choice.output.type
  subnet_id     = local.subnets[0]
}

resource "aws_lb_target_group_attachment" "type" {
  target_group_arn = aws_lb_target_group.front["type"].arn
  target_id        = aws_instance.unknown_type.id
}

# UNKNOWN: another plan owns the target group, and others may answer behind it.
resource "aws_instance" "unknown_foreign" {
  ami           = "ami-0aaaaaaaaaaaaaaaa"
  instance_type = "m5.8xlarge"
  subnet_id     = local.subnets[0]
}

resource "aws_lb_target_group_attachment" "foreign" {
  target_group_arn = data.aws_lb_target_group.foreign.arn
  target_id        = aws_instance.unknown_foreign.id
}

# UNKNOWN: which of the two is the target is known only after apply.
resource "aws_instance" "unknown_blue" {
  ami           = "ami-0aaaaaaaaaaaaaaaa"
  instance_type = "m5.8xlarge"
  subnet_id     = local.subnets[0]
}

# UNKNOWN: the other.
resource "aws_instance" "unknown_green" {
  ami           = "ami-0aaaaaaaaaaaaaaaa"
  instance_type = "m5.8xlarge"
  subnet_id     = local.subnets[0]
}

resource "aws_lb_target_group_attachment" "either" {
  target_group_arn = aws_lb_target_group.front["either"].arn
  target_id        = terraform_data.choice.output.colour == "green" ? aws_instance.unknown_green.id : aws_instance.unknown_blue.id
}
