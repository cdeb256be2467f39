//! `aws_vpn_gateway_route_propagation`: puts a VPN gateway's routes into a table.

use super::route_table::propagated;
use crate::catalogue::Adapter;
use crate::catalogue::reader::Reader;
use crate::facts::{Facts, Part, Relation, RouteTable, Tariff};
use crate::model::{Mode, Resource};

pub(super) static ADAPTER: Adapter = Adapter {
    kind: "aws_vpn_gateway_route_propagation",
    mode: Mode::Managed,
    noun: "route propagation",
    describe,
    tariff: &Tariff::FREE,
};

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.link(Relation::InTable, "route_table_id");
    reader.facts(Part::RouteTable(RouteTable { main: false, routes: vec![propagated()], hidden: false }))
}
