//! The price book that the program brings along is what the tables of facts say: made anew, compared, and written where
//! `INSTA_UPDATE=always` asks for it.

mod ec2;
mod nodes;
mod rds;
mod services;
mod table;

use std::env;
use std::path::Path;

use super::support::{project, rewrite, skip};
use crate::prices::{Row, Source, Tier, write};
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
    let table = Table::read(&path);
    let mut rows: Vec<Row> = Vec::new();
    for line in table.lines() {
        let tier = Tier { from: decimal(line.or("from", "0")), usd: decimal(line.get("usd")) };
        let source = Source { name: line.text("source"), as_of: line.text("as_of"), within_percent: None };
        match rows.last_mut() {
            Some(row) if row.key == line.get("key") && row.region == line.get("region") => row.tiers.push(tier),
            _ => rows.push(Row {
                key: line.text("key"),
                unit: line.text("unit"),
                region: line.text("region"),
                tiers: vec![tier],
                source,
            }),
        }
    }
    for row in rows {
        prices.fill(row);
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
