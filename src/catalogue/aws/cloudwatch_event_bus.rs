//! `aws_cloudwatch_event_bus`: passes events on.

use super::shared::meter;
use crate::catalogue::Adapter;
use crate::catalogue::reader::inert;
use crate::facts::{Charge, Lines, Site, Tariff};
use crate::model::Mode;

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_cloudwatch_event_bus",
    mode: Mode::Managed,
    noun: "event bus",
    describe: inert,
    tariff: &TARIFF,
};

/// By the event; AWS's own events cost nothing.
///
/// Source: components and units as Infracost prints them, goldens of 2024-07.
static TARIFF: Tariff = Tariff {
    usage: &[
        meter::key("monthly_custom_events", "events of one's own in a month, each 64 KB of payload one"),
        meter::key(
            "monthly_third_party_events",
            "events of partners and other accounts in a month, each 64 KB of payload one",
        ),
        meter::key("monthly_archive_processing_gb", "GB that go into an archive in a month"),
        meter::key("archive_storage_gb", "GB in archives"),
        meter::key(
            "monthly_schema_discovery_events",
            "events that are looked at for their schema in a month, each 8 KB of payload one",
        ),
    ],
    charge: Charge::By(charge),
    ..Tariff::FREE
};

fn charge(site: &Site<'_>, lines: &mut Lines) {
    let millions = |key: &str| meter::per(site.usage(key), 1_000_000);
    let custom = millions("monthly_custom_events");
    lines.used("Custom events published", "1M events", "aws_cloudwatch_event_bus/Custom events published", custom);
    let others = millions("monthly_third_party_events");
    let key = "aws_cloudwatch_event_bus/Third-party events published";
    lines.used("Third-party events published", "1M events", key, others);
    let archived = site.usage("monthly_archive_processing_gb");
    lines.used("Archive processing", "GB", "aws_cloudwatch_event_bus/Archive processing", archived);
    let stored = site.usage("archive_storage_gb");
    lines.used("Archive storage", "GB", "aws_cloudwatch_event_bus/Archive storage", stored);
    let discovered = millions("monthly_schema_discovery_events");
    lines.used("Schema discovery", "1M events", "aws_cloudwatch_event_bus/Schema discovery", discovered);
}
