//! `aws_cloudwatch_log_metric_filter`: counts what logs say.

use super::shared::meter;
use crate::catalogue::Adapter;
use crate::catalogue::reader::inert;
use crate::facts::{Charge, Lines, Site, Tariff};
use crate::model::Mode;

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_cloudwatch_log_metric_filter",
    mode: Mode::Managed,
    noun: "metric filter",
    describe: inert,
    tariff: &TARIFF,
};

/// Each metric that comes of it is one of one's own; which do, depends on the logs.
///
/// Source: Amazon CloudWatch pricing, custom metrics, 2025-01 to 2025-06.
static TARIFF: Tariff = Tariff {
    usage: &[meter::key("custom_metrics", "metrics that come of it: one for each combination of its dimensions")],
    charge: Charge::By(charge),
    ..Tariff::FREE
};

fn charge(site: &Site<'_>, lines: &mut Lines) {
    let metrics = site.usage("custom_metrics");
    lines.used("Custom metrics", "metrics", "AmazonCloudWatch/CW:MetricMonitorUsage", metrics);
}
