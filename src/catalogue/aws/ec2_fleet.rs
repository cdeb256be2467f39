//! `aws_ec2_fleet`: machines of several types.

use crate::catalogue::Adapter;
use crate::catalogue::reader::inert;
use crate::facts::{Charge, Tariff};
use crate::model::Mode;

pub(super) static ADAPTER: Adapter =
    Adapter { kind: "aws_ec2_fleet", mode: Mode::Managed, noun: "EC2 fleet", describe: inert, tariff: &TARIFF };

/// Its machines are billed.
static TARIFF: Tariff = Tariff {
    charge: Charge::NotPriced("which machine types an EC2 fleet takes is decided when it starts them"),
    ..Tariff::FREE
};
