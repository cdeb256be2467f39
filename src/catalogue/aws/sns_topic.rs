//! `aws_sns_topic`: hands messages to everyone who subscribed.

use super::shared::{meter, services};
use crate::catalogue::Adapter;
use crate::catalogue::reader::Reader;
use crate::facts::{Charge, Facts, Field, Lines, Part, Site, Source, SourceKind, Tariff};
use crate::model::{Mode, Resource};
use crate::units::Decimal;

pub(super) static ADAPTER: Adapter =
    Adapter { kind: "aws_sns_topic", mode: Mode::Managed, noun: "SNS topic", describe, tariff: &TARIFF };

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["arn", "id", "name"]);
    reader.facts(Part::Source(Box::new(Source { service: Some(&services::SNS), ..Source::always(SourceKind::Topic) })))
}

/// A standard topic by the request beyond the first million, each 64 KB of it one, and by the delivery, by how it goes out; a FIFO topic
/// by the message and the GB, in and out.
///
/// Source: components and units as Infracost prints them, goldens of 2024-07. What an SMS costs depends on where it goes.
static TARIFF: Tariff = Tariff {
    reads: &[Field::flag("fifo_topic")],
    usage: &[
        meter::key("monthly_requests", "messages that are published in a month"),
        meter::key("request_size_kb", "KB of a message, on average"),
        meter::key("http_subscriptions", "subscribers by HTTP"),
        meter::key("email_subscriptions", "subscribers by mail"),
        meter::key("kinesis_subscriptions", "subscribers by Firehose"),
        meter::key("mobile_push_subscriptions", "subscribers by mobile push"),
        meter::key("macos_subscriptions", "subscribers on macOS"),
        meter::key("sms_subscriptions", "subscribers by SMS"),
        meter::key(
            "sms_notification_price",
            "what an SMS costs where it goes, in US dollars: not read, because prices come from the price book",
        ),
        meter::key("fifo_subscriptions", "subscribers of a FIFO topic"),
    ],
    charge: Charge::By(charge),
    ..Tariff::FREE
};

fn charge(site: &Site<'_>, lines: &mut Lines) {
    match meter::flag(site.own(), "fifo_topic", false) {
        Ok(true) => fifo(site, lines),
        Ok(false) => standard(site, lines),
        Err(why) => lines.not_priced("Messages", why),
    }
}

fn standard(site: &Site<'_>, lines: &mut Lines) {
    let messages = meter::in_chunks(site.usage("monthly_requests"), site.usage("request_size_kb"), 64);
    let requests = meter::per(meter::beyond(messages, 1_000_000), 1_000_000);
    lines.used("API requests (over 1M)", "1M requests", "aws_sns_topic/API requests (over 1M)", requests);
    for way in WAYS {
        let Some(subscribers) = site.usage(way.subscribers) else { continue };
        let delivered = messages.map(|messages| meter::product(messages, subscribers));
        let billed = meter::per(meter::beyond(delivered, way.free), way.unit.1);
        lines.used(way.name, way.unit.0, format!("aws_sns_topic/{}", way.name), billed);
    }
}

fn fifo(site: &Site<'_>, lines: &mut Lines) {
    let messages = site.usage("monthly_requests");
    let kb = site.usage("request_size_kb");
    let published = meter::per(messages, 1_000_000);
    lines.used("FIFO Publish API requests", "1M requests", "aws_sns_topic/FIFO Publish API requests", published);
    let gb = messages.zip(kb).map(|(messages, kb)| meter::share(meter::product(messages, kb), 1_048_576));
    lines.used("FIFO Publish API payload", "GB", "aws_sns_topic/FIFO Publish API payload", gb);
    let times =
        |amount: Option<Decimal>| amount.zip(site.usage("fifo_subscriptions")).map(|(a, b)| meter::product(a, b));
    let key = "aws_sns_topic/FIFO notifications";
    lines.used("FIFO notifications", "1M notifications", key, times(published));
    lines.used("FIFO notification payload", "GB", "aws_sns_topic/FIFO notification payload", times(gb));
}

/// A way in which messages go out, with those of a month that cost nothing.
struct Way {
    subscribers: &'static str,
    name: &'static str,
    unit: (&'static str, u64),
    free: u64,
}

const WAYS: &[Way] = &[
    Way {
        subscribers: "http_subscriptions",
        name: "HTTP/HTTPS notifications (over 100k)",
        unit: ("100k notifications", 100_000),
        free: 100_000,
    },
    Way {
        subscribers: "email_subscriptions",
        name: "Email/Email-JSON notifications (over 1k)",
        unit: ("100k notifications", 100_000),
        free: 1_000,
    },
    Way {
        subscribers: "kinesis_subscriptions",
        name: "Kinesis Firehose notifications",
        unit: ("1M notifications", 1_000_000),
        free: 0,
    },
    Way {
        subscribers: "mobile_push_subscriptions",
        name: "Mobile Push notifications",
        unit: ("1M notifications", 1_000_000),
        free: 0,
    },
    Way {
        subscribers: "macos_subscriptions",
        name: "MacOS notifications",
        unit: ("1M notifications", 1_000_000),
        free: 0,
    },
    Way {
        subscribers: "sms_subscriptions",
        name: "SMS notifications (over 100)",
        unit: ("100 notifications", 100),
        free: 100,
    },
];
