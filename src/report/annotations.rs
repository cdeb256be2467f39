//! What GitHub Actions and Azure Pipelines are told of a run, as errors, warnings and notices: what fails it, what is to be known of how
//! the plans were read, and the other findings.

use super::headline;
use super::issues::{Level, Spot, exceeded, is_old, message, names, own_spot, standing};
use super::summary::{Report, Told};
use super::text::sentence;

/// So many of each kind are shown of one step, by either.
pub(super) const SHOWN: usize = 10;

/// One of them.
pub(super) struct Note {
    pub(super) level: Level,
    pub(super) spot: Option<Spot>,
    /// The rule, or what else it is about.
    pub(super) code: String,
    /// How bad it is, where it is a finding.
    pub(super) severity: Option<&'static str>,
    /// The plan, where there are several.
    pub(super) plan: Option<String>,
    pub(super) text: String,
}

impl Note {
    fn of_run(level: Level, code: &str, plan: Option<String>, text: String) -> Self {
        Self { level, spot: None, code: code.to_owned(), severity: None, plan, text }
    }
}

/// The verdict, and what else there is to count.
pub(super) fn verdict(report: &Report) -> String {
    let aside = headline::aside(report).map_or_else(String::new, |aside| format!(" {}", sentence(&aside)));
    format!("{}{aside}", headline::verdict(report).1)
}

/// All of them: of each kind what matters most first.
pub(super) fn notes(report: &Report) -> Vec<Note> {
    let plans = names(report);
    let plan = |at: usize| plans.get(at).filter(|_| plans.len() > 1).cloned();
    let mut all: Vec<Note> =
        exceeded(report).into_iter().map(|text| Note::of_run(Level::Error, "cost", None, text)).collect();
    let warning = |plan, text: &str| {
        Note::of_run(Level::Warning, "plan", plan, format!("{}.", sentence(text.trim_end_matches('.'))))
    };
    for (at, read) in report.plans.iter().enumerate() {
        all.extend(headline::reservations(read).iter().map(|text| warning(plan(at), text)));
    }
    all.extend(standing(report).into_iter().map(|told| of_finding(report, told, plan(told.plan))));
    for (at, read) in report.plans.iter().enumerate() {
        all.extend(read.notes.iter().map(|text| warning(plan(at), text)));
    }
    all.extend(report.notes.iter().map(|text| warning(None, text)));
    all
}

fn of_finding(report: &Report, told: &Told, plan: Option<String>) -> Note {
    let finding = &told.advice.finding;
    let before = if is_old(report, told) { "There before: " } else { "" };
    Note {
        level: Level::in_log(report, told),
        spot: own_spot(finding),
        code: finding.rule.name.to_owned(),
        severity: Some(finding.severity.as_str()),
        plan,
        text: format!("{before}{}", message(told)),
    }
}

/// Those that are shown, and the rest. Where there is a rest, the last place among those of the level `counting` is left to one that
/// counts it.
pub(super) fn share(notes: Vec<Note>, counting: Level) -> (Vec<Note>, Vec<Note>) {
    let number = |level: Level| notes.iter().filter(|note| note.level == level).count();
    let [errors, warnings, others] = [Level::Error, Level::Warning, Level::Note].map(number);
    let is_cut = errors > SHOWN || warnings > SHOWN || others > SHOWN;
    let mut taken = [0_usize; 3];
    notes.into_iter().partition(|note| {
        let [errors, warnings, others] = &mut taken;
        let taken = match note.level {
            Level::Error => errors,
            Level::Warning => warnings,
            Level::Note => others,
        };
        let most = if is_cut && note.level == counting { SHOWN - 1 } else { SHOWN };
        *taken += 1;
        *taken <= most
    })
}
