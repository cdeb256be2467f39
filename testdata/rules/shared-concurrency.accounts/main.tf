# shared-concurrency: each account has a pool of its own, and providers tell which one they work in.

terraform {
  required_providers {
    aws = { source = "hashicorp/aws", version = "~> 6.0" }
  }
}

variable "office_role" {
  default = "arn:aws:iam::222222222222:role/deploy"
}

provider "aws" {
  region = "eu-west-1"
}

provider "aws" {
  alias  = "shop"
  region = "us-east-1"
  assume_role {
    role_arn = "arn:aws:iam::111111111111:role/deploy"
  }
}

provider "aws" {
  alias  = "shop_again"
  region = "us-east-1"
  assume_role {
    role_arn = "arn:aws:iam::111111111111:role/other"
  }
}

provider "aws" {
  alias  = "office"
  region = "us-east-1"
  assume_role {
    role_arn = var.office_role
  }
}

provider "aws" {
  alias   = "guest"
  region  = "us-east-1"
  profile = "guest"
}

# Known only after apply.
resource "aws_iam_role" "function" {
  name               = "function"
  assume_role_policy = "{}"
}

# It answers requests.
resource "aws_lambda_function" "api" {
  provider      = aws.shop
  function_name = "api"
  role          = aws_iam_role.function.arn
  handler       = "app.handler"
  runtime       = "python3.13"
  filename      = "app.zip"
}

resource "aws_lambda_function_url" "api" {
  provider           = aws.shop
  function_name      = aws_lambda_function.api.function_name
  authorization_type = "AWS_IAM"
}

# BAD: by the same provider.
resource "aws_lambda_function" "bad_same" {
  provider      = aws.shop
  function_name = "bad-same"
  role          = aws_iam_role.function.arn
  handler       = "app.handler"
  runtime       = "python3.13"
  filename      = "app.zip"
}

resource "aws_sqs_queue" "same" {
  provider                   = aws.shop
  name                       = "same"
  visibility_timeout_seconds = 180
}

resource "aws_lambda_event_source_mapping" "same" {
  provider         = aws.shop
  function_name    = aws_lambda_function.bad_same.arn
  event_source_arn = aws_sqs_queue.same.arn
}

# BAD: by another provider, in the same account.
resource "aws_lambda_function" "bad_again" {
  provider      = aws.shop_again
  function_name = "bad-again"
  role          = aws_iam_role.function.arn
  handler       = "app.handler"
  runtime       = "python3.13"
  filename      = "app.zip"
}

resource "aws_sqs_queue" "again" {
  provider                   = aws.shop_again
  name                       = "again"
  visibility_timeout_seconds = 180
}

resource "aws_lambda_event_source_mapping" "again" {
  provider         = aws.shop_again
  function_name    = aws_lambda_function.bad_again.arn
  event_source_arn = aws_sqs_queue.again.arn
}

# GOOD: in another account.
resource "aws_lambda_function" "good_office" {
  provider      = aws.office
  function_name = "good-office"
  role          = aws_iam_role.function.arn
  handler       = "app.handler"
  runtime       = "python3.13"
  filename      = "app.zip"
}

resource "aws_sqs_queue" "office" {
  provider                   = aws.office
  name                       = "office"
  visibility_timeout_seconds = 180
}

resource "aws_lambda_event_source_mapping" "office" {
  provider         = aws.office
  function_name    = aws_lambda_function.good_office.arn
  event_source_arn = aws_sqs_queue.office.arn
}

# UNKNOWN: in whose account, nothing shows.
resource "aws_lambda_function" "unknown_guest" {
  provider      = aws.guest
  function_name = "unknown-guest"
  role          = aws_iam_role.function.arn
  handler       = "app.handler"
  runtime       = "python3.13"
  filename      = "app.zip"
}

resource "aws_sqs_queue" "guest" {
  provider                   = aws.guest
  name                       = "guest"
  visibility_timeout_seconds = 180
}

resource "aws_lambda_event_source_mapping" "guest" {
  provider         = aws.guest
  function_name    = aws_lambda_function.unknown_guest.arn
  event_source_arn = aws_sqs_queue.guest.arn
}

# GOOD: by the same provider, but its role says in which account it is.
resource "aws_lambda_function" "good_named" {
  provider      = aws.guest
  function_name = "good-named"
  role          = "arn:aws:iam::333333333333:role/function"
  handler       = "app.handler"
  runtime       = "python3.13"
  filename      = "app.zip"
  region        = "us-west-2"
}

resource "aws_sqs_queue" "named" {
  provider                   = aws.guest
  region                     = "us-west-2"
  name                       = "named"
  visibility_timeout_seconds = 180
}

resource "aws_lambda_event_source_mapping" "named" {
  provider         = aws.guest
  region           = "us-west-2"
  function_name    = aws_lambda_function.good_named.arn
  event_source_arn = aws_sqs_queue.named.arn
}

resource "aws_lambda_function" "west" {
  provider      = aws.shop
  region        = "us-west-2"
  function_name = "west"
  role          = aws_iam_role.function.arn
  handler       = "app.handler"
  runtime       = "python3.13"
  filename      = "app.zip"
}

resource "aws_lambda_function_url" "west" {
  provider           = aws.shop
  region             = "us-west-2"
  function_name      = aws_lambda_function.west.function_name
  authorization_type = "AWS_IAM"
}

# An API that hands over what comes in, so that nobody waits.
resource "aws_lambda_function" "later" {
  function_name = "later"
  role          = aws_iam_role.function.arn
  handler       = "app.handler"
  runtime       = "python3.13"
  filename      = "app.zip"
}

resource "aws_api_gateway_rest_api" "later" {
  name = "later"
}

resource "aws_api_gateway_integration" "later" {
  rest_api_id             = aws_api_gateway_rest_api.later.id
  resource_id             = aws_api_gateway_rest_api.later.root_resource_id
  http_method             = "POST"
  type                    = "AWS"
  integration_http_method = "POST"
  uri                     = aws_lambda_function.later.invoke_arn
  request_parameters = {
    "integration.request.header.X-Amz-Invocation-Type" = "'Event'"
  }
}

# GOOD: nobody waits for an answer from that pool.
resource "aws_lambda_function" "good_beside_later" {
  function_name = "good-beside-later"
  role          = aws_iam_role.function.arn
  handler       = "app.handler"
  runtime       = "python3.13"
  filename      = "app.zip"
}

resource "aws_sqs_queue" "beside_later" {
  name                       = "beside-later"
  visibility_timeout_seconds = 180
}

resource "aws_lambda_event_source_mapping" "beside_later" {
  function_name    = aws_lambda_function.good_beside_later.arn
  event_source_arn = aws_sqs_queue.beside_later.arn
}
