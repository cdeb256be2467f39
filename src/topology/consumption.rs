//! Where work comes from when nobody waits for the answer.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::facts::{ComputeKind, ContainerRole, Part, Relation, SourceKind};
use crate::graph::{Graph, NodeId};
use crate::model::{Address, Evidence, Text};

use super::permission::{held, is_explained, roles};
use super::range::Amount;
use super::trigger::{platform, source_of, stores, switched_off, triggers};
use super::workload::{Gap, Workload, Workloads, gap};

/// How it is known that a workload consumes.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Origin {
    /// A trigger calls it.
    Trigger,
    /// Its role may read the source.
    Permission,
    /// The platform reads it on its behalf.
    Platform,
    /// It knows the source and has no other use for it.
    Mention,
    /// A program that works off jobs runs in it, beside a web server.
    Process,
    /// Somebody says so.
    Declared,
}

/// One source that a workload takes work from.
#[derive(Clone, Debug)]
pub struct Consumption {
    /// The kind of source.
    pub kind: SourceKind,
    /// The source, where it is a resource that can be told.
    pub source: Option<Address>,
    /// How it is known.
    pub origin: Origin,
    /// What it rests on.
    pub evidence: Vec<Evidence>,
    /// Why it is not certain, if it is not.
    pub doubt: Option<String>,
    /// How many units the trigger runs at a time, at most, where something bounds them.
    pub bound: Option<Amount>,
}

impl Consumption {
    /// Whether it is certain.
    pub fn is_certain(&self) -> bool {
        self.doubt.is_none()
    }

    /// What it reads, in words: `aws_sqs_queue.jobs`, or `a queue`.
    pub fn name(&self) -> String {
        match &self.source {
            Some(address) => address.to_string(),
            None => format!("a {}", self.kind.as_str()),
        }
    }
}

/// Finds what each workload consumes, and what it may consume.
pub(super) fn consumptions(graph: &Graph, all: &mut Workloads) {
    let background = background_roles(graph, all);
    all.list.par_iter_mut().for_each(|workload| {
        let mut found = triggers(graph, workload);
        found.extend(platform(graph, workload));
        for permitted in permissions(graph, &background, workload) {
            // A trigger reads with the role of what it calls: the same thing said twice.
            let told = |known: &Consumption| {
                known.kind == permitted.kind && (permitted.source.is_none() || known.source == permitted.source)
            };
            if !found.iter().any(told) {
                found.push(permitted);
            }
        }
        workload.switched_off = switched_off(graph, workload);
        workload.stores = stores(graph, workload);
        workload.consumes = found;
    });
    mentions(graph, all);
    explained(all);
    for workload in &mut all.list {
        workload
            .consumes
            .sort_by(|a, b| (a.doubt.is_some(), a.kind, &a.source).cmp(&(b.doubt.is_some(), b.kind, &b.source)));
        // Two that cannot be told are not the same.
        workload.consumes.dedup_by(|a, b| a.kind == b.kind && a.source.is_some() && a.source == b.source);
    }
}

/// Who may receive, but need not, sends: where somebody else takes what is in the queue, that is the plain reading.
fn explained(all: &mut Workloads) {
    let mut takers: BTreeMap<Address, Vec<usize>> = BTreeMap::new();
    for (at, workload) in all.list.iter().enumerate() {
        let told = workload.consumes.iter().filter(|consumption| consumption.is_certain());
        for source in told.filter_map(|consumption| consumption.source.clone()) {
            takers.entry(source).or_default().push(at);
        }
    }
    for (at, workload) in all.list.iter_mut().enumerate() {
        workload.consumes.retain(|consumption| {
            let may = consumption.origin == Origin::Permission && !consumption.is_certain();
            let taken = |source: &Address| takers.get(source).is_some_and(|takers| takers.iter().any(|one| *one != at));
            !(may && consumption.source.as_ref().is_some_and(taken))
        });
    }
}

/// What a workload's role lets it read.
fn permissions(graph: &Graph, background: &BTreeMap<NodeId, Address>, workload: &Workload) -> Vec<Consumption> {
    let mut found = Vec::new();
    // A function has no loop that polls: what it works off is told by its mappings.
    if workload.kind == ComputeKind::Function {
        return found;
    }
    // Another workload with the same role and no entry of its own may be the one for which the role may read.
    let shared = if workload.entries.is_empty() {
        None
    } else {
        roles(graph, workload).iter().find_map(|role| background.get(role))
    };
    for held in held(graph, workload) {
        let address = &graph.node(held.node).address;
        for consumes in &held.permission.consumes {
            let sources: Vec<_> = (graph.links(held.node, Relation::Mentions).into_iter())
                .filter(|(source, edge)| {
                    let fits = source_of(graph, *source).is_some_and(|kind| kind == consumes.kind);
                    edge.slot == consumes.slot && edge.is_exact() && fits
                })
                .map(|(source, _)| graph.node(source).address.clone())
                .collect();
            let doubt = if consumes.explicit {
                shared.map(|other| format!("{address} holds for {other} as well, which may be the one that reads"))
            } else {
                Some(format!("{address} allows {}, which may be meant for sending only", consumes.action))
            };
            let one = |source: Option<Address>| Consumption {
                kind: consumes.kind,
                origin: Origin::Permission,
                evidence: vec![Evidence::plan(
                    address,
                    Text::from("policy"),
                    permitted(&consumes.action, source.as_ref()),
                )],
                source,
                doubt: doubt.clone(),
                bound: None,
            };
            if sources.is_empty() {
                found.push(one(None));
            }
            found.extend(sources.into_iter().map(|source| one(Some(source))));
        }
    }
    found
}

fn permitted(action: &str, source: Option<&Address>) -> String {
    match source {
        Some(source) => format!("{action} on {source}"),
        None => action.to_owned(),
    }
}

/// The roles of workloads without an entry, each with one of these.
fn background_roles(graph: &Graph, all: &Workloads) -> BTreeMap<NodeId, Address> {
    let quiet = all.list.iter().filter(|workload| workload.entries.is_empty());
    let roles = quiet.flat_map(|workload| roles(graph, workload).into_iter().map(|role| (role, &workload.address)));
    roles.map(|(role, address)| (role, address.clone())).collect()
}

/// A queue that a workload knows.
struct Known {
    queue: NodeId,
    evidence: Evidence,
    exact: bool,
    /// Whether permissions decide who reads from it.
    permitted: bool,
}

fn known_queues(graph: &Graph, workload: &Workload) -> Vec<Known> {
    let mut known = Vec::new();
    for node in &workload.nodes {
        for (queue, edge) in graph.links(*node, Relation::Mentions) {
            if let Part::Source(source) = graph.node(queue).part()
                && source.kind == SourceKind::Queue
            {
                let permitted = source.permitted;
                let address = graph.node(queue).address.to_string();
                let evidence = Evidence::plan(&graph.node(*node).address, edge.attribute, address);
                known.push(Known { queue, evidence, exact: edge.is_exact(), permitted });
            }
        }
    }
    // A policy that cannot be read, but refers to a queue.
    for held in held(graph, workload).into_iter().filter(|held| held.permission.hidden.is_some()) {
        for (queue, edge) in graph.links(held.node, Relation::Mentions) {
            let is_queue = matches!(graph.node(queue).part(), Part::Source(source) if source.kind == SourceKind::Queue);
            if is_queue && !known.iter().any(|known| known.queue == queue) {
                let address = graph.node(queue).address.to_string();
                let evidence = Evidence::plan(&graph.node(held.node).address, edge.attribute, address);
                known.push(Known { queue, evidence, exact: edge.is_exact(), permitted: true });
            }
        }
    }
    known
}

/// Whether something runs all the time and nobody calls it, so that it has nothing to send but what it took from
/// somewhere.
fn is_quiet(workload: &Workload) -> bool {
    let runs = matches!(
        workload.kind,
        ComputeKind::ContainerService | ComputeKind::MachineGroup | ComputeKind::Machine | ComputeKind::Platform
    );
    runs && workload.entries.is_empty() && workload.entry_gap.is_none()
}

/// Whether something that knows a queue takes work from it, as far as its role and its name tell.
fn takes(graph: &Graph, workload: &Workload) -> Option<bool> {
    let receives = |c: &Consumption| c.kind == SourceKind::Queue && c.origin == Origin::Permission;
    if workload.consumes.iter().any(receives) {
        return Some(true);
    }
    // A role that can be seen, and that lets it send at most.
    if !roles(graph, workload).is_empty() && permissions_hidden(graph, workload).is_none() {
        return Some(false);
    }
    let words = workload.address.as_str().split(['.', '[', ']', '"', '_', '-']);
    let named = words.into_iter().any(ContainerRole::is_worker_word);
    let worker = workload.containers.iter().any(|container| container.role == ContainerRole::Worker);
    (named || worker).then_some(true)
}

/// Workloads that know a queue: one without an entry takes work from it; one with an entry puts work into it if somebody
/// else takes it, and may do either if nobody does.
fn mentions(graph: &Graph, all: &mut Workloads) {
    let lists: Vec<Vec<Known>> = all.list.par_iter().map(|workload| known_queues(graph, workload)).collect();
    let mut takers: BTreeMap<Address, Vec<usize>> = BTreeMap::new();
    for (at, (workload, known)) in all.list.iter().zip(&lists).enumerate() {
        let told = workload.consumes.iter().filter(|consumption| consumption.is_certain());
        let told = told.filter_map(|consumption| consumption.source.clone());
        let quiet = known.iter().filter(|_| is_quiet(workload)).map(|known| graph.node(known.queue).address.clone());
        for queue in told.chain(quiet) {
            takers.entry(queue).or_default().push(at);
        }
    }
    for (at, known) in lists.iter().enumerate() {
        let Some(workload) = all.list.get(at) else { continue };
        let mut found = Vec::new();
        for Known { queue, evidence, exact, permitted } in known {
            let queue = &graph.node(*queue).address;
            if workload.consumes.iter().any(|known| known.source.as_ref() == Some(queue)) {
                continue;
            }
            let doubt = if is_quiet(workload) {
                match takes(graph, workload) {
                    Some(false) => continue,
                    _ if !exact => Some("which queue it knows cannot be told".to_owned()),
                    Some(true) => None,
                    None => Some(format!("it knows {queue}, and nothing shows whether it sends or receives")),
                }
            } else {
                let taken = takers.get(queue).is_some_and(|takers| takers.iter().any(|taker| *taker != at));
                match doubt(graph, workload, queue, *permitted) {
                    Some(doubt) if !taken => Some(doubt),
                    _ => continue,
                }
            };
            found.push(Consumption {
                kind: SourceKind::Queue,
                source: Some(queue.clone()),
                origin: Origin::Mention,
                evidence: vec![evidence.clone()],
                doubt,
                bound: None,
            });
        }
        found.extend(foreign(graph, workload, known));
        found.extend(by_hidden_policy(graph, workload));
        found.extend(process(graph, workload, &found));
        if let Some(workload) = all.list.get_mut(at) {
            workload.consumes.extend(found);
        }
    }
}

/// A worker that runs beside a web server, in one container or on one machine: what is called takes work from a queue as well,
/// whichever queue that is.
fn process(graph: &Graph, workload: &Workload, found: &[Consumption]) -> Option<Consumption> {
    let told = |consumption: &Consumption| consumption.kind == SourceKind::Queue && consumption.is_certain();
    let called = workload.entries.iter().any(|entry| entry.certain);
    if !called || workload.consumes.iter().chain(found).any(told) {
        return None;
    }
    let environments = workload.environments(graph);
    let mixed = environments.iter().filter_map(|(holder, environment)| Some((*holder, environment.mixes()?)));
    let (holder, (programs, certain)) = mixed.max_by_key(|(_, (_, certain))| *certain)?;
    Some(Consumption {
        kind: SourceKind::Queue,
        source: None,
        origin: Origin::Process,
        evidence: vec![Evidence::plan(holder, "command", programs.as_str())],
        doubt: (!certain).then(|| format!("by its name, what {holder} runs is {programs}")),
        bound: None,
    })
}

/// A queue of another plan that a workload's environment names, where nothing here says what it does with it.
fn foreign(graph: &Graph, workload: &Workload, known: &[Known]) -> Option<Consumption> {
    let silent = workload.kind != ComputeKind::Function && known.is_empty() && workload.consumes.is_empty();
    let told = !roles(graph, workload).is_empty() && permissions_hidden(graph, workload).is_none();
    if !silent || told {
        return None;
    }
    let environments = workload.environments(graph);
    let (holder, variable) = environments.iter().find_map(|(holder, env)| Some((*holder, env.queues.first()?)))?;
    Some(Consumption {
        kind: SourceKind::Queue,
        source: None,
        origin: Origin::Mention,
        evidence: vec![Evidence::plan(holder, variable.clone(), "names a queue")],
        doubt: Some(format!("{variable} of {holder} names a queue, and nothing shows whether it sends or receives")),
        bound: None,
    })
}

/// A policy that cannot be seen, and leads to a queue by its name or by that of what it is made from.
fn by_hidden_policy(graph: &Graph, workload: &Workload) -> Option<Consumption> {
    if workload.kind == ComputeKind::Function || !workload.consumes.is_empty() {
        return None;
    }
    let is_word = |word: &str| {
        ["queue", "queues", "sqs", "stream", "streams", "kinesis", "consume", "consumer", "receive", "worker"]
            .iter()
            .any(|known| word.eq_ignore_ascii_case(known))
    };
    let speaks = |text: &str| text.split(|c: char| !c.is_ascii_alphanumeric()).any(is_word);
    held(graph, workload).into_iter().find_map(|held| {
        let why = held.permission.hidden?;
        let address = &graph.node(held.node).address;
        let open = graph.open(held.node, Relation::Grants).next()?;
        let lost = open.lost.as_ref().filter(|lost| speaks(lost));
        let named = speaks(address.as_str()) && !is_explained(graph, held.node);
        if lost.is_none() && !named {
            return None;
        }
        let from = lost.map_or_else(String::new, |lost| format!(", made from {lost}"));
        Some(Consumption {
            kind: SourceKind::Queue,
            source: None,
            origin: Origin::Mention,
            evidence: vec![Evidence::plan(address, open.attribute, format!("({why})"))],
            doubt: Some(format!("whether {address} lets it receive is {why} ({}{from})", open.attribute)),
            bound: None,
        })
    })
}

/// Why a workload that is called may take work from a queue that it knows, if it may.
fn doubt(graph: &Graph, workload: &Workload, queue: &Address, permitted: bool) -> Option<String> {
    let told = |c: &Consumption| c.kind == SourceKind::Queue && c.origin == Origin::Permission;
    // A function polls nothing itself; a role that names what may be read has said so already.
    if workload.kind == ComputeKind::Function || workload.consumes.iter().any(told) {
        return None;
    }
    if !permitted {
        return Some(format!("it knows {queue}, and nothing shows whether it sends or receives"));
    }
    match permissions_hidden(graph, workload) {
        Some(gap) => {
            let place = &gap.evidence.address;
            Some(format!("it knows {queue}; whether it sends or receives is {} ({place})", gap.reason))
        }
        None if roles(graph, workload).is_empty() => {
            Some(format!("it knows {queue}, and has no role in this plan that says whether it sends or receives"))
        }
        // Its role can be seen, and does not let it receive.
        None => None,
    }
}

/// Why a workload's permissions cannot all be seen, if they cannot.
pub(super) fn permissions_hidden(graph: &Graph, workload: &Workload) -> Option<Gap> {
    for node in &workload.nodes {
        if let Some(open) = graph.open(*node, Relation::ActsAs).next() {
            return Some(gap(&graph.node(*node).address, open.attribute, open.why, open.reason()));
        }
    }
    for held in held(graph, workload) {
        if let Some(open) = graph.open(held.node, Relation::Grants).next()
            && held.permission.hidden.is_none()
        {
            return Some(gap(&graph.node(held.node).address, open.attribute, open.why, open.reason()));
        }
        if let Some(why) = held.permission.hidden
            && !is_explained(graph, held.node)
        {
            return Some(gap(&graph.node(held.node).address, "policy", why, why.to_string()));
        }
    }
    None
}
