resource "aws_ecs_cluster" "photos" {
  name = "photos"
}

resource "aws_cloudwatch_log_group" "service" {
  for_each = toset(["site", "ingest"])

  name              = "/photos/${each.key}"
  retention_in_days = 14
}

# The site. Its pool can only be read once the database has a name: the text is one whole.
resource "aws_ecs_task_definition" "site" {
  family                   = "photos-site"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048
  execution_role_arn       = aws_iam_role.start.arn
  task_role_arn            = aws_iam_role.site.arn

  container_definitions = jsonencode([
    {
      name         = "site"
      image        = "${aws_ecr_repository.photos.repository_url}:${var.app_version}"
      essential    = true
      portMappings = [{ containerPort = 8000 }]

      environment = [
        { name = "DATABASE_HOST", value = aws_rds_cluster.photos.endpoint },
        { name = "DATABASE_POOL_SIZE", value = "8" },
        { name = "SESSIONS_HOST", value = aws_elasticache_replication_group.sessions.primary_endpoint_address },
        { name = "ALBUMS_TABLE", value = aws_dynamodb_table.albums.name },
        { name = "MAILS_QUEUE_URL", value = aws_sqs_queue.mails.url },
      ]

      secrets = [
        { name = "DATABASE_LOGIN", valueFrom = aws_rds_cluster.photos.master_user_secret[0].secret_arn },
      ]

      logConfiguration = {
        logDriver = "awslogs"
        options = {
          awslogs-group         = aws_cloudwatch_log_group.service["site"].name
          awslogs-region        = "eu-north-1"
          awslogs-stream-prefix = "site"
        }
      }
    },
  ])
}

resource "aws_ecs_service" "site" {
  name            = "site"
  cluster         = aws_ecs_cluster.photos.id
  task_definition = aws_ecs_task_definition.site.arn
  launch_type     = "FARGATE"
  desired_count   = 3

  network_configuration {
    subnets         = values(aws_subnet.private)[*].id
    security_groups = [aws_security_group.services.id]
  }

  load_balancer {
    target_group_arn = aws_lb_target_group.service["site"].arn
    container_name   = "site"
    container_port   = 8000
  }

  depends_on = [aws_lb_listener.https]
}

resource "aws_appautoscaling_target" "site" {
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/${aws_ecs_cluster.photos.name}/${aws_ecs_service.site.name}"
  min_capacity       = 3
  max_capacity       = 12
}

resource "aws_appautoscaling_policy" "site" {
  name               = "requests"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = aws_appautoscaling_target.site.service_namespace
  scalable_dimension = aws_appautoscaling_target.site.scalable_dimension
  resource_id        = aws_appautoscaling_target.site.resource_id

  target_tracking_scaling_policy_configuration {
    target_value = 400

    predefined_metric_specification {
      predefined_metric_type = "ALBRequestCountPerTarget"
      resource_label         = "${aws_lb.photos.arn_suffix}/${aws_lb_target_group.service["site"].arn_suffix}"
    }
  }
}

# Takes uploads, and works off those that came in by mail.
resource "aws_ecs_task_definition" "ingest" {
  family                   = "photos-ingest"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 2048
  memory                   = 4096
  execution_role_arn       = aws_iam_role.start.arn
  task_role_arn            = aws_iam_role.ingest.arn

  container_definitions = jsonencode([
    {
      name         = "ingest"
      image        = "${aws_ecr_repository.photos.repository_url}:${var.app_version}"
      essential    = true
      portMappings = [{ containerPort = 8000 }]

      environment = [
        { name = "ORIGINALS_BUCKET", value = aws_s3_bucket.photos.bucket },
        { name = "UPLOADS_QUEUE_URL", value = aws_sqs_queue.uploads.url },
      ]

      logConfiguration = {
        logDriver = "awslogs"
        options = {
          awslogs-group         = aws_cloudwatch_log_group.service["ingest"].name
          awslogs-region        = "eu-north-1"
          awslogs-stream-prefix = "ingest"
        }
      }
    },
  ])
}

resource "aws_ecs_service" "ingest" {
  name            = "ingest"
  cluster         = aws_ecs_cluster.photos.id
  task_definition = aws_ecs_task_definition.ingest.arn
  launch_type     = "FARGATE"
  desired_count   = 2

  network_configuration {
    subnets         = values(aws_subnet.private)[*].id
    security_groups = [aws_security_group.services.id]
  }

  load_balancer {
    target_group_arn = aws_lb_target_group.service["ingest"].arn
    container_name   = "ingest"
    container_port   = 8000
  }

  depends_on = [aws_lb_listener_rule.ingest]
}
