//! `aws_ebs_fast_snapshot_restore`: makes a snapshot restore at full speed in a zone.

use crate::catalogue::Adapter;
use crate::catalogue::reader::inert;
use crate::facts::{Charge, Tariff};
use crate::model::Mode;

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_ebs_fast_snapshot_restore",
    mode: Mode::Managed,
    noun: "fast snapshot restore",
    describe: inert,
    tariff: &TARIFF,
};

/// Billed by the hour: Amazon EBS pricing, fast snapshot restore, not looked up again.
static TARIFF: Tariff = Tariff {
    charge: Charge::By(|_, lines| {
        lines.hours("Fast snapshot restore", "AmazonEC2/EBS:FastSnapshotRestore", 1);
    }),
    ..Tariff::FREE
};
