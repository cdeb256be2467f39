locals {
  # Written out, as the tasks and the function are trusted in the same way.
  trust = {
    for service in ["ecs-tasks", "lambda"] : service => jsonencode({
      Version = "2012-10-17"
      Statement = [{
        Effect    = "Allow"
        Action    = "sts:AssumeRole"
        Principal = { Service = "${service}.amazonaws.com" }
      }]
    })
  }
}

resource "aws_iam_role" "start" {
  name               = "photos-start"
  assume_role_policy = local.trust["ecs-tasks"]
}

resource "aws_iam_role_policy_attachment" "start" {
  role       = aws_iam_role.start.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
}

resource "aws_iam_role" "site" {
  name               = "photos-site"
  assume_role_policy = local.trust["ecs-tasks"]
}

# The queue's ARN is a part of the text, so that none of it can be read before the queue is there.
resource "aws_iam_role_policy" "site" {
  name = "photos-site"
  role = aws_iam_role.site.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["sqs:SendMessage"]
        Resource = aws_sqs_queue.mails.arn
      },
      {
        Effect   = "Allow"
        Action   = ["dynamodb:Query", "dynamodb:PutItem"]
        Resource = aws_dynamodb_table.albums.arn
      },
    ]
  })
}

resource "aws_iam_role" "ingest" {
  name               = "photos-ingest"
  assume_role_policy = local.trust["ecs-tasks"]
}

# Of this one the actions can be read: only the resources wait.
data "aws_iam_policy_document" "ingest" {
  statement {
    actions   = ["sqs:ReceiveMessage", "sqs:DeleteMessage"]
    resources = [aws_sqs_queue.uploads.arn]
  }

  statement {
    actions   = ["s3:PutObject", "s3:GetObject"]
    resources = ["${aws_s3_bucket.photos.arn}/*"]
  }
}

resource "aws_iam_role_policy" "ingest" {
  name   = "photos-ingest"
  role   = aws_iam_role.ingest.id
  policy = data.aws_iam_policy_document.ingest.json
}

resource "aws_iam_role" "thumbnails" {
  name               = "photos-thumbnails"
  assume_role_policy = local.trust["lambda"]
}

resource "aws_iam_role_policy_attachment" "thumbnails" {
  role       = aws_iam_role.thumbnails.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole"
}
