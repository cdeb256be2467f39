//! What a workload may do, gathered from its roles and their policies.

use crate::facts::{Part, Permission, Relation};
use crate::graph::{Graph, NodeId};

use super::workload::Workload;

/// One policy that holds for a workload.
#[derive(Clone, Copy, Debug)]
pub(super) struct Held<'g> {
    /// The resource that states it.
    pub(super) node: NodeId,
    /// What it allows.
    pub(super) permission: &'g Permission,
}

/// The policies that hold for a workload's own code.
pub(super) fn held<'g>(graph: &'g Graph, workload: &Workload) -> Vec<Held<'g>> {
    let mut identities = Vec::new();
    for node in &workload.nodes {
        identities
            .extend(graph.links(*node, Relation::ActsAs).into_iter().filter(|(_, e)| e.is_exact()).map(|(to, _)| to));
    }
    held_by(graph, identities)
}

/// The roles that a workload acts as.
pub(super) fn roles(graph: &Graph, workload: &Workload) -> Vec<NodeId> {
    let mut roles: Vec<NodeId> = Vec::new();
    let mut open: Vec<NodeId> = workload.nodes.clone();
    while let Some(node) = open.pop() {
        for (role, edge) in graph.links(node, Relation::ActsAs) {
            if edge.is_exact() && !roles.contains(&role) {
                roles.push(role);
                open.push(role);
            }
        }
    }
    roles.sort_unstable();
    roles
}

fn held_by(graph: &Graph, identities: Vec<NodeId>) -> Vec<Held<'_>> {
    let mut seen: Vec<NodeId> = Vec::new();
    let mut open = identities;
    let mut held = Vec::new();
    while let Some(node) = open.pop() {
        if seen.contains(&node) {
            continue;
        }
        seen.push(node);
        if let Part::Identity(permission) | Part::Permission(permission) | Part::Grant(permission) =
            graph.node(node).part()
        {
            held.push(Held { node, permission });
        }
        let onward = [Relation::ActsAs, Relation::Grants].into_iter().flat_map(|relation| graph.links(node, relation));
        open.extend(onward.filter(|(_, edge)| edge.is_exact()).map(|(to, _)| to));
        open.extend(
            graph.backlinks(node, Relation::GrantedTo).into_iter().filter(|(_, e)| e.is_exact()).map(|(from, _)| from),
        );
    }
    held.sort_by_key(|held| held.node);
    held
}

/// Whether what a policy does not show is shown by another resource that it is made from.
pub(super) fn is_explained(graph: &Graph, node: NodeId) -> bool {
    !graph.links(node, Relation::Grants).is_empty()
}
