//! What machines cost, and their disks.

use super::harness::{billed, item, lines, monthly, price, range, usage};
use crate::cost::{Comparison, Status, UnitPrice};
use crate::prices::Row;

/// us-east-1: EC2 list prices of 2026-07-20 (karpenter-provider-aws), Spot savings of 2025-07-28 (spotinfo), EBS of 2025-10-28,
/// the others of 2025 (AWS's own price files by aws-price-watcher).
fn prices() -> Vec<Row> {
    vec![
        price("AmazonEC2/m5.large/linux", "hours", "0.096"),
        price("AmazonEC2/m5.large/linux/spot-saving", "percent", "66"),
        price("AmazonEC2/m5.xlarge/linux", "hours", "0.192"),
        price("AmazonEC2/m5.xlarge/linux/spot-saving", "percent", "66"),
        price("AmazonEC2/m5.large/windows", "hours", "0.188"),
        price("AmazonEC2/t3.medium/linux", "hours", "0.0416"),
        price("AmazonEC2/m3.large/linux", "hours", "0.133"),
        price("AmazonEC2/r3.xlarge/linux", "hours", "0.333"),
        price("AmazonEC2/EBSOptimized:r3.xlarge", "hours", "0.02"),
        price("aws_instance/CPU credits", "vCPU-hours", "0.05"),
        price("AmazonCloudWatch/CW:MetricMonitorUsage", "metric-month", "0.3"),
        price("AmazonVPC/PublicIPv4 (in-use or idle)", "hours", "0.005"),
        price("aws_data_transfer/Intra-region data transfer", "GB", "0.01"),
        price("AmazonEC2/EBS:VolumeUsage.gp2", "GB-month", "0.1"),
        price("AmazonEC2/EBS:VolumeUsage.gp3", "GB-month", "0.08"),
        price("AmazonEC2/EBS:VolumeP-IOPS.gp3", "IOPS-month", "0.005"),
        price("AmazonEC2/EBS:VolumeP-Throughput.gp3", "GiBps-month", "40.96"),
        price("AmazonEC2/EBS:VolumeUsage.piops", "GB-month", "0.125"),
        price("AmazonEC2/EBS:VolumeP-IOPS.piops", "IOPS-month", "0.065"),
        price("AmazonEC2/EBS:VolumeUsage.io2", "GB-month", "0.125"),
        price("AmazonEC2/EBS:VolumeP-IOPS.io2", "IOPS-month", "0.065"),
        price("AmazonEC2/EBS:VolumeP-IOPS.io2.tier2", "IOPS-month", "0.0455"),
        price("AmazonEC2/EBS:VolumeP-IOPS.io2.tier3", "IOPS-month", "0.03185"),
        price("AmazonEC2/EBS:VolumeUsage", "GB-month", "0.05"),
        price("AmazonEC2/EBS:VolumeIOUsage", "IOs", "0.00000005"),
        price("AmazonEC2/EBS:VolumeUsage.st1", "GB-month", "0.045"),
        price("AmazonEC2/EBS:SnapshotUsage", "GB-month", "0.05"),
        price("AmazonEKS/AmazonEKS-Hours:perCluster", "hours", "0.1"),
        price("AmazonEKS/AmazonEKS-Hours:extendedSupport", "hours", "0.5"),
        price("aws_ec2_host/EC2 Dedicated Host (on-demand, c5)", "hours", "3.366"),
    ]
}

fn bill(said: &[(&str, &str, &str)]) -> Comparison {
    billed("machines", prices(), usage(said))
}

#[test]
fn a_machine_with_its_disks_and_its_address() {
    let bill = bill(&[
        ("aws_instance.public", "monthly_cpu_credit_hrs", "10"),
        ("aws_instance.public", "monthly_cross_zone_gb", "100"),
    ]);
    // 730 h x 0.096 $ = 70.08 $, and a root disk of 8 GB gp2 at 0.10 $.
    assert_eq!(monthly(&bill, "aws_instance.plain"), "70.88");
    // 730 x 0.0416 = 30.368; 7 metrics x 0.30 = 2.10; 10 h x 2 vCPUs x 0.05 = 1.00; 730 x 0.005 = 3.65; 100 GB x 0.02 = 2.00;
    // gp3: 50 GB x 0.08 = 4.00, 4,000 - 3,000 IOPS x 0.005 = 5.00, 225 - 125 MB/s x 0.04 = 4.00;
    // io1: 100 GB x 0.125 = 12.50, 1,000 IOPS x 0.065 = 65.00. Together 129.618.
    assert_eq!(
        lines(&bill, "aws_instance.public"),
        [
            "Instance usage (Linux/UNIX, on-demand, t3.medium) | 730 hours x 0.0416 = 30.37",
            "EC2 detailed monitoring | 7 metrics x 0.3 = 2.10",
            "CPU credits | 20 vCPU-hours x 0.05 = 1.00",
            "Public IPv4 address | 730 hours x 0.005 = 3.65",
            "Data transfer between zones | 100 GB x 0.02 = 2.00",
            "root_block_device: Storage (general purpose SSD, gp3) | 50 GB x 0.08 = 4.00",
            "root_block_device: Provisioned IOPS | 1000 IOPS x 0.005 = 5.00",
            "root_block_device: Provisioned throughput | 100 Mbps x 0.04 = 4.00",
            "ebs_block_device[0]: Storage (provisioned IOPS SSD, io1) | 100 GB x 0.125 = 12.50",
            "ebs_block_device[0]: Provisioned IOPS | 1000 IOPS x 0.065 = 65.00",
        ]
    );
    assert_eq!(monthly(&bill, "aws_instance.public"), "129.62");
}

#[test]
fn what_a_subnet_elsewhere_gives_is_not_guessed() {
    let address = |bill: &Comparison| lines(bill, "aws_instance.elsewhere").swap_remove(1);
    assert_eq!(address(&bill(&[])), "Public IPv4 address | depends on usage, per hours x 0.005 = -");
    assert_eq!(monthly(&bill(&[]), "aws_instance.elsewhere"), "70.88");
    let said = bill(&[("aws_instance.elsewhere", "public_ipv4_addresses", "1")]);
    assert_eq!(address(&said), "Public IPv4 address | 730 hours x 0.005 = 3.65");
}

#[test]
fn usage_says_what_it_runs_and_how_long() {
    let bill = bill(&[
        ("aws_instance.plain", "operating_system", "windows"),
        ("aws_instance.plain", "monthly_hrs", "100"),
        ("aws_instance.elsewhere", "reserved_instance_type", "standard"),
        ("aws_instance.elsewhere", "reserved_instance_term", "1_year"),
        ("aws_instance.elsewhere", "reserved_instance_payment_option", "no_upfront"),
    ]);
    // 100 h x 0.188 = 18.80, and the disk.
    assert_eq!(
        lines(&bill, "aws_instance.plain")[0],
        "Instance usage (Windows, on-demand, m5.large) | 100 hours x 0.188 = 18.80"
    );
    assert_eq!(monthly(&bill, "aws_instance.plain"), "19.60");
    // The list price is not that of a reservation.
    let reserved = item(&bill, "aws_instance.elsewhere");
    assert_eq!(reserved.components[0].name, "Instance usage (Linux/UNIX, reserved, m5.large)");
    assert!(reserved.components[0].price.is_err() && reserved.status == Status::Incomplete);
}

#[test]
fn what_cannot_be_told_is_not_zero() {
    let bill = bill(&[]);
    let unknown = item(&bill, "aws_instance.unknown");
    assert_eq!(unknown.components[0].quantity, Err("instance_type is known only after apply".to_owned()));
    assert_eq!(unknown.status, Status::Incomplete);
    let dedicated = item(&bill, "aws_instance.dedicated");
    assert!(dedicated.components[0].price.is_err(), "a dedicated machine has another price");
    let restored = item(&bill, "aws_ebs_volume.restored");
    assert_eq!(restored.status, Status::NotPriced("size is that of its snapshot".to_owned()));
}

#[test]
fn what_modules_hand_on_as_null_is_not_set() {
    let bill = billed("passed", prices(), usage(&[]));
    // 730 h x 0.133 $ = 97.09 $, and 8 GB at 0.10 $.
    for silent in ["module.silent.aws_instance.one", "module.twice.module.machine.aws_instance.one"] {
        assert_eq!(monthly(&bill, silent), "97.89");
    }
    let open = item(&bill, "module.open.aws_instance.one");
    assert_eq!(open.components[0].quantity, Err("tenancy is known only after apply".to_owned()));
    // 730 h x (0.333 + 0.02) $ = 257.69 $, and the disk. A machine that cannot have a line for its disks does not pay for one.
    assert_eq!(monthly(&bill, "aws_instance.optimized"), "258.49");
    // 100 h x (0.333 + 0.02) $ = 35.30 $, and the disk.
    let some = billed("passed", prices(), usage(&[("aws_instance.optimized", "monthly_hrs", "100")]));
    assert_eq!(monthly(&some, "aws_instance.optimized"), "36.10");
}

#[test]
fn groups_have_a_range() {
    let bill = bill(&[]);
    // m5.large 70.08 and 30 GB gp3 at 0.08 = 2.40: 72.48 each; 2, 4 and 10 of them.
    assert_eq!(monthly(&bill, "aws_autoscaling_group.web"), "289.92");
    assert_eq!(range(&bill, "aws_autoscaling_group.web"), ("144.96".to_owned(), "724.80".to_owned()));
    // Watched by the minute unless it says otherwise: 70.08 + 2.10 + 0.80.
    assert_eq!(monthly(&bill, "aws_autoscaling_group.old"), "72.98");
    assert_eq!(item(&bill, "aws_launch_template.web").status, Status::Elsewhere);
}

/// The m5.xlarge counts for two units of capacity: 140.16 $ a month, 47.65 $ on spare capacity (66 % less), and 2.40 $ of disk.
#[test]
fn mixed_groups_by_weight() {
    let bill = bill(&[]);
    // 6 units are 3 machines. 2 units on demand, and half of the other 4: 4 units, 2 machines; 1 machine on spare capacity.
    // 2 x 140.16 + 47.6544 + 3 x 2.40 = 335.1744.
    assert_eq!(
        lines(&bill, "aws_autoscaling_group.mixed"),
        [
            "Instance usage (Linux/UNIX, on-demand, m5.xlarge) | 1460 hours x 0.192 = 280.32",
            "Instance usage (Linux/UNIX, spot, m5.xlarge) | 730 hours x 0.06528 = 47.65",
            "block_device_mapping[0]: Storage (general purpose SSD, gp3) | 90 GB x 0.08 = 7.20",
        ]
    );
    // 2 units: one machine, 142.56. 12 units: 2 + 5 are 7 units, 4 machines, and 2 more:
    // 4 x 140.16 + 2 x 47.6544 + 6 x 2.40 = 670.3488.
    assert_eq!(range(&bill, "aws_autoscaling_group.mixed"), ("142.56".to_owned(), "670.35".to_owned()));
}

#[test]
fn spare_capacity_is_an_estimate() {
    let bill = bill(&[]);
    // 70.08 x 0.34 = 23.8272, and the disk.
    assert_eq!(monthly(&bill, "aws_spot_instance_request.one"), "24.63");
    assert!(
        item(&bill, "aws_spot_instance_request.one").components[0].price.as_ref().is_ok_and(UnitPrice::is_estimate)
    );
}

#[test]
fn clusters_and_nodes() {
    let bill = bill(&[("aws_eks_node_group.template", "instances", "3")]);
    // Standard support of 1.32 ended on 2026-03-23: 730 x (0.10 + 0.50).
    assert_eq!(monthly(&bill, "aws_eks_cluster.main"), "438.00");
    assert_eq!(monthly(&bill, "aws_eks_cluster.newest"), "73.00");
    // 3 x (23.8272 + 20 GB x 0.10) = 77.4816; 1 and 5 of them.
    assert_eq!(monthly(&bill, "aws_eks_node_group.main"), "77.48");
    assert_eq!(range(&bill, "aws_eks_node_group.main"), ("25.83".to_owned(), "129.14".to_owned()));
    // As the group of the same template: 72.48 each; on average there are 3.
    assert_eq!(monthly(&bill, "aws_eks_node_group.template"), "217.44");
}

#[test]
fn volumes() {
    let bill = bill(&[("aws_ebs_volume.magnetic", "monthly_standard_io_requests", "3000000")]);
    assert_eq!(monthly(&bill, "aws_ebs_volume.gp2"), "10.00");
    // 1,000 GB x 0.125 = 125; 32,000 x 0.065 = 2,080; 32,000 x 0.0455 = 1,456; 36,000 x 0.03185 = 1,146.60.
    assert_eq!(monthly(&bill, "aws_ebs_volume.io2"), "4,807.60");
    // 20 x 0.05 = 1.00, and 3 million requests at 0.05 a million.
    assert_eq!(monthly(&bill, "aws_ebs_volume.magnetic"), "1.15");
    // All that was written to a volume of 100 GB: 100 x 0.05.
    assert_eq!(monthly(&bill, "aws_ebs_snapshot.gp2"), "5.00");
    // 730 x 3.366.
    assert_eq!(monthly(&bill, "aws_ec2_host.own"), "2,457.18");
}
