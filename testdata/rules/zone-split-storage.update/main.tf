# zone-split-storage: an update. A service grows into a third zone, in which one of its file systems has no mount target;
# another file system gets the mount target that it lacked.

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

resource "aws_subnet" "all" {
  for_each          = { a = 0, b = 1, c = 2 }
  vpc_id            = aws_vpc.main.id
  availability_zone = "us-east-1${each.key}"
  cidr_block        = "10.0.${each.value}.0/24"
}

resource "aws_ecs_cluster" "main" {
  name = "main"
}

# BAD, introduced.
resource "aws_efs_file_system" "bad_uploads" {
  creation_token = "uploads"
}

resource "aws_efs_mount_target" "uploads" {
  for_each       = toset(["a", "b"])
  file_system_id = aws_efs_file_system.bad_uploads.id
  subnet_id      = aws_subnet.all[each.key].id
}

# GOOD, resolved.
resource "aws_efs_file_system" "good_themes" {
  creation_token = "themes"
}

resource "aws_efs_mount_target" "themes" {
  for_each       = toset(["a", "b", "c"])
  file_system_id = aws_efs_file_system.good_themes.id
  subnet_id      = aws_subnet.all[each.key].id
}

resource "aws_ecs_task_definition" "web" {
  family                   = "web"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  container_definitions    = jsonencode([{ name = "web", image = "shop/web:1" }])

  volume {
    name = "uploads"
    efs_volume_configuration {
      file_system_id = aws_efs_file_system.bad_uploads.id
    }
  }

  volume {
    name = "themes"
    efs_volume_configuration {
      file_system_id = aws_efs_file_system.good_themes.id
    }
  }
}

resource "aws_ecs_service" "web" {
  name            = "web"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.web.arn
  launch_type     = "FARGATE"
  desired_count   = 3

  network_configuration {
    subnets = [for subnet in aws_subnet.all : subnet.id]
  }
}
