//! The answer to a run task of HCP Terraform: what is sent with PATCH to the address that the request names. Source:
//! developer.hashicorp.com, run tasks integration (`task-results`, `task-result-outcomes`, levels of tags, at most 5 MB of Markdown
//! in a body and better less than 1 MB); its shape seen again in public clients on 2026-11-30.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::cost;
use super::headline;
use super::issues::exceeded;
use super::markdown_text::{code, escape};
use super::summary::{Report, Told};
use super::text::{delta, one_line, sentence};
use crate::advice::Status;
use crate::finding::{Finding, Severity, Verdict};

/// Bytes of all bodies together: what one body should stay below.
const MOST: usize = 900_000;

/// Writes `report` as JSON:API.
pub fn render(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let (mut outcomes, mut bytes) = (Vec::new(), 0_usize);
    let told: Vec<&Told> = worst_first(report);
    for told in &told {
        let body = body(&told.advice.finding);
        bytes = bytes.saturating_add(body.len());
        if bytes > MOST {
            break;
        }
        outcomes.push(outcome(report, told, &body));
    }
    let left = told.len() - outcomes.len();
    let limits = exceeded(report);
    let limits = limits.iter().enumerate().map(|(at, text)| limit(at + 1, text));
    let outcomes: Vec<Value> = limits.chain(outcomes).collect();
    let status = if report.is_failure() { "failed" } else { "passed" };
    let document = json!({
        "data": {
            "type": "task-results",
            "attributes": { "status": status, "message": message(report, left) },
            "relationships": { "outcomes": { "data": outcomes } },
        },
    });
    serde_json::to_writer_pretty(&mut *out, &document)?;
    writeln!(out)
}

/// What fails the run, then what else is wrong or open, then what is over.
fn worst_first(report: &Report) -> Vec<&Told> {
    let mut told: Vec<&Told> = report.told.iter().collect();
    told.sort_by_key(|told| (!report.fails(told), told.advice.status == Status::Resolved));
    told
}

/// The verdict and the money, on one line.
fn message(report: &Report, left: usize) -> String {
    // Where a limit fails the run, the verdict on the findings alone would sound like a pass.
    let mut parts: Vec<String> = exceeded(report).into_iter().map(|text| format!("{text}.")).collect();
    parts.push(headline::verdict(report).1);
    parts.extend(headline::aside(report));
    parts.extend(report.cost.as_ref().map(|totals| format!("{}.", cost::headline(totals).1)));
    parts.extend(report.plans.iter().flat_map(headline::reservations).map(|note| format!("{}.", sentence(&note))));
    if left > 0 {
        parts.push(format!("{left} more are left out here."));
    }
    one_line(&parts.join(" "))
}

/// A limit of the bill that is exceeded.
fn limit(number: usize, text: &str) -> Value {
    json!({
        "type": "task-result-outcomes",
        "attributes": {
            "outcome-id": format!("limit-{number}"),
            "description": one_line(&format!("cost: {text}")),
            "body": format!("{}.\n", escape(text)),
            "tags": { "Status": [{ "label": "failed", "level": "error" }] },
        },
    })
}

fn outcome(report: &Report, told: &Told, body: &str) -> Value {
    let finding = &told.advice.finding;
    // The same resource may stand in several plans.
    let plan = if report.plans.len() > 1 { format!("{}-", told.plan + 1) } else { String::new() };
    let (status, level) = status(report, told);
    json!({
        "type": "task-result-outcomes",
        "attributes": {
            "outcome-id": format!("{plan}{}", told.advice.fingerprint()),
            "description": one_line(&format!("{}: {}", finding.rule.name, headline::subject(finding))),
            "body": body,
            "tags": {
                "Status": [{ "label": status, "level": level }],
                "Severity": [{ "label": finding.severity.as_str(), "level": of_severity(finding.severity) }],
            },
        },
    })
}

fn status(report: &Report, told: &Told) -> (&'static str, &'static str) {
    match (told.advice.finding.verdict, told.advice.status) {
        _ if report.fails(told) => ("failed", "error"),
        (_, Status::Resolved) => ("resolved", "info"),
        (Verdict::Undetermined, _) => ("undetermined", "warning"),
        (Verdict::Violation, Status::Existing) => ("there before", "info"),
        (Verdict::Violation, Status::Introduced | Status::Worsened) => ("warning", "warning"),
    }
}

const fn of_severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical | Severity::High => "error",
        Severity::Medium => "warning",
        Severity::Low | Severity::Info => "info",
    }
}

/// What is wrong, the arithmetic, and the ways out.
fn body(finding: &Finding) -> String {
    let mut body = format!("{}\n\n{}\n", code(&headline::subject(finding)), escape(&sentence(&finding.message)));
    for line in &finding.working {
        body.push_str(&format!("\n- {}", escape(line)));
    }
    if !finding.working.is_empty() {
        body.push('\n');
    }
    for (at, remedy) in finding.remedies.iter().enumerate() {
        let (title, detail) = (escape(&sentence(&remedy.title)), escape(&remedy.detail));
        body.push_str(&format!("\n{}. **{title}** ({}): {detail}.", at + 1, delta(&remedy.monthly_delta)));
    }
    if !finding.remedies.is_empty() {
        body.push('\n');
    }
    body
}
