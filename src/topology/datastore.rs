//! Datastores: where they stand.

use std::collections::{BTreeMap, BTreeSet};

use crate::facts::{Availability, DatastoreKind, Part, Relation, Role};
use crate::graph::{Graph, NodeId};
use crate::model::{Address, Attr, Evidence, Text, Why};

use super::network::Places;

/// A datastore's position in the topology.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct DatastoreId(pub(super) usize);

/// Over which zones a datastore stands.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Spread {
    /// One machine in one zone; which one, the cloud may decide.
    OneZone(Attr<Text>),
    /// Machines in several zones.
    SeveralZones,
    /// It cannot be told, for this reason.
    Unknown(String),
}

/// A machine of a database cluster.
#[derive(Debug)]
pub struct Member {
    /// Its address.
    pub address: Address,
    /// Its class.
    pub class: Attr<Text>,
    /// Its zone; unset where the cloud chooses.
    pub zone: Attr<Text>,
    pub(super) node: NodeId,
}

/// A database or a cache.
#[derive(Debug)]
pub struct Datastore {
    /// Its address.
    pub address: Address,
    /// What a person calls it.
    pub noun: &'static str,
    /// What it is.
    pub kind: DatastoreKind,
    /// Whether this plan manages it.
    pub managed: bool,
    /// Whether it is a copy of another, which goes on without it.
    pub replica: bool,
    /// Its engine and version.
    pub engine: Attr<Text>,
    /// The class of its machines.
    pub class: Attr<Text>,
    /// Over which zones it stands.
    pub spread: Spread,
    /// What says so.
    pub spread_evidence: Evidence,
    /// How it is made to stand over more zones.
    pub wider: &'static str,
    /// The zones of the subnets that it may stand in.
    pub zones: BTreeSet<Text>,
    /// The machines of a cluster.
    pub members: Vec<Member>,
    pub(super) node: NodeId,
    pub(super) groups: Vec<NodeId>,
}

/// Finds every datastore.
pub(super) fn datastores(graph: &Graph, places: &Places) -> (Vec<Datastore>, BTreeMap<NodeId, DatastoreId>) {
    let mut list = Vec::new();
    let mut by_node = BTreeMap::new();
    let all = [Role::Database, Role::Cache].into_iter().flat_map(|role| graph.having(role));
    for node in all {
        let resource = graph.node(*node);
        let Part::Datastore(facts) = resource.part() else { continue };
        let members = members(graph, *node);
        let (spread, spread_evidence) = spread(graph, *node, facts, &members);
        let groups = graph.links(*node, Relation::GuardedBy).into_iter();
        by_node.insert(*node, DatastoreId(list.len()));
        list.push(Datastore {
            address: resource.address.clone(),
            noun: resource.noun(),
            kind: facts.kind,
            managed: resource.managed,
            replica: !graph.links(*node, Relation::ReplicaOf).is_empty(),
            engine: facts.engine.clone(),
            class: class(&facts.class, &members),
            spread,
            spread_evidence,
            wider: facts.wider,
            zones: zones(graph, places, *node),
            members,
            node: *node,
            groups: groups.filter(|(_, edge)| edge.is_exact()).map(|(group, _)| group).collect(),
        });
    }
    (list, by_node)
}

fn members(graph: &Graph, cluster: NodeId) -> Vec<Member> {
    let members = graph.backlinks(cluster, Relation::MemberOf).into_iter().filter(|(_, edge)| edge.is_exact());
    members
        .filter_map(|(node, _)| match graph.node(node).part() {
            Part::DatabaseMember(member) => Some(Member {
                address: graph.node(node).address.clone(),
                class: member.class.clone(),
                zone: member.zone.clone(),
                node,
            }),
            _ => None,
        })
        .collect()
}

fn class(own: &Attr<Text>, members: &[Member]) -> Attr<Text> {
    match members.first() {
        Some(member) if own.known().is_none() => member.class.clone(),
        _ => own.clone(),
    }
}

fn spread(graph: &Graph, node: NodeId, facts: &crate::facts::Datastore, members: &[Member]) -> (Spread, Evidence) {
    let address = &graph.node(node).address;
    let evidence = |value: &str| Evidence::plan(address, facts.availability_attribute, value);
    match &facts.availability {
        Attr::Set(Availability::SingleZone) => {
            (Spread::OneZone(facts.zone.clone()), evidence(&facts.availability_value))
        }
        Attr::Set(Availability::MultiZone) => (Spread::SeveralZones, evidence("several zones")),
        Attr::Set(Availability::Chosen) => (
            Spread::Unknown(format!("the cloud chooses the zones of its machines ({})", facts.wider)),
            evidence(&facts.availability_value),
        ),
        Attr::Set(Availability::ByMembers) => by_members(graph, node, members),
        Attr::Unset => (Spread::Unknown("nothing says over how many zones it stands".to_owned()), evidence("unset")),
        Attr::Unknown(why) => {
            (Spread::Unknown(format!("{} is {why}", facts.availability_attribute)), evidence(&format!("({why})")))
        }
    }
}

/// Whether something adds machines to a cluster and takes them away.
fn scales(graph: &Graph, cluster: NodeId) -> bool {
    graph.backlinks(cluster, Relation::Scales).iter().any(|(node, _)| graph.node(*node).role() == Role::Scalable)
}

/// A cluster stands where its members stand.
fn by_members(graph: &Graph, node: NodeId, members: &[Member]) -> (Spread, Evidence) {
    let address = &graph.node(node).address;
    match members {
        [] => {
            let reason = "its machines are not in this plan".to_owned();
            (Spread::Unknown(reason), Evidence::plan(address, "cluster_members", format!("({})", Why::Elsewhere)))
        }
        [_] if scales(graph, node) => (
            Spread::Unknown("its readers come and go with their scaling policy".to_owned()),
            Evidence::plan(address, "cluster_members", "scaled"),
        ),
        [only] => {
            let evidence = Evidence::plan(&only.address, "cluster_identifier", "the only machine of its cluster");
            (Spread::OneZone(only.zone.clone()), evidence)
        }
        [first, ..] => {
            let value = format!("one of {} machines", members.len());
            let evidence = Evidence::plan(&first.address, "availability_zone", value);
            let told: BTreeSet<&Text> = members.iter().filter_map(|member| member.zone.known()).collect();
            if told.len() > 1 {
                return (Spread::SeveralZones, evidence);
            }
            let hidden = members.iter().find_map(|member| Some((member, member.zone.why_unknown()?)));
            if let Some((member, why)) = hidden {
                let reason = format!("availability_zone of {} is {why}", member.address);
                let evidence = Evidence::plan(&member.address, "availability_zone", format!("({why})"));
                return (Spread::Unknown(reason), evidence);
            }
            // Aurora spreads machines over zones unless each is told its own.
            let all_told = members.iter().all(|member| member.zone.known().is_some());
            (if all_told { Spread::OneZone(first.zone.clone()) } else { Spread::SeveralZones }, evidence)
        }
    }
}

/// The zones of the subnets that a datastore may stand in.
fn zones(graph: &Graph, places: &Places, node: NodeId) -> BTreeSet<Text> {
    let groups = graph.links(node, Relation::PlacedBy).into_iter().map(|(group, _)| group);
    let holders = std::iter::once(node).chain(groups);
    let subnets = holders.flat_map(|holder| graph.links(holder, Relation::InSubnet));
    subnets
        .filter_map(|(subnet, _)| places.subnets.get(places.subnet_of.get(&subnet)?.0)?.zone.known().cloned())
        .collect()
}
