//! The price book that the program brings along is what the tables of facts say: made anew, compared, and written where
//! `INSTA_UPDATE=always` asks for it.

mod ec2;
mod nodes;
mod rds;
mod services;
mod table;

use std::collections::BTreeMap;
use std::env;
use std::path::Path;

use super::support::{project, rewrite, skip};
use crate::prices::{Book, Row, Source, Tier, write};
use crate::units::plain;
use table::{Prices, Table, decimal};

const FACTS: &str = "../shared/facts";
const BOOK: &str = "src/prices/book/aws.book";
/// Prices that somebody read elsewhere, for holes of the tables.
const MORE: &str = "src/prices/book/more.csv";

/// Everything that the tables say, and what follows from them.
fn made(facts: &Path) -> Prices {
    let mut prices = Prices::default();
    ec2::stated(facts, &mut prices);
    nodes::stated(facts, &mut prices);
    rds::stated(facts, &mut prices);
    services::stated(facts, &mut prices);
    more(&mut prices);
    // From here on only what no table says.
    ec2::estimated(facts, &mut prices);
    rds::estimated(facts, &mut prices);
    services::estimated(&mut prices);
    prices
}

/// Takes in the table of further prices: each fills a hole, and none goes before what stands there.
fn more(prices: &mut Prices) {
    let path = project(MORE);
    if !path.exists() {
        return;
    }
    let mut rows: BTreeMap<(&str, &str), Row> = BTreeMap::new();
    let table = Table::read(&path);
    for line in table.lines() {
        let source = Source { name: line.text("source"), as_of: line.text("as_of"), within_percent: None };
        for cell in line.get("prices").split(' ') {
            let (region, usd) = cell.split_once('=').unwrap_or_else(|| panic!("{MORE}: {cell:?} is no region=price"));
            let tier = Tier { from: decimal(line.get("from")), usd: decimal(usd) };
            let row = rows.entry((line.get("key"), region)).or_insert_with(|| Row {
                key: line.text("key"),
                unit: line.text("unit"),
                region: region.into(),
                tiers: Vec::new(),
                source: source.clone(),
            });
            row.tiers.push(tier);
        }
    }
    for mut row in rows.into_values() {
        row.tiers.sort_by_key(|tier| tier.from);
        assert!(row.tiers.first().is_some_and(|tier| tier.from.is_zero()), "{} begins at no zero", row.key);
        // A published estimate rounds its prices to a cent, and its sums: 0.225 became 0.23. Who states the price itself knows more.
        let old = prices.get(&row.key, &row.region);
        if old.is_some_and(|old| services::is_off_by_rounding(old, &row)) {
            prices.replace(row);
        } else {
            prices.fill(row);
        }
    }
}

#[test]
fn the_embedded_book_is_what_the_facts_say() {
    let facts = project(FACTS);
    if !facts.exists() {
        return skip("the_embedded_book_is_what_the_facts_say: there is no ../shared/facts");
    }
    let mut text = Vec::new();
    write(made(&facts).into_rows(), &mut text).unwrap();
    let text = String::from_utf8(text).unwrap();
    assert!(text.len() < 2_000_000, "{} bytes", text.len());
    if env::var("INSTA_UPDATE").as_deref() == Ok("always") {
        assert!(!rewrite(&project(BOOK), &text), "{BOOK} was rewritten: read the difference, and commit it");
    }
    let committed = std::fs::read_to_string(project(BOOK)).unwrap();
    let differs = committed.lines().zip(text.lines()).position(|(old, new)| old != new);
    assert!(
        committed == text,
        "line {:?} of {BOOK} is not what the facts say: `make prices`",
        differs.map(|at| at + 1)
    );
}

/// Prices that anybody can look up, as the vendor's pages and calculators have shown them for years.
#[test]
fn prices_that_everybody_knows() {
    let book = Book::embedded();
    for (key, region, usd) in [
        ("AmazonEC2/t3.micro/linux", "us-east-1", "0.0104"),
        ("AmazonEC2/m5.large/linux", "us-east-1", "0.096"),
        ("AmazonEC2/m5.large/linux", "eu-west-1", "0.107"),
        ("AmazonEC2/m6i.large/linux", "eu-central-1", "0.115"),
        ("AmazonEC2/c7i.xlarge/linux", "us-west-2", "0.1785"),
        // 0.096 and 0.046 for each of two virtual cores.
        ("AmazonEC2/m5.large/windows", "us-east-1", "0.188"),
        ("AmazonRDS/db.t3.large/mysql/single", "us-east-1", "0.136"),
        ("AmazonRDS/db.t3.large/mysql/multi", "us-east-1", "0.272"),
        ("AmazonRDS/db.m5.large/mysql/single", "us-east-1", "0.171"),
        ("AmazonRDS/db.r6g.large/aurora-postgresql/single", "us-east-1", "0.26"),
        ("AmazonElastiCache/cache.t4g.micro/redis", "us-east-1", "0.016"),
        ("AmazonES/r6g.large.search", "us-east-1", "0.167"),
        ("AmazonEC2/EBS:VolumeUsage.gp3", "us-east-1", "0.08"),
        ("AmazonEC2/EBS:VolumeUsage.gp3", "eu-central-1", "0.0952"),
        ("AmazonEC2/NatGateway-Hours", "us-east-1", "0.045"),
        ("AmazonEC2/NatGateway-Bytes", "us-east-1", "0.045"),
        ("AWSELB/Load Balancer-Application|LoadBalancerUsage", "us-east-1", "0.0225"),
        ("AmazonVPC/PublicIPv4", "eu-south-2", "0.005"),
        // 5.84 and 4.38 of a month, 29.55 and 3.245.
        ("aws_lb/Load balancer capacity units [application]", "us-east-1", "0.008"),
        ("aws_lb/Load balancer capacity units [network]", "us-east-1", "0.006"),
        ("aws_ecs_service/Per vCPU per hour", "us-east-1", "0.04048"),
        ("aws_ecs_service/Per GB per hour", "us-east-1", "0.004445"),
        // 0.4745 of a month; of the reading unit two digits, 0.095.
        ("aws_dynamodb_table/Write capacity unit (WCU)", "us-east-2", "0.00065"),
        ("aws_dynamodb_table/Read capacity unit (RCU)", "us-east-2", "0.00013"),
        ("aws_sqs_queue/Requests", "us-east-1", "0.4"),
        ("aws_sqs_queue/Requests [FIFO]", "us-east-1", "0.5"),
        ("aws_s3_bucket/Standard: Storage", "us-east-1", "0.023"),
        ("aws_lambda_function/Duration (first 6B)", "us-east-1", "0.0000166667"),
        ("AmazonEKS/AmazonEKS-Hours:perCluster", "eu-central-1", "0.1"),
    ] {
        let quote = book.price(key, region).unwrap_or_else(|hole| panic!("{key}: {hole}"));
        assert_eq!((plain(quote.price()).as_str(), quote.source.within_percent), (usd, None), "{key} in {region}");
    }
}

/// 0.1008 an hour in us-east-1, and m6i costs 0.115 against 0.096 there: 0.1008 x 0.115 / 0.096 = 0.12075. That of m7i is stated,
/// and m8i has no price but by it: 0.10584 x 0.12075 / 0.1008 = 0.12679.
#[test]
fn estimates_follow_their_law_and_say_so() {
    let book = Book::embedded();
    let quote = book.price("AmazonEC2/m8i.large/linux", "eu-central-1").unwrap();
    assert_eq!(plain(quote.price()), "0.12679");
    assert_eq!(quote.source.within_percent.map(plain).as_deref(), Some("0.5"));
    assert!(quote.source.name.starts_with("estimate: "));
    // The list says 27.879; 11.914 as 24xlarge is 0.2482 as large, of which this size is 16.
    let quote = book.price("AmazonRDS/db.m5.8xlarge/mariadb/single", "ap-northeast-3").unwrap();
    assert_eq!(plain(quote.price()), "3.971");
    // m7g costs 0.674 as 2xlarge, and 0.1685 as large; nobody states it for one zone.
    let quote = book.price("AmazonRDS/db.m7g.large/postgres/single", "us-east-1").unwrap();
    assert_eq!(plain(quote.price()), "0.168");
    assert!(quote.source.within_percent.is_some());
}

#[test]
fn what_is_wrong_by_now_is_a_hole() {
    let book = Book::embedded();
    for (key, region) in [
        ("AmazonEC2/m5.large/rhel", "us-east-1"),
        ("AmazonEC2/p4d.24xlarge/linux", "eu-west-1"),
        ("AmazonEC2/ElasticIP:IdleAddress", "eu-west-1"),
    ] {
        assert!(book.price(key, region).is_err(), "{key} in {region}");
    }
}
