resource "aws_sqs_queue" "orders" {
  name                       = "orders"
  visibility_timeout_seconds = 300
}

resource "aws_sqs_queue" "stock" {
  name                       = "stock"
  visibility_timeout_seconds = 180
}

resource "aws_dynamodb_table" "parcels" {
  name         = "parcels"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "parcel"

  attribute {
    name = "parcel"
    type = "S"
  }
}

resource "aws_s3_bucket" "reports" {
  bucket = "example-traps-reports"
}

resource "aws_secretsmanager_secret" "application" {
  for_each = toset(["orders", "ledger"])

  name = "${each.key}/application"
}

resource "aws_ecr_repository" "app" {
  for_each = toset(["checkout", "fulfilment", "ledger", "nginx", "quotes", "reporting", "status", "stock"])

  name                 = each.key
  image_tag_mutability = "IMMUTABLE"
}

resource "aws_ecs_cluster" "main" {
  name = "main"
}
