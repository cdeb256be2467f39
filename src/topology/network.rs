//! Networks and their subnets: in which zone each lies, and which way leads out of it.

use std::collections::BTreeMap;

use crate::facts::{Destination, GatewayKind, Part, Relation, Role, Route, RouteTable};
use crate::graph::{Graph, NodeId};
use crate::model::{Action, Address, Attr, Text, Why};

/// A network's position in the topology.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct NetworkId(pub(super) usize);

/// A subnet's position in the topology.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct SubnetId(pub(super) usize);

/// A private network.
#[derive(Debug)]
pub struct Network {
    /// Its address; the name that the plan calls it by if it stands outside.
    pub address: Address,
    /// Whether this plan manages it: otherwise it may hold things that nobody sees here.
    pub managed: bool,
    /// The region it lies in.
    pub region: Attr<Text>,
}

/// The way out of a subnet that traffic to the rest of the world takes.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Exit {
    /// Straight to the internet; only for those with public addresses.
    Internet,
    /// Through these NAT gateways.
    Nat(Vec<Address>),
    /// Through other networks.
    Transit(Vec<Address>),
    /// Through a machine that forwards.
    Appliance(Vec<Address>),
    /// There is none.
    Nowhere,
    /// It cannot be told, for this reason.
    Unknown(String),
}

impl Exit {
    /// The word for it in reports.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Internet => "internet",
            Self::Nat(_) => "nat",
            Self::Transit(_) => "transit",
            Self::Appliance(_) => "appliance",
            Self::Nowhere => "none",
            Self::Unknown(_) => "unknown",
        }
    }

    /// What it leads through.
    pub fn through(&self) -> &[Address] {
        match self {
            Self::Nat(through) | Self::Transit(through) | Self::Appliance(through) => through,
            Self::Internet | Self::Nowhere | Self::Unknown(_) => &[],
        }
    }
}

/// A part of a network in one zone.
#[derive(Debug)]
pub struct Subnet {
    /// Its address.
    pub address: Address,
    /// The network it belongs to, where that is certain.
    pub network: Option<NetworkId>,
    /// The zone it lies in.
    pub zone: Attr<Text>,
    /// The way out of it.
    pub exit: Exit,
    /// The route table that decides this.
    pub table: Option<Address>,
    /// Whether machines in it get public addresses unless they say otherwise.
    pub public_addresses: Attr<bool>,
    pub(super) cidr: Attr<Text>,
    pub(super) table_node: Option<NodeId>,
}

/// Networks and subnets, with their positions by node.
#[derive(Debug, Default)]
pub(super) struct Places {
    pub(super) networks: Vec<Network>,
    pub(super) subnets: Vec<Subnet>,
    pub(super) network_of: BTreeMap<NodeId, NetworkId>,
    pub(super) subnet_of: BTreeMap<NodeId, SubnetId>,
}

/// Finds every network and subnet.
pub(super) fn places(graph: &Graph) -> Places {
    let mut places = Places::default();
    for node in graph.having(Role::Network) {
        let resource = graph.node(*node);
        places.network_of.insert(*node, NetworkId(places.networks.len()));
        places.networks.push(Network {
            address: resource.address.clone(),
            managed: resource.managed,
            region: region(graph, *node),
        });
    }
    let tables = Tables::new(graph);
    for node in graph.having(Role::Subnet) {
        let resource = graph.node(*node);
        let Part::Subnet(facts) = resource.part() else { continue };
        let network = graph.link(*node, Relation::InNetwork);
        let (table, exit) = tables.exit(*node, network);
        places.subnet_of.insert(*node, SubnetId(places.subnets.len()));
        places.subnets.push(Subnet {
            address: resource.address.clone(),
            network: network.and_then(|network| places.network_of.get(&network).copied()),
            zone: facts.zone.clone(),
            exit,
            table: table.map(|table| graph.node(table).address.clone()),
            public_addresses: facts.public_addresses.clone(),
            cidr: facts.cidr.clone(),
            table_node: table,
        });
    }
    for (at, network) in places.networks.iter_mut().enumerate() {
        if network.region.known().is_none() {
            // A zone is named after its region: eu-west-1a.
            let mine = places.subnets.iter().filter(|subnet| subnet.network == Some(NetworkId(at)));
            let zone = mine.into_iter().find_map(|subnet| subnet.zone.known());
            if let Some(region) = zone.and_then(|zone| region_of_zone(zone)) {
                network.region = Attr::Set(region);
            }
        }
    }
    places
}

/// The region that a resource says it lives in.
pub(super) fn region(graph: &Graph, node: NodeId) -> Attr<Text> {
    graph.node(node).facts.as_ref().map_or(Attr::Unknown(Why::Elsewhere), |facts| facts.region.clone())
}

fn region_of_zone(zone: &str) -> Option<Text> {
    let letter = zone.chars().last().filter(char::is_ascii_lowercase)?;
    let region = zone.strip_suffix(letter)?;
    (region.ends_with(|c: char| c.is_ascii_digit()) && region.matches('-').count() >= 2).then(|| region.into())
}

/// Which table routes which subnet.
struct Tables<'g> {
    graph: &'g Graph,
    /// Whether some association names a subnet that cannot be told: then none can be said to have no association.
    stray_association: bool,
    /// Whether some route names a table that cannot be told: then no table can be said to have no further route.
    stray_route: bool,
}

impl<'g> Tables<'g> {
    fn new(graph: &'g Graph) -> Self {
        let open = |role, relation| {
            graph.having(role).iter().any(|node| {
                graph.open(*node, relation).next().is_some()
                    || graph.links(*node, relation).iter().any(|(_, edge)| !edge.is_exact())
            })
        };
        let is_association = |relation| open(Role::Association, relation);
        Self {
            graph,
            stray_association: is_association(Relation::InSubnet),
            stray_route: open(Role::RouteTable, Relation::InTable),
        }
    }

    fn exit(&self, subnet: NodeId, network: Option<NodeId>) -> (Option<NodeId>, Exit) {
        match self.table_of(subnet, network) {
            Ok(Some(table)) => (Some(table), self.exit_of(table)),
            Ok(None) => (None, Exit::Nowhere),
            Err(reason) => (None, Exit::Unknown(reason)),
        }
    }

    /// The table of a subnet; `None` where it is the main table that a new network comes with, which leads nowhere.
    fn table_of(&self, subnet: NodeId, network: Option<NodeId>) -> Result<Option<NodeId>, String> {
        let graph = self.graph;
        for (association, edge) in graph.backlinks(subnet, Relation::InSubnet) {
            if graph.node(association).role() != Role::Association || !edge.is_exact() {
                continue;
            }
            if let Some(table) = graph.link(association, Relation::InTable) {
                return Ok(Some(table));
            }
            if let Some(open) = graph.open(association, Relation::InTable).next() {
                let association = &graph.node(association).address;
                return Err(format!("the route table that {association} puts it into is {}", open.reason()));
            }
        }
        if self.stray_association {
            return Err("a route table association names a subnet that cannot be told".to_owned());
        }
        if !graph.node(subnet).managed {
            return Err("it is not managed in this plan, nor are its routes".to_owned());
        }
        let Some(network) = network else {
            return Err("the network it belongs to cannot be told".to_owned());
        };
        if let Some(main) = self.main_table(network) {
            return Ok(Some(main));
        }
        let network = graph.node(network);
        if network.managed && matches!(network.action, Action::Create | Action::Replace) {
            // The main table of a new network holds its local route only: Amazon VPC user guide, route tables.
            return Ok(None);
        }
        Err("no association names it, and its network's main route table is not in this plan".to_owned())
    }

    fn main_table(&self, network: NodeId) -> Option<NodeId> {
        let graph = self.graph;
        let own = graph.backlinks(network, Relation::InNetwork);
        let mains = own.iter().filter(|(_, edge)| edge.is_exact());
        for (node, _) in mains {
            match graph.node(*node).part() {
                Part::RouteTable(RouteTable { main: true, .. }) => return Some(*node),
                Part::Association => {
                    if let Some(table) = graph.link(*node, Relation::MainTableOf) {
                        return Some(table);
                    }
                }
                _ => {}
            }
        }
        None
    }

    /// Where the default route of a table leads.
    fn exit_of(&self, table: NodeId) -> Exit {
        let graph = self.graph;
        let node = graph.node(table);
        let Part::RouteTable(facts) = node.part() else {
            return Exit::Unknown("it is no route table".to_owned());
        };
        let mut hidden = facts.hidden;
        let lone = graph.backlinks(table, Relation::InTable);
        let lone = lone.iter().filter_map(|(route, edge)| match graph.node(*route).part() {
            Part::RouteTable(facts) if edge.is_exact() => Some((*route, facts)),
            _ => None,
        });
        let mut exit = None;
        for (holder, facts) in std::iter::once((table, facts)).chain(lone) {
            for route in &facts.routes {
                match route.to {
                    Destination::Default => exit = exit.or_else(|| self.leads(holder, route)),
                    Destination::Hidden => hidden = true,
                    Destination::DefaultV6 | Destination::Part => {}
                }
            }
        }
        match exit {
            Some(exit) => exit,
            None if !node.managed => Exit::Unknown("its route table is not managed in this plan".to_owned()),
            None if hidden => Exit::Unknown(format!("the routes of {} are {}", node.address, Why::Computed)),
            None if self.stray_route => {
                Exit::Unknown("a route belongs to a route table that cannot be told".to_owned())
            }
            None => Exit::Nowhere,
        }
    }

    /// Where one default route leads.
    fn leads(&self, holder: NodeId, route: &Route) -> Option<Exit> {
        let graph = self.graph;
        let links = graph.links(holder, Relation::RoutesTo);
        let target = links.iter().find(|(_, edge)| edge.slot == route.slot && edge.is_exact()).map(|(to, _)| *to);
        let kind = match target.map(|target| graph.node(target).part()) {
            Some(Part::Gateway(gateway)) => Some(gateway.kind),
            Some(Part::Endpoint(_)) => Some(GatewayKind::Appliance),
            _ => route.via,
        };
        let through = target.map(|target| graph.node(target).address.clone()).into_iter().collect();
        Some(match kind? {
            GatewayKind::Internet => Exit::Internet,
            GatewayKind::Nat => Exit::Nat(through),
            GatewayKind::Transit | GatewayKind::Private | GatewayKind::Peering => Exit::Transit(through),
            GatewayKind::Appliance => Exit::Appliance(through),
            GatewayKind::EgressOnly => return None,
        })
    }
}
