# The state before the update: see the file above for the cases.

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
  jobs    = "arn:aws:sqs:us-east-1:123456789012:jobs"
  clicks  = "arn:aws:kinesis:us-east-1:123456789012:stream/clicks"
  tasks = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }]
  })
}

resource "aws_ecs_cluster" "main" {
  name = "main"
}

resource "aws_lb_target_group" "front" {
  for_each    = toset(["gains", "keeps", "second", "opened", "split", "plain", "new-queue"])
  name        = each.key
  port        = 8080
  protocol    = "HTTP"
  target_type = "ip"
  vpc_id      = "vpc-0aaaaaaaaaaaaaaaa"
}

resource "aws_iam_role" "gains" {
  name               = "gains-role"
  assume_role_policy = local.tasks
}

resource "aws_iam_role_policy" "gains" {
  name = "queue"
  role = aws_iam_role.gains.name
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sqs:SendMessage", Resource = local.jobs }]
  })
}

resource "aws_ecs_task_definition" "gains" {
  family                   = "gains"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  task_role_arn            = aws_iam_role.gains.arn
  container_definitions    = jsonencode([{ name = "app", image = "docker.io/shop/app:3", portMappings = [{ containerPort = 8080 }] }])
}

# Sends.
resource "aws_ecs_service" "bad_gains" {
  name            = "gains"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.gains.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.front["gains"].arn
    container_name   = "app"
    container_port   = 8080
  }
}

resource "aws_iam_role" "keeps" {
  name               = "keeps-role"
  assume_role_policy = local.tasks
}

resource "aws_iam_role_policy" "keeps" {
  name = "queue"
  role = aws_iam_role.keeps.name
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sqs:ReceiveMessage", Resource = local.jobs }]
  })
}

resource "aws_ecs_task_definition" "keeps" {
  family                   = "keeps"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  task_role_arn            = aws_iam_role.keeps.arn
  container_definitions    = jsonencode([{ name = "app", image = "docker.io/shop/app:3", portMappings = [{ containerPort = 8080 }] }])
}

# As it will be.
resource "aws_ecs_service" "bad_keeps" {
  name            = "keeps"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.keeps.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.front["keeps"].arn
    container_name   = "app"
    container_port   = 8080
  }
}

resource "aws_iam_role" "second" {
  name               = "second-role"
  assume_role_policy = local.tasks
}

resource "aws_iam_role_policy" "second" {
  name = "queue"
  role = aws_iam_role.second.name
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sqs:ReceiveMessage", Resource = local.jobs }]
  })
}

resource "aws_ecs_task_definition" "second" {
  family                   = "second"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  task_role_arn            = aws_iam_role.second.arn
  container_definitions    = jsonencode([{ name = "app", image = "docker.io/shop/app:3", portMappings = [{ containerPort = 8080 }] }])
}

# Reads a queue.
resource "aws_ecs_service" "bad_second" {
  name            = "second"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.second.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.front["second"].arn
    container_name   = "app"
    container_port   = 8080
  }
}

resource "aws_iam_role" "opened" {
  name               = "opened-role"
  assume_role_policy = local.tasks
}

resource "aws_iam_role_policy" "opened" {
  name = "queue"
  role = aws_iam_role.opened.name
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sqs:ReceiveMessage", Resource = local.jobs }]
  })
}

resource "aws_ecs_task_definition" "opened" {
  family                   = "opened"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  task_role_arn            = aws_iam_role.opened.arn
  container_definitions    = jsonencode([{ name = "app", image = "docker.io/shop/app:3", portMappings = [{ containerPort = 8080 }] }])
}

# A worker.
resource "aws_ecs_service" "bad_opened" {
  name            = "opened"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.opened.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
}

resource "aws_iam_role" "split" {
  name               = "split-role"
  assume_role_policy = local.tasks
}

resource "aws_iam_role_policy" "split" {
  name = "queue"
  role = aws_iam_role.split.name
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sqs:ReceiveMessage", Resource = local.jobs }]
  })
}

resource "aws_ecs_task_definition" "split" {
  family                   = "split"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  task_role_arn            = aws_iam_role.split.arn
  container_definitions    = jsonencode([{ name = "app", image = "docker.io/shop/app:3", portMappings = [{ containerPort = 8080 }] }])
}

# Does both.
resource "aws_ecs_service" "good_split" {
  name            = "split"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.split.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.front["split"].arn
    container_name   = "app"
    container_port   = 8080
  }
}

resource "aws_iam_role" "plain" {
  name               = "plain-role"
  assume_role_policy = local.tasks
}

resource "aws_iam_role_policy" "plain" {
  name = "queue"
  role = aws_iam_role.plain.name
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sqs:SendMessage", Resource = local.jobs }]
  })
}

resource "aws_ecs_task_definition" "plain" {
  family                   = "plain"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  task_role_arn            = aws_iam_role.plain.arn
  container_definitions    = jsonencode([{ name = "app", image = "docker.io/shop/app:3", portMappings = [{ containerPort = 8080 }] }])
}

# Sends.
resource "aws_ecs_service" "good_plain" {
  name            = "plain"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.plain.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.front["plain"].arn
    container_name   = "app"
    container_port   = 8080
  }
}

resource "aws_iam_role" "new_queue" {
  name               = "new-queue-role"
  assume_role_policy = local.tasks
}

resource "aws_iam_role_policy" "new_queue" {
  name = "queue"
  role = aws_iam_role.new_queue.name
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sqs:SendMessage", Resource = local.jobs }]
  })
}

resource "aws_ecs_task_definition" "new_queue" {
  family                   = "new-queue"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  task_role_arn            = aws_iam_role.new_queue.arn
  container_definitions    = jsonencode([{ name = "app", image = "docker.io/shop/app:3", portMappings = [{ containerPort = 8080 }] }])
}

# Sends.
resource "aws_ecs_service" "unknown_new_queue" {
  name            = "new-queue"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.new_queue.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.front["new-queue"].arn
    container_name   = "app"
    container_port   = 8080
  }
}

resource "aws_iam_role" "functions" {
  name = "functions"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }]
  })
}

# Is called.
resource "aws_lambda_function" "bad_mapped" {
  function_name = "mapped"
  role          = aws_iam_role.functions.arn
  runtime       = "nodejs22.x"
  handler       = "index.handle"
  filename      = "code.zip"
}

resource "aws_lambda_function_url" "mapped" {
  function_name      = aws_lambda_function.bad_mapped.function_name
  authorization_type = "AWS_IAM"
}

resource "aws_sqs_queue" "mapped" {
  name = "mapped-jobs"
}

# The mapping is off.
resource "aws_lambda_function" "bad_switched_on" {
  function_name = "switched_on"
  role          = aws_iam_role.functions.arn
  runtime       = "nodejs22.x"
  handler       = "index.handle"
  filename      = "code.zip"
}

resource "aws_lambda_function_url" "switched_on" {
  function_name      = aws_lambda_function.bad_switched_on.function_name
  authorization_type = "AWS_IAM"
}

resource "aws_sqs_queue" "switched_on" {
  name = "switched_on-jobs"
}

resource "aws_lambda_event_source_mapping" "switched_on" {
  event_source_arn = aws_sqs_queue.switched_on.arn
  function_name    = aws_lambda_function.bad_switched_on.arn
  enabled          = false
}

# The mapping is on.
resource "aws_lambda_function" "good_switched_off" {
  function_name = "switched_off"
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
  name = "switched_off-jobs"
}

resource "aws_lambda_event_source_mapping" "switched_off" {
  event_source_arn = aws_sqs_queue.switched_off.arn
  function_name    = aws_lambda_function.good_switched_off.arn
  enabled          = true
}

# Does both.
resource "aws_lambda_function" "good_unmapped" {
  function_name = "unmapped"
  role          = aws_iam_role.functions.arn
  runtime       = "nodejs22.x"
  handler       = "index.handle"
  filename      = "code.zip"
}

resource "aws_lambda_function_url" "unmapped" {
  function_name      = aws_lambda_function.good_unmapped.function_name
  authorization_type = "AWS_IAM"
}

resource "aws_sqs_queue" "unmapped" {
  name = "unmapped-jobs"
}

resource "aws_lambda_event_source_mapping" "unmapped" {
  event_source_arn = aws_sqs_queue.unmapped.arn
  function_name    = aws_lambda_function.good_unmapped.arn
  enabled          = true
}
