# unattached-address: addresses, and who takes them.

terraform {
  required_providers {
    aws = { source = "hashicorp/aws", version = "~> 6.0" }
  }
}

provider "aws" {
  region = "us-east-1"
}

# BAD: nothing uses it.

resource "aws_eip" "bad_spare" {
  domain = "vpc"
}

# BAD: a name leads to it, and nobody answers.

resource "aws_eip" "bad_named" {
  domain = "vpc"
}

resource "aws_route53_record" "named" {
  zone_id = "Z0123456789ABCDEFGHIJ"
  name    = "ftp.example.com"
  type    = "A"
  ttl     = 60
  records = [aws_eip.bad_named.public_ip]
}

# GOOD: of a machine.
resource "aws_instance" "bastion" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "t4g.nano"
}

resource "aws_eip" "good_of_a_machine" {
  domain   = "vpc"
  instance = aws_instance.bastion.id
}

# GOOD: of an interface.
resource "aws_network_interface" "vpn" {
  subnet_id = "subnet-0aaaaaaaaaaaaaaa1"
}

resource "aws_eip" "good_of_an_interface" {
  domain            = "vpc"
  network_interface = aws_network_interface.vpn.id
}

# GOOD: given away by itself.

resource "aws_eip" "good_associated" {
  domain = "vpc"
}

resource "aws_eip_association" "associated" {
  allocation_id        = aws_eip.good_associated.id
  network_interface_id = aws_network_interface.vpn.id
}

# GOOD: of NAT gateways.
resource "aws_eip" "good_of_gateways" {
  count  = 2
  domain = "vpc"
}

resource "aws_nat_gateway" "each" {
  count         = 2
  allocation_id = aws_eip.good_of_gateways[count.index].id
  subnet_id     = "subnet-0aaaaaaaaaaaaaaa${count.index + 1}"
}

# GOOD: of a network load balancer.

resource "aws_eip" "good_of_a_balancer" {
  domain = "vpc"
}

resource "aws_lb" "tcp" {
  load_balancer_type = "network"
  subnet_mapping {
    subnet_id     = "subnet-0aaaaaaaaaaaaaaa1"
    allocation_id = aws_eip.good_of_a_balancer.id
  }
}

# GOOD: brought along, which costs nothing.
resource "aws_eip" "good_brought_along" {
  domain           = "vpc"
  public_ipv4_pool = "ipv4pool-ec2-012345"
}

# UNKNOWN: others may use it.

resource "aws_eip" "unknown_handed_on" {
  domain = "vpc"
}

output "address" {
  value = aws_eip.unknown_handed_on.allocation_id
}

# UNKNOWN: the machine may take it itself.

resource "aws_eip" "unknown_by_script" {
  domain = "vpc"
}

resource "aws_instance" "takes" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "t4g.nano"
  user_data     = "aws ec2 associate-address --allocation-id ${aws_eip.unknown_by_script.id}"
}

# UNKNOWN: what a type that planwise does not know does with it.

resource "aws_eip" "unknown_type" {
  domain = "vpc"
}

resource "aws_transfer_server" "files" {
  endpoint_type = "VPC"
  endpoint_details {
    vpc_id                 = "vpc-0aaaaaaaaaaaaaaaa"
    subnet_ids             = ["subnet-0aaaaaaaaaaaaaaa1"]
    address_allocation_ids = [aws_eip.unknown_type.id]
  }
}
