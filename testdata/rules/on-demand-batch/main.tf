# on-demand-batch: places for jobs, and the queues that draw on them; machines that help a cluster.
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
  subnets = ["subnet-0aaaaaaaaaaaaaaaa", "subnet-0bbbbbbbbbbbbbbbb"]
  groups  = ["sg-0aaaaaaaaaaaaaaaa"]
  service = "arn:aws:iam::123456789012:role/batch"
  profile = "arn:aws:iam::123456789012:instance-profile/batch"
}

variable "market" {
  type    = string
  default = "EC2"
}

# BAD, medium: its one queue has no Spot beside it, and its jobs are tried three times.
resource "aws_batch_compute_environment" "bad_machines" {
  name         = "machines"
  type         = "MANAGED"
  service_role = local.service
  compute_resources {
    type               = "EC2"
    instance_role      = local.profile
    instance_type      = ["m5.xlarge"]
    min_vcpus          = 0
    desired_vcpus      = 16
    max_vcpus          = 64
    subnets            = local.subnets
    security_group_ids = local.groups
  }
}

resource "aws_batch_job_queue" "machines" {
  name     = "machines"
  state    = "ENABLED"
  priority = 1
  compute_environment_order {
    order               = 1
    compute_environment = aws_batch_compute_environment.bad_machines.arn
  }
}

resource "aws_batch_job_definition" "retried" {
  name                  = "retried"
  type                  = "container"
  container_properties  = jsonencode({ image = "docker.io/shop/batch:3", vcpus = 4, memory = 8192 })
  platform_capabilities = ["EC2"]
  retry_strategy {
    attempts = 3
  }
}

resource "aws_cloudwatch_event_rule" "nightly" {
  name                = "nightly"
  schedule_expression = "cron(0 1 * * ? *)"
}

resource "aws_cloudwatch_event_target" "retried" {
  rule     = aws_cloudwatch_event_rule.nightly.name
  arn      = aws_batch_job_queue.machines.arn
  role_arn = local.service
  batch_target {
    job_definition = aws_batch_job_definition.retried.arn
    job_name       = "retried"
  }
}

# BAD, low: its job is tried once, as nobody says otherwise.
resource "aws_batch_compute_environment" "bad_serverless" {
  name         = "serverless"
  type         = "MANAGED"
  service_role = local.service
  compute_resources {
    type               = "FARGATE"
    max_vcpus          = 16
    subnets            = local.subnets
    security_group_ids = local.groups
  }
}

resource "aws_batch_job_queue" "serverless" {
  name     = "serverless"
  state    = "ENABLED"
  priority = 1
  compute_environment_order {
    order               = 1
    compute_environment = aws_batch_compute_environment.bad_serverless.arn
  }
}

resource "aws_batch_job_definition" "once" {
  name                  = "once"
  type                  = "container"
  platform_capabilities = ["FARGATE"]
  container_properties = jsonencode({
    image                = "docker.io/shop/report:3"
    executionRoleArn     = local.service
    resourceRequirements = [{ type = "VCPU", value = "1" }, { type = "MEMORY", value = "2048" }]
  })
}

# BAD, info: somebody chose that its jobs are tried once, and lets them run for six hours.
resource "aws_batch_compute_environment" "bad_uninterrupted" {
  name         = "uninterrupted"
  type         = "MANAGED"
  service_role = local.service
  compute_resources {
    type               = "EC2"
    instance_role      = local.profile
    instance_type      = ["r5.2xlarge"]
    min_vcpus          = 0
    max_vcpus          = 32
    subnets            = local.subnets
    security_group_ids = local.groups
  }
}

resource "aws_batch_job_queue" "uninterrupted" {
  name     = "uninterrupted"
  state    = "ENABLED"
  priority = 1
  compute_environment_order {
    order               = 1
    compute_environment = aws_batch_compute_environment.bad_uninterrupted.arn
  }
}

resource "aws_batch_job_definition" "long" {
  name                 = "long"
  type                 = "container"
  container_properties = jsonencode({ image = "docker.io/shop/model:3", vcpus = 8, memory = 65536 })
  retry_strategy {
    attempts = 1
  }
  timeout {
    attempt_duration_seconds = 21600
  }
}

resource "aws_cloudwatch_event_target" "long" {
  rule     = aws_cloudwatch_event_rule.nightly.name
  arn      = aws_batch_job_queue.uninterrupted.arn
  role_arn = local.service
  batch_target {
    job_definition = aws_batch_job_definition.long.arn
    job_name       = "long"
  }
}

# GOOD: the same queue has Spot first, and this behind it.
resource "aws_batch_compute_environment" "good_fallback" {
  name         = "fallback"
  type         = "MANAGED"
  service_role = local.service
  compute_resources {
    type               = "EC2"
    instance_role      = local.profile
    instance_type      = ["m5.xlarge"]
    max_vcpus          = 64
    subnets            = local.subnets
    security_group_ids = local.groups
  }
}

# GOOD: Spot.
resource "aws_batch_compute_environment" "good_spot" {
  name         = "spot"
  type         = "MANAGED"
  service_role = local.service
  compute_resources {
    type                = "SPOT"
    allocation_strategy = "SPOT_CAPACITY_OPTIMIZED"
    instance_role       = local.profile
    instance_type       = ["m5.xlarge", "m5a.xlarge"]
    max_vcpus           = 64
    subnets             = local.subnets
    security_group_ids  = local.groups
  }
}

resource "aws_batch_job_queue" "mixed" {
  name     = "mixed"
  state    = "ENABLED"
  priority = 1
  compute_environment_order {
    order               = 1
    compute_environment = aws_batch_compute_environment.good_spot.arn
  }
  compute_environment_order {
    order               = 2
    compute_environment = aws_batch_compute_environment.good_fallback.arn
  }
}

# GOOD: several machines run its jobs together, which no Spot environment takes.
resource "aws_batch_compute_environment" "good_gang" {
  name         = "gang"
  type         = "MANAGED"
  service_role = local.service
  compute_resources {
    type               = "EC2"
    instance_role      = local.profile
    instance_type      = ["c5n.18xlarge"]
    max_vcpus          = 288
    subnets            = local.subnets
    security_group_ids = local.groups
  }
}

resource "aws_batch_job_queue" "gang" {
  name     = "gang"
  state    = "ENABLED"
  priority = 1
  compute_environment_order {
    order               = 1
    compute_environment = aws_batch_compute_environment.good_gang.arn
  }
}

resource "aws_batch_job_definition" "gang" {
  name = "gang"
  type = "multinode"
  node_properties = jsonencode({
    mainNode            = 0
    numNodes            = 4
    nodeRangeProperties = [{ targetNodes = "0:3", container = { image = "docker.io/shop/mpi:3", vcpus = 72, memory = 180000 } }]
  })
}

resource "aws_cloudwatch_event_target" "gang" {
  rule     = aws_cloudwatch_event_rule.nightly.name
  arn      = aws_batch_job_queue.gang.arn
  role_arn = local.service
  batch_target {
    job_definition = aws_batch_job_definition.gang.arn
    job_name       = "gang"
  }
}

# GOOD: switched off.
resource "aws_batch_compute_environment" "good_disabled" {
  name         = "disabled"
  type         = "MANAGED"
  state        = "DISABLED"
  service_role = local.service
  compute_resources {
    type               = "EC2"
    instance_role      = local.profile
    instance_type      = ["m5.xlarge"]
    max_vcpus          = 64
    subnets            = local.subnets
    security_group_ids = local.groups
  }
}

# UNKNOWN: no queue of this plan draws on it.
resource "aws_batch_compute_environment" "unknown_unqueued" {
  name         = "unqueued"
  type         = "MANAGED"
  service_role = local.service
  compute_resources {
    type               = "EC2"
    instance_role      = local.profile
    instance_type      = ["m5.xlarge"]
    max_vcpus          = 64
    subnets            = local.subnets
    security_group_ids = local.groups
  }
}

# UNKNOWN: its queue draws on one elsewhere as well, which may be Spot.
resource "aws_batch_compute_environment" "unknown_elsewhere" {
  name         = "elsewhere"
  type         = "MANAGED"
  service_role = local.service
  compute_resources {
    type               = "EC2"
    instance_role      = local.profile
    instance_type      = ["m5.xlarge"]
    max_vcpus          = 64
    subnets            = local.subnets
    security_group_ids = local.groups
  }
}

resource "aws_batch_job_queue" "elsewhere" {
  name     = "elsewhere"
  state    = "ENABLED"
  priority = 1
  compute_environment_order {
    order               = 1
    compute_environment = "arn:aws:batch:us-east-1:123456789012:compute-environment/somewhere"
  }
  compute_environment_order {
    order               = 2
    compute_environment = aws_batch_compute_environment.unknown_elsewhere.arn
  }
}

# UNKNOWN: how it is bought is known only after apply.
resource "terraform_data" "market" {
  input = var.market
}

resource "aws_batch_compute_environment" "unknown_market" {
  name         = "market"
  type         = "MANAGED"
  service_role = local.service
  compute_resources {
    type               = terraform_data.market.output
    instance_role      = local.profile
    instance_type      = ["m5.xlarge"]
    max_vcpus          = 64
    subnets            = local.subnets
    security_group_ids = local.groups
  }
}

resource "aws_batch_job_queue" "market" {
  name     = "market"
  state    = "ENABLED"
  priority = 1
  compute_environment_order {
    order               = 1
    compute_environment = aws_batch_compute_environment.unknown_market.arn
  }
}

# BAD, medium: task nodes keep no data.
resource "aws_emr_instance_group" "bad_task_nodes" {
  name           = "tasks"
  cluster_id     = "j-2AXXXXXXGAPLF"
  instance_type  = "m5.2xlarge"
  instance_count = 4
}

resource "aws_emr_instance_fleet" "bad_task_fleet" {
  name                      = "fleet"
  cluster_id                = "j-2AXXXXXXGAPLG"
  target_on_demand_capacity = 8
  instance_type_configs {
    instance_type     = "m5.xlarge"
    weighted_capacity = 1
  }
}

# GOOD: Spot.
resource "aws_emr_instance_group" "good_bid" {
  name           = "bid"
  cluster_id     = "j-2AXXXXXXGAPLF"
  instance_type  = "m5.2xlarge"
  instance_count = 4
  bid_price      = "0.384"
}

resource "aws_emr_instance_fleet" "good_fleet" {
  name                      = "both"
  cluster_id                = "j-2AXXXXXXGAPLH"
  target_on_demand_capacity = 2
  target_spot_capacity      = 8
  instance_type_configs {
    instance_type     = "m5.xlarge"
    weighted_capacity = 1
  }
}

# UNKNOWN: a bid that is known only after apply may be none.
resource "aws_emr_instance_group" "unknown_bid" {
  name           = "unknown"
  cluster_id     = "j-2AXXXXXXGAPLF"
  instance_type  = "m5.2xlarge"
  instance_count = 4
  bid_price      = terraform_data.market.output
}
