# zone-split-datastore: the callers. What stands in which zones, and by which way it reaches a database.
#
# One database for each case, a single machine that may stand in us-east-1a and us-east-1b. All values are known: the
# folder is applied, then planned again, so that the zone that RDS chose is known as well: us-east-1a, wherever nobody
# named one.

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

resource "aws_db_subnet_group" "both" {
  name       = "both"
  subnet_ids = [aws_subnet.a.id, aws_subnet.b.id]
}

resource "aws_ecs_cluster" "main" {
  name = "main"
}

# --- the zone that RDS chose ---

# GOOD: RDS chose us-east-1a, where its callers stand.
resource "aws_db_instance" "good_chosen_zone" {
  identifier           = "good-chosen-zone"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.m7g.large"
  allocated_storage    = 100
  db_subnet_group_name = aws_db_subnet_group.both.name
  multi_az             = false
}

resource "aws_lambda_function" "fits_chosen_zone" {
  function_name = "fits-chosen-zone"
  role          = local.role
  package_type  = "Image"
  image_uri     = local.image

  vpc_config {
    subnet_ids         = [aws_subnet.a.id]
    security_group_ids = ["sg-0123456789abcdef0"]
  }

  environment {
    variables = { DB_HOST = aws_db_instance.good_chosen_zone.address }
  }
}

# BAD, high: RDS chose us-east-1a, and its callers stand in us-east-1b.
resource "aws_db_instance" "bad_chosen_zone" {
  identifier           = "bad-chosen-zone"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.m7g.large"
  allocated_storage    = 100
  db_subnet_group_name = aws_db_subnet_group.both.name
  multi_az             = false
}

resource "aws_lambda_function" "chosen_zone" {
  function_name = "chosen-zone"
  role          = local.role
  package_type  = "Image"
  image_uri     = local.image

  vpc_config {
    subnet_ids         = [aws_subnet.b.id]
    security_group_ids = ["sg-0123456789abcdef0"]
  }

  environment {
    variables = { DB_HOST = aws_db_instance.bad_chosen_zone.address }
  }
}

# --- replicas ---

# BAD, high: a replica in another zone does not take over by itself. Its callers stand in two zones.
resource "aws_db_instance" "bad_primary" {
  identifier              = "bad-primary"
  engine                  = "postgres"
  engine_version          = "16.4"
  instance_class          = "db.m7g.large"
  allocated_storage       = 100
  db_subnet_group_name    = aws_db_subnet_group.both.name
  multi_az                = false
  availability_zone       = "us-east-1a"
  backup_retention_period = 7
}

resource "aws_lambda_function" "primary" {
  function_name = "primary"
  role          = local.role
  package_type  = "Image"
  image_uri     = local.image

  vpc_config {
    subnet_ids         = [aws_subnet.a.id, aws_subnet.b.id]
    security_group_ids = ["sg-0123456789abcdef0"]
  }

  environment {
    variables = { DB_HOST = aws_db_instance.bad_primary.address }
  }
}

# GOOD: nobody calls this replica.
resource "aws_db_instance" "good_replica" {
  identifier          = "good-replica"
  replicate_source_db = aws_db_instance.bad_primary.identifier
  instance_class      = "db.m7g.large"
  availability_zone   = "us-east-1b"
}

# BAD, high: this one is called from two zones.
resource "aws_db_instance" "bad_called_replica" {
  identifier          = "bad-called-replica"
  replicate_source_db = aws_db_instance.bad_primary.identifier
  instance_class      = "db.m7g.large"
  availability_zone   = "us-east-1b"
}

resource "aws_lambda_function" "called_replica" {
  function_name = "called-replica"
  role          = local.role
  package_type  = "Image"
  image_uri     = local.image

  vpc_config {
    subnet_ids         = [aws_subnet.a.id, aws_subnet.b.id]
    security_group_ids = ["sg-0123456789abcdef0"]
  }

  environment {
    variables = { DB_HOST = aws_db_instance.bad_called_replica.address }
  }
}

# GOOD: this one is called from its own zone.
resource "aws_db_instance" "good_near_replica" {
  identifier          = "good-near-replica"
  replicate_source_db = aws_db_instance.bad_primary.identifier
  instance_class      = "db.m7g.large"
  availability_zone   = "us-east-1b"
}

resource "aws_lambda_function" "fits_near_replica" {
  function_name = "fits-near-replica"
  role          = local.role
  package_type  = "Image"
  image_uri     = local.image

  vpc_config {
    subnet_ids         = [aws_subnet.b.id]
    security_group_ids = ["sg-0123456789abcdef0"]
  }

  environment {
    variables = { DB_HOST = aws_db_instance.good_near_replica.address }
  }
}

# --- machines, platforms, containers ---

# Zones by what AWS says there is.
data "aws_availability_zones" "available" {
  state = "available"
}

resource "aws_subnet" "app" {
  count             = 3
  vpc_id            = aws_vpc.main.id
  availability_zone = data.aws_availability_zones.available.names[count.index]
  cidr_block        = cidrsubnet("10.0.0.0/16", 8, 30 + count.index)
}

# BAD, high: 2 to 6 instances in three zones.
resource "aws_db_instance" "bad_machine_group" {
  identifier           = "bad-machine-group"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.m7g.large"
  allocated_storage    = 100
  db_subnet_group_name = aws_db_subnet_group.both.name
  multi_az             = false
}

resource "aws_launch_template" "machine_group" {
  name          = "machine-group"
  image_id      = "ami-0123456789abcdef0"
  instance_type = "m7g.large"

  user_data = base64encode(<<-EOT
    #!/bin/sh
    export DB_HOST=${aws_db_instance.bad_machine_group.address}
    exec /opt/shop/bin/serve
  EOT
  )
}

resource "aws_autoscaling_group" "machine_group" {
  name                = "machine-group"
  min_size            = 2
  max_size            = 6
  vpc_zone_identifier = aws_subnet.app[*].id

  launch_template {
    id      = aws_launch_template.machine_group.id
    version = aws_launch_template.machine_group.latest_version
  }
}

# GOOD: 2 to 6 instances in us-east-1a, where the database stands.
resource "aws_db_instance" "good_machine_group" {
  identifier           = "good-machine-group"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.m7g.large"
  allocated_storage    = 100
  db_subnet_group_name = aws_db_subnet_group.both.name
  multi_az             = false
  availability_zone    = "us-east-1a"
}

resource "aws_launch_template" "fits_machine_group" {
  name          = "fits-machine-group"
  image_id      = "ami-0123456789abcdef0"
  instance_type = "m7g.large"

  user_data = base64encode(<<-EOT
    #!/bin/sh
    export DB_HOST=${aws_db_instance.good_machine_group.address}
    exec /opt/shop/bin/serve
  EOT
  )
}

resource "aws_autoscaling_group" "fits_machine_group" {
  name                = "fits-machine-group"
  min_size            = 2
  max_size            = 6
  vpc_zone_identifier = [aws_subnet.a.id]

  launch_template {
    id      = aws_launch_template.fits_machine_group.id
    version = aws_launch_template.fits_machine_group.latest_version
  }
}

# BAD, high: two machines of one block, in two zones.
resource "aws_db_instance" "bad_machines" {
  identifier           = "bad-machines"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.m7g.large"
  allocated_storage    = 100
  db_subnet_group_name = aws_db_subnet_group.both.name
  multi_az             = false
}

resource "aws_instance" "machines" {
  count         = 2
  ami           = "ami-0123456789abcdef0"
  instance_type = "m7g.large"
  subnet_id     = aws_subnet.app[count.index].id
  tags          = { Name = "machine-${count.index + 1}" }

  user_data = <<-EOT
    #!/bin/sh
    export DB_HOST=${aws_db_instance.bad_machines.address}
    exec /opt/shop/bin/serve
  EOT
}

# BAD, high: an environment in two zones.
resource "aws_db_instance" "bad_beanstalk" {
  identifier           = "bad-beanstalk"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.m7g.large"
  allocated_storage    = 100
  db_subnet_group_name = aws_db_subnet_group.both.name
  multi_az             = false
}

resource "aws_elastic_beanstalk_environment" "beanstalk" {
  name                = "beanstalk"
  application         = "shop"
  solution_stack_name = "64bit Amazon Linux 2023 v4.3.0 running Python 3.12"

  setting {
    namespace = "aws:ec2:vpc"
    name      = "VPCId"
    value     = aws_vpc.main.id
  }

  setting {
    namespace = "aws:ec2:vpc"
    name      = "Subnets"
    value     = join(",", [aws_subnet.a.id, aws_subnet.b.id])
  }

  setting {
    namespace = "aws:elasticbeanstalk:application:environment"
    name      = "RDS_HOSTNAME"
    value     = aws_db_instance.bad_beanstalk.address
  }
}

# BAD, high: a service that reaches the network through a connector in two zones.
resource "aws_db_instance" "bad_app_runner" {
  identifier           = "bad-app-runner"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.m7g.large"
  allocated_storage    = 100
  db_subnet_group_name = aws_db_subnet_group.both.name
  multi_az             = false
}

resource "aws_apprunner_vpc_connector" "both" {
  vpc_connector_name = "both"
  subnets            = [aws_subnet.a.id, aws_subnet.b.id]
  security_groups    = ["sg-0123456789abcdef0"]
}

resource "aws_apprunner_service" "app_runner" {
  service_name = "app-runner"

  source_configuration {
    image_repository {
      image_identifier      = local.image
      image_repository_type = "ECR"

      image_configuration {
        port                          = "8080"
        runtime_environment_variables = { DB_HOST = aws_db_instance.bad_app_runner.address }
      }
    }
  }

  network_configuration {
    egress_configuration {
      egress_type       = "VPC"
      vpc_connector_arn = aws_apprunner_vpc_connector.both.arn
    }
  }
}

# BAD, high: containers stand where the machines stand that carry them, in two zones.
resource "aws_db_instance" "bad_carried" {
  identifier           = "bad-carried"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.m7g.large"
  allocated_storage    = 100
  db_subnet_group_name = aws_db_subnet_group.both.name
  multi_az             = false
}

resource "aws_ecs_cluster" "carried" {
  name = "carried"
}

resource "aws_launch_template" "carrier" {
  name          = "carrier"
  image_id      = "ami-0123456789abcdef0"
  instance_type = "m7g.large"

  user_data = base64encode(<<-EOT
    #!/bin/sh
    echo ECS_CLUSTER=carried >> /etc/ecs/ecs.config
  EOT
  )
}

resource "aws_autoscaling_group" "carrier" {
  name                = "carrier"
  min_size            = 2
  max_size            = 6
  vpc_zone_identifier = [aws_subnet.a.id, aws_subnet.b.id]

  launch_template {
    id      = aws_launch_template.carrier.id
    version = aws_launch_template.carrier.latest_version
  }
}

resource "aws_ecs_capacity_provider" "carrier" {
  name = "carrier"

  auto_scaling_group_provider {
    auto_scaling_group_arn = aws_autoscaling_group.carrier.arn
  }
}

resource "aws_ecs_cluster_capacity_providers" "carried" {
  cluster_name       = aws_ecs_cluster.carried.name
  capacity_providers = [aws_ecs_capacity_provider.carrier.name]

  default_capacity_provider_strategy {
    capacity_provider = aws_ecs_capacity_provider.carrier.name
  }
}

resource "aws_ecs_task_definition" "carried" {
  family       = "carried"
  network_mode = "bridge"
  container_definitions = jsonencode([{
    name        = "api"
    image       = local.image
    memory      = 512
    environment = [{ name = "DB_HOST", value = aws_db_instance.bad_carried.address }]
  }])
}

resource "aws_ecs_service" "carried" {
  name            = "carried"
  cluster         = aws_ecs_cluster.carried.id
  task_definition = aws_ecs_task_definition.carried.arn
  desired_count   = 4
}

# --- ways ---

# BAD, high: a proxy in two zones moves no database.
resource "aws_db_instance" "bad_behind_proxy" {
  identifier           = "bad-behind-proxy"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.m7g.large"
  allocated_storage    = 100
  db_subnet_group_name = aws_db_subnet_group.both.name
  multi_az             = false
}

resource "aws_db_proxy" "both" {
  name           = "both"
  engine_family  = "POSTGRESQL"
  role_arn       = local.role
  vpc_subnet_ids = [aws_subnet.a.id, aws_subnet.b.id]

  auth {
    auth_scheme = "SECRETS"
    secret_arn  = "arn:aws:secretsmanager:us-east-1:123456789012:secret:database-AbCdEf"
  }
}

resource "aws_db_proxy_target" "both" {
  db_proxy_name          = aws_db_proxy.both.name
  target_group_name      = "default"
  db_instance_identifier = aws_db_instance.bad_behind_proxy.identifier
}

resource "aws_lambda_function" "behind_proxy" {
  function_name = "behind-proxy"
  role          = local.role
  package_type  = "Image"
  image_uri     = local.image

  vpc_config {
    subnet_ids         = [aws_subnet.a.id, aws_subnet.b.id]
    security_group_ids = ["sg-0123456789abcdef0"]
  }

  environment {
    variables = { DB_HOST = aws_db_proxy.both.endpoint }
  }
}

# BAD, high: the function keeps a pool of connections, and the only door that is open to it is this one.
resource "aws_db_instance" "bad_group" {
  identifier             = "bad-group"
  engine                 = "postgres"
  engine_version         = "16.4"
  instance_class         = "db.m7g.large"
  allocated_storage      = 100
  db_subnet_group_name   = aws_db_subnet_group.both.name
  multi_az               = false
  port                   = 5432
  vpc_security_group_ids = [aws_security_group.group_database.id]
}

resource "aws_security_group" "group_database" {
  name   = "group-database"
  vpc_id = aws_vpc.main.id
}

resource "aws_security_group" "group" {
  name   = "group"
  vpc_id = aws_vpc.main.id
}

resource "aws_vpc_security_group_ingress_rule" "group" {
  security_group_id            = aws_security_group.group_database.id
  referenced_security_group_id = aws_security_group.group.id
  ip_protocol                  = "tcp"
  from_port                    = 5432
  to_port                      = 5432
}

resource "aws_lambda_function" "group" {
  function_name = "group"
  role          = local.role
  package_type  = "Image"
  image_uri     = local.image

  vpc_config {
    subnet_ids         = [aws_subnet.a.id, aws_subnet.b.id]
    security_group_ids = [aws_security_group.group.id]
  }

  environment {
    variables = { DB_POOL_SIZE = "5" }
  }
}

# UNKNOWN: the door is open, but nothing says that the function goes through it.
resource "aws_db_instance" "unknown_group" {
  identifier             = "unknown-group"
  engine                 = "postgres"
  engine_version         = "16.4"
  instance_class         = "db.m7g.large"
  allocated_storage      = 100
  db_subnet_group_name   = aws_db_subnet_group.both.name
  multi_az               = false
  port                   = 5432
  vpc_security_group_ids = [aws_security_group.silent_database.id]
}

resource "aws_security_group" "silent_database" {
  name   = "silent-database"
  vpc_id = aws_vpc.main.id
}

resource "aws_security_group" "silent" {
  name   = "silent"
  vpc_id = aws_vpc.main.id
}

resource "aws_vpc_security_group_ingress_rule" "silent" {
  security_group_id            = aws_security_group.silent_database.id
  referenced_security_group_id = aws_security_group.silent.id
  ip_protocol                  = "tcp"
  from_port                    = 5432
  to_port                      = 5432
}

resource "aws_lambda_function" "silent" {
  function_name = "silent"
  role          = local.role
  package_type  = "Image"
  image_uri     = local.image

  vpc_config {
    subnet_ids         = [aws_subnet.a.id, aws_subnet.b.id]
    security_group_ids = [aws_security_group.silent.id]
  }

  environment {
    variables = { LOG_LEVEL = "info" }
  }
}
