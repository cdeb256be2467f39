# connection-exhaustion: when it breaks. At the number of units that the callers start with, at their most, or only
# while they are rolled out; for one caller, and for several that share a database.
#
# One database for each case. The rule reports at the database: bad_ is to be found, good_ is not. All values are
# known: the folder is applied, then planned again.
#
# Unless a case says otherwise its database takes max_connections = 405, of which PostgreSQL keeps back 3
# (superuser_reserved_connections) and RDS 2 (rds.rds_superuser_reserved_connections): 400 are usable, exactly.

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
  zones = ["us-east-1a", "us-east-1b"]
}

resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "app" {
  count             = 2
  vpc_id            = aws_vpc.main.id
  availability_zone = local.zones[count.index]
  cidr_block        = cidrsubnet("10.0.0.0/16", 8, count.index)
}

resource "aws_ecs_cluster" "main" {
  name = "main"
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

# --- the engine's default, far exceeded ---

# BAD, critical: a db.t3.medium has 4 GiB. 4 GiB / 9531392 = 450 nominal. PostgreSQL gets less than all of it: 4 GiB
# less 0.235 GiB less 1.92 % is 415, less a margin of 3 % is 403; less 5 kept back the usable ones lie between 398 and
# 445. 30 tasks x 4 processes x pool 10 = 1200 on the day of the apply, 2400 while the tasks are replaced. It breaks at
# 10 of 30 tasks: 9 x 40 = 360 fit, 10 x 40 = 400 are more than 398.
resource "aws_db_instance" "bad_at_start" {
  identifier        = "at-start"
  engine            = "postgres"
  engine_version    = "16.4"
  instance_class    = "db.t3.medium"
  allocated_storage = 20
}

resource "aws_ecs_task_definition" "at_start" {
  family                   = "at-start"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 2048
  memory                   = 4096
  container_definitions = jsonencode([{
    name         = "api"
    image        = local.image
    portMappings = [{ containerPort = 8080 }]
    environment = [
      { name = "DB_HOST", value = aws_db_instance.bad_at_start.address },
      { name = "WEB_CONCURRENCY", value = "4" },
      { name = "DB_POOL_SIZE", value = "10" },
    ]
  }])
}

resource "aws_ecs_service" "at_start" {
  name            = "at-start"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.at_start.arn
  launch_type     = "FARGATE"
  desired_count   = 30

  network_configuration {
    subnets = aws_subnet.app[*].id
  }
}

# --- the maximum, not the desired number ---

# BAD, high: 4 tasks x pool 40 = 160 at first, 12 x 40 = 480 > 400 at the most. It breaks at 11 of 12: 10 x 40 = 400
# fit. A rollout adds nothing (maximumPercent 100).
resource "aws_db_instance" "bad_at_scale" {
  identifier           = "at-scale"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_ecs_task_definition" "at_scale" {
  family                   = "at-scale"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048
  container_definitions = jsonencode([{
    name         = "api"
    image        = local.image
    portMappings = [{ containerPort = 8080 }]
    environment = [
      { name = "DB_HOST", value = aws_db_instance.bad_at_scale.address },
      { name = "DB_POOL_SIZE", value = "40" },
    ]
  }])
}

resource "aws_ecs_service" "at_scale" {
  name                               = "at-scale"
  cluster                            = aws_ecs_cluster.main.id
  task_definition                    = aws_ecs_task_definition.at_scale.arn
  launch_type                        = "FARGATE"
  desired_count                      = 4
  deployment_minimum_healthy_percent = 50
  deployment_maximum_percent         = 100

  network_configuration {
    subnets = aws_subnet.app[*].id
  }

  lifecycle {
    ignore_changes = [desired_count]
  }
}

resource "aws_appautoscaling_target" "at_scale" {
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/${aws_ecs_cluster.main.name}/${aws_ecs_service.at_scale.name}"
  min_capacity       = 4
  max_capacity       = 12
}

# BAD, critical: the service starts with 12 tasks, and 12 x 40 = 480 > 400. That scaling goes up to 10 only lowers it once an
# alarm lets it scale in.
resource "aws_db_instance" "bad_above_scale" {
  identifier           = "above-scale"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_ecs_task_definition" "above_scale" {
  family                   = "above-scale"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048
  container_definitions = jsonencode([{
    name         = "api"
    image        = local.image
    portMappings = [{ containerPort = 8080 }]
    environment = [
      { name = "DB_HOST", value = aws_db_instance.bad_above_scale.address },
      { name = "DB_POOL_SIZE", value = "40" },
    ]
  }])
}

resource "aws_ecs_service" "above_scale" {
  name                               = "above-scale"
  cluster                            = aws_ecs_cluster.main.id
  task_definition                    = aws_ecs_task_definition.above_scale.arn
  launch_type                        = "FARGATE"
  desired_count                      = 12
  deployment_minimum_healthy_percent = 50
  deployment_maximum_percent         = 100

  network_configuration {
    subnets = aws_subnet.app[*].id
  }
}

resource "aws_appautoscaling_target" "above_scale" {
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/${aws_ecs_cluster.main.name}/${aws_ecs_service.above_scale.name}"
  min_capacity       = 2
  max_capacity       = 10
}

# BAD, high: a scheduled action raises the most from 8 to 20 before a sale. 8 x 25 = 200 fit, 20 x 25 = 500 do not.
resource "aws_db_instance" "bad_on_schedule" {
  identifier           = "on-schedule"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_ecs_task_definition" "on_schedule" {
  family                   = "on-schedule"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048
  container_definitions = jsonencode([{
    name         = "api"
    image        = local.image
    portMappings = [{ containerPort = 8080 }]
    environment = [
      { name = "DB_HOST", value = aws_db_instance.bad_on_schedule.address },
      { name = "DB_POOL_SIZE", value = "25" },
    ]
  }])
}

resource "aws_ecs_service" "on_schedule" {
  name                               = "on-schedule"
  cluster                            = aws_ecs_cluster.main.id
  task_definition                    = aws_ecs_task_definition.on_schedule.arn
  launch_type                        = "FARGATE"
  desired_count                      = 4
  deployment_minimum_healthy_percent = 50
  deployment_maximum_percent         = 100

  network_configuration {
    subnets = aws_subnet.app[*].id
  }

  lifecycle {
    ignore_changes = [desired_count]
  }
}

resource "aws_appautoscaling_target" "on_schedule" {
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/${aws_ecs_cluster.main.name}/${aws_ecs_service.on_schedule.name}"
  min_capacity       = 4
  max_capacity       = 8
}

resource "aws_appautoscaling_scheduled_action" "sale" {
  name               = "sale"
  service_namespace  = aws_appautoscaling_target.on_schedule.service_namespace
  scalable_dimension = aws_appautoscaling_target.on_schedule.scalable_dimension
  resource_id        = aws_appautoscaling_target.on_schedule.resource_id
  schedule           = "cron(0 6 27 11 ? *)"

  scalable_target_action {
    min_capacity = 12
    max_capacity = 20
  }
}

# --- only while it is rolled out ---

# BAD, high: 10 tasks x pool 30 = 300 fit. 150 % of 10 are 15 tasks, old and new: 15 x 30 = 450 > 400.
resource "aws_db_instance" "bad_rollout" {
  identifier           = "rollout"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_ecs_task_definition" "rollout" {
  family                   = "rollout"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048
  container_definitions = jsonencode([{
    name         = "api"
    image        = local.image
    portMappings = [{ containerPort = 8080 }]
    environment = [
      { name = "DB_HOST", value = aws_db_instance.bad_rollout.address },
      { name = "DB_POOL_SIZE", value = "30" },
    ]
  }])
}

resource "aws_ecs_service" "rollout" {
  name                       = "rollout"
  cluster                    = aws_ecs_cluster.main.id
  task_definition            = aws_ecs_task_definition.rollout.arn
  launch_type                = "FARGATE"
  desired_count              = 10
  deployment_maximum_percent = 150

  network_configuration {
    subnets = aws_subnet.app[*].id
  }
}

# GOOD: ECS rounds the upper bound down. 150 % of 9 are 13.5, that is 13 tasks: 13 x 30 = 390 fit. 14 x 30 = 420 would
# not.
resource "aws_db_instance" "good_rollout" {
  identifier           = "fits-rollout"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_ecs_task_definition" "fits_rollout" {
  family                   = "fits-rollout"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048
  container_definitions = jsonencode([{
    name         = "api"
    image        = local.image
    portMappings = [{ containerPort = 8080 }]
    environment = [
      { name = "DB_HOST", value = aws_db_instance.good_rollout.address },
      { name = "DB_POOL_SIZE", value = "30" },
    ]
  }])
}

resource "aws_ecs_service" "fits_rollout" {
  name                       = "fits-rollout"
  cluster                    = aws_ecs_cluster.main.id
  task_definition            = aws_ecs_task_definition.fits_rollout.arn
  launch_type                = "FARGATE"
  desired_count              = 9
  deployment_maximum_percent = 150

  network_configuration {
    subnets = aws_subnet.app[*].id
  }
}

# BAD, high: nothing says how many tasks a rollout may run, so that it is 200 %. 7 x 30 = 210 fit, 14 x 30 = 420 do
# not.
resource "aws_db_instance" "bad_default_rollout" {
  identifier           = "default-rollout"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_ecs_task_definition" "default_rollout" {
  family                   = "default-rollout"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048
  container_definitions = jsonencode([{
    name         = "api"
    image        = local.image
    portMappings = [{ containerPort = 8080 }]
    environment = [
      { name = "DB_HOST", value = aws_db_instance.bad_default_rollout.address },
      { name = "DB_POOL_SIZE", value = "30" },
    ]
  }])
}

resource "aws_ecs_service" "default_rollout" {
  name            = "default-rollout"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.default_rollout.arn
  launch_type     = "FARGATE"
  desired_count   = 7

  network_configuration {
    subnets = aws_subnet.app[*].id
  }
}

# GOOD, by nothing: 10 x 20 = 200, and 20 x 20 = 400 of 400 during a rollout.
resource "aws_db_instance" "good_default_rollout" {
  identifier           = "fits-default-rollout"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_ecs_task_definition" "fits_default_rollout" {
  family                   = "fits-default-rollout"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048
  container_definitions = jsonencode([{
    name         = "api"
    image        = local.image
    portMappings = [{ containerPort = 8080 }]
    environment = [
      { name = "DB_HOST", value = aws_db_instance.good_default_rollout.address },
      { name = "DB_POOL_SIZE", value = "20" },
    ]
  }])
}

resource "aws_ecs_service" "fits_default_rollout" {
  name            = "fits-default-rollout"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.fits_default_rollout.arn
  launch_type     = "FARGATE"
  desired_count   = 10

  network_configuration {
    subnets = aws_subnet.app[*].id
  }
}

# BAD, high: a blue/green deployment keeps both sets whole until the bake time is over, whatever maximumPercent says.
# 11 x 20 = 220 fit, twice that is 440 > 400.
resource "aws_db_instance" "bad_blue_green" {
  identifier           = "blue-green"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_ecs_task_definition" "blue_green" {
  family                   = "blue-green"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048
  container_definitions = jsonencode([{
    name         = "api"
    image        = local.image
    portMappings = [{ containerPort = 8080 }]
    environment = [
      { name = "DB_HOST", value = aws_db_instance.bad_blue_green.address },
      { name = "DB_POOL_SIZE", value = "20" },
    ]
  }])
}

resource "aws_ecs_service" "blue_green" {
  name                               = "blue-green"
  cluster                            = aws_ecs_cluster.main.id
  task_definition                    = aws_ecs_task_definition.blue_green.arn
  launch_type                        = "FARGATE"
  desired_count                      = 11
  deployment_minimum_healthy_percent = 50
  deployment_maximum_percent         = 100

  deployment_configuration {
    strategy             = "BLUE_GREEN"
    bake_time_in_minutes = 10
  }

  network_configuration {
    subnets = aws_subnet.app[*].id
  }
}

# --- several callers of one database ---

# BAD, critical: 10 tasks x pool 25 = 250 and 5 tasks x pool 31 = 155, each of which fits alone, are 405 > 400
# together.
resource "aws_db_instance" "bad_together" {
  identifier           = "together"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_ecs_task_definition" "together" {
  for_each                 = { api = "25", worker = "31" }
  family                   = "together-${each.key}"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048
  container_definitions = jsonencode([{
    name  = each.key
    image = local.image
    environment = [
      { name = "DB_HOST", value = aws_db_instance.bad_together.address },
      { name = "DB_POOL_SIZE", value = each.value },
    ]
  }])
}

resource "aws_ecs_service" "together" {
  for_each                           = { api = 10, worker = 5 }
  name                               = "together-${each.key}"
  cluster                            = aws_ecs_cluster.main.id
  task_definition                    = aws_ecs_task_definition.together[each.key].arn
  launch_type                        = "FARGATE"
  desired_count                      = each.value
  deployment_minimum_healthy_percent = 50
  deployment_maximum_percent         = 100

  network_configuration {
    subnets = aws_subnet.app[*].id
  }
}

# GOOD, by nothing: 10 x 25 = 250 and 5 x 30 = 150 are 400 of 400.
resource "aws_db_instance" "good_together" {
  identifier           = "fits-together"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_ecs_task_definition" "fits_together" {
  for_each                 = { api = "25", worker = "30" }
  family                   = "fits-together-${each.key}"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048
  container_definitions = jsonencode([{
    name  = each.key
    image = local.image
    environment = [
      { name = "DB_HOST", value = aws_db_instance.good_together.address },
      { name = "DB_POOL_SIZE", value = each.value },
    ]
  }])
}

resource "aws_ecs_service" "fits_together" {
  for_each                           = { api = 10, worker = 5 }
  name                               = "fits-together-${each.key}"
  cluster                            = aws_ecs_cluster.main.id
  task_definition                    = aws_ecs_task_definition.fits_together[each.key].arn
  launch_type                        = "FARGATE"
  desired_count                      = each.value
  deployment_minimum_healthy_percent = 50
  deployment_maximum_percent         = 100

  network_configuration {
    subnets = aws_subnet.app[*].id
  }
}

# GOOD, both: two databases behind one security group, which lets in one group of callers. Each caller says in its
# environment which of the two it uses: 10 x 25 = 250 of 400 at each. If the open door counted, it would be 500 at
# both.
resource "aws_security_group" "services" {
  name   = "services"
  vpc_id = aws_vpc.main.id
}

resource "aws_security_group" "databases" {
  name   = "databases"
  vpc_id = aws_vpc.main.id
}

resource "aws_vpc_security_group_ingress_rule" "services" {
  security_group_id            = aws_security_group.databases.id
  referenced_security_group_id = aws_security_group.services.id
  ip_protocol                  = "tcp"
  from_port                    = 5432
  to_port                      = 5432
}

resource "aws_db_instance" "good_orders" {
  identifier             = "orders"
  engine                 = "postgres"
  engine_version         = "16.4"
  instance_class         = "db.t3.medium"
  allocated_storage      = 20
  port                   = 5432
  parameter_group_name   = aws_db_parameter_group.four_hundred.name
  vpc_security_group_ids = [aws_security_group.databases.id]
}

resource "aws_db_instance" "good_stock" {
  identifier             = "stock"
  engine                 = "postgres"
  engine_version         = "16.4"
  instance_class         = "db.t3.medium"
  allocated_storage      = 20
  port                   = 5432
  parameter_group_name   = aws_db_parameter_group.four_hundred.name
  vpc_security_group_ids = [aws_security_group.databases.id]
}

resource "aws_ecs_task_definition" "neighbours" {
  for_each = {
    orders = aws_db_instance.good_orders.address
    stock  = aws_db_instance.good_stock.address
  }
  family                   = each.key
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048
  container_definitions = jsonencode([{
    name         = "api"
    image        = local.image
    portMappings = [{ containerPort = 8080 }]
    environment = [
      { name = "DB_HOST", value = each.value },
      { name = "DB_POOL_SIZE", value = "25" },
    ]
  }])
}

resource "aws_ecs_service" "neighbours" {
  for_each                           = toset(["orders", "stock"])
  name                               = each.key
  cluster                            = aws_ecs_cluster.main.id
  task_definition                    = aws_ecs_task_definition.neighbours[each.key].arn
  launch_type                        = "FARGATE"
  desired_count                      = 10
  deployment_minimum_healthy_percent = 50
  deployment_maximum_percent         = 100

  network_configuration {
    subnets         = aws_subnet.app[*].id
    security_groups = [aws_security_group.services.id]
  }
}

# GOOD: a small database, 1 GiB, that nobody in the plan reaches.
resource "aws_db_instance" "good_unused" {
  identifier        = "unused"
  engine            = "postgres"
  engine_version    = "16.4"
  instance_class    = "db.t3.micro"
  allocated_storage = 20
}
