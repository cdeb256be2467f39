//! From the findings of both worlds to what a reviewer wants to know: what is new, what is worse, what is over.

use std::collections::BTreeMap;

use sha2::{Digest as _, Sha256};

use crate::finding::{Finding, Measure, Verdict};
use crate::model::Address;
use crate::units::{Grouped, listed};

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

/// Compares the findings of both worlds, worst and newest first. `changes` says whether the plan touches a resource.
pub fn compare(before: Vec<Finding>, after: Vec<Finding>, changes: &dyn Fn(&Address) -> bool) -> Vec<Advice> {
    type Name = (&'static str, Address, String);
    let name = |finding: &Finding| -> Name { (finding.rule.name, finding.address.clone(), finding.key.clone()) };
    let mut earlier: BTreeMap<Name, Finding> = before.into_iter().map(|finding| (name(&finding), finding)).collect();
    let mut advice: Vec<Advice> = Vec::new();
    for mut finding in after {
        let was = earlier.remove(&name(&finding));
        if finding.verdict == Verdict::Undetermined && was.as_ref().is_some_and(|was| was.verdict == Verdict::Violation)
        {
            finding.message.push_str(" As things stand it is a violation.");
        }
        let status = status(&finding, was.as_ref(), changes);
        if let (Status::Worsened, Some(was)) = (status, &was) {
            finding.message.push_str(&earlier_measures(&finding, was));
        }
        advice.push(Advice { finding, status });
    }
    let over = earlier.into_values().filter(|finding| finding.verdict == Verdict::Violation);
    advice.extend(over.map(|finding| Advice { finding, status: Status::Resolved }));
    advice.sort_by(|a, b| {
        let key = |advice: &Advice| {
            let finding = &advice.finding;
            let rank = (advice.status == Status::Resolved, finding.verdict, advice.status == Status::Existing);
            (rank, std::cmp::Reverse(finding.severity), finding.address.clone(), finding.rule.name, finding.key.clone())
        };
        key(a).cmp(&key(b))
    });
    advice
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

fn status(finding: &Finding, was: Option<&Finding>, changes: &dyn Fn(&Address) -> bool) -> Status {
    // What the plan does not touch, it neither brings nor changes: a difference is one of sight.
    let touched = finding.subjects.iter().any(changes) || finding.evidence.iter().any(|piece| changes(&piece.address));
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
                if finding.gravity > was.gravity || finding.severity > was.severity =>
            {
                Status::Worsened
            }
            _ => Status::Existing,
        },
    }
}
