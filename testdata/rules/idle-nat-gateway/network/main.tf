variable "vpc_id" {
  type = string
}

variable "subnet" {
  type = string
}

resource "aws_eip" "for_good_by_module" {
  domain = "vpc"
}

resource "aws_nat_gateway" "good_by_module" {
  allocation_id = aws_eip.for_good_by_module.id
  subnet_id     = var.subnet
}

resource "aws_eip" "for_bad_by_module" {
  domain = "vpc"
}

resource "aws_nat_gateway" "bad_by_module" {
  allocation_id = aws_eip.for_bad_by_module.id
  subnet_id     = var.subnet
}

output "used" {
  value = aws_nat_gateway.good_by_module.id
}

output "unused" {
  value = aws_nat_gateway.bad_by_module.id
}
