//! `aws_efs_file_system`: files, reached through mount targets.

use super::shared::billing::{above, needed, said, used};
use crate::catalogue::Adapter;
use crate::catalogue::reader::Reader;
use crate::facts::{Charge, Facts, Field, Lines, Part, Quantity, Site, Storage, StorageKind, Tariff, UsageKey};
use crate::model::{Attr, Mode, Resource, Text};
use crate::units::Decimal;

pub(super) static ADAPTER: Adapter =
    Adapter { kind: "aws_efs_file_system", mode: Mode::Managed, noun: "EFS file system", describe, tariff: &TARIFF };

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
        size: Attr::Unset,
        claimed: None,
        doors: Some("mount target"),
        wider: "a new file system without availability_zone_name",
    })))
}

/// Billed by what it stores and, where that is provisioned or elastic, by how fast it is read and written.
///
/// Source: Amazon EFS pricing, not looked up again.
static TARIFF: Tariff = Tariff {
    reads: &[
        Field::text("availability_zone_name"),
        Field::text("throughput_mode"),
        Field::number("provisioned_throughput_in_mibps"),
        Field::blocks("lifecycle_policy", &[Field::text("transition_to_ia"), Field::text("transition_to_archive")]),
    ],
    near: &[],
    usage: &[
        UsageKey { key: "storage_gb", meaning: "GB in its first storage class" },
        UsageKey { key: "infrequent_access_storage_gb", meaning: "GB that are rarely read" },
        UsageKey { key: "monthly_infrequent_access_read_gb", meaning: "GB read from there in a month" },
        UsageKey { key: "monthly_infrequent_access_write_gb", meaning: "GB moved there in a month" },
        UsageKey { key: "archive_storage_gb", meaning: "GB in its archive" },
        UsageKey { key: "monthly_archive_read_gb", meaning: "GB read from the archive in a month" },
        UsageKey { key: "monthly_elastic_read_gb", meaning: "GB read in a month, with elastic throughput" },
        UsageKey { key: "monthly_elastic_write_gb", meaning: "GB written in a month, with elastic throughput" },
    ],
    charge: Charge::By(charge),
};

fn charge(site: &Site<'_>, lines: &mut Lines) {
    const KIND: &str = "aws_efs_file_system";
    let own = site.own();
    // Default bursting: API reference of CreateFileSystem, ThroughputMode.
    let mode = said(own.text("throughput_mode").map(Clone::clone).or_default("bursting".into()), "throughput_mode");
    let elastic = mode.as_ref().is_ok_and(|mode| *mode == "elastic");
    let one_zone = match own.text("availability_zone_name") {
        Attr::Unknown(_) | Attr::Set(_) => true,
        Attr::Unset => false,
    };
    let stored = site.usage("storage_gb");
    let mut add = used(KIND, lines);
    add.line(if one_zone { "Storage (one zone)" } else { "Storage (standard)" }, "GB", stored);
    let moves = |name: &str| {
        let policies = own.blocks("lifecycle_policy");
        policies.known().is_some_and(|policies| policies.iter().any(|policy| !policy.text(name).is_unset()))
    };
    let rare = site.usage("infrequent_access_storage_gb");
    if moves("transition_to_ia") || rare.is_some() {
        let name = match (one_zone, elastic) {
            (true, _) => "Storage (one zone, infrequent access)",
            (false, true) => "Storage (infrequent access, elastic throughput)",
            (false, false) => "Storage (standard, infrequent access)",
        };
        add.line(name, "GB", rare);
        add.line("Read requests (infrequent access)", "GB", site.usage("monthly_infrequent_access_read_gb"));
        add.line("Write requests (infrequent access)", "GB", site.usage("monthly_infrequent_access_write_gb"));
    }
    let archived = site.usage("archive_storage_gb");
    if moves("transition_to_archive") || archived.is_some() {
        add.line("Storage (archive)", "GB", archived);
        add.line("Archive read", "GB", site.usage("monthly_archive_read_gb"));
    }
    if elastic {
        add.line("Elastic throughput read", "GB", site.usage("monthly_elastic_read_gb"));
        add.line("Elastic throughput write", "GB", site.usage("monthly_elastic_write_gb"));
    }
    let throughput = match &mode {
        Ok(mode) if *mode == "provisioned" => needed(own, "provisioned_throughput_in_mibps"),
        Ok(_) => return,
        Err(why) => Quantity::Unknown(why.clone()),
    };
    // Each 20 GB that are stored come with 1 MB a second: Amazon EFS pricing, provisioned throughput, not looked up again.
    let with_it = stored.unwrap_or_default() / Decimal::from(20);
    let key = "aws_efs_file_system/Provisioned throughput";
    lines.monthly("Provisioned throughput", "MBps", key, above(throughput, with_it));
}
