//! `aws_route53_traffic_policy_instance`: answers by a traffic policy.

use super::shared::meter;
use crate::catalogue::Adapter;
use crate::catalogue::reader::inert;
use crate::facts::{Charge, Lines, Site, Tariff};
use crate::model::Mode;

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_route53_traffic_policy_instance",
    mode: Mode::Managed,
    noun: "traffic policy record",
    describe: inert,
    tariff: &TARIFF,
};

/// By the month.
///
/// Source: Amazon Route 53 pricing, traffic flow, not looked up again.
static TARIFF: Tariff = Tariff { charge: Charge::By(charge), ..Tariff::FREE };

fn charge(_: &Site<'_>, lines: &mut Lines) {
    let key = "aws_route53_traffic_policy_instance/Policy record";
    lines.monthly("Policy record", "months", key, 1).in_region(meter::GLOBAL);
}
