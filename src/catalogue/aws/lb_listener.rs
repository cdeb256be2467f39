//! `aws_lb_listener`: one port of a load balancer.

use super::shared::load_balancers;
use crate::catalogue::Adapter;
use crate::catalogue::reader::{MANY, Reader, link_value};
use crate::facts::{Facts, Listener, Part, Relation};
use crate::model::{Mode, Resource};

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_lb_listener",
    mode: Mode::Managed,
    noun: "listener",
    describe,
    tariff: &load_balancers::LISTENER,
};

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["id", "arn"]);
    reader.link(Relation::ListensOn, "load_balancer_arn");
    let blocks = resource.body.blocks("default_action");
    actions(&mut reader, &blocks, "default_action.target_group_arn", "default_action.forward.target_group.arn");
    reader.facts(Part::Listener(Listener))
}

/// Links an action's target groups: the lone one, and the weighted ones.
pub(super) fn actions(
    reader: &mut Reader<'_, '_>,
    blocks: &[crate::model::Body<'_>],
    lone: &'static str,
    weighted: &'static str,
) {
    for (slot, action) in blocks.iter().enumerate() {
        let view = action.get("target_group_arn");
        if let Some(value) = link_value(view, false, |arn| arn) {
            reader.value(Relation::ForwardsTo, lone, MANY.slot(slot), value);
        }
        for group in action.blocks("forward").iter().flat_map(|forward| forward.blocks("target_group")) {
            if let Some(value) = link_value(group.get("arn"), false, |arn| arn) {
                reader.value(Relation::ForwardsTo, weighted, MANY.slot(slot), value);
            }
        }
    }
}
