//! `aws_default_route_table`: a network's main table, taken over by Terraform.

use crate::catalogue::Adapter;
use crate::catalogue::reader::Reader;
use crate::facts::{Facts, Part, Relation, RouteTable, Tariff};
use crate::model::{Mode, Resource};

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_default_route_table",
    mode: Mode::Managed,
    noun: "main route table",
    describe,
    tariff: &Tariff::FREE,
};

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["id", "arn"]);
    reader.link(Relation::InNetwork, "vpc_id");
    // `default_route_table_id = aws_vpc.main.default_route_table_id` leads to the network.
    reader.link(Relation::InNetwork, "default_route_table_id");
    let (routes, hidden) = super::route_table::inline(&mut reader, resource);
    reader.facts(Part::RouteTable(RouteTable { main: true, routes, hidden }))
}
