//! `aws_appautoscaling_policy`: when something scales.

use super::appautoscaling_target::scaled;
use super::shared::scaling;
use crate::catalogue::Adapter;
use crate::catalogue::reader::{ONE, Reader};
use crate::facts::{Facts, Part, Policy, Relation, Signal};
use crate::model::{Mode, Resource};

pub(super) static ADAPTER: Adapter =
    Adapter { kind: "aws_appautoscaling_policy", mode: Mode::Managed, noun: "scaling policy", describe };

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["arn"]);
    reader.top(Relation::Scales, "resource_id", ONE, |id| scaled(&id));
    let tracking = resource.body.blocks("target_tracking_scaling_policy_configuration");
    let mut signals: Vec<Signal> = tracking.iter().flat_map(scaling::tracked).collect();
    if signals.is_empty() {
        // A step policy is set off by an alarm, which is a resource of its own.
        signals.push(Signal::Other);
    }
    reader.facts(Part::Policy(Policy { signals }))
}
