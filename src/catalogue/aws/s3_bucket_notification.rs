//! `aws_s3_bucket_notification`: tells somebody what happens in a bucket.

use super::lambda_function::function_of;
use crate::catalogue::Adapter;
use crate::catalogue::reader::{MANY, Reader, link_value};
use crate::facts::{EventTarget, Facts, Part, Relation, Tariff};
use crate::model::{Mode, Resource};

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_s3_bucket_notification",
    mode: Mode::Managed,
    noun: "bucket notification",
    describe,
    tariff: &Tariff::FREE,
};

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.link(Relation::ReadsFrom, "bucket");
    for (slot, function) in resource.body.blocks("lambda_function").iter().enumerate() {
        if let Some(value) = link_value(function.get("lambda_function_arn"), false, |arn| function_of(&arn)) {
            reader.value(Relation::DeliversTo, "lambda_function.lambda_function_arn", MANY.slot(slot), value);
        }
    }
    for (slot, queue) in resource.body.blocks("queue").iter().enumerate() {
        reader.within(Relation::DeliversTo, "queue.queue_arn", MANY.slot(slot), queue);
    }
    for (slot, topic) in resource.body.blocks("topic").iter().enumerate() {
        reader.within(Relation::DeliversTo, "topic.topic_arn", MANY.slot(slot), topic);
    }
    reader.facts(Part::EventTarget(Box::new(EventTarget { source: None, warms: false })))
}
