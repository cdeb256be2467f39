//! Datastores: where they stand.

use std::collections::{BTreeMap, BTreeSet};

use crate::facts::{
    Availability, DatastoreKind, Lasting, Part, Relation, Role, ScalableTarget, Stated, Value, Variable,
};
use crate::graph::{Graph, NodeId};
use crate::model::{Address, Attr, Evidence, Text, Why};
use crate::units::listed;

use super::capacity::find_variable;
use super::identity::names;
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

/// How many machines of a cluster answer readers.
#[derive(Clone, Copy, Debug)]
pub struct Readers {
    /// At least.
    pub least: u64,
    /// At most, where something adds them.
    pub most: u64,
}

/// A database or a cache.
#[derive(Debug)]
pub struct Datastore {
    /// Its address.
    pub address: Address,
    /// What people call it: its name in the cloud, that of its service.
    pub names: Vec<Text>,
    /// What a person calls it.
    pub noun: &'static str,
    /// What it is.
    pub kind: DatastoreKind,
    /// Whether this plan manages it.
    pub managed: bool,
    /// Whether it is a copy of another, which goes on without it.
    pub replica: bool,
    /// Of a copy of a database in another region: whether it hands on to that what is written to it, and what says so.
    pub forwards: Option<(bool, Evidence)>,
    /// Its engine and version.
    pub engine: Attr<Text>,
    /// The class of its machines.
    pub class: Attr<Text>,
    /// How many bytes of memory one of its machines has, as its class is sold, where its class tells.
    pub memory: Option<u64>,
    /// Over which zones it stands.
    pub spread: Spread,
    /// What says so.
    pub spread_evidence: Evidence,
    /// How it is made to stand over more zones.
    pub wider: &'static str,
    /// What it consists of, where each of these stands by itself: `shard`.
    pub apart: Option<&'static str>,
    /// The region it stands in.
    pub region: Attr<Text>,
    /// How many of its machines answer readers.
    pub readers: Readers,
    /// The zones of the subnets that it may stand in.
    pub zones: BTreeSet<Text>,
    /// The machines of a cluster.
    pub members: Vec<Member>,
    /// The resources that have the class of its machines, each with the attribute.
    pub classes: Vec<(Address, &'static str)>,
    /// The attribute that is billed for more zones, and its value then.
    pub widened: Option<(&'static str, Value)>,
    /// All attributes that are to be written for more zones, with their values; none where more is to be done by hand.
    pub widening: Vec<(&'static str, Value)>,
    /// What a cache loses with one of its machines, where that is known.
    pub lasting: Option<Lasting>,
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
        let (spread, spread_evidence) = spread(graph, places, *node, facts, &members);
        let groups = graph.links(*node, Relation::GuardedBy).into_iter();
        by_node.insert(*node, DatastoreId(list.len()));
        list.push(Datastore {
            address: resource.address.clone(),
            names: names(graph, *node),
            noun: resource.noun(),
            kind: facts.kind,
            managed: resource.managed,
            replica: !graph.links(*node, Relation::ReplicaOf).is_empty(),
            forwards: facts.forwards.as_ref().map(|stated| forwards(&resource.address, stated)),
            engine: facts.engine.clone(),
            class: class(&facts.class, &members),
            memory: memory(graph, facts, &members),
            spread,
            spread_evidence,
            wider: facts.wider,
            apart: facts.apart,
            region: super::network::region(graph, *node),
            readers: readers(graph, *node, facts, &members),
            zones: zones(graph, places, *node),
            classes: classes(graph, &resource.address, facts, &members),
            widened: facts.widened.clone(),
            widening: facts.widening.clone(),
            // Machines that are resources of their own are copies.
            lasting: facts.lasting.as_deref().filter(|_| members.is_empty()).cloned(),
            members,
            node: *node,
            groups: groups.filter(|(_, edge)| edge.is_exact()).map(|(group, _)| group).collect(),
        });
    }
    (list, by_node)
}

/// The memory of its own class, or of the first of its machines whose class tells.
fn memory(graph: &Graph, facts: &crate::facts::Datastore, members: &[Member]) -> Option<u64> {
    let own = facts.database.as_ref().and_then(|database| database.limit.known());
    let of_member = |member: &Member| match graph.node(member.node).part() {
        Part::DatabaseMember(facts) => facts.limit.known(),
        _ => None,
    };
    let limit = members.iter().find_map(of_member).or(own)?;
    find_variable(&limit.variables, Variable::Memory).map(|memory| memory.high)
}

fn classes(
    graph: &Graph,
    address: &Address,
    facts: &crate::facts::Datastore,
    members: &[Member],
) -> Vec<(Address, &'static str)> {
    let of_member = |member: &Member| match graph.node(member.node).part() {
        Part::DatabaseMember(facts) => Some((member.address.clone(), facts.class_attribute)),
        _ => None,
    };
    if members.is_empty() {
        return facts.database.iter().map(|database| (address.clone(), database.class_attribute)).collect();
    }
    members.iter().filter_map(of_member).collect()
}

fn forwards(address: &Address, stated: &Stated<bool>) -> (bool, Evidence) {
    let forwards = stated.value == Attr::Set(true);
    let evidence = Evidence::plan(address, stated.attribute, forwards.to_string());
    (forwards, Evidence { source: stated.source.clone(), ..evidence })
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

/// The machines that answer readers: those there are, and those that scaling keeps and adds.
fn readers(graph: &Graph, node: NodeId, facts: &crate::facts::Datastore, members: &[Member]) -> Readers {
    // The bounds are those of all readers that scaling is required to maintain: Amazon Aurora user guide, Auto Scaling with
    // Aurora Replicas, read 2026-11-25.
    let own = facts.database.as_ref().map_or(0, |database| database.readers);
    let own = own.max(u64::try_from(members.len().saturating_sub(1)).unwrap_or(u64::MAX));
    let mut readers = Readers { least: own, most: own };
    for (target, exact) in scalers(graph, node) {
        if exact {
            readers.least = readers.least.max(target.minimum.value.known().copied().unwrap_or(0));
        }
        readers.most = readers.most.max(target.maximum.value.known().copied().unwrap_or(u64::MAX));
    }
    Readers { most: readers.most.max(readers.least), ..readers }
}

fn spread(
    graph: &Graph,
    places: &Places,
    node: NodeId,
    facts: &crate::facts::Datastore,
    members: &[Member],
) -> (Spread, Evidence) {
    let address = &graph.node(node).address;
    let evidence = |value: &str| Evidence::plan(address, facts.availability_attribute, value);
    match &facts.availability {
        Attr::Set(Availability::SingleZone) if facts.kind == DatastoreKind::Cache && !members.is_empty() => {
            by_nodes(address, &facts.zone, members)
        }
        Attr::Set(Availability::SingleZone) => {
            (Spread::OneZone(facts.zone.clone()), evidence(&facts.availability_value))
        }
        Attr::Set(Availability::MultiZone) => (Spread::SeveralZones, evidence("several zones")),
        Attr::Set(Availability::Chosen) => {
            if let Some(zone) = only_zone(graph, places, node) {
                let value = format!("{} in subnets of {zone}", facts.availability_value);
                return (Spread::OneZone(Attr::Set(zone)), evidence(&value));
            }
            let reason = "the cloud chooses the zones of its machines".to_owned();
            (Spread::Unknown(reason), evidence(&facts.availability_value))
        }
        Attr::Set(Availability::ByMembers) => by_members(graph, node, facts, members),
        Attr::Unset => (Spread::Unknown("nothing says over how many zones it stands".to_owned()), evidence("unset")),
        Attr::Unknown(why) => {
            (Spread::Unknown(format!("{} is {why}", facts.availability_attribute)), evidence(&format!("({why})")))
        }
    }
}

/// What adds machines to a cluster and takes them away.
fn scalers(graph: &Graph, cluster: NodeId) -> Vec<(&ScalableTarget, bool)> {
    let registered = graph.backlinks(cluster, Relation::Scales).into_iter();
    registered
        .filter_map(|(node, edge)| match graph.node(node).part() {
            Part::Scalable(target) => Some((target.as_ref(), edge.is_exact())),
            _ => None,
        })
        .collect()
}

/// A cache stands where its own machine and those that were added to it stand.
fn by_nodes(address: &Address, own: &Attr<Text>, members: &[Member]) -> (Spread, Evidence) {
    let added = listed(members.iter().map(|member| &member.address));
    let evidence = Evidence::plan(address, "members", added);
    let zones = members.iter().map(|member| &member.zone).chain([own]);
    let told: BTreeSet<&Text> = zones.filter_map(|zone| zone.known()).collect();
    let spread = if told.len() > 1 {
        Spread::SeveralZones
    } else if let Some(member) = members.iter().find(|member| member.zone.known().is_none()) {
        let why = member.zone.why_unknown().map_or_else(|| "chosen by the cloud".to_owned(), |why| why.to_string());
        Spread::Unknown(format!("the zone of {} is {why}", member.address))
    } else if own.known().is_none() {
        Spread::Unknown(format!(
            "the cloud chooses the zone of its first machine; the others stand in {}",
            listed(&told)
        ))
    } else {
        Spread::OneZone(own.clone())
    };
    (spread, evidence)
}

/// The zone of all subnets that a datastore may stand in, where they have one in common.
fn only_zone(graph: &Graph, places: &Places, node: NodeId) -> Option<Text> {
    let groups = graph.links(node, Relation::PlacedBy);
    let exact = groups.iter().all(|(_, edge)| edge.is_exact()) && graph.open(node, Relation::PlacedBy).next().is_none();
    let mut only: Option<&Text> = None;
    for holder in groups.iter().map(|(group, _)| *group) {
        if graph.open(holder, Relation::InSubnet).next().is_some() {
            return None;
        }
        for (subnet, edge) in graph.links(holder, Relation::InSubnet) {
            let zone = places.subnets.get(places.subnet_of.get(&subnet)?.0)?.zone.known()?;
            if !edge.is_exact() || only.is_some_and(|only| only != zone) {
                return None;
            }
            only = Some(zone);
        }
    }
    only.filter(|_| exact).cloned()
}

/// A cluster stands where its members stand.
fn by_members(graph: &Graph, node: NodeId, facts: &crate::facts::Datastore, members: &[Member]) -> (Spread, Evidence) {
    let address = &graph.node(node).address;
    let readers = readers(graph, node, facts, members);
    match members {
        [] => {
            let reason = "its machines are not in this plan".to_owned();
            (Spread::Unknown(reason), Evidence::plan(address, "cluster_members", format!("({})", Why::Elsewhere)))
        }
        // Where those stand is documented nowhere.
        [_] if readers.least > 0 => (
            Spread::Unknown("the cloud chooses the zones of the readers that its scaling keeps".to_owned()),
            Evidence::plan(address, "cluster_members", "scaled"),
        ),
        [_] if readers.most > 0 => (
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
