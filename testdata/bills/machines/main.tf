# Machines by themselves, in groups, and as nodes; their disks and addresses.

terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.0"
    }
  }
}

provider "aws" {
  region = "us-east-1"
}

resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "public" {
  vpc_id                  = aws_vpc.main.id
  cidr_block              = "10.0.0.0/24"
  map_public_ip_on_launch = true
}

resource "aws_subnet" "private" {
  vpc_id     = aws_vpc.main.id
  cidr_block = "10.0.1.0/24"
}

resource "aws_instance" "plain" {
  ami           = "ami-0a1b2c3d4e5f60001"
  instance_type = "m5.large"
  subnet_id     = aws_subnet.private.id
}

resource "aws_instance" "public" {
  ami           = "ami-0a1b2c3d4e5f60001"
  instance_type = "t3.medium"
  subnet_id     = aws_subnet.public.id
  monitoring    = true

  root_block_device {
    volume_type = "gp3"
    volume_size = 50
    iops        = 4000
    throughput  = 225
  }

  ebs_block_device {
    device_name = "/dev/sdf"
    volume_type = "io1"
    volume_size = 100
    iops        = 1000
  }
}

resource "aws_instance" "elsewhere" {
  ami           = "ami-0a1b2c3d4e5f60001"
  instance_type = "m5.large"
  subnet_id     = "subnet-0a1b2c3d4e5f60009"
}

resource "aws_instance" "dedicated" {
  ami           = "ami-0a1b2c3d4e5f60001"
  instance_type = "m5.large"
  subnet_id     = aws_subnet.private.id
  tenancy       = "dedicated"
}

resource "random_shuffle" "size" {
  input = ["m5.large", "m5.xlarge"]
}

resource "aws_instance" "unknown" {
  ami           = "ami-0a1b2c3d4e5f60001"
  instance_type = random_shuffle.size.result[0]
  subnet_id     = aws_subnet.private.id
}

resource "aws_spot_instance_request" "one" {
  ami           = "ami-0a1b2c3d4e5f60001"
  instance_type = "m5.large"
  subnet_id     = aws_subnet.private.id
}

resource "aws_launch_template" "web" {
  image_id      = "ami-0a1b2c3d4e5f60001"
  instance_type = "m5.large"

  block_device_mappings {
    device_name = "/dev/xvda"

    ebs {
      volume_type = "gp3"
      volume_size = 30
    }
  }
}

resource "aws_autoscaling_group" "web" {
  min_size            = 2
  desired_capacity    = 4
  max_size            = 10
  vpc_zone_identifier = [aws_subnet.private.id]

  launch_template {
    id = aws_launch_template.web.id
  }
}

resource "aws_autoscaling_group" "mixed" {
  min_size            = 2
  desired_capacity    = 6
  max_size            = 12
  vpc_zone_identifier = [aws_subnet.private.id]

  mixed_instances_policy {
    launch_template {
      launch_template_specification {
        launch_template_id = aws_launch_template.web.id
      }

      override {
        instance_type     = "m5.xlarge"
        weighted_capacity = "2"
      }

      override {
        instance_type     = "m5a.xlarge"
        weighted_capacity = "2"
      }
    }

    instances_distribution {
      on_demand_base_capacity                  = 2
      on_demand_percentage_above_base_capacity = 50
    }
  }
}

resource "aws_launch_configuration" "old" {
  image_id      = "ami-0a1b2c3d4e5f60001"
  instance_type = "m5.large"
}

resource "aws_autoscaling_group" "old" {
  min_size             = 1
  max_size             = 1
  vpc_zone_identifier  = [aws_subnet.private.id]
  launch_configuration = aws_launch_configuration.old.name
}

resource "aws_eks_cluster" "main" {
  name     = "main"
  role_arn = "arn:aws:iam::111122223333:role/eks"
  version  = "1.32"

  vpc_config {
    subnet_ids = [aws_subnet.private.id, aws_subnet.public.id]
  }
}

resource "aws_eks_cluster" "newest" {
  name     = "newest"
  role_arn = "arn:aws:iam::111122223333:role/eks"

  vpc_config {
    subnet_ids = [aws_subnet.private.id, aws_subnet.public.id]
  }
}

resource "aws_eks_node_group" "main" {
  cluster_name   = aws_eks_cluster.main.name
  node_role_arn  = "arn:aws:iam::111122223333:role/node"
  subnet_ids     = [aws_subnet.private.id]
  instance_types = ["m5.large"]
  capacity_type  = "SPOT"

  scaling_config {
    min_size     = 1
    desired_size = 3
    max_size     = 5
  }
}

resource "aws_eks_node_group" "template" {
  cluster_name  = aws_eks_cluster.main.name
  node_role_arn = "arn:aws:iam::111122223333:role/node"
  subnet_ids    = [aws_subnet.private.id]

  launch_template {
    id      = aws_launch_template.web.id
    version = "1"
  }

  scaling_config {
    min_size     = 2
    desired_size = 2
    max_size     = 2
  }
}

resource "aws_ebs_volume" "gp2" {
  availability_zone = "us-east-1a"
  size              = 100
}

resource "aws_ebs_volume" "io2" {
  availability_zone = "us-east-1a"
  size              = 1000
  type              = "io2"
  iops              = 100000
}

resource "aws_ebs_volume" "magnetic" {
  availability_zone = "us-east-1a"
  size              = 20
  type              = "standard"
}

resource "aws_ebs_volume" "restored" {
  availability_zone = "us-east-1a"
  snapshot_id       = "snap-0a1b2c3d4e5f60001"
  type              = "st1"
}

resource "aws_ebs_snapshot" "gp2" {
  volume_id = aws_ebs_volume.gp2.id
}

resource "aws_ec2_host" "own" {
  availability_zone = "us-east-1a"
  instance_family   = "c5"
}
