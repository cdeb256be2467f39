# missing-vpc-endpoint: updates of networks that run.
#
# before/ is applied, then this file planned. One network for each case; the subnets lead out through NAT, and what stands
# in them reads S3.

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
}

resource "aws_iam_role_policy" "reads_files" {
  role = aws_iam_role.reads_files.name
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "s3:GetObject", Resource = "*" }]
  })
}

# BAD, introduced: the plan takes the endpoint away.
resource "aws_vpc" "bad_endpoint_removed" {
  cidr_block = "10.0.0.0/16"
  tags       = { Name = "endpoint-removed" }
}

resource "aws_subnet" "removed" {
  vpc_id            = aws_vpc.bad_endpoint_removed.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_nat_gateway" "removed" {
  vpc_id            = aws_vpc.bad_endpoint_removed.id
  availability_mode = "regional"
}

resource "aws_route_table" "removed" {
  vpc_id = aws_vpc.bad_endpoint_removed.id
  tags   = { Name = "removed" }
}

resource "aws_route" "removed" {
  route_table_id         = aws_route_table.removed.id
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = aws_nat_gateway.removed.id
}

resource "aws_route_table_association" "removed" {
  route_table_id = aws_route_table.removed.id
  subnet_id      = aws_subnet.removed.id
}

resource "aws_lambda_function" "removed" {
  function_name = "removed"
  role          = aws_iam_role.reads_files.arn
  runtime       = "python3.13"
  handler       = "main.handle"
  filename      = "code.zip"
  vpc_config {
    subnet_ids         = [aws_subnet.removed.id]
    security_group_ids = []
  }
}

# GOOD here, see `unrouted-gateway-endpoint`: the endpoint stays, but leaves the table of the subnet.
resource "aws_vpc" "good_table_removed" {
  cidr_block = "10.0.0.0/16"
  tags       = { Name = "table-removed" }
}

resource "aws_subnet" "table_removed" {
  vpc_id            = aws_vpc.good_table_removed.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_nat_gateway" "table_removed" {
  vpc_id            = aws_vpc.good_table_removed.id
  availability_mode = "regional"
}

resource "aws_route_table" "table_removed" {
  vpc_id = aws_vpc.good_table_removed.id
  tags   = { Name = "table-removed" }
}

resource "aws_route" "table_removed" {
  route_table_id         = aws_route_table.table_removed.id
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = aws_nat_gateway.table_removed.id
}

resource "aws_route_table_association" "table_removed" {
  route_table_id = aws_route_table.table_removed.id
  subnet_id      = aws_subnet.table_removed.id
}

resource "aws_route_table" "table_removed_other" {
  vpc_id = aws_vpc.good_table_removed.id
  tags   = { Name = "table-removed-other" }
}

resource "aws_vpc_endpoint" "table_removed" {
  vpc_id          = aws_vpc.good_table_removed.id
  service_name    = "com.amazonaws.us-east-1.s3"
  route_table_ids = [aws_route_table.table_removed_other.id]
}

resource "aws_lambda_function" "table_removed" {
  function_name = "table-removed"
  role          = aws_iam_role.reads_files.arn
  runtime       = "python3.13"
  handler       = "main.handle"
  filename      = "code.zip"
  vpc_config {
    subnet_ids         = [aws_subnet.table_removed.id]
    security_group_ids = []
  }
}

# BAD, introduced: the network was there, and nobody in it called anything.
resource "aws_vpc" "bad_first_caller" {
  cidr_block = "10.0.0.0/16"
  tags       = { Name = "first-caller" }
}

resource "aws_subnet" "first_caller" {
  vpc_id            = aws_vpc.bad_first_caller.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_nat_gateway" "first_caller" {
  vpc_id            = aws_vpc.bad_first_caller.id
  availability_mode = "regional"
}

resource "aws_route_table" "first_caller" {
  vpc_id = aws_vpc.bad_first_caller.id
  tags   = { Name = "first-caller" }
}

resource "aws_route" "first_caller" {
  route_table_id         = aws_route_table.first_caller.id
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = aws_nat_gateway.first_caller.id
}

resource "aws_route_table_association" "first_caller" {
  route_table_id = aws_route_table.first_caller.id
  subnet_id      = aws_subnet.first_caller.id
}

resource "aws_lambda_function" "first_caller" {
  function_name = "first-caller"
  role          = aws_iam_role.reads_files.arn
  runtime       = "python3.13"
  handler       = "main.handle"
  filename      = "code.zip"
  vpc_config {
    subnet_ids         = [aws_subnet.first_caller.id]
    security_group_ids = []
  }
}

# BAD, worsened: two now call what one called before.
resource "aws_vpc" "bad_second_caller" {
  cidr_block = "10.0.0.0/16"
  tags       = { Name = "second-caller" }
}

resource "aws_subnet" "second_caller" {
  vpc_id            = aws_vpc.bad_second_caller.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_nat_gateway" "second_caller" {
  vpc_id            = aws_vpc.bad_second_caller.id
  availability_mode = "regional"
}

resource "aws_route_table" "second_caller" {
  vpc_id = aws_vpc.bad_second_caller.id
  tags   = { Name = "second-caller" }
}

resource "aws_route" "second_caller" {
  route_table_id         = aws_route_table.second_caller.id
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = aws_nat_gateway.second_caller.id
}

resource "aws_route_table_association" "second_caller" {
  route_table_id = aws_route_table.second_caller.id
  subnet_id      = aws_subnet.second_caller.id
}

resource "aws_lambda_function" "second_caller" {
  function_name = "second-caller"
  role          = aws_iam_role.reads_files.arn
  runtime       = "python3.13"
  handler       = "main.handle"
  filename      = "code.zip"
  vpc_config {
    subnet_ids         = [aws_subnet.second_caller.id]
    security_group_ids = []
  }
}

resource "aws_lambda_function" "second_caller_more" {
  function_name = "second-caller-more"
  role          = aws_iam_role.reads_files.arn
  runtime       = "python3.13"
  handler       = "main.handle"
  filename      = "code.zip"
  vpc_config {
    subnet_ids         = [aws_subnet.second_caller.id]
    security_group_ids = []
  }
}

# BAD, existing: the plan touches nothing here.
resource "aws_vpc" "bad_unchanged" {
  cidr_block = "10.0.0.0/16"
  tags       = { Name = "unchanged" }
}

resource "aws_subnet" "unchanged" {
  vpc_id            = aws_vpc.bad_unchanged.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_nat_gateway" "unchanged" {
  vpc_id            = aws_vpc.bad_unchanged.id
  availability_mode = "regional"
}

resource "aws_route_table" "unchanged" {
  vpc_id = aws_vpc.bad_unchanged.id
  tags   = { Name = "unchanged" }
}

resource "aws_route" "unchanged" {
  route_table_id         = aws_route_table.unchanged.id
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = aws_nat_gateway.unchanged.id
}

resource "aws_route_table_association" "unchanged" {
  route_table_id = aws_route_table.unchanged.id
  subnet_id      = aws_subnet.unchanged.id
}

resource "aws_lambda_function" "unchanged" {
  function_name = "unchanged"
  role          = aws_iam_role.reads_files.arn
  runtime       = "python3.13"
  handler       = "main.handle"
  filename      = "code.zip"
  vpc_config {
    subnet_ids         = [aws_subnet.unchanged.id]
    security_group_ids = []
  }
}

# GOOD, resolved: the plan adds the endpoint.
resource "aws_vpc" "good_endpoint_added" {
  cidr_block = "10.0.0.0/16"
  tags       = { Name = "endpoint-added" }
}

resource "aws_subnet" "added" {
  vpc_id            = aws_vpc.good_endpoint_added.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_nat_gateway" "added" {
  vpc_id            = aws_vpc.good_endpoint_added.id
  availability_mode = "regional"
}

resource "aws_route_table" "added" {
  vpc_id = aws_vpc.good_endpoint_added.id
  tags   = { Name = "added" }
}

resource "aws_route" "added" {
  route_table_id         = aws_route_table.added.id
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = aws_nat_gateway.added.id
}

resource "aws_route_table_association" "added" {
  route_table_id = aws_route_table.added.id
  subnet_id      = aws_subnet.added.id
}

resource "aws_vpc_endpoint" "added" {
  vpc_id          = aws_vpc.good_endpoint_added.id
  service_name    = "com.amazonaws.us-east-1.s3"
  route_table_ids = [aws_route_table.added.id]
}

resource "aws_lambda_function" "added" {
  function_name = "added"
  role          = aws_iam_role.reads_files.arn
  runtime       = "python3.13"
  handler       = "main.handle"
  filename      = "code.zip"
  vpc_config {
    subnet_ids         = [aws_subnet.added.id]
    security_group_ids = []
  }
}

# GOOD, resolved: the plan puts the endpoint into the right table.
resource "aws_vpc" "good_table_added" {
  cidr_block = "10.0.0.0/16"
  tags       = { Name = "table-added" }
}

resource "aws_subnet" "table_added" {
  vpc_id            = aws_vpc.good_table_added.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_nat_gateway" "table_added" {
  vpc_id            = aws_vpc.good_table_added.id
  availability_mode = "regional"
}

resource "aws_route_table" "table_added" {
  vpc_id = aws_vpc.good_table_added.id
  tags   = { Name = "table-added" }
}

resource "aws_route" "table_added" {
  route_table_id         = aws_route_table.table_added.id
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = aws_nat_gateway.table_added.id
}

resource "aws_route_table_association" "table_added" {
  route_table_id = aws_route_table.table_added.id
  subnet_id      = aws_subnet.table_added.id
}

resource "aws_route_table" "table_added_other" {
  vpc_id = aws_vpc.good_table_added.id
  tags   = { Name = "table-added-other" }
}

resource "aws_vpc_endpoint" "table_added" {
  vpc_id          = aws_vpc.good_table_added.id
  service_name    = "com.amazonaws.us-east-1.s3"
  route_table_ids = [aws_route_table.table_added.id]
}

resource "aws_lambda_function" "table_added" {
  function_name = "table-added"
  role          = aws_iam_role.reads_files.arn
  runtime       = "python3.13"
  handler       = "main.handle"
  filename      = "code.zip"
  vpc_config {
    subnet_ids         = [aws_subnet.table_added.id]
    security_group_ids = []
  }
}

# GOOD, resolved: the only caller goes.
resource "aws_vpc" "good_caller_removed" {
  cidr_block = "10.0.0.0/16"
  tags       = { Name = "caller-removed" }
}

resource "aws_subnet" "caller_removed" {
  vpc_id            = aws_vpc.good_caller_removed.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_nat_gateway" "caller_removed" {
  vpc_id            = aws_vpc.good_caller_removed.id
  availability_mode = "regional"
}

resource "aws_route_table" "caller_removed" {
  vpc_id = aws_vpc.good_caller_removed.id
  tags   = { Name = "caller-removed" }
}

resource "aws_route" "caller_removed" {
  route_table_id         = aws_route_table.caller_removed.id
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = aws_nat_gateway.caller_removed.id
}

resource "aws_route_table_association" "caller_removed" {
  route_table_id = aws_route_table.caller_removed.id
  subnet_id      = aws_subnet.caller_removed.id
}

# UNKNOWN: nothing associates the subnet of this network, which has been there for a while. The routes of its main table are
# in nobody's hands here, and may have been changed since.
resource "aws_vpc" "unknown_old_main_table" {
  cidr_block = "10.0.0.0/16"
  tags       = { Name = "old-main-table" }
}

resource "aws_subnet" "old_main" {
  vpc_id            = aws_vpc.unknown_old_main_table.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_lambda_function" "old_main" {
  function_name = "old-main"
  role          = aws_iam_role.reads_files.arn
  runtime       = "python3.13"
  handler       = "main.handle"
  filename      = "code.zip"
  vpc_config {
    subnet_ids         = [aws_subnet.old_main.id]
    security_group_ids = []
  }
}
