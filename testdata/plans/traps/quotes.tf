# Quotes: a function behind an API, called every five minutes to stay warm. The clock gives it no work. Without a bound of
# its own it may run a thousand times at once, which the proxy turns into few connections.

resource "aws_iam_role" "quotes" {
  name               = "quotes"
  assume_role_policy = data.aws_iam_policy_document.trust["lambda"].json
}

resource "aws_iam_role_policy_attachment" "quotes" {
  role       = aws_iam_role.quotes.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole"
}

data "aws_iam_policy_document" "quotes" {
  statement {
    actions   = ["rds-db:connect"]
    resources = ["arn:aws:rds-db:us-east-2:123456789012:dbuser:*/quotes"]
  }
}

resource "aws_iam_role_policy" "quotes" {
  name   = "database"
  role   = aws_iam_role.quotes.id
  policy = data.aws_iam_policy_document.quotes.json
}

resource "aws_vpc_security_group_ingress_rule" "proxy_quotes" {
  security_group_id            = aws_security_group.proxy.id
  referenced_security_group_id = aws_security_group.service["quotes"].id
  ip_protocol                  = "tcp"
  from_port                    = 5432
  to_port                      = 5432
}

resource "aws_lambda_function" "quotes" {
  function_name = "quotes"
  role          = aws_iam_role.quotes.arn
  package_type  = "Image"
  image_uri     = "${aws_ecr_repository.app["quotes"].repository_url}:3.1.0"
  memory_size   = 1024
  timeout       = 10

  vpc_config {
    subnet_ids         = [for subnet in aws_subnet.private : subnet.id]
    security_group_ids = [aws_security_group.service["quotes"].id]
  }

  environment {
    variables = {
      DB_HOST      = aws_db_proxy.quotes.endpoint
      DB_POOL_SIZE = "1"
    }
  }
}

resource "aws_apigatewayv2_api" "quotes" {
  name          = "quotes"
  protocol_type = "HTTP"
}

resource "aws_apigatewayv2_integration" "quotes" {
  api_id                 = aws_apigatewayv2_api.quotes.id
  integration_type       = "AWS_PROXY"
  integration_uri        = aws_lambda_function.quotes.invoke_arn
  payload_format_version = "2.0"
}

resource "aws_apigatewayv2_route" "quotes" {
  api_id    = aws_apigatewayv2_api.quotes.id
  route_key = "POST /quotes"
  target    = "integrations/${aws_apigatewayv2_integration.quotes.id}"
}

resource "aws_apigatewayv2_stage" "quotes" {
  api_id      = aws_apigatewayv2_api.quotes.id
  name        = "$default"
  auto_deploy = true
}

resource "aws_lambda_permission" "quotes_api" {
  statement_id  = "api"
  function_name = aws_lambda_function.quotes.function_name
  action        = "lambda:InvokeFunction"
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_apigatewayv2_api.quotes.execution_arn}/*/*"
}

resource "aws_cloudwatch_event_rule" "quotes" {
  name                = "quotes-keep-warm"
  description         = "Keeps an execution environment ready"
  schedule_expression = "rate(5 minutes)"
}

resource "aws_cloudwatch_event_target" "quotes" {
  rule  = aws_cloudwatch_event_rule.quotes.name
  arn   = aws_lambda_function.quotes.arn
  input = jsonencode({ warmup = true })
}

resource "aws_lambda_permission" "quotes_warm" {
  statement_id  = "warm"
  function_name = aws_lambda_function.quotes.function_name
  action        = "lambda:InvokeFunction"
  principal     = "events.amazonaws.com"
  source_arn    = aws_cloudwatch_event_rule.quotes.arn
}
