//! Which ways out to take: the cheapest set of changes that clears every violation, or the gravest that a budget pays for.
//!
//! The search is exact. Findings whose changes touch the same resources are weighed together, since one change may serve several
//! of them, exclude another, or change what another costs; all others are independent of each other, and so are their prices.

use std::collections::{BTreeMap, BTreeSet};

use crate::facts::Change;
use crate::finding::{Delta, Finding, Severity, Verdict};
use crate::units::{Decimal, Money};

use crate::cost::Sum;

/// What the bill knows of changes.
pub trait Prices {
    /// What changes cost together; `None` where that cannot be told.
    fn price(&self, changes: &[Change]) -> Option<Sum>;
    /// Everything whose bill they touch, and what they add.
    fn touches(&self, changes: &[Change]) -> BTreeSet<String>;
}

/// What to do, and what it comes to.
#[derive(Debug, Default)]
pub struct Choice {
    /// The ways out to take: positions of a finding and of one of its remedies, in the order of the findings.
    pub steps: Vec<Step>,
    /// Findings that stay, by position, each with the reason.
    pub left: Vec<(usize, Left)>,
    /// What all steps cost together.
    pub sum: Sum,
    /// How many sets of changes were weighed.
    pub weighed: usize,
    /// Whether every set was weighed: false where more hang together than can be.
    pub exact: bool,
}

/// One way out that is taken.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Step {
    /// The finding.
    pub finding: usize,
    /// Its remedy; none where another step removes what the finding is about.
    pub remedy: Option<usize>,
    /// Whether another step's changes clear it as well, so that nothing more has to be done.
    pub shared: bool,
}

/// Why a finding stays.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Left {
    /// No rule knows a way out that is enough by itself.
    NoWayOut,
    /// Every way out excludes one that another finding needs.
    Excluded,
    /// The budget does not reach.
    Budget,
    /// What its ways out cost cannot be told, so that nobody knows whether the budget reaches.
    NotPriced,
}

/// So many sets of changes are weighed of findings that hang together: some hundredths of a second.
const MOST: usize = 20_000;

/// A way out of one finding.
struct Way<'f> {
    remedy: usize,
    changes: &'f [Change],
    priced: bool,
}

/// Chooses for the violations among `findings`; the others have no position in the answer.
pub fn choose(findings: &[&Finding], budget: Option<Money>, prices: &dyn Prices) -> Choice {
    let mut choice = Choice { exact: true, ..Choice::default() };
    let mut open: Vec<(usize, Vec<Way<'_>>)> = Vec::new();
    for (at, finding) in findings.iter().enumerate().filter(|(_, finding)| finding.verdict == Verdict::Violation) {
        let ways = ways(finding);
        if ways.is_empty() {
            choice.left.push((at, Left::NoWayOut));
        } else {
            open.push((at, ways));
        }
    }
    let groups = groups(&open, prices);
    let fronts: Vec<Vec<Candidate>> = groups
        .iter()
        .map(|group| {
            let mut search = Search {
                findings,
                open: &open,
                group: &removals_first(&open, group),
                budget: budget.is_some(),
                prices,
                found: Vec::new(),
                weighed: 0,
            };
            search.run();
            choice.weighed += search.weighed;
            choice.exact &= search.weighed < MOST;
            front(search.found)
        })
        .collect();
    let chosen = match budget {
        None => {
            fronts.iter().filter_map(|front| front.iter().max_by(|a, b| a.worth().cmp(&b.worth()))).cloned().collect()
        }
        Some(budget) => within(&fronts, budget),
    };
    for candidate in chosen {
        choice.sum = choice.sum + candidate.sum;
        choice.steps.extend(candidate.steps);
        choice.left.extend(candidate.left);
    }
    choice.steps.sort_by_key(|step| step.finding);
    choice.left.sort_by_key(|(finding, _)| *finding);
    choice
}

fn ways(finding: &Finding) -> Vec<Way<'_>> {
    let sufficient = finding.remedies.iter().enumerate().filter(|(_, remedy)| remedy.sufficient);
    sufficient
        .map(|(at, remedy)| Way {
            remedy: at,
            changes: &remedy.changes,
            priced: !matches!(remedy.monthly_delta, Delta::NotPriced(_)),
        })
        .collect()
}

/// Findings that hang together, by position in `open`.
fn groups(open: &[(usize, Vec<Way<'_>>)], prices: &dyn Prices) -> Vec<Vec<usize>> {
    let mut of: BTreeMap<String, usize> = BTreeMap::new();
    let mut leader: Vec<usize> = (0..open.len()).collect();
    for (at, (_, ways)) in open.iter().enumerate() {
        for touched in ways.iter().flat_map(|way| prices.touches(way.changes)) {
            let other = *of.entry(touched).or_insert(at);
            let (a, b) = (root(&leader, at), root(&leader, other));
            if let Some(slot) = leader.get_mut(a.max(b)) {
                *slot = a.min(b);
            }
        }
    }
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for at in 0..open.len() {
        groups.entry(root(&leader, at)).or_default().push(at);
    }
    groups.into_values().collect()
}

/// What may be removed is weighed before what else may become of it.
fn removals_first(open: &[(usize, Vec<Way<'_>>)], group: &[usize]) -> Vec<usize> {
    let removes = |at: &usize| {
        let mut changes = open.get(*at).into_iter().flat_map(|(_, ways)| ways).flat_map(|way| way.changes);
        changes.any(|change| matches!(change, Change::Remove(_)))
    };
    let (mut first, others): (Vec<usize>, Vec<usize>) = group.iter().partition(|at| removes(at));
    first.extend(others);
    first
}

fn root(leader: &[usize], mut at: usize) -> usize {
    while let Some(next) = leader.get(at).filter(|next| **next != at) {
        at = *next;
    }
    at
}

/// What becomes of a finding in one set of ways out.
#[derive(Clone, Copy, Debug)]
enum Taken {
    /// It is cleared, by this one of its ways; whether another finding's way makes the same changes.
    Way(usize, bool),
    /// What it is about is removed.
    Gone,
    /// It stays.
    Nothing,
}

/// One set of ways out for findings that hang together.
#[derive(Clone, Debug)]
struct Candidate {
    steps: Vec<Step>,
    left: Vec<(usize, Left)>,
    sum: Sum,
    /// How many findings it clears, the gravest first.
    cleared: [usize; Severity::ALL.len()],
    unpriced: usize,
    /// How far down the rules' own lists its remedies stand.
    places: usize,
}

impl Candidate {
    /// The gravest cleared first, then as little as possible that nobody can price, then the cheapest, then what rules would rather.
    fn worth(&self) -> impl Ord + use<> {
        use std::cmp::Reverse;
        (
            self.cleared,
            Reverse(self.unpriced),
            Reverse(self.sum.expected),
            Reverse(self.steps.iter().filter(|step| !step.shared).count()),
            Reverse(self.places),
        )
    }
}

/// Weighs every set of ways out of findings that hang together.
struct Search<'s, 'f> {
    findings: &'s [&'f Finding],
    open: &'s [(usize, Vec<Way<'f>>)],
    group: &'s [usize],
    /// Whether findings may stay although there is a way out.
    budget: bool,
    prices: &'s dyn Prices,
    found: Vec<Candidate>,
    weighed: usize,
}

impl Search<'_, '_> {
    fn run(&mut self) {
        self.step(0, &mut Vec::new(), &mut Vec::new());
    }

    fn step(&mut self, depth: usize, taken: &mut Vec<Taken>, changes: &mut Vec<Change>) {
        if self.weighed >= MOST {
            return;
        }
        let Some((finding, ways)) = self.group.get(depth).and_then(|at| self.open.get(*at)) else {
            self.weigh(taken);
            return;
        };
        // Nothing need be done about what goes.
        let about = self.findings.get(*finding).map(|finding| &finding.address);
        if changes.iter().any(|change| matches!(change, Change::Remove(gone) if Some(gone) == about))
            && !ways.iter().any(|way| way.changes.iter().any(|change| changes.contains(change)))
        {
            taken.push(Taken::Gone);
            self.step(depth + 1, taken, changes);
            taken.pop();
            return;
        }
        let mut possible = false;
        for (at, way) in ways.iter().enumerate() {
            if self.budget && !way.priced {
                continue;
            }
            if way.changes.iter().any(|change| changes.iter().any(|other| change.conflicts(other))) {
                continue;
            }
            possible = true;
            let new: Vec<Change> = way.changes.iter().filter(|change| !changes.contains(change)).cloned().collect();
            let shared = new.is_empty() && !way.changes.is_empty();
            let before = changes.len();
            changes.extend(new);
            taken.push(Taken::Way(at, shared));
            self.step(depth + 1, taken, changes);
            taken.pop();
            changes.truncate(before);
        }
        // A graver one may need what this one excludes.
        if !possible || self.budget || self.is_contested(depth, ways) {
            taken.push(Taken::Nothing);
            self.step(depth + 1, taken, changes);
            taken.pop();
        }
    }

    /// Whether a way out of a later finding excludes one of these.
    fn is_contested(&self, depth: usize, ways: &[Way<'_>]) -> bool {
        let later = self.group.iter().skip(depth + 1).filter_map(|at| self.open.get(*at));
        let changes = || ways.iter().flat_map(|way| way.changes);
        later
            .flat_map(|(_, ways)| ways)
            .flat_map(|way| way.changes)
            .any(|one| changes().any(|other| one.conflicts(other)))
    }

    fn weigh(&mut self, taken: &[Taken]) {
        self.weighed += 1;
        let mut priced: Vec<Change> = Vec::new();
        let mut candidate = Candidate {
            steps: Vec::new(),
            left: Vec::new(),
            sum: Sum::default(),
            cleared: [0; Severity::ALL.len()],
            unpriced: 0,
            places: 0,
        };
        for (at, taken) in self.group.iter().zip(taken) {
            let Some((finding, ways)) = self.open.get(*at) else { continue };
            let (way, shared) = match taken {
                Taken::Nothing => {
                    let reason = match (self.budget, ways.iter().any(|way| way.priced)) {
                        (false, _) => Left::Excluded,
                        (true, true) => Left::Budget,
                        (true, false) => Left::NotPriced,
                    };
                    candidate.left.push((*finding, reason));
                    continue;
                }
                Taken::Gone => (None, true),
                Taken::Way(way, shared) => (ways.get(*way), *shared),
            };
            if let Some(way) = way {
                if way.priced {
                    let new: Vec<Change> =
                        way.changes.iter().filter(|change| !priced.contains(change)).cloned().collect();
                    priced.extend(new);
                }
                candidate.unpriced += usize::from(!way.priced);
                candidate.places += way.remedy;
            }
            candidate.steps.push(Step { finding: *finding, remedy: way.map(|way| way.remedy), shared });
            let severity = self.findings.get(*finding).map(|finding| finding.severity);
            let rank = Severity::ALL.iter().rev().position(|one| Some(*one) == severity);
            if let Some(count) = rank.and_then(|rank| candidate.cleared.get_mut(rank)) {
                *count += 1;
            }
        }
        match self.prices.price(&priced) {
            Some(sum) => candidate.sum = sum,
            // Some of it can be priced alone and not together: then nobody knows.
            None if self.budget => return,
            None => candidate.unpriced += usize::from(candidate.unpriced == 0),
        }
        self.found.push(candidate);
    }
}

/// What is worth considering: for each thing that can be cleared, the cheapest way.
fn front(found: Vec<Candidate>) -> Vec<Candidate> {
    let mut best: BTreeMap<[usize; Severity::ALL.len()], Candidate> = BTreeMap::new();
    for candidate in found {
        match best.get(&candidate.cleared) {
            Some(known) if known.worth() >= candidate.worth() => {}
            _ => {
                best.insert(candidate.cleared, candidate);
            }
        }
    }
    best.into_values().collect()
}

/// The gravest findings that a budget pays for: one candidate of each group. Of sets that clear the same, only the cheapest is
/// carried on.
fn within(fronts: &[Vec<Candidate>], budget: Money) -> Vec<Candidate> {
    type Cleared = [usize; Severity::ALL.len()];
    let mut sets: BTreeMap<Cleared, (Decimal, Vec<Candidate>)> =
        BTreeMap::from([(Cleared::default(), (Decimal::ZERO, Vec::new()))]);
    for front in fronts {
        let mut next: BTreeMap<Cleared, (Decimal, Vec<Candidate>)> = BTreeMap::new();
        for (cleared, (cost, chosen)) in &sets {
            for candidate in front {
                let mut both = *cleared;
                both.iter_mut().zip(candidate.cleared).for_each(|(sum, more)| *sum += more);
                let cost = cost.saturating_add(candidate.sum.expected.0);
                if next.get(&both).is_some_and(|(known, _)| *known <= cost) {
                    continue;
                }
                let mut chosen = chosen.clone();
                chosen.push(candidate.clone());
                next.insert(both, (cost, chosen));
            }
        }
        sets = next;
    }
    let fits = sets.into_iter().filter(|(_, (cost, _))| *cost <= budget.0);
    fits.max_by(|(a, _), (b, _)| a.cmp(b)).map(|(_, (_, chosen))| chosen).unwrap_or_default()
}
