//! `aws_db_snapshot_copy`: a copy of a snapshot of RDS.

use crate::catalogue::Adapter;
use crate::catalogue::reader::inert;
use crate::facts::{Charge, Tariff, UsageKey};
use crate::model::Mode;

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_db_snapshot_copy",
    mode: Mode::Managed,
    noun: "RDS snapshot copy",
    describe: inert,
    tariff: &TARIFF,
};

/// Billed as any snapshot is, by what it holds.
///
/// Source: Amazon RDS pricing, backup storage, not looked up again.
static TARIFF: Tariff = Tariff {
    usage: &[UsageKey { key: "backup_storage_gb", meaning: "GB of the snapshot beyond what is free" }],
    charge: Charge::By(|site, lines| {
        lines.used(
            "Additional backup storage",
            "GB",
            "AmazonRDS/RDS:ChargedBackupUsage",
            site.usage("backup_storage_gb"),
        );
    }),
    ..Tariff::FREE
};
