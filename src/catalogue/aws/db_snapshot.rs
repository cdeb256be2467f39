//! `aws_db_snapshot`: a copy of a database of RDS.

use crate::catalogue::Adapter;
use crate::catalogue::reader::inert;
use crate::facts::{Charge, Tariff, UsageKey};
use crate::model::Mode;

pub(super) static ADAPTER: Adapter =
    Adapter { kind: "aws_db_snapshot", mode: Mode::Managed, noun: "RDS snapshot", describe: inert, tariff: &TARIFF };

/// Billed by what it holds, beyond what is free with the databases of the region.
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
