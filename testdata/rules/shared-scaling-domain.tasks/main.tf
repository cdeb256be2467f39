# shared-scaling-domain: streams and brokers, ways in, and the containers of one task.
#
# One service for each case: bad_ is to be found, good_ is not, unknown_ cannot be told. A service "behind the balancer"
# has a target group of its own. `terraform_data.decided_later` stands for whatever decides something during the apply:
# nothing in the configuration says what comes out of it.

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
  tasks = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ecs-tasks.amazonaws.com" } }]
  })
}

resource "terraform_data" "decided_later" {
  input = timestamp()
}

resource "aws_ecs_cluster" "main" {
  name = "main"
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

resource "aws_lb_target_group" "front" {
  for_each = toset([
    "reads-stream",
    "writes-stream",
    "reads-topic",
    "writes-topic",
    "reads-changes",
    "uses-table",
    "knows-broker",
    "publishes",
    "web-and-worker",
    "by-command",
    "sidecars",
    "aside",
    "named-jobs",
    "two-webs",
    "two-programs",
    "by-names",
    "by-file",
    "clock-beside"
  ])
  name        = each.key
  port        = 8080
  protocol    = "HTTP"
  target_type = "ip"
  vpc_id      = "vpc-0aaaaaaaaaaaaaaaa"
}

resource "aws_lb_listener_rule" "front" {
  for_each     = aws_lb_target_group.front
  listener_arn = aws_lb_listener.front.arn
  action {
    type             = "forward"
    target_group_arn = each.value.arn
  }
  condition {
    host_header {
      values = ["${each.key}.example.com"]
    }
  }
}

# --- streams and brokers ---

resource "aws_iam_role" "reads_stream" {
  name               = "reads-stream"
  assume_role_policy = local.tasks
}

resource "aws_iam_role_policy" "reads_stream" {
  role = aws_iam_role.reads_stream.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["kinesis:GetShardIterator", "kinesis:GetRecords"], Resource = "arn:aws:kinesis:us-east-1:123456789012:stream/clicks" }]
  })
}

resource "aws_ecs_task_definition" "reads_stream" {
  family                   = "reads-stream"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  task_role_arn            = aws_iam_role.reads_stream.arn
  container_definitions = jsonencode([{
    name         = "app"
    image        = "docker.io/shop/app:3"
    portMappings = [{ containerPort = 8080 }]
  }])
}

# BAD, high: reads a Kinesis stream.
resource "aws_ecs_service" "bad_reads_stream" {
  name            = "reads-stream"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.reads_stream.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.front["reads-stream"].arn
    container_name   = "app"
    container_port   = 8080
  }
}

resource "aws_iam_role" "writes_stream" {
  name               = "writes-stream"
  assume_role_policy = local.tasks
}

resource "aws_iam_role_policy" "writes_stream" {
  role = aws_iam_role.writes_stream.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["kinesis:PutRecord", "kinesis:PutRecords"], Resource = "arn:aws:kinesis:us-east-1:123456789012:stream/clicks" }]
  })
}

resource "aws_ecs_task_definition" "writes_stream" {
  family                   = "writes-stream"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  task_role_arn            = aws_iam_role.writes_stream.arn
  container_definitions = jsonencode([{
    name         = "app"
    image        = "docker.io/shop/app:3"
    portMappings = [{ containerPort = 8080 }]
  }])
}

# GOOD: writes it.
resource "aws_ecs_service" "good_writes_stream" {
  name            = "writes-stream"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.writes_stream.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.front["writes-stream"].arn
    container_name   = "app"
    container_port   = 8080
  }
}

resource "aws_iam_role" "reads_topic" {
  name               = "reads-topic"
  assume_role_policy = local.tasks
}

resource "aws_iam_role_policy" "reads_topic" {
  role = aws_iam_role.reads_topic.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["kafka-cluster:Connect", "kafka-cluster:ReadData", "kafka-cluster:AlterGroup"], Resource = "*" }]
  })
}

resource "aws_ecs_task_definition" "reads_topic" {
  family                   = "reads-topic"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  task_role_arn            = aws_iam_role.reads_topic.arn
  container_definitions = jsonencode([{
    name         = "app"
    image        = "docker.io/shop/app:3"
    portMappings = [{ containerPort = 8080 }]
  }])
}

# BAD, high: reads a topic of MSK.
resource "aws_ecs_service" "bad_reads_topic" {
  name            = "reads-topic"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.reads_topic.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.front["reads-topic"].arn
    container_name   = "app"
    container_port   = 8080
  }
}

resource "aws_iam_role" "writes_topic" {
  name               = "writes-topic"
  assume_role_policy = local.tasks
}

resource "aws_iam_role_policy" "writes_topic" {
  role = aws_iam_role.writes_topic.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["kafka-cluster:Connect", "kafka-cluster:WriteData"], Resource = "*" }]
  })
}

resource "aws_ecs_task_definition" "writes_topic" {
  family                   = "writes-topic"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  task_role_arn            = aws_iam_role.writes_topic.arn
  container_definitions = jsonencode([{
    name         = "app"
    image        = "docker.io/shop/app:3"
    portMappings = [{ containerPort = 8080 }]
  }])
}

# GOOD: writes one.
resource "aws_ecs_service" "good_writes_topic" {
  name            = "writes-topic"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.writes_topic.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.front["writes-topic"].arn
    container_name   = "app"
    container_port   = 8080
  }
}

resource "aws_iam_role" "reads_changes" {
  name               = "reads-changes"
  assume_role_policy = local.tasks
}

resource "aws_iam_role_policy" "reads_changes" {
  role = aws_iam_role.reads_changes.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["dynamodb:DescribeStream", "dynamodb:GetRecords"], Resource = "*" }]
  })
}

resource "aws_ecs_task_definition" "reads_changes" {
  family                   = "reads-changes"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  task_role_arn            = aws_iam_role.reads_changes.arn
  container_definitions = jsonencode([{
    name         = "app"
    image        = "docker.io/shop/app:3"
    portMappings = [{ containerPort = 8080 }]
  }])
}

# BAD, high: reads the changes of a table.
resource "aws_ecs_service" "bad_reads_changes" {
  name            = "reads-changes"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.reads_changes.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.front["reads-changes"].arn
    container_name   = "app"
    container_port   = 8080
  }
}

resource "aws_iam_role" "uses_table" {
  name               = "uses-table"
  assume_role_policy = local.tasks
}

resource "aws_iam_role_policy" "uses_table" {
  role = aws_iam_role.uses_table.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "dynamodb:*", Resource = "arn:aws:dynamodb:us-east-1:123456789012:table/carts" }]
  })
}

resource "aws_ecs_task_definition" "uses_table" {
  family                   = "uses-table"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  task_role_arn            = aws_iam_role.uses_table.arn
  container_definitions = jsonencode([{
    name         = "app"
    image        = "docker.io/shop/app:3"
    portMappings = [{ containerPort = 8080 }]
  }])
}

# GOOD: uses a table, as most services do.
resource "aws_ecs_service" "good_uses_table" {
  name            = "uses-table"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.uses_table.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.front["uses-table"].arn
    container_name   = "app"
    container_port   = 8080
  }
}

resource "aws_mq_broker" "lone" {
  broker_name        = "lone"
  engine_type        = "RabbitMQ"
  engine_version     = "3.13"
  host_instance_type = "mq.m7g.medium"
  subnet_ids         = [local.subnets[0]]
  user {
    username = "shop"
    password = "not-a-secret-1"
  }
}

resource "aws_iam_role" "knows_broker" {
  name               = "knows-broker"
  assume_role_policy = local.tasks
}

resource "aws_ecs_task_definition" "knows_broker" {
  family                   = "knows-broker"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  task_role_arn            = aws_iam_role.knows_broker.arn
  container_definitions = jsonencode([{
    name         = "app"
    image        = "docker.io/shop/app:3"
    portMappings = [{ containerPort = 8080 }]
    environment  = [{ name = "BROKER_URL", value = aws_mq_broker.lone.instances[0].endpoints[0] }]
  }])
}

# UNKNOWN: knows a broker that nobody else takes from. Roles say nothing of brokers: it may publish or consume.
resource "aws_ecs_service" "unknown_knows_broker" {
  name            = "knows-broker"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.knows_broker.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.front["knows-broker"].arn
    container_name   = "app"
    container_port   = 8080
  }
}

resource "aws_mq_broker" "busy" {
  broker_name        = "busy"
  engine_type        = "RabbitMQ"
  engine_version     = "3.13"
  host_instance_type = "mq.m7g.medium"
  subnet_ids         = [local.subnets[0]]
  user {
    username = "shop"
    password = "not-a-secret-2"
  }
}

resource "aws_iam_role" "publishes" {
  name               = "publishes"
  assume_role_policy = local.tasks
}

resource "aws_ecs_task_definition" "publishes" {
  family                   = "publishes"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  task_role_arn            = aws_iam_role.publishes.arn
  container_definitions = jsonencode([{
    name         = "app"
    image        = "docker.io/shop/app:3"
    portMappings = [{ containerPort = 8080 }]
    environment  = [{ name = "BROKER_URL", value = aws_mq_broker.busy.instances[0].endpoints[0] }]
  }])
}

# GOOD: knows a broker, from which the worker below takes.
resource "aws_ecs_service" "good_publishes" {
  name            = "publishes"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.publishes.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.front["publishes"].arn
    container_name   = "app"
    container_port   = 8080
  }
}

resource "aws_ecs_task_definition" "subscribes" {
  family                   = "subscribes"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  task_role_arn            = aws_iam_role.publishes.arn
  container_definitions = jsonencode([{
    name        = "app"
    image       = "docker.io/shop/app:3"
    environment = [{ name = "BROKER_URL", value = aws_mq_broker.busy.instances[0].endpoints[0] }]
  }])
}

# GOOD: the worker.
resource "aws_ecs_service" "good_subscribes" {
  name            = "subscribes"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.subscribes.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
}

# --- how requests come in ---

resource "aws_elb" "classic" {
  name    = "classic"
  subnets = local.subnets
  listener {
    instance_port     = 8080
    instance_protocol = "http"
    lb_port           = 80
    lb_protocol       = "http"
  }
}

resource "aws_iam_role" "behind_classic" {
  name               = "behind-classic"
  assume_role_policy = local.tasks
}

resource "aws_iam_role_policy" "behind_classic" {
  role = aws_iam_role.behind_classic.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sqs:ReceiveMessage", Resource = local.queue }]
  })
}

resource "aws_ecs_task_definition" "behind_classic" {
  family                   = "behind-classic"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  task_role_arn            = aws_iam_role.behind_classic.arn
  container_definitions = jsonencode([{
    name         = "app"
    image        = "docker.io/shop/app:3"
    portMappings = [{ containerPort = 8080 }]
  }])
}

# BAD: behind a classic balancer.
resource "aws_ecs_service" "bad_behind_classic" {
  name            = "behind-classic"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.behind_classic.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
  load_balancer {
    elb_name       = aws_elb.classic.name
    container_name = "app"
    container_port = 8080
  }
}

resource "aws_iam_role" "decided_later" {
  name               = "decided-later"
  assume_role_policy = local.tasks
}

resource "aws_iam_role_policy" "decided_later" {
  role = aws_iam_role.decided_later.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sqs:ReceiveMessage", Resource = local.queue }]
  })
}

resource "aws_ecs_task_definition" "decided_later" {
  family                   = "decided-later"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  task_role_arn            = aws_iam_role.decided_later.arn
  container_definitions = jsonencode([{
    name         = "app"
    image        = "docker.io/shop/app:3"
    portMappings = [{ containerPort = 8080 }]
  }])
}

# BAD: takes messages for certain, and has a load balancer for certain; which target group it is, is decided later.
resource "aws_ecs_service" "bad_decided_later" {
  name            = "decided-later"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.decided_later.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
  load_balancer {
    target_group_arn = terraform_data.decided_later.output
    container_name   = "app"
    container_port   = 8080
  }
}

resource "aws_service_discovery_http_namespace" "mesh" {
  name = "mesh"
}

resource "aws_iam_role" "connected" {
  name               = "connected"
  assume_role_policy = local.tasks
}

resource "aws_iam_role_policy" "connected" {
  role = aws_iam_role.connected.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sqs:ReceiveMessage", Resource = local.queue }]
  })
}

resource "aws_ecs_task_definition" "connected" {
  family                   = "connected"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  task_role_arn            = aws_iam_role.connected.arn
  container_definitions    = jsonencode([{ name = "app", image = "docker.io/shop/app:3", portMappings = [{ name = "http", containerPort = 8080 }] }])
}

# BAD: no balancer, but Service Connect offers its port to the other services under a name: they call it.
resource "aws_ecs_service" "bad_connected" {
  name            = "connected"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.connected.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
  service_connect_configuration {
    enabled   = true
    namespace = aws_service_discovery_http_namespace.mesh.arn
    service {
      port_name = "http"
      client_alias {
        dns_name = "orders"
        port     = 8080
      }
    }
  }
}

resource "aws_iam_role" "connects" {
  name               = "connects"
  assume_role_policy = local.tasks
}

resource "aws_iam_role_policy" "connects" {
  role = aws_iam_role.connects.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sqs:ReceiveMessage", Resource = local.queue }]
  })
}

resource "aws_ecs_task_definition" "connects" {
  family                   = "connects"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  task_role_arn            = aws_iam_role.connects.arn
  container_definitions    = jsonencode([{ name = "app", image = "docker.io/shop/app:3" }])
}

# GOOD: uses Service Connect to call others, and offers nothing itself.
resource "aws_ecs_service" "good_connects" {
  name            = "connects"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.connects.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
  service_connect_configuration {
    enabled   = true
    namespace = aws_service_discovery_http_namespace.mesh.arn
  }
}

resource "aws_service_discovery_private_dns_namespace" "names" {
  name = "internal.example"
  vpc  = "vpc-0aaaaaaaaaaaaaaaa"
}

resource "aws_service_discovery_service" "discovered" {
  name = "orders"
  dns_config {
    namespace_id = aws_service_discovery_private_dns_namespace.names.id
    dns_records {
      type = "A"
      ttl  = 10
    }
  }
}

resource "aws_iam_role" "discovered" {
  name               = "discovered"
  assume_role_policy = local.tasks
}

resource "aws_iam_role_policy" "discovered" {
  role = aws_iam_role.discovered.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sqs:ReceiveMessage", Resource = local.queue }]
  })
}

resource "aws_ecs_task_definition" "discovered" {
  family                   = "discovered"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  task_role_arn            = aws_iam_role.discovered.arn
  container_definitions    = jsonencode([{ name = "app", image = "docker.io/shop/app:3" }])
}

# UNKNOWN: takes messages for certain, and is registered under a name by which others may call it, or only watch it.
resource "aws_ecs_service" "unknown_discovered" {
  name            = "discovered"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.discovered.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
  service_registries {
    registry_arn = aws_service_discovery_service.discovered.arn
  }
}

resource "aws_iam_role" "only_connected" {
  name               = "only-connected"
  assume_role_policy = local.tasks
}

resource "aws_ecs_task_definition" "only_connected" {
  family                   = "only-connected"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  task_role_arn            = aws_iam_role.only_connected.arn
  container_definitions    = jsonencode([{ name = "app", image = "docker.io/shop/app:3", portMappings = [{ name = "http", containerPort = 8080 }] }])
}

# GOOD: is called through Service Connect, and takes work from nowhere.
resource "aws_ecs_service" "good_only_connected" {
  name            = "only-connected"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.only_connected.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
  service_connect_configuration {
    enabled   = true
    namespace = aws_service_discovery_http_namespace.mesh.arn
    service {
      port_name = "http"
      client_alias {
        dns_name = "carts"
        port     = 8080
      }
    }
  }
}

# --- containers of one task ---

resource "aws_ecs_task_definition" "web_and_worker" {
  family                   = "web-and-worker"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  container_definitions = jsonencode([
    { name = "web", image = "docker.io/shop/app:3", portMappings = [{ containerPort = 8080 }] },
    { name = "worker", image = "docker.io/shop/app:3" },
  ])
}

# BAD: a web container and a worker, both essential, in one task.
resource "aws_ecs_service" "bad_web_and_worker" {
  name            = "web-and-worker"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.web_and_worker.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.front["web-and-worker"].arn
    container_name   = "web"
    container_port   = 8080
  }
}

resource "aws_ecs_task_definition" "by_command" {
  family                   = "by-command"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  container_definitions = jsonencode([
    { name = "main", image = "docker.io/shop/app:3", command = ["bundle", "exec", "puma"], portMappings = [{ containerPort = 8080 }] },
    { name = "side", image = "docker.io/shop/app:3", command = ["bundle", "exec", "sidekiq"] },
  ])
}

# BAD: the names say nothing, the commands do.
resource "aws_ecs_service" "bad_by_command" {
  name            = "by-command"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.by_command.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.front["by-command"].arn
    container_name   = "main"
    container_port   = 8080
  }
}

resource "aws_ecs_task_definition" "sidecars" {
  family                   = "sidecars"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  container_definitions = jsonencode([
    { name = "web", image = "docker.io/shop/app:3", portMappings = [{ containerPort = 8080 }] },
    { name = "envoy", image = "public.ecr.aws/appmesh/aws-appmesh-envoy:v1.29" },
    { name = "queue-proxy", image = "docker.io/shop/proxy:1" },
    { name = "xray-daemon", image = "public.ecr.aws/xray/aws-xray-daemon:3" },
    { name = "datadog-agent", image = "public.ecr.aws/datadog/agent:7" },
    { name = "log_router", image = "public.ecr.aws/aws-observability/aws-for-fluent-bit:2" },
    { name = "aws-otel-collector", image = "public.ecr.aws/aws-observability/aws-otel-collector:v0.40" },
    { name = "cloudwatch-agent", image = "public.ecr.aws/cloudwatch-agent/cloudwatch-agent:1" },
  ])
}

# GOOD: proxies, agents, collectors and log routers serve the web container, essential or not.
resource "aws_ecs_service" "good_sidecars" {
  name            = "sidecars"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.sidecars.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.front["sidecars"].arn
    container_name   = "web"
    container_port   = 8080
  }
}

resource "aws_ecs_task_definition" "aside" {
  family                   = "aside"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  container_definitions = jsonencode([
    { name = "web", image = "docker.io/shop/app:3", portMappings = [{ containerPort = 8080 }] },
    { name = "worker", image = "docker.io/shop/app:3", essential = false },
  ])
}

# GOOD: the task goes on without the worker, which only helps.
resource "aws_ecs_service" "good_aside" {
  name            = "aside"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.aside.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.front["aside"].arn
    container_name   = "web"
    container_port   = 8080
  }
}

resource "aws_ecs_task_definition" "two_workers" {
  family                   = "two-workers"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  container_definitions = jsonencode([
    { name = "celery", image = "docker.io/shop/app:3", command = ["celery", "-A", "shop", "worker"] },
    { name = "beat", image = "docker.io/shop/app:3", command = ["celery", "-A", "shop", "beat"] },
  ])
}

# GOOD: two kinds of background work, and nobody calls it.
resource "aws_ecs_service" "good_two_workers" {
  name            = "two-workers"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.two_workers.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
}

resource "aws_ecs_task_definition" "named_jobs" {
  family                   = "named-jobs"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  container_definitions = jsonencode([
    { name = "jobs-api", image = "docker.io/shop/jobs-api:3", portMappings = [{ containerPort = 8080 }] },
    { name = "nginx", image = "docker.io/library/nginx:1.27" },
  ])
}

# GOOD: a web container by what it does, though its name speaks of jobs: the API of a job board.
resource "aws_ecs_service" "good_named_jobs" {
  name            = "named-jobs"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.named_jobs.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.front["named-jobs"].arn
    container_name   = "jobs-api"
    container_port   = 8080
  }
}

resource "aws_ecs_task_definition" "two_webs" {
  family                   = "two-webs"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  container_definitions = jsonencode([
    { name = "web", image = "docker.io/shop/app:3", portMappings = [{ containerPort = 8080 }] },
    { name = "scheduler-api", image = "docker.io/shop/scheduler:3", portMappings = [{ containerPort = 9090 }] },
  ])
}

# GOOD: a front end and the API of a scheduler, both called.
resource "aws_ecs_service" "good_two_webs" {
  name            = "two-webs"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.two_webs.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  network_configuration {
    subnets = local.subnets
  }
  load_balancer {
    target_group_arn = aws_lb_target_group.front["two-webs"].arn
    container_name   = "web"
    container_port   = 8080
  }
}

# --- a web server and a worker in one container ---

resource "aws_ecs_task_definition" "two_programs" {
  family                   = "two-programs"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  container_definitions = jsonencode([
    {
      name         = "main"
      image        = "shop/app:1"
      portMappings = [{ containerPort = 8080 }]
      command      = ["sh", "-c", "celery -A shop worker & exec gunicorn shop.wsgi -b :8080"]
    },
  ])
}

# BAD, high: the container starts both.
resource "aws_ecs_service" "bad_two_programs" {
  name            = "two-programs"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.two_programs.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  load_balancer {
    target_group_arn = aws_lb_target_group.front["two-programs"].arn
    container_name   = "main"
    container_port   = 8080
  }
  network_configuration {
    subnets = local.subnets
  }
}

resource "aws_ecs_task_definition" "by_names" {
  family                   = "by-names"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  container_definitions = jsonencode([
    {
      name         = "main"
      image        = "shop/app:1"
      portMappings = [{ containerPort = 8080 }]
      command      = ["honcho", "start", "web", "worker"]
    },
  ])
}

# BAD, high: processes by their names.
resource "aws_ecs_service" "bad_by_names" {
  name            = "by-names"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.by_names.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  load_balancer {
    target_group_arn = aws_lb_target_group.front["by-names"].arn
    container_name   = "main"
    container_port   = 8080
  }
  network_configuration {
    subnets = local.subnets
  }
}

resource "aws_ecs_task_definition" "by_file" {
  family                   = "by-file"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  container_definitions = jsonencode([
    {
      name         = "main"
      image        = "shop/app:1"
      portMappings = [{ containerPort = 8080 }]
      command      = ["supervisord", "-c", "/etc/supervisor/web-and-worker.conf"]
    },
  ])
}

# UNKNOWN: a file that is called after both.
resource "aws_ecs_service" "unknown_by_file" {
  name            = "by-file"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.by_file.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  load_balancer {
    target_group_arn = aws_lb_target_group.front["by-file"].arn
    container_name   = "main"
    container_port   = 8080
  }
  network_configuration {
    subnets = local.subnets
  }
}

resource "aws_ecs_task_definition" "clock_beside" {
  family                   = "clock-beside"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 512
  memory                   = 1024
  container_definitions = jsonencode([
    {
      name         = "main"
      image        = "shop/app:1"
      portMappings = [{ containerPort = 8080 }]
      command      = ["sh", "-c", "celery -A shop beat & exec gunicorn shop.wsgi -b :8080"]
    },
  ])
}

# GOOD: Celery's clock only sends.
resource "aws_ecs_service" "good_clock_beside" {
  name            = "clock-beside"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.clock_beside.arn
  launch_type     = "FARGATE"
  desired_count   = 2
  load_balancer {
    target_group_arn = aws_lb_target_group.front["clock-beside"].arn
    container_name   = "main"
    container_port   = 8080
  }
  network_configuration {
    subnets = local.subnets
  }
}
