//! `aws_vpc_endpoint_private_dns`: lets the service's public name lead to an endpoint, or not.

use crate::catalogue::Adapter;
use crate::catalogue::reader::Reader;
use crate::facts::{Facts, Part, Relation, Stated, Tariff};
use crate::model::{Mode, Resource};

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_vpc_endpoint_private_dns",
    mode: Mode::Managed,
    noun: "endpoint's private DNS",
    describe,
    tariff: &Tariff::FREE,
};

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.link(Relation::EndpointOf, "vpc_endpoint_id");
    reader.facts(Part::EndpointNaming(Stated::plan("private_dns_enabled", resource.bool("private_dns_enabled"))))
}
