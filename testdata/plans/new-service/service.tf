# The first apply of a service: its container definitions are one text, which is known as a whole only when the database has
# an address. 4 tasks × 3 processes × a pool of 20.

locals {
  db_url = "postgres://orders@${aws_db_instance.orders.address}:${aws_db_instance.orders.port}/orders"

  environment = {
    DATABASE_URL = local.db_url
    DB_POOL_SIZE = tostring(var.pool_size)
    LOG_LEVEL    = "info"
  }
}

resource "aws_ecs_cluster" "orders" {
  name = "orders"
}

resource "aws_ecs_task_definition" "api" {
  family                   = "orders-api"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024

  container_definitions = jsonencode([
    {
      name         = "api"
      image        = "ghcr.io/example/orders:1.4.0"
      essential    = true
      portMappings = [{ containerPort = 8000 }]
      command      = ["gunicorn", "--workers", "3", "orders.wsgi"]
      environment  = [for name, value in local.environment : { name = name, value = value }]
    },
  ])
}

resource "aws_ecs_service" "api" {
  name            = "api"
  cluster         = aws_ecs_cluster.orders.id
  task_definition = aws_ecs_task_definition.api.arn
  launch_type     = "FARGATE"
  desired_count   = 4

  network_configuration {
    subnets         = data.aws_subnets.private.ids
    security_groups = [aws_security_group.services.id]
  }
}

module "worker" {
  source = "./modules/worker"

  cluster        = aws_ecs_cluster.orders.id
  subnets        = data.aws_subnets.private.ids
  security_group = aws_security_group.services.id
  environment    = merge(local.environment, { DB_POOL_SIZE = 5 })
}

# It carries a secret: none of its text is looked at.
resource "aws_ecs_task_definition" "webhooks" {
  family                   = "orders-webhooks"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 256
  memory                   = 512

  container_definitions = jsonencode([
    {
      name      = "webhooks"
      image     = "ghcr.io/example/orders:1.4.0"
      essential = true
      environment = concat(
        [for name, value in local.environment : { name = name, value = value }],
        [{ name = "WEBHOOK_TOKEN", value = var.webhook_token }],
      )
    },
  ])
}
