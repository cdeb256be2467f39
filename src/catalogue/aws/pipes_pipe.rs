//! `aws_pipes_pipe`: takes records from a source and hands them to a target.

use super::lambda_function::function_of;
use super::shared::meter;
use crate::catalogue::Adapter;
use crate::catalogue::reader::{ONE, Reader};
use crate::facts::{Charge, EventTarget, Facts, Lines, Part, Relation, Site, Tariff};
use crate::model::{Mode, Resource};

pub(super) static ADAPTER: Adapter =
    Adapter { kind: "aws_pipes_pipe", mode: Mode::Managed, noun: "EventBridge pipe", describe, tariff: &TARIFF };

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["arn", "id", "name"]);
    reader.link(Relation::ReadsFrom, "source");
    reader.top(Relation::DeliversTo, "target", ONE, |arn| function_of(&arn));
    reader.facts(Part::EventTarget(Box::new(EventTarget { source: None, warms: false })))
}

/// By the event that it takes, each 64 KB of it one.
///
/// Source: Amazon EventBridge pricing, pipes, not looked up again.
static TARIFF: Tariff = Tariff {
    usage: &[
        meter::key("monthly_requests", "events that it takes in a month"),
        meter::key("request_size_kb", "KB of an event, on average"),
    ],
    charge: Charge::By(charge),
    ..Tariff::FREE
};

fn charge(site: &Site<'_>, lines: &mut Lines) {
    let events = meter::in_chunks(site.usage("monthly_requests"), site.usage("request_size_kb"), 64);
    lines.used("Requests", "1M requests", "aws_pipes_pipe/Requests", meter::per(events, 1_000_000));
}
