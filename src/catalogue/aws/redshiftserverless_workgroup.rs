//! `aws_redshiftserverless_workgroup`: a data warehouse without nodes to see.

use crate::catalogue::Adapter;
use crate::catalogue::reader::inert;
use crate::facts::{Charge, Tariff, UsageKey};
use crate::model::Mode;

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_redshiftserverless_workgroup",
    mode: Mode::Managed,
    noun: "Redshift serverless workgroup",
    describe: inert,
    tariff: &TARIFF,
};

/// Billed by the processing units that queries use, by the hour.
///
/// Source: Amazon Redshift pricing, Serverless: nothing is paid while nothing runs, not looked up again.
static TARIFF: Tariff = Tariff {
    usage: &[UsageKey { key: "monthly_rpu_hours", meaning: "processing units and hours of queries in a month" }],
    charge: Charge::By(|site, lines| {
        lines.used("Compute", "RPU-hours", "aws_redshiftserverless_workgroup/Compute", site.usage("monthly_rpu_hours"));
    }),
    ..Tariff::FREE
};
