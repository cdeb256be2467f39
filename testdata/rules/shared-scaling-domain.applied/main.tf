# shared-scaling-domain: a system that runs, planned again: every policy and every environment is known, and nothing changes.

terraform {
  required_providers {
    aws = { source = "hashicorp/aws", version = "~> 6.0" }
  }
}

provider "aws" {
  region = "us-east-1"
}

locals {
  subnets = ["subnet-0aaaaaaaaaaaaaaaa", "subnet-0bbbbbbbbbbbbbbbb"]
  tasks = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }]
  })
}

resource "aws_ecs_cluster" "main" {
  name = "main"
}

resource "aws_lb_target_group" "front" {
  for_each    = toset(["receives", "sends", "document", "wildcard", "foreign-role"])
  name        = each.key
  port        = 8080
  protocol    = "HTTP"
  target_type = "ip"
  vpc_id      = "vpc-0aaaaaaaaaaaaaaaa"
}

# BAD, existing: the policy holds the ARN of the queue, which is known by now: aws_sqs_queue.receives is to be named.
resource "aws_sqs_queue" "receives" {
  name = "receives-jobs"
}

resource "aws_iam_role" "receives" {
  name               = "receives-role"
  assume_role_policy = local.tasks
}

resource "aws_iam_role_policy" "receives" {
  role = aws_iam_role.receives.name
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["sqs:ReceiveMessage", "sqs:DeleteMessage"], Resource = aws_sqs_queue.receives.arn }]
  })
}

resource "aws_ecs_task_definition" "receives" {
  family                   = "receives"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  task_role_arn            = aws_iam_role.receives.arn
  container_definitions    = jsonencode([{ name = "app", image = "docker.io/shop/app:3", environment = [{ name = "QUEUE_URL", value = aws_sqs_queue.receives.url }] }])
}

resource "aws_ecs_service" "bad_receives" {
  name            = "receives"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.receives.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.front["receives"].arn
    container_name   = "app"
    container_port   = 8080
  }
}

# GOOD: the same, and it may send only.
resource "aws_sqs_queue" "sends" {
  name = "sends-jobs"
}

resource "aws_iam_role" "sends" {
  name               = "sends-role"
  assume_role_policy = local.tasks
}

resource "aws_iam_role_policy" "sends" {
  role = aws_iam_role.sends.name
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["sqs:SendMessage", "sqs:GetQueueUrl"], Resource = aws_sqs_queue.sends.arn }]
  })
}

resource "aws_ecs_task_definition" "sends" {
  family                   = "sends"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  task_role_arn            = aws_iam_role.sends.arn
  container_definitions    = jsonencode([{ name = "app", image = "docker.io/shop/app:3", environment = [{ name = "QUEUE_URL", value = aws_sqs_queue.sends.url }] }])
}

resource "aws_ecs_service" "good_sends" {
  name            = "sends"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.sends.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.front["sends"].arn
    container_name   = "app"
    container_port   = 8080
  }
}

# BAD, existing: a policy document that is read while the plan is made, behind a policy and its attachment.
resource "aws_sqs_queue" "document" {
  name = "document-jobs"
}

data "aws_iam_policy_document" "document" {
  statement {
    actions   = ["sqs:ReceiveMessage"]
    resources = [aws_sqs_queue.document.arn]
  }
}

resource "aws_iam_policy" "document" {
  name   = "document-policy"
  policy = data.aws_iam_policy_document.document.json
}

resource "aws_iam_role" "document" {
  name               = "document-role"
  assume_role_policy = local.tasks
}

resource "aws_iam_role_policy_attachment" "document" {
  role       = aws_iam_role.document.name
  policy_arn = aws_iam_policy.document.arn
}

resource "aws_ecs_task_definition" "document" {
  family                   = "document"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  task_role_arn            = aws_iam_role.document.arn
  container_definitions    = jsonencode([{ name = "app", image = "docker.io/shop/app:3" }])
}

resource "aws_ecs_service" "bad_document" {
  name            = "document"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.document.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.front["document"].arn
    container_name   = "app"
    container_port   = 8080
  }
}

# UNKNOWN: `sqs:*` may be meant for sending; nobody else takes from the queue.
resource "aws_sqs_queue" "wildcard" {
  name = "wildcard-jobs"
}

resource "aws_iam_role" "wildcard" {
  name               = "wildcard-role"
  assume_role_policy = local.tasks
}

resource "aws_iam_role_policy" "wildcard" {
  role = aws_iam_role.wildcard.name
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sqs:*", Resource = aws_sqs_queue.wildcard.arn }]
  })
}

resource "aws_ecs_task_definition" "wildcard" {
  family                   = "wildcard"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  task_role_arn            = aws_iam_role.wildcard.arn
  container_definitions    = jsonencode([{ name = "app", image = "docker.io/shop/app:3" }])
}

resource "aws_ecs_service" "unknown_wildcard" {
  name            = "wildcard"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.wildcard.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.front["wildcard"].arn
    container_name   = "app"
    container_port   = 8080
  }
}

# UNKNOWN: knows a queue that nobody else takes from; its role is another plan's.
resource "aws_sqs_queue" "foreign_role" {
  name = "foreign-role-jobs"
}

resource "aws_ecs_task_definition" "foreign_role" {
  family                   = "foreign-role"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  task_role_arn            = "arn:aws:iam::123456789012:role/orders"
  container_definitions    = jsonencode([{ name = "app", image = "docker.io/shop/app:3", environment = [{ name = "QUEUE_URL", value = aws_sqs_queue.foreign_role.url }] }])
}

resource "aws_ecs_service" "unknown_foreign_role" {
  name            = "foreign-role"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.foreign_role.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.front["foreign-role"].arn
    container_name   = "app"
    container_port   = 8080
  }
}

# GOOD: a function that is called, and one that takes from a queue.
resource "aws_iam_role" "functions" {
  name = "functions-role"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }]
  })
}

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

resource "aws_lambda_function" "good_consumer" {
  function_name = "consumer"
  role          = aws_iam_role.functions.arn
  runtime       = "nodejs22.x"
  handler       = "index.handle"
  filename      = "code.zip"
}

resource "aws_lambda_event_source_mapping" "consumer" {
  event_source_arn = aws_sqs_queue.sends.arn
  function_name    = aws_lambda_function.good_consumer.arn
}

# BAD, existing: both in one function.
resource "aws_lambda_function" "bad_both" {
  function_name = "both"
  role          = aws_iam_role.functions.arn
  runtime       = "nodejs22.x"
  handler       = "index.handle"
  filename      = "code.zip"
}

resource "aws_lambda_function_url" "both" {
  function_name      = aws_lambda_function.bad_both.function_name
  authorization_type = "AWS_IAM"
}

resource "aws_sqs_queue" "both" {
  name = "both-jobs"
}

resource "aws_lambda_event_source_mapping" "both" {
  event_source_arn = aws_sqs_queue.both.arn
  function_name    = aws_lambda_function.bad_both.arn
}
