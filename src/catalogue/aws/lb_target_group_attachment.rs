//! `aws_lb_target_group_attachment`: registers a target with a group.

use super::lambda_function::function_of;
use crate::catalogue::Adapter;
use crate::catalogue::reader::{ONE, Reader};
use crate::facts::{Facts, Part, Relation, Tariff};
use crate::model::{Mode, Resource};

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_lb_target_group_attachment",
    mode: Mode::Managed,
    noun: "target group attachment",
    describe,
    tariff: &Tariff::FREE,
};

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.link(Relation::TargetOf, "target_group_arn");
    // A machine's id, a function's ARN, an address, or another balancer's ARN.
    reader.top(Relation::TargetIs, "target_id", ONE, |id| function_of(&id));
    reader.facts(Part::Attachment)
}
