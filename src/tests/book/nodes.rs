//! Nodes of caches and of search domains.

use std::path::Path;

use super::table::{Line, Prices, Table, decimal, flat};
use crate::prices::Row;

pub(super) fn stated(facts: &Path, prices: &mut Prices) {
    let mut add = |file: &str, key: &dyn Fn(Line<'_>) -> String| {
        for line in Table::read(&facts.join(file)).lines() {
            prices.add(Row {
                key: key(line).into(),
                unit: "hours".into(),
                region: line.text("region"),
                tiers: flat(decimal(line.get("usd_hour"))),
                source: line.source(),
            });
        }
    };
    add("aws_elasticache.csv", &|line| format!("AmazonElastiCache/{}/{}", line.get("node_type"), line.get("engine")));
    add("aws_opensearch.csv", &|line| format!("AmazonES/{}", line.get("instance_type")));
}
