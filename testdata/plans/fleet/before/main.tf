# Machines that `count` and `for_each` make, without a group around them: what is said of them is told under the first.

terraform {
  required_providers {
    aws = { source = "hashicorp/aws", version = "~> 6.0" }
  }
}

provider "aws" {
  region = "us-east-1"
}

locals {
  # On one of them alone somebody says that nothing matters.
  web = {
    a = { "planwise:ignore" = "* a is a playground" }
    b = {}
    c = {}
  }
}

# They ask for more connections than there are.
resource "aws_db_instance" "orders" {
  engine                      = "mysql"
  engine_version              = "8.0"
  instance_class              = "db.t3.micro"
  allocated_storage           = 20
  multi_az                    = true
  username                    = "orders"
  manage_master_user_password = true
}

resource "aws_instance" "worker" {
  count         = 12
  ami           = "ami-0123456789abcdef0"
  instance_type = "m7g.large"
  subnet_id     = "subnet-0a"

  tags = {
    "planwise:pool-size"   = "10"
    "planwise:overflow"    = "0"
    "planwise:processes"   = "1"
    "planwise:connects-to" = "aws_db_instance.orders"
  }
}

# They keep sessions to themselves, bind their clients, and are of an earlier generation.
resource "aws_instance" "web" {
  for_each      = local.web
  ami           = "ami-0123456789abcdef0"
  instance_type = "m4.large"
  subnet_id     = "subnet-0a"
  tags          = each.value

  user_data = <<-EOT
    #!/bin/sh
    docker run -e SESSION_DRIVER=file web
  EOT
}

module "web" {
  source   = "./entrance"
  name     = "web"
  sticky   = true
  machines = { for key, machine in aws_instance.web : key => machine.id }
}

resource "aws_instance" "shop" {
  for_each      = toset(["a", "b", "c"])
  ami           = "ami-0123456789abcdef0"
  instance_type = "m7g.large"
  subnet_id     = "subnet-0a"

  user_data = <<-EOT
    #!/bin/sh
    docker run -e SESSION_DRIVER=file shop
  EOT

  root_block_device {
    volume_type = "gp3"
    volume_size = 500
    iops        = 16000
    throughput  = 1000
  }
}

module "shop" {
  source   = "./entrance"
  name     = "shop"
  sticky   = false
  machines = { for key, machine in aws_instance.shop : key => machine.id }
}

# Its disk is faster than it can carry.
resource "aws_instance" "scratch" {
  count         = 1
  ami           = "ami-0123456789abcdef0"
  instance_type = "m7g.large"
  subnet_id     = "subnet-0a"

  root_block_device {
    volume_type = "gp3"
    volume_size = 500
    iops        = 16000
    throughput  = 1000
  }
}
