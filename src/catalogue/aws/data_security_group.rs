//! data `aws_security_group`: a group that this plan only reads: its rules stand elsewhere.

use crate::catalogue::Adapter;
use crate::catalogue::reader::Reader;
use crate::facts::{Facts, Part, Relation, SecurityGroup, Tariff};
use crate::model::{Mode, Resource};

pub(super) static ADAPTER: Adapter =
    Adapter { kind: "aws_security_group", mode: Mode::Data, noun: "security group", describe, tariff: &Tariff::FREE };

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["id", "arn"]);
    reader.link(Relation::InNetwork, "vpc_id");
    reader.facts(Part::SecurityGroup(SecurityGroup { hidden: true, ..SecurityGroup::default() }))
}
