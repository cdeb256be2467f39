# missing-load-test-gate: a pipeline that gets its load test, and one that loses it.

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

resource "aws_lb" "shop" {
  name    = "shop"
  subnets = local.subnets
}

resource "aws_lb_target_group" "shop" {
  name        = "shop"
  port        = 8080
  protocol    = "HTTP"
  target_type = "ip"
  vpc_id      = local.vpc
}

resource "aws_lb_listener" "shop" {
  load_balancer_arn = aws_lb.shop.arn
  port              = 443
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.shop.arn
  }
}

resource "aws_ecs_service" "shop" {
  name            = "shop"
  cluster         = "arn:aws:ecs:us-east-1:111122223333:cluster/main"
  task_definition = "shop:7"
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.shop.arn
    container_name   = "shop"
    container_port   = 8080
  }
}

locals {
  build      = { name = "Build", category = "Build", provider = "CodeBuild", configuration = { ProjectName = "image" } }
  load       = { name = "Load", category = "Test", provider = "CodeBuild", configuration = { ProjectName = "load" } }
  staging    = { name = "Release", category = "Deploy", provider = "ECS", configuration = { ClusterName = "staging", ServiceName = "shop" } }
  production = { name = "Release", category = "Deploy", provider = "ECS", configuration = { ClusterName = "main", ServiceName = "shop" } }
}

locals {
  scripts = {
    image = yamlencode({ version = 0.2, phases = { build = { commands = ["docker build -t shop .", "docker push shop"] } } })
    load  = yamlencode({ version = 0.2, phases = { build = { commands = ["k6 run load/limits.js"] } } })
  }
}

# Projects that the pipelines run.
resource "aws_codebuild_project" "main" {
  for_each     = local.scripts
  name         = each.key
  service_role = "arn:aws:iam::111122223333:role/build"
  artifacts {
    type = "CODEPIPELINE"
  }
  environment {
    compute_type = "BUILD_GENERAL1_SMALL"
    image        = "aws/codebuild/standard:7.0"
    type         = "LINUX_CONTAINER"
  }
  source {
    type      = "CODEPIPELINE"
    buildspec = each.value
  }
}

# GOOD, since this plan.
module "good_now" {
  source = "./pipeline"
  name   = "shop-b"
  stages = [
    { name = "Build", actions = [local.build] },
    { name = "Staging", actions = [local.staging] },
    { name = "Test", actions = [local.load] },
    { name = "Production", actions = [local.production] },
  ]
}

# BAD, and new.
module "bad_now" {
  source = "./pipeline"
  name   = "shop-a"
  stages = [
    { name = "Build", actions = [local.build] },
    { name = "Production", actions = [local.production] },
  ]
}

# BAD, as it was before.
module "bad_before" {
  source = "./pipeline"
  name   = "shop-c"
  stages = [
    { name = "Build", actions = [local.build] },
    { name = "Production", actions = [local.production] },
  ]
}
