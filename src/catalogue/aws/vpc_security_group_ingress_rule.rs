//! `aws_vpc_security_group_ingress_rule`: one rule for the way in.

use super::shared::groups;
use crate::catalogue::Adapter;
use crate::catalogue::reader::Reader;
use crate::facts::{Facts, Part, Tariff};
use crate::model::{Mode, Resource};

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_vpc_security_group_ingress_rule",
    mode: Mode::Managed,
    noun: "security group rule",
    describe,
    tariff: &Tariff::FREE,
};

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["id", "arn"]);
    let group =
        groups::lone(&mut reader, resource, "ip_protocol", "referenced_security_group_id", &["cidr_ipv4", "cidr_ipv6"]);
    reader.facts(Part::SecurityGroup(group))
}
