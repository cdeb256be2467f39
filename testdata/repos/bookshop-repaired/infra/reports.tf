# Nightly reports.

data "aws_iam_policy_document" "batch" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["batch.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "batch" {
  name               = "bookshop-batch"
  assume_role_policy = data.aws_iam_policy_document.batch.json
}

resource "aws_batch_compute_environment" "reports" {
  name         = "bookshop-reports"
  type         = "MANAGED"
  service_role = aws_iam_role.batch.arn

  compute_resources {
    type               = "FARGATE_SPOT"
    max_vcpus          = 64
    subnets            = aws_subnet.private[*].id
    security_group_ids = [aws_security_group.services.id]
  }
}

resource "aws_batch_job_queue" "reports" {
  name     = "bookshop-reports"
  state    = "ENABLED"
  priority = 1

  compute_environment_order {
    order               = 1
    compute_environment = aws_batch_compute_environment.reports.arn
  }
}

resource "aws_batch_job_definition" "reports" {
  name                  = "bookshop-reports"
  type                  = "container"
  platform_capabilities = ["FARGATE"]

  container_properties = jsonencode({
    image            = "${local.image}:reports-2026.11"
    executionRoleArn = aws_iam_role.start.arn
    resourceRequirements = [
      { type = "VCPU", value = "4" },
      { type = "MEMORY", value = "8192" },
    ]
  })

  retry_strategy {
    attempts = 3
  }
}
