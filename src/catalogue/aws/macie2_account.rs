//! `aws_macie2_account`: looks for personal data in buckets.

use crate::catalogue::Adapter;
use crate::catalogue::reader::inert;
use crate::facts::{Charge, Tariff};
use crate::model::Mode;

pub(super) static ADAPTER: Adapter =
    Adapter { kind: "aws_macie2_account", mode: Mode::Managed, noun: "Macie", describe: inert, tariff: &TARIFF };

/// By the bucket and the GB that it looks at.
static TARIFF: Tariff = Tariff {
    charge: Charge::NotPriced(
        "billed by what it looks at, of which the plan shows nothing, and planwise has no prices of it",
    ),
    ..Tariff::FREE
};
