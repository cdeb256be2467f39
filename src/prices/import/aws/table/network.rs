//! Gateways, endpoints, load balancers, addresses, data transfer, names.

use super::{Entry, key, many, own};
use crate::prices::import::aws::product::Field;

const APPLICATION: &[(Field, &str)] = &[(Field::Family, "Load Balancer-Application")];
const NETWORK: &[(Field, &str)] = &[(Field::Family, "Load Balancer-Network")];
const GATEWAY: &[(Field, &str)] = &[(Field::Family, "Load Balancer-Gateway")];
const CLASSIC: &[(Field, &str)] = &[(Field::Family, "Load Balancer")];
const TO_VPC: &[(Field, &str)] = &[(Field::Operation, "TransitGatewayVPC")];

pub(super) static ENTRIES: &[Entry] = &[
    Entry::new("AmazonEC2", "NatGateway-Hours", &[own("hours"), key("aws_nat_gateway/NAT gateway", "hours")]),
    Entry::new("AmazonEC2", "NatGateway-Bytes", &[own("GB"), key("aws_nat_gateway/Data processed", "GB")]),
    Entry::new("AmazonEC2", "ElasticIP:IdleAddress", &[own("hours"), key("aws_eip/IP address (if unused)", "hours")]),
    Entry::new("AmazonEC2", "ElasticIP:AdditionalAddress", &[own("hours")]),
    // Since 2024-02 an address costs the same whether it is used or not *.
    Entry::new("AmazonVPC", "PublicIPv4:InUseAddress", &[own("hours"), key("AmazonVPC/PublicIPv4", "hours")]),
    Entry::new("AmazonVPC", "PublicIPv4:IdleAddress", &[own("hours")]),
    Entry::new(
        "AmazonVPC",
        "VpcEndpoint-Hours",
        &[own("hours"), key("aws_vpc_endpoint/Endpoint (Interface)", "hours")],
    ),
    Entry::new(
        "AmazonVPC",
        "VpcEndpoint-Bytes",
        &[
            own("GB"),
            key("aws_vpc_endpoint/Data processed (first 1PB)", "GB").from(0),
            key("aws_vpc_endpoint/Data processed (next 4PB)", "GB").from(1_048_576),
            key("aws_vpc_endpoint/Data processed (over 5PB)", "GB").from(5_242_880),
        ],
    ),
    Entry::new(
        "AmazonVPC",
        "VpcEndpoint-GWLBE-Hours",
        &[key("aws_vpc_endpoint/Endpoint (GatewayLoadBalancer)", "hours")],
    ),
    Entry::new("AmazonVPC", "VpcEndpoint-GWLBE-Bytes", &[key("aws_vpc_endpoint/Data processed", "GB")]),
    Entry::new(
        "AmazonVPC",
        "TransitGateway-Hours",
        &[key("aws_ec2_transit_gateway_vpc_attachment/Transit gateway attachment", "hours")],
    )
    .when(TO_VPC),
    Entry::new(
        "AmazonVPC",
        "TransitGateway-Bytes",
        &[key("aws_ec2_transit_gateway_vpc_attachment/Data processed", "GB")],
    )
    .when(TO_VPC),
    // Three kinds of load balancers share their usage types; the family tells them apart.
    Entry::new(
        "AWSELB",
        "LoadBalancerUsage",
        &[
            key("AWSELB/Load Balancer-Application|LoadBalancerUsage", "hours"),
            key("aws_lb/Application load balancer", "hours"),
            key("aws_alb/Application load balancer", "hours"),
        ],
    )
    .when(APPLICATION),
    Entry::new(
        "AWSELB",
        "LoadBalancerUsage",
        &[key("AWSELB/Load Balancer-Network|LoadBalancerUsage", "hours"), key("aws_lb/Network load balancer", "hours")],
    )
    .when(NETWORK),
    Entry::new(
        "AWSELB",
        "LoadBalancerUsage",
        &[
            key("AWSELB/Load Balancer(Classic)|LoadBalancerUsage", "hours"),
            key("aws_elb/Classic load balancer", "hours"),
        ],
    )
    .when(CLASSIC),
    Entry::new(
        "AWSELB",
        "LCUUsage",
        &[
            key("AWSELB/Load Balancer-Application|LCUUsage", "LCU-hours"),
            key("aws_lb/Load balancer capacity units [application]", "hours"),
            key("aws_alb/Load balancer capacity units", "hours"),
        ],
    )
    .when(APPLICATION),
    Entry::new(
        "AWSELB",
        "LCUUsage",
        &[
            key("AWSELB/Load Balancer-Network|LCUUsage", "LCU-hours"),
            key("aws_lb/Load balancer capacity units [network]", "hours"),
        ],
    )
    .when(NETWORK),
    Entry::new("AWSELB", "LoadBalancerUsage", &[key("AWSELB/Load Balancer-Gateway|LoadBalancerUsage", "hours")])
        .when(GATEWAY),
    Entry::new("AWSELB", "LCUUsage", &[key("AWSELB/Load Balancer-Gateway|LCUUsage", "LCU-hours")]).when(GATEWAY),
    Entry::new(
        "AWSELB",
        "DataProcessing-Bytes",
        &[key("AWSELB/Load Balancer(Classic)|DataProcessing-Bytes", "GB"), key("aws_elb/Data processed", "GB")],
    )
    .when(CLASSIC),
    // Each way, between zones and to public addresses of the same region.
    Entry::new(
        "AWSDataTransfer",
        "DataTransfer-Regional-Bytes",
        &[
            key("AmazonEC2/DataTransfer-Regional-Bytes", "GB"),
            key("aws_data_transfer/Intra-region data transfer", "GB"),
        ],
    )
    .when(&[(Field::TransferType, "IntraRegion")]),
    Entry::new(
        "AWSDataTransfer",
        "DataTransfer-Out-Bytes",
        &[
            own("GB"),
            key("aws_data_transfer/Outbound data transfer to Internet (first 10TB)", "GB").from(0),
            key("aws_data_transfer/Outbound data transfer to Internet (next 40TB)", "GB").from(10_240),
            key("aws_data_transfer/Outbound data transfer to Internet (next 100TB)", "GB").from(51_200),
            key("aws_data_transfer/Outbound data transfer to Internet (over 150TB)", "GB").from(153_600),
        ],
    )
    .when(&[(Field::TransferType, "AWS Outbound")]),
    Entry::new("AmazonRoute53", "HostedZone", &[own("months"), key("aws_route53_zone/Hosted zone", "months").from(0)])
        .everywhere(),
    Entry::new(
        "AmazonRoute53",
        "DNS-Queries",
        &[
            many("aws_route53_record/Standard queries (first 1B)", "1M queries", 1_000_000).from(0),
            many("aws_route53_record/Standard queries (over 1B)", "1M queries", 1_000_000).from(1_000_000_000),
        ],
    )
    .everywhere(),
    Entry::new(
        "AmazonRoute53",
        "LBR-Queries",
        &[
            many("aws_route53_record/Latency based routing queries (first 1B)", "1M queries", 1_000_000).from(0),
            many("aws_route53_record/Latency based routing queries (over 1B)", "1M queries", 1_000_000)
                .from(1_000_000_000),
        ],
    )
    .everywhere(),
    Entry::new(
        "AmazonRoute53",
        "Geo-Queries",
        &[
            many("aws_route53_record/Geo DNS queries (first 1B)", "1M queries", 1_000_000).from(0),
            many("aws_route53_record/Geo DNS queries (over 1B)", "1M queries", 1_000_000).from(1_000_000_000),
        ],
    )
    .everywhere(),
    Entry::new(
        "AmazonApiGateway",
        "ApiGatewayRequest",
        &[
            many("aws_api_gateway_rest_api/Requests (first 333M)", "1M requests", 1_000_000).from(0),
            many("aws_api_gateway_rest_api/Requests (next 667M)", "1M requests", 1_000_000).from(333_000_000),
            many("aws_api_gateway_rest_api/Requests (next 19B)", "1M requests", 1_000_000).from(1_000_000_000),
            many("aws_api_gateway_rest_api/Requests (over 20B)", "1M requests", 1_000_000).from(20_000_000_000),
        ],
    ),
    Entry::new(
        "AmazonApiGateway",
        "ApiGatewayHttpRequest",
        &[
            many("aws_apigatewayv2_api/Requests (first 300M)", "1M requests", 1_000_000).from(0),
            many("aws_apigatewayv2_api/Requests (over 300M)", "1M requests", 1_000_000).from(300_000_000),
        ],
    ),
    Entry::new(
        "AmazonApiGateway",
        "ApiGatewayMessage",
        &[
            many("aws_apigatewayv2_api/Messages (first 1B)", "1M messages", 1_000_000).from(0),
            many("aws_apigatewayv2_api/Messages (over 1B)", "1M messages", 1_000_000).from(1_000_000_000),
        ],
    ),
    Entry::new(
        "AmazonApiGateway",
        "ApiGatewayMinute",
        &[many("aws_apigatewayv2_api/Connection duration", "1M minutes", 1_000_000)],
    ),
];
