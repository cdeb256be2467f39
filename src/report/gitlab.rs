//! A Code Quality report for GitLab, which shows in a merge request what it brings and what it ends.
//!
//! Source: the documentation of GitLab, `doc/ci/testing/code_quality.md` (the fields, the words of `severity`, no byte order mark), and what
//! GitLab accepts, `app/validators/json_schemas/codeclimate.json`; read on 2026-11-30.

use std::io::{self, Write};

use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::issues::{Times, message, names, spot, standing};
use super::summary::{Report, Told};
use crate::finding::{Severity, Verdict};

/// Writes the findings of `report` that are not over. GitLab compares them with those of the target branch.
pub fn render(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let (mut times, names) = (Times::default(), names(report));
    let issues: Vec<Value> = standing(report).into_iter().map(|told| issue(report, told, &names, &mut times)).collect();
    serde_json::to_writer_pretty(&mut *out, &issues)?;
    writeln!(out)
}

fn issue(report: &Report, told: &Told, names: &[String], times: &mut Times) -> Value {
    let spot = spot(report, told);
    json!({
        "description": message(told),
        "check_name": told.advice.finding.rule.name,
        "fingerprint": fingerprint(told, names, times),
        "severity": severity(report, told),
        "location": { "path": spot.file, "lines": { "begin": spot.line.unwrap_or(1) } },
    })
}

/// A name of its own for the finding among those of all plans, the same in every run: GitLab keeps one of several that are alike.
fn fingerprint(told: &Told, names: &[String], times: &mut Times) -> String {
    let project = names.get(told.plan).map(String::as_str).unwrap_or_default();
    let name = format!("{project}\0{}", told.advice.fingerprint());
    let name = format!("{name}\0{}", times.of(&name));
    let first: u128 =
        Sha256::digest(name.as_bytes()).iter().take(16).fold(0, |number, byte| number << 8 | u128::from(*byte));
    format!("{first:032x}")
}

/// What cannot be told is not graver than minor, unless the policy lets it fail the run.
fn severity(report: &Report, told: &Told) -> &'static str {
    let finding = &told.advice.finding;
    let is_open = finding.verdict == Verdict::Undetermined && !report.open_fails;
    match finding.severity {
        Severity::Critical | Severity::High if is_open => "minor",
        Severity::Medium | Severity::Low if is_open => "info",
        Severity::Critical => "blocker",
        Severity::High => "critical",
        Severity::Medium => "major",
        Severity::Low => "minor",
        Severity::Info => "info",
    }
}
