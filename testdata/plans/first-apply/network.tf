data "aws_availability_zones" "available" {
  state = "available"
}

locals {
  zones = { for position, zone in slice(data.aws_availability_zones.available.names, 0, 3) : zone => position }
}

resource "aws_vpc" "photos" {
  cidr_block           = "10.80.0.0/16"
  enable_dns_hostnames = true
}

resource "aws_internet_gateway" "photos" {
  vpc_id = aws_vpc.photos.id
}

resource "aws_subnet" "public" {
  for_each = local.zones

  vpc_id            = aws_vpc.photos.id
  availability_zone = each.key
  cidr_block        = cidrsubnet(aws_vpc.photos.cidr_block, 8, each.value)
}

resource "aws_subnet" "private" {
  for_each = local.zones

  vpc_id            = aws_vpc.photos.id
  availability_zone = each.key
  cidr_block        = cidrsubnet(aws_vpc.photos.cidr_block, 8, 100 + each.value)
}

resource "aws_eip" "nat" {
  for_each = local.zones

  domain = "vpc"
}

resource "aws_nat_gateway" "zone" {
  for_each = local.zones

  subnet_id     = aws_subnet.public[each.key].id
  allocation_id = aws_eip.nat[each.key].id

  depends_on = [aws_internet_gateway.photos]
}

resource "aws_route_table" "public" {
  vpc_id = aws_vpc.photos.id

  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.photos.id
  }
}

resource "aws_route_table" "private" {
  for_each = local.zones

  vpc_id = aws_vpc.photos.id

  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.zone[each.key].id
  }
}

resource "aws_route_table_association" "public" {
  for_each = local.zones

  subnet_id      = aws_subnet.public[each.key].id
  route_table_id = aws_route_table.public.id
}

resource "aws_route_table_association" "private" {
  for_each = local.zones

  subnet_id      = aws_subnet.private[each.key].id
  route_table_id = aws_route_table.private[each.key].id
}

# Photographs are most of the traffic, so S3 has its endpoint from the first day.
resource "aws_vpc_endpoint" "s3" {
  vpc_id            = aws_vpc.photos.id
  service_name      = "com.amazonaws.eu-north-1.s3"
  vpc_endpoint_type = "Gateway"
  route_table_ids   = values(aws_route_table.private)[*].id
}
