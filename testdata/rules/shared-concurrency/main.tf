# shared-concurrency: background work beside requests. Each region has a pool of its own, so that cases stand apart in
# regions. The rule reports at the function that works in the background.

terraform {
  required_providers {
    aws = { source = "hashicorp/aws", version = "~> 6.0" }
  }
}

provider "aws" {
  region = "us-east-1"
}

locals {
  role = "arn:aws:iam::123456789012:role/function"

  # What answers requests, by region, and what is reserved for it.
  apis = {
    us-east-1 = { reserved = null }
    eu-west-1 = { reserved = 100 }
    us-west-2 = { reserved = terraform_data.reserved.output }
  }
}

resource "terraform_data" "reserved" {
  input = 50
}

resource "aws_lambda_function" "api" {
  for_each                       = local.apis
  region                         = each.key
  function_name                  = "api"
  role                           = local.role
  handler                        = "app.handler"
  runtime                        = "python3.13"
  filename                       = "app.zip"
  reserved_concurrent_executions = each.value.reserved
}

resource "aws_apigatewayv2_api" "shop" {
  for_each      = local.apis
  region        = each.key
  name          = "shop"
  protocol_type = "HTTP"
}

resource "aws_apigatewayv2_integration" "shop" {
  for_each               = local.apis
  region                 = each.key
  api_id                 = aws_apigatewayv2_api.shop[each.key].id
  integration_type       = "AWS_PROXY"
  integration_uri        = aws_lambda_function.api[each.key].invoke_arn
  payload_format_version = "2.0"
}

# Its executions are kept ready: as many requests are answered whatever else runs.
resource "aws_lambda_function" "ready" {
  region        = "ap-south-1"
  function_name = "ready"
  role          = local.role
  handler       = "app.handler"
  runtime       = "python3.13"
  filename      = "app.zip"
  publish       = true
}

resource "aws_lambda_provisioned_concurrency_config" "ready" {
  region                            = "ap-south-1"
  function_name                     = aws_lambda_function.ready.function_name
  qualifier                         = aws_lambda_function.ready.version
  provisioned_concurrent_executions = 20
}

resource "aws_lambda_function_url" "ready" {
  region             = "ap-south-1"
  function_name      = aws_lambda_function.ready.function_name
  qualifier          = aws_lambda_function.ready.version
  authorization_type = "AWS_IAM"
}

resource "aws_sqs_queue" "work" {
  for_each                   = toset(["us-east-1", "eu-west-1", "eu-central-1", "ap-south-1", "us-west-2", "eu-north-1"])
  region                     = each.key
  name                       = "work"
  visibility_timeout_seconds = 180
}

resource "aws_sqs_queue" "ordered" {
  name                       = "ordered.fifo"
  fifo_queue                 = true
  visibility_timeout_seconds = 180
}

# BAD: nothing bounds how many calls its queue leads to.
resource "aws_lambda_function" "bad_orders" {
  function_name = "bad-orders"
  role          = local.role
  handler       = "app.handler"
  runtime       = "python3.13"
  filename      = "app.zip"
}

resource "aws_lambda_event_source_mapping" "orders" {
  function_name    = aws_lambda_function.bad_orders.arn
  event_source_arn = aws_sqs_queue.work["us-east-1"].arn
}

# BAD: its bound is as large as the pool.
resource "aws_lambda_function" "bad_wide" {
  function_name = "bad-wide"
  role          = local.role
  handler       = "app.handler"
  runtime       = "python3.13"
  filename      = "app.zip"
}

resource "aws_lambda_event_source_mapping" "wide" {
  function_name    = aws_lambda_function.bad_wide.arn
  event_source_arn = aws_sqs_queue.work["us-east-1"].arn
  scaling_config {
    maximum_concurrency = 1000
  }
}

# GOOD: its trigger makes few calls at a time.
resource "aws_lambda_function" "good_bounded" {
  function_name = "good-bounded"
  role          = local.role
  handler       = "app.handler"
  runtime       = "python3.13"
  filename      = "app.zip"
}

resource "aws_lambda_event_source_mapping" "bounded" {
  function_name    = aws_lambda_function.good_bounded.arn
  event_source_arn = aws_sqs_queue.work["us-east-1"].arn
  scaling_config {
    maximum_concurrency = 10
  }
}

# GOOD: it has executions of its own, and no more.
resource "aws_lambda_function" "good_reserved" {
  function_name                  = "good-reserved"
  role                           = local.role
  handler                        = "app.handler"
  runtime                        = "python3.13"
  filename                       = "app.zip"
  reserved_concurrent_executions = 20
}

resource "aws_lambda_event_source_mapping" "reserved" {
  function_name    = aws_lambda_function.good_reserved.arn
  event_source_arn = aws_sqs_queue.work["us-east-1"].arn
}

# GOOD: its trigger is switched off.
resource "aws_lambda_function" "good_switched_off" {
  function_name = "good-switched-off"
  role          = local.role
  handler       = "app.handler"
  runtime       = "python3.13"
  filename      = "app.zip"
}

resource "aws_lambda_event_source_mapping" "switched_off" {
  function_name    = aws_lambda_function.good_switched_off.arn
  event_source_arn = aws_sqs_queue.work["us-east-1"].arn
  enabled          = false
}

# UNKNOWN: one call for each group of messages, of which there may be few.
resource "aws_lambda_function" "unknown_ordered" {
  function_name = "unknown-ordered"
  role          = local.role
  handler       = "app.handler"
  runtime       = "python3.13"
  filename      = "app.zip"
}

resource "aws_lambda_event_source_mapping" "ordered" {
  function_name    = aws_lambda_function.unknown_ordered.arn
  event_source_arn = aws_sqs_queue.ordered.arn
}

# GOOD: what answers requests there has executions of its own.
resource "aws_lambda_function" "good_protected" {
  region        = "eu-west-1"
  function_name = "good-protected"
  role          = local.role
  handler       = "app.handler"
  runtime       = "python3.13"
  filename      = "app.zip"
}

resource "aws_lambda_event_source_mapping" "protected" {
  region           = "eu-west-1"
  function_name    = aws_lambda_function.good_protected.arn
  event_source_arn = aws_sqs_queue.work["eu-west-1"].arn
}

# GOOD: nobody else is there.
resource "aws_lambda_function" "good_alone" {
  region        = "eu-central-1"
  function_name = "good-alone"
  role          = local.role
  handler       = "app.handler"
  runtime       = "python3.13"
  filename      = "app.zip"
}

resource "aws_lambda_event_source_mapping" "alone" {
  region           = "eu-central-1"
  function_name    = aws_lambda_function.good_alone.arn
  event_source_arn = aws_sqs_queue.work["eu-central-1"].arn
}

# GOOD: executions are kept ready for requests.
resource "aws_lambda_function" "good_beside_ready" {
  region        = "ap-south-1"
  function_name = "good-beside-ready"
  role          = local.role
  handler       = "app.handler"
  runtime       = "python3.13"
  filename      = "app.zip"
}

resource "aws_lambda_event_source_mapping" "beside_ready" {
  region           = "ap-south-1"
  function_name    = aws_lambda_function.good_beside_ready.arn
  event_source_arn = aws_sqs_queue.work["ap-south-1"].arn
}

# UNKNOWN: what is reserved for requests is known only after apply.
resource "aws_lambda_function" "unknown_apart" {
  region        = "us-west-2"
  function_name = "unknown-apart"
  role          = local.role
  handler       = "app.handler"
  runtime       = "python3.13"
  filename      = "app.zip"
}

resource "aws_lambda_event_source_mapping" "apart" {
  region           = "us-west-2"
  function_name    = aws_lambda_function.unknown_apart.arn
  event_source_arn = aws_sqs_queue.work["us-west-2"].arn
}

# GOOD: two that work in the background, and nobody who answers requests.
resource "aws_lambda_function" "good_worker" {
  region        = "eu-north-1"
  function_name = "good-worker"
  role          = local.role
  handler       = "app.handler"
  runtime       = "python3.13"
  filename      = "app.zip"
}

resource "aws_lambda_event_source_mapping" "worker" {
  region           = "eu-north-1"
  function_name    = aws_lambda_function.good_worker.arn
  event_source_arn = aws_sqs_queue.work["eu-north-1"].arn
}

# GOOD: the other one.
resource "aws_lambda_function" "good_other_worker" {
  region        = "eu-north-1"
  function_name = "good-other-worker"
  role          = local.role
  handler       = "app.handler"
  runtime       = "python3.13"
  filename      = "app.zip"
}

resource "aws_lambda_event_source_mapping" "other_worker" {
  region           = "eu-north-1"
  function_name    = aws_lambda_function.good_other_worker.arn
  event_source_arn = aws_sqs_queue.work["eu-north-1"].arn
}

# UNKNOWN: what is reserved for it is known only after apply.
resource "aws_lambda_function" "unknown_reserved" {
  function_name                  = "unknown-reserved"
  role                           = local.role
  handler                        = "app.handler"
  runtime                        = "python3.13"
  filename                       = "app.zip"
  reserved_concurrent_executions = terraform_data.reserved.output
}

resource "aws_sqs_queue" "of_unknown" {
  name                       = "of-unknown"
  visibility_timeout_seconds = 180
}

resource "aws_lambda_event_source_mapping" "of_unknown_reserved" {
  function_name    = aws_lambda_function.unknown_reserved.arn
  event_source_arn = aws_sqs_queue.of_unknown.arn
}

# UNKNOWN: the bound of its trigger is known only after apply.
resource "aws_lambda_function" "unknown_bound" {
  function_name = "unknown-bound"
  role          = local.role
  handler       = "app.handler"
  runtime       = "python3.13"
  filename      = "app.zip"
}

resource "aws_lambda_event_source_mapping" "of_unknown_bound" {
  function_name    = aws_lambda_function.unknown_bound.arn
  event_source_arn = aws_sqs_queue.of_unknown.arn
  scaling_config {
    maximum_concurrency = terraform_data.reserved.output
  }
}

# BAD: a topic hands over whatever comes.
resource "aws_lambda_function" "bad_mail" {
  function_name = "bad-mail"
  role          = local.role
  handler       = "app.handler"
  runtime       = "python3.13"
  filename      = "app.zip"
}

resource "aws_sns_topic" "orders" {
  name = "orders"
}

resource "aws_sns_topic_subscription" "mail" {
  topic_arn = aws_sns_topic.orders.arn
  protocol  = "lambda"
  endpoint  = aws_lambda_function.bad_mail.arn
}

# BAD, and mild: one call for each object that is put into a bucket.
resource "aws_lambda_function" "bad_thumbnails" {
  function_name = "bad-thumbnails"
  role          = local.role
  handler       = "app.handler"
  runtime       = "python3.13"
  filename      = "app.zip"
}

resource "aws_s3_bucket" "uploads" {
  bucket = "uploads-example"
}

resource "aws_s3_bucket_notification" "uploads" {
  bucket = aws_s3_bucket.uploads.id
  lambda_function {
    lambda_function_arn = aws_lambda_function.bad_thumbnails.arn
    events              = ["s3:ObjectCreated:*"]
  }
}

# GOOD: the clock calls once a day.
resource "aws_lambda_function" "good_nightly" {
  function_name = "good-nightly"
  role          = local.role
  handler       = "app.handler"
  runtime       = "python3.13"
  filename      = "app.zip"
}

resource "aws_cloudwatch_event_rule" "nightly" {
  name                = "nightly"
  schedule_expression = "rate(1 day)"
}

resource "aws_cloudwatch_event_target" "nightly" {
  rule = aws_cloudwatch_event_rule.nightly.name
  arn  = aws_lambda_function.good_nightly.arn
}

# GOOD: two shards, one call at a time for each.
resource "aws_lambda_function" "good_stream" {
  function_name = "good-stream"
  role          = local.role
  handler       = "app.handler"
  runtime       = "python3.13"
  filename      = "app.zip"
}

resource "aws_kinesis_stream" "clicks" {
  name        = "clicks"
  shard_count = 2
}

resource "aws_lambda_event_source_mapping" "clicks" {
  function_name     = aws_lambda_function.good_stream.arn
  event_source_arn  = aws_kinesis_stream.clicks.arn
  starting_position = "LATEST"
}

# GOOD: a queue that it only writes to is no source of its work.
resource "aws_lambda_function" "good_sender" {
  function_name = "good-sender"
  role          = local.role
  handler       = "app.handler"
  runtime       = "python3.13"
  filename      = "app.zip"
  environment {
    variables = { QUEUE_URL = aws_sqs_queue.of_unknown.url }
  }
}
