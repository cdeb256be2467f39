//! Holds one report against another.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::change::{Change, Comparison, Effect, Kind, MeasureChange, PlanPair};
use super::direction::effect;
use super::notes::notes;
use super::pair::pairs;
use super::side::{Side, SideFinding};
use crate::finding::{Severity, Verdict};

/// By what a finding is known again: its plan, its fingerprint, and which of several that have the same it is.
type Key = (usize, String, usize);

/// What lies between `from` and `to`; what is bad news of at least `fail_on` fails.
pub fn compare(mut from: Side, mut to: Side, fail_on: Option<Severity>) -> Comparison {
    let plans = pairs(&from, &to);
    let mut old = keyed(std::mem::take(&mut from.findings), &plans, 0);
    let mut new = keyed(std::mem::take(&mut to.findings), &plans, 1);
    let keys: BTreeSet<Key> = old.keys().chain(new.keys()).cloned().collect();
    let (mut changes, mut same) = (Vec::new(), 0);
    for key in keys {
        let (before, after) = (old.remove(&key), new.remove(&key));
        let measures = measures(before.as_ref(), after.as_ref());
        let is_whole = plans.get(key.0).is_some_and(|plan| plan.at.iter().all(Option::is_some));
        let asked = Asked { from: &from.rules, to: &to.rules, is_whole, hides_more: to.hidden() > from.hidden() };
        match kind(before.as_ref(), after.as_ref(), &measures, &asked) {
            Some(kind) => {
                let fails = after.as_ref().is_some_and(|after| {
                    let counts = after.verdict == Verdict::Violation || to.open_fails;
                    let is_bad = kind.is_bad() || is_graver(before.as_ref(), after);
                    counts && is_bad && fail_on.is_some_and(|mildest| after.severity >= mildest)
                });
                changes.push(Change { kind, plan: key.0, from: before, to: after, measures, fails });
            }
            None => same += 1,
        }
    }
    // The keys are in the order of plans and fingerprints; the address says more to a reader.
    changes.sort_by_cached_key(|change| {
        let last = change.last();
        let text = |of: fn(&SideFinding) -> &String| last.map(|finding| of(finding).clone());
        (
            change.kind,
            Reverse(last.map(|finding| finding.severity)),
            change.plan,
            text(|finding| &finding.rule),
            text(|finding| &finding.address),
        )
    });
    let notes = notes(&from, &to, &plans);
    Comparison { sides: [from, to], plans, changes, same, notes, fail_on }
}

/// Findings by what they are known again by; `side` is 0 for the first report and 1 for the second.
fn keyed(findings: Vec<SideFinding>, plans: &[PlanPair], side: usize) -> BTreeMap<Key, SideFinding> {
    let mut keyed = BTreeMap::new();
    for finding in findings {
        // A reader lets no finding pass that belongs to no plan.
        let Some(plan) = plans.iter().position(|plan| plan.at.get(side) == Some(&Some(finding.plan))) else { continue };
        let mut key = (plan, finding.fingerprint.clone(), 0);
        while keyed.contains_key(&key) {
            key.2 += 1;
        }
        keyed.insert(key, finding);
    }
    keyed
}

/// What both reports asked of a finding.
struct Asked<'s> {
    /// The rules of the first report.
    from: &'s BTreeSet<String>,
    /// Those of the second.
    to: &'s BTreeSet<String>,
    /// Whether both have its plan.
    is_whole: bool,
    /// Whether the second report has more findings than the first that it does not show.
    hides_more: bool,
}

/// What became of a finding; nothing where it is the same in both.
fn kind(
    before: Option<&SideFinding>,
    after: Option<&SideFinding>,
    measures: &[MeasureChange],
    asked: &Asked<'_>,
) -> Option<Kind> {
    let is_exempted = |finding: &SideFinding| finding.exemption.is_some();
    let is_open = |finding: &SideFinding| finding.verdict == Verdict::Undetermined;
    match (before, after) {
        // Whatever the first report asked, it did not ask it of a plan that it does not have.
        (None, Some(after)) if asked.is_whole && !asked.from.contains(&after.rule) => Some(Kind::NotCompared),
        (None, Some(after)) => Some(if is_exempted(after) { Kind::Exempted } else { Kind::New }),
        (Some(before), None) if !asked.is_whole || asked.hides_more || !asked.to.contains(&before.rule) => {
            Some(Kind::NotCompared)
        }
        (Some(before), None) => Some(if is_open(before) { Kind::Cleared } else { Kind::Gone }),
        (Some(before), Some(after)) => match (is_exempted(before), is_exempted(after)) {
            (true, true) => None,
            (true, false) => Some(Kind::Unexempted),
            (false, true) => Some(Kind::Exempted),
            (false, false) => match (is_open(before), is_open(after)) {
                (true, true) => graver(before.severity, after.severity),
                (true, false) => Some(Kind::Confirmed),
                (false, true) => Some(Kind::Unclear),
                (false, false) => trend(before.severity, after.severity, measures),
            },
        },
        (None, None) => None,
    }
}

/// Whether a violation that cannot be told any more is graver than it was: where such a case counts like a violation, that is
/// worse, and of the same severity it is no news.
fn is_graver(before: Option<&SideFinding>, after: &SideFinding) -> bool {
    let was = before.filter(|before| before.exemption.is_none() && before.verdict == Verdict::Violation);
    after.exemption.is_none()
        && after.verdict == Verdict::Undetermined
        && was.is_some_and(|was| after.severity > was.severity)
}

/// Which way a severity goes.
fn graver(from: Severity, to: Severity) -> Option<Kind> {
    (to != from).then_some(if to > from { Kind::Worse } else { Kind::Better })
}

/// Which way a violation goes. Its severity counts before its numbers.
fn trend(from: Severity, to: Severity, measures: &[MeasureChange]) -> Option<Kind> {
    if let Some(kind) = graver(from, to) {
        return Some(kind);
    }
    let has = |effect: Effect| measures.iter().any(|measure| measure.effect == effect);
    match (has(Effect::Worse), has(Effect::Better)) {
        _ if measures.is_empty() => None,
        // One number that is better makes up for none that is worse.
        (true, _) => Some(Kind::Worse),
        (false, true) => Some(Kind::Better),
        (false, false) => Some(Kind::Changed),
    }
}

/// The numbers that differ, where both reports have the finding.
fn measures(before: Option<&SideFinding>, after: Option<&SideFinding>) -> Vec<MeasureChange> {
    let (Some(before), Some(after)) = (before, after) else { return Vec::new() };
    let names: BTreeSet<&String> = before.measures.keys().chain(after.measures.keys()).collect();
    let changes = names.into_iter().map(|name| {
        let (from, to) = (before.measures.get(name).copied(), after.measures.get(name).copied());
        MeasureChange { name: name.clone(), from, to, effect: effect(&after.rule, name, from, to) }
    });
    changes.filter(|change| change.from != change.to).collect()
}
