# Orders: an API takes them, a queue holds them, a function works them off. Clicks come as a stream.

data "aws_iam_policy_document" "functions" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "functions" {
  name               = "bookshop-functions"
  assume_role_policy = data.aws_iam_policy_document.functions.json
}

data "aws_iam_policy_document" "orders" {
  statement {
    actions   = ["sqs:SendMessage", "sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"]
    resources = [aws_sqs_queue.orders.arn]
  }

  statement {
    actions   = ["kinesis:GetRecords", "kinesis:GetShardIterator", "kinesis:DescribeStream", "kinesis:ListShards"]
    resources = [aws_kinesis_stream.clicks.arn]
  }
}

resource "aws_iam_role_policy" "orders" {
  name   = "orders"
  role   = aws_iam_role.functions.id
  policy = data.aws_iam_policy_document.orders.json
}

resource "aws_sqs_queue" "orders" {
  name                       = "bookshop-orders"
  visibility_timeout_seconds = 120
}

resource "aws_lambda_function" "order_api" {
  function_name = "bookshop-order-api"
  role          = aws_iam_role.functions.arn
  runtime       = "nodejs22.x"
  handler       = "index.handler"
  filename      = "order-api.zip"
  memory_size   = 512
  timeout       = 60
}

resource "aws_lambda_function" "order_worker" {
  function_name = "bookshop-order-worker"
  role          = aws_iam_role.functions.arn
  runtime       = "nodejs22.x"
  handler       = "index.handler"
  filename      = "order-worker.zip"
  memory_size   = 512
  timeout       = 60
}

resource "aws_lambda_event_source_mapping" "orders" {
  event_source_arn = aws_sqs_queue.orders.arn
  function_name    = aws_lambda_function.order_worker.arn
  batch_size       = 10
}

resource "aws_apigatewayv2_api" "orders" {
  name          = "bookshop-orders"
  protocol_type = "HTTP"
}

resource "aws_apigatewayv2_integration" "orders" {
  api_id                 = aws_apigatewayv2_api.orders.id
  integration_type       = "AWS_PROXY"
  integration_uri        = aws_lambda_function.order_api.invoke_arn
  payload_format_version = "2.0"
}

resource "aws_apigatewayv2_route" "orders" {
  api_id    = aws_apigatewayv2_api.orders.id
  route_key = "POST /orders"
  target    = "integrations/${aws_apigatewayv2_integration.orders.id}"
}

resource "aws_kinesis_stream" "clicks" {
  name        = "bookshop-clicks"
  shard_count = 8
}

resource "aws_lambda_function" "click_counter" {
  function_name                  = "bookshop-click-counter"
  role                           = aws_iam_role.functions.arn
  runtime                        = "nodejs22.x"
  handler                        = "index.handler"
  filename                       = "click-counter.zip"
  memory_size                    = 512
  timeout                        = 20
  reserved_concurrent_executions = 10
}

resource "aws_lambda_event_source_mapping" "clicks" {
  event_source_arn       = aws_kinesis_stream.clicks.arn
  function_name          = aws_lambda_function.click_counter.arn
  starting_position      = "LATEST"
  parallelization_factor = 4
}
