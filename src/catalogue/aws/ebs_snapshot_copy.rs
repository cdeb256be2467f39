//! `aws_ebs_snapshot_copy`: a copy of a snapshot, perhaps from another region.

use super::ebs_snapshot::{STORAGE, copy};
use crate::catalogue::Adapter;
use crate::catalogue::reader::inert;
use crate::facts::{Charge, Tariff};
use crate::model::Mode;

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_ebs_snapshot_copy",
    mode: Mode::Managed,
    noun: "EBS snapshot copy",
    describe: inert,
    tariff: &TARIFF,
};

/// Billed by what it holds.
///
/// Source: Amazon EBS pricing, snapshots, not looked up again.
static TARIFF: Tariff = Tariff { usage: &[STORAGE], charge: Charge::By(copy), ..Tariff::FREE };
