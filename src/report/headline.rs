//! The verdict of a run in a line or two, for every text format.

use super::summary::{Basis, Exempted, PlanSummary, Report};
use crate::finding::{Finding, Severity, Verdict};
use crate::model::Place;
use crate::units::{counted, listed};

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

/// The verdict, as a sentence.
pub(super) fn verdict(report: &Report) -> (Tone, String) {
    let summary = report.summary();
    let several = report.plans.len() > 1;
    let subject = if several { "These plans" } else { "This plan" };
    let verb = |verb: &str| if several { verb.to_owned() } else { format!("{verb}s") };
    match (summary.introduced + summary.worsened, summary.existing, summary.undetermined) {
        (0, 0, 0) if !report.exempted.is_empty() && report.left_out == 0 => {
            (Tone::Neutral, "No problem found but what is exempted.".to_owned())
        }
        (0, 0, 0) if report.accepted.as_ref().is_some_and(|accepted| accepted.number > 0) => {
            (Tone::Neutral, "No problem found but what the baseline accepts.".to_owned())
        }
        (0, 0, 0) if summary.resolved == 0 && summary.passed == 0 && report.left_out == 0 => {
            let what = if several { "these plans" } else { "this plan" };
            (Tone::Neutral, format!("Nothing to judge: the rules have no subject in {what}."))
        }
        (0, 0, 0) if report.left_out > 0 => {
            (Tone::Neutral, "No problem found that is bad enough to be told.".to_owned())
        }
        (0, 0, 0) => (Tone::Good, "No problem found.".to_owned()),
        (0, 0, _) => (Tone::Neutral, "No problem found, but not everything could be told.".to_owned()),
        (0, existing, _) => (Tone::Neutral, format!("{subject} {} no problem; {}.", verb("bring"), were(existing))),
        _ => {
            let worst: Vec<_> = report.by_severity(true).into_iter().filter(|(_, count)| *count > 0).collect();
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
    let summary = report.summary();
    let new = summary.introduced + summary.worsened;
    let mut parts = Vec::new();
    if new > 0 && summary.existing > 0 {
        parts.push(were(summary.existing));
    }
    if summary.resolved > 0 {
        parts.push(format!("{} resolved", count(summary.resolved, "problem")));
    }
    if report.left_out > 0 {
        parts.push(format!("{} left out as too mild", count(report.left_out, "finding")));
    }
    if summary.undetermined > 0 {
        let failing = report.told.iter().filter(|told| told.advice.finding.verdict == Verdict::Undetermined);
        let failing = failing.filter(|told| report.fails(told)).count();
        let fail = match failing {
            0 => String::new(),
            1 if summary.undetermined == 1 => ", which fails this run".to_owned(),
            number if number == summary.undetermined => ", which fail this run".to_owned(),
            number => format!(", of which {number} fail this run"),
        };
        parts.push(format!("{} undetermined{fail}", count(summary.undetermined, "case")));
    }
    if !report.exempted.is_empty() {
        parts.push(format!("{} exempted", count(report.exempted.len(), "finding")));
    }
    if let Some(accepted) = &report.accepted {
        parts.push(format!("{} accepted by {}", count(accepted.number, "finding"), accepted.name));
    }
    (!parts.is_empty()).then(|| format!("{}.", parts.join(", ")))
}

/// The rules that were applied, by name where they are few, and how many checks passed.
pub(super) fn applied(report: &Report) -> String {
    const FEW: usize = 3;
    let names = listed(report.rules.iter().map(|rule| rule.meta.name));
    let names = if report.rules.len() > FEW { String::new() } else { format!(" ({names})") };
    let (rules, passed) = (count(report.rules.len(), "rule"), count(report.summary().passed, "check"));
    let basis = match &report.basis {
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
