//! Endpoints, and which subnets they serve.

use std::collections::BTreeSet;

use crate::facts::{EndpointKind, Part, Relation, Role, Service};
use crate::graph::{Graph, NodeId};
use crate::model::{Address, Attr, Evidence, Text};

use super::guard::{Guard, attribute, guard, stray_rule};
use super::network::{Exit, NetworkId, Places, Subnet, SubnetId, main_table};

/// An endpoint's position in the topology.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct EndpointId(pub(super) usize);

/// A way to a cloud service that stays inside the network.
#[derive(Debug)]
pub struct Endpoint {
    /// Its position.
    pub id: EndpointId,
    /// Its address.
    pub address: Address,
    /// Whether this plan manages it, and does not only read it.
    pub managed: bool,
    /// The network it serves, where that is certain.
    pub network: Option<NetworkId>,
    /// The service's short name: `s3`.
    pub service: Attr<Text>,
    /// How it is reached.
    pub kind: Attr<EndpointKind>,
    /// The route tables that lead to it.
    pub tables: Vec<Address>,
    /// Why it may be in more tables, if it may.
    pub tables_hidden: Option<String>,
    /// Its own attribute that names them, where one does.
    pub tables_attribute: Option<&'static str>,
    /// The subnets in which it has addresses.
    pub subnets: Vec<SubnetId>,
    /// Why it may have addresses in more subnets, if it may.
    pub subnets_hidden: Option<String>,
    /// Its own attribute that names them, where one does.
    pub subnets_attribute: Option<&'static str>,
    /// Whether the service's public name leads to it.
    pub private_dns: Attr<bool>,
    /// What says so.
    pub private_dns_evidence: Evidence,
    /// What leads to its own names: a record, a variable.
    pub named_by: Option<Address>,
    /// Whom it lets in.
    pub guard: Guard,
    /// The region whose service it is.
    region: Attr<Text>,
    table_nodes: Vec<NodeId>,
}

/// Whether a service is served from a subnet.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Served {
    /// By this endpoint.
    By(EndpointId),
    /// There is this endpoint, and whether it serves the subnet cannot be told, for this reason.
    Perhaps(EndpointId, String),
    /// There is this endpoint, but the subnet's route table does not lead to it.
    Unrouted(EndpointId),
    /// There is this endpoint, but the service's name does not lead to it.
    Unnamed(EndpointId),
    /// There is this endpoint, but it is of a kind that does not serve such calls.
    Unsuited(EndpointId),
    /// There is this endpoint, but in another network, where nobody stands.
    Elsewhere(EndpointId),
    /// By none.
    Not,
    /// It cannot be told whether there is an endpoint for it, for this reason.
    Unknown(String),
}

/// Finds every endpoint.
pub(super) fn endpoints(graph: &Graph, places: &Places) -> Vec<Endpoint> {
    // An association whose endpoint cannot be told may be one of any.
    let unsure = |association: &&NodeId| {
        graph.links(**association, Relation::EndpointOf).iter().any(|(_, edge)| !edge.is_exact())
            || graph.open(**association, Relation::EndpointOf).next().is_some()
    };
    let strays = Strays {
        associations: graph.having(Role::Association).iter().filter(unsure).copied().collect(),
        rule: stray_rule(graph),
    };
    let all = graph.having(Role::Endpoint).iter().enumerate();
    all.filter_map(|(at, node)| endpoint(graph, places, EndpointId(at), *node, &strays)).collect()
}

/// What may belong to any endpoint, because it cannot be told to which.
struct Strays {
    associations: Vec<NodeId>,
    /// A rule of a security group that lets somebody in.
    rule: Option<NodeId>,
}

fn endpoint(graph: &Graph, places: &Places, id: EndpointId, node: NodeId, strays: &Strays) -> Option<Endpoint> {
    let resource = graph.node(node);
    let Part::Endpoint(facts) = resource.part() else { return None };
    let said = graph.backlinks(node, Relation::EndpointOf).into_iter();
    let said: Vec<NodeId> = said.filter(|(_, edge)| edge.is_exact()).map(|(holder, _)| holder).collect();
    let holders: Vec<NodeId> = std::iter::once(node).chain(said.iter().copied()).collect();
    let (mut tables, tables_hidden) = ends(graph, (node, strays), &holders, Relation::InTable, "which route tables");
    for table in &mut tables {
        *table = main_table(graph, *table);
    }
    tables.sort_unstable();
    tables.dedup();
    let (subnets, subnets_hidden) = ends(graph, (node, strays), &holders, Relation::InSubnet, "which subnets");
    let subnets: BTreeSet<SubnetId> =
        subnets.iter().filter_map(|subnet| places.subnet_of.get(subnet).copied()).collect();
    let network = graph.link(node, Relation::InNetwork);
    let naming = said.iter().find_map(|holder| match graph.node(*holder).part() {
        Part::EndpointNaming(on) => Some((&graph.node(*holder).address, on)),
        _ => None,
    });
    let (said_by, private_dns) = naming.unwrap_or((&resource.address, &facts.private_dns));
    let names = [Relation::NameOf, Relation::Mentions].into_iter().flat_map(|relation| graph.backlinks(node, relation));
    // What permits or forbids by an endpoint's identifier calls nobody.
    let mut names = names.filter(|(from, _)| {
        !matches!(graph.node(*from).role(), Role::Permission | Role::Grant | Role::Identity | Role::Store)
    });
    Some(Endpoint {
        id,
        address: resource.address.clone(),
        managed: resource.managed,
        network: network.and_then(|network| places.network_of.get(&network).copied()),
        service: facts.service.clone().map(|name| Text::from(name.trim_end_matches("-fips"))),
        kind: facts.kind.clone(),
        tables: tables.iter().map(|table| graph.node(*table).address.clone()).collect(),
        tables_hidden,
        tables_attribute: attribute(graph, node, Relation::InTable),
        subnets: subnets.into_iter().collect(),
        subnets_hidden,
        subnets_attribute: attribute(graph, node, Relation::InSubnet),
        private_dns: private_dns.value.clone(),
        private_dns_evidence: private_dns.evidence(said_by),
        named_by: names.next().map(|(from, _)| graph.node(from).address.clone()),
        guard: guard(graph, node, &holders, strays.rule),
        region: facts.region.clone(),
        table_nodes: tables,
    })
}

/// What an endpoint and its associations name, and why there may be more, if there may.
fn ends(
    graph: &Graph,
    (endpoint, strays): (NodeId, &Strays),
    holders: &[NodeId],
    relation: Relation,
    what: &str,
) -> (Vec<NodeId>, Option<String>) {
    let (mut found, mut hidden) = (Vec::new(), None);
    let address = &graph.node(endpoint).address;
    for holder in holders {
        for (end, edge) in graph.links(*holder, relation) {
            if edge.is_exact() {
                found.push(end);
            } else {
                hidden = Some(format!("{what} {address} is in"));
            }
        }
        for open in graph.open(*holder, relation) {
            hidden = Some(format!("{what} {address} is in: {}", open.reason()));
        }
    }
    let stray = strays
        .associations
        .iter()
        .filter(|stray| !holders.contains(stray))
        .find(|stray| graph.open(**stray, relation).next().is_some() || !graph.links(**stray, relation).is_empty());
    if let (Some(stray), None) = (stray, &hidden) {
        hidden =
            Some(format!("{what} {address} is in: of which endpoint {} is cannot be told", graph.node(*stray).address));
    }
    (found, hidden)
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
    /// The private zones that answer where it is called.
    pub zones: &'w [Attr<Text>],
}

/// Which endpoint serves a service from `subnet`: what is certain counts before what is not, and that before what is amiss.
pub(super) fn served<'e>(endpoints: impl Iterator<Item = &'e Endpoint>, subnet: &Subnet, wanted: Wanted<'_>) -> Served {
    let rank = |served: &Served| match served {
        Served::By(_) => 0,
        Served::Perhaps(..) => 1,
        Served::Unknown(_) => 2,
        Served::Unrouted(_) => 3,
        Served::Unnamed(_) => 4,
        Served::Elsewhere(_) => 5,
        Served::Unsuited(_) => 6,
        Served::Not => 7,
    };
    // Routes to a gateway endpoint take what is called from inside the network, whatever else stands there.
    let all = endpoints
        .map(|endpoint| (endpoint.serves(subnet, wanted), endpoint.kind == Attr::Set(EndpointKind::Interface)));
    all.min_by_key(|(served, interface)| (rank(served), *interface)).map_or(Served::Not, |(served, _)| served)
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
        if unsuited {
            return if here && same { Served::Unsuited(self.id) } else { Served::Not };
        }
        let address = &self.address;
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
            Attr::Set(EndpointKind::Interface) => self.is_named(wanted),
            _ => self.routes(subnet),
        }
    }

    /// Whether it is an interface endpoint of `service` in the same region, whichever network it stands in.
    pub(super) fn is_of(&self, wanted: Wanted<'_>) -> bool {
        let region = match (&self.region, wanted.region) {
            (Attr::Set(mine), Attr::Set(theirs)) => mine == theirs,
            _ => true,
        };
        region
            && self.kind == Attr::Set(EndpointKind::Interface)
            && self.service.known().is_some_and(|name| name == wanted.service.name)
    }

    fn is_named(&self, wanted: Wanted<'_>) -> Served {
        match self.private_dns {
            Attr::Set(true) => Served::By(self.id),
            Attr::Unknown(why) => {
                Served::Perhaps(self.id, format!("whether {} has private DNS, which is {why}", self.address))
            }
            Attr::Set(false) | Attr::Unset => {
                if self.named_by.is_some()
                    || answers(wanted)
                    || wanted.zones.iter().any(|zone| zone.why_unknown().is_some())
                {
                    Served::By(self.id)
                } else {
                    Served::Unnamed(self.id)
                }
            }
        }
    }

    fn routes(&self, subnet: &Subnet) -> Served {
        match (subnet.table_node, &self.tables_hidden, &subnet.exit) {
            (Some(table), ..) if self.table_nodes.contains(&table) => Served::By(self.id),
            (_, Some(reason), _) => Served::Perhaps(self.id, reason.clone()),
            (None, None, Exit::Unknown(reason)) => {
                Served::Perhaps(self.id, format!("which route table {} has ({reason})", subnet.address))
            }
            (_, None, _) => Served::Unrouted(self.id),
        }
    }
}

/// Whether a private zone answers for the service where it is called.
pub(super) fn answers(wanted: Wanted<'_>) -> bool {
    wanted.zones.iter().filter_map(Attr::known).any(|zone| wanted.service.is_answered_by(zone))
}
