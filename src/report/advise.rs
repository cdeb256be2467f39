//! All that there is to say of the ways out that are advised, and the words in which text formats say it.

use super::summary::PlanSummary;
use super::text::delta;
use crate::advice::{Advice, Choice, Left, Step};
use crate::cost::Totals;
use crate::facts::Change;
use crate::finding::{Delta, Finding, Remedy, Verdict};
use crate::model::Text;
use crate::units::{Money, counted};

/// What is advised for several plans.
#[derive(Debug, Default)]
pub struct Counsel {
    /// The plans.
    pub plans: Vec<PlanCounsel>,
    /// The code of the currency.
    pub currency: Text,
    /// What it may cost more in a month, if somebody set a budget.
    pub budget: Option<Money>,
    /// What a reader should know.
    pub notes: Vec<String>,
}

/// What is advised for one plan.
#[derive(Debug)]
pub struct PlanCounsel {
    /// How it was read.
    pub plan: PlanSummary,
    /// What does not pass once it is applied, worst first.
    pub advice: Vec<Advice>,
    /// What to do about it.
    pub choice: Choice,
    /// The bill once it is applied.
    pub bill: Totals,
}

/// One change to make, with all that it clears.
pub(super) struct Measure<'c> {
    pub(super) remedy: &'c Remedy,
    pub(super) clears: Vec<&'c Finding>,
    /// The other ways out of the first of them that are enough as well.
    pub(super) instead: Vec<&'c Remedy>,
}

impl Counsel {
    /// Whether violations stay that nobody knows how to clear, or that the budget does not reach.
    pub fn is_open(&self) -> bool {
        self.plans.iter().any(|plan| !plan.choice.left.is_empty())
    }
}

impl PlanCounsel {
    /// How many violations there are.
    pub(super) fn violations(&self) -> usize {
        self.advice.iter().filter(|advice| advice.finding.verdict == Verdict::Violation).count()
    }

    /// How many cannot be told.
    pub(super) fn undetermined(&self) -> usize {
        self.advice.len() - self.violations()
    }

    fn finding(&self, at: usize) -> Option<&Finding> {
        self.advice.get(at).map(|advice| &advice.finding)
    }

    /// What to do, each thing once.
    pub(super) fn measures(&self) -> Vec<Measure<'_>> {
        let mut measures: Vec<Measure<'_>> = Vec::new();
        for Step { finding, remedy, .. } in &self.choice.steps {
            let Some(finding) = self.finding(*finding) else { continue };
            let Some(remedy) = remedy.and_then(|at| finding.remedies.get(at)) else { continue };
            let same = |known: &&mut Measure<'_>| {
                // What changes nothing that is billed is the same if it is called the same.
                if remedy.changes.is_empty() {
                    return known.remedy.changes.is_empty() && known.remedy.title == remedy.title;
                }
                remedy.changes.iter().all(|change| known.remedy.changes.contains(change))
            };
            if let Some(known) = measures.iter_mut().find(same) {
                known.clears.push(finding);
                continue;
            }
            let others = finding.remedies.iter().filter(|other| other.sufficient && !std::ptr::eq(*other, remedy));
            measures.push(Measure { remedy, clears: vec![finding], instead: others.collect() });
        }
        // What is about something that goes is cleared by what removes that.
        for step in self.choice.steps.iter().filter(|step| step.remedy.is_none()) {
            let Some(finding) = self.finding(step.finding) else { continue };
            let removes = |change: &Change| matches!(change, Change::Remove(gone) if *gone == finding.address);
            if let Some(measure) = measures.iter_mut().find(|measure| measure.remedy.changes.iter().any(removes)) {
                measure.clears.push(finding);
            }
        }
        measures
    }

    /// What stays, with the reasons in words.
    pub(super) fn left(&self) -> Vec<(&Finding, &'static str)> {
        let left = self.choice.left.iter();
        left.filter_map(|(at, why)| Some((self.finding(*at)?, reason(*why)))).collect()
    }

    /// What it comes to, in a sentence.
    pub(super) fn verdict(&self, currency: &str) -> String {
        let violations = size(self.violations());
        if violations == 0 {
            return "Nothing is violated: there is nothing to do.".to_owned();
        }
        let measures = self.measures();
        let cleared = size(self.choice.steps.len());
        if measures.is_empty() {
            return format!("None of {} can be cleared.", counted(violations, "violation"));
        }
        let all = if cleared == violations { "all" } else { "some" };
        let unpriced = measures.iter().filter(|measure| measure.is_unpriced()).count();
        let beside = match unpriced {
            0 => String::new(),
            1 => ", and what one of them costs cannot be told".to_owned(),
            many => format!(", and what {many} of them cost cannot be told"),
        };
        format!(
            "{} {} {cleared} of {} ({all}) for {} a month{beside}.",
            counted(size(measures.len()), "change"),
            if measures.len() == 1 { "clears" } else { "clear" },
            counted(violations, "violation"),
            self.choice.sum.expected.signed(currency),
        )
    }

    /// What the bill becomes, in a sentence.
    pub(super) fn bill(&self, currency: &str) -> String {
        let after = self.bill.sum.expected;
        let range = self.choice.sum;
        let spread = if range.is_flat() {
            String::new()
        } else {
            format!(
                " ({} at the least and {} at the most, as things scale)",
                range.minimum.signed(currency),
                range.maximum.signed(currency)
            )
        };
        let margin = if range.margin == Money::ZERO {
            String::new()
        } else {
            format!(", within {} because prices are estimates", range.margin.of(currency))
        };
        let complete = if self.bill.is_complete() { "" } else { "; the bill is incomplete" };
        format!(
            "The plan as it is: {} a month; with all of it: {}{spread}{margin}{complete}.{}",
            after.of(currency),
            (after + range.expected).of(currency),
            self.apart(currency)
        )
    }

    /// That the prices of single changes add up to something else, in a sentence, if they do.
    fn apart(&self, currency: &str) -> String {
        let apart = |measure: &Measure<'_>| match &measure.remedy.monthly_delta {
            Delta::Costs(costs) => costs.expected,
            Delta::Free(_) | Delta::NotPriced(_) => Money::ZERO,
        };
        let sum = self.measures().iter().map(apart).fold(Money::ZERO, |sum, one| sum + one);
        if sum.cents() == self.choice.sum.expected.cents() {
            return String::new();
        }
        format!(
            " One by one they would come to {}: some of them change what others cost, and all are priced together.",
            sum.signed(currency)
        )
    }

    /// Why nothing is cheaper, in a sentence.
    pub(super) fn why(&self, budget: Option<Money>, currency: &str) -> String {
        let sets = counted(size(self.choice.weighed), "set");
        let what = match budget {
            None => "no other clears as many and costs less".to_owned(),
            Some(budget) => {
                let budget = budget.of(currency);
                format!(
                    "no other clears graver findings for up to {budget} a month, and none that clears these costs less"
                )
            }
        };
        if self.choice.exact {
            return format!("Every combination of ways out was weighed, {sets} of changes that hang together: {what}.");
        }
        format!(
            "More hangs together than can be weighed: after {sets} of changes the search was ended, and a cheaper combination may exist."
        )
    }
}

impl Measure<'_> {
    pub(super) fn is_unpriced(&self) -> bool {
        matches!(self.remedy.monthly_delta, Delta::NotPriced(_))
    }

    /// What else would do, each with its price.
    pub(super) fn instead(&self) -> Vec<String> {
        self.instead.iter().map(|other| format!("{} ({})", other.title, delta(&other.monthly_delta))).collect()
    }
}

/// A finding, its severity, and what tells it from others of the same rule on the same resource.
pub(super) fn named(finding: &Finding) -> String {
    let Finding { rule, severity, key, .. } = finding;
    match key.as_str() {
        "" => format!("{} ({})", rule.name, severity.as_str()),
        key => format!("{} ({}, {key})", rule.name, severity.as_str()),
    }
}

/// Why a finding stays, in words.
pub(super) const fn reason(left: Left) -> &'static str {
    match left {
        Left::NoWayOut => "no way out is known that is enough by itself",
        Left::Excluded => "each way out excludes one that another finding needs",
        Left::Budget => "the budget does not reach",
        Left::NotPriced => "what its ways out cost cannot be told, and so not whether the budget reaches",
    }
}

/// The name of the reason, for machines.
pub(super) const fn reason_name(left: Left) -> &'static str {
    match left {
        Left::NoWayOut => "no-way-out",
        Left::Excluded => "excluded",
        Left::Budget => "budget",
        Left::NotPriced => "not-priced",
    }
}

fn size(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}
