//! What nodes of caches cost, and the copies of what is in them.

use super::billing::{given, kept};
use crate::facts::{Lasting, Lines, Part, Quantity, Site};
use crate::model::Text;

/// Adds nodes of `ElastiCache` that run all the time.
pub(in crate::catalogue::aws) fn nodes(
    lines: &mut Lines,
    kind: &Result<Text, String>,
    engine: &Result<Text, String>,
    (number, scales): (Quantity, bool),
) {
    let shown = kind.as_ref().map_or("type unknown", Text::as_str);
    let title = if scales {
        format!("ElastiCache (on-demand, {shown}, autoscaling)")
    } else {
        format!("ElastiCache (on-demand, {shown})")
    };
    let key = match (kind, engine) {
        (Ok(kind), Ok(engine)) => format!("AmazonElastiCache/{kind}/{engine}"),
        _ => "AmazonElastiCache/node".to_owned(),
    };
    lines.hours(title, key, given(kind, given(engine, number)));
}

/// The same cache, with what it loses with one of its machines.
pub(in crate::catalogue::aws) fn lasting(part: Part, lasting: Lasting) -> Part {
    match part {
        Part::Datastore(mut cache) => {
            cache.lasting = Some(Box::new(lasting));
            Part::Datastore(cache)
        }
        other => other,
    }
}

/// Adds copies of what is in a cache: the first day's costs nothing.
///
/// Source: Amazon `ElastiCache` pricing, backup storage, not looked up again.
pub(in crate::catalogue::aws) fn backups(site: &Site<'_>, lines: &mut Lines, key: &'static str) {
    let days = site.own().number("snapshot_retention_limit");
    if let Some(kept) = kept(site, "snapshot_storage_size_gb", &days) {
        lines.monthly("Backup storage", "GB", key, kept);
    }
}
