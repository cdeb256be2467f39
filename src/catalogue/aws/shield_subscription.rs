//! `aws_shield_subscription`: protects an organisation against floods of requests.

use crate::catalogue::Adapter;
use crate::catalogue::reader::inert;
use crate::facts::{Charge, Tariff};
use crate::model::Mode;

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_shield_subscription",
    mode: Mode::Managed,
    noun: "Shield Advanced",
    describe: inert,
    tariff: &TARIFF,
};

/// By the month, for a year at the least, one for an organisation.
static TARIFF: Tariff = Tariff {
    charge: Charge::NotPriced("billed once for a whole organisation, and planwise has no price of it"),
    ..Tariff::FREE
};
