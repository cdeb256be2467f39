//! `aws_ami`: an image, made of snapshots that are there.

use crate::catalogue::Adapter;
use crate::catalogue::reader::inert;
use crate::facts::{Charge, Tariff};
use crate::model::Mode;

pub(super) static ADAPTER: Adapter =
    Adapter { kind: "aws_ami", mode: Mode::Managed, noun: "AMI", describe: inert, tariff: &TARIFF };

/// Its snapshots are billed for themselves.
static TARIFF: Tariff = Tariff { charge: Charge::Elsewhere, ..Tariff::FREE };
