# shared-scaling-domain: containers behind a load balancer, and what their roles let them read.
#
# One service for each case: bad_ is to be found, good_ is not, unknown_ cannot be told. A service "behind the balancer"
# has a target group of its own; one that is not, is called by nobody. A policy with literal ARNs is known from the start;
# one that is made with the ARN of a new queue is known only after apply.

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
  queue   = "arn:aws:sqs:us-east-1:123456789012:jobs"
  tasks = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }]
  })
}

resource "aws_ecs_cluster" "main" {
  name = "main"
}

resource "aws_lb" "front" {
  name    = "front"
  subnets = local.subnets
}

resource "aws_lb_listener" "front" {
  load_balancer_arn = aws_lb.front.arn
  port              = 80
  default_action {
    type = "fixed-response"
    fixed_response {
      content_type = "text/plain"
      status_code  = "404"
    }
  }
}

resource "aws_lb_target_group" "front" {
  for_each = toset([
    "receives",
    "sends",
    "answers",
    "inline",
    "attached",
    "document",
    "document-sends",
    "pattern",
    "wildcard",
    "full-access",
    "read-only",
    "admin",
    "denied",
    "shared-role",
    "new-policy",
    "new-policy-and-variable",
    "new-policy-for-files",
    "hands-over",
    "foreign-role",
    "read-role",
    "no-role",
    "foreign-policy",
    "foreign-queue",
    "foreign-queue-sends",
    "front-of-two"
  ])
  name        = each.key
  port        = 8080
  protocol    = "HTTP"
  target_type = "ip"
  vpc_id      = "vpc-0aaaaaaaaaaaaaaaa"
}

resource "aws_lb_listener_rule" "front" {
  for_each     = aws_lb_target_group.front
  listener_arn = aws_lb_listener.front.arn
  action {
    type             = "forward"
    target_group_arn = each.value.arn
  }
  condition {
    host_header {
      values = ["${each.key}.example.com"]
    }
  }
}

# A queue that nobody but the services below knows.
resource "aws_sqs_queue" "jobs" {
  name_prefix = "jobs-"
}

# --- what the role allows ---

resource "aws_iam_role" "receives" {
  name               = "receives"
  assume_role_policy = local.tasks
}

resource "aws_iam_role_policy" "receives" {
  role = aws_iam_role.receives.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["sqs:ReceiveMessage", "sqs:DeleteMessage"], Resource = local.queue }]
  })
}

resource "aws_ecs_task_definition" "receives" {
  family                   = "receives"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  task_role_arn            = aws_iam_role.receives.arn
  container_definitions = jsonencode([{
    name         = "app"
    image        = "docker.io/shop/app:3"
    portMappings = [{ containerPort = 8080 }]
  }])
}

# BAD, high: behind the balancer, and its role lets it take messages from a queue.
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

resource "aws_iam_role" "sends" {
  name               = "sends"
  assume_role_policy = local.tasks
}

resource "aws_iam_role_policy" "sends" {
  role = aws_iam_role.sends.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["sqs:SendMessage", "sqs:GetQueueUrl", "sqs:GetQueueAttributes"], Resource = local.queue }]
  })
}

resource "aws_ecs_task_definition" "sends" {
  family                   = "sends"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  task_role_arn            = aws_iam_role.sends.arn
  container_definitions = jsonencode([{
    name         = "app"
    image        = "docker.io/shop/app:3"
    portMappings = [{ containerPort = 8080 }]
    environment  = [{ name = "QUEUE_URL", value = aws_sqs_queue.jobs.url }]
  }])
}

# GOOD: the same, but it may only send. That it knows the queue does not make it a worker.
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

resource "aws_iam_role" "works" {
  name               = "works"
  assume_role_policy = local.tasks
  inline_policy {
    name = "works"
    policy = jsonencode({
      Version   = "2012-10-17"
      Statement = [{ Effect = "Allow", Action = ["sqs:ReceiveMessage", "sqs:DeleteMessage"], Resource = local.queue }]
    })
  }
}

resource "aws_ecs_task_definition" "works" {
  family                   = "works"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  task_role_arn            = aws_iam_role.works.arn
  container_definitions    = jsonencode([{ name = "app", image = "docker.io/shop/app:3" }])
}

# GOOD: takes messages, and nobody calls it. The counterpart.
resource "aws_ecs_service" "good_works" {
  name            = "works"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.works.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
}

resource "aws_iam_role" "answers" {
  name               = "answers"
  assume_role_policy = local.tasks
}

resource "aws_ecs_task_definition" "answers" {
  family                   = "answers"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  task_role_arn            = aws_iam_role.answers.arn
  container_definitions = jsonencode([{
    name         = "app"
    image        = "docker.io/shop/app:3"
    portMappings = [{ containerPort = 8080 }]
  }])
}

# GOOD: is called, and its role allows nothing.
resource "aws_ecs_service" "good_answers" {
  name            = "answers"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.answers.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.front["answers"].arn
    container_name   = "app"
    container_port   = 8080
  }
}

resource "aws_iam_role" "inline" {
  name               = "inline"
  assume_role_policy = local.tasks
  inline_policy {
    name = "inline"
    policy = jsonencode({
      Version   = "2012-10-17"
      Statement = [{ Effect = "Allow", Action = "sqs:ReceiveMessage", Resource = local.queue }]
    })
  }
}

resource "aws_ecs_task_definition" "inline" {
  family                   = "inline"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  task_role_arn            = aws_iam_role.inline.arn
  container_definitions = jsonencode([{
    name         = "app"
    image        = "docker.io/shop/app:3"
    portMappings = [{ containerPort = 8080 }]
  }])
}

# BAD: the policy stands inside the role.
resource "aws_ecs_service" "bad_inline" {
  name            = "inline"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.inline.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.front["inline"].arn
    container_name   = "app"
    container_port   = 8080
  }
}

resource "aws_iam_policy" "attached" {
  name = "attached"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sqs:ReceiveMessage", Resource = local.queue }]
  })
}

resource "aws_iam_policy_attachment" "attached" {
  name       = "attached"
  roles      = [aws_iam_role.attached.name]
  policy_arn = aws_iam_policy.attached.arn
}

resource "aws_iam_role" "attached" {
  name               = "attached"
  assume_role_policy = local.tasks
}

resource "aws_ecs_task_definition" "attached" {
  family                   = "attached"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  task_role_arn            = aws_iam_role.attached.arn
  container_definitions = jsonencode([{
    name         = "app"
    image        = "docker.io/shop/app:3"
    portMappings = [{ containerPort = 8080 }]
  }])
}

# BAD: the policy is attached from the policy's side.
resource "aws_ecs_service" "bad_attached" {
  name            = "attached"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.attached.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.front["attached"].arn
    container_name   = "app"
    container_port   = 8080
  }
}

data "aws_iam_policy_document" "document" {
  statement {
    actions   = ["sqs:ReceiveMessage", "sqs:DeleteMessage"]
    resources = [aws_sqs_queue.document.arn]
  }
}

resource "aws_sqs_queue" "document" {
  name = "document"
}

resource "aws_iam_policy" "document" {
  name   = "document"
  policy = data.aws_iam_policy_document.document.json
}

resource "aws_iam_role" "document" {
  name               = "document"
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
  container_definitions = jsonencode([{
    name         = "app"
    image        = "docker.io/shop/app:3"
    portMappings = [{ containerPort = 8080 }]
  }])
}

# BAD: a policy document, whose resources are known only after apply. Its actions are known, and its references name the
# queue: aws_sqs_queue.document is to be named.
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

data "aws_iam_policy_document" "document_sends" {
  statement {
    actions   = ["sqs:SendMessage"]
    resources = [aws_sqs_queue.document.arn]
  }
}

resource "aws_iam_role_policy" "document_sends" {
  role   = aws_iam_role.document_sends.id
  policy = data.aws_iam_policy_document.document_sends.json
}

resource "aws_iam_role" "document_sends" {
  name               = "document-sends"
  assume_role_policy = local.tasks
}

resource "aws_ecs_task_definition" "document_sends" {
  family                   = "document-sends"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  task_role_arn            = aws_iam_role.document_sends.arn
  container_definitions = jsonencode([{
    name         = "app"
    image        = "docker.io/shop/app:3"
    portMappings = [{ containerPort = 8080 }]
  }])
}

# GOOD: a policy document that allows sending only.
resource "aws_ecs_service" "good_document_sends" {
  name            = "document-sends"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.document_sends.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.front["document-sends"].arn
    container_name   = "app"
    container_port   = 8080
  }
}

resource "aws_iam_role" "pattern" {
  name               = "pattern"
  assume_role_policy = local.tasks
}

resource "aws_iam_role_policy" "pattern" {
  role = aws_iam_role.pattern.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sqs:Receive*", Resource = local.queue }]
  })
}

resource "aws_ecs_task_definition" "pattern" {
  family                   = "pattern"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  task_role_arn            = aws_iam_role.pattern.arn
  container_definitions = jsonencode([{
    name         = "app"
    image        = "docker.io/shop/app:3"
    portMappings = [{ containerPort = 8080 }]
  }])
}

# BAD: the pattern spells receiving out.
resource "aws_ecs_service" "bad_pattern" {
  name            = "pattern"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.pattern.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.front["pattern"].arn
    container_name   = "app"
    container_port   = 8080
  }
}

resource "aws_iam_role" "wildcard" {
  name               = "wildcard"
  assume_role_policy = local.tasks
}

resource "aws_iam_role_policy" "wildcard" {
  role = aws_iam_role.wildcard.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sqs:*", Resource = local.queue }]
  })
}

resource "aws_ecs_task_definition" "wildcard" {
  family                   = "wildcard"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  task_role_arn            = aws_iam_role.wildcard.arn
  container_definitions = jsonencode([{
    name         = "app"
    image        = "docker.io/shop/app:3"
    portMappings = [{ containerPort = 8080 }]
  }])
}

# UNKNOWN: `sqs:*` allows receiving, and may be meant for sending.
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

resource "aws_iam_role" "full_access" {
  name               = "full-access"
  assume_role_policy = local.tasks
}

resource "aws_iam_role_policy_attachment" "full_access" {
  role       = aws_iam_role.full_access.name
  policy_arn = "arn:aws:iam::aws:policy/AmazonSQSFullAccess"
}

resource "aws_ecs_task_definition" "full_access" {
  family                   = "full-access"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  task_role_arn            = aws_iam_role.full_access.arn
  container_definitions = jsonencode([{
    name         = "app"
    image        = "docker.io/shop/app:3"
    portMappings = [{ containerPort = 8080 }]
  }])
}

# UNKNOWN: the managed policy is `sqs:*` by another name.
resource "aws_ecs_service" "unknown_full_access" {
  name            = "full-access"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.full_access.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.front["full-access"].arn
    container_name   = "app"
    container_port   = 8080
  }
}

resource "aws_iam_role" "read_only" {
  name               = "read-only"
  assume_role_policy = local.tasks
}

resource "aws_iam_role_policy_attachment" "read_only" {
  role       = aws_iam_role.read_only.name
  policy_arn = "arn:aws:iam::aws:policy/AmazonSQSReadOnlyAccess"
}

resource "aws_ecs_task_definition" "read_only" {
  family                   = "read-only"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  task_role_arn            = aws_iam_role.read_only.arn
  container_definitions = jsonencode([{
    name         = "app"
    image        = "docker.io/shop/app:3"
    portMappings = [{ containerPort = 8080 }]
  }])
}

# GOOD: what that managed policy reads is attributes, not messages.
resource "aws_ecs_service" "good_read_only" {
  name            = "read-only"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.read_only.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.front["read-only"].arn
    container_name   = "app"
    container_port   = 8080
  }
}

resource "aws_iam_role" "admin" {
  name               = "admin"
  assume_role_policy = local.tasks
  inline_policy {
    name = "admin"
    policy = jsonencode({
      Version   = "2012-10-17"
      Statement = [{ Effect = "Allow", Action = "*", Resource = "*" }]
    })
  }
}

resource "aws_iam_role_policy_attachment" "admin" {
  role       = aws_iam_role.admin.name
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
}

resource "aws_ecs_task_definition" "admin" {
  family                   = "admin"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  task_role_arn            = aws_iam_role.admin.arn
  container_definitions = jsonencode([{
    name         = "app"
    image        = "docker.io/shop/app:3"
    portMappings = [{ containerPort = 8080 }]
  }])
}

# GOOD: who may do everything intends nothing.
resource "aws_ecs_service" "good_admin" {
  name            = "admin"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.admin.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.front["admin"].arn
    container_name   = "app"
    container_port   = 8080
  }
}

resource "aws_iam_role" "denied" {
  name               = "denied"
  assume_role_policy = local.tasks
}

resource "aws_iam_role_policy" "denied" {
  role = aws_iam_role.denied.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = "sqs:*", Resource = local.queue },
      { Effect = "Deny", Action = "sqs:ReceiveMessage", Resource = "*" },
    ]
  })
}

resource "aws_ecs_task_definition" "denied" {
  family                   = "denied"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  task_role_arn            = aws_iam_role.denied.arn
  container_definitions = jsonencode([{
    name         = "app"
    image        = "docker.io/shop/app:3"
    portMappings = [{ containerPort = 8080 }]
  }])
}

# GOOD: everything of SQS but receiving.
resource "aws_ecs_service" "good_denied" {
  name            = "denied"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.denied.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.front["denied"].arn
    container_name   = "app"
    container_port   = 8080
  }
}

resource "aws_iam_role" "both" {
  name               = "both"
  assume_role_policy = local.tasks
}

resource "aws_iam_role_policy" "both" {
  role = aws_iam_role.both.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["sqs:ReceiveMessage", "sqs:DeleteMessage"], Resource = local.queue }]
  })
}

resource "aws_ecs_task_definition" "shared_role" {
  family                   = "shared-role"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  task_role_arn            = aws_iam_role.both.arn
  container_definitions = jsonencode([{
    name         = "app"
    image        = "docker.io/shop/app:3"
    portMappings = [{ containerPort = 8080 }]
  }])
}

# UNKNOWN: its role lets it receive, but the worker below has the same role, and may be the one that it is meant for.
resource "aws_ecs_service" "unknown_shared_role" {
  name            = "shared-role"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.shared_role.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.front["shared-role"].arn
    container_name   = "app"
    container_port   = 8080
  }
}

resource "aws_ecs_task_definition" "shared_role_worker" {
  family                   = "shared-role-worker"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  task_role_arn            = aws_iam_role.both.arn
  container_definitions    = jsonencode([{ name = "app", image = "docker.io/shop/app:3" }])
}

# GOOD: the worker.
resource "aws_ecs_service" "good_shared_role_worker" {
  name            = "shared-role-worker"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.shared_role_worker.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
}

# --- policies that are not known yet ---

resource "aws_sqs_queue" "new_policy" {
  name = "new-policy"
}

resource "aws_iam_role" "new_policy" {
  name               = "new-policy"
  assume_role_policy = local.tasks
}

resource "aws_iam_role_policy" "new_policy" {
  role = aws_iam_role.new_policy.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sqs:ReceiveMessage", Resource = aws_sqs_queue.new_policy.arn }]
  })
}

resource "aws_ecs_task_definition" "new_policy" {
  family                   = "new-policy"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  task_role_arn            = aws_iam_role.new_policy.arn
  container_definitions = jsonencode([{
    name         = "app"
    image        = "docker.io/shop/app:3"
    portMappings = [{ containerPort = 8080 }]
  }])
}

# UNKNOWN: its policy is known only after apply, and speaks of a queue that nobody else takes from.
resource "aws_ecs_service" "unknown_new_policy" {
  name            = "new-policy"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.new_policy.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.front["new-policy"].arn
    container_name   = "app"
    container_port   = 8080
  }
}

resource "aws_sqs_queue" "new_policy_and_variable" {
  name = "new-policy-and-variable"
}

resource "aws_iam_role" "new_policy_and_variable" {
  name               = "new-policy-and-variable"
  assume_role_policy = local.tasks
}

resource "aws_iam_role_policy" "new_policy_and_variable" {
  role = aws_iam_role.new_policy_and_variable.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sqs:ReceiveMessage", Resource = aws_sqs_queue.new_policy_and_variable.arn }]
  })
}

resource "aws_ecs_task_definition" "new_policy_and_variable" {
  family                   = "new-policy-and-variable"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  task_role_arn            = aws_iam_role.new_policy_and_variable.arn
  container_definitions = jsonencode([{
    name         = "app"
    image        = "docker.io/shop/app:3"
    portMappings = [{ containerPort = 8080 }]
    environment  = [{ name = "QUEUE_URL", value = aws_sqs_queue.new_policy_and_variable.url }]
  }])
}

# UNKNOWN: the same, and its environment names the queue as well.
resource "aws_ecs_service" "unknown_new_policy_and_variable" {
  name            = "new-policy-and-variable"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.new_policy_and_variable.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.front["new-policy-and-variable"].arn
    container_name   = "app"
    container_port   = 8080
  }
}

resource "aws_s3_bucket" "new_policy_for_files" {
  bucket_prefix = "files-"
}

resource "aws_iam_role" "new_policy_for_files" {
  name               = "new-policy-for-files"
  assume_role_policy = local.tasks
}

resource "aws_iam_role_policy" "new_policy_for_files" {
  role = aws_iam_role.new_policy_for_files.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "s3:GetObject", Resource = "${aws_s3_bucket.new_policy_for_files.arn}/*" }]
  })
}

resource "aws_ecs_task_definition" "new_policy_for_files" {
  family                   = "new-policy-for-files"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  task_role_arn            = aws_iam_role.new_policy_for_files.arn
  container_definitions = jsonencode([{
    name         = "app"
    image        = "docker.io/shop/app:3"
    portMappings = [{ containerPort = 8080 }]
  }])
}

# GOOD: its policy is known only after apply too, but speaks of a bucket and nothing else.
resource "aws_ecs_service" "good_new_policy_for_files" {
  name            = "new-policy-for-files"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.new_policy_for_files.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.front["new-policy-for-files"].arn
    container_name   = "app"
    container_port   = 8080
  }
}

resource "aws_sqs_queue" "handed_over" {
  name = "handed-over"
}

resource "aws_iam_role" "hands_over" {
  name               = "hands-over"
  assume_role_policy = local.tasks
}

resource "aws_iam_role_policy" "hands_over" {
  role = aws_iam_role.hands_over.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sqs:SendMessage", Resource = aws_sqs_queue.handed_over.arn }]
  })
}

resource "aws_ecs_task_definition" "hands_over" {
  family                   = "hands-over"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  task_role_arn            = aws_iam_role.hands_over.arn
  container_definitions = jsonencode([{
    name         = "app"
    image        = "docker.io/shop/app:3"
    portMappings = [{ containerPort = 8080 }]
    environment  = [{ name = "QUEUE_URL", value = aws_sqs_queue.handed_over.url }]
  }])
}

# GOOD: its policy is known only after apply; but the worker below takes what is in the queue.
resource "aws_ecs_service" "good_hands_over" {
  name            = "hands-over"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.hands_over.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.front["hands-over"].arn
    container_name   = "app"
    container_port   = 8080
  }
}

data "aws_iam_policy_document" "takes_over" {
  statement {
    actions   = ["sqs:ReceiveMessage", "sqs:DeleteMessage"]
    resources = [aws_sqs_queue.handed_over.arn]
  }
}

resource "aws_iam_role_policy" "takes_over" {
  role   = aws_iam_role.takes_over.id
  policy = data.aws_iam_policy_document.takes_over.json
}

resource "aws_iam_role" "takes_over" {
  name               = "takes-over"
  assume_role_policy = local.tasks
}

resource "aws_ecs_task_definition" "takes_over" {
  family                   = "takes-over"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  task_role_arn            = aws_iam_role.takes_over.arn
  container_definitions    = jsonencode([{ name = "app", image = "docker.io/shop/app:3" }])
}

# GOOD: the worker.
resource "aws_ecs_service" "good_takes_over" {
  name            = "takes-over"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.takes_over.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
}

# --- roles and policies of other plans ---

resource "aws_sqs_queue" "foreign_role" {
  name = "foreign-role"
}

resource "aws_ecs_task_definition" "foreign_role" {
  family                   = "foreign-role"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  task_role_arn            = "arn:aws:iam::123456789012:role/shop-orders"
  container_definitions = jsonencode([{
    name         = "app"
    image        = "docker.io/shop/app:3"
    portMappings = [{ containerPort = 8080 }]
    environment  = [{ name = "QUEUE_URL", value = aws_sqs_queue.foreign_role.url }]
  }])
}

# UNKNOWN: knows a queue that nobody else takes from; what its role allows, another plan says.
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

data "aws_iam_role" "read_role" {
  name = "orders"
}

resource "aws_sqs_queue" "read_role" {
  name = "read-role"
}

resource "aws_ecs_task_definition" "read_role" {
  family                   = "read-role"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  task_role_arn            = data.aws_iam_role.read_role.arn
  container_definitions = jsonencode([{
    name         = "app"
    image        = "docker.io/shop/app:3"
    portMappings = [{ containerPort = 8080 }]
    environment  = [{ name = "QUEUE_URL", value = aws_sqs_queue.read_role.url }]
  }])
}

# UNKNOWN: the same with a role that is read.
resource "aws_ecs_service" "unknown_read_role" {
  name            = "read-role"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.read_role.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.front["read-role"].arn
    container_name   = "app"
    container_port   = 8080
  }
}

resource "aws_sqs_queue" "no_role" {
  name = "no-role"
}

resource "aws_ecs_task_definition" "no_role" {
  family                   = "no-role"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  container_definitions = jsonencode([{
    name         = "app"
    image        = "docker.io/shop/app:3"
    portMappings = [{ containerPort = 8080 }]
    environment  = [{ name = "QUEUE_URL", value = aws_sqs_queue.no_role.url }]
  }])
}

# UNKNOWN: knows a queue, and has no role at all; it may have keys of its own.
resource "aws_ecs_service" "unknown_no_role" {
  name            = "no-role"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.no_role.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.front["no-role"].arn
    container_name   = "app"
    container_port   = 8080
  }
}

resource "aws_sqs_queue" "foreign_policy" {
  name = "foreign-policy"
}

resource "aws_iam_role" "foreign_policy" {
  name               = "foreign-policy"
  assume_role_policy = local.tasks
}

resource "aws_iam_role_policy_attachment" "foreign_policy" {
  role       = aws_iam_role.foreign_policy.name
  policy_arn = "arn:aws:iam::123456789012:policy/orders"
}

resource "aws_ecs_task_definition" "foreign_policy" {
  family                   = "foreign-policy"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  task_role_arn            = aws_iam_role.foreign_policy.arn
  container_definitions = jsonencode([{
    name         = "app"
    image        = "docker.io/shop/app:3"
    portMappings = [{ containerPort = 8080 }]
    environment  = [{ name = "QUEUE_URL", value = aws_sqs_queue.foreign_policy.url }]
  }])
}

# UNKNOWN: its role is here, the policy that is attached to it is not.
resource "aws_ecs_service" "unknown_foreign_policy" {
  name            = "foreign-policy"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.foreign_policy.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.front["foreign-policy"].arn
    container_name   = "app"
    container_port   = 8080
  }
}

resource "aws_ecs_task_definition" "foreign_queue" {
  family                   = "foreign-queue"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  task_role_arn            = "arn:aws:iam::123456789012:role/shop-orders"
  container_definitions = jsonencode([{
    name         = "app"
    image        = "docker.io/shop/app:3"
    portMappings = [{ containerPort = 8080 }]
    environment  = [{ name = "JOBS_QUEUE_URL", value = "https://sqs.us-east-1.amazonaws.com/123456789012/jobs" }]
  }])
}

# UNKNOWN: neither its role nor the queue whose address it knows is in this plan.
resource "aws_ecs_service" "unknown_foreign_queue" {
  name            = "foreign-queue"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.foreign_queue.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.front["foreign-queue"].arn
    container_name   = "app"
    container_port   = 8080
  }
}

resource "aws_iam_role" "foreign_queue_sends" {
  name               = "foreign-queue-sends"
  assume_role_policy = local.tasks
}

resource "aws_iam_role_policy" "foreign_queue_sends" {
  role = aws_iam_role.foreign_queue_sends.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sqs:SendMessage", Resource = local.queue }]
  })
}

resource "aws_ecs_task_definition" "foreign_queue_sends" {
  family                   = "foreign-queue-sends"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  task_role_arn            = aws_iam_role.foreign_queue_sends.arn
  container_definitions = jsonencode([{
    name         = "app"
    image        = "docker.io/shop/app:3"
    portMappings = [{ containerPort = 8080 }]
    environment  = [{ name = "JOBS_QUEUE_URL", value = "https://sqs.us-east-1.amazonaws.com/123456789012/jobs" }]
  }])
}

# GOOD: the same address, but its role is here and lets it send only.
resource "aws_ecs_service" "good_foreign_queue_sends" {
  name            = "foreign-queue-sends"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.foreign_queue_sends.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.front["foreign-queue-sends"].arn
    container_name   = "app"
    container_port   = 8080
  }
}

resource "aws_sqs_queue" "two_sides" {
  name = "two-sides"
}

resource "aws_ecs_task_definition" "front_of_two" {
  family                   = "front-of-two"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  task_role_arn            = "arn:aws:iam::123456789012:role/shop-orders"
  container_definitions = jsonencode([{
    name         = "app"
    image        = "docker.io/shop/app:3"
    portMappings = [{ containerPort = 8080 }]
    environment  = [{ name = "QUEUE_URL", value = aws_sqs_queue.two_sides.url }]
  }])
}

# GOOD: nobody here knows what the roles allow; but of two that know the queue, the one that nobody calls takes from it.
resource "aws_ecs_service" "good_front_of_two" {
  name            = "front-of-two"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.front_of_two.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.front["front-of-two"].arn
    container_name   = "app"
    container_port   = 8080
  }
}

resource "aws_ecs_task_definition" "back_of_two" {
  family                   = "back-of-two"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  task_role_arn            = "arn:aws:iam::123456789012:role/shop-worker"
  container_definitions = jsonencode([{
    name        = "app"
    image       = "docker.io/shop/app:3"
    environment = [{ name = "QUEUE_URL", value = aws_sqs_queue.two_sides.url }]
  }])
}

# GOOD: that one.
resource "aws_ecs_service" "good_back_of_two" {
  name            = "back-of-two"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.back_of_two.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
}
