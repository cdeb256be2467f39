//! `aws_cloudwatch_log_delivery`: hands the logs of an AWS service on.

use super::shared::meter;
use crate::catalogue::Adapter;
use crate::catalogue::reader::inert;
use crate::facts::{Charge, Lines, Site, Tariff};
use crate::model::Mode;

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_cloudwatch_log_delivery",
    mode: Mode::Managed,
    noun: "log delivery",
    describe: inert,
    tariff: &TARIFF,
};

/// By the GB that is delivered, by where to.
///
/// Source: Amazon CloudWatch pricing, vended logs, not looked up again.
static TARIFF: Tariff = Tariff {
    usage: &[meter::key(
        "monthly_data_ingested_gb",
        "GB of logs in a month; not again at the log group or bucket that takes them",
    )],
    charge: Charge::By(charge),
    ..Tariff::FREE
};

fn charge(site: &Site<'_>, lines: &mut Lines) {
    let delivered = site.usage("monthly_data_ingested_gb");
    lines.used("Logs delivered", "GB", "AmazonCloudWatch/VendedLog-Bytes", delivered);
}
