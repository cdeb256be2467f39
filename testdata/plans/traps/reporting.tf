# Reports ask the copy of the orders, from the zone in which it stands. What they ask for does not count against the
# original.

resource "aws_iam_role" "reporting" {
  name               = "reporting"
  assume_role_policy = data.aws_iam_policy_document.trust["ecs-tasks"].json
}

data "aws_iam_policy_document" "reporting" {
  statement {
    actions   = ["s3:*"]
    resources = [aws_s3_bucket.reports.arn, "${aws_s3_bucket.reports.arn}/*"]
  }
}

resource "aws_iam_role_policy" "reporting" {
  name   = "reporting"
  role   = aws_iam_role.reporting.id
  policy = data.aws_iam_policy_document.reporting.json
}

resource "aws_vpc_security_group_ingress_rule" "orders_reporting" {
  security_group_id            = aws_security_group.database["orders"].id
  referenced_security_group_id = aws_security_group.service["reporting"].id
  ip_protocol                  = "tcp"
  from_port                    = 5432
  to_port                      = 5432
}

resource "aws_ecs_task_definition" "reporting" {
  family                   = "reporting"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 4096
  execution_role_arn       = aws_iam_role.start.arn
  task_role_arn            = aws_iam_role.reporting.arn

  container_definitions = jsonencode([
    {
      name      = "reporting"
      image     = "${aws_ecr_repository.app["reporting"].repository_url}:6.0.0"
      essential = true

      environment = [
        { name = "DB_HOST", value = aws_db_instance.orders_copy.address },
        { name = "DB_POOL_SIZE", value = "20" },
        { name = "REPORTS_BUCKET", value = aws_s3_bucket.reports.bucket },
      ]

      secrets = [
        { name = "DB_PASSWORD", valueFrom = aws_secretsmanager_secret.application["orders"].arn },
      ]

      logConfiguration = {
        logDriver = "awslogs"
        options = {
          awslogs-group         = aws_cloudwatch_log_group.service["reporting"].name
          awslogs-region        = "us-east-2"
          awslogs-stream-prefix = "reporting"
        }
      }
    },
  ])
}

resource "aws_ecs_service" "reporting" {
  name            = "reporting"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.reporting.arn
  launch_type     = "FARGATE"
  desired_count   = 2

  network_configuration {
    subnets         = [aws_subnet.private["us-east-2a"].id]
    security_groups = [aws_security_group.service["reporting"].id]
  }

  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }
}
