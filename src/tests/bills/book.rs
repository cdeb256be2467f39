//! What the built-in book answers of what tariffs ask. Other tests bring prices of their own, under the names that tariffs ask for; here the
//! book has to have them. Prices: us-east-1, `src/prices/book/more.csv`.

use jiff::civil::date;

use super::harness::{lines, range, usage};
use crate::cost::Comparison;
use crate::prices::Book;
use crate::run;
use crate::tests::support::input;

fn bill() -> Comparison {
    let used = usage(&[
        ("aws_redshift_cluster.nodes", "managed_storage_gb", "1000"),
        ("aws_redshiftserverless_workgroup.units", "monthly_rpu_hours", "100"),
        ("aws_msk_serverless_cluster.events", "partitions", "10"),
        ("aws_rds_cluster.busy", "storage_gb", "100"),
        ("aws_db_instance.aurora", "additional_backup_storage_gb", "100"),
        ("aws_kinesis_stream.clicks", "monthly_on_demand_extended_retention_gb", "10"),
        ("aws_athena_workgroup.queries", "monthly_data_scanned_tb", "3"),
        ("aws_glue_job.nightly", "monthly_hours", "8"),
    ]);
    let terms = run::terms(Book::embedded(), used, date(2026, 11, 29));
    let mut bills = run::bills(&input("testdata/bills/book.json"), &terms).expect("a plan");
    bills.remove(0).1
}

#[test]
fn the_book_has_what_tariffs_ask_for() {
    let bill = bill();
    for (address, expected) in [
        // 0.1 GB at least x 730 h x 0.084.
        ("aws_elasticache_serverless_cache.valkey", "6.13"),
        // 1 GB x 730 h x 0.125 = 91.25; 1,000 a second are 2,628 million a month x 0.0034 = 8.9352.
        ("aws_elasticache_serverless_cache.redis", "100.19"),
        // 2 shards x 3 nodes x 730 h x 0.309.
        ("aws_memorydb_cluster.shards", "1,353.42"),
        // 1,200 GB x 0.145.
        ("aws_fsx_lustre_file_system.scans", "174.00"),
        // 2 x 730 h x 1.086 = 1,585.56; 1,000 GB x 0.024 = 24.
        ("aws_redshift_cluster.nodes", "1,609.56"),
        // 100 h x 0.375.
        ("aws_redshiftserverless_workgroup.units", "37.50"),
        // 730 h x 0.75 = 547.50; 10 x 730 h x 0.0015 = 10.95.
        ("aws_msk_serverless_cluster.events", "558.45"),
        // 730 h x 0.26315 = 192.0995.
        ("aws_docdb_cluster_instance.plain", "192.10"),
        // 1 unit x 730 h x 0.217.
        ("aws_neptune_cluster_instance.graph", "158.41"),
        // 730 h x 4.64 = 3,387.20; 32 vCPUs x 5.184 = 165.888.
        ("aws_rds_cluster_instance.watched", "3,553.09"),
        // 100 GB x 0.225.
        ("aws_rds_cluster.busy", "22.50"),
        // 730 h x 0.164 = 119.72; 100 GB x 0.021 = 2.10.
        ("aws_db_instance.aurora", "121.82"),
        // 730 h x 1.224 = 893.52; 20 GB x 0.115 = 2.30.
        ("aws_db_instance.licensed", "895.82"),
        // 2 GB x 730 h x 0.007 = 10.22, and 1 for deployments; nobody watches for a new public image.
        ("aws_apprunner_service.watched", "11.22"),
        ("aws_apprunner_service.public", "10.22"),
        // 730 h x 0.04 = 29.20; 10 GB x 0.10.
        ("aws_kinesis_stream.clicks", "30.20"),
        // 3 TB x 5.
        ("aws_athena_workgroup.queries", "15.00"),
        // 10 units x 8 h x 0.29.
        ("aws_glue_job.nightly", "23.20"),
    ] {
        let (minimum, _) = range(&bill, address);
        assert_eq!(minimum, expected, "{address}: {:#?}", lines(&bill, address));
    }
    // 8 units x 158.41.
    assert_eq!(range(&bill, "aws_neptune_cluster_instance.graph").1, "1,267.28");
}
