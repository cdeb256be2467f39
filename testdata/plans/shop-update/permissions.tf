# What the platform does to start a task: pull its image, write its logs, hand it its secrets.

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
  name               = "market-execution"
  assume_role_policy = data.aws_iam_policy_document.tasks.json
}

resource "aws_iam_role_policy_attachment" "execution" {
  role       = aws_iam_role.execution.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
}

data "aws_iam_policy_document" "secrets" {
  statement {
    actions   = ["secretsmanager:GetSecretValue"]
    resources = [for secret in aws_secretsmanager_secret.database : secret.arn]
  }
}

resource "aws_iam_role_policy" "secrets" {
  name   = "secrets"
  role   = aws_iam_role.execution.id
  policy = data.aws_iam_policy_document.secrets.json
}

# What the services may do, beyond answering requests.

locals {
  policies = {
    api           = { notifications = data.aws_iam_policy_document.api.json }
    catalogue     = { images = data.aws_iam_policy_document.catalogue.json }
    notifications = { notifications = data.aws_iam_policy_document.notifications.json }
  }
}

data "aws_iam_policy_document" "api" {
  statement {
    actions   = ["sqs:SendMessage"]
    resources = [aws_sqs_queue.notifications.arn]
  }
}

data "aws_iam_policy_document" "catalogue" {
  statement {
    actions   = ["s3:GetObject", "s3:PutObject"]
    resources = ["${aws_s3_bucket.images.arn}/*"]
  }
}

# Webhooks of the mail provider come in over HTTP; what is to be sent comes from the queue.
data "aws_iam_policy_document" "notifications" {
  statement {
    actions   = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:ChangeMessageVisibility"]
    resources = [aws_sqs_queue.notifications.arn]
  }
}

resource "aws_sqs_queue" "notifications" {
  name                       = "market-notifications"
  visibility_timeout_seconds = 120
}

resource "aws_s3_bucket" "images" {
  bucket = "example-market-images"
}
