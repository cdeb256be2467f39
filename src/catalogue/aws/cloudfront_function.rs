//! `aws_cloudfront_function`: code that runs at the edge.

use super::shared::meter;
use crate::catalogue::Adapter;
use crate::catalogue::reader::inert;
use crate::facts::{Charge, Lines, Site, Tariff};
use crate::model::Mode;

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_cloudfront_function",
    mode: Mode::Managed,
    noun: "CloudFront function",
    describe: inert,
    tariff: &TARIFF,
};

/// By the call; those of the free tier are not taken off.
///
/// Source: the component that Infracost prints, golden of 2024-12-23.
static TARIFF: Tariff =
    Tariff { usage: &[meter::key("monthly_requests", "calls in a month")], charge: Charge::By(charge), ..Tariff::FREE };

fn charge(site: &Site<'_>, lines: &mut Lines) {
    let calls = meter::per(site.usage("monthly_requests"), 1_000_000);
    let key = "aws_cloudfront_function/Total number of invocations";
    lines.used("Total number of invocations", "1M invocations", key, calls).in_region(meter::GLOBAL);
}
