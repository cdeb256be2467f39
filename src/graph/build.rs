//! Joins resources by their links.

use std::collections::BTreeMap;
use std::sync::Arc;

use petgraph::Direction;
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::EdgeRef as _;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::held::{Earlier, earlier_self, hold};
use super::links::{Finder, Outcome, outsider};
use super::names::Names;
use super::node::{Edge, Named, Node, NodeId, Nodes, Open};
use crate::facts::{Facts, Relation, Role};
use crate::model::{Action, Address, Mode, References, Text};

/// A resource, ready to be joined with others.
#[derive(Debug)]
pub struct Entry {
    /// Its position in the plan.
    pub instance: usize,
    /// Its address.
    pub address: Address,
    /// Its Terraform type.
    pub kind: Text,
    /// Managed or data.
    pub mode: Mode,
    /// What the plan does to it.
    pub action: Action,
    /// What is known of it.
    pub facts: Option<Arc<Facts>>,
    /// What was known of it before the plan, where the plan changes it.
    pub earlier: Option<Arc<Facts>>,
}

/// The resources of one stage, joined.
#[derive(Debug, Default)]
pub struct Graph {
    pub(super) inner: DiGraph<Node, Edge>,
    by_role: BTreeMap<Role, Vec<NodeId>>,
    open: FxHashMap<NodeId, Vec<Open>>,
    named: FxHashMap<NodeId, Vec<Named>>,
    /// Whether there is a configuration that says who names what.
    asked: bool,
}

/// So many nodes are joined at a time.
const PART: usize = 4096;

impl Graph {
    /// Joins `entries`, which come in the order of their instances, by the attributes that name their neighbours.
    pub fn connect(entries: impl Iterator<Item = Entry>, references: &dyn References) -> Self {
        let mut graph = Self::default();
        // A list that grows leaves its earlier selves behind, and this is when memory is scarcest.
        let most = entries.size_hint().1.unwrap_or_default();
        graph.inner.reserve_exact_nodes(most);
        let mut instances: Vec<usize> = Vec::with_capacity(most);
        let mut by_role: BTreeMap<Role, Vec<usize>> = BTreeMap::new();
        let mut earlier = Earlier::default();
        for (at, mut entry) in entries.enumerate() {
            if let Some(facts) = entry.earlier.take() {
                earlier.insert(at, facts);
            }
            instances.push(entry.instance);
            let node = node(entry);
            if node.facts.is_some() {
                by_role.entry(node.role()).or_default().push(at);
            }
            graph.inner.add_node(node);
        }
        let count = instances.len();
        let nodes = Nodes(&graph.inner);
        let finder = Finder {
            nodes,
            names: Names::new(nodes),
            references,
            created: Finder::created(nodes, references, &instances),
            instances: &instances,
            lost: std::sync::Mutex::default(),
        };
        let mut outcomes: Vec<(usize, Outcome)> = Vec::with_capacity(2 * count);
        // In parts, so that lists of a few outcomes each do not all exist at once.
        for from in (0..count).step_by(PART) {
            let mut found: Vec<Vec<Outcome>> = Vec::new();
            (from..count.min(from + PART))
                .into_par_iter()
                .with_min_len(128)
                .map(|at| match nodes.get(at).and_then(|node| node.facts.as_ref()) {
                    Some(facts) if !facts.links.is_empty() => finder.links(at, facts),
                    _ => Vec::new(),
                })
                .collect_into_vec(&mut found);
            let numbered = found.into_iter().enumerate();
            outcomes.extend(numbered.flat_map(|(at, all)| all.into_iter().map(move |one| (from + at, one))));
        }
        let held = hold(&finder, &earlier, count, &mut outcomes);
        // Its index makes room for the edges.
        drop((finder, earlier));
        for (of, facts) in held {
            let node = earlier_self(graph.node(NodeId(NodeIndex::new(of))), facts);
            graph.inner.add_node(node);
        }
        graph.inner.reserve_exact_edges(outcomes.len());
        for (role, members) in by_role {
            graph.by_role.insert(role, members.into_iter().map(|at| NodeId(NodeIndex::new(at))).collect());
        }
        let mut outsiders = FxHashMap::default();
        for (from, outcome) in outcomes {
            let from = NodeIndex::new(from);
            match outcome {
                Outcome::To(to, edge) => {
                    graph.inner.add_edge(from, NodeIndex::new(to), edge);
                }
                Outcome::Outside(outsider, edge) => {
                    let to =
                        *outsiders.entry(*outsider).or_insert_with_key(|(name, role)| graph.add_outsider(name, *role));
                    graph.inner.add_edge(from, to, edge);
                }
                Outcome::Open(open) => graph.open.entry(NodeId(from)).or_default().push(*open),
            }
        }
        graph.named = named(&graph, &instances, references);
        graph.asked = instances.first().is_none_or(|first| references.namers(*first).is_some());
        graph
    }

    fn add_outsider(&mut self, name: &Text, role: Role) -> NodeIndex {
        let index = self.inner.add_node(Node {
            address: Address::new(name.as_str()),
            kind: Text::default(),
            action: Action::Keep,
            facts: outsider(name, role),
            managed: false,
            external: true,
        });
        self.by_role.entry(role).or_default().push(NodeId(index));
        index
    }

    /// The resource behind a handle.
    pub fn node(&self, id: NodeId) -> &Node {
        &self.inner[id.0]
    }

    /// All resources, in address order, and behind them earlier revisions that are in use, and what stands outside.
    pub fn nodes(&self) -> impl Iterator<Item = NodeId> {
        self.inner.node_indices().map(NodeId)
    }

    /// The resources that play `role`, in address order.
    pub fn having(&self, role: Role) -> &[NodeId] {
        self.by_role.get(&role).map_or(&[], Vec::as_slice)
    }

    /// The links of `relation` that lead away from a resource, in the order of its attributes.
    pub fn links(&self, from: NodeId, relation: Relation) -> Vec<(NodeId, Edge)> {
        let mut links: Vec<_> = (self.inner.edges_directed(from.0, Direction::Outgoing))
            .filter(|edge| edge.weight().relation == relation)
            .map(|edge| (NodeId(edge.target()), *edge.weight()))
            .collect();
        links.reverse();
        links
    }

    /// The first resource that a link of `relation` leads to, if it is certain.
    pub fn link(&self, from: NodeId, relation: Relation) -> Option<NodeId> {
        self.links(from, relation).into_iter().find(|(_, edge)| edge.is_exact()).map(|(to, _)| to)
    }

    /// The links of `relation` that lead to a resource, by address.
    pub fn backlinks(&self, to: NodeId, relation: Relation) -> Vec<(NodeId, Edge)> {
        let mut links: Vec<_> = (self.inner.edges_directed(to.0, Direction::Incoming))
            .filter(|edge| edge.weight().relation == relation)
            .map(|edge| (NodeId(edge.source()), *edge.weight()))
            .collect();
        links.sort_by_key(|(from, edge)| (*from, edge.slot));
        links
    }

    /// Who names a resource that nobody is known to use; none of one that somebody uses.
    pub fn namers(&self, node: NodeId) -> &[Named] {
        self.named.get(&node).map_or(&[], Vec::as_slice)
    }

    /// Whether there is a configuration that says who names what.
    pub fn knows_namers(&self) -> bool {
        self.asked
    }

    /// The links of `relation` of a resource whose other ends cannot be told.
    pub fn open(&self, from: NodeId, relation: Relation) -> impl Iterator<Item = &Open> {
        self.open.get(&from).into_iter().flatten().filter(move |open| open.relation == relation)
    }
}

/// Parts of which somebody wants to know whether they are used.
const KEPT_FOR_USE: &[Role] = &[Role::Gateway, Role::PublicAddress, Role::Balancer, Role::TargetGroup, Role::Storage];

/// Who names what nobody is known to use.
fn named(graph: &Graph, instances: &[usize], references: &dyn References) -> FxHashMap<NodeId, Vec<Named>> {
    let is_used = |node: &NodeId| {
        let mut edges = graph.inner.edges_directed(node.0, Direction::Incoming);
        edges.any(|edge| edge.weight().is_exact() && edge.weight().relation.is_use())
    };
    let all = KEPT_FOR_USE.iter().flat_map(|role| graph.having(*role));
    let loose = all.filter(|node| graph.node(**node).managed && !is_used(node));
    let find = |instance: &usize| instances.binary_search(instance).ok().map(|at| NodeId(NodeIndex::new(at)));
    let told = loose.filter_map(|node| {
        let instance = instances.get(node.0.index())?;
        let namers = references.namers(*instance)?.into_iter().filter_map(|namer| {
            let by: Vec<NodeId> = namer.instances.iter().filter_map(find).collect();
            // Who is not there at this stage names nothing.
            let is_there = namer.instances.is_empty() || !by.is_empty();
            is_there.then_some(Named { name: namer.name, by, doubtful: namer.doubtful })
        });
        let namers: Vec<Named> = namers.collect();
        (!namers.is_empty()).then_some((*node, namers))
    });
    told.collect()
}

fn node(entry: Entry) -> Node {
    let Entry { address, kind, mode, action, facts, .. } = entry;
    Node { address, kind, action, facts, managed: mode == Mode::Managed, external: false }
}
