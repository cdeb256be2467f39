//! What stands in a graph.

use std::sync::Arc;

use petgraph::graph::{DiGraph, NodeIndex};

use crate::facts::{Facts, Part, Relation, Role};
use crate::model::{Action, Address, Found, Text, Why};

/// A resource's handle.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct NodeId(pub(super) NodeIndex);

/// A resource in its surroundings.
#[derive(Clone, Debug)]
pub struct Node {
    /// Its address; for what stands outside the plan, the name that the plan calls it by.
    pub address: Address,
    /// Its Terraform type; empty for what stands outside the plan.
    pub kind: Text,
    /// What the plan does to it.
    pub action: Action,
    /// What is known of it; `None` for a type that the catalogue does not know.
    pub facts: Option<Arc<Facts>>,
    /// Whether Terraform manages it in this plan; data sources and names from outside are not.
    pub managed: bool,
    /// Whether it stands outside the plan, so that nothing is known of it but its name.
    pub external: bool,
}

impl Node {
    /// The part it plays.
    pub fn part(&self) -> &Part {
        self.facts.as_ref().map_or(&Part::Inert, |facts| &facts.part)
    }

    /// The kind of part it plays.
    pub fn role(&self) -> Role {
        self.part().role()
    }

    /// What a person calls such a thing.
    pub fn noun(&self) -> &'static str {
        self.facts.as_ref().map_or("resource", |facts| facts.noun)
    }
}

/// The nodes of a graph that has no links yet, by position.
#[derive(Clone, Copy)]
pub(super) struct Nodes<'g>(pub(super) &'g DiGraph<Node, Edge>);

impl<'g> Nodes<'g> {
    pub(super) fn get(self, at: usize) -> Option<&'g Node> {
        self.0.node_weight(NodeIndex::new(at))
    }

    pub(super) fn iter(self) -> impl Iterator<Item = &'g Node> {
        self.0.node_weights()
    }
}

/// A link, found.
#[derive(Clone, Copy, Debug)]
pub struct Edge {
    /// What the other end is to this one.
    pub relation: Relation,
    /// The attribute that says so.
    pub attribute: &'static str,
    /// Of repeated blocks, the position of the one that says so.
    pub slot: u16,
    /// How the other end was found.
    pub found: Found,
    /// Whether it leads to the other end's readers only.
    pub readers_only: bool,
    /// And whether it leads to some of those only.
    pub in_part: bool,
}

impl Edge {
    /// Whether the other end is certain. An edge that is not carries no violation alone.
    pub fn is_exact(&self) -> bool {
        self.found != Found::Ambiguous
    }
}

/// Somebody in the configuration who names a resource.
#[derive(Clone, Debug)]
pub struct Named {
    /// What it is called in its module: `output.addresses`, `aws_nat_gateway.main`.
    pub name: Text,
    /// The resources that are made of it; none of what is no resource.
    pub by: Vec<NodeId>,
    /// Whether it names a local that may hold anything.
    pub doubtful: bool,
}

/// A link whose other end cannot be told.
#[derive(Clone, Debug)]
pub struct Open {
    /// What the other end would be.
    pub relation: Relation,
    /// The attribute that would say so.
    pub attribute: &'static str,
    /// Of repeated blocks, the position of the one that would.
    pub slot: u16,
    /// Why it cannot be seen.
    pub why: Why,
    /// Where the trace is lost: `local.vpc_id`.
    pub lost: Option<Text>,
}

impl Open {
    /// The reason in words: "known only after apply, and the plan's JSON does not show `local.vpc_id`".
    pub fn reason(&self) -> String {
        match &self.lost {
            None => self.why.to_string(),
            Some(name) => format!("{}, and the plan's JSON does not show {name}", self.why),
        }
    }
}
