//! Bills of plans, and advice that goes by them.

use std::sync::Arc;

use jiff::civil::Date;

use super::judge::{Basis, Judged, judge};
use super::world::{Described, connect, describe, is_kept, is_new, is_partial, summarise, tagged};
use crate::advice::{Priced, Status, choose};
use crate::asides::Asides;
use crate::catalogue;
use crate::cost::{self, Balance, Bill, Comparison, Hearing, Said, Terms, Usage, without_region};
use crate::facts::{Declarations, Facts};
use crate::finding::Finding;
use crate::model::{Address, Attr, Stage, Text};
use crate::plan::{Input, Kept, PlanError, read};
use crate::policy::Policy;
use crate::prices::Book;
use crate::report::{CostReport, CostTotals, Counsel, PlanCost, PlanCounsel, PlanSummary};
use crate::repository::Repository;
use crate::topology::{Ledger, Topology};
use crate::units::Money;

/// What bills are written by.
#[derive(Clone, Copy, Debug)]
pub struct Costing<'c> {
    /// Prices, usage and the day.
    pub terms: &'c Terms,
    /// What the usage file says of what, and where.
    pub said: &'c [Said],
}

/// The terms on which everything in the catalogue is billed.
pub fn terms(book: Book, usage: Usage, day: Date) -> Terms {
    Terms::new(book, usage, day, catalogue::is_free)
}

/// Writes the bills of every plan in `inputs`, before and after, beside each other.
///
/// # Errors
/// When one of them cannot be read; nothing is reported then.
pub fn costs(inputs: Vec<Input>, declared: &Declarations, costing: &Costing<'_>) -> Result<CostReport, PlanError> {
    let mut report = CostReport::default();
    let mut till = Till::new(costing);
    let last = inputs.len().saturating_sub(1);
    for (at, input) in inputs.into_iter().enumerate() {
        let kept = Kept::default();
        let plans = read(&input, &kept, &describe)?;
        drop(input);
        for plan in plans {
            let bill = till.compare(ledgers(&plan, declared));
            report.plans.push(PlanCost { plan: summarise(&plan), bill });
            if at == last {
                std::mem::forget(plan);
            }
        }
    }
    report.notes = till.hearing.notes();
    report.notes.extend(till.notes);
    report.totals = till.totals;
    Ok(report)
}

/// What to do about all that every plan in `inputs` leaves violated: the cheapest changes that clear it, or the gravest that fit
/// into `budget`.
///
/// # Errors
/// When one of them cannot be read; nothing is reported then.
pub fn advise(
    inputs: Vec<Input>,
    policy: &Policy,
    declared: &Declarations,
    costing: &Costing<'_>,
    repository: Option<&Repository>,
    budget: Option<Money>,
) -> Result<Counsel, PlanError> {
    let mut counsel = Counsel { currency: costing.terms.currency().into(), budget, ..Counsel::default() };
    let mut asides = Asides::new(policy, declared);
    let mut till = Till::new(costing);
    for input in inputs {
        let kept = Kept::default();
        let plans = read(&input, &kept, &describe)?;
        drop(input);
        for plan in plans {
            let references = plan.references();
            let tagged = tagged(&plan);
            let declared = declared.with(tagged.said.clone());
            let basis = Basis { policy, declared: &declared, repository, terms: Some(costing.terms) };
            let Judged { mut advice, mut ledgers, .. } = judge(&plan, &references, basis);
            let number = counsel.plans.len();
            // Plans of one configuration have the same comments.
            for note in asides.ignore(number, plan.ignores(), &tagged) {
                if !counsel.notes.contains(&note) {
                    counsel.notes.push(note);
                }
            }
            asides.exempt(number, &mut advice);
            advice.retain(|advice| advice.status != Status::Resolved && policy.tells(&advice.finding));
            till.open(&mut ledgers);
            let priced = Priced { ledger: &ledgers.after, terms: costing.terms };
            let findings: Vec<&Finding> = advice.iter().map(|advice| &advice.finding).collect();
            let choice = choose(&findings, budget, &priced);
            let bill = cost::totals(&ledgers.after, costing.terms);
            counsel.plans.push(PlanCounsel { plan: summarise(&plan), advice, choice, bill });
        }
    }
    counsel.notes.extend(till.hearing.notes());
    counsel.notes.extend(till.notes);
    Ok(counsel)
}

/// The ledgers of every plan in `input`, as they will be, with their names.
///
/// # Errors
/// When it cannot be read.
pub fn ledgers_after(input: &Input, declared: &Declarations) -> Result<Vec<(String, Ledger)>, PlanError> {
    let kept = Kept::default();
    let plans = read(input, &kept, &describe)?;
    Ok(plans.iter().map(|plan| (plan.name.clone(), ledgers(plan, declared).after)).collect())
}

/// Writes the bills of every plan in `input`, before and after, beside each other.
///
/// # Errors
/// When it cannot be read.
pub fn bills(input: &Input, terms: &Terms) -> Result<Vec<(PlanSummary, Comparison)>, PlanError> {
    let kept = Kept::default();
    let plans = read(input, &kept, &describe)?;
    let declared = Declarations::default();
    let mut till = Till::new(&Costing { terms, said: &[] });
    Ok(plans.iter().map(|plan| (summarise(plan), till.compare(ledgers(plan, &declared)))).collect())
}

/// What the bills of both stages depend on.
pub(super) struct Ledgers {
    /// `None` where nothing changes: both are one.
    pub(super) before: Option<Ledger>,
    pub(super) after: Ledger,
}

fn ledgers(plan: &Described<'_>, declared: &Declarations) -> Ledgers {
    let references = plan.references();
    let declared = declared.with(tagged(plan).said);
    let ledger = |stage| {
        let mut topology = Topology::build(&connect(plan, &references, stage), stage, is_partial(plan), &declared);
        std::mem::take(&mut topology.ledger)
    };
    match (is_new(plan), is_kept(plan)) {
        (true, _) => Ledgers { before: Some(Ledger::default()), after: ledger(Stage::After) },
        (false, true) => Ledgers { before: None, after: ledger(Stage::After) },
        (false, false) => {
            let (after, before) = rayon::join(|| ledger(Stage::After), || ledger(Stage::Before));
            Ledgers { before: Some(before), after }
        }
    }
}

/// Adds up bills, plan by plan.
pub(super) struct Till<'c> {
    costing: Costing<'c>,
    pub(super) hearing: Hearing<'c>,
    pub(super) totals: CostTotals,
    /// What a usage file tells of and no plan: it is billed once, whatever the number of plans.
    alone: Vec<(Address, Text, Arc<Facts>)>,
    /// What is assumed.
    pub(super) notes: Vec<String>,
}

impl<'c> Till<'c> {
    pub(super) fn new(costing: &Costing<'c>) -> Self {
        let Costing { terms, said } = *costing;
        let kind = |address: &'_ str| Text::from(address.split('.').next().unwrap_or_default());
        let alone = terms.usage.addresses.iter().filter_map(|(address, values)| {
            let region = values.get("region").map_or(Attr::Unset, |region| Attr::Set(region.clone()));
            let facts = catalogue::of_usage_alone(&kind(address), region)?;
            Some((Address::new(address.as_str()), kind(address), facts))
        });
        let totals = CostTotals { currency: terms.currency().into(), ..CostTotals::default() };
        Self { costing: *costing, hearing: Hearing::new(said), totals, alone: alone.collect(), notes: Vec::new() }
    }

    /// What is said of resources is heard; what no plan has is added where anything stands.
    fn open(&mut self, ledgers: &mut Ledgers) {
        let mut is_added = false;
        for ledger in [Some(&mut ledgers.after), ledgers.before.as_mut()].into_iter().flatten() {
            if ledger.entries().iter().any(|entry| entry.managed) {
                is_added = true;
                self.alone.iter().cloned().for_each(|(address, kind, facts)| ledger.add(address, kind, facts));
            }
            self.hearing.listen(ledger);
        }
        if is_added {
            self.alone.clear();
        }
        let without = without_region(&ledgers.after);
        match ledgers.after.likely_region().and_then(Attr::known) {
            Some(region) if without > 0 && self.costing.terms.assumed_region.is_none() => {
                let (what, verb) = if without == 1 { ("resource", "is") } else { ("resources", "are") };
                self.notes.push(format!(
                    "{without} {what} of which the plan does not tell the region {verb} taken to be in {region}, where all others are"
                ));
            }
            _ => self.totals.without_region += without,
        }
    }

    fn add(&mut self, balance: Balance) {
        self.totals.balance = std::mem::take(&mut self.totals.balance).plus(balance);
    }

    /// Takes in the totals of a plan.
    pub(super) fn add_up(&mut self, mut ledgers: Ledgers) {
        self.open(&mut ledgers);
        let Ledgers { before, after } = &ledgers;
        self.add(cost::balance(before.as_ref().unwrap_or(after), after, self.costing.terms));
    }

    /// Takes them in, and keeps the lines.
    fn compare(&mut self, mut ledgers: Ledgers) -> Comparison {
        self.open(&mut ledgers);
        let Ledgers { before, after } = &ledgers;
        let bill = |ledger: &Ledger| cost::bill(ledger, self.costing.terms);
        let after = bill(after);
        let before = before.as_ref().map_or_else(|| Bill { items: after.items.clone() }, bill);
        let comparison = Comparison::of(before, after);
        self.add(comparison.balance());
        comparison
    }
}
