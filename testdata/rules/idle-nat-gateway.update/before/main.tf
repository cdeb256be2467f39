# idle-nat-gateway: before.

terraform {
  required_providers {
    aws = { source = "hashicorp/aws", version = "~> 6.0" }
  }
}

provider "aws" {
  region = "us-east-1"
}

resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "front" {
  vpc_id            = aws_vpc.main.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.0.0/24"
}

resource "aws_subnet" "back" {
  vpc_id            = aws_vpc.main.id
  availability_zone = "us-east-1b"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_route_table" "main" {
  vpc_id = aws_vpc.main.id
}

resource "aws_eip" "for_bad_left" {
  domain = "vpc"
}

resource "aws_nat_gateway" "bad_left" {
  allocation_id = aws_eip.for_bad_left.id
  subnet_id     = aws_subnet.front.id
}

resource "aws_eip" "for_good_found" {
  domain = "vpc"
}

resource "aws_nat_gateway" "good_found" {
  allocation_id = aws_eip.for_good_found.id
  subnet_id     = aws_subnet.front.id
}

resource "aws_route" "left" {
  route_table_id         = aws_route_table.main.id
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = aws_nat_gateway.bad_left.id
}

resource "aws_eip" "for_bad_old" {
  domain = "vpc"
}

resource "aws_nat_gateway" "bad_old" {
  allocation_id = aws_eip.for_bad_old.id
  subnet_id     = aws_subnet.front.id
}
