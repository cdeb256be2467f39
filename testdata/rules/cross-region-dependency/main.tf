# cross-region-dependency: what runs in us-east-1, and calls something in us-west-2.

terraform {
  required_providers {
    aws = { source = "hashicorp/aws", version = "~> 6.0" }
  }
}

# Home.
provider "aws" {
  region = "us-east-1"
}

provider "aws" {
  alias  = "west"
  region = "us-west-2"
}

locals {
  role  = "arn:aws:iam::123456789012:role/function"
  image = "123456789012.dkr.ecr.us-east-1.amazonaws.com/shop:1.4.2"
}

resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "main" {
  for_each          = { a = 0, b = 1 }
  vpc_id            = aws_vpc.main.id
  availability_zone = "us-east-1${each.key}"
  cidr_block        = "10.0.${each.value}.0/24"
}

# BAD, high: each query goes to the other coast.
resource "aws_db_instance" "orders" {
  provider          = aws.west
  identifier        = "orders"
  engine            = "postgres"
  engine_version    = "16.4"
  instance_class    = "db.m7g.large"
  allocated_storage = 100
  multi_az          = true
}

resource "aws_lambda_function" "bad_database" {
  function_name = "bad-database"
  role          = local.role
  package_type  = "Image"
  image_uri     = local.image

  vpc_config {
    subnet_ids         = [for subnet in aws_subnet.main : subnet.id]
    security_group_ids = ["sg-0123456789abcdef0"]
  }

  environment {
    variables = {
      DB_HOST = aws_db_instance.orders.address
    }
  }
}

resource "aws_lambda_function_url" "database" {
  function_name      = aws_lambda_function.bad_database.function_name
  authorization_type = "NONE"
}

# BAD, medium: requests wait for a queue, by its address.
resource "aws_lambda_function" "bad_url" {
  function_name = "bad-url"
  role          = local.role
  package_type  = "Image"
  image_uri     = local.image

  environment {
    variables = {
      QUEUE_URL = "https://sqs.us-west-2.amazonaws.com/123456789012/orders"
    }
  }
}

resource "aws_lambda_function_url" "url" {
  function_name      = aws_lambda_function.bad_url.function_name
  authorization_type = "NONE"
}

# BAD, medium: a bucket and a table of the plan.
resource "aws_s3_bucket" "media" {
  provider = aws.west
  bucket   = "media"
}

resource "aws_dynamodb_table" "carts" {
  provider     = aws.west
  name         = "carts"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"

  attribute {
    name = "id"
    type = "S"
  }
}

resource "aws_lambda_function" "bad_stores" {
  function_name = "bad-stores"
  role          = local.role
  package_type  = "Image"
  image_uri     = local.image

  environment {
    variables = {
      MEDIA_BUCKET = aws_s3_bucket.media.bucket
      CART_TABLE   = aws_dynamodb_table.carts.arn
    }
  }
}

resource "aws_lambda_function_url" "stores" {
  function_name      = aws_lambda_function.bad_stores.function_name
  authorization_type = "NONE"
}

# BAD, low: a worker of a queue here writes to a table there.
resource "aws_sqs_queue" "work" {
  name = "work"
}

resource "aws_lambda_function" "bad_worker" {
  function_name = "bad-worker"
  role          = local.role
  package_type  = "Image"
  image_uri     = local.image

  environment {
    variables = {
      CART_TABLE = aws_dynamodb_table.carts.arn
    }
  }
}

resource "aws_lambda_event_source_mapping" "worker" {
  event_source_arn = aws_sqs_queue.work.arn
  function_name    = aws_lambda_function.bad_worker.arn
}

# BAD, medium: an interface of another region, and a database by its host.
resource "aws_lambda_function" "bad_hosts" {
  function_name = "bad-hosts"
  role          = local.role
  package_type  = "Image"
  image_uri     = local.image

  vpc_config {
    subnet_ids         = [for subnet in aws_subnet.main : subnet.id]
    security_group_ids = ["sg-0123456789abcdef0"]
  }

  environment {
    variables = {
      PRICES_URL = "https://abc123.execute-api.us-west-2.amazonaws.com/live"
      DB_HOST    = "db.cluster-abc.us-west-2.rds.amazonaws.com"
    }
  }
}

resource "aws_lambda_function_url" "hosts" {
  function_name      = aws_lambda_function.bad_hosts.function_name
  authorization_type = "NONE"
}

# BAD, medium: everything goes there that is not told where to go.
resource "aws_iam_role" "region" {
  name = "region"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "region" {
  role = aws_iam_role.region.name
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "dynamodb:GetItem", Resource = "*" }]
  })
}

resource "aws_ecs_cluster" "main" {
  name = "main"
}

resource "aws_ecs_task_definition" "region" {
  family                   = "region"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  task_role_arn            = aws_iam_role.region.arn
  container_definitions = jsonencode([{
    name         = "api"
    image        = "shop/api:1"
    portMappings = [{ containerPort = 8080 }]
    environment  = [{ name = "AWS_REGION", value = "us-west-2" }]
  }])
}

resource "aws_lb" "region" {
  name    = "region"
  subnets = [for subnet in aws_subnet.main : subnet.id]
}

resource "aws_lb_target_group" "region" {
  name        = "region"
  port        = 8080
  protocol    = "HTTP"
  target_type = "ip"
  vpc_id      = aws_vpc.main.id
}

resource "aws_lb_listener" "region" {
  load_balancer_arn = aws_lb.region.arn
  port              = 80

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.region.arn
  }
}

resource "aws_ecs_service" "bad_region" {
  name            = "region"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.region.arn
  launch_type     = "FARGATE"
  desired_count   = 2

  network_configuration {
    subnets = [for subnet in aws_subnet.main : subnet.id]
  }

  load_balancer {
    target_group_arn = aws_lb_target_group.region.arn
    container_name   = "api"
    container_port   = 8080
  }
}

# BAD, medium: a secondary cluster here hands writes on to the primary there.
resource "aws_rds_global_cluster" "main" {
  global_cluster_identifier = "main"
  engine                    = "aurora-postgresql"
  engine_version            = "16.4"
}

resource "aws_rds_cluster" "primary" {
  provider                  = aws.west
  cluster_identifier        = "primary"
  global_cluster_identifier = aws_rds_global_cluster.main.id
  engine                    = "aurora-postgresql"
  engine_version            = "16.4"
  master_username           = "root"
  master_password           = "not-a-secret"
}

resource "aws_rds_cluster" "secondary" {
  cluster_identifier             = "secondary"
  global_cluster_identifier      = aws_rds_global_cluster.main.id
  engine                         = "aurora-postgresql"
  engine_version                 = "16.4"
  enable_global_write_forwarding = true
}

resource "aws_lambda_function" "bad_writer" {
  function_name = "bad-writer"
  role          = local.role
  package_type  = "Image"
  image_uri     = local.image

  vpc_config {
    subnet_ids         = [for subnet in aws_subnet.main : subnet.id]
    security_group_ids = ["sg-0123456789abcdef0"]
  }

  environment {
    variables = {
      DB_HOST = aws_rds_cluster.secondary.endpoint
    }
  }
}

resource "aws_lambda_function_url" "writer" {
  function_name      = aws_lambda_function.bad_writer.function_name
  authorization_type = "NONE"
}

# GOOD: it only reads, from the copy in its own region.
resource "aws_lambda_function" "good_reader" {
  function_name = "good-reader"
  role          = local.role
  package_type  = "Image"
  image_uri     = local.image

  vpc_config {
    subnet_ids         = [for subnet in aws_subnet.main : subnet.id]
    security_group_ids = ["sg-0123456789abcdef0"]
  }

  environment {
    variables = {
      DB_HOST = aws_rds_cluster.secondary.reader_endpoint
    }
  }
}

resource "aws_lambda_function_url" "reader" {
  function_name      = aws_lambda_function.good_reader.function_name
  authorization_type = "NONE"
}

# GOOD: its database is here; the one there is a copy of it.
resource "aws_db_instance" "own" {
  identifier        = "own"
  engine            = "postgres"
  engine_version    = "16.4"
  instance_class    = "db.m7g.large"
  allocated_storage = 100
  multi_az          = true
}

resource "aws_db_instance" "copy" {
  provider            = aws.west
  identifier          = "copy"
  instance_class      = "db.m7g.large"
  multi_az            = true
  replicate_source_db = aws_db_instance.own.arn
}

resource "aws_lambda_function" "good_copy" {
  function_name = "good-copy"
  role          = local.role
  package_type  = "Image"
  image_uri     = local.image

  vpc_config {
    subnet_ids         = [for subnet in aws_subnet.main : subnet.id]
    security_group_ids = ["sg-0123456789abcdef0"]
  }

  environment {
    variables = {
      DB_HOST      = aws_db_instance.own.address
      READ_DB_HOST = aws_db_instance.copy.address
    }
  }
}

resource "aws_lambda_function_url" "copy" {
  function_name      = aws_lambda_function.good_copy.function_name
  authorization_type = "NONE"
}

# GOOD: no request waits for backups, archives, logs and what stands by.
resource "aws_s3_bucket" "exports" {
  provider = aws.west
  bucket   = "shop-exports-archive"
}

resource "aws_lambda_function" "good_aside" {
  function_name = "good-aside"
  role          = local.role
  package_type  = "Image"
  image_uri     = local.image

  environment {
    variables = {
      EXPORT_BUCKET     = aws_s3_bucket.exports.bucket
      BACKUP_BUCKET_URL = "https://shop.s3.us-west-2.amazonaws.com"
      DR_DB_HOST        = "db.abc.us-west-2.rds.amazonaws.com"
      LOG_STREAM        = "arn:aws:kinesis:us-west-2:123456789012:stream/all"
    }
  }
}

resource "aws_lambda_function_url" "aside" {
  function_name      = aws_lambda_function.good_aside.function_name
  authorization_type = "NONE"
}

# GOOD: a global table answers in this region as well.
resource "aws_dynamodb_table" "global" {
  provider     = aws.west
  name         = "global"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"

  attribute {
    name = "id"
    type = "S"
  }

  replica {
    region_name = "us-east-1"
  }
}

resource "aws_dynamodb_table" "copied" {
  provider     = aws.west
  name         = "copied"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"

  attribute {
    name = "id"
    type = "S"
  }
}

resource "aws_dynamodb_table_replica" "copied" {
  global_table_arn = aws_dynamodb_table.copied.arn
}

resource "aws_lambda_function" "good_global" {
  function_name = "good-global"
  role          = local.role
  package_type  = "Image"
  image_uri     = local.image

  environment {
    variables = {
      TABLE_NAME   = aws_dynamodb_table.global.name
      COPIED_TABLE = aws_dynamodb_table.copied.name
    }
  }
}

resource "aws_lambda_function_url" "global" {
  function_name      = aws_lambda_function.good_global.function_name
  authorization_type = "NONE"
}

# GOOD: what is read at the start, and services that are not everywhere.
resource "aws_secretsmanager_secret" "key" {
  provider = aws.west
  name     = "key"
}

resource "aws_lambda_function" "good_start" {
  function_name = "good-start"
  role          = local.role
  package_type  = "Image"
  image_uri     = local.image

  environment {
    variables = {
      SECRET_ARN  = aws_secretsmanager_secret.key.arn
      KEY_ARN     = "arn:aws:kms:us-west-2:123456789012:key/0d1e2f"
      SMTP_HOST   = "email-smtp.us-west-2.amazonaws.com"
      CERTIFICATE = "arn:aws:acm:us-west-2:123456789012:certificate/0d1e2f"
    }
  }
}

resource "aws_lambda_function_url" "start" {
  function_name      = aws_lambda_function.good_start.function_name
  authorization_type = "NONE"
}

# GOOD: nobody waits for what the clock starts.
resource "aws_lambda_function" "good_nightly" {
  function_name = "good-nightly"
  role          = local.role
  package_type  = "Image"
  image_uri     = local.image

  vpc_config {
    subnet_ids         = [for subnet in aws_subnet.main : subnet.id]
    security_group_ids = ["sg-0123456789abcdef0"]
  }

  environment {
    variables = {
      DB_HOST   = aws_db_instance.orders.address
      QUEUE_URL = "https://sqs.us-west-2.amazonaws.com/123456789012/orders"
    }
  }
}

resource "aws_cloudwatch_event_rule" "nightly" {
  name                = "nightly"
  schedule_expression = "cron(0 3 * * ? *)"
}

resource "aws_cloudwatch_event_target" "nightly" {
  rule = aws_cloudwatch_event_rule.nightly.name
  arn  = aws_lambda_function.good_nightly.arn
}

# GOOD: it runs there as well.
resource "aws_lambda_function" "good_there" {
  provider      = aws.west
  function_name = "good-there"
  role          = local.role
  package_type  = "Image"
  image_uri     = local.image

  environment {
    variables = {
      CART_TABLE   = aws_dynamodb_table.carts.arn
      QUEUE_URL    = "https://sqs.us-west-2.amazonaws.com/123456789012/orders"
      AWS_ENDPOINT = "https://dynamodb.us-west-2.amazonaws.com"
    }
  }
}

resource "aws_lambda_function_url" "there" {
  provider           = aws.west
  function_name      = aws_lambda_function.good_there.function_name
  authorization_type = "NONE"
}

# GOOD: a bucket that only variables for copies and for browsers name, whatever it is called itself.
resource "aws_s3_bucket" "second" {
  provider = aws.west
  bucket   = "shop-second"
}

resource "aws_lambda_function" "good_variables" {
  function_name = "good-variables"
  role          = local.role
  package_type  = "Image"
  image_uri     = local.image

  environment {
    variables = {
      BACKUP_BUCKET  = aws_s3_bucket.second.bucket
      ASSET_BASE_URL = "https://${aws_s3_bucket.second.bucket_regional_domain_name}/images"
    }
  }
}

resource "aws_lambda_function_url" "variables" {
  function_name      = aws_lambda_function.good_variables.function_name
  authorization_type = "NONE"
}

# BAD, medium: the same, and another variable names it as well.
resource "aws_lambda_function" "bad_both" {
  function_name = "bad-both"
  role          = local.role
  package_type  = "Image"
  image_uri     = local.image

  environment {
    variables = {
      BACKUP_BUCKET = aws_s3_bucket.second.bucket
      UPLOADS       = aws_s3_bucket.second.bucket
    }
  }
}

resource "aws_lambda_function_url" "both" {
  function_name      = aws_lambda_function.bad_both.function_name
  authorization_type = "NONE"
}

# UNKNOWN: nothing shows what starts it.
resource "aws_lambda_function" "unknown_start" {
  function_name = "unknown-start"
  role          = local.role
  package_type  = "Image"
  image_uri     = local.image

  environment {
    variables = {
      CART_TABLE = aws_dynamodb_table.carts.arn
    }
  }
}
