//! `aws_batch_job_queue`: where batch jobs wait, and where they run.

use crate::catalogue::Adapter;
use crate::catalogue::reader::{MANY, Reader, link_value};
use crate::facts::{Facts, JobQueue, LinkValue, Part, Relation, Tariff};
use crate::model::{Attr, Mode, Resource, Text};

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_batch_job_queue",
    mode: Mode::Managed,
    noun: "Batch job queue",
    describe,
    tariff: &Tariff::FREE,
};

const ORDER: &str = "compute_environment_order.compute_environment";
/// Before version 6 of the provider, a list.
const LIST: &str = "compute_environments";

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["id", "arn", "name"]);
    let order = resource.body.get("compute_environment_order").visible_blocks();
    let environments: Vec<Attr<Text>> = order.iter().map(|one| one.text("compute_environment")).collect();
    let known = environments.iter().filter_map(|one| one.known().cloned()).collect();
    let hidden: Vec<_> = environments.iter().filter_map(Attr::why_unknown).collect();
    match hidden.first() {
        // All of them together: which block says which, the configuration does not tell.
        Some(why) => {
            let value = LinkValue::Partly { known, hidden: hidden.len(), why: *why };
            reader.value(Relation::DrawsOn, ORDER, MANY, value);
        }
        None if order.is_empty() => {}
        None => reader.value(Relation::DrawsOn, ORDER, MANY, LinkValue::Known(known)),
    }
    let listed = resource.body.get(LIST);
    if let Some(value) = link_value(listed, true, |arn| arn) {
        reader.value(Relation::DrawsOn, LIST, MANY, value);
    }
    let count = |number: usize| Attr::Set(u64::try_from(number).unwrap_or(u64::MAX));
    let places = match (resource.body.get("compute_environment_order").presence(), listed.texts()) {
        (Attr::Unknown(why), _) | (Attr::Unset, Attr::Unknown(why)) => Attr::Unknown(why),
        (_, Attr::Set(list)) if order.is_empty() => count(list.len()),
        _ => count(order.len()),
    };
    reader.facts(Part::JobQueue(JobQueue { places }))
}
