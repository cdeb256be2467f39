# unrouted-gateway-endpoint: afterwards.

terraform {
  required_providers {
    aws = { source = "hashicorp/aws", version = "~> 6.0" }
  }
}

provider "aws" {
  region = "us-east-1"
}

resource "aws_iam_role" "files" {
  name = "files"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "files" {
  role = aws_iam_role.files.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["s3:GetObject"], Resource = "*" }]
  })
}

# Introduced: one table is taken away.
resource "aws_vpc" "removed" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_nat_gateway" "removed" {
  vpc_id            = aws_vpc.removed.id
  availability_mode = "regional"
}

resource "aws_subnet" "removed_a" {
  vpc_id            = aws_vpc.removed.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_route_table" "removed_a" {
  vpc_id = aws_vpc.removed.id
  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.removed.id
  }
}

resource "aws_route_table_association" "removed_a" {
  route_table_id = aws_route_table.removed_a.id
  subnet_id      = aws_subnet.removed_a.id
}

resource "aws_subnet" "removed_b" {
  vpc_id            = aws_vpc.removed.id
  availability_zone = "us-east-1b"
  cidr_block        = "10.0.2.0/24"
}

resource "aws_route_table" "removed_b" {
  vpc_id = aws_vpc.removed.id
  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.removed.id
  }
}

resource "aws_route_table_association" "removed_b" {
  route_table_id = aws_route_table.removed_b.id
  subnet_id      = aws_subnet.removed_b.id
}

resource "aws_lambda_function" "removed" {
  function_name = "removed"
  role          = aws_iam_role.files.arn
  runtime       = "python3.13"
  handler       = "main.handle"
  filename      = "code.zip"
  vpc_config {
    subnet_ids         = [aws_subnet.removed_a.id, aws_subnet.removed_b.id]
    security_group_ids = []
  }
}

resource "aws_vpc_endpoint" "bad_removed" {
  vpc_id          = aws_vpc.removed.id
  service_name    = "com.amazonaws.us-east-1.s3"
  route_table_ids = [aws_route_table.removed_a.id]
}

# There before.
resource "aws_vpc" "existing" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_nat_gateway" "existing" {
  vpc_id            = aws_vpc.existing.id
  availability_mode = "regional"
}

resource "aws_subnet" "existing_a" {
  vpc_id            = aws_vpc.existing.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_route_table" "existing_a" {
  vpc_id = aws_vpc.existing.id
  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.existing.id
  }
}

resource "aws_route_table_association" "existing_a" {
  route_table_id = aws_route_table.existing_a.id
  subnet_id      = aws_subnet.existing_a.id
}

resource "aws_subnet" "existing_b" {
  vpc_id            = aws_vpc.existing.id
  availability_zone = "us-east-1b"
  cidr_block        = "10.0.2.0/24"
}

resource "aws_route_table" "existing_b" {
  vpc_id = aws_vpc.existing.id
  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.existing.id
  }
}

resource "aws_route_table_association" "existing_b" {
  route_table_id = aws_route_table.existing_b.id
  subnet_id      = aws_subnet.existing_b.id
}

resource "aws_lambda_function" "existing" {
  function_name = "existing"
  role          = aws_iam_role.files.arn
  runtime       = "python3.13"
  handler       = "main.handle"
  filename      = "code.zip"
  vpc_config {
    subnet_ids         = [aws_subnet.existing_a.id, aws_subnet.existing_b.id]
    security_group_ids = []
  }
}

resource "aws_vpc_endpoint" "bad_existing" {
  vpc_id          = aws_vpc.existing.id
  service_name    = "com.amazonaws.us-east-1.s3"
  route_table_ids = [aws_route_table.existing_a.id]
}

# Resolved.
resource "aws_vpc" "added" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_nat_gateway" "added" {
  vpc_id            = aws_vpc.added.id
  availability_mode = "regional"
}

resource "aws_subnet" "added_a" {
  vpc_id            = aws_vpc.added.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_route_table" "added_a" {
  vpc_id = aws_vpc.added.id
  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.added.id
  }
}

resource "aws_route_table_association" "added_a" {
  route_table_id = aws_route_table.added_a.id
  subnet_id      = aws_subnet.added_a.id
}

resource "aws_subnet" "added_b" {
  vpc_id            = aws_vpc.added.id
  availability_zone = "us-east-1b"
  cidr_block        = "10.0.2.0/24"
}

resource "aws_route_table" "added_b" {
  vpc_id = aws_vpc.added.id
  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.added.id
  }
}

resource "aws_route_table_association" "added_b" {
  route_table_id = aws_route_table.added_b.id
  subnet_id      = aws_subnet.added_b.id
}

resource "aws_lambda_function" "added" {
  function_name = "added"
  role          = aws_iam_role.files.arn
  runtime       = "python3.13"
  handler       = "main.handle"
  filename      = "code.zip"
  vpc_config {
    subnet_ids         = [aws_subnet.added_a.id, aws_subnet.added_b.id]
    security_group_ids = []
  }
}

resource "aws_vpc_endpoint" "good_added" {
  vpc_id          = aws_vpc.added.id
  service_name    = "com.amazonaws.us-east-1.s3"
  route_table_ids = [aws_route_table.added_a.id, aws_route_table.added_b.id]
}

# Worsened: one table less than before.
resource "aws_vpc" "worse" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_nat_gateway" "worse" {
  vpc_id            = aws_vpc.worse.id
  availability_mode = "regional"
}

resource "aws_subnet" "worse_a" {
  vpc_id            = aws_vpc.worse.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_route_table" "worse_a" {
  vpc_id = aws_vpc.worse.id
  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.worse.id
  }
}

resource "aws_route_table_association" "worse_a" {
  route_table_id = aws_route_table.worse_a.id
  subnet_id      = aws_subnet.worse_a.id
}

resource "aws_subnet" "worse_b" {
  vpc_id            = aws_vpc.worse.id
  availability_zone = "us-east-1b"
  cidr_block        = "10.0.2.0/24"
}

resource "aws_route_table" "worse_b" {
  vpc_id = aws_vpc.worse.id
  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.worse.id
  }
}

resource "aws_route_table_association" "worse_b" {
  route_table_id = aws_route_table.worse_b.id
  subnet_id      = aws_subnet.worse_b.id
}

resource "aws_subnet" "worse_c" {
  vpc_id            = aws_vpc.worse.id
  availability_zone = "us-east-1c"
  cidr_block        = "10.0.3.0/24"
}

resource "aws_route_table" "worse_c" {
  vpc_id = aws_vpc.worse.id
  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.worse.id
  }
}

resource "aws_route_table_association" "worse_c" {
  route_table_id = aws_route_table.worse_c.id
  subnet_id      = aws_subnet.worse_c.id
}

resource "aws_lambda_function" "worse" {
  function_name = "worse"
  role          = aws_iam_role.files.arn
  runtime       = "python3.13"
  handler       = "main.handle"
  filename      = "code.zip"
  vpc_config {
    subnet_ids         = [aws_subnet.worse_a.id, aws_subnet.worse_b.id, aws_subnet.worse_c.id]
    security_group_ids = []
  }
}

resource "aws_vpc_endpoint" "bad_worse" {
  vpc_id          = aws_vpc.worse.id
  service_name    = "com.amazonaws.us-east-1.s3"
  route_table_ids = [aws_route_table.worse_a.id]
}
