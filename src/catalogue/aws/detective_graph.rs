//! `aws_detective_graph`: helps to look into incidents.

use crate::catalogue::Adapter;
use crate::catalogue::reader::inert;
use crate::facts::{Charge, Tariff};
use crate::model::Mode;

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_detective_graph",
    mode: Mode::Managed,
    noun: "Detective graph",
    describe: inert,
    tariff: &TARIFF,
};

/// By the GB that it looks at.
static TARIFF: Tariff = Tariff {
    charge: Charge::NotPriced(
        "billed by what it looks at, of which the plan shows nothing, and planwise has no prices of it",
    ),
    ..Tariff::FREE
};
