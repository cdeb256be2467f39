# connection-exhaustion: how far a caller scales, and how far a database does, where more than one thing says so.
#
# One database for each case. The rule reports at the database: bad_ is to be found, good_ is not. All values are
# known: the folder is applied, then planned again.
#
# The databases take max_connections = 405, of which PostgreSQL keeps back 3 (superuser_reserved_connections) and RDS 2
# (rds.rds_superuser_reserved_connections): 400 are usable, exactly. Every task has a pool of 40, so that 10 tasks fill
# them, and the eleventh is too much.

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
  role  = "arn:aws:iam::123456789012:role/function"
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

resource "aws_security_group" "app" {
  name   = "app"
  vpc_id = aws_vpc.main.id
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

# --- a schedule that changes the bounds for a while ---

# GOOD, by nothing: 10 x 40 = 400 by day, and 4 x 40 = 160 by night.
resource "aws_db_instance" "good_lowered" {
  identifier           = "good-lowered"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_ecs_task_definition" "fits_lowered" {
  family                   = "fits-lowered"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048
  container_definitions = jsonencode([{
    name         = "api"
    image        = local.image
    portMappings = [{ containerPort = 8080 }]
    environment = [
      { name = "DB_HOST", value = aws_db_instance.good_lowered.address },
      { name = "DB_POOL_SIZE", value = "40" },
    ]
  }])
}

resource "aws_ecs_service" "fits_lowered" {
  name                               = "fits-lowered"
  cluster                            = aws_ecs_cluster.main.id
  task_definition                    = aws_ecs_task_definition.fits_lowered.arn
  launch_type                        = "FARGATE"
  desired_count                      = 4
  deployment_minimum_healthy_percent = 50
  deployment_maximum_percent         = 100

  network_configuration {
    subnets = aws_subnet.app[*].id
  }
}

resource "aws_appautoscaling_target" "fits_lowered" {
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/${aws_ecs_cluster.main.name}/${aws_ecs_service.fits_lowered.name}"
  min_capacity       = 4
  max_capacity       = 10
}

resource "aws_appautoscaling_scheduled_action" "fits_lowered" {
  name               = "night"
  service_namespace  = aws_appautoscaling_target.fits_lowered.service_namespace
  scalable_dimension = aws_appautoscaling_target.fits_lowered.scalable_dimension
  resource_id        = aws_appautoscaling_target.fits_lowered.resource_id
  schedule           = "cron(0 22 * * ? *)"

  scalable_target_action {
    min_capacity = 2
    max_capacity = 4
  }
}

# BAD: the night is not the day. 11 x 40 = 440 > 400, though 4 x 40 = 160 by night. It breaks at 11 of 11.
resource "aws_db_instance" "bad_lowered" {
  identifier           = "bad-lowered"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_ecs_task_definition" "lowered" {
  family                   = "lowered"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048
  container_definitions = jsonencode([{
    name         = "api"
    image        = local.image
    portMappings = [{ containerPort = 8080 }]
    environment = [
      { name = "DB_HOST", value = aws_db_instance.bad_lowered.address },
      { name = "DB_POOL_SIZE", value = "40" },
    ]
  }])
}

resource "aws_ecs_service" "lowered" {
  name                               = "lowered"
  cluster                            = aws_ecs_cluster.main.id
  task_definition                    = aws_ecs_task_definition.lowered.arn
  launch_type                        = "FARGATE"
  desired_count                      = 4
  deployment_minimum_healthy_percent = 50
  deployment_maximum_percent         = 100

  network_configuration {
    subnets = aws_subnet.app[*].id
  }
}

resource "aws_appautoscaling_target" "lowered" {
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/${aws_ecs_cluster.main.name}/${aws_ecs_service.lowered.name}"
  min_capacity       = 4
  max_capacity       = 11
}

resource "aws_appautoscaling_scheduled_action" "lowered" {
  name               = "night"
  service_namespace  = aws_appautoscaling_target.lowered.service_namespace
  scalable_dimension = aws_appautoscaling_target.lowered.scalable_dimension
  resource_id        = aws_appautoscaling_target.lowered.resource_id
  schedule           = "cron(0 22 * * ? *)"

  scalable_target_action {
    min_capacity = 2
    max_capacity = 4
  }
}

# BAD: 10 x 40 = 400 fit by day, and on sale 11 x 40 = 440 do not.
resource "aws_db_instance" "bad_raised" {
  identifier           = "bad-raised"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_ecs_task_definition" "raised" {
  family                   = "raised"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048
  container_definitions = jsonencode([{
    name         = "api"
    image        = local.image
    portMappings = [{ containerPort = 8080 }]
    environment = [
      { name = "DB_HOST", value = aws_db_instance.bad_raised.address },
      { name = "DB_POOL_SIZE", value = "40" },
    ]
  }])
}

resource "aws_ecs_service" "raised" {
  name                               = "raised"
  cluster                            = aws_ecs_cluster.main.id
  task_definition                    = aws_ecs_task_definition.raised.arn
  launch_type                        = "FARGATE"
  desired_count                      = 4
  deployment_minimum_healthy_percent = 50
  deployment_maximum_percent         = 100

  network_configuration {
    subnets = aws_subnet.app[*].id
  }
}

resource "aws_appautoscaling_target" "raised" {
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/${aws_ecs_cluster.main.name}/${aws_ecs_service.raised.name}"
  min_capacity       = 4
  max_capacity       = 10
}

resource "aws_appautoscaling_scheduled_action" "raised" {
  name               = "sale"
  service_namespace  = aws_appautoscaling_target.raised.service_namespace
  scalable_dimension = aws_appautoscaling_target.raised.scalable_dimension
  resource_id        = aws_appautoscaling_target.raised.resource_id
  schedule           = "cron(0 8 * * ? *)"

  scalable_target_action {
    min_capacity = 8
    max_capacity = 11
  }
}

# GOOD, by nothing: a schedule of the minimum alone leaves the maximum where it is. 10 x 40 = 400.
resource "aws_db_instance" "good_raised_minimum" {
  identifier           = "good-raised-minimum"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_ecs_task_definition" "fits_raised_minimum" {
  family                   = "fits-raised-minimum"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048
  container_definitions = jsonencode([{
    name         = "api"
    image        = local.image
    portMappings = [{ containerPort = 8080 }]
    environment = [
      { name = "DB_HOST", value = aws_db_instance.good_raised_minimum.address },
      { name = "DB_POOL_SIZE", value = "40" },
    ]
  }])
}

resource "aws_ecs_service" "fits_raised_minimum" {
  name                               = "fits-raised-minimum"
  cluster                            = aws_ecs_cluster.main.id
  task_definition                    = aws_ecs_task_definition.fits_raised_minimum.arn
  launch_type                        = "FARGATE"
  desired_count                      = 4
  deployment_minimum_healthy_percent = 50
  deployment_maximum_percent         = 100

  network_configuration {
    subnets = aws_subnet.app[*].id
  }
}

resource "aws_appautoscaling_target" "fits_raised_minimum" {
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/${aws_ecs_cluster.main.name}/${aws_ecs_service.fits_raised_minimum.name}"
  min_capacity       = 4
  max_capacity       = 10
}

resource "aws_appautoscaling_scheduled_action" "fits_raised_minimum" {
  name               = "morning"
  service_namespace  = aws_appautoscaling_target.fits_raised_minimum.service_namespace
  scalable_dimension = aws_appautoscaling_target.fits_raised_minimum.scalable_dimension
  resource_id        = aws_appautoscaling_target.fits_raised_minimum.resource_id
  schedule           = "cron(0 6 * * ? *)"

  scalable_target_action {
    min_capacity = 8
  }
}

# --- a rollout with fewer tasks than there are ---

# GOOD, by nothing: 10 x 40 = 400, and fewer during a rollout.
resource "aws_db_instance" "good_fewer_during_rollout" {
  identifier           = "good-fewer-during-rollout"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_ecs_task_definition" "fits_fewer_during_rollout" {
  family                   = "fits-fewer-during-rollout"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048
  container_definitions = jsonencode([{
    name         = "api"
    image        = local.image
    portMappings = [{ containerPort = 8080 }]
    environment = [
      { name = "DB_HOST", value = aws_db_instance.good_fewer_during_rollout.address },
      { name = "DB_POOL_SIZE", value = "40" },
    ]
  }])
}

resource "aws_ecs_service" "fits_fewer_during_rollout" {
  name                               = "fits-fewer-during-rollout"
  cluster                            = aws_ecs_cluster.main.id
  task_definition                    = aws_ecs_task_definition.fits_fewer_during_rollout.arn
  launch_type                        = "FARGATE"
  desired_count                      = 10
  deployment_minimum_healthy_percent = 0
  deployment_maximum_percent         = 50

  network_configuration {
    subnets = aws_subnet.app[*].id
  }
}

# BAD: 11 x 40 = 440 > 400, day in, day out. Half of that during a rollout is no comfort.
resource "aws_db_instance" "bad_fewer_during_rollout" {
  identifier           = "bad-fewer-during-rollout"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_ecs_task_definition" "fewer_during_rollout" {
  family                   = "fewer-during-rollout"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048
  container_definitions = jsonencode([{
    name         = "api"
    image        = local.image
    portMappings = [{ containerPort = 8080 }]
    environment = [
      { name = "DB_HOST", value = aws_db_instance.bad_fewer_during_rollout.address },
      { name = "DB_POOL_SIZE", value = "40" },
    ]
  }])
}

resource "aws_ecs_service" "fewer_during_rollout" {
  name                               = "fewer-during-rollout"
  cluster                            = aws_ecs_cluster.main.id
  task_definition                    = aws_ecs_task_definition.fewer_during_rollout.arn
  launch_type                        = "FARGATE"
  desired_count                      = 11
  deployment_minimum_healthy_percent = 0
  deployment_maximum_percent         = 50

  network_configuration {
    subnets = aws_subnet.app[*].id
  }
}

# --- a number of one's own below the cap of Serverless v2 ---

resource "aws_rds_cluster_parameter_group" "thousand" {
  name   = "thousand"
  family = "aurora-postgresql16"

  parameter {
    name         = "max_connections"
    value        = "1000"
    apply_method = "pending-reboot"
  }
}

# GOOD: a minimum of half a unit caps PostgreSQL at 2,000; the group sets less. 1,000 less 5 are 995. 99 x 10 = 990
# fit.
resource "aws_rds_cluster" "good_below_the_cap" {
  cluster_identifier              = "good-below-the-cap"
  engine                          = "aurora-postgresql"
  db_cluster_parameter_group_name = aws_rds_cluster_parameter_group.thousand.name

  serverlessv2_scaling_configuration {
    min_capacity = 0.5
    max_capacity = 16
  }
}

resource "aws_rds_cluster_instance" "fits_below_the_cap" {
  cluster_identifier = aws_rds_cluster.good_below_the_cap.id
  engine             = aws_rds_cluster.good_below_the_cap.engine
  instance_class     = "db.serverless"
}

resource "aws_lambda_function" "fits_below_the_cap" {
  function_name                  = "fits-below-the-cap"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 99

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_rds_cluster.good_below_the_cap.endpoint, DB_POOL_SIZE = "10" }
  }
}

# BAD: 100 x 10 = 1000 > 995. The cap would leave 1995.
resource "aws_rds_cluster" "bad_below_the_cap" {
  cluster_identifier              = "bad-below-the-cap"
  engine                          = "aurora-postgresql"
  db_cluster_parameter_group_name = aws_rds_cluster_parameter_group.thousand.name

  serverlessv2_scaling_configuration {
    min_capacity = 0.5
    max_capacity = 16
  }
}

resource "aws_rds_cluster_instance" "calls_below_the_cap" {
  cluster_identifier = aws_rds_cluster.bad_below_the_cap.id
  engine             = aws_rds_cluster.bad_below_the_cap.engine
  instance_class     = "db.serverless"
}

resource "aws_lambda_function" "calls_below_the_cap" {
  function_name                  = "calls-below-the-cap"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 100

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_HOST = aws_rds_cluster.bad_below_the_cap.endpoint, DB_POOL_SIZE = "10" }
  }
}
