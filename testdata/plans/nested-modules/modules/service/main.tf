variable "name" {
  type = string
}

variable "region" {
  type = string
}

variable "image" {
  type = string
}

variable "cluster" {
  type = object({ id = string, name = string })
}

variable "vpc_id" {
  type = string
}

variable "private_subnets" {
  type = list(string)
}

variable "entry" {
  description = "How requests come in; null where none do"
  type        = object({ listener = string, group = string, host = string, order = number })
}

variable "scale" {
  type = object({ min = number, max = number })
}

variable "queue_arn" {
  type = string
}

variable "consumes" {
  description = "Whether it works off the queue; otherwise it may only send"
  type        = bool
}

variable "environment" {
  type = map(string)
}

resource "aws_security_group" "this" {
  region      = var.region
  name        = var.name
  description = "Service ${var.name}"
  vpc_id      = var.vpc_id
}

resource "aws_vpc_security_group_ingress_rule" "entry" {
  count = var.entry == null ? 0 : 1

  region                       = var.region
  security_group_id            = aws_security_group.this.id
  referenced_security_group_id = var.entry.group
  ip_protocol                  = "tcp"
  from_port                    = 8080
  to_port                      = 8080
}

resource "aws_cloudwatch_log_group" "this" {
  region            = var.region
  name              = "/cells/${var.name}"
  retention_in_days = 30
}

data "aws_iam_policy_document" "tasks" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["ecs-tasks.amazonaws.com"]
    }
  }
}

# IAM knows no regions: one account-wide name for each.
resource "aws_iam_role" "execution" {
  name               = "${var.name}-execution"
  assume_role_policy = data.aws_iam_policy_document.tasks.json
}

resource "aws_iam_role_policy_attachment" "execution" {
  role       = aws_iam_role.execution.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
}

resource "aws_iam_role" "task" {
  name               = var.name
  assume_role_policy = data.aws_iam_policy_document.tasks.json
}

data "aws_iam_policy_document" "queue" {
  statement {
    actions   = var.consumes ? ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:SendMessage"] : ["sqs:SendMessage"]
    resources = [var.queue_arn]
  }
}

resource "aws_iam_role_policy" "queue" {
  name   = "queue"
  role   = aws_iam_role.task.id
  policy = data.aws_iam_policy_document.queue.json
}

resource "aws_ecs_task_definition" "this" {
  region                   = var.region
  family                   = var.name
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048
  execution_role_arn       = aws_iam_role.execution.arn
  task_role_arn            = aws_iam_role.task.arn

  container_definitions = jsonencode([
    {
      name         = "main"
      image        = var.image
      essential    = true
      portMappings = var.entry == null ? [] : [{ containerPort = 8080 }]
      environment  = [for name, value in var.environment : { name = name, value = value }]

      logConfiguration = {
        logDriver = "awslogs"
        options = {
          awslogs-group         = aws_cloudwatch_log_group.this.name
          awslogs-region        = var.region
          awslogs-stream-prefix = "main"
        }
      }
    },
  ])
}

resource "aws_lb_target_group" "this" {
  count = var.entry == null ? 0 : 1

  region      = var.region
  name        = var.name
  vpc_id      = var.vpc_id
  target_type = "ip"
  port        = 8080
  protocol    = "HTTP"

  health_check {
    path = "/health"
  }
}

resource "aws_lb_listener_rule" "this" {
  count = var.entry == null ? 0 : 1

  region       = var.region
  listener_arn = var.entry.listener
  priority     = var.entry.order

  action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.this[0].arn
  }

  condition {
    host_header {
      values = [var.entry.host]
    }
  }
}

resource "aws_ecs_service" "this" {
  region          = var.region
  name            = var.name
  cluster         = var.cluster.id
  task_definition = aws_ecs_task_definition.this.arn
  launch_type     = "FARGATE"
  desired_count   = var.scale.min

  network_configuration {
    subnets         = var.private_subnets
    security_groups = [aws_security_group.this.id]
  }

  dynamic "load_balancer" {
    for_each = aws_lb_target_group.this

    content {
      target_group_arn = load_balancer.value.arn
      container_name   = "main"
      container_port   = 8080
    }
  }

  depends_on = [aws_lb_listener_rule.this]
}

resource "aws_appautoscaling_target" "this" {
  region             = var.region
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/${var.cluster.name}/${aws_ecs_service.this.name}"
  min_capacity       = var.scale.min
  max_capacity       = var.scale.max
}

# More tasks when each has many requests, or when many messages wait.
resource "aws_appautoscaling_policy" "this" {
  region             = var.region
  name               = var.name
  policy_type        = "StepScaling"
  service_namespace  = aws_appautoscaling_target.this.service_namespace
  scalable_dimension = aws_appautoscaling_target.this.scalable_dimension
  resource_id        = aws_appautoscaling_target.this.resource_id

  step_scaling_policy_configuration {
    adjustment_type = "ChangeInCapacity"
    cooldown        = 60

    step_adjustment {
      metric_interval_lower_bound = 0
      scaling_adjustment          = 1
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "load" {
  region              = var.region
  alarm_name          = "${var.name}-load"
  namespace           = var.entry == null ? "AWS/SQS" : "AWS/ApplicationELB"
  metric_name         = var.entry == null ? "ApproximateNumberOfMessagesVisible" : "RequestCountPerTarget"
  statistic           = var.entry == null ? "Maximum" : "Sum"
  period              = 60
  evaluation_periods  = 2
  comparison_operator = "GreaterThanThreshold"
  threshold           = 500
  alarm_actions       = [aws_appautoscaling_policy.this.arn]

  dimensions = (
    var.entry == null
    ? { QueueName = element(split(":", var.queue_arn), 5) }
    : { TargetGroup = aws_lb_target_group.this[0].arn_suffix }
  )
}

output "group" {
  value = aws_security_group.this.id
}
