# shared-nat: NAT gateways, and the zones of those who leave through them. One network for each case.

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
    Statement = [{ Effect = "Allow", Action = "sns:Publish", Resource = "*" }]
  })
}

# BAD, medium: one gateway for three zones, and a workload in them.
resource "aws_vpc" "one_for_three" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_internet_gateway" "one_for_three" {
  vpc_id = aws_vpc.one_for_three.id
}

resource "aws_subnet" "one_for_three_front" {
  vpc_id            = aws_vpc.one_for_three.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.100.0/24"
}

resource "aws_route_table" "one_for_three_front" {
  vpc_id = aws_vpc.one_for_three.id
  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.one_for_three.id
  }
}

resource "aws_route_table_association" "one_for_three_front" {
  route_table_id = aws_route_table.one_for_three_front.id
  subnet_id      = aws_subnet.one_for_three_front.id
}

resource "aws_eip" "one_for_three_front" {
  domain = "vpc"
}

resource "aws_nat_gateway" "bad_one_for_three" {
  subnet_id     = aws_subnet.one_for_three_front.id
  allocation_id = aws_eip.one_for_three_front.id
}

resource "aws_subnet" "one_for_three_a" {
  vpc_id            = aws_vpc.one_for_three.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_route_table" "one_for_three_a" {
  vpc_id = aws_vpc.one_for_three.id
  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.bad_one_for_three.id
  }
}

resource "aws_route_table_association" "one_for_three_a" {
  route_table_id = aws_route_table.one_for_three_a.id
  subnet_id      = aws_subnet.one_for_three_a.id
}

resource "aws_subnet" "one_for_three_b" {
  vpc_id            = aws_vpc.one_for_three.id
  availability_zone = "us-east-1b"
  cidr_block        = "10.0.2.0/24"
}

resource "aws_route_table" "one_for_three_b" {
  vpc_id = aws_vpc.one_for_three.id
  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.bad_one_for_three.id
  }
}

resource "aws_route_table_association" "one_for_three_b" {
  route_table_id = aws_route_table.one_for_three_b.id
  subnet_id      = aws_subnet.one_for_three_b.id
}

resource "aws_subnet" "one_for_three_c" {
  vpc_id            = aws_vpc.one_for_three.id
  availability_zone = "us-east-1c"
  cidr_block        = "10.0.3.0/24"
}

resource "aws_route_table" "one_for_three_c" {
  vpc_id = aws_vpc.one_for_three.id
  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.bad_one_for_three.id
  }
}

resource "aws_route_table_association" "one_for_three_c" {
  route_table_id = aws_route_table.one_for_three_c.id
  subnet_id      = aws_subnet.one_for_three_c.id
}

resource "aws_lambda_function" "one_for_three" {
  function_name = "one-for-three"
  role          = aws_iam_role.files.arn
  runtime       = "python3.13"
  handler       = "main.handle"
  filename      = "code.zip"
  vpc_config {
    subnet_ids         = [aws_subnet.one_for_three_a.id, aws_subnet.one_for_three_b.id, aws_subnet.one_for_three_c.id]
    security_group_ids = []
  }
}

# BAD, low: one route table for two subnets; nothing runs there yet.
resource "aws_vpc" "one_table" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_internet_gateway" "one_table" {
  vpc_id = aws_vpc.one_table.id
}

resource "aws_subnet" "one_table_front" {
  vpc_id            = aws_vpc.one_table.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.100.0/24"
}

resource "aws_route_table" "one_table_front" {
  vpc_id = aws_vpc.one_table.id
  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.one_table.id
  }
}

resource "aws_route_table_association" "one_table_front" {
  route_table_id = aws_route_table.one_table_front.id
  subnet_id      = aws_subnet.one_table_front.id
}

resource "aws_eip" "one_table_front" {
  domain = "vpc"
}

resource "aws_nat_gateway" "bad_one_table" {
  subnet_id     = aws_subnet.one_table_front.id
  allocation_id = aws_eip.one_table_front.id
}

resource "aws_subnet" "one_table_a" {
  vpc_id            = aws_vpc.one_table.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_subnet" "one_table_b" {
  vpc_id            = aws_vpc.one_table.id
  availability_zone = "us-east-1b"
  cidr_block        = "10.0.2.0/24"
}

resource "aws_route_table" "one_table" {
  vpc_id = aws_vpc.one_table.id
  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.bad_one_table.id
  }
}

resource "aws_route_table_association" "one_table_a" {
  route_table_id = aws_route_table.one_table.id
  subnet_id      = aws_subnet.one_table_a.id
}

resource "aws_route_table_association" "one_table_b" {
  route_table_id = aws_route_table.one_table.id
  subnet_id      = aws_subnet.one_table_b.id
}

# BAD: the third zone leaves through the gateway of the first. That of the second is GOOD.
resource "aws_vpc" "two_for_three" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_internet_gateway" "two_for_three" {
  vpc_id = aws_vpc.two_for_three.id
}

resource "aws_subnet" "two_for_three_front" {
  vpc_id            = aws_vpc.two_for_three.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.100.0/24"
}

resource "aws_route_table" "two_for_three_front" {
  vpc_id = aws_vpc.two_for_three.id
  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.two_for_three.id
  }
}

resource "aws_route_table_association" "two_for_three_front" {
  route_table_id = aws_route_table.two_for_three_front.id
  subnet_id      = aws_subnet.two_for_three_front.id
}

resource "aws_subnet" "two_for_three_front_b" {
  vpc_id            = aws_vpc.two_for_three.id
  availability_zone = "us-east-1b"
  cidr_block        = "10.0.101.0/24"
}

resource "aws_eip" "two_for_three_front" {
  domain = "vpc"
}

resource "aws_nat_gateway" "bad_two_for_three" {
  subnet_id     = aws_subnet.two_for_three_front.id
  allocation_id = aws_eip.two_for_three_front.id
}

resource "aws_eip" "two_for_three_front_b" {
  domain = "vpc"
}

resource "aws_nat_gateway" "good_two_for_three" {
  subnet_id     = aws_subnet.two_for_three_front_b.id
  allocation_id = aws_eip.two_for_three_front_b.id
}

resource "aws_subnet" "two_for_three_a" {
  vpc_id            = aws_vpc.two_for_three.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_route_table" "two_for_three_a" {
  vpc_id = aws_vpc.two_for_three.id
  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.bad_two_for_three.id
  }
}

resource "aws_route_table_association" "two_for_three_a" {
  route_table_id = aws_route_table.two_for_three_a.id
  subnet_id      = aws_subnet.two_for_three_a.id
}

resource "aws_subnet" "two_for_three_b" {
  vpc_id            = aws_vpc.two_for_three.id
  availability_zone = "us-east-1b"
  cidr_block        = "10.0.2.0/24"
}

resource "aws_route_table" "two_for_three_b" {
  vpc_id = aws_vpc.two_for_three.id
  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.good_two_for_three.id
  }
}

resource "aws_route_table_association" "two_for_three_b" {
  route_table_id = aws_route_table.two_for_three_b.id
  subnet_id      = aws_subnet.two_for_three_b.id
}

resource "aws_subnet" "two_for_three_c" {
  vpc_id            = aws_vpc.two_for_three.id
  availability_zone = "us-east-1c"
  cidr_block        = "10.0.3.0/24"
}

resource "aws_route_table" "two_for_three_c" {
  vpc_id = aws_vpc.two_for_three.id
  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.bad_two_for_three.id
  }
}

resource "aws_route_table_association" "two_for_three_c" {
  route_table_id = aws_route_table.two_for_three_c.id
  subnet_id      = aws_subnet.two_for_three_c.id
}

resource "aws_lambda_function" "two_for_three" {
  function_name = "two-for-three"
  role          = aws_iam_role.files.arn
  runtime       = "python3.13"
  handler       = "main.handle"
  filename      = "code.zip"
  vpc_config {
    subnet_ids         = [aws_subnet.two_for_three_a.id, aws_subnet.two_for_three_b.id, aws_subnet.two_for_three_c.id]
    security_group_ids = []
  }
}

# BAD: a machine that forwards, for two zones.
resource "aws_vpc" "machine" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_internet_gateway" "machine" {
  vpc_id = aws_vpc.machine.id
}

resource "aws_subnet" "machine_front" {
  vpc_id            = aws_vpc.machine.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.100.0/24"
}

resource "aws_route_table" "machine_front" {
  vpc_id = aws_vpc.machine.id
  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.machine.id
  }
}

resource "aws_route_table_association" "machine_front" {
  route_table_id = aws_route_table.machine_front.id
  subnet_id      = aws_subnet.machine_front.id
}

resource "aws_instance" "bad_machine" {
  ami               = "ami-0123456789abcdef0"
  instance_type     = "t4g.small"
  subnet_id         = aws_subnet.machine_front.id
  source_dest_check = false
}

resource "aws_subnet" "machine_a" {
  vpc_id            = aws_vpc.machine.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_route_table" "machine_a" {
  vpc_id = aws_vpc.machine.id
  route {
    cidr_block           = "0.0.0.0/0"
    network_interface_id = aws_instance.bad_machine.primary_network_interface_id
  }
}

resource "aws_route_table_association" "machine_a" {
  route_table_id = aws_route_table.machine_a.id
  subnet_id      = aws_subnet.machine_a.id
}

resource "aws_subnet" "machine_b" {
  vpc_id            = aws_vpc.machine.id
  availability_zone = "us-east-1b"
  cidr_block        = "10.0.2.0/24"
}

resource "aws_route_table" "machine_b" {
  vpc_id = aws_vpc.machine.id
  route {
    cidr_block           = "0.0.0.0/0"
    network_interface_id = aws_instance.bad_machine.primary_network_interface_id
  }
}

resource "aws_route_table_association" "machine_b" {
  route_table_id = aws_route_table.machine_b.id
  subnet_id      = aws_subnet.machine_b.id
}

resource "aws_lambda_function" "machine" {
  function_name = "machine"
  role          = aws_iam_role.files.arn
  runtime       = "python3.13"
  handler       = "main.handle"
  filename      = "code.zip"
  vpc_config {
    subnet_ids         = [aws_subnet.machine_a.id, aws_subnet.machine_b.id]
    security_group_ids = []
  }
}

# GOOD: one for each zone.
resource "aws_vpc" "each" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_internet_gateway" "each" {
  vpc_id = aws_vpc.each.id
}

resource "aws_subnet" "each_front" {
  vpc_id            = aws_vpc.each.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.100.0/24"
}

resource "aws_route_table" "each_front" {
  vpc_id = aws_vpc.each.id
  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.each.id
  }
}

resource "aws_route_table_association" "each_front" {
  route_table_id = aws_route_table.each_front.id
  subnet_id      = aws_subnet.each_front.id
}

resource "aws_subnet" "each_front_b" {
  vpc_id            = aws_vpc.each.id
  availability_zone = "us-east-1b"
  cidr_block        = "10.0.101.0/24"
}

resource "aws_eip" "each_front" {
  domain = "vpc"
}

resource "aws_nat_gateway" "good_each_a" {
  subnet_id     = aws_subnet.each_front.id
  allocation_id = aws_eip.each_front.id
}

resource "aws_eip" "each_front_b" {
  domain = "vpc"
}

resource "aws_nat_gateway" "good_each_b" {
  subnet_id     = aws_subnet.each_front_b.id
  allocation_id = aws_eip.each_front_b.id
}

resource "aws_subnet" "each_a" {
  vpc_id            = aws_vpc.each.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_route_table" "each_a" {
  vpc_id = aws_vpc.each.id
  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.good_each_a.id
  }
}

resource "aws_route_table_association" "each_a" {
  route_table_id = aws_route_table.each_a.id
  subnet_id      = aws_subnet.each_a.id
}

resource "aws_subnet" "each_b" {
  vpc_id            = aws_vpc.each.id
  availability_zone = "us-east-1b"
  cidr_block        = "10.0.2.0/24"
}

resource "aws_route_table" "each_b" {
  vpc_id = aws_vpc.each.id
  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.good_each_b.id
  }
}

resource "aws_route_table_association" "each_b" {
  route_table_id = aws_route_table.each_b.id
  subnet_id      = aws_subnet.each_b.id
}

resource "aws_lambda_function" "each" {
  function_name = "each"
  role          = aws_iam_role.files.arn
  runtime       = "python3.13"
  handler       = "main.handle"
  filename      = "code.zip"
  vpc_config {
    subnet_ids         = [aws_subnet.each_a.id, aws_subnet.each_b.id]
    security_group_ids = []
  }
}

# GOOD: a regional gateway.
resource "aws_vpc" "regional" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_nat_gateway" "good_regional" {
  vpc_id            = aws_vpc.regional.id
  availability_mode = "regional"
}

resource "aws_subnet" "regional_a" {
  vpc_id            = aws_vpc.regional.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_route_table" "regional_a" {
  vpc_id = aws_vpc.regional.id
  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.good_regional.id
  }
}

resource "aws_route_table_association" "regional_a" {
  route_table_id = aws_route_table.regional_a.id
  subnet_id      = aws_subnet.regional_a.id
}

resource "aws_subnet" "regional_b" {
  vpc_id            = aws_vpc.regional.id
  availability_zone = "us-east-1b"
  cidr_block        = "10.0.2.0/24"
}

resource "aws_route_table" "regional_b" {
  vpc_id = aws_vpc.regional.id
  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.good_regional.id
  }
}

resource "aws_route_table_association" "regional_b" {
  route_table_id = aws_route_table.regional_b.id
  subnet_id      = aws_subnet.regional_b.id
}

resource "aws_lambda_function" "regional" {
  function_name = "regional"
  role          = aws_iam_role.files.arn
  runtime       = "python3.13"
  handler       = "main.handle"
  filename      = "code.zip"
  vpc_config {
    subnet_ids         = [aws_subnet.regional_a.id, aws_subnet.regional_b.id]
    security_group_ids = []
  }
}

# GOOD: two subnets in one zone.
resource "aws_vpc" "one_zone" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_internet_gateway" "one_zone" {
  vpc_id = aws_vpc.one_zone.id
}

resource "aws_subnet" "one_zone_front" {
  vpc_id            = aws_vpc.one_zone.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.100.0/24"
}

resource "aws_route_table" "one_zone_front" {
  vpc_id = aws_vpc.one_zone.id
  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.one_zone.id
  }
}

resource "aws_route_table_association" "one_zone_front" {
  route_table_id = aws_route_table.one_zone_front.id
  subnet_id      = aws_subnet.one_zone_front.id
}

resource "aws_eip" "one_zone_front" {
  domain = "vpc"
}

resource "aws_nat_gateway" "good_one_zone" {
  subnet_id     = aws_subnet.one_zone_front.id
  allocation_id = aws_eip.one_zone_front.id
}

resource "aws_subnet" "one_zone_a" {
  vpc_id            = aws_vpc.one_zone.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_route_table" "one_zone_a" {
  vpc_id = aws_vpc.one_zone.id
  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.good_one_zone.id
  }
}

resource "aws_route_table_association" "one_zone_a" {
  route_table_id = aws_route_table.one_zone_a.id
  subnet_id      = aws_subnet.one_zone_a.id
}

resource "aws_subnet" "one_zone_c" {
  vpc_id            = aws_vpc.one_zone.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.3.0/24"
}

resource "aws_route_table_association" "one_zone_c" {
  route_table_id = aws_route_table.one_zone_a.id
  subnet_id      = aws_subnet.one_zone_c.id
}

resource "aws_lambda_function" "one_zone" {
  function_name = "one-zone"
  role          = aws_iam_role.files.arn
  runtime       = "python3.13"
  handler       = "main.handle"
  filename      = "code.zip"
  vpc_config {
    subnet_ids         = [aws_subnet.one_zone_a.id, aws_subnet.one_zone_c.id]
    security_group_ids = []
  }
}

# GOOD: nothing leaves through it.
resource "aws_vpc" "unused" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_internet_gateway" "unused" {
  vpc_id = aws_vpc.unused.id
}

resource "aws_subnet" "unused_front" {
  vpc_id            = aws_vpc.unused.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.100.0/24"
}

resource "aws_route_table" "unused_front" {
  vpc_id = aws_vpc.unused.id
  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.unused.id
  }
}

resource "aws_route_table_association" "unused_front" {
  route_table_id = aws_route_table.unused_front.id
  subnet_id      = aws_subnet.unused_front.id
}

resource "aws_eip" "unused_front" {
  domain = "vpc"
}

resource "aws_nat_gateway" "good_unused" {
  subnet_id     = aws_subnet.unused_front.id
  allocation_id = aws_eip.unused_front.id
}

# GOOD: a network interface, which another machine may take over.
resource "aws_vpc" "interface" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_internet_gateway" "interface" {
  vpc_id = aws_vpc.interface.id
}

resource "aws_subnet" "interface_front" {
  vpc_id            = aws_vpc.interface.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.100.0/24"
}

resource "aws_route_table" "interface_front" {
  vpc_id = aws_vpc.interface.id
  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.interface.id
  }
}

resource "aws_route_table_association" "interface_front" {
  route_table_id = aws_route_table.interface_front.id
  subnet_id      = aws_subnet.interface_front.id
}

resource "aws_network_interface" "good_interface" {
  subnet_id         = aws_subnet.interface_front.id
  source_dest_check = false
}

resource "aws_subnet" "interface_a" {
  vpc_id            = aws_vpc.interface.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_route_table" "interface_a" {
  vpc_id = aws_vpc.interface.id
  route {
    cidr_block           = "0.0.0.0/0"
    network_interface_id = aws_network_interface.good_interface.id
  }
}

resource "aws_route_table_association" "interface_a" {
  route_table_id = aws_route_table.interface_a.id
  subnet_id      = aws_subnet.interface_a.id
}

resource "aws_subnet" "interface_b" {
  vpc_id            = aws_vpc.interface.id
  availability_zone = "us-east-1b"
  cidr_block        = "10.0.2.0/24"
}

resource "aws_route_table" "interface_b" {
  vpc_id = aws_vpc.interface.id
  route {
    cidr_block           = "0.0.0.0/0"
    network_interface_id = aws_network_interface.good_interface.id
  }
}

resource "aws_route_table_association" "interface_b" {
  route_table_id = aws_route_table.interface_b.id
  subnet_id      = aws_subnet.interface_b.id
}

resource "aws_lambda_function" "interface" {
  function_name = "interface"
  role          = aws_iam_role.files.arn
  runtime       = "python3.13"
  handler       = "main.handle"
  filename      = "code.zip"
  vpc_config {
    subnet_ids         = [aws_subnet.interface_a.id, aws_subnet.interface_b.id]
    security_group_ids = []
  }
}

# UNKNOWN: in which zone the second subnet lies is decided later.
resource "terraform_data" "zone" {
  input = "us-east-1b"
}

resource "aws_vpc" "zone_later" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_internet_gateway" "zone_later" {
  vpc_id = aws_vpc.zone_later.id
}

resource "aws_subnet" "zone_later_front" {
  vpc_id            = aws_vpc.zone_later.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.100.0/24"
}

resource "aws_route_table" "zone_later_front" {
  vpc_id = aws_vpc.zone_later.id
  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.zone_later.id
  }
}

resource "aws_route_table_association" "zone_later_front" {
  route_table_id = aws_route_table.zone_later_front.id
  subnet_id      = aws_subnet.zone_later_front.id
}

resource "aws_eip" "zone_later_front" {
  domain = "vpc"
}

resource "aws_nat_gateway" "unknown_zone_later" {
  subnet_id     = aws_subnet.zone_later_front.id
  allocation_id = aws_eip.zone_later_front.id
}

resource "aws_subnet" "zone_later_a" {
  vpc_id            = aws_vpc.zone_later.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_route_table" "zone_later_a" {
  vpc_id = aws_vpc.zone_later.id
  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.unknown_zone_later.id
  }
}

resource "aws_route_table_association" "zone_later_a" {
  route_table_id = aws_route_table.zone_later_a.id
  subnet_id      = aws_subnet.zone_later_a.id
}

resource "aws_subnet" "zone_later_b" {
  vpc_id            = aws_vpc.zone_later.id
  availability_zone = terraform_data.zone.output
  cidr_block        = "10.0.2.0/24"
}

resource "aws_route_table" "zone_later_b" {
  vpc_id = aws_vpc.zone_later.id
  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.unknown_zone_later.id
  }
}

resource "aws_route_table_association" "zone_later_b" {
  route_table_id = aws_route_table.zone_later_b.id
  subnet_id      = aws_subnet.zone_later_b.id
}

resource "aws_lambda_function" "zone_later" {
  function_name = "zone-later"
  role          = aws_iam_role.files.arn
  runtime       = "python3.13"
  handler       = "main.handle"
  filename      = "code.zip"
  vpc_config {
    subnet_ids         = [aws_subnet.zone_later_a.id, aws_subnet.zone_later_b.id]
    security_group_ids = []
  }
}

# UNKNOWN: whether it is a regional one is decided later.
resource "terraform_data" "mode" {
  input = "regional"
}

resource "aws_vpc" "mode_later" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_nat_gateway" "unknown_mode_later" {
  vpc_id            = aws_vpc.mode_later.id
  availability_mode = terraform_data.mode.output
}

resource "aws_subnet" "mode_later_a" {
  vpc_id            = aws_vpc.mode_later.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_route_table" "mode_later_a" {
  vpc_id = aws_vpc.mode_later.id
  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.unknown_mode_later.id
  }
}

resource "aws_route_table_association" "mode_later_a" {
  route_table_id = aws_route_table.mode_later_a.id
  subnet_id      = aws_subnet.mode_later_a.id
}

resource "aws_subnet" "mode_later_b" {
  vpc_id            = aws_vpc.mode_later.id
  availability_zone = "us-east-1b"
  cidr_block        = "10.0.2.0/24"
}

resource "aws_route_table" "mode_later_b" {
  vpc_id = aws_vpc.mode_later.id
  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.unknown_mode_later.id
  }
}

resource "aws_route_table_association" "mode_later_b" {
  route_table_id = aws_route_table.mode_later_b.id
  subnet_id      = aws_subnet.mode_later_b.id
}
