locals {
  zones = ["eu-central-1a", "eu-central-1b"]
}

resource "aws_vpc" "flows" {
  cidr_block = "10.40.0.0/16"
}

resource "aws_internet_gateway" "flows" {
  vpc_id = aws_vpc.flows.id
}

resource "aws_subnet" "public" {
  count             = 2
  vpc_id            = aws_vpc.flows.id
  availability_zone = local.zones[count.index]
  cidr_block        = cidrsubnet(aws_vpc.flows.cidr_block, 8, count.index)
}

resource "aws_route_table" "public" {
  vpc_id = aws_vpc.flows.id

  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.flows.id
  }
}

resource "aws_route_table_association" "public" {
  count          = 2
  subnet_id      = aws_subnet.public[count.index].id
  route_table_id = aws_route_table.public.id
}

resource "aws_security_group" "n8n" {
  name   = "n8n"
  vpc_id = aws_vpc.flows.id
}

resource "aws_security_group" "database" {
  name   = "n8n-database"
  vpc_id = aws_vpc.flows.id
}

resource "aws_vpc_security_group_ingress_rule" "database" {
  security_group_id            = aws_security_group.database.id
  referenced_security_group_id = aws_security_group.n8n.id
  ip_protocol                  = "tcp"
  from_port                    = 5432
  to_port                      = 5432
}
