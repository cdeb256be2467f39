# n8n in queue mode: main answers the editor, webhook answers calls, worker runs the flows. Each is a process of its own,
# with a pool of its own.

locals {
  commands = {
    main    = ["n8n", "start"]
    worker  = ["n8n", "worker", "--concurrency=10"]
    webhook = ["n8n", "webhook"]
  }
}

resource "aws_ecs_cluster" "n8n" {
  name = "n8n"
}

resource "aws_ecs_task_definition" "n8n" {
  for_each = local.commands

  family                   = "n8n-${each.key}"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048

  container_definitions = jsonencode([
    {
      name      = each.key
      image     = "docker.n8n.io/n8nio/n8n:1.110.1"
      essential = true
      command   = each.value

      environment = [
        { name = "EXECUTIONS_MODE", value = "queue" },
        { name = "DB_TYPE", value = "postgresdb" },
        { name = "DB_POSTGRESDB_HOST", value = aws_db_instance.n8n.address },
        { name = "DB_POSTGRESDB_POOL_SIZE", value = tostring(var.pool_size) },
      ]
    },
  ])
}

resource "aws_ecs_service" "n8n" {
  for_each = local.commands

  name                               = each.key
  cluster                            = aws_ecs_cluster.n8n.id
  task_definition                    = aws_ecs_task_definition.n8n[each.key].arn
  launch_type                        = "FARGATE"
  desired_count                      = 2
  deployment_minimum_healthy_percent = 50
  deployment_maximum_percent         = 100

  network_configuration {
    subnets          = aws_subnet.public[*].id
    security_groups  = [aws_security_group.n8n.id]
    assign_public_ip = true
  }
}

resource "aws_appautoscaling_target" "n8n" {
  for_each = local.commands

  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/${aws_ecs_cluster.n8n.name}/${aws_ecs_service.n8n[each.key].name}"
  min_capacity       = 2
  max_capacity       = var.most[each.key]
}

resource "aws_appautoscaling_policy" "n8n" {
  for_each = local.commands

  name               = "n8n-${each.key}"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = aws_appautoscaling_target.n8n[each.key].service_namespace
  scalable_dimension = aws_appautoscaling_target.n8n[each.key].scalable_dimension
  resource_id        = aws_appautoscaling_target.n8n[each.key].resource_id

  target_tracking_scaling_policy_configuration {
    target_value = 60

    predefined_metric_specification {
      predefined_metric_type = "ECSServiceAverageCPUUtilization"
    }
  }
}
