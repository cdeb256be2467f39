# The ledger: one zone for the database, and the same one for what reaches it.

resource "aws_vpc_security_group_ingress_rule" "ledger" {
  security_group_id            = aws_security_group.database["ledger"].id
  referenced_security_group_id = aws_security_group.service["ledger"].id
  ip_protocol                  = "tcp"
  from_port                    = 3306
  to_port                      = 3306
}

resource "aws_ecs_task_definition" "ledger" {
  family                   = "ledger"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048
  execution_role_arn       = aws_iam_role.start.arn

  container_definitions = jsonencode([
    {
      name      = "ledger"
      image     = "${aws_ecr_repository.app["ledger"].repository_url}:0.9.4"
      essential = true

      environment = [
        { name = "SPRING_DATASOURCE_URL", value = "jdbc:mysql://${aws_db_instance.ledger.endpoint}/ledger" },
        { name = "SPRING_DATASOURCE_HIKARI_MAXIMUM_POOL_SIZE", value = "10" },
      ]

      secrets = [
        { name = "SPRING_DATASOURCE_PASSWORD", valueFrom = aws_secretsmanager_secret.application["ledger"].arn },
      ]

      logConfiguration = {
        logDriver = "awslogs"
        options = {
          awslogs-group         = aws_cloudwatch_log_group.service["ledger"].name
          awslogs-region        = "us-east-2"
          awslogs-stream-prefix = "ledger"
        }
      }
    },
  ])
}

resource "aws_ecs_service" "ledger" {
  name            = "ledger"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.ledger.arn
  launch_type     = "FARGATE"
  desired_count   = 2

  network_configuration {
    subnets         = [aws_subnet.private["us-east-2b"].id]
    security_groups = [aws_security_group.service["ledger"].id]
  }

  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }
}
