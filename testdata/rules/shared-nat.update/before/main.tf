# shared-nat: before.

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
    Statement = [{ Effect = "Allow", Action = "sns:Publish", Resource = "*" }]
  })
}

# Introduced: a second zone leaves through the gateway of the first.
resource "aws_vpc" "grown" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_internet_gateway" "grown" {
  vpc_id = aws_vpc.grown.id
}

resource "aws_subnet" "grown_front" {
  vpc_id            = aws_vpc.grown.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.100.0/24"
}

resource "aws_route_table" "grown_front" {
  vpc_id = aws_vpc.grown.id
  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.grown.id
  }
}

resource "aws_route_table_association" "grown_front" {
  route_table_id = aws_route_table.grown_front.id
  subnet_id      = aws_subnet.grown_front.id
}

resource "aws_eip" "grown_front" {
  domain = "vpc"
}

resource "aws_nat_gateway" "bad_grown" {
  subnet_id     = aws_subnet.grown_front.id
  allocation_id = aws_eip.grown_front.id
}

resource "aws_subnet" "grown_a" {
  vpc_id            = aws_vpc.grown.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_route_table" "grown_a" {
  vpc_id = aws_vpc.grown.id
  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.bad_grown.id
  }
}

resource "aws_route_table_association" "grown_a" {
  route_table_id = aws_route_table.grown_a.id
  subnet_id      = aws_subnet.grown_a.id
}

# There before.
resource "aws_vpc" "existing" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_internet_gateway" "existing" {
  vpc_id = aws_vpc.existing.id
}

resource "aws_subnet" "existing_front" {
  vpc_id            = aws_vpc.existing.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.100.0/24"
}

resource "aws_route_table" "existing_front" {
  vpc_id = aws_vpc.existing.id
  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.existing.id
  }
}

resource "aws_route_table_association" "existing_front" {
  route_table_id = aws_route_table.existing_front.id
  subnet_id      = aws_subnet.existing_front.id
}

resource "aws_eip" "existing_front" {
  domain = "vpc"
}

resource "aws_nat_gateway" "bad_existing" {
  subnet_id     = aws_subnet.existing_front.id
  allocation_id = aws_eip.existing_front.id
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
    nat_gateway_id = aws_nat_gateway.bad_existing.id
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
    nat_gateway_id = aws_nat_gateway.bad_existing.id
  }
}

resource "aws_route_table_association" "existing_b" {
  route_table_id = aws_route_table.existing_b.id
  subnet_id      = aws_subnet.existing_b.id
}

# Worsened: three zones, and not two.
resource "aws_vpc" "worse" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_internet_gateway" "worse" {
  vpc_id = aws_vpc.worse.id
}

resource "aws_subnet" "worse_front" {
  vpc_id            = aws_vpc.worse.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.100.0/24"
}

resource "aws_route_table" "worse_front" {
  vpc_id = aws_vpc.worse.id
  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.worse.id
  }
}

resource "aws_route_table_association" "worse_front" {
  route_table_id = aws_route_table.worse_front.id
  subnet_id      = aws_subnet.worse_front.id
}

resource "aws_eip" "worse_front" {
  domain = "vpc"
}

resource "aws_nat_gateway" "bad_worse" {
  subnet_id     = aws_subnet.worse_front.id
  allocation_id = aws_eip.worse_front.id
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
    nat_gateway_id = aws_nat_gateway.bad_worse.id
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
    nat_gateway_id = aws_nat_gateway.bad_worse.id
  }
}

resource "aws_route_table_association" "worse_b" {
  route_table_id = aws_route_table.worse_b.id
  subnet_id      = aws_subnet.worse_b.id
}

# Resolved: each zone has its own.
resource "aws_vpc" "split" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_internet_gateway" "split" {
  vpc_id = aws_vpc.split.id
}

resource "aws_subnet" "split_front" {
  vpc_id            = aws_vpc.split.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.100.0/24"
}

resource "aws_route_table" "split_front" {
  vpc_id = aws_vpc.split.id
  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.split.id
  }
}

resource "aws_route_table_association" "split_front" {
  route_table_id = aws_route_table.split_front.id
  subnet_id      = aws_subnet.split_front.id
}

resource "aws_eip" "split_front" {
  domain = "vpc"
}

resource "aws_nat_gateway" "good_split" {
  subnet_id     = aws_subnet.split_front.id
  allocation_id = aws_eip.split_front.id
}

resource "aws_subnet" "split_a" {
  vpc_id            = aws_vpc.split.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_route_table" "split_a" {
  vpc_id = aws_vpc.split.id
  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.good_split.id
  }
}

resource "aws_route_table_association" "split_a" {
  route_table_id = aws_route_table.split_a.id
  subnet_id      = aws_subnet.split_a.id
}

resource "aws_subnet" "split_b" {
  vpc_id            = aws_vpc.split.id
  availability_zone = "us-east-1b"
  cidr_block        = "10.0.2.0/24"
}

resource "aws_route_table" "split_b" {
  vpc_id = aws_vpc.split.id
  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.good_split.id
  }
}

resource "aws_route_table_association" "split_b" {
  route_table_id = aws_route_table.split_b.id
  subnet_id      = aws_subnet.split_b.id
}
