# missing-vpc-endpoint: what cannot be told before the plan is applied, and what can be told beside it.
#
# One network for each case; the rule reports at the network, or at the workload where nobody can tell in which network it
# stands. `terraform_data.decided_later` stands for whatever decides something during the apply: a script, another
# provider. Nothing in the configuration says what comes out of it.

terraform {
  required_providers {
    aws = { source = "hashicorp/aws", version = "~> 6.0" }
  }
}

provider "aws" {
  region = "us-east-1"
}

resource "terraform_data" "decided_later" {
  input = timestamp()
}

resource "aws_iam_role" "reads_files" {
  name = "reads-files"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }]
  })
  inline_policy {
    name = "files"
    policy = jsonencode({
      Version   = "2012-10-17"
      Statement = [{ Effect = "Allow", Action = "s3:GetObject", Resource = "*" }]
    })
  }
}

# --- what lies behind other networks ---

# UNKNOWN: everything leaves through a transit gateway. Endpoints may stand in a shared network behind it.
resource "aws_ec2_transit_gateway" "main" {
  description = "to the networks of others"
}

resource "aws_vpc" "unknown_transit" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "transit" {
  vpc_id            = aws_vpc.unknown_transit.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_ec2_transit_gateway_vpc_attachment" "transit" {
  transit_gateway_id = aws_ec2_transit_gateway.main.id
  vpc_id             = aws_vpc.unknown_transit.id
  subnet_ids         = [aws_subnet.transit.id]
}

resource "aws_route_table" "transit" {
  vpc_id = aws_vpc.unknown_transit.id
  route {
    cidr_block         = "0.0.0.0/0"
    transit_gateway_id = aws_ec2_transit_gateway.main.id
  }
}

resource "aws_route_table_association" "transit" {
  route_table_id = aws_route_table.transit.id
  subnet_id      = aws_subnet.transit.id
}

resource "aws_lambda_function" "transit" {
  function_name = "transit"
  role          = aws_iam_role.reads_files.arn
  runtime       = "python3.13"
  handler       = "main.handle"
  filename      = "code.zip"
  vpc_config {
    subnet_ids         = [aws_subnet.transit.id]
    security_group_ids = []
  }
}

# UNKNOWN: everything leaves for a data centre. `gateway_id` is where an internet gateway stands as well; what it leads to
# is a VPN gateway, and so this is no public subnet.
resource "aws_vpc" "unknown_data_centre" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_vpn_gateway" "data_centre" {
  vpc_id = aws_vpc.unknown_data_centre.id
}

resource "aws_subnet" "data_centre" {
  vpc_id            = aws_vpc.unknown_data_centre.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_route_table" "data_centre" {
  vpc_id = aws_vpc.unknown_data_centre.id
  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_vpn_gateway.data_centre.id
  }
}

resource "aws_route_table_association" "data_centre" {
  route_table_id = aws_route_table.data_centre.id
  subnet_id      = aws_subnet.data_centre.id
}

resource "aws_lambda_function" "data_centre" {
  function_name = "data-centre"
  role          = aws_iam_role.reads_files.arn
  runtime       = "python3.13"
  handler       = "main.handle"
  filename      = "code.zip"
  vpc_config {
    subnet_ids         = [aws_subnet.data_centre.id]
    security_group_ids = []
  }
}

# UNKNOWN: a private NAT gateway leads to other networks, not to the internet.
resource "aws_vpc" "unknown_private_nat" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "private_nat_front" {
  vpc_id            = aws_vpc.unknown_private_nat.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.0.0/24"
}

resource "aws_subnet" "private_nat" {
  vpc_id            = aws_vpc.unknown_private_nat.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_nat_gateway" "private_nat" {
  connectivity_type = "private"
  subnet_id         = aws_subnet.private_nat_front.id
}

resource "aws_route_table" "private_nat_front" {
  vpc_id = aws_vpc.unknown_private_nat.id
  route {
    cidr_block         = "0.0.0.0/0"
    transit_gateway_id = aws_ec2_transit_gateway.main.id
  }
}

resource "aws_route_table" "private_nat" {
  vpc_id = aws_vpc.unknown_private_nat.id
  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.private_nat.id
  }
}

resource "aws_route_table_association" "private_nat_front" {
  route_table_id = aws_route_table.private_nat_front.id
  subnet_id      = aws_subnet.private_nat_front.id
}

resource "aws_route_table_association" "private_nat" {
  route_table_id = aws_route_table.private_nat.id
  subnet_id      = aws_subnet.private_nat.id
}

resource "aws_lambda_function" "private_nat" {
  function_name = "private-nat"
  role          = aws_iam_role.reads_files.arn
  runtime       = "python3.13"
  handler       = "main.handle"
  filename      = "code.zip"
  vpc_config {
    subnet_ids         = [aws_subnet.private_nat.id]
    security_group_ids = []
  }
}

# --- where somebody stands ---

# UNKNOWN, at the function: its subnets are looked up by a tag when the network is there. That there is one subnet of the
# network in this plan does not say that it is meant.
resource "aws_vpc" "good_looked_up" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "looked_up" {
  vpc_id            = aws_vpc.good_looked_up.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

data "aws_subnets" "looked_up" {
  filter {
    name   = "vpc-id"
    values = [aws_vpc.good_looked_up.id]
  }
  tags = { tier = "private" }
}

resource "aws_lambda_function" "unknown_looked_up" {
  function_name = "looked-up"
  role          = aws_iam_role.reads_files.arn
  runtime       = "python3.13"
  handler       = "main.handle"
  filename      = "code.zip"
  vpc_config {
    subnet_ids         = data.aws_subnets.looked_up.ids
    security_group_ids = []
  }
}

# UNKNOWN, at the function: its subnets are given by their ids; what else their network holds, another plan knows.
resource "aws_lambda_function" "unknown_by_id" {
  function_name = "by-id"
  role          = aws_iam_role.reads_files.arn
  runtime       = "python3.13"
  handler       = "main.handle"
  filename      = "code.zip"
  vpc_config {
    subnet_ids         = ["subnet-0aaaaaaaaaaaaaaaa", "subnet-0bbbbbbbbbbbbbbbb"]
    security_group_ids = []
  }
}

# UNKNOWN, at this function as well: nothing says that its subnet and those above lie in one network.
resource "aws_lambda_function" "unknown_by_other_id" {
  function_name = "by-other-id"
  role          = aws_iam_role.reads_files.arn
  runtime       = "python3.13"
  handler       = "main.handle"
  filename      = "code.zip"
  vpc_config {
    subnet_ids         = ["subnet-0cccccccccccccccc"]
    security_group_ids = []
  }
}

# --- routes ---

# UNKNOWN: which table the subnet is put into is decided later.
resource "aws_vpc" "unknown_table" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "table" {
  vpc_id            = aws_vpc.unknown_table.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_route_table_association" "table" {
  route_table_id = terraform_data.decided_later.output
  subnet_id      = aws_subnet.table.id
}

resource "aws_lambda_function" "table" {
  function_name = "table"
  role          = aws_iam_role.reads_files.arn
  runtime       = "python3.13"
  handler       = "main.handle"
  filename      = "code.zip"
  vpc_config {
    subnet_ids         = [aws_subnet.table.id]
    security_group_ids = []
  }
}

# UNKNOWN: which routes the table holds is decided later.
resource "aws_vpc" "unknown_routes" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "routes" {
  vpc_id            = aws_vpc.unknown_routes.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_route_table" "routes" {
  vpc_id = aws_vpc.unknown_routes.id
  dynamic "route" {
    for_each = toset([terraform_data.decided_later.output])
    content {
      cidr_block           = route.value
      network_interface_id = route.value
    }
  }
}

resource "aws_route_table_association" "routes" {
  route_table_id = aws_route_table.routes.id
  subnet_id      = aws_subnet.routes.id
}

resource "aws_lambda_function" "routes" {
  function_name = "routes"
  role          = aws_iam_role.reads_files.arn
  runtime       = "python3.13"
  handler       = "main.handle"
  filename      = "code.zip"
  vpc_config {
    subnet_ids         = [aws_subnet.routes.id]
    security_group_ids = []
  }
}

# UNKNOWN: a table of the network is given to a subnet that is decided later; it may be this one.
resource "aws_vpc" "unknown_association" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "association" {
  vpc_id            = aws_vpc.unknown_association.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_nat_gateway" "association" {
  vpc_id            = aws_vpc.unknown_association.id
  availability_mode = "regional"
}

resource "aws_route_table" "association" {
  vpc_id = aws_vpc.unknown_association.id
}

resource "aws_route" "association" {
  route_table_id         = aws_route_table.association.id
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = aws_nat_gateway.association.id
}

resource "aws_route_table_association" "association" {
  route_table_id = aws_route_table.association.id
  subnet_id      = terraform_data.decided_later.output
}

resource "aws_lambda_function" "association" {
  function_name = "association"
  role          = aws_iam_role.reads_files.arn
  runtime       = "python3.13"
  handler       = "main.handle"
  filename      = "code.zip"
  vpc_config {
    subnet_ids         = [aws_subnet.association.id]
    security_group_ids = []
  }
}

# BAD: s3. The association above belongs to another network's table, and says nothing of this one: its subnet keeps the
# main table of a new network, which leads nowhere.
resource "aws_vpc" "bad_beside" {
  cidr_block = "10.1.0.0/16"
}

resource "aws_subnet" "beside" {
  vpc_id            = aws_vpc.bad_beside.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.1.1.0/24"
}

resource "aws_lambda_function" "beside" {
  function_name = "beside"
  role          = aws_iam_role.reads_files.arn
  runtime       = "python3.13"
  handler       = "main.handle"
  filename      = "code.zip"
  vpc_config {
    subnet_ids         = [aws_subnet.beside.id]
    security_group_ids = []
  }
}

# --- endpoints ---

# GOOD here: `unrouted-gateway-endpoint` cannot tell either. The endpoint is put into the tables that are found when the
# network is there.
resource "aws_vpc" "good_endpoint_tables" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "endpoint_tables" {
  vpc_id            = aws_vpc.good_endpoint_tables.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_nat_gateway" "endpoint_tables" {
  vpc_id            = aws_vpc.good_endpoint_tables.id
  availability_mode = "regional"
}

resource "aws_route_table" "endpoint_tables" {
  vpc_id = aws_vpc.good_endpoint_tables.id
  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.endpoint_tables.id
  }
}

resource "aws_route_table_association" "endpoint_tables" {
  route_table_id = aws_route_table.endpoint_tables.id
  subnet_id      = aws_subnet.endpoint_tables.id
}

data "aws_route_tables" "endpoint_tables" {
  vpc_id = aws_vpc.good_endpoint_tables.id
  tags   = { tier = "private" }
}

resource "aws_vpc_endpoint" "endpoint_tables" {
  vpc_id          = aws_vpc.good_endpoint_tables.id
  service_name    = "com.amazonaws.us-east-1.s3"
  route_table_ids = data.aws_route_tables.endpoint_tables.ids
}

resource "aws_lambda_function" "endpoint_tables" {
  function_name = "endpoint-tables"
  role          = aws_iam_role.reads_files.arn
  runtime       = "python3.13"
  handler       = "main.handle"
  filename      = "code.zip"
  vpc_config {
    subnet_ids         = [aws_subnet.endpoint_tables.id]
    security_group_ids = []
  }
}

# UNKNOWN: which service the endpoint is for is decided later.
resource "aws_vpc" "unknown_service" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "service" {
  vpc_id            = aws_vpc.unknown_service.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_route_table" "service" {
  vpc_id = aws_vpc.unknown_service.id
}

resource "aws_route_table_association" "service" {
  route_table_id = aws_route_table.service.id
  subnet_id      = aws_subnet.service.id
}

resource "aws_vpc_endpoint" "service" {
  vpc_id          = aws_vpc.unknown_service.id
  service_name    = terraform_data.decided_later.output
  route_table_ids = [aws_route_table.service.id]
}

resource "aws_lambda_function" "service" {
  function_name = "service"
  role          = aws_iam_role.reads_files.arn
  runtime       = "python3.13"
  handler       = "main.handle"
  filename      = "code.zip"
  vpc_config {
    subnet_ids         = [aws_subnet.service.id]
    security_group_ids = []
  }
}

# GOOD: an endpoint of which the service is decided later stands here as well; another one serves S3 for certain.
resource "aws_vpc" "good_service" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "known_service" {
  vpc_id            = aws_vpc.good_service.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_route_table" "known_service" {
  vpc_id = aws_vpc.good_service.id
}

resource "aws_route_table_association" "known_service" {
  route_table_id = aws_route_table.known_service.id
  subnet_id      = aws_subnet.known_service.id
}

resource "aws_vpc_endpoint" "known_service" {
  vpc_id          = aws_vpc.good_service.id
  service_name    = "com.amazonaws.us-east-1.s3"
  route_table_ids = [aws_route_table.known_service.id]
}

resource "aws_vpc_endpoint" "some_service" {
  vpc_id            = aws_vpc.good_service.id
  service_name      = terraform_data.decided_later.output
  vpc_endpoint_type = "Interface"
  subnet_ids        = [aws_subnet.known_service.id]
}

resource "aws_lambda_function" "known_service" {
  function_name = "known-service"
  role          = aws_iam_role.reads_files.arn
  runtime       = "python3.13"
  handler       = "main.handle"
  filename      = "code.zip"
  vpc_config {
    subnet_ids         = [aws_subnet.known_service.id]
    security_group_ids = []
  }
}

# GOOD here, see `unrouted-gateway-endpoint`: beside the endpoint in the wrong table stands one that may serve this subnet.
resource "aws_vpc" "good_second_endpoint" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "second_endpoint" {
  vpc_id            = aws_vpc.good_second_endpoint.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_route_table" "second_endpoint" {
  vpc_id = aws_vpc.good_second_endpoint.id
}

resource "aws_route_table" "second_endpoint_other" {
  vpc_id = aws_vpc.good_second_endpoint.id
}

resource "aws_route_table_association" "second_endpoint" {
  route_table_id = aws_route_table.second_endpoint.id
  subnet_id      = aws_subnet.second_endpoint.id
}

resource "aws_vpc_endpoint" "second_endpoint_a" {
  vpc_id          = aws_vpc.good_second_endpoint.id
  service_name    = "com.amazonaws.us-east-1.s3"
  route_table_ids = [terraform_data.decided_later.output]
}

resource "aws_vpc_endpoint" "second_endpoint_b" {
  vpc_id          = aws_vpc.good_second_endpoint.id
  service_name    = "com.amazonaws.us-east-1.s3"
  route_table_ids = [aws_route_table.second_endpoint_other.id]
}

resource "aws_lambda_function" "second_endpoint" {
  function_name = "second-endpoint"
  role          = aws_iam_role.reads_files.arn
  runtime       = "python3.13"
  handler       = "main.handle"
  filename      = "code.zip"
  vpc_config {
    subnet_ids         = [aws_subnet.second_endpoint.id]
    security_group_ids = []
  }
}

# UNKNOWN: the default network's subnets are public, but a function has no public address, and which endpoints the network
# was given elsewhere, this plan does not know: it has only taken the network over.
resource "aws_default_vpc" "unknown_default" {
}

resource "aws_default_subnet" "default" {
  availability_zone = "us-east-1a"
}

resource "aws_default_route_table" "default" {
  default_route_table_id = aws_default_vpc.unknown_default.default_route_table_id
  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = "igw-0aaaaaaaaaaaaaaaa"
  }
}

resource "aws_lambda_function" "default" {
  function_name = "default"
  role          = aws_iam_role.reads_files.arn
  runtime       = "python3.13"
  handler       = "main.handle"
  filename      = "code.zip"
  vpc_config {
    subnet_ids         = [aws_default_subnet.default.id]
    security_group_ids = []
  }
}
