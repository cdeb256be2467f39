//! What tables, objects, files and streams cost. Prices: us-east-1, the book's table of more regions of 2024-09 and 2025-06, published
//! estimates of 2024-07 to 2025-09; Flink: eu-west-2.

use super::harness::{billed, item, lines, monthly, price, range, usage};
use crate::cost::{Comparison, Status, Usage};
use crate::prices::Row;

#[rustfmt::skip]
const PRICES: &[(&str, &str, &str)] = &[
    ("aws_dynamodb_table/Write request unit IA (on-demand)", "1M requests", "0.78"),
    ("aws_dynamodb_table/Read request unit IA (on-demand)", "1M requests", "0.155"),
    ("aws_dynamodb_table/Data storage", "GB-month", "0.25"),
    ("aws_dynamodb_table/Data storage (infrequent access)", "GB-month", "0.1"),
    ("aws_dynamodb_table/Point-In-Time Recovery (PITR) backup storage", "GB-month", "0.2"),
    ("aws_dynamodb_table/On-demand backup storage", "GB-month", "0.1"),
    ("aws_dynamodb_table/Table data restored", "GB", "0.15"),
    ("aws_dynamodb_table/Streams read request unit (sRRU)", "sRRUs", "0.0000002"),
    ("aws_s3_bucket/Standard: Storage", "GB-month", "0.023"),
    ("aws_s3_bucket/Standard: PUT, COPY, POST, LIST requests", "1k requests", "0.005"),
    ("aws_s3_bucket/Standard: GET, SELECT, and all other requests", "1k requests", "0.0004"),
    ("aws_s3_bucket_inventory/Objects listed", "1M objects", "0.0025"),
    ("aws_efs_file_system/Storage (standard)", "GB-month", "0.3"),
    ("aws_efs_file_system/Storage (standard, infrequent access)", "GB-month", "0.025"),
    ("aws_efs_file_system/Read requests (infrequent access)", "GB", "0.01"),
    ("aws_efs_file_system/Write requests (infrequent access)", "GB", "0.01"),
    ("aws_efs_file_system/Provisioned throughput", "MBps-month", "6"),
    ("aws_efs_file_system/Storage (one zone)", "GB-month", "0.16"),
    ("aws_efs_file_system/Elastic throughput read", "GB", "0.03"),
    ("aws_efs_file_system/Elastic throughput write", "GB", "0.06"),
    ("aws_fsx_windows_file_system/SSD storage", "GB", "0.23"),
    ("aws_fsx_windows_file_system/Throughput capacity", "MBps", "4.5"),
    ("aws_fsx_windows_file_system/Backup storage", "GB", "0.05"),
    ("aws_fsx_openzfs_file_system/SSD storage", "GB", "0.09"),
    ("aws_fsx_openzfs_file_system/Throughput capacity", "MBps", "0.26"),
    ("aws_fsx_openzfs_file_system/Provisioned IOPS", "IOPS", "0.006"),
    ("aws_fsx_openzfs_file_system/Backup storage", "GB", "0.05"),
    ("aws_kinesis_stream/PROVISIONED", "shard-hour", "0.015"),
    ("aws_kinesis_stream/Extended retention (24H to 7D)", "shard-hour", "0.02"),
    ("aws_kinesis_stream/Put request unit", "units", "0.000000014"),
    ("aws_kinesis_stream/ON_DEMAND", "stream-hour", "0.04"),
    ("aws_kinesis_stream/Data ingested", "GB", "0.08"),
    ("aws_kinesis_stream/Data retrieval", "GB", "0.04"),
    ("aws_kinesis_stream/Enhanced Fan Out (EFO)", "consumer-shard-hour", "0.015"),
    ("aws_kinesis_stream/Enhanced Fan Out (EFO) Data retrieval", "GB", "0.013"),
    ("aws_kinesis_stream/Enhanced Fan Out (EFO) Data retrieval [ON_DEMAND]", "GB", "0.05"),
    ("aws_kinesisanalyticsv2_application/Processing (stream)", "hours", "0.127"),
    ("aws_kinesisanalyticsv2_application/Processing (orchestration)", "hours", "0.127"),
    ("aws_kinesisanalyticsv2_application/Running storage", "GB", "0.116"),
    ("aws_kinesisanalyticsv2_application/Backup", "GB", "0.024"),
    ("aws_ecr_repository/Storage", "GB", "0.1"),
];

/// Capacity of tables costs something else in eu-west-1.
#[rustfmt::skip]
const CAPACITY: &[(&str, &str, &str)] = &[
    ("aws_dynamodb_table/Write capacity unit (WCU)", "us-east-1", "0.00065"),
    ("aws_dynamodb_table/Read capacity unit (RCU)", "us-east-1", "0.00013"),
    ("aws_dynamodb_table/Read capacity unit (RCU)", "eu-west-1", "0.000147"),
    ("aws_dynamodb_table/Replicated write capacity unit (rWCU)", "eu-west-1", "0.000735"),
];

fn bill(usage: Usage) -> Comparison {
    let mut rows: Vec<Row> = PRICES.iter().map(|(key, unit, usd)| price(key, unit, usd)).collect();
    rows.extend(CAPACITY.iter().map(|(key, region, usd)| Row { region: (*region).into(), ..price(key, "hours", usd) }));
    billed("stores", rows, usage)
}

#[test]
fn a_table_with_an_index_and_a_copy() {
    // 20 WCU x 730 h x 0.00065 $ = 9.49; of the index 5, 2.37. RCU, each 0.0949 $: 30 (10 to 100), of the index 10 (5 to 50).
    // In eu-west-1: 25 rWCU x 730 h x 0.000735 $ = 13.41; 40 RCU (15 to 150), each 0.10731 $.
    // 9.49 + 2.847 + 2.3725 + 0.949 + 13.41375 + 4.2924 = 33.36; at the least 28.31, at the most 55.61.
    let bill = bill(usage(&[]));
    let orders = "aws_dynamodb_table.orders";
    assert_eq!(monthly(&bill, orders), "33.36");
    assert_eq!(range(&bill, orders), ("28.31".to_owned(), "55.61".to_owned()));
    let shown = lines(&bill, orders);
    assert_eq!(shown[0], "Write capacity unit (WCU) | 20 WCU x 0.4745 = 9.49");
    assert_eq!(shown[1], "Read capacity unit (RCU, autoscaling) | 30 RCU x 0.0949 = 2.85");
    let elsewhere = "Global table (eu-west-1): Replicated write capacity unit (rWCU) | 25 rWCU x 0.53655 = 13.41";
    assert!(shown.contains(&elsewhere.to_owned()), "{shown:#?}");
    let index = "Global secondary index (by-day): Read capacity unit (RCU, autoscaling) | 10 RCU x 0.0949 = 0.95";
    assert!(shown.contains(&index.to_owned()), "{shown:#?}");
}

#[test]
fn requests_of_a_table_that_is_rarely_read() {
    // 10 million x 0.78 $ + 20 million x 0.155 $ + 50 GB x 0.1 $ = 7.80 + 3.10 + 5.
    let visits = "aws_dynamodb_table.visits";
    let bill = bill(usage(&[
        (visits, "monthly_write_request_units", "10000000"),
        (visits, "monthly_read_request_units", "20000000"),
        (visits, "storage_gb", "50"),
    ]));
    assert_eq!(monthly(&bill, visits), "15.90");
    // The copy stores as much; what is written there has no price.
    let copy = item(&bill, "aws_dynamodb_table_replica.visits");
    assert_eq!((copy.sum().expected.to_string().as_str(), &copy.status), ("5.00", &Status::Incomplete));
}

#[test]
fn a_bucket_has_the_classes_that_its_rules_name() {
    let plain = "aws_s3_bucket.plain";
    let bill = bill(usage(&[
        (plain, "standard.storage_gb", "1000"),
        (plain, "standard.monthly_tier_1_requests", "10000"),
        ("aws_s3_bucket_inventory.plain", "monthly_listed_objects", "400000000"),
    ]));
    // 1,000 GB x 0.023 $ + 10,000 requests x 0.005 $ a thousand.
    assert_eq!(monthly(&bill, plain), "23.05");
    let mut parts: Vec<_> =
        item(&bill, "aws_s3_bucket.ageing").components.iter().map(|line| line.part.clone()).collect();
    parts.dedup();
    assert_eq!(parts, ["Standard", "Standard - infrequent access", "Glacier flexible retrieval"]);
    // 400 million x 0.0025 $.
    assert_eq!(monthly(&bill, "aws_s3_bucket_inventory.plain"), "1.00");
}

#[test]
fn files() {
    let standard = "aws_efs_file_system.standard";
    let bill = bill(usage(&[(standard, "storage_gb", "230"), (standard, "infrequent_access_storage_gb", "100")]));
    // 230 GB x 0.3 $ = 69, with which 11.5 MB/s come: 88.5 x 6 $ = 531; 100 GB x 0.025 $ = 2.50.
    assert_eq!(monthly(&bill, standard), "602.50");
    // 32 MB/s x 4.50 $ + 300 GB x 0.23 $.
    assert_eq!(monthly(&bill, "aws_fsx_windows_file_system.shares"), "213.00");
    // 64 MB/s x 0.26 $ = 16.64; 900 of 1,000 IOPS come with 300 GB: 100 x 0.006 $ = 0.60; 300 GB x 0.09 $ = 27.
    assert_eq!(monthly(&bill, "aws_fsx_openzfs_file_system.zfs"), "44.24");
    let scratch = &lines(&bill, "aws_fsx_lustre_file_system.scratch")[0];
    assert!(scratch.starts_with("SSD storage | 1200 GB x (no price"), "{scratch}");
}

#[test]
fn streams() {
    let shards = "aws_kinesis_stream.shards";
    let bill = bill(usage(&[
        ("aws_ecr_repository.images", "storage_gb", "10"),
        (shards, "monthly_provisioned_put_units", "1000000000"),
        ("aws_dynamodb_table.orders", "monthly_streams_read_request_units", "10000000"),
    ]));
    // 4 shards x 730 h x 0.015 $ = 43.80; kept for 48 hours: 4 x 730 h x 0.02 $ = 58.40; 1,000 million units x 0.014 $ a
    // million = 14.
    assert_eq!(monthly(&bill, shards), "116.20");
    // As above, and 10 million reads of its stream x 0.2 $ a million.
    assert_eq!(monthly(&bill, "aws_dynamodb_table.orders"), "35.36");
    // 730 h x 0.04 $.
    assert_eq!(monthly(&bill, "aws_kinesis_stream.free"), "29.20");
    // One unit that leads the others: 730 h x 0.127 $.
    assert_eq!(monthly(&bill, "aws_kinesisanalyticsv2_application.flink"), "92.71");
    assert_eq!(monthly(&bill, "aws_ecr_repository.images"), "1.00");
}
