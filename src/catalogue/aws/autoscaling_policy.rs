//! `aws_autoscaling_policy`: when a group of machines scales.

use super::shared::scaling;
use crate::catalogue::Adapter;
use crate::catalogue::reader::Reader;
use crate::facts::{Facts, Part, Policy, Relation, Signal};
use crate::model::{Mode, Resource};

pub(super) static ADAPTER: Adapter =
    Adapter { kind: "aws_autoscaling_policy", mode: Mode::Managed, noun: "scaling policy", describe };

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.link(Relation::Scales, "autoscaling_group_name");
    let mut signals: Vec<Signal> =
        resource.body.blocks("target_tracking_configuration").iter().flat_map(scaling::tracked).collect();
    if signals.is_empty() {
        // A step policy is set off by an alarm, which is a resource of its own.
        signals.push(Signal::Other);
    }
    reader.names(&["arn"]);
    reader.facts(Part::Policy(Policy { signals }))
}
