# shared-scaling-domain: groups of machines, single machines, containers that share machines, and managed platforms.
#
# One workload for each case: bad_ is to be found, good_ is not, unknown_ cannot be told.

terraform {
  required_providers {
    aws = { source = "hashicorp/aws", version = "~> 6.0" }
  }
}

provider "aws" {
  region = "us-east-1"
}

locals {
  subnets = ["subnet-0aaaaaaaaaaaaaaaa", "subnet-0bbbbbbbbbbbbbbbb"]
  queue   = "arn:aws:sqs:us-east-1:123456789012:jobs"
  machines = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }]
  })
}

# May take messages from a queue.
resource "aws_iam_role" "receives" {
  name               = "receives"
  assume_role_policy = local.machines
}

resource "aws_iam_role_policy" "receives" {
  role = aws_iam_role.receives.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["sqs:ReceiveMessage", "sqs:DeleteMessage"], Resource = local.queue }]
  })
}

resource "aws_iam_instance_profile" "receives" {
  name = "receives-profile"
  role = aws_iam_role.receives.name
}

resource "aws_launch_template" "receives" {
  name          = "receives-template"
  image_id      = "ami-0123456789abcdef0"
  instance_type = "m7g.large"
  iam_instance_profile {
    name = aws_iam_instance_profile.receives.name
  }
}

# May put messages into it.
resource "aws_iam_role" "sends" {
  name               = "sends"
  assume_role_policy = local.machines
}

resource "aws_iam_role_policy" "sends" {
  role = aws_iam_role.sends.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sqs:SendMessage", Resource = local.queue }]
  })
}

resource "aws_iam_instance_profile" "sends" {
  name = "sends-profile"
  role = aws_iam_role.sends.name
}

resource "aws_launch_template" "sends" {
  name          = "sends-template"
  image_id      = "ami-0123456789abcdef0"
  instance_type = "m7g.large"
  iam_instance_profile {
    arn = aws_iam_instance_profile.sends.arn
  }
}

resource "aws_lb" "front" {
  name    = "front"
  subnets = local.subnets
}

resource "aws_lb_target_group" "front" {
  for_each = toset(["listed", "attached", "sourced", "mixed", "sends", "machine", "reserve", "shared", "apart", "same-host"])
  name     = "front-${each.key}"
  port     = 8080
  protocol = "HTTP"
  vpc_id   = "vpc-0aaaaaaaaaaaaaaaa"
}

resource "aws_lb_listener" "front" {
  load_balancer_arn = aws_lb.front.arn
  port              = 80
  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.front["listed"].arn
  }
}

# --- groups of machines ---

# BAD, high: the group lists its target group, and its machines may take from the queue.
resource "aws_autoscaling_group" "bad_listed" {
  name                = "listed"
  min_size            = 2
  max_size            = 8
  vpc_zone_identifier = local.subnets
  target_group_arns   = [aws_lb_target_group.front["listed"].arn]
  launch_template {
    id = aws_launch_template.receives.id
  }
}

# BAD, high: a resource of its own attaches it.
resource "aws_autoscaling_group" "bad_attached" {
  name                = "attached"
  min_size            = 2
  max_size            = 8
  vpc_zone_identifier = local.subnets
  launch_template {
    name = aws_launch_template.receives.name
  }
}

resource "aws_autoscaling_attachment" "attached" {
  autoscaling_group_name = aws_autoscaling_group.bad_attached.name
  lb_target_group_arn    = aws_lb_target_group.front["attached"].arn
}

# BAD, high: the same, by a traffic source.
resource "aws_autoscaling_group" "bad_sourced" {
  name                = "sourced"
  min_size            = 2
  max_size            = 8
  vpc_zone_identifier = local.subnets
  launch_template {
    id = aws_launch_template.receives.id
  }
}

resource "aws_autoscaling_traffic_source_attachment" "sourced" {
  autoscaling_group_name = aws_autoscaling_group.bad_sourced.id
  traffic_source {
    type       = "elbv2"
    identifier = aws_lb_target_group.front["sourced"].arn
  }
}

# BAD, high: its template stands in a policy of mixed instances.
resource "aws_autoscaling_group" "bad_mixed" {
  name                = "mixed"
  min_size            = 2
  max_size            = 8
  vpc_zone_identifier = local.subnets
  target_group_arns   = [aws_lb_target_group.front["mixed"].arn]
  mixed_instances_policy {
    launch_template {
      launch_template_specification {
        launch_template_id = aws_launch_template.receives.id
      }
      override {
        instance_type = "m7g.xlarge"
      }
    }
  }
}

# GOOD: is called, and may only send.
resource "aws_autoscaling_group" "good_sends" {
  name                = "sends"
  min_size            = 2
  max_size            = 8
  vpc_zone_identifier = local.subnets
  target_group_arns   = [aws_lb_target_group.front["sends"].arn]
  launch_template {
    id = aws_launch_template.sends.id
  }
}

# BAD, high: a single machine that is registered with a target group.
resource "aws_instance" "bad_machine" {
  ami                  = "ami-0123456789abcdef0"
  instance_type        = "m7g.4xlarge"
  subnet_id            = local.subnets[0]
  iam_instance_profile = aws_iam_instance_profile.receives_alone.name
}

resource "aws_lb_target_group_attachment" "machine" {
  target_group_arn = aws_lb_target_group.front["machine"].arn
  target_id        = aws_instance.bad_machine.id
}

resource "aws_iam_role" "receives_alone" {
  name               = "receives-alone"
  assume_role_policy = local.machines
  inline_policy {
    name = "queue"
    policy = jsonencode({
      Version   = "2012-10-17"
      Statement = [{ Effect = "Allow", Action = "sqs:ReceiveMessage", Resource = local.queue }]
    })
  }
}

resource "aws_iam_instance_profile" "receives_alone" {
  name = "receives-alone-profile"
  role = aws_iam_role.receives_alone.name
}

# UNKNOWN, for the group that is called: its role is the worker group's as well.
resource "aws_iam_role" "reserve" {
  name               = "reserve"
  assume_role_policy = local.machines
  inline_policy {
    name = "queue"
    policy = jsonencode({
      Version   = "2012-10-17"
      Statement = [{ Effect = "Allow", Action = ["sqs:SendMessage", "sqs:ReceiveMessage"], Resource = local.queue }]
    })
  }
}

resource "aws_iam_instance_profile" "reserve" {
  name = "reserve-profile"
  role = aws_iam_role.reserve.name
}

resource "aws_launch_template" "reserve" {
  name          = "reserve-template"
  image_id      = "ami-0123456789abcdef0"
  instance_type = "m7g.large"
  iam_instance_profile {
    name = aws_iam_instance_profile.reserve.name
  }
}

resource "aws_autoscaling_group" "unknown_reserve" {
  name                = "reserve"
  min_size            = 2
  max_size            = 8
  vpc_zone_identifier = local.subnets
  target_group_arns   = [aws_lb_target_group.front["reserve"].arn]
  launch_template {
    id = aws_launch_template.reserve.id
  }
}

# GOOD: the worker group.
resource "aws_autoscaling_group" "good_reserve_worker" {
  name                = "reserve-worker"
  min_size            = 0
  max_size            = 8
  vpc_zone_identifier = local.subnets
  launch_template {
    id = aws_launch_template.reserve.id
  }
}

# --- containers on machines ---

resource "aws_iam_role" "tasks_receive" {
  name = "tasks-receive"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }]
  })
  inline_policy {
    name = "queue"
    policy = jsonencode({
      Version   = "2012-10-17"
      Statement = [{ Effect = "Allow", Action = ["sqs:ReceiveMessage", "sqs:DeleteMessage"], Resource = local.queue }]
    })
  }
}

resource "aws_ecs_task_definition" "api" {
  family                = "api"
  network_mode          = "awsvpc"
  container_definitions = jsonencode([{ name = "api", image = "docker.io/shop/api:3", memory = 512, portMappings = [{ containerPort = 8080 }] }])
}

resource "aws_ecs_task_definition" "worker" {
  family                = "worker"
  network_mode          = "awsvpc"
  task_role_arn         = aws_iam_role.tasks_receive.arn
  container_definitions = jsonencode([{ name = "worker", image = "docker.io/shop/worker:3", memory = 512 }])
}

resource "aws_launch_template" "plain" {
  name          = "plain-template"
  image_id      = "ami-0123456789abcdef0"
  instance_type = "m7g.xlarge"
}

# BAD, medium, at the machines: one group carries an API and a worker. The two services themselves are well apart.
resource "aws_autoscaling_group" "bad_shared_machines" {
  name                = "shared"
  min_size            = 2
  max_size            = 8
  vpc_zone_identifier = local.subnets
  launch_template {
    id = aws_launch_template.plain.id
  }
}

resource "aws_ecs_cluster" "shared" {
  name = "shared-cluster"
}

resource "aws_ecs_capacity_provider" "shared" {
  name = "shared-machines"
  auto_scaling_group_provider {
    auto_scaling_group_arn = aws_autoscaling_group.bad_shared_machines.arn
  }
}

resource "aws_ecs_cluster_capacity_providers" "shared" {
  cluster_name       = aws_ecs_cluster.shared.name
  capacity_providers = [aws_ecs_capacity_provider.shared.name]
  default_capacity_provider_strategy {
    capacity_provider = aws_ecs_capacity_provider.shared.name
    weight            = 1
  }
}

resource "aws_ecs_service" "good_shared_api" {
  name            = "shared-api"
  cluster         = aws_ecs_cluster.shared.id
  task_definition = aws_ecs_task_definition.api.arn
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.front["shared"].arn
    container_name   = "api"
    container_port   = 8080
  }
}

resource "aws_ecs_service" "good_shared_worker" {
  name            = "shared-worker"
  cluster         = aws_ecs_cluster.shared.id
  task_definition = aws_ecs_task_definition.worker.arn
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
}

# GOOD: the same two, each on a group of its own.
resource "aws_autoscaling_group" "good_machines_apart" {
  for_each            = toset(["api", "worker"])
  name                = "apart-${each.key}"
  min_size            = 2
  max_size            = 8
  vpc_zone_identifier = local.subnets
  launch_template {
    id = aws_launch_template.plain.id
  }
}

resource "aws_ecs_cluster" "apart" {
  name = "apart-cluster"
}

resource "aws_ecs_capacity_provider" "apart" {
  for_each = aws_autoscaling_group.good_machines_apart
  name     = "apart-machines-${each.key}"
  auto_scaling_group_provider {
    auto_scaling_group_arn = each.value.arn
  }
}

resource "aws_ecs_service" "good_apart_api" {
  name            = "apart-api"
  cluster         = aws_ecs_cluster.apart.id
  task_definition = aws_ecs_task_definition.api.arn
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
  capacity_provider_strategy {
    capacity_provider = aws_ecs_capacity_provider.apart["api"].name
    weight            = 1
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.front["apart"].arn
    container_name   = "api"
    container_port   = 8080
  }
}

resource "aws_ecs_service" "good_apart_worker" {
  name            = "apart-worker"
  cluster         = aws_ecs_cluster.apart.id
  task_definition = aws_ecs_task_definition.worker.arn
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
  capacity_provider_strategy {
    capacity_provider = aws_ecs_capacity_provider.apart["worker"].name
    weight            = 1
  }
}

# GOOD: the API on machines, its worker on Fargate in the same cluster.
resource "aws_autoscaling_group" "good_api_machines" {
  name                = "same-host"
  min_size            = 2
  max_size            = 8
  vpc_zone_identifier = local.subnets
  launch_template {
    id = aws_launch_template.plain.id
  }
}

resource "aws_ecs_cluster" "half" {
  name = "half-cluster"
}

resource "aws_ecs_capacity_provider" "half" {
  name = "half-machines"
  auto_scaling_group_provider {
    auto_scaling_group_arn = aws_autoscaling_group.good_api_machines.arn
  }
}

resource "aws_ecs_cluster_capacity_providers" "half" {
  cluster_name       = aws_ecs_cluster.half.name
  capacity_providers = ["FARGATE", aws_ecs_capacity_provider.half.name]
  default_capacity_provider_strategy {
    capacity_provider = aws_ecs_capacity_provider.half.name
    weight            = 1
  }
}

resource "aws_ecs_service" "good_half_api" {
  name            = "half-api"
  cluster         = aws_ecs_cluster.half.id
  task_definition = aws_ecs_task_definition.api.arn
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.front["same-host"].arn
    container_name   = "api"
    container_port   = 8080
  }
}

resource "aws_ecs_service" "good_half_worker" {
  name            = "half-worker"
  cluster         = aws_ecs_cluster.half.id
  task_definition = aws_ecs_task_definition.worker.arn
  desired_count   = 2
  launch_type     = "FARGATE"
  network_configuration {
    subnets = local.subnets
  }
}

# --- managed platforms ---

# BAD, high: App Runner gives every service an address; this one may take from the queue as well.
resource "aws_apprunner_service" "bad_runner" {
  service_name = "runner"
  instance_configuration {
    instance_role_arn = aws_iam_role.runner.arn
  }
  source_configuration {
    image_repository {
      image_identifier      = "public.ecr.aws/shop/site:3"
      image_repository_type = "ECR_PUBLIC"
    }
  }
}

resource "aws_iam_role" "runner" {
  name               = "runner-role"
  assume_role_policy = local.machines
  inline_policy {
    name = "queue"
    policy = jsonencode({
      Version   = "2012-10-17"
      Statement = [{ Effect = "Allow", Action = "sqs:ReceiveMessage", Resource = local.queue }]
    })
  }
}

# GOOD: this one may send.
resource "aws_apprunner_service" "good_runner" {
  service_name = "sender"
  instance_configuration {
    instance_role_arn = aws_iam_role.sends.arn
  }
  source_configuration {
    image_repository {
      image_identifier      = "public.ecr.aws/shop/site:3"
      image_repository_type = "ECR_PUBLIC"
      image_configuration {
        runtime_environment_variables = { QUEUE_URL = "https://sqs.us-east-1.amazonaws.com/123456789012/jobs" }
      }
    }
  }
}

resource "aws_elastic_beanstalk_application" "shop" {
  name = "shop"
}

# BAD, high: a web environment whose machines may take from the queue.
resource "aws_elastic_beanstalk_environment" "bad_web" {
  name                = "web"
  application         = aws_elastic_beanstalk_application.shop.name
  solution_stack_name = "64bit Amazon Linux 2023 v4.3.0 running Python 3.11"
  setting {
    namespace = "aws:autoscaling:launchconfiguration"
    name      = "IamInstanceProfile"
    value     = aws_iam_instance_profile.web.name
  }
}

resource "aws_iam_role" "web" {
  name               = "web-role"
  assume_role_policy = local.machines
  inline_policy {
    name = "queue"
    policy = jsonencode({
      Version   = "2012-10-17"
      Statement = [{ Effect = "Allow", Action = "sqs:ReceiveMessage", Resource = local.queue }]
    })
  }
}

resource "aws_iam_instance_profile" "web" {
  name = "web-profile"
  role = aws_iam_role.web.name
}

# GOOD: a web environment that may send, and the worker environment beside it, whose tier brings it the messages.
resource "aws_elastic_beanstalk_environment" "good_web" {
  name                = "web-sends"
  application         = aws_elastic_beanstalk_application.shop.name
  solution_stack_name = "64bit Amazon Linux 2023 v4.3.0 running Python 3.11"
  tier                = "WebServer"
  setting {
    namespace = "aws:autoscaling:launchconfiguration"
    name      = "IamInstanceProfile"
    value     = aws_iam_instance_profile.sends.name
  }
  setting {
    namespace = "aws:elasticbeanstalk:application:environment"
    name      = "QUEUE_URL"
    value     = "https://sqs.us-east-1.amazonaws.com/123456789012/jobs"
  }
}

resource "aws_elastic_beanstalk_environment" "good_worker" {
  name                = "worker"
  application         = aws_elastic_beanstalk_application.shop.name
  solution_stack_name = "64bit Amazon Linux 2023 v4.3.0 running Python 3.11"
  tier                = "Worker"
  setting {
    namespace = "aws:autoscaling:launchconfiguration"
    name      = "IamInstanceProfile"
    value     = aws_iam_instance_profile.receives_worker.name
  }
}

resource "aws_iam_role" "receives_worker" {
  name                = "worker-role"
  assume_role_policy  = local.machines
  managed_policy_arns = ["arn:aws:iam::aws:policy/AWSElasticBeanstalkWorkerTier"]
}

resource "aws_iam_instance_profile" "receives_worker" {
  name = "worker-profile"
  role = aws_iam_role.receives_worker.name
}
