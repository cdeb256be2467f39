//! Routes: in a table, or of their own.

use crate::catalogue::reader::{ONE, Reader};
use crate::facts::{Destination, GatewayKind, Relation, Route};
use crate::model::{Attr, Body, Resource};

/// The attributes that name what a route leads to, with their path inside a table.
const TARGETS: &[(&str, &str, GatewayKind)] = &[
    ("nat_gateway_id", "route.nat_gateway_id", GatewayKind::Nat),
    ("gateway_id", "route.gateway_id", GatewayKind::Internet),
    ("transit_gateway_id", "route.transit_gateway_id", GatewayKind::Transit),
    ("core_network_arn", "route.core_network_arn", GatewayKind::Transit),
    ("egress_only_gateway_id", "route.egress_only_gateway_id", GatewayKind::EgressOnly),
    ("vpc_peering_connection_id", "route.vpc_peering_connection_id", GatewayKind::Peering),
    ("network_interface_id", "route.network_interface_id", GatewayKind::Appliance),
    ("instance_id", "route.instance_id", GatewayKind::Appliance),
    ("vpc_endpoint_id", "route.vpc_endpoint_id", GatewayKind::Appliance),
    ("carrier_gateway_id", "route.carrier_gateway_id", GatewayKind::Internet),
    ("local_gateway_id", "route.local_gateway_id", GatewayKind::Private),
];

/// Reads one route of `body`. Inside a table, `inline` is its position there.
pub(in crate::catalogue::aws) fn read(
    reader: &mut Reader<'_, '_>,
    resource: &Resource<'_>,
    body: &Body<'_>,
    inline: Option<usize>,
) -> Route {
    let destination = |names: &[&str]| names.iter().map(|name| body.text(name)).find(|attr| !is_empty(attr));
    let (v4, v6, list) = if inline.is_some() {
        (&["cidr_block"][..], &["ipv6_cidr_block"][..], &["destination_prefix_list_id"][..])
    } else {
        (&["destination_cidr_block"][..], &["destination_ipv6_cidr_block"][..], &["destination_prefix_list_id"][..])
    };
    let to = match (destination(v4), destination(v6), destination(list)) {
        (Some(Attr::Set(cidr)), ..) if cidr == "0.0.0.0/0" => Destination::Default,
        (Some(Attr::Set(cidr)), ..) if cidr == "0.0.0.0/1" || cidr == "128.0.0.0/1" => Destination::Half,
        (_, Some(Attr::Set(cidr)), _) if cidr == "::/0" => Destination::DefaultV6,
        (Some(Attr::Unknown(_)), ..) | (_, Some(Attr::Unknown(_)), _) | (_, _, Some(Attr::Unknown(_))) => {
            Destination::Hidden
        }
        _ => Destination::Part,
    };
    let slot = inline.unwrap_or_default();
    let how = ONE.slot(slot);
    let mut via = None;
    for (name, inside, kind) in TARGETS {
        // Old providers mark every target as known only after apply: the one that somebody chose counts.
        let value = if inline.is_some() { body.text(name) } else { resource.text(name) };
        if is_empty(&value) {
            continue;
        }
        via = match &value {
            Attr::Set(id) if id == "local" => None,
            Attr::Set(id) if id.starts_with("vgw-") => Some(GatewayKind::Private),
            Attr::Set(id) if id.starts_with("vpce-") => Some(GatewayKind::Appliance),
            _ => Some(*kind),
        };
        if inline.is_some() {
            reader.within(Relation::RoutesTo, inside, how, body);
        } else {
            reader.link(Relation::RoutesTo, name);
        }
        break;
    }
    Route { to, via, slot: how.slot }
}

fn is_empty(attr: &Attr<crate::model::Text>) -> bool {
    match attr {
        Attr::Unset => true,
        Attr::Set(text) => text.is_empty(),
        Attr::Unknown(_) => false,
    }
}
