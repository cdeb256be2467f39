# inverted-timeout: functions behind APIs, addresses, balancers and an edge; queues; databases. The rule reports at the function, at the
# balancer that waits for nothing, at the queue, and at the database.

terraform {
  required_providers {
    aws = { source = "hashicorp/aws", version = "~> 6.0" }
  }
}

provider "aws" {
  region = "us-east-1"
}

resource "terraform_data" "seconds" {
  input = 45
}

resource "aws_apigatewayv2_api" "shop" {
  name          = "shop"
  protocol_type = "HTTP"
}

resource "aws_apigatewayv2_api" "chat" {
  name                       = "chat"
  protocol_type              = "WEBSOCKET"
  route_selection_expression = "$request.body.action"
}

resource "aws_api_gateway_rest_api" "admin" {
  name = "admin"
}

resource "aws_api_gateway_resource" "admin" {
  rest_api_id = aws_api_gateway_rest_api.admin.id
  parent_id   = aws_api_gateway_rest_api.admin.root_resource_id
  path_part   = "admin"
}

# BAD: 60 s of work behind an API that waits 30 s.
resource "aws_lambda_function" "bad_report" {
  function_name = "bad-report"
  role          = "arn:aws:iam::123456789012:role/function"
  handler       = "app.handler"
  runtime       = "python3.13"
  filename      = "app.zip"
  timeout       = 60
}

resource "aws_apigatewayv2_integration" "report" {
  api_id           = aws_apigatewayv2_api.shop.id
  integration_type = "AWS_PROXY"
  integration_uri  = aws_lambda_function.bad_report.invoke_arn
}

# BAD, and mild: both end after 30 s.
resource "aws_lambda_function" "bad_equal" {
  function_name = "bad-equal"
  role          = "arn:aws:iam::123456789012:role/function"
  handler       = "app.handler"
  runtime       = "python3.13"
  filename      = "app.zip"
  timeout       = 30
}

resource "aws_apigatewayv2_integration" "equal" {
  api_id           = aws_apigatewayv2_api.shop.id
  integration_type = "AWS_PROXY"
  integration_uri  = aws_lambda_function.bad_equal.invoke_arn
}

# BAD: the integration was told to wait 5 s.
resource "aws_lambda_function" "bad_hasty" {
  function_name = "bad-hasty"
  role          = "arn:aws:iam::123456789012:role/function"
  handler       = "app.handler"
  runtime       = "python3.13"
  filename      = "app.zip"
  timeout       = 10
}

resource "aws_apigatewayv2_integration" "hasty" {
  api_id               = aws_apigatewayv2_api.shop.id
  integration_type     = "AWS_PROXY"
  integration_uri      = aws_lambda_function.bad_hasty.invoke_arn
  timeout_milliseconds = 5000
}

# BAD: 120 s behind an API that waits 29 s.
resource "aws_lambda_function" "bad_export" {
  function_name = "bad-export"
  role          = "arn:aws:iam::123456789012:role/function"
  handler       = "app.handler"
  runtime       = "python3.13"
  filename      = "app.zip"
  timeout       = 120
}

resource "aws_api_gateway_integration" "export" {
  rest_api_id             = aws_api_gateway_rest_api.admin.id
  resource_id             = aws_api_gateway_resource.admin.id
  http_method             = "POST"
  integration_http_method = "POST"
  type                    = "AWS_PROXY"
  uri                     = aws_lambda_function.bad_export.invoke_arn
}

# GOOD: 10 s.
resource "aws_lambda_function" "good_quick" {
  function_name = "good-quick"
  role          = "arn:aws:iam::123456789012:role/function"
  handler       = "app.handler"
  runtime       = "python3.13"
  filename      = "app.zip"
  timeout       = 10
}

resource "aws_api_gateway_integration" "quick" {
  rest_api_id             = aws_api_gateway_rest_api.admin.id
  resource_id             = aws_api_gateway_resource.admin.id
  http_method             = "POST"
  integration_http_method = "POST"
  type                    = "AWS_PROXY"
  uri                     = aws_lambda_function.good_quick.invoke_arn
}

# GOOD: the default of 3 s.
resource "aws_lambda_function" "good_default" {
  function_name = "good-default"
  role          = "arn:aws:iam::123456789012:role/function"
  handler       = "app.handler"
  runtime       = "python3.13"
  filename      = "app.zip"
}

resource "aws_apigatewayv2_integration" "default" {
  api_id           = aws_apigatewayv2_api.shop.id
  integration_type = "AWS_PROXY"
  integration_uri  = aws_lambda_function.good_default.invoke_arn
}

# GOOD: the account may wait longer.
resource "aws_lambda_function" "good_raised" {
  function_name = "good-raised"
  role          = "arn:aws:iam::123456789012:role/function"
  handler       = "app.handler"
  runtime       = "python3.13"
  filename      = "app.zip"
  timeout       = 100
}

resource "aws_api_gateway_integration" "raised" {
  rest_api_id             = aws_api_gateway_rest_api.admin.id
  resource_id             = aws_api_gateway_resource.admin.id
  http_method             = "POST"
  integration_http_method = "POST"
  type                    = "AWS_PROXY"
  uri                     = aws_lambda_function.good_raised.invoke_arn
  timeout_milliseconds    = 120000
}

# GOOD: the call is handed over, and nobody waits.
resource "aws_lambda_function" "good_handed_over" {
  function_name = "good-handed-over"
  role          = "arn:aws:iam::123456789012:role/function"
  handler       = "app.handler"
  runtime       = "python3.13"
  filename      = "app.zip"
  timeout       = 300
}

resource "aws_api_gateway_integration" "handed_over" {
  rest_api_id             = aws_api_gateway_rest_api.admin.id
  resource_id             = aws_api_gateway_resource.admin.id
  http_method             = "POST"
  integration_http_method = "POST"
  type                    = "AWS"
  uri                     = aws_lambda_function.good_handed_over.invoke_arn
  request_parameters = {
    "integration.request.header.X-Amz-Invocation-Type" = "'Event'"
  }
}

# UNKNOWN: whether anybody waits, the caller says.
resource "aws_lambda_function" "unknown_mode" {
  function_name = "unknown-mode"
  role          = "arn:aws:iam::123456789012:role/function"
  handler       = "app.handler"
  runtime       = "python3.13"
  filename      = "app.zip"
  timeout       = 300
}

resource "aws_api_gateway_integration" "mode" {
  rest_api_id             = aws_api_gateway_rest_api.admin.id
  resource_id             = aws_api_gateway_resource.admin.id
  http_method             = "POST"
  integration_http_method = "POST"
  type                    = "AWS"
  uri                     = aws_lambda_function.unknown_mode.invoke_arn
  request_parameters = {
    "integration.request.header.X-Amz-Invocation-Type" = "method.request.header.InvocationType"
  }
}

# GOOD: it answers over the socket, whenever that may be.
resource "aws_lambda_function" "good_socket" {
  function_name = "good-socket"
  role          = "arn:aws:iam::123456789012:role/function"
  handler       = "app.handler"
  runtime       = "python3.13"
  filename      = "app.zip"
  timeout       = 60
}

resource "aws_apigatewayv2_integration" "socket" {
  api_id           = aws_apigatewayv2_api.chat.id
  integration_type = "AWS_PROXY"
  integration_uri  = aws_lambda_function.good_socket.invoke_arn
}

# GOOD: its address waits as long as it runs.
resource "aws_lambda_function" "good_address" {
  function_name = "good-address"
  role          = "arn:aws:iam::123456789012:role/function"
  handler       = "app.handler"
  runtime       = "python3.13"
  filename      = "app.zip"
  timeout       = 300
}

resource "aws_lambda_function_url" "address" {
  function_name      = aws_lambda_function.good_address.function_name
  authorization_type = "AWS_IAM"
}

# UNKNOWN: how long it works is known only after apply.
resource "aws_lambda_function" "unknown_time" {
  function_name = "unknown-time"
  role          = "arn:aws:iam::123456789012:role/function"
  handler       = "app.handler"
  runtime       = "python3.13"
  filename      = "app.zip"
  timeout       = terraform_data.seconds.output
}

resource "aws_apigatewayv2_integration" "time" {
  api_id           = aws_apigatewayv2_api.shop.id
  integration_type = "AWS_PROXY"
  integration_uri  = aws_lambda_function.unknown_time.invoke_arn
}

# UNKNOWN: how long the API waits is known only after apply.
resource "aws_lambda_function" "unknown_wait" {
  function_name = "unknown-wait"
  role          = "arn:aws:iam::123456789012:role/function"
  handler       = "app.handler"
  runtime       = "python3.13"
  filename      = "app.zip"
  timeout       = 10
}

resource "aws_apigatewayv2_integration" "wait" {
  api_id               = aws_apigatewayv2_api.shop.id
  integration_type     = "AWS_PROXY"
  integration_uri      = aws_lambda_function.unknown_wait.invoke_arn
  timeout_milliseconds = terraform_data.seconds.output * 1000
}

# UNKNOWN: the API that may call it has its integrations elsewhere.
resource "aws_lambda_function" "unknown_elsewhere" {
  function_name = "unknown-elsewhere"
  role          = "arn:aws:iam::123456789012:role/function"
  handler       = "app.handler"
  runtime       = "python3.13"
  filename      = "app.zip"
  timeout       = 60
}

resource "aws_lambda_permission" "elsewhere" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.unknown_elsewhere.function_name
  principal     = "apigateway.amazonaws.com"
}

# GOOD: such an API usually waits longer.
resource "aws_lambda_function" "good_elsewhere" {
  function_name = "good-elsewhere"
  role          = "arn:aws:iam::123456789012:role/function"
  handler       = "app.handler"
  runtime       = "python3.13"
  filename      = "app.zip"
  timeout       = 10
}

resource "aws_lambda_permission" "quick_elsewhere" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.good_elsewhere.function_name
  principal     = "apigateway.amazonaws.com"
}

# Behind balancers: one with its default of 60 s, one that waits 120 s.
resource "aws_lb" "front" {
  for_each           = { plain = null, patient = 120 }
  name               = each.key
  load_balancer_type = "application"
  subnets            = ["subnet-0aaaaaaaaaaaaaaaa", "subnet-0bbbbbbbbbbbbbbbb"]
  idle_timeout       = each.value
}

resource "aws_lb_target_group" "front" {
  for_each    = { plain = null, patient = 120 }
  name        = each.key
  target_type = "lambda"
}

resource "aws_lb_listener" "front" {
  for_each          = { plain = null, patient = 120 }
  load_balancer_arn = aws_lb.front[each.key].arn
  port              = 80
  protocol          = "HTTP"
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.front[each.key].arn
  }
}

# BAD: 90 s behind a balancer that waits 60 s.
resource "aws_lambda_function" "bad_balanced" {
  function_name = "bad-balanced"
  role          = "arn:aws:iam::123456789012:role/function"
  handler       = "app.handler"
  runtime       = "python3.13"
  filename      = "app.zip"
  timeout       = 90
}

resource "aws_lb_target_group_attachment" "balanced" {
  target_group_arn = aws_lb_target_group.front["plain"].arn
  target_id        = aws_lambda_function.bad_balanced.arn
}

resource "aws_lambda_permission" "balanced" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.bad_balanced.function_name
  principal     = "elasticloadbalancing.amazonaws.com"
}

# GOOD: it waits 120 s.
resource "aws_lambda_function" "good_balanced" {
  function_name = "good-balanced"
  role          = "arn:aws:iam::123456789012:role/function"
  handler       = "app.handler"
  runtime       = "python3.13"
  filename      = "app.zip"
  timeout       = 90
}

resource "aws_lb_target_group_attachment" "patient" {
  target_group_arn = aws_lb_target_group.front["patient"].arn
  target_id        = aws_lambda_function.good_balanced.arn
}

# Behind an edge that waits 20 s: the API behind it has its default, the balancer was told to wait 300 s.
resource "aws_apigatewayv2_api" "edge" {
  name          = "edge"
  protocol_type = "HTTP"
}

# BAD: 25 s, less than the API waits, and more than the edge does.
resource "aws_lambda_function" "bad_behind_edge" {
  function_name = "bad-behind-edge"
  role          = "arn:aws:iam::123456789012:role/function"
  handler       = "app.handler"
  runtime       = "python3.13"
  filename      = "app.zip"
  timeout       = 25
}

resource "aws_apigatewayv2_integration" "behind_edge" {
  api_id           = aws_apigatewayv2_api.edge.id
  integration_type = "AWS_PROXY"
  integration_uri  = aws_lambda_function.bad_behind_edge.invoke_arn
}

resource "aws_cloudfront_distribution" "api" {
  enabled = true
  origin {
    origin_id   = "app"
    domain_name = replace(aws_apigatewayv2_api.edge.api_endpoint, "https://", "")
    custom_origin_config {
      http_port              = 80
      https_port             = 443
      origin_protocol_policy = "https-only"
      origin_ssl_protocols   = ["TLSv1.2"]
      origin_read_timeout    = 20
    }
  }
  origin {
    origin_id   = "assets"
    domain_name = "assets-example.s3.us-east-1.amazonaws.com"
  }
  default_cache_behavior {
    target_origin_id       = "app"
    viewer_protocol_policy = "redirect-to-https"
    allowed_methods        = ["GET", "HEAD"]
    cached_methods         = ["GET", "HEAD"]
  }
  restrictions {
    geo_restriction {
      restriction_type = "none"
    }
  }
  viewer_certificate {
    cloudfront_default_certificate = true
  }
}

# BAD, and mild: a balancer that waits 300 s behind an edge that waits 30 s.
resource "aws_lb" "bad_patient" {
  name               = "bad-patient"
  load_balancer_type = "application"
  subnets            = ["subnet-0aaaaaaaaaaaaaaaa", "subnet-0bbbbbbbbbbbbbbbb"]
  idle_timeout       = 300
}

resource "aws_lb_target_group" "of_bad_patient" {
  name        = "bad-patient"
  target_type = "lambda"
}

resource "aws_lb_listener" "of_bad_patient" {
  load_balancer_arn = aws_lb.bad_patient.arn
  port              = 80
  protocol          = "HTTP"
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.of_bad_patient.arn
  }
}

resource "aws_lb_target_group_attachment" "of_bad_patient" {
  target_group_arn = aws_lb_target_group.of_bad_patient.arn
  target_id        = aws_lambda_function.quick.arn
}

resource "aws_cloudfront_distribution" "patient" {
  enabled = true
  origin {
    origin_id   = "app"
    domain_name = aws_lb.bad_patient.dns_name
    custom_origin_config {
      http_port              = 80
      https_port             = 443
      origin_protocol_policy = "https-only"
      origin_ssl_protocols   = ["TLSv1.2"]
    }
  }
  origin {
    origin_id   = "assets"
    domain_name = "assets-example.s3.us-east-1.amazonaws.com"
  }
  default_cache_behavior {
    target_origin_id       = "app"
    viewer_protocol_policy = "redirect-to-https"
    allowed_methods        = ["GET", "HEAD"]
    cached_methods         = ["GET", "HEAD"]
  }
  restrictions {
    geo_restriction {
      restriction_type = "none"
    }
  }
  viewer_certificate {
    cloudfront_default_certificate = true
  }
}

# GOOD: both as they come.
resource "aws_lb" "good_plain" {
  name               = "good-plain"
  load_balancer_type = "application"
  subnets            = ["subnet-0aaaaaaaaaaaaaaaa", "subnet-0bbbbbbbbbbbbbbbb"]
}

resource "aws_lb_target_group" "of_good_plain" {
  name        = "good-plain"
  target_type = "lambda"
}

resource "aws_lb_listener" "of_good_plain" {
  load_balancer_arn = aws_lb.good_plain.arn
  port              = 80
  protocol          = "HTTP"
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.of_good_plain.arn
  }
}

resource "aws_lb_target_group_attachment" "of_good_plain" {
  target_group_arn = aws_lb_target_group.of_good_plain.arn
  target_id        = aws_lambda_function.quick.arn
}

resource "aws_cloudfront_distribution" "plain" {
  enabled = true
  origin {
    origin_id   = "app"
    domain_name = aws_lb.good_plain.dns_name
    custom_origin_config {
      http_port              = 80
      https_port             = 443
      origin_protocol_policy = "https-only"
      origin_ssl_protocols   = ["TLSv1.2"]
    }
  }
  origin {
    origin_id   = "assets"
    domain_name = "assets-example.s3.us-east-1.amazonaws.com"
  }
  default_cache_behavior {
    target_origin_id       = "app"
    viewer_protocol_policy = "redirect-to-https"
    allowed_methods        = ["GET", "HEAD"]
    cached_methods         = ["GET", "HEAD"]
  }
  restrictions {
    geo_restriction {
      restriction_type = "none"
    }
  }
  viewer_certificate {
    cloudfront_default_certificate = true
  }
}

# GOOD: the edge was told as well.
resource "aws_lb" "good_agreed" {
  name               = "good-agreed"
  load_balancer_type = "application"
  subnets            = ["subnet-0aaaaaaaaaaaaaaaa", "subnet-0bbbbbbbbbbbbbbbb"]
  idle_timeout       = 50
}

resource "aws_lb_target_group" "of_good_agreed" {
  name        = "good-agreed"
  target_type = "lambda"
}

resource "aws_lb_listener" "of_good_agreed" {
  load_balancer_arn = aws_lb.good_agreed.arn
  port              = 80
  protocol          = "HTTP"
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.of_good_agreed.arn
  }
}

resource "aws_lb_target_group_attachment" "of_good_agreed" {
  target_group_arn = aws_lb_target_group.of_good_agreed.arn
  target_id        = aws_lambda_function.quick.arn
}

resource "aws_cloudfront_distribution" "agreed" {
  enabled = true
  origin {
    origin_id   = "app"
    domain_name = aws_lb.good_agreed.dns_name
    custom_origin_config {
      http_port              = 80
      https_port             = 443
      origin_protocol_policy = "https-only"
      origin_ssl_protocols   = ["TLSv1.2"]
      origin_read_timeout    = 55
    }
  }
  origin {
    origin_id   = "assets"
    domain_name = "assets-example.s3.us-east-1.amazonaws.com"
  }
  default_cache_behavior {
    target_origin_id       = "app"
    viewer_protocol_policy = "redirect-to-https"
    allowed_methods        = ["GET", "HEAD"]
    cached_methods         = ["GET", "HEAD"]
  }
  restrictions {
    geo_restriction {
      restriction_type = "none"
    }
  }
  viewer_certificate {
    cloudfront_default_certificate = true
  }
}

# It takes 3 s at most, whatever waits for it.
resource "aws_lambda_function" "quick" {
  function_name = "quick"
  role          = "arn:aws:iam::123456789012:role/function"
  handler       = "app.handler"
  runtime       = "python3.13"
  filename      = "app.zip"
}

# Queues. 30 s of work, six times over: 180 s.
resource "aws_lambda_function" "worker" {
  function_name = "worker"
  role          = "arn:aws:iam::123456789012:role/function"
  handler       = "app.handler"
  runtime       = "python3.13"
  filename      = "app.zip"
  timeout       = 30
}

# GOOD: 180 s.
resource "aws_sqs_queue" "good_long" {
  name                       = "good-long"
  visibility_timeout_seconds = 180
}

resource "aws_lambda_event_source_mapping" "long" {
  function_name    = aws_lambda_function.worker.arn
  event_source_arn = aws_sqs_queue.good_long.arn
}

# BAD, and mild: 60 s.
resource "aws_sqs_queue" "bad_tight" {
  name                       = "bad-tight"
  visibility_timeout_seconds = 60
}

resource "aws_lambda_event_source_mapping" "tight" {
  function_name    = aws_lambda_function.worker.arn
  event_source_arn = aws_sqs_queue.bad_tight.arn
}

# BAD, and mild: messages are gathered for 20 s besides.
resource "aws_sqs_queue" "bad_window" {
  name                       = "bad-window"
  visibility_timeout_seconds = 180
}

resource "aws_lambda_event_source_mapping" "window" {
  function_name                      = aws_lambda_function.worker.arn
  event_source_arn                   = aws_sqs_queue.bad_window.arn
  maximum_batching_window_in_seconds = 20
  batch_size                         = 100
}

# GOOD: 200 s for the same.
resource "aws_sqs_queue" "good_gathered" {
  name                       = "good-gathered"
  visibility_timeout_seconds = 200
}

resource "aws_lambda_event_source_mapping" "gathered" {
  function_name                      = aws_lambda_function.worker.arn
  event_source_arn                   = aws_sqs_queue.good_gathered.arn
  maximum_batching_window_in_seconds = 20
  batch_size                         = 100
}

# GOOD: its trigger is switched off.
resource "aws_sqs_queue" "good_switched_off" {
  name                       = "good-switched-off"
  visibility_timeout_seconds = 30
}

resource "aws_lambda_event_source_mapping" "switched_off" {
  function_name    = aws_lambda_function.worker.arn
  event_source_arn = aws_sqs_queue.good_switched_off.arn
  enabled          = false
}

# UNKNOWN: known only after apply.
resource "aws_sqs_queue" "unknown_hidden" {
  name                       = "unknown-hidden"
  visibility_timeout_seconds = terraform_data.seconds.output
}

resource "aws_lambda_event_source_mapping" "hidden" {
  function_name    = aws_lambda_function.worker.arn
  event_source_arn = aws_sqs_queue.unknown_hidden.arn
}

# BAD, and refused: 60 s of work, and a message hidden for 30 s.
resource "aws_lambda_function" "slow" {
  function_name = "slow"
  role          = "arn:aws:iam::123456789012:role/function"
  handler       = "app.handler"
  runtime       = "python3.13"
  filename      = "app.zip"
  timeout       = 60
}

resource "aws_sqs_queue" "bad_refused" {
  name = "bad-refused"
}

resource "aws_lambda_event_source_mapping" "refused" {
  function_name    = aws_lambda_function.slow.arn
  event_source_arn = aws_sqs_queue.bad_refused.arn
}

# BAD: calls beyond its bound are turned away.
resource "aws_lambda_function" "bounded" {
  function_name                  = "bounded"
  role                           = "arn:aws:iam::123456789012:role/function"
  handler                        = "app.handler"
  runtime                        = "python3.13"
  filename                       = "app.zip"
  reserved_concurrent_executions = 5
  timeout                        = 30
}

resource "aws_sqs_queue" "bad_bounded" {
  name                       = "bad-bounded"
  visibility_timeout_seconds = 60
}

resource "aws_lambda_event_source_mapping" "bounded" {
  function_name    = aws_lambda_function.bounded.arn
  event_source_arn = aws_sqs_queue.bad_bounded.arn
}

# GOOD: nobody takes from it by a trigger.
resource "aws_sqs_queue" "good_dead" {
  name = "good-dead"
}

# Databases: what waits for them ends after 15 s.
locals {
  limits = { long = "60000", short = "5000", off = "0" }
}

resource "aws_db_parameter_group" "limit" {
  for_each = local.limits
  name     = each.key
  family   = "postgres16"
  parameter {
    name  = "statement_timeout"
    value = each.value
  }
}

resource "aws_db_parameter_group" "unknown" {
  name   = "unknown"
  family = "postgres16"
  parameter {
    name  = "statement_timeout"
    value = terraform_data.seconds.output * 1000
  }
}

resource "aws_security_group" "app" {
  name   = "app"
  vpc_id = "vpc-0aaaaaaaaaaaaaaaa"
}

# BAD: its statements may run for 60 s.
resource "aws_db_instance" "bad_long" {
  identifier           = "bad-long"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.m7g.large"
  allocated_storage    = 100
  username             = "app"
  password             = "not-a-secret"
  skip_final_snapshot  = true
  parameter_group_name = aws_db_parameter_group.limit["long"].name
}

resource "aws_lambda_function" "of_long" {
  function_name = "of-long"
  role          = "arn:aws:iam::123456789012:role/function"
  handler       = "app.handler"
  runtime       = "python3.13"
  filename      = "app.zip"
  timeout       = 15
  vpc_config {
    subnet_ids         = ["subnet-0aaaaaaaaaaaaaaaa"]
    security_group_ids = [aws_security_group.app.id]
  }
  environment {
    variables = { DB_HOST = aws_db_instance.bad_long.address }
  }
}

resource "aws_lambda_function" "also_of_long" {
  function_name = "also-of-long"
  role          = "arn:aws:iam::123456789012:role/function"
  handler       = "app.handler"
  runtime       = "python3.13"
  filename      = "app.zip"
  timeout       = 15
  vpc_config {
    subnet_ids         = ["subnet-0aaaaaaaaaaaaaaaa"]
    security_group_ids = [aws_security_group.app.id]
  }
  environment {
    variables = { DB_HOST = aws_db_instance.bad_long.address }
  }
}

# GOOD: 5 s.
resource "aws_db_instance" "good_short" {
  identifier           = "good-short"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.m7g.large"
  allocated_storage    = 100
  username             = "app"
  password             = "not-a-secret"
  skip_final_snapshot  = true
  parameter_group_name = aws_db_parameter_group.limit["short"].name
}

resource "aws_lambda_function" "of_short" {
  function_name = "of-short"
  role          = "arn:aws:iam::123456789012:role/function"
  handler       = "app.handler"
  runtime       = "python3.13"
  filename      = "app.zip"
  timeout       = 15
  vpc_config {
    subnet_ids         = ["subnet-0aaaaaaaaaaaaaaaa"]
    security_group_ids = [aws_security_group.app.id]
  }
  environment {
    variables = { DB_HOST = aws_db_instance.good_short.address }
  }
}

# GOOD: it has no limit of its own; each connection may.
resource "aws_db_instance" "good_without" {
  identifier          = "good-without"
  engine              = "postgres"
  engine_version      = "16.4"
  instance_class      = "db.m7g.large"
  allocated_storage   = 100
  username            = "app"
  password            = "not-a-secret"
  skip_final_snapshot = true
}

resource "aws_lambda_function" "of_without" {
  function_name = "of-without"
  role          = "arn:aws:iam::123456789012:role/function"
  handler       = "app.handler"
  runtime       = "python3.13"
  filename      = "app.zip"
  timeout       = 15
  vpc_config {
    subnet_ids         = ["subnet-0aaaaaaaaaaaaaaaa"]
    security_group_ids = [aws_security_group.app.id]
  }
  environment {
    variables = { DB_HOST = aws_db_instance.good_without.address }
  }
}

# BAD: it asks for 90 s for its own statements.
resource "aws_lambda_function" "bad_statement" {
  function_name = "bad-statement"
  role          = "arn:aws:iam::123456789012:role/function"
  handler       = "app.handler"
  runtime       = "python3.13"
  filename      = "app.zip"
  timeout       = 15
  vpc_config {
    subnet_ids         = ["subnet-0aaaaaaaaaaaaaaaa"]
    security_group_ids = [aws_security_group.app.id]
  }
  environment {
    variables = {
      DB_HOST   = aws_db_instance.good_without.address
      PGOPTIONS = "-c statement_timeout=90s"
    }
  }
}

# GOOD: the same, said.
resource "aws_db_instance" "good_off" {
  identifier           = "good-off"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.m7g.large"
  allocated_storage    = 100
  username             = "app"
  password             = "not-a-secret"
  skip_final_snapshot  = true
  parameter_group_name = aws_db_parameter_group.limit["off"].name
}

resource "aws_lambda_function" "of_off" {
  function_name = "of-off"
  role          = "arn:aws:iam::123456789012:role/function"
  handler       = "app.handler"
  runtime       = "python3.13"
  filename      = "app.zip"
  timeout       = 15
  vpc_config {
    subnet_ids         = ["subnet-0aaaaaaaaaaaaaaaa"]
    security_group_ids = [aws_security_group.app.id]
  }
  environment {
    variables = { DB_HOST = aws_db_instance.good_off.address }
  }
}

# UNKNOWN: known only after apply.
resource "aws_db_instance" "unknown_limit" {
  identifier           = "unknown-limit"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.m7g.large"
  allocated_storage    = 100
  username             = "app"
  password             = "not-a-secret"
  skip_final_snapshot  = true
  parameter_group_name = aws_db_parameter_group.unknown.name
}

resource "aws_lambda_function" "of_unknown" {
  function_name = "of-unknown"
  role          = "arn:aws:iam::123456789012:role/function"
  handler       = "app.handler"
  runtime       = "python3.13"
  filename      = "app.zip"
  timeout       = 15
  vpc_config {
    subnet_ids         = ["subnet-0aaaaaaaaaaaaaaaa"]
    security_group_ids = [aws_security_group.app.id]
  }
  environment {
    variables = { DB_HOST = aws_db_instance.unknown_limit.address }
  }
}

# BAD, GOOD: an address waits as long as its function runs, and the edge before it does not.
resource "aws_lambda_function" "bad_behind_cache" {
  function_name = "bad-behind-cache"
  role          = "arn:aws:iam::123456789012:role/function"
  handler       = "app.handler"
  runtime       = "python3.13"
  filename      = "app.zip"
  timeout       = 60
}

resource "aws_lambda_function" "good_behind_cache" {
  function_name = "good-behind-cache"
  role          = "arn:aws:iam::123456789012:role/function"
  handler       = "app.handler"
  runtime       = "python3.13"
  filename      = "app.zip"
  timeout       = 20
}

resource "aws_lambda_function_url" "behind_cache" {
  for_each           = { bad = aws_lambda_function.bad_behind_cache.function_name, good = aws_lambda_function.good_behind_cache.function_name }
  function_name      = each.value
  authorization_type = "AWS_IAM"
}

resource "aws_cloudfront_distribution" "of_address" {
  for_each = aws_lambda_function_url.behind_cache
  enabled  = true
  origin {
    origin_id   = "app"
    domain_name = trimsuffix(trimprefix(each.value.function_url, "https://"), "/")
    custom_origin_config {
      http_port              = 80
      https_port             = 443
      origin_protocol_policy = "https-only"
      origin_ssl_protocols   = ["TLSv1.2"]
    }
  }
  default_cache_behavior {
    target_origin_id       = "app"
    viewer_protocol_policy = "redirect-to-https"
    allowed_methods        = ["GET", "HEAD"]
    cached_methods         = ["GET", "HEAD"]
  }
  restrictions {
    geo_restriction {
      restriction_type = "none"
    }
  }
  viewer_certificate {
    cloudfront_default_certificate = true
  }
}
