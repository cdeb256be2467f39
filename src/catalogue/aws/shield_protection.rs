//! `aws_shield_protection`: one thing that Shield Advanced protects.

use crate::catalogue::Adapter;
use crate::catalogue::reader::inert;
use crate::facts::{Charge, Tariff};
use crate::model::Mode;

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_shield_protection",
    mode: Mode::Managed,
    noun: "Shield protection",
    describe: inert,
    tariff: &TARIFF,
};

/// The organisation's subscription is billed, whatever it protects.
///
/// Source: AWS Shield pricing, not looked up again.
static TARIFF: Tariff = Tariff { charge: Charge::Elsewhere, ..Tariff::FREE };
