//! `aws_security_group_rule`: one rule, of either direction.

use super::shared::groups;
use crate::catalogue::Adapter;
use crate::catalogue::reader::Reader;
use crate::facts::{Facts, Part, SecurityGroup, Tariff};
use crate::model::{Attr, Mode, Resource};

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_security_group_rule",
    mode: Mode::Managed,
    noun: "security group rule",
    describe,
    tariff: &Tariff::FREE,
};

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    let group = match resource.text("type") {
        // Nobody comes in by a rule for the way out.
        Attr::Set(direction) if direction == "egress" => SecurityGroup::default(),
        _ => groups::lone(
            &mut reader,
            resource,
            "protocol",
            "source_security_group_id",
            &["cidr_blocks", "ipv6_cidr_blocks"],
        ),
    };
    reader.facts(Part::SecurityGroup(group))
}
