# previous-generation-volume: gp2 on its own, in machines and in templates.

terraform {
  required_providers {
    aws = { source = "hashicorp/aws", version = "~> 6.0" }
  }
}

provider "aws" {
  region = "us-east-1"
}

# BAD: 100 GB; gp3 includes all that it has at all times.
resource "aws_ebs_volume" "bad_small" {
  availability_zone = "us-east-1a"
  size              = 100
  type              = "gp2"
}

# BAD: 500 GB; it has up to 250 MB a second, and 1,500 operations at all times.
resource "aws_ebs_volume" "bad_fast" {
  availability_zone = "us-east-1a"
  size              = 500
  type              = "gp2"
}

# BAD: 2,000 GB; it has 6,000 operations and 250 MB a second.
resource "aws_ebs_volume" "bad_large" {
  availability_zone = "us-east-1a"
  size              = 2000
  type              = "gp2"
}

# BAD: gp2 where nobody says it.
resource "aws_ebs_volume" "bad_unsaid" {
  availability_zone = "us-east-1a"
  size              = 20
}

# BAD: as large as the snapshot that it is made of.
resource "aws_ebs_volume" "bad_from_snapshot" {
  availability_zone = "us-east-1a"
  snapshot_id       = "snap-0123456789abcdef0"
  type              = "gp2"
}

# BAD: what a machine boots from, and two more disks.
resource "aws_instance" "bad_machine" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "m7i.large"
  root_block_device {
    volume_type = "gp2"
    volume_size = 40
  }
  ebs_block_device {
    device_name = "/dev/sdf"
    volume_type = "gp2"
    volume_size = 200
  }
  ebs_block_device {
    device_name = "/dev/sdg"
    volume_type = "io2"
    volume_size = 100
    iops        = 4000
  }
}

# BAD: a template.
resource "aws_launch_template" "bad_template" {
  image_id      = "ami-0123456789abcdef0"
  instance_type = "m7i.large"
  block_device_mappings {
    device_name = "/dev/xvda"
    ebs {
      volume_type = "gp2"
      volume_size = 1200
    }
  }
}

# GOOD: already of the later kind.
resource "aws_ebs_volume" "good_gp3" {
  availability_zone = "us-east-1a"
  size              = 100
  type              = "gp3"
}

# GOOD: io2 costs the same; whether magnetic disks cost more depends on their use.
resource "aws_ebs_volume" "good_io1" {
  availability_zone = "us-east-1a"
  size              = 100
  type              = "io1"
  iops              = 2000
}

resource "aws_ebs_volume" "good_magnetic" {
  availability_zone = "us-east-1a"
  size              = 100
  type              = "standard"
}

# GOOD: the image decides.
resource "aws_instance" "good_left_open" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "m7i.large"
  root_block_device {
    volume_size = 40
  }
}

# GOOD: in a database both cost the same.
resource "aws_db_instance" "good_database" {
  identifier        = "orders"
  engine            = "postgres"
  instance_class    = "db.m7g.large"
  allocated_storage = 100
  storage_type      = "gp2"
}

# UNKNOWN: its kind is known only after apply.
resource "terraform_data" "choice" {
  input = "gp2"
}

resource "aws_ebs_volume" "unknown_kind" {
  availability_zone = "us-east-1a"
  size              = 100
  type              = terraform_data.choice.output
}
