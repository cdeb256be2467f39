//! What lies between two reports, for machines: documented in `docs/diff.md`, described by `docs/diff.schema.json`.

use std::io::{self, Write};

use serde_json::{Map, Value, json};

use crate::compare::{Bill, Change, Comparison, Kind, MeasureChange, PlanPair, Side, SideFinding, SideMeasure};
use crate::cost::Sum;
use crate::finding::Severity;
use crate::units::plain;

/// The version of this format: the first number grows when something that was there changes its meaning or goes.
const SCHEMA_VERSION: &str = "1.0";

/// Writes `comparison` as one JSON object.
pub fn render(comparison: &Comparison, out: &mut dyn Write) -> io::Result<()> {
    let [from, to] = comparison.sides.each_ref();
    let document = json!({
        "schema_version": SCHEMA_VERSION,
        "tool": { "name": "planwise", "version": env!("CARGO_PKG_VERSION") },
        "from": side(from),
        "to": side(to),
        "plans": comparison.plans.iter().map(|pair| plan(comparison, pair)).collect::<Vec<_>>(),
        "notes": comparison.notes,
        "changes": comparison.changes.iter().map(change).collect::<Vec<_>>(),
        "cost": cost(comparison),
        "summary": summary(comparison),
    });
    serde_json::to_writer_pretty(&mut *out, &document)?;
    writeln!(out)
}

fn side(side: &Side) -> Value {
    json!({ "path": side.name, "version": side.version, "policy": side.policy, "plans": side.plans.len() })
}

fn plan(comparison: &Comparison, pair: &PlanPair) -> Value {
    let [from, to] = comparison.sides.each_ref();
    let [at_from, at_to] = pair.at;
    let place = |side: &Side, at: Option<usize>| Some(side.plans.get(at?)?.place());
    json!({ "name": pair.name, "from": place(from, at_from), "to": place(to, at_to) })
}

fn change(change: &Change) -> Value {
    let last = change.last();
    json!({
        "kind": change.kind.as_str(),
        "plan": change.plan,
        "rule": last.map(|finding| finding.rule.as_str()),
        "address": last.map(|finding| finding.address.as_str()),
        "fingerprint": last.map(|finding| finding.fingerprint.as_str()),
        "from": change.from.as_ref().map(finding),
        "to": change.to.as_ref().map(finding),
        "measures": change.measures.iter().map(measure).collect::<Vec<_>>(),
        "fails_run": change.fails,
    })
}

fn finding(finding: &SideFinding) -> Value {
    json!({
        "severity": finding.severity.as_str(),
        "verdict": finding.verdict.as_str(),
        "message": finding.message,
        "exempted": finding.exemption,
    })
}

fn measure(measure: &MeasureChange) -> Value {
    let value = |measure: Option<SideMeasure>| match measure? {
        SideMeasure::Number(number) => Some(Value::from(number)),
        SideMeasure::Unlimited => Some(Value::from("unlimited")),
    };
    json!({
        "name": measure.name,
        "from": value(measure.from),
        "to": value(measure.to),
        "effect": measure.effect.as_str(),
    })
}

fn sum(sum: Sum) -> Value {
    json!({
        "minimum": plain(sum.minimum.0),
        "expected": plain(sum.expected.0),
        "maximum": plain(sum.maximum.0),
        "margin": plain(sum.margin.0),
    })
}

/// Null where nothing of what is billed has a price: that is no amount.
fn bill(bill: &Bill) -> Value {
    json!({
        "currency": bill.currency,
        "monthly": bill.is_known().then(|| sum(bill.monthly)),
        "complete": bill.is_complete,
        "not_priced": bill.gaps,
        "by_unstated_usage": bill.by_unstated_usage,
    })
}

fn cost(comparison: &Comparison) -> Value {
    let [from, to] = comparison.bills();
    json!({
        "from": from.map(bill),
        "to": to.map(bill),
        "difference": comparison.difference().map(sum),
        "same_plans": comparison.has_same_plans(),
    })
}

fn summary(comparison: &Comparison) -> Value {
    let counts = Kind::ALL.map(|kind| (kind.as_str().to_owned(), comparison.count(kind).into()));
    json!({
        "by_kind": counts.into_iter().collect::<Map<_, _>>(),
        "same": comparison.same,
        "fail_on": comparison.fail_on.map_or("none", Severity::as_str),
        "failed": comparison.is_failure(),
    })
}
