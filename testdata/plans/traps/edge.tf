# A network of its own for what has to stay up when the rest does not: public subnets, no NAT, no endpoint.

resource "aws_vpc" "edge" {
  cidr_block           = "10.101.0.0/20"
  enable_dns_hostnames = true
}

resource "aws_internet_gateway" "edge" {
  vpc_id = aws_vpc.edge.id
}

resource "aws_subnet" "edge" {
  for_each = { us-east-2a = 0, us-east-2b = 1 }

  vpc_id            = aws_vpc.edge.id
  availability_zone = each.key
  cidr_block        = cidrsubnet(aws_vpc.edge.cidr_block, 4, each.value)
}

resource "aws_route_table" "edge" {
  vpc_id = aws_vpc.edge.id
}

resource "aws_route" "edge" {
  route_table_id         = aws_route_table.edge.id
  destination_cidr_block = "0.0.0.0/0"
  gateway_id             = aws_internet_gateway.edge.id
}

resource "aws_route_table_association" "edge" {
  for_each = aws_subnet.edge

  subnet_id      = each.value.id
  route_table_id = aws_route_table.edge.id
}
