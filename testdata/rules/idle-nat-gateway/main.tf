# idle-nat-gateway: NAT gateways, and the routes that lead to them.

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

# BAD: no route leads to it.

resource "aws_eip" "for_bad_idle" {
  domain = "vpc"
}

resource "aws_nat_gateway" "bad_idle" {
  allocation_id = aws_eip.for_bad_idle.id
  subnet_id     = aws_subnet.front.id
}

# GOOD: a route of its own leads to it.

resource "aws_eip" "for_good_routed" {
  domain = "vpc"
}

resource "aws_nat_gateway" "good_routed" {
  allocation_id = aws_eip.for_good_routed.id
  subnet_id     = aws_subnet.front.id
}

resource "aws_route_table" "main" {
  vpc_id = aws_vpc.main.id
}

resource "aws_route" "out" {
  route_table_id         = aws_route_table.main.id
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = aws_nat_gateway.good_routed.id
}

# GOOD: one for each zone, of which each has its route.
resource "aws_nat_gateway" "good_each" {
  count         = 2
  allocation_id = aws_eip.each[count.index].id
  subnet_id     = aws_subnet.front.id
}

resource "aws_eip" "each" {
  count  = 2
  domain = "vpc"
}

resource "aws_route_table" "each" {
  count  = 2
  vpc_id = aws_vpc.main.id
  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = element(aws_nat_gateway.good_each[*].id, count.index)
  }
}

# GOOD: it leads to other networks, and not to the internet.
resource "aws_nat_gateway" "good_private" {
  connectivity_type = "private"
  subnet_id         = aws_subnet.back.id
}

# GOOD and BAD: a module says of both what they are called; only of one that is used.
module "network" {
  source = "./network"
  vpc_id = aws_vpc.main.id
  subnet = aws_subnet.front.id
}

resource "aws_route_table" "by_module" {
  vpc_id = aws_vpc.main.id
  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = module.network.used
  }
}

# UNKNOWN: others may lead a route to it.

resource "aws_eip" "for_unknown_handed_on" {
  domain = "vpc"
}

resource "aws_nat_gateway" "unknown_handed_on" {
  allocation_id = aws_eip.for_unknown_handed_on.id
  subnet_id     = aws_subnet.front.id
}

output "gateway" {
  value = aws_nat_gateway.unknown_handed_on.id
}
