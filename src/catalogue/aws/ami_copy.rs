//! `aws_ami_copy`: a copy of an image: its snapshots are new.

use super::ebs_snapshot::{STORAGE, copy};
use crate::catalogue::Adapter;
use crate::catalogue::reader::inert;
use crate::facts::{Charge, Tariff};
use crate::model::Mode;

pub(super) static ADAPTER: Adapter =
    Adapter { kind: "aws_ami_copy", mode: Mode::Managed, noun: "AMI copy", describe: inert, tariff: &TARIFF };

/// Billed by what it holds.
///
/// Source: Amazon EBS pricing, snapshots, not looked up again.
static TARIFF: Tariff = Tariff { usage: &[STORAGE], charge: Charge::By(copy), ..Tariff::FREE };
