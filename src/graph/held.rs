//! What runs on as it was: a neighbour changes, and who names it keeps to the revision that was there.

use std::collections::BTreeMap;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::links::{Finder, Outcome};
use super::node::{Edge, Node, Nodes};
use crate::facts::{Facts, Link, LinkValue, Part, Revision, Versions};
use crate::model::{Action, Address};

/// What was known, before the plan, of what the plan changes; by position.
pub(super) type Earlier = FxHashMap<usize, Arc<Facts>>;

/// Leads links that mean an earlier revision to that: a further node for each that is meant, behind `count` others. Gives those
/// nodes, in order, by the position of what they were.
pub(super) fn hold(
    finder: &Finder<'_>,
    earlier: &Earlier,
    count: usize,
    outcomes: &mut Vec<(usize, Outcome)>,
) -> Vec<(usize, Arc<Facts>)> {
    let mut held: BTreeMap<usize, Arc<Facts>> = BTreeMap::new();
    if earlier.is_empty() {
        return Vec::new();
    }
    let was = |from: usize, to: usize, edge: &Edge| {
        let facts = earlier.get(&to)?;
        is_held(finder.nodes, earlier, (from, to), edge, facts).then(|| Arc::clone(facts))
    };
    for (from, outcome) in &*outcomes {
        if let Outcome::To(to, edge) = outcome
            && let Some(facts) = was(*from, *to, edge)
        {
            held.insert(*to, facts);
        }
    }
    let held: Vec<(usize, Arc<Facts>)> = held.into_iter().collect();
    for (from, outcome) in &mut *outcomes {
        if let Outcome::To(to, edge) = outcome
            && let Ok(at) = held.binary_search_by_key(to, |(of, _)| *of)
            && was(*from, *to, edge).is_some()
        {
            *to = count + at;
        }
    }
    for (at, (of, facts)) in held.iter().enumerate() {
        outcomes.extend(finder.links(*of, facts).into_iter().map(|outcome| (count + at, outcome)));
    }
    held
}

/// Whether a link means its other end as that was before.
fn is_held(nodes: Nodes<'_>, earlier: &Earlier, (from, to): (usize, usize), edge: &Edge, was: &Facts) -> bool {
    let (Some(holder), Some(other)) = (nodes.get(from), nodes.get(to)) else { return false };
    let Some(link) = holder.facts.as_ref().and_then(|facts| find(facts, edge)) else { return false };
    let LinkValue::Known(names) = &link.value else { return false };
    let kept = match holder.action {
        Action::Keep => Some(link),
        _ => earlier.get(&from).and_then(|facts| find(facts, edge)),
    };
    if !kept.is_some_and(|kept| kept.value == link.value && kept.revision == link.revision) {
        return false;
    }
    let Some(is) = other.facts.as_deref() else { return false };
    let (before, after) = (versions(was), versions(is));
    // Where there is no new revision, what changes is nothing that a revision holds.
    let is_new = after.latest.is_none() || after.latest != before.latest;
    match link.revision {
        Revision::Current => false,
        Revision::Named => !names.iter().any(|name| is.names.contains(name)),
        Revision::Numbered(_) => is_new,
        Revision::Default => is_new && after.default.is_some() && after.default == before.default,
    }
}

/// The link that an edge was made from.
fn find<'f>(facts: &'f Facts, edge: &Edge) -> Option<&'f Link> {
    facts
        .links
        .iter()
        .find(|link| (link.relation, link.attribute, link.slot) == (edge.relation, edge.attribute, edge.slot))
}

fn versions(facts: &Facts) -> Versions {
    match &facts.part {
        Part::Template(template) => template.versions,
        _ => Versions::default(),
    }
}

/// The node of what something was. Its address is none of the plan's: there is nothing to write for it any more.
pub(super) fn earlier_self(of: &Node, facts: Arc<Facts>) -> Node {
    let address = Address::new(format!("{} (revision in use)", of.address));
    Node {
        address,
        kind: of.kind.clone(),
        action: Action::Keep,
        facts: Some(facts),
        managed: of.managed,
        external: false,
    }
}
