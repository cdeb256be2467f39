//! The findings of both worlds: what is new, what is worse, what is over.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use sha2::{Digest as _, Sha256};

use super::pair::{Subject, grown, paired, subjects};
use crate::finding::{Finding, Measure, Severity, Verdict};
use crate::model::Address;
use crate::units::{Grouped, few, listed};

/// What this plan does to a finding.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Status {
    /// The plan brings it in.
    Introduced,
    /// It was there, and the plan makes it worse.
    Worsened,
    /// It was there, and stays.
    Existing,
    /// It was there, and is over.
    Resolved,
}

impl Status {
    /// All of them, in the order of interest.
    pub const ALL: [Self; 4] = [Self::Introduced, Self::Worsened, Self::Existing, Self::Resolved];

    /// The word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Introduced => "introduced",
            Self::Worsened => "worsened",
            Self::Existing => "existing",
            Self::Resolved => "resolved",
        }
    }
}

/// A finding, and what the plan does to it.
#[derive(Clone, Debug)]
pub struct Advice {
    /// The finding: as it will be, or as it was if it is over.
    pub finding: Finding,
    /// What the plan does to it.
    pub status: Status,
}

impl Advice {
    /// A name that stays the same as long as the finding does: of the rule, the resource and the sub-key, and of no value.
    pub fn fingerprint(&self) -> String {
        let mut hash = Sha256::new();
        for part in [self.finding.rule.name, self.finding.address.as_str(), self.finding.key.as_str()] {
            hash.update(part.as_bytes());
            hash.update([0]);
        }
        let first: u64 = hash.finalize().iter().take(8).fold(0, |number, byte| number << 8 | u64::from(*byte));
        format!("{first:016x}")
    }

    /// Whether it is a violation that this plan answers for.
    pub fn is_new(&self) -> bool {
        self.finding.verdict == Verdict::Violation && matches!(self.status, Status::Introduced | Status::Worsened)
    }
}

/// What lies between both worlds.
#[derive(Clone, Copy)]
#[allow(missing_debug_implementations, reason = "functions have nothing to show")]
pub struct Between<'b> {
    /// Whether the plan touches a resource, or what is told under its address.
    pub changes: &'b dyn Fn(&Address) -> bool,
    /// Under which address it is told afterwards what was told under another before.
    pub heirs: &'b BTreeMap<Address, Address>,
}

/// Compares the findings of both worlds, worst and newest first.
pub fn compare(before: &[Finding], after: Vec<Finding>, between: Between<'_>) -> Vec<Advice> {
    let (stood, stands) = (covered(before), covered(&after));
    let (pairs, over) = paired(before, &after, between.heirs);
    let growth: Vec<Vec<Address>> = grown(before, &after, &pairs);
    // What another rule says now is not over.
    let is_over = |finding: &Finding| {
        finding.verdict == Verdict::Violation && !subjects(finding).any(|subject| stands.contains_key(&subject))
    };
    let over: Vec<Finding> =
        over.into_iter().filter_map(|at| before.get(at)).filter(|finding| is_over(finding)).cloned().collect();
    let mut advice: Vec<Advice> = Vec::with_capacity(after.len() + over.len());
    for ((mut finding, was), newcomers) in after.into_iter().zip(pairs).zip(growth) {
        let was = was.and_then(|at| before.get(at));
        if finding.verdict == Verdict::Undetermined && was.is_some_and(|was| was.verdict == Verdict::Violation) {
            finding.message.push_str(" Before this plan it was a violation.");
        }
        let as_bad = || subjects(&finding).filter_map(|subject| stood.get(&subject)).max();
        let status = match status(&finding, was, !newcomers.is_empty(), between.changes) {
            // Another rule said it of the resource before.
            Status::Introduced if as_bad().is_some_and(|as_bad| finding.severity <= *as_bad) => Status::Existing,
            status => status,
        };
        if let (Status::Worsened, Some(was)) = (status, was) {
            finding.message.push_str(&what_it_was(&finding, was, newcomers));
        }
        advice.push(Advice { finding, status });
    }
    advice.extend(over.into_iter().map(|finding| Advice { finding, status: Status::Resolved }));
    advice.sort_by(|a, b| order(a).cmp(&order(b)));
    by_weight(advice)
}

/// Lets what weighs more stand before what weighs less, where one rule says both with the same severity: they change places among
/// themselves, since two rules do not weigh the same things.
fn by_weight(advice: Vec<Advice>) -> Vec<Advice> {
    let mut places: BTreeMap<_, Vec<usize>> = BTreeMap::new();
    for (at, one) in advice.iter().enumerate() {
        places.entry((rank(one), one.finding.severity, one.finding.rule.name)).or_default().push(at);
    }
    let mut order: Vec<usize> = (0..advice.len()).collect();
    for places in places.values() {
        let mut sorted = places.clone();
        sorted.sort_by_key(|at| Reverse(advice.get(*at).map(|one| one.finding.weight)));
        for (to, from) in places.iter().zip(sorted) {
            if let Some(place) = order.get_mut(*to) {
                *place = from;
            }
        }
    }
    let mut all: Vec<Option<Advice>> = advice.into_iter().map(Some).collect();
    order.into_iter().filter_map(|from| all.get_mut(from)?.take()).collect()
}

/// What was better before, in words: its numbers, who has come to have it, or how bad it was.
fn what_it_was(finding: &Finding, was: &Finding, newcomers: Vec<Address>) -> String {
    let mut told = earlier_measures(finding, was);
    if !newcomers.is_empty() {
        told.push_str(&format!(" New among them: {}.", few(newcomers)));
    }
    if told.is_empty() && was.severity < finding.severity {
        told = format!(" Before this plan it was {}.", was.severity.as_str());
    }
    told
}

/// What violations stand for besides themselves, and how bad they are.
fn covered(findings: &[Finding]) -> BTreeMap<Subject, Severity> {
    let sure = findings.iter().filter(|finding| finding.verdict == Verdict::Violation);
    let each = |finding: &'_ Finding| {
        let all =
            finding.covers.iter().flat_map(|rule| finding.holders().iter().map(|address| (*rule, address.clone())));
        all.map(|subject| (subject, finding.severity)).collect::<Vec<_>>()
    };
    sure.flat_map(each).collect()
}

/// What is worse and newer comes first.
fn order(advice: &Advice) -> impl Ord {
    let finding = &advice.finding;
    (rank(advice), Reverse(finding.severity), &finding.address, finding.rule.name, &finding.key)
}

/// Violations first, then what cannot be told, then what is over; of each what is new before what was there.
fn rank(advice: &Advice) -> (bool, Verdict, bool) {
    (advice.status == Status::Resolved, advice.finding.verdict, advice.status == Status::Existing)
}

/// What the numbers that changed were before.
fn earlier_measures(finding: &Finding, was: &Finding) -> String {
    let differs =
        |name: &str| was.measure.get(name).is_some_and(|old| finding.measure.get(name).is_some_and(|new| new != old));
    let said = |measure: &Measure| match measure {
        Measure::Number(number) => Grouped(*number).to_string(),
        Measure::Unlimited => "unlimited".to_owned(),
    };
    let changed = was.measure.iter().filter_map(|(name, value)| {
        // Both ends of an interval are one number to a reader.
        let high = |name: &str| name.strip_suffix("_low").map(|stem| (stem.to_owned(), format!("{stem}_high")));
        if let Some((stem, high)) = high(name) {
            let upper = was.measure.get(high.as_str())?;
            let range = if upper == value { said(value) } else { format!("{} to {}", said(value), said(upper)) };
            return (differs(name) || differs(&high)).then(|| format!("{stem} {range}"));
        }
        let is_end =
            name.strip_suffix("_high").is_some_and(|stem| was.measure.contains_key(format!("{stem}_low").as_str()));
        (!is_end && differs(name)).then(|| format!("{} {}", name.replace('_', " "), said(value)))
    });
    let changed = listed(changed);
    if changed.is_empty() { String::new() } else { format!(" Before this plan: {changed}.") }
}

fn status(finding: &Finding, was: Option<&Finding>, grows: bool, changes: &dyn Fn(&Address) -> bool) -> Status {
    // What the plan does not touch, it neither brings nor changes: a difference is one of sight. What it was about before may
    // be gone, and that is the plan's doing as well.
    let is_touched =
        |one: &Finding| one.subjects.iter().any(changes) || one.evidence.iter().any(|piece| changes(&piece.address));
    let touched = is_touched(finding) || was.is_some_and(is_touched);
    match was {
        // What passed before and is a violation now is the plan's doing, whatever it took away to get there.
        None if finding.verdict == Verdict::Violation => Status::Introduced,
        // Whatever did it, it is graver than it was.
        Some(was)
            if was.verdict == Verdict::Violation
                && finding.verdict == Verdict::Violation
                && finding.severity > was.severity =>
        {
            Status::Worsened
        }
        _ if !touched => Status::Existing,
        None => Status::Introduced,
        Some(was) => match (was.verdict, finding.verdict) {
            (Verdict::Undetermined, Verdict::Violation) => Status::Introduced,
            (Verdict::Violation, Verdict::Violation)
                if finding.gravity > was.gravity || finding.severity > was.severity || grows =>
            {
                Status::Worsened
            }
            _ => Status::Existing,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::RuleMeta;

    static RULE: RuleMeta = RuleMeta {
        name: "some-rule",
        summary: "Some",
        docs: "",
        severity: Severity::Critical,
        principle: "DP1",
        control: "WAF-PERF-010",
        since: "0.1.0",
        thresholds: &[],
        sources: &[],
    };

    /// A verdict, how bad it is, and how much damage it does.
    type Judged = (Verdict, Severity, u64);

    fn finding((verdict, severity, gravity): Judged) -> Finding {
        Finding::new(&RULE, verdict, &Address::new("a.b"), "x.").severity(severity).gravity(gravity)
    }

    fn between(before: &[Finding], after: Vec<Finding>, touched: bool) -> Vec<Advice> {
        compare(before, after, Between { changes: &|_| touched, heirs: &BTreeMap::new() })
    }

    /// What becomes of one finding, if anything is told of it.
    fn compared(was: Option<Judged>, is: Option<Judged>, touched: bool) -> Option<Advice> {
        let list = |judged: Option<Judged>| -> Vec<Finding> { judged.map(finding).into_iter().collect() };
        between(&list(was), list(is), touched).pop()
    }

    #[test]
    fn what_one_rule_leaves_to_another_is_neither_over_nor_new() {
        static OTHER: RuleMeta = RuleMeta { name: "other-rule", ..RULE };
        let own = || finding((Verdict::Violation, Severity::Medium, 1));
        let other = |severity| {
            let finding = Finding::violation(&OTHER, &Address::new("a.b"), "y.").severity(severity);
            finding.covering(&["some-rule"])
        };
        let told = |before, after| -> Vec<_> {
            let all = between(&[before], vec![after], true);
            all.iter().map(|advice| (advice.finding.rule.name, advice.status)).collect()
        };
        assert_eq!(told(own(), other(Severity::Medium)), [("other-rule", Status::Introduced)]);
        let both = [("some-rule", Status::Existing), ("other-rule", Status::Resolved)];
        assert_eq!(told(other(Severity::Medium), own()), both);
        let both = [("some-rule", Status::Introduced), ("other-rule", Status::Resolved)];
        assert_eq!(told(other(Severity::Low), own()), both);
    }

    #[test]
    fn every_change_of_a_finding_has_its_status() {
        use Severity::{High, Low};
        use Status::{Existing, Introduced, Resolved, Worsened};
        use Verdict::{Undetermined as Open, Violation as Bad};
        // What it was, what it is, whether the plan touches it, and what it is called then.
        let table = [
            (None, Some((Bad, Low, 1)), false, Some(Introduced)),
            (None, Some((Open, Low, 1)), true, Some(Introduced)),
            (None, Some((Open, Low, 1)), false, Some(Existing)),
            (Some((Bad, Low, 1)), Some((Bad, Low, 1)), true, Some(Existing)),
            (Some((Bad, Low, 1)), Some((Bad, High, 1)), true, Some(Worsened)),
            (Some((Bad, Low, 1)), Some((Bad, High, 1)), false, Some(Worsened)),
            (Some((Bad, High, 1)), Some((Bad, Low, 1)), true, Some(Existing)),
            (Some((Bad, Low, 1)), Some((Bad, Low, 2)), true, Some(Worsened)),
            (Some((Bad, Low, 1)), Some((Bad, Low, 2)), false, Some(Existing)),
            (Some((Bad, Low, 2)), Some((Bad, Low, 1)), true, Some(Existing)),
            (Some((Open, Low, 1)), Some((Bad, Low, 1)), true, Some(Introduced)),
            (Some((Open, Low, 1)), Some((Bad, Low, 1)), false, Some(Existing)),
            (Some((Open, Low, 1)), Some((Open, High, 2)), true, Some(Existing)),
            (Some((Bad, Low, 1)), Some((Open, Low, 1)), true, Some(Existing)),
            (Some((Bad, Low, 1)), None, true, Some(Resolved)),
            (Some((Bad, Low, 1)), None, false, Some(Resolved)),
            (Some((Open, Low, 1)), None, true, None),
        ];
        for (was, is, touched, expected) in table {
            let found = compared(was, is, touched).map(|advice| advice.status);
            assert_eq!(found, expected, "{was:?}, then {is:?}, touched: {touched}");
        }
    }

    /// A violation of which nothing is certain any more is not over: the reader is told.
    #[test]
    fn what_can_no_longer_be_told_was_a_violation() {
        use Verdict::{Undetermined, Violation};
        for (was, is) in [(Violation, Undetermined), (Violation, Violation), (Undetermined, Undetermined)] {
            let judged = |verdict| Some((verdict, Severity::Low, 1));
            let advice = compared(judged(was), judged(is), true).unwrap();
            let told = advice.finding.message.contains("Before this plan it was a violation");
            assert_eq!(told, was == Violation && is == Undetermined, "{was:?}, then {is:?}");
        }
    }

    #[test]
    fn what_got_worse_says_from_where() {
        let judged = |gravity| finding((Verdict::Violation, Severity::Low, gravity)).measuring("maximum", gravity);
        let told = |was, is| between(&[judged(was)], vec![judged(is)], true).pop().unwrap().finding.message;
        assert_eq!(told(1_100, 1_200), "x. Before this plan: maximum 1,100.");
        assert_eq!(told(1_200, 1_100), "x.");
    }

    #[test]
    fn one_more_of_what_each_has_for_itself_is_worse() {
        let of = |names: &[&str]| {
            let all: Vec<Address> = names.iter().map(|name| Address::new(*name)).collect();
            Finding::violation(&RULE, &all[0], "x.").of_each(&all)
        };
        let told = |was: &[&str], is: &[&str], touched| {
            let advice = between(&[of(was)], vec![of(is)], touched).pop().unwrap();
            (advice.status, advice.finding.message)
        };
        assert_eq!(told(&["a"], &["a", "b"], true), (Status::Worsened, "x. New among them: b.".to_owned()));
        assert_eq!(told(&["a"], &["a", "b"], false), (Status::Existing, "x.".to_owned()));
        assert_eq!(told(&["a", "b"], &["b"], true), (Status::Existing, "x.".to_owned()));
    }

    /// Who stood in a balancer's second zone may be gone, and nothing that is left changes.
    #[test]
    fn what_goes_makes_the_rest_worse() {
        let judged = |gravity, about: &[Address]| finding((Verdict::Violation, Severity::Low, gravity)).about(about);
        let gone = Address::new("a.gone");
        let (was, is) = (judged(1, std::slice::from_ref(&gone)), judged(2, &[]));
        let between = |changed: &Address| {
            let ties = Between { changes: &|address| address == changed, heirs: &BTreeMap::new() };
            compare(std::slice::from_ref(&was), vec![is.clone()], ties).pop().unwrap().status
        };
        assert_eq!(between(&gone), Status::Worsened);
        assert_eq!(between(&Address::new("a.other")), Status::Existing);
    }

    #[test]
    fn the_worst_and_newest_comes_first() {
        use Severity::{High, Low};
        use Verdict::{Undetermined, Violation};
        let at = |address: &str, verdict, severity| {
            Finding::new(&RULE, verdict, &Address::new(address), "x.").severity(severity)
        };
        let before = vec![at("a.over", Violation, High), at("a.old", Violation, High)];
        let after = vec![
            at("a.open", Undetermined, High),
            at("a.mild", Violation, Low),
            at("a.second", Violation, High),
            at("a.old", Violation, High),
            at("a.first", Violation, High),
        ];
        let all = between(&before, after, true);
        let order: Vec<_> = all.iter().map(|advice| advice.finding.address.as_str()).collect();
        assert_eq!(order, ["a.first", "a.second", "a.mild", "a.old", "a.open", "a.over"]);
    }

    /// Two rules do not weigh the same things, so none makes way for another.
    #[test]
    fn of_one_rule_what_weighs_more_comes_first() {
        static OTHER: RuleMeta = RuleMeta { name: "other-rule", ..RULE };
        let of = |rule, address: &str, weight| {
            Finding::violation(rule, &Address::new(address), "x.").severity(Severity::Low).weight(weight)
        };
        let after = vec![
            of(&RULE, "a.first", 8),
            of(&OTHER, "a.second", 1),
            of(&RULE, "a.third", 16_384),
            of(&RULE, "a.fourth", 100).severity(Severity::High),
            of(&OTHER, "a.fifth", 1),
            of(&RULE, "a.sixth", 100),
        ];
        let all = between(&[], after, true);
        let order: Vec<_> = all.iter().map(|advice| advice.finding.address.as_str()).collect();
        assert_eq!(order, ["a.fourth", "a.fifth", "a.third", "a.second", "a.sixth", "a.first"]);
    }
}
