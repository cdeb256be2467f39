# Both instances want the same lines.
resource "aws_ebs_volume" "alike" {
  for_each          = { a = 100, b = 200 }
  availability_zone = "eu-central-1a"
  type              = "gp2"
  size              = each.value
}

# The larger one needs more than the other: no line is right for both.
resource "aws_ebs_volume" "unlike" {
  for_each          = { a = 100, b = 2000 }
  availability_zone = "eu-central-1a"
  type              = "gp2"
  size              = each.value
}

# One module, called twice: what is written there holds for both calls.
module "small" {
  source = "./modules/volume"
  size   = 100
}

module "large" {
  source = "./modules/volume"
  size   = 2000
}

module "left" {
  source = "./modules/pair"
  size   = 100
}

module "right" {
  source = "./modules/pair"
  size   = 200
}

# What is written has no effect on what is there.
resource "aws_ebs_volume" "frozen" {
  availability_zone = "eu-central-1a"
  type              = "gp2"
  size              = 100

  lifecycle {
    ignore_changes = [type]
  }
}

resource "aws_ebs_volume" "checked" {
  availability_zone = "eu-central-1a"
  type              = var.checked
  size              = 100
}

resource "aws_ebs_volume" "listed" {
  availability_zone = "eu-central-1a"
  type              = var.listed
  size              = 100
}

resource "aws_ebs_volume" "plain" {
  availability_zone = "eu-central-1a"
  type              = var.plain
  size              = 100
}

resource "aws_ebs_volume" "noted" {
  availability_zone          = "eu-central-1a"
  size                       = 2000  # for two years
  type                       = "gp2" # as ever
  /* before = 1 */ encrypted = true  # by default
  depends_on                 = [aws_ebs_volume.plain]
}

# Its disk is as large as overrides_override.tf says.
resource "aws_instance" "host" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "m7i.large"

  root_block_device {
    volume_type = "gp3"
    volume_size = 50
  }
}
