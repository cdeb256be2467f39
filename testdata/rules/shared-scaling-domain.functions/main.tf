# shared-scaling-domain: functions, what calls them, and what sets them off.
#
# One function for each case: bad_ is to be found, good_ is not, unknown_ cannot be told.

terraform {
  required_providers {
    aws = { source = "hashicorp/aws", version = "~> 6.0" }
  }
}

provider "aws" {
  region = "us-east-1"
}

# The cases tell by what calls a function, not by what its role allows.
resource "aws_iam_role" "functions" {
  name = "functions"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }]
  })
}

resource "aws_apigatewayv2_api" "front" {
  name          = "front"
  protocol_type = "HTTP"
}

resource "aws_api_gateway_rest_api" "front" {
  name = "front"
}

resource "terraform_data" "decided_later" {
  input = timestamp()
}

# --- queues and streams on functions that are called ---

# BAD, high: an HTTP API calls it, and a mapping brings it the messages of a queue, through its invocation address and its name.
resource "aws_lambda_function" "bad_http_api" {
  function_name = "http-api"
  role          = aws_iam_role.functions.arn
  runtime       = "nodejs22.x"
  handler       = "index.handle"
  filename      = "code.zip"
}

resource "aws_apigatewayv2_integration" "http_api" {
  api_id                 = aws_apigatewayv2_api.front.id
  integration_type       = "AWS_PROXY"
  integration_uri        = aws_lambda_function.bad_http_api.invoke_arn
  payload_format_version = "2.0"
}

resource "aws_apigatewayv2_route" "http_api" {
  api_id    = aws_apigatewayv2_api.front.id
  route_key = "GET /orders"
  target    = "integrations/${aws_apigatewayv2_integration.http_api.id}"
}

resource "aws_sqs_queue" "http_api" {
  name = "http-api-jobs"
}

resource "aws_lambda_event_source_mapping" "http_api" {
  event_source_arn = aws_sqs_queue.http_api.arn
  function_name    = aws_lambda_function.bad_http_api.function_name
}

# BAD, high: a REST API calls it, and it reads a stream. The permission is a part of the same way in, not a second one.
resource "aws_lambda_function" "bad_rest_api" {
  function_name = "rest-api"
  role          = aws_iam_role.functions.arn
  runtime       = "nodejs22.x"
  handler       = "index.handle"
  filename      = "code.zip"
}

resource "aws_api_gateway_resource" "rest_api" {
  rest_api_id = aws_api_gateway_rest_api.front.id
  parent_id   = aws_api_gateway_rest_api.front.root_resource_id
  path_part   = "carts"
}

resource "aws_api_gateway_method" "rest_api" {
  rest_api_id   = aws_api_gateway_rest_api.front.id
  resource_id   = aws_api_gateway_resource.rest_api.id
  http_method   = "GET"
  authorization = "NONE"
}

resource "aws_api_gateway_integration" "rest_api" {
  rest_api_id             = aws_api_gateway_rest_api.front.id
  resource_id             = aws_api_gateway_resource.rest_api.id
  http_method             = aws_api_gateway_method.rest_api.http_method
  type                    = "AWS_PROXY"
  integration_http_method = "POST"
  uri                     = aws_lambda_function.bad_rest_api.invoke_arn
}

resource "aws_lambda_permission" "rest_api" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.bad_rest_api.function_name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_api_gateway_rest_api.front.execution_arn}/*/*"
}

resource "aws_kinesis_stream" "rest_api" {
  name        = "clicks"
  shard_count = 2
}

resource "aws_lambda_event_source_mapping" "rest_api" {
  event_source_arn  = aws_kinesis_stream.rest_api.arn
  function_name     = aws_lambda_function.bad_rest_api.arn
  starting_position = "LATEST"
}

# BAD, high: it has an address of its own, and reads the changes of a table.
resource "aws_lambda_function" "bad_url" {
  function_name = "url"
  role          = aws_iam_role.functions.arn
  runtime       = "nodejs22.x"
  handler       = "index.handle"
  filename      = "code.zip"
}

resource "aws_lambda_function_url" "url" {
  function_name      = aws_lambda_function.bad_url.function_name
  authorization_type = "AWS_IAM"
}

resource "aws_dynamodb_table" "url" {
  name             = "carts"
  billing_mode     = "PAY_PER_REQUEST"
  hash_key         = "id"
  stream_enabled   = true
  stream_view_type = "NEW_IMAGE"
  attribute {
    name = "id"
    type = "S"
  }
}

resource "aws_lambda_event_source_mapping" "url" {
  event_source_arn  = aws_dynamodb_table.url.stream_arn
  function_name     = aws_lambda_function.bad_url.arn
  starting_position = "LATEST"
}

# BAD, high: a load balancer calls it, and it takes from a queue.
resource "aws_lambda_function" "bad_balanced" {
  function_name = "balanced"
  role          = aws_iam_role.functions.arn
  runtime       = "nodejs22.x"
  handler       = "index.handle"
  filename      = "code.zip"
}

resource "aws_lb_target_group" "balanced" {
  name        = "balanced"
  target_type = "lambda"
}

resource "aws_lambda_permission" "balanced" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.bad_balanced.function_name
  principal     = "elasticloadbalancing.amazonaws.com"
  source_arn    = aws_lb_target_group.balanced.arn
}

resource "aws_lb_target_group_attachment" "balanced" {
  target_group_arn = aws_lb_target_group.balanced.arn
  target_id        = aws_lambda_function.bad_balanced.arn
}

resource "aws_sqs_queue" "balanced" {
  name = "balanced-jobs"
}

resource "aws_lambda_event_source_mapping" "balanced" {
  event_source_arn = aws_sqs_queue.balanced.arn
  function_name    = aws_lambda_function.bad_balanced.arn
}

# BAD, high: the API calls an alias, and so does the mapping; both are this function.
resource "aws_lambda_function" "bad_alias" {
  function_name = "alias"
  role          = aws_iam_role.functions.arn
  runtime       = "nodejs22.x"
  handler       = "index.handle"
  filename      = "code.zip"
  publish       = true
}

resource "aws_lambda_alias" "alias" {
  name             = "live"
  function_name    = aws_lambda_function.bad_alias.function_name
  function_version = aws_lambda_function.bad_alias.version
}

resource "aws_apigatewayv2_integration" "alias" {
  api_id           = aws_apigatewayv2_api.front.id
  integration_type = "AWS_PROXY"
  integration_uri  = aws_lambda_alias.alias.invoke_arn
}

resource "aws_sqs_queue" "alias" {
  name = "alias-jobs"
}

resource "aws_lambda_event_source_mapping" "alias" {
  event_source_arn = aws_sqs_queue.alias.arn
  function_name    = aws_lambda_alias.alias.arn
  scaling_config {
    maximum_concurrency = 5
  }
}

# BAD, high: the API is described as a whole, in a document that is known only after apply; that it may call the function,
# the permission says.
resource "aws_lambda_function" "bad_described_api" {
  function_name = "described-api"
  role          = aws_iam_role.functions.arn
  runtime       = "nodejs22.x"
  handler       = "index.handle"
  filename      = "code.zip"
}

resource "aws_api_gateway_rest_api" "described_api" {
  name = "described"
  body = jsonencode({
    openapi = "3.0.1"
    paths = {
      "/orders" = {
        get = {
          x-amazon-apigateway-integration = {
            type       = "aws_proxy"
            httpMethod = "POST"
            uri        = aws_lambda_function.bad_described_api.invoke_arn
          }
        }
      }
    }
  })
}

resource "aws_lambda_permission" "described_api" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.bad_described_api.function_name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_api_gateway_rest_api.described_api.execution_arn}/*/*"
}

resource "aws_sqs_queue" "described_api" {
  name = "described-api-jobs"
}

resource "aws_lambda_event_source_mapping" "described_api" {
  event_source_arn = aws_sqs_queue.described_api.arn
  function_name    = aws_lambda_function.bad_described_api.arn
}

# BAD, high: the queue is another plan's; that it is read, this one says.
resource "aws_lambda_function" "bad_foreign_queue" {
  function_name = "foreign-queue"
  role          = aws_iam_role.functions.arn
  runtime       = "nodejs22.x"
  handler       = "index.handle"
  filename      = "code.zip"
}

resource "aws_lambda_function_url" "foreign_queue" {
  function_name      = aws_lambda_function.bad_foreign_queue.function_name
  authorization_type = "AWS_IAM"
}

resource "aws_lambda_event_source_mapping" "foreign_queue" {
  event_source_arn = "arn:aws:sqs:us-east-1:123456789012:jobs"
  function_name    = aws_lambda_function.bad_foreign_queue.arn
}

# BAD, high: a pipe brings it what is in a queue.
resource "aws_lambda_function" "bad_pipe" {
  function_name = "pipe"
  role          = aws_iam_role.functions.arn
  runtime       = "nodejs22.x"
  handler       = "index.handle"
  filename      = "code.zip"
}

resource "aws_lambda_function_url" "pipe" {
  function_name      = aws_lambda_function.bad_pipe.function_name
  authorization_type = "AWS_IAM"
}

resource "aws_sqs_queue" "pipe" {
  name = "pipe-jobs"
}

resource "aws_pipes_pipe" "pipe" {
  name     = "pipe-jobs"
  role_arn = "arn:aws:iam::123456789012:role/pipe"
  source   = aws_sqs_queue.pipe.arn
  target   = aws_lambda_function.bad_pipe.arn
}

# BAD, high, one finding that names the HTTP API, the URL and both queues.
resource "aws_lambda_function" "bad_many" {
  function_name = "many"
  role          = aws_iam_role.functions.arn
  runtime       = "nodejs22.x"
  handler       = "index.handle"
  filename      = "code.zip"
}

resource "aws_lambda_function_url" "many" {
  function_name      = aws_lambda_function.bad_many.function_name
  authorization_type = "AWS_IAM"
}

resource "aws_apigatewayv2_integration" "many" {
  api_id           = aws_apigatewayv2_api.front.id
  integration_type = "AWS_PROXY"
  integration_uri  = aws_lambda_function.bad_many.arn
}

resource "aws_sqs_queue" "many" {
  for_each = toset(["mail", "bills"])
  name     = each.key
}

resource "aws_lambda_event_source_mapping" "many" {
  for_each         = aws_sqs_queue.many
  event_source_arn = each.value.arn
  function_name    = aws_lambda_function.bad_many.arn
}

# BAD, high: the function and its queue have one name, as they often do. Each reference says which is meant.
resource "aws_lambda_function" "bad_same_names" {
  function_name = "invoices"
  role          = aws_iam_role.functions.arn
  runtime       = "nodejs22.x"
  handler       = "index.handle"
  filename      = "code.zip"
}

resource "aws_lambda_function_url" "same_names" {
  function_name      = aws_lambda_function.bad_same_names.function_name
  authorization_type = "AWS_IAM"
}

resource "aws_sqs_queue" "same_names" {
  name = "invoices"
}

resource "aws_lambda_event_source_mapping" "same_names" {
  event_source_arn = aws_sqs_queue.same_names.arn
  function_name    = aws_lambda_function.bad_same_names.function_name
}

# --- the clock, topics and events: lighter work ---

# BAD, medium: a rule starts real work every night in what answers requests by day.
resource "aws_lambda_function" "bad_nightly" {
  function_name = "nightly"
  role          = aws_iam_role.functions.arn
  runtime       = "nodejs22.x"
  handler       = "index.handle"
  filename      = "code.zip"
}

resource "aws_lambda_function_url" "nightly" {
  function_name      = aws_lambda_function.bad_nightly.function_name
  authorization_type = "AWS_IAM"
}

resource "aws_cloudwatch_event_rule" "nightly" {
  name                = "nightly-invoices"
  schedule_expression = "cron(0 3 * * ? *)"
}

resource "aws_cloudwatch_event_target" "nightly" {
  rule = aws_cloudwatch_event_rule.nightly.name
  arn  = aws_lambda_function.bad_nightly.arn
}

# BAD, medium: the same by EventBridge Scheduler.
resource "aws_lambda_function" "bad_scheduled" {
  function_name = "scheduled"
  role          = aws_iam_role.functions.arn
  runtime       = "nodejs22.x"
  handler       = "index.handle"
  filename      = "code.zip"
}

resource "aws_lambda_function_url" "scheduled" {
  function_name      = aws_lambda_function.bad_scheduled.function_name
  authorization_type = "AWS_IAM"
}

resource "aws_scheduler_schedule" "scheduled" {
  name                = "reports"
  schedule_expression = "rate(1 hour)"
  flexible_time_window {
    mode = "OFF"
  }
  target {
    arn      = aws_lambda_function.bad_scheduled.arn
    role_arn = "arn:aws:iam::123456789012:role/scheduler"
  }
}

# GOOD: a rule whose name says that it keeps the function warm is no work.
resource "aws_lambda_function" "good_warm_rule" {
  function_name = "warm-rule"
  role          = aws_iam_role.functions.arn
  runtime       = "nodejs22.x"
  handler       = "index.handle"
  filename      = "code.zip"
}

resource "aws_lambda_function_url" "warm_rule" {
  function_name      = aws_lambda_function.good_warm_rule.function_name
  authorization_type = "AWS_IAM"
}

resource "aws_cloudwatch_event_rule" "warm_rule" {
  name                = "keep-warm"
  schedule_expression = "rate(5 minutes)"
}

resource "aws_cloudwatch_event_target" "warm_rule" {
  rule = aws_cloudwatch_event_rule.warm_rule.name
  arn  = aws_lambda_function.good_warm_rule.arn
}

# GOOD: what the rule hands over says so.
resource "aws_lambda_function" "good_warm_input" {
  function_name = "warm-input"
  role          = aws_iam_role.functions.arn
  runtime       = "nodejs22.x"
  handler       = "index.handle"
  filename      = "code.zip"
}

resource "aws_lambda_function_url" "warm_input" {
  function_name      = aws_lambda_function.good_warm_input.function_name
  authorization_type = "AWS_IAM"
}

resource "aws_cloudwatch_event_rule" "warm_input" {
  name                = "every-five-minutes"
  schedule_expression = "rate(5 minutes)"
}

resource "aws_cloudwatch_event_target" "warm_input" {
  rule  = aws_cloudwatch_event_rule.warm_input.name
  arn   = aws_lambda_function.good_warm_input.arn
  input = jsonencode({ warmup = true })
}

# GOOD: a schedule that does so.
resource "aws_lambda_function" "good_warm_schedule" {
  function_name = "warm-schedule"
  role          = aws_iam_role.functions.arn
  runtime       = "nodejs22.x"
  handler       = "index.handle"
  filename      = "code.zip"
}

resource "aws_lambda_function_url" "warm_schedule" {
  function_name      = aws_lambda_function.good_warm_schedule.function_name
  authorization_type = "AWS_IAM"
}

resource "aws_scheduler_schedule" "warm_schedule" {
  name                = "front-warmer"
  schedule_expression = "rate(5 minutes)"
  flexible_time_window {
    mode = "OFF"
  }
  target {
    arn      = aws_lambda_function.good_warm_schedule.arn
    role_arn = "arn:aws:iam::123456789012:role/scheduler"
    input    = jsonencode({ source = "warmer" })
  }
}

# BAD, medium: the word is not "warm", and the work is real.
resource "aws_lambda_function" "bad_swarm" {
  function_name = "swarm"
  role          = aws_iam_role.functions.arn
  runtime       = "nodejs22.x"
  handler       = "index.handle"
  filename      = "code.zip"
}

resource "aws_lambda_function_url" "swarm" {
  function_name      = aws_lambda_function.bad_swarm.function_name
  authorization_type = "AWS_IAM"
}

resource "aws_cloudwatch_event_rule" "swarm" {
  name                = "swarm-report"
  description         = "Counts the nodes of the swarm and mails a report"
  schedule_expression = "cron(0 6 * * ? *)"
}

resource "aws_cloudwatch_event_target" "swarm" {
  rule = aws_cloudwatch_event_rule.swarm.name
  arn  = aws_lambda_function.bad_swarm.arn
}

# BAD, medium: once a night old records move to warm storage. That keeps no function warm: nothing that does so runs once
# a day.
resource "aws_lambda_function" "bad_warm_storage" {
  function_name = "warm-storage"
  role          = aws_iam_role.functions.arn
  runtime       = "nodejs22.x"
  handler       = "index.handle"
  filename      = "code.zip"
}

resource "aws_lambda_function_url" "warm_storage" {
  function_name      = aws_lambda_function.bad_warm_storage.function_name
  authorization_type = "AWS_IAM"
}

resource "aws_cloudwatch_event_rule" "warm_storage" {
  name                = "move-to-warm-storage"
  schedule_expression = "cron(0 2 * * ? *)"
}

resource "aws_cloudwatch_event_target" "warm_storage" {
  rule = aws_cloudwatch_event_rule.warm_storage.name
  arn  = aws_lambda_function.bad_warm_storage.arn
}

# BAD, medium: a topic hands it messages.
resource "aws_lambda_function" "bad_topic" {
  function_name = "topic"
  role          = aws_iam_role.functions.arn
  runtime       = "nodejs22.x"
  handler       = "index.handle"
  filename      = "code.zip"
}

resource "aws_lambda_function_url" "topic" {
  function_name      = aws_lambda_function.bad_topic.function_name
  authorization_type = "AWS_IAM"
}

resource "aws_sns_topic" "topic" {
  name = "orders"
}

resource "aws_sns_topic_subscription" "topic" {
  topic_arn = aws_sns_topic.topic.arn
  protocol  = "lambda"
  endpoint  = aws_lambda_function.bad_topic.arn
}

# BAD, medium: a bucket tells it of new files.
resource "aws_lambda_function" "bad_bucket" {
  function_name = "bucket"
  role          = aws_iam_role.functions.arn
  runtime       = "nodejs22.x"
  handler       = "index.handle"
  filename      = "code.zip"
}

resource "aws_lambda_function_url" "bucket" {
  function_name      = aws_lambda_function.bad_bucket.function_name
  authorization_type = "AWS_IAM"
}

resource "aws_s3_bucket" "bucket" {
  bucket = "uploads-123456789012"
}

resource "aws_s3_bucket_notification" "bucket" {
  bucket = aws_s3_bucket.bucket.id
  lambda_function {
    lambda_function_arn = aws_lambda_function.bad_bucket.arn
    events              = ["s3:ObjectCreated:*"]
  }
}

# BAD, medium: a rule hands it events.
resource "aws_lambda_function" "bad_events" {
  function_name = "events"
  role          = aws_iam_role.functions.arn
  runtime       = "nodejs22.x"
  handler       = "index.handle"
  filename      = "code.zip"
}

resource "aws_lambda_function_url" "events" {
  function_name      = aws_lambda_function.bad_events.function_name
  authorization_type = "AWS_IAM"
}

resource "aws_cloudwatch_event_rule" "events" {
  name          = "paid-orders"
  event_pattern = jsonencode({ source = ["shop.orders"], detail-type = ["paid"] })
}

resource "aws_cloudwatch_event_target" "events" {
  rule = aws_cloudwatch_event_rule.events.name
  arn  = aws_lambda_function.bad_events.arn
}

# --- one kind of work only ---

# GOOD: is called, and nothing else.
resource "aws_lambda_function" "good_called" {
  function_name = "called"
  role          = aws_iam_role.functions.arn
  runtime       = "nodejs22.x"
  handler       = "index.handle"
  filename      = "code.zip"
}

resource "aws_lambda_function_url" "called" {
  function_name      = aws_lambda_function.good_called.function_name
  authorization_type = "AWS_IAM"
}

# GOOD: takes from a queue, a topic and a schedule; nobody waits for it.
resource "aws_lambda_function" "good_consumer" {
  function_name = "consumer"
  role          = aws_iam_role.functions.arn
  runtime       = "nodejs22.x"
  handler       = "index.handle"
  filename      = "code.zip"
}

resource "aws_sqs_queue" "consumer" {
  name = "consumer-jobs"
}

resource "aws_lambda_event_source_mapping" "consumer" {
  event_source_arn = aws_sqs_queue.consumer.arn
  function_name    = aws_lambda_function.good_consumer.arn
}

resource "aws_sns_topic_subscription" "consumer" {
  topic_arn = aws_sns_topic.topic.arn
  protocol  = "lambda"
  endpoint  = aws_lambda_function.good_consumer.arn
}

resource "aws_cloudwatch_event_target" "consumer" {
  rule = aws_cloudwatch_event_rule.nightly.name
  arn  = aws_lambda_function.good_consumer.arn
}

# GOOD: the mapping is switched off.
resource "aws_lambda_function" "good_switched_off" {
  function_name = "switched-off"
  role          = aws_iam_role.functions.arn
  runtime       = "nodejs22.x"
  handler       = "index.handle"
  filename      = "code.zip"
}

resource "aws_lambda_function_url" "switched_off" {
  function_name      = aws_lambda_function.good_switched_off.function_name
  authorization_type = "AWS_IAM"
}

resource "aws_sqs_queue" "switched_off" {
  name = "switched-off-jobs"
}

resource "aws_lambda_event_source_mapping" "switched_off" {
  event_source_arn = aws_sqs_queue.switched_off.arn
  function_name    = aws_lambda_function.good_switched_off.arn
  enabled          = false
}

# GOOD: the API puts what arrives into the queue itself; nobody waits for the function that takes it out.
resource "aws_lambda_function" "good_behind_queue" {
  function_name = "behind-queue"
  role          = aws_iam_role.functions.arn
  runtime       = "nodejs22.x"
  handler       = "index.handle"
  filename      = "code.zip"
}

resource "aws_sqs_queue" "behind_queue" {
  name = "behind-queue-jobs"
}

resource "aws_apigatewayv2_integration" "behind_queue" {
  api_id              = aws_apigatewayv2_api.front.id
  integration_type    = "AWS_PROXY"
  integration_subtype = "SQS-SendMessage"
  credentials_arn     = "arn:aws:iam::123456789012:role/api-to-queue"
  request_parameters  = { QueueUrl = aws_sqs_queue.behind_queue.url, MessageBody = "$request.body" }
}

resource "aws_lambda_event_source_mapping" "behind_queue" {
  event_source_arn = aws_sqs_queue.behind_queue.arn
  function_name    = aws_lambda_function.good_behind_queue.arn
}

# One role for all functions, as many frameworks make it: it may send and receive.
resource "aws_iam_role" "one_for_all" {
  name               = "one-for-all"
  assume_role_policy = aws_iam_role.functions.assume_role_policy
  inline_policy {
    name = "queue"
    policy = jsonencode({
      Version   = "2012-10-17"
      Statement = [{ Effect = "Allow", Action = ["sqs:SendMessage", "sqs:ReceiveMessage", "sqs:DeleteMessage"], Resource = "arn:aws:sqs:us-east-1:123456789012:one-for-all-jobs" }]
    })
  }
}

resource "aws_sqs_queue" "one_for_all" {
  name = "one-for-all-jobs"
}

# GOOD: a function polls nothing itself. The mapping says which one the queue is for, and it is the other one.
resource "aws_lambda_function" "good_sender" {
  function_name = "sender"
  role          = aws_iam_role.one_for_all.arn
  runtime       = "nodejs22.x"
  handler       = "index.handle"
  filename      = "code.zip"
  environment {
    variables = { QUEUE_URL = aws_sqs_queue.one_for_all.url }
  }
}

resource "aws_lambda_function_url" "sender" {
  function_name      = aws_lambda_function.good_sender.function_name
  authorization_type = "AWS_IAM"
}

# GOOD: that one.
resource "aws_lambda_function" "good_receiver" {
  function_name = "receiver"
  role          = aws_iam_role.one_for_all.arn
  runtime       = "nodejs22.x"
  handler       = "index.handle"
  filename      = "code.zip"
}

resource "aws_lambda_event_source_mapping" "receiver" {
  event_source_arn = aws_sqs_queue.one_for_all.arn
  function_name    = aws_lambda_function.good_receiver.arn
}

# --- what is decided later ---

# UNKNOWN: has an address of its own; whether the mapping below calls this function or the next is decided later.
resource "aws_lambda_function" "unknown_decided_later" {
  function_name = "decided-later"
  role          = aws_iam_role.functions.arn
  runtime       = "nodejs22.x"
  handler       = "index.handle"
  filename      = "code.zip"
}

resource "aws_lambda_function_url" "decided_later" {
  function_name      = aws_lambda_function.unknown_decided_later.function_name
  authorization_type = "AWS_IAM"
}

resource "aws_sqs_queue" "decided_later" {
  name = "decided-later-jobs"
}

# GOOD: the next; nobody waits for it in any case.
resource "aws_lambda_function" "good_other" {
  function_name = "other"
  role          = aws_iam_role.functions.arn
  runtime       = "nodejs22.x"
  handler       = "index.handle"
  filename      = "code.zip"
}

resource "aws_lambda_event_source_mapping" "decided_later" {
  event_source_arn = aws_sqs_queue.decided_later.arn
  function_name    = terraform_data.decided_later.output == "x" ? aws_lambda_function.unknown_decided_later.arn : aws_lambda_function.good_other.arn
}
