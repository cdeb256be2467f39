//! What workloads and datastores are called by people, and who gets to them.

use std::collections::BTreeMap;

use crate::facts::{EntryKind, Part, Role, Traffic};
use crate::graph::{Graph, NodeId};
use crate::model::{Address, Attr, Text};

use super::workload::{Workload, Workloads};

/// The tag in which somebody names the service that something belongs to.
const SERVICE: &str = "service";

/// What people call a resource: its name in the cloud, and that of its service; no identifiers, and nothing with a place in it.
pub(super) fn names(graph: &Graph, node: NodeId) -> Vec<Text> {
    let Some(facts) = &graph.node(node).facts else { return Vec::new() };
    let plain = |name: &&Text| !name.contains([':', '/', '.', ' ']) && name.chars().any(char::is_alphabetic);
    let mut names: Vec<Text> = facts.names.iter().chain(&facts.labels.names).filter(plain).cloned().collect();
    let tags = facts.tags.iter().flat_map(|tags| &tags.0).filter(|tag| tag.key == SERVICE);
    names.extend(tags.filter_map(|tag| tag.value.known().cloned()));
    names.sort();
    names.dedup();
    names
}

/// Says of every workload whether people get to it from outside of its network.
pub(super) fn publish(graph: &Graph, all: &mut Workloads) {
    let internal: BTreeMap<&Address, &Attr<bool>> = graph
        .having(Role::Balancer)
        .iter()
        .filter_map(|node| match graph.node(*node).part() {
            Part::Balancer(balancer) => Some((&graph.node(*node).address, &balancer.internal.value)),
            _ => None,
        })
        .collect();
    for workload in &mut all.list {
        workload.public = public(workload, &internal);
    }
}

/// One way in from outside is enough.
fn public(workload: &Workload, internal: &BTreeMap<&Address, &Attr<bool>>) -> Attr<bool> {
    let mut told = Attr::Set(false);
    let ways = workload.entries.iter().filter(|entry| entry.certain && entry.traffic != Attr::Set(Traffic::Packets));
    for entry in ways {
        match entry.kind {
            EntryKind::Api | EntryKind::Url | EntryKind::Platform => return Attr::Set(true),
            EntryKind::Mesh => {}
            EntryKind::Declared => told = told.or_if_known(Attr::Unset),
            EntryKind::Balancer => {
                let mut balancers = entry.through.iter().filter_map(|through| internal.get(through)).peekable();
                if balancers.peek().is_none() {
                    told = told.or_if_known(Attr::Unset);
                }
                for balancer in balancers {
                    match balancer {
                        Attr::Set(true) => {}
                        Attr::Set(false) => return Attr::Set(true),
                        other => told = told.or_if_known((*other).clone()),
                    }
                }
            }
        }
    }
    told
}

/// Keeps the first reason why something cannot be told.
trait Doubts {
    fn or_if_known(self, other: Self) -> Self;
}

impl Doubts for Attr<bool> {
    fn or_if_known(self, other: Self) -> Self {
        if matches!(self, Attr::Set(_)) { other } else { self }
    }
}

impl Workload {
    /// Whether people certainly get to it from outside of its network.
    pub fn is_public(&self) -> bool {
        self.public == Attr::Set(true)
    }
}
