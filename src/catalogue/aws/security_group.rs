//! `aws_security_group`: who may talk to its members.

use super::shared::groups;
use crate::catalogue::Adapter;
use crate::catalogue::reader::Reader;
use crate::facts::{Facts, Part, Relation, Tariff};
use crate::model::{Mode, Resource};

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_security_group",
    mode: Mode::Managed,
    noun: "security group",
    describe,
    tariff: &Tariff::FREE,
};

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["id", "arn"]);
    reader.link(Relation::InNetwork, "vpc_id");
    let group = groups::inline(&mut reader, resource);
    reader.facts(Part::SecurityGroup(group))
}
