# Books stock, message by message: a function on a queue, never more than twenty at a time, one connection in each.

resource "aws_iam_role" "stock" {
  name               = "stock"
  assume_role_policy = data.aws_iam_policy_document.trust["lambda"].json
}

resource "aws_iam_role_policy_attachment" "stock_network" {
  role       = aws_iam_role.stock.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole"
}

resource "aws_iam_role_policy_attachment" "stock_queue" {
  role       = aws_iam_role.stock.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaSQSQueueExecutionRole"
}

resource "aws_vpc_security_group_ingress_rule" "stock" {
  security_group_id            = aws_security_group.database["stock"].id
  referenced_security_group_id = aws_security_group.service["stock"].id
  ip_protocol                  = "tcp"
  from_port                    = 3306
  to_port                      = 3306
}

resource "aws_lambda_function" "stock" {
  function_name = "stock"
  role          = aws_iam_role.stock.arn
  package_type  = "Image"
  image_uri     = "${aws_ecr_repository.app["stock"].repository_url}:1.4.2"
  memory_size   = 512
  timeout       = 30

  reserved_concurrent_executions = 20

  vpc_config {
    subnet_ids         = [for subnet in aws_subnet.private : subnet.id]
    security_group_ids = [aws_security_group.service["stock"].id]
  }

  environment {
    variables = {
      DB_HOST             = aws_db_instance.stock.address
      DB_CONNECTION_LIMIT = "1"
    }
  }
}

resource "aws_lambda_event_source_mapping" "stock" {
  event_source_arn = aws_sqs_queue.stock.arn
  function_name    = aws_lambda_function.stock.arn
  batch_size       = 10

  scaling_config {
    maximum_concurrency = 20
  }
}
