//! Finds the other end of a link by elimination: what is known only after apply comes from something that the plan creates.

use std::sync::{Arc, PoisonError};

use rustc_hash::FxHashMap;

use super::links::{End, Finder};
use super::node::{Node, Nodes, Open};
use crate::facts::{Link, Relation, Role};
use crate::model::{Action, Found, Lookup, References, Why};

/// By module instance and relation, the nodes that a trace lost there can lead to.
pub(super) type Lost = FxHashMap<(usize, Relation), Arc<Vec<usize>>>;

impl Finder<'_> {
    /// Decides a link that no reference explains, where only one thing in reach can be meant: a value that is known only
    /// after apply comes from something that the plan creates.
    pub(super) fn eliminate(
        &self,
        from: usize,
        link: &Link,
        why: Why,
        hidden: Option<usize>,
        lookup: &Lookup,
    ) -> Result<Vec<End>, Open> {
        let lost = lookup.dead_ends.first().map(|end| end.name.clone());
        let open = Open { relation: link.relation, attribute: link.attribute, slot: link.slot, why, lost };
        if why != Why::Computed || !link.relation.allows_elimination() || lookup.dead_ends.is_empty() {
            return Err(open);
        }
        let candidates = self.candidates(from, link.relation, lookup);
        let only = match candidates.as_slice() {
            // One thing fills one place; a list of several, or of nobody knows how many, holds something else besides.
            [_] => !link.plural || hidden == Some(1),
            // Several things of one block are meant as a whole, if there are as many as the value has elements.
            [first, rest @ ..] => {
                let block = |at: &usize| self.nodes.get(*at).map(|node| block_of(node.address.as_str()));
                link.plural && hidden == Some(candidates.len()) && rest.iter().all(|at| block(at) == block(first))
            }
            [] => false,
        };
        if !only {
            return Err(open);
        }
        let end = |node| End { node, found: Found::Elimination, block: None, readers_only: false, in_part: false };
        Ok(candidates.into_iter().map(end).collect())
    }

    /// Everything of the right kind that the plan creates and that a lost trace can lead to.
    fn candidates(&self, from: usize, relation: Relation, lookup: &Lookup) -> Vec<usize> {
        let mut candidates: Vec<usize> = Vec::new();
        for end in &lookup.dead_ends {
            let created = self.created_within(end.module, relation);
            candidates.extend(created.iter().copied().filter(|at| *at != from));
        }
        candidates.sort_unstable();
        candidates.dedup();
        candidates
    }

    /// What the plan creates, by the module instances that it stands in and by the part that it plays.
    pub(super) fn created(
        nodes: Nodes<'_>,
        references: &dyn References,
        instances: &[usize],
    ) -> FxHashMap<(usize, Role), Vec<usize>> {
        let mut created: FxHashMap<(usize, Role), Vec<usize>> = FxHashMap::default();
        for (at, (node, instance)) in nodes.iter().zip(instances).enumerate() {
            if is_new(node) && node.facts.is_some() {
                for module in references.modules_around(*instance) {
                    created.entry((module, node.role())).or_default().push(at);
                }
            }
        }
        created
    }

    /// What the plan creates in a module instance or hands into it, of the kind that `relation` leads to.
    fn created_within(&self, module: usize, relation: Relation) -> Arc<Vec<usize>> {
        let key = (module, relation);
        if let Some(known) = self.lost.lock().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return Arc::clone(known);
        }
        let expected = relation.expects();
        let is_new =
            |at: &usize| self.nodes.get(*at).is_some_and(|node| expected.contains(&node.role()) && is_new(node));
        let inside =
            |module: usize| expected.iter().filter_map(move |role| self.created.get(&(module, *role))).flatten();
        let inputs = self.references.inputs(module);
        // Where the trace of what is handed in is lost, anything that is made there may be meant.
        let mut modules: Vec<usize> = inputs.dead_ends.iter().map(|end| end.module).chain([module]).collect();
        modules.sort_unstable();
        modules.dedup();
        let inside = modules.into_iter().flat_map(inside).copied();
        let handed = inputs.hits.iter().filter(|hit| self.is_table(hit, relation));
        let inputs = handed.filter_map(|hit| self.node_of(hit.instance)).filter(is_new);
        let mut found: Vec<usize> = inside.chain(inputs).collect();
        found.sort_unstable();
        found.dedup();
        // A data source that reads one of the others by its id is no candidate of its own.
        let all = found.clone();
        found.retain(|at| {
            self.nodes.get(*at).is_none_or(|node| node.managed) || {
                let read = self.references.lookup(self.instance(*at), "id", None).hits.into_iter();
                !read.filter_map(|hit| self.node_of(hit.instance)).any(|read| all.contains(&read))
            }
        });
        let found = Arc::new(found);
        self.lost.lock().unwrap_or_else(PoisonError::into_inner).insert(key, Arc::clone(&found));
        found
    }
}

/// Whether the plan makes it, or reads it anew.
fn is_new(node: &Node) -> bool {
    matches!(node.action, Action::Create | Action::Replace | Action::Read)
}

/// An address without the key of its instance.
fn block_of(address: &str) -> &str {
    let Some(inner) = address.strip_suffix(']') else { return address };
    let open = if inner.ends_with('"') { inner.rfind("[\"") } else { inner.rfind('[') };
    open.and_then(|at| address.get(..at)).unwrap_or(address)
}
