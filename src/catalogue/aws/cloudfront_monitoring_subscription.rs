//! `aws_cloudfront_monitoring_subscription`: more metrics of a distribution.

use super::shared::meter;
use crate::catalogue::Adapter;
use crate::catalogue::reader::inert;
use crate::facts::{Charge, Lines, Site, Tariff};
use crate::model::Mode;

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_cloudfront_monitoring_subscription",
    mode: Mode::Managed,
    noun: "CloudFront metrics",
    describe: inert,
    tariff: &TARIFF,
};

/// Eight metrics at the price of metrics of one's own, whatever the traffic.
///
/// Source: Amazon `CloudFront` developer guide, additional `CloudFront` distribution metrics, not looked up again.
static TARIFF: Tariff = Tariff { charge: Charge::By(charge), ..Tariff::FREE };

fn charge(_: &Site<'_>, lines: &mut Lines) {
    lines
        .monthly("Additional metrics", "metrics", "AmazonCloudWatch/CW:MetricMonitorUsage", 8)
        .in_region(meter::GLOBAL);
}
