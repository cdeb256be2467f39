# unattached-volume: disks, and who attaches them.

terraform {
  required_providers {
    aws = { source = "hashicorp/aws", version = "~> 6.0" }
  }
}

provider "aws" {
  region = "us-east-1"
}

# BAD: nothing attaches it.

resource "aws_ebs_volume" "bad_spare" {
  availability_zone = "us-east-1a"
  size              = 100
  type              = "gp3"
}

# GOOD: a machine of this plan has it.

resource "aws_ebs_volume" "good_attached" {
  availability_zone = "us-east-1a"
  size              = 100
  type              = "gp3"
}

resource "aws_instance" "database" {
  ami               = "ami-0123456789abcdef0"
  availability_zone = "us-east-1a"
  instance_type     = "m7g.large"
}

resource "aws_volume_attachment" "attached" {
  device_name = "/dev/sdf"
  volume_id   = aws_ebs_volume.good_attached.id
  instance_id = aws_instance.database.id
}

# GOOD: a machine that this plan does not know has it.

resource "aws_ebs_volume" "good_elsewhere" {
  availability_zone = "us-east-1a"
  size              = 100
  type              = "gp3"
}

resource "aws_volume_attachment" "elsewhere" {
  device_name = "/dev/sdf"
  volume_id   = aws_ebs_volume.good_elsewhere.id
  instance_id = "i-0123456789abcdef0"
}

# GOOD: Kubernetes attaches it.
resource "aws_ebs_volume" "good_claimed" {
  availability_zone = "us-east-1a"
  size              = 100
  type              = "gp3"
  tags = {
    "kubernetes.io/created-for/pvc/name" = "data-0"
  }
}

# UNKNOWN: others may attach it.

resource "aws_ebs_volume" "unknown_handed_on" {
  availability_zone = "us-east-1a"
  size              = 100
  type              = "gp3"
}

output "volume" {
  value = aws_ebs_volume.unknown_handed_on.id
}

# UNKNOWN: the machine may attach it itself.

resource "aws_ebs_volume" "unknown_by_script" {
  availability_zone = "us-east-1a"
  size              = 100
  type              = "gp3"
}

resource "aws_instance" "takes" {
  ami               = "ami-0123456789abcdef0"
  availability_zone = "us-east-1a"
  instance_type     = "m7g.large"
  user_data         = "echo ${aws_ebs_volume.unknown_by_script.id} > /etc/volume"
}
