//! `aws_autoscaling_attachment`: registers a group with a load balancer.

use crate::catalogue::Adapter;
use crate::catalogue::reader::Reader;
use crate::facts::{Facts, Part, Relation, Tariff};
use crate::model::{Mode, Resource};

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_autoscaling_attachment",
    mode: Mode::Managed,
    noun: "Auto Scaling attachment",
    describe,
    tariff: &Tariff::FREE,
};

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.link(Relation::TargetIs, "autoscaling_group_name");
    reader.link(Relation::TargetOf, "lb_target_group_arn");
    reader.link(Relation::TargetOf, "alb_target_group_arn");
    reader.link(Relation::TargetOf, "elb");
    reader.facts(Part::Attachment)
}
