# ungated-load-test: load tests in pipelines that the plan makes. The rule reports at the pipeline.

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
    load  = "version: 0.2\nphases:\n  build:\n    commands:\n      - k6 run load/limits.js\n"
    free  = "version: 0.2\nphases:\n  build:\n    commands:\n      - k6 run load/free.js\n"
    loose = "version: 0.2\nphases:\n  build:\n    commands:\n      - k6 run load/limits.js || true\n"
    goes_on = yamlencode({
      version = 0.2
      phases  = { build = { on-failure = "CONTINUE", commands = ["k6 run load/limits.js"] } }
    })
    after = <<-EOT
      version: 0.2
      phases:
        build:
          commands:
            - k6 run load/limits.js
        post_build:
          commands:
            - aws ecs update-service --cluster main --service shop --force-new-deployment
    EOT
    minds = <<-EOT
      version: 0.2
      phases:
        build:
          commands:
            - k6 run load/limits.js
        post_build:
          commands:
            - test "$CODEBUILD_BUILD_SUCCEEDING" = 1 || exit 1
            - aws ecs update-service --cluster main --service shop --force-new-deployment
    EOT
    first = <<-EOT
      version: 0.2
      phases:
        pre_build:
          commands:
            - k6 run load/limits.js
        post_build:
          commands:
            - aws ecs update-service --cluster main --service shop --force-new-deployment
    EOT
    absent = "version: 0.2\nphases:\n  build:\n    commands:\n      - k6 run load/absent.js\n"
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

# GOOD.
module "good_gated" {
  source = "./pipeline"
  name   = "gated"
  stages = [
    { name = "Staging", actions = [local.staging] },
    { name = "Test", actions = [local.load] },
    { name = "Production", actions = [local.production] },
  ]
}

# GOOD: first the one, then the other.
module "good_order" {
  source = "./pipeline"
  name   = "order"
  stages = [
    { name = "Production", actions = [merge(local.load, { run_order = 1 }), merge(local.production, { run_order = 2 })] },
  ]
}

# GOOD: the script asks how the build has gone.
module "good_minds" {
  source = "./pipeline"
  name   = "minds"
  stages = [
    { name = "Production", actions = [merge(local.load, { name = "Release", configuration = { ProjectName = "minds" } })] },
  ]
}

# GOOD: where that phase fails, nothing comes after it.
module "good_first" {
  source = "./pipeline"
  name   = "first"
  stages = [
    { name = "Production", actions = [merge(local.load, { name = "Release", configuration = { ProjectName = "first" } })] },
  ]
}

# BAD: both begin at the same time, since nobody sets an order.
module "bad_beside" {
  source = "./pipeline"
  name   = "beside"
  stages = [
    { name = "Production", actions = [local.load, local.production] },
  ]
}

# BAD: people have it already.
module "bad_late" {
  source = "./pipeline"
  name   = "late"
  stages = [
    { name = "Production", actions = [local.production] },
    { name = "Test", actions = [local.load] },
  ]
}

# BAD: the phase after the build is run even where that has failed.
module "bad_after" {
  source = "./pipeline"
  name   = "after"
  stages = [
    { name = "Production", actions = [merge(local.load, { name = "Release", configuration = { ProjectName = "after" } })] },
  ]
}

# BAD: no limits.
module "bad_limitless" {
  source = "./pipeline"
  name   = "limitless"
  stages = [
    { name = "Test", actions = [merge(local.load, { configuration = { ProjectName = "free" } })] },
    { name = "Production", actions = [local.production] },
  ]
}

# BAD: nobody notices.
module "bad_tolerated" {
  source = "./pipeline"
  name   = "tolerated"
  stages = [
    { name = "Test", actions = [merge(local.load, { configuration = { ProjectName = "loose" } })] },
    { name = "Production", actions = [local.production] },
  ]
}

# UNKNOWN: what becomes of a build that goes on is not known.
module "unknown_goes_on" {
  source = "./pipeline"
  name   = "goes-on"
  stages = [
    { name = "Test", actions = [merge(local.load, { configuration = { ProjectName = "goes_on" } })] },
    { name = "Production", actions = [local.production] },
  ]
}

# UNKNOWN: the script is not in the repository.
module "unknown_script" {
  source = "./pipeline"
  name   = "absent"
  stages = [
    { name = "Test", actions = [merge(local.load, { configuration = { ProjectName = "absent" } })] },
    { name = "Production", actions = [local.production] },
  ]
}

# UNKNOWN: its limits stand elsewhere.
module "unknown_service" {
  source = "./pipeline"
  name   = "service"
  stages = [
    { name = "Test", actions = [{ name = "Load", category = "Test", provider = "BlazeMeter", owner = "Custom" }] },
    { name = "Production", actions = [local.production] },
  ]
}
