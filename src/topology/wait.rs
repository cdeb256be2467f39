//! How long whoever is on the way of a request waits, from the outside in; and how long what is behind it works.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::facts::{Edge, Ends, EntryKind, Integration, Part, Relation, Role, Said, Stated, Wait};
use crate::graph::{Graph, NodeId};
use crate::model::{Address, Attr, Evidence, Found, Provenance, Text};
use crate::units::Millis;

use super::datastore::{Datastore, DatastoreId};
use super::entry::Entry;
use super::reach::Reach;
use super::statement::statements;
use super::workload::{Workload, WorkloadId};

/// What somebody on the way does when the time is over.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum LayerKind {
    /// Gives up asking for what it has not at hand.
    Edge,
    /// Gives up waiting for an answer.
    Gateway,
    /// Closes a connection on which nothing moves.
    Balancer,
    /// Ends its work.
    Work,
    /// Ends a statement.
    Statement,
    /// Shows a message to others again.
    Queue,
    /// Closes a connection that it keeps for the next request.
    KeepAlive,
}

impl LayerKind {
    /// The word for it in reports.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Edge => "edge",
            Self::Gateway => "gateway",
            Self::Balancer => "balancer",
            Self::Work => "work",
            Self::Statement => "statement",
            Self::Queue => "queue",
            Self::KeepAlive => "keep-alive",
        }
    }
}

/// One of those on the way.
#[derive(Clone, Debug)]
pub struct Layer {
    /// Its address.
    pub address: Address,
    /// What a person calls it.
    pub noun: &'static str,
    /// What it does.
    pub kind: LayerKind,
    /// After how many milliseconds; unset where it takes all the time there is.
    pub after: Attr<u64>,
    /// What says so.
    pub evidence: Evidence,
    /// How many milliseconds the unit has in which its attribute is written; nothing where no attribute of its own says it.
    pub unit: Option<u64>,
}

impl Layer {
    pub(super) fn new((address, noun): (&Address, &'static str), kind: LayerKind, stated: &Stated<u64>) -> Self {
        let value = shown(&stated.value);
        let evidence = Evidence { source: stated.source.clone(), ..Evidence::plan(address, stated.attribute, value) };
        let unit = Some(stated.unit).filter(|unit| *unit > 0 && !matches!(stated.source, Provenance::Declared(_)));
        Self { address: address.clone(), noun, kind, after: stated.value.clone(), evidence, unit }
    }

    /// Whether somebody chose the time, instead of leaving it as it is.
    pub fn is_chosen(&self) -> bool {
        !matches!(self.evidence.source, Provenance::Default(_))
    }

    /// After how many milliseconds, where that is known.
    pub fn known(&self) -> Option<u64> {
        self.after.known().copied()
    }
}

pub(super) fn shown(after: &Attr<u64>) -> String {
    match after {
        Attr::Set(after) => Millis(*after).to_string(),
        Attr::Unset => "unset".to_owned(),
        Attr::Unknown(why) => format!("({why})"),
    }
}

/// A way in, with those who wait on it.
#[derive(Clone, Debug, Default)]
pub struct Way {
    /// From the outside in.
    pub layers: Vec<Layer>,
    /// Where nothing shows how long somebody waits on it: who that is, and how long he does unless he is told otherwise.
    pub unseen: Option<(Evidence, u64)>,
    /// Why it may lead somewhere else, if it may.
    pub doubt: Option<String>,
}

impl Way {
    /// Who gives up first, of those of whom that is known.
    pub fn tightest(&self) -> Option<&Layer> {
        self.layers.iter().filter(|layer| layer.known().is_some()).min_by_key(|layer| layer.known())
    }
}

/// A queue whose messages are hidden while they are worked on.
#[derive(Clone, Debug)]
pub struct Hold {
    /// For how long.
    pub queue: Layer,
    /// Whether messages that belong together wait for each other.
    pub ordered: Attr<bool>,
    /// For how many milliseconds messages are gathered before that, and what says so.
    pub gathers: (Attr<u64>, Evidence),
    /// Why something else may work on them, if it may.
    pub doubt: Option<String>,
}

/// A database that ends what takes too long.
#[derive(Clone, Debug)]
pub struct StatementLimit {
    /// The database.
    pub datastore: DatastoreId,
    /// After how long.
    pub layer: Layer,
    /// Whether it is the caller who asks it to.
    pub by_caller: bool,
    /// Why the workload may not reach it, if it may not.
    pub doubt: Option<String>,
}

/// How long everybody waits who has to do with a workload.
#[derive(Clone, Debug, Default)]
pub struct Waits {
    /// The ways in.
    pub ways: Vec<Way>,
    /// How long it works on one request, where that is told.
    pub work: Option<Layer>,
    /// The queues that feed it.
    pub holds: Vec<Hold>,
    /// The databases that it reaches.
    pub statements: Vec<StatementLimit>,
    /// How long it keeps a connection for the next request, where that is told.
    pub keeps: Option<Layer>,
}

/// Finds how long everybody waits.
pub(super) fn waits(graph: &Graph, workloads: &mut [Workload], datastores: &[Datastore], reaches: &[Reach]) {
    let roles = [Role::Balancer, Role::Integration, Role::Api];
    let doors = roles.into_iter().flat_map(|role| graph.having(role)).map(|node| (&graph.node(*node).address, *node));
    let doors: BTreeMap<&Address, NodeId> = doors.collect();
    workloads.par_iter_mut().enumerate().for_each(|(at, workload)| {
        // They stand in the order of their workloads.
        let from = reaches.partition_point(|reach| reach.workload < WorkloadId(at));
        let own = reaches.get(from..).unwrap_or_default().iter().take_while(|reach| reach.workload == WorkloadId(at));
        let found = Waits {
            ways: workload.entries.iter().flat_map(|entry| ways(graph, &doors, entry)).collect(),
            work: work(graph, workload),
            holds: holds(graph, workload),
            statements: statements(graph, workload, datastores, own),
            keeps: keeps(graph, workload),
        };
        workload.waits = found;
    });
}

/// Those who wait on the way through one entry; none where nobody waits.
fn ways(graph: &Graph, doors: &BTreeMap<&Address, NodeId>, entry: &Entry) -> Vec<Way> {
    let mut found = Vec::new();
    if matches!(entry.kind, EntryKind::Balancer | EntryKind::Api | EntryKind::Url) {
        for (at, address) in entry.through.iter().enumerate() {
            let Some(node) = doors.get(address) else { continue };
            match graph.node(*node).part() {
                Part::Balancer(_) => found.extend(through_balancer(graph, *node)),
                // What stands behind an integration is its API.
                _ if at == 0 => found.extend(through_api(graph, *node).into_iter().flatten()),
                _ => {}
            }
        }
    }
    if !entry.certain {
        let doubt = format!("{} may lead to another one", entry.evidence.address);
        for way in &mut found {
            way.doubt = Some(doubt.clone());
        }
    }
    found
}

/// The ways through a balancer.
fn through_balancer(graph: &Graph, balancer: NodeId) -> Vec<Way> {
    let node = graph.node(balancer);
    let Part::Balancer(facts) = node.part() else { return Vec::new() };
    let own = facts.idle.as_ref().map(|idle| Layer::new((&node.address, node.noun()), LayerKind::Balancer, idle));
    let listeners = graph.backlinks(balancer, Relation::ListensOn).into_iter().map(|(listener, _)| listener);
    let called = std::iter::once(balancer).chain(listeners).flat_map(|node| graph.backlinks(node, Relation::Calls));
    let apis = called.filter(|(_, edge)| edge.is_exact()).filter_map(|(node, _)| through_api(graph, node)).flatten();
    let mut before: Vec<(Vec<Layer>, Option<String>)> = apis.map(|way| (way.layers, way.doubt)).collect();
    before.extend(edges(graph, balancer).into_iter().map(|(edge, doubt)| (vec![edge], doubt)));
    if before.iter().all(|(_, doubt)| doubt.is_some()) {
        before.push((Vec::new(), None));
    }
    let ways = before.into_iter().map(|(mut layers, doubt)| {
        layers.extend(own.clone());
        Way { layers, doubt, ..Way::default() }
    });
    ways.filter(|way| !way.layers.is_empty()).collect()
}

/// The ways through an API, or through an address of the workload's own; `None` where nobody waits for an answer on them.
fn through_api(graph: &Graph, node: NodeId) -> Option<Vec<Way>> {
    let resource = graph.node(node);
    let api = graph.link(node, Relation::PartOfApi).unwrap_or(node);
    let of_api = match graph.node(api).part() {
        Part::Api(wait) => Some(wait),
        _ => None,
    };
    let own = match resource.part() {
        Part::Integration(Integration { wait, .. }) => wait,
        Part::Api(wait) => wait,
        _ => return None,
    };
    // What answers over its own channel does so whatever an integration says.
    if matches!(of_api, Some(Wait::Never)) {
        return None;
    }
    let gateway = (&graph.node(api).address, graph.node(api).noun());
    let layer = |stated: &Stated<u64>, holder: NodeId| {
        let mut layer = Layer::new(gateway, LayerKind::Gateway, stated);
        layer.evidence.address = graph.node(holder).address.clone();
        layer
    };
    let unseen = |usual: u64| {
        let evidence = Evidence::plan(&resource.address, "timeout", "not in this plan");
        Way { unseen: Some((evidence, usual)), ..Way::default() }
    };
    let way = match (own, of_api) {
        (Wait::For(stated), Some(Wait::For(usual))) if stated.value.is_unset() => {
            Way { layers: vec![layer(usual, api)], ..Way::default() }
        }
        (Wait::For(stated), Some(Wait::Elsewhere(usual))) if stated.value.is_unset() => unseen(*usual),
        // Of whatever kind its API is that is not to be seen.
        (Wait::For(stated), _) if stated.value.is_unset() => return None,
        (Wait::For(stated), _) => Way { layers: vec![layer(stated, node)], ..Way::default() },
        (Wait::Elsewhere(usual), _) => unseen(*usual),
        // Who waits before it may give up all the same.
        (Wait::Forever, _) => Way::default(),
        (Wait::Never, _) => return None,
    };
    let edges = edges(graph, api);
    if edges.is_empty() {
        return (!matches!(own, Wait::Forever)).then(|| vec![way]);
    }
    let direct = edges.iter().all(|(_, doubt)| doubt.is_some()).then(|| way.clone());
    let before = edges.into_iter().map(|(edge, doubt)| {
        let layers = std::iter::once(edge).chain(way.layers.iter().cloned()).collect();
        Way { layers, doubt, ..way.clone() }
    });
    Some(before.chain(direct).collect())
}

/// What stands close to the callers and asks `node` for the rest; with why it may be something else that is asked.
fn edges(graph: &Graph, node: NodeId) -> Vec<(Layer, Option<String>)> {
    let asking = graph.backlinks(node, Relation::Asks).into_iter();
    let found = asking.filter_map(|(from, edge)| {
        let resource = graph.node(from);
        let Part::Edge(facts) = resource.part() else { return None };
        let Edge { waits } = facts.as_ref();
        let stated = waits.get(usize::from(edge.slot))?;
        // Its origins are blocks of one kind: a reference may stand in another of them.
        let is_sure = edge.is_exact() && (waits.len() == 1 || edge.found == Found::Value);
        let doubt = (!is_sure).then(|| format!("{} may ask another one there", resource.address));
        Some((Layer::new((&resource.address, resource.noun()), LayerKind::Edge, stated), doubt))
    });
    found.collect()
}

/// How long a workload works on one request: as somebody declares it, as its platform bounds it, or as its server does.
fn work(graph: &Graph, workload: &Workload) -> Option<Layer> {
    let named = (&workload.address, workload.noun);
    let declared = workload.declared.as_deref().and_then(|told| told.what.timeout.as_ref());
    if let Some(Said { value, place }) = declared {
        let stated = Stated::plan("timeout", Attr::Unset).or(*value, Provenance::Declared(place.clone()));
        return Some(Layer::new(named, LayerKind::Work, &stated));
    }
    let bounded = workload.parts(graph).into_iter().find_map(|(_, part)| part.time_limit.as_ref());
    if let Some(seconds) = bounded {
        let value = seconds.value.clone().map(|seconds| seconds.saturating_mul(1_000));
        let stated = Stated { value, source: seconds.source.clone(), ..*seconds }.counted_in(1_000);
        return Some(Layer::new(named, LayerKind::Work, &stated));
    }
    spoken(graph, workload, Ends::Request, LayerKind::Work)
}

/// How long it keeps a connection for the next request. What stands before it in the same unit keeps its own.
fn keeps(graph: &Graph, workload: &Workload) -> Option<Layer> {
    let alone = workload.containers.len() == 1 && workload.hidden_containers.is_none();
    alone.then(|| spoken(graph, workload, Ends::Silence, LayerKind::KeepAlive)).flatten()
}

/// What its environment says; of several that say different things, none can be taken.
pub(super) fn spoken(graph: &Graph, workload: &Workload, ends: Ends, kind: LayerKind) -> Option<Layer> {
    let environments = workload.environments(graph);
    let said = environments.iter().filter_map(|(holder, environment)| Some((*holder, environment.time_limit(ends)?)));
    let mut said: Vec<_> = said.collect();
    said.dedup_by(|(_, a), (_, b)| a.after == b.after);
    let [(holder, limit)] = said.as_slice() else { return None };
    let source = limit.default.map_or(Provenance::Plan, Provenance::Default);
    let evidence = Evidence::plan(holder, Text::from(limit.key.as_str()), shown(&limit.after));
    let (address, noun) = (workload.address.clone(), workload.noun);
    let evidence = Evidence { source, ..evidence };
    Some(Layer { address, noun, kind, after: limit.after.clone(), evidence, unit: None })
}

/// The queues that feed a workload by a trigger of theirs.
fn holds(graph: &Graph, workload: &Workload) -> Vec<Hold> {
    let mut found = Vec::new();
    for node in &workload.nodes {
        for (trigger, calls) in graph.backlinks(*node, Relation::Calls) {
            let holder = graph.node(trigger);
            let Part::Consumer(consumer) = holder.part() else { continue };
            if consumer.enabled.value == Attr::Set(false) {
                continue;
            }
            for (queue, reads) in graph.links(trigger, Relation::ReadsFrom) {
                let resource = graph.node(queue);
                let Part::Source(source) = resource.part() else { continue };
                let Some(hides) = &source.hides else { continue };
                let gathers = &consumer.gathers;
                let evidence = Evidence::plan(&holder.address, gathers.attribute, shown(&gathers.value));
                let evidence = Evidence { source: gathers.source.clone(), ..evidence };
                let sure = calls.is_exact() && reads.is_exact();
                found.push(Hold {
                    queue: Layer::new((&resource.address, resource.noun()), LayerKind::Queue, hides),
                    ordered: source.ordered.clone(),
                    gathers: (gathers.value.clone(), evidence),
                    doubt: (!sure).then(|| format!("{} may read from or call another one", holder.address)),
                });
            }
        }
    }
    found
}
