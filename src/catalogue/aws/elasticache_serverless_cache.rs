//! `aws_elasticache_serverless_cache`: a cache without nodes to see, over several zones.

use super::elasticache_replication_group::cache;
use super::shared::billing::{MILLION, given, said};
use super::shared::cache::lasting;
use crate::catalogue::Adapter;
use crate::catalogue::reader::Reader;
use crate::facts::{
    Amounts, Availability, Charge, Facts, Field, Lasting, Lines, Quantity, Rate, Relation, Site, Tariff, UsageKey,
};
use crate::model::{Attr, Mode, Resource, Text};
use crate::units::{Decimal, HOURS_PER_MONTH};

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_elasticache_serverless_cache",
    mode: Mode::Managed,
    noun: "ElastiCache serverless cache",
    describe,
    tariff: &TARIFF,
};

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["arn", "id", "name"]);
    reader.links(Relation::GuardedBy, "security_group_ids");
    reader.links(Relation::InSubnet, "subnet_ids");
    let spread = (Attr::Set(Availability::MultiZone), "engine", "serverless".into(), "");
    let part = cache(resource, "node_type", spread, Attr::Unset, None, Vec::new());
    reader.facts(lasting(part, Lasting::kept("engine", "serverless")))
}

/// Billed by what it stores, as much at least as is metered in any case, and by the requests that it answers.
///
/// Source: Amazon `ElastiCache` pricing as given by Vantage, `ElastiCache` Serverless: metered is at least 1 GB, with Valkey 100 MB; read
/// 2026-11-29. Bounds of use: API reference of `CreateServerlessCache`, `CacheUsageLimits`: a minimum is paid in any case, not looked up again.
static TARIFF: Tariff = Tariff {
    reads: &[
        Field::text("engine"),
        Field::blocks(
            "cache_usage_limits",
            &[
                Field::blocks("data_storage", &[Field::number("minimum"), Field::number("maximum")]),
                Field::blocks("ecpu_per_second", &[Field::number("minimum"), Field::number("maximum")]),
            ],
        ),
        Field::number("snapshot_retention_limit"),
    ],
    near: &[],
    usage: &[
        UsageKey { key: "storage_gb", meaning: "GB that the cache holds on average" },
        UsageKey { key: "monthly_ecpus", meaning: "ElastiCache processing units of its requests in a month" },
        UsageKey { key: "snapshot_storage_size_gb", meaning: "GB of one snapshot" },
    ],
    charge: Charge::By(charge),
};

fn charge(site: &Site<'_>, lines: &mut Lines) {
    let engine = said(site.own().text("engine").map(Clone::clone), "engine");
    let spoken = engine.as_ref().map_or("engine", Text::as_str);
    let (title, key) = ("Data stored", format!("aws_elasticache_serverless_cache/Data stored ({spoken})"));
    lines.add(title, "GB-hours", key, Rate::Hour, given(&engine, storage(site, spoken)));
    let key = format!("aws_elasticache_serverless_cache/ElastiCache processing units ({spoken})");
    let (least, most) = bounds(site, "ecpu_per_second");
    let used = site.usage("monthly_ecpus");
    let million = Decimal::from(MILLION);
    let a_month = |a_second: Decimal| a_second * Decimal::from(3600) * HOURS_PER_MONTH;
    let quantity = match (least, most, used) {
        (Attr::Set(least), most, used) => {
            let minimum = a_month(least);
            let expected = used.unwrap_or(minimum).max(minimum);
            let maximum = most.into_known().map_or(expected, a_month).max(expected);
            let amounts = Amounts { minimum, expected, maximum };
            given(&engine, amounts.map(|units| units / million))
        }
        (Attr::Unknown(why), ..) => Quantity::Unknown(format!("cache_usage_limits is {why}")),
        (Attr::Unset, _, used) => Quantity::Used(used.map(|used| used / million)),
    };
    lines.add("ElastiCache processing units", "1M ECPUs", key, Rate::Month, quantity);
    super::shared::cache::backups(site, lines, "aws_elasticache_replication_group/Backup storage");
}

/// What it stores: at least what is metered in any case, at most what it is allowed to.
fn storage(site: &Site<'_>, engine: &str) -> Quantity {
    let metered = if engine == "valkey" { Decimal::new(1, 1) } else { Decimal::ONE };
    let (least, most) = bounds(site, "data_storage");
    let (least, most) = match (least, most) {
        (Attr::Unknown(why), _) | (_, Attr::Unknown(why)) => {
            return Quantity::Unknown(format!("cache_usage_limits is {why}"));
        }
        (least, most) => (least.into_known().unwrap_or(metered).max(metered), most.into_known()),
    };
    let expected = site.usage("storage_gb").unwrap_or(least).max(least);
    Amounts { minimum: least, expected, maximum: most.unwrap_or(expected).max(expected) }.into()
}

/// The least and the most of one bound.
fn bounds(site: &Site<'_>, name: &str) -> (Attr<Decimal>, Attr<Decimal>) {
    let block = site.own().block("cache_usage_limits").and_then(|limits| limits.block(name));
    let bound = |end: &str| block.clone().and_then(|block| block.number(end));
    (bound("minimum"), bound("maximum"))
}
