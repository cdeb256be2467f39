# missing-vpc-endpoint: networks that another plan manages, and this one only reads.
#
# A data source is read while the plan is made, so that its ids are known; what else the network holds is not.

terraform {
  required_providers {
    aws = { source = "hashicorp/aws", version = "~> 6.0" }
  }
}

provider "aws" {
  region = "us-east-1"
}

resource "aws_iam_role" "reads_files" {
  name = "reads-files"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }]
  })
  inline_policy {
    name = "files"
    policy = jsonencode({
      Version   = "2012-10-17"
      Statement = [{ Effect = "Allow", Action = "s3:GetObject", Resource = "*" }]
    })
  }
}

# UNKNOWN: this plan adds a subnet with a way out through NAT; whether the network has an endpoint, and whether it will
# be in the new table, nobody can see here.
data "aws_vpc" "unknown_shared" {
  id = "vpc-0aaaaaaaaaaaaaaaa"
}

resource "aws_subnet" "shared" {
  vpc_id            = data.aws_vpc.unknown_shared.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.64.0/24"
}

resource "aws_route_table" "shared" {
  vpc_id = data.aws_vpc.unknown_shared.id
  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = "nat-0aaaaaaaaaaaaaaaa"
  }
}

resource "aws_route_table_association" "shared" {
  route_table_id = aws_route_table.shared.id
  subnet_id      = aws_subnet.shared.id
}

resource "aws_lambda_function" "shared" {
  function_name = "shared"
  role          = aws_iam_role.reads_files.arn
  runtime       = "python3.13"
  handler       = "main.handle"
  filename      = "code.zip"
  vpc_config {
    subnet_ids         = [aws_subnet.shared.id]
    security_group_ids = []
  }
}

# UNKNOWN: subnets that are read as well; where they lead out, nobody can see here.
data "aws_vpc" "unknown_read" {
  id = "vpc-0bbbbbbbbbbbbbbbb"
}

data "aws_subnet" "read" {
  id     = "subnet-0bbbbbbbbbbbbbbbb"
  vpc_id = data.aws_vpc.unknown_read.id
}

resource "aws_lambda_function" "read" {
  function_name = "read"
  role          = aws_iam_role.reads_files.arn
  runtime       = "python3.13"
  handler       = "main.handle"
  filename      = "code.zip"
  vpc_config {
    subnet_ids         = [data.aws_subnet.read.id]
    security_group_ids = []
  }
}

# GOOD: the network is read, but this plan puts the endpoint into its own subnet's table.
data "aws_vpc" "good_served" {
  id = "vpc-0cccccccccccccccc"
}

resource "aws_subnet" "served" {
  vpc_id            = data.aws_vpc.good_served.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.64.0/24"
}

resource "aws_route_table" "served" {
  vpc_id = data.aws_vpc.good_served.id
  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = "nat-0cccccccccccccccc"
  }
}

resource "aws_route_table_association" "served" {
  route_table_id = aws_route_table.served.id
  subnet_id      = aws_subnet.served.id
}

resource "aws_vpc_endpoint" "served" {
  vpc_id          = data.aws_vpc.good_served.id
  service_name    = "com.amazonaws.us-east-1.s3"
  route_table_ids = [aws_route_table.served.id]
}

resource "aws_lambda_function" "served" {
  function_name = "served"
  role          = aws_iam_role.reads_files.arn
  runtime       = "python3.13"
  handler       = "main.handle"
  filename      = "code.zip"
  vpc_config {
    subnet_ids         = [aws_subnet.served.id]
    security_group_ids = []
  }
}

# GOOD: isolated subnets of a network that is read, where nobody calls anything.
data "aws_vpc" "good_quiet" {
  id = "vpc-0dddddddddddddddd"
}

resource "aws_subnet" "quiet" {
  vpc_id            = data.aws_vpc.good_quiet.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.64.0/24"
}

resource "aws_lambda_function" "good_quiet" {
  function_name = "quiet"
  role          = "arn:aws:iam::123456789012:role/quiet"
  runtime       = "python3.13"
  handler       = "main.handle"
  filename      = "code.zip"
  vpc_config {
    subnet_ids         = [aws_subnet.quiet.id]
    security_group_ids = []
  }
}

# BAD: a network of this plan's own beside them, for contrast: s3 through NAT.
resource "aws_vpc" "bad_own" {
  cidr_block = "10.1.0.0/16"
}

resource "aws_subnet" "own" {
  vpc_id            = aws_vpc.bad_own.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.1.1.0/24"
}

resource "aws_nat_gateway" "own" {
  vpc_id            = aws_vpc.bad_own.id
  availability_mode = "regional"
}

resource "aws_route_table" "own" {
  vpc_id = aws_vpc.bad_own.id
  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.own.id
  }
}

resource "aws_route_table_association" "own" {
  route_table_id = aws_route_table.own.id
  subnet_id      = aws_subnet.own.id
}

resource "aws_lambda_function" "own" {
  function_name = "own"
  role          = aws_iam_role.reads_files.arn
  runtime       = "python3.13"
  handler       = "main.handle"
  filename      = "code.zip"
  vpc_config {
    subnet_ids         = [aws_subnet.own.id]
    security_group_ids = []
  }
}
