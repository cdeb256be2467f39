# unreachable-interface-endpoint: interface endpoints that their callers can use, and that they cannot. One network for each
# case; a function calls Secrets Manager.

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
    Statement = [{ Effect = "Allow", Action = "secretsmanager:GetSecretValue", Resource = "*" }]
  })
}

# BAD: private DNS is off. Medium: the calls go past it, through NAT.
resource "aws_vpc" "dns_off" {
  cidr_block           = "10.0.0.0/16"
  enable_dns_hostnames = true
}

resource "aws_subnet" "dns_off" {
  vpc_id            = aws_vpc.dns_off.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_nat_gateway" "dns_off" {
  vpc_id            = aws_vpc.dns_off.id
  availability_mode = "regional"
}

resource "aws_route_table" "dns_off" {
  vpc_id = aws_vpc.dns_off.id
  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.dns_off.id
  }
}

resource "aws_route_table_association" "dns_off" {
  route_table_id = aws_route_table.dns_off.id
  subnet_id      = aws_subnet.dns_off.id
}

resource "aws_security_group" "dns_off_endpoint" {
  name   = "dns-off-endpoint"
  vpc_id = aws_vpc.dns_off.id
  ingress {
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = [aws_vpc.dns_off.cidr_block]
  }
}

resource "aws_vpc_endpoint" "bad_dns_off" {
  vpc_id              = aws_vpc.dns_off.id
  service_name        = "com.amazonaws.us-east-1.secretsmanager"
  vpc_endpoint_type   = "Interface"
  subnet_ids          = [aws_subnet.dns_off.id]
  private_dns_enabled = false
  security_group_ids  = [aws_security_group.dns_off_endpoint.id]
}

resource "aws_lambda_function" "dns_off" {
  function_name = "dns-off"
  role          = aws_iam_role.files.arn
  runtime       = "python3.13"
  handler       = "main.handle"
  filename      = "code.zip"
  vpc_config {
    subnet_ids         = [aws_subnet.dns_off.id]
    security_group_ids = []
  }
}

# BAD: private DNS is off by default; the private zone of the network answers for something else.
resource "aws_vpc" "dns_unset" {
  cidr_block           = "10.0.0.0/16"
  enable_dns_hostnames = true
}

resource "aws_subnet" "dns_unset" {
  vpc_id            = aws_vpc.dns_unset.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_nat_gateway" "dns_unset" {
  vpc_id            = aws_vpc.dns_unset.id
  availability_mode = "regional"
}

resource "aws_route_table" "dns_unset" {
  vpc_id = aws_vpc.dns_unset.id
  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.dns_unset.id
  }
}

resource "aws_route_table_association" "dns_unset" {
  route_table_id = aws_route_table.dns_unset.id
  subnet_id      = aws_subnet.dns_unset.id
}

resource "aws_security_group" "dns_unset_endpoint" {
  name   = "dns-unset-endpoint"
  vpc_id = aws_vpc.dns_unset.id
  ingress {
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = [aws_vpc.dns_unset.cidr_block]
  }
}

resource "aws_vpc_endpoint" "bad_dns_unset" {
  vpc_id             = aws_vpc.dns_unset.id
  service_name       = "com.amazonaws.us-east-1.secretsmanager"
  vpc_endpoint_type  = "Interface"
  subnet_ids         = [aws_subnet.dns_unset.id]
  security_group_ids = [aws_security_group.dns_unset_endpoint.id]
}

resource "aws_route53_zone" "dns_unset" {
  name = "shop.internal"
  vpc {
    vpc_id = aws_vpc.dns_unset.id
  }
}

resource "aws_lambda_function" "dns_unset" {
  function_name = "dns-unset"
  role          = aws_iam_role.files.arn
  runtime       = "python3.13"
  handler       = "main.handle"
  filename      = "code.zip"
  vpc_config {
    subnet_ids         = [aws_subnet.dns_unset.id]
    security_group_ids = []
  }
}

# BAD, high: the group of the endpoint lets nobody in.
resource "aws_vpc" "closed" {
  cidr_block           = "10.0.0.0/16"
  enable_dns_hostnames = true
}

resource "aws_subnet" "closed" {
  vpc_id            = aws_vpc.closed.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_nat_gateway" "closed" {
  vpc_id            = aws_vpc.closed.id
  availability_mode = "regional"
}

resource "aws_route_table" "closed" {
  vpc_id = aws_vpc.closed.id
  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.closed.id
  }
}

resource "aws_route_table_association" "closed" {
  route_table_id = aws_route_table.closed.id
  subnet_id      = aws_subnet.closed.id
}

resource "aws_security_group" "closed_caller" {
  name   = "closed-caller"
  vpc_id = aws_vpc.closed.id
}

resource "aws_security_group" "closed_endpoint" {
  name   = "closed-endpoint"
  vpc_id = aws_vpc.closed.id
}

resource "aws_vpc_endpoint" "bad_closed" {
  vpc_id              = aws_vpc.closed.id
  service_name        = "com.amazonaws.us-east-1.secretsmanager"
  vpc_endpoint_type   = "Interface"
  subnet_ids          = [aws_subnet.closed.id]
  private_dns_enabled = true
  security_group_ids  = [aws_security_group.closed_endpoint.id]
}

resource "aws_lambda_function" "closed" {
  function_name = "closed"
  role          = aws_iam_role.files.arn
  runtime       = "python3.13"
  handler       = "main.handle"
  filename      = "code.zip"
  vpc_config {
    subnet_ids         = [aws_subnet.closed.id]
    security_group_ids = [aws_security_group.closed_caller.id]
  }
}

# BAD, high: it lets the callers in on another port.
resource "aws_vpc" "other_port" {
  cidr_block           = "10.0.0.0/16"
  enable_dns_hostnames = true
}

resource "aws_subnet" "other_port" {
  vpc_id            = aws_vpc.other_port.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_nat_gateway" "other_port" {
  vpc_id            = aws_vpc.other_port.id
  availability_mode = "regional"
}

resource "aws_route_table" "other_port" {
  vpc_id = aws_vpc.other_port.id
  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.other_port.id
  }
}

resource "aws_route_table_association" "other_port" {
  route_table_id = aws_route_table.other_port.id
  subnet_id      = aws_subnet.other_port.id
}

resource "aws_security_group" "other_port_caller" {
  name   = "other-port-caller"
  vpc_id = aws_vpc.other_port.id
}

resource "aws_security_group" "other_port_endpoint" {
  name   = "other-port-endpoint"
  vpc_id = aws_vpc.other_port.id
  ingress {
    from_port       = 80
    to_port         = 80
    protocol        = "tcp"
    security_groups = [aws_security_group.other_port_caller.id]
  }
}

resource "aws_vpc_endpoint" "bad_other_port" {
  vpc_id              = aws_vpc.other_port.id
  service_name        = "com.amazonaws.us-east-1.secretsmanager"
  vpc_endpoint_type   = "Interface"
  subnet_ids          = [aws_subnet.other_port.id]
  private_dns_enabled = true
  security_group_ids  = [aws_security_group.other_port_endpoint.id]
}

resource "aws_lambda_function" "other_port" {
  function_name = "other-port"
  role          = aws_iam_role.files.arn
  runtime       = "python3.13"
  handler       = "main.handle"
  filename      = "code.zip"
  vpc_config {
    subnet_ids         = [aws_subnet.other_port.id]
    security_group_ids = [aws_security_group.other_port_caller.id]
  }
}

# BAD, high: it lets the group of one function in, and not that of the other. The rule is a resource of its own.
resource "aws_vpc" "other_group" {
  cidr_block           = "10.0.0.0/16"
  enable_dns_hostnames = true
}

resource "aws_subnet" "other_group" {
  vpc_id            = aws_vpc.other_group.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_nat_gateway" "other_group" {
  vpc_id            = aws_vpc.other_group.id
  availability_mode = "regional"
}

resource "aws_route_table" "other_group" {
  vpc_id = aws_vpc.other_group.id
  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.other_group.id
  }
}

resource "aws_route_table_association" "other_group" {
  route_table_id = aws_route_table.other_group.id
  subnet_id      = aws_subnet.other_group.id
}

resource "aws_security_group" "other_group_caller" {
  name   = "other-group-caller"
  vpc_id = aws_vpc.other_group.id
}

resource "aws_security_group" "other_group_other" {
  name   = "other-group-other"
  vpc_id = aws_vpc.other_group.id
}

resource "aws_security_group" "other_group_endpoint" {
  name   = "other-group-endpoint"
  vpc_id = aws_vpc.other_group.id
}

resource "aws_vpc_security_group_ingress_rule" "other_group" {
  security_group_id            = aws_security_group.other_group_endpoint.id
  referenced_security_group_id = aws_security_group.other_group_other.id
  ip_protocol                  = "tcp"
  from_port                    = 443
  to_port                      = 443
}

resource "aws_vpc_endpoint" "bad_other_group" {
  vpc_id              = aws_vpc.other_group.id
  service_name        = "com.amazonaws.us-east-1.secretsmanager"
  vpc_endpoint_type   = "Interface"
  subnet_ids          = [aws_subnet.other_group.id]
  private_dns_enabled = true
  security_group_ids  = [aws_security_group.other_group_endpoint.id]
}

resource "aws_lambda_function" "other_group" {
  function_name = "other-group"
  role          = aws_iam_role.files.arn
  runtime       = "python3.13"
  handler       = "main.handle"
  filename      = "code.zip"
  vpc_config {
    subnet_ids         = [aws_subnet.other_group.id]
    security_group_ids = [aws_security_group.other_group_caller.id]
  }
}

resource "aws_lambda_function" "other_group_other" {
  function_name = "other-group-other"
  role          = aws_iam_role.files.arn
  runtime       = "python3.13"
  handler       = "main.handle"
  filename      = "code.zip"
  vpc_config {
    subnet_ids         = [aws_subnet.other_group.id]
    security_group_ids = [aws_security_group.other_group_other.id]
  }
}

# BAD, high: it lets in the range of another subnet.
resource "aws_vpc" "other_range" {
  cidr_block           = "10.0.0.0/16"
  enable_dns_hostnames = true
}

resource "aws_subnet" "other_range" {
  vpc_id            = aws_vpc.other_range.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_nat_gateway" "other_range" {
  vpc_id            = aws_vpc.other_range.id
  availability_mode = "regional"
}

resource "aws_route_table" "other_range" {
  vpc_id = aws_vpc.other_range.id
  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.other_range.id
  }
}

resource "aws_route_table_association" "other_range" {
  route_table_id = aws_route_table.other_range.id
  subnet_id      = aws_subnet.other_range.id
}

resource "aws_subnet" "other_range_b" {
  vpc_id            = aws_vpc.other_range.id
  availability_zone = "us-east-1b"
  cidr_block        = "10.0.2.0/24"
}

resource "aws_security_group" "other_range_caller" {
  name   = "other-range-caller"
  vpc_id = aws_vpc.other_range.id
}

resource "aws_security_group" "other_range_endpoint" {
  name   = "other-range-endpoint"
  vpc_id = aws_vpc.other_range.id
  ingress {
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = [aws_subnet.other_range_b.cidr_block]
  }
}

resource "aws_vpc_endpoint" "bad_other_range" {
  vpc_id              = aws_vpc.other_range.id
  service_name        = "com.amazonaws.us-east-1.secretsmanager"
  vpc_endpoint_type   = "Interface"
  subnet_ids          = [aws_subnet.other_range.id]
  private_dns_enabled = true
  security_group_ids  = [aws_security_group.other_range_endpoint.id]
}

resource "aws_lambda_function" "other_range" {
  function_name = "other-range"
  role          = aws_iam_role.files.arn
  runtime       = "python3.13"
  handler       = "main.handle"
  filename      = "code.zip"
  vpc_config {
    subnet_ids         = [aws_subnet.other_range.id]
    security_group_ids = [aws_security_group.other_range_caller.id]
  }
}

# BAD, high: it names no group, and the default group of a new network lets its own members in.
resource "aws_vpc" "default_group" {
  cidr_block           = "10.0.0.0/16"
  enable_dns_hostnames = true
}

resource "aws_subnet" "default_group" {
  vpc_id            = aws_vpc.default_group.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_nat_gateway" "default_group" {
  vpc_id            = aws_vpc.default_group.id
  availability_mode = "regional"
}

resource "aws_route_table" "default_group" {
  vpc_id = aws_vpc.default_group.id
  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.default_group.id
  }
}

resource "aws_route_table_association" "default_group" {
  route_table_id = aws_route_table.default_group.id
  subnet_id      = aws_subnet.default_group.id
}

resource "aws_security_group" "default_group_caller" {
  name   = "default-group-caller"
  vpc_id = aws_vpc.default_group.id
}

resource "aws_vpc_endpoint" "bad_default_group" {
  vpc_id              = aws_vpc.default_group.id
  service_name        = "com.amazonaws.us-east-1.secretsmanager"
  vpc_endpoint_type   = "Interface"
  subnet_ids          = [aws_subnet.default_group.id]
  private_dns_enabled = true
}

resource "aws_lambda_function" "default_group" {
  function_name = "default-group"
  role          = aws_iam_role.files.arn
  runtime       = "python3.13"
  handler       = "main.handle"
  filename      = "code.zip"
  vpc_config {
    subnet_ids         = [aws_subnet.default_group.id]
    security_group_ids = [aws_security_group.default_group_caller.id]
  }
}

# BAD: the network has no DNS hostnames: private DNS is refused on apply. Nobody need call it for that.
resource "aws_vpc" "refused" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "refused" {
  vpc_id            = aws_vpc.refused.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_nat_gateway" "refused" {
  vpc_id            = aws_vpc.refused.id
  availability_mode = "regional"
}

resource "aws_route_table" "refused" {
  vpc_id = aws_vpc.refused.id
  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.refused.id
  }
}

resource "aws_route_table_association" "refused" {
  route_table_id = aws_route_table.refused.id
  subnet_id      = aws_subnet.refused.id
}

resource "aws_security_group" "refused_endpoint" {
  name   = "refused-endpoint"
  vpc_id = aws_vpc.refused.id
  ingress {
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = [aws_vpc.refused.cidr_block]
  }
}

resource "aws_vpc_endpoint" "bad_refused" {
  vpc_id              = aws_vpc.refused.id
  service_name        = "com.amazonaws.us-east-1.secretsmanager"
  vpc_endpoint_type   = "Interface"
  subnet_ids          = [aws_subnet.refused.id]
  private_dns_enabled = true
  security_group_ids  = [aws_security_group.refused_endpoint.id]
}

# BAD: DNS support is off as well.
resource "aws_vpc" "no_support" {
  cidr_block           = "10.0.0.0/16"
  enable_dns_support   = false
  enable_dns_hostnames = false
}

resource "aws_subnet" "no_support" {
  vpc_id            = aws_vpc.no_support.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_nat_gateway" "no_support" {
  vpc_id            = aws_vpc.no_support.id
  availability_mode = "regional"
}

resource "aws_route_table" "no_support" {
  vpc_id = aws_vpc.no_support.id
  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.no_support.id
  }
}

resource "aws_route_table_association" "no_support" {
  route_table_id = aws_route_table.no_support.id
  subnet_id      = aws_subnet.no_support.id
}

resource "aws_security_group" "no_support_endpoint" {
  name   = "no-support-endpoint"
  vpc_id = aws_vpc.no_support.id
  ingress {
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = [aws_vpc.no_support.cidr_block]
  }
}

resource "aws_vpc_endpoint" "bad_no_support" {
  vpc_id              = aws_vpc.no_support.id
  service_name        = "com.amazonaws.us-east-1.secretsmanager"
  vpc_endpoint_type   = "Interface"
  subnet_ids          = [aws_subnet.no_support.id]
  private_dns_enabled = true
  security_group_ids  = [aws_security_group.no_support_endpoint.id]
}

resource "aws_lambda_function" "no_support" {
  function_name = "no-support"
  role          = aws_iam_role.files.arn
  runtime       = "python3.13"
  handler       = "main.handle"
  filename      = "code.zip"
  vpc_config {
    subnet_ids         = [aws_subnet.no_support.id]
    security_group_ids = []
  }
}

# BAD: it has no subnet, so that it has no address.
resource "aws_vpc" "no_subnet" {
  cidr_block           = "10.0.0.0/16"
  enable_dns_hostnames = true
}

resource "aws_subnet" "no_subnet" {
  vpc_id            = aws_vpc.no_subnet.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_nat_gateway" "no_subnet" {
  vpc_id            = aws_vpc.no_subnet.id
  availability_mode = "regional"
}

resource "aws_route_table" "no_subnet" {
  vpc_id = aws_vpc.no_subnet.id
  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.no_subnet.id
  }
}

resource "aws_route_table_association" "no_subnet" {
  route_table_id = aws_route_table.no_subnet.id
  subnet_id      = aws_subnet.no_subnet.id
}

resource "aws_security_group" "no_subnet_endpoint" {
  name   = "no-subnet-endpoint"
  vpc_id = aws_vpc.no_subnet.id
  ingress {
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = [aws_vpc.no_subnet.cidr_block]
  }
}

resource "aws_vpc_endpoint" "bad_no_subnet" {
  vpc_id              = aws_vpc.no_subnet.id
  service_name        = "com.amazonaws.us-east-1.secretsmanager"
  vpc_endpoint_type   = "Interface"
  private_dns_enabled = true
  security_group_ids  = [aws_security_group.no_subnet_endpoint.id]
}

resource "aws_lambda_function" "no_subnet" {
  function_name = "no-subnet"
  role          = aws_iam_role.files.arn
  runtime       = "python3.13"
  handler       = "main.handle"
  filename      = "code.zip"
  vpc_config {
    subnet_ids         = [aws_subnet.no_subnet.id]
    security_group_ids = []
  }
}

# BAD: its subnet belongs to the network above.
resource "aws_vpc" "astray" {
  cidr_block           = "10.0.0.0/16"
  enable_dns_hostnames = true
}

resource "aws_subnet" "astray" {
  vpc_id            = aws_vpc.astray.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_nat_gateway" "astray" {
  vpc_id            = aws_vpc.astray.id
  availability_mode = "regional"
}

resource "aws_route_table" "astray" {
  vpc_id = aws_vpc.astray.id
  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.astray.id
  }
}

resource "aws_route_table_association" "astray" {
  route_table_id = aws_route_table.astray.id
  subnet_id      = aws_subnet.astray.id
}

resource "aws_security_group" "astray_endpoint" {
  name   = "astray-endpoint"
  vpc_id = aws_vpc.astray.id
  ingress {
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = [aws_vpc.astray.cidr_block]
  }
}

resource "aws_vpc_endpoint" "bad_astray" {
  vpc_id              = aws_vpc.astray.id
  service_name        = "com.amazonaws.us-east-1.secretsmanager"
  vpc_endpoint_type   = "Interface"
  subnet_ids          = [aws_subnet.no_subnet.id]
  private_dns_enabled = true
  security_group_ids  = [aws_security_group.astray_endpoint.id]
}

resource "aws_lambda_function" "astray" {
  function_name = "astray"
  role          = aws_iam_role.files.arn
  runtime       = "python3.13"
  handler       = "main.handle"
  filename      = "code.zip"
  vpc_config {
    subnet_ids         = [aws_subnet.astray.id]
    security_group_ids = []
  }
}

# GOOD: private DNS, and the range of the network.
resource "aws_vpc" "range" {
  cidr_block           = "10.0.0.0/16"
  enable_dns_hostnames = true
}

resource "aws_subnet" "range" {
  vpc_id            = aws_vpc.range.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_nat_gateway" "range" {
  vpc_id            = aws_vpc.range.id
  availability_mode = "regional"
}

resource "aws_route_table" "range" {
  vpc_id = aws_vpc.range.id
  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.range.id
  }
}

resource "aws_route_table_association" "range" {
  route_table_id = aws_route_table.range.id
  subnet_id      = aws_subnet.range.id
}

resource "aws_security_group" "range_caller" {
  name   = "range-caller"
  vpc_id = aws_vpc.range.id
}

resource "aws_security_group" "range_endpoint" {
  name   = "range-endpoint"
  vpc_id = aws_vpc.range.id
  ingress {
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = [aws_vpc.range.cidr_block]
  }
}

resource "aws_vpc_endpoint" "good_range" {
  vpc_id              = aws_vpc.range.id
  service_name        = "com.amazonaws.us-east-1.secretsmanager"
  vpc_endpoint_type   = "Interface"
  subnet_ids          = [aws_subnet.range.id]
  private_dns_enabled = true
  security_group_ids  = [aws_security_group.range_endpoint.id]
}

resource "aws_lambda_function" "range" {
  function_name = "range"
  role          = aws_iam_role.files.arn
  runtime       = "python3.13"
  handler       = "main.handle"
  filename      = "code.zip"
  vpc_config {
    subnet_ids         = [aws_subnet.range.id]
    security_group_ids = [aws_security_group.range_caller.id]
  }
}

# GOOD: the group of the callers, in a rule of its own; for everything, not only for 443.
resource "aws_vpc" "group" {
  cidr_block           = "10.0.0.0/16"
  enable_dns_hostnames = true
}

resource "aws_subnet" "group" {
  vpc_id            = aws_vpc.group.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_nat_gateway" "group" {
  vpc_id            = aws_vpc.group.id
  availability_mode = "regional"
}

resource "aws_route_table" "group" {
  vpc_id = aws_vpc.group.id
  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.group.id
  }
}

resource "aws_route_table_association" "group" {
  route_table_id = aws_route_table.group.id
  subnet_id      = aws_subnet.group.id
}

resource "aws_security_group" "group_caller" {
  name   = "group-caller"
  vpc_id = aws_vpc.group.id
}

resource "aws_security_group" "group_endpoint" {
  name   = "group-endpoint"
  vpc_id = aws_vpc.group.id
}

resource "aws_security_group_rule" "group" {
  type                     = "ingress"
  security_group_id        = aws_security_group.group_endpoint.id
  source_security_group_id = aws_security_group.group_caller.id
  protocol                 = "-1"
  from_port                = 0
  to_port                  = 0
}

resource "aws_vpc_endpoint" "good_group" {
  vpc_id              = aws_vpc.group.id
  service_name        = "com.amazonaws.us-east-1.secretsmanager"
  vpc_endpoint_type   = "Interface"
  subnet_ids          = [aws_subnet.group.id]
  private_dns_enabled = true
  security_group_ids  = [aws_security_group.group_endpoint.id]
}

resource "aws_lambda_function" "group" {
  function_name = "group"
  role          = aws_iam_role.files.arn
  runtime       = "python3.13"
  handler       = "main.handle"
  filename      = "code.zip"
  vpc_config {
    subnet_ids         = [aws_subnet.group.id]
    security_group_ids = [aws_security_group.group_caller.id]
  }
}

# GOOD: the endpoint and its callers are members of one group, which lets its own members in.
resource "aws_vpc" "own_group" {
  cidr_block           = "10.0.0.0/16"
  enable_dns_hostnames = true
}

resource "aws_subnet" "own_group" {
  vpc_id            = aws_vpc.own_group.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_nat_gateway" "own_group" {
  vpc_id            = aws_vpc.own_group.id
  availability_mode = "regional"
}

resource "aws_route_table" "own_group" {
  vpc_id = aws_vpc.own_group.id
  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.own_group.id
  }
}

resource "aws_route_table_association" "own_group" {
  route_table_id = aws_route_table.own_group.id
  subnet_id      = aws_subnet.own_group.id
}

resource "aws_security_group" "own_group_endpoint" {
  name   = "own-group-endpoint"
  vpc_id = aws_vpc.own_group.id
  ingress {
    from_port = 443
    to_port   = 443
    protocol  = "tcp"
    self      = true
  }
}

resource "aws_vpc_endpoint" "good_own_group" {
  vpc_id              = aws_vpc.own_group.id
  service_name        = "com.amazonaws.us-east-1.secretsmanager"
  vpc_endpoint_type   = "Interface"
  subnet_ids          = [aws_subnet.own_group.id]
  private_dns_enabled = true
  security_group_ids  = [aws_security_group.own_group_endpoint.id]
}

resource "aws_lambda_function" "own_group" {
  function_name = "own-group"
  role          = aws_iam_role.files.arn
  runtime       = "python3.13"
  handler       = "main.handle"
  filename      = "code.zip"
  vpc_config {
    subnet_ids         = [aws_subnet.own_group.id]
    security_group_ids = [aws_security_group.own_group_endpoint.id]
  }
}

# GOOD: groups and subnets by association.
resource "aws_vpc" "associated" {
  cidr_block           = "10.0.0.0/16"
  enable_dns_hostnames = true
}

resource "aws_subnet" "associated" {
  vpc_id            = aws_vpc.associated.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_nat_gateway" "associated" {
  vpc_id            = aws_vpc.associated.id
  availability_mode = "regional"
}

resource "aws_route_table" "associated" {
  vpc_id = aws_vpc.associated.id
  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.associated.id
  }
}

resource "aws_route_table_association" "associated" {
  route_table_id = aws_route_table.associated.id
  subnet_id      = aws_subnet.associated.id
}

resource "aws_security_group" "associated_caller" {
  name   = "associated-caller"
  vpc_id = aws_vpc.associated.id
}

resource "aws_security_group" "associated_endpoint" {
  name   = "associated-endpoint"
  vpc_id = aws_vpc.associated.id
  ingress {
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = [aws_vpc.associated.cidr_block]
  }
}

resource "aws_vpc_endpoint" "good_associated" {
  vpc_id              = aws_vpc.associated.id
  service_name        = "com.amazonaws.us-east-1.secretsmanager"
  vpc_endpoint_type   = "Interface"
  private_dns_enabled = true
}

resource "aws_vpc_endpoint_subnet_association" "associated" {
  vpc_endpoint_id = aws_vpc_endpoint.good_associated.id
  subnet_id       = aws_subnet.associated.id
}

resource "aws_vpc_endpoint_security_group_association" "associated" {
  vpc_endpoint_id             = aws_vpc_endpoint.good_associated.id
  security_group_id           = aws_security_group.associated_endpoint.id
  replace_default_association = true
}

resource "aws_lambda_function" "associated" {
  function_name = "associated"
  role          = aws_iam_role.files.arn
  runtime       = "python3.13"
  handler       = "main.handle"
  filename      = "code.zip"
  vpc_config {
    subnet_ids         = [aws_subnet.associated.id]
    security_group_ids = [aws_security_group.associated_caller.id]
  }
}

# GOOD: a resource of its own turns private DNS on.
resource "aws_vpc" "switched_on" {
  cidr_block           = "10.0.0.0/16"
  enable_dns_hostnames = true
}

resource "aws_subnet" "switched_on" {
  vpc_id            = aws_vpc.switched_on.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_nat_gateway" "switched_on" {
  vpc_id            = aws_vpc.switched_on.id
  availability_mode = "regional"
}

resource "aws_route_table" "switched_on" {
  vpc_id = aws_vpc.switched_on.id
  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.switched_on.id
  }
}

resource "aws_route_table_association" "switched_on" {
  route_table_id = aws_route_table.switched_on.id
  subnet_id      = aws_subnet.switched_on.id
}

resource "aws_security_group" "switched_on_endpoint" {
  name   = "switched-on-endpoint"
  vpc_id = aws_vpc.switched_on.id
  ingress {
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = [aws_vpc.switched_on.cidr_block]
  }
}

resource "aws_vpc_endpoint" "good_switched_on" {
  vpc_id             = aws_vpc.switched_on.id
  service_name       = "com.amazonaws.us-east-1.secretsmanager"
  vpc_endpoint_type  = "Interface"
  subnet_ids         = [aws_subnet.switched_on.id]
  security_group_ids = [aws_security_group.switched_on_endpoint.id]
}

resource "aws_vpc_endpoint_private_dns" "switched_on" {
  vpc_endpoint_id     = aws_vpc_endpoint.good_switched_on.id
  private_dns_enabled = true
}

resource "aws_lambda_function" "switched_on" {
  function_name = "switched-on"
  role          = aws_iam_role.files.arn
  runtime       = "python3.13"
  handler       = "main.handle"
  filename      = "code.zip"
  vpc_config {
    subnet_ids         = [aws_subnet.switched_on.id]
    security_group_ids = []
  }
}

# GOOD: private DNS is off, and a private zone answers for the service.
resource "aws_vpc" "own_zone" {
  cidr_block           = "10.0.0.0/16"
  enable_dns_hostnames = true
}

resource "aws_subnet" "own_zone" {
  vpc_id            = aws_vpc.own_zone.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_nat_gateway" "own_zone" {
  vpc_id            = aws_vpc.own_zone.id
  availability_mode = "regional"
}

resource "aws_route_table" "own_zone" {
  vpc_id = aws_vpc.own_zone.id
  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.own_zone.id
  }
}

resource "aws_route_table_association" "own_zone" {
  route_table_id = aws_route_table.own_zone.id
  subnet_id      = aws_subnet.own_zone.id
}

resource "aws_security_group" "own_zone_endpoint" {
  name   = "own-zone-endpoint"
  vpc_id = aws_vpc.own_zone.id
  ingress {
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = [aws_vpc.own_zone.cidr_block]
  }
}

resource "aws_vpc_endpoint" "good_own_zone" {
  vpc_id              = aws_vpc.own_zone.id
  service_name        = "com.amazonaws.us-east-1.secretsmanager"
  vpc_endpoint_type   = "Interface"
  subnet_ids          = [aws_subnet.own_zone.id]
  private_dns_enabled = false
  security_group_ids  = [aws_security_group.own_zone_endpoint.id]
}

resource "aws_route53_zone" "own_zone" {
  name = "secretsmanager.us-east-1.amazonaws.com"
  vpc {
    vpc_id = aws_vpc.own_zone.id
  }
}

resource "aws_lambda_function" "own_zone" {
  function_name = "own-zone"
  role          = aws_iam_role.files.arn
  runtime       = "python3.13"
  handler       = "main.handle"
  filename      = "code.zip"
  vpc_config {
    subnet_ids         = [aws_subnet.own_zone.id]
    security_group_ids = []
  }
}

# GOOD: private DNS is off, and a record of the network leads to the names of the endpoint.
resource "aws_vpc" "record" {
  cidr_block           = "10.0.0.0/16"
  enable_dns_hostnames = true
}

resource "aws_subnet" "record" {
  vpc_id            = aws_vpc.record.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_nat_gateway" "record" {
  vpc_id            = aws_vpc.record.id
  availability_mode = "regional"
}

resource "aws_route_table" "record" {
  vpc_id = aws_vpc.record.id
  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.record.id
  }
}

resource "aws_route_table_association" "record" {
  route_table_id = aws_route_table.record.id
  subnet_id      = aws_subnet.record.id
}

resource "aws_security_group" "record_endpoint" {
  name   = "record-endpoint"
  vpc_id = aws_vpc.record.id
  ingress {
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = [aws_vpc.record.cidr_block]
  }
}

resource "aws_vpc_endpoint" "good_record" {
  vpc_id              = aws_vpc.record.id
  service_name        = "com.amazonaws.us-east-1.secretsmanager"
  vpc_endpoint_type   = "Interface"
  subnet_ids          = [aws_subnet.record.id]
  private_dns_enabled = false
  security_group_ids  = [aws_security_group.record_endpoint.id]
}

resource "aws_route53_zone" "record" {
  name = "shop.internal"
  vpc {
    vpc_id = aws_vpc.record.id
  }
}

resource "aws_route53_record" "record" {
  zone_id = aws_route53_zone.record.zone_id
  name    = "secrets.shop.internal"
  type    = "CNAME"
  ttl     = 300
  records = [aws_vpc_endpoint.good_record.dns_entry[0].dns_name]
}

resource "aws_lambda_function" "record" {
  function_name = "record"
  role          = aws_iam_role.files.arn
  runtime       = "python3.13"
  handler       = "main.handle"
  filename      = "code.zip"
  vpc_config {
    subnet_ids         = [aws_subnet.record.id]
    security_group_ids = []
  }
}

# GOOD: private DNS is off, and the function is told the name of the endpoint.
resource "aws_vpc" "variable" {
  cidr_block           = "10.0.0.0/16"
  enable_dns_hostnames = true
}

resource "aws_subnet" "variable" {
  vpc_id            = aws_vpc.variable.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_nat_gateway" "variable" {
  vpc_id            = aws_vpc.variable.id
  availability_mode = "regional"
}

resource "aws_route_table" "variable" {
  vpc_id = aws_vpc.variable.id
  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.variable.id
  }
}

resource "aws_route_table_association" "variable" {
  route_table_id = aws_route_table.variable.id
  subnet_id      = aws_subnet.variable.id
}

resource "aws_security_group" "variable_endpoint" {
  name   = "variable-endpoint"
  vpc_id = aws_vpc.variable.id
  ingress {
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = [aws_vpc.variable.cidr_block]
  }
}

resource "aws_vpc_endpoint" "good_variable" {
  vpc_id              = aws_vpc.variable.id
  service_name        = "com.amazonaws.us-east-1.secretsmanager"
  vpc_endpoint_type   = "Interface"
  subnet_ids          = [aws_subnet.variable.id]
  private_dns_enabled = false
  security_group_ids  = [aws_security_group.variable_endpoint.id]
}

resource "aws_lambda_function" "variable" {
  function_name = "variable"
  role          = aws_iam_role.files.arn
  runtime       = "python3.13"
  handler       = "main.handle"
  filename      = "code.zip"
  environment {
    variables = { AWS_ENDPOINT_URL_SECRETS_MANAGER = "https://${aws_vpc_endpoint.good_variable.dns_entry[0].dns_name}" }
  }
  vpc_config {
    subnet_ids         = [aws_subnet.variable.id]
    security_group_ids = []
  }
}

# GOOD: nobody calls its service here.
resource "aws_vpc" "not_called" {
  cidr_block           = "10.0.0.0/16"
  enable_dns_hostnames = true
}

resource "aws_subnet" "not_called" {
  vpc_id            = aws_vpc.not_called.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_nat_gateway" "not_called" {
  vpc_id            = aws_vpc.not_called.id
  availability_mode = "regional"
}

resource "aws_route_table" "not_called" {
  vpc_id = aws_vpc.not_called.id
  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.not_called.id
  }
}

resource "aws_route_table_association" "not_called" {
  route_table_id = aws_route_table.not_called.id
  subnet_id      = aws_subnet.not_called.id
}

resource "aws_security_group" "not_called_endpoint" {
  name   = "not-called-endpoint"
  vpc_id = aws_vpc.not_called.id
  ingress {
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = [aws_vpc.not_called.cidr_block]
  }
}

resource "aws_vpc_endpoint" "good_not_called" {
  vpc_id              = aws_vpc.not_called.id
  service_name        = "com.amazonaws.us-east-1.kms"
  vpc_endpoint_type   = "Interface"
  subnet_ids          = [aws_subnet.not_called.id]
  private_dns_enabled = false
  security_group_ids  = [aws_security_group.not_called_endpoint.id]
}

resource "aws_lambda_function" "not_called" {
  function_name = "not-called"
  role          = aws_iam_role.idle.arn
  runtime       = "python3.13"
  handler       = "main.handle"
  filename      = "code.zip"
  vpc_config {
    subnet_ids         = [aws_subnet.not_called.id]
    security_group_ids = []
  }
}

resource "aws_iam_role" "idle" {
  name = "idle"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "idle" {
  role = aws_iam_role.idle.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sns:Publish", Resource = "*" }]
  })
}

# GOOD: it names no group, and neither does its caller: both are members of the default group.
resource "aws_vpc" "managed_default" {
  cidr_block           = "10.0.0.0/16"
  enable_dns_hostnames = true
}

resource "aws_subnet" "managed_default" {
  vpc_id            = aws_vpc.managed_default.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_nat_gateway" "managed_default" {
  vpc_id            = aws_vpc.managed_default.id
  availability_mode = "regional"
}

resource "aws_route_table" "managed_default" {
  vpc_id = aws_vpc.managed_default.id
  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.managed_default.id
  }
}

resource "aws_route_table_association" "managed_default" {
  route_table_id = aws_route_table.managed_default.id
  subnet_id      = aws_subnet.managed_default.id
}

resource "aws_default_security_group" "managed_default" {
  vpc_id = aws_vpc.managed_default.id
  ingress {
    protocol  = -1
    self      = true
    from_port = 0
    to_port   = 0
  }
}

resource "aws_vpc_endpoint" "good_managed_default" {
  vpc_id              = aws_vpc.managed_default.id
  service_name        = "com.amazonaws.us-east-1.secretsmanager"
  vpc_endpoint_type   = "Interface"
  subnet_ids          = [aws_subnet.managed_default.id]
  private_dns_enabled = true
}

resource "aws_lambda_function" "managed_default" {
  function_name = "managed-default"
  role          = aws_iam_role.files.arn
  runtime       = "python3.13"
  handler       = "main.handle"
  filename      = "code.zip"
  vpc_config {
    subnet_ids         = [aws_subnet.managed_default.id]
    security_group_ids = [aws_default_security_group.managed_default.id]
  }
}

# UNKNOWN: the group lets in a list of ranges.
resource "aws_vpc" "list" {
  cidr_block           = "10.0.0.0/16"
  enable_dns_hostnames = true
}

resource "aws_subnet" "list" {
  vpc_id            = aws_vpc.list.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_nat_gateway" "list" {
  vpc_id            = aws_vpc.list.id
  availability_mode = "regional"
}

resource "aws_route_table" "list" {
  vpc_id = aws_vpc.list.id
  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.list.id
  }
}

resource "aws_route_table_association" "list" {
  route_table_id = aws_route_table.list.id
  subnet_id      = aws_subnet.list.id
}

resource "aws_security_group" "list_caller" {
  name   = "list-caller"
  vpc_id = aws_vpc.list.id
}

resource "aws_security_group" "list_endpoint" {
  name   = "list-endpoint"
  vpc_id = aws_vpc.list.id
  ingress {
    from_port       = 443
    to_port         = 443
    protocol        = "tcp"
    prefix_list_ids = ["pl-0123456789abcdef0"]
  }
}

resource "aws_vpc_endpoint" "unknown_list" {
  vpc_id              = aws_vpc.list.id
  service_name        = "com.amazonaws.us-east-1.secretsmanager"
  vpc_endpoint_type   = "Interface"
  subnet_ids          = [aws_subnet.list.id]
  private_dns_enabled = true
  security_group_ids  = [aws_security_group.list_endpoint.id]
}

resource "aws_lambda_function" "list" {
  function_name = "list"
  role          = aws_iam_role.files.arn
  runtime       = "python3.13"
  handler       = "main.handle"
  filename      = "code.zip"
  vpc_config {
    subnet_ids         = [aws_subnet.list.id]
    security_group_ids = [aws_security_group.list_caller.id]
  }
}

# UNKNOWN: the group of the endpoint is managed elsewhere.
resource "aws_vpc" "read_group" {
  cidr_block           = "10.0.0.0/16"
  enable_dns_hostnames = true
}

resource "aws_subnet" "read_group" {
  vpc_id            = aws_vpc.read_group.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_nat_gateway" "read_group" {
  vpc_id            = aws_vpc.read_group.id
  availability_mode = "regional"
}

resource "aws_route_table" "read_group" {
  vpc_id = aws_vpc.read_group.id
  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.read_group.id
  }
}

resource "aws_route_table_association" "read_group" {
  route_table_id = aws_route_table.read_group.id
  subnet_id      = aws_subnet.read_group.id
}

resource "aws_security_group" "read_group_caller" {
  name   = "read-group-caller"
  vpc_id = aws_vpc.read_group.id
}

resource "aws_vpc_endpoint" "unknown_read_group" {
  vpc_id              = aws_vpc.read_group.id
  service_name        = "com.amazonaws.us-east-1.secretsmanager"
  vpc_endpoint_type   = "Interface"
  subnet_ids          = [aws_subnet.read_group.id]
  private_dns_enabled = true
  security_group_ids  = ["sg-0123456789abcdef0"]
}

resource "aws_lambda_function" "read_group" {
  function_name = "read-group"
  role          = aws_iam_role.files.arn
  runtime       = "python3.13"
  handler       = "main.handle"
  filename      = "code.zip"
  vpc_config {
    subnet_ids         = [aws_subnet.read_group.id]
    security_group_ids = [aws_security_group.read_group_caller.id]
  }
}

# UNKNOWN: whether it has private DNS is decided later.
resource "terraform_data" "dns_later" {
  input = true
}

resource "aws_vpc" "dns_later" {
  cidr_block           = "10.0.0.0/16"
  enable_dns_hostnames = true
}

resource "aws_subnet" "dns_later" {
  vpc_id            = aws_vpc.dns_later.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_nat_gateway" "dns_later" {
  vpc_id            = aws_vpc.dns_later.id
  availability_mode = "regional"
}

resource "aws_route_table" "dns_later" {
  vpc_id = aws_vpc.dns_later.id
  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.dns_later.id
  }
}

resource "aws_route_table_association" "dns_later" {
  route_table_id = aws_route_table.dns_later.id
  subnet_id      = aws_subnet.dns_later.id
}

resource "aws_security_group" "dns_later_endpoint" {
  name   = "dns-later-endpoint"
  vpc_id = aws_vpc.dns_later.id
  ingress {
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = [aws_vpc.dns_later.cidr_block]
  }
}

resource "aws_vpc_endpoint" "unknown_dns_later" {
  vpc_id              = aws_vpc.dns_later.id
  service_name        = "com.amazonaws.us-east-1.secretsmanager"
  vpc_endpoint_type   = "Interface"
  subnet_ids          = [aws_subnet.dns_later.id]
  private_dns_enabled = terraform_data.dns_later.output
  security_group_ids  = [aws_security_group.dns_later_endpoint.id]
}

resource "aws_lambda_function" "dns_later" {
  function_name = "dns-later"
  role          = aws_iam_role.files.arn
  runtime       = "python3.13"
  handler       = "main.handle"
  filename      = "code.zip"
  vpc_config {
    subnet_ids         = [aws_subnet.dns_later.id]
    security_group_ids = []
  }
}

# UNKNOWN: the range that is let in is known after apply.
resource "terraform_data" "range_later" {
  input = "10.0.0.0/16"
}

resource "aws_vpc" "range_later" {
  cidr_block           = "10.0.0.0/16"
  enable_dns_hostnames = true
}

resource "aws_subnet" "range_later" {
  vpc_id            = aws_vpc.range_later.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_nat_gateway" "range_later" {
  vpc_id            = aws_vpc.range_later.id
  availability_mode = "regional"
}

resource "aws_route_table" "range_later" {
  vpc_id = aws_vpc.range_later.id
  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.range_later.id
  }
}

resource "aws_route_table_association" "range_later" {
  route_table_id = aws_route_table.range_later.id
  subnet_id      = aws_subnet.range_later.id
}

resource "aws_security_group" "range_later_caller" {
  name   = "range-later-caller"
  vpc_id = aws_vpc.range_later.id
}

resource "aws_security_group" "range_later_endpoint" {
  name   = "range-later-endpoint"
  vpc_id = aws_vpc.range_later.id
  ingress {
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = [terraform_data.range_later.output]
  }
}

resource "aws_vpc_endpoint" "unknown_range_later" {
  vpc_id              = aws_vpc.range_later.id
  service_name        = "com.amazonaws.us-east-1.secretsmanager"
  vpc_endpoint_type   = "Interface"
  subnet_ids          = [aws_subnet.range_later.id]
  private_dns_enabled = true
  security_group_ids  = [aws_security_group.range_later_endpoint.id]
}

resource "aws_lambda_function" "range_later" {
  function_name = "range-later"
  role          = aws_iam_role.files.arn
  runtime       = "python3.13"
  handler       = "main.handle"
  filename      = "code.zip"
  vpc_config {
    subnet_ids         = [aws_subnet.range_later.id]
    security_group_ids = [aws_security_group.range_later_caller.id]
  }
}

# UNKNOWN: it lets a group in, and which groups the caller has, another plan knows.
resource "aws_vpc" "caller_group" {
  cidr_block           = "10.0.0.0/16"
  enable_dns_hostnames = true
}

resource "aws_subnet" "caller_group" {
  vpc_id            = aws_vpc.caller_group.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_nat_gateway" "caller_group" {
  vpc_id            = aws_vpc.caller_group.id
  availability_mode = "regional"
}

resource "aws_route_table" "caller_group" {
  vpc_id = aws_vpc.caller_group.id
  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.caller_group.id
  }
}

resource "aws_route_table_association" "caller_group" {
  route_table_id = aws_route_table.caller_group.id
  subnet_id      = aws_subnet.caller_group.id
}

resource "aws_security_group" "caller_group_other" {
  name   = "caller-group-other"
  vpc_id = aws_vpc.caller_group.id
}

resource "aws_security_group" "caller_group_endpoint" {
  name   = "caller-group-endpoint"
  vpc_id = aws_vpc.caller_group.id
  ingress {
    from_port       = 443
    to_port         = 443
    protocol        = "tcp"
    security_groups = [aws_security_group.caller_group_other.id]
  }
}

resource "aws_vpc_endpoint" "unknown_caller_group" {
  vpc_id              = aws_vpc.caller_group.id
  service_name        = "com.amazonaws.us-east-1.secretsmanager"
  vpc_endpoint_type   = "Interface"
  subnet_ids          = [aws_subnet.caller_group.id]
  private_dns_enabled = true
  security_group_ids  = [aws_security_group.caller_group_endpoint.id]
}

resource "aws_lambda_function" "caller_group" {
  function_name = "caller-group"
  role          = aws_iam_role.files.arn
  runtime       = "python3.13"
  handler       = "main.handle"
  filename      = "code.zip"
  vpc_config {
    subnet_ids         = [aws_subnet.caller_group.id]
    security_group_ids = []
  }
}
