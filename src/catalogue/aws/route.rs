//! `aws_route`: one row of a route table.

use super::shared::routes;
use crate::catalogue::Adapter;
use crate::catalogue::reader::Reader;
use crate::facts::{Facts, Part, Relation, RouteTable, Tariff};
use crate::model::{Mode, Resource};

pub(super) static ADAPTER: Adapter =
    Adapter { kind: "aws_route", mode: Mode::Managed, noun: "route", describe, tariff: &Tariff::FREE };

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.link(Relation::InTable, "route_table_id");
    let route = routes::read(&mut reader, resource, &resource.body, None);
    reader.facts(Part::RouteTable(RouteTable { main: false, routes: vec![route], hidden: false }))
}
