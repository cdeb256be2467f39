variable "name" {
  type = string
}

variable "cluster" {
  type = object({ id = string, name = string })
}

variable "network" {
  type = object({ vpc_id = string, private_subnets = list(string) })
}

variable "database" {
  type = object({ address = string, secret_arn = string, group = string })
}

resource "aws_security_group" "this" {
  name        = var.name
  description = "Service ${var.name}"
  vpc_id      = var.network.vpc_id

  egress {
    protocol    = "-1"
    from_port   = 0
    to_port     = 0
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_vpc_security_group_ingress_rule" "database" {
  security_group_id            = var.database.group
  referenced_security_group_id = aws_security_group.this.id
  ip_protocol                  = "tcp"
  from_port                    = 3306
  to_port                      = 3306
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

resource "aws_iam_role" "execution" {
  name               = "${var.name}-execution"
  assume_role_policy = data.aws_iam_policy_document.tasks.json
}

resource "aws_iam_role_policy_attachment" "execution" {
  role       = aws_iam_role.execution.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
}

data "aws_iam_policy_document" "secret" {
  statement {
    actions   = ["secretsmanager:GetSecretValue"]
    resources = [var.database.secret_arn]
  }
}

resource "aws_iam_role_policy" "secret" {
  name   = "secret"
  role   = aws_iam_role.execution.id
  policy = data.aws_iam_policy_document.secret.json
}

resource "aws_ecs_task_definition" "this" {
  family                   = var.name
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  execution_role_arn       = aws_iam_role.execution.arn

  container_definitions = jsonencode([
    {
      name      = "main"
      image     = "123456789012.dkr.ecr.ca-central-1.amazonaws.com/club/${var.name}:1.12.0"
      essential = true

      environment = [
        { name = "MYSQL_HOST", value = var.database.address },
        { name = "MYSQL_CONNECTION_LIMIT", value = "5" },
      ]

      secrets = [
        { name = "MYSQL_LOGIN", valueFrom = var.database.secret_arn },
      ]
    },
  ])
}

resource "aws_ecs_service" "this" {
  name            = var.name
  cluster         = var.cluster.id
  task_definition = aws_ecs_task_definition.this.arn
  launch_type     = "FARGATE"
  desired_count   = 4

  network_configuration {
    subnets         = var.network.private_subnets
    security_groups = [aws_security_group.this.id]
  }
}
