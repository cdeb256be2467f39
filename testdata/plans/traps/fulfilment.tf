# Works off the orders that checkout sends. Nobody calls it.

resource "aws_iam_role" "fulfilment" {
  name               = "fulfilment"
  assume_role_policy = data.aws_iam_policy_document.trust["ecs-tasks"].json
}

data "aws_iam_policy_document" "fulfilment" {
  statement {
    actions   = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:ChangeMessageVisibility"]
    resources = [aws_sqs_queue.orders.arn]
  }

  statement {
    actions   = ["sqs:SendMessage"]
    resources = [aws_sqs_queue.stock.arn]
  }

  statement {
    actions   = ["dynamodb:PutItem", "dynamodb:UpdateItem"]
    resources = [aws_dynamodb_table.parcels.arn]
  }
}

resource "aws_iam_role_policy" "fulfilment" {
  name   = "fulfilment"
  role   = aws_iam_role.fulfilment.id
  policy = data.aws_iam_policy_document.fulfilment.json
}

resource "aws_ecs_task_definition" "fulfilment" {
  family                   = "fulfilment"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  execution_role_arn       = aws_iam_role.start.arn
  task_role_arn            = aws_iam_role.fulfilment.arn

  container_definitions = jsonencode([
    {
      name      = "worker"
      image     = "${aws_ecr_repository.app["fulfilment"].repository_url}:2.2.0"
      essential = true

      environment = [
        { name = "ORDERS_QUEUE_URL", value = aws_sqs_queue.orders.url },
        { name = "STOCK_QUEUE_URL", value = aws_sqs_queue.stock.url },
        { name = "PARCELS_TABLE", value = aws_dynamodb_table.parcels.name },
      ]

      logConfiguration = {
        logDriver = "awslogs"
        options = {
          awslogs-group         = aws_cloudwatch_log_group.service["fulfilment"].name
          awslogs-region        = "us-east-2"
          awslogs-stream-prefix = "worker"
        }
      }
    },
  ])
}

resource "aws_ecs_service" "fulfilment" {
  name            = "fulfilment"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.fulfilment.arn
  launch_type     = "FARGATE"
  desired_count   = 2

  network_configuration {
    subnets         = [for subnet in aws_subnet.private : subnet.id]
    security_groups = [aws_security_group.service["fulfilment"].id]
  }

  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }
}

# More tasks in steps, as more orders wait. All of them are a fair thing to look at, as long as nothing tracks their number.
resource "aws_appautoscaling_target" "fulfilment" {
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/${aws_ecs_cluster.main.name}/${aws_ecs_service.fulfilment.name}"
  min_capacity       = 2
  max_capacity       = 20
}

resource "aws_appautoscaling_policy" "fulfilment" {
  name               = "orders"
  policy_type        = "StepScaling"
  service_namespace  = aws_appautoscaling_target.fulfilment.service_namespace
  scalable_dimension = aws_appautoscaling_target.fulfilment.scalable_dimension
  resource_id        = aws_appautoscaling_target.fulfilment.resource_id

  step_scaling_policy_configuration {
    adjustment_type = "ChangeInCapacity"
    cooldown        = 120

    step_adjustment {
      metric_interval_lower_bound = 0
      scaling_adjustment          = 2
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "orders" {
  alarm_name          = "orders-waiting"
  namespace           = "AWS/SQS"
  metric_name         = "ApproximateNumberOfMessagesVisible"
  dimensions          = { QueueName = aws_sqs_queue.orders.name }
  statistic           = "Maximum"
  period              = 60
  evaluation_periods  = 2
  comparison_operator = "GreaterThanThreshold"
  threshold           = 200
  alarm_actions       = [aws_appautoscaling_policy.fulfilment.arn]
}
