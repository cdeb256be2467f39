//! Finds resources by their names.

use rustc_hash::FxHashMap;

use super::node::Node;
use crate::facts::Role;
use crate::model::Attr;

/// An index over all names of all resources of one stage.
pub(super) struct Names<'n> {
    nodes: &'n [Node],
    /// The last node entered under each name.
    heads: FxHashMap<&'n str, usize>,
    /// For each entry, its node and the entry before it under the same name.
    entries: Vec<(usize, Option<usize>)>,
}

impl<'n> Names<'n> {
    pub(super) fn new(nodes: &'n [Node]) -> Self {
        let mut names = Self { nodes, heads: FxHashMap::default(), entries: Vec::with_capacity(nodes.len()) };
        names.heads.reserve(nodes.len());
        for (at, node) in nodes.iter().enumerate() {
            for name in node.facts.iter().flat_map(|facts| facts.names.iter().chain(&facts.labels.names)) {
                let entry = names.entries.len();
                let before = names.heads.insert(name, entry);
                names.entries.push((at, before));
            }
        }
        names
    }

    /// The resources that are called `name` and play one of `roles`: of several, those in the region of `from`, and
    /// managed ones before data sources that read them.
    pub(super) fn find(&self, name: &str, roles: &[Role], from: &Node) -> Vec<usize> {
        let mut found = Vec::new();
        let mut entry = self.heads.get(name).copied();
        while let Some((node, before)) = entry.and_then(|entry| self.entries.get(entry)) {
            if self.nodes.get(*node).is_some_and(|node| roles.contains(&node.role())) && !found.contains(node) {
                found.push(*node);
            }
            entry = *before;
        }
        if found.len() > 1 {
            self.narrow(&mut found, |node| node.managed);
        }
        if found.len() > 1 {
            let region = region(from);
            self.narrow(&mut found, |node| region.is_some() && region == self::region(node));
        }
        found.sort_unstable();
        found
    }

    fn narrow(&self, found: &mut Vec<usize>, keep: impl Fn(&Node) -> bool) {
        let fits = |at: &usize| self.nodes.get(*at).is_some_and(&keep);
        if found.iter().any(fits) {
            found.retain(fits);
        }
    }
}

fn region(node: &Node) -> Option<&str> {
    match &node.facts.as_ref()?.region {
        Attr::Set(region) => Some(region),
        Attr::Unset | Attr::Unknown(_) => None,
    }
}
