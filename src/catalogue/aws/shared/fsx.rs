//! File systems of Amazon `FSx`: in one zone, or in two.

use super::billing::{above, given, needed, said};
use crate::catalogue::reader::Reader;
use crate::facts::{Facts, Field, Lines, Part, Quantity, Relation, Site, Storage, StorageKind};
use crate::model::{Attr, Resource, Text, Why};
use crate::units::Decimal;

/// Reads a file system that `deployment_type` puts into one zone or into two; `default` is what holds where nothing is set.
///
/// Source: Amazon `FSx` API reference, `CreateFileSystem`, deployment types and `SubnetIds`, read 2026-11-29.
pub(in crate::catalogue::aws) fn read(resource: &Resource<'_>, default: Option<&'static str>) -> Facts {
    let kind = match default {
        Some(default) => resource.text("deployment_type").or_default(default.into()),
        None => resource.text("deployment_type"),
    };
    let spread = kind.as_ref().and_then(|kind| {
        if kind.starts_with("MULTI_AZ") {
            Attr::Set(true)
        } else if kind.starts_with("SINGLE_AZ") {
            Attr::Set(false)
        } else {
            Attr::Unknown(Why::Malformed)
        }
    });
    facts(
        resource,
        spread,
        "deployment_type",
        kind.into_known().unwrap_or_default(),
        "deployment_type = \"MULTI_AZ_1\" in a new file system",
    )
}

/// What all file systems of `FSx` have in common.
pub(in crate::catalogue::aws) fn facts(
    resource: &Resource<'_>,
    spread: Attr<bool>,
    spread_attribute: &'static str,
    spread_value: Text,
    wider: &'static str,
) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["id", "arn", "dns_name"]);
    reader.links(Relation::InSubnet, "subnet_ids");
    reader.links(Relation::GuardedBy, "security_group_ids");
    reader.facts(Part::Storage(Box::new(Storage {
        kind: StorageKind::Files,
        spread,
        spread_attribute,
        spread_value,
        zone: Attr::Unset,
        size: Attr::Unset,
        claimed: None,
        doors: None,
        wider,
    })))
}

/// What most bills of `FSx` depend on.
pub(in crate::catalogue::aws) const READS: &[Field] = &[
    Field::text("deployment_type"),
    Field::text("storage_type"),
    Field::number("storage_capacity"),
    Field::number("throughput_capacity"),
    Field::number("throughput_capacity_per_ha_pair"),
    Field::number("ha_pairs"),
    Field::number("per_unit_storage_throughput"),
    Field::number("automatic_backup_retention_days"),
    Field::blocks("disk_iops_configuration", &[Field::text("mode"), Field::number("iops")]),
];

/// Adds the disks, the throughput and the operations of a file system. Prices that hold for one deployment only stand under its
/// name: `usual` is the one whose price is under the plain name.
///
/// Source: Amazon `FSx` pricing, not looked up again: what is provisioned is paid, whether or not it is compressed; 3 operations a second
/// come with each GB.
pub(in crate::catalogue::aws) fn disks(
    site: &Site<'_>,
    lines: &mut Lines,
    kind: &str,
    usual: &str,
    default: &'static str,
) {
    let own = site.own();
    let deployment = own.text("deployment_type").map(Clone::clone);
    let deployment =
        said(if default.is_empty() { deployment } else { deployment.or_default(default.into()) }, "deployment_type");
    // Default SSD: API reference of CreateFileSystem, StorageType.
    let disk = said(own.text("storage_type").map(Clone::clone).or_default("SSD".into()), "storage_type");
    let key = |name: &str| match &deployment {
        Ok(deployment) if *deployment != usual => format!("{kind}/{name} ({deployment})"),
        _ => format!("{kind}/{name}"),
    };
    let known = |quantity: Quantity| given(&deployment, given(&disk, quantity));
    let throughput = match own.number("throughput_capacity_per_ha_pair") {
        Attr::Unset => needed(own, "throughput_capacity"),
        each => Quantity::of("throughput_capacity_per_ha_pair", &each).times(super::billing::count(own, "ha_pairs", 1)),
    };
    lines.monthly("Throughput capacity", "MBps", key("Throughput capacity"), known(throughput));
    let allocated = needed(own, "storage_capacity");
    if let Attr::Set(block) = own.block("disk_iops_configuration")
        && block.text("mode").known().is_some_and(|mode| *mode == "USER_PROVISIONED")
    {
        let included = if let Quantity::Known(allocated) = &allocated {
            allocated.expected * Decimal::from(3)
        } else {
            Decimal::ZERO
        };
        let iops =
            given(&said(own.number("storage_capacity"), "storage_capacity"), above(needed(block, "iops"), included));
        lines.monthly("Provisioned IOPS", "IOPS", key("Provisioned IOPS"), known(iops));
    }
    let name = if disk.as_ref().is_ok_and(|disk| *disk == "HDD") { "HDD storage" } else { "SSD storage" };
    lines.monthly(name, "GB", key(name), known(allocated));
    // Default 0 to 30 days by kind; backups on demand are paid alike.
    lines.used("Backup storage", "GB", format!("{kind}/Backup storage"), site.usage("backup_storage_gb"));
}
