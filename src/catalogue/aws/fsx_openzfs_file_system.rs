//! `aws_fsx_openzfs_file_system`: ZFS over NFS.

use super::shared::fsx;
use crate::catalogue::Adapter;
use crate::facts::{Charge, Facts, Tariff, UsageKey};
use crate::model::{Mode, Resource};

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_fsx_openzfs_file_system",
    mode: Mode::Managed,
    noun: "FSx for OpenZFS file system",
    describe,
    tariff: &TARIFF,
};

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    fsx::read(resource, None)
}

/// Billed by its disks, its throughput, its operations beyond what comes with them, and its backups.
static TARIFF: Tariff = Tariff {
    reads: fsx::READS,
    near: &[],
    usage: &[UsageKey { key: "backup_storage_gb", meaning: "GB of backups" }],
    charge: Charge::By(|site, lines| {
        fsx::disks(site, lines, "aws_fsx_openzfs_file_system", "SINGLE_AZ_1", "");
    }),
};
