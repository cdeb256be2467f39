# Ways to AWS that stay inside the network: free for S3 and DynamoDB, by the hour for the rest.

locals {
  # What the services call, and what the platform calls for them from where they stand.
  interface_services = ["ecr.api", "ecr.dkr", "logs", "secretsmanager", "sqs"]
}

resource "aws_vpc_endpoint" "gateway" {
  for_each = toset(["s3", "dynamodb"])

  vpc_id            = aws_vpc.main.id
  service_name      = "com.amazonaws.eu-west-1.${each.key}"
  vpc_endpoint_type = "Gateway"
  route_table_ids   = aws_route_table.private[*].id

  tags = { Name = "shop-${each.key}" }
}

resource "aws_security_group" "endpoints" {
  name        = "shop-endpoints"
  description = "Interface endpoints of the shop"
  vpc_id      = aws_vpc.main.id
}

resource "aws_vpc_security_group_ingress_rule" "endpoints_services" {
  security_group_id            = aws_security_group.endpoints.id
  description                  = "From the services"
  referenced_security_group_id = aws_security_group.services.id
  ip_protocol                  = "tcp"
  from_port                    = 443
  to_port                      = 443
}

resource "aws_vpc_endpoint" "interface" {
  for_each = toset(local.interface_services)

  vpc_id              = aws_vpc.main.id
  service_name        = "com.amazonaws.eu-west-1.${each.key}"
  vpc_endpoint_type   = "Interface"
  subnet_ids          = aws_subnet.private[*].id
  security_group_ids  = [aws_security_group.endpoints.id]
  private_dns_enabled = true

  tags = { Name = "shop-${each.key}" }
}
