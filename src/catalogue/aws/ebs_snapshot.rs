//! `aws_ebs_snapshot`: what a volume held at one time.

use super::ebs_volume::size;
use crate::catalogue::Adapter;
use crate::catalogue::reader::Reader;
use crate::facts::{Charge, Facts, Lines, Near, Part, Quantity, Relation, Site, Tariff, UsageKey};
use crate::model::{Mode, Resource};
use crate::units::Decimal;

pub(super) static ADAPTER: Adapter =
    Adapter { kind: "aws_ebs_snapshot", mode: Mode::Managed, noun: "EBS snapshot", describe, tariff: &TARIFF };

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["id", "arn"]);
    reader.link(Relation::Beside, "volume_id");
    reader.facts(Part::Inert)
}

/// Billed by what it holds, and by reading and writing it directly.
///
/// Source: Amazon EBS pricing, snapshots, not looked up again.
static TARIFF: Tariff = Tariff {
    reads: &[],
    near: &[Near::To(Relation::Beside)],
    usage: &[
        STORAGE,
        UsageKey { key: "fast_snapshot_restore_hours", meaning: "Hours in a month, in each zone, of fast restore" },
        UsageKey { key: "monthly_list_block_requests", meaning: "ListChangedBlocks and ListSnapshotBlocks in a month" },
        UsageKey { key: "monthly_get_block_requests", meaning: "GetSnapshotBlock in a month" },
        UsageKey { key: "monthly_put_block_requests", meaning: "PutSnapshotBlock in a month" },
    ],
    charge: Charge::By(charge),
};

pub(super) const STORAGE: UsageKey = UsageKey { key: "storage_gb", meaning: "GB that the snapshot holds" };

const NAME: &str = "EBS snapshot storage";
const KEY: &str = "AmazonEC2/EBS:SnapshotUsage";

fn charge(site: &Site<'_>, lines: &mut Lines) {
    let volume = site.one(Near::To(Relation::Beside)).ok().flatten();
    match (site.usage("storage_gb"), volume) {
        // A first snapshot holds all that was ever written to its volume, which is at most its size.
        (None, Some(volume)) if volume.kind() == "aws_ebs_volume" => {
            lines.monthly(NAME, "GB", KEY, size(volume.own()));
        }
        (stated, _) => {
            lines.used(NAME, "GB", KEY, stated);
        }
    }
    let thousands = |key: &str| site.usage(key).map(|all| all / Decimal::ONE_THOUSAND);
    let hours = site.usage("fast_snapshot_restore_hours");
    if hours.is_some() {
        lines.used("Fast snapshot restore", "DSU-hours", "AmazonEC2/EBS:FastSnapshotRestore", hours);
    }
    for (name, unit, key) in [
        ("ListChangedBlocks & ListSnapshotBlocks API requests", "1k requests", "monthly_list_block_requests"),
        ("GetSnapshotBlock API requests", "1k SnapshotAPIUnits", "monthly_get_block_requests"),
        ("PutSnapshotBlock API requests", "1k SnapshotAPIUnits", "monthly_put_block_requests"),
    ] {
        if let Some(used) = thousands(key) {
            lines.used(name, unit, format!("aws_ebs_snapshot/{name}"), Some(used));
        }
    }
}

/// A snapshot of which no volume can be seen.
pub(super) fn copy(site: &Site<'_>, lines: &mut Lines) {
    lines.monthly(NAME, "GB", KEY, Quantity::Used(site.usage("storage_gb")));
}
