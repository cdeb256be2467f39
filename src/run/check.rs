//! Checks plans: what they introduce, worsen, leave and resolve.

use std::collections::BTreeMap;

use super::costs::{Costing, Till};
use super::judge::{Basis, Judged, judge};
use super::world::{Described, Known, connect, describe, summarise, tagged};
use crate::advice::Advice;
use crate::asides::Asides;
use crate::facts::Declarations;
use crate::finding::Verdict;
use crate::model::{Evidence, Stage, Why};
use crate::plan::{Input, Kept, PlanError, Resolver, read};
use crate::policy::Policy;
use crate::report::{Applied, Exempted, Report, Told};
use crate::repository::Repository;
use crate::rules::Rule;
use crate::units::{counted, few, listed};

/// What is known besides the plans.
#[derive(Clone, Copy, Debug, Default)]
pub struct Beside<'b> {
    /// What prices and usage there are to go by.
    pub costing: Option<&'b Costing<'b>>,
    /// What lies in the repository.
    pub repository: Option<&'b Repository>,
    /// Whether the neighbourhoods of the worst findings are drawn.
    pub pictures: bool,
}

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
    check_beside(inputs, policy, declared, Beside::default())
}

/// Checks every plan in `inputs`, adds up what they cost where there is something to go by, and looks into what lies beside them.
///
/// # Errors
/// When one of them cannot be read; nothing is reported then.
pub fn check_beside(
    inputs: Vec<Input>,
    policy: &Policy,
    declared: &Declarations,
    beside: Beside<'_>,
) -> Result<Report, PlanError> {
    let Beside { costing, repository, pictures } = beside;
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
            let declared = declared.with(tagged.said.clone());
            let terms = costing.map(|costing| costing.terms);
            let basis = Basis { policy, declared: &declared, repository, terms };
            let Judged { mut advice, passed, heard, unseen, ledgers } = judge(&plan, &references, basis);
            if let Some(till) = &mut till {
                till.add_up(ledgers);
            }
            let told = |advice: Advice| {
                let position = plan.instance(&advice.finding.address).and_then(|instance| instance.position);
                Told { plan: number, position, advice }
            };
            let all = advice.len();
            let ignored = asides.ignore(number, plan.ignores(), &tagged);
            let exempted = asides.exempt(number, &mut advice);
            let counted = all - exempted.len();
            advice.retain(|advice| policy.tells(&advice.finding));
            report.left_out += counted - advice.len();
            if let Some(summary) = report.plans.last_mut() {
                summary.notes.extend(missing_source(&plan, &advice));
                summary.notes.extend(not_seen(&unseen));
                summary.notes.extend(asides.hear(&heard, &tagged));
                summary.notes.extend(ignored);
            }
            let exempted = exempted.into_iter().filter(|(advice, _)| policy.tells(&advice.finding));
            report.exempted.extend(exempted.map(|(advice, exemption)| Exempted {
                told: told(advice),
                reason: exemption.reason.clone(),
                until: exemption.until.map(|until| until.to_string()),
                place: exemption.place.clone(),
            }));
            // What is said of a file alone is said once, however many plans lie beside it.
            let is_told = |advice: &Advice| {
                let address = advice.finding.address.as_str();
                let of_file = advice.finding.place.as_ref().is_some_and(|place| place.file == address);
                of_file && report.told.iter().any(|told| told.advice.fingerprint() == advice.fingerprint())
            };
            let advice: Vec<Advice> = advice.into_iter().filter(|advice| !is_told(advice)).collect();
            let first = report.told.len();
            report.told.extend(advice.into_iter().map(told));
            if pictures {
                draw(&plan, &references, first, &mut report);
            }
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
    report.notes.extend(repository.into_iter().flat_map(|repository| repository.notes.iter().cloned()));
    report.notes.extend(repository.into_iter().flat_map(Repository::late_notes));
    if let Some(till) = till {
        report.notes.extend(till.hearing.notes());
        report.notes.extend(till.notes);
        report.cost = Some(till.totals);
    }
    Ok(report)
}

/// Draws the neighbourhoods of the worst new findings, from the one at `first` on, where they are small.
fn draw(plan: &Described<'_>, references: &Resolver<'_, Known>, first: usize, report: &mut Report) {
    const MOST: usize = 3;
    // More boxes are no help in a comment.
    const BOXES: usize = 12;
    let left = MOST.saturating_sub(report.pictures.len());
    let worth = |told: &Told| told.advice.is_new() && told.advice.finding.verdict == Verdict::Violation;
    let told: Vec<&Told> = report.told.iter().skip(first).filter(|told| worth(told)).take(left).collect();
    if told.is_empty() {
        return;
    }
    let graph = connect(plan, references, Stage::After);
    let near = |told: &Told| graph.picture(Some(told.advice.finding.address.as_str()), 1);
    let drawn: Vec<_> = told
        .into_iter()
        .filter_map(|told| Some(((told.plan, told.advice.fingerprint()), near(told)?)))
        .filter(|(_, picture)| (2..=BOXES).contains(&picture.nodes.len()))
        .collect();
    report.pictures.extend(drawn);
}

/// Where rules could not look, in words: one note for all who lack the same.
fn not_seen(unseen: &[(&'static Rule, Vec<Evidence>)]) -> Vec<String> {
    let mut by_place: BTreeMap<Vec<String>, Vec<&str>> = BTreeMap::new();
    for (rule, places) in unseen {
        let place = |Evidence { address, attribute, value, .. }: &Evidence| format!("{attribute} of {address} {value}");
        by_place.entry(places.iter().map(place).collect()).or_default().push(rule.meta.name);
    }
    let note = |(places, rules): (Vec<String>, Vec<&str>)| {
        let number = u64::try_from(places.len()).unwrap_or(u64::MAX);
        format!(
            "{} could not look at the variables of {} with several units: {}; what is kept there can be declared in planwise.yaml",
            listed(rules),
            counted(number, "workload"),
            few(places)
        )
    };
    by_place.into_iter().map(note).collect()
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
