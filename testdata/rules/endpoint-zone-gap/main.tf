# endpoint-zone-gap: interface endpoints, and the zones of those who call through them. One network for each case.

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

# BAD, medium: one zone of two, and with it the service is gone.
resource "aws_vpc" "one_of_two" {
  cidr_block           = "10.0.0.0/16"
  enable_dns_hostnames = true
}

resource "aws_subnet" "one_of_two_a" {
  vpc_id            = aws_vpc.one_of_two.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_subnet" "one_of_two_b" {
  vpc_id            = aws_vpc.one_of_two.id
  availability_zone = "us-east-1b"
  cidr_block        = "10.0.2.0/24"
}

resource "aws_security_group" "one_of_two_endpoint" {
  name   = "one-of-two-endpoint"
  vpc_id = aws_vpc.one_of_two.id
  ingress {
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = [aws_vpc.one_of_two.cidr_block]
  }
}

resource "aws_vpc_endpoint" "bad_one_of_two" {
  vpc_id              = aws_vpc.one_of_two.id
  service_name        = "com.amazonaws.us-east-1.secretsmanager"
  vpc_endpoint_type   = "Interface"
  subnet_ids          = [aws_subnet.one_of_two_a.id]
  private_dns_enabled = true
  security_group_ids  = [aws_security_group.one_of_two_endpoint.id]
}

resource "aws_lambda_function" "one_of_two" {
  function_name = "one-of-two"
  role          = aws_iam_role.files.arn
  runtime       = "python3.13"
  handler       = "main.handle"
  filename      = "code.zip"
  vpc_config {
    subnet_ids         = [aws_subnet.one_of_two_a.id, aws_subnet.one_of_two_b.id]
    security_group_ids = []
  }
}

# BAD, low: two zones of three.
resource "aws_vpc" "two_of_three" {
  cidr_block           = "10.0.0.0/16"
  enable_dns_hostnames = true
}

resource "aws_subnet" "two_of_three_a" {
  vpc_id            = aws_vpc.two_of_three.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_subnet" "two_of_three_b" {
  vpc_id            = aws_vpc.two_of_three.id
  availability_zone = "us-east-1b"
  cidr_block        = "10.0.2.0/24"
}

resource "aws_subnet" "two_of_three_c" {
  vpc_id            = aws_vpc.two_of_three.id
  availability_zone = "us-east-1c"
  cidr_block        = "10.0.3.0/24"
}

resource "aws_security_group" "two_of_three_endpoint" {
  name   = "two-of-three-endpoint"
  vpc_id = aws_vpc.two_of_three.id
  ingress {
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = [aws_vpc.two_of_three.cidr_block]
  }
}

resource "aws_vpc_endpoint" "bad_two_of_three" {
  vpc_id              = aws_vpc.two_of_three.id
  service_name        = "com.amazonaws.us-east-1.secretsmanager"
  vpc_endpoint_type   = "Interface"
  subnet_ids          = [aws_subnet.two_of_three_a.id, aws_subnet.two_of_three_b.id]
  private_dns_enabled = true
  security_group_ids  = [aws_security_group.two_of_three_endpoint.id]
}

resource "aws_lambda_function" "two_of_three" {
  function_name = "two-of-three"
  role          = aws_iam_role.files.arn
  runtime       = "python3.13"
  handler       = "main.handle"
  filename      = "code.zip"
  vpc_config {
    subnet_ids         = [aws_subnet.two_of_three_a.id, aws_subnet.two_of_three_b.id, aws_subnet.two_of_three_c.id]
    security_group_ids = []
  }
}

# BAD, medium: it stands in one zone, and its callers in another.
resource "aws_vpc" "elsewhere" {
  cidr_block           = "10.0.0.0/16"
  enable_dns_hostnames = true
}

resource "aws_subnet" "elsewhere_a" {
  vpc_id            = aws_vpc.elsewhere.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_subnet" "elsewhere_b" {
  vpc_id            = aws_vpc.elsewhere.id
  availability_zone = "us-east-1b"
  cidr_block        = "10.0.2.0/24"
}

resource "aws_security_group" "elsewhere_endpoint" {
  name   = "elsewhere-endpoint"
  vpc_id = aws_vpc.elsewhere.id
  ingress {
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = [aws_vpc.elsewhere.cidr_block]
  }
}

resource "aws_vpc_endpoint" "bad_elsewhere" {
  vpc_id              = aws_vpc.elsewhere.id
  service_name        = "com.amazonaws.us-east-1.secretsmanager"
  vpc_endpoint_type   = "Interface"
  subnet_ids          = [aws_subnet.elsewhere_a.id]
  private_dns_enabled = true
  security_group_ids  = [aws_security_group.elsewhere_endpoint.id]
}

resource "aws_lambda_function" "elsewhere" {
  function_name = "elsewhere"
  role          = aws_iam_role.files.arn
  runtime       = "python3.13"
  handler       = "main.handle"
  filename      = "code.zip"
  vpc_config {
    subnet_ids         = [aws_subnet.elsewhere_b.id]
    security_group_ids = []
  }
}

# BAD: its subnets are associated, all but one.
resource "aws_vpc" "associated" {
  cidr_block           = "10.0.0.0/16"
  enable_dns_hostnames = true
}

resource "aws_subnet" "associated_a" {
  vpc_id            = aws_vpc.associated.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_subnet" "associated_b" {
  vpc_id            = aws_vpc.associated.id
  availability_zone = "us-east-1b"
  cidr_block        = "10.0.2.0/24"
}

resource "aws_subnet" "associated_c" {
  vpc_id            = aws_vpc.associated.id
  availability_zone = "us-east-1c"
  cidr_block        = "10.0.3.0/24"
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

resource "aws_vpc_endpoint" "bad_associated" {
  vpc_id              = aws_vpc.associated.id
  service_name        = "com.amazonaws.us-east-1.secretsmanager"
  vpc_endpoint_type   = "Interface"
  private_dns_enabled = true
  security_group_ids  = [aws_security_group.associated_endpoint.id]
}

resource "aws_vpc_endpoint_subnet_association" "associated_a" {
  vpc_endpoint_id = aws_vpc_endpoint.bad_associated.id
  subnet_id       = aws_subnet.associated_a.id
}

resource "aws_vpc_endpoint_subnet_association" "associated_b" {
  vpc_endpoint_id = aws_vpc_endpoint.bad_associated.id
  subnet_id       = aws_subnet.associated_b.id
}

resource "aws_lambda_function" "associated" {
  function_name = "associated"
  role          = aws_iam_role.files.arn
  runtime       = "python3.13"
  handler       = "main.handle"
  filename      = "code.zip"
  vpc_config {
    subnet_ids         = [aws_subnet.associated_a.id, aws_subnet.associated_b.id, aws_subnet.associated_c.id]
    security_group_ids = []
  }
}

# GOOD: every zone.
resource "aws_vpc" "all" {
  cidr_block           = "10.0.0.0/16"
  enable_dns_hostnames = true
}

resource "aws_subnet" "all_a" {
  vpc_id            = aws_vpc.all.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_subnet" "all_b" {
  vpc_id            = aws_vpc.all.id
  availability_zone = "us-east-1b"
  cidr_block        = "10.0.2.0/24"
}

resource "aws_security_group" "all_endpoint" {
  name   = "all-endpoint"
  vpc_id = aws_vpc.all.id
  ingress {
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = [aws_vpc.all.cidr_block]
  }
}

resource "aws_vpc_endpoint" "good_all" {
  vpc_id              = aws_vpc.all.id
  service_name        = "com.amazonaws.us-east-1.secretsmanager"
  vpc_endpoint_type   = "Interface"
  subnet_ids          = [aws_subnet.all_a.id, aws_subnet.all_b.id]
  private_dns_enabled = true
  security_group_ids  = [aws_security_group.all_endpoint.id]
}

resource "aws_lambda_function" "all" {
  function_name = "all"
  role          = aws_iam_role.files.arn
  runtime       = "python3.13"
  handler       = "main.handle"
  filename      = "code.zip"
  vpc_config {
    subnet_ids         = [aws_subnet.all_a.id, aws_subnet.all_b.id]
    security_group_ids = []
  }
}

# GOOD: other subnets than those of its callers, in the same zones.
resource "aws_vpc" "other_subnet" {
  cidr_block           = "10.0.0.0/16"
  enable_dns_hostnames = true
}

resource "aws_subnet" "other_subnet_a" {
  vpc_id            = aws_vpc.other_subnet.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_subnet" "other_subnet_b" {
  vpc_id            = aws_vpc.other_subnet.id
  availability_zone = "us-east-1b"
  cidr_block        = "10.0.2.0/24"
}

resource "aws_subnet" "other_subnet_c" {
  vpc_id            = aws_vpc.other_subnet.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.8.0/24"
}

resource "aws_subnet" "other_subnet_d" {
  vpc_id            = aws_vpc.other_subnet.id
  availability_zone = "us-east-1b"
  cidr_block        = "10.0.9.0/24"
}

resource "aws_security_group" "other_subnet_endpoint" {
  name   = "other-subnet-endpoint"
  vpc_id = aws_vpc.other_subnet.id
  ingress {
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = [aws_vpc.other_subnet.cidr_block]
  }
}

resource "aws_vpc_endpoint" "good_other_subnet" {
  vpc_id              = aws_vpc.other_subnet.id
  service_name        = "com.amazonaws.us-east-1.secretsmanager"
  vpc_endpoint_type   = "Interface"
  subnet_ids          = [aws_subnet.other_subnet_c.id, aws_subnet.other_subnet_d.id]
  private_dns_enabled = true
  security_group_ids  = [aws_security_group.other_subnet_endpoint.id]
}

resource "aws_lambda_function" "other_subnet" {
  function_name = "other-subnet"
  role          = aws_iam_role.files.arn
  runtime       = "python3.13"
  handler       = "main.handle"
  filename      = "code.zip"
  vpc_config {
    subnet_ids         = [aws_subnet.other_subnet_a.id, aws_subnet.other_subnet_b.id]
    security_group_ids = []
  }
}

# GOOD: its callers stand in one of its zones.
resource "aws_vpc" "fewer" {
  cidr_block           = "10.0.0.0/16"
  enable_dns_hostnames = true
}

resource "aws_subnet" "fewer_a" {
  vpc_id            = aws_vpc.fewer.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_subnet" "fewer_b" {
  vpc_id            = aws_vpc.fewer.id
  availability_zone = "us-east-1b"
  cidr_block        = "10.0.2.0/24"
}

resource "aws_security_group" "fewer_endpoint" {
  name   = "fewer-endpoint"
  vpc_id = aws_vpc.fewer.id
  ingress {
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = [aws_vpc.fewer.cidr_block]
  }
}

resource "aws_vpc_endpoint" "good_fewer" {
  vpc_id              = aws_vpc.fewer.id
  service_name        = "com.amazonaws.us-east-1.secretsmanager"
  vpc_endpoint_type   = "Interface"
  subnet_ids          = [aws_subnet.fewer_a.id, aws_subnet.fewer_b.id]
  private_dns_enabled = true
  security_group_ids  = [aws_security_group.fewer_endpoint.id]
}

resource "aws_lambda_function" "fewer" {
  function_name = "fewer"
  role          = aws_iam_role.files.arn
  runtime       = "python3.13"
  handler       = "main.handle"
  filename      = "code.zip"
  vpc_config {
    subnet_ids         = [aws_subnet.fewer_b.id]
    security_group_ids = []
  }
}

# GOOD: the caller has one unit at most.
resource "aws_vpc" "single" {
  cidr_block           = "10.0.0.0/16"
  enable_dns_hostnames = true
}

resource "aws_subnet" "single_a" {
  vpc_id            = aws_vpc.single.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_subnet" "single_b" {
  vpc_id            = aws_vpc.single.id
  availability_zone = "us-east-1b"
  cidr_block        = "10.0.2.0/24"
}

resource "aws_security_group" "single_endpoint" {
  name   = "single-endpoint"
  vpc_id = aws_vpc.single.id
  ingress {
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = [aws_vpc.single.cidr_block]
  }
}

resource "aws_vpc_endpoint" "good_single" {
  vpc_id              = aws_vpc.single.id
  service_name        = "com.amazonaws.us-east-1.secretsmanager"
  vpc_endpoint_type   = "Interface"
  subnet_ids          = [aws_subnet.single_a.id]
  private_dns_enabled = true
  security_group_ids  = [aws_security_group.single_endpoint.id]
}

resource "aws_lambda_function" "single" {
  function_name                  = "single"
  role                           = aws_iam_role.files.arn
  runtime                        = "python3.13"
  handler                        = "main.handle"
  filename                       = "code.zip"
  reserved_concurrent_executions = 1
  vpc_config {
    subnet_ids         = [aws_subnet.single_a.id, aws_subnet.single_b.id]
    security_group_ids = []
  }
}

# GOOD: nobody calls its service.
resource "aws_vpc" "not_called" {
  cidr_block           = "10.0.0.0/16"
  enable_dns_hostnames = true
}

resource "aws_subnet" "not_called_a" {
  vpc_id            = aws_vpc.not_called.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_subnet" "not_called_b" {
  vpc_id            = aws_vpc.not_called.id
  availability_zone = "us-east-1b"
  cidr_block        = "10.0.2.0/24"
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
  subnet_ids          = [aws_subnet.not_called_a.id]
  private_dns_enabled = true
  security_group_ids  = [aws_security_group.not_called_endpoint.id]
}

resource "aws_lambda_function" "not_called" {
  function_name = "not-called"
  role          = aws_iam_role.files.arn
  runtime       = "python3.13"
  handler       = "main.handle"
  filename      = "code.zip"
  vpc_config {
    subnet_ids         = [aws_subnet.not_called_a.id, aws_subnet.not_called_b.id]
    security_group_ids = []
  }
}

# GOOD: in which zones the subnets lie is not known, but they are those of the callers.
resource "terraform_data" "zone" {
  input = "us-east-1a"
}

resource "aws_vpc" "same_unknown" {
  cidr_block           = "10.0.0.0/16"
  enable_dns_hostnames = true
}

resource "aws_subnet" "same_unknown_a" {
  vpc_id            = aws_vpc.same_unknown.id
  availability_zone = terraform_data.zone.output
  cidr_block        = "10.0.1.0/24"
}

resource "aws_security_group" "same_unknown_endpoint" {
  name   = "same-unknown-endpoint"
  vpc_id = aws_vpc.same_unknown.id
  ingress {
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = [aws_vpc.same_unknown.cidr_block]
  }
}

resource "aws_vpc_endpoint" "good_same_unknown" {
  vpc_id              = aws_vpc.same_unknown.id
  service_name        = "com.amazonaws.us-east-1.secretsmanager"
  vpc_endpoint_type   = "Interface"
  subnet_ids          = [aws_subnet.same_unknown_a.id]
  private_dns_enabled = true
  security_group_ids  = [aws_security_group.same_unknown_endpoint.id]
}

resource "aws_lambda_function" "same_unknown" {
  function_name = "same-unknown"
  role          = aws_iam_role.files.arn
  runtime       = "python3.13"
  handler       = "main.handle"
  filename      = "code.zip"
  vpc_config {
    subnet_ids         = [aws_subnet.same_unknown_a.id]
    security_group_ids = []
  }
}

# UNKNOWN: in which zone the subnet of the caller lies is decided later.
resource "aws_vpc" "zone_later" {
  cidr_block           = "10.0.0.0/16"
  enable_dns_hostnames = true
}

resource "aws_subnet" "zone_later_a" {
  vpc_id            = aws_vpc.zone_later.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_subnet" "zone_later_b" {
  vpc_id            = aws_vpc.zone_later.id
  availability_zone = terraform_data.zone.output
  cidr_block        = "10.0.2.0/24"
}

resource "aws_security_group" "zone_later_endpoint" {
  name   = "zone-later-endpoint"
  vpc_id = aws_vpc.zone_later.id
  ingress {
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = [aws_vpc.zone_later.cidr_block]
  }
}

resource "aws_vpc_endpoint" "unknown_zone_later" {
  vpc_id              = aws_vpc.zone_later.id
  service_name        = "com.amazonaws.us-east-1.secretsmanager"
  vpc_endpoint_type   = "Interface"
  subnet_ids          = [aws_subnet.zone_later_a.id]
  private_dns_enabled = true
  security_group_ids  = [aws_security_group.zone_later_endpoint.id]
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

# UNKNOWN: in which subnets it has addresses is found when the network is there.
resource "aws_vpc" "subnets_later" {
  cidr_block           = "10.0.0.0/16"
  enable_dns_hostnames = true
}

resource "aws_subnet" "subnets_later_a" {
  vpc_id            = aws_vpc.subnets_later.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_subnet" "subnets_later_b" {
  vpc_id            = aws_vpc.subnets_later.id
  availability_zone = "us-east-1b"
  cidr_block        = "10.0.2.0/24"
}

resource "aws_security_group" "subnets_later_endpoint" {
  name   = "subnets-later-endpoint"
  vpc_id = aws_vpc.subnets_later.id
  ingress {
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = [aws_vpc.subnets_later.cidr_block]
  }
}

data "aws_subnets" "subnets_later" {
  filter {
    name   = "vpc-id"
    values = [aws_vpc.subnets_later.id]
  }
}

resource "aws_vpc_endpoint" "unknown_subnets_later" {
  vpc_id              = aws_vpc.subnets_later.id
  service_name        = "com.amazonaws.us-east-1.secretsmanager"
  vpc_endpoint_type   = "Interface"
  subnet_ids          = data.aws_subnets.subnets_later.ids
  private_dns_enabled = true
  security_group_ids  = [aws_security_group.subnets_later_endpoint.id]
}

resource "aws_lambda_function" "subnets_later" {
  function_name = "subnets-later"
  role          = aws_iam_role.files.arn
  runtime       = "python3.13"
  handler       = "main.handle"
  filename      = "code.zip"
  vpc_config {
    subnet_ids         = [aws_subnet.subnets_later_a.id, aws_subnet.subnets_later_b.id]
    security_group_ids = []
  }
}
