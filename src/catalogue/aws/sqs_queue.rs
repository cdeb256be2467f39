//! `aws_sqs_queue`: messages wait until somebody takes them.

use super::shared::{meter, services};
use crate::catalogue::Adapter;
use crate::catalogue::reader::Reader;
use crate::facts::{Charge, Facts, Field, Lines, Part, Site, Source, SourceKind, Tariff};
use crate::model::{Mode, Resource};

pub(super) static ADAPTER: Adapter =
    Adapter { kind: "aws_sqs_queue", mode: Mode::Managed, noun: "SQS queue", describe, tariff: &TARIFF };

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["arn", "url", "id", "name"]);
    // Default 30 seconds: Amazon SQS API reference, CreateQueue, VisibilityTimeout, read 2026-11-29.
    let hides = reader.span("visibility_timeout_seconds", 1_000, 30_000, "30 s, Amazon SQS API reference, CreateQueue");
    let ordered = resource.bool("fifo_queue").or_default(false);
    reader.facts(Part::Source(Box::new(Source {
        service: Some(&services::SQS),
        hides: Some(hides),
        ordered,
        ..Source::always(SourceKind::Queue)
    })))
}

/// By the request, each 64 KB of it one, at a lower price from 100 billion in a month on; the first million of an account is not taken
/// off.
///
/// Source: components and units as Infracost prints them, goldens of 2024-07.
static TARIFF: Tariff = Tariff {
    reads: &[Field::flag("fifo_queue")],
    usage: &[
        meter::key("monthly_requests", "requests in a month: to send, to receive, to delete"),
        meter::key("request_size_kb", "KB of a request, on average"),
    ],
    charge: Charge::By(charge),
    ..Tariff::FREE
};

fn charge(site: &Site<'_>, lines: &mut Lines) {
    let requests = meter::in_chunks(site.usage("monthly_requests"), site.usage("request_size_kb"), 64);
    let key = match meter::flag(site.own(), "fifo_queue", false) {
        Ok(true) => "aws_sqs_queue/Requests (FIFO)",
        Ok(false) => "aws_sqs_queue/Requests (standard)",
        Err(why) => return lines.not_priced("Requests", why),
    };
    lines.used("Requests", "1M requests", key, meter::per(requests, 1_000_000));
}
