//! What stands at the edges of networks costs. All prices are those of us-east-1: AWS's price list of 2025-01 to 2025-06, and
//! Infracost's goldens of 2024-07 where it has none.

use super::harness::{billed, item, lines, monthly, price, usage};
use crate::cost::Status;
use crate::prices::Row;

fn prices() -> Vec<Row> {
    vec![
        price("aws_lb/Application load balancer", "hours", "0.0225"),
        price("aws_lb/Network load balancer", "hours", "0.0225"),
        price("aws_lb/Gateway load balancer", "hours", "0.0125"),
        price("AWSELB/LCUUsage ALB", "LCU-hours", "0.008"),
        price("AWSELB/LCUUsage NLB", "NLCU-hours", "0.006"),
        price("AWSELB/LCUUsage GWLB", "GLCU-hours", "0.004"),
        price("aws_elb/Classic load balancer", "hours", "0.025"),
        price("AWSELB/DataProcessing-Bytes", "GB", "0.008"),
        price("AmazonVPC/PublicIPv4 (in-use or idle)", "hours", "0.005"),
        price("aws_vpc_endpoint/Endpoint (Interface)", "hours", "0.01"),
        price("aws_vpc_endpoint/Data processed (first 1PB)", "GB", "0.01"),
        price("aws_vpc_endpoint/Data processed (next 4PB)", "GB", "0.006"),
        price("aws_ec2_transit_gateway_vpc_attachment/Transit gateway attachment", "hours", "0.05"),
        price("aws_ec2_transit_gateway_vpc_attachment/Data processed", "GB", "0.02"),
        price("aws_vpn_connection/VPN connection", "hours", "0.05"),
        price("aws_vpn_connection/Transit gateway attachment", "hours", "0.05"),
        price("aws_vpn_connection/Data processed", "GB", "0.02"),
        price("aws_networkfirewall_firewall/Network Firewall Endpoint", "hours", "0.395"),
        price("aws_networkfirewall_firewall/Data Processed", "GB", "0.065"),
        price("aws_route53_zone/Hosted zone", "months", "0.5"),
        price("aws_route53_record/Standard queries (first 1B)", "1M queries", "0.4"),
        price("aws_route53_record/Standard queries (over 1B)", "1M queries", "0.2"),
        price("aws_route53_health_check/Health check", "months", "0.5"),
        price("aws_route53_health_check/Optional features", "months", "1"),
        price("aws_route53_health_check/Health check [non-AWS endpoint]", "months", "0.75"),
        price("aws_route53_health_check/Optional features [non-AWS endpoint]", "months", "2"),
        price("aws_route53_resolver_endpoint/Resolver endpoints", "hours", "0.125"),
        price("aws_route53_resolver_endpoint/DNS queries (first 1B)", "1M queries", "0.4"),
        price("aws_globalaccelerator_accelerator/Fixed fee", "hours", "0.025"),
        price("AmazonCloudWatch/S3-Egress-Bytes", "GB", "0.25"),
        price("aws_wafv2_web_acl/Web ACL usage", "months", "5"),
        price("aws_wafv2_web_acl/Rules", "rules", "1"),
        price("aws_wafv2_web_acl/Managed rule groups", "groups", "1"),
        price("aws_wafv2_web_acl/Requests", "1M requests", "0.6"),
    ]
}

#[test]
fn load_balancers_by_hours_units_and_addresses() {
    let said = usage(&[
        ("aws_lb.web", "new_connections", "100"),
        ("aws_lb.web", "active_connections", "3000"),
        ("aws_lb.web", "processed_bytes_gb", "1460"),
        ("aws_alb.inside", "rule_evaluations", "500"),
        ("aws_lb.network", "new_connections", "100"),
        ("aws_lb.appliances", "active_connections", "120000"),
        ("aws_elb.old", "monthly_data_processed_gb", "100"),
    ]);
    let bill = billed("edges", prices(), said);
    // 100 new connections a second need 100 / 25 = 4 units, 3,000 active ones 1, and 1,460 GB / 730 h 2: four are billed in each
    // hour. 4 x 0.008 $ x 730 = 23.36 $. A public address in each of three subnets: 3 x 730 x 0.005 $ = 10.95 $.
    assert_eq!(
        lines(&bill, "aws_lb.web"),
        [
            "Application load balancer | 730 hours x 0.0225 = 16.43",
            "Load balancer capacity units | 4 LCU x 5.84 = 23.36",
            "Public IPv4 addresses | 2190 hours x 0.005 = 10.95",
        ]
    );
    // Inside the network: no public address. Half a unit: 0.5 x 5.84 $ = 2.92 $; 16.425 $ + 2.92 $ = 19.345 $.
    assert_eq!(lines(&bill, "aws_alb.inside").len(), 2);
    assert_eq!(monthly(&bill, "aws_alb.inside"), "19.35");
    // Its listener speaks TLS: 50 new connections a second make a unit. 2 x 0.006 $ x 730 = 8.76 $. Of its three addresses two are
    // Elastic IPs: 3.65 $ remain. 16.425 $ + 8.76 $ + 3.65 $ = 28.835 $.
    assert_eq!(monthly(&bill, "aws_lb.network"), "28.84");
    assert_eq!(monthly(&bill, "aws_eip.network[0]"), "3.65");
    // 730 h x 0.0125 $ = 9.125 $; 120,000 / 60,000 = 2 units at 0.004 $ x 730 = 2.92 $: 9.125 $ + 5.84 $ = 14.965 $.
    assert_eq!(monthly(&bill, "aws_lb.appliances"), "14.97");
    // 730 h x 0.025 $ = 18.25 $, 100 GB x 0.008 $ = 0.80 $, two addresses 7.30 $.
    assert_eq!(monthly(&bill, "aws_elb.old"), "26.35");
}

#[test]
fn where_the_number_of_subnets_is_open_it_is_not_guessed() {
    let bill = billed("edges", prices(), usage(&[]));
    let later = item(&bill, "aws_lb.later");
    assert_eq!(later.status, Status::Incomplete);
    let address = later.components.iter().find(|line| line.name == "Public IPv4 addresses").expect("its addresses");
    assert!(address.quantity.as_ref().is_err_and(|why| why.starts_with("subnets is ")), "{address:#?}");
    let endpoint = item(&bill, "aws_vpc_endpoint.later");
    let hours = endpoint.components.first().expect("its hours");
    assert!(hours.quantity.as_ref().is_err_and(|why| why.starts_with("subnet_ids is ")), "{hours:#?}");
}

#[test]
fn endpoints_by_zone_and_gigabyte() {
    let said = usage(&[("aws_vpc_endpoint.interface", "monthly_data_processed_gb", "2000000")]);
    let bill = billed("edges", prices(), said);
    assert_eq!(item(&bill, "aws_vpc_endpoint.gateway").status, Status::Free);
    // 3 x 730 h x 0.01 $ = 21.90 $; 1,048,576 GB x 0.01 $ = 10,485.76 $, the other 951,424 GB x 0.006 $ = 5,708.544 $.
    assert_eq!(
        lines(&bill, "aws_vpc_endpoint.interface"),
        [
            "Endpoint (Interface) | 2190 hours x 0.01 = 21.90",
            "Data processed (first 1PB) | 1048576 GB x 0.01 = 10,485.76",
            "Data processed (next 4PB) | 951424 GB x 0.006 = 5,708.54",
        ]
    );
    // Two subnets are tied to it: 2 x 7.30 $.
    assert_eq!(monthly(&bill, "aws_vpc_endpoint.tied"), "14.60");
}

#[test]
fn addresses_that_somebody_brought_cost_nothing() {
    let bill = billed("edges", prices(), usage(&[]));
    assert_eq!(item(&bill, "aws_eip.brought").status, Status::Free);
}

#[test]
fn attachments_tunnels_and_firewalls() {
    let said = usage(&[("aws_ec2_transit_gateway_vpc_attachment.hub", "monthly_data_processed_gb", "100")]);
    let bill = billed("edges", prices(), said);
    // 730 h x 0.05 $ = 36.50 $, 100 GB x 0.02 $ = 2 $.
    assert_eq!(monthly(&bill, "aws_ec2_transit_gateway_vpc_attachment.hub"), "38.50");
    // A connection to a transit gateway is an attachment as well.
    assert_eq!(monthly(&bill, "aws_vpn_connection.hub"), "73.00");
    assert_eq!(monthly(&bill, "aws_vpn_connection.plain"), "36.50");
    // 2 x 730 h x 0.395 $.
    assert_eq!(monthly(&bill, "aws_networkfirewall_firewall.main"), "576.70");
    // 730 h x 0.025 $.
    assert_eq!(monthly(&bill, "aws_globalaccelerator_accelerator.main"), "18.25");
    // A group of Amazon's costs what a rule costs: 5 $ + 1 $ + 1 $.
    assert_eq!(monthly(&bill, "aws_wafv2_web_acl.main"), "7.00");
    for free in ["aws_vpc.main", "aws_lb_target_group.tls", "aws_customer_gateway.office", "aws_lb_listener.tls"] {
        assert_eq!(item(&bill, free).status, Status::Free, "{free}");
    }
}

#[test]
fn names_and_logs_of_traffic() {
    let said = usage(&[
        ("aws_route53_record.plain", "monthly_standard_queries", "1500000000"),
        ("aws_flow_log.main", "monthly_data_ingested_gb", "10"),
    ]);
    let bill = billed("edges", prices(), said);
    assert_eq!(monthly(&bill, "aws_route53_zone.main"), "0.50");
    // 1,000 million x 0.40 $ + 500 million x 0.20 $.
    assert_eq!(monthly(&bill, "aws_route53_record.plain"), "500.00");
    assert_eq!(item(&bill, "aws_route53_record.alias").status, Status::Free);
    // 0.50 $, and 1 $ each for HTTPS, the text, ten seconds and latency.
    assert_eq!(monthly(&bill, "aws_route53_health_check.strict"), "4.50");
    let abroad = billed("edges", prices(), usage(&[("aws_route53_health_check.strict", "endpoint_type", "non_aws")]));
    assert_eq!(monthly(&abroad, "aws_route53_health_check.strict"), "8.75");
    // 2 x 730 h x 0.125 $.
    assert_eq!(monthly(&bill, "aws_route53_resolver_endpoint.in"), "182.50");
    // To S3: 10 GB x 0.25 $.
    assert_eq!(monthly(&bill, "aws_flow_log.main"), "2.50");
}

/// Europe: 0.085 $ a GB for the first 10 TB, 0.08 $ for the next 40 TB; 0.012 $ for 10,000 requests by HTTPS.
#[test]
fn a_distribution_by_where_its_viewers_are() {
    let key = |name: &str| format!("aws_cloudfront_distribution/Europe, Israel: {name}");
    let prices = vec![
        price(&key("Data transfer out to internet (first 10TB)"), "GB", "0.085"),
        price(&key("Data transfer out to internet (next 40TB)"), "GB", "0.08"),
        price(&key("HTTPS requests"), "10k requests", "0.012"),
        price("aws_cloudfront_distribution/Origin shield HTTP requests (South America)", "10k requests", "0.016"),
    ];
    let address = "aws_cloudfront_distribution.main";
    let said = usage(&[
        (address, "monthly_data_transfer_to_internet_gb.europe", "12000"),
        (address, "monthly_https_requests.europe", "1000000"),
        (address, "monthly_shield_requests.south_america", "50000"),
    ]);
    let bill = billed("edges", prices, said);
    // 10,240 GB x 0.085 $ = 870.40 $; 1,760 GB x 0.08 $ = 140.80 $; 100 x 0.012 $ = 1.20 $.
    let all = lines(&bill, address);
    let wanted = [
        "Europe, Israel: Data transfer out to internet (first 10TB) | 10240 GB x 0.085 = 870.40",
        "Europe, Israel: Data transfer out to internet (next 40TB) | 1760 GB x 0.08 = 140.80",
        "Europe, Israel: HTTPS requests | 100 10k requests x 0.012 = 1.20",
        "Origin shield HTTP requests (South America) | 5 10k requests x 0.016 = 0.08",
    ];
    assert!(wanted.iter().all(|line| all.iter().any(|one| one == line)), "{all:#?}");
    // What nobody states stands there once, for one part of the world.
    assert!(
        all.iter().any(|line| line.starts_with("US, Mexico, Canada: HTTP requests | depends on usage")),
        "{all:#?}"
    );
    assert!(!all.iter().any(|line| line.starts_with("India")), "{all:#?}");
}

#[test]
fn what_changes_is_the_difference() {
    let mut prices = prices();
    prices.push(price("AmazonCloudWatch/CW:AlarmMonitorUsage", "alarm-months", "0.1"));
    prices.push(price("AmazonCloudWatch/CW:HighResAlarmMonitorUsage", "alarm-months", "0.3"));
    let bill = billed("growth", prices, usage(&[]));
    // Two zones 14.60 $ and an alarm 0.10 $; then three zones 21.90 $ and an alarm that looks more often 0.30 $.
    assert_eq!(bill.before.sum.expected.to_string(), "14.70");
    assert_eq!(bill.after.sum.expected.to_string(), "22.20");
    assert_eq!(bill.difference().expected.to_string(), "7.50");
}
