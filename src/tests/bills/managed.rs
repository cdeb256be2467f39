//! What costs that the cloud runs by itself: brokers, builds, copies, workflows.

use super::harness::{billed, item, lines, monthly, price, range, usage};
use crate::cost::{Comparison, Status};
use crate::prices::Row;

/// us-east-1, from published estimates (infracost, 2024 to 2025), and AWS's own price files by aws-price-watcher (2025).
fn prices() -> Vec<Row> {
    vec![
        price("aws_msk_cluster/Instance (kafka.m5.large)", "hours", "0.21"),
        price("aws_msk_cluster/Storage", "GB-month", "0.1"),
        price("aws_mq_broker/Instance usage (RabbitMQ, mq.m5.xlarge, cluster_multi_az)", "hours", "1.728"),
        price("aws_mq_broker/Storage (RabbitMQ, EBS)", "GB-month", "0.1"),
        price("aws_dms_replication_instance/Instance (t2.micro)", "hours", "0.018"),
        price("aws_dms_replication_instance/Instance (t2.micro) [Multi-AZ]", "hours", "0.036"),
        price("aws_dms_replication_instance/Storage (general purpose SSD, gp2) [Multi-AZ]", "GB-month", "0.23"),
        price("aws_mwaa_environment/Environment (Medium)", "hours", "0.74"),
        price("aws_mwaa_environment/Worker (Medium)", "hours", "0.11"),
        price("aws_mwaa_environment/Scheduler (Medium)", "hours", "0.11"),
        price("aws_mwaa_environment/Meta database", "GB-month", "0.1"),
        price("aws_codebuild_project/Linux (general1.small)", "minutes", "0.005"),
        price("aws_glue_job/Duration", "hours", "0.44"),
        price("aws_cloudhsm_v2_hsm/HSM usage", "hours", "1.6"),
        price("AmazonEC2/t3.small/linux", "hours", "0.0208"),
        price("AmazonEC2/m5.xlarge/linux", "hours", "0.192"),
        price("aws_instance/CPU credits", "vCPU-hours", "0.05"),
        price("AmazonEC2/EBS:VolumeUsage.gp2", "GB-month", "0.1"),
        price("aws_lb/Application load balancer", "hours", "0.0225"),
        price("AWSELB/LCUUsage ALB", "LCU-hours", "0.008"),
    ]
}

fn bill(said: &[(&str, &str, &str)]) -> Comparison {
    billed("managed", prices(), usage(said))
}

#[test]
fn brokers() {
    let bill = bill(&[("aws_mq_broker.rabbit", "storage_size_gb", "10")]);
    // 3 x 0.21 x 730 = 459.90; each broker has 100 GB at 0.10, and may grow to 500: 30 and 150.
    assert_eq!(monthly(&bill, "aws_msk_cluster.main"), "489.90");
    assert_eq!(range(&bill, "aws_msk_cluster.main"), ("489.90".to_owned(), "609.90".to_owned()));
    // 730 x 1.728 = 1,261.44; 10 GB on each of three at 0.10.
    assert_eq!(monthly(&bill, "aws_mq_broker.rabbit"), "1,264.44");
}

#[test]
fn copies_of_databases() {
    let bill = bill(&[]);
    // 730 x 0.018; 50 GB are included.
    assert_eq!(monthly(&bill, "aws_dms_replication_instance.single"), "13.14");
    // 730 x 0.036 = 26.28; 70 - 50 GB x 0.23.
    assert_eq!(monthly(&bill, "aws_dms_replication_instance.multi"), "30.88");
}

#[test]
fn workflows_builds_and_keys() {
    let bill = bill(&[
        ("aws_codebuild_project.main", "monthly_build_mins", "1000"),
        ("aws_glue_job.main", "monthly_hours", "10"),
    ]);
    // 540.20, and one worker beyond the first: 80.30; at most four.
    assert_eq!(monthly(&bill, "aws_mwaa_environment.main"), "620.50");
    assert_eq!(range(&bill, "aws_mwaa_environment.main").1, "861.40");
    assert_eq!(monthly(&bill, "aws_codebuild_project.main"), "5.00");
    // Five workers of two units: 10 h x 10 x 0.44.
    assert_eq!(monthly(&bill, "aws_glue_job.main"), "44.00");
    assert_eq!(monthly(&bill, "aws_cloudhsm_v2_hsm.main"), "1,168.00");
}

#[test]
fn an_environment_is_what_it_makes() {
    let bill = bill(&[("aws_elastic_beanstalk_environment.web", "lb.processed_bytes_gb", "1460")]);
    // Two of 4 machines: 15.184 and 8 GB x 0.10 each; a balancer at 16.425; 1,460 GB in 730 h are 2 units at 5.84.
    assert_eq!(
        lines(&bill, "aws_elastic_beanstalk_environment.web"),
        [
            "aws_launch_configuration: Instance usage (Linux/UNIX, on-demand, t3.small) | 1460 hours x 0.0208 = 30.37",
            "aws_launch_configuration: CPU credits | depends on usage, per vCPU-hours x 0.05 = -",
            "aws_ebs_volume: Storage (general purpose SSD, gp2) | 16 GB x 0.1 = 1.60",
            "aws_loadbalancer: Application load balancer | 730 hours x 0.0225 = 16.43",
            "aws_loadbalancer: Load balancer capacity units | 2 LCU x 5.84 = 11.68",
        ]
    );
    // 4 x 15.984 + 16.425 + 11.68.
    assert_eq!(range(&bill, "aws_elastic_beanstalk_environment.web").1, "92.04");
}

#[test]
fn what_has_no_price_says_why() {
    let bill = bill(&[]);
    let fleet = item(&bill, "aws_ec2_fleet.mixed");
    assert!(matches!(&fleet.status, Status::NotPriced(why) if why.contains("decided when it starts them")));
    // Three machines are known, the fee is not.
    let cluster = item(&bill, "aws_emr_cluster.main");
    assert_eq!((cluster.status.clone(), cluster.sum().expected.to_string()), (Status::Incomplete, "420.48".to_owned()));
    // And so are four that help it: 4 x 0.192 x 730.
    let tasks = item(&bill, "aws_emr_instance_group.tasks");
    assert_eq!((tasks.status.clone(), tasks.sum().expected.to_string()), (Status::Incomplete, "560.64".to_owned()));
}
