# local-file-state: where files lie, and who mounts what.
#
# bad_ is to be found, good_ is not, unknown_ cannot be told.

terraform {
  required_providers {
    aws = { source = "hashicorp/aws", version = "~> 6.0" }
  }
}

provider "aws" {
  region = "us-east-1"
}

locals {
  vpc     = "vpc-0aaaaaaaaaaaaaaaa"
  subnets = ["subnet-0aaaaaaaaaaaaaaaa", "subnet-0bbbbbbbbbbbbbbbb"]
}

locals {
  bad = {
    uploads   = { UPLOAD_DIR = "/tmp/uploads" }
    media     = { MEDIA_ROOT = "/var/www/media" }
    laravel   = { FILESYSTEM_DISK = "local" }
    rails     = { ACTIVE_STORAGE_SERVICE = "local" }
    sqlite    = { DATABASE_URL = "sqlite:////data/shop.db" }
    grafana   = { GF_DATABASE_TYPE = "sqlite3" }
    directory = { STORAGE_PATH = "/data/files", AWS_BUCKET = "" }
  }
  good = {
    bucket   = { FILESYSTEM_DISK = "s3", AWS_BUCKET = "media.example" }
    address  = { MEDIA_ROOT = "s3://media.example/files" }
    passing  = { UPLOAD_TMP_DIR = "/tmp/uploads", UPLOAD_MAX_SIZE = "10M", LOG_STORAGE_PATH = "/var/log/shop" }
    moved    = { FILESYSTEM_DISK = "s3", UPLOAD_DIR = "/tmp/uploads" }
    postgres = { DATABASE_URL = "postgres://shop@db.example/shop" }
    memory   = { DATABASE_URL = "sqlite::memory:" }
    web      = { DOCUMENT_ROOT = "/var/www/html", MEDIA_URL = "/media/" }
  }
  unknown = {
    path = { UPLOAD_PATH = "/uploads" }
    both = { UPLOAD_DIR = "/srv/uploads", S3_BUCKET = "media.example" }
  }
}

# Known only after apply.
resource "aws_ssm_parameter" "later" {
  name  = "/shop/later"
  type  = "String"
  value = "1"
}

resource "aws_ecs_cluster" "main" {
  name = "main"
}

resource "aws_ecs_task_definition" "app" {
  for_each                 = merge(local.bad, local.good, local.unknown)
  family                   = each.key
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 256
  memory                   = 512
  container_definitions = jsonencode([{
    name         = "web"
    image        = "shop/web:1"
    portMappings = [{ containerPort = 8080 }]
    environment  = [for name, value in each.value : { name = name, value = value }]
  }])
}

resource "aws_ecs_service" "bad_app" {
  for_each        = local.bad
  name            = each.key
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.app[each.key].arn
  launch_type     = "FARGATE"
  desired_count   = 3
  network_configuration {
    subnets = local.subnets
  }
}

resource "aws_ecs_service" "good_app" {
  for_each        = local.good
  name            = each.key
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.app[each.key].arn
  launch_type     = "FARGATE"
  desired_count   = 3
  network_configuration {
    subnets = local.subnets
  }
}

resource "aws_ecs_service" "unknown_app" {
  for_each        = local.unknown
  name            = each.key
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.app[each.key].arn
  launch_type     = "FARGATE"
  desired_count   = 3
  network_configuration {
    subnets = local.subnets
  }
}

resource "aws_ecs_service" "good_single" {
  name            = "single"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.app["uploads"].arn
  launch_type     = "FARGATE"
  desired_count   = 1
  network_configuration {
    subnets = local.subnets
  }
}

# Files on a file system that all tasks mount, and beside it.
resource "aws_efs_file_system" "files" {}

resource "aws_ecs_task_definition" "mounted" {
  for_each = {
    within = "/data/uploads", beside = "/srv/uploads", relative = "uploads/files"
  }
  family                   = "mounted-${each.key}"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 256
  memory                   = 512
  volume {
    name = "files"
    efs_volume_configuration {
      file_system_id = aws_efs_file_system.files.id
    }
  }
  container_definitions = jsonencode([{
    name        = "web"
    image       = "shop/web:1"
    environment = [{ name = "UPLOAD_DIR", value = each.value }]
    mountPoints = [{ sourceVolume = "files", containerPath = "/data" }]
  }])
}

resource "aws_ecs_service" "good_mounted" {
  name            = "mounted"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.mounted["within"].arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
}

resource "aws_ecs_service" "bad_beside" {
  name            = "beside"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.mounted["beside"].arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
}

resource "aws_ecs_service" "unknown_relative" {
  name            = "relative"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.mounted["relative"].arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
}

# Folders of the machines that tasks happen to run on.
resource "aws_ecs_task_definition" "host" {
  for_each = {
    data   = { path = "/srv/shop", mount = "/data", container = "web", reads = false }
    socket = { path = "/var/run/docker.sock", mount = "/var/run/docker.sock", container = "web", reads = false }
    proc   = { path = "/proc", mount = "/host/proc", container = "web", reads = false }
    reads  = { path = "/opt/models", mount = "/models", container = "web", reads = true }
    agent  = { path = "/srv/agent", mount = "/spool", container = "datadog-agent", reads = false }
  }
  family = "host-${each.key}"
  volume {
    name      = "host"
    host_path = each.value.path
  }
  container_definitions = jsonencode([{
    name        = each.value.container
    image       = "shop/web:1"
    memory      = 256
    mountPoints = [{ sourceVolume = "host", containerPath = each.value.mount, readOnly = each.value.reads }]
  }])
}

resource "aws_ecs_service" "bad_host" {
  name            = "host-data"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.host["data"].arn
  launch_type     = "EC2"
  desired_count   = 2
}

resource "aws_ecs_service" "good_host" {
  for_each        = toset(["socket", "proc", "reads", "agent"])
  name            = "host-${each.key}"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.host[each.key].arn
  launch_type     = "EC2"
  desired_count   = 2
}

# A folder whose name only begins like that of the mount: both are told.
resource "aws_ecs_task_definition" "neighbour" {
  family = "neighbour"
  volume {
    name      = "host"
    host_path = "/srv/shop"
  }
  container_definitions = jsonencode([{
    name        = "web"
    image       = "shop/web:1"
    memory      = 256
    environment = [{ name = "UPLOAD_DIR", value = "/database/uploads" }]
    mountPoints = [{ sourceVolume = "host", containerPath = "/data", readOnly = false }]
  }])
}

resource "aws_ecs_service" "bad_neighbour" {
  name            = "neighbour"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.neighbour.arn
  launch_type     = "EC2"
  desired_count   = 2
}

# One on each machine, for that machine.
resource "aws_ecs_service" "good_daemon" {
  name                = "daemon"
  cluster             = aws_ecs_cluster.main.id
  task_definition     = aws_ecs_task_definition.host["data"].arn
  launch_type         = "EC2"
  scheduling_strategy = "DAEMON"
}

# Disks of machines.
resource "aws_launch_template" "disks" {
  for_each      = { kept = "false", gone = "true" }
  name          = "disks-${each.key}"
  image_id      = "ami-0123456789abcdef0"
  instance_type = "m7i.large"
  block_device_mappings {
    device_name = "/dev/xvda"
    ebs {
      volume_size           = 20
      delete_on_termination = "false"
    }
  }
  block_device_mappings {
    device_name = "/dev/xvdf"
    ebs {
      volume_size           = 100
      delete_on_termination = each.value
    }
  }
}

resource "aws_launch_template" "scratch" {
  name          = "scratch"
  image_id      = "ami-0123456789abcdef0"
  instance_type = "m3.large"
  block_device_mappings {
    device_name  = "/dev/sdb"
    virtual_name = "ephemeral0"
  }
}

resource "aws_autoscaling_group" "bad_disks" {
  name                = "kept"
  min_size            = 2
  max_size            = 4
  vpc_zone_identifier = local.subnets
  launch_template {
    id = aws_launch_template.disks["kept"].id
  }
}

resource "aws_autoscaling_group" "good_disks" {
  name                = "gone"
  min_size            = 2
  max_size            = 4
  vpc_zone_identifier = local.subnets
  launch_template {
    id = aws_launch_template.disks["gone"].id
  }
}

resource "aws_autoscaling_group" "good_lone_disk" {
  name                = "lone"
  min_size            = 1
  max_size            = 1
  vpc_zone_identifier = local.subnets
  launch_template {
    id = aws_launch_template.disks["kept"].id
  }
}

resource "aws_autoscaling_group" "unknown_scratch" {
  name                = "scratch"
  min_size            = 2
  max_size            = 4
  vpc_zone_identifier = local.subnets
  launch_template {
    id = aws_launch_template.scratch.id
  }
}

# A script says where files go, and mounts something: nobody sees where.
resource "aws_launch_template" "script" {
  name          = "script"
  image_id      = "ami-0123456789abcdef0"
  instance_type = "m7i.large"
  user_data     = base64encode("#!/bin/sh\nexport UPLOAD_DIR=/srv/uploads\n/opt/shop/start\n")
}

resource "aws_launch_template" "script_mounts" {
  name          = "script-mounts"
  image_id      = "ami-0123456789abcdef0"
  instance_type = "m7i.large"
  user_data     = base64encode("#!/bin/sh\nmount -t efs fs-0123456789abcdef0:/ /srv\nexport UPLOAD_DIR=/srv/uploads\n/opt/shop/start\n")
}

resource "aws_autoscaling_group" "bad_script" {
  name                = "script"
  min_size            = 2
  max_size            = 4
  vpc_zone_identifier = local.subnets
  launch_template {
    id = aws_launch_template.script.id
  }
}

resource "aws_autoscaling_group" "unknown_script" {
  name                = "script-mounts"
  min_size            = 2
  max_size            = 4
  vpc_zone_identifier = local.subnets
  launch_template {
    id = aws_launch_template.script_mounts.id
  }
}

# Code that runs per call.
resource "aws_iam_role" "function" {
  name = "function"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }]
  })
}

resource "aws_lambda_function" "bad_function" {
  function_name = "bad"
  role          = aws_iam_role.function.arn
  handler       = "index.handler"
  runtime       = "nodejs22.x"
  filename      = "shop.zip"
  environment {
    variables = { DATABASE_URL = "sqlite:////tmp/shop.db" }
  }
}

resource "aws_efs_access_point" "files" {
  file_system_id = aws_efs_file_system.files.id
}

resource "aws_lambda_function" "good_function" {
  function_name = "good"
  role          = aws_iam_role.function.arn
  handler       = "index.handler"
  runtime       = "nodejs22.x"
  filename      = "shop.zip"
  environment {
    variables = { UPLOAD_DIR = "/mnt/files/uploads" }
  }
  file_system_config {
    arn              = aws_efs_access_point.files.arn
    local_mount_path = "/mnt/files"
  }
  vpc_config {
    subnet_ids         = local.subnets
    security_group_ids = ["sg-0aaaaaaaaaaaaaaaa"]
  }
}

# What only apply will tell.
resource "aws_lambda_function" "unknown_later" {
  function_name = "later"
  role          = "arn:aws:iam::123456789012:role/function"
  handler       = "index.handler"
  runtime       = "nodejs22.x"
  filename      = "shop.zip"
  environment {
    variables = { UPLOAD_DIR = aws_ssm_parameter.later.arn }
  }
}
