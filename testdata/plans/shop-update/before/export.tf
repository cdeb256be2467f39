# Every night the orders of the day go to the accountants.

resource "aws_security_group" "export" {
  name        = "market-export"
  description = "Nightly export"
  vpc_id      = module.network.vpc_id
}

resource "aws_vpc_security_group_egress_rule" "export" {
  security_group_id = aws_security_group.export.id
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "-1"
}

resource "aws_cloudwatch_log_group" "export" {
  name              = "/market/export"
  retention_in_days = 90
}

resource "aws_ecs_task_definition" "export" {
  family                   = "market-export"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  execution_role_arn       = aws_iam_role.execution.arn

  container_definitions = jsonencode([
    {
      name      = "export"
      image     = "${aws_ecr_repository.app["export"].repository_url}:${var.versions["export"]}"
      essential = true

      environment = [
        { name = "DB_HOST", value = module.orders.address },
        { name = "DB_POOL_MAX", value = "1" },
      ]

      secrets = [
        { name = "DB_PASSWORD", valueFrom = aws_secretsmanager_secret.database["orders"].arn },
      ]

      logConfiguration = {
        logDriver = "awslogs"
        options = {
          awslogs-group         = aws_cloudwatch_log_group.export.name
          awslogs-region        = "eu-central-1"
          awslogs-stream-prefix = "export"
        }
      }
    },
  ])
}

data "aws_iam_policy_document" "events" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["events.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "export" {
  name               = "market-export"
  assume_role_policy = data.aws_iam_policy_document.events.json
}

resource "aws_iam_role_policy_attachment" "export" {
  role       = aws_iam_role.export.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AmazonEC2ContainerServiceEventsRole"
}

resource "aws_cloudwatch_event_rule" "export" {
  name                = "market-export"
  schedule_expression = "cron(15 1 * * ? *)"
}

resource "aws_cloudwatch_event_target" "export" {
  rule     = aws_cloudwatch_event_rule.export.name
  arn      = aws_ecs_cluster.market.arn
  role_arn = aws_iam_role.export.arn

  ecs_target {
    task_definition_arn = aws_ecs_task_definition.export.arn
    task_count          = 1
    launch_type         = "FARGATE"

    network_configuration {
      subnets         = module.network.private_subnet_ids
      security_groups = [aws_security_group.export.id]
    }
  }
}
