//! The pipeline: text, plan, facts, graph, topology, findings, advice. Each step is one function.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;

use crate::advice::{Advice, Priced, Status, choose, compare, price};
use crate::asides::{Asides, Tagged};
use crate::catalogue;
use crate::cost::{self, Balance, Bill, Comparison, Hearing, Said, Terms, Usage, without_region};
use crate::facts::{Declarations, Facts};
use crate::finding::{Finding, Verdict};
use crate::graph::{Entry, Graph};
use crate::model::{Action, Address, Attr, Evidence, Mode, Provenance, Show, Stage, Text, Why};
use crate::plan::{Input, Kept, Plan, PlanError, Resolver, read};
use crate::policy::Policy;
use crate::prices::Book;
use crate::report::{
    Applied, CostReport, CostTotals, Counsel, Exempted, PlanCost, PlanCounsel, PlanSummary, Report, Told,
};
use crate::rules::{self, Judgement, Rule};
use crate::topology::{Heard, Ledger, Topology};
use crate::units::Money;

/// What is known of one side of an instance; nothing of a type that the catalogue does not know.
type Known = Option<Arc<Facts>>;

/// A plan with what is known of each instance.
type Described<'k> = Plan<'k, Known>;

/// Checks every plan in `inputs`, with nothing said of them.
///
/// # Errors
/// When one of them cannot be read; nothing is reported then.
pub fn check(inputs: Vec<Input>, policy: &Policy) -> Result<Report, PlanError> {
    check_declared(inputs, policy, &Declarations::default())
}

/// Checks every plan in `inputs`, and takes in what is said of the system that no plan shows.
///
/// # Errors
/// When one of them cannot be read; nothing is reported then.
pub fn check_declared(inputs: Vec<Input>, policy: &Policy, declared: &Declarations) -> Result<Report, PlanError> {
    check_priced(inputs, policy, declared, None)
}

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

/// Checks every plan in `inputs`, and adds up what they cost where there is something to go by.
///
/// # Errors
/// When one of them cannot be read; nothing is reported then.
pub fn check_priced(
    inputs: Vec<Input>,
    policy: &Policy,
    declared: &Declarations,
    costing: Option<&Costing<'_>>,
) -> Result<Report, PlanError> {
    let mut report = Report::default();
    let mut asides = Asides::new(policy, declared);
    let mut till = costing.map(Till::new);
    let last = inputs.len().saturating_sub(1);
    for (at, input) in inputs.into_iter().enumerate() {
        let kept = Kept::default();
        let plans = read(&input, &kept, &describe)?;
        // All that is judged has been read: the text, most of what is in memory, has done its work.
        drop(input);
        for plan in plans {
            let number = report.plans.len();
            report.plans.push(summarise(&plan));
            let references = plan.references();
            let tagged = tagged(&plan);
            let Judged { mut advice, passed, heard, ledgers } = judge(
                &plan,
                &references,
                policy,
                &declared.with(tagged.said.clone()),
                costing.map(|costing| costing.terms),
            );
            if let Some(till) = &mut till {
                till.add_up(ledgers);
            }
            let told = |advice: Advice| {
                let position = plan.instance(&advice.finding.address).and_then(|instance| instance.position);
                Told { plan: number, position, advice }
            };
            let all = advice.len();
            let exempted = asides.exempt(&mut advice);
            let counted = all - exempted.len();
            advice.retain(|advice| policy.tells(&advice.finding));
            report.left_out += counted - advice.len();
            if let Some(summary) = report.plans.last_mut() {
                summary.notes.extend(missing_source(&plan, &advice));
                summary.notes.extend(asides.hear(&heard, &tagged));
            }
            let exempted = exempted.into_iter().filter(|(advice, _)| policy.tells(&advice.finding));
            report.exempted.extend(exempted.map(|(advice, exemption)| Exempted {
                told: told(advice),
                reason: exemption.reason.clone(),
                until: exemption.until.map(|until| until.to_string()),
                place: exemption.place.clone(),
            }));
            report.told.extend(advice.into_iter().map(told));
            for (rule, passed) in passed {
                match report.rules.iter_mut().find(|applied| applied.meta.name == rule.meta.name) {
                    Some(applied) => applied.passed += passed,
                    None => report.rules.push(Applied { meta: &rule.meta, passed }),
                }
            }
            // Taking thousands of instances apart takes longer than ending the process, which gives back all of it.
            if at == last {
                std::mem::forget(references);
                std::mem::forget(plan);
            }
        }
    }
    let applied: Vec<&str> = report.rules.iter().map(|applied| applied.meta.name).collect();
    report.notes = asides.notes(&applied);
    if let Some(till) = till {
        report.notes.extend(till.hearing.notes());
        report.notes.extend(till.notes);
        report.cost = Some(till.totals);
    }
    Ok(report)
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
            let Judged { mut advice, mut ledgers, .. } =
                judge(&plan, &references, policy, &declared, Some(costing.terms));
            asides.exempt(&mut advice);
            advice.retain(|advice| advice.status != Status::Resolved && policy.tells(&advice.finding));
            till.open(&mut ledgers);
            let priced = Priced { ledger: &ledgers.after, terms: costing.terms };
            let findings: Vec<&Finding> = advice.iter().map(|advice| &advice.finding).collect();
            let choice = choose(&findings, budget, &priced);
            let bill = cost::totals(&ledgers.after, costing.terms);
            counsel.plans.push(PlanCounsel { plan: summarise(&plan), advice, choice, bill });
        }
    }
    counsel.notes = till.hearing.notes();
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

/// Draws the graph of every plan in `input` at `stage`.
///
/// # Errors
/// When it cannot be read.
pub fn graphs(input: &Input, stage: Stage) -> Result<Vec<Graph>, PlanError> {
    let kept = Kept::default();
    let plans = read(input, &kept, &describe)?;
    Ok(plans.iter().map(|plan| connect(plan, &plan.references(), stage)).collect())
}

/// Builds the topologies of every plan in `input`, before and after, with nothing said of them.
///
/// # Errors
/// When it cannot be read.
pub fn topologies(input: &Input) -> Result<Vec<(String, [Topology; 2])>, PlanError> {
    topologies_declared(input, &Declarations::default())
}

/// Builds the topologies of every plan in `input`, before and after.
///
/// # Errors
/// When it cannot be read.
pub fn topologies_declared(input: &Input, declared: &Declarations) -> Result<Vec<(String, [Topology; 2])>, PlanError> {
    let kept = Kept::default();
    let plans = read(input, &kept, &describe)?;
    let both = |plan: &Described<'_>| {
        let references = plan.references();
        let declared = declared.with(tagged(plan).said);
        let build = |stage| Topology::build(&connect(plan, &references, stage), stage, is_partial(plan), &declared);
        (plan.name.clone(), [build(Stage::Before), build(Stage::After)])
    };
    Ok(plans.iter().map(both).collect())
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
struct Ledgers {
    /// `None` where nothing changes: both are one.
    before: Option<Ledger>,
    after: Ledger,
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
struct Till<'c> {
    costing: Costing<'c>,
    hearing: Hearing<'c>,
    totals: CostTotals,
    /// What a usage file tells of and no plan: it is billed once, whatever the number of plans.
    alone: Vec<(Address, Text, Arc<Facts>)>,
    /// What is assumed.
    notes: Vec<String>,
}

impl<'c> Till<'c> {
    fn new(costing: &Costing<'c>) -> Self {
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
    fn add_up(&mut self, mut ledgers: Ledgers) {
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

/// Reads the facts of one side of an instance.
fn describe(kind: &str, mode: Mode, read: &Show<'_>) -> Known {
    catalogue::describe(kind, mode, read)
}

fn summarise(plan: &Described<'_>) -> PlanSummary {
    let mut not_understood: BTreeMap<String, usize> = BTreeMap::new();
    let mut understood = 0;
    for instance in &plan.instances {
        if catalogue::understands(&instance.kind, instance.mode) {
            understood += 1;
            continue;
        }
        let prefix = if instance.mode == Mode::Data { "data." } else { "" };
        *not_understood.entry(format!("{prefix}{}", instance.kind)).or_default() += 1;
    }
    PlanSummary {
        name: plan.name.clone(),
        path: plan.path.clone(),
        document: plan.document,
        terraform_version: plan.terraform_version.clone(),
        resources: plan.instances.len(),
        understood,
        not_understood,
        complete: plan.complete,
        errored: plan.errored,
        notes: plan.notes.clone(),
    }
}

/// Joins what exists at `stage`.
fn connect(plan: &Described<'_>, references: &Resolver<'_, Known>, stage: Stage) -> Graph {
    let entries = plan.instances.iter().enumerate().filter_map(|(at, instance)| {
        let facts = match stage {
            Stage::Before => instance.before.as_ref()?,
            Stage::After => instance.after.as_ref()?,
        };
        Some(Entry {
            instance: at,
            address: instance.address.clone(),
            kind: instance.kind.clone(),
            mode: instance.mode,
            // As things stand, nothing has been done yet.
            action: if stage == Stage::Before { Action::Keep } else { instance.action },
            facts: facts.clone(),
        })
    });
    Graph::connect(entries, references)
}

/// What tags say of the system: as they will be, and of what goes as they are. They say the same of the system before:
/// somebody who adds a tag changes what is known, not what there is.
fn tagged(plan: &Described<'_>) -> Tagged {
    let managed = plan.instances.iter().filter(|instance| instance.mode == Mode::Managed);
    Tagged::of(managed.filter_map(|instance| {
        let facts = instance.after.as_ref().or(instance.before.as_ref())?.as_ref()?;
        Some((&instance.address, facts.tags.as_deref()?))
    }))
}

/// Whether a plan is only a part of what its configuration makes.
fn is_partial(plan: &Described<'_>) -> bool {
    plan.complete == Some(false) || plan.errored
}

/// Says where a value comes from that the plan itself does not know.
fn locate(plan: &Described<'_>, evidence: &mut Evidence) {
    if evidence.source == Provenance::Plan
        && let Some(place) = plan.written_at(&evidence.address, &evidence.attribute)
    {
        evidence.source = Provenance::Configuration(format!("{}:{}", place.file, place.line).into());
    }
}

/// What would tell more, if something is left open only because the configuration's text is not at hand.
fn missing_source(plan: &Described<'_>, told: &[Advice]) -> Option<String> {
    let computed = Why::Computed.to_string();
    let is_open = |advice: &Advice| {
        let finding = &advice.finding;
        let is_written = |evidence: &Evidence| {
            let head = evidence.attribute.split('.').next().unwrap_or_default();
            evidence.value.contains(&computed) && plan.sets(&evidence.address, head)
        };
        finding.verdict == Verdict::Undetermined
            && (finding.evidence.iter().any(is_written)
                || finding.message.split([' ', '(']).any(|word| word.starts_with("local.")))
    };
    let lifted = told.iter().filter(|advice| is_open(advice)).count();
    if plan.has_source() || lifted == 0 {
        return None;
    }
    let (what, verb) = if lifted == 1 { ("finding", "rests") } else { ("findings", "rest") };
    Some(format!(
        "{lifted} undetermined {what} {verb} on values that the plan knows only after apply and the configuration may tell: pass --planfile tfplan, or --source DIR"
    ))
}

/// What comes of both worlds.
struct Judged {
    advice: Vec<Advice>,
    passed: Vec<(&'static Rule, usize)>,
    heard: Heard,
    ledgers: Ledgers,
}

/// Whether nothing is there yet.
fn is_new(plan: &Described<'_>) -> bool {
    !plan.instances.iter().any(|instance| instance.before.is_some() && instance.mode == Mode::Managed)
}

/// Whether nothing changes: both worlds are one.
fn is_kept(plan: &Described<'_>) -> bool {
    plan.instances.iter().all(|instance| !instance.action.changes())
}

/// Judges both worlds, and compares. What is said of the system holds in both: it is knowledge, and no change.
fn judge(
    plan: &Described<'_>,
    references: &Resolver<'_, Known>,
    policy: &Policy,
    declared: &Declarations,
    terms: Option<&Terms>,
) -> Judged {
    let world = |stage| {
        // The graph is gone before the rules begin.
        let mut topology = Topology::build(&connect(plan, references, stage), stage, is_partial(plan), declared);
        let heard = std::mem::take(&mut topology.heard);
        let mut judged = rules::judge(&topology, policy);
        // Nobody takes a way out of what is over.
        if stage == Stage::After {
            for (_, judgement) in &mut judged {
                price(&mut judgement.findings, &topology.ledger, terms);
            }
        }
        (judged, heard, topology.ledger)
    };
    let (before, (after, mut heard, ledger)) = match (is_new(plan), is_kept(plan)) {
        (true, _) => (Some((Vec::new(), Heard::default(), Ledger::default())), world(Stage::After)),
        (false, true) => (None, world(Stage::After)),
        // Beside each other: much of what is done for one world, one core does.
        (false, false) => {
            let (after, before) = rayon::join(|| world(Stage::After), || world(Stage::Before));
            (Some(before), after)
        }
    };
    let changes = |address: &Address| plan.instance(address).is_some_and(|instance| instance.action.changes());
    let flat = |all: Vec<(&'static Rule, Judgement)>| -> Vec<Finding> {
        all.into_iter().flat_map(|(_, judgement)| judgement.findings).collect()
    };
    let passed = after.iter().map(|(rule, judgement)| (*rule, judgement.passed)).collect();
    let mut after = flat(after);
    after.iter_mut().flat_map(|finding| &mut finding.evidence).for_each(|piece| locate(plan, piece));
    let (before, before_ledger) = match before {
        Some((before, met, ledger)) => {
            // What is about to go is met as well.
            heard.met.extend(met.met);
            (flat(before), Some(ledger))
        }
        None => (after.clone(), None),
    };
    let ledgers = Ledgers { before: before_ledger, after: ledger };
    Judged { advice: compare(before, after, &changes), passed, heard, ledgers }
}
