//! `aws_scheduler_schedule`: sets something off by the clock.

use super::cloudwatch_event_rule::{is_frequent, keeps_warm};
use super::lambda_function::function_of;
use crate::catalogue::Adapter;
use crate::catalogue::reader::{ONE, Reader, link_value};
use crate::facts::{EventTarget, Facts, Part, Relation, Source, SourceKind};
use crate::model::{Attr, Mode, Resource};

pub(super) static ADAPTER: Adapter =
    Adapter { kind: "aws_scheduler_schedule", mode: Mode::Managed, noun: "schedule", describe };

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["arn", "id", "name"]);
    let mut warms = keeps_warm(&resource.text("name"));
    for target in resource.body.blocks("target") {
        if let Some(value) = link_value(target.get("arn"), false, |arn| function_of(&arn)) {
            reader.value(Relation::DeliversTo, "target.arn", ONE, value);
        }
        warms = warms || keeps_warm(&target.text("input"));
    }
    warms = warms && is_frequent(&resource.text("schedule_expression"));
    let source =
        Some(Source { kind: SourceKind::Schedule, warms, permitted: true, shards: Attr::Unset, service: None });
    reader.facts(Part::EventTarget(EventTarget { source, warms }))
}
