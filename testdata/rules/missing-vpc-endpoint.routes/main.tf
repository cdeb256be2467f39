# missing-vpc-endpoint: which way leads out of a subnet, and which endpoints serve it.
#
# One network for each case, cut down to what decides it. The workloads are functions in a network, which never have a
# public address: one role lets them read S3, another read a secret.

terraform {
  required_providers {
    aws = { source = "hashicorp/aws", version = "~> 6.0" }
  }
}

provider "aws" {
  region = "us-east-1"
}

locals {
  region = "us-east-1"
  zones  = { us-east-1a = "10.0.1.0/24", us-east-1b = "10.0.2.0/24", us-east-1c = "10.0.3.0/24" }
  functions = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }]
  })
}

resource "aws_iam_role" "reads_files" {
  name               = "reads-files"
  assume_role_policy = local.functions
  inline_policy {
    name = "files"
    policy = jsonencode({
      Version   = "2012-10-17"
      Statement = [{ Effect = "Allow", Action = "s3:GetObject", Resource = "*" }]
    })
  }
}

resource "aws_iam_role" "reads_secrets" {
  name               = "reads-secrets"
  assume_role_policy = local.functions
  inline_policy {
    name = "secrets"
    policy = jsonencode({
      Version   = "2012-10-17"
      Statement = [{ Effect = "Allow", Action = "secretsmanager:GetSecretValue", Resource = "*" }]
    })
  }
}

# --- gateway endpoints and route tables ---

# GOOD here: `unrouted-gateway-endpoint` says that the endpoint is in the public table only, as when somebody took the first
# table at hand.
resource "aws_vpc" "good_public_table_only" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_internet_gateway" "public_table_only" {
  vpc_id = aws_vpc.good_public_table_only.id
}

resource "aws_subnet" "public_table_only_front" {
  vpc_id            = aws_vpc.good_public_table_only.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.0.0/24"
}

resource "aws_subnet" "public_table_only" {
  vpc_id            = aws_vpc.good_public_table_only.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_eip" "public_table_only" {
  domain = "vpc"
}

resource "aws_nat_gateway" "public_table_only" {
  subnet_id     = aws_subnet.public_table_only_front.id
  allocation_id = aws_eip.public_table_only.id
}

resource "aws_route_table" "public_table_only_front" {
  vpc_id = aws_vpc.good_public_table_only.id
  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.public_table_only.id
  }
}

resource "aws_route_table" "public_table_only" {
  vpc_id = aws_vpc.good_public_table_only.id
  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.public_table_only.id
  }
}

resource "aws_route_table_association" "public_table_only_front" {
  route_table_id = aws_route_table.public_table_only_front.id
  subnet_id      = aws_subnet.public_table_only_front.id
}

resource "aws_route_table_association" "public_table_only" {
  route_table_id = aws_route_table.public_table_only.id
  subnet_id      = aws_subnet.public_table_only.id
}

resource "aws_vpc_endpoint" "public_table_only" {
  vpc_id            = aws_vpc.good_public_table_only.id
  service_name      = "com.amazonaws.${local.region}.s3"
  vpc_endpoint_type = "Gateway"
  route_table_ids   = [aws_route_table.public_table_only_front.id]
}

resource "aws_lambda_function" "public_table_only" {
  function_name = "public-table-only"
  role          = aws_iam_role.reads_files.arn
  runtime       = "python3.13"
  handler       = "main.handle"
  filename      = "code.zip"
  vpc_config {
    subnet_ids         = [aws_subnet.public_table_only.id]
    security_group_ids = []
  }
}

# GOOD here: `unrouted-gateway-endpoint` names two subnets of three. Each zone has a table of its own, and the endpoint is in the first only.
resource "aws_vpc" "good_one_table_of_three" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "one_of_three" {
  for_each          = local.zones
  vpc_id            = aws_vpc.good_one_table_of_three.id
  availability_zone = each.key
  cidr_block        = each.value
}

resource "aws_nat_gateway" "one_of_three" {
  vpc_id            = aws_vpc.good_one_table_of_three.id
  availability_mode = "regional"
}

resource "aws_route_table" "one_of_three" {
  for_each = local.zones
  vpc_id   = aws_vpc.good_one_table_of_three.id
}

resource "aws_route" "one_of_three" {
  for_each               = local.zones
  route_table_id         = aws_route_table.one_of_three[each.key].id
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = aws_nat_gateway.one_of_three.id
}

resource "aws_route_table_association" "one_of_three" {
  for_each       = local.zones
  route_table_id = aws_route_table.one_of_three[each.key].id
  subnet_id      = aws_subnet.one_of_three[each.key].id
}

resource "aws_vpc_endpoint" "one_of_three" {
  vpc_id          = aws_vpc.good_one_table_of_three.id
  service_name    = "com.amazonaws.${local.region}.s3"
  route_table_ids = [aws_route_table.one_of_three["us-east-1a"].id]
}

resource "aws_lambda_function" "one_of_three" {
  function_name = "one-of-three"
  role          = aws_iam_role.reads_files.arn
  runtime       = "python3.13"
  handler       = "main.handle"
  filename      = "code.zip"
  vpc_config {
    subnet_ids         = [for subnet in aws_subnet.one_of_three : subnet.id]
    security_group_ids = []
  }
}

# GOOD: the same, and the endpoint is in all three tables. A fourth subnet of the network, whose table it is not in,
# holds nobody.
resource "aws_vpc" "good_all_tables" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "all_tables" {
  for_each          = local.zones
  vpc_id            = aws_vpc.good_all_tables.id
  availability_zone = each.key
  cidr_block        = each.value
}

resource "aws_subnet" "all_tables_unused" {
  vpc_id            = aws_vpc.good_all_tables.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.9.0/24"
}

resource "aws_nat_gateway" "all_tables" {
  vpc_id            = aws_vpc.good_all_tables.id
  availability_mode = "regional"
}

resource "aws_route_table" "all_tables" {
  for_each = local.zones
  vpc_id   = aws_vpc.good_all_tables.id
  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.all_tables.id
  }
}

resource "aws_route_table" "all_tables_unused" {
  vpc_id = aws_vpc.good_all_tables.id
}

resource "aws_route_table_association" "all_tables" {
  for_each       = local.zones
  route_table_id = aws_route_table.all_tables[each.key].id
  subnet_id      = aws_subnet.all_tables[each.key].id
}

resource "aws_route_table_association" "all_tables_unused" {
  route_table_id = aws_route_table.all_tables_unused.id
  subnet_id      = aws_subnet.all_tables_unused.id
}

resource "aws_vpc_endpoint" "all_tables" {
  vpc_id          = aws_vpc.good_all_tables.id
  service_name    = "com.amazonaws.${local.region}.s3"
  route_table_ids = [for table in aws_route_table.all_tables : table.id]
}

resource "aws_lambda_function" "all_tables" {
  function_name = "all-tables"
  role          = aws_iam_role.reads_files.arn
  runtime       = "python3.13"
  handler       = "main.handle"
  filename      = "code.zip"
  vpc_config {
    subnet_ids         = values(aws_subnet.all_tables)[*].id
    security_group_ids = []
  }
}

# GOOD: resources of their own put the endpoint into the tables; made by count.
resource "aws_vpc" "good_associated" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "associated" {
  count             = 2
  vpc_id            = aws_vpc.good_associated.id
  availability_zone = ["us-east-1a", "us-east-1b"][count.index]
  cidr_block        = cidrsubnet("10.0.0.0/16", 8, count.index)
}

resource "aws_nat_gateway" "associated" {
  vpc_id            = aws_vpc.good_associated.id
  availability_mode = "regional"
}

resource "aws_route_table" "associated" {
  count  = 2
  vpc_id = aws_vpc.good_associated.id
}

resource "aws_route" "associated" {
  count                  = 2
  route_table_id         = aws_route_table.associated[count.index].id
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = aws_nat_gateway.associated.id
}

resource "aws_route_table_association" "associated" {
  count          = 2
  route_table_id = element(aws_route_table.associated[*].id, count.index)
  subnet_id      = element(aws_subnet.associated[*].id, count.index)
}

resource "aws_vpc_endpoint" "associated" {
  vpc_id       = aws_vpc.good_associated.id
  service_name = "com.amazonaws.${local.region}.s3"
}

resource "aws_vpc_endpoint_route_table_association" "associated" {
  count           = 2
  vpc_endpoint_id = aws_vpc_endpoint.associated.id
  route_table_id  = aws_route_table.associated[count.index].id
}

resource "aws_lambda_function" "associated" {
  function_name = "associated"
  role          = aws_iam_role.reads_files.arn
  runtime       = "python3.13"
  handler       = "main.handle"
  filename      = "code.zip"
  vpc_config {
    subnet_ids         = aws_subnet.associated[*].id
    security_group_ids = []
  }
}

# GOOD here, see `unrouted-gateway-endpoint`. The resource that puts the endpoint into a table names the table of other subnets.
resource "aws_vpc" "good_associated_elsewhere" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "associated_elsewhere" {
  vpc_id            = aws_vpc.good_associated_elsewhere.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_nat_gateway" "associated_elsewhere" {
  vpc_id            = aws_vpc.good_associated_elsewhere.id
  availability_mode = "regional"
}

resource "aws_route_table" "associated_elsewhere" {
  vpc_id = aws_vpc.good_associated_elsewhere.id
}

resource "aws_route_table" "associated_elsewhere_data" {
  vpc_id = aws_vpc.good_associated_elsewhere.id
}

resource "aws_route" "associated_elsewhere" {
  route_table_id         = aws_route_table.associated_elsewhere.id
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = aws_nat_gateway.associated_elsewhere.id
}

resource "aws_route_table_association" "associated_elsewhere" {
  route_table_id = aws_route_table.associated_elsewhere.id
  subnet_id      = aws_subnet.associated_elsewhere.id
}

resource "aws_vpc_endpoint" "associated_elsewhere" {
  vpc_id       = aws_vpc.good_associated_elsewhere.id
  service_name = "com.amazonaws.${local.region}.s3"
}

resource "aws_vpc_endpoint_route_table_association" "associated_elsewhere" {
  vpc_endpoint_id = aws_vpc_endpoint.associated_elsewhere.id
  route_table_id  = aws_route_table.associated_elsewhere_data.id
}

resource "aws_lambda_function" "associated_elsewhere" {
  function_name = "associated-elsewhere"
  role          = aws_iam_role.reads_files.arn
  runtime       = "python3.13"
  handler       = "main.handle"
  filename      = "code.zip"
  vpc_config {
    subnet_ids         = [aws_subnet.associated_elsewhere.id]
    security_group_ids = []
  }
}

# BAD: s3. The only endpoint for it stands in the network above; it serves nobody here.
resource "aws_vpc" "bad_other_network" {
  cidr_block = "10.1.0.0/16"
}

resource "aws_subnet" "other_network" {
  vpc_id            = aws_vpc.bad_other_network.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.1.1.0/24"
}

resource "aws_nat_gateway" "other_network" {
  vpc_id            = aws_vpc.bad_other_network.id
  availability_mode = "regional"
}

resource "aws_route_table" "other_network" {
  vpc_id = aws_vpc.bad_other_network.id
  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.other_network.id
  }
}

resource "aws_route_table_association" "other_network" {
  route_table_id = aws_route_table.other_network.id
  subnet_id      = aws_subnet.other_network.id
}

resource "aws_lambda_function" "other_network" {
  function_name = "other-network"
  role          = aws_iam_role.reads_files.arn
  runtime       = "python3.13"
  handler       = "main.handle"
  filename      = "code.zip"
  vpc_config {
    subnet_ids         = [aws_subnet.other_network.id]
    security_group_ids = []
  }
}

# --- main route tables ---

# GOOD: nothing associates the subnet, so that the network's main table routes it, which Terraform has taken over. It
# leads to NAT, and the endpoint is in it.
resource "aws_vpc" "good_main_table" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "main_table" {
  vpc_id            = aws_vpc.good_main_table.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_nat_gateway" "main_table" {
  vpc_id            = aws_vpc.good_main_table.id
  availability_mode = "regional"
}

resource "aws_default_route_table" "main_table" {
  default_route_table_id = aws_vpc.good_main_table.default_route_table_id
  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.main_table.id
  }
}

resource "aws_vpc_endpoint" "main_table" {
  vpc_id          = aws_vpc.good_main_table.id
  service_name    = "com.amazonaws.${local.region}.s3"
  route_table_ids = [aws_default_route_table.main_table.id]
}

resource "aws_lambda_function" "main_table" {
  function_name = "main-table"
  role          = aws_iam_role.reads_files.arn
  runtime       = "python3.13"
  handler       = "main.handle"
  filename      = "code.zip"
  vpc_config {
    subnet_ids         = [aws_subnet.main_table.id]
    security_group_ids = []
  }
}

# BAD: s3. The main table is one that the plan makes, and leads to NAT; no endpoint.
resource "aws_vpc" "bad_made_main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "made_main" {
  vpc_id            = aws_vpc.bad_made_main.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_nat_gateway" "made_main" {
  vpc_id            = aws_vpc.bad_made_main.id
  availability_mode = "regional"
}

resource "aws_route_table" "made_main" {
  vpc_id = aws_vpc.bad_made_main.id
}

resource "aws_route" "made_main" {
  route_table_id         = aws_route_table.made_main.id
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = aws_nat_gateway.made_main.id
}

resource "aws_main_route_table_association" "made_main" {
  vpc_id         = aws_vpc.bad_made_main.id
  route_table_id = aws_route_table.made_main.id
}

resource "aws_lambda_function" "made_main" {
  function_name = "made-main"
  role          = aws_iam_role.reads_files.arn
  runtime       = "python3.13"
  handler       = "main.handle"
  filename      = "code.zip"
  vpc_config {
    subnet_ids         = [aws_subnet.made_main.id]
    security_group_ids = []
  }
}

# BAD: s3, through the NAT gateway and not "no way out". A route of its own goes into the main table that the network
# comes with; the network knows that table's id.
resource "aws_vpc" "bad_route_in_main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "route_in_main" {
  vpc_id            = aws_vpc.bad_route_in_main.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_nat_gateway" "route_in_main" {
  vpc_id            = aws_vpc.bad_route_in_main.id
  availability_mode = "regional"
}

resource "aws_route" "route_in_main" {
  route_table_id         = aws_vpc.bad_route_in_main.main_route_table_id
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = aws_nat_gateway.route_in_main.id
}

resource "aws_lambda_function" "route_in_main" {
  function_name = "route-in-main"
  role          = aws_iam_role.reads_files.arn
  runtime       = "python3.13"
  handler       = "main.handle"
  filename      = "code.zip"
  vpc_config {
    subnet_ids         = [aws_subnet.route_in_main.id]
    security_group_ids = []
  }
}

# GOOD: isolated, routed by the main table that the network comes with, and the endpoint is in just that table.
resource "aws_vpc" "good_endpoint_in_main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "endpoint_in_main" {
  vpc_id            = aws_vpc.good_endpoint_in_main.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_vpc_endpoint" "endpoint_in_main" {
  vpc_id          = aws_vpc.good_endpoint_in_main.id
  service_name    = "com.amazonaws.${local.region}.s3"
  route_table_ids = [aws_vpc.good_endpoint_in_main.main_route_table_id]
}

resource "aws_lambda_function" "endpoint_in_main" {
  function_name = "endpoint-in-main"
  role          = aws_iam_role.reads_files.arn
  runtime       = "python3.13"
  handler       = "main.handle"
  filename      = "code.zip"
  vpc_config {
    subnet_ids         = [aws_subnet.endpoint_in_main.id]
    security_group_ids = []
  }
}

# --- interface endpoints ---

# GOOD: an interface endpoint serves S3 as well, where its private DNS is on. A gateway would be free, but it is served.
resource "aws_vpc" "good_interface_for_files" {
  cidr_block           = "10.0.0.0/16"
  enable_dns_hostnames = true
}

resource "aws_subnet" "interface_for_files" {
  vpc_id            = aws_vpc.good_interface_for_files.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_vpc_endpoint" "interface_for_files" {
  vpc_id              = aws_vpc.good_interface_for_files.id
  service_name        = "com.amazonaws.${local.region}.s3"
  vpc_endpoint_type   = "Interface"
  private_dns_enabled = true
  subnet_ids          = [aws_subnet.interface_for_files.id]
  dns_options {
    private_dns_only_for_inbound_resolver_endpoint = false
  }
}

resource "aws_lambda_function" "interface_for_files" {
  function_name = "interface-for-files"
  role          = aws_iam_role.reads_files.arn
  runtime       = "python3.13"
  handler       = "main.handle"
  filename      = "code.zip"
  vpc_config {
    subnet_ids         = [aws_subnet.interface_for_files.id]
    security_group_ids = []
  }
}

# BAD: s3, high. The layers of images lie in S3, and an interface endpoint cannot be used to pull them: it takes a gateway
# (Amazon ECS developer guide, interface VPC endpoints). The task cannot start.
resource "aws_vpc" "bad_interface_for_images" {
  cidr_block           = "10.0.0.0/16"
  enable_dns_hostnames = true
}

resource "aws_subnet" "interface_for_images" {
  vpc_id            = aws_vpc.bad_interface_for_images.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_vpc_endpoint" "interface_for_images" {
  for_each            = toset(["s3", "ecr.api", "ecr.dkr", "logs"])
  vpc_id              = aws_vpc.bad_interface_for_images.id
  service_name        = "com.amazonaws.${local.region}.${each.key}"
  vpc_endpoint_type   = "Interface"
  private_dns_enabled = true
  subnet_ids          = [aws_subnet.interface_for_images.id]
}

resource "aws_ecs_cluster" "main" {
  name = "main"
}

resource "aws_ecs_task_definition" "private_image" {
  family                   = "private-image"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  execution_role_arn       = "arn:aws:iam::123456789012:role/starts-tasks"
  container_definitions = jsonencode([{
    name             = "api"
    image            = "123456789012.dkr.ecr.us-east-1.amazonaws.com/shop/api:1.4.2"
    logConfiguration = { logDriver = "awslogs", options = { awslogs-group = "/shop/api", awslogs-region = "us-east-1" } }
  }])
}

resource "aws_ecs_service" "interface_for_images" {
  name            = "interface-for-images"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.private_image.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = [aws_subnet.interface_for_images.id]
  }
}

# GOOD here, see `unreachable-interface-endpoint`: ecr.dkr and secretsmanager. Their endpoints are there, but their private DNS is off: the names still lead to the
# public addresses, and so the calls to NAT.
resource "aws_vpc" "good_private_dns_off" {
  cidr_block           = "10.0.0.0/16"
  enable_dns_hostnames = true
}

resource "aws_subnet" "private_dns_off" {
  vpc_id            = aws_vpc.good_private_dns_off.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_nat_gateway" "private_dns_off" {
  vpc_id            = aws_vpc.good_private_dns_off.id
  availability_mode = "regional"
}

resource "aws_route_table" "private_dns_off" {
  vpc_id = aws_vpc.good_private_dns_off.id
  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.private_dns_off.id
  }
}

resource "aws_route_table_association" "private_dns_off" {
  route_table_id = aws_route_table.private_dns_off.id
  subnet_id      = aws_subnet.private_dns_off.id
}

resource "aws_vpc_endpoint" "private_dns_off" {
  for_each            = { "ecr.api" = true, "ecr.dkr" = false, logs = true, secretsmanager = false }
  vpc_id              = aws_vpc.good_private_dns_off.id
  service_name        = "com.amazonaws.${local.region}.${each.key}"
  vpc_endpoint_type   = "Interface"
  private_dns_enabled = each.value
  subnet_ids          = [aws_subnet.private_dns_off.id]
}

resource "aws_vpc_endpoint" "private_dns_off_s3" {
  vpc_id          = aws_vpc.good_private_dns_off.id
  service_name    = "com.amazonaws.${local.region}.s3"
  route_table_ids = [aws_route_table.private_dns_off.id]
}

resource "aws_ecs_service" "private_dns_off" {
  name            = "private-dns-off"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.private_image.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = [aws_subnet.private_dns_off.id]
  }
}

resource "aws_lambda_function" "private_dns_off" {
  function_name = "private-dns-off"
  role          = aws_iam_role.reads_secrets.arn
  runtime       = "python3.13"
  handler       = "main.handle"
  filename      = "code.zip"
  vpc_config {
    subnet_ids         = [aws_subnet.private_dns_off.id]
    security_group_ids = []
  }
}

# GOOD: private DNS is off as well, but a private zone of the network's own gives the service's name the endpoint's address.
resource "aws_vpc" "good_own_zone" {
  cidr_block           = "10.0.0.0/16"
  enable_dns_hostnames = true
}

resource "aws_subnet" "own_zone" {
  vpc_id            = aws_vpc.good_own_zone.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_vpc_endpoint" "own_zone" {
  vpc_id              = aws_vpc.good_own_zone.id
  service_name        = "com.amazonaws.${local.region}.secretsmanager"
  vpc_endpoint_type   = "Interface"
  private_dns_enabled = false
  subnet_ids          = [aws_subnet.own_zone.id]
}

resource "aws_route53_zone" "own_zone" {
  name = "secretsmanager.us-east-1.amazonaws.com"
  vpc {
    vpc_id = aws_vpc.good_own_zone.id
  }
}

resource "aws_route53_record" "own_zone" {
  zone_id = aws_route53_zone.own_zone.zone_id
  name    = "secretsmanager.us-east-1.amazonaws.com"
  type    = "A"
  alias {
    name                   = aws_vpc_endpoint.own_zone.dns_entry[0].dns_name
    zone_id                = aws_vpc_endpoint.own_zone.dns_entry[0].hosted_zone_id
    evaluate_target_health = false
  }
}

resource "aws_lambda_function" "own_zone" {
  function_name = "own-zone"
  role          = aws_iam_role.reads_secrets.arn
  runtime       = "python3.13"
  handler       = "main.handle"
  filename      = "code.zip"
  vpc_config {
    subnet_ids         = [aws_subnet.own_zone.id]
    security_group_ids = []
  }
}

# BAD: secretsmanager. The endpoint is for the service of another region; endpoints are regional.
resource "aws_vpc" "bad_other_region" {
  cidr_block           = "10.0.0.0/16"
  enable_dns_hostnames = true
}

resource "aws_subnet" "other_region" {
  vpc_id            = aws_vpc.bad_other_region.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_nat_gateway" "other_region" {
  vpc_id            = aws_vpc.bad_other_region.id
  availability_mode = "regional"
}

resource "aws_route_table" "other_region" {
  vpc_id = aws_vpc.bad_other_region.id
  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.other_region.id
  }
}

resource "aws_route_table_association" "other_region" {
  route_table_id = aws_route_table.other_region.id
  subnet_id      = aws_subnet.other_region.id
}

resource "aws_vpc_endpoint" "other_region" {
  vpc_id              = aws_vpc.bad_other_region.id
  service_name        = "com.amazonaws.eu-west-1.secretsmanager"
  service_region      = "eu-west-1"
  vpc_endpoint_type   = "Interface"
  private_dns_enabled = true
  subnet_ids          = [aws_subnet.other_region.id]
}

resource "aws_lambda_function" "other_region" {
  function_name = "other-region"
  role          = aws_iam_role.reads_secrets.arn
  runtime       = "python3.13"
  handler       = "main.handle"
  filename      = "code.zip"
  vpc_config {
    subnet_ids         = [aws_subnet.other_region.id]
    security_group_ids = []
  }
}

# BAD: s3 of eu-west-1, where this network lies; the remedy names that region and not the provider's.
resource "aws_vpc" "bad_in_ireland" {
  region     = "eu-west-1"
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "in_ireland" {
  region            = "eu-west-1"
  vpc_id            = aws_vpc.bad_in_ireland.id
  availability_zone = "eu-west-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_lambda_function" "in_ireland" {
  region        = "eu-west-1"
  function_name = "in-ireland"
  role          = aws_iam_role.reads_files.arn
  runtime       = "python3.13"
  handler       = "main.handle"
  filename      = "code.zip"
  vpc_config {
    subnet_ids         = [aws_subnet.in_ireland.id]
    security_group_ids = []
  }
}

# --- ways out ---

# BAD: s3, medium: "cannot reach it". No route at all, no endpoint.
resource "aws_vpc" "bad_isolated" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "isolated" {
  vpc_id            = aws_vpc.bad_isolated.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_lambda_function" "isolated" {
  function_name = "isolated"
  role          = aws_iam_role.reads_files.arn
  runtime       = "python3.13"
  handler       = "main.handle"
  filename      = "code.zip"
  vpc_config {
    subnet_ids         = [aws_subnet.isolated.id]
    security_group_ids = []
  }
}

# BAD: ecr.api, ecr.dkr, s3, logs and ssmmessages. Without a way out the tasks cannot start: high, but for ECS Exec, which
# nobody waits for.
resource "aws_vpc" "bad_isolated_tasks" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "isolated_tasks" {
  vpc_id            = aws_vpc.bad_isolated_tasks.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_ecs_service" "isolated_tasks" {
  name                   = "isolated-tasks"
  cluster                = aws_ecs_cluster.main.id
  task_definition        = aws_ecs_task_definition.private_image.arn
  launch_type            = "FARGATE"
  desired_count          = 2
  enable_execute_command = true
  network_configuration {
    subnets = [aws_subnet.isolated_tasks.id]
  }
}

# GOOD: isolated, and calls nothing: a function with a database at most.
resource "aws_vpc" "good_isolated" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "isolated_quiet" {
  vpc_id            = aws_vpc.good_isolated.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_iam_role" "quiet" {
  name               = "quiet"
  assume_role_policy = local.functions
}

resource "aws_lambda_function" "isolated_quiet" {
  function_name = "isolated-quiet"
  role          = aws_iam_role.quiet.arn
  runtime       = "python3.13"
  handler       = "main.handle"
  filename      = "code.zip"
  environment {
    variables = { DB_HOST = "db.internal.example" }
  }
  vpc_config {
    subnet_ids         = [aws_subnet.isolated_quiet.id]
    security_group_ids = []
  }
}

# GOOD: tasks with public addresses in a public subnet.
resource "aws_vpc" "good_public_tasks" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_internet_gateway" "public_tasks" {
  vpc_id = aws_vpc.good_public_tasks.id
}

resource "aws_subnet" "public_tasks" {
  vpc_id            = aws_vpc.good_public_tasks.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_route_table" "public_tasks" {
  vpc_id = aws_vpc.good_public_tasks.id
}

resource "aws_route" "public_tasks" {
  route_table_id         = aws_route_table.public_tasks.id
  destination_cidr_block = "0.0.0.0/0"
  gateway_id             = aws_internet_gateway.public_tasks.id
}

resource "aws_route_table_association" "public_tasks" {
  route_table_id = aws_route_table.public_tasks.id
  subnet_id      = aws_subnet.public_tasks.id
}

resource "aws_ecs_service" "public_tasks" {
  name            = "public-tasks"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.private_image.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets          = [aws_subnet.public_tasks.id]
    assign_public_ip = true
  }
}

# BAD: ecr.api, ecr.dkr, s3, logs, high. The same subnet, but the tasks get no public address: nothing leads out for them,
# and they cannot start. The subnet's own setting is for machines, not for tasks.
resource "aws_vpc" "bad_addressless_tasks" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_internet_gateway" "addressless_tasks" {
  vpc_id = aws_vpc.bad_addressless_tasks.id
}

resource "aws_subnet" "addressless_tasks" {
  vpc_id                  = aws_vpc.bad_addressless_tasks.id
  availability_zone       = "us-east-1a"
  cidr_block              = "10.0.1.0/24"
  map_public_ip_on_launch = true
}

resource "aws_route_table" "addressless_tasks" {
  vpc_id = aws_vpc.bad_addressless_tasks.id
  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.addressless_tasks.id
  }
}

resource "aws_route_table_association" "addressless_tasks" {
  route_table_id = aws_route_table.addressless_tasks.id
  subnet_id      = aws_subnet.addressless_tasks.id
}

resource "aws_ecs_service" "addressless_tasks" {
  name            = "addressless-tasks"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.private_image.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = [aws_subnet.addressless_tasks.id]
  }
}

# BAD: s3. A function in a public subnet never has a public address, whatever the subnet gives.
resource "aws_vpc" "bad_public_function" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_internet_gateway" "public_function" {
  vpc_id = aws_vpc.bad_public_function.id
}

resource "aws_subnet" "public_function" {
  vpc_id                  = aws_vpc.bad_public_function.id
  availability_zone       = "us-east-1a"
  cidr_block              = "10.0.1.0/24"
  map_public_ip_on_launch = true
}

resource "aws_route_table" "public_function" {
  vpc_id = aws_vpc.bad_public_function.id
  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.public_function.id
  }
}

resource "aws_route_table_association" "public_function" {
  route_table_id = aws_route_table.public_function.id
  subnet_id      = aws_subnet.public_function.id
}

resource "aws_lambda_function" "public_function" {
  function_name = "public-function"
  role          = aws_iam_role.reads_files.arn
  runtime       = "python3.13"
  handler       = "main.handle"
  filename      = "code.zip"
  vpc_config {
    subnet_ids         = [aws_subnet.public_function.id]
    security_group_ids = []
  }
}

# BAD: s3, through the machine that forwards: a NAT instance is narrower than a NAT gateway.
resource "aws_vpc" "bad_nat_instance" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "nat_instance_front" {
  vpc_id                  = aws_vpc.bad_nat_instance.id
  availability_zone       = "us-east-1a"
  cidr_block              = "10.0.0.0/24"
  map_public_ip_on_launch = true
}

resource "aws_subnet" "nat_instance" {
  vpc_id            = aws_vpc.bad_nat_instance.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_instance" "nat_instance" {
  ami               = "ami-0123456789abcdef0"
  instance_type     = "t4g.nano"
  subnet_id         = aws_subnet.nat_instance_front.id
  source_dest_check = false
}

resource "aws_route_table" "nat_instance" {
  vpc_id = aws_vpc.bad_nat_instance.id
}

resource "aws_route" "nat_instance" {
  route_table_id         = aws_route_table.nat_instance.id
  destination_cidr_block = "0.0.0.0/0"
  network_interface_id   = aws_instance.nat_instance.primary_network_interface_id
}

resource "aws_route_table_association" "nat_instance" {
  route_table_id = aws_route_table.nat_instance.id
  subnet_id      = aws_subnet.nat_instance.id
}

resource "aws_lambda_function" "nat_instance" {
  function_name = "nat-instance"
  role          = aws_iam_role.reads_files.arn
  runtime       = "python3.13"
  handler       = "main.handle"
  filename      = "code.zip"
  vpc_config {
    subnet_ids         = [aws_subnet.nat_instance.id]
    security_group_ids = []
  }
}

# GOOD: out through a transit gateway; but both endpoints stand in the network itself, where they serve first.
resource "aws_ec2_transit_gateway" "main" {
  description = "to the networks of others"
}

resource "aws_vpc" "good_transit" {
  cidr_block           = "10.0.0.0/16"
  enable_dns_hostnames = true
}

resource "aws_subnet" "transit" {
  vpc_id            = aws_vpc.good_transit.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_ec2_transit_gateway_vpc_attachment" "transit" {
  transit_gateway_id = aws_ec2_transit_gateway.main.id
  vpc_id             = aws_vpc.good_transit.id
  subnet_ids         = [aws_subnet.transit.id]
}

resource "aws_route_table" "transit" {
  vpc_id = aws_vpc.good_transit.id
}

resource "aws_route" "transit" {
  route_table_id         = aws_route_table.transit.id
  destination_cidr_block = "0.0.0.0/0"
  transit_gateway_id     = aws_ec2_transit_gateway.main.id
}

resource "aws_route_table_association" "transit" {
  route_table_id = aws_route_table.transit.id
  subnet_id      = aws_subnet.transit.id
}

resource "aws_vpc_endpoint" "transit_s3" {
  vpc_id          = aws_vpc.good_transit.id
  service_name    = "com.amazonaws.${local.region}.s3"
  route_table_ids = [aws_route_table.transit.id]
}

resource "aws_vpc_endpoint" "transit_secrets" {
  vpc_id              = aws_vpc.good_transit.id
  service_name        = "com.amazonaws.${local.region}.secretsmanager"
  vpc_endpoint_type   = "Interface"
  private_dns_enabled = true
  subnet_ids          = [aws_subnet.transit.id]
}

resource "aws_lambda_function" "transit_files" {
  function_name = "transit-files"
  role          = aws_iam_role.reads_files.arn
  runtime       = "python3.13"
  handler       = "main.handle"
  filename      = "code.zip"
  vpc_config {
    subnet_ids         = [aws_subnet.transit.id]
    security_group_ids = []
  }
}

resource "aws_lambda_function" "transit_secrets" {
  function_name = "transit-secrets"
  role          = aws_iam_role.reads_secrets.arn
  runtime       = "python3.13"
  handler       = "main.handle"
  filename      = "code.zip"
  vpc_config {
    subnet_ids         = [aws_subnet.transit.id]
    security_group_ids = []
  }
}

# GOOD, network and service: the default network, which this plan only takes over. Amazon makes its subnets public, and the
# tasks ask for public addresses. That a default subnet lies in the default network need not be said.
resource "aws_default_vpc" "good_default" {
}

resource "aws_default_subnet" "default" {
  availability_zone = "us-east-1a"
}

resource "aws_ecs_service" "good_default_tasks" {
  name            = "default"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.private_image.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets          = [aws_default_subnet.default.id]
    assign_public_ip = true
  }
}
