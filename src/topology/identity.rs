//! What workloads and datastores are called by people, and who gets to them.

use crate::graph::{Graph, NodeId};
use crate::model::{Attr, Text};

use super::workload::Workload;

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

impl Workload {
    /// Whether people certainly get to it from outside of its network.
    pub fn is_public(&self) -> bool {
        self.public == Attr::Set(true)
    }
}
