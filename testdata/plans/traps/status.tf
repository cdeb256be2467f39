# The status page stands in public subnets and has public addresses: what it calls, it calls straight, without NAT.

resource "aws_security_group" "status" {
  name        = "status"
  description = "Status page"
  vpc_id      = aws_vpc.edge.id

  ingress {
    protocol    = "tcp"
    from_port   = 443
    to_port     = 443
    cidr_blocks = ["0.0.0.0/0"]
  }

  egress {
    protocol    = "-1"
    from_port   = 0
    to_port     = 0
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_ecs_task_definition" "status" {
  family                   = "status"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 256
  memory                   = 512
  execution_role_arn       = aws_iam_role.start.arn

  container_definitions = jsonencode([
    {
      name         = "status"
      image        = "${aws_ecr_repository.app["status"].repository_url}:1.0.0"
      essential    = true
      portMappings = [{ containerPort = 443 }]

      logConfiguration = {
        logDriver = "awslogs"
        options = {
          awslogs-group         = aws_cloudwatch_log_group.service["status"].name
          awslogs-region        = "us-east-2"
          awslogs-stream-prefix = "status"
        }
      }
    },
  ])
}

resource "aws_ecs_service" "status" {
  name            = "status"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.status.arn
  launch_type     = "FARGATE"
  desired_count   = 2

  network_configuration {
    subnets          = [for subnet in aws_subnet.edge : subnet.id]
    security_groups  = [aws_security_group.status.id]
    assign_public_ip = true
  }

  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }
}
