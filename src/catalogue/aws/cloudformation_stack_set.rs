//! `aws_cloudformation_stack_set`: stacks in many accounts and regions.

use super::shared::meter;
use crate::catalogue::Adapter;
use crate::catalogue::reader::inert;
use crate::facts::{Charge, Lines, Site, Tariff};
use crate::model::Mode;

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_cloudformation_stack_set",
    mode: Mode::Managed,
    noun: "CloudFormation stack set",
    describe: inert,
    tariff: &TARIFF,
};

/// By the operation on types that are not AWS's own; what the stack consists of is billed, and not seen here.
///
/// Source: components and units as Infracost prints them, goldens of 2024-07.
static TARIFF: Tariff = Tariff {
    usage: &[
        meter::key("monthly_handler_operations", "operations of handlers of types that are not AWS, in a month"),
        meter::key("monthly_duration_secs", "seconds that such operations take beyond 30, in a month"),
    ],
    charge: Charge::By(charge),
    ..Tariff::FREE
};

fn charge(site: &Site<'_>, lines: &mut Lines) {
    let operations = site.usage("monthly_handler_operations");
    lines.used("Handler operations", "operations", "aws_cloudformation_stack_set/Handler operations", operations);
    let seconds = site.usage("monthly_duration_secs");
    lines.used("Durations above 30s", "seconds", "aws_cloudformation_stack_set/Durations above 30s", seconds);
}
