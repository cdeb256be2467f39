# single-zone-workload: where those stand that answer requests.

terraform {
  required_providers {
    aws = { source = "hashicorp/aws", version = "~> 6.0" }
  }
}

provider "aws" {
  region = "us-east-1"
}

resource "aws_ecs_cluster" "main" {
  name = "main"
}

resource "aws_ecs_task_definition" "api" {
  family                   = "api"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  container_definitions    = jsonencode([{ name = "api", image = "docker.io/library/httpd:2.4", portMappings = [{ containerPort = 8080 }] }])
}

resource "aws_launch_template" "web" {
  name          = "web"
  image_id      = "ami-0123456789abcdef0"
  instance_type = "m7g.large"
}

resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "a" {
  vpc_id            = aws_vpc.main.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.1.0/24"
}

resource "aws_subnet" "b" {
  vpc_id            = aws_vpc.main.id
  availability_zone = "us-east-1b"
  cidr_block        = "10.0.2.0/24"
}

resource "aws_subnet" "a2" {
  vpc_id            = aws_vpc.main.id
  availability_zone = "us-east-1a"
  cidr_block        = "10.0.3.0/24"
}

# BAD: three tasks in one subnet.
resource "aws_lb_target_group" "one_subnet" {
  name        = "one-subnet"
  port        = 8080
  protocol    = "HTTP"
  vpc_id      = aws_vpc.main.id
  target_type = "ip"
}

resource "aws_ecs_service" "bad_one_subnet" {
  name            = "bad-one-subnet"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.api.arn
  launch_type     = "FARGATE"
  desired_count   = 3
  network_configuration {
    subnets = [aws_subnet.a.id]
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.one_subnet.arn
    container_name   = "api"
    container_port   = 8080
  }
}

# BAD: two subnets, one zone.
resource "aws_lb_target_group" "one_zone" {
  name        = "one-zone"
  port        = 8080
  protocol    = "HTTP"
  vpc_id      = aws_vpc.main.id
  target_type = "ip"
}

resource "aws_ecs_service" "bad_one_zone" {
  name            = "bad-one-zone"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.api.arn
  launch_type     = "FARGATE"
  desired_count   = 3
  network_configuration {
    subnets = [aws_subnet.a.id, aws_subnet.a2.id]
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.one_zone.arn
    container_name   = "api"
    container_port   = 8080
  }
}

# BAD: one task now, eight at most.
resource "aws_lb_target_group" "scaled" {
  name        = "scaled"
  port        = 8080
  protocol    = "HTTP"
  vpc_id      = aws_vpc.main.id
  target_type = "ip"
}

resource "aws_ecs_service" "bad_scaled" {
  name            = "bad-scaled"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.api.arn
  launch_type     = "FARGATE"
  desired_count   = 1
  network_configuration {
    subnets = [aws_subnet.b.id]
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.scaled.arn
    container_name   = "api"
    container_port   = 8080
  }
}

resource "aws_appautoscaling_target" "scaled" {
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/${aws_ecs_cluster.main.name}/${aws_ecs_service.bad_scaled.name}"
  min_capacity       = 1
  max_capacity       = 8
}

# BAD: machines behind a balancer.
resource "aws_lb_target_group" "group" {
  name        = "group"
  port        = 8080
  protocol    = "HTTP"
  vpc_id      = aws_vpc.main.id
  target_type = "ip"
}

resource "aws_autoscaling_group" "bad_group" {
  name                = "bad-group"
  min_size            = 1
  max_size            = 6
  vpc_zone_identifier = [aws_subnet.a.id]
  target_group_arns   = [aws_lb_target_group.group.arn]
  launch_template {
    id = aws_launch_template.web.id
  }
}

# BAD: a function with an address of its own.
resource "aws_iam_role" "files" {
  name = "files"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "files" {
  role = aws_iam_role.files.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sns:Publish", Resource = "*" }]
  })
}

resource "aws_lambda_function" "bad_function" {
  function_name = "bad-function"
  role          = aws_iam_role.files.arn
  runtime       = "python3.13"
  handler       = "main.handle"
  filename      = "code.zip"
  vpc_config {
    subnet_ids         = [aws_subnet.a.id]
    security_group_ids = []
  }
}

resource "aws_lambda_function_url" "function" {
  function_name      = aws_lambda_function.bad_function.function_name
  authorization_type = "NONE"
}

# GOOD: two zones.
resource "aws_lb_target_group" "spread" {
  name        = "spread"
  port        = 8080
  protocol    = "HTTP"
  vpc_id      = aws_vpc.main.id
  target_type = "ip"
}

resource "aws_ecs_service" "good_spread" {
  name            = "good-spread"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.api.arn
  launch_type     = "FARGATE"
  desired_count   = 3
  network_configuration {
    subnets = [aws_subnet.a.id, aws_subnet.b.id]
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.spread.arn
    container_name   = "api"
    container_port   = 8080
  }
}

# GOOD: one task, and no more.
resource "aws_lb_target_group" "single" {
  name        = "single"
  port        = 8080
  protocol    = "HTTP"
  vpc_id      = aws_vpc.main.id
  target_type = "ip"
}

resource "aws_ecs_service" "good_single" {
  name            = "good-single"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.api.arn
  launch_type     = "FARGATE"
  desired_count   = 1
  network_configuration {
    subnets = [aws_subnet.a.id]
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.single.arn
    container_name   = "api"
    container_port   = 8080
  }
}

# GOOD: nobody calls it.
resource "aws_ecs_service" "good_worker" {
  name            = "good-worker"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.api.arn
  launch_type     = "FARGATE"
  desired_count   = 3
  network_configuration {
    subnets = [aws_subnet.a.id]
  }
}

# GOOD: one group for each zone, behind one target group.
resource "aws_lb_target_group" "pair" {
  name        = "pair"
  port        = 8080
  protocol    = "HTTP"
  vpc_id      = aws_vpc.main.id
  target_type = "ip"
}

resource "aws_autoscaling_group" "good_pair_a" {
  name                = "good-pair-a"
  min_size            = 1
  max_size            = 6
  vpc_zone_identifier = [aws_subnet.a.id]
  target_group_arns   = [aws_lb_target_group.pair.arn]
  launch_template {
    id = aws_launch_template.web.id
  }
}

resource "aws_autoscaling_group" "good_pair_b" {
  name                = "good-pair-b"
  min_size            = 1
  max_size            = 6
  vpc_zone_identifier = [aws_subnet.b.id]
  target_group_arns   = [aws_lb_target_group.pair.arn]
  launch_template {
    id = aws_launch_template.web.id
  }
}

# GOOD: machines that a placement group holds together on purpose.
resource "aws_lb_target_group" "packed" {
  name        = "packed"
  port        = 8080
  protocol    = "HTTP"
  vpc_id      = aws_vpc.main.id
  target_type = "ip"
}

resource "aws_placement_group" "packed" {
  name     = "packed"
  strategy = "cluster"
}

resource "aws_autoscaling_group" "good_packed" {
  name                = "good-packed"
  min_size            = 1
  max_size            = 6
  vpc_zone_identifier = [aws_subnet.a.id]
  target_group_arns   = [aws_lb_target_group.packed.arn]
  placement_group     = aws_placement_group.packed.name
  launch_template {
    id = aws_launch_template.web.id
  }
}

# GOOD: a function outside of any network.
resource "aws_lambda_function" "good_outside" {
  function_name = "good-outside"
  role          = aws_iam_role.files.arn
  runtime       = "python3.13"
  handler       = "main.handle"
  filename      = "code.zip"
}

resource "aws_lambda_function_url" "outside" {
  function_name      = aws_lambda_function.good_outside.function_name
  authorization_type = "NONE"
}

# UNKNOWN: in which zone its second subnet lies is decided later.
resource "terraform_data" "zone" {
  input = "us-east-1b"
}

resource "aws_subnet" "later" {
  vpc_id            = aws_vpc.main.id
  availability_zone = terraform_data.zone.output
  cidr_block        = "10.0.4.0/24"
}

resource "aws_lb_target_group" "zone_later" {
  name        = "zone-later"
  port        = 8080
  protocol    = "HTTP"
  vpc_id      = aws_vpc.main.id
  target_type = "ip"
}

resource "aws_ecs_service" "unknown_zone_later" {
  name            = "unknown-zone-later"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.api.arn
  launch_type     = "FARGATE"
  desired_count   = 3
  network_configuration {
    subnets = [aws_subnet.a.id, aws_subnet.later.id]
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.zone_later.arn
    container_name   = "api"
    container_port   = 8080
  }
}

# UNKNOWN: how many tasks there are is decided later.
resource "terraform_data" "count" {
  input = 4
}

resource "aws_lb_target_group" "count_later" {
  name        = "count-later"
  port        = 8080
  protocol    = "HTTP"
  vpc_id      = aws_vpc.main.id
  target_type = "ip"
}

resource "aws_ecs_service" "unknown_count_later" {
  name            = "unknown-count-later"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.api.arn
  launch_type     = "FARGATE"
  desired_count   = terraform_data.count.output
  network_configuration {
    subnets = [aws_subnet.a.id]
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.count_later.arn
    container_name   = "api"
    container_port   = 8080
  }
}

# UNKNOWN: its subnets are given by their ids.
resource "aws_lb_target_group" "by_id" {
  name        = "by-id"
  port        = 8080
  protocol    = "HTTP"
  vpc_id      = aws_vpc.main.id
  target_type = "ip"
}

resource "aws_ecs_service" "unknown_by_id" {
  name            = "unknown-by-id"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.api.arn
  launch_type     = "FARGATE"
  desired_count   = 3
  network_configuration {
    subnets = ["subnet-0aaaaaaaaaaaaaaaa", "subnet-0bbbbbbbbbbbbbbbb"]
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.by_id.arn
    container_name   = "api"
    container_port   = 8080
  }
}

# BAD: one subnet lies in one zone, whichever that is.
resource "aws_lb_target_group" "only_subnet" {
  name        = "only-subnet"
  port        = 8080
  protocol    = "HTTP"
  vpc_id      = aws_vpc.main.id
  target_type = "ip"
}

resource "aws_ecs_service" "bad_only_subnet" {
  name            = "bad-only-subnet"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.api.arn
  launch_type     = "FARGATE"
  desired_count   = 3
  network_configuration {
    subnets = [aws_subnet.later.id]
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.only_subnet.arn
    container_name   = "api"
    container_port   = 8080
  }
}

# UNKNOWN: two services share a target group, each in one subnet; whether these lie in one zone is decided later.
resource "aws_lb_target_group" "one_each" {
  name        = "one-each"
  port        = 8080
  protocol    = "HTTP"
  vpc_id      = aws_vpc.main.id
  target_type = "ip"
}

resource "aws_ecs_service" "unknown_one" {
  name            = "unknown-one"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.api.arn
  launch_type     = "FARGATE"
  desired_count   = 3
  network_configuration {
    subnets = [aws_subnet.later.id]
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.one_each.arn
    container_name   = "api"
    container_port   = 8080
  }
}

resource "aws_ecs_service" "unknown_other" {
  name            = "unknown-other"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.api.arn
  launch_type     = "FARGATE"
  desired_count   = 3
  network_configuration {
    subnets = ["subnet-0cccccccccccccccc"]
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.one_each.arn
    container_name   = "api"
    container_port   = 8080
  }
}
