# What the cloud runs by itself: brokers, builds, copies, workflows.

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

resource "aws_msk_cluster" "main" {
  cluster_name           = "main"
  kafka_version          = "3.6.0"
  number_of_broker_nodes = 3

  broker_node_group_info {
    instance_type   = "kafka.m5.large"
    client_subnets  = ["subnet-0a1b2c3d4e5f60001", "subnet-0a1b2c3d4e5f60002", "subnet-0a1b2c3d4e5f60003"]
    security_groups = ["sg-0a1b2c3d4e5f60001"]

    storage_info {
      ebs_storage_info {
        volume_size = 100
      }
    }
  }
}

resource "aws_appautoscaling_target" "main" {
  service_namespace  = "kafka"
  scalable_dimension = "kafka:broker-storage:VolumeSize"
  resource_id        = aws_msk_cluster.main.arn
  min_capacity       = 1
  max_capacity       = 500
}

resource "aws_mq_broker" "rabbit" {
  broker_name                = "rabbit"
  engine_type                = "RabbitMQ"
  engine_version             = "3.13"
  host_instance_type         = "mq.m5.xlarge"
  deployment_mode            = "CLUSTER_MULTI_AZ"
  auto_minor_version_upgrade = true

  user {
    username = "app"
    password = "made-up-for-a-test"
  }
}

resource "aws_dms_replication_instance" "single" {
  replication_instance_id    = "single"
  replication_instance_class = "dms.t2.micro"
  allocated_storage          = 20
}

resource "aws_dms_replication_instance" "multi" {
  replication_instance_id    = "multi"
  replication_instance_class = "dms.t2.micro"
  allocated_storage          = 70
  multi_az                   = true
}

resource "aws_mwaa_environment" "main" {
  name                 = "main"
  dag_s3_path          = "dags/"
  execution_role_arn   = "arn:aws:iam::111122223333:role/mwaa"
  source_bucket_arn    = "arn:aws:s3:::made-up"
  environment_class    = "mw1.medium"
  min_workers          = 2
  max_workers          = 5

  network_configuration {
    security_group_ids = ["sg-0a1b2c3d4e5f60001"]
    subnet_ids         = ["subnet-0a1b2c3d4e5f60001", "subnet-0a1b2c3d4e5f60002"]
  }
}

resource "aws_codebuild_project" "main" {
  name         = "main"
  service_role = "arn:aws:iam::111122223333:role/build"

  artifacts {
    type = "NO_ARTIFACTS"
  }

  environment {
    compute_type = "BUILD_GENERAL1_SMALL"
    image        = "aws/codebuild/standard:7.0"
    type         = "LINUX_CONTAINER"
  }

  source {
    type     = "GITHUB"
    location = "https://github.com/example/example.git"
  }
}

resource "aws_glue_job" "main" {
  name              = "main"
  role_arn          = "arn:aws:iam::111122223333:role/glue"
  glue_version      = "5.0"
  worker_type       = "G.2X"
  number_of_workers = 5

  command {
    script_location = "s3://made-up/job.py"
  }
}

resource "aws_cloudhsm_v2_hsm" "main" {
  cluster_id = "cluster-0a1b2c3d4e5"
  subnet_id  = "subnet-0a1b2c3d4e5f60001"
}

resource "aws_elastic_beanstalk_environment" "web" {
  name                = "web"
  application         = "web"
  solution_stack_name = "64bit Amazon Linux 2023 v4.0.0 running Docker"

  setting {
    namespace = "aws:ec2:instances"
    name      = "InstanceTypes"
    value     = "t3.small, t3.medium"
  }

  setting {
    namespace = "aws:autoscaling:asg"
    name      = "MinSize"
    value     = "2"
  }

  setting {
    namespace = "aws:elasticbeanstalk:environment"
    name      = "LoadBalancerType"
    value     = "application"
  }

  setting {
    namespace = "aws:ec2:vpc"
    name      = "AssociatePublicIpAddress"
    value     = "false"
  }
}

resource "aws_ec2_fleet" "mixed" {
  launch_template_config {
    launch_template_specification {
      launch_template_id = "lt-0a1b2c3d4e5f60001"
      version            = "1"
    }
  }

  target_capacity_specification {
    default_target_capacity_type = "spot"
    total_target_capacity        = 5
  }
}

resource "aws_emr_cluster" "main" {
  name          = "main"
  release_label = "emr-7.0.0"
  service_role  = "arn:aws:iam::111122223333:role/emr"

  ec2_attributes {
    instance_profile = "arn:aws:iam::111122223333:instance-profile/emr"
    subnet_id        = "subnet-0a1b2c3d4e5f60001"
  }

  master_instance_group {
    instance_type = "m5.xlarge"
  }

  core_instance_group {
    instance_type  = "m5.xlarge"
    instance_count = 2
  }
}

resource "aws_emr_instance_group" "tasks" {
  cluster_id     = aws_emr_cluster.main.id
  instance_type  = "m5.xlarge"
  instance_count = 4
}
