//! `aws_vpc_endpoint_security_group_association`: guards an interface endpoint.

use crate::catalogue::Adapter;
use crate::catalogue::reader::Reader;
use crate::facts::{Facts, Part, Relation, Tariff};
use crate::model::{Mode, Resource};

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_vpc_endpoint_security_group_association",
    mode: Mode::Managed,
    noun: "endpoint security group",
    describe,
    tariff: &Tariff::FREE,
};

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.link(Relation::EndpointOf, "vpc_endpoint_id");
    reader.link(Relation::GuardedBy, "security_group_id");
    reader.facts(Part::Association)
}
