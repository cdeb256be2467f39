# shared-scaling-domain: what is switched on and off, by all the names that this has.
#
# Each function has an address of its own. bad_ is to be found, good_ is not, unknown_ cannot be told.

terraform {
  required_providers {
    aws = { source = "hashicorp/aws", version = "~> 6.0" }
  }
}

provider "aws" {
  region = "us-east-1"
}

resource "aws_iam_role" "functions" {
  name = "functions"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }]
  })
}

resource "terraform_data" "decided_later" {
  input = timestamp()
}

# --- event rules ---

# BAD: the rule is on by its default.
resource "aws_lambda_function" "bad_rule_on" {
  function_name = "rule-on"
  role          = aws_iam_role.functions.arn
  runtime       = "nodejs22.x"
  handler       = "index.handle"
  filename      = "code.zip"
}

resource "aws_lambda_function_url" "rule_on" {
  function_name      = aws_lambda_function.bad_rule_on.function_name
  authorization_type = "NONE"
}

resource "aws_cloudwatch_event_rule" "on" {
  name                = "nightly"
  schedule_expression = "rate(1 day)"
}

resource "aws_cloudwatch_event_target" "on" {
  rule = aws_cloudwatch_event_rule.on.name
  arn  = aws_lambda_function.bad_rule_on.arn
}

# GOOD: the rule is off, by its state.
resource "aws_lambda_function" "good_rule_off" {
  function_name = "rule-off"
  role          = aws_iam_role.functions.arn
  runtime       = "nodejs22.x"
  handler       = "index.handle"
  filename      = "code.zip"
}

resource "aws_lambda_function_url" "rule_off" {
  function_name      = aws_lambda_function.good_rule_off.function_name
  authorization_type = "NONE"
}

resource "aws_cloudwatch_event_rule" "off" {
  name                = "was-nightly"
  schedule_expression = "rate(1 day)"
  state               = "DISABLED"
}

resource "aws_cloudwatch_event_target" "off" {
  rule = aws_cloudwatch_event_rule.off.name
  arn  = aws_lambda_function.good_rule_off.arn
}

# GOOD: the schedule is off.
resource "aws_lambda_function" "good_schedule_off" {
  function_name = "schedule-off"
  role          = aws_iam_role.functions.arn
  runtime       = "nodejs22.x"
  handler       = "index.handle"
  filename      = "code.zip"
}

resource "aws_lambda_function_url" "schedule_off" {
  function_name      = aws_lambda_function.good_schedule_off.function_name
  authorization_type = "NONE"
}

resource "aws_scheduler_schedule" "off" {
  name                = "hourly"
  schedule_expression = "rate(1 hours)"
  state               = "DISABLED"
  flexible_time_window {
    mode = "OFF"
  }
  target {
    arn      = aws_lambda_function.good_schedule_off.arn
    role_arn = aws_iam_role.functions.arn
  }
}

# --- mappings ---

# GOOD: the mapping is off.
resource "aws_lambda_function" "good_mapping_off" {
  function_name = "mapping-off"
  role          = aws_iam_role.functions.arn
  runtime       = "nodejs22.x"
  handler       = "index.handle"
  filename      = "code.zip"
}

resource "aws_lambda_function_url" "mapping_off" {
  function_name      = aws_lambda_function.good_mapping_off.function_name
  authorization_type = "NONE"
}

resource "aws_sqs_queue" "off" {
  name = "off"
}

resource "aws_lambda_event_source_mapping" "off" {
  event_source_arn = aws_sqs_queue.off.arn
  function_name    = aws_lambda_function.good_mapping_off.arn
  enabled          = false
}

# UNKNOWN: whether the mapping works is decided later.
resource "aws_lambda_function" "unknown_mapping" {
  function_name = "mapping-later"
  role          = aws_iam_role.functions.arn
  runtime       = "nodejs22.x"
  handler       = "index.handle"
  filename      = "code.zip"
}

resource "aws_lambda_function_url" "mapping_later" {
  function_name      = aws_lambda_function.unknown_mapping.function_name
  authorization_type = "NONE"
}

resource "aws_sqs_queue" "later" {
  name = "later"
}

resource "aws_lambda_event_source_mapping" "later" {
  event_source_arn = aws_sqs_queue.later.arn
  function_name    = aws_lambda_function.unknown_mapping.arn
  enabled          = terraform_data.decided_later.output != ""
}

# --- one that may receive, beside one that does ---

# GOOD: its role allows everything on the queue, and somebody else takes what is in it.
resource "aws_lb_target_group" "front" {
  name        = "front"
  port        = 80
  protocol    = "HTTP"
  target_type = "ip"
  vpc_id      = "vpc-0aaaaaaaaaaaaaaaa"
}

resource "aws_ecs_cluster" "main" {
  name = "main"
}

resource "aws_iam_role" "sender" {
  name = "sender"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "sender" {
  role = aws_iam_role.sender.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sqs:*", Resource = aws_sqs_queue.taken.arn }]
  })
}

resource "aws_sqs_queue" "taken" {
  name = "taken"
}

resource "aws_lambda_function" "good_taker" {
  function_name = "taker"
  role          = aws_iam_role.functions.arn
  runtime       = "nodejs22.x"
  handler       = "index.handle"
  filename      = "code.zip"
}

resource "aws_lambda_event_source_mapping" "taken" {
  event_source_arn = aws_sqs_queue.taken.arn
  function_name    = aws_lambda_function.good_taker.arn
}

resource "aws_ecs_task_definition" "sender" {
  family        = "sender"
  network_mode  = "awsvpc"
  task_role_arn = aws_iam_role.sender.arn
  container_definitions = jsonencode([{
    name = "api", image = "shop/api:1", essential = true, portMappings = [{ containerPort = 80 }]
    environment = [{ name = "QUEUE_URL", value = aws_sqs_queue.taken.url }]
  }])
}

resource "aws_ecs_service" "good_sender" {
  name            = "sender"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.sender.arn
  desired_count   = 2
  launch_type     = "FARGATE"
  network_configuration {
    subnets = ["subnet-0aaaaaaaaaaaaaaaa"]
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.front.arn
    container_name   = "api"
    container_port   = 80
  }
}

# --- machines that join a cluster by their script ---

# BAD, medium: what answers requests and what works off a queue run on the same machines, which no capacity provider ties
# to the cluster.
resource "aws_launch_template" "nodes" {
  name          = "nodes"
  instance_type = "m6i.large"
  user_data     = base64encode("#!/bin/bash\necho ECS_CLUSTER=shared >> /etc/ecs/ecs.config\n")
}

resource "aws_autoscaling_group" "bad_nodes" {
  name                = "nodes"
  min_size            = 2
  max_size            = 6
  vpc_zone_identifier = ["subnet-0aaaaaaaaaaaaaaaa"]
  launch_template {
    id = aws_launch_template.nodes.id
  }
}

resource "aws_ecs_cluster" "shared" {
  name = "shared"
}

resource "aws_ecs_task_definition" "api" {
  family = "api"
  container_definitions = jsonencode([{
    name = "api", image = "shop/api:1", memory = 512, essential = true, portMappings = [{ containerPort = 80 }]
  }])
}

resource "aws_lb_target_group" "api" {
  name     = "api"
  port     = 80
  protocol = "HTTP"
  vpc_id   = "vpc-0aaaaaaaaaaaaaaaa"
}

resource "aws_ecs_service" "good_api" {
  name            = "api"
  cluster         = aws_ecs_cluster.shared.id
  task_definition = aws_ecs_task_definition.api.arn
  desired_count   = 2
  launch_type     = "EC2"
  load_balancer {
    target_group_arn = aws_lb_target_group.api.arn
    container_name   = "api"
    container_port   = 80
  }
}

resource "aws_iam_role" "worker" {
  name = "worker"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "worker" {
  role = aws_iam_role.worker.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["sqs:receivemessage", "sqs:deletemessage"], Resource = "*" }]
  })
}

resource "aws_ecs_task_definition" "worker" {
  family                = "worker"
  task_role_arn         = aws_iam_role.worker.arn
  container_definitions = jsonencode([{ name = "main", image = "shop/worker:1", memory = 512, essential = true }])
}

resource "aws_ecs_service" "good_worker" {
  name            = "worker"
  cluster         = aws_ecs_cluster.shared.id
  task_definition = aws_ecs_task_definition.worker.arn
  desired_count   = 2
  launch_type     = "EC2"
}
