# connection-exhaustion: what tags declare. Each database takes 400 connections: 405, of which PostgreSQL keeps back 3 and RDS
# 2. The rule reports at the database. All values are known: the folder is applied, then planned again.

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

# BAD: 10 tasks x pool 41 = 410 > 400, by the tag on the service.
resource "aws_db_instance" "bad_on_service" {
  identifier           = "bad-on-service"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_ecs_task_definition" "on_service" {
  family                   = "on-service"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048
  container_definitions = jsonencode([{
    name        = "app"
    image       = local.image
    environment = [{ name = "DB_HOST", value = aws_db_instance.bad_on_service.address }]
  }])
}

resource "aws_ecs_service" "on_service" {
  name                               = "on-service"
  cluster                            = aws_ecs_cluster.main.id
  task_definition                    = aws_ecs_task_definition.on_service.arn
  launch_type                        = "FARGATE"
  desired_count                      = 10
  deployment_minimum_healthy_percent = 50
  deployment_maximum_percent         = 100

  network_configuration {
    subnets = aws_subnet.app[*].id
  }

  tags = {
    "planwise:pool-size" = "41"
  }
}

# GOOD: 10 x 40 = 400 fit, by the tag on the task definition.
resource "aws_db_instance" "good_on_template" {
  identifier           = "good-on-template"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_ecs_task_definition" "on_template" {
  family                   = "on-template"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048
  container_definitions = jsonencode([{
    name        = "app"
    image       = local.image
    environment = [{ name = "DB_HOST", value = aws_db_instance.good_on_template.address }]
  }])

  tags = {
    "planwise:pool-size" = "40"
  }
}

resource "aws_ecs_service" "on_template" {
  name                               = "on-template"
  cluster                            = aws_ecs_cluster.main.id
  task_definition                    = aws_ecs_task_definition.on_template.arn
  launch_type                        = "FARGATE"
  desired_count                      = 10
  deployment_minimum_healthy_percent = 50
  deployment_maximum_percent         = 100

  network_configuration {
    subnets = aws_subnet.app[*].id
  }
}

# BAD: 10 x 4 processes x (8 + 3) = 440. The command starts as many as there are processors; the tag says how many.
resource "aws_db_instance" "bad_processes" {
  identifier           = "bad-processes"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_ecs_task_definition" "processes" {
  family                   = "processes"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048
  container_definitions = jsonencode([{
    name        = "app"
    image       = local.image
    command     = ["gunicorn", "app.wsgi"]
    environment = [{ name = "DB_HOST", value = aws_db_instance.bad_processes.address }]
  }])
}

resource "aws_ecs_service" "processes" {
  name                               = "processes"
  cluster                            = aws_ecs_cluster.main.id
  task_definition                    = aws_ecs_task_definition.processes.arn
  launch_type                        = "FARGATE"
  desired_count                      = 10
  deployment_minimum_healthy_percent = 50
  deployment_maximum_percent         = 100

  network_configuration {
    subnets = aws_subnet.app[*].id
  }

  tags = {
    "planwise:processes" = "4"
    "planwise:pool-size" = "8"
    "planwise:overflow"  = "3"
  }
}

# BAD: whoever says that it is unlimited says that it is too much.
resource "aws_db_instance" "bad_unlimited" {
  identifier           = "bad-unlimited"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_ecs_task_definition" "unlimited" {
  family                   = "unlimited"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048
  container_definitions = jsonencode([{
    name        = "app"
    image       = local.image
    environment = [{ name = "DB_HOST", value = aws_db_instance.bad_unlimited.address }]
  }])
}

resource "aws_ecs_service" "unlimited" {
  name                               = "unlimited"
  cluster                            = aws_ecs_cluster.main.id
  task_definition                    = aws_ecs_task_definition.unlimited.arn
  launch_type                        = "FARGATE"
  desired_count                      = 10
  deployment_minimum_healthy_percent = 50
  deployment_maximum_percent         = 100

  network_configuration {
    subnets = aws_subnet.app[*].id
  }

  tags = {
    "planwise:pool-size" = "unlimited"
  }
}

# BAD: the environment says 10, the tag says 50, and counts.
resource "aws_db_instance" "bad_contradiction" {
  identifier           = "bad-contradiction"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_ecs_task_definition" "contradiction" {
  family                   = "contradiction"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048
  container_definitions = jsonencode([{
    name        = "app"
    image       = local.image
    environment = [{ name = "DB_HOST", value = aws_db_instance.bad_contradiction.address }, { name = "DB_POOL_SIZE", value = "10" }]
  }])
}

resource "aws_ecs_service" "contradiction" {
  name                               = "contradiction"
  cluster                            = aws_ecs_cluster.main.id
  task_definition                    = aws_ecs_task_definition.contradiction.arn
  launch_type                        = "FARGATE"
  desired_count                      = 10
  deployment_minimum_healthy_percent = 50
  deployment_maximum_percent         = 100

  network_configuration {
    subnets = aws_subnet.app[*].id
  }

  tags = {
    "planwise:pool-size" = "50"
  }
}

# GOOD: the environment says 50, the tag says 10, and counts.
resource "aws_db_instance" "good_contradiction" {
  identifier           = "good-contradiction"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_ecs_task_definition" "other_contradiction" {
  family                   = "other-contradiction"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048
  container_definitions = jsonencode([{
    name        = "app"
    image       = local.image
    environment = [{ name = "DB_HOST", value = aws_db_instance.good_contradiction.address }, { name = "DB_POOL_SIZE", value = "50" }]
  }])
}

resource "aws_ecs_service" "other_contradiction" {
  name                               = "other-contradiction"
  cluster                            = aws_ecs_cluster.main.id
  task_definition                    = aws_ecs_task_definition.other_contradiction.arn
  launch_type                        = "FARGATE"
  desired_count                      = 10
  deployment_minimum_healthy_percent = 50
  deployment_maximum_percent         = 100

  network_configuration {
    subnets = aws_subnet.app[*].id
  }

  tags = {
    "planwise:pool-size" = "10"
  }
}

# UNKNOWN: a value that is no number says nothing.
resource "aws_db_instance" "unknown_value" {
  identifier           = "unknown-value"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_ecs_task_definition" "value" {
  family                   = "value"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048
  container_definitions = jsonencode([{
    name        = "app"
    image       = local.image
    environment = [{ name = "DB_HOST", value = aws_db_instance.unknown_value.address }]
  }])
}

resource "aws_ecs_service" "value" {
  name                               = "value"
  cluster                            = aws_ecs_cluster.main.id
  task_definition                    = aws_ecs_task_definition.value.arn
  launch_type                        = "FARGATE"
  desired_count                      = 10
  deployment_minimum_healthy_percent = 50
  deployment_maximum_percent         = 100

  network_configuration {
    subnets = aws_subnet.app[*].id
  }

  tags = {
    "planwise:pool-size" = "many"
  }
}

# UNKNOWN: neither does a misspelled key.
resource "aws_db_instance" "unknown_key" {
  identifier           = "unknown-key"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_ecs_task_definition" "key" {
  family                   = "key"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048
  container_definitions = jsonencode([{
    name        = "app"
    image       = local.image
    environment = [{ name = "DB_HOST", value = aws_db_instance.unknown_key.address }]
  }])
}

resource "aws_ecs_service" "key" {
  name                               = "key"
  cluster                            = aws_ecs_cluster.main.id
  task_definition                    = aws_ecs_task_definition.key.arn
  launch_type                        = "FARGATE"
  desired_count                      = 10
  deployment_minimum_healthy_percent = 50
  deployment_maximum_percent         = 100

  network_configuration {
    subnets = aws_subnet.app[*].id
  }

  tags = {
    "planwise:pool-sise" = "40"
  }
}

# UNKNOWN: nor a key that is for another statement, nor the tag of somebody else.
resource "aws_db_instance" "unknown_other" {
  identifier           = "unknown-other"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_ecs_task_definition" "other" {
  family                   = "other"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048
  container_definitions = jsonencode([{
    name        = "app"
    image       = local.image
    environment = [{ name = "DB_HOST", value = aws_db_instance.unknown_other.address }]
  }])
}

resource "aws_ecs_service" "other" {
  name                               = "other"
  cluster                            = aws_ecs_cluster.main.id
  task_definition                    = aws_ecs_task_definition.other.arn
  launch_type                        = "FARGATE"
  desired_count                      = 10
  deployment_minimum_healthy_percent = 50
  deployment_maximum_percent         = 100

  network_configuration {
    subnets = aws_subnet.app[*].id
  }

  tags = {
    "planwise:service" = "shop"
    "pool-size"        = "40"
  }
}

# UNKNOWN: a pool says nothing of the processes.
resource "aws_db_instance" "unknown_processes" {
  identifier           = "unknown-processes"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_ecs_task_definition" "hidden_processes" {
  family                   = "hidden-processes"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048
  container_definitions = jsonencode([{
    name        = "app"
    image       = local.image
    command     = ["gunicorn", "--workers", "$WORKERS", "app.wsgi"]
    environment = [{ name = "DB_HOST", value = aws_db_instance.unknown_processes.address }]
  }])
}

resource "aws_ecs_service" "hidden_processes" {
  name                               = "hidden-processes"
  cluster                            = aws_ecs_cluster.main.id
  task_definition                    = aws_ecs_task_definition.hidden_processes.arn
  launch_type                        = "FARGATE"
  desired_count                      = 10
  deployment_minimum_healthy_percent = 50
  deployment_maximum_percent         = 100

  network_configuration {
    subnets = aws_subnet.app[*].id
  }

  tags = {
    "planwise:pool-size" = "10"
  }
}

# UNKNOWN: a tag on the database says nothing of who connects.
resource "aws_db_instance" "unknown_on_database" {
  identifier           = "unknown-on-database"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name

  tags = {
    "planwise:pool-size" = "40"
  }
}

resource "aws_ecs_task_definition" "on_database" {
  family                   = "on-database"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048
  container_definitions = jsonencode([{
    name        = "app"
    image       = local.image
    environment = [{ name = "DB_HOST", value = aws_db_instance.unknown_on_database.address }]
  }])
}

resource "aws_ecs_service" "on_database" {
  name                               = "on-database"
  cluster                            = aws_ecs_cluster.main.id
  task_definition                    = aws_ecs_task_definition.on_database.arn
  launch_type                        = "FARGATE"
  desired_count                      = 10
  deployment_minimum_healthy_percent = 50
  deployment_maximum_percent         = 100

  network_configuration {
    subnets = aws_subnet.app[*].id
  }
}

# BAD: nothing shows that it connects, but it says so: 10 x pool 41.
resource "aws_db_instance" "bad_connects" {
  identifier           = "bad-connects"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_ecs_task_definition" "connects" {
  family                   = "connects"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048
  container_definitions = jsonencode([{
    name        = "app"
    image       = local.image
    environment = []
  }])
}

resource "aws_ecs_service" "connects" {
  name                               = "connects"
  cluster                            = aws_ecs_cluster.main.id
  task_definition                    = aws_ecs_task_definition.connects.arn
  launch_type                        = "FARGATE"
  desired_count                      = 10
  deployment_minimum_healthy_percent = 50
  deployment_maximum_percent         = 100

  network_configuration {
    subnets = aws_subnet.app[*].id
  }

  tags = {
    "planwise:connects-to" = "aws_db_instance.bad_connects"
    "planwise:pool-size"   = "41"
  }
}

# GOOD: the second service may connect, and says that it does not.
resource "aws_security_group" "apps" {
  name   = "apps"
  vpc_id = aws_vpc.main.id
}

resource "aws_security_group" "open" {
  name   = "open"
  vpc_id = aws_vpc.main.id

  ingress {
    protocol        = "tcp"
    from_port       = 5432
    to_port         = 5432
    security_groups = [aws_security_group.apps.id]
  }
}

resource "aws_db_instance" "good_nothing" {
  identifier             = "good-nothing"
  engine                 = "postgres"
  engine_version         = "16.4"
  instance_class         = "db.t3.medium"
  port                   = 5432
  allocated_storage      = 20
  parameter_group_name   = aws_db_parameter_group.four_hundred.name
  vpc_security_group_ids = [aws_security_group.open.id]
}

resource "aws_ecs_task_definition" "first" {
  family                   = "first"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048
  container_definitions = jsonencode([{
    name        = "app"
    image       = local.image
    environment = [{ name = "DB_HOST", value = aws_db_instance.good_nothing.address }]
  }])
}

resource "aws_ecs_service" "first" {
  name                               = "first"
  cluster                            = aws_ecs_cluster.main.id
  task_definition                    = aws_ecs_task_definition.first.arn
  launch_type                        = "FARGATE"
  desired_count                      = 10
  deployment_minimum_healthy_percent = 50
  deployment_maximum_percent         = 100

  network_configuration {
    subnets         = aws_subnet.app[*].id
    security_groups = [aws_security_group.apps.id]
  }

  tags = {
    "planwise:pool-size" = "30"
  }
}

resource "aws_ecs_task_definition" "second" {
  family                   = "second"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048
  container_definitions = jsonencode([{
    name        = "app"
    image       = local.image
    environment = []
  }])
}

resource "aws_ecs_service" "second" {
  name                               = "second"
  cluster                            = aws_ecs_cluster.main.id
  task_definition                    = aws_ecs_task_definition.second.arn
  launch_type                        = "FARGATE"
  desired_count                      = 10
  deployment_minimum_healthy_percent = 50
  deployment_maximum_percent         = 100

  network_configuration {
    subnets         = aws_subnet.app[*].id
    security_groups = [aws_security_group.apps.id]
  }

  tags = {
    "planwise:connects-to" = "nothing"
  }
}

# UNKNOWN: the same without a word. Nobody knows how many the fourth one opens, if it does.
resource "aws_security_group" "more_apps" {
  name   = "more-apps"
  vpc_id = aws_vpc.main.id
}

resource "aws_security_group" "more_open" {
  name   = "more-open"
  vpc_id = aws_vpc.main.id

  ingress {
    protocol        = "tcp"
    from_port       = 5432
    to_port         = 5432
    security_groups = [aws_security_group.more_apps.id]
  }
}

resource "aws_db_instance" "unknown_nothing" {
  identifier             = "unknown-nothing"
  engine                 = "postgres"
  engine_version         = "16.4"
  instance_class         = "db.t3.medium"
  port                   = 5432
  allocated_storage      = 20
  parameter_group_name   = aws_db_parameter_group.four_hundred.name
  vpc_security_group_ids = [aws_security_group.more_open.id]
}

resource "aws_ecs_task_definition" "third" {
  family                   = "third"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048
  container_definitions = jsonencode([{
    name        = "app"
    image       = local.image
    environment = [{ name = "DB_HOST", value = aws_db_instance.unknown_nothing.address }]
  }])
}

resource "aws_ecs_service" "third" {
  name                               = "third"
  cluster                            = aws_ecs_cluster.main.id
  task_definition                    = aws_ecs_task_definition.third.arn
  launch_type                        = "FARGATE"
  desired_count                      = 10
  deployment_minimum_healthy_percent = 50
  deployment_maximum_percent         = 100

  network_configuration {
    subnets         = aws_subnet.app[*].id
    security_groups = [aws_security_group.more_apps.id]
  }

  tags = {
    "planwise:pool-size" = "30"
  }
}

resource "aws_ecs_task_definition" "fourth" {
  family                   = "fourth"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048
  container_definitions = jsonencode([{
    name        = "app"
    image       = local.image
    environment = []
  }])
}

resource "aws_ecs_service" "fourth" {
  name                               = "fourth"
  cluster                            = aws_ecs_cluster.main.id
  task_definition                    = aws_ecs_task_definition.fourth.arn
  launch_type                        = "FARGATE"
  desired_count                      = 10
  deployment_minimum_healthy_percent = 50
  deployment_maximum_percent         = 100

  network_configuration {
    subnets         = aws_subnet.app[*].id
    security_groups = [aws_security_group.more_apps.id]
  }
}

# BAD: a group of machines has a block for each tag. 20 x 25 = 500 at the most.
resource "aws_db_instance" "bad_machines" {
  identifier           = "bad-machines"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_launch_template" "machines" {
  name          = "machines"
  image_id      = "ami-0123456789abcdef0"
  instance_type = "m6i.large"
  user_data     = base64encode("#!/bin/sh\nexport DB_HOST=${aws_db_instance.bad_machines.address}\nexec /opt/app\n")
}

resource "aws_autoscaling_group" "machines" {
  name                = "machines"
  min_size            = 5
  max_size            = 20
  vpc_zone_identifier = aws_subnet.app[*].id

  launch_template {
    id      = aws_launch_template.machines.id
    version = "$Latest"
  }

  tag {
    key                 = "planwise:pool-size"
    value               = "25"
    propagate_at_launch = false
  }
}
