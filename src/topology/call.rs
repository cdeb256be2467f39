//! Who calls whom through a balancer: what a workload's environment says, and whom a balancer lets in.

use std::collections::{BTreeMap, BTreeSet};

use crate::facts::{Part, Relation, Role, Speech, Traffic};
use crate::graph::{Graph, NodeId};
use crate::model::{Address, Attr, Evidence};

use super::front::Front;
use super::workload::{WorkloadId, Workloads};

/// A workload that calls others through a balancer.
#[derive(Debug)]
pub struct Call {
    /// Who calls.
    pub caller: WorkloadId,
    /// The balancer.
    pub balancer: Address,
    /// What a person calls it.
    pub noun: &'static str,
    /// Whether this plan manages it.
    pub managed: bool,
    /// Whether only those inside its network get to it.
    pub internal: Attr<bool>,
    /// What says so.
    pub internal_evidence: Evidence,
    /// What it forwards to.
    pub callees: Vec<Callee>,
    /// What the call rests on.
    pub evidence: Vec<Evidence>,
    /// Why it is not certain, if it is not.
    pub doubt: Option<String>,
}

impl Call {
    /// Whether several services answer behind the balancer, so that it cannot be told which of them is called.
    pub fn is_choice(&self) -> bool {
        let all = self.callees.iter().flat_map(|callee| &callee.workloads).filter(|callee| **callee != self.caller);
        all.collect::<BTreeSet<_>>().len() > 1
    }
}

/// Workloads behind one group of targets of a balancer.
#[derive(Clone, Debug)]
pub struct Callee {
    /// The group of targets; none where these are the balancer's own.
    pub group: Option<Address>,
    /// The workloads.
    pub workloads: Vec<WorkloadId>,
    /// What it is sent; unset where the balancer has its targets itself.
    pub traffic: Attr<Traffic>,
    /// How requests are put to it.
    pub speech: Attr<Speech>,
    /// What says so.
    pub speech_evidence: Option<Evidence>,
}

/// Finds every call, in the order of the callers.
pub(super) fn calls(graph: &Graph, workloads: &Workloads, fronts: &[Front]) -> Vec<Call> {
    let mut behind: BTreeMap<&Address, Vec<&Front>> = BTreeMap::new();
    for front in fronts {
        behind.entry(&front.balancer).or_default().push(front);
    }
    let balancers = graph.having(Role::Balancer).iter().filter(|node| behind.contains_key(&graph.node(**node).address));
    let balancers: Vec<NodeId> = balancers.copied().collect();
    let groups: BTreeMap<&Address, NodeId> =
        graph.having(Role::TargetGroup).iter().map(|node| (&graph.node(*node).address, *node)).collect();
    let callees: BTreeMap<NodeId, Vec<Callee>> = (balancers.iter())
        .map(|node| {
            let fronts = behind.get(&graph.node(*node).address).into_iter().flatten();
            (*node, fronts.map(|front| callee(graph, &groups, front)).collect())
        })
        .collect();
    let mut found = spoken(graph, workloads, &callees);
    let told: BTreeSet<(WorkloadId, Address)> = found.iter().map(|call| (call.caller, call.balancer.clone())).collect();
    let let_in = admitted(graph, workloads, &callees).into_iter();
    found.extend(let_in.filter(|call| !told.contains(&(call.caller, call.balancer.clone()))));
    found.sort_by(|a, b| (a.caller, &a.balancer).cmp(&(b.caller, &b.balancer)));
    found
}

fn callee(graph: &Graph, groups: &BTreeMap<&Address, NodeId>, front: &Front) -> Callee {
    let mut workloads: Vec<WorkloadId> = front.targets.iter().map(|target| target.workload).collect();
    workloads.sort_unstable();
    workloads.dedup();
    let group = front.group.as_ref().and_then(|group| groups.get(group)).map(|node| graph.node(*node));
    let (traffic, speech, speech_evidence) = match group.map(|node| (&node.address, node.part())) {
        Some((address, Part::TargetGroup(facts))) => {
            let stated = &facts.speech;
            let value = match &stated.value {
                Attr::Set(speech) => speech.as_str().to_owned(),
                Attr::Unset => "unset".to_owned(),
                Attr::Unknown(why) => format!("({why})"),
            };
            let evidence = Evidence::plan(address, stated.attribute, value);
            let evidence = Evidence { source: stated.source.clone(), ..evidence };
            (facts.traffic.clone(), stated.value.clone(), Some(evidence))
        }
        _ => (Attr::Unset, Attr::Unset, None),
    };
    Callee { group: front.group.clone(), workloads, traffic, speech, speech_evidence }
}

fn call(graph: &Graph, caller: WorkloadId, node: NodeId, callees: &[Callee], evidence: Evidence) -> Call {
    let balancer = graph.node(node);
    let (internal, internal_evidence) = match balancer.facts.as_ref().and_then(|facts| facts.secluded.as_deref()) {
        Some(stated) => {
            let value = match &stated.value {
                Attr::Set(internal) => internal.to_string(),
                Attr::Unset => "unset".to_owned(),
                Attr::Unknown(why) => format!("({why})"),
            };
            let evidence = Evidence::plan(&balancer.address, stated.attribute, value);
            (stated.value.clone(), Evidence { source: stated.source.clone(), ..evidence })
        }
        None => (Attr::Unset, Evidence::plan(&balancer.address, "internal", "unset")),
    };
    Call {
        caller,
        balancer: balancer.address.clone(),
        noun: balancer.noun(),
        managed: balancer.managed,
        internal,
        internal_evidence,
        callees: callees.to_vec(),
        evidence: vec![evidence],
        doubt: None,
    }
}

/// Calls of which an environment or a script speaks.
fn spoken(graph: &Graph, workloads: &Workloads, callees: &BTreeMap<NodeId, Vec<Callee>>) -> Vec<Call> {
    let mut found: Vec<Call> = Vec::new();
    for (at, workload) in workloads.list.iter().enumerate() {
        let links = workload
            .nodes
            .iter()
            .flat_map(|node| graph.links(*node, Relation::Mentions).into_iter().map(|(to, edge)| (*node, to, edge)));
        for (holder, to, edge) in links {
            let Some(callees) = callees.get(&to) else { continue };
            let value = graph.node(to).address.to_string();
            let evidence = Evidence::plan(&graph.node(holder).address, edge.attribute, value);
            let doubt = "which of several things its environment speaks of cannot be told";
            let call = Call {
                doubt: (!edge.is_exact()).then(|| doubt.to_owned()),
                ..call(graph, WorkloadId(at), to, callees, evidence)
            };
            match found.iter_mut().find(|one| one.caller == call.caller && one.balancer == call.balancer) {
                Some(known) if known.doubt.is_some() && call.doubt.is_none() => *known = call,
                Some(_) => {}
                None => found.push(call),
            }
        }
    }
    found
}

/// Calls that security groups let through from the groups of certain workloads; what lets in whole ranges of addresses says
/// nothing of who calls.
fn admitted(graph: &Graph, workloads: &Workloads, callees: &BTreeMap<NodeId, Vec<Callee>>) -> Vec<Call> {
    let mut members: BTreeMap<NodeId, Vec<WorkloadId>> = BTreeMap::new();
    for (at, workload) in workloads.list.iter().enumerate().filter(|(_, workload)| !workload.carries_others) {
        for group in &workload.groups {
            members.entry(*group).or_default().push(WorkloadId(at));
        }
    }
    let mut found: BTreeMap<(WorkloadId, NodeId), Call> = BTreeMap::new();
    for (node, callees) in callees {
        let groups = graph.links(*node, Relation::GuardedBy).into_iter().filter(|(_, edge)| edge.is_exact());
        for (group, _) in groups {
            let rules = graph.backlinks(group, Relation::RuleOf).into_iter().filter(|(_, edge)| edge.is_exact());
            for holder in std::iter::once(group).chain(rules.map(|(rule, _)| rule)) {
                let peers = graph.links(holder, Relation::Admits).into_iter().filter(|(_, edge)| edge.is_exact());
                for (peer, edge) in peers {
                    for caller in members.get(&peer).into_iter().flatten() {
                        let (address, name) = (&graph.node(holder).address, graph.node(peer).address.to_string());
                        let evidence = Evidence::plan(address, edge.attribute, format!("admits {name}"));
                        let doubt = format!("{address} lets it in, and nothing in its environment says that it calls");
                        let call = Call { doubt: Some(doubt), ..call(graph, *caller, *node, callees, evidence) };
                        found.entry((*caller, *node)).or_insert(call);
                    }
                }
            }
        }
    }
    found.into_values().collect()
}
