//! JSON for machines: documented in `docs/json.md`, described by `docs/report.schema.json`, frozen by a snapshot.

use std::collections::BTreeMap;
use std::io::{self, Write};

use rayon::prelude::*;
use serde::ser::Error as _;
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;
use serde_json::{Map, Value, json};

use super::cost_json;
use super::summary::{Exempted, PlanSummary, Report, Told};
use super::text::{delta_reason, measure};
use crate::advice::Status;
use crate::finding::{Delta, Measures, Remedy, Severity, Suggestion, Verdict};
use crate::model::{Address, Evidence, Place};
use crate::units::plain as decimal;

/// The version of this format: the first number grows when something that was there changes its meaning or goes.
const SCHEMA_VERSION: &str = "1.0";

/// Writes `report` as JSON.
pub fn render(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    write(&document(report), out)
}

/// Writes in place of a report that the plans called `name` could not be analysed, and why: a comment on many projects says so then,
/// rather than what was true of an earlier plan, or nothing.
pub fn refuse(name: &str, project: Option<&str>, reason: &str, out: &mut dyn Write) -> io::Result<()> {
    let plan = PlanSummary {
        name: name.to_owned(),
        path: name.to_owned(),
        document: 1,
        project: project.map(str::to_owned),
        terraform_version: None,
        resources: 0,
        understood: 0,
        not_understood: BTreeMap::new(),
        complete: None,
        errored: false,
        notes: Vec::new(),
    };
    let report = Report { plans: vec![plan], ..Report::default() };
    let mut document = document(&report);
    document.not_analysed = Some(reason);
    // Whoever reads no more than this shall not take it for a pass.
    if let Some(failed) = document.summary.get_mut("failed") {
        *failed = true.into();
    }
    write(&document, out)
}

fn write(document: &Document<'_>, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, document)?;
    writeln!(out)
}

fn document(report: &Report) -> Document<'_> {
    Document {
        schema_version: SCHEMA_VERSION,
        tool: json!({ "name": "planwise", "version": env!("CARGO_PKG_VERSION") }),
        plans: report.plans.iter().map(plan).collect(),
        config: basis(report),
        baseline: report.accepted.as_ref().map_or(
            Value::Null,
            |accepted| json!({ "path": accepted.name, "accepted": accepted.number, "over": accepted.gone }),
        ),
        notes: &report.notes,
        findings: Findings(report),
        exempted: report.exempted.iter().map(|exempted| self::exempted(report, exempted)).collect(),
        summary: summary(report),
        cost: report.cost.as_ref().map(cost_json::totals),
        not_analysed: None,
    }
}

#[derive(Serialize)]
struct Document<'r> {
    schema_version: &'static str,
    tool: Value,
    plans: Vec<Value>,
    config: Value,
    baseline: Value,
    notes: &'r [String],
    findings: Findings<'r>,
    exempted: Vec<Value>,
    summary: Value,
    /// Absent where nobody asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    cost: Option<Value>,
    /// Absent where it is a report.
    #[serde(skip_serializing_if = "Option::is_none")]
    not_analysed: Option<&'r str>,
}

/// The findings of a report, as text: of a large system they are many, so all cores write them.
struct Findings<'r>(&'r Report);

impl Serialize for Findings<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(report) = self;
        let texts: Vec<_> = report.told.par_iter().map(|told| indented(&finding(report, told))).collect();
        let texts = texts.into_iter().collect::<Result<Vec<_>, _>>().map_err(S::Error::custom)?;
        serializer.collect_seq(texts)
    }
}

/// A value as it is written inside a list of the document.
pub(super) fn indented(value: &Value) -> serde_json::Result<Box<RawValue>> {
    const INDENT: &str = "\n    ";
    // Line ends inside of texts are escaped.
    RawValue::from_string(serde_json::to_string_pretty(value)?.replace('\n', INDENT))
}

fn basis(report: &Report) -> Value {
    let (config, policy) = match &report.basis {
        Some(basis) => (basis.config.as_deref(), basis.policy.as_str()),
        None => (None, "default"),
    };
    json!({ "path": config, "policy": policy })
}

/// A finding with the reason why somebody lives with it.
fn exempted(report: &Report, exempted: &Exempted) -> Value {
    let mut finding = finding(report, &exempted.told);
    if let Value::Object(fields) = &mut finding {
        fields.insert("fails_run".to_owned(), false.into());
        let Exempted { reason, until, place, .. } = exempted;
        fields.insert("exemption".to_owned(), json!({ "reason": reason, "until": until, "place": place }));
    }
    finding
}

fn plan(plan: &PlanSummary) -> Value {
    json!({
        "path": plan.path,
        "document": plan.document,
        "project": plan.project,
        "terraform_version": plan.terraform_version,
        "resources": plan.resources,
        "understood": plan.understood,
        "not_understood": plan.not_understood,
        "complete": plan.complete,
        "errored": plan.errored,
        "notes": plan.notes,
    })
}

fn finding(report: &Report, told: &Told) -> Value {
    let finding = &told.advice.finding;
    let path = report.plans.get(told.plan).map(|plan| plan.path.as_str());
    let document = report.plans.get(told.plan).map(|plan| plan.document);
    let location = told.position.map(
        |position| json!({ "path": path, "document": document, "pointer": format!("/resource_changes/{position}") }),
    );
    json!({
        "plan": told.plan,
        "rule": finding.rule.name,
        "principle": finding.rule.principle,
        "control": finding.rule.control,
        "severity": finding.severity.as_str(),
        "verdict": finding.verdict.as_str(),
        "status": told.advice.status.as_str(),
        "address": finding.address.as_str(),
        "subjects": finding.subjects.iter().map(Address::as_str).collect::<Vec<_>>(),
        "message": finding.message,
        "working": finding.working,
        "evidence": finding.evidence.iter().map(evidence).collect::<Vec<_>>(),
        "measure": measures(&finding.measure),
        "remedies": finding.remedies.iter().map(remedy).collect::<Vec<_>>(),
        "fingerprint": told.advice.fingerprint(),
        "place": finding.place.as_ref().map(place),
        "inner_place": finding.inner_place.as_ref().map(place),
        "location": location,
        "fails_run": report.fails(told),
        "exemption": null,
    })
}

fn place(place: &Place) -> Value {
    json!({ "file": place.file.as_str(), "line": place.line, "column": place.column })
}

fn suggestion(suggestion: &Suggestion) -> Value {
    json!({
        "file": suggestion.file.as_str(),
        "line": suggestion.line,
        "old": suggestion.old,
        "new": suggestion.new,
    })
}

fn evidence(evidence: &Evidence) -> Value {
    json!({
        "address": evidence.address.as_str(),
        "attribute": evidence.attribute.as_str(),
        "value": evidence.value,
        "source": evidence.source.as_str(),
        "note": evidence.source.note(),
    })
}

fn measures(all: &Measures) -> Value {
    Value::Object(all.iter().map(|(name, value)| ((*name).to_owned(), measure(*value))).collect())
}

pub(super) fn remedy(remedy: &Remedy) -> Value {
    json!({
        "title": remedy.title,
        "detail": remedy.detail,
        "measure": measures(&remedy.measure),
        "sufficient": remedy.sufficient,
        "monthly_delta": monthly_delta(&remedy.monthly_delta),
        "suggestions": remedy.suggestions.iter().map(suggestion).collect::<Vec<_>>(),
    })
}

fn monthly_delta(delta: &Delta) -> Value {
    let reason = delta_reason(delta);
    match delta {
        Delta::Free(_) => json!({ "kind": "free", "reason": reason }),
        Delta::NotPriced(_) => json!({ "kind": "not_priced", "reason": reason }),
        // Unrounded: whoever adds amounts up rounds the sum.
        Delta::Costs(costs) => json!({
            "kind": "amount",
            "amount": decimal(costs.expected.0),
            "minimum": decimal(costs.minimum.0),
            "maximum": decimal(costs.maximum.0),
            "margin": decimal(costs.margin.0),
            "reason": reason,
        }),
    }
}

fn summary(report: &Report) -> Value {
    let count = |keep: &dyn Fn(&Told) -> bool| report.told.iter().filter(|told| keep(told)).count();
    let mut by_severity = Map::new();
    for (severity, number) in report.by_severity(false) {
        by_severity.insert(severity.as_str().to_owned(), number.into());
    }
    let mut by_verdict = Map::new();
    for verdict in [Verdict::Violation, Verdict::Undetermined] {
        let open = |told: &Told| told.advice.finding.verdict == verdict && told.advice.status != Status::Resolved;
        by_verdict.insert(verdict.as_str().to_owned(), count(&open).into());
    }
    let mut by_status = Map::new();
    for status in Status::ALL {
        let number = count(&|told| told.advice.status == status && told.advice.finding.verdict == Verdict::Violation);
        by_status.insert(status.as_str().to_owned(), number.into());
    }
    let rules: Vec<Value> =
        report.rules.iter().map(|rule| json!({ "rule": rule.meta.name, "passed": rule.passed })).collect();
    json!({
        "by_severity": by_severity,
        "by_verdict": by_verdict,
        "by_status": by_status,
        "rules": rules,
        "rules_run": report.rules.len(),
        "passed": report.summary().passed,
        "exempted": report.exempted.len(),
        "left_out": report.left_out,
        "existing_fails": report.counts_all,
        "undetermined_fails": report.open_fails,
        "fail_on": report.fail_on.map_or("none", Severity::as_str),
        "failed": report.is_failure(),
    })
}
