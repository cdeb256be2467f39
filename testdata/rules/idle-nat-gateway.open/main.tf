# idle-nat-gateway: a route of which the plan does not show where it leads.

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

# UNKNOWN: where the route leads is known only after apply, and there are two.

resource "aws_eip" "for_unknown_one" {
  domain = "vpc"
}

resource "aws_nat_gateway" "unknown_one" {
  allocation_id = aws_eip.for_unknown_one.id
  subnet_id     = aws_subnet.front.id
}

resource "aws_eip" "for_unknown_other" {
  domain = "vpc"
}

resource "aws_nat_gateway" "unknown_other" {
  allocation_id = aws_eip.for_unknown_other.id
  subnet_id     = aws_subnet.front.id
}

resource "terraform_data" "choice" {
  input = aws_nat_gateway.unknown_one.id
}

resource "aws_route_table" "main" {
  vpc_id = aws_vpc.main.id
}

resource "aws_route" "out" {
  route_table_id         = aws_route_table.main.id
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = terraform_data.choice.output
}
