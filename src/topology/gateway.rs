//! What shares an address among those who have none, and where it stands.

use std::collections::BTreeSet;

use crate::facts::{ComputeKind, GatewayKind, Part, Relation, Role};
use crate::graph::{Graph, NodeId};
use crate::model::{Address, Attr, Text, Why};

use super::network::{Places, SubnetId};

/// A NAT gateway, or a machine that does the same.
#[derive(Debug)]
pub struct Gateway {
    /// Its address.
    pub address: Address,
    /// What a person calls it.
    pub noun: &'static str,
    /// Whether it is a machine.
    pub machine: bool,
    /// The zone it stands in, where it stands in one.
    pub zone: Attr<Text>,
    /// Whether it stands in every zone of its network.
    pub regional: Attr<bool>,
    /// The first of its public addresses, where this plan makes it.
    pub public_address: Option<Address>,
}

/// Finds every NAT gateway of the plan, and the machines that default routes lead to.
pub(super) fn gateways(graph: &Graph, places: &Places) -> Vec<Gateway> {
    let through: BTreeSet<&Address> = places.subnets.iter().flat_map(|subnet| subnet.exit.through()).collect();
    let nodes = graph.having(Role::Gateway).iter().chain(graph.having(Role::Compute));
    let found = nodes.filter_map(|id| {
        let node = graph.node(*id);
        if !node.managed || !through.contains(&node.address) {
            return None;
        }
        let (machine, regional) = match node.part() {
            Part::Gateway(gateway) if gateway.kind == GatewayKind::Nat => (false, gateway.regional.clone()),
            Part::Compute(compute) if compute.kind == ComputeKind::Machine => (true, Attr::Set(false)),
            _ => return None,
        };
        let (address, zone) = (node.address.clone(), zone(graph, places, *id));
        let public_address = public_address(graph, *id);
        Some(Gateway { address, noun: node.noun(), machine, zone, regional, public_address })
    });
    found.collect()
}

fn public_address(graph: &Graph, node: NodeId) -> Option<Address> {
    let taken = graph.links(node, Relation::TakesAddress);
    let mut own = taken.into_iter().map(|(address, _)| graph.node(address)).filter(|address| address.managed);
    own.next().map(|address| address.address.clone())
}

fn zone(graph: &Graph, places: &Places, node: NodeId) -> Attr<Text> {
    let subnet = graph.link(node, Relation::InSubnet).and_then(|subnet| places.subnet_of.get(&subnet));
    let Some(SubnetId(at)) = subnet else {
        return graph.open(node, Relation::InSubnet).next().map_or(Attr::Unset, |open| Attr::Unknown(open.why));
    };
    places.subnets.get(*at).map_or(Attr::Unknown(Why::Elsewhere), |subnet| subnet.zone.clone())
}
