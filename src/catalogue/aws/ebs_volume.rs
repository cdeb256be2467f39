//! `aws_ebs_volume`: a disk, for machines of its own zone.

use crate::catalogue::Adapter;
use crate::catalogue::reader::{ONE, Reader};
use crate::facts::{Facts, Part, Relation, Storage, StorageKind, Tariff};
use crate::model::{Attr, Mode, Resource};

pub(super) static ADAPTER: Adapter =
    Adapter { kind: "aws_ebs_volume", mode: Mode::Managed, noun: "EBS volume", describe, tariff: &Tariff::NONE };

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
    reader.facts(Part::Storage(Box::new(Storage {
        kind: StorageKind::Disk,
        spread: Attr::Set(false),
        spread_attribute: "availability_zone",
        spread_value: zone.known().cloned().unwrap_or_else(|| "one zone".into()),
        zone,
        doors: None,
        wider: "a file system that stands in several zones",
    })))
}
