# Containers and functions; the second version asks for more tasks of ARM.

terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.0"
    }
  }
}

provider "aws" {
  region = "us-east-1"
}

resource "aws_ecs_cluster" "main" {
  name = "main"
}

resource "aws_ecs_cluster_capacity_providers" "main" {
  cluster_name       = aws_ecs_cluster.main.name
  capacity_providers = ["FARGATE", "FARGATE_SPOT"]

  default_capacity_provider_strategy {
    capacity_provider = "FARGATE_SPOT"
    weight            = 1
  }
}

resource "aws_ecs_task_definition" "x86" {
  family                   = "x86"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = "512"
  memory                   = "1024"
  container_definitions    = jsonencode([{ name = "app", image = "app:1", essential = true }])

  ephemeral_storage {
    size_in_gib = 50
  }
}

resource "aws_ecs_task_definition" "arm" {
  family                   = "arm"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = "1 vCPU"
  memory                   = "2 GB"
  container_definitions    = jsonencode([{ name = "app", image = "app:1", essential = true }])

  runtime_platform {
    cpu_architecture        = "ARM64"
    operating_system_family = "LINUX"
  }
}

resource "aws_ecs_task_definition" "windows" {
  family                   = "windows"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = "1024"
  memory                   = "4096"
  container_definitions    = jsonencode([{ name = "app", image = "app:1", essential = true }])

  runtime_platform {
    operating_system_family = "WINDOWS_SERVER_2022_CORE"
  }
}

resource "aws_ecs_service" "x86" {
  name            = "x86"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.x86.arn
  launch_type     = "FARGATE"
  desired_count   = 2

  network_configuration {
    subnets          = ["subnet-0a1b2c3d4e5f60001"]
    assign_public_ip = true
  }
}

resource "aws_appautoscaling_target" "x86" {
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/main/x86"
  min_capacity       = 2
  max_capacity       = 10
  depends_on         = [aws_ecs_service.x86]
}

resource "aws_ecs_service" "arm" {
  name            = "arm"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.arm.arn
  desired_count   = 10

  capacity_provider_strategy {
    capacity_provider = "FARGATE"
    base              = 2
    weight            = 1
  }

  capacity_provider_strategy {
    capacity_provider = "FARGATE_SPOT"
    weight            = 3
  }

  network_configuration {
    subnets = ["subnet-0a1b2c3d4e5f60001"]
  }
}

resource "aws_ecs_service" "windows" {
  name            = "windows"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.windows.arn
  launch_type     = "FARGATE"
  desired_count   = 1

  network_configuration {
    subnets = ["subnet-0a1b2c3d4e5f60001"]
  }
}

resource "aws_ecs_service" "by_cluster" {
  name            = "by_cluster"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.x86.arn
  desired_count   = 1

  network_configuration {
    subnets = ["subnet-0a1b2c3d4e5f60001"]
  }
}

resource "aws_ecs_service" "machines" {
  name            = "machines"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.x86.arn
  launch_type     = "EC2"
  desired_count   = 3
}

resource "aws_ecs_service" "unknown" {
  name            = "unknown"
  cluster         = aws_ecs_cluster.main.id
  task_definition = "somebody-elses:3"
  launch_type     = "FARGATE"
  desired_count   = 1

  network_configuration {
    subnets = ["subnet-0a1b2c3d4e5f60001"]
  }
}

resource "aws_lambda_function" "x86" {
  function_name = "x86"
  role          = "arn:aws:iam::111122223333:role/function"
  image_uri     = "111122223333.dkr.ecr.us-east-1.amazonaws.com/app:1"
  package_type  = "Image"
  memory_size   = 512

  ephemeral_storage {
    size = 1536
  }
}

resource "aws_lambda_function" "arm" {
  function_name = "arm"
  role          = "arn:aws:iam::111122223333:role/function"
  image_uri     = "111122223333.dkr.ecr.us-east-1.amazonaws.com/app:1"
  package_type  = "Image"
  memory_size   = 1024
  architectures = ["arm64"]
  publish       = true
}

resource "aws_lambda_provisioned_concurrency_config" "arm" {
  function_name                     = aws_lambda_function.arm.function_name
  qualifier                         = aws_lambda_function.arm.version
  provisioned_concurrent_executions = 5
}

resource "aws_apprunner_service" "web" {
  service_name = "web"

  source_configuration {
    auto_deployments_enabled = false

    image_repository {
      image_identifier      = "public.ecr.aws/app/app:1"
      image_repository_type = "ECR_PUBLIC"
    }
  }
}

resource "aws_batch_compute_environment" "machines" {
  name         = "machines"
  type         = "MANAGED"
  service_role = "arn:aws:iam::111122223333:role/batch"

  compute_resources {
    type               = "EC2"
    instance_role      = "arn:aws:iam::111122223333:instance-profile/batch"
    instance_type      = ["m5.xlarge"]
    min_vcpus          = 4
    max_vcpus          = 64
    subnets            = ["subnet-0a1b2c3d4e5f60001"]
    security_group_ids = ["sg-0a1b2c3d4e5f60001"]
  }
}

resource "aws_batch_compute_environment" "tasks" {
  name         = "tasks"
  type         = "MANAGED"
  service_role = "arn:aws:iam::111122223333:role/batch"

  compute_resources {
    type               = "FARGATE"
    max_vcpus          = 16
    subnets            = ["subnet-0a1b2c3d4e5f60001"]
    security_group_ids = ["sg-0a1b2c3d4e5f60001"]
  }
}

resource "aws_eks_fargate_profile" "jobs" {
  cluster_name           = "main"
  fargate_profile_name   = "jobs"
  pod_execution_role_arn = "arn:aws:iam::111122223333:role/pod"
  subnet_ids             = ["subnet-0a1b2c3d4e5f60001"]

  selector {
    namespace = "jobs"
  }
}
