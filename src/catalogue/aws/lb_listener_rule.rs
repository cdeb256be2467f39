//! `aws_lb_listener_rule`: sends some requests of a listener elsewhere.

use super::lb_listener::actions;
use crate::catalogue::Adapter;
use crate::catalogue::reader::Reader;
use crate::facts::{Facts, Listener, Part, Relation, Tariff};
use crate::model::{Mode, Resource};

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_lb_listener_rule",
    mode: Mode::Managed,
    noun: "listener rule",
    describe,
    tariff: &Tariff::FREE,
};

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["id", "arn"]);
    reader.link(Relation::ListensOn, "listener_arn");
    let blocks = resource.body.blocks("action");
    actions(&mut reader, &blocks, "action.target_group_arn", "action.forward.target_group.arn");
    reader.facts(Part::Listener(Listener))
}
