# missing-vpc-endpoint: what workloads call, and what they only seem to call.
#
# One network for each case. The rule reports at the network: bad_ is to be found, good_ is not. Networks are cut down to
# what decides the case; a regional NAT gateway stands for the whole public side. "NAT" below means that the subnet's
# default route leads to one.

terraform {
  required_providers {
    aws = { source = "hashicorp/aws", version = "~> 6.0" }
  }
}

provider "aws" {
  region = "us-east-1"
}

data "aws_region" "current" {}

locals {
  registry = "123456789012.dkr.ecr.us-east-1.amazonaws.com"
  assumed = {
    for name in ["ecs-tasks", "lambda", "ec2"] : name => jsonencode({
      Version   = "2012-10-17"
      Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "${name}.amazonaws.com" } }]
    })
  }
}

resource "aws_ecs_cluster" "main" {
  name = "main"
}

# What starts a task may pull images and write logs. That is said of every task, whatever it does: it calls nothing.
resource "aws_iam_role" "starts_tasks" {
  name               = "starts-tasks"
  assume_role_policy = local.assumed["ecs-tasks"]
}

resource "aws_iam_role_policy_attachment" "starts_tasks" {
  role       = aws_iam_role.starts_tasks.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
}

resource "aws_ecs_task_definition" "private_image" {
  family                   = "private-image"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  execution_role_arn       = aws_iam_role.starts_tasks.arn
  container_definitions = jsonencode([{
    name             = "api"
    image            = "${local.registry}/shop/api:1.4.2"
    portMappings     = [{ containerPort = 8080 }]
    logConfiguration = { logDriver = "awslogs", options = { awslogs-group = "/shop/api", awslogs-region = "us-east-1" } }
  }])
}

# --- images and logs ---

# BAD: ecr.api, ecr.dkr, s3 and logs. Fargate pulls from ECR through the task's own subnet, the layers lie in S3, and
# awslogs writes from there as well. All of it goes through NAT: S3 medium, for its endpoint is free, the others low.
resource "aws_vpc" "bad_images" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "images" {
  for_each          = { us-east-1a = "10.0.1.0/24", us-east-1b = "10.0.2.0/24" }
  vpc_id            = aws_vpc.bad_images.id
  availability_zone = each.key
  cidr_block        = each.value
}

resource "aws_nat_gateway" "images" {
  vpc_id            = aws_vpc.bad_images.id
  availability_mode = "regional"
}

resource "aws_route_table" "images" {
  vpc_id = aws_vpc.bad_images.id
  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.images.id
  }
}

resource "aws_route_table_association" "images" {
  for_each       = aws_subnet.images
  route_table_id = aws_route_table.images.id
  subnet_id      = each.value.id
}

resource "aws_ecs_service" "images" {
  name            = "images"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.private_image.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = [for subnet in aws_subnet.images : subnet.id]
  }
}

# BAD: the same four. The repository is new, so that the definition as a whole is known only after apply; that it speaks of
# a repository and of a log group, the configuration says.
resource "aws_vpc" "bad_new_repository" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "new_repository" {
  vpc_id            = aws_vpc.bad_new_repository.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_nat_gateway" "new_repository" {
  vpc_id            = aws_vpc.bad_new_repository.id
  availability_mode = "regional"
}

resource "aws_route_table" "new_repository" {
  vpc_id = aws_vpc.bad_new_repository.id
  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.new_repository.id
  }
}

resource "aws_route_table_association" "new_repository" {
  route_table_id = aws_route_table.new_repository.id
  subnet_id      = aws_subnet.new_repository.id
}

resource "aws_ecr_repository" "new_repository" {
  name = "shop/new"
}

resource "aws_cloudwatch_log_group" "new_repository" {
  name = "/shop/new"
}

resource "aws_ecs_task_definition" "new_repository" {
  family                   = "new-repository"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  execution_role_arn       = aws_iam_role.starts_tasks.arn
  container_definitions = jsonencode([{
    name  = "api"
    image = "${aws_ecr_repository.new_repository.repository_url}:1"
    logConfiguration = {
      logDriver = "awslogs"
      options   = { awslogs-group = aws_cloudwatch_log_group.new_repository.name, awslogs-region = "us-east-1" }
    }
  }])
}

resource "aws_ecs_service" "new_repository" {
  name            = "new-repository"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.new_repository.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = [aws_subnet.new_repository.id]
  }
}

# GOOD: the first task again; every endpoint is there. The interface endpoints come from a set, their names from the region.
resource "aws_vpc" "good_images" {
  cidr_block           = "10.0.0.0/16"
  enable_dns_hostnames = true
}

resource "aws_subnet" "served" {
  for_each          = { us-east-1a = "10.0.1.0/24", us-east-1b = "10.0.2.0/24" }
  vpc_id            = aws_vpc.good_images.id
  availability_zone = each.key
  cidr_block        = each.value
}

resource "aws_nat_gateway" "served" {
  vpc_id            = aws_vpc.good_images.id
  availability_mode = "regional"
}

resource "aws_route_table" "served" {
  vpc_id = aws_vpc.good_images.id
}

resource "aws_route" "served" {
  route_table_id         = aws_route_table.served.id
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = aws_nat_gateway.served.id
}

resource "aws_route_table_association" "served" {
  for_each       = aws_subnet.served
  route_table_id = aws_route_table.served.id
  subnet_id      = each.value.id
}

resource "aws_security_group" "served" {
  name   = "endpoints"
  vpc_id = aws_vpc.good_images.id
  ingress {
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = [aws_vpc.good_images.cidr_block]
  }
}

resource "aws_vpc_endpoint" "served" {
  for_each            = toset(["ecr.api", "ecr.dkr", "logs"])
  vpc_id              = aws_vpc.good_images.id
  service_name        = "com.amazonaws.${data.aws_region.current.region}.${each.key}"
  vpc_endpoint_type   = "Interface"
  private_dns_enabled = true
  subnet_ids          = [for subnet in aws_subnet.served : subnet.id]
  security_group_ids  = [aws_security_group.served.id]
}

resource "aws_vpc_endpoint" "served_s3" {
  vpc_id          = aws_vpc.good_images.id
  service_name    = "com.amazonaws.${data.aws_region.current.region}.s3"
  route_table_ids = [aws_route_table.served.id]
}

resource "aws_ecs_service" "served" {
  name            = "served"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.private_image.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = [for subnet in aws_subnet.served : subnet.id]
  }
}

# GOOD: images of Docker Hub and of ECR Public, for which there is no endpoint; the logs stay in the task. That the role
# which starts the task could pull from ECR and write logs calls nothing.
resource "aws_vpc" "good_public_images" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "public_images" {
  vpc_id            = aws_vpc.good_public_images.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_nat_gateway" "public_images" {
  vpc_id            = aws_vpc.good_public_images.id
  availability_mode = "regional"
}

resource "aws_route_table" "public_images" {
  vpc_id = aws_vpc.good_public_images.id
  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.public_images.id
  }
}

resource "aws_route_table_association" "public_images" {
  route_table_id = aws_route_table.public_images.id
  subnet_id      = aws_subnet.public_images.id
}

resource "aws_ecs_task_definition" "public_images" {
  family                   = "public-images"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  execution_role_arn       = aws_iam_role.starts_tasks.arn
  container_definitions = jsonencode([
    { name = "web", image = "docker.io/library/httpd:2.4", portMappings = [{ containerPort = 80 }] },
    { name = "metrics", image = "public.ecr.aws/shop/exporter:3", essential = false },
  ])
}

resource "aws_ecs_service" "public_images" {
  name                   = "public-images"
  cluster                = aws_ecs_cluster.main.id
  task_definition        = aws_ecs_task_definition.public_images.arn
  launch_type            = "FARGATE"
  desired_count          = 2
  enable_execute_command = true # chatter: NAT carries it, and no endpoint would pay
  network_configuration {
    subnets = [aws_subnet.public_images.id]
  }
}

# BAD: secretsmanager and ssm, low. Secrets and parameters are handed to the containers through the task's subnet. The
# image is a public one, and ECS Exec is chatter: neither is to be named.
resource "aws_vpc" "bad_secrets" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "secrets" {
  vpc_id            = aws_vpc.bad_secrets.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_nat_gateway" "secrets" {
  vpc_id            = aws_vpc.bad_secrets.id
  availability_mode = "regional"
}

resource "aws_route_table" "secrets" {
  vpc_id = aws_vpc.bad_secrets.id
  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.secrets.id
  }
}

resource "aws_route_table_association" "secrets" {
  route_table_id = aws_route_table.secrets.id
  subnet_id      = aws_subnet.secrets.id
}

resource "aws_ecs_task_definition" "secrets" {
  family                   = "secrets"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  execution_role_arn       = aws_iam_role.starts_tasks.arn
  container_definitions = jsonencode([{
    name  = "api"
    image = "docker.io/library/httpd:2.4"
    secrets = [
      { name = "API_KEY", valueFrom = "arn:aws:secretsmanager:us-east-1:123456789012:secret:shop/api-AbCdEf:key::" },
      { name = "FLAGS", valueFrom = "/shop/flags" }, # a parameter, by its name
    ]
  }])
}

resource "aws_ecs_service" "secrets" {
  name                   = "secrets"
  cluster                = aws_ecs_cluster.main.id
  task_definition        = aws_ecs_task_definition.secrets.arn
  launch_type            = "FARGATE"
  desired_count          = 2
  enable_execute_command = true
  network_configuration {
    subnets = [aws_subnet.secrets.id]
  }
}

# --- functions ---

# BAD: one finding for each of the nine services that the function's role lets it call.
resource "aws_vpc" "bad_functions" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "functions" {
  vpc_id            = aws_vpc.bad_functions.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_nat_gateway" "functions" {
  vpc_id            = aws_vpc.bad_functions.id
  availability_mode = "regional"
}

resource "aws_route_table" "functions" {
  vpc_id = aws_vpc.bad_functions.id
  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.functions.id
  }
}

resource "aws_route_table_association" "functions" {
  route_table_id = aws_route_table.functions.id
  subnet_id      = aws_subnet.functions.id
}

resource "aws_iam_role" "functions" {
  name               = "functions"
  assume_role_policy = local.assumed["lambda"]
}

resource "aws_iam_role_policy" "functions" {
  role = aws_iam_role.functions.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = ["s3:GetObject", "s3:PutObject"], Resource = "arn:aws:s3:::shop-files/*" },
      { Effect = "Allow", Action = "dynamodb:*", Resource = "arn:aws:dynamodb:us-east-1:123456789012:table/carts" },
      { Effect = "Allow", Action = "sqs:SendMessage", Resource = "arn:aws:sqs:us-east-1:123456789012:jobs" },
      { Effect = "Allow", Action = ["kms:Decrypt", "sts:AssumeRole", "secretsmanager:GetSecretValue"], Resource = "*" },
      { Effect = "Allow", Action = ["events:PutEvents", "states:StartExecution", "kinesis:PutRecords"], Resource = "*" },
    ]
  })
}

resource "aws_lambda_function" "functions" {
  function_name = "functions"
  role          = aws_iam_role.functions.arn
  runtime       = "python3.13"
  handler       = "main.handle"
  filename      = "code.zip"
  vpc_config {
    subnet_ids         = [aws_subnet.functions.id]
    security_group_ids = []
  }
}

# GOOD: what Lambda does for a function, it does from outside the function's network: it pulls its image, writes its logs
# and traces, polls its queue and its stream, and makes its network interfaces. What the role must not do, it does not call.
resource "aws_vpc" "good_plumbing" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "plumbing" {
  vpc_id            = aws_vpc.good_plumbing.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_nat_gateway" "plumbing" {
  vpc_id            = aws_vpc.good_plumbing.id
  availability_mode = "regional"
}

resource "aws_route_table" "plumbing" {
  vpc_id = aws_vpc.good_plumbing.id
  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.plumbing.id
  }
}

resource "aws_route_table_association" "plumbing" {
  route_table_id = aws_route_table.plumbing.id
  subnet_id      = aws_subnet.plumbing.id
}

resource "aws_iam_role" "plumbing" {
  name               = "plumbing"
  assume_role_policy = local.assumed["lambda"]
  inline_policy {
    name = "plumbing"
    policy = jsonencode({
      Version = "2012-10-17"
      Statement = [
        { Effect = "Allow", Action = ["logs:CreateLogStream", "logs:PutLogEvents", "xray:PutTraceSegments"], Resource = "*" },
        { Effect = "Allow", Action = ["ec2:CreateNetworkInterface", "ec2:DescribeNetworkInterfaces", "ec2:DeleteNetworkInterface"], Resource = "*" },
        { Effect = "Allow", Action = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"], Resource = "*" },
        { Effect = "Allow", Action = ["kinesis:GetRecords", "kinesis:GetShardIterator", "kinesis:DescribeStream", "kinesis:ListShards"], Resource = "*" },
        { Effect = "Deny", Action = "s3:*", Resource = "*" },
      ]
    })
  }
}

resource "aws_iam_role_policy_attachment" "plumbing" {
  for_each   = toset(["AWSLambdaVPCAccessExecutionRole", "AWSLambdaSQSQueueExecutionRole"])
  role       = aws_iam_role.plumbing.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/${each.key}"
}

resource "aws_sqs_queue" "plumbing" {
  name = "plumbing"
}

resource "aws_lambda_function" "plumbing" {
  function_name = "plumbing"
  role          = aws_iam_role.plumbing.arn
  package_type  = "Image"
  image_uri     = "${local.registry}/shop/worker:7"
  tracing_config {
    mode = "Active"
  }
  vpc_config {
    subnet_ids         = [aws_subnet.plumbing.id]
    security_group_ids = []
  }
}

resource "aws_lambda_event_source_mapping" "plumbing" {
  event_source_arn = aws_sqs_queue.plumbing.arn
  function_name    = aws_lambda_function.plumbing.arn
}

# GOOD: a network without workloads calls nothing. The function that calls S3 stands outside of it.
resource "aws_vpc" "good_empty" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "empty" {
  vpc_id            = aws_vpc.good_empty.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_lambda_function" "good_outside" {
  function_name = "outside"
  role          = aws_iam_role.functions.arn
  runtime       = "python3.13"
  handler       = "main.handle"
  filename      = "code.zip"
}

# BAD: s3 and dynamodb, medium. The policies are known only after apply; that they speak of a bucket and of a table, the
# configuration says. The second is a policy document, whose actions are known from the start.
resource "aws_vpc" "bad_mentions" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "mentions" {
  vpc_id            = aws_vpc.bad_mentions.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_nat_gateway" "mentions" {
  vpc_id            = aws_vpc.bad_mentions.id
  availability_mode = "regional"
}

resource "aws_route_table" "mentions" {
  vpc_id = aws_vpc.bad_mentions.id
  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.mentions.id
  }
}

resource "aws_route_table_association" "mentions" {
  route_table_id = aws_route_table.mentions.id
  subnet_id      = aws_subnet.mentions.id
}

resource "aws_s3_bucket" "files" {
  bucket_prefix = "shop-files-"
}

resource "aws_dynamodb_table" "carts" {
  name         = "carts"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"
  attribute {
    name = "id"
    type = "S"
  }
}

data "aws_iam_policy_document" "carts" {
  statement {
    actions   = ["dynamodb:GetItem", "dynamodb:PutItem"]
    resources = [aws_dynamodb_table.carts.arn]
  }
}

resource "aws_iam_policy" "carts" {
  name   = "carts"
  policy = data.aws_iam_policy_document.carts.json
}

resource "aws_iam_role" "mentions" {
  name               = "mentions"
  assume_role_policy = local.assumed["lambda"]
}

resource "aws_iam_role_policy_attachment" "mentions" {
  role       = aws_iam_role.mentions.name
  policy_arn = aws_iam_policy.carts.arn
}

resource "aws_iam_role_policy" "mentions" {
  role = aws_iam_role.mentions.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["s3:GetObject", "s3:PutObject"], Resource = "${aws_s3_bucket.files.arn}/*" }]
  })
}

resource "aws_lambda_function" "mentions" {
  function_name = "mentions"
  role          = aws_iam_role.mentions.arn
  runtime       = "nodejs22.x"
  handler       = "index.handle"
  filename      = "code.zip"
  environment {
    variables = { BUCKET = aws_s3_bucket.files.id }
  }
  vpc_config {
    subnet_ids         = [aws_subnet.mentions.id]
    security_group_ids = []
  }
}

# BAD: sns, low, and nothing else. An application on App Runner calls through its connector's subnets; its image and its
# logs do not pass there.
resource "aws_vpc" "bad_connector" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "connector" {
  vpc_id            = aws_vpc.bad_connector.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_nat_gateway" "connector" {
  vpc_id            = aws_vpc.bad_connector.id
  availability_mode = "regional"
}

resource "aws_route_table" "connector" {
  vpc_id = aws_vpc.bad_connector.id
  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.connector.id
  }
}

resource "aws_route_table_association" "connector" {
  route_table_id = aws_route_table.connector.id
  subnet_id      = aws_subnet.connector.id
}

resource "aws_iam_role" "connector" {
  name               = "connector"
  assume_role_policy = local.assumed["ec2"]
}

resource "aws_iam_role_policy" "connector" {
  role = aws_iam_role.connector.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sns:Publish", Resource = "*" }]
  })
}

resource "aws_apprunner_vpc_connector" "connector" {
  vpc_connector_name = "connector"
  subnets            = [aws_subnet.connector.id]
  security_groups    = []
}

resource "aws_apprunner_service" "connector" {
  service_name = "connector"
  instance_configuration {
    instance_role_arn = aws_iam_role.connector.arn
  }
  network_configuration {
    egress_configuration {
      egress_type       = "VPC"
      vpc_connector_arn = aws_apprunner_vpc_connector.connector.arn
    }
  }
  source_configuration {
    image_repository {
      image_identifier      = "${local.registry}/shop/site:3"
      image_repository_type = "ECR"
    }
  }
}
