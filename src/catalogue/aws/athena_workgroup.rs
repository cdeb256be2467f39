//! `aws_athena_workgroup`: queries of a data lake.

use crate::catalogue::Adapter;
use crate::catalogue::reader::inert;
use crate::facts::{Charge, Tariff, UsageKey};
use crate::model::Mode;

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_athena_workgroup",
    mode: Mode::Managed,
    noun: "Athena workgroup",
    describe: inert,
    tariff: &TARIFF,
};

/// Billed by what queries read.
///
/// Source: Amazon Athena pricing, SQL queries, not looked up again.
static TARIFF: Tariff = Tariff {
    usage: &[UsageKey { key: "monthly_data_scanned_tb", meaning: "TB that queries read in a month" }],
    charge: Charge::By(|site, lines| {
        lines.used("Data scanned", "TB", "aws_athena_workgroup/Data scanned", site.usage("monthly_data_scanned_tb"));
    }),
    ..Tariff::FREE
};
