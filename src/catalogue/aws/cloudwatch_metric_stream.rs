//! `aws_cloudwatch_metric_stream`: passes metrics on as they come.

use super::shared::meter;
use crate::catalogue::Adapter;
use crate::catalogue::reader::inert;
use crate::facts::{Charge, Lines, Site, Tariff};
use crate::model::Mode;
use crate::units::Decimal;

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_cloudwatch_metric_stream",
    mode: Mode::Managed,
    noun: "metric stream",
    describe: inert,
    tariff: &TARIFF,
};

/// By the update of a metric.
///
/// Source: Amazon CloudWatch pricing, metric streams, 2025-01 to 2025-06.
static TARIFF: Tariff = Tariff {
    usage: &[meter::key("monthly_metric_updates", "updates of metrics in a month")],
    charge: Charge::By(charge),
    ..Tariff::FREE
};

fn charge(site: &Site<'_>, lines: &mut Lines) {
    let updates = meter::per(site.usage("monthly_metric_updates"), 1_000_000);
    // The book prices one.
    let million = Decimal::from(1_000_000);
    lines.used("Metric updates", "1M metric updates", "AmazonCloudWatch/CW:MetricStreamUsage", updates).times(million);
}
