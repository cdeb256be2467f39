//! `aws_pipes_pipe`: takes records from a source and hands them to a target.

use super::lambda_function::function_of;
use crate::catalogue::Adapter;
use crate::catalogue::reader::{ONE, Reader};
use crate::facts::{EventTarget, Facts, Part, Relation, Tariff};
use crate::model::{Mode, Resource};

pub(super) static ADAPTER: Adapter =
    Adapter { kind: "aws_pipes_pipe", mode: Mode::Managed, noun: "EventBridge pipe", describe, tariff: &Tariff::NONE };

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["arn", "id", "name"]);
    reader.link(Relation::ReadsFrom, "source");
    reader.top(Relation::DeliversTo, "target", ONE, |arn| function_of(&arn));
    reader.facts(Part::EventTarget(Box::new(EventTarget { source: None, warms: false })))
}
