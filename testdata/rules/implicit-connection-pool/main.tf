# implicit-connection-pool: who chose how many connections a process keeps. The rule reports at the workload: bad_ is to
# be found, good_ is not, unknown_ cannot be told. The folder is applied, then planned again.

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

resource "aws_db_instance" "main" {
  identifier        = "main"
  engine            = "postgres"
  engine_version    = "16.4"
  instance_class    = "db.r6g.large"
  allocated_storage = 20
}

# BAD: two tasks of Keycloak, each with its own default of 100, and 400 in all while a version is rolled out.
resource "aws_ecs_task_definition" "keycloak" {
  family                   = "keycloak"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048

  container_definitions = jsonencode([
    {
      name      = "keycloak"
      image     = local.image
      essential = true
      command   = ["start", "--optimized"]

      environment = [
        { name = "KC_DB", value = "postgres" },
        { name = "KC_DB_URL", value = "jdbc:postgresql://${aws_db_instance.main.address}:5432/keycloak" },
      ]
    },
  ])
}

resource "aws_ecs_service" "bad_keycloak" {
  name            = "bad-keycloak"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.keycloak.arn
  launch_type     = "FARGATE"
  desired_count   = 2

  network_configuration {
    subnets         = aws_subnet.app[*].id
    security_groups = [aws_security_group.app.id]
  }
}

# BAD: n8n keeps 2 connections where nobody says otherwise.
resource "aws_ecs_task_definition" "n8n" {
  family                   = "n8n"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048

  container_definitions = jsonencode([
    {
      name      = "n8n"
      image     = local.image
      essential = true

      environment = [
        { name = "DB_TYPE", value = "postgresdb" },
        { name = "DB_POSTGRESDB_HOST", value = aws_db_instance.main.address },
      ]
    },
  ])
}

resource "aws_ecs_service" "bad_n8n" {
  name            = "bad-n8n"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.n8n.arn
  launch_type     = "FARGATE"
  desired_count   = 2

  network_configuration {
    subnets         = aws_subnet.app[*].id
    security_groups = [aws_security_group.app.id]
  }
}

# BAD: Metabase, with the password in a secret: how many connections that means stands in no secret.
resource "aws_ecs_task_definition" "metabase" {
  family                   = "metabase"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048

  container_definitions = jsonencode([
    {
      name      = "metabase"
      image     = local.image
      essential = true

      environment = [
        { name = "MB_DB_TYPE", value = "postgres" },
        { name = "MB_DB_HOST", value = aws_db_instance.main.address },
      ]
      secrets = [
        { name = "MB_DB_PASS", valueFrom = "arn:aws:secretsmanager:us-east-1:123456789012:secret:metabase-AbCdEf" },
      ]
    },
  ])
}

resource "aws_ecs_service" "bad_metabase" {
  name            = "bad-metabase"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.metabase.arn
  launch_type     = "FARGATE"
  desired_count   = 2

  network_configuration {
    subnets         = aws_subnet.app[*].id
    security_groups = [aws_security_group.app.id]
  }
}

# BAD: PostgREST whose address lies in a secret; which database it is, another variable tells.
resource "aws_ecs_task_definition" "postgrest" {
  family                   = "postgrest"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048

  container_definitions = jsonencode([
    {
      name      = "postgrest"
      image     = local.image
      essential = true

      environment = [
        { name = "PGHOST", value = aws_db_instance.main.address },
      ]
      secrets = [
        { name = "PGRST_DB_URI", valueFrom = "arn:aws:secretsmanager:us-east-1:123456789012:secret:rest-AbCdEf" },
      ]
    },
  ])
}

resource "aws_ecs_service" "bad_postgrest" {
  name            = "bad-postgrest"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.postgrest.arn
  launch_type     = "FARGATE"
  desired_count   = 2

  network_configuration {
    subnets         = aws_subnet.app[*].id
    security_groups = [aws_security_group.app.id]
  }
}

# GOOD: stated in a variable.
resource "aws_ecs_task_definition" "fine_variable" {
  family                   = "fine-variable"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048

  container_definitions = jsonencode([
    {
      name      = "fine-variable"
      image     = local.image
      essential = true

      environment = [
        { name = "KC_DB_URL", value = "jdbc:postgresql://${aws_db_instance.main.address}:5432/keycloak" },
        { name = "KC_DB_POOL_MAX_SIZE", value = "20" },
      ]
    },
  ])
}

resource "aws_ecs_service" "good_variable" {
  name            = "good-variable"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.fine_variable.arn
  launch_type     = "FARGATE"
  desired_count   = 2

  network_configuration {
    subnets         = aws_subnet.app[*].id
    security_groups = [aws_security_group.app.id]
  }
}

# GOOD: stated in the command.
resource "aws_ecs_task_definition" "fine_flag" {
  family                   = "fine-flag"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048

  container_definitions = jsonencode([
    {
      name      = "fine-flag"
      image     = local.image
      essential = true
      command   = ["start", "--optimized", "--db-pool-max-size=20"]

      environment = [
        { name = "KC_DB_URL", value = "jdbc:postgresql://${aws_db_instance.main.address}:5432/keycloak" },
      ]
    },
  ])
}

resource "aws_ecs_service" "good_flag" {
  name            = "good-flag"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.fine_flag.arn
  launch_type     = "FARGATE"
  desired_count   = 2

  network_configuration {
    subnets         = aws_subnet.app[*].id
    security_groups = [aws_security_group.app.id]
  }
}

# GOOD: stated where it cannot be seen, which is another matter.
resource "aws_ecs_task_definition" "fine_secret" {
  family                   = "fine-secret"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048

  container_definitions = jsonencode([
    {
      name      = "fine-secret"
      image     = local.image
      essential = true

      environment = [
        { name = "KC_DB_URL", value = "jdbc:postgresql://${aws_db_instance.main.address}:5432/keycloak" },
      ]
      secrets = [
        { name = "KC_DB_POOL_MAX_SIZE", valueFrom = "arn:aws:secretsmanager:us-east-1:123456789012:secret:pool-AbCdEf" },
      ]
    },
  ])
}

resource "aws_ecs_service" "good_secret" {
  name            = "good-secret"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.fine_secret.arn
  launch_type     = "FARGATE"
  desired_count   = 2

  network_configuration {
    subnets         = aws_subnet.app[*].id
    security_groups = [aws_security_group.app.id]
  }
}

# GOOD here: code of its own, of which connection-exhaustion says that its pool cannot be seen.
resource "aws_ecs_task_definition" "fine_own_code" {
  family                   = "fine-own-code"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048

  container_definitions = jsonencode([
    {
      name      = "fine-own-code"
      image     = local.image
      essential = true

      environment = [
        { name = "DB_HOST", value = aws_db_instance.main.address },
      ]
    },
  ])
}

resource "aws_ecs_service" "good_own_code" {
  name            = "good-own-code"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.fine_own_code.arn
  launch_type     = "FARGATE"
  desired_count   = 2

  network_configuration {
    subnets         = aws_subnet.app[*].id
    security_groups = [aws_security_group.app.id]
  }
}

# GOOD: PHP has no pools. Each process holds one connection.
resource "aws_ecs_task_definition" "fine_php" {
  family                   = "fine-php"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048

  container_definitions = jsonencode([
    {
      name      = "fine-php"
      image     = local.image
      essential = true
      command   = ["php-fpm"]

      environment = [
        { name = "DB_HOST", value = aws_db_instance.main.address },
      ]
    },
  ])
}

resource "aws_ecs_service" "good_php" {
  name            = "good-php"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.fine_php.arn
  launch_type     = "FARGATE"
  desired_count   = 2

  network_configuration {
    subnets         = aws_subnet.app[*].id
    security_groups = [aws_security_group.app.id]
  }
}

# GOOD: four threads, and no pool beside them.
resource "aws_ecs_task_definition" "fine_threads" {
  family                   = "fine-threads"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048

  container_definitions = jsonencode([
    {
      name      = "fine-threads"
      image     = local.image
      essential = true
      command   = ["gunicorn", "--workers", "2", "--threads", "4", "shop.wsgi"]

      environment = [
        { name = "DB_HOST", value = aws_db_instance.main.address },
      ]
    },
  ])
}

resource "aws_ecs_service" "good_threads" {
  name            = "good-threads"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.fine_threads.arn
  launch_type     = "FARGATE"
  desired_count   = 2

  network_configuration {
    subnets         = aws_subnet.app[*].id
    security_groups = [aws_security_group.app.id]
  }
}

# GOOD: no limit is a size as well; that it is none to live with, connection-exhaustion says.
resource "aws_db_instance" "unlimited" {
  identifier        = "unlimited"
  engine            = "postgres"
  engine_version    = "16.4"
  instance_class    = "db.t3.medium"
  allocated_storage = 20
}

resource "aws_ecs_task_definition" "fine_unlimited" {
  family                   = "fine-unlimited"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048

  container_definitions = jsonencode([
    {
      name      = "fine-unlimited"
      image     = local.image
      essential = true

      environment = [
        { name = "DB_HOST", value = aws_db_instance.unlimited.address },
        { name = "DB_MAX_OPEN_CONNS", value = "0" },
      ]
    },
  ])
}

resource "aws_ecs_service" "good_unlimited" {
  name            = "good-unlimited"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.fine_unlimited.arn
  launch_type     = "FARGATE"
  desired_count   = 1

  network_configuration {
    subnets         = aws_subnet.app[*].id
    security_groups = [aws_security_group.app.id]
  }
}

# GOOD: a pooler keeps the connections.
resource "aws_db_proxy" "front" {
  name           = "front"
  engine_family  = "POSTGRESQL"
  role_arn       = local.role
  vpc_subnet_ids = aws_subnet.app[*].id

  auth {
    auth_scheme = "SECRETS"
    secret_arn  = "arn:aws:secretsmanager:us-east-1:123456789012:secret:database-AbCdEf"
  }
}

resource "aws_db_proxy_default_target_group" "front" {
  db_proxy_name = aws_db_proxy.front.name

  connection_pool_config {
    max_connections_percent = 50
  }
}

resource "aws_db_proxy_target" "front" {
  db_proxy_name          = aws_db_proxy.front.name
  target_group_name      = aws_db_proxy_default_target_group.front.name
  db_instance_identifier = aws_db_instance.main.identifier
}

resource "aws_ecs_task_definition" "fine_pooled" {
  family                   = "fine-pooled"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048

  container_definitions = jsonencode([
    {
      name      = "fine-pooled"
      image     = local.image
      essential = true

      environment = [
        { name = "KC_DB_URL", value = "jdbc:postgresql://${aws_db_proxy.front.endpoint}:5432/keycloak" },
      ]
    },
  ])
}

resource "aws_ecs_service" "good_pooled" {
  name            = "good-pooled"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.fine_pooled.arn
  launch_type     = "FARGATE"
  desired_count   = 2

  network_configuration {
    subnets         = aws_subnet.app[*].id
    security_groups = [aws_security_group.app.id]
  }
}

# GOOD: a function opens one for each call, and keeps no pool.
resource "aws_lambda_function" "good_function" {
  function_name                  = "good-function"
  role                           = local.role
  package_type                   = "Image"
  image_uri                      = local.image
  reserved_concurrent_executions = 10

  vpc_config {
    subnet_ids         = aws_subnet.app[*].id
    security_group_ids = [aws_security_group.app.id]
  }

  environment {
    variables = { DB_POSTGRESDB_HOST = aws_db_instance.main.address }
  }
}

# UNKNOWN: the database belongs to another plan, so that nobody else says that the pool cannot be seen. Spring Boot
# comes with a pool of 10; the code may set another.
data "aws_db_instance" "elsewhere" {
  db_instance_identifier = "elsewhere"
}

resource "aws_ecs_task_definition" "open_spring" {
  family                   = "open-spring"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048

  container_definitions = jsonencode([
    {
      name      = "open-spring"
      image     = local.image
      essential = true

      environment = [
        { name = "SPRING_DATASOURCE_URL", value = "jdbc:postgresql://${data.aws_db_instance.elsewhere.address}:5432/orders" },
      ]
    },
  ])
}

resource "aws_ecs_service" "unknown_spring" {
  name            = "unknown-spring"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.open_spring.arn
  launch_type     = "FARGATE"
  desired_count   = 2

  network_configuration {
    subnets         = aws_subnet.app[*].id
    security_groups = [aws_security_group.app.id]
  }
}

# UNKNOWN: the same for a library that nothing tells.
resource "aws_ecs_task_definition" "open_own_code" {
  family                   = "open-own-code"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 1024
  memory                   = 2048

  container_definitions = jsonencode([
    {
      name      = "open-own-code"
      image     = local.image
      essential = true

      environment = [
        { name = "DB_HOST", value = data.aws_db_instance.elsewhere.address },
      ]
    },
  ])
}

resource "aws_ecs_service" "unknown_own_code" {
  name            = "unknown-own-code"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.open_own_code.arn
  launch_type     = "FARGATE"
  desired_count   = 2

  network_configuration {
    subnets         = aws_subnet.app[*].id
    security_groups = [aws_security_group.app.id]
  }
}
