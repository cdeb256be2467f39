//! `aws_cloudtrail`: writes down who did what.

use super::shared::meter;
use crate::catalogue::Adapter;
use crate::catalogue::reader::inert;
use crate::facts::{Charge, Lines, Site, Tariff};
use crate::model::Mode;

pub(super) static ADAPTER: Adapter =
    Adapter { kind: "aws_cloudtrail", mode: Mode::Managed, noun: "trail", describe: inert, tariff: &TARIFF };

/// The first copy of management events costs nothing; what else is written is billed by the event.
///
/// Source: components and units as Infracost prints them, goldens of 2024-07.
static TARIFF: Tariff = Tariff {
    usage: &[
        meter::key(
            "monthly_additional_management_events",
            "management events that a second trail or a further one writes in a month",
        ),
        meter::key("monthly_data_events", "events of data in a month"),
        meter::key("monthly_insight_events", "events that are looked at for insights in a month"),
    ],
    charge: Charge::By(charge),
    ..Tariff::FREE
};

fn charge(site: &Site<'_>, lines: &mut Lines) {
    let hundreds = |key: &str| meter::per(site.usage(key), 100_000);
    let copies = hundreds("monthly_additional_management_events");
    let key = "aws_cloudtrail/Management events (additional copies)";
    lines.used("Management events (additional copies)", "100k events", key, copies);
    lines.used("Data events", "100k events", "aws_cloudtrail/Data events", hundreds("monthly_data_events"));
    lines.used("Insight events", "100k events", "aws_cloudtrail/Insight events", hundreds("monthly_insight_events"));
}
