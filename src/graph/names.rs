//! Finds resources by their names.

use std::hash::BuildHasher as _;

use rayon::prelude::*;
use rustc_hash::FxBuildHasher;

use super::node::{Node, Nodes};
use crate::facts::Role;
use crate::model::{Attr, Text};

/// More things of one name in one region are not told apart: identifiers are given once, and each of so many would be joined
/// with each that names it.
const MOST: usize = 8;

/// There are too many.
#[derive(Clone, Copy, Debug)]
pub(super) struct TooMany;

/// An index over all names of all resources of one stage.
pub(super) struct Names<'n> {
    nodes: Nodes<'n>,
    /// The hash of each name and the node that has it, in order. The names themselves are with the nodes: of a large plan
    /// they are many.
    entries: Vec<(u32, u32)>,
}

impl<'n> Names<'n> {
    pub(super) fn new(nodes: Nodes<'n>) -> Self {
        let count = nodes.iter().map(|node| names(node).count()).sum();
        let mut entries = Vec::with_capacity(count);
        for (at, node) in nodes.iter().enumerate() {
            // petgraph numbers nodes in 32 bits as well.
            let at = u32::try_from(at).unwrap_or(u32::MAX);
            entries.extend(names(node).map(|name| (hash(name), at)));
        }
        entries.par_sort_unstable();
        entries.dedup();
        Self { nodes, entries }
    }

    /// The resources that are called `name` and play one of `roles`: of several, those in the region of `from`, and
    /// managed ones before data sources that read them.
    ///
    /// # Errors
    /// When they are too many to tell them apart. Each would be joined with each that names them.
    pub(super) fn find(&self, name: &str, roles: &[Role], from: &Node) -> Result<Vec<usize>, TooMany> {
        let hash = hash(name);
        let first = self.entries.partition_point(|(other, _)| *other < hash);
        let alike = self.entries.iter().skip(first).take_while(|(other, _)| *other == hash);
        let alike = alike.filter_map(|(_, at)| usize::try_from(*at).ok());
        let fits = |node: &Node| roles.contains(&node.role()) && is_called(node, name);
        let (mut found, mut here) = (Vec::new(), 0);
        let home = region(from);
        for at in alike {
            let Some(node) = self.nodes.get(at).filter(|node| fits(node)) else { continue };
            here += usize::from(node.managed && (home.is_none() || region(node) == home));
            if here > MOST {
                return Err(TooMany);
            }
            found.push(at);
        }
        if found.len() > 1 {
            self.narrow(&mut found, |node| node.managed);
        }
        if found.len() > 1 {
            self.narrow(&mut found, |node| home.is_some() && home == region(node));
        }
        if found.len() > MOST { Err(TooMany) } else { Ok(found) }
    }

    fn narrow(&self, found: &mut Vec<usize>, keep: impl Fn(&Node) -> bool) {
        let fits = |at: &usize| self.nodes.get(*at).is_some_and(&keep);
        if found.iter().any(fits) {
            found.retain(fits);
        }
    }
}

/// Whether a node is called `name`.
pub(super) fn is_called(node: &Node, name: &str) -> bool {
    names(node).any(|other| other == name)
}

/// All names of a node.
fn names(node: &Node) -> impl Iterator<Item = &Text> {
    node.facts.iter().flat_map(|facts| facts.names.iter().chain(&facts.labels.names))
}

/// The upper half of a name's hash, which is its better one.
fn hash(name: &str) -> u32 {
    let [.., a, b, c, d] = FxBuildHasher.hash_one(name).to_le_bytes();
    u32::from_le_bytes([a, b, c, d])
}

fn region(node: &Node) -> Option<&str> {
    match &node.facts.as_ref()?.region {
        Attr::Set(region) => Some(region),
        Attr::Unset | Attr::Unknown(_) => None,
    }
}
