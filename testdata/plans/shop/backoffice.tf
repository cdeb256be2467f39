# The back office: a few dozen colleagues, the same image.

data "aws_iam_policy_document" "backoffice" {
  statement {
    sid       = "Uploads"
    actions   = ["s3:GetObject"]
    resources = ["${aws_s3_bucket.uploads.arn}/*"]
  }
}

resource "aws_iam_role" "backoffice" {
  name               = "shop-backoffice"
  assume_role_policy = data.aws_iam_policy_document.tasks.json
}

resource "aws_iam_role_policy" "backoffice" {
  name   = "shop-backoffice"
  role   = aws_iam_role.backoffice.id
  policy = data.aws_iam_policy_document.backoffice.json
}

resource "aws_ecs_task_definition" "backoffice" {
  family                   = "shop-backoffice"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  execution_role_arn       = aws_iam_role.start.arn
  task_role_arn            = aws_iam_role.backoffice.arn

  container_definitions = jsonencode([
    {
      name      = "backoffice"
      image     = "${aws_ecr_repository.app.repository_url}:${var.app_version}"
      essential = true
      command   = ["gunicorn", "shop.backoffice:app", "--bind", "0.0.0.0:8080"]

      portMappings = [{ containerPort = 8080, protocol = "tcp" }]

      environment = [
        { name = "DATABASE_HOST", value = aws_db_instance.shop.address },
        { name = "DATABASE_NAME", value = "shop" },
        { name = "DATABASE_USER", value = "shop" },
        { name = "WEB_CONCURRENCY", value = "2" },
        { name = "SQLALCHEMY_POOL_SIZE", value = "5" },
        { name = "SQLALCHEMY_MAX_OVERFLOW", value = "0" },
        { name = "UPLOADS_BUCKET", value = aws_s3_bucket.uploads.bucket },
      ]

      secrets = [
        { name = "DATABASE_PASSWORD", valueFrom = aws_secretsmanager_secret.database.arn },
      ]

      logConfiguration = {
        logDriver = "awslogs"
        options = {
          awslogs-group         = aws_cloudwatch_log_group.backoffice.name
          awslogs-region        = "eu-west-1"
          awslogs-stream-prefix = "backoffice"
        }
      }
    },
  ])
}

resource "aws_ecs_service" "backoffice" {
  name            = "backoffice"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.backoffice.arn
  launch_type     = "FARGATE"
  desired_count   = 2

  network_configuration {
    subnets         = aws_subnet.private[*].id
    security_groups = [aws_security_group.services.id]
  }

  load_balancer {
    target_group_arn = aws_lb_target_group.backoffice.arn
    container_name   = "backoffice"
    container_port   = 8080
  }

  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }

  depends_on = [aws_lb_listener_rule.backoffice]
}
