//! `aws_spot_fleet_request`: machines on spare capacity, of several types.

use crate::catalogue::Adapter;
use crate::catalogue::reader::inert;
use crate::facts::{Charge, Tariff};
use crate::model::Mode;

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_spot_fleet_request",
    mode: Mode::Managed,
    noun: "Spot fleet request",
    describe: inert,
    tariff: &TARIFF,
};

/// Its machines are billed.
static TARIFF: Tariff = Tariff {
    charge: Charge::NotPriced("which machine types a Spot fleet takes is decided when it starts them"),
    ..Tariff::FREE
};
