//! Endpoints, and which subnets they serve.

use crate::facts::{EndpointKind, Part, Relation, Role};
use crate::graph::{Graph, NodeId};
use crate::model::{Address, Attr, Text};

use super::network::{NetworkId, Places, Subnet};

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
}

/// Whether a service is served from a subnet.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Served {
    /// By this endpoint.
    By(Address),
    /// There is this endpoint, but the subnet's route table does not lead to it.
    Unrouted(Address),
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
                    tables_hidden = Some(format!("the route tables of {} cannot be told apart", resource.address));
                }
            }
            for open in graph.open(holder, Relation::InTable) {
                tables_hidden = Some(format!("a route table of {} is {}", resource.address, open.reason()));
            }
        }
        tables.sort_unstable();
        tables.dedup();
        let network = graph.link(*node, Relation::InNetwork);
        Some(Endpoint {
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

/// Which endpoint serves `service` from `subnet`.
pub(super) fn served(endpoints: &[Endpoint], subnet: &Subnet, service: &str) -> Served {
    let mut answer = Served::Not;
    for endpoint in endpoints {
        if endpoint.kind == Attr::Set(EndpointKind::Appliance) {
            continue;
        }
        let here = match (endpoint.network, subnet.network) {
            (Some(a), Some(b)) if a != b => continue,
            (Some(_), Some(_)) => true,
            _ => false,
        };
        let same = match &endpoint.service {
            Attr::Set(name) if name == service => true,
            Attr::Set(_) => continue,
            Attr::Unset | Attr::Unknown(_) => false,
        };
        let address = endpoint.address.clone();
        if !here || !same {
            let what = if same { "network" } else { "service" };
            answer = Served::Unknown(format!("the {what} of {address} cannot be told"));
            continue;
        }
        if endpoint.kind == Attr::Set(EndpointKind::Interface) {
            return Served::By(address);
        }
        match subnet.table_node {
            Some(table) if endpoint.table_nodes.contains(&table) => return Served::By(address),
            Some(_) => {
                answer = match &endpoint.tables_hidden {
                    Some(reason) => Served::Unknown(reason.clone()),
                    None => Served::Unrouted(address),
                }
            }
            None => answer = Served::Unrouted(address),
        }
    }
    answer
}
