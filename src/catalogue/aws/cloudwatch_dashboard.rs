//! `aws_cloudwatch_dashboard`: graphs of metrics.

use crate::catalogue::Adapter;
use crate::catalogue::reader::inert;
use crate::facts::{Charge, Tariff};
use crate::model::Mode;

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_cloudwatch_dashboard",
    mode: Mode::Managed,
    noun: "CloudWatch dashboard",
    describe: inert,
    tariff: &TARIFF,
};

/// Billed by the dashboard and month; the three that an account has for nothing are not counted.
///
/// Source: Amazon CloudWatch pricing, dashboards, not looked up again.
static TARIFF: Tariff = Tariff {
    charge: Charge::By(|_, lines| {
        lines.monthly("Dashboard", "months", "aws_cloudwatch_dashboard/Dashboard", 1);
    }),
    ..Tariff::FREE
};
