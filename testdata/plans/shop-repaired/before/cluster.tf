resource "aws_ecs_cluster" "main" {
  name = "shop"

  setting {
    name  = "containerInsights"
    value = "enabled"
  }
}
