# What the applications keep outside the database, and the images that they run.

resource "aws_s3_bucket" "uploads" {
  bucket = "example-shop-uploads"
}

resource "aws_s3_bucket_public_access_block" "uploads" {
  bucket = aws_s3_bucket.uploads.id

  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_dynamodb_table" "baskets" {
  name         = "shop-baskets"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "basket"

  attribute {
    name = "basket"
    type = "S"
  }

  ttl {
    attribute_name = "expires"
    enabled        = true
  }
}

resource "aws_sqs_queue" "orders_failed" {
  name                      = "shop-orders-failed"
  message_retention_seconds = 1209600
}

resource "aws_sqs_queue" "orders" {
  name                       = "shop-orders"
  visibility_timeout_seconds = 180

  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.orders_failed.arn
    maxReceiveCount     = 5
  })
}

resource "aws_ecr_repository" "app" {
  name                 = "shop/app"
  image_tag_mutability = "IMMUTABLE"

  image_scanning_configuration {
    scan_on_push = true
  }
}
