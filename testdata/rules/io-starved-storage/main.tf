# io-starved-storage: disks that are paid for more speed than their machine carries, and a database's disk that lives on credits.
# The rule reports at the machine, the group or the database: bad_ is to be found, good_ is not, unknown_ cannot be told.
#
# What classes carry, in operations a second at all times and in bursts, and in megabits a second likewise (EC2
# DescribeInstanceTypes, 2026-10-27):
#
#   m5.large     3,600   18,750      650    4,750        82 and 594 MB
#   m5.2xlarge  12,000   18,750    2,300    4,750       288 and 594 MB
#   m5.4xlarge  18,750   18,750    4,750    4,750       594 MB
#   r5.large     3,600   18,750      650    4,750
#   r5.4xlarge  18,750   18,750    4,750    4,750

terraform {
  required_providers {
    aws = { source = "hashicorp/aws", version = "~> 6.0" }
  }
}

provider "aws" {
  region = "us-east-1"
}

locals {
  ami = "ami-0123456789abcdef0"
}

resource "terraform_data" "choice" {
  input = "m5.large"
}

resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "app" {
  for_each          = { a = 0, b = 1 }
  vpc_id            = aws_vpc.main.id
  availability_zone = "us-east-1${each.key}"
  cidr_block        = "10.0.${each.value}.0/24"
}

# --- machines ---

# BAD, low: 20,000 operations are paid for, and an m5.large carries 18,750 in bursts; with the tolerance of 10 %, 20,625
# would pass there. 3,600 x 1.1 = 3,960 are fewer than 20,000: what is beyond is there in bursts only.
resource "aws_instance" "bad_in_bursts" {
  ami           = local.ami
  instance_type = "m5.large"

  root_block_device {
    volume_type = "io2"
    volume_size = 200
    iops        = 20000
  }
}

# BAD, medium: 32,000 operations are more than the 18,750 of any burst. The root disk has 3,000 in its price, which are not
# counted.
resource "aws_instance" "bad_beyond" {
  ami           = local.ami
  instance_type = "m5.large"

  root_block_device {
    volume_type = "gp3"
    volume_size = 30
  }

  ebs_block_device {
    device_name = "/dev/sdf"
    volume_type = "io2"
    volume_size = 500
    iops        = 32000
  }
}

# BAD, low: two disks that are attached come to 8,000 + 8,000 = 16,000 operations, more than 12,000 at all times.
resource "aws_instance" "bad_together" {
  ami               = local.ami
  instance_type     = "m5.2xlarge"
  availability_zone = "us-east-1a"
}

resource "aws_ebs_volume" "half" {
  for_each          = toset(["one", "two"])
  availability_zone = "us-east-1a"
  type              = "gp3"
  size              = 400
  iops              = 8000
}

resource "aws_volume_attachment" "half" {
  for_each    = aws_ebs_volume.half
  device_name = each.key == "one" ? "/dev/sdf" : "/dev/sdg"
  volume_id   = each.value.id
  instance_id = aws_instance.bad_together.id
}

# BAD, medium: 1,000 MB a second on a machine that carries 82, in bursts 594; its operations are those in the price.
resource "aws_instance" "bad_throughput" {
  ami           = local.ami
  instance_type = "m5.large"

  root_block_device {
    volume_type = "gp3"
    volume_size = 500
    throughput  = 1000
  }
}

# GOOD: what is in the price of gp3 is not paid for, though an m5.large carries 82 of its 125 MB a second; said in words as well.
resource "aws_instance" "good_included" {
  ami           = local.ami
  instance_type = "m5.large"

  root_block_device {
    volume_type = "gp3"
    volume_size = 500
    iops        = 3000
    throughput  = 125
  }
}

# GOOD: a large gp2 disk has 9,000 operations for its size, and nobody pays for them.
resource "aws_instance" "good_large" {
  ami           = local.ami
  instance_type = "m5.large"

  root_block_device {
    volume_type = "gp2"
    volume_size = 3000
  }
}

# GOOD: 16,000 on a class that carries 18,750. The root disk's 3,000 would make it too much, and are in the price.
resource "aws_instance" "good_carried" {
  ami           = local.ami
  instance_type = "m5.4xlarge"

  root_block_device {
    volume_type = "gp3"
    volume_size = 100
  }

  ebs_block_device {
    device_name = "/dev/sdf"
    volume_type = "gp3"
    volume_size = 500
    iops        = 16000
    throughput  = 500
  }
}

# GOOD: 20,000 are 7 % more than 18,750.
resource "aws_instance" "good_tolerated" {
  ami           = local.ami
  instance_type = "m5.4xlarge"

  root_block_device {
    volume_type = "io2"
    volume_size = 100
    iops        = 20000
  }
}

# UNKNOWN: its class is told only after apply.
resource "aws_instance" "unknown_class" {
  ami           = local.ami
  instance_type = terraform_data.choice.output

  root_block_device {
    volume_type = "gp3"
    volume_size = 100
    iops        = 6000
  }
}

# UNKNOWN: nothing is published of what a t2 carries.
resource "aws_instance" "unknown_lane" {
  ami           = local.ami
  instance_type = "t2.large"

  root_block_device {
    volume_type = "io1"
    volume_size = 100
    iops        = 4000
  }
}

# GOOD: of a class that cannot be told nothing is asked, where nothing is paid for.
resource "aws_instance" "good_unasked" {
  ami           = local.ami
  instance_type = terraform_data.choice.output

  root_block_device {
    volume_type = "gp3"
    volume_size = 100
  }
}

# --- groups ---

# BAD, medium: each machine of the group has a disk for 40,000 operations.
resource "aws_launch_template" "search" {
  name          = "search"
  image_id      = local.ami
  instance_type = "r5.large"

  block_device_mappings {
    device_name = "/dev/xvda"
    ebs {
      volume_type = "io2"
      volume_size = 100
      iops        = 40000
    }
  }
}

resource "aws_autoscaling_group" "bad_group" {
  name                = "search"
  min_size            = 2
  max_size            = 6
  vpc_zone_identifier = values(aws_subnet.app)[*].id

  launch_template {
    id = aws_launch_template.search.id
  }
}

# GOOD: one of the classes that this group may start carries it.
resource "aws_launch_template" "mixed" {
  name          = "mixed"
  image_id      = local.ami
  instance_type = "r5.large"

  block_device_mappings {
    device_name = "/dev/xvda"
    ebs {
      volume_type = "gp3"
      volume_size = 100
      iops        = 16000
      throughput  = 500
    }
  }
}

resource "aws_autoscaling_group" "good_mixed" {
  name                = "mixed"
  min_size            = 2
  max_size            = 6
  vpc_zone_identifier = values(aws_subnet.app)[*].id

  mixed_instances_policy {
    launch_template {
      launch_template_specification {
        launch_template_id = aws_launch_template.mixed.id
      }
      override {
        instance_type = "r5.large"
      }
      override {
        instance_type = "r5.4xlarge"
      }
    }
  }
}

# --- databases ---

# BAD, low: 12,000 operations on a class that carries 3,600, in bursts 18,750.
resource "aws_db_instance" "bad_class" {
  identifier        = "class"
  engine            = "postgres"
  engine_version    = "16.4"
  instance_class    = "db.r5.large"
  allocated_storage = 1000
  storage_type      = "io1"
  iops              = 12000
}

# GOOD: from 400 GB on, 12,000 operations and 500 MB a second are in the price of gp3.
resource "aws_db_instance" "good_striped" {
  identifier        = "striped"
  engine            = "postgres"
  engine_version    = "16.4"
  instance_class    = "db.r5.large"
  allocated_storage = 400
  storage_type      = "gp3"
}

# UNKNOWN: how many operations are asked for is told only after apply.
resource "terraform_data" "iops" {
  input = 20000
}

resource "aws_db_instance" "unknown_rate" {
  identifier        = "rate"
  engine            = "postgres"
  engine_version    = "16.4"
  instance_class    = "db.r5.large"
  allocated_storage = 1000
  storage_type      = "io1"
  iops              = terraform_data.iops.output
}
