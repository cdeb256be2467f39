//! `aws_guardduty_detector`: watches an account for intruders.

use crate::catalogue::Adapter;
use crate::catalogue::reader::inert;
use crate::facts::{Charge, Tariff};
use crate::model::Mode;

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_guardduty_detector",
    mode: Mode::Managed,
    noun: "GuardDuty detector",
    describe: inert,
    tariff: &TARIFF,
};

/// By the events and GB that it looks at.
static TARIFF: Tariff = Tariff {
    charge: Charge::NotPriced(
        "billed by what it looks at, of which the plan shows nothing, and planwise has no prices of it",
    ),
    ..Tariff::FREE
};
