//! `aws_sns_topic_subscription`: hands the messages of a topic to somebody.

use super::lambda_function::function_of;
use crate::catalogue::Adapter;
use crate::catalogue::reader::{ONE, Reader};
use crate::facts::{EventTarget, Facts, Part, Relation, Tariff};
use crate::model::{Mode, Resource};

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_sns_topic_subscription",
    mode: Mode::Managed,
    noun: "SNS subscription",
    describe,
    tariff: &Tariff::NONE,
};

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.link(Relation::RuledBy, "topic_arn");
    reader.top(Relation::DeliversTo, "endpoint", ONE, |endpoint| function_of(&endpoint));
    reader.facts(Part::EventTarget(Box::new(EventTarget { source: None, warms: false })))
}
