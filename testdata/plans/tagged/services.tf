# The same services as in ../undeclared, with what the plan cannot show in tags: on the service or on its task definition.

resource "aws_ecs_task_definition" "api" {
  family                   = "api"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048
  container_definitions = jsonencode([{
    name         = "api"
    image        = "ghcr.io/example/orders:1.4.0"
    portMappings = [{ containerPort = 8000 }]
    environment  = [{ name = "DB_HOST", value = aws_db_instance.orders.address }]
  }])

  tags = {
    "planwise:processes" = "4"
    "planwise:pool-size" = "10"
  }
}

resource "aws_ecs_service" "api" {
  name            = "api"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.api.arn
  launch_type     = "FARGATE"
  desired_count   = 6

  tags = {
    "planwise:overflow" = "5"
  }

  network_configuration {
    subnets         = aws_subnet.private[*].id
    security_groups = [aws_security_group.services.id]
  }
}

resource "aws_ecs_task_definition" "worker" {
  family                   = "worker"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  container_definitions = jsonencode([{
    name    = "worker"
    image   = "ghcr.io/example/orders:1.4.0"
    command = ["python", "-m", "orders.mail"]
  }])
}

resource "aws_ecs_service" "worker" {
  name            = "worker"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.worker.arn
  launch_type     = "FARGATE"
  desired_count   = 2

  tags = {
    "planwise:connects-to"  = "nothing"
    "planwise:load-profile" = "asynchronous"
  }

  network_configuration {
    subnets         = aws_subnet.private[*].id
    security_groups = [aws_security_group.services.id]
  }
}
