variable "size" {
  type = number
}

resource "aws_ebs_volume" "this" {
  availability_zone = "eu-central-1a"
  type              = "gp2"
  size              = var.size
}
