//! Findings that somebody has accepted all at once: `planwise baseline write` puts them down, `planwise check --baseline` lets
//! only others count.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::advice::Status;
use crate::report::{Accepted, PlanSummary, Report, Told};
use crate::units::{counted, few};

/// The version that is written, and the only one that is read.
const VERSION: u64 = 1;

/// What such a file holds.
#[derive(Debug, Deserialize, Serialize)]
pub struct Baseline {
    /// Says what the file is, and in which version.
    planwise_baseline: u64,
    /// What is accepted, in an order that does not change.
    findings: Vec<Entry>,
}

/// A finding that is accepted.
#[derive(Clone, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
struct Entry {
    /// The project of its plan, or the plan's path.
    plan: String,
    rule: String,
    address: String,
    fingerprint: String,
    /// Grows with the damage: what has become worse is not accepted.
    gravity: u64,
}

/// Why a file is no baseline.
#[derive(Debug, thiserror::Error)]
#[error(
    "{name} is no baseline: {what}\n  hint: `planwise baseline write PLAN` makes one; restore it, or write it anew"
)]
pub struct BaselineError {
    name: String,
    what: String,
}

/// What a plan is called in a baseline.
fn of_plan(plan: &PlanSummary) -> String {
    plan.project.clone().unwrap_or_else(|| plain(&plan.path))
}

/// A plan's path in the one way of spelling it in which `./plan.json` and `a/../plan.json` are `plan.json`.
fn plain(path: &str) -> String {
    let path = path.replace('\\', "/");
    let mut steps: Vec<&str> = Vec::new();
    for (at, step) in path.split('/').enumerate() {
        match step {
            "." => {}
            // The first one is what an absolute path begins with.
            "" if at > 0 => {}
            ".." if steps.last().is_some_and(|last| !matches!(*last, ".." | "")) => {
                steps.pop();
            }
            step => steps.push(step),
        }
    }
    if steps.is_empty() { path.clone() } else { steps.join("/") }
}

fn entries(report: &Report) -> impl Iterator<Item = Entry> {
    let open = report.told.iter().filter(|told| told.advice.status != Status::Resolved);
    open.map(|told| entry(report, told))
}

fn entry(report: &Report, told: &Told) -> Entry {
    let finding = &told.advice.finding;
    Entry {
        plan: report.plans.get(told.plan).map(of_plan).unwrap_or_default(),
        rule: finding.rule.name.to_owned(),
        address: finding.address.to_string(),
        fingerprint: told.advice.fingerprint(),
        gravity: finding.gravity,
    }
}

impl Baseline {
    /// Accepts all that a report tells and that is not over.
    pub fn of(report: &Report) -> Self {
        let findings: BTreeSet<Entry> = entries(report).collect();
        Self { planwise_baseline: VERSION, findings: findings.into_iter().collect() }
    }

    /// How many findings it accepts.
    pub fn len(&self) -> usize {
        self.findings.len()
    }

    /// Whether it accepts none.
    pub fn is_empty(&self) -> bool {
        self.findings.is_empty()
    }

    /// Reads the file called `name`.
    ///
    /// # Errors
    /// When it is none that this program wrote.
    pub fn read(name: &str, text: &str) -> Result<Self, BaselineError> {
        let wrong = |what: String| BaselineError { name: name.to_owned(), what };
        let text = text.trim_start_matches('\u{feff}');
        let baseline: Self = serde_json::from_str(text).map_err(|error| wrong(error.to_string()))?;
        if baseline.planwise_baseline != VERSION {
            return Err(wrong(format!(
                "its version is {}, and this program reads {VERSION}",
                baseline.planwise_baseline
            )));
        }
        Ok(baseline)
    }

    /// Its text.
    ///
    /// # Errors
    /// Never, in practice: its members are texts and numbers.
    pub fn write(&self) -> serde_json::Result<String> {
        serde_json::to_string_pretty(self).map(|text| text + "\n")
    }

    /// Lets count only what is not accepted, and notes what no longer occurs. A case that has become worse counts.
    pub fn apply(&self, name: &str, report: &mut Report) {
        // The same finding in two plans has one fingerprint.
        let mut accepted: BTreeMap<(String, &str), u64> = BTreeMap::new();
        for entry in &self.findings {
            let gravity = accepted.entry((plain(&entry.plan), entry.fingerprint.as_str())).or_default();
            *gravity = entry.gravity.max(*gravity);
        }
        let now: Vec<Entry> = entries(report).collect();
        let is_accepted = |entry: &Entry| {
            let most = accepted.get(&(plain(&entry.plan), entry.fingerprint.as_str()));
            most.is_some_and(|most| entry.gravity <= *most)
        };
        let there: BTreeSet<(String, &str)> =
            now.iter().map(|entry| (plain(&entry.plan), entry.fingerprint.as_str())).collect();
        // What is exempted occurs all the same.
        let exempted: BTreeSet<String> =
            report.exempted.iter().map(|exempted| exempted.told.advice.fingerprint()).collect();
        let plans: BTreeSet<String> = report.plans.iter().map(|plan| plain(&of_plan(plan))).collect();
        let applied: BTreeSet<&str> = report.rules.iter().map(|rule| rule.meta.name).collect();
        let is_gone = |entry: &&Entry| {
            plans.contains(&plain(&entry.plan))
                && applied.contains(entry.rule.as_str())
                && !there.contains(&(plain(&entry.plan), entry.fingerprint.as_str()))
                && !exempted.contains(&entry.fingerprint)
        };
        let gone: Vec<String> =
            self.findings.iter().filter(is_gone).map(|entry| format!("{} {}", entry.rule, entry.address)).collect();
        if !gone.is_empty() && report.left_out == 0 {
            let number = u64::try_from(gone.len()).unwrap_or(u64::MAX);
            let verb = if number == 1 { "is" } else { "are" };
            report.notes.push(format!(
                "{} of the baseline {verb} over: {}; `planwise baseline write` takes {} out",
                counted(number, "finding"),
                few(&gone),
                if number == 1 { "it" } else { "them" },
            ));
        }
        let told = std::mem::take(&mut report.told);
        let (accepted, told): (Vec<_>, Vec<_>) = told
            .into_iter()
            .partition(|told| told.advice.status != Status::Resolved && is_accepted(&entry(report, told)));
        report.told = told;
        report.accepted = Some(Accepted { name: name.to_owned(), number: accepted.len(), gone });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plan_has_one_name() {
        for (path, name) in [
            ("plan.json", "plan.json"),
            ("./plan.json", "plan.json"),
            ("a/../plan.json", "plan.json"),
            ("a\\.\\b//plan.json", "a/b/plan.json"),
            ("../a/plan.json", "../a/plan.json"),
            ("a/../../plan.json", "../plan.json"),
            ("/srv/./plan.json", "/srv/plan.json"),
            ("/../plan.json", "/../plan.json"),
            ("standard input", "standard input"),
            (".", "."),
        ] {
            assert_eq!(plain(path), name, "{path}");
        }
    }
}
