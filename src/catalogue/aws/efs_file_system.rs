//! `aws_efs_file_system`: files, reached through mount targets.

use crate::catalogue::Adapter;
use crate::catalogue::reader::Reader;
use crate::facts::{Facts, Part, Storage, StorageKind, Tariff};
use crate::model::{Attr, Mode, Resource, Text};

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_efs_file_system",
    mode: Mode::Managed,
    noun: "EFS file system",
    describe,
    tariff: &Tariff::NONE,
};

/// One that names a zone stands there alone, all others in every zone of the region: Amazon EFS user guide, storage classes
/// and `CreateMountTarget`, read 2026-11-23.
pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["id", "arn", "dns_name"]);
    let zone = resource.text("availability_zone_name").and_then(|zone| match zone.as_str() {
        "" => Attr::Unset,
        _ => Attr::Set(zone),
    });
    let spread = match &zone {
        Attr::Set(_) => Attr::Set(false),
        Attr::Unset => Attr::Set(true),
        Attr::Unknown(why) => Attr::Unknown(*why),
    };
    reader.facts(Part::Storage(Box::new(Storage {
        kind: StorageKind::Files,
        spread,
        spread_attribute: "availability_zone_name",
        spread_value: zone.known().cloned().unwrap_or_else(|| Text::from("unset")),
        zone,
        doors: Some("mount target"),
        wider: "a new file system without availability_zone_name",
    })))
}
