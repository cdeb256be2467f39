# missing-load-test-gate: pipelines that the plan makes, of a shop that people call. The rule reports at the pipeline.

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

resource "terraform_data" "script" {
  input = "version: 0.2"
}

locals {
  scripts = {
    image = yamlencode({ version = 0.2, phases = { build = { commands = ["docker build -t shop .", "docker push shop"] } } })
    load  = <<-EOT
      version: 0.2
      phases:
        build:
          commands:
            - k6 run load/limits.js
    EOT
    file    = "ci/load.yml"
    build   = "ci/build.yml"
    default = null
    absent  = "ci/absent.yml"
    bucket  = "arn:aws:s3:::scripts/buildspec.yml"
    hidden  = terraform_data.script.output
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

# BAD: built, and deployed.
module "bad_straight" {
  source = "./pipeline"
  name   = "straight"
  stages = [
    { name = "Build", actions = [local.build] },
    { name = "Deploy", actions = [local.production] },
  ]
}

# UNKNOWN: the script has the usual name, and whether it is that of this repository is not said.
module "unknown_default" {
  source = "./pipeline"
  name   = "default"
  stages = [
    { name = "Build", actions = [merge(local.build, { configuration = { ProjectName = "default" } })] },
    { name = "Production", actions = [local.production] },
  ]
}

# BAD: tested in staging, but not under load.
module "bad_functional" {
  source = "./pipeline"
  name   = "functional"
  stages = [
    { name = "Build", actions = [merge(local.build, { configuration = { ProjectName = "build" } })] },
    { name = "Staging", actions = [local.staging] },
    { name = "Approve", actions = [{ name = "Approve", category = "Approval", provider = "Manual" }] },
    { name = "Production", actions = [local.production] },
  ]
}

# GOOD.
module "good_gated" {
  source = "./pipeline"
  name   = "gated"
  stages = [
    { name = "Build", actions = [local.build] },
    { name = "Staging", actions = [local.staging] },
    { name = "Test", actions = [local.load] },
    { name = "Production", actions = [local.production] },
  ]
}

# GOOD: the script is a file of the repository.
module "good_file" {
  source = "./pipeline"
  name   = "file"
  stages = [
    { name = "Test", actions = [merge(local.load, { configuration = { ProjectName = "file" } })] },
    { name = "Production", actions = [local.production] },
  ]
}

# GOOD: the action brings its own script.
module "good_override" {
  source = "./pipeline"
  name   = "override"
  stages = [
    { name = "Test", actions = [merge(local.load, { configuration = { ProjectName = "image", BuildspecOverride = "ci/load.yml" } })] },
    { name = "Production", actions = [local.production] },
  ]
}

# GOOD: a condition of the stage.
module "good_condition" {
  source = "./pipeline"
  name   = "condition"
  stages = [
    { name = "Build", actions = [local.build] },
    { name = "Production", entry = ["load"], actions = [local.production] },
  ]
}

# GOOD: somebody else deploys to where people are.
module "good_staging" {
  source = "./pipeline"
  name   = "staging"
  stages = [
    { name = "Build", actions = [local.build] },
    { name = "Deploy", actions = [local.staging] },
  ]
}

# GOOD: a set of changes is prepared, and nothing is changed.
module "good_prepared" {
  source = "./pipeline"
  name   = "prepared"
  stages = [
    { name = "Build", actions = [local.build] },
    { name = "Prepare", actions = [{ name = "Prepare", category = "Deploy", provider = "CloudFormation", configuration = { ActionMode = "CHANGE_SET_REPLACE", StackName = "shop" } }] },
  ]
}

# UNKNOWN: the file is not in the repository.
module "unknown_file" {
  source = "./pipeline"
  name   = "absent"
  stages = [
    { name = "Check", actions = [merge(local.load, { name = "Check", configuration = { ProjectName = "absent" } })] },
    { name = "Production", actions = [local.production] },
  ]
}

# UNKNOWN: the script lies in a bucket, and its action sounds like a load test.
module "unknown_bucket" {
  source = "./pipeline"
  name   = "bucket"
  stages = [
    { name = "Check", actions = [merge(local.load, { name = "LoadTest", configuration = { ProjectName = "bucket" } })] },
    { name = "Production", actions = [local.production] },
  ]
}

# UNKNOWN: the script is known only after apply.
module "unknown_script" {
  source = "./pipeline"
  name   = "hidden"
  stages = [
    { name = "Check", actions = [merge(local.load, { name = "Check", configuration = { ProjectName = "hidden" } })] },
    { name = "Production", actions = [local.production] },
  ]
}

# UNKNOWN: the project is of another plan.
module "unknown_project" {
  source = "./pipeline"
  name   = "project"
  stages = [
    { name = "Check", actions = [merge(local.load, { name = "Check", configuration = { ProjectName = "elsewhere" } })] },
    { name = "Production", actions = [local.production] },
  ]
}

# UNKNOWN: a function is called before.
module "unknown_function" {
  source = "./pipeline"
  name   = "function"
  stages = [
    { name = "Check", actions = [{ name = "Check", category = "Invoke", provider = "Lambda", configuration = { FunctionName = "check-shop" } }] },
    { name = "Production", actions = [local.production] },
  ]
}

# BAD: what cannot be seen comes after it.
module "bad_later" {
  source = "./pipeline"
  name   = "later"
  stages = [
    { name = "Production", actions = [local.production] },
    { name = "Check", actions = [{ name = "Check", category = "Invoke", provider = "Lambda", configuration = { FunctionName = "check-shop" } }] },
  ]
}
