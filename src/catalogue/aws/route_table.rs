//! `aws_route_table`: where the traffic of subnets goes.

use super::shared::routes;
use crate::catalogue::Adapter;
use crate::catalogue::reader::Reader;
use crate::facts::{Destination, Facts, GatewayKind, Part, Relation, Route, RouteTable, Tariff};
use crate::model::{Attr, Mode, Resource};

pub(super) static ADAPTER: Adapter =
    Adapter { kind: "aws_route_table", mode: Mode::Managed, noun: "route table", describe, tariff: &Tariff::FREE };

pub(super) fn describe(resource: &Resource<'_>) -> Facts {
    let mut reader = Reader::new(resource);
    reader.names(&["id", "arn"]);
    reader.link(Relation::InNetwork, "vpc_id");
    let (mut routes, hidden) = inline(&mut reader, resource);
    // What a VPN gateway propagates may be a way to everywhere.
    if !matches!(resource.body.get("propagating_vgws").items(), Attr::Unset)
        && resource.body.get("propagating_vgws").items().known().is_none_or(|all| !all.is_empty())
        && !resource.leaves_open("propagating_vgws")
    {
        routes.push(propagated());
    }
    reader.facts(Part::RouteTable(RouteTable { main: false, routes, hidden }))
}

/// The routes written inside a table, and whether there may be others. A table without any shows them as known only
/// after apply: then all its routes are resources of their own.
pub(super) fn inline(reader: &mut Reader<'_, '_>, resource: &Resource<'_>) -> (Vec<Route>, bool) {
    let view = resource.body.get("route");
    let hidden = view.presence().why_unknown().is_some() && !resource.leaves_open("route");
    let blocks = view.visible_blocks().into_iter().enumerate();
    (blocks.map(|(slot, route)| routes::read(reader, resource, &route, Some(slot))).collect(), hidden)
}

/// Routes that a VPN gateway propagates: nobody sees which.
pub(super) fn propagated() -> Route {
    Route { to: Destination::Hidden, via: Some(GatewayKind::Private), slot: u16::MAX }
}
