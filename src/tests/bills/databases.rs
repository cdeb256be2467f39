//! What databases cost. Prices: us-east-1, price lists as of 2023-03 (classes) and 2025-06 (disks, Aurora), in `facts/aws_rds.csv` and
//! the book's table of more regions; of SQL Server, eu-west-1.

use super::harness::{billed, item, lines, monthly, range, usage};
use crate::cost::{Comparison, Status, Usage};
use crate::prices::Row;

#[rustfmt::skip]
const PRICES: &[(&str, &str, &str)] = &[
    ("AmazonRDS/db.r5.large/postgres/single", "hours", "0.25"),
    ("AmazonRDS/db.r5.xlarge/postgres/multi", "hours", "1"),
    ("AmazonRDS/db.t3.large/postgres/single", "hours", "0.145"),
    ("AmazonRDS/db.m5.large/mysql/single", "hours", "0.171"),
    ("AmazonRDS/db.m5.large/mysql/multi", "hours", "0.342"),
    ("AmazonRDS/db.m5.large/sqlserver-standard/license-included/single", "hours", "0.996"),
    ("AmazonRDS/db.m5d.large/mysql/multi-2", "hours", "0.585"),
    ("AmazonRDS/db.r5.large/aurora-postgresql/single", "hours", "0.29"),
    ("AmazonRDS/RDS:GP2-Storage", "GB-month", "0.115"),
    ("AmazonRDS/RDS:GP3-Storage", "GB-month", "0.115"),
    ("AmazonRDS/RDS:GP3-PIOPS", "IOPS-month", "0.02"),
    ("AmazonRDS/RDS:Multi-AZ-GP3-Storage", "GB-month", "0.23"),
    ("AmazonRDS/RDS:Multi-AZ-GP3-PIOPS", "IOPS-month", "0.04"),
    ("AmazonRDS/RDS:Multi-AZ-GP3-Throughput", "MBps-month", "0.16"),
    ("AmazonRDS/RDS:Multi-AZ-PIOPS-Storage", "GB-month", "0.25"),
    ("AmazonRDS/RDS:Multi-AZ-PIOPS", "IOPS-month", "0.2"),
    ("AmazonRDS/RDS:Multi-AZCluster-PIOPS-Storage", "GB-month", "0.375"),
    ("AmazonRDS/RDS:Multi-AZCluster-PIOPS", "IOPS-month", "0.3"),
    ("AmazonRDS/RDS:StorageUsage", "GB-month", "0.1"),
    ("AmazonRDS/RDS:StorageIOUsage", "1M requests", "0.1"),
    ("AmazonRDS/RDS:ChargedBackupUsage", "GB-month", "0.095"),
    ("AmazonRDS/RDS:ProxyUsage", "vCPU-hours", "0.015"),
    ("AmazonRDS/RDS:Proxy-ASv2-Usage", "ACU-hours", "0.015"),
    ("AmazonRDS/Aurora:ServerlessV2Usage", "ACU-hours", "0.12"),
    ("AmazonRDS/Extended support (year 1-2) Aurora MySQL 5.7", "vCPU-hours", "0.1"),
    ("AmazonRDS/Extended support (year 3) Aurora PostgreSQL 11", "vCPU-hours", "0.2"),
    ("aws_rds_cluster/Storage", "GB-month", "0.1"),
    ("aws_rds_cluster/Storage (I/O-optimized)", "GB-month", "0.225"),
    ("aws_rds_cluster/I/O requests", "1M requests", "0.2"),
    ("aws_rds_cluster/Backup storage", "GB-month", "0.021"),
    ("aws_rds_cluster/Backtrack", "1M change-records", "0.012"),
    ("aws_rds_cluster/Snapshot export", "GB", "0.01"),
    ("aws_rds_cluster/Aurora serverless", "ACU-hours", "0.06"),
    ("aws_db_instance/CPU credits", "vCPU-hours", "0.075"),
    ("aws_vpc_endpoint/Endpoint (Interface)", "hours", "0.01"),
    ("aws_vpc_endpoint/Data processed (first 1PB)", "GB", "0.01"),
];

fn prices() -> Vec<Row> {
    PRICES.iter().map(|(key, unit, usd)| super::harness::price(key, unit, usd)).collect()
}

fn bill(usage: Usage) -> Comparison {
    billed("databases", prices(), usage)
}

#[test]
fn a_database_grows_and_gets_a_standby() {
    // 730 h x 1 $ = 730. 500 GB x 0.23 $ = 115, up to 1,000 GB = 230. 500 GB come with 12,000 IOPS and 500 MB/s:
    // 3,000 IOPS x 0.04 $ = 120, 100 MB/s x 0.16 $ = 16. Together 981, at most 1,096.
    let bill = bill(usage(&[]));
    assert_eq!(monthly(&bill, "aws_db_instance.main"), "981.00");
    assert_eq!(range(&bill, "aws_db_instance.main"), ("981.00".to_owned(), "1,096.00".to_owned()));
    assert_eq!(
        lines(&bill, "aws_db_instance.main"),
        [
            "Database instance (on-demand, Multi-AZ, db.r5.xlarge) | 730 hours x 1 = 730.00",
            "Storage (general purpose SSD, gp3) | 500 GB x 0.23 = 115.00",
            "Provisioned GP3 IOPS (above 12,000) | 3000 IOPS x 0.04 = 120.00",
            "Provisioned GP3 throughput (above 500 MBps) | 100 MBps x 0.16 = 16.00",
            "Additional backup storage | depends on usage, per GB x 0.095 = -",
        ]
    );
    // Before: 730 h x 0.25 $ + 100 GB x 0.115 $ = 182.50 + 11.50 = 194.
    assert_eq!(bill.before.sum.expected.to_string(), "194.00");
}

#[test]
fn a_replica_has_the_engine_and_the_disk_of_its_source() {
    // 730 h x 0.145 $ = 105.85; 500 GB x 0.115 $ = 57.50 on gp2, its own default. With 10 credits: 0.75 $.
    let bill = bill(usage(&[("aws_db_instance.replica", "monthly_cpu_credit_hrs", "10")]));
    assert_eq!(monthly(&bill, "aws_db_instance.replica"), "164.10");
}

#[test]
fn old_versions_cost_extra_from_a_day_on() {
    let bill = bill(usage(&[]));
    // MySQL 5.7 is in its third year: 730 h x (0.342 $ + 2 machines x 2 vCPU x 0.2 $) = 249.66 + 584; 100 GB x 0.25 $ = 25;
    // 2,000 IOPS x 0.2 $ = 400.
    assert_eq!(monthly(&bill, "aws_db_instance.old"), "1,258.66");
    let old = lines(&bill, "aws_db_instance.old");
    assert_eq!(old.last().unwrap(), "Extended support (year 3) | 2920 vCPU-hours x 0.2 = 584.00");
    // MySQL 8.0 pays since 2026-08-01: 730 h x (0.171 $ + 2 vCPU x 0.1 $) = 124.83 + 146; 20 GB x 0.115 $ = 2.30.
    assert_eq!(monthly(&bill, "aws_db_instance.ageing"), "273.13");
    // Whoever wants none pays none: 124.83 + 20 GB x 0.1 $ of a magnetic disk.
    assert_eq!(monthly(&bill, "aws_db_instance.pruned"), "126.83");
    // Three machines pay for three: 730 h x (0.585 $ + 6 vCPU x 0.1 $) = 427.05 + 438; 100 GB x 0.375 $ = 37.50;
    // 1,000 IOPS x 0.3 $ = 300.
    assert_eq!(monthly(&bill, "aws_rds_cluster.wide"), "1,202.55");
}

#[test]
fn a_licence_is_part_of_the_key() {
    // 730 h x 0.996 $ = 727.08; 400 GB x 0.115 $ = 46; SQL Server has 3,000 IOPS at any size: 1,000 x 0.02 $ = 20.
    assert_eq!(monthly(&bill(usage(&[])), "aws_db_instance.bought"), "793.08");
}

#[test]
fn what_nobody_knows_is_said() {
    let bill = bill(usage(&[]));
    let hidden = item(&bill, "aws_db_instance.hidden");
    assert_eq!(hidden.status, Status::Incomplete);
    // The disk is known all the same: 50 GB x 0.115 $.
    assert_eq!(hidden.sum().expected.to_string(), "5.75");
    let first = hidden.components[0].quantity.as_ref().unwrap_err();
    assert!(first.contains("instance_class is known only after apply"), "{first}");
    let Status::NotPriced(guest) = &item(&bill, "aws_rds_cluster_instance.guest").status else { panic!("a guess") };
    assert!(guest.contains("I/O-optimised cannot be told"), "{guest}");
}

#[test]
fn storage_that_is_optimised_makes_machines_dearer() {
    // 730 h x 0.29 $ x 1.3 = 275.21; PostgreSQL 13 pays since 2026-03-01: 730 h x 2 vCPU x 0.1 $ = 146.
    let bill = bill(usage(&[
        ("aws_rds_cluster.fast", "storage_gb", "100"),
        ("aws_rds_cluster.fast", "backup_snapshot_size_gb", "10"),
    ]));
    assert_eq!(monthly(&bill, "aws_rds_cluster_instance.fast[0]"), "421.21");
    // 100 GB x 0.225 $ = 22.50, 7 of 8 days x 10 GB x 0.021 $ = 1.47. Readers: between 1 and 4, of which the plan has one: none to 3
    // more, each 275.21.
    assert_eq!(item(&bill, "aws_rds_cluster.fast").sum().expected.to_string(), "23.97");
    assert_eq!(range(&bill, "aws_rds_cluster.fast"), ("23.97".to_owned(), "849.60".to_owned()));
}

#[test]
fn capacity_follows_the_load_between_bounds() {
    let bill = bill(usage(&[]));
    // 730 h x 0.12 $ x 2 = 175.20, x 16 = 1,401.60.
    assert_eq!(monthly(&bill, "aws_rds_cluster_instance.elastic"), "175.20");
    assert_eq!(range(&bill, "aws_rds_cluster_instance.elastic"), ("175.20".to_owned(), "1,401.60".to_owned()));
    // The first Serverless pauses: 730 h x 0.06 $ x 2 = 87.60, x 8 = 350.40, at the least nothing.
    assert_eq!(monthly(&bill, "aws_rds_cluster.first"), "87.60");
    assert_eq!(range(&bill, "aws_rds_cluster.first"), ("0.00".to_owned(), "350.40".to_owned()));
}

#[test]
fn usage_of_aurora() {
    // 10 GB x 0.1 $ = 1. 100 requests a second x 3,600 s x 730 h = 262.8 million x 0.2 $ = 52.56. 10,000 statements x 0.5 records
    // x 24 h x 730 h = 87.6 million x 0.012 $ = 1.0512. Together 54.61.
    let elastic = "aws_rds_cluster.elastic";
    let bill = bill(usage(&[
        (elastic, "storage_gb", "10"),
        (elastic, "read_requests_per_sec", "90"),
        (elastic, "write_requests_per_sec", "10"),
        (elastic, "average_statements_per_hr", "10000"),
        (elastic, "change_records_per_statement", "0.5"),
        ("aws_rds_cluster_instance.elastic", "capacity_units_per_hr", "4"),
    ]));
    assert_eq!(monthly(&bill, elastic), "54.61");
    // 730 h x 0.12 $ x 4.
    assert_eq!(monthly(&bill, "aws_rds_cluster_instance.elastic"), "350.40");
}

#[test]
fn a_proxy_is_paid_by_what_stands_behind_it() {
    let bill = bill(usage(&[]));
    // r5.xlarge has 4 vCPU, its standby counts nothing: 730 h x 4 x 0.015 $.
    assert_eq!(monthly(&bill, "aws_db_proxy.before[\"main\"]"), "43.80");
    // Two machines of 2 vCPU.
    assert_eq!(monthly(&bill, "aws_db_proxy.before[\"fast\"]"), "43.80");
    // 2 to 16 capacity units, at least 8: 730 h x 8 x 0.015 $ = 87.60, x 16 = 175.20.
    assert_eq!(monthly(&bill, "aws_db_proxy.before[\"elastic\"]"), "87.60");
    assert_eq!(range(&bill, "aws_db_proxy.before[\"elastic\"]"), ("87.60".to_owned(), "175.20".to_owned()));
    let Status::NotPriced(lonely) = &item(&bill, "aws_db_proxy.before[\"lonely\"]").status else { panic!("a guess") };
    assert!(lonely.contains("no target"), "{lonely}");
    // One more endpoint, in two subnets: 2 x 730 h x 0.01 $.
    assert_eq!(monthly(&bill, "aws_db_proxy_endpoint.more"), "14.60");
}
