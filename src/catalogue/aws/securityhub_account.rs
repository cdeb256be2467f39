//! `aws_securityhub_account`: checks an account against standards.

use crate::catalogue::Adapter;
use crate::catalogue::reader::inert;
use crate::facts::{Charge, Tariff};
use crate::model::Mode;

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_securityhub_account",
    mode: Mode::Managed,
    noun: "Security Hub",
    describe: inert,
    tariff: &TARIFF,
};

/// By the check and the finding.
static TARIFF: Tariff = Tariff {
    charge: Charge::NotPriced(
        "billed by what it looks at, of which the plan shows nothing, and planwise has no prices of it",
    ),
    ..Tariff::FREE
};
