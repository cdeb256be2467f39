# sticky-session: what binds clients to units, and how many units there are.
#
# bad_ is to be found, good_ is not, unknown_ cannot be told.

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

resource "aws_lb" "front" {
  name    = "front"
  subnets = local.subnets
}

resource "aws_lb_listener" "front" {
  load_balancer_arn = aws_lb.front.arn
  port              = 80
  default_action {
    type = "fixed-response"
    fixed_response {
      content_type = "text/plain"
      status_code  = "404"
    }
  }
}

# Known only after apply.
resource "aws_ssm_parameter" "later" {
  name  = "/shop/later"
  type  = "String"
  value = "1"
}

resource "aws_lb_target_group" "bad_cookie" {
  name        = "cookie"
  port        = 8080
  protocol    = "HTTP"
  target_type = "ip"
  vpc_id      = local.vpc
  stickiness {
    type            = "lb_cookie"
    cookie_duration = 3600
    enabled         = true
  }
}

resource "aws_lb_target_group" "bad_of_application" {
  name     = "application"
  port     = 8080
  protocol = "HTTP"
  vpc_id   = local.vpc
  # On, as nothing says otherwise.
  stickiness {
    type        = "app_cookie"
    cookie_name = "JSESSIONID"
  }
}

resource "aws_lb_target_group" "bad_address" {
  name        = "address"
  port        = 9000
  protocol    = "TCP"
  target_type = "ip"
  vpc_id      = local.vpc
  stickiness {
    type    = "source_ip"
    enabled = true
  }
}

# Two machines of one unit each.
resource "aws_lb_target_group" "bad_pair" {
  name     = "pair"
  port     = 8080
  protocol = "HTTP"
  vpc_id   = local.vpc
  stickiness {
    type    = "lb_cookie"
    enabled = true
  }
}

resource "aws_lb_target_group" "good_off" {
  name        = "off"
  port        = 8080
  protocol    = "HTTP"
  target_type = "ip"
  vpc_id      = local.vpc
  stickiness {
    type    = "lb_cookie"
    enabled = false
  }
}

resource "aws_lb_target_group" "good_without" {
  for_each    = toset(["blue", "green"])
  name        = "without-${each.key}"
  port        = 8080
  protocol    = "HTTP"
  target_type = "ip"
  vpc_id      = local.vpc
}

resource "aws_lb_target_group" "good_single" {
  name        = "single"
  port        = 8080
  protocol    = "HTTP"
  target_type = "ip"
  vpc_id      = local.vpc
  stickiness {
    type    = "lb_cookie"
    enabled = true
  }
}

resource "aws_lb_target_group" "good_empty" {
  name        = "empty"
  port        = 8080
  protocol    = "HTTP"
  target_type = "ip"
  vpc_id      = local.vpc
  stickiness {
    type    = "lb_cookie"
    enabled = true
  }
}

# Packets have to pass the appliance that they passed before.
resource "aws_lb_target_group" "good_appliance" {
  name     = "appliance"
  port     = 6081
  protocol = "GENEVE"
  vpc_id   = local.vpc
  stickiness {
    type    = "source_ip_dest_ip"
    enabled = true
  }
}

resource "aws_lb_target_group" "unknown_switch" {
  name        = "switch"
  port        = 8080
  protocol    = "HTTP"
  target_type = "ip"
  vpc_id      = local.vpc
  stickiness {
    type    = "lb_cookie"
    enabled = aws_ssm_parameter.later.version > 1
  }
}

resource "aws_lb_target_group" "unknown_units" {
  name        = "units"
  port        = 8080
  protocol    = "HTTP"
  target_type = "ip"
  vpc_id      = local.vpc
  stickiness {
    type    = "lb_cookie"
    enabled = true
  }
}

# A client stays with the version that it was given: any task of that may answer.
resource "aws_lb_listener_rule" "versions" {
  listener_arn = aws_lb_listener.front.arn
  action {
    type = "forward"
    forward {
      target_group {
        arn    = aws_lb_target_group.good_without["blue"].arn
        weight = 90
      }
      target_group {
        arn    = aws_lb_target_group.good_without["green"].arn
        weight = 10
      }
      stickiness {
        enabled  = true
        duration = 3600
      }
    }
  }
  condition {
    path_pattern {
      values = ["/versions/*"]
    }
  }
}

resource "aws_ecs_cluster" "main" {
  name = "main"
}

resource "aws_ecs_task_definition" "shop" {
  family                   = "shop"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 256
  memory                   = 512
  container_definitions = jsonencode([{
    name         = "web"
    image        = "shop/web:1"
    portMappings = [{ containerPort = 8080 }]
  }])
}

resource "aws_ecs_service" "cookie" {
  name            = "cookie"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.shop.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.bad_cookie.arn
    container_name   = "web"
    container_port   = 8080
  }
}

resource "aws_ecs_service" "address" {
  name            = "address"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.shop.arn
  launch_type     = "FARGATE"
  desired_count   = 3
  network_configuration {
    subnets = local.subnets
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.bad_address.arn
    container_name   = "web"
    container_port   = 8080
  }
}

resource "aws_ecs_service" "off" {
  name            = "off"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.shop.arn
  launch_type     = "FARGATE"
  desired_count   = 3
  network_configuration {
    subnets = local.subnets
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.good_off.arn
    container_name   = "web"
    container_port   = 8080
  }
}

resource "aws_ecs_service" "blue" {
  name            = "blue"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.shop.arn
  launch_type     = "FARGATE"
  desired_count   = 3
  network_configuration {
    subnets = local.subnets
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.good_without["blue"].arn
    container_name   = "web"
    container_port   = 8080
  }
}

resource "aws_ecs_service" "green" {
  name            = "green"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.shop.arn
  launch_type     = "FARGATE"
  desired_count   = 3
  network_configuration {
    subnets = local.subnets
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.good_without["green"].arn
    container_name   = "web"
    container_port   = 8080
  }
}

resource "aws_ecs_service" "single" {
  name            = "single"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.shop.arn
  launch_type     = "FARGATE"
  desired_count   = 1
  network_configuration {
    subnets = local.subnets
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.good_single.arn
    container_name   = "web"
    container_port   = 8080
  }
}

resource "aws_ecs_service" "switch" {
  name            = "switch"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.shop.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.unknown_switch.arn
    container_name   = "web"
    container_port   = 8080
  }
}

resource "aws_ecs_service" "units" {
  name            = "units"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.shop.arn
  launch_type     = "FARGATE"
  desired_count   = 1
  network_configuration {
    subnets = local.subnets
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.unknown_units.arn
    container_name   = "web"
    container_port   = 8080
  }
}

resource "aws_appautoscaling_target" "cookie" {
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/${aws_ecs_cluster.main.name}/${aws_ecs_service.cookie.name}"
  min_capacity       = 2
  max_capacity       = 10
}

resource "aws_appautoscaling_target" "units" {
  service_namespace  = "ecs"
  scalable_dimension = "ecs:service:DesiredCount"
  resource_id        = "service/${aws_ecs_cluster.main.name}/${aws_ecs_service.units.name}"
  min_capacity       = 1
  max_capacity       = aws_ssm_parameter.later.version
}

resource "aws_launch_template" "web" {
  name          = "web"
  image_id      = "ami-0123456789abcdef0"
  instance_type = "m7i.large"
}

resource "aws_autoscaling_group" "web" {
  name                = "web"
  min_size            = 2
  max_size            = 6
  vpc_zone_identifier = local.subnets
  target_group_arns   = [aws_lb_target_group.bad_of_application.arn]
  launch_template {
    id = aws_launch_template.web.id
  }
}

resource "aws_autoscaling_group" "firewall" {
  name                = "firewall"
  min_size            = 2
  max_size            = 4
  vpc_zone_identifier = local.subnets
  target_group_arns   = [aws_lb_target_group.good_appliance.arn]
  launch_template {
    id = aws_launch_template.web.id
  }
}

resource "aws_instance" "left" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "m7i.large"
  subnet_id     = local.subnets[0]
}

resource "aws_instance" "right" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "m7i.large"
  subnet_id     = local.subnets[1]
}

resource "aws_lb_target_group_attachment" "left" {
  target_group_arn = aws_lb_target_group.bad_pair.arn
  target_id        = aws_instance.left.id
}

resource "aws_lb_target_group_attachment" "right" {
  target_group_arn = aws_lb_target_group.bad_pair.arn
  target_id        = aws_instance.right.id
}

# Load balancers of the first generation.
resource "aws_elb" "classic" {
  for_each = toset(["group", "machine", "application"])
  name     = "classic-${each.key}"
  subnets  = local.subnets
  listener {
    instance_port     = 8080
    instance_protocol = "http"
    lb_port           = 80
    lb_protocol       = "http"
  }
}

resource "aws_lb_cookie_stickiness_policy" "bad_classic" {
  name                     = "classic"
  load_balancer            = aws_elb.classic["group"].id
  lb_port                  = 80
  cookie_expiration_period = 600
}

resource "aws_app_cookie_stickiness_policy" "bad_classic_application" {
  name          = "application"
  load_balancer = aws_elb.classic["application"].name
  lb_port       = 80
  cookie_name   = "PHPSESSID"
}

resource "aws_lb_cookie_stickiness_policy" "good_classic_single" {
  name          = "single"
  load_balancer = aws_elb.classic["machine"].id
  lb_port       = 80
}

resource "aws_autoscaling_group" "classic" {
  for_each            = toset(["group", "application"])
  name                = "classic-${each.key}"
  min_size            = 1
  max_size            = 4
  vpc_zone_identifier = local.subnets
  load_balancers      = [aws_elb.classic[each.key].name]
  launch_template {
    id = aws_launch_template.web.id
  }
}

resource "aws_instance" "machine" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "m7i.large"
  subnet_id     = local.subnets[0]
}

resource "aws_elb_attachment" "machine" {
  elb      = aws_elb.classic["machine"].id
  instance = aws_instance.machine.id
}

# Platforms that bring their balancer along.
resource "aws_elastic_beanstalk_application" "shop" {
  name = "shop"
}

resource "aws_elastic_beanstalk_environment" "bad_platform" {
  name                = "bad"
  application         = aws_elastic_beanstalk_application.shop.name
  solution_stack_name = "64bit Amazon Linux 2023 v4.3.0 running Python 3.12"
  setting {
    namespace = "aws:elasticbeanstalk:environment:process:default"
    name      = "StickinessEnabled"
    value     = "true"
  }
}

resource "aws_elastic_beanstalk_environment" "good_platform" {
  name                = "good"
  application         = aws_elastic_beanstalk_application.shop.name
  solution_stack_name = "64bit Amazon Linux 2023 v4.3.0 running Python 3.12"
  setting {
    namespace = "aws:elasticbeanstalk:environment:process:default"
    name      = "StickinessEnabled"
    value     = "true"
  }
  setting {
    namespace = "aws:elasticbeanstalk:environment"
    name      = "EnvironmentType"
    value     = "SingleInstance"
  }
}
