//! `aws_lb_target_group`: what a load balancer forwards to.

use crate::catalogue::Adapter;
use crate::catalogue::reader::Reader;
use crate::facts::{Facts, Part, Relation, TargetGroup};
use crate::model::{Mode, Resource};

pub(super) static ADAPTER: Adapter =
    Adapter { kind: "aws_lb_target_group", mode: Mode::Managed, noun: "target group", describe };

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["id", "arn", "name", "arn_suffix"]);
    reader.link(Relation::InNetwork, "vpc_id");
    reader.facts(Part::TargetGroup(TargetGroup))
}
