# zone-split-storage: from nothing, when no disk, no machine and no file system has a name yet.

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

resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "a" {
  vpc_id            = aws_vpc.main.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.0.0/24"
}

resource "aws_subnet" "b" {
  vpc_id            = aws_vpc.main.id
  availability_zone = "us-east-1b"
  cidr_block        = "10.0.1.0/24"
}

# Its zone is chosen when it is made.
resource "aws_subnet" "any" {
  vpc_id     = aws_vpc.main.id
  cidr_block = "10.0.2.0/24"
}

# GOOD: the disk's zone is that of its machine, whichever it is.
resource "aws_instance" "follows" {
  ami           = local.ami
  instance_type = "m7g.large"
  subnet_id     = aws_subnet.any.id
}

resource "aws_ebs_volume" "good_follows" {
  availability_zone = aws_instance.follows.availability_zone
  size              = 100
}

resource "aws_volume_attachment" "follows" {
  device_name = "/dev/xvdf"
  volume_id   = aws_ebs_volume.good_follows.id
  instance_id = aws_instance.follows.id
}

# GOOD: both take the zone of one subnet.
resource "aws_ebs_volume" "good_subnet" {
  availability_zone = aws_subnet.any.availability_zone
  size              = 100
}

resource "aws_volume_attachment" "subnet" {
  device_name = "/dev/xvdg"
  volume_id   = aws_ebs_volume.good_subnet.id
  instance_id = aws_instance.follows.id
}

# GOOD: the machine takes the disk's zone.
resource "aws_ebs_volume" "good_leads" {
  availability_zone = "us-east-1b"
  size              = 100
}

resource "aws_instance" "led" {
  ami               = local.ami
  instance_type     = "m7g.large"
  availability_zone = aws_ebs_volume.good_leads.availability_zone
}

resource "aws_volume_attachment" "led" {
  device_name = "/dev/xvdf"
  volume_id   = aws_ebs_volume.good_leads.id
  instance_id = aws_instance.led.id
}

# BAD: it takes the zone of another machine than the one that it is given to.
resource "aws_instance" "one" {
  ami           = local.ami
  instance_type = "m7g.large"
  subnet_id     = aws_subnet.a.id
}

resource "aws_instance" "other" {
  ami           = local.ami
  instance_type = "m7g.large"
  subnet_id     = aws_subnet.b.id
}

resource "aws_ebs_volume" "bad_other" {
  availability_zone = aws_instance.other.availability_zone
  size              = 100
}

resource "aws_volume_attachment" "other" {
  device_name = "/dev/xvdf"
  volume_id   = aws_ebs_volume.bad_other.id
  instance_id = aws_instance.one.id
}

# UNKNOWN: the machine's zone is chosen when it is made, the disk's is written down.
resource "aws_ebs_volume" "unknown_zone" {
  availability_zone = "us-east-1a"
  size              = 100
}

resource "aws_volume_attachment" "zone" {
  device_name = "/dev/xvdh"
  volume_id   = aws_ebs_volume.unknown_zone.id
  instance_id = aws_instance.follows.id
}

# UNKNOWN: no subnet and no zone, so that the machine comes up anywhere.
resource "aws_instance" "anywhere" {
  ami           = local.ami
  instance_type = "m7g.large"
}

resource "aws_ebs_volume" "unknown_anywhere" {
  availability_zone = "us-east-1a"
  size              = 100
}

resource "aws_volume_attachment" "anywhere" {
  device_name = "/dev/xvdf"
  volume_id   = aws_ebs_volume.unknown_anywhere.id
  instance_id = aws_instance.anywhere.id
}

# UNKNOWN: what the script does with the disk is known only after apply.
resource "aws_ebs_volume" "unknown_script" {
  availability_zone = "us-east-1a"
  size              = 100
}

resource "aws_launch_template" "script" {
  name          = "script"
  image_id      = local.ami
  instance_type = "m7g.large"
  user_data     = base64encode("#!/bin/sh\naws ec2 attach-volume --volume-id ${aws_ebs_volume.unknown_script.id} --device /dev/xvdf --instance-id $(ec2-metadata -i)\n")
}

resource "aws_autoscaling_group" "script" {
  name                = "script"
  min_size            = 1
  max_size            = 1
  vpc_zone_identifier = [aws_subnet.a.id, aws_subnet.b.id]

  launch_template {
    id = aws_launch_template.script.id
  }
}

# BAD: users in a and b, a door in a. Everything is found by references.
resource "aws_efs_file_system" "bad_door" {
  creation_token = "door"
}

resource "aws_efs_mount_target" "door" {
  file_system_id = aws_efs_file_system.bad_door.id
  subnet_id      = aws_subnet.a.id
}

resource "aws_efs_access_point" "door" {
  file_system_id = aws_efs_file_system.bad_door.id
}

resource "aws_lambda_function" "door" {
  function_name = "door"
  role          = "arn:aws:iam::123456789012:role/function"
  package_type  = "Image"
  image_uri     = "123456789012.dkr.ecr.us-east-1.amazonaws.com/shop:1.4.2"

  vpc_config {
    subnet_ids         = [aws_subnet.a.id, aws_subnet.b.id]
    security_group_ids = ["sg-0123456789abcdef0"]
  }

  file_system_config {
    arn              = aws_efs_access_point.door.arn
    local_mount_path = "/mnt/files"
  }
}

# UNKNOWN: whether it stands in one zone is known only after apply.
resource "terraform_data" "later" {
  input = "us-east-1a"
}

resource "aws_efs_file_system" "unknown_kind" {
  creation_token         = "kind"
  availability_zone_name = terraform_data.later.output
}

resource "aws_efs_access_point" "kind" {
  file_system_id = aws_efs_file_system.unknown_kind.id
}

resource "aws_lambda_function" "kind" {
  function_name = "kind"
  role          = "arn:aws:iam::123456789012:role/function"
  package_type  = "Image"
  image_uri     = "123456789012.dkr.ecr.us-east-1.amazonaws.com/shop:1.4.2"

  vpc_config {
    subnet_ids         = [aws_subnet.a.id, aws_subnet.b.id]
    security_group_ids = ["sg-0123456789abcdef0"]
  }

  file_system_config {
    arn              = aws_efs_access_point.kind.arn
    local_mount_path = "/mnt/files"
  }
}

# GOOD: whichever zone the subnet lies in, its users and the mount target stand in it.
resource "aws_efs_file_system" "good_same" {
  creation_token = "same"
}

resource "aws_efs_mount_target" "same" {
  file_system_id = aws_efs_file_system.good_same.id
  subnet_id      = aws_subnet.any.id
}

resource "aws_efs_access_point" "same" {
  file_system_id = aws_efs_file_system.good_same.id
}

resource "aws_lambda_function" "same" {
  function_name = "same"
  role          = "arn:aws:iam::123456789012:role/function"
  package_type  = "Image"
  image_uri     = "123456789012.dkr.ecr.us-east-1.amazonaws.com/shop:1.4.2"

  vpc_config {
    subnet_ids         = [aws_subnet.any.id]
    security_group_ids = ["sg-0123456789abcdef0"]
  }

  file_system_config {
    arn              = aws_efs_access_point.same.arn
    local_mount_path = "/mnt/files"
  }
}

# GOOD: the same for a file system that stands in one zone.
resource "aws_fsx_lustre_file_system" "good_same" {
  deployment_type  = "SCRATCH_2"
  storage_capacity = 1200
  subnet_ids       = [aws_subnet.any.id]
}

resource "aws_instance" "same" {
  ami           = local.ami
  instance_type = "m7g.large"
  subnet_id     = aws_subnet.any.id
  user_data     = "#!/bin/sh\nmount -t lustre ${aws_fsx_lustre_file_system.good_same.dns_name}@tcp:/fsx /fsx\n"
}

# BAD: the machine stands where its network interface does, in b, and the disk in a.
resource "aws_network_interface" "plugged" {
  subnet_id = aws_subnet.b.id
}

resource "aws_instance" "plugged" {
  ami           = local.ami
  instance_type = "m7g.large"
  network_interface {
    device_index         = 0
    network_interface_id = aws_network_interface.plugged.id
  }
}

resource "aws_ebs_volume" "bad_plugged" {
  availability_zone = "us-east-1a"
  size              = 100
}

resource "aws_volume_attachment" "plugged" {
  device_name = "/dev/xvdf"
  volume_id   = aws_ebs_volume.bad_plugged.id
  instance_id = aws_instance.plugged.id
}
