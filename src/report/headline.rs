//! The verdict of a run in a line or two, for every text format.

use super::cost::CostTotals;
use super::summary::{Basis, Exempted, PlanSummary, Report, Summary};
use crate::finding::{Finding, Severity, Verdict};
use crate::model::Place;
use crate::units::{counted, few, listed};

/// How a verdict sounds.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Tone {
    /// All is well, as far as can be told.
    Good,
    /// Nothing new.
    Neutral,
    /// This run brings something as bad as this.
    Bad(Severity),
}

fn count(count: usize, noun: &str) -> String {
    counted(u64::try_from(count).unwrap_or(u64::MAX), noun)
}

fn were(number: usize) -> String {
    format!("{} {} there before", count(number, "problem"), if number == 1 { "was" } else { "were" })
}

/// How one run stands, or several together, in numbers.
#[derive(Clone, Debug, Default)]
pub(super) struct Standing {
    /// How many plans there are.
    pub(super) plans: usize,
    /// The findings, counted.
    pub(super) summary: Summary,
    /// How many violations there are of each severity that count for the run, worst first.
    pub(super) worst: Vec<(Severity, usize)>,
    /// How many findings are exempted.
    pub(super) exempted: usize,
    /// How many were left out as too mild.
    pub(super) left_out: usize,
    /// How many cases that cannot be decided fail the run.
    pub(super) open_failing: usize,
    /// How many limits of the bill are exceeded: each fails the run.
    pub(super) exceeded: usize,
    /// How many plans could not be analysed: each fails the run.
    pub(super) not_analysed: usize,
    /// How many are accepted by a baseline, and by which, where one was named.
    pub(super) accepted: Option<(usize, Vec<String>)>,
}

impl Standing {
    fn of(report: &Report) -> Self {
        let open = report.told.iter().filter(|told| told.advice.finding.verdict == Verdict::Undetermined);
        Self {
            plans: report.plans.len(),
            summary: report.summary(),
            worst: report.by_severity(true),
            exempted: report.exempted.len(),
            left_out: report.left_out,
            open_failing: open.filter(|told| report.fails(told)).count(),
            exceeded: report.cost.as_ref().map_or(0, CostTotals::exceeded),
            // Of one that could not be there is no report.
            not_analysed: 0,
            accepted: report.accepted.as_ref().map(|accepted| (accepted.number, vec![accepted.name.clone()])),
        }
    }

    /// Both together.
    pub(super) fn plus(mut self, other: Self) -> Self {
        let (ours, theirs) = (&mut self.summary, other.summary);
        ours.introduced += theirs.introduced;
        ours.worsened += theirs.worsened;
        ours.existing += theirs.existing;
        ours.resolved += theirs.resolved;
        ours.undetermined += theirs.undetermined;
        ours.passed += theirs.passed;
        self.plans += other.plans;
        self.exempted += other.exempted;
        self.left_out += other.left_out;
        self.open_failing += other.open_failing;
        self.exceeded += other.exceeded;
        self.not_analysed += other.not_analysed;
        self.accepted = match (self.accepted, other.accepted) {
            (Some((ours, mut names)), Some((theirs, more))) => {
                names.extend(more.into_iter().filter(|name| !names.contains(name)).collect::<Vec<_>>());
                Some((ours + theirs, names))
            }
            (ours, theirs) => ours.or(theirs),
        };
        for (severity, count) in other.worst {
            match self.worst.iter_mut().find(|(known, _)| *known == severity) {
                Some((_, sum)) => *sum += count,
                None => self.worst.push((severity, count)),
            }
        }
        self
    }
}

/// The verdict, as a sentence.
pub(super) fn verdict(report: &Report) -> (Tone, String) {
    verdict_of(&Standing::of(report))
}

/// The same of what was counted before. A limit of the bill that is exceeded is a part of it, and so is a plan that could not be
/// analysed: no run that fails is well.
pub(super) fn verdict_of(standing: &Standing) -> (Tone, String) {
    let number = standing.not_analysed;
    if number > 0 && number == standing.plans {
        let text =
            if number == 1 { "This plan could not be analysed." } else { "None of these plans could be analysed." };
        return (Tone::Bad(Severity::High), text.to_owned());
    }
    let (tone, text) = judgement(standing);
    let mut also = Vec::new();
    if number > 0 {
        also.push(format!("{} could not be analysed", count(number, "plan")));
    }
    match standing.exceeded {
        0 => {}
        1 => also.push("1 limit of the bill is exceeded".to_owned()),
        number => also.push(format!("{number} limits of the bill are exceeded")),
    }
    if also.is_empty() {
        return (tone, text);
    }
    let tone = match tone {
        Tone::Bad(severity) => Tone::Bad(severity.max(Severity::High)),
        Tone::Good | Tone::Neutral => Tone::Bad(Severity::High),
    };
    (tone, format!("{}; {}.", text.trim_end_matches('.'), also.join("; ")))
}

/// What the findings come to.
fn judgement(standing: &Standing) -> (Tone, String) {
    let Standing { summary, left_out, .. } = standing;
    let (left_out, several) = (*left_out, standing.plans > 1);
    let subject = if several { "These plans" } else { "This plan" };
    let verb = |verb: &str| if several { verb.to_owned() } else { format!("{verb}s") };
    match (summary.introduced + summary.worsened, summary.existing, summary.undetermined) {
        (0, 0, 0) if standing.exempted > 0 && left_out == 0 => {
            (Tone::Neutral, "No problem found but what is exempted.".to_owned())
        }
        (0, 0, 0) if standing.accepted.as_ref().is_some_and(|(number, _)| *number > 0) => {
            (Tone::Neutral, "No problem found but what the baseline accepts.".to_owned())
        }
        (0, 0, 0) if summary.resolved == 0 && summary.passed == 0 && left_out == 0 => {
            let what = if several { "these plans" } else { "this plan" };
            (Tone::Neutral, format!("Nothing to judge: the rules have no subject in {what}."))
        }
        (0, 0, 0) if left_out > 0 => (Tone::Neutral, "No problem found that is bad enough to be told.".to_owned()),
        (0, 0, 0) => (Tone::Good, "No problem found.".to_owned()),
        (0, 0, _) => (Tone::Neutral, "No problem found, but not everything could be told.".to_owned()),
        (0, existing, _) => (Tone::Neutral, format!("{subject} {} no problem; {}.", verb("bring"), were(existing))),
        _ => {
            let worst: Vec<_> = standing.worst.iter().filter(|(_, count)| *count > 0).collect();
            let tone = worst.first().map_or(Tone::Neutral, |(severity, _)| Tone::Bad(*severity));
            let deeds = [("introduce", summary.introduced), ("worsen", summary.worsened)];
            let deeds = deeds.into_iter().filter(|(_, number)| *number > 0);
            let deeds = listed(deeds.map(|(deed, number)| format!("{} {}", verb(deed), count(number, "problem"))));
            let parts = listed(worst.iter().map(|(severity, count)| format!("{count} {}", severity.as_str())));
            (tone, format!("{subject} {deeds}: {parts}."))
        }
    }
}

/// What else there is to count.
pub(super) fn aside(report: &Report) -> Option<String> {
    aside_of(&Standing::of(report))
}

/// The same of what was counted before.
pub(super) fn aside_of(standing: &Standing) -> Option<String> {
    let summary = &standing.summary;
    let new = summary.introduced + summary.worsened;
    let mut parts = Vec::new();
    if new > 0 && summary.existing > 0 {
        parts.push(were(summary.existing));
    }
    if summary.resolved > 0 {
        parts.push(format!("{} resolved", count(summary.resolved, "problem")));
    }
    if standing.left_out > 0 {
        parts.push(format!("{} left out as too mild", count(standing.left_out, "finding")));
    }
    if summary.undetermined > 0 {
        let fail = match standing.open_failing {
            0 => String::new(),
            1 if summary.undetermined == 1 => ", which fails this run".to_owned(),
            number if number == summary.undetermined => ", which fail this run".to_owned(),
            number => format!(", of which {number} fail this run"),
        };
        parts.push(format!("{} undetermined{fail}", count(summary.undetermined, "case")));
    }
    if standing.exempted > 0 {
        parts.push(format!("{} exempted", count(standing.exempted, "finding")));
    }
    if let Some((number, names)) = &standing.accepted {
        parts.push(format!("{} accepted by {}", count(*number, "finding"), few(names)));
    }
    (!parts.is_empty()).then(|| format!("{}.", parts.join(", ")))
}

/// The rules that were applied, by name where they are few, and how many checks passed.
pub(super) fn applied(report: &Report) -> String {
    let names: Vec<&str> = report.rules.iter().map(|rule| rule.meta.name).collect();
    applied_of(&names, report.summary().passed, report.basis.as_ref())
}

/// The same of rules by their names.
pub(super) fn applied_of(rules: &[&str], passed: usize, basis: Option<&Basis>) -> String {
    const FEW: usize = 3;
    let names = if rules.len() > FEW { String::new() } else { format!(" ({})", listed(rules)) };
    let (rules, passed) = (count(rules.len(), "rule"), count(passed, "check"));
    let basis = match basis {
        Some(Basis { config: Some(config), policy }) => format!(" Configured by {config}, policy {policy}."),
        Some(Basis { config: None, policy }) => format!(" Policy {policy}."),
        None => String::new(),
    };
    format!("{rules} applied{names}; {passed} passed.{basis}")
}

/// Why, and until when, somebody lives with a finding: `one is enough here (planwise.yaml:7, until 2027-03-31)`.
pub(super) fn exemption(exempted: &Exempted) -> String {
    let until = exempted.until.as_ref().map_or_else(String::new, |until| format!(", until {until}"));
    format!("{} ({}{until})", exempted.reason, exempted.place)
}

/// What a reader should know of how a plan was read.
pub(super) fn notes(plan: &PlanSummary) -> Vec<String> {
    let mut notes = reservations(plan);
    notes.extend(plan.notes.iter().cloned());
    notes
}

/// Why a verdict on a plan may not be all: the same whoever asks, and when.
pub(super) fn reservations(plan: &PlanSummary) -> Vec<String> {
    let mut notes = Vec::new();
    if plan.errored {
        notes.push("planning failed on the way: only a part of the system is in this plan".to_owned());
    }
    if plan.complete == Some(false) && !plan.errored {
        notes.push("the plan is incomplete (-target, or deferred changes): more is to come".to_owned());
    }
    if plan.understood == 0 && plan.resources > 0 {
        notes.push(format!(
            "none of its {} is of a type that planwise understands: silence here says nothing",
            count(plan.resources, "resource")
        ));
    }
    notes
}

/// What a finding is about: a resource, or a line of a file.
pub(super) fn subject(finding: &Finding) -> String {
    match &finding.place {
        Some(place) if place.file.as_str() == finding.address.as_str() => place.to_string(),
        _ => finding.address.to_string(),
    }
}

/// Where it is written, unless that is what it is about: `main.tf:12`.
pub(super) fn place(finding: &Finding) -> Option<String> {
    let place = finding.place.as_ref().filter(|place| place.file.as_str() != finding.address.as_str())?;
    // A column helps machines only.
    Some(Place { column: None, ..place.clone() }.to_string())
}
