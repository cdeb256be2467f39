//! `aws_inspector2_enabler`: looks for known holes.

use crate::catalogue::Adapter;
use crate::catalogue::reader::inert;
use crate::facts::{Charge, Tariff};
use crate::model::Mode;

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_inspector2_enabler",
    mode: Mode::Managed,
    noun: "Inspector",
    describe: inert,
    tariff: &TARIFF,
};

/// By the machine, the image and the function that it looks at.
static TARIFF: Tariff = Tariff {
    charge: Charge::NotPriced(
        "billed by what it looks at, of which the plan shows nothing, and planwise has no prices of it",
    ),
    ..Tariff::FREE
};
