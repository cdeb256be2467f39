//! Real price files, where they are at hand: what comes of them is what one reads in them.

use std::path::PathBuf;

use super::support::{project, skip};
use crate::prices::import::{Import, ImportError, Skip, import};
use crate::units::plain;

/// Imports a real file; nothing where it is not at hand.
fn sample(name: &str) -> Option<(PathBuf, Result<Import, ImportError>)> {
    let path = project("../shared/facts/samples").join(name);
    if path.exists() {
        let result = import(std::slice::from_ref(&path));
        Some((path, result))
    } else {
        skip(&format!("{} is not there", path.display()));
        None
    }
}

/// `key | region | unit | from: price, ... | source, date`.
fn lines(import: &Import) -> Vec<String> {
    let line = |row: &crate::prices::Row| {
        let tiers: Vec<_> = row.tiers.iter().map(|tier| format!("{}: {}", plain(tier.from), plain(tier.usd))).collect();
        let source = &row.source;
        format!(
            "{} | {} | {} | {} | {}, {}",
            row.key,
            row.region,
            row.unit,
            tiers.join(", "),
            source.name,
            source.as_of
        )
    };
    import.rows.iter().map(line).collect()
}

/// Three products, of 2017: one has a price on demand, one has none, one is incoming data.
#[test]
fn a_real_offer_file_of_databases() {
    let Some((_, result)) = sample("aws_bulk_AmazonRDS.sample.json") else { return };
    let import = result.unwrap();
    assert_eq!(
        lines(&import),
        ["AmazonRDS/db.m4.large/oracle-standard-one/bring-your-own-license/multi | us-west-2 | hours | 0: 0.35 | \
          AWS Price List AmazonRDS 20170419200300, 2017-04-19"]
    );
    let file = &import.report.files[0];
    assert_eq!((file.seen, file.taken), (3, 1));
    assert_eq!(file.skipped.clone().into_iter().collect::<Vec<_>>(), [(Skip::Unused, 1), (Skip::NoPrice, 1)]);
}

/// Five volumes of 2020, with the header as it was published.
#[test]
fn a_real_offer_file_of_volumes_as_csv() {
    let Some((_, result)) = sample("aws_offer_AmazonEC2_eu-west-3.sample.csv") else { return };
    let import = result.unwrap();
    let source = "AWS Price List AmazonEC2 20201019204802, 2020-10-19";
    let own: Vec<_> = lines(&import).into_iter().filter(|line| line.starts_with("AmazonEC2/")).collect();
    assert_eq!(
        own,
        [
            format!("AmazonEC2/EBS:VolumeIOUsage | eu-west-3 | IOs | 0: 0.000000058 | {source}"),
            format!("AmazonEC2/EBS:VolumeP-IOPS.piops | eu-west-3 | IOPS-month | 0: 0.076 | {source}"),
            format!("AmazonEC2/EBS:VolumeUsage.gp2 | eu-west-3 | GB-month | 0: 0.116 | {source}"),
            format!("AmazonEC2/EBS:VolumeUsage.piops | eu-west-3 | GB-month | 0: 0.145 | {source}"),
            format!("AmazonEC2/EBS:VolumeUsage.st1 | eu-west-3 | GB-month | 0: 0.053 | {source}"),
        ]
    );
    // A million requests cost a million times what one costs.
    assert!(
        lines(&import)
            .contains(&format!("aws_ebs_volume/I/O requests | eu-west-3 | 1M requests | 0: 0.058 | {source}"))
    );
    assert_eq!(import.report.files[0].taken, 5);
}

/// The same database as an answer of the query API.
#[test]
fn a_real_answer_of_the_query_api() {
    let Some((_, result)) = sample("aws_query_api_pricelist_AmazonRDS.sample.json") else { return };
    let import = result.unwrap();
    let key = "AmazonRDS/db.m4.large/oracle-standard-one/bring-your-own-license/multi | us-west-2 | hours | 0: 0.35";
    assert!(lines(&import).iter().any(|line| line.starts_with(key)), "{:?}", lines(&import));
}

/// Six prices of 2021: two for tests, the others for Windows and for what may be taken back.
#[test]
fn a_real_page_of_azure() {
    let Some((_, result)) = sample("azure_retail_prices.sample.json") else { return };
    let source = "Azure Retail Prices API";
    assert_eq!(
        lines(&result.unwrap()),
        [
            format!(
                "azure/Virtual Machines/Standard_D16as_v5/windows | francecentral | hours | 0: 1.544 | {source}, 2021-11-01"
            ),
            format!(
                "azure/Virtual Machines/Standard_D4s_v5/windows/spot | francecentral | hours | 0: 0.1632 | {source}, 2021-11-01"
            ),
            format!(
                "azure/Virtual Machines/Standard_E32-8s_v4/linux/spot | francecentral | hours | 0: 0.371776 | {source}, 2021-12-01"
            ),
            format!(
                "azure/Virtual Machines/Standard_E64s_v4/windows/low-priority | francecentral | hours | 0: 3.072 | {source}, 2020-08-01"
            ),
        ]
    );
}

/// One SKU of 2021 with three tiers, in three regions.
#[test]
fn a_real_page_of_google() {
    let Some((_, result)) = sample("gcp_billing_skus.sample.json") else { return };
    let import = result.unwrap();
    let key = "gcp/02EE-77CE-ACCD/Network Vpn Internet Egress from Americas to Africa";
    let rest = "GiB | 0: 0.12, 1024: 0.11, 10240: 0.08 | Google Cloud Billing SKUs, 2021-11-26";
    assert_eq!(
        lines(&import),
        ["us-central1", "us-east1", "us-west1"].map(|region| format!("{key} | {region} | {rest}"))
    );
}

/// The list of regions holds no price, and says where they are.
#[test]
fn a_real_index_is_no_price_file() {
    let Some((path, result)) = sample("aws_region_index.AmazonEC2.json") else { return };
    let error = result.unwrap_err().to_string();
    assert!(error.starts_with(&format!("{} is an index", path.display())) && error.contains("hint: "), "{error}");
}
