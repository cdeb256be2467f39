# uneven-zone-balancing: in which zones balancers stand, and in which their targets do.
#
# One balancer for each case. The plan is one from nothing: terraform_data stands for whatever makes a value up at the apply.

terraform {
  required_providers {
    aws = { source = "hashicorp/aws", version = "~> 6.0" }
  }
}

provider "aws" {
  region = "us-east-1"
}

locals {
  ami   = "ami-0123456789abcdef0"
  image = "123456789012.dkr.ecr.us-east-1.amazonaws.com/shop:1.4.2"
}

resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "private" {
  for_each          = { a = 0, b = 1, c = 2 }
  vpc_id            = aws_vpc.main.id
  availability_zone = "us-east-1${each.key}"
  cidr_block        = "10.0.${each.value}.0/24"
}

resource "aws_subnet" "public" {
  for_each          = { a = 10, b = 11, c = 12 }
  vpc_id            = aws_vpc.main.id
  availability_zone = "us-east-1${each.key}"
  cidr_block        = "10.0.${each.value}.0/24"
}

resource "aws_ecs_cluster" "main" {
  name = "main"
}

resource "terraform_data" "later" {
  input = "true"
}

# Their zones are chosen when they are made.
resource "aws_subnet" "any" {
  count      = 2
  vpc_id     = aws_vpc.main.id
  cidr_block = "10.0.${20 + count.index}.0/24"
}

# --- zones that the balancer does not stand in ---

# BAD, high: the balancer stands in a and b, the tasks come up in b and c.
resource "aws_lb" "bad_unserved" {
  name               = "bad-unserved"
  load_balancer_type = "application"
  internal           = true
  subnets            = [aws_subnet.public["a"].id, aws_subnet.public["b"].id]
}

resource "aws_lb_target_group" "unserved" {
  name        = "unserved"
  port        = 8080
  protocol    = "HTTP"
  target_type = "ip"
  vpc_id      = aws_vpc.main.id
}

resource "aws_lb_listener" "unserved" {
  load_balancer_arn = aws_lb.bad_unserved.arn
  port              = 443
  protocol          = "HTTP"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.unserved.arn
  }
}

resource "aws_ecs_task_definition" "unserved" {
  family                   = "unserved"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  container_definitions = jsonencode([{
    name         = "api"
    image        = local.image
    portMappings = [{ containerPort = 8080 }]
  }])
}

resource "aws_ecs_service" "unserved" {
  name            = "unserved"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.unserved.arn
  launch_type     = "FARGATE"
  desired_count   = 4

  network_configuration {
    subnets = [aws_subnet.private["b"].id, aws_subnet.private["c"].id]
  }

  load_balancer {
    target_group_arn = aws_lb_target_group.unserved.arn
    container_name   = "api"
    container_port   = 8080
  }
}

# BAD, high: one of the machines stands where no node does. What is sent across zones is sent to the balancer's own.
resource "aws_lb" "bad_machine" {
  name               = "bad-machine"
  load_balancer_type = "network"
  internal           = true
  subnets            = [aws_subnet.public["a"].id, aws_subnet.public["b"].id]

  enable_cross_zone_load_balancing = true
}

resource "aws_lb_target_group" "machine" {
  name        = "machine"
  port        = 8080
  protocol    = "TCP"
  target_type = "instance"
  vpc_id      = aws_vpc.main.id
}

resource "aws_lb_listener" "machine" {
  load_balancer_arn = aws_lb.bad_machine.arn
  port              = 443
  protocol          = "TCP"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.machine.arn
  }
}

resource "aws_instance" "machine_1" {
  ami           = local.ami
  instance_type = "m7g.large"
  subnet_id     = aws_subnet.private["a"].id
}

resource "aws_lb_target_group_attachment" "machine_1" {
  target_group_arn = aws_lb_target_group.machine.arn
  target_id        = aws_instance.machine_1.id
}

resource "aws_instance" "machine_2" {
  ami           = local.ami
  instance_type = "m7g.large"
  subnet_id     = aws_subnet.private["b"].id
}

resource "aws_lb_target_group_attachment" "machine_2" {
  target_group_arn = aws_lb_target_group.machine.arn
  target_id        = aws_instance.machine_2.id
}

resource "aws_instance" "machine_3" {
  ami           = local.ami
  instance_type = "m7g.large"
  subnet_id     = aws_subnet.private["c"].id
}

resource "aws_lb_target_group_attachment" "machine_3" {
  target_group_arn = aws_lb_target_group.machine.arn
  target_id        = aws_instance.machine_3.id
}

# GOOD: more zones than the tasks have cost nothing where requests are sent across zones.
resource "aws_lb" "good_wider" {
  name               = "good-wider"
  load_balancer_type = "application"
  internal           = true
  subnets            = [aws_subnet.public["a"].id, aws_subnet.public["b"].id, aws_subnet.public["c"].id]
}

resource "aws_lb_target_group" "wider" {
  name        = "wider"
  port        = 8080
  protocol    = "HTTP"
  target_type = "ip"
  vpc_id      = aws_vpc.main.id
}

resource "aws_lb_listener" "wider" {
  load_balancer_arn = aws_lb.good_wider.arn
  port              = 443
  protocol          = "HTTP"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.wider.arn
  }
}

resource "aws_ecs_task_definition" "wider" {
  family                   = "wider"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  container_definitions = jsonencode([{
    name         = "api"
    image        = local.image
    portMappings = [{ containerPort = 8080 }]
  }])
}

resource "aws_ecs_service" "wider" {
  name            = "wider"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.wider.arn
  launch_type     = "FARGATE"
  desired_count   = 3

  network_configuration {
    subnets = [aws_subnet.private["a"].id, aws_subnet.private["b"].id]
  }

  load_balancer {
    target_group_arn = aws_lb_target_group.wider.arn
    container_name   = "api"
    container_port   = 8080
  }
}

# GOOD: whichever zones these subnets lie in, both stand there.
resource "aws_lb" "good_subnets" {
  name               = "good-subnets"
  load_balancer_type = "application"
  internal           = true
  subnets            = aws_subnet.any[*].id
}

resource "aws_lb_target_group" "subnets" {
  name        = "subnets"
  port        = 8080
  protocol    = "HTTP"
  target_type = "ip"
  vpc_id      = aws_vpc.main.id
}

resource "aws_lb_listener" "subnets" {
  load_balancer_arn = aws_lb.good_subnets.arn
  port              = 443
  protocol          = "HTTP"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.subnets.arn
  }
}

resource "aws_ecs_task_definition" "subnets" {
  family                   = "subnets"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  container_definitions = jsonencode([{
    name         = "api"
    image        = local.image
    portMappings = [{ containerPort = 8080 }]
  }])
}

resource "aws_ecs_service" "subnets" {
  name            = "subnets"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.subnets.arn
  launch_type     = "FARGATE"
  desired_count   = 2

  network_configuration {
    subnets = aws_subnet.any[*].id
  }

  load_balancer {
    target_group_arn = aws_lb_target_group.subnets.arn
    container_name   = "api"
    container_port   = 8080
  }
}

# UNKNOWN: the zones of the balancer's subnets are known only after apply.
resource "aws_lb" "unknown_zones" {
  name               = "unknown-zones"
  load_balancer_type = "application"
  internal           = true
  subnets            = aws_subnet.any[*].id
}

resource "aws_lb_target_group" "zones" {
  name        = "zones"
  port        = 8080
  protocol    = "HTTP"
  target_type = "ip"
  vpc_id      = aws_vpc.main.id
}

resource "aws_lb_listener" "zones" {
  load_balancer_arn = aws_lb.unknown_zones.arn
  port              = 443
  protocol          = "HTTP"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.zones.arn
  }
}

resource "aws_ecs_task_definition" "zones" {
  family                   = "zones"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  container_definitions = jsonencode([{
    name         = "api"
    image        = local.image
    portMappings = [{ containerPort = 8080 }]
  }])
}

resource "aws_ecs_service" "zones" {
  name            = "zones"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.zones.arn
  launch_type     = "FARGATE"
  desired_count   = 2

  network_configuration {
    subnets = [aws_subnet.private["a"].id, aws_subnet.private["b"].id]
  }

  load_balancer {
    target_group_arn = aws_lb_target_group.zones.arn
    container_name   = "api"
    container_port   = 8080
  }
}

# --- zones without targets ---

# BAD, medium: three zones, each of which sends to itself; nobody stands in c.
resource "aws_lb" "bad_empty" {
  name               = "bad-empty"
  load_balancer_type = "network"
  internal           = true
  subnets            = [aws_subnet.public["a"].id, aws_subnet.public["b"].id, aws_subnet.public["c"].id]
}

resource "aws_lb_target_group" "empty" {
  name        = "empty"
  port        = 8080
  protocol    = "TCP"
  target_type = "instance"
  vpc_id      = aws_vpc.main.id
}

resource "aws_lb_listener" "empty" {
  load_balancer_arn = aws_lb.bad_empty.arn
  port              = 443
  protocol          = "TCP"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.empty.arn
  }
}

resource "aws_launch_template" "empty" {
  name          = "empty"
  image_id      = local.ami
  instance_type = "m7g.large"
}

resource "aws_autoscaling_group" "empty" {
  name                = "empty"
  min_size            = 4
  max_size            = 8
  vpc_zone_identifier = [aws_subnet.private["a"].id, aws_subnet.private["b"].id]
  target_group_arns   = [aws_lb_target_group.empty.arn]

  launch_template {
    id = aws_launch_template.empty.id
  }
}

# BAD, low: at the fewest, there are fewer machines than zones.
resource "aws_lb" "bad_few" {
  name               = "bad-few"
  load_balancer_type = "network"
  internal           = true
  subnets            = [aws_subnet.public["a"].id, aws_subnet.public["b"].id, aws_subnet.public["c"].id]
}

resource "aws_lb_target_group" "few" {
  name        = "few"
  port        = 8080
  protocol    = "TCP"
  target_type = "instance"
  vpc_id      = aws_vpc.main.id
}

resource "aws_lb_listener" "few" {
  load_balancer_arn = aws_lb.bad_few.arn
  port              = 443
  protocol          = "TCP"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.few.arn
  }
}

resource "aws_launch_template" "few" {
  name          = "few"
  image_id      = local.ami
  instance_type = "m7g.large"
}

resource "aws_autoscaling_group" "few" {
  name                = "few"
  min_size            = 2
  max_size            = 9
  vpc_zone_identifier = [aws_subnet.private["a"].id, aws_subnet.private["b"].id, aws_subnet.private["c"].id]
  target_group_arns   = [aws_lb_target_group.few.arn]

  launch_template {
    id = aws_launch_template.few.id
  }
}

# BAD, medium: a classic load balancer that is told not to send across zones.
resource "aws_elb" "bad_classic" {
  name                      = "bad-classic"
  internal                  = true
  subnets                   = [aws_subnet.public["a"].id, aws_subnet.public["b"].id]
  cross_zone_load_balancing = false

  listener {
    instance_port     = 8080
    instance_protocol = "tcp"
    lb_port           = 443
    lb_protocol       = "tcp"
  }
}

resource "aws_launch_template" "classic" {
  name          = "classic"
  image_id      = local.ami
  instance_type = "m7g.large"
}

resource "aws_autoscaling_group" "classic" {
  name                = "classic"
  min_size            = 2
  max_size            = 6
  vpc_zone_identifier = [aws_subnet.private["a"].id]

  launch_template {
    id = aws_launch_template.classic.id
  }
}

resource "aws_autoscaling_attachment" "classic" {
  autoscaling_group_name = aws_autoscaling_group.classic.name
  elb                    = aws_elb.bad_classic.name
}

# GOOD: by default it sends across zones.
resource "aws_elb" "good_classic" {
  name     = "good-classic"
  internal = true
  subnets  = [aws_subnet.public["a"].id, aws_subnet.public["b"].id]

  listener {
    instance_port     = 8080
    instance_protocol = "tcp"
    lb_port           = 443
    lb_protocol       = "tcp"
  }
}

resource "aws_autoscaling_attachment" "classic_across" {
  autoscaling_group_name = aws_autoscaling_group.classic.name
  elb                    = aws_elb.good_classic.name
}

# --- numbers ---

# BAD, medium: two machines in a, one in b, which gets half of everything: half as much again as the average.
resource "aws_lb" "bad_uneven" {
  name               = "bad-uneven"
  load_balancer_type = "network"
  internal           = true
  subnets            = [aws_subnet.public["a"].id, aws_subnet.public["b"].id]
}

resource "aws_lb_target_group" "uneven" {
  name        = "uneven"
  port        = 8080
  protocol    = "TCP"
  target_type = "instance"
  vpc_id      = aws_vpc.main.id
}

resource "aws_lb_listener" "uneven" {
  load_balancer_arn = aws_lb.bad_uneven.arn
  port              = 443
  protocol          = "TCP"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.uneven.arn
  }
}

resource "aws_instance" "uneven_1" {
  ami           = local.ami
  instance_type = "m7g.large"
  subnet_id     = aws_subnet.private["a"].id
}

resource "aws_lb_target_group_attachment" "uneven_1" {
  target_group_arn = aws_lb_target_group.uneven.arn
  target_id        = aws_instance.uneven_1.id
}

resource "aws_instance" "uneven_2" {
  ami           = local.ami
  instance_type = "m7g.large"
  subnet_id     = aws_subnet.private["a"].id
}

resource "aws_lb_target_group_attachment" "uneven_2" {
  target_group_arn = aws_lb_target_group.uneven.arn
  target_id        = aws_instance.uneven_2.id
}

resource "aws_instance" "uneven_3" {
  ami           = local.ami
  instance_type = "m7g.large"
  subnet_id     = aws_subnet.private["b"].id
}

resource "aws_lb_target_group_attachment" "uneven_3" {
  target_group_arn = aws_lb_target_group.uneven.arn
  target_id        = aws_instance.uneven_3.id
}

# BAD, medium: five tasks over three zones: the one that stands alone carries two thirds more.
resource "aws_lb" "bad_five" {
  name               = "bad-five"
  load_balancer_type = "network"
  internal           = true
  subnets            = [aws_subnet.public["a"].id, aws_subnet.public["b"].id, aws_subnet.public["c"].id]
}

resource "aws_lb_target_group" "five" {
  name        = "five"
  port        = 8080
  protocol    = "TCP"
  target_type = "ip"
  vpc_id      = aws_vpc.main.id
}

resource "aws_lb_listener" "five" {
  load_balancer_arn = aws_lb.bad_five.arn
  port              = 443
  protocol          = "TCP"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.five.arn
  }
}

resource "aws_ecs_task_definition" "five" {
  family                   = "five"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  container_definitions = jsonencode([{
    name         = "api"
    image        = local.image
    portMappings = [{ containerPort = 8080 }]
  }])
}

resource "aws_ecs_service" "five" {
  name            = "five"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.five.arn
  launch_type     = "FARGATE"
  desired_count   = 5

  network_configuration {
    subnets = [aws_subnet.private["a"].id, aws_subnet.private["b"].id, aws_subnet.private["c"].id]
  }

  load_balancer {
    target_group_arn = aws_lb_target_group.five.arn
    container_name   = "api"
    container_port   = 8080
  }
}

# BAD, medium: an application load balancer whose target group has it otherwise.
resource "aws_lb" "bad_group" {
  name               = "bad-group"
  load_balancer_type = "application"
  internal           = true
  subnets            = [aws_subnet.public["a"].id, aws_subnet.public["b"].id]
}

resource "aws_lb_target_group" "group" {
  name        = "group"
  port        = 8080
  protocol    = "HTTP"
  target_type = "ip"
  vpc_id      = aws_vpc.main.id

  load_balancing_cross_zone_enabled = "false"
}

resource "aws_lb_listener" "group" {
  load_balancer_arn = aws_lb.bad_group.arn
  port              = 443
  protocol          = "HTTP"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.group.arn
  }
}

resource "aws_ecs_task_definition" "group" {
  family                   = "group"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  container_definitions = jsonencode([{
    name         = "api"
    image        = local.image
    portMappings = [{ containerPort = 8080 }]
  }])
}

resource "aws_ecs_service" "group" {
  name            = "group"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.group.arn
  launch_type     = "FARGATE"
  desired_count   = 3

  network_configuration {
    subnets = [aws_subnet.private["a"].id, aws_subnet.private["b"].id]
  }

  load_balancer {
    target_group_arn = aws_lb_target_group.group.arn
    container_name   = "api"
    container_port   = 8080
  }
}

# GOOD: a network load balancer whose target group has it otherwise.
resource "aws_lb" "good_group" {
  name               = "good-group"
  load_balancer_type = "network"
  internal           = true
  subnets            = [aws_subnet.public["a"].id, aws_subnet.public["b"].id]
}

resource "aws_lb_target_group" "group_across" {
  name        = "group-across"
  port        = 8080
  protocol    = "TCP"
  target_type = "ip"
  vpc_id      = aws_vpc.main.id

  load_balancing_cross_zone_enabled = "true"
}

resource "aws_lb_listener" "group_across" {
  load_balancer_arn = aws_lb.good_group.arn
  port              = 443
  protocol          = "TCP"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.group_across.arn
  }
}

resource "aws_ecs_task_definition" "group_across" {
  family                   = "group-across"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  container_definitions = jsonencode([{
    name         = "api"
    image        = local.image
    portMappings = [{ containerPort = 8080 }]
  }])
}

resource "aws_ecs_service" "group_across" {
  name            = "group-across"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.group_across.arn
  launch_type     = "FARGATE"
  desired_count   = 3

  network_configuration {
    subnets = [aws_subnet.private["a"].id, aws_subnet.private["b"].id]
  }

  load_balancer {
    target_group_arn = aws_lb_target_group.group_across.arn
    container_name   = "api"
    container_port   = 8080
  }
}

# GOOD: it sends across zones.
resource "aws_lb" "good_across" {
  name               = "good-across"
  load_balancer_type = "network"
  internal           = true
  subnets            = [aws_subnet.public["a"].id, aws_subnet.public["b"].id]

  enable_cross_zone_load_balancing = true
}

resource "aws_lb_target_group" "across" {
  name        = "across"
  port        = 8080
  protocol    = "TCP"
  target_type = "instance"
  vpc_id      = aws_vpc.main.id
}

resource "aws_lb_listener" "across" {
  load_balancer_arn = aws_lb.good_across.arn
  port              = 443
  protocol          = "TCP"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.across.arn
  }
}

resource "aws_instance" "across_1" {
  ami           = local.ami
  instance_type = "m7g.large"
  subnet_id     = aws_subnet.private["a"].id
}

resource "aws_lb_target_group_attachment" "across_1" {
  target_group_arn = aws_lb_target_group.across.arn
  target_id        = aws_instance.across_1.id
}

resource "aws_instance" "across_2" {
  ami           = local.ami
  instance_type = "m7g.large"
  subnet_id     = aws_subnet.private["a"].id
}

resource "aws_lb_target_group_attachment" "across_2" {
  target_group_arn = aws_lb_target_group.across.arn
  target_id        = aws_instance.across_2.id
}

resource "aws_instance" "across_3" {
  ami           = local.ami
  instance_type = "m7g.large"
  subnet_id     = aws_subnet.private["b"].id
}

resource "aws_lb_target_group_attachment" "across_3" {
  target_group_arn = aws_lb_target_group.across.arn
  target_id        = aws_instance.across_3.id
}

# GOOD: as many in each zone as in the others.
resource "aws_lb" "good_multiple" {
  name               = "good-multiple"
  load_balancer_type = "network"
  internal           = true
  subnets            = [aws_subnet.public["a"].id, aws_subnet.public["b"].id, aws_subnet.public["c"].id]
}

resource "aws_lb_target_group" "multiple" {
  name        = "multiple"
  port        = 8080
  protocol    = "TCP"
  target_type = "ip"
  vpc_id      = aws_vpc.main.id
}

resource "aws_lb_listener" "multiple" {
  load_balancer_arn = aws_lb.good_multiple.arn
  port              = 443
  protocol          = "TCP"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.multiple.arn
  }
}

resource "aws_ecs_task_definition" "multiple" {
  family                   = "multiple"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  container_definitions = jsonencode([{
    name         = "api"
    image        = local.image
    portMappings = [{ containerPort = 8080 }]
  }])
}

resource "aws_ecs_service" "multiple" {
  name            = "multiple"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.multiple.arn
  launch_type     = "FARGATE"
  desired_count   = 6

  network_configuration {
    subnets = [aws_subnet.private["a"].id, aws_subnet.private["b"].id, aws_subnet.private["c"].id]
  }

  load_balancer {
    target_group_arn = aws_lb_target_group.multiple.arn
    container_name   = "api"
    container_port   = 8080
  }
}

# GOOD: eleven tasks over two zones: nobody carries much more than the average.
resource "aws_lb" "good_many" {
  name               = "good-many"
  load_balancer_type = "network"
  internal           = true
  subnets            = [aws_subnet.public["a"].id, aws_subnet.public["b"].id]
}

resource "aws_lb_target_group" "many" {
  name        = "many"
  port        = 8080
  protocol    = "TCP"
  target_type = "ip"
  vpc_id      = aws_vpc.main.id
}

resource "aws_lb_listener" "many" {
  load_balancer_arn = aws_lb.good_many.arn
  port              = 443
  protocol          = "TCP"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.many.arn
  }
}

resource "aws_ecs_task_definition" "many" {
  family                   = "many"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  container_definitions = jsonencode([{
    name         = "api"
    image        = local.image
    portMappings = [{ containerPort = 8080 }]
  }])
}

resource "aws_ecs_service" "many" {
  name            = "many"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.many.arn
  launch_type     = "FARGATE"
  desired_count   = 11

  network_configuration {
    subnets = [aws_subnet.private["a"].id, aws_subnet.private["b"].id]
  }

  load_balancer {
    target_group_arn = aws_lb_target_group.many.arn
    container_name   = "api"
    container_port   = 8080
  }
}

# GOOD: scaling changes the number all the time.
resource "aws_lb" "good_scaled" {
  name               = "good-scaled"
  load_balancer_type = "network"
  internal           = true
  subnets            = [aws_subnet.public["a"].id, aws_subnet.public["b"].id, aws_subnet.public["c"].id]
}

resource "aws_lb_target_group" "scaled" {
  name        = "scaled"
  port        = 8080
  protocol    = "TCP"
  target_type = "instance"
  vpc_id      = aws_vpc.main.id
}

resource "aws_lb_listener" "scaled" {
  load_balancer_arn = aws_lb.good_scaled.arn
  port              = 443
  protocol          = "TCP"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.scaled.arn
  }
}

resource "aws_launch_template" "scaled" {
  name          = "scaled"
  image_id      = local.ami
  instance_type = "m7g.large"
}

resource "aws_autoscaling_group" "scaled" {
  name                = "scaled"
  min_size            = 4
  max_size            = 12
  vpc_zone_identifier = [aws_subnet.private["a"].id, aws_subnet.private["b"].id, aws_subnet.private["c"].id]
  target_group_arns   = [aws_lb_target_group.scaled.arn]

  launch_template {
    id = aws_launch_template.scaled.id
  }
}

# GOOD: clients stay in their zones, so that the zones' shares are nobody's choice.
resource "aws_lb" "good_own_zone" {
  name               = "good-own-zone"
  load_balancer_type = "network"
  internal           = true
  subnets            = [aws_subnet.public["a"].id, aws_subnet.public["b"].id]

  dns_record_client_routing_policy = "availability_zone_affinity"
}

resource "aws_lb_target_group" "own_zone" {
  name        = "own-zone"
  port        = 8080
  protocol    = "TCP"
  target_type = "instance"
  vpc_id      = aws_vpc.main.id
}

resource "aws_lb_listener" "own_zone" {
  load_balancer_arn = aws_lb.good_own_zone.arn
  port              = 443
  protocol          = "TCP"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.own_zone.arn
  }
}

resource "aws_instance" "own_zone_1" {
  ami           = local.ami
  instance_type = "m7g.large"
  subnet_id     = aws_subnet.private["a"].id
}

resource "aws_lb_target_group_attachment" "own_zone_1" {
  target_group_arn = aws_lb_target_group.own_zone.arn
  target_id        = aws_instance.own_zone_1.id
}

resource "aws_instance" "own_zone_2" {
  ami           = local.ami
  instance_type = "m7g.large"
  subnet_id     = aws_subnet.private["a"].id
}

resource "aws_lb_target_group_attachment" "own_zone_2" {
  target_group_arn = aws_lb_target_group.own_zone.arn
  target_id        = aws_instance.own_zone_2.id
}

resource "aws_instance" "own_zone_3" {
  ami           = local.ami
  instance_type = "m7g.large"
  subnet_id     = aws_subnet.private["b"].id
}

resource "aws_lb_target_group_attachment" "own_zone_3" {
  target_group_arn = aws_lb_target_group.own_zone.arn
  target_id        = aws_instance.own_zone_3.id
}

# GOOD: one group for each zone, with as many machines.
resource "aws_lb" "good_pair" {
  name               = "good-pair"
  load_balancer_type = "network"
  internal           = true
  subnets            = [aws_subnet.public["a"].id, aws_subnet.public["b"].id]
}

resource "aws_lb_target_group" "pair" {
  name        = "pair"
  port        = 8080
  protocol    = "TCP"
  target_type = "instance"
  vpc_id      = aws_vpc.main.id
}

resource "aws_lb_listener" "pair" {
  load_balancer_arn = aws_lb.good_pair.arn
  port              = 443
  protocol          = "TCP"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.pair.arn
  }
}

resource "aws_launch_template" "pair_a" {
  name          = "pair-a"
  image_id      = local.ami
  instance_type = "m7g.large"
}

resource "aws_autoscaling_group" "pair_a" {
  name                = "pair-a"
  min_size            = 2
  max_size            = 2
  vpc_zone_identifier = [aws_subnet.private["a"].id]
  target_group_arns   = [aws_lb_target_group.pair.arn]

  launch_template {
    id = aws_launch_template.pair_a.id
  }
}

resource "aws_launch_template" "pair_b" {
  name          = "pair-b"
  image_id      = local.ami
  instance_type = "m7g.large"
}

resource "aws_autoscaling_group" "pair_b" {
  name                = "pair-b"
  min_size            = 2
  max_size            = 2
  vpc_zone_identifier = [aws_subnet.private["b"].id]
  target_group_arns   = [aws_lb_target_group.pair.arn]

  launch_template {
    id = aws_launch_template.pair_b.id
  }
}

# BAD, medium: one group for each zone, with two machines and with four.
resource "aws_lb" "bad_pair" {
  name               = "bad-pair"
  load_balancer_type = "network"
  internal           = true
  subnets            = [aws_subnet.public["a"].id, aws_subnet.public["b"].id]
}

resource "aws_lb_target_group" "unlike" {
  name        = "unlike"
  port        = 8080
  protocol    = "TCP"
  target_type = "instance"
  vpc_id      = aws_vpc.main.id
}

resource "aws_lb_listener" "unlike" {
  load_balancer_arn = aws_lb.bad_pair.arn
  port              = 443
  protocol          = "TCP"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.unlike.arn
  }
}

resource "aws_launch_template" "unlike_a" {
  name          = "unlike-a"
  image_id      = local.ami
  instance_type = "m7g.large"
}

resource "aws_autoscaling_group" "unlike_a" {
  name                = "unlike-a"
  min_size            = 2
  max_size            = 2
  vpc_zone_identifier = [aws_subnet.private["a"].id]
  target_group_arns   = [aws_lb_target_group.unlike.arn]

  launch_template {
    id = aws_launch_template.unlike_a.id
  }
}

resource "aws_launch_template" "unlike_b" {
  name          = "unlike-b"
  image_id      = local.ami
  instance_type = "m7g.large"
}

resource "aws_autoscaling_group" "unlike_b" {
  name                = "unlike-b"
  min_size            = 4
  max_size            = 4
  vpc_zone_identifier = [aws_subnet.private["b"].id]
  target_group_arns   = [aws_lb_target_group.unlike.arn]

  launch_template {
    id = aws_launch_template.unlike_b.id
  }
}

# BAD, low: tasks are packed onto few machines, whichever zones those stand in.
resource "aws_lb" "bad_packed" {
  name               = "bad-packed"
  load_balancer_type = "network"
  internal           = true
  subnets            = [aws_subnet.public["a"].id, aws_subnet.public["b"].id]
}

resource "aws_lb_target_group" "packed" {
  name        = "packed"
  port        = 8080
  protocol    = "TCP"
  target_type = "ip"
  vpc_id      = aws_vpc.main.id
}

resource "aws_lb_listener" "packed" {
  load_balancer_arn = aws_lb.bad_packed.arn
  port              = 443
  protocol          = "TCP"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.packed.arn
  }
}

resource "aws_ecs_task_definition" "packed" {
  family                   = "packed"
  requires_compatibilities = ["EC2"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  container_definitions = jsonencode([{
    name         = "api"
    image        = local.image
    portMappings = [{ containerPort = 8080 }]
  }])
}

resource "aws_ecs_service" "packed" {
  name            = "packed"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.packed.arn
  launch_type     = "EC2"
  desired_count   = 4

  network_configuration {
    subnets = [aws_subnet.private["a"].id, aws_subnet.private["b"].id]
  }

  ordered_placement_strategy {
    type  = "binpack"
    field = "memory"
  }

  load_balancer {
    target_group_arn = aws_lb_target_group.packed.arn
    container_name   = "api"
    container_port   = 8080
  }
}

# GOOD: packed within each zone.
resource "aws_lb" "good_packed" {
  name               = "good-packed"
  load_balancer_type = "network"
  internal           = true
  subnets            = [aws_subnet.public["a"].id, aws_subnet.public["b"].id]
}

resource "aws_lb_target_group" "zonal" {
  name        = "zonal"
  port        = 8080
  protocol    = "TCP"
  target_type = "ip"
  vpc_id      = aws_vpc.main.id
}

resource "aws_lb_listener" "zonal" {
  load_balancer_arn = aws_lb.good_packed.arn
  port              = 443
  protocol          = "TCP"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.zonal.arn
  }
}

resource "aws_ecs_task_definition" "zonal" {
  family                   = "zonal"
  requires_compatibilities = ["EC2"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  container_definitions = jsonencode([{
    name         = "api"
    image        = local.image
    portMappings = [{ containerPort = 8080 }]
  }])
}

resource "aws_ecs_service" "zonal" {
  name            = "zonal"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.zonal.arn
  launch_type     = "EC2"
  desired_count   = 4

  network_configuration {
    subnets = [aws_subnet.private["a"].id, aws_subnet.private["b"].id]
  }

  ordered_placement_strategy {
    type  = "spread"
    field = "attribute:ecs.availability-zone"
  }

  ordered_placement_strategy {
    type  = "binpack"
    field = "memory"
  }

  load_balancer {
    target_group_arn = aws_lb_target_group.zonal.arn
    container_name   = "api"
    container_port   = 8080
  }
}

# UNKNOWN: whether it sends across zones is known only after apply.
resource "aws_lb" "unknown_across" {
  name               = "unknown-across"
  load_balancer_type = "network"
  internal           = true
  subnets            = [aws_subnet.public["a"].id, aws_subnet.public["b"].id]

  enable_cross_zone_load_balancing = terraform_data.later.output
}

resource "aws_lb_target_group" "unclear" {
  name        = "unclear"
  port        = 8080
  protocol    = "TCP"
  target_type = "instance"
  vpc_id      = aws_vpc.main.id
}

resource "aws_lb_listener" "unclear" {
  load_balancer_arn = aws_lb.unknown_across.arn
  port              = 443
  protocol          = "TCP"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.unclear.arn
  }
}

resource "aws_instance" "unclear_1" {
  ami           = local.ami
  instance_type = "m7g.large"
  subnet_id     = aws_subnet.private["a"].id
}

resource "aws_lb_target_group_attachment" "unclear_1" {
  target_group_arn = aws_lb_target_group.unclear.arn
  target_id        = aws_instance.unclear_1.id
}

resource "aws_instance" "unclear_2" {
  ami           = local.ami
  instance_type = "m7g.large"
  subnet_id     = aws_subnet.private["a"].id
}

resource "aws_lb_target_group_attachment" "unclear_2" {
  target_group_arn = aws_lb_target_group.unclear.arn
  target_id        = aws_instance.unclear_2.id
}

resource "aws_instance" "unclear_3" {
  ami           = local.ami
  instance_type = "m7g.large"
  subnet_id     = aws_subnet.private["b"].id
}

resource "aws_lb_target_group_attachment" "unclear_3" {
  target_group_arn = aws_lb_target_group.unclear.arn
  target_id        = aws_instance.unclear_3.id
}

# UNKNOWN: which target group, and so which balancer, is known only after apply.
resource "aws_ecs_task_definition" "balancer" {
  family                   = "unknown-balancer"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  container_definitions = jsonencode([{
    name         = "api"
    image        = local.image
    portMappings = [{ containerPort = 8080 }]
  }])
}

resource "aws_ecs_service" "unknown_balancer" {
  name            = "unknown-balancer"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.balancer.arn
  launch_type     = "FARGATE"
  desired_count   = 2

  network_configuration {
    subnets = [aws_subnet.private["a"].id, aws_subnet.private["b"].id]
  }

  load_balancer {
    target_group_arn = terraform_data.later.output
    container_name   = "api"
    container_port   = 8080
  }
}

# UNKNOWN: how many tasks there are is known only after apply.
resource "aws_lb" "unknown_number" {
  name               = "unknown-number"
  load_balancer_type = "network"
  internal           = true
  subnets            = [aws_subnet.public["a"].id, aws_subnet.public["b"].id]
}

resource "aws_lb_target_group" "number" {
  name        = "number"
  port        = 8080
  protocol    = "TCP"
  target_type = "ip"
  vpc_id      = aws_vpc.main.id
}

resource "aws_lb_listener" "number" {
  load_balancer_arn = aws_lb.unknown_number.arn
  port              = 443
  protocol          = "TCP"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.number.arn
  }
}

resource "aws_ecs_task_definition" "number" {
  family                   = "number"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  container_definitions = jsonencode([{
    name         = "api"
    image        = local.image
    portMappings = [{ containerPort = 8080 }]
  }])
}

resource "aws_ecs_service" "number" {
  name            = "number"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.number.arn
  launch_type     = "FARGATE"
  desired_count   = terraform_data.later.output

  network_configuration {
    subnets = [aws_subnet.private["a"].id, aws_subnet.private["b"].id]
  }

  load_balancer {
    target_group_arn = aws_lb_target_group.number.arn
    container_name   = "api"
    container_port   = 8080
  }
}

# UNKNOWN: an address that nobody can place is registered as well.
resource "aws_lb" "unknown_address" {
  name               = "unknown-address"
  load_balancer_type = "network"
  internal           = true
  subnets            = [aws_subnet.public["a"].id, aws_subnet.public["b"].id]
}

resource "aws_lb_target_group" "address" {
  name        = "address"
  port        = 8080
  protocol    = "TCP"
  target_type = "ip"
  vpc_id      = aws_vpc.main.id
}

resource "aws_lb_listener" "address" {
  load_balancer_arn = aws_lb.unknown_address.arn
  port              = 443
  protocol          = "TCP"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.address.arn
  }
}

resource "aws_ecs_task_definition" "address" {
  family                   = "address"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  container_definitions = jsonencode([{
    name         = "api"
    image        = local.image
    portMappings = [{ containerPort = 8080 }]
  }])
}

resource "aws_ecs_service" "address" {
  name            = "address"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.address.arn
  launch_type     = "FARGATE"
  desired_count   = 3

  network_configuration {
    subnets = [aws_subnet.private["a"].id, aws_subnet.private["b"].id]
  }

  load_balancer {
    target_group_arn = aws_lb_target_group.address.arn
    container_name   = "api"
    container_port   = 8080
  }
}

resource "aws_lb_target_group_attachment" "address" {
  target_group_arn = aws_lb_target_group.address.arn
  target_id        = "10.0.1.17"
}

# --- what has no zone, or has to stay in it ---

# GOOD: a function stands nowhere.
resource "aws_lb" "good_function" {
  name               = "good-function"
  load_balancer_type = "application"
  internal           = true
  subnets            = [aws_subnet.public["a"].id, aws_subnet.public["b"].id]
}

resource "aws_lb_target_group" "function" {
  name        = "function"
  target_type = "lambda"

  load_balancing_cross_zone_enabled = "false"
}

resource "aws_lb_listener" "function" {
  load_balancer_arn = aws_lb.good_function.arn
  port              = 443
  protocol          = "HTTP"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.function.arn
  }
}

resource "aws_lambda_function" "function" {
  function_name = "function"
  role          = "arn:aws:iam::123456789012:role/function"
  package_type  = "Image"
  image_uri     = local.image
}

resource "aws_lb_target_group_attachment" "function" {
  target_group_arn = aws_lb_target_group.function.arn
  target_id        = aws_lambda_function.function.arn
}

# GOOD: packets pass through an appliance; which zones have one is another matter.
resource "aws_lb" "good_packets" {
  name               = "good-packets"
  load_balancer_type = "gateway"
  subnets            = [aws_subnet.public["a"].id, aws_subnet.public["b"].id]
}

resource "aws_lb_target_group" "packets" {
  name     = "packets"
  port     = 6081
  protocol = "GENEVE"
  vpc_id   = aws_vpc.main.id
}

resource "aws_lb_listener" "packets" {
  load_balancer_arn = aws_lb.good_packets.arn

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.packets.arn
  }
}

resource "aws_instance" "packets_1" {
  ami           = local.ami
  instance_type = "m7g.large"
  subnet_id     = aws_subnet.private["a"].id
}

resource "aws_lb_target_group_attachment" "packets_1" {
  target_group_arn = aws_lb_target_group.packets.arn
  target_id        = aws_instance.packets_1.id
}

resource "aws_instance" "packets_2" {
  ami           = local.ami
  instance_type = "m7g.large"
  subnet_id     = aws_subnet.private["a"].id
}

resource "aws_lb_target_group_attachment" "packets_2" {
  target_group_arn = aws_lb_target_group.packets.arn
  target_id        = aws_instance.packets_2.id
}

resource "aws_instance" "packets_3" {
  ami           = local.ami
  instance_type = "m7g.large"
  subnet_id     = aws_subnet.private["b"].id
}

resource "aws_lb_target_group_attachment" "packets_3" {
  target_group_arn = aws_lb_target_group.packets.arn
  target_id        = aws_instance.packets_3.id
}
