//! `aws_ebs_volume`: a disk, for machines of its own zone.

use super::shared::drives;
use super::shared::machines::Disk;
use crate::catalogue::Adapter;
use crate::catalogue::reader::{ONE, Reader};
use crate::facts::{
    Charge, Facts, Field, Lines, Part, Quantity, Record, Relation, Site, Storage, StorageKind, Tariff, UsageKey,
};
use crate::model::{Attr, Mode, Resource, Text};

pub(super) static ADAPTER: Adapter =
    Adapter { kind: "aws_ebs_volume", mode: Mode::Managed, noun: "EBS volume", describe, tariff: &TARIFF };

/// A volume can be attached to machines of its own zone only: Amazon EC2 API reference, `AttachVolume`, read
/// 2026-11-29.
pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["id", "arn"]);
    let zone = resource.text("availability_zone");
    if zone.why_unknown().is_some() {
        // It may be that of a machine or of a subnet.
        reader.top(Relation::Beside, "availability_zone", ONE, |zone| zone);
    }
    reader.drives(drives::of_volume(resource));
    reader.facts(Part::Storage(Box::new(Storage {
        kind: StorageKind::Disk,
        spread: Attr::Set(false),
        spread_attribute: "availability_zone",
        spread_value: zone.known().cloned().unwrap_or_else(|| "one zone".into()),
        zone,
        size: resource.int("size").and_then(|size| u64::try_from(size).map_or(Attr::Unset, Attr::Set)),
        claimed: claimed(resource),
        doors: None,
        wider: "a file system that stands in several zones",
    })))
}

/// Billed by its size, and by what is provisioned beyond.
pub(super) static TARIFF: Tariff = Tariff {
    reads: &[
        Field::text("type"),
        Field::number("size"),
        Field::number("iops"),
        Field::number("throughput"),
        Field::text("snapshot_id"),
    ],
    near: &[],
    usage: &[UsageKey { key: "monthly_standard_io_requests", meaning: "Requests to a magnetic volume in a month" }],
    charge: Charge::By(charge),
};

fn charge(site: &Site<'_>, lines: &mut Lines) {
    let own = site.own();
    let disk = Disk {
        kind: own.text("type").map(Clone::clone),
        size: size(own),
        iops: own.number("iops"),
        throughput: own.number("throughput"),
    };
    disk.bill(lines, &1.into(), site.usage("monthly_standard_io_requests"));
}

/// In GB.
pub(super) fn size(volume: &Record) -> Quantity {
    match volume.number("size") {
        Attr::Unset if volume.text("snapshot_id").is_unset() => Quantity::Unknown("size is not set".to_owned()),
        Attr::Unset => Quantity::Unknown("size is that of its snapshot".to_owned()),
        size => Quantity::of("size", &size),
    }
}

/// The tag by which Kubernetes, or what runs in it, says that a volume is its own: it attaches the volume itself.
///
/// Source: AWS EBS CSI driver, docs/tagging.md, and the tags of the in-tree driver before it; not looked up again.
fn claimed(resource: &Resource<'_>) -> Option<Text> {
    let tags = resource.body.get("tags").body().into_known()?;
    let is_claim = |key: &&str| ["kubernetes.io/", "ebs.csi.aws.com/"].iter().any(|prefix| key.starts_with(prefix));
    tags.keys().find(is_claim).map(Text::from)
}
