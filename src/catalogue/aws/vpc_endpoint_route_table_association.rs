//! `aws_vpc_endpoint_route_table_association`: puts a gateway endpoint into a route table.

use crate::catalogue::Adapter;
use crate::catalogue::reader::Reader;
use crate::facts::{Facts, Part, Relation, Tariff};
use crate::model::{Mode, Resource};

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_vpc_endpoint_route_table_association",
    mode: Mode::Managed,
    noun: "endpoint route",
    describe,
    tariff: &Tariff::FREE,
};

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.link(Relation::EndpointOf, "vpc_endpoint_id");
    reader.link(Relation::InTable, "route_table_id");
    reader.facts(Part::Association)
}
