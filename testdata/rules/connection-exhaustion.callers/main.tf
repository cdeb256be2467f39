# connection-exhaustion: the callers. Machines, platforms, containers.
#
# One database for each case; 400 of its connections are usable, exactly: max_connections = 405, less 5 that are kept
# back. All values are known: the folder is applied, then planned again.

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

# --- machines ---

# GOOD, by nothing: the script sets a pool of 20. 4 to 20 instances x 20 = 400.
resource "aws_db_instance" "good_user_data" {
  identifier           = "good-user-data"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_launch_template" "fits_user_data" {
  name          = "fits-user-data"
  image_id      = "ami-0123456789abcdef0"
  instance_type = "m7g.large"

  user_data = base64encode(<<-EOT
    #!/bin/sh
    export DB_HOST=${aws_db_instance.good_user_data.address}
    export DB_POOL_SIZE=20
    exec /opt/shop/bin/serve
  EOT
  )
}

resource "aws_autoscaling_group" "fits_user_data" {
  name                = "fits-user-data"
  min_size            = 4
  max_size            = 20
  vpc_zone_identifier = aws_subnet.app[*].id

  launch_template {
    id      = aws_launch_template.fits_user_data.id
    version = aws_launch_template.fits_user_data.latest_version
  }
}

# BAD, high: 20 x 21 = 420; 4 x 21 = 84 at first.
resource "aws_db_instance" "bad_user_data" {
  identifier           = "bad-user-data"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_launch_template" "user_data" {
  name          = "user-data"
  image_id      = "ami-0123456789abcdef0"
  instance_type = "m7g.large"

  user_data = base64encode(<<-EOT
    #!/bin/sh
    export DB_HOST=${aws_db_instance.bad_user_data.address}
    export DB_POOL_SIZE=21
    exec /opt/shop/bin/serve
  EOT
  )
}

resource "aws_autoscaling_group" "user_data" {
  name                = "user-data"
  min_size            = 4
  max_size            = 20
  vpc_zone_identifier = aws_subnet.app[*].id

  launch_template {
    id      = aws_launch_template.user_data.id
    version = aws_launch_template.user_data.latest_version
  }
}

# UNKNOWN: the script says which database, not how large the pool is. 20 instances fit with up to 20 each.
resource "aws_db_instance" "unknown_user_data" {
  identifier           = "unknown-user-data"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_launch_template" "silent_user_data" {
  name          = "silent-user-data"
  image_id      = "ami-0123456789abcdef0"
  instance_type = "m7g.large"

  user_data = base64encode(<<-EOT
    #!/bin/sh
    export DB_HOST=${aws_db_instance.unknown_user_data.address}
    exec /opt/shop/bin/serve
  EOT
  )
}

resource "aws_autoscaling_group" "silent_user_data" {
  name                = "silent-user-data"
  min_size            = 4
  max_size            = 20
  vpc_zone_identifier = aws_subnet.app[*].id

  launch_template {
    id      = aws_launch_template.silent_user_data.id
    version = aws_launch_template.silent_user_data.latest_version
  }
}

# BAD, high: nothing says how large the pool is, but 410 instances are more than 400.
resource "aws_db_instance" "bad_one_each" {
  identifier           = "bad-one-each"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_launch_template" "one_each" {
  name          = "one-each"
  image_id      = "ami-0123456789abcdef0"
  instance_type = "m7g.large"

  user_data = base64encode(<<-EOT
    #!/bin/sh
    export DB_HOST=${aws_db_instance.bad_one_each.address}
    exec /opt/shop/bin/serve
  EOT
  )
}

resource "aws_autoscaling_group" "one_each" {
  name                = "one-each"
  min_size            = 10
  max_size            = 410
  vpc_zone_identifier = aws_subnet.app[*].id

  launch_template {
    id      = aws_launch_template.one_each.id
    version = aws_launch_template.one_each.latest_version
  }
}

# UNKNOWN: 5 machines of one block, nothing says how large their pool is. They fit with up to 80 each.
resource "aws_db_instance" "unknown_instances" {
  identifier           = "unknown-instances"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_instance" "alike" {
  count         = 5
  ami           = "ami-0123456789abcdef0"
  instance_type = "m7g.large"
  subnet_id     = aws_subnet.app[count.index % 2].id
  tags          = { Name = "alike-${count.index + 1}" }

  user_data = <<-EOT
    #!/bin/sh
    export DB_HOST=${aws_db_instance.unknown_instances.address}
    exec /opt/shop/bin/serve
  EOT
}

# --- platforms ---

# GOOD: 4 instances at most, unless something else is said. 4 x 100 = 400, by nothing.
resource "aws_db_instance" "good_beanstalk" {
  identifier           = "good-beanstalk"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_elastic_beanstalk_environment" "fits_beanstalk" {
  name                = "fits-beanstalk"
  application         = "shop"
  solution_stack_name = "64bit Amazon Linux 2023 v4.3.0 running Python 3.12"

  setting {
    namespace = "aws:elasticbeanstalk:application:environment"
    name      = "DB_HOST"
    value     = aws_db_instance.good_beanstalk.address
  }

  setting {
    namespace = "aws:elasticbeanstalk:application:environment"
    name      = "DB_POOL_SIZE"
    value     = "100"
  }
}

# BAD, high: 1 to 5 instances x 100 = 500.
resource "aws_db_instance" "bad_beanstalk" {
  identifier           = "bad-beanstalk"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_elastic_beanstalk_environment" "beanstalk" {
  name                = "beanstalk"
  application         = "shop"
  solution_stack_name = "64bit Amazon Linux 2023 v4.3.0 running Python 3.12"

  setting {
    namespace = "aws:autoscaling:asg"
    name      = "MaxSize"
    value     = "5"
  }

  setting {
    namespace = "aws:elasticbeanstalk:application:environment"
    name      = "DB_HOST"
    value     = aws_db_instance.bad_beanstalk.address
  }

  setting {
    namespace = "aws:elasticbeanstalk:application:environment"
    name      = "DB_POOL_SIZE"
    value     = "100"
  }
}

resource "aws_security_group" "app" {
  name   = "app"
  vpc_id = aws_vpc.main.id
}

resource "aws_apprunner_vpc_connector" "app" {
  vpc_connector_name = "app"
  subnets            = aws_subnet.app[*].id
  security_groups    = [aws_security_group.app.id]
}

# BAD, high: 1 to 25 instances, unless something else is said. 25 x 16 = 400 fit; a deployment runs the least number
# beside them: 26 x 16 = 416.
resource "aws_db_instance" "bad_app_runner" {
  identifier           = "bad-app-runner"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_apprunner_service" "app_runner" {
  service_name = "app-runner"

  source_configuration {
    image_repository {
      image_identifier      = local.image
      image_repository_type = "ECR"

      image_configuration {
        port                          = "8080"
        runtime_environment_variables = { DB_HOST = aws_db_instance.bad_app_runner.address, DB_POOL_SIZE = "16" }
      }
    }
  }

  network_configuration {
    egress_configuration {
      egress_type       = "VPC"
      vpc_connector_arn = aws_apprunner_vpc_connector.app.arn
    }
  }
}

resource "aws_apprunner_auto_scaling_configuration_version" "three_to_ten" {
  auto_scaling_configuration_name = "three-to-ten"
  min_size                        = 3
  max_size                        = 10
}

# GOOD: 3 to 10 instances, 13 during a deployment. 13 x 30 = 390 fit.
resource "aws_db_instance" "good_app_runner" {
  identifier           = "good-app-runner"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_apprunner_service" "fits_app_runner" {
  service_name                   = "fits-app-runner"
  auto_scaling_configuration_arn = aws_apprunner_auto_scaling_configuration_version.three_to_ten.arn

  source_configuration {
    image_repository {
      image_identifier      = local.image
      image_repository_type = "ECR"

      image_configuration {
        port                          = "8080"
        runtime_environment_variables = { DB_HOST = aws_db_instance.good_app_runner.address, DB_POOL_SIZE = "30" }
      }
    }
  }

  network_configuration {
    egress_configuration {
      egress_type       = "VPC"
      vpc_connector_arn = aws_apprunner_vpc_connector.app.arn
    }
  }
}

# --- containers on machines ---

# UNKNOWN: one task on each machine of the cluster, which are not in the plan. One task fits.
resource "aws_db_instance" "unknown_daemon" {
  identifier           = "unknown-daemon"
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_ecs_task_definition" "daemon" {
  family       = "daemon"
  network_mode = "bridge"
  container_definitions = jsonencode([{
    name   = "api"
    image  = local.image
    memory = 512
    environment = [
      { name = "DB_HOST", value = aws_db_instance.unknown_daemon.address },
      { name = "DB_POOL_SIZE", value = "10" },
    ]
  }])
}

resource "aws_ecs_service" "daemon" {
  name                = "daemon"
  cluster             = aws_ecs_cluster.main.id
  task_definition     = aws_ecs_task_definition.daemon.arn
  launch_type         = "EC2"
  scheduling_strategy = "DAEMON"
}

# GOOD: machines that only carry containers open no connections, though the door is open to their group: the containers
# do, 10 x 20 = 200.
resource "aws_db_instance" "good_carried" {
  identifier             = "good-carried"
  engine                 = "postgres"
  engine_version         = "16.4"
  instance_class         = "db.t3.medium"
  allocated_storage      = 20
  parameter_group_name   = aws_db_parameter_group.four_hundred.name
  port                   = 5432
  vpc_security_group_ids = [aws_security_group.carried_database.id]
}

resource "aws_security_group" "carried_database" {
  name   = "carried-database"
  vpc_id = aws_vpc.main.id
}

resource "aws_security_group" "carrier" {
  name   = "carrier"
  vpc_id = aws_vpc.main.id
}

resource "aws_vpc_security_group_ingress_rule" "carrier" {
  security_group_id            = aws_security_group.carried_database.id
  referenced_security_group_id = aws_security_group.carrier.id
  ip_protocol                  = "tcp"
  from_port                    = 5432
  to_port                      = 5432
}

resource "aws_ecs_cluster" "carried" {
  name = "carried"
}

resource "aws_launch_template" "carrier" {
  name                   = "carrier"
  image_id               = "ami-0123456789abcdef0"
  instance_type          = "m7g.large"
  vpc_security_group_ids = [aws_security_group.carrier.id]

  user_data = base64encode(<<-EOT
    #!/bin/sh
    echo ECS_CLUSTER=carried >> /etc/ecs/ecs.config
  EOT
  )
}

resource "aws_autoscaling_group" "carrier" {
  name                = "carrier"
  min_size            = 2
  max_size            = 20
  vpc_zone_identifier = aws_subnet.app[*].id

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
    name   = "api"
    image  = local.image
    memory = 512
    environment = [
      { name = "DB_HOST", value = aws_db_instance.good_carried.address },
      { name = "DB_POOL_SIZE", value = "20" },
    ]
  }])
}

resource "aws_ecs_service" "carried" {
  name                               = "carried"
  cluster                            = aws_ecs_cluster.carried.id
  task_definition                    = aws_ecs_task_definition.carried.arn
  desired_count                      = 10
  deployment_minimum_healthy_percent = 50
  deployment_maximum_percent         = 100
}

# UNKNOWN: the door is open to the group of a Kubernetes cluster, whose pods the plan does not show.
resource "aws_db_instance" "unknown_pods" {
  identifier             = "unknown-pods"
  engine                 = "postgres"
  engine_version         = "16.4"
  instance_class         = "db.t3.medium"
  allocated_storage      = 20
  parameter_group_name   = aws_db_parameter_group.four_hundred.name
  port                   = 5432
  vpc_security_group_ids = [aws_security_group.pods_database.id]
}

resource "aws_security_group" "pods_database" {
  name   = "pods-database"
  vpc_id = aws_vpc.main.id
}

resource "aws_vpc_security_group_ingress_rule" "pods" {
  security_group_id            = aws_security_group.pods_database.id
  referenced_security_group_id = aws_eks_cluster.main.vpc_config[0].cluster_security_group_id
  ip_protocol                  = "tcp"
  from_port                    = 5432
  to_port                      = 5432
}

resource "aws_eks_cluster" "main" {
  name     = "main"
  role_arn = local.role

  vpc_config {
    subnet_ids = aws_subnet.app[*].id
  }
}

resource "aws_eks_node_group" "main" {
  cluster_name    = aws_eks_cluster.main.name
  node_group_name = "main"
  node_role_arn   = local.role
  subnet_ids      = aws_subnet.app[*].id

  scaling_config {
    min_size     = 2
    desired_size = 3
    max_size     = 9
  }
}

# UNKNOWN: the same with a group of the nodes' own, which their launch template gives them.
resource "aws_db_instance" "unknown_nodes" {
  identifier             = "unknown-nodes"
  engine                 = "postgres"
  engine_version         = "16.4"
  instance_class         = "db.t3.medium"
  allocated_storage      = 20
  parameter_group_name   = aws_db_parameter_group.four_hundred.name
  port                   = 5432
  vpc_security_group_ids = [aws_security_group.nodes_database.id]
}

resource "aws_security_group" "nodes_database" {
  name   = "nodes-database"
  vpc_id = aws_vpc.main.id
}

resource "aws_security_group" "nodes" {
  name   = "nodes"
  vpc_id = aws_vpc.main.id
}

resource "aws_vpc_security_group_ingress_rule" "nodes" {
  security_group_id            = aws_security_group.nodes_database.id
  referenced_security_group_id = aws_security_group.nodes.id
  ip_protocol                  = "tcp"
  from_port                    = 5432
  to_port                      = 5432
}

resource "aws_launch_template" "nodes" {
  name                   = "nodes"
  image_id               = "ami-0123456789abcdef0"
  instance_type          = "m7g.large"
  vpc_security_group_ids = [aws_security_group.nodes.id]
}

resource "aws_eks_node_group" "nodes" {
  cluster_name    = aws_eks_cluster.main.name
  node_group_name = "nodes"
  node_role_arn   = local.role
  subnet_ids      = aws_subnet.app[*].id

  scaling_config {
    min_size     = 2
    desired_size = 3
    max_size     = 9
  }

  launch_template {
    id      = aws_launch_template.nodes.id
    version = aws_launch_template.nodes.latest_version
  }
}

# --- what boot scripts start ---
#
# The same database and the same group of 20 machines for each case, so that 20 connections on each fit and 21 do not.
# ADDRESS stands for the database's address.

locals {
  scripts = {
    # Two containers: 12 + 8.
    good_two_containers = <<-EOT
      docker run -d -e DB_HOST=ADDRESS -e DB_POOL_SIZE=12 --name web -p 80:80 shop/web:1
      docker run -d -e DB_HOST=ADDRESS -e DB_POOL_SIZE=8 --name audit shop/audit:1
    EOT

    # 12 + 9.
    bad_two_containers = <<-EOT
      docker run -d -e DB_HOST=ADDRESS -e DB_POOL_SIZE=12 --name web -p 80:80 shop/web:1
      docker run -d \
        -e DB_HOST=ADDRESS \
        -e DB_POOL_SIZE=9 \
        --name audit shop/audit:1
    EOT

    # 4 x 4 + 5.
    bad_compose = <<-EOT
      cat > compose.yml <<YAML
      services:
        web:
          image: shop/web:1
          deploy:
            replicas: 4
          environment:
            DB_HOST: ADDRESS
            DB_POOL_SIZE: 4
        audit:
          image: shop/audit:1
          environment:
            DB_HOST: ADDRESS
            DB_POOL_SIZE: 5
      YAML
      docker compose up -d
    EOT

    # PgBouncer on the machine opens 20 for the 4 x 50 that connect to it.
    good_pooler_on_it = <<-EOT
      cat > /etc/pgbouncer/pgbouncer.ini <<INI
      [databases]
      app = host=ADDRESS port=5432
      [pgbouncer]
      default_pool_size = 20
      INI
      systemctl start pgbouncer
      export DATABASE_URL=postgres://app@127.0.0.1:6432/app
      export DB_POOL_SIZE=50
      gunicorn -w 4 shop.wsgi
    EOT

    # A file says how many processes there are.
    unknown_pm2 = <<-EOT
      export DB_HOST=ADDRESS DB_POOL_SIZE=10
      pm2 start ecosystem.config.js
    EOT
  }
}

resource "aws_db_instance" "bad_script" {
  for_each             = { for name, script in local.scripts : name => script if startswith(name, "bad_") }
  identifier           = replace(each.key, "_", "-")
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_launch_template" "too_much" {
  for_each      = aws_db_instance.bad_script
  name          = replace(each.key, "_", "-")
  image_id      = "ami-0123456789abcdef0"
  instance_type = "m7g.large"
  user_data     = base64encode(replace(local.scripts[each.key], "ADDRESS", each.value.address))
}

resource "aws_autoscaling_group" "too_much" {
  for_each            = aws_launch_template.too_much
  name                = each.value.name
  min_size            = 4
  max_size            = 20
  vpc_zone_identifier = aws_subnet.app[*].id

  launch_template {
    id      = each.value.id
    version = each.value.latest_version
  }
}

resource "aws_db_instance" "good_script" {
  for_each             = { for name, script in local.scripts : name => script if startswith(name, "good_") }
  identifier           = replace(each.key, "_", "-")
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_launch_template" "fits" {
  for_each      = aws_db_instance.good_script
  name          = replace(each.key, "_", "-")
  image_id      = "ami-0123456789abcdef0"
  instance_type = "m7g.large"
  user_data     = base64encode(replace(local.scripts[each.key], "ADDRESS", each.value.address))
}

resource "aws_autoscaling_group" "fits" {
  for_each            = aws_launch_template.fits
  name                = each.value.name
  min_size            = 4
  max_size            = 20
  vpc_zone_identifier = aws_subnet.app[*].id

  launch_template {
    id      = each.value.id
    version = each.value.latest_version
  }
}

resource "aws_db_instance" "unknown_script" {
  for_each             = { for name, script in local.scripts : name => script if startswith(name, "unknown_") }
  identifier           = replace(each.key, "_", "-")
  engine               = "postgres"
  engine_version       = "16.4"
  instance_class       = "db.t3.medium"
  allocated_storage    = 20
  parameter_group_name = aws_db_parameter_group.four_hundred.name
}

resource "aws_launch_template" "unclear" {
  for_each      = aws_db_instance.unknown_script
  name          = replace(each.key, "_", "-")
  image_id      = "ami-0123456789abcdef0"
  instance_type = "m7g.large"
  user_data     = base64encode(replace(local.scripts[each.key], "ADDRESS", each.value.address))
}

resource "aws_autoscaling_group" "unclear" {
  for_each            = aws_launch_template.unclear
  name                = each.value.name
  min_size            = 4
  max_size            = 20
  vpc_zone_identifier = aws_subnet.app[*].id

  launch_template {
    id      = each.value.id
    version = each.value.latest_version
  }
}
