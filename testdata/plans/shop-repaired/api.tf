# The API: answers the storefront, and leaves orders in the queue for the booking service.

data "aws_iam_policy_document" "api" {
  statement {
    sid       = "Uploads"
    actions   = ["s3:GetObject", "s3:PutObject"]
    resources = ["${aws_s3_bucket.uploads.arn}/*"]
  }

  statement {
    sid       = "Baskets"
    actions   = ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem"]
    resources = [aws_dynamodb_table.baskets.arn]
  }

  statement {
    sid       = "Orders"
    actions   = ["sqs:SendMessage"]
    resources = [aws_sqs_queue.orders.arn]
  }
}

resource "aws_iam_role" "api" {
  name               = "shop-api"
  assume_role_policy = data.aws_iam_policy_document.tasks.json
}

resource "aws_iam_role_policy" "api" {
  name   = "shop-api"
  role   = aws_iam_role.api.id
  policy = data.aws_iam_policy_document.api.json
}

resource "aws_ecs_task_definition" "api" {
  family                   = "shop-api"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 2048
  memory                   = 4096
  execution_role_arn       = aws_iam_role.start.arn
  task_role_arn            = aws_iam_role.api.arn

  container_definitions = jsonencode([
    {
      name      = "api"
      image     = "${aws_ecr_repository.app.repository_url}:${var.app_version}"
      essential = true
      command   = ["gunicorn", "shop.api:app", "--bind", "0.0.0.0:8080", "--worker-class", "uvicorn.workers.UvicornWorker"]

      portMappings = [{ containerPort = 8080, protocol = "tcp" }]

      environment = [
        { name = "DATABASE_HOST", value = aws_db_instance.shop.address },
        { name = "DATABASE_NAME", value = "shop" },
        { name = "DATABASE_USER", value = "shop" },
        # Two gunicorn processes for each virtual processor; each process keeps a pool of its own.
        { name = "WEB_CONCURRENCY", value = "4" },
        { name = "SQLALCHEMY_POOL_SIZE", value = "4" },
        { name = "SQLALCHEMY_MAX_OVERFLOW", value = "0" },
        { name = "ORDERS_QUEUE_URL", value = aws_sqs_queue.orders.url },
        { name = "BASKETS_TABLE", value = aws_dynamodb_table.baskets.name },
        { name = "UPLOADS_BUCKET", value = aws_s3_bucket.uploads.bucket },
      ]

      secrets = [
        { name = "DATABASE_PASSWORD", valueFrom = aws_secretsmanager_secret.database.arn },
      ]

      logConfiguration = {
        logDriver = "awslogs"
        options = {
          awslogs-group         = aws_cloudwatch_log_group.api.name
          awslogs-region        = "eu-west-1"
          awslogs-stream-prefix = "api"
        }
      }
    },
  ])
}

resource "aws_ecs_service" "api" {
  name            = "api"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.api.arn
  launch_type     = "FARGATE"
  desired_count   = 4

  # Half of the tasks at a time: a rollout at full scale must leave connections for the others.
  deployment_maximum_percent = 150

  network_configuration {
    subnets         = aws_subnet.private[*].id
    security_groups = [aws_security_group.services.id]
  }

  load_balancer {
    target_group_arn = aws_lb_target_group.api.arn
    container_name   = "api"
    container_port   = 8080
  }

  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }

  lifecycle {
    ignore_changes = [desired_count]
  }

  depends_on = [aws_lb_listener.https]
}

resource "aws_appautoscaling_target" "api" {
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/${aws_ecs_cluster.main.name}/${aws_ecs_service.api.name}"
  min_capacity       = 4
  max_capacity       = 24
}

resource "aws_appautoscaling_policy" "api_requests" {
  name               = "requests"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = aws_appautoscaling_target.api.service_namespace
  scalable_dimension = aws_appautoscaling_target.api.scalable_dimension
  resource_id        = aws_appautoscaling_target.api.resource_id

  target_tracking_scaling_policy_configuration {
    target_value       = 600
    scale_in_cooldown  = 300
    scale_out_cooldown = 30

    predefined_metric_specification {
      predefined_metric_type = "ALBRequestCountPerTarget"
      resource_label         = "${aws_lb.shop.arn_suffix}/${aws_lb_target_group.api.arn_suffix}"
    }
  }
}
