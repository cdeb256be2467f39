//! What to write in the configuration so that attributes of instances take other values.

use std::collections::{BTreeMap, BTreeSet};

use super::read::Plan;
use super::sourced::Sourced;
use crate::model::{Action, Address, Suggestion};
use crate::source::{Edit, Rewriting, Spot};

/// Something of a resource that is to take another value.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Wish {
    /// The resource.
    pub address: Address,
    /// What of it.
    pub spot: Spot,
    /// The value, spelled as in a configuration.
    pub value: String,
}

impl<T> Plan<'_, T> {
    /// For each way out, by all that it wants to be written: the lines to write. Nothing where that is no edit of the user's own
    /// files, or would change an instance that has no way out in the very same lines.
    pub fn suggest(&self, ways: &[Vec<Wish>]) -> Vec<Option<Vec<Suggestion>>> {
        let Some(sourced) = &self.sourced else { return ways.iter().map(|_| None).collect() };
        let mut known: BTreeMap<Vec<Edit>, Option<Rewriting>> = BTreeMap::new();
        let edits: Vec<Option<Vec<Edit>>> = ways.iter().map(|way| self.edits(sourced, way)).collect();
        for edits in edits.iter().flatten() {
            if !known.contains_key(edits) {
                let root = |name: &str| serde_json::from_str(self.configuration.variables.get(name)?).ok();
                known.insert(edits.clone(), sourced.source.rewrite(edits, &root));
            }
        }
        let rewritings: Vec<Option<&Rewriting>> =
            (edits.iter()).map(|edits| known.get(edits.as_ref()?)?.as_ref()).collect();
        // Who has a way out in these lines.
        let mut wanted: BTreeMap<Lines<'_>, BTreeSet<&Address>> = BTreeMap::new();
        for (way, rewriting) in ways.iter().zip(&rewritings) {
            if let Some(rewriting) = rewriting {
                wanted.entry(lines(rewriting)).or_default().extend(way.iter().map(|wish| &wish.address));
            }
        }
        let stands = self.standing(sourced);
        (rewritings.iter())
            .map(|rewriting| {
                let rewriting = (*rewriting)?;
                let wanted = wanted.get(&lines(rewriting))?;
                self.is_wanted(rewriting, wanted, &stands).then(|| rewriting.suggestions.clone())
            })
            .collect()
    }

    /// What is to be edited, each edit once and in an order of its own.
    fn edits(&self, sourced: &Sourced, way: &[Wish]) -> Option<Vec<Edit>> {
        let mut edits: Vec<Edit> = Vec::with_capacity(way.len());
        for Wish { address, spot, value } in way {
            let (module, name) = sourced.block(self.instance(address)?.block?)?;
            let block = (module, name.to_owned());
            let edit = Edit { block, spot: spot.clone(), value: value.clone() };
            if !edits.contains(&edit) {
                edits.push(edit);
            }
        }
        (!edits.is_empty()).then_some(edits)
    }

    /// The instances that are to be there, by the place of their block in the source.
    fn standing<'s>(&self, sourced: &'s Sourced) -> BTreeMap<(usize, &'s str), Vec<usize>> {
        let mut all: BTreeMap<(usize, &str), Vec<usize>> = sourced.placed().map(|place| (place, Vec::new())).collect();
        for (at, instance) in self.instances.iter().enumerate() {
            let place = instance.block.filter(|_| instance.after.is_some() && !instance.deposed);
            if let Some(place) = place.and_then(|block| sourced.block(block)) {
                all.entry(place).or_default().push(at);
            }
        }
        all
    }

    /// Whether all instances that lines change have a way out in them, and are changed by them.
    fn is_wanted(
        &self,
        rewriting: &Rewriting,
        wanted: &BTreeSet<&Address>,
        stands: &BTreeMap<(usize, &str), Vec<usize>>,
    ) -> bool {
        let mut number = 0;
        for (module, name) in &rewriting.touched {
            // A block that the plan does not have as the source has it may stand for anything.
            let Some(instances) = stands.get(&(*module, name.as_str())) else { return false };
            for instance in instances.iter().filter_map(|at| self.instances.get(*at)) {
                let is_new = instance.action == Action::Create;
                if !wanted.contains(&instance.address) || (rewriting.is_frozen && !is_new) {
                    return false;
                }
                number += 1;
            }
        }
        // A plan of a part may leave out instances of the same block; that of one without keys and of no repeated module cannot.
        let is_part = self.errored || self.complete == Some(false);
        number > 0 && (!is_part || wanted.iter().all(|address| !address.as_str().contains('[')))
    }
}

/// What tells lines from others.
type Lines<'r> = Vec<(&'r str, usize, &'r [String])>;

fn lines(rewriting: &Rewriting) -> Lines<'_> {
    let mut all: Lines<'_> =
        rewriting.suggestions.iter().map(|one| (one.file.as_str(), one.line, one.new.as_slice())).collect();
    all.sort_unstable();
    all
}
