# What stands at the edges of networks: load balancers, endpoints, addresses, attachments, firewalls and names.

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

resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "zone" {
  count             = 3
  vpc_id            = aws_vpc.main.id
  cidr_block        = "10.0.${count.index}.0/24"
  availability_zone = "us-east-1${["a", "b", "c"][count.index]}"
}

resource "aws_lb" "web" {
  name    = "web"
  subnets = aws_subnet.zone[*].id
}

resource "aws_alb" "inside" {
  name     = "inside"
  internal = true
  subnets  = aws_subnet.zone[*].id
}

resource "aws_eip" "network" {
  count  = 2
  domain = "vpc"
}

resource "aws_lb" "network" {
  name               = "network"
  load_balancer_type = "network"

  subnet_mapping {
    subnet_id     = aws_subnet.zone[0].id
    allocation_id = aws_eip.network[0].id
  }
  subnet_mapping {
    subnet_id     = aws_subnet.zone[1].id
    allocation_id = aws_eip.network[1].id
  }
  subnet_mapping {
    subnet_id = aws_subnet.zone[2].id
  }
}

resource "aws_lb_target_group" "tls" {
  name     = "tls"
  port     = 443
  protocol = "TLS"
  vpc_id   = aws_vpc.main.id
}

resource "aws_lb_listener" "tls" {
  load_balancer_arn = aws_lb.network.arn
  port              = 443
  protocol          = "TLS"
  certificate_arn   = "arn:aws:acm:us-east-1:111122223333:certificate/0a1b2c3d-0000-4000-8000-000000000000"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.tls.arn
  }
}

resource "aws_lb" "appliances" {
  name               = "appliances"
  load_balancer_type = "gateway"
  subnets            = [aws_subnet.zone[0].id]
}

resource "aws_elb" "old" {
  name    = "old"
  subnets = slice(aws_subnet.zone[*].id, 0, 2)

  listener {
    instance_port     = 80
    instance_protocol = "http"
    lb_port           = 80
    lb_protocol       = "http"
  }
}

data "aws_subnets" "found" {
  filter {
    name   = "vpc-id"
    values = [aws_vpc.main.id]
  }
}

# In how many subnets is known after the network is there.
resource "aws_lb" "later" {
  name    = "later"
  subnets = data.aws_subnets.found.ids
}

resource "aws_vpc_endpoint" "gateway" {
  vpc_id       = aws_vpc.main.id
  service_name = "com.amazonaws.us-east-1.s3"
}

resource "aws_vpc_endpoint" "interface" {
  vpc_id            = aws_vpc.main.id
  service_name      = "com.amazonaws.us-east-1.sqs"
  vpc_endpoint_type = "Interface"
  subnet_ids        = aws_subnet.zone[*].id
}

# Its subnets are tied to it one by one.
resource "aws_vpc_endpoint" "tied" {
  vpc_id            = aws_vpc.main.id
  service_name      = "com.amazonaws.us-east-1.sns"
  vpc_endpoint_type = "Interface"
}

resource "aws_vpc_endpoint_subnet_association" "tied" {
  count           = 2
  vpc_endpoint_id = aws_vpc_endpoint.tied.id
  subnet_id       = aws_subnet.zone[count.index].id
}

resource "aws_vpc_endpoint" "later" {
  vpc_id            = aws_vpc.main.id
  service_name      = "com.amazonaws.us-east-1.kms"
  vpc_endpoint_type = "Interface"
  subnet_ids        = data.aws_subnets.found.ids
}

resource "aws_eip" "brought" {
  domain           = "vpc"
  public_ipv4_pool = "ipv4pool-ec2-0a1b2c3d4e5f60000"
}

resource "aws_ec2_transit_gateway" "hub" {}

resource "aws_ec2_transit_gateway_vpc_attachment" "hub" {
  transit_gateway_id = aws_ec2_transit_gateway.hub.id
  vpc_id             = aws_vpc.main.id
  subnet_ids         = [aws_subnet.zone[0].id]
}

resource "aws_customer_gateway" "office" {
  bgp_asn    = 65000
  ip_address = "198.51.100.7"
  type       = "ipsec.1"
}

resource "aws_vpn_gateway" "office" {
  vpc_id = aws_vpc.main.id
}

resource "aws_vpn_connection" "hub" {
  customer_gateway_id = aws_customer_gateway.office.id
  transit_gateway_id  = aws_ec2_transit_gateway.hub.id
  type                = "ipsec.1"
}

resource "aws_vpn_connection" "plain" {
  customer_gateway_id = aws_customer_gateway.office.id
  vpn_gateway_id      = aws_vpn_gateway.office.id
  type                = "ipsec.1"
}

resource "aws_networkfirewall_firewall_policy" "main" {
  name = "main"

  firewall_policy {
    stateless_default_actions          = ["aws:pass"]
    stateless_fragment_default_actions = ["aws:drop"]
  }
}

resource "aws_networkfirewall_firewall" "main" {
  name                = "main"
  firewall_policy_arn = aws_networkfirewall_firewall_policy.main.arn
  vpc_id              = aws_vpc.main.id

  subnet_mapping {
    subnet_id = aws_subnet.zone[0].id
  }
  subnet_mapping {
    subnet_id = aws_subnet.zone[1].id
  }
}

resource "aws_route53_zone" "main" {
  name = "example.com"
}

resource "aws_route53_record" "plain" {
  zone_id = aws_route53_zone.main.id
  name    = "mail.example.com"
  type    = "A"
  ttl     = 300
  records = ["198.51.100.8"]
}

resource "aws_route53_record" "alias" {
  zone_id = aws_route53_zone.main.id
  name    = "www.example.com"
  type    = "A"

  alias {
    name                   = aws_lb.web.dns_name
    zone_id                = aws_lb.web.zone_id
    evaluate_target_health = false
  }
}

resource "aws_route53_health_check" "strict" {
  fqdn              = "www.example.com"
  type              = "HTTPS_STR_MATCH"
  port              = 443
  resource_path     = "/"
  search_string     = "well"
  request_interval  = 10
  measure_latency   = true
  failure_threshold = 3
}

resource "aws_route53_resolver_endpoint" "in" {
  direction          = "INBOUND"
  security_group_ids = ["sg-0a1b2c3d4e5f60000"]

  ip_address {
    subnet_id = aws_subnet.zone[0].id
  }
  ip_address {
    subnet_id = aws_subnet.zone[1].id
  }
}

resource "aws_globalaccelerator_accelerator" "main" {
  name = "main"
}

resource "aws_flow_log" "main" {
  vpc_id               = aws_vpc.main.id
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = "arn:aws:s3:::logs-of-example"
}

resource "aws_cloudfront_distribution" "main" {
  enabled = true

  origin {
    domain_name = "www.example.com"
    origin_id   = "www"

    custom_origin_config {
      http_port              = 80
      https_port             = 443
      origin_protocol_policy = "https-only"
      origin_ssl_protocols   = ["TLSv1.2"]
    }
  }

  default_cache_behavior {
    allowed_methods        = ["GET", "HEAD"]
    cached_methods         = ["GET", "HEAD"]
    target_origin_id       = "www"
    viewer_protocol_policy = "https-only"
    cache_policy_id        = "658327ea-f89d-4fab-a63d-7e88639e58f6"
  }

  restrictions {
    geo_restriction {
      restriction_type = "none"
    }
  }

  viewer_certificate {
    cloudfront_default_certificate = true
  }
}

resource "aws_wafv2_web_acl" "main" {
  name  = "main"
  scope = "REGIONAL"

  default_action {
    allow {}
  }

  rule {
    name     = "rate"
    priority = 1

    action {
      block {}
    }

    statement {
      rate_based_statement {
        limit              = 1000
        aggregate_key_type = "IP"
      }
    }

    visibility_config {
      cloudwatch_metrics_enabled = false
      metric_name                = "rate"
      sampled_requests_enabled   = false
    }
  }

  rule {
    name     = "common"
    priority = 2

    override_action {
      none {}
    }

    statement {
      managed_rule_group_statement {
        name        = "AWSManagedRulesCommonRuleSet"
        vendor_name = "AWS"
      }
    }

    visibility_config {
      cloudwatch_metrics_enabled = false
      metric_name                = "common"
      sampled_requests_enabled   = false
    }
  }

  visibility_config {
    cloudwatch_metrics_enabled = false
    metric_name                = "main"
    sampled_requests_enabled   = false
  }
}
