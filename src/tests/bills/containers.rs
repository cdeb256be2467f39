//! What containers and functions cost.

use super::harness::{billed, item, lines, monthly, price, range, usage};
use crate::cost::{Comparison, Status};
use crate::prices::{Row, Tier};
use crate::units::Decimal;

/// us-east-1, AWS's own price files by aws-price-watcher (2025), Fargate Spot of 2026-09-28.
fn prices() -> Vec<Row> {
    let mut arm = price("AWSLambda/Lambda-GB-Second arm64", "GB-seconds", "0.0000133334");
    arm.tiers.push(Tier { from: Decimal::from(7_500_000_000_u64), usd: "0.0000120001".parse().expect("a decimal") });
    vec![
        price("AmazonECS/Fargate-vCPU-Hours:perCPU (linux x86)", "vCPU-hours", "0.04048"),
        price("AmazonECS/Fargate-GB-Hours (linux x86)", "GB-hours", "0.004445"),
        price("AmazonECS/SpotUsage-Fargate-vCPU-Hours:perCPU", "vCPU-hours", "0.01288871"),
        price("AmazonECS/SpotUsage-Fargate-GB-Hours", "GB-hours", "0.00141527"),
        price("AmazonECS/Fargate-ARM-vCPU-Hours:perCPU", "vCPU-hours", "0.03238"),
        price("AmazonECS/Fargate-ARM-GB-Hours", "GB-hours", "0.00356"),
        price("AmazonECS/SpotUsage-Fargate-ARM-vCPU-Hours:perCPU", "vCPU-hours", "0.01030969"),
        price("AmazonECS/SpotUsage-Fargate-ARM-GB-Hours", "GB-hours", "0.00113349"),
        price("AmazonECS/Fargate-Windows-vCPU-Hours", "vCPU-hours", "0.046552"),
        price("AmazonECS/Fargate-Windows-GB-Hours", "GB-hours", "0.00511175"),
        price("AmazonECS/Fargate-Windows-OS-Hours:perCPU", "vCPU-hours", "0.046"),
        price("AmazonECS/Fargate-EphemeralStorage-GB-Hours (beyond 20 GB)", "GB-hours", "0.000111"),
        price("AmazonVPC/PublicIPv4 (in-use or idle)", "hours", "0.005"),
        price("aws_lambda_function/Requests", "1M requests", "0.2"),
        price("AWSLambda/Lambda-GB-Second x86", "GB-seconds", "0.0000166667"),
        arm,
        price("aws_lambda_function/Ephemeral storage", "GB-seconds", "0.0000000309"),
        price("AWSLambda/Provisioned-Concurrency arm64", "GB-seconds", "0.0000033334"),
        price("AWSLambda/Duration-Provisioned arm64", "GB-seconds", "0.0000077778"),
        price("AWSAppRunner/Provisioned GB-hour", "GB-hours", "0.007"),
        price("AWSAppRunner/vCPU-hour", "vCPU-hours", "0.064"),
        price("AmazonEKS/Fargate-vCPU-Hours:perCPU", "vCPU-hours", "0.04048"),
        price("AmazonEKS/Fargate-GB-Hours", "GB-hours", "0.004445"),
        price("AmazonEC2/m5.xlarge/linux", "hours", "0.192"),
        price("AmazonEC2/EBS:VolumeUsage.gp2", "GB-month", "0.1"),
    ]
}

fn bill(said: &[(&str, &str, &str)]) -> Comparison {
    billed("containers", prices(), usage(said))
}

#[test]
fn tasks_by_their_size() {
    let bill = bill(&[]);
    // Half a vCPU: 0.5 x 0.04048 x 730 = 14.7752; 1 GB: 3.24485; 50 - 20 GB of storage x 0.000111 x 730 = 2.4309; an address: 3.65.
    // 24.10095 each; 2 of them, at most 10.
    assert_eq!(
        lines(&bill, "aws_ecs_service.x86"),
        [
            "Per GB per hour | 2 GB x 3.24485 = 6.49",
            "Per vCPU per hour | 1 CPU x 29.5504 = 29.55",
            "Ephemeral storage per GB per hour | 60 GB x 0.08103 = 4.86",
            "Public IPv4 address | 1460 hours x 0.005 = 7.30",
        ]
    );
    assert_eq!(range(&bill, "aws_ecs_service.x86"), ("48.20".to_owned(), "241.01".to_owned()));
    // 33.98296 + 4 x 3.7315775 + 33.58 for the license.
    assert_eq!(monthly(&bill, "aws_ecs_service.windows"), "82.49");
    // By the cluster's strategy on spare capacity: 0.5 x 9.4087583 + 1.0331471 + 2.4309.
    assert_eq!(monthly(&bill, "aws_ecs_service.by_cluster"), "8.17");
    // Its machines are billed, and nothing for itself.
    assert_eq!(item(&bill, "aws_ecs_service.machines").status, Status::Free);
    let unknown = item(&bill, "aws_ecs_service.unknown");
    assert!(matches!(&unknown.status, Status::NotPriced(why) if why.contains("not in this plan")), "{unknown:#?}");
}

/// ARM at 23.6374 + 2 x 2.5988 = 28.835 a task; on spare capacity 7.5260737 + 2 x 0.8274477 = 9.1809691.
#[test]
fn an_update_of_a_strategy() {
    let bill = bill(&[]);
    // Ten tasks: the base of 2, and a quarter of 8: 4 x 28.835 = 115.34; the others 6 x 9.1809691 = 55.0858.
    assert_eq!(monthly(&bill, "aws_ecs_service.arm"), "170.43");
    // Two tasks before, both of the base: 57.67. 170.4258 - 57.67 = 112.7558; nothing else changes.
    assert_eq!(bill.difference().expected.to_string(), "112.76");
}

#[test]
fn functions_by_their_use() {
    let bill = bill(&[
        ("aws_lambda_function.x86", "monthly_requests", "3000000"),
        ("aws_lambda_function.x86", "request_duration_ms", "99.5"),
        ("aws_lambda_function.arm", "monthly_requests", "10000000000"),
        ("aws_lambda_function.arm", "request_duration_ms", "1000"),
    ]);
    // 3 x 0.20; 3M x 0.1 s (rounded up to 100 ms) x 0.5 GB = 150,000 x 0.0000166667 = 2.500005; 1 GB of storage beyond 512 MB:
    // 300,000 x 0.0000000309 = 0.00927.
    assert_eq!(
        lines(&bill, "aws_lambda_function.x86"),
        [
            "Requests | 3 1M requests x 0.2 = 0.60",
            "Duration (first 6B) | 150000 GB-seconds x 0.0000166667 = 2.50",
            "Ephemeral storage | 300000 GB-seconds x 0.0000000309 = 0.01",
        ]
    );
    // 10,000 x 0.20 = 2,000; 10 billion GB-seconds: 7.5 x 13,333.4 + 2.5 x 12,000.1 = 130,000.75.
    assert_eq!(monthly(&bill, "aws_lambda_function.arm"), "132,000.75");
    // 5 x 1 GB x 2,628,000 s x 0.0000033334 = 43.800876.
    assert_eq!(monthly(&bill, "aws_lambda_provisioned_concurrency_config.arm"), "43.80");
}

#[test]
fn what_nobody_uses_yet() {
    let bill = bill(&[]);
    assert!(item(&bill, "aws_lambda_function.arm").depends_on_usage());
    // One instance is kept, 2 GB x 5.11; at most 25.
    assert_eq!(monthly(&bill, "aws_apprunner_service.web"), "10.22");
    assert_eq!(range(&bill, "aws_apprunner_service.web"), ("10.22".to_owned(), "255.50".to_owned()));
    // 4 vCPUs are one m5.xlarge: 140.16 + 30 GB x 0.10; at most 64, 16 machines.
    assert_eq!(monthly(&bill, "aws_batch_compute_environment.machines"), "143.16");
    assert_eq!(range(&bill, "aws_batch_compute_environment.machines").1, "2,290.56");
    // None to begin with, at most 16 vCPUs x 29.5504.
    assert_eq!(range(&bill, "aws_batch_compute_environment.tasks"), ("0.00".to_owned(), "472.81".to_owned()));
}

#[test]
fn pods_by_usage() {
    let bill =
        bill(&[("aws_eks_fargate_profile.jobs", "vcpus", "2"), ("aws_eks_fargate_profile.jobs", "memory_gb", "4")]);
    // 2 x 29.5504 + 4 x 3.24485.
    assert_eq!(monthly(&bill, "aws_eks_fargate_profile.jobs"), "72.08");
}
