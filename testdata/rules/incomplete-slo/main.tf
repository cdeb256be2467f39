# incomplete-slo: what an SLO of the repository has to say. The files are the subjects.
#
# bad_ is to be found, good_ is not, unknown_ cannot be told.

terraform {
  required_providers {
    aws = { source = "hashicorp/aws", version = "~> 6.0" }
  }
}

provider "aws" {
  region = "us-east-1"
}


resource "aws_iam_role" "functions" {
  name               = "functions"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [] })
}

# Each has an SLO file of its own in repo/docs/slos; the files are the subjects.
resource "aws_lambda_function" "all" {
  for_each      = toset(["template", "ratios", "percentless", "hasty", "policyless", "openslo", "templated", "swapped", "worker", "seconds"])
  function_name = each.key
  role          = aws_iam_role.functions.arn
  handler       = "index.handler"
  runtime       = "nodejs22.x"
  filename      = "code.zip"
}

resource "aws_lambda_function_url" "all" {
  for_each           = { for name, one in aws_lambda_function.all : name => one.function_name if name != "worker" }
  function_name      = each.value
  authorization_type = "NONE"
}
