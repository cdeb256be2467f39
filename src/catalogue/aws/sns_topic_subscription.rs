//! `aws_sns_topic_subscription`: hands the messages of a topic to somebody.

use super::lambda_function::function_of;
use super::shared::meter;
use crate::catalogue::Adapter;
use crate::catalogue::reader::{ONE, Reader};
use crate::facts::{Charge, EventTarget, Facts, Field, Lines, Part, Relation, Site, Tariff};
use crate::model::{Mode, Resource};

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_sns_topic_subscription",
    mode: Mode::Managed,
    noun: "SNS subscription",
    describe,
    tariff: &TARIFF,
};

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.link(Relation::RuledBy, "topic_arn");
    reader.top(Relation::DeliversTo, "endpoint", ONE, |endpoint| function_of(&endpoint));
    reader.facts(Part::EventTarget(Box::new(EventTarget { source: None, warms: false })))
}

/// Deliveries by HTTP are billed; those to queues and functions cost nothing. Other ways are counted at the topic.
///
/// Source: components and units as Infracost prints them, goldens of 2024-07; Amazon SNS pricing, not looked up again.
static TARIFF: Tariff = Tariff {
    reads: &[Field::text("protocol")],
    usage: &[
        meter::key("monthly_requests", "messages that are delivered in a month"),
        meter::key("request_size_kb", "KB of a message, on average"),
    ],
    charge: Charge::By(charge),
    ..Tariff::FREE
};

fn charge(site: &Site<'_>, lines: &mut Lines) {
    match meter::word(site.own(), "protocol", "") {
        Ok("http" | "https") => {
            let delivered = meter::in_chunks(site.usage("monthly_requests"), site.usage("request_size_kb"), 64);
            let key = "aws_sns_topic_subscription/HTTP notifications";
            lines.used("HTTP notifications", "1M notifications", key, meter::per(delivered, 1_000_000));
        }
        Ok(_) => {}
        Err(why) => lines.not_priced("Notifications", why),
    }
}
