//! A graph made ready to be drawn.

use std::collections::{BTreeMap, BTreeSet};

use petgraph::Direction;
use petgraph::visit::EdgeRef as _;

use super::build::Graph;
use crate::model::Address;

/// A box in a picture.
#[derive(Clone, Debug)]
pub struct PictureNode {
    /// The resource's address.
    pub address: Address,
    /// Its Terraform type; empty for what stands outside the plan.
    pub kind: String,
    /// What a person calls it.
    pub noun: &'static str,
    /// What the plan does to it.
    pub action: &'static str,
    /// Whether it stands outside the plan.
    pub external: bool,
}

/// A line in a picture.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct PictureEdge {
    /// Where it begins: a position among the nodes.
    pub from: usize,
    /// Where it ends.
    pub to: usize,
    /// What the end is to the beginning.
    pub relation: &'static str,
    /// The attribute that says so.
    pub attribute: &'static str,
    /// How it was found.
    pub found: &'static str,
    /// Whether it is certain.
    pub exact: bool,
}

/// Resources and the links between them, in a stable order.
#[derive(Clone, Debug, Default)]
pub struct Picture {
    /// The boxes, by address.
    pub nodes: Vec<PictureNode>,
    /// The lines.
    pub edges: Vec<PictureEdge>,
}

impl Graph {
    /// Draws the whole graph, or what is at most `depth` links away from the resources at `focus`.
    ///
    /// `focus` is an address; one without instance keys stands for all instances. `None` when nothing is there.
    pub fn picture(&self, focus: Option<&str>, depth: usize) -> Option<Picture> {
        let chosen: BTreeSet<_> = match focus {
            None => self.inner.node_indices().collect(),
            Some(focus) => {
                let mut reached: BTreeSet<_> =
                    self.inner.node_indices().filter(|at| self.is_called(*at, focus)).collect();
                if reached.is_empty() {
                    return None;
                }
                let mut edge = reached.clone();
                for _ in 0..depth {
                    let near = |at: &_| {
                        let ways = [Direction::Outgoing, Direction::Incoming];
                        ways.map(|way| self.inner.neighbors_directed(*at, way)).into_iter().flatten()
                    };
                    edge = edge.iter().flat_map(near).filter(|at| !reached.contains(at)).collect();
                    reached.extend(edge.iter().copied());
                }
                reached
            }
        };
        let mut nodes: Vec<_> =
            chosen.iter().filter_map(|at| self.inner.node_weight(*at).map(|node| (node, *at))).collect();
        nodes.sort_by(|(a, _), (b, _)| (a.external, &a.address).cmp(&(b.external, &b.address)));
        let places: BTreeMap<_, _> = nodes.iter().enumerate().map(|(place, (_, at))| (*at, place)).collect();
        let mut edges: Vec<_> = (self.inner.edge_references())
            .filter_map(|edge| {
                let weight = edge.weight();
                Some(PictureEdge {
                    from: *places.get(&edge.source())?,
                    to: *places.get(&edge.target())?,
                    relation: weight.relation.as_str(),
                    attribute: weight.attribute,
                    found: weight.found.as_str(),
                    exact: weight.is_exact(),
                })
            })
            .collect();
        edges.sort();
        edges.dedup();
        let nodes = nodes.into_iter().map(|(node, _)| PictureNode {
            address: node.address.clone(),
            kind: node.kind.to_string(),
            noun: node.noun(),
            action: node.action.as_str(),
            external: node.external,
        });
        Some(Picture { nodes: nodes.collect(), edges })
    }

    fn is_called(&self, at: petgraph::graph::NodeIndex, name: &str) -> bool {
        self.inner.node_weight(at).is_some_and(|node| {
            let address = node.address.as_str();
            address == name || address.strip_prefix(name).is_some_and(|rest| rest.starts_with('['))
        })
    }
}
