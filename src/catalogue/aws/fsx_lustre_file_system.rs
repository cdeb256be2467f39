//! `aws_fsx_lustre_file_system`: a parallel file system, which stands in the one subnet that it names.

use super::shared::billing::{given, needed, said};
use super::shared::fsx;
use crate::catalogue::Adapter;
use crate::facts::{Charge, Facts, Lines, Site, Tariff, UsageKey};
use crate::model::{Attr, Mode, Resource};

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_fsx_lustre_file_system",
    mode: Mode::Managed,
    noun: "FSx for Lustre file system",
    describe,
    tariff: &TARIFF,
};

/// Exactly one subnet, in whose zone it stands: Amazon `FSx` API reference, `CreateFileSystem`, `SubnetIds`, read 2026-11-29.
pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    fsx::facts(resource, Attr::Set(false), "subnet_ids", "one subnet".into(), "another kind of file system")
}

/// Billed by its disks, of which the price depends on how it is deployed and how fast each TiB is; and by its backups.
///
/// Source: Amazon `FSx` for Lustre pricing, not looked up again.
static TARIFF: Tariff = Tariff {
    reads: fsx::READS,
    near: &[],
    usage: &[UsageKey { key: "backup_storage_gb", meaning: "GB of backups" }],
    charge: Charge::By(charge),
};

fn charge(site: &Site<'_>, lines: &mut Lines) {
    let own = site.own();
    // Defaults SCRATCH_1 and SSD: API reference of CreateFileSystem, DeploymentType and StorageType.
    let deployment =
        said(own.text("deployment_type").map(Clone::clone).or_default("SCRATCH_1".into()), "deployment_type");
    let disk = said(own.text("storage_type").map(Clone::clone).or_default("SSD".into()), "storage_type");
    let name = if disk.as_ref().is_ok_and(|disk| *disk == "HDD") { "HDD storage" } else { "SSD storage" };
    let shown = deployment.as_ref().map_or("", |deployment| deployment.as_str());
    let speed = own.number("per_unit_storage_throughput");
    let key = match &speed {
        Attr::Set(speed) => format!("aws_fsx_lustre_file_system/{name} ({shown}, {speed} MBps/TiB)"),
        _ => format!("aws_fsx_lustre_file_system/{name} ({shown})"),
    };
    let told = match speed {
        Attr::Unknown(why) => Err(format!("per_unit_storage_throughput is {why}")),
        _ => Ok(()),
    };
    let allocated = given(&deployment, given(&disk, given(&told, needed(own, "storage_capacity"))));
    lines.monthly(name, "GB", key, allocated);
    let kept = site.usage("backup_storage_gb");
    lines.used("Backup storage", "GB", "aws_fsx_lustre_file_system/Backup storage", kept);
}
