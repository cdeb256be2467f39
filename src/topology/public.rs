//! Services that callers from outside reach: by what way, under which names, and what watches them.

use std::collections::BTreeMap;

use crate::facts::{EntryKind, Part, Quality, Relation, Role, Traffic};
use crate::graph::{Graph, NodeId};
use crate::model::{Address, Attr, Evidence, Parsed, Text, holds_hole};

use super::entry::Entry;
use super::workload::{Workload, WorkloadId, Workloads};

/// A service that callers from outside reach, or may reach.
#[derive(Debug)]
pub struct PublicService {
    /// What it is looked for by: its API, or else the workload that answers.
    pub address: Address,
    /// What a person calls that.
    pub noun: &'static str,
    /// The workloads that answer.
    pub workloads: Vec<WorkloadId>,
    /// What requests come through, nearest to the caller last.
    pub entrances: Vec<Address>,
    /// What says so.
    pub evidence: Vec<Evidence>,
    /// Why it may be that nobody from outside reaches it, if it may.
    pub doubt: Option<String>,
    /// What somebody says it is called, and where.
    pub declared: Option<(Text, Text)>,
    /// What the plan calls it, the likeliest first.
    pub names: Vec<Text>,
    /// What watches it.
    pub alarms: Vec<AlarmUse>,
}

/// An alarm, and what it tells.
#[derive(Clone, Debug)]
pub struct AlarmUse {
    /// The alarm.
    pub address: Address,
    /// What callers notice that it looks at.
    pub tells: Vec<Quality>,
    /// Whether it is certainly this one that it watches.
    pub certain: bool,
    /// Whether it does anything.
    pub acts: Attr<bool>,
    /// What it rests on.
    pub evidence: Evidence,
}

/// Who gets in.
enum Access {
    Outside,
    Unclear(String),
    Inside,
}

/// Finds every such service, in the order of the workloads, and the alarms of which nobody can tell what they watch.
pub(super) fn publics(graph: &Graph, workloads: &Workloads) -> (Vec<PublicService>, Vec<AlarmUse>) {
    let nodes: BTreeMap<&Address, NodeId> = graph.nodes().map(|node| (&graph.node(node).address, node)).collect();
    let mut all: Vec<PublicService> = Vec::new();
    let mut at: BTreeMap<Address, usize> = BTreeMap::new();
    for (position, workload) in workloads.list.iter().enumerate() {
        let Some((entry, doubt)) = way_in(graph, &nodes, workload) else { continue };
        let (subject, groups) = subject(graph, &nodes, workload, entry);
        let index = *at.entry(groups).or_insert_with(|| {
            let noun = nodes.get(&subject).map_or(workload.noun, |node| graph.node(*node).noun());
            all.push(PublicService {
                address: subject,
                noun,
                workloads: Vec::new(),
                entrances: Vec::new(),
                evidence: Vec::new(),
                doubt: doubt.clone(),
                declared: None,
                names: Vec::new(),
                alarms: Vec::new(),
            });
            all.len() - 1
        });
        let Some(service) = all.get_mut(index) else { continue };
        service.workloads.push(WorkloadId(position));
        if doubt.is_none() {
            service.doubt = None;
        }
        for address in &entry.through {
            if !service.entrances.contains(address) {
                service.entrances.push(address.clone());
            }
        }
        service.evidence.push(entry.evidence.clone());
        let told = workload.declared.as_ref().and_then(|told| told.what.service.as_ref());
        service.declared = service.declared.take().or(told.map(|said| (said.value.clone(), said.place.clone())));
        names(graph, &nodes, workload, service);
    }
    for service in &mut all {
        service.alarms = alarms(graph, &nodes, workloads, service);
        // What nobody sees it stand behind may be watched all the same.
        if service.entrances.is_empty() {
            let others =
                before_any(graph).filter(|one| service.alarms.iter().all(|known| known.address != one.address));
            let others: Vec<AlarmUse> = others.collect();
            service.alarms.extend(others);
        }
    }
    (all, loose(graph))
}

/// Says of every workload whether people get to it from outside of its network; unset where that is not certain.
pub(super) fn mark(workloads: &mut [Workload], publics: &[PublicService]) {
    for workload in workloads.iter_mut() {
        workload.public = Attr::Set(false);
    }
    for service in publics {
        for WorkloadId(at) in &service.workloads {
            if let Some(workload) = workloads.get_mut(*at) {
                workload.public = if service.doubt.is_none() { Attr::Set(true) } else { Attr::Unset };
            }
        }
    }
}

/// The way in that lets in most, and why that is not certain.
fn way_in<'w>(
    graph: &Graph,
    nodes: &BTreeMap<&Address, NodeId>,
    workload: &'w Workload,
) -> Option<(&'w Entry, Option<String>)> {
    let entries = workload.entries.iter().filter(|entry| entry.traffic != Attr::Set(Traffic::Packets));
    let mut unclear = None;
    for entry in entries {
        match access(graph, nodes, workload, entry) {
            Access::Outside if entry.certain => return Some((entry, None)),
            Access::Outside => {
                let reason = format!("{} may lead to another one", entry.evidence.address);
                unclear = unclear.or(Some((entry, Some(reason))));
            }
            Access::Unclear(reason) => unclear = unclear.or(Some((entry, Some(reason)))),
            Access::Inside => {}
        }
    }
    unclear
}

fn access(graph: &Graph, nodes: &BTreeMap<&Address, NodeId>, workload: &Workload, entry: &Entry) -> Access {
    let holder = |role: Role| {
        let found = entry.through.iter().filter_map(|address| nodes.get(address).copied());
        found.filter(|node| graph.node(*node).role() == role).collect::<Vec<_>>()
    };
    match entry.kind {
        EntryKind::Mesh | EntryKind::Declared => Access::Inside,
        EntryKind::Url => Access::Outside,
        EntryKind::Platform => of(graph, workload.node),
        EntryKind::Api => match holder(Role::Api).first() {
            Some(api) => of(graph, *api),
            None => Access::Unclear("which API calls it is not to be seen, and it may be a private one".to_owned()),
        },
        EntryKind::Balancer => {
            let all: Vec<Access> = holder(Role::Balancer).into_iter().map(|node| of(graph, node)).collect();
            // Whichever of this plan's balancers it is; of what stands behind one of another plan, nobody knows.
            let is_here = |address: &Address| {
                nodes
                    .get(address)
                    .is_some_and(|node| graph.node(*node).managed && !is_led_to_from_elsewhere(graph, *node))
            };
            if all.is_empty()
                && entry.certain
                && entry.through.iter().all(is_here)
                && let Some(alike) = alike(graph)
            {
                return alike;
            }
            if all.is_empty() {
                let reason = "which balancer stands before it is not to be seen, and it may be an internal one";
                return Access::Unclear(reason.to_owned());
            }
            let mut best = Access::Inside;
            for one in all {
                match (&best, &one) {
                    (_, Access::Outside) | (Access::Inside, Access::Unclear(_)) => best = one,
                    _ => {}
                }
            }
            best
        }
    }
}

/// Who gets in to all balancers of the plan, where that is the same: then it makes no difference which of them it is.
fn alike(graph: &Graph) -> Option<Access> {
    let managed = graph.having(Role::Balancer).iter().filter(|node| graph.node(**node).managed);
    let all: Vec<Access> = managed.map(|node| of(graph, *node)).collect();
    let outside = all.iter().filter(|access| matches!(access, Access::Outside)).count();
    let inside = all.iter().filter(|access| matches!(access, Access::Inside)).count();
    match all.len() {
        0 => None,
        number if number == outside => Some(Access::Outside),
        number if number == inside => Some(Access::Inside),
        _ => None,
    }
}

/// Whether something forwards to it that listens on a balancer which is not in this plan.
fn is_led_to_from_elsewhere(graph: &Graph, target: NodeId) -> bool {
    graph.backlinks(target, Relation::ForwardsTo).into_iter().any(|(from, _)| {
        let on = graph.links(from, Relation::ListensOn);
        on.iter().any(|(to, _)| !graph.node(*to).managed)
            || (on.is_empty() && graph.open(from, Relation::ListensOn).next().is_none())
    })
}

/// Who gets in to something, by what it says itself.
fn of(graph: &Graph, node: NodeId) -> Access {
    let node = graph.node(node);
    let secluded = node.facts.as_ref().and_then(|facts| facts.secluded.as_deref());
    match secluded.map(|secluded| (&secluded.value, secluded.attribute)) {
        Some((Attr::Set(true), _)) => Access::Inside,
        Some((Attr::Unknown(why), attribute)) => {
            Access::Unclear(format!("whether {} is reached from outside is {why} ({attribute})", node.address))
        }
        _ if node.external => {
            Access::Unclear(format!("{} is not in this plan, and may be an internal one", node.address))
        }
        _ => Access::Outside,
    }
}

/// What a service is looked for by, and what those share who are one: an API is one service, however many functions answer; of
/// those behind one group of targets all answer the same.
fn subject(
    graph: &Graph,
    nodes: &BTreeMap<&Address, NodeId>,
    workload: &Workload,
    entry: &Entry,
) -> (Address, Address) {
    let is_api = |address: &&Address| nodes.get(*address).is_some_and(|node| graph.node(*node).role() == Role::Api);
    match (entry.kind, entry.through.iter().find(is_api), entry.through.first()) {
        (EntryKind::Api, Some(api), _) => (api.clone(), api.clone()),
        (EntryKind::Balancer, _, Some(group)) if entry.certain => (workload.address.clone(), group.clone()),
        _ => (workload.address.clone(), workload.address.clone()),
    }
}

/// What the plan calls it: names of what answers and of what it is reached through, and those in addresses.
fn names(graph: &Graph, nodes: &BTreeMap<&Address, NodeId>, workload: &Workload, service: &mut PublicService) {
    let mut all: Vec<Text> = Vec::new();
    let own = [&service.address, &workload.address].into_iter().chain(&workload.members);
    let people = |node: NodeId| {
        let facts = graph.node(node).facts.iter();
        let names = facts.flat_map(|facts| facts.names.iter().chain(&facts.labels.names));
        names.filter(|name| is_name(name)).cloned().collect::<Vec<_>>()
    };
    for address in own {
        all.extend(nodes.get(address).copied().into_iter().flat_map(people));
        all.extend(parts(address));
    }
    all.extend(workload.containers.iter().map(|container| container.name.clone()).filter(|name| is_name(name)));
    for address in &service.entrances {
        all.extend(nodes.get(address).copied().into_iter().flat_map(people));
        all.extend(parts(address));
    }
    for name in all {
        if !service.names.contains(&name) {
            service.names.push(name);
        }
    }
}

/// The names in an address: of the resource and its modules, and the keys of `for_each`.
fn parts(address: &Address) -> Vec<Text> {
    let Some(parsed) = Parsed::of(address.as_str()) else { return Vec::new() };
    let steps = std::iter::once(&parsed.name).chain(parsed.modules.iter().rev());
    let keys = address.as_str().split('"').skip(1).step_by(2).map(Text::from).filter(|key| is_name(key));
    steps.map(|step| Text::from(step.name)).chain(keys).collect()
}

/// Whether people may mean something by it: no identifier, no address, no ARN.
fn is_name(text: &str) -> bool {
    !text.is_empty() && text.len() <= 64 && !holds_hole(text) && !text.contains([':', '/', '.'])
}

fn alarms(
    graph: &Graph,
    nodes: &BTreeMap<&Address, NodeId>,
    workloads: &Workloads,
    service: &PublicService,
) -> Vec<AlarmUse> {
    let members = service.workloads.iter().filter_map(|id| workloads.list.get(id.0)).flat_map(|one| &one.members);
    let all = service.entrances.iter().chain([&service.address]).chain(members);
    let own: Vec<NodeId> = all.filter_map(|address| nodes.get(address)).copied().collect();
    let mut found: Vec<AlarmUse> = Vec::new();
    for node in &own {
        for (holder, edge) in graph.backlinks(*node, Relation::Watches) {
            if found.iter().any(|known| known.address == graph.node(holder).address) {
                continue;
            }
            // With a group of targets it watches that one, and not all that stands behind the balancer.
            let links = graph.links(holder, Relation::Watches);
            let mut groups = links.iter().filter(|(to, _)| graph.node(*to).role() == Role::TargetGroup).peekable();
            let is_of_others = groups.peek().is_some() && groups.all(|(to, edge)| edge.is_exact() && !own.contains(to));
            if is_of_others {
                continue;
            }
            let evidence =
                Evidence::plan(&graph.node(holder).address, edge.attribute, graph.node(*node).address.to_string());
            // Whichever of several it is, all of them are of this service.
            let within = || graph.links(holder, Relation::Watches).iter().all(|(to, _)| own.contains(to));
            found.extend(alarm(graph, holder, edge.is_exact() || within(), evidence));
        }
    }
    found
}

fn alarm(graph: &Graph, node: NodeId, certain: bool, evidence: Evidence) -> Option<AlarmUse> {
    let Part::Alarm(alarm) = graph.node(node).part() else { return None };
    let address = graph.node(node).address.clone();
    Some(AlarmUse { address, tells: alarm.tells.clone(), certain, acts: alarm.acts.clone(), evidence })
}

/// Alarms on what the callers of some balancer notice.
fn before_any(graph: &Graph) -> impl Iterator<Item = AlarmUse> {
    graph.having(Role::Alarm).iter().filter_map(|node| {
        let links = graph.links(*node, Relation::Watches);
        let mut links =
            links.iter().filter(|(to, _)| matches!(graph.node(*to).role(), Role::Balancer | Role::TargetGroup));
        let (to, edge) = links.next()?;
        let evidence = Evidence::plan(&graph.node(*node).address, edge.attribute, graph.node(*to).address.to_string());
        alarm(graph, *node, false, evidence).filter(|alarm| !alarm.tells.is_empty())
    })
}

/// Alarms on what callers notice, of which nobody can tell whose callers.
fn loose(graph: &Graph) -> Vec<AlarmUse> {
    let alarms = graph.having(Role::Alarm).iter().filter(|node| graph.links(**node, Relation::Watches).is_empty());
    let told = alarms.filter_map(|node| {
        let evidence = match graph.open(*node, Relation::Watches).next() {
            Some(open) => Evidence::plan(&graph.node(*node).address, open.attribute, format!("({})", open.why)),
            None => Evidence::plan(&graph.node(*node).address, "dimensions", "(of nothing in this plan)"),
        };
        alarm(graph, *node, false, evidence)
    });
    told.filter(|alarm| !alarm.tells.is_empty()).collect()
}

/// Words that say of what sort something is, or where it runs, and not which one it is.
pub const PLAIN_WORDS: [&str; 42] = [
    "api",
    "app",
    "application",
    "asg",
    "backend",
    "cluster",
    "container",
    "default",
    "dev",
    "ecs",
    "envoy",
    "front",
    "frontend",
    "function",
    "group",
    "handler",
    "http",
    "instance",
    "internal",
    "lambda",
    "lb",
    "alb",
    "nlb",
    "main",
    "nginx",
    "node",
    "prod",
    "production",
    "proxy",
    "public",
    "qa",
    "server",
    "service",
    "staging",
    "stage",
    "svc",
    "task",
    "test",
    "this",
    "tg",
    "web",
    "www",
];

/// Words that say nothing at all of what is called so.
const EMPTY_WORDS: [&str; 3] = ["default", "main", "this"];

impl PublicService {
    /// What to call it where people write about it: as somebody says, or by the first name that tells it apart, or the first that
    /// says of what sort it is. What is only called `this` or the like has its type in its name.
    pub fn called(&self) -> String {
        if let Some((name, _)) = &self.declared {
            return name.to_string();
        }
        let tells = |name: &&Text| {
            let lower = name.to_ascii_lowercase();
            lower.split(['-', '_', ' ']).any(|word| !word.is_empty() && !PLAIN_WORDS.contains(&word))
        };
        let says_a_sort = |name: &&Text| !EMPTY_WORDS.contains(&name.to_ascii_lowercase().as_str());
        let found = self.names.iter().find(tells).or_else(|| self.names.iter().find(says_a_sort));
        let found = found.map_or(self.address.as_str(), |name| name.as_str());
        let words = found.split(|c: char| !c.is_alphanumeric() && c != '-').filter(|word| !word.is_empty());
        words.collect::<Vec<_>>().join("-").to_lowercase()
    }
}
