//! `aws_cloudwatch_composite_alarm`: an alarm over other alarms.

use crate::catalogue::Adapter;
use crate::catalogue::reader::inert;
use crate::facts::{Charge, Lines, Site, Tariff};
use crate::model::Mode;

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_cloudwatch_composite_alarm",
    mode: Mode::Managed,
    noun: "composite alarm",
    describe: inert,
    tariff: &TARIFF,
};

/// By the alarm and month.
///
/// Source: Amazon CloudWatch pricing, alarms, 2025-01 to 2025-06.
static TARIFF: Tariff = Tariff { charge: Charge::By(charge), ..Tariff::FREE };

fn charge(_: &Site<'_>, lines: &mut Lines) {
    lines.monthly("Composite alarm", "alarms", "AmazonCloudWatch/CW:CompositeAlarmMonitorUsage", 1);
}
