# Books the orders that the API leaves in the queue: the same image, its own range, scaled on the backlog.

data "aws_iam_policy_document" "booking" {
  statement {
    sid       = "Orders"
    actions   = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:ChangeMessageVisibility", "sqs:GetQueueAttributes"]
    resources = [aws_sqs_queue.orders.arn]
  }
}

resource "aws_iam_role" "booking" {
  name               = "shop-booking"
  assume_role_policy = data.aws_iam_policy_document.tasks.json
}

resource "aws_iam_role_policy" "booking" {
  name   = "shop-booking"
  role   = aws_iam_role.booking.id
  policy = data.aws_iam_policy_document.booking.json
}

resource "aws_ecs_task_definition" "booking" {
  family                   = "shop-booking"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  execution_role_arn       = aws_iam_role.start.arn
  task_role_arn            = aws_iam_role.booking.arn

  container_definitions = jsonencode([
    {
      name      = "booking"
      image     = "${aws_ecr_repository.app.repository_url}:${var.app_version}"
      essential = true
      command   = ["python", "-m", "shop.booking"]

      environment = [
        { name = "DATABASE_HOST", value = aws_db_instance.shop.address },
        { name = "DATABASE_NAME", value = "shop" },
        { name = "DATABASE_USER", value = "shop" },
        { name = "SQLALCHEMY_POOL_SIZE", value = "2" },
        { name = "SQLALCHEMY_MAX_OVERFLOW", value = "0" },
        { name = "ORDERS_QUEUE_URL", value = aws_sqs_queue.orders.url },
      ]

      secrets = [
        { name = "DATABASE_PASSWORD", valueFrom = aws_secretsmanager_secret.database.arn },
      ]

      logConfiguration = {
        logDriver = "awslogs"
        options = {
          awslogs-group         = aws_cloudwatch_log_group.booking.name
          awslogs-region        = "eu-west-1"
          awslogs-stream-prefix = "booking"
        }
      }
    },
  ])
}

resource "aws_ecs_service" "booking" {
  name            = "booking"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.booking.arn
  launch_type     = "FARGATE"
  desired_count   = 1

  network_configuration {
    subnets         = aws_subnet.private[*].id
    security_groups = [aws_security_group.services.id]
  }

  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }

  lifecycle {
    ignore_changes = [desired_count]
  }
}

# Nobody waits for an order to be booked, so an empty queue needs no task.
resource "aws_appautoscaling_target" "booking" {
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/${aws_ecs_cluster.main.name}/${aws_ecs_service.booking.name}"
  min_capacity       = 0
  max_capacity       = 10
}

resource "aws_appautoscaling_policy" "booking_backlog" {
  name               = "backlog"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = aws_appautoscaling_target.booking.service_namespace
  scalable_dimension = aws_appautoscaling_target.booking.scalable_dimension
  resource_id        = aws_appautoscaling_target.booking.resource_id

  target_tracking_scaling_policy_configuration {
    # A task books an order in 0.3 seconds, and none shall wait longer than a minute: 200 for each task.
    target_value = 200

    customized_metric_specification {
      metrics {
        id          = "backlog"
        label       = "Orders per task"
        expression  = "orders / IF(tasks > 0, tasks, 1)"
        return_data = true
      }

      metrics {
        id          = "orders"
        return_data = false

        metric_stat {
          stat = "Sum"

          metric {
            namespace   = "AWS/SQS"
            metric_name = "ApproximateNumberOfMessagesVisible"

            dimensions {
              name  = "QueueName"
              value = aws_sqs_queue.orders.name
            }
          }
        }
      }

      metrics {
        id          = "tasks"
        return_data = false

        metric_stat {
          stat = "Average"

          metric {
            namespace   = "ECS/ContainerInsights"
            metric_name = "RunningTaskCount"

            dimensions {
              name  = "ClusterName"
              value = aws_ecs_cluster.main.name
            }

            dimensions {
              name  = "ServiceName"
              value = aws_ecs_service.booking.name
            }
          }
        }
      }
    }
  }
}
