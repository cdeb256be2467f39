# zone-split-storage: disks and file systems that stand, and from which zones they are used.
#
# Applied, and planned again: everything has its name. Zones: us-east-1a, b and c.

terraform {
  required_providers {
    aws = { source = "hashicorp/aws", version = "~> 6.0" }
  }
}

provider "aws" {
  region = "us-east-1"
}

locals {
  role  = "arn:aws:iam::123456789012:role/function"
  image = "123456789012.dkr.ecr.us-east-1.amazonaws.com/shop:1.4.2"
  ami   = "ami-0123456789abcdef0"
}

resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "all" {
  for_each          = { a = 0, b = 1, c = 2 }
  vpc_id            = aws_vpc.main.id
  availability_zone = "us-east-1${each.key}"
  cidr_block        = "10.0.${each.value}.0/24"
}

resource "aws_ecs_cluster" "main" {
  name = "main"
}

# --- disks ---

# BAD, high: the disk stands in a, its machine in b.
resource "aws_ebs_volume" "bad_elsewhere" {
  availability_zone = "us-east-1a"
  size              = 100
  type              = "gp3"
}

resource "aws_instance" "elsewhere" {
  ami               = local.ami
  instance_type     = "m7g.large"
  subnet_id         = aws_subnet.all["b"].id
  availability_zone = aws_subnet.all["b"].availability_zone
}

resource "aws_volume_attachment" "elsewhere" {
  device_name = "/dev/xvdf"
  volume_id   = aws_ebs_volume.bad_elsewhere.id
  instance_id = aws_instance.elsewhere.id
}

# BAD, high: one of two machines stands elsewhere; the disks do not follow them.
resource "aws_instance" "pair" {
  count             = 2
  ami               = local.ami
  instance_type     = "m7g.large"
  subnet_id         = aws_subnet.all[count.index == 0 ? "a" : "b"].id
  availability_zone = aws_subnet.all[count.index == 0 ? "a" : "b"].availability_zone
}

resource "aws_ebs_volume" "good_pair" {
  availability_zone = "us-east-1a"
  size              = 100
}

resource "aws_ebs_volume" "bad_pair" {
  availability_zone = "us-east-1a"
  size              = 100
}

resource "aws_volume_attachment" "pair" {
  count       = 2
  device_name = "/dev/xvdf"
  volume_id   = count.index == 0 ? aws_ebs_volume.good_pair.id : aws_ebs_volume.bad_pair.id
  instance_id = aws_instance.pair[count.index].id
}

# BAD, high: whichever zone its only machine comes up in, the disk stays in a.
resource "aws_ebs_volume" "bad_group" {
  availability_zone = "us-east-1a"
  size              = 100
}

resource "aws_launch_template" "group" {
  name          = "group"
  image_id      = local.ami
  instance_type = "m7g.large"
  user_data = base64encode(<<-EOT
    #!/bin/sh
    id=$(cat /var/lib/cloud/data/instance-id)
    aws ec2 attach-volume --volume-id ${aws_ebs_volume.bad_group.id} --instance-id "$id" --device /dev/xvdf
    mount /dev/xvdf /srv
  EOT
  )
}

resource "aws_autoscaling_group" "group" {
  name                = "group"
  min_size            = 1
  max_size            = 1
  vpc_zone_identifier = [aws_subnet.all["a"].id, aws_subnet.all["b"].id]

  launch_template {
    id = aws_launch_template.group.id
  }
}

# GOOD: the same, and the group stays in the disk's zone.
resource "aws_ebs_volume" "good_group" {
  availability_zone = "us-east-1a"
  size              = 100
}

resource "aws_launch_template" "stays" {
  name          = "stays"
  image_id      = local.ami
  instance_type = "m7g.large"
  user_data     = base64encode("#!/bin/sh\naws ec2 attach-volume --volume-id ${aws_ebs_volume.good_group.id} --device /dev/xvdf --instance-id $(ec2-metadata -i)\n")
}

resource "aws_autoscaling_group" "stays" {
  name                = "stays"
  min_size            = 1
  max_size            = 1
  vpc_zone_identifier = [aws_subnet.all["a"].id]

  launch_template {
    id = aws_launch_template.stays.id
  }
}

# GOOD: one disk for each zone, of which each machine takes its own.
resource "aws_ebs_volume" "good_each" {
  for_each          = toset(["a", "b"])
  availability_zone = "us-east-1${each.key}"
  size              = 100
}

resource "aws_launch_template" "each" {
  name          = "each"
  image_id      = local.ami
  instance_type = "m7g.large"
  user_data = base64encode(<<-EOT
    #!/bin/sh
    zone=$(ec2-metadata --availability-zone | cut -d' ' -f2)
    case $zone in
      us-east-1a) volume=${aws_ebs_volume.good_each["a"].id} ;;
      us-east-1b) volume=${aws_ebs_volume.good_each["b"].id} ;;
    esac
    aws ec2 attach-volume --volume-id "$volume" --device /dev/xvdf --instance-id "$(ec2-metadata -i | cut -d' ' -f2)"
  EOT
  )
}

resource "aws_autoscaling_group" "each" {
  name                = "each"
  min_size            = 2
  max_size            = 2
  vpc_zone_identifier = [aws_subnet.all["a"].id, aws_subnet.all["b"].id]

  launch_template {
    id = aws_launch_template.each.id
  }
}

# UNKNOWN: the script is told of the disk; what it does with it, another program knows.
resource "aws_ebs_volume" "unknown_script" {
  availability_zone = "us-east-1a"
  size              = 100
}

resource "aws_launch_template" "script" {
  name          = "script"
  image_id      = local.ami
  instance_type = "m7g.large"
  user_data     = base64encode("#!/bin/sh\nDATA_VOLUME=${aws_ebs_volume.unknown_script.id} /opt/boot\n")
}

resource "aws_autoscaling_group" "script" {
  name                = "script"
  min_size            = 1
  max_size            = 3
  vpc_zone_identifier = [aws_subnet.all["a"].id, aws_subnet.all["b"].id]

  launch_template {
    id = aws_launch_template.script.id
  }
}

# GOOD: nobody has it.
resource "aws_ebs_volume" "good_spare" {
  availability_zone = "us-east-1c"
  size              = 100
}

# --- files in one zone ---

# BAD, high: EFS One Zone behind tasks in two.
resource "aws_efs_file_system" "bad_one_zone" {
  creation_token         = "one-zone"
  availability_zone_name = "us-east-1a"
}

resource "aws_efs_mount_target" "one_zone" {
  file_system_id = aws_efs_file_system.bad_one_zone.id
  subnet_id      = aws_subnet.all["a"].id
}

resource "aws_ecs_task_definition" "one_zone" {
  family                   = "one-zone"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  container_definitions    = jsonencode([{ name = "api", image = local.image }])

  volume {
    name = "uploads"

    efs_volume_configuration {
      file_system_id     = aws_efs_file_system.bad_one_zone.id
      transit_encryption = "ENABLED"
    }
  }
}

resource "aws_ecs_service" "one_zone" {
  name            = "one-zone"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.one_zone.arn
  launch_type     = "FARGATE"
  desired_count   = 4

  network_configuration {
    subnets = [aws_subnet.all["a"].id, aws_subnet.all["b"].id]
  }
}

# GOOD: the same file system for a function that stands in its zone only.
resource "aws_efs_file_system" "good_one_zone" {
  creation_token         = "good-one-zone"
  availability_zone_name = "us-east-1b"
}

resource "aws_efs_mount_target" "good_one_zone" {
  file_system_id = aws_efs_file_system.good_one_zone.id
  subnet_id      = aws_subnet.all["b"].id
}

resource "aws_efs_access_point" "good_one_zone" {
  file_system_id = aws_efs_file_system.good_one_zone.id
}

resource "aws_lambda_function" "good_one_zone" {
  function_name = "good-one-zone"
  role          = local.role
  package_type  = "Image"
  image_uri     = local.image

  vpc_config {
    subnet_ids         = [aws_subnet.all["b"].id]
    security_group_ids = ["sg-0123456789abcdef0"]
  }

  file_system_config {
    arn              = aws_efs_access_point.good_one_zone.arn
    local_mount_path = "/mnt/files"
  }
}

# GOOD: one unit stands in one zone at a time, and takes what comes.
resource "aws_efs_file_system" "good_alone" {
  creation_token         = "alone"
  availability_zone_name = "us-east-1a"
}

resource "aws_efs_mount_target" "alone" {
  file_system_id = aws_efs_file_system.good_alone.id
  subnet_id      = aws_subnet.all["a"].id
}

resource "aws_ecs_task_definition" "alone" {
  family                   = "alone"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  container_definitions    = jsonencode([{ name = "ci", image = local.image }])

  volume {
    name = "home"

    efs_volume_configuration {
      file_system_id = aws_efs_file_system.good_alone.id
    }
  }
}

resource "aws_ecs_service" "alone" {
  name            = "alone"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.alone.arn
  launch_type     = "FARGATE"
  desired_count   = 1

  network_configuration {
    subnets = [aws_subnet.all["a"].id, aws_subnet.all["b"].id]
  }
}

# BAD, medium: a file system of FSx in a, a machine that mounts it in b.
resource "aws_fsx_openzfs_file_system" "bad_single" {
  deployment_type     = "SINGLE_AZ_1"
  storage_capacity    = 64
  throughput_capacity = 64
  subnet_ids          = [aws_subnet.all["a"].id]
}

resource "aws_instance" "zfs" {
  ami               = local.ami
  instance_type     = "m7g.large"
  subnet_id         = aws_subnet.all["b"].id
  availability_zone = aws_subnet.all["b"].availability_zone
  user_data         = "#!/bin/sh\nmount -t nfs -o nfsvers=4.2 ${aws_fsx_openzfs_file_system.bad_single.dns_name}:/fsx /srv\n"
}

# BAD, high: a Lustre file system has one subnet, its group two zones.
resource "aws_fsx_lustre_file_system" "bad_lustre" {
  deployment_type  = "SCRATCH_2"
  storage_capacity = 1200
  subnet_ids       = [aws_subnet.all["a"].id]
}

resource "aws_launch_template" "lustre" {
  name          = "lustre"
  image_id      = local.ami
  instance_type = "m7g.large"
  user_data     = base64encode("#!/bin/sh\nmount -t lustre ${aws_fsx_lustre_file_system.bad_lustre.dns_name}@tcp:/${aws_fsx_lustre_file_system.bad_lustre.mount_name} /fsx\n")
}

resource "aws_autoscaling_group" "lustre" {
  name                = "lustre"
  min_size            = 2
  max_size            = 8
  vpc_zone_identifier = [aws_subnet.all["a"].id, aws_subnet.all["b"].id]

  launch_template {
    id = aws_launch_template.lustre.id
  }
}

# GOOD: two zones, one of which takes over.
resource "aws_fsx_windows_file_system" "good_multi" {
  deployment_type     = "MULTI_AZ_1"
  storage_capacity    = 100
  throughput_capacity = 32
  active_directory_id = "d-0123456789"
  subnet_ids          = [aws_subnet.all["a"].id, aws_subnet.all["b"].id]
  preferred_subnet_id = aws_subnet.all["a"].id
}

resource "aws_instance" "windows" {
  count             = 2
  ami               = local.ami
  instance_type     = "m7i.large"
  subnet_id         = aws_subnet.all[count.index == 0 ? "a" : "b"].id
  availability_zone = aws_subnet.all[count.index == 0 ? "a" : "b"].availability_zone
  user_data         = "<powershell>\nNew-SmbMapping -LocalPath Z: -RemotePath \\\\${aws_fsx_windows_file_system.good_multi.dns_name}\\share\n</powershell>\n"
}

# BAD, high: the default of FSx for Windows is one zone; the share is mounted from two.
resource "aws_fsx_windows_file_system" "bad_default" {
  storage_capacity    = 100
  throughput_capacity = 32
  active_directory_id = "d-0123456789"
  subnet_ids          = [aws_subnet.all["a"].id]
}

resource "aws_instance" "share" {
  count             = 2
  ami               = local.ami
  instance_type     = "m7i.large"
  subnet_id         = aws_subnet.all[count.index == 0 ? "a" : "b"].id
  availability_zone = aws_subnet.all[count.index == 0 ? "a" : "b"].availability_zone
  user_data         = "<powershell>\nnet use Z: \\\\${aws_fsx_windows_file_system.bad_default.dns_name}\\share\n</powershell>\n"
}

# --- files in every zone, and their doors ---

# BAD, medium: three zones of users, two mount targets.
resource "aws_efs_file_system" "bad_door" {
  creation_token = "door"
}

resource "aws_efs_mount_target" "door" {
  for_each       = toset(["a", "b"])
  file_system_id = aws_efs_file_system.bad_door.id
  subnet_id      = aws_subnet.all[each.key].id
}

resource "aws_efs_access_point" "door" {
  file_system_id = aws_efs_file_system.bad_door.id
}

resource "aws_ecs_task_definition" "door" {
  family                   = "door"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  container_definitions    = jsonencode([{ name = "api", image = local.image }])

  volume {
    name = "uploads"

    efs_volume_configuration {
      file_system_id     = aws_efs_file_system.bad_door.id
      transit_encryption = "ENABLED"

      authorization_config {
        access_point_id = aws_efs_access_point.door.id
      }
    }
  }
}

resource "aws_ecs_service" "door" {
  name            = "door"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.door.arn
  launch_type     = "FARGATE"
  desired_count   = 3

  network_configuration {
    subnets = [for subnet in aws_subnet.all : subnet.id]
  }
}

# GOOD: a door in each zone of its users, through another subnet of the zone.
resource "aws_subnet" "files" {
  for_each          = { a = 10, b = 11 }
  vpc_id            = aws_vpc.main.id
  availability_zone = "us-east-1${each.key}"
  cidr_block        = "10.0.${each.value}.0/24"
}

resource "aws_efs_file_system" "good_doors" {
  creation_token = "doors"
}

resource "aws_efs_mount_target" "doors" {
  for_each       = aws_subnet.files
  file_system_id = aws_efs_file_system.good_doors.id
  subnet_id      = each.value.id
}

resource "aws_launch_template" "doors" {
  name          = "doors"
  image_id      = local.ami
  instance_type = "m7g.large"
  user_data = base64encode(<<-EOT
    #cloud-config
    mounts:
      - ["${aws_efs_file_system.good_doors.dns_name}:/", /srv, nfs4]
  EOT
  )
}

resource "aws_autoscaling_group" "doors" {
  name                = "doors"
  min_size            = 2
  max_size            = 6
  vpc_zone_identifier = [aws_subnet.all["a"].id, aws_subnet.all["b"].id]

  launch_template {
    id = aws_launch_template.doors.id
  }
}

# UNKNOWN: mount targets stand in another configuration, or nowhere.
resource "aws_efs_file_system" "unknown_doors" {
  creation_token = "no-doors"
}

resource "aws_lambda_function" "doors" {
  function_name = "doors"
  role          = local.role
  package_type  = "Image"
  image_uri     = local.image

  vpc_config {
    subnet_ids         = [aws_subnet.all["a"].id, aws_subnet.all["b"].id]
    security_group_ids = ["sg-0123456789abcdef0"]
  }

  file_system_config {
    arn              = aws_efs_access_point.no_doors.arn
    local_mount_path = "/mnt/files"
  }
}

resource "aws_efs_access_point" "no_doors" {
  file_system_id = aws_efs_file_system.unknown_doors.id
}

# GOOD: a file system whose name a service is told, and which nobody mounts.
resource "aws_efs_file_system" "good_told" {
  creation_token = "told"
}

resource "aws_lambda_function" "told" {
  function_name = "told"
  role          = local.role
  package_type  = "Image"
  image_uri     = local.image

  environment {
    variables = { FILE_SYSTEM_ID = aws_efs_file_system.good_told.id }
  }
}
