# Answers requests, and sends orders to a queue that fulfilment works off. Looks like both, is only one: it may not
# receive. Its task holds five containers, four of which serve the fifth.

resource "aws_iam_role" "checkout" {
  name               = "checkout"
  assume_role_policy = data.aws_iam_policy_document.trust["ecs-tasks"].json
}

data "aws_iam_policy_document" "checkout" {
  statement {
    actions   = ["sqs:SendMessage", "sqs:GetQueueUrl", "sqs:GetQueueAttributes"]
    resources = [aws_sqs_queue.orders.arn]
  }

  statement {
    actions   = ["xray:PutTraceSegments", "xray:PutTelemetryRecords"]
    resources = ["*"]
  }
}

resource "aws_iam_role_policy" "checkout" {
  name   = "checkout"
  role   = aws_iam_role.checkout.id
  policy = data.aws_iam_policy_document.checkout.json
}

resource "aws_ecs_task_definition" "checkout" {
  family                   = "checkout"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 2048
  memory                   = 4096
  execution_role_arn       = aws_iam_role.start.arn
  task_role_arn            = aws_iam_role.checkout.arn

  container_definitions = jsonencode([
    {
      name         = "nginx"
      image        = "${aws_ecr_repository.app["nginx"].repository_url}:1.29"
      essential    = true
      portMappings = [{ containerPort = 8443 }]

      logConfiguration = {
        logDriver = "awsfirelens"
      }
    },
    {
      name      = "checkout"
      image     = "${aws_ecr_repository.app["checkout"].repository_url}:5.0.1"
      essential = true
      command   = ["gunicorn", "--workers", "2", "--threads", "5", "--bind", "127.0.0.1:8080", "checkout:app"]

      environment = [
        { name = "DB_HOST", value = aws_db_instance.orders.address },
        # Ten tasks, twice as many in a rollout, two processes each: 20 x 2 x 5 is just what the database has.
        { name = "DB_POOL_SIZE", value = "5" },
        { name = "DB_MAX_OVERFLOW", value = "0" },
        { name = "ORDERS_QUEUE_URL", value = aws_sqs_queue.orders.url },
      ]

      secrets = [
        { name = "DB_PASSWORD", valueFrom = aws_secretsmanager_secret.application["orders"].arn },
      ]

      logConfiguration = {
        logDriver = "awsfirelens"
      }
    },
    {
      name         = "xray-daemon"
      image        = "public.ecr.aws/xray/aws-xray-daemon:3.x"
      essential    = true
      portMappings = [{ containerPort = 2000, protocol = "udp" }]
    },
    {
      name         = "datadog-agent"
      image        = "public.ecr.aws/datadog/agent:7"
      essential    = true
      portMappings = [{ containerPort = 8126 }]

      environment = [
        { name = "ECS_FARGATE", value = "true" },
        { name = "DD_APM_ENABLED", value = "true" },
      ]
    },
    {
      name      = "log_router"
      image     = "public.ecr.aws/aws-observability/aws-for-fluent-bit:stable"
      essential = true

      firelensConfiguration = {
        type = "fluentbit"
      }

      logConfiguration = {
        logDriver = "awslogs"
        options = {
          awslogs-group         = aws_cloudwatch_log_group.service["checkout"].name
          awslogs-region        = "us-east-2"
          awslogs-stream-prefix = "checkout"
        }
      }
    },
  ])
}

resource "aws_security_group" "entry" {
  name        = "entry"
  description = "Load balancer"
  vpc_id      = aws_vpc.main.id

  ingress {
    protocol    = "tcp"
    from_port   = 443
    to_port     = 443
    cidr_blocks = ["0.0.0.0/0"]
  }

  egress {
    protocol    = "tcp"
    from_port   = 8443
    to_port     = 8443
    cidr_blocks = [aws_vpc.main.cidr_block]
  }
}

resource "aws_vpc_security_group_ingress_rule" "checkout" {
  security_group_id            = aws_security_group.service["checkout"].id
  referenced_security_group_id = aws_security_group.entry.id
  ip_protocol                  = "tcp"
  from_port                    = 8443
  to_port                      = 8443
}

resource "aws_vpc_security_group_ingress_rule" "orders_checkout" {
  security_group_id            = aws_security_group.database["orders"].id
  referenced_security_group_id = aws_security_group.service["checkout"].id
  ip_protocol                  = "tcp"
  from_port                    = 5432
  to_port                      = 5432
}

resource "aws_lb" "checkout" {
  name            = "checkout"
  security_groups = [aws_security_group.entry.id]
  subnets         = [for subnet in aws_subnet.public : subnet.id]
}

resource "aws_lb_target_group" "checkout" {
  name        = "checkout"
  vpc_id      = aws_vpc.main.id
  target_type = "ip"
  port        = 8443
  protocol    = "HTTPS"

  health_check {
    path     = "/health"
    protocol = "HTTPS"
  }
}

resource "aws_lb_listener" "checkout" {
  load_balancer_arn = aws_lb.checkout.arn
  port              = 443
  protocol          = "HTTPS"
  certificate_arn   = "arn:aws:acm:us-east-2:123456789012:certificate/3c9f4f0e-1d6b-4b61-b9fb-0d1f7b6f4a33"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.checkout.arn
  }
}

resource "aws_ecs_service" "checkout" {
  name            = "checkout"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.checkout.arn
  launch_type     = "FARGATE"
  desired_count   = 3

  network_configuration {
    subnets         = [for subnet in aws_subnet.private : subnet.id]
    security_groups = [aws_security_group.service["checkout"].id]
  }

  load_balancer {
    target_group_arn = aws_lb_target_group.checkout.arn
    container_name   = "nginx"
    container_port   = 8443
  }

  lifecycle {
    ignore_changes = [desired_count]
  }

  depends_on = [aws_lb_listener.checkout]

  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }
}

resource "aws_appautoscaling_target" "checkout" {
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/${aws_ecs_cluster.main.name}/${aws_ecs_service.checkout.name}"
  min_capacity       = 3
  max_capacity       = 10
}

resource "aws_appautoscaling_policy" "checkout" {
  name               = "requests"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = aws_appautoscaling_target.checkout.service_namespace
  scalable_dimension = aws_appautoscaling_target.checkout.scalable_dimension
  resource_id        = aws_appautoscaling_target.checkout.resource_id

  target_tracking_scaling_policy_configuration {
    target_value = 300

    predefined_metric_specification {
      predefined_metric_type = "ALBRequestCountPerTarget"
      resource_label         = "${aws_lb.checkout.arn_suffix}/${aws_lb_target_group.checkout.arn_suffix}"
    }
  }
}
