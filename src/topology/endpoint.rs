//! Endpoints, and which subnets they serve.

use crate::facts::{EndpointKind, Part, Relation, Role, Service};
use crate::graph::{Graph, NodeId};
use crate::model::{Address, Attr, Text};

use super::network::{NetworkId, Places, Subnet, main_table};

/// A way to a cloud service that stays inside the network.
#[derive(Debug)]
pub struct Endpoint {
    /// Its address.
    pub address: Address,
    /// The network it serves, where that is certain.
    pub network: Option<NetworkId>,
    /// The service's short name: `s3`.
    pub service: Attr<Text>,
    /// How it is reached.
    pub kind: Attr<EndpointKind>,
    /// The route tables that lead to it.
    pub tables: Vec<Address>,
    table_nodes: Vec<NodeId>,
    /// Why it may be in more tables, if it may.
    tables_hidden: Option<String>,
    /// The region whose service it is.
    region: Attr<Text>,
    /// Whether the service's public name leads to it.
    private_dns: Attr<bool>,
    /// Private zones of names in its network.
    zones: Vec<Attr<Text>>,
}

/// Whether a service is served from a subnet.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Served {
    /// By this endpoint.
    By(Address),
    /// There is this endpoint, but the subnet's route table does not lead to it.
    Unrouted(Address),
    /// There is this endpoint, but the service's name does not lead to it.
    Unnamed(Address),
    /// There is this endpoint, but it is of a kind that does not serve such calls.
    Unsuited(Address),
    /// By none.
    Not,
    /// It cannot be told, for this reason.
    Unknown(String),
}

/// Finds every endpoint.
pub(super) fn endpoints(graph: &Graph, places: &Places) -> Vec<Endpoint> {
    let of = |node: &NodeId| {
        let resource = graph.node(*node);
        let Part::Endpoint(facts) = resource.part() else { return None };
        let mut tables: Vec<NodeId> = Vec::new();
        let mut tables_hidden = None;
        let associations = graph.backlinks(*node, Relation::EndpointOf);
        let holders = std::iter::once(*node).chain(associations.into_iter().map(|(association, _)| association));
        for holder in holders {
            for (table, edge) in graph.links(holder, Relation::InTable) {
                if edge.is_exact() {
                    tables.push(table);
                } else {
                    tables_hidden = Some(format!("which route tables {} is in", resource.address));
                }
            }
            for open in graph.open(holder, Relation::InTable) {
                tables_hidden = Some(format!("which route tables {} is in: {}", resource.address, open.reason()));
            }
        }
        for table in &mut tables {
            *table = main_table(graph, *table);
        }
        tables.sort_unstable();
        tables.dedup();
        let network = graph.link(*node, Relation::InNetwork);
        let inside = network.into_iter().flat_map(|network| graph.backlinks(network, Relation::InNetwork));
        // A zone stands in a network itself, or is let into it.
        let zones = inside.filter_map(|(inside, _)| {
            let zone = graph.link(inside, Relation::ZoneOf).unwrap_or(inside);
            match graph.node(zone).part() {
                Part::NameZone(zone) => Some(zone.name.clone()),
                // Which zone it lets in cannot be seen.
                _ => graph.open(inside, Relation::ZoneOf).next().map(|open| Attr::Unknown(open.why)),
            }
        });
        Some(Endpoint {
            region: facts.region.clone(),
            private_dns: facts.private_dns.clone(),
            zones: zones.collect(),
            address: resource.address.clone(),
            network: network.and_then(|network| places.network_of.get(&network).copied()),
            service: facts.service.clone().map(|name| Text::from(name.trim_end_matches("-fips"))),
            kind: facts.kind.clone(),
            tables: tables.iter().map(|table| graph.node(*table).address.clone()).collect(),
            table_nodes: tables,
            tables_hidden,
        })
    };
    graph.having(Role::Endpoint).iter().filter_map(of).collect()
}

/// What is asked of an endpoint.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wanted<'w> {
    /// The service.
    pub service: &'static Service,
    /// Whether a gateway endpoint alone serves it.
    pub by_gateway: bool,
    /// The region in which it is called.
    pub region: &'w Attr<Text>,
}

/// Which endpoint serves a service from `subnet`: what is certain counts before what is not, and that before what is amiss.
pub(super) fn served<'e>(endpoints: impl Iterator<Item = &'e Endpoint>, subnet: &Subnet, wanted: Wanted<'_>) -> Served {
    let rank = |served: &Served| match served {
        Served::By(_) => 0,
        Served::Unknown(_) => 1,
        Served::Unnamed(_) => 2,
        Served::Unrouted(_) => 3,
        Served::Unsuited(_) => 4,
        Served::Not => 5,
    };
    let all = endpoints.map(|endpoint| endpoint.serves(subnet, wanted));
    all.min_by_key(rank).unwrap_or(Served::Not)
}

impl Endpoint {
    fn serves(&self, subnet: &Subnet, wanted: Wanted<'_>) -> Served {
        if self.kind == Attr::Set(EndpointKind::Appliance) {
            return Served::Not;
        }
        let unsuited = wanted.by_gateway && self.kind == Attr::Set(EndpointKind::Interface);
        let here = match (self.network, subnet.network) {
            (Some(a), Some(b)) if a != b => return Served::Not,
            (Some(_), Some(_)) => true,
            _ => false,
        };
        let same = match &self.service {
            Attr::Set(name) if name == wanted.service.name => true,
            Attr::Set(_) => return Served::Not,
            Attr::Unset | Attr::Unknown(_) => false,
        };
        if let (Attr::Set(mine), Attr::Set(theirs)) = (&self.region, wanted.region)
            && mine != theirs
        {
            return Served::Not;
        }
        let address = self.address.clone();
        if unsuited {
            return if here && same { Served::Unsuited(address) } else { Served::Not };
        }
        if !here || !same {
            return Served::Unknown(match (same, self.network) {
                (false, _) => format!("for which service {address} is"),
                (true, None) => format!("in which network {address} is"),
                (true, Some(_)) => {
                    format!("in which network {} lies, and so whether {address} serves it", subnet.address)
                }
            });
        }
        match self.kind {
            Attr::Set(EndpointKind::Interface) => self.is_named(wanted.service, address),
            _ => self.routes(subnet, address),
        }
    }

    fn is_named(&self, service: &Service, address: Address) -> Served {
        match self.private_dns {
            Attr::Set(true) => Served::By(address),
            Attr::Unknown(why) => Served::Unknown(format!("whether {address} has private DNS, which is {why}")),
            Attr::Set(false) | Attr::Unset => {
                let answers = |zone: &Attr<Text>| match zone {
                    Attr::Set(zone) => service.is_answered_by(zone),
                    Attr::Unset => false,
                    Attr::Unknown(_) => true,
                };
                if self.zones.iter().any(answers) { Served::By(address) } else { Served::Unnamed(address) }
            }
        }
    }

    fn routes(&self, subnet: &Subnet, address: Address) -> Served {
        match (subnet.table_node, &self.tables_hidden) {
            (Some(table), _) if self.table_nodes.contains(&table) => Served::By(address),
            (_, Some(reason)) => Served::Unknown(reason.clone()),
            (_, None) => Served::Unrouted(address),
        }
    }
}
