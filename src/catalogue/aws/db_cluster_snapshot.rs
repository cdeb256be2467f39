//! `aws_db_cluster_snapshot`: a copy of a cluster of RDS or Aurora.

use crate::catalogue::Adapter;
use crate::catalogue::reader::inert;
use crate::facts::{Charge, Tariff, UsageKey};
use crate::model::Mode;

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_db_cluster_snapshot",
    mode: Mode::Managed,
    noun: "RDS cluster snapshot",
    describe: inert,
    tariff: &TARIFF,
};

/// Billed by what it holds; the price is that of Aurora.
///
/// Source: Amazon Aurora pricing, backup storage, not looked up again.
static TARIFF: Tariff = Tariff {
    usage: &[UsageKey { key: "backup_storage_gb", meaning: "GB of the snapshot beyond what is free" }],
    charge: Charge::By(|site, lines| {
        lines.used("Backup storage", "GB", "aws_rds_cluster/Backup storage", site.usage("backup_storage_gb"));
    }),
    ..Tariff::FREE
};
