# missing-circuit-breaker: services whose rollouts nothing stops when they fail. The rule reports at the service.

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

resource "aws_ecs_task_definition" "app" {
  family                = "app"
  container_definitions = jsonencode([{ name = "app", image = "app:1.4.2", memory = 512, essential = true }])
}

resource "terraform_data" "on" {
  input = true
}

resource "aws_elb" "old" {
  name               = "old"
  availability_zones = ["us-east-1a"]
  listener {
    instance_port     = 80
    instance_protocol = "http"
    lb_port           = 80
    lb_protocol       = "http"
  }
}

# BAD: nothing says anything of it.
resource "aws_ecs_service" "bad_bare" {
  name            = "bad-bare"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.app.arn
  desired_count   = 2
}

# BAD: it is there, and off.
resource "aws_ecs_service" "bad_off" {
  name            = "bad-off"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.app.arn
  desired_count   = 2
  deployment_circuit_breaker {
    enable   = false
    rollback = false
  }
}

# BAD: the alarms that would end it are off.
resource "aws_ecs_service" "bad_alarms_off" {
  name            = "bad-alarms-off"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.app.arn
  desired_count   = 2
  alarms {
    enable      = false
    rollback    = true
    alarm_names = ["errors"]
  }
}

# BAD, for information: it gives up, and stays where it is.
resource "aws_ecs_service" "bad_half" {
  name            = "bad-half"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.app.arn
  desired_count   = 2
  deployment_circuit_breaker {
    enable   = true
    rollback = false
  }
}

# GOOD.
resource "aws_ecs_service" "good_breaker" {
  name            = "good-breaker"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.app.arn
  desired_count   = 2
  deployment_circuit_breaker {
    enable   = true
    rollback = true
  }
}

# GOOD: an alarm ends it, and brings the version before back.
resource "aws_ecs_service" "good_alarms" {
  name            = "good-alarms"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.app.arn
  desired_count   = 2
  alarms {
    enable      = true
    rollback    = true
    alarm_names = ["errors"]
  }
}

# GOOD: the alarms bring it back.
resource "aws_ecs_service" "good_both" {
  name            = "good-both"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.app.arn
  desired_count   = 2
  deployment_circuit_breaker {
    enable   = true
    rollback = false
  }
  alarms {
    enable      = true
    rollback    = true
    alarm_names = ["errors"]
  }
}

# GOOD: somebody else rolls out.
resource "aws_ecs_service" "good_code_deploy" {
  name            = "good-code-deploy"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.app.arn
  desired_count   = 2
  deployment_controller {
    type = "CODE_DEPLOY"
  }
}

# GOOD: a second set of tasks takes over.
resource "aws_ecs_service" "good_blue_green" {
  name            = "good-blue-green"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.app.arn
  desired_count   = 2
  deployment_configuration {
    strategy             = "BLUE_GREEN"
    bake_time_in_minutes = 10
  }
}

# BAD: rolling, as it says itself.
resource "aws_ecs_service" "bad_rolling" {
  name            = "bad-rolling"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.app.arn
  desired_count   = 2
  deployment_controller {
    type = "ECS"
  }
  deployment_configuration {
    strategy = "ROLLING"
  }
}

# GOOD: tasks of somebody else's making.
resource "aws_ecs_service" "good_external" {
  name    = "good-external"
  cluster = aws_ecs_cluster.main.id
  deployment_controller {
    type = "EXTERNAL"
  }
}

# GOOD: one on each machine.
resource "aws_ecs_service" "good_daemon" {
  name                = "good-daemon"
  cluster             = aws_ecs_cluster.main.id
  task_definition     = aws_ecs_task_definition.app.arn
  scheduling_strategy = "DAEMON"
}

# GOOD: behind such a balancer there is no circuit breaker.
resource "aws_ecs_service" "good_classic" {
  name            = "good-classic"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.app.arn
  desired_count   = 2
  load_balancer {
    elb_name       = aws_elb.old.name
    container_name = "app"
    container_port = 80
  }
}

# UNKNOWN: whether it is on is known only after apply.
resource "aws_ecs_service" "unknown_enabled" {
  name            = "unknown-enabled"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.app.arn
  desired_count   = 2
  deployment_circuit_breaker {
    enable   = terraform_data.on.output
    rollback = true
  }
}

# UNKNOWN: who rolls out is known only after apply.
resource "aws_ecs_service" "unknown_rollout" {
  name            = "unknown-rollout"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.app.arn
  desired_count   = 2
  deployment_controller {
    type = terraform_data.on.output ? "ECS" : "CODE_DEPLOY"
  }
}
