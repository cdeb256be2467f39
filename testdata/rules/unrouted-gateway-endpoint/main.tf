# unrouted-gateway-endpoint: gateway endpoints, and the route tables that lead to them or do not. One network for each case.

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
    Statement = [{ Effect = "Allow", Action = ["s3:GetObject", "s3:PutObject"], Resource = "*" }]
  })
}

# BAD: in one of three private route tables. Medium: the rest leaves through NAT.
resource "aws_vpc" "one_of_three" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_nat_gateway" "one_of_three" {
  vpc_id            = aws_vpc.one_of_three.id
  availability_mode = "regional"
}

resource "aws_subnet" "one_of_three_a" {
  vpc_id            = aws_vpc.one_of_three.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_route_table" "one_of_three_a" {
  vpc_id = aws_vpc.one_of_three.id
  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.one_of_three.id
  }
}

resource "aws_route_table_association" "one_of_three_a" {
  route_table_id = aws_route_table.one_of_three_a.id
  subnet_id      = aws_subnet.one_of_three_a.id
}

resource "aws_subnet" "one_of_three_b" {
  vpc_id            = aws_vpc.one_of_three.id
  availability_zone = "us-east-1b"
  cidr_block        = "10.0.2.0/24"
}

resource "aws_route_table" "one_of_three_b" {
  vpc_id = aws_vpc.one_of_three.id
  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.one_of_three.id
  }
}

resource "aws_route_table_association" "one_of_three_b" {
  route_table_id = aws_route_table.one_of_three_b.id
  subnet_id      = aws_subnet.one_of_three_b.id
}

resource "aws_subnet" "one_of_three_c" {
  vpc_id            = aws_vpc.one_of_three.id
  availability_zone = "us-east-1c"
  cidr_block        = "10.0.3.0/24"
}

resource "aws_route_table" "one_of_three_c" {
  vpc_id = aws_vpc.one_of_three.id
  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.one_of_three.id
  }
}

resource "aws_route_table_association" "one_of_three_c" {
  route_table_id = aws_route_table.one_of_three_c.id
  subnet_id      = aws_subnet.one_of_three_c.id
}

resource "aws_vpc_endpoint" "bad_one_of_three" {
  vpc_id          = aws_vpc.one_of_three.id
  service_name    = "com.amazonaws.us-east-1.s3"
  route_table_ids = [aws_route_table.one_of_three_a.id]
}

resource "aws_lambda_function" "one_of_three" {
  function_name = "one-of-three"
  role          = aws_iam_role.files.arn
  runtime       = "python3.13"
  handler       = "main.handle"
  filename      = "code.zip"
  vpc_config {
    subnet_ids         = [aws_subnet.one_of_three_a.id, aws_subnet.one_of_three_b.id, aws_subnet.one_of_three_c.id]
    security_group_ids = []
  }
}

# BAD: in no route table, and there is no other way out.
resource "aws_vpc" "no_table" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "no_table" {
  vpc_id            = aws_vpc.no_table.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_route_table" "no_table" {
  vpc_id = aws_vpc.no_table.id
}

resource "aws_route_table_association" "no_table" {
  route_table_id = aws_route_table.no_table.id
  subnet_id      = aws_subnet.no_table.id
}

resource "aws_vpc_endpoint" "bad_no_table" {
  vpc_id       = aws_vpc.no_table.id
  service_name = "com.amazonaws.us-east-1.s3"
}

resource "aws_lambda_function" "no_table" {
  function_name = "no-table"
  role          = aws_iam_role.files.arn
  runtime       = "python3.13"
  handler       = "main.handle"
  filename      = "code.zip"
  vpc_config {
    subnet_ids         = [aws_subnet.no_table.id]
    security_group_ids = []
  }
}

# BAD: the subnet has no association, so that the main route table routes it; the endpoint is in another one.
resource "aws_vpc" "main_forgotten" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "main_forgotten" {
  vpc_id            = aws_vpc.main_forgotten.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_nat_gateway" "main_forgotten" {
  vpc_id            = aws_vpc.main_forgotten.id
  availability_mode = "regional"
}

resource "aws_route" "main_forgotten" {
  route_table_id         = aws_vpc.main_forgotten.main_route_table_id
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = aws_nat_gateway.main_forgotten.id
}

resource "aws_route_table" "main_forgotten" {
  vpc_id = aws_vpc.main_forgotten.id
  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.main_forgotten.id
  }
}

resource "aws_vpc_endpoint" "bad_main_forgotten" {
  vpc_id          = aws_vpc.main_forgotten.id
  service_name    = "com.amazonaws.us-east-1.s3"
  route_table_ids = [aws_route_table.main_forgotten.id]
}

resource "aws_lambda_function" "main_forgotten" {
  function_name = "main-forgotten"
  role          = aws_iam_role.files.arn
  runtime       = "python3.13"
  handler       = "main.handle"
  filename      = "code.zip"
  vpc_config {
    subnet_ids         = [aws_subnet.main_forgotten.id]
    security_group_ids = []
  }
}

# BAD, low: nobody in this plan calls the service, but an endpoint in no route table serves nobody anywhere.
resource "aws_vpc" "idle" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "idle" {
  vpc_id            = aws_vpc.idle.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_vpc_endpoint" "bad_idle" {
  vpc_id       = aws_vpc.idle.id
  service_name = "com.amazonaws.us-east-1.dynamodb"
}

# BAD: associations put it into the public table alone.
resource "aws_vpc" "public_table" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "public_table" {
  vpc_id            = aws_vpc.public_table.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_nat_gateway" "public_table" {
  vpc_id            = aws_vpc.public_table.id
  availability_mode = "regional"
}

resource "aws_internet_gateway" "public_table" {
  vpc_id = aws_vpc.public_table.id
}

resource "aws_route_table" "public_table_front" {
  vpc_id = aws_vpc.public_table.id
  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.public_table.id
  }
}

resource "aws_route_table" "public_table" {
  vpc_id = aws_vpc.public_table.id
  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.public_table.id
  }
}

resource "aws_route_table_association" "public_table" {
  route_table_id = aws_route_table.public_table.id
  subnet_id      = aws_subnet.public_table.id
}

resource "aws_vpc_endpoint" "bad_public_table" {
  vpc_id       = aws_vpc.public_table.id
  service_name = "com.amazonaws.us-east-1.s3"
}

resource "aws_vpc_endpoint_route_table_association" "public_table" {
  vpc_endpoint_id = aws_vpc_endpoint.bad_public_table.id
  route_table_id  = aws_route_table.public_table_front.id
}

resource "aws_lambda_function" "public_table" {
  function_name = "public-table"
  role          = aws_iam_role.files.arn
  runtime       = "python3.13"
  handler       = "main.handle"
  filename      = "code.zip"
  vpc_config {
    subnet_ids         = [aws_subnet.public_table.id]
    security_group_ids = []
  }
}

# BAD: an isolated task whose image layers come from S3 cannot start. High.
resource "aws_vpc" "cannot_start" {
  cidr_block           = "10.0.0.0/16"
  enable_dns_hostnames = true
}

resource "aws_subnet" "cannot_start" {
  vpc_id            = aws_vpc.cannot_start.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_route_table" "cannot_start" {
  vpc_id = aws_vpc.cannot_start.id
}

resource "aws_route_table_association" "cannot_start" {
  route_table_id = aws_route_table.cannot_start.id
  subnet_id      = aws_subnet.cannot_start.id
}

resource "aws_route_table" "cannot_start_other" {
  vpc_id = aws_vpc.cannot_start.id
}

resource "aws_vpc_endpoint" "bad_cannot_start" {
  vpc_id          = aws_vpc.cannot_start.id
  service_name    = "com.amazonaws.us-east-1.s3"
  route_table_ids = [aws_route_table.cannot_start_other.id]
}

resource "aws_ecs_task_definition" "cannot_start" {
  family                   = "cannot-start"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  container_definitions    = jsonencode([{ name = "api", image = "123456789012.dkr.ecr.us-east-1.amazonaws.com/shop/api:1" }])
}

resource "aws_ecs_cluster" "main" {
  name = "main"
}

resource "aws_ecs_service" "cannot_start" {
  name            = "cannot-start"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.cannot_start.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = [aws_subnet.cannot_start.id]
  }
}

# GOOD: in all of them, by attribute.
resource "aws_vpc" "attribute" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_nat_gateway" "attribute" {
  vpc_id            = aws_vpc.attribute.id
  availability_mode = "regional"
}

resource "aws_subnet" "attribute_a" {
  vpc_id            = aws_vpc.attribute.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_route_table" "attribute_a" {
  vpc_id = aws_vpc.attribute.id
  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.attribute.id
  }
}

resource "aws_route_table_association" "attribute_a" {
  route_table_id = aws_route_table.attribute_a.id
  subnet_id      = aws_subnet.attribute_a.id
}

resource "aws_subnet" "attribute_b" {
  vpc_id            = aws_vpc.attribute.id
  availability_zone = "us-east-1b"
  cidr_block        = "10.0.2.0/24"
}

resource "aws_route_table" "attribute_b" {
  vpc_id = aws_vpc.attribute.id
  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.attribute.id
  }
}

resource "aws_route_table_association" "attribute_b" {
  route_table_id = aws_route_table.attribute_b.id
  subnet_id      = aws_subnet.attribute_b.id
}

resource "aws_vpc_endpoint" "good_attribute" {
  vpc_id          = aws_vpc.attribute.id
  service_name    = "com.amazonaws.us-east-1.s3"
  route_table_ids = [aws_route_table.attribute_a.id, aws_route_table.attribute_b.id]
}

resource "aws_lambda_function" "attribute" {
  function_name = "attribute"
  role          = aws_iam_role.files.arn
  runtime       = "python3.13"
  handler       = "main.handle"
  filename      = "code.zip"
  vpc_config {
    subnet_ids         = [aws_subnet.attribute_a.id, aws_subnet.attribute_b.id]
    security_group_ids = []
  }
}

# GOOD: in all of them, by association.
resource "aws_vpc" "association" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "association" {
  vpc_id            = aws_vpc.association.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_route_table" "association" {
  vpc_id = aws_vpc.association.id
}

resource "aws_route_table_association" "association" {
  route_table_id = aws_route_table.association.id
  subnet_id      = aws_subnet.association.id
}

resource "aws_vpc_endpoint" "good_association" {
  vpc_id       = aws_vpc.association.id
  service_name = "com.amazonaws.us-east-1.s3"
}

resource "aws_vpc_endpoint_route_table_association" "association" {
  vpc_endpoint_id = aws_vpc_endpoint.good_association.id
  route_table_id  = aws_route_table.association.id
}

resource "aws_lambda_function" "association" {
  function_name = "association"
  role          = aws_iam_role.files.arn
  runtime       = "python3.13"
  handler       = "main.handle"
  filename      = "code.zip"
  vpc_config {
    subnet_ids         = [aws_subnet.association.id]
    security_group_ids = []
  }
}

# GOOD: in the main route table, by the attribute of the network.
resource "aws_vpc" "main_table" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "main_table" {
  vpc_id            = aws_vpc.main_table.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_vpc_endpoint" "good_main_table" {
  vpc_id          = aws_vpc.main_table.id
  service_name    = "com.amazonaws.us-east-1.s3"
  route_table_ids = [aws_vpc.main_table.main_route_table_id]
}

resource "aws_lambda_function" "main_table" {
  function_name = "main-table"
  role          = aws_iam_role.files.arn
  runtime       = "python3.13"
  handler       = "main.handle"
  filename      = "code.zip"
  vpc_config {
    subnet_ids         = [aws_subnet.main_table.id]
    security_group_ids = []
  }
}

# GOOD: the main route table as a resource of its own.
resource "aws_vpc" "default_table" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "default_table" {
  vpc_id            = aws_vpc.default_table.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_default_route_table" "default_table" {
  default_route_table_id = aws_vpc.default_table.default_route_table_id
  route                  = []
}

resource "aws_vpc_endpoint" "good_default_table" {
  vpc_id          = aws_vpc.default_table.id
  service_name    = "com.amazonaws.us-east-1.s3"
  route_table_ids = [aws_default_route_table.default_table.id]
}

resource "aws_lambda_function" "default_table" {
  function_name = "default-table"
  role          = aws_iam_role.files.arn
  runtime       = "python3.13"
  handler       = "main.handle"
  filename      = "code.zip"
  vpc_config {
    subnet_ids         = [aws_subnet.default_table.id]
    security_group_ids = []
  }
}

# GOOD: two endpoints, one for each route table.
resource "aws_vpc" "two_endpoints" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "two_endpoints_a" {
  vpc_id            = aws_vpc.two_endpoints.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_route_table" "two_endpoints_a" {
  vpc_id = aws_vpc.two_endpoints.id
}

resource "aws_route_table_association" "two_endpoints_a" {
  route_table_id = aws_route_table.two_endpoints_a.id
  subnet_id      = aws_subnet.two_endpoints_a.id
}

resource "aws_vpc_endpoint" "good_two_endpoints_a" {
  vpc_id          = aws_vpc.two_endpoints.id
  service_name    = "com.amazonaws.us-east-1.s3"
  route_table_ids = [aws_route_table.two_endpoints_a.id]
}

resource "aws_subnet" "two_endpoints_b" {
  vpc_id            = aws_vpc.two_endpoints.id
  availability_zone = "us-east-1b"
  cidr_block        = "10.0.2.0/24"
}

resource "aws_route_table" "two_endpoints_b" {
  vpc_id = aws_vpc.two_endpoints.id
}

resource "aws_route_table_association" "two_endpoints_b" {
  route_table_id = aws_route_table.two_endpoints_b.id
  subnet_id      = aws_subnet.two_endpoints_b.id
}

resource "aws_vpc_endpoint" "good_two_endpoints_b" {
  vpc_id          = aws_vpc.two_endpoints.id
  service_name    = "com.amazonaws.us-east-1.s3"
  route_table_ids = [aws_route_table.two_endpoints_b.id]
}

resource "aws_lambda_function" "two_endpoints" {
  function_name = "two-endpoints"
  role          = aws_iam_role.files.arn
  runtime       = "python3.13"
  handler       = "main.handle"
  filename      = "code.zip"
  vpc_config {
    subnet_ids         = [aws_subnet.two_endpoints_a.id, aws_subnet.two_endpoints_b.id]
    security_group_ids = []
  }
}

# GOOD: the table that it is not in routes a subnet where nobody calls the service.
resource "aws_vpc" "nobody_there" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "nobody_there_a" {
  vpc_id            = aws_vpc.nobody_there.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_route_table" "nobody_there_a" {
  vpc_id = aws_vpc.nobody_there.id
}

resource "aws_route_table_association" "nobody_there_a" {
  route_table_id = aws_route_table.nobody_there_a.id
  subnet_id      = aws_subnet.nobody_there_a.id
}

resource "aws_subnet" "nobody_there_b" {
  vpc_id            = aws_vpc.nobody_there.id
  availability_zone = "us-east-1b"
  cidr_block        = "10.0.2.0/24"
}

resource "aws_route_table" "nobody_there_b" {
  vpc_id = aws_vpc.nobody_there.id
}

resource "aws_route_table_association" "nobody_there_b" {
  route_table_id = aws_route_table.nobody_there_b.id
  subnet_id      = aws_subnet.nobody_there_b.id
}

resource "aws_vpc_endpoint" "good_nobody_there" {
  vpc_id          = aws_vpc.nobody_there.id
  service_name    = "com.amazonaws.us-east-1.s3"
  route_table_ids = [aws_route_table.nobody_there_a.id]
}

resource "aws_lambda_function" "nobody_there" {
  function_name = "nobody-there"
  role          = aws_iam_role.files.arn
  runtime       = "python3.13"
  handler       = "main.handle"
  filename      = "code.zip"
  vpc_config {
    subnet_ids         = [aws_subnet.nobody_there_a.id]
    security_group_ids = []
  }
}

# GOOD: the task in the public subnet has a public address, and gets out by itself.
resource "aws_vpc" "public_task" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "public_task" {
  vpc_id            = aws_vpc.public_task.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_subnet" "public_task_back" {
  vpc_id            = aws_vpc.public_task.id
  availability_zone = "us-east-1b"
  cidr_block        = "10.0.2.0/24"
}

resource "aws_internet_gateway" "public_task" {
  vpc_id = aws_vpc.public_task.id
}

resource "aws_route_table" "public_task" {
  vpc_id = aws_vpc.public_task.id
  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.public_task.id
  }
}

resource "aws_route_table_association" "public_task" {
  route_table_id = aws_route_table.public_task.id
  subnet_id      = aws_subnet.public_task.id
}

resource "aws_route_table" "public_task_back" {
  vpc_id = aws_vpc.public_task.id
}

resource "aws_route_table_association" "public_task_back" {
  route_table_id = aws_route_table.public_task_back.id
  subnet_id      = aws_subnet.public_task_back.id
}

resource "aws_vpc_endpoint" "good_public_task" {
  vpc_id          = aws_vpc.public_task.id
  service_name    = "com.amazonaws.us-east-1.s3"
  route_table_ids = [aws_route_table.public_task_back.id]
}

resource "aws_ecs_service" "public_task" {
  name            = "public-task"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.cannot_start.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets          = [aws_subnet.public_task.id]
    assign_public_ip = true
  }
}

# UNKNOWN: it is put into the tables that are found when the network is there.
resource "aws_vpc" "found_later" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "found_later" {
  vpc_id            = aws_vpc.found_later.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_route_table" "found_later" {
  vpc_id = aws_vpc.found_later.id
}

resource "aws_route_table_association" "found_later" {
  route_table_id = aws_route_table.found_later.id
  subnet_id      = aws_subnet.found_later.id
}

data "aws_route_tables" "found_later" {
  vpc_id = aws_vpc.found_later.id
}

resource "aws_vpc_endpoint" "unknown_found_later" {
  vpc_id          = aws_vpc.found_later.id
  service_name    = "com.amazonaws.us-east-1.s3"
  route_table_ids = data.aws_route_tables.found_later.ids
}

resource "aws_lambda_function" "found_later" {
  function_name = "found-later"
  role          = aws_iam_role.files.arn
  runtime       = "python3.13"
  handler       = "main.handle"
  filename      = "code.zip"
  vpc_config {
    subnet_ids         = [aws_subnet.found_later.id]
    security_group_ids = []
  }
}

# UNKNOWN: which route table the subnet gets is decided later.
resource "aws_vpc" "table_later" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "table_later" {
  vpc_id            = aws_vpc.table_later.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_route_table" "table_later" {
  vpc_id = aws_vpc.table_later.id
}

data "aws_route_table" "table_later" {
  vpc_id = aws_vpc.table_later.id
  tags   = { Tier = "private" }
}

resource "aws_route_table_association" "table_later" {
  route_table_id = data.aws_route_table.table_later.id
  subnet_id      = aws_subnet.table_later.id
}

resource "aws_vpc_endpoint" "unknown_table_later" {
  vpc_id          = aws_vpc.table_later.id
  service_name    = "com.amazonaws.us-east-1.s3"
  route_table_ids = [aws_route_table.table_later.id]
}

resource "aws_lambda_function" "table_later" {
  function_name = "table-later"
  role          = aws_iam_role.files.arn
  runtime       = "python3.13"
  handler       = "main.handle"
  filename      = "code.zip"
  vpc_config {
    subnet_ids         = [aws_subnet.table_later.id]
    security_group_ids = []
  }
}
