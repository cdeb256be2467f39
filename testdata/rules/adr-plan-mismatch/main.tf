# adr-plan-mismatch: groups that scale, and what was decided of them in repo/.

terraform {
  required_providers {
    aws = { source = "hashicorp/aws", version = "~> 6.0" }
  }
}

provider "aws" {
  region = "us-east-1"
}

resource "aws_launch_template" "any" {
  name          = "any"
  image_id      = "ami-0aaaaaaaaaaaaaaaa"
  instance_type = "m7g.large"
}

resource "aws_autoscaling_group" "bad_bounds" {
  name               = "storefront-web"
  min_size           = 1
  max_size           = 4
  availability_zones = ["us-east-1a", "us-east-1b"]
  launch_template {
    id = aws_launch_template.any.id
  }
}

resource "aws_autoscaling_group" "bad_signal" {
  name               = "checkout-web"
  min_size           = 2
  max_size           = 20
  availability_zones = ["us-east-1a", "us-east-1b"]
  launch_template {
    id = aws_launch_template.any.id
  }
}

resource "aws_autoscaling_policy" "checkout" {
  name                   = "checkout"
  autoscaling_group_name = aws_autoscaling_group.bad_signal.name
  policy_type            = "TargetTrackingScaling"
  target_tracking_configuration {
    target_value = 50
    predefined_metric_specification {
      predefined_metric_type = "ASGAverageCPUUtilization"
    }
  }
}

resource "aws_autoscaling_group" "good_bounds" {
  name               = "search-web"
  min_size           = 3
  max_size           = 9
  availability_zones = ["us-east-1a", "us-east-1b"]
  launch_template {
    id = aws_launch_template.any.id
  }
}

resource "aws_autoscaling_policy" "search" {
  name                   = "search"
  autoscaling_group_name = aws_autoscaling_group.good_bounds.name
  policy_type            = "TargetTrackingScaling"
  target_tracking_configuration {
    target_value = 50
    predefined_metric_specification {
      predefined_metric_type = "ASGAverageCPUUtilization"
    }
  }
}

# No decision names it.
resource "aws_autoscaling_group" "good_unnamed" {
  name               = "mail"
  min_size           = 1
  max_size           = 1
  availability_zones = ["us-east-1a", "us-east-1b"]
  launch_template {
    id = aws_launch_template.any.id
  }
}

# Of two decisions the later one counts.
resource "aws_autoscaling_group" "good_latest" {
  name               = "basket-web"
  min_size           = 2
  max_size           = 10
  availability_zones = ["us-east-1a", "us-east-1b"]
  launch_template {
    id = aws_launch_template.any.id
  }
}

# The decision speaks of the ledger, which may be something else.
resource "aws_autoscaling_group" "unknown_word" {
  name               = "ledger"
  min_size           = 1
  max_size           = 2
  availability_zones = ["us-east-1a", "us-east-1b"]
  launch_template {
    id = aws_launch_template.any.id
  }
}

# The decision has no status.
resource "aws_autoscaling_group" "unknown_status" {
  name               = "invoice-web"
  min_size           = 1
  max_size           = 2
  availability_zones = ["us-east-1a", "us-east-1b"]
  launch_template {
    id = aws_launch_template.any.id
  }
}

# The decision names both of these and gives one range.
resource "aws_autoscaling_group" "unknown_several" {
  name               = "import-web"
  min_size           = 1
  max_size           = 2
  availability_zones = ["us-east-1a", "us-east-1b"]
  launch_template {
    id = aws_launch_template.any.id
  }
}

resource "aws_autoscaling_group" "good_other" {
  name               = "export-web"
  min_size           = 2
  max_size           = 8
  availability_zones = ["us-east-1a", "us-east-1b"]
  launch_template {
    id = aws_launch_template.any.id
  }
}
