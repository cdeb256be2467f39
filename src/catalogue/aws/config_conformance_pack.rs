//! `aws_config_conformance_pack`: checks resources by many rules.

use crate::catalogue::Adapter;
use crate::catalogue::reader::inert;
use crate::facts::{Charge, Tariff};
use crate::model::Mode;

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_config_conformance_pack",
    mode: Mode::Managed,
    noun: "conformance pack",
    describe: inert,
    tariff: &TARIFF,
};

/// By the evaluation of its rules.
static TARIFF: Tariff = Tariff {
    charge: Charge::NotPriced("billed by the evaluations of its rules, of which the plan shows nothing"),
    ..Tariff::FREE
};
