//! `aws_docdb_cluster_snapshot`: a copy of a cluster of `DocumentDB`.

use crate::catalogue::Adapter;
use crate::catalogue::reader::inert;
use crate::facts::{Charge, Tariff, UsageKey};
use crate::model::Mode;

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_docdb_cluster_snapshot",
    mode: Mode::Managed,
    noun: "DocumentDB snapshot",
    describe: inert,
    tariff: &TARIFF,
};

/// Billed by what it holds.
///
/// Source: Amazon `DocumentDB` pricing, backup storage, not looked up again.
static TARIFF: Tariff = Tariff {
    usage: &[UsageKey { key: "backup_storage_gb", meaning: "GB beyond what is free with the cluster" }],
    charge: Charge::By(|site, lines| {
        lines.used(
            "Backup storage",
            "GB",
            "aws_docdb_cluster_snapshot/Backup storage",
            site.usage("backup_storage_gb"),
        );
    }),
    ..Tariff::FREE
};
