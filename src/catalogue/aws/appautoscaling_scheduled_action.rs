//! `aws_appautoscaling_scheduled_action`: how far something scales from a certain time on.

use super::appautoscaling_target::scaled;
use crate::catalogue::Adapter;
use crate::catalogue::reader::{ONE, Reader, unsigned};
use crate::facts::{Facts, Part, Relation, Schedule, Tariff};
use crate::model::{Attr, Mode, Resource};

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_appautoscaling_scheduled_action",
    mode: Mode::Managed,
    noun: "scaling schedule",
    describe,
    tariff: &Tariff::FREE,
};

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.top(Relation::Scales, "resource_id", ONE, |id| scaled(&id));
    let action = resource.body.block("scalable_target_action");
    let of = |name| action.as_ref().map_or(Attr::Unset, |action| action.int(name).and_then(unsigned));
    let (minimum, maximum) = (of("min_capacity"), of("max_capacity"));
    reader.facts(Part::Schedule(Schedule { minimum, maximum, attribute: "scalable_target_action.max_capacity" }))
}
