//! `aws_budgets_budget_action`: acts when a budget is exceeded.

use crate::catalogue::Adapter;
use crate::catalogue::reader::inert;
use crate::facts::{Charge, Tariff};
use crate::model::Mode;

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_budgets_budget_action",
    mode: Mode::Managed,
    noun: "budget action",
    describe: inert,
    tariff: &TARIFF,
};

/// By the day, but for the first two.
static TARIFF: Tariff = Tariff {
    charge: Charge::NotPriced("the first two of an account cost nothing, and planwise has no price of more"),
    ..Tariff::FREE
};
