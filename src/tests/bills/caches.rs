//! What caches, searches and warehouses cost. Prices: us-east-1, `facts/aws_elasticache.csv` and `aws_opensearch.csv` of 2025-04, published
//! estimates of 2024-07 to 2025-09; Serverless: AWS Database Blog and pump.co as quoted by usage.ai of 2026-06; Neptune: eu-west-2.

use super::harness::{billed, item, lines, monthly, range, usage};
use crate::cost::{Comparison, Status, Usage};

#[rustfmt::skip]
const PRICES: &[(&str, &str, &str)] = &[
    ("AmazonElastiCache/cache.m5.large/memcached", "hours", "0.156"),
    ("AmazonElastiCache/cache.m5.large/redis", "hours", "0.156"),
    ("AmazonElastiCache/cache.m5.large/valkey", "hours", "0.1248"),
    ("AmazonElastiCache/cache.t3.micro/redis", "hours", "0.017"),
    ("aws_elasticache_cluster/Backup storage", "GB", "0.085"),
    ("aws_elasticache_serverless_cache/Data stored (valkey)", "GB-hours", "0.084"),
    ("aws_elasticache_serverless_cache/Data stored (redis)", "GB-hours", "0.125"),
    ("aws_elasticache_serverless_cache/ElastiCache processing units (valkey)", "1M ECPUs", "0.0023"),
    ("aws_elasticache_serverless_cache/ElastiCache processing units (redis)", "1M ECPUs", "0.0034"),
    ("aws_docdb_cluster_instance/Database instance (on-demand, db.t3.medium)", "hours", "0.078"),
    ("aws_docdb_cluster_instance/Storage", "GB", "0.1"),
    ("aws_docdb_cluster_instance/I/O requests", "1M requests", "0.2"),
    ("aws_docdb_cluster_instance/CPU credits", "vCPU-hours", "0.09"),
    ("aws_neptune_cluster_instance/Database instance (on-demand, db.t3.medium) [I/O-optimized]", "hours", "0.151"),
    ("aws_neptune_cluster_instance/CPU credits", "vCPU-hours", "0.15"),
    ("AmazonES/r6g.large.search", "hours", "0.167"),
    ("AmazonES/m6g.large.search", "hours", "0.128"),
    ("AmazonES/ultrawarm1.medium.search", "hours", "0.238"),
    ("AmazonES/r5.large.search", "hours", "0.186"),
    ("aws_elasticsearch_domain/Storage (gp3)", "GB", "0.122"),
    ("aws_elasticsearch_domain/Throughput (gp3)", "Mbps", "0.064"),
    ("aws_elasticsearch_domain/Storage (io1)", "GB", "0.169"),
    ("aws_elasticsearch_domain/Storage IOPS (io1)", "IOPS", "0.088"),
    ("aws_redshift_cluster/Cluster usage (on-demand, ra3.4xlarge)", "hours", "3.26"),
    ("aws_redshift_cluster/Managed storage (ra3.4xlarge)", "GB", "0.024"),
    ("aws_redshift_cluster/Concurrency scaling (ra3.4xlarge)", "node-seconds", "0.0009"),
    ("aws_redshift_cluster/Spectrum", "TB", "5"),
    ("aws_redshift_cluster/Backup storage (first 50 TB)", "GB", "0.023"),
    ("aws_redshift_cluster/Backup storage (next 450 TB)", "GB", "0.022"),
];

fn bill(usage: Usage) -> Comparison {
    billed("caches", PRICES.iter().map(|(key, unit, usd)| super::harness::price(key, unit, usd)).collect(), usage)
}

#[test]
fn nodes_of_caches() {
    let bill = bill(usage(&[("aws_elasticache_cluster.redis", "snapshot_storage_size_gb", "10")]));
    // 3 x 730 h x 0.156 $.
    assert_eq!(monthly(&bill, "aws_elasticache_cluster.memcached"), "341.64");
    // 730 h x 0.017 $ = 12.41; 10 GB for 4 of 5 days x 0.085 $ = 3.40.
    assert_eq!(monthly(&bill, "aws_elasticache_cluster.redis"), "15.81");
    // 2 x 730 h x 0.156 $, and one more of the same kind.
    assert_eq!(monthly(&bill, "aws_elasticache_replication_group.plain"), "227.76");
    assert_eq!(monthly(&bill, "aws_elasticache_cluster.member"), "113.88");
}

#[test]
fn shards_come_and_go() {
    // 3 shards of 2 nodes: 6 x 730 h x 0.1248 $ = 546.62; 2 shards 364.42, 6 shards 1,093.25.
    let bill = bill(usage(&[]));
    let sharded = "aws_elasticache_replication_group.sharded";
    assert_eq!(monthly(&bill, sharded), "546.62");
    assert_eq!(range(&bill, sharded), ("364.42".to_owned(), "1,093.25".to_owned()));
    let line = "ElastiCache (on-demand, cache.m5.large, autoscaling) | 4380 hours x 0.1248 = 546.62";
    assert_eq!(lines(&bill, sharded), [line]);
    let hidden = item(&bill, "aws_elasticache_replication_group.hidden");
    let Status::NotPriced(why) = &hidden.status else { panic!("a guess") };
    assert!(why.contains("num_cache_clusters is known only after apply"), "{why}");
}

#[test]
fn a_cache_without_nodes_is_metered_in_any_case() {
    // Valkey: 0.1 GB x 730 h x 0.084 $.
    let bill = bill(usage(&[]));
    assert_eq!(monthly(&bill, "aws_elasticache_serverless_cache.small"), "6.13");
    // 5 GB x 730 h x 0.125 $ = 456.25, 20 GB 1,825. 1,000 units a second x 3,600 s x 730 h = 2,628 million x 0.0034 $ = 8.94,
    // 5,000 a second 44.68.
    assert_eq!(monthly(&bill, "aws_elasticache_serverless_cache.bounded"), "465.19");
    let bounds = range(&bill, "aws_elasticache_serverless_cache.bounded");
    assert_eq!(bounds, ("465.19".to_owned(), "1,869.68".to_owned()));
}

#[test]
fn quantities_are_told_even_without_a_price() {
    // 2 shards of 3 nodes; 3 nodes; 1 to 8 units.
    let bill = bill(usage(&[]));
    for (address, hours) in [
        ("aws_memorydb_cluster.shards", "4380 hours x (no price"),
        ("aws_dax_cluster.tables", "2190 hours x (no price"),
        ("aws_neptune_cluster_instance.elastic", "730 capacity-unit-hours x (no price"),
    ] {
        let first = &lines(&bill, address)[0];
        assert!(first.contains(hours), "{first}");
        assert!(matches!(item(&bill, address).status, Status::NotPriced(_)));
    }
}

#[test]
fn machines_of_documents_and_graphs() {
    // 730 h x 0.078 $ = 56.94; 100 GB x 0.1 $ = 10; 10 million x 0.2 $ = 2.
    let documents = "aws_docdb_cluster_instance.documents";
    let bill = bill(usage(&[(documents, "data_storage_gb", "100"), (documents, "monthly_io_requests", "10000000")]));
    assert_eq!(monthly(&bill, documents), "68.94");
    assert_eq!(item(&bill, "aws_docdb_cluster.documents").status, Status::Free);
    // Its cluster's storage is I/O-optimised: 730 h x 0.151 $.
    assert_eq!(monthly(&bill, "aws_neptune_cluster_instance.graph"), "110.23");
}

#[test]
fn each_node_that_holds_data_has_a_disk() {
    let bill = bill(usage(&[]));
    // 3 x 730 h x 0.167 $ = 365.73; 3 x 400 GB x 0.122 $ = 146.40; 3 x (250 - 125) MB/s x 0.064 $ = 24; 3 masters x 730 h x 0.128 $ =
    // 280.32; 2 x 730 h x 0.238 $ = 347.48. Together 1,163.93; what UltraWarm keeps has no price, and nobody says how much that is.
    let logs = item(&bill, "aws_opensearch_domain.logs");
    assert_eq!((logs.sum().expected.to_string().as_str(), &logs.status), ("1,163.93", &Status::Priced));
    // 2 x 730 h x 0.186 $ = 271.56; 200 GB x 0.169 $ = 33.80; 2 x 1,000 IOPS x 0.088 $ = 176.
    assert_eq!(monthly(&bill, "aws_elasticsearch_domain.old"), "481.36");
}

#[test]
fn a_warehouse_and_its_backups() {
    // 2 x 730 h x 3.26 $ = 4,759.60; 1,000 GB x 0.024 $ = 24; 100 s x 2 nodes x 0.0009 $ = 0.18; 60,000 GB: 51,200 x 0.023 $ + 8,800
    // x 0.022 $ = 1,371.20.
    let warehouse = "aws_redshift_cluster.warehouse";
    let bill = bill(usage(&[
        (warehouse, "managed_storage_gb", "1000"),
        (warehouse, "excess_concurrency_scaling_secs", "100"),
        (warehouse, "backup_storage_gb", "60000"),
    ]));
    assert_eq!(monthly(&bill, warehouse), "6,154.98");
}
