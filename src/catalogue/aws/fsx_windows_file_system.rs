//! `aws_fsx_windows_file_system`: Windows shares.

use super::shared::fsx;
use crate::catalogue::Adapter;
use crate::facts::{Charge, Facts, Tariff, UsageKey};
use crate::model::{Mode, Resource};

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_fsx_windows_file_system",
    mode: Mode::Managed,
    noun: "FSx for Windows file system",
    describe,
    tariff: &TARIFF,
};

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    fsx::read(resource, Some("SINGLE_AZ_1"))
}

/// Billed by its disks, its throughput, its operations beyond what comes with them, and its backups. The book has prices of
/// `MULTI_AZ_1` under plain names: 0.23 $ a GB in us-east-1, and 4.50 $ a MB a second.
static TARIFF: Tariff = Tariff {
    reads: fsx::READS,
    near: &[],
    usage: &[UsageKey { key: "backup_storage_gb", meaning: "GB of backups" }],
    charge: Charge::By(|site, lines| {
        fsx::disks(site, lines, "aws_fsx_windows_file_system", "MULTI_AZ_1", "SINGLE_AZ_1");
    }),
};
