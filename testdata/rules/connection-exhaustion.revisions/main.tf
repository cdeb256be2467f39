# connection-exhaustion: templates that change while those who are made from them keep to an earlier revision, so that
# nothing of what runs changes. before/ is applied first, this folder is planned on top of it.
#
# One database for each case, of which 400 connections are usable, and 4 units: pools of 150 are too many, of 100 and 50
# are not.

terraform {
  required_providers {
    aws = { source = "hashicorp/aws", version = "~> 6.0" }
  }
}

provider "aws" {
  region = "us-east-1"
}

locals {
  image = "123456789012.dkr.ecr.us-east-1.amazonaws.com/shop:1.4.2"
}

resource "aws_db_parameter_group" "four_hundred" {
  name   = "four-hundred"
  family = "postgres16"

  parameter {
    name         = "max_connections"
    value        = "405"
    apply_method = "pending-reboot"
  }
}

resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "app" {
  count             = 2
  vpc_id            = aws_vpc.main.id
  availability_zone = ["us-east-1a", "us-east-1b"][count.index]
  cidr_block        = cidrsubnet("10.0.0.0/16", 8, count.index)
}

resource "aws_security_group" "app" {
  name   = "app"
  vpc_id = aws_vpc.main.id
}

resource "aws_ecs_cluster" "main" {
  name = "main"
}

# BAD, existing: the pools shrink from 150 to 100 in a definition that the service does not take up.
resource "aws_db_instance" "bad_kept" {
  identifier           = "bad-kept"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.m6g.large"
  allocated_storage    = 20
  multi_az             = true
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_ecs_task_definition" "kept" {
  family                   = "kept"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048

  container_definitions = jsonencode([
    {
      name  = "api"
      image = local.image
      environment = [
        { name = "DB_HOST", value = aws_db_instance.bad_kept.address },
        { name = "DB_POOL_SIZE", value = "100" },
      ]
    },
  ])
}

resource "aws_ecs_service" "kept" {
  name                               = "kept"
  cluster                            = aws_ecs_cluster.main.id
  task_definition                    = aws_ecs_task_definition.kept.arn
  launch_type                        = "FARGATE"
  desired_count                      = 4
  deployment_minimum_healthy_percent = 50
  deployment_maximum_percent         = 100

  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }

  network_configuration {
    subnets         = aws_subnet.app[*].id
    security_groups = [aws_security_group.app.id]
  }

  lifecycle {
    ignore_changes = [task_definition]
  }
}

# BAD, existing: nothing changes, and no other pool in the definition would be taken up.
resource "aws_db_instance" "bad_settled" {
  identifier           = "bad-settled"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.m6g.large"
  allocated_storage    = 20
  multi_az             = true
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_ecs_task_definition" "settled" {
  family                   = "settled"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048

  container_definitions = jsonencode([
    {
      name  = "api"
      image = local.image
      environment = [
        { name = "DB_HOST", value = aws_db_instance.bad_settled.address },
        { name = "DB_POOL_SIZE", value = "150" },
      ]
    },
  ])
}

resource "aws_ecs_service" "settled" {
  name                               = "settled"
  cluster                            = aws_ecs_cluster.main.id
  task_definition                    = aws_ecs_task_definition.settled.arn
  launch_type                        = "FARGATE"
  desired_count                      = 4
  deployment_minimum_healthy_percent = 50
  deployment_maximum_percent         = 100

  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }

  network_configuration {
    subnets         = aws_subnet.app[*].id
    security_groups = [aws_security_group.app.id]
  }

  lifecycle {
    ignore_changes = [task_definition]
  }
}

# GOOD: they grow from 50 to 150 in such a definition.
resource "aws_db_instance" "good_kept" {
  identifier           = "good-kept"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.m6g.large"
  allocated_storage    = 20
  multi_az             = true
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_ecs_task_definition" "small" {
  family                   = "small"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048

  container_definitions = jsonencode([
    {
      name  = "api"
      image = local.image
      environment = [
        { name = "DB_HOST", value = aws_db_instance.good_kept.address },
        { name = "DB_POOL_SIZE", value = "150" },
      ]
    },
  ])
}

resource "aws_ecs_service" "small" {
  name                               = "small"
  cluster                            = aws_ecs_cluster.main.id
  task_definition                    = aws_ecs_task_definition.small.arn
  launch_type                        = "FARGATE"
  desired_count                      = 4
  deployment_minimum_healthy_percent = 50
  deployment_maximum_percent         = 100

  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }

  network_configuration {
    subnets         = aws_subnet.app[*].id
    security_groups = [aws_security_group.app.id]
  }

  lifecycle {
    ignore_changes = [task_definition]
  }
}

# BAD, introduced: the same, and the service takes it up.
resource "aws_db_instance" "bad_rolled" {
  identifier           = "bad-rolled"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.m6g.large"
  allocated_storage    = 20
  multi_az             = true
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_ecs_task_definition" "rolled" {
  family                   = "rolled"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048

  container_definitions = jsonencode([
    {
      name  = "api"
      image = local.image
      environment = [
        { name = "DB_HOST", value = aws_db_instance.bad_rolled.address },
        { name = "DB_POOL_SIZE", value = "150" },
      ]
    },
  ])
}

resource "aws_ecs_service" "rolled" {
  name                               = "rolled"
  cluster                            = aws_ecs_cluster.main.id
  task_definition                    = aws_ecs_task_definition.rolled.arn
  launch_type                        = "FARGATE"
  desired_count                      = 4
  deployment_minimum_healthy_percent = 50
  deployment_maximum_percent         = 100

  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }

  network_configuration {
    subnets         = aws_subnet.app[*].id
    security_groups = [aws_security_group.app.id]
  }
}

# GOOD: a schedule keeps to its definition as well.
resource "aws_db_instance" "good_clock" {
  identifier           = "good-clock"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.m6g.large"
  allocated_storage    = 20
  multi_az             = true
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_ecs_task_definition" "clock" {
  family                   = "clock"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048

  container_definitions = jsonencode([
    {
      name  = "api"
      image = local.image
      environment = [
        { name = "DB_HOST", value = aws_db_instance.good_clock.address },
        { name = "DB_POOL_SIZE", value = "150" },
      ]
    },
  ])
}

resource "aws_cloudwatch_event_rule" "clock" {
  name                = "clock"
  schedule_expression = "rate(1 hour)"
}

resource "aws_cloudwatch_event_target" "clock" {
  rule     = aws_cloudwatch_event_rule.clock.name
  arn      = aws_ecs_cluster.main.arn
  role_arn = "arn:aws:iam::123456789012:role/clock"

  ecs_target {
    task_definition_arn = aws_ecs_task_definition.clock.arn
    task_count          = 4
    launch_type         = "FARGATE"

    network_configuration {
      subnets = aws_subnet.app[*].id
    }
  }

  lifecycle {
    ignore_changes = [ecs_target[0].task_definition_arn]
  }
}

# BAD, existing: machines of version 1, whatever the template says in its next one.
resource "aws_db_instance" "bad_numbered" {
  identifier           = "bad-numbered"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.m6g.large"
  allocated_storage    = 20
  multi_az             = true
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_launch_template" "numbered" {
  name                   = "numbered"
  image_id               = "ami-0123456789abcdef0"
  instance_type          = "m6i.2xlarge"
  vpc_security_group_ids = [aws_security_group.app.id]
  user_data              = base64encode("#!/bin/sh\nexport DB_HOST=${aws_db_instance.bad_numbered.address}\nexport DB_POOL_SIZE=100\n")
}

resource "aws_autoscaling_group" "numbered" {
  name                = "numbered"
  min_size            = 4
  desired_capacity    = 4
  max_size            = 4
  vpc_zone_identifier = aws_subnet.app[*].id

  launch_template {
    id      = aws_launch_template.numbered.id
    version = "1"
  }
}

# GOOD, resolved: machines of the latest version.
resource "aws_db_instance" "good_latest" {
  identifier           = "good-latest"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.m6g.large"
  allocated_storage    = 20
  multi_az             = true
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_launch_template" "latest" {
  name                   = "latest"
  image_id               = "ami-0123456789abcdef0"
  instance_type          = "m6i.2xlarge"
  vpc_security_group_ids = [aws_security_group.app.id]
  user_data              = base64encode("#!/bin/sh\nexport DB_HOST=${aws_db_instance.good_latest.address}\nexport DB_POOL_SIZE=100\n")
}

resource "aws_autoscaling_group" "latest" {
  name                = "latest"
  min_size            = 4
  desired_capacity    = 4
  max_size            = 4
  vpc_zone_identifier = aws_subnet.app[*].id

  launch_template {
    id      = aws_launch_template.latest.id
    version = "$Latest"
  }
}

# BAD, existing: the default version stays the first one.
resource "aws_db_instance" "bad_default" {
  identifier           = "bad-default"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.m6g.large"
  allocated_storage    = 20
  multi_az             = true
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_launch_template" "default" {
  name                   = "default"
  image_id               = "ami-0123456789abcdef0"
  instance_type          = "m6i.2xlarge"
  vpc_security_group_ids = [aws_security_group.app.id]
  user_data              = base64encode("#!/bin/sh\nexport DB_HOST=${aws_db_instance.bad_default.address}\nexport DB_POOL_SIZE=100\n")
}

resource "aws_autoscaling_group" "default" {
  name                = "default"
  min_size            = 4
  desired_capacity    = 4
  max_size            = 4
  vpc_zone_identifier = aws_subnet.app[*].id

  launch_template {
    id      = aws_launch_template.default.id
    version = "$Default"
  }
}

# GOOD, resolved: each new version becomes the default.
resource "aws_db_instance" "good_follows" {
  identifier           = "good-follows"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.m6g.large"
  allocated_storage    = 20
  multi_az             = true
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_launch_template" "follows" {
  name                   = "follows"
  image_id               = "ami-0123456789abcdef0"
  instance_type          = "m6i.2xlarge"
  vpc_security_group_ids = [aws_security_group.app.id]
  update_default_version = true
  user_data              = base64encode("#!/bin/sh\nexport DB_HOST=${aws_db_instance.good_follows.address}\nexport DB_POOL_SIZE=100\n")
}

resource "aws_autoscaling_group" "follows" {
  name                = "follows"
  min_size            = 4
  desired_capacity    = 4
  max_size            = 4
  vpc_zone_identifier = aws_subnet.app[*].id

  launch_template {
    id      = aws_launch_template.follows.id
    version = "$Default"
  }
}
