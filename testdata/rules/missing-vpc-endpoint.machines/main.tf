# missing-vpc-endpoint: machines, the containers on them, and the nodes of Kubernetes.
#
# One network for each case, cut down to what decides it. "NAT" means that the default route leads to a NAT gateway;
# "isolated", that there is no default route, so that what has no endpoint cannot be called at all.

terraform {
  required_providers {
    aws = { source = "hashicorp/aws", version = "~> 6.0" }
  }
}

provider "aws" {
  region = "us-east-1"
}

locals {
  region   = "us-east-1"
  registry = "123456789012.dkr.ecr.us-east-1.amazonaws.com"
  machines = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }]
  })
}

# Reads files from S3, and is managed by Systems Manager.
resource "aws_iam_role" "files" {
  name               = "files"
  assume_role_policy = local.machines
}

resource "aws_iam_policy" "files" {
  name = "files"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["s3:GetObject", "s3:ListBucket"], Resource = "*" }]
  })
}

resource "aws_iam_policy_attachment" "files" {
  name       = "files"
  roles      = [aws_iam_role.files.name]
  policy_arn = aws_iam_policy.files.arn
}

resource "aws_iam_role_policy_attachment" "files" {
  role       = aws_iam_role.files.name
  policy_arn = "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore"
}

resource "aws_iam_instance_profile" "files" {
  name = "files-profile"
  role = aws_iam_role.files.name
}

resource "aws_launch_template" "files" {
  name          = "files"
  image_id      = "ami-0123456789abcdef0"
  instance_type = "m7g.large"
  iam_instance_profile {
    arn = aws_iam_instance_profile.files.arn
  }
}

# --- groups of machines ---

# BAD: s3, medium, and nothing else. The chatter of the Systems Manager agent never pays for an endpoint beside NAT.
resource "aws_vpc" "bad_group" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "group" {
  vpc_id            = aws_vpc.bad_group.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_nat_gateway" "group" {
  vpc_id            = aws_vpc.bad_group.id
  availability_mode = "regional"
}

resource "aws_route_table" "group" {
  vpc_id = aws_vpc.bad_group.id
}

resource "aws_route" "group" {
  route_table_id         = aws_route_table.group.id
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = aws_nat_gateway.group.id
}

resource "aws_route_table_association" "group" {
  route_table_id = aws_route_table.group.id
  subnet_id      = aws_subnet.group.id
}

resource "aws_autoscaling_group" "group" {
  name                = "group"
  min_size            = 2
  max_size            = 6
  vpc_zone_identifier = [aws_subnet.group.id]
  launch_template {
    id = aws_launch_template.files.id
  }
}

# BAD: s3. The role, the instance profile and the launch template have the same name, as they often do: each reference
# says which is meant.
resource "aws_vpc" "bad_same_names" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "same_names" {
  vpc_id            = aws_vpc.bad_same_names.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_nat_gateway" "same_names" {
  vpc_id            = aws_vpc.bad_same_names.id
  availability_mode = "regional"
}

resource "aws_route_table" "same_names" {
  vpc_id = aws_vpc.bad_same_names.id
}

resource "aws_route" "same_names" {
  route_table_id         = aws_route_table.same_names.id
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = aws_nat_gateway.same_names.id
}

resource "aws_route_table_association" "same_names" {
  route_table_id = aws_route_table.same_names.id
  subnet_id      = aws_subnet.same_names.id
}

resource "aws_iam_role" "same_names" {
  name               = "thumbnails"
  assume_role_policy = local.machines
}

resource "aws_iam_role_policy" "same_names" {
  name = "thumbnails"
  role = aws_iam_role.same_names.name
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "s3:GetObject", Resource = "*" }]
  })
}

resource "aws_iam_instance_profile" "same_names" {
  name = "thumbnails"
  role = aws_iam_role.same_names.name
}

resource "aws_launch_template" "same_names" {
  name          = "thumbnails"
  image_id      = "ami-0123456789abcdef0"
  instance_type = "m7g.large"
  iam_instance_profile {
    name = aws_iam_instance_profile.same_names.name
  }
}

resource "aws_autoscaling_group" "same_names" {
  name                = "thumbnails"
  min_size            = 2
  max_size            = 6
  vpc_zone_identifier = [aws_subnet.same_names.id]
  launch_template {
    name = aws_launch_template.same_names.name
  }
}

# BAD: ssm and ec2messages at least. Isolated machines that Systems Manager is to manage, and no way to it. Severity:
# nothing waits for the agent to start, so medium will do.
resource "aws_vpc" "bad_unmanageable" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "unmanageable" {
  vpc_id            = aws_vpc.bad_unmanageable.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_iam_role" "managed" {
  name                = "managed"
  assume_role_policy  = local.machines
  managed_policy_arns = ["arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore"]
}

resource "aws_iam_instance_profile" "managed" {
  name = "managed-profile"
  role = aws_iam_role.managed.name
}

resource "aws_launch_configuration" "managed" {
  name_prefix          = "managed-"
  image_id             = "ami-0123456789abcdef0"
  instance_type        = "m5.large"
  iam_instance_profile = aws_iam_instance_profile.managed.name
}

resource "aws_autoscaling_group" "unmanageable" {
  name                 = "unmanageable"
  min_size             = 2
  max_size             = 2
  vpc_zone_identifier  = [aws_subnet.unmanageable.id]
  launch_configuration = aws_launch_configuration.managed.name
}

# GOOD: the same, with the four endpoints of Systems Manager.
resource "aws_vpc" "good_manageable" {
  cidr_block           = "10.0.0.0/16"
  enable_dns_hostnames = true
}

resource "aws_subnet" "manageable" {
  vpc_id            = aws_vpc.good_manageable.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_vpc_endpoint" "manageable" {
  for_each            = toset(["ssm", "ssmmessages", "ec2messages", "ec2"])
  vpc_id              = aws_vpc.good_manageable.id
  service_name        = "com.amazonaws.${local.region}.${each.key}"
  vpc_endpoint_type   = "Interface"
  private_dns_enabled = true
  subnet_ids          = [aws_subnet.manageable.id]
}

resource "aws_autoscaling_group" "manageable" {
  name                 = "manageable"
  min_size             = 2
  max_size             = 2
  vpc_zone_identifier  = [aws_subnet.manageable.id]
  launch_configuration = aws_launch_configuration.managed.name
}

# GOOD: a role that may do everything intends nothing.
resource "aws_vpc" "good_admin" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "admin" {
  vpc_id            = aws_vpc.good_admin.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_nat_gateway" "admin" {
  vpc_id            = aws_vpc.good_admin.id
  availability_mode = "regional"
}

resource "aws_route_table" "admin" {
  vpc_id = aws_vpc.good_admin.id
  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.admin.id
  }
}

resource "aws_route_table_association" "admin" {
  route_table_id = aws_route_table.admin.id
  subnet_id      = aws_subnet.admin.id
}

resource "aws_iam_role" "admin" {
  name               = "admin"
  assume_role_policy = local.machines
  inline_policy {
    name = "everything"
    policy = jsonencode({
      Version   = "2012-10-17"
      Statement = [{ Effect = "Allow", Action = "*", Resource = "*" }]
    })
  }
}

resource "aws_iam_role_policy_attachment" "admin" {
  role       = aws_iam_role.admin.name
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
}

resource "aws_iam_instance_profile" "admin" {
  name = "admin-profile"
  role = aws_iam_role.admin.name
}

resource "aws_instance" "admin" {
  ami                  = "ami-0123456789abcdef0"
  instance_type        = "t3.small"
  iam_instance_profile = aws_iam_instance_profile.admin.name
  subnet_id            = aws_subnet.admin.id
}

# --- public subnets ---

# GOOD: the subnet gives its machines public addresses.
resource "aws_vpc" "good_public" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_internet_gateway" "public" {
  vpc_id = aws_vpc.good_public.id
}

resource "aws_subnet" "public" {
  vpc_id                  = aws_vpc.good_public.id
  availability_zone       = "us-east-1a"
  cidr_block              = "10.0.1.0/24"
  map_public_ip_on_launch = true
}

resource "aws_route_table" "public" {
  vpc_id = aws_vpc.good_public.id
  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.public.id
  }
}

resource "aws_route_table_association" "public" {
  route_table_id = aws_route_table.public.id
  subnet_id      = aws_subnet.public.id
}

resource "aws_autoscaling_group" "public" {
  name                = "public"
  min_size            = 1
  max_size            = 2
  vpc_zone_identifier = [aws_subnet.public.id]
  launch_template {
    id = aws_launch_template.files.id
  }
}

# GOOD: the subnet gives no addresses, the launch template of the group does.
resource "aws_vpc" "good_group_addresses" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_internet_gateway" "group_addresses" {
  vpc_id = aws_vpc.good_group_addresses.id
}

resource "aws_subnet" "group_addresses" {
  vpc_id            = aws_vpc.good_group_addresses.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_route_table" "group_addresses" {
  vpc_id = aws_vpc.good_group_addresses.id
}

resource "aws_route" "group_addresses" {
  route_table_id         = aws_route_table.group_addresses.id
  destination_cidr_block = "0.0.0.0/0"
  gateway_id             = aws_internet_gateway.group_addresses.id
}

resource "aws_route_table_association" "group_addresses" {
  route_table_id = aws_route_table.group_addresses.id
  subnet_id      = aws_subnet.group_addresses.id
}

resource "aws_launch_template" "group_addresses" {
  name          = "group-addresses"
  image_id      = "ami-0123456789abcdef0"
  instance_type = "m7g.large"
  iam_instance_profile {
    name = aws_iam_instance_profile.files.name
  }
  network_interfaces {
    associate_public_ip_address = true
  }
}

resource "aws_autoscaling_group" "group_addresses" {
  name                = "group-addresses"
  min_size            = 1
  max_size            = 2
  vpc_zone_identifier = [aws_subnet.group_addresses.id]
  launch_template {
    id = aws_launch_template.group_addresses.id
  }
}

# BAD: s3. The subnet would give addresses, the launch template of the group refuses them: nothing leads out for them.
resource "aws_vpc" "bad_addressless_group" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_internet_gateway" "addressless_group" {
  vpc_id = aws_vpc.bad_addressless_group.id
}

resource "aws_subnet" "addressless_group" {
  vpc_id                  = aws_vpc.bad_addressless_group.id
  availability_zone       = "us-east-1a"
  cidr_block              = "10.0.1.0/24"
  map_public_ip_on_launch = true
}

resource "aws_route_table" "addressless_group" {
  vpc_id = aws_vpc.bad_addressless_group.id
}

resource "aws_route" "addressless_group" {
  route_table_id         = aws_route_table.addressless_group.id
  destination_cidr_block = "0.0.0.0/0"
  gateway_id             = aws_internet_gateway.addressless_group.id
}

resource "aws_route_table_association" "addressless_group" {
  route_table_id = aws_route_table.addressless_group.id
  subnet_id      = aws_subnet.addressless_group.id
}

resource "aws_launch_template" "addressless_group" {
  name          = "addressless-group"
  image_id      = "ami-0123456789abcdef0"
  instance_type = "m7g.large"
  iam_instance_profile {
    name = aws_iam_instance_profile.files.name
  }
  network_interfaces {
    associate_public_ip_address = false
  }
}

resource "aws_autoscaling_group" "addressless_group" {
  name                = "addressless-group"
  min_size            = 1
  max_size            = 2
  vpc_zone_identifier = [aws_subnet.addressless_group.id]
  launch_template {
    id = aws_launch_template.addressless_group.id
  }
}

# BAD: s3. The subnet gives no addresses, and nobody says otherwise for the group.
resource "aws_vpc" "bad_plain_group" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_internet_gateway" "plain_group" {
  vpc_id = aws_vpc.bad_plain_group.id
}

resource "aws_subnet" "plain_group" {
  vpc_id            = aws_vpc.bad_plain_group.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_route_table" "plain_group" {
  vpc_id = aws_vpc.bad_plain_group.id
}

resource "aws_route" "plain_group" {
  route_table_id         = aws_route_table.plain_group.id
  destination_cidr_block = "0.0.0.0/0"
  gateway_id             = aws_internet_gateway.plain_group.id
}

resource "aws_route_table_association" "plain_group" {
  route_table_id = aws_route_table.plain_group.id
  subnet_id      = aws_subnet.plain_group.id
}

resource "aws_autoscaling_group" "plain_group" {
  name                = "plain-group"
  min_size            = 1
  max_size            = 2
  vpc_zone_identifier = [aws_subnet.plain_group.id]
  launch_template {
    id = aws_launch_template.files.id
  }
}

# GOOD: one machine without a public address of its own, which an elastic one is given to.
resource "aws_vpc" "good_elastic_address" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_internet_gateway" "elastic_address" {
  vpc_id = aws_vpc.good_elastic_address.id
}

resource "aws_subnet" "elastic_address" {
  vpc_id            = aws_vpc.good_elastic_address.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_route_table" "elastic_address" {
  vpc_id = aws_vpc.good_elastic_address.id
}

resource "aws_route" "elastic_address" {
  route_table_id         = aws_route_table.elastic_address.id
  destination_cidr_block = "0.0.0.0/0"
  gateway_id             = aws_internet_gateway.elastic_address.id
}

resource "aws_route_table_association" "elastic_address" {
  route_table_id = aws_route_table.elastic_address.id
  subnet_id      = aws_subnet.elastic_address.id
}

resource "aws_instance" "elastic_address" {
  ami                         = "ami-0123456789abcdef0"
  instance_type               = "t3.small"
  iam_instance_profile        = aws_iam_instance_profile.files.name
  subnet_id                   = aws_subnet.elastic_address.id
  associate_public_ip_address = false
}

resource "aws_eip" "elastic_address" {
  instance = aws_instance.elastic_address.id
}

# BAD: s3. One machine without a public address in a public subnet.
resource "aws_vpc" "bad_addressless_machine" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_internet_gateway" "addressless_machine" {
  vpc_id = aws_vpc.bad_addressless_machine.id
}

resource "aws_subnet" "addressless_machine" {
  vpc_id                  = aws_vpc.bad_addressless_machine.id
  availability_zone       = "us-east-1a"
  cidr_block              = "10.0.1.0/24"
  map_public_ip_on_launch = true
}

resource "aws_route_table" "addressless_machine" {
  vpc_id = aws_vpc.bad_addressless_machine.id
}

resource "aws_route" "addressless_machine" {
  route_table_id         = aws_route_table.addressless_machine.id
  destination_cidr_block = "0.0.0.0/0"
  gateway_id             = aws_internet_gateway.addressless_machine.id
}

resource "aws_route_table_association" "addressless_machine" {
  route_table_id = aws_route_table.addressless_machine.id
  subnet_id      = aws_subnet.addressless_machine.id
}

resource "aws_instance" "addressless_machine" {
  ami                         = "ami-0123456789abcdef0"
  instance_type               = "t3.small"
  iam_instance_profile        = aws_iam_instance_profile.files.name
  subnet_id                   = aws_subnet.addressless_machine.id
  associate_public_ip_address = false
}

# --- containers on machines ---

resource "aws_iam_role" "container_machines" {
  name               = "container-machines"
  assume_role_policy = local.machines
}

resource "aws_iam_role_policy_attachment" "container_machines" {
  role       = aws_iam_role.container_machines.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AmazonEC2ContainerServiceforEC2Role"
}

resource "aws_iam_instance_profile" "container_machines" {
  name = "container-machines-profile"
  role = aws_iam_role.container_machines.name
}

resource "aws_launch_template" "container_machines" {
  name          = "container-machines"
  image_id      = "ami-0123456789abcdef0"
  instance_type = "m7g.xlarge"
  iam_instance_profile {
    name = aws_iam_instance_profile.container_machines.name
  }
}

# Bridge mode: the containers share their machine's network, and stand where it stands.
resource "aws_ecs_task_definition" "bridged" {
  family = "bridged"
  container_definitions = jsonencode([{
    name             = "worker"
    image            = "${local.registry}/shop/worker:7"
    memory           = 512
    logConfiguration = { logDriver = "awslogs", options = { awslogs-group = "/shop/worker", awslogs-region = "us-east-1" } }
  }])
}

# BAD: ecr.api, ecr.dkr, s3 and logs, called by the machines. Their agent's chatter goes through NAT: not to be named.
resource "aws_vpc" "bad_container_machines" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "container_machines" {
  vpc_id            = aws_vpc.bad_container_machines.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_nat_gateway" "container_machines" {
  vpc_id            = aws_vpc.bad_container_machines.id
  availability_mode = "regional"
}

resource "aws_route_table" "container_machines" {
  vpc_id = aws_vpc.bad_container_machines.id
}

resource "aws_route" "container_machines" {
  route_table_id         = aws_route_table.container_machines.id
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = aws_nat_gateway.container_machines.id
}

resource "aws_route_table_association" "container_machines" {
  route_table_id = aws_route_table.container_machines.id
  subnet_id      = aws_subnet.container_machines.id
}

resource "aws_autoscaling_group" "container_machines" {
  name                = "container-machines"
  min_size            = 2
  max_size            = 6
  vpc_zone_identifier = [aws_subnet.container_machines.id]
  launch_template {
    id = aws_launch_template.container_machines.id
  }
}

resource "aws_ecs_cluster" "container_machines" {
  name = "container-machines"
}

resource "aws_ecs_capacity_provider" "container_machines" {
  name = "container-machines"
  auto_scaling_group_provider {
    auto_scaling_group_arn = aws_autoscaling_group.container_machines.arn
  }
}

resource "aws_ecs_service" "container_machines" {
  name            = "container-machines"
  cluster         = aws_ecs_cluster.container_machines.id
  task_definition = aws_ecs_task_definition.bridged.arn
  desired_count   = 2
  capacity_provider_strategy {
    capacity_provider = aws_ecs_capacity_provider.container_machines.name
    weight            = 1
  }
}

# BAD: ecs, ecs-agent and ecs-telemetry, and nothing else: isolated, with endpoints for images and logs. Fargate would
# need no more; the agent on the machines cannot reach its service. The service names its machines by the cluster's default.
resource "aws_vpc" "bad_agents" {
  cidr_block           = "10.0.0.0/16"
  enable_dns_hostnames = true
}

resource "aws_subnet" "agents" {
  vpc_id            = aws_vpc.bad_agents.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_route_table" "agents" {
  vpc_id = aws_vpc.bad_agents.id
}

resource "aws_route_table_association" "agents" {
  route_table_id = aws_route_table.agents.id
  subnet_id      = aws_subnet.agents.id
}

resource "aws_vpc_endpoint" "agents" {
  for_each            = toset(["ecr.api", "ecr.dkr", "logs"])
  vpc_id              = aws_vpc.bad_agents.id
  service_name        = "com.amazonaws.${local.region}.${each.key}"
  vpc_endpoint_type   = "Interface"
  private_dns_enabled = true
  subnet_ids          = [aws_subnet.agents.id]
}

resource "aws_vpc_endpoint" "agents_s3" {
  vpc_id          = aws_vpc.bad_agents.id
  service_name    = "com.amazonaws.${local.region}.s3"
  route_table_ids = [aws_route_table.agents.id]
}

resource "aws_autoscaling_group" "agents" {
  name                = "agents"
  min_size            = 2
  max_size            = 6
  vpc_zone_identifier = [aws_subnet.agents.id]
  launch_template {
    id = aws_launch_template.container_machines.id
  }
}

resource "aws_ecs_cluster" "agents" {
  name = "agents"
}

resource "aws_ecs_capacity_provider" "agents" {
  name = "agents"
  auto_scaling_group_provider {
    auto_scaling_group_arn = aws_autoscaling_group.agents.arn
  }
}

resource "aws_ecs_cluster_capacity_providers" "agents" {
  cluster_name       = aws_ecs_cluster.agents.name
  capacity_providers = [aws_ecs_capacity_provider.agents.name]
  default_capacity_provider_strategy {
    capacity_provider = aws_ecs_capacity_provider.agents.name
    weight            = 1
  }
}

resource "aws_ecs_service" "agents" {
  name            = "agents"
  cluster         = aws_ecs_cluster.agents.id
  task_definition = aws_ecs_task_definition.bridged.arn
  desired_count   = 2
}

# GOOD: the same, with the agent's three endpoints as well.
resource "aws_vpc" "good_agents" {
  cidr_block           = "10.0.0.0/16"
  enable_dns_hostnames = true
}

resource "aws_subnet" "served_agents" {
  vpc_id            = aws_vpc.good_agents.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_route_table" "served_agents" {
  vpc_id = aws_vpc.good_agents.id
}

resource "aws_route_table_association" "served_agents" {
  route_table_id = aws_route_table.served_agents.id
  subnet_id      = aws_subnet.served_agents.id
}

resource "aws_vpc_endpoint" "served_agents" {
  for_each            = toset(["ecr.api", "ecr.dkr", "logs", "ecs", "ecs-agent", "ecs-telemetry"])
  vpc_id              = aws_vpc.good_agents.id
  service_name        = "com.amazonaws.${local.region}.${each.key}"
  vpc_endpoint_type   = "Interface"
  private_dns_enabled = true
  subnet_ids          = [aws_subnet.served_agents.id]
}

resource "aws_vpc_endpoint" "served_agents_s3" {
  vpc_id          = aws_vpc.good_agents.id
  service_name    = "com.amazonaws.${local.region}.s3"
  route_table_ids = [aws_route_table.served_agents.id]
}

resource "aws_autoscaling_group" "served_agents" {
  name                = "served-agents"
  min_size            = 2
  max_size            = 6
  vpc_zone_identifier = [aws_subnet.served_agents.id]
  launch_template {
    id = aws_launch_template.container_machines.id
  }
}

resource "aws_ecs_cluster" "served_agents" {
  name = "served-agents"
}

resource "aws_ecs_capacity_provider" "served_agents" {
  name = "served-agents"
  auto_scaling_group_provider {
    auto_scaling_group_arn = aws_autoscaling_group.served_agents.arn
  }
}

resource "aws_ecs_service" "served_agents" {
  name            = "served-agents"
  cluster         = aws_ecs_cluster.served_agents.id
  task_definition = aws_ecs_task_definition.bridged.arn
  desired_count   = 2
  capacity_provider_strategy {
    capacity_provider = aws_ecs_capacity_provider.served_agents.name
    weight            = 1
  }
}

# UNKNOWN, at the service: its containers share the network of machines that another plan manages. It pulls from ECR and
# writes logs; from where, cannot be told.
data "aws_ecs_cluster" "elsewhere" {
  cluster_name = "elsewhere"
}

resource "aws_ecs_service" "unknown_machines" {
  name            = "machines-elsewhere"
  cluster         = data.aws_ecs_cluster.elsewhere.arn
  task_definition = aws_ecs_task_definition.bridged.arn
  launch_type     = "EC2"
  desired_count   = 2
}

# --- nodes of Kubernetes ---

resource "aws_iam_role" "nodes" {
  name               = "nodes"
  assume_role_policy = local.machines
}

resource "aws_iam_role_policy_attachment" "nodes" {
  for_each   = toset(["AmazonEKSWorkerNodePolicy", "AmazonEKS_CNI_Policy", "AmazonEC2ContainerRegistryReadOnly"])
  role       = aws_iam_role.nodes.name
  policy_arn = "arn:aws:iam::aws:policy/${each.key}"
}

# BAD: ecr.api, ecr.dkr and s3, which carry images through NAT. Calls of EC2 for addresses are chatter.
resource "aws_vpc" "bad_nodes" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "nodes" {
  for_each          = { us-east-1a = "10.0.1.0/24", us-east-1b = "10.0.2.0/24" }
  vpc_id            = aws_vpc.bad_nodes.id
  availability_zone = each.key
  cidr_block        = each.value
}

resource "aws_nat_gateway" "nodes" {
  vpc_id            = aws_vpc.bad_nodes.id
  availability_mode = "regional"
}

resource "aws_route_table" "nodes" {
  vpc_id = aws_vpc.bad_nodes.id
}

resource "aws_route" "nodes" {
  route_table_id         = aws_route_table.nodes.id
  destination_cidr_block = "0.0.0.0/0"
  nat_gateway_id         = aws_nat_gateway.nodes.id
}

resource "aws_route_table_association" "nodes" {
  for_each       = aws_subnet.nodes
  route_table_id = aws_route_table.nodes.id
  subnet_id      = each.value.id
}

resource "aws_eks_cluster" "nodes" {
  name     = "nodes"
  role_arn = "arn:aws:iam::123456789012:role/eks-cluster"
  vpc_config {
    subnet_ids = [for subnet in aws_subnet.nodes : subnet.id]
  }
}

resource "aws_eks_node_group" "nodes" {
  cluster_name    = aws_eks_cluster.nodes.name
  node_group_name = "nodes"
  node_role_arn   = aws_iam_role.nodes.arn
  subnet_ids      = [for subnet in aws_subnet.nodes : subnet.id]
  scaling_config {
    desired_size = 2
    max_size     = 6
    min_size     = 2
  }
}

# BAD: ec2, ecr.api, ecr.dkr and s3, high: isolated nodes never join.
resource "aws_vpc" "bad_isolated_nodes" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "isolated_nodes" {
  for_each          = { us-east-1a = "10.0.1.0/24", us-east-1b = "10.0.2.0/24" }
  vpc_id            = aws_vpc.bad_isolated_nodes.id
  availability_zone = each.key
  cidr_block        = each.value
}

resource "aws_eks_cluster" "isolated_nodes" {
  name     = "isolated-nodes"
  role_arn = "arn:aws:iam::123456789012:role/eks-cluster"
  vpc_config {
    subnet_ids = [for subnet in aws_subnet.isolated_nodes : subnet.id]
  }
}

resource "aws_eks_node_group" "isolated_nodes" {
  cluster_name    = aws_eks_cluster.isolated_nodes.name
  node_group_name = "isolated-nodes"
  node_role_arn   = aws_iam_role.nodes.arn
  subnet_ids      = [for subnet in aws_subnet.isolated_nodes : subnet.id]
  scaling_config {
    desired_size = 2
    max_size     = 6
    min_size     = 2
  }
}

# GOOD: isolated nodes with their endpoints.
resource "aws_vpc" "good_isolated_nodes" {
  cidr_block           = "10.0.0.0/16"
  enable_dns_hostnames = true
}

resource "aws_subnet" "served_nodes" {
  for_each          = { us-east-1a = "10.0.1.0/24", us-east-1b = "10.0.2.0/24" }
  vpc_id            = aws_vpc.good_isolated_nodes.id
  availability_zone = each.key
  cidr_block        = each.value
}

resource "aws_route_table" "served_nodes" {
  vpc_id = aws_vpc.good_isolated_nodes.id
}

resource "aws_route_table_association" "served_nodes" {
  for_each       = aws_subnet.served_nodes
  route_table_id = aws_route_table.served_nodes.id
  subnet_id      = each.value.id
}

resource "aws_vpc_endpoint" "served_nodes" {
  for_each            = toset(["ec2", "ecr.api", "ecr.dkr", "logs", "sts", "elasticloadbalancing", "autoscaling"])
  vpc_id              = aws_vpc.good_isolated_nodes.id
  service_name        = "com.amazonaws.${local.region}.${each.key}"
  vpc_endpoint_type   = "Interface"
  private_dns_enabled = true
  subnet_ids          = [for subnet in aws_subnet.served_nodes : subnet.id]
}

resource "aws_vpc_endpoint" "served_nodes_s3" {
  vpc_id          = aws_vpc.good_isolated_nodes.id
  service_name    = "com.amazonaws.${local.region}.s3"
  route_table_ids = [aws_route_table.served_nodes.id]
}

resource "aws_eks_cluster" "served_nodes" {
  name     = "served-nodes"
  role_arn = "arn:aws:iam::123456789012:role/eks-cluster"
  vpc_config {
    subnet_ids = [for subnet in aws_subnet.served_nodes : subnet.id]
  }
}

resource "aws_eks_node_group" "served_nodes" {
  cluster_name    = aws_eks_cluster.served_nodes.name
  node_group_name = "served-nodes"
  node_role_arn   = aws_iam_role.nodes.arn
  subnet_ids      = [for subnet in aws_subnet.served_nodes : subnet.id]
  scaling_config {
    desired_size = 2
    max_size     = 6
    min_size     = 2
  }
}

# BAD: sts, and nothing else. Isolated nodes with the endpoints that nodes need; but their pods take roles through the
# cluster's identity provider, and ask STS for them.
resource "aws_vpc" "bad_pod_roles" {
  cidr_block           = "10.0.0.0/16"
  enable_dns_hostnames = true
}

resource "aws_subnet" "pod_roles" {
  for_each          = { us-east-1a = "10.0.1.0/24", us-east-1b = "10.0.2.0/24" }
  vpc_id            = aws_vpc.bad_pod_roles.id
  availability_zone = each.key
  cidr_block        = each.value
}

resource "aws_route_table" "pod_roles" {
  vpc_id = aws_vpc.bad_pod_roles.id
}

resource "aws_route_table_association" "pod_roles" {
  for_each       = aws_subnet.pod_roles
  route_table_id = aws_route_table.pod_roles.id
  subnet_id      = each.value.id
}

resource "aws_vpc_endpoint" "pod_roles" {
  for_each            = toset(["ec2", "ecr.api", "ecr.dkr"])
  vpc_id              = aws_vpc.bad_pod_roles.id
  service_name        = "com.amazonaws.${local.region}.${each.key}"
  vpc_endpoint_type   = "Interface"
  private_dns_enabled = true
  subnet_ids          = [for subnet in aws_subnet.pod_roles : subnet.id]
}

resource "aws_vpc_endpoint" "pod_roles_s3" {
  vpc_id          = aws_vpc.bad_pod_roles.id
  service_name    = "com.amazonaws.${local.region}.s3"
  route_table_ids = [aws_route_table.pod_roles.id]
}

resource "aws_eks_cluster" "pod_roles" {
  name     = "pod-roles"
  role_arn = "arn:aws:iam::123456789012:role/eks-cluster"
  vpc_config {
    subnet_ids = [for subnet in aws_subnet.pod_roles : subnet.id]
  }
}

resource "aws_eks_node_group" "pod_roles" {
  cluster_name    = aws_eks_cluster.pod_roles.name
  node_group_name = "pod-roles"
  node_role_arn   = aws_iam_role.nodes.arn
  subnet_ids      = [for subnet in aws_subnet.pod_roles : subnet.id]
  scaling_config {
    desired_size = 2
    max_size     = 6
    min_size     = 2
  }
}

resource "aws_iam_openid_connect_provider" "pod_roles" {
  url            = aws_eks_cluster.pod_roles.identity[0].oidc[0].issuer
  client_id_list = ["sts.amazonaws.com"]
}

data "aws_iam_policy_document" "pod_roles" {
  statement {
    actions = ["sts:AssumeRoleWithWebIdentity"]
    principals {
      type        = "Federated"
      identifiers = [aws_iam_openid_connect_provider.pod_roles.arn]
    }
  }
}

resource "aws_iam_role" "pod_roles" {
  name               = "pod-roles"
  assume_role_policy = data.aws_iam_policy_document.pod_roles.json
}
