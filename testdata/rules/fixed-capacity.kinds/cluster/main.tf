variable "name" {
  type = string
}

variable "subnets" {
  type = list(string)
}

resource "aws_ecs_cluster" "this" {
  name = var.name
}

resource "aws_launch_template" "this" {
  name          = var.name
  image_id      = "ami-0aaaaaaaaaaaaaaaa"
  instance_type = "m6i.large"
}

resource "aws_autoscaling_group" "this" {
  name                = var.name
  vpc_zone_identifier = var.subnets
  min_size            = 1
  max_size            = 4
  launch_template {
    id = aws_launch_template.this.id
  }
}

output "id" {
  value = aws_ecs_cluster.this.id
}

output "group_name" {
  value = aws_autoscaling_group.this.id
}
