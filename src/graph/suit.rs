//! Which of several ends can be meant at all, by what they are.

use super::links::Outcome;
use super::node::Nodes;
use crate::facts::{ComputeKind, Part, Relation, Takes};
use crate::model::Found;

/// Leaves out ends of which one is meant, and that one cannot be: a function is not registered with a group of machines,
/// and machines are not what a number of tasks belongs to.
pub(super) fn suit(part: &Part, outcomes: &mut Vec<Outcome>, nodes: Nodes<'_>) {
    let part_of = |at: usize| nodes.get(at).and_then(|node| node.facts.as_ref()).map(|facts| &facts.part);
    match part {
        Part::Attachment => {
            for (own, other) in [(Relation::TargetOf, Relation::TargetIs), (Relation::TargetIs, Relation::TargetOf)] {
                if !outcomes.iter().any(|outcome| is_choice(outcome, own)) {
                    continue;
                }
                let mut others: Vec<Option<Takes>> = Vec::new();
                for kind in
                    outcomes.iter().filter_map(|outcome| end(outcome, other)).map(|at| taken(part_of(at), other))
                {
                    if !others.contains(&kind) {
                        others.push(kind);
                    }
                }
                narrow(outcomes, own, |at| {
                    let kind = taken(part_of(at), own);
                    kind.is_none() || others.is_empty() || others.iter().any(|other| other.is_none() || *other == kind)
                });
            }
        }
        Part::Scalable(target) if target.counts_units => narrow(
            outcomes,
            Relation::Scales,
            |at| matches!(part_of(at), Some(Part::Compute(compute)) if compute.kind == ComputeKind::ContainerService),
        ),
        _ => {}
    }
}

/// What a group takes, or what kind of target something is, as far as that can be seen.
fn taken(part: Option<&Part>, relation: Relation) -> Option<Takes> {
    match part? {
        Part::TargetGroup(group) => group.takes.known().copied(),
        Part::Compute(compute) if compute.kind == ComputeKind::Function => Some(Takes::Functions),
        Part::Compute(_) => Some(Takes::Places),
        Part::Balancer(_) if relation == Relation::TargetIs => Some(Takes::Balancers),
        _ => None,
    }
}

/// The other end of a link of `relation`.
fn end(outcome: &Outcome, relation: Relation) -> Option<usize> {
    match outcome {
        Outcome::To(at, edge) if edge.relation == relation => Some(*at),
        _ => None,
    }
}

/// Whether it is one of several ends of which one is meant.
fn is_choice(outcome: &Outcome, relation: Relation) -> bool {
    matches!(outcome, Outcome::To(_, edge) if edge.relation == relation && edge.found == Found::Ambiguous)
}

/// Keeps of the ends that may be meant those that `suits`; where that is one, it is meant. Where nothing does, something is
/// not as it seems, and all stay.
fn narrow(outcomes: &mut Vec<Outcome>, relation: Relation, suits: impl Fn(usize) -> bool) {
    let stays = |outcome: &Outcome| !is_choice(outcome, relation) || end(outcome, relation).is_some_and(&suits);
    if !outcomes.iter().any(|outcome| is_choice(outcome, relation) && stays(outcome)) {
        return;
    }
    outcomes.retain(stays);
    let mut left = outcomes.iter_mut().filter(|outcome| end(outcome, relation).is_some());
    if let (Some(Outcome::To(_, edge)), None) = (left.next(), left.next()) {
        edge.found = Found::Elimination;
    }
}
