//! Which finding afterwards goes on from which before, and who has come to have it.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::finding::{Finding, Verdict};
use crate::model::Address;

/// A rule, and a resource that it judges.
pub(super) type Subject = (&'static str, Address);

/// Each that has it.
pub(super) fn subjects(finding: &Finding) -> impl Iterator<Item = Subject> {
    finding.holders().iter().map(|address| (finding.rule.name, address.clone()))
}

/// Of each finding afterwards the position of what it was before, and the positions of those that nothing goes on from.
///
/// A finding about several that are alike is named after the first of them. It stays the same where that one goes, or another
/// comes before it: what has no equal by name is held against those that some of its holders had.
pub(super) fn paired(
    before: &[Finding],
    after: &[Finding],
    heirs: &BTreeMap<Address, Address>,
) -> (Vec<Option<usize>>, Vec<usize>) {
    type Name<'f> = (&'static str, &'f Address, &'f str);
    fn name(finding: &Finding) -> Name<'_> {
        (finding.rule.name, &finding.address, finding.key.as_str())
    }
    let by_name: BTreeMap<Name<'_>, usize> = before.iter().enumerate().map(|(at, was)| (name(was), at)).collect();
    let mut pairs: Vec<Option<usize>> = after.iter().map(|finding| by_name.get(&name(finding)).copied()).collect();
    let mut gone_on: BTreeSet<usize> = pairs.iter().flatten().copied().collect();
    let had = by_holder(before);
    for (pair, finding) in pairs.iter_mut().zip(after).filter(|(pair, _)| pair.is_none()) {
        *pair = nearest(finding, before, &had, heirs);
        gone_on.extend(*pair);
    }
    let have = by_holder(after);
    let stays = |was: &Finding| {
        let others = subjects(was).filter_map(|subject| have.get(&subject)).flatten();
        others.filter_map(|at| after.get(*at)).any(|is| is_same_case(was, is, heirs))
    };
    let left = before.iter().enumerate().filter(|(at, was)| !gone_on.contains(at) && !stays(was));
    (pairs, left.map(|(at, _)| at).collect())
}

/// The positions of findings by their rule and by each that has it.
fn by_holder(findings: &[Finding]) -> BTreeMap<Subject, Vec<usize>> {
    let mut all: BTreeMap<Subject, Vec<usize>> = BTreeMap::new();
    for (at, finding) in findings.iter().enumerate() {
        for subject in subjects(finding) {
            all.entry(subject).or_default().push(at);
        }
    }
    all
}

/// The position of the earlier finding that most of those had who have this one; violations first.
fn nearest(
    finding: &Finding,
    before: &[Finding],
    had: &BTreeMap<Subject, Vec<usize>>,
    heirs: &BTreeMap<Address, Address>,
) -> Option<usize> {
    let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
    for at in subjects(finding).filter_map(|subject| had.get(&subject)).flatten() {
        *shared.entry(*at).or_default() += 1;
    }
    let fits = shared.into_iter().filter_map(|(at, holders)| {
        let was = before.get(at).filter(|was| is_same_case(was, finding, heirs))?;
        Some(((was.verdict == Verdict::Violation, holders, Reverse(at)), at))
    });
    fits.max().map(|(_, at)| at)
}

/// Whether two findings of one rule are of the same case; its key may be the address of somebody who has an heir.
fn is_same_case(was: &Finding, is: &Finding, heirs: &BTreeMap<Address, Address>) -> bool {
    was.key == is.key || heirs.get(&Address::new(was.key.as_str())).is_some_and(|heir| heir.as_str() == is.key)
}

/// Of each finding that several have, each for itself, those who have come to have it, where they are more than those who no
/// longer do.
pub(super) fn grown(before: &[Finding], after: &[Finding], pairs: &[Option<usize>]) -> Vec<Vec<Address>> {
    let (had, have) = (violating(before), violating(after));
    let without = |finding: &Finding, all: &BTreeSet<Holder>| -> Vec<Address> {
        let is_new = |address: &&Address| !all.contains(&(finding.rule.name, finding.key.clone(), (*address).clone()));
        finding.holders().iter().filter(is_new).cloned().collect()
    };
    let more = |(finding, was): (&Finding, &Option<usize>)| {
        let was = was.and_then(|at| before.get(at)).filter(|_| finding.severally)?;
        let newcomers = without(finding, &had);
        (newcomers.len() > without(was, &have).len()).then_some(newcomers)
    };
    after.iter().zip(pairs).map(|pair| more(pair).unwrap_or_default()).collect()
}

/// A rule, a key, and somebody who violates it.
type Holder = (&'static str, String, Address);

/// Everybody who violates something.
fn violating(findings: &[Finding]) -> BTreeSet<Holder> {
    let sure = findings.iter().filter(|finding| finding.verdict == Verdict::Violation);
    let each = |finding: &'_ Finding| {
        let (rule, key) = (finding.rule.name, finding.key.clone());
        finding.holders().iter().map(move |address| (rule, key.clone(), address.clone())).collect::<Vec<_>>()
    };
    sure.flat_map(each).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::{RuleMeta, Severity};

    static RULE: RuleMeta = RuleMeta {
        name: "some-rule",
        summary: "Some",
        docs: "",
        severity: Severity::Low,
        principle: "DP1",
        control: "WAF-PERF-010",
        since: "0.1.0",
        thresholds: &[],
        sources: &[],
    };

    /// A violation that these have, named after the first.
    fn of(names: &str) -> Finding {
        let all: Vec<Address> = names.split(' ').map(Address::new).collect();
        Finding::violation(&RULE, &all[0], "x.").of_each(&all)
    }

    fn list(findings: &[&str]) -> Vec<Finding> {
        findings.iter().map(|names| of(names)).collect()
    }

    /// What each goes on from, and what nothing goes on from.
    fn pairs(before: &[&str], after: &[&str]) -> (Vec<Option<usize>>, Vec<usize>) {
        paired(&list(before), &list(after), &BTreeMap::new())
    }

    #[test]
    fn what_several_have_stays_the_same_under_another_name() {
        // The first goes, another comes before it, all others go.
        assert_eq!(pairs(&["a b c"], &["b c"]), (vec![Some(0)], vec![]));
        assert_eq!(pairs(&["b c"], &["a b c"]), (vec![Some(0)], vec![]));
        assert_eq!(pairs(&["a b"], &["b"]), (vec![Some(0)], vec![]));
        assert_eq!(pairs(&["a b"], &["c d"]), (vec![None], vec![0]));
        // One becomes two, two become one.
        assert_eq!(pairs(&["a b c"], &["a", "b c"]), (vec![Some(0), Some(0)], vec![]));
        assert_eq!(pairs(&["a", "b c"], &["a b c"]), (vec![Some(0)], vec![]));
        // Where several had it, those with the most in common.
        assert_eq!(pairs(&["a b", "c d e"], &["b d e"]), (vec![Some(1)], vec![]));
        assert_eq!(pairs(&["a b", "x"], &["b"]), (vec![Some(0)], vec![1]));
    }

    #[test]
    fn a_violation_goes_before_what_could_not_be_told() {
        let open = Finding { verdict: Verdict::Undetermined, ..of("b c d") };
        assert_eq!(paired(&[open, of("a b")], &list(&["c b"]), &BTreeMap::new()).0, [Some(1)]);
    }

    #[test]
    fn another_case_or_another_rule_is_another_finding() {
        static OTHER: RuleMeta = RuleMeta { name: "other-rule", ..RULE };
        let (was, is) = (of("a b"), of("b"));
        let told = |is: Finding| paired(std::slice::from_ref(&was), &[is], &BTreeMap::new());
        assert_eq!(told(is.clone()), (vec![Some(0)], vec![]));
        assert_eq!(told(is.clone().key("readers")), (vec![None], vec![0]));
        assert_eq!(told(Finding { rule: &OTHER, ..is }), (vec![None], vec![0]));
    }

    /// A queue's finding names the machines that work on it in its key.
    #[test]
    fn a_key_that_is_an_address_has_an_heir() {
        let heirs: BTreeMap<Address, Address> = [(Address::new("w[0]"), Address::new("w[1]"))].into();
        let keyed = |key: &str| of("queue").key(key);
        let told = |is: &str| paired(&[keyed("w[0]")], &[keyed(is)], &heirs);
        assert_eq!(told("w[1]"), (vec![Some(0)], vec![]));
        assert_eq!(told("w[2]"), (vec![None], vec![0]));
    }

    fn newcomers(before: &[&str], after: &[&str]) -> Vec<String> {
        let (before, after) = (list(before), list(after));
        let (pairs, _) = paired(&before, &after, &BTreeMap::new());
        let told = |all: &Vec<Address>| all.iter().map(Address::as_str).collect::<Vec<_>>().join(" ");
        grown(&before, &after, &pairs).iter().map(told).collect()
    }

    #[test]
    fn more_who_have_it_are_counted_against_those_who_no_longer_do() {
        assert_eq!(newcomers(&["a"], &["a b c"]), ["b c"]);
        assert_eq!(newcomers(&["a b"], &["a b"]), [""]);
        assert_eq!(newcomers(&["a b"], &["b c"]), [""]);
        assert_eq!(newcomers(&["a b"], &["b c d"]), ["c d"]);
        // Who had it under another name is no newcomer.
        assert_eq!(newcomers(&["a", "b c"], &["a b c"]), [""]);
        assert_eq!(newcomers(&["a b"], &["a", "b c"]), ["", "c"]);
        assert_eq!(newcomers(&[], &["a b"]), [""]);
    }

    #[test]
    fn what_several_have_together_does_not_grow_with_their_number() {
        let together = |names: &str| Finding { severally: false, ..of(names) };
        let (before, after) = ([together("a")], [together("a b")]);
        assert_eq!(grown(&before, &after, &[Some(0)]), [Vec::<Address>::new()]);
    }
}
