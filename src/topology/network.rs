//! Networks and their subnets: in which zone each lies, and which way leads out of it.

use std::collections::BTreeMap;

use crate::facts::{Destination, GatewayKind, Part, Relation, Role, Route, RouteTable};
use crate::graph::{Graph, NodeId};
use crate::model::{Action, Address, Attr, Evidence, Text, Why};

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
    /// The settings without which private names of endpoints are not answered inside: the value of each, and where it
    /// stands.
    pub naming: Vec<(Attr<bool>, Evidence)>,
    /// The names of the private zones that answer inside.
    pub zones: Vec<Attr<Text>>,
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
            managed: resource.managed && !is_adopted(graph, *node),
            region: region(graph, *node),
            naming: naming(graph, *node),
            zones: zones(graph, *node),
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

fn naming(graph: &Graph, network: NodeId) -> Vec<(Attr<bool>, Evidence)> {
    let node = graph.node(network);
    let Part::Network(facts) = node.part() else { return Vec::new() };
    let settings = facts.naming.iter().map(|setting| {
        let value = match &setting.value {
            Attr::Set(value) => value.to_string(),
            Attr::Unset => "unset".to_owned(),
            Attr::Unknown(why) => format!("({why})"),
        };
        let evidence =
            Evidence { source: setting.source.clone(), ..Evidence::plan(&node.address, setting.attribute, value) };
        (setting.value.clone(), evidence)
    });
    settings.collect()
}

/// A zone stands in a network itself, or is let into it.
fn zones(graph: &Graph, network: NodeId) -> Vec<Attr<Text>> {
    let inside = graph.backlinks(network, Relation::InNetwork).into_iter();
    let zones = inside.filter_map(|(inside, _)| {
        let zone = graph.link(inside, Relation::ZoneOf).unwrap_or(inside);
        match graph.node(zone).part() {
            Part::NameZone(zone) => Some(zone.name.clone()),
            // Which zone it lets in cannot be seen.
            _ => graph.open(inside, Relation::ZoneOf).next().map(|open| Attr::Unknown(open.why)),
        }
    });
    zones.collect()
}

/// Whether a network was there before Terraform took it over.
fn is_adopted(graph: &Graph, network: NodeId) -> bool {
    matches!(graph.node(network).part(), Part::Network(network) if network.adopted)
}

/// The table that is meant: a network stands for its own main table, and that may be a resource.
pub(super) fn main_table(graph: &Graph, table: NodeId) -> NodeId {
    match graph.node(table).role() {
        Role::Network => stated_main(graph, table).unwrap_or(table),
        _ => table,
    }
}

/// The resource that is a network's main table.
fn stated_main(graph: &Graph, network: NodeId) -> Option<NodeId> {
    let own = graph.backlinks(network, Relation::InNetwork);
    let mains = own.iter().filter(|(_, edge)| edge.is_exact());
    for (node, _) in mains {
        match graph.node(*node).part() {
            Part::RouteTable(RouteTable { main: true, .. }) => return Some(*node),
            Part::Association => {
                let table = graph.link(*node, Relation::MainTableOf).filter(|table| *table != network);
                if table.is_some() {
                    return table;
                }
            }
            _ => {}
        }
    }
    None
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
    /// The networks of associations that name a subnet which cannot be told: then no subnet there can be said to have none.
    stray_associations: Vec<Option<NodeId>>,
    /// Whether some route names a table that cannot be told: then no table can be said to have no further route.
    stray_route: bool,
}

impl<'g> Tables<'g> {
    fn new(graph: &'g Graph) -> Self {
        let is_stray = |node: NodeId, relation| {
            graph.open(node, relation).next().is_some()
                || graph.links(node, relation).iter().any(|(_, edge)| !edge.is_exact())
        };
        let associations = graph.having(Role::Association).iter();
        let strays = associations.filter(|node| is_stray(**node, Relation::InSubnet));
        let network_of = |association: &NodeId| {
            let table = graph.link(*association, Relation::InTable)?;
            if graph.node(table).role() == Role::Network { Some(table) } else { graph.link(table, Relation::InNetwork) }
        };
        Self {
            graph,
            stray_associations: strays.map(network_of).collect(),
            stray_route: graph.having(Role::RouteTable).iter().any(|node| is_stray(*node, Relation::InTable)),
        }
    }

    fn exit(&self, subnet: NodeId, network: Option<NodeId>) -> (Option<NodeId>, Exit) {
        match self.table_of(subnet, network) {
            Ok(Some(table)) => (Some(table), self.exit_of(table)),
            Ok(None) => (None, Exit::Nowhere),
            Err(reason) => (None, Exit::Unknown(reason)),
        }
    }

    /// The table of a subnet; the network itself where it is the main table that this comes with.
    fn table_of(&self, subnet: NodeId, network: Option<NodeId>) -> Result<Option<NodeId>, String> {
        let graph = self.graph;
        for (association, edge) in graph.backlinks(subnet, Relation::InSubnet) {
            if graph.node(association).role() != Role::Association || !edge.is_exact() {
                continue;
            }
            if let Some(table) = graph.link(association, Relation::InTable) {
                return Ok(Some(main_table(graph, table)));
            }
            if let Some(open) = graph.open(association, Relation::InTable).next() {
                let association = &graph.node(association).address;
                return Err(format!("the route table that {association} puts it into is {}", open.reason()));
            }
        }
        if !graph.node(subnet).managed {
            return Err("it is not managed in this plan, nor are its routes".to_owned());
        }
        if self.stray_associations.iter().any(|place| place.is_none() || network.is_none() || *place == network) {
            return Err("a route table association names a subnet that cannot be told".to_owned());
        }
        let Some(network) = network else {
            return Err("the network it belongs to cannot be told".to_owned());
        };
        if let Some(main) = stated_main(graph, network) {
            return Ok(Some(main));
        }
        let place = graph.node(network);
        let is_new = place.managed && matches!(place.action, Action::Create | Action::Replace);
        // Of the main table that comes with a network, the routes are known that this plan puts into it.
        if is_new || is_adopted(graph, network) || !graph.backlinks(network, Relation::InTable).is_empty() {
            return Ok(Some(network));
        }
        Err("no association names it, and its network's main route table is not in this plan".to_owned())
    }

    /// Where the default route of a table leads.
    fn exit_of(&self, table: NodeId) -> Exit {
        let graph = self.graph;
        let node = graph.node(table);
        let own = match node.part() {
            Part::RouteTable(facts) => facts,
            // A network's own main table holds its local route only: Amazon VPC user guide, route tables.
            _ => &RouteTable { main: true, routes: Vec::new(), hidden: false },
        };
        let mut hidden = own.hidden;
        let mut lone = graph.backlinks(table, Relation::InTable);
        // A route may name the network's main table by way of the network.
        if own.main
            && let Some(network) = graph.link(table, Relation::InNetwork)
        {
            lone.extend(graph.backlinks(network, Relation::InTable));
        }
        let lone = lone.iter().filter_map(|(route, edge)| match graph.node(*route).part() {
            Part::RouteTable(facts) if edge.is_exact() => Some((*route, facts)),
            _ => None,
        });
        let (mut exit, mut halves, mut by_v6) = (None, Vec::new(), false);
        for (holder, facts) in std::iter::once((table, own)).chain(lone) {
            for route in &facts.routes {
                match route.to {
                    Destination::Default => exit = exit.or_else(|| self.leads(holder, route)),
                    Destination::Hidden => hidden = true,
                    Destination::Half => halves.extend(self.leads(holder, route)),
                    Destination::DefaultV6 => by_v6 |= route.via.is_some(),
                    Destination::Part => {}
                }
            }
        }
        if let [half, _, ..] = halves.as_slice() {
            exit = exit.or_else(|| Some(half.clone()));
        }
        match exit {
            Some(exit) => exit,
            None if by_v6 => Exit::Unknown(format!(
                "by {} only IPv6 leads out, and which calls use that cannot be seen",
                node.address
            )),
            None if !node.managed => Exit::Unknown("its route table is not managed in this plan".to_owned()),
            None if hidden => Exit::Unknown(format!("not all routes of {} can be seen", node.address)),
            None if self.stray_route => {
                Exit::Unknown("a route belongs to a route table that cannot be told".to_owned())
            }
            // The default network of an account comes with a way to the internet: Amazon VPC user guide, default VPCs.
            None if is_adopted(graph, table) => Exit::Internet,
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
