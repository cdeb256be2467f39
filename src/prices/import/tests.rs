//! Files of the documented shapes, made by hand, and what has to come of them.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use super::{Import, Skip, import};
use crate::prices::Row;
use crate::units::plain;

fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/prices").join(name)
}

fn of(names: &[&str]) -> Import {
    let paths: Vec<_> = names.iter().map(|name| path(name)).collect();
    import(&paths).unwrap()
}

/// A row on one line: `key region unit price` and further tiers as `amount: price`.
fn line(row: &Row) -> String {
    let tiers: Vec<_> = row.tiers.iter().map(|tier| format!("{}: {}", plain(tier.from), plain(tier.usd))).collect();
    format!("{} | {} | {} | {}", row.key, row.region, row.unit, tiers.join(", "))
}

fn lines(import: &Import) -> Vec<String> {
    import.rows.iter().map(line).collect()
}

fn skipped(import: &Import) -> Vec<(Skip, u64)> {
    import.report.files[0].skipped.iter().map(|(why, count)| (*why, *count)).collect()
}

/// What a file says when it is changed: a copy of `name` with `change` applied to its text.
fn failure(name: &str, change: impl FnOnce(String) -> String) -> String {
    let folder = tempfile::tempdir().unwrap();
    let copy = folder.path().join(name);
    fs::write(&copy, change(fs::read_to_string(path(name)).unwrap())).unwrap();
    let error = import(&[copy]).expect_err("a file that is not as it should be");
    error.to_string().replace(&format!("{}/", folder.path().display()), "")
}

#[test]
fn an_offer_file_gives_the_plain_prices_of_its_region() {
    let import = of(&["offer.json"]);
    assert_eq!(
        lines(&import),
        [
            "AWSDataTransfer/DataTransfer-Out-Bytes | eu-west-3 | GB | 0: 0.09, 10240: 0.085, 51200: 0.07, 153600: 0.05",
            "AmazonEC2/EBS:VolumeP-Throughput.gp3 | eu-west-3 | GiBps-month | 0: 47.5136",
            "AmazonEC2/EBS:VolumeUsage.gp3 | eu-west-3 | GB-month | 0: 0.0928",
            // The first hour costs nothing for the whole account: it is no price of an address.
            "AmazonEC2/ElasticIP:IdleAddress | eu-west-3 | hours | 0: 0.005",
            "AmazonEC2/NatGateway-Bytes | eu-west-3 | GB | 0: 0.05",
            // 0.06 holds from 2027 on, after the file was published.
            "AmazonEC2/NatGateway-Hours | eu-west-3 | hours | 0: 0.05",
            "AmazonEC2/m6i.large/linux | eu-west-3 | hours | 0: 0.112",
            "AmazonEC2/m6i.large/windows | eu-west-3 | hours | 0: 0.204",
            "aws_data_transfer/Outbound data transfer to Internet (first 10TB) | eu-west-3 | GB | 0: 0.09",
            "aws_data_transfer/Outbound data transfer to Internet (next 100TB) | eu-west-3 | GB | 0: 0.07",
            "aws_data_transfer/Outbound data transfer to Internet (next 40TB) | eu-west-3 | GB | 0: 0.085",
            "aws_data_transfer/Outbound data transfer to Internet (over 150TB) | eu-west-3 | GB | 0: 0.05",
            "aws_ebs_volume/Storage (general purpose SSD, gp3) | eu-west-3 | GB | 0: 0.0928",
            "aws_eip/IP address (if unused) | eu-west-3 | hours | 0: 0.005",
            "aws_nat_gateway/Data processed | eu-west-3 | GB | 0: 0.05",
            "aws_nat_gateway/NAT gateway | eu-west-3 | hours | 0: 0.05",
        ]
    );
    assert!(import.rows.iter().all(|row| row.source.name == "AWS Price List AmazonEC2 20261105120000"));
    assert!(import.rows.iter().all(|row| row.source.as_of == "2026-11-05"));
    assert_eq!(
        import.report.to_string().lines().skip(1).collect::<Vec<_>>().join("\n"),
        "  15 seen, 8 taken\n  2 skipped: of no resource that planwise prices\n  1 skipped: for Local Zones, Wavelength \
         Zones, Outposts or edge locations\n  3 skipped: for another licence, tenancy or software\n  1 skipped: machines \
         at a price of zero\n    1 Dedicated Host\n    1 Fee\n16 prices: 16 keys in 1 region"
    );
}

#[test]
fn terms_may_come_before_products() {
    let import = of(&["offer-terms-first.json"]);
    let nat: Vec<_> = lines(&of(&["offer.json"])).into_iter().filter(|line| line.contains("at")).collect();
    assert!(lines(&import).iter().all(|line| nat.contains(line)));
    assert_eq!((import.rows.len(), import.report.files[0].seen), (4, 2));
}

#[test]
fn a_csv_file_is_read_by_the_names_of_its_columns() {
    let import = of(&["offer.csv"]);
    assert_eq!(
        lines(&import),
        [
            "AmazonRDS/RDS:GP3-Storage|PostgreSQL | eu-central-1 | GB-month | 0: 0.137",
            "AmazonRDS/RDS:ProxyUsage|PostgreSQL | eu-central-1 | hours | 0: 0.018",
            "AmazonRDS/db.m6i.large/oracle-standard-two/license-included/single | eu-central-1 | hours | 0: 0.5",
            "AmazonRDS/db.m6i.large/postgres/multi | eu-central-1 | hours | 0: 0.418",
            "AmazonRDS/db.m6i.large/postgres/multi-2 | eu-central-1 | hours | 0: 0.627",
            "AmazonRDS/db.m6i.large/postgres/single | eu-central-1 | hours | 0: 0.209",
        ]
    );
    // Two products give the same ACU two prices: neither is taken, and one of them is told.
    assert_eq!(skipped(&import), [(Skip::Unused, 1), (Skip::Variant, 1), (Skip::Ambiguous, 1)]);
    assert_eq!(import.rows[0].source.as_of, "2026-11-02");
}

#[test]
fn answers_of_the_query_api_are_texts_in_a_list() {
    let import = of(&["products.json"]);
    assert_eq!(
        lines(&import),
        [
            "AWSELB/Load Balancer-Application|LoadBalancerUsage | us-east-1 | hours | 0: 0.0225",
            "AWSELB/Load Balancer-Network|LCUUsage | us-east-1 | LCU-hours | 0: 0.006",
            "AWSLambda/Lambda-GB-Second x86 | us-east-1 | GB-seconds | 0: 0.0000166667, 6000000000: 0.000015, 15000000000: 0.0000133334",
            "AmazonRoute53/HostedZone |  | months | 0: 0.5, 25: 0.1",
            "aws_alb/Application load balancer | us-east-1 | hours | 0: 0.0225",
            "aws_kms_external_key/Customer master key | us-east-1 | months | 0: 1",
            "aws_kms_key/Customer master key | us-east-1 | months | 0: 1",
            "aws_lambda_function/Duration (first 6B) | us-east-1 | GB-seconds | 0: 0.0000166667",
            "aws_lambda_function/Duration (next 9B) | us-east-1 | GB-seconds | 0: 0.000015",
            "aws_lambda_function/Duration (over 15B) | us-east-1 | GB-seconds | 0: 0.0000133334",
            "aws_lb/Application load balancer | us-east-1 | hours | 0: 0.0225",
            "aws_lb/Load balancer capacity units [network] | us-east-1 | hours | 0: 0.006",
            "aws_route53_zone/Hosted zone |  | months | 0: 0.5",
            // 0.0000005 for one, so 0.5 for a million.
            "aws_sns_topic/API requests (over 1M) | us-east-1 | 1M requests | 0: 0.5",
        ]
    );
    // The hour of a trust store is no hour of a balancer.
    assert_eq!(skipped(&import), [(Skip::Unused, 1)]);
}

#[test]
fn pages_of_azure_are_read_together() {
    let import = of(&["azure-1.json", "azure-2.json"]);
    assert_eq!(
        lines(&import),
        [
            "azure/Storage/Blob Storage/Hot LRS/Hot LRS Data Stored | westeurope | GB-month | 0: 0.0196, 51200: 0.0188",
            // 0.25 was its price before.
            "azure/Virtual Machines/Standard_D4s_v5/linux | westeurope | hours | 0: 0.23",
            "azure/Virtual Machines/Standard_D4s_v5/linux/spot | westeurope | hours | 0: 0.0432",
            "azure/Virtual Machines/Standard_D4s_v5/windows | westeurope | hours | 0: 0.414",
        ]
    );
    assert_eq!(skipped(&import), [(Skip::NotOnDemand, 2), (Skip::Currency, 1)]);
    assert!(import.rows.iter().all(|row| row.source.as_of == "2026-06-01"));
}

#[test]
fn skus_of_google_have_whole_dollars_and_thousand_millionths() {
    let import = of(&["google.json"]);
    assert_eq!(
        lines(&import),
        [
            "gcp/AAAA-0001/N2 Instance Core running in Frankfurt | europe-west3 | hours | 0: 0.04065",
            "gcp/AAAA-0003/Network Internet Egress from EMEA to EMEA | europe-west1 | GiB | 0: 0.12, 1024: 0.11",
            "gcp/AAAA-0003/Network Internet Egress from EMEA to EMEA | europe-west3 | GiB | 0: 0.12, 1024: 0.11",
            "gcp/AAAA-0004/Licence for the day |  | months | 0: 12.5",
        ]
    );
    assert_eq!(skipped(&import), [(Skip::NotOnDemand, 1)]);
}

#[test]
fn packed_files_are_unpacked() {
    let folder = tempfile::tempdir().unwrap();
    let packed = folder.path().join("offer.json.gz");
    let bytes = fs::read(path("offer.json")).unwrap();
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(&bytes).unwrap();
    let whole = encoder.finish().unwrap();
    fs::write(&packed, &whole).unwrap();
    let from_packed = import(std::slice::from_ref(&packed)).unwrap();
    assert_eq!(from_packed.rows, of(&["offer.json"]).rows);

    fs::write(&packed, &whole[..whole.len() / 2]).unwrap();
    let error = import(&[packed]).unwrap_err().to_string();
    assert!(error.contains("offer.json.gz cannot be read: unexpected end of file"), "{error}");
}

#[test]
fn files_that_are_none_say_so_with_the_place_and_the_way_out() {
    let cut = failure("offer.json", |text| text[..text.len() / 2].to_owned());
    assert!(cut.starts_with("offer.json ends in the middle, at line "), "{cut}");
    assert!(cut.ends_with("hint: is the download complete?"), "{cut}");

    let negative = failure("offer.json", |text| text.replace("\"0.1120000000\"", "\"-0.1120000000\""));
    assert!(negative.starts_with("offer.json, line "), "{negative}");
    assert!(negative.contains("the price -0.1120000000 is less than nothing (product LINUX)\n  hint: "), "{negative}");

    let absurd = failure("google.json", |text| text.replace("\"12\"", "\"12000000000\""));
    assert!(absurd.contains("the price 12000000000 is more than anything costs"), "{absurd}");

    let other = failure("offer.json", |text| text.replacen("\"products\": {", "\"products\": [], \"x\": {", 1));
    assert!(other.contains("invalid type: sequence, expected products by their SKU"), "{other}");

    let number = failure("azure-1.json", |text| text.replacen("\"retailPrice\": 0.23", "\"retailPrice\": \"free\"", 1));
    assert!(number.contains("the price '\\\"free\\\"' is not a number (meter D4s v5, Standard_D4s_v5)"), "{number}");

    let cut = failure("offer.csv", |text| text[..text.len() - 30].to_owned());
    assert!(cut.starts_with("offer.csv ends in the middle, at line 17"), "{cut}");

    let column = failure("offer.csv", |text| text.replacen("PricePerUnit", "Price", 1));
    assert!(column.starts_with("offer.csv, line 6: the column PricePerUnit is missing\n  hint: "), "{column}");

    let price = failure("offer.csv", |text| text.replacen("0.4180000000", "much", 1));
    assert!(price.starts_with("offer.csv, line 9: the price 'much' is not a number\n  hint: "), "{price}");

    let index = failure("index.json", |text| text);
    assert!(index.starts_with("index.json is an index") && index.contains("currentVersionUrl"), "{index}");

    let text = failure("google.json", |_| "hello".to_owned());
    assert!(text.starts_with("google.json is no price file that is known here\n  hint: accepted are"), "{text}");
    assert_eq!(failure("google.json", |_| "{}".to_owned()).lines().next(), text.lines().next());

    let nothing = failure("google.json", |text| text.replace("OnDemand", "Commit3Yr"));
    assert!(nothing.starts_with("no price in google.json is of use"), "{nothing}");
    assert!(nothing.contains("4 skipped: reservations, commitments"), "{nothing}");
}

#[test]
fn the_newer_of_two_files_counts_in_any_order() {
    let folder = tempfile::tempdir().unwrap();
    let newer = folder.path().join("newer.json");
    let text = fs::read_to_string(path("offer.json")).unwrap();
    fs::write(&newer, text.replace("2026-11-05", "2026-11-06").replace("0.1120000000", "0.1110000000")).unwrap();
    let [older, newer] = [path("offer.json"), newer];
    let [one, other] = [[older.clone(), newer.clone()], [newer, older]].map(|files| import(&files).unwrap());
    assert_eq!(one.rows, other.rows);
    let machine = one.rows.iter().find(|row| row.key == "AmazonEC2/m6i.large/linux").unwrap();
    assert_eq!(line(machine), "AmazonEC2/m6i.large/linux | eu-west-3 | hours | 0: 0.111");
    assert_eq!(other.report.files[1].skipped[&Skip::Older], 8);
}
