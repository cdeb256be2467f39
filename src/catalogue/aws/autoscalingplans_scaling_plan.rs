//! `aws_autoscalingplans_scaling_plan`: policies for several things at once.

use super::appautoscaling_target::scaled;
use super::shared::scaling::tracked_by_plan;
use crate::catalogue::Adapter;
use crate::catalogue::reader::{ONE, Reader, link_value};
use crate::facts::{ComputeKind, Facts, Part, Policy, Relation, Tariff};
use crate::model::{Attr, Mode, Resource};

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_autoscalingplans_scaling_plan",
    mode: Mode::Managed,
    noun: "scaling plan",
    describe,
    tariff: &Tariff::FREE,
};

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    const SCALED: &str = "scaling_instruction.resource_id";
    let mut reader = Reader::new(resource);
    reader.names(&["id", "name"]);
    let mut watches = Vec::new();
    for (slot, instruction) in resource.body.get("scaling_instruction").visible_blocks().iter().enumerate() {
        if let Some(value) = link_value(instruction.get("resource_id"), false, |id| scaled(&id)) {
            reader.value(Relation::Scales, SCALED, ONE.slot(slot), value);
        }
        watches.extend(tracked_by_plan(instruction));
    }
    watches.sort_unstable();
    watches.dedup();
    let enabled = Attr::Set(true);
    reader.facts(Part::Policy(Policy { watches, alarmed: false, scales: ComputeKind::MachineGroup, enabled }))
}
