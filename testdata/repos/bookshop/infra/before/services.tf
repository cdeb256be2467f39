# Two services on Fargate, behind internal balancers.

locals {
  image = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/bookshop"

  services = {
    catalogue = {
      public = false
      min    = 2
      max    = 2
      environment = {
        PRICES_URL   = "http://${aws_lb.internal["prices"].dns_name}"
        DB_HOST      = aws_db_instance.books.address
        DB_POOL_SIZE = "5"
      }
    }
    prices = {
      public = false
      min    = 2
      max    = 6
      environment = {
        LOG_LEVEL = "info"
      }
    }
  }
}

resource "aws_ecs_cluster" "main" {
  name = "bookshop"
}

resource "aws_security_group" "services" {
  name   = "bookshop-services"
  vpc_id = aws_vpc.main.id

  ingress {
    from_port       = 8080
    to_port         = 8080
    protocol        = "tcp"
    security_groups = [aws_security_group.entry.id]
  }

  egress {
    from_port   = 0
    to_port     = 0
    protocol    = "-1"
    cidr_blocks = ["0.0.0.0/0"]
  }
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

resource "aws_iam_role" "start" {
  name               = "bookshop-start"
  assume_role_policy = data.aws_iam_policy_document.tasks.json
}

resource "aws_iam_role_policy_attachment" "start" {
  role       = aws_iam_role.start.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
}

resource "aws_ecs_task_definition" "service" {
  for_each = local.services

  family                   = "bookshop-${each.key}"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  execution_role_arn       = aws_iam_role.start.arn

  container_definitions = jsonencode([{
    name         = each.key
    image        = "${local.image}:${each.key}-2026.11"
    essential    = true
    portMappings = [{ containerPort = 8080 }]
    environment  = [for name, value in each.value.environment : { name = name, value = value }]
  }])
}

resource "aws_ecs_service" "service" {
  for_each = local.services

  name            = each.key
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.service[each.key].arn
  desired_count   = each.value.min
  launch_type     = "FARGATE"

  network_configuration {
    subnets         = aws_subnet.private[*].id
    security_groups = [aws_security_group.services.id]
  }

  load_balancer {
    target_group_arn = aws_lb_target_group.service[each.key].arn
    container_name   = each.key
    container_port   = 8080
  }

  depends_on = [aws_lb_listener.internal]
}

resource "aws_appautoscaling_target" "service" {
  for_each = local.services

  service_namespace  = "ecs"
  resource_id        = "service/${aws_ecs_cluster.main.name}/${aws_ecs_service.service[each.key].name}"
  scalable_dimension = "ecs:service:DesiredCount"
  min_capacity       = each.value.min
  max_capacity       = each.value.max
}

resource "aws_appautoscaling_policy" "requests" {
  for_each = local.services

  name               = "requests"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = "ecs"
  resource_id        = aws_appautoscaling_target.service[each.key].resource_id
  scalable_dimension = "ecs:service:DesiredCount"

  target_tracking_scaling_policy_configuration {
    target_value = 800

    predefined_metric_specification {
      predefined_metric_type = "ALBRequestCountPerTarget"
      resource_label = join("/", [
        aws_lb.internal[each.key].arn_suffix,
        aws_lb_target_group.service[each.key].arn_suffix,
      ])
    }
  }
}
