//! Advice for machines. `docs/advise.schema.json` describes it.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::advise::{Counsel, Measure, PlanCounsel, reason, reason_name};
use super::json::remedy;
use crate::finding::{Finding, Severity};
use crate::units::plain;

/// Writes `counsel` as one JSON object.
pub fn render(counsel: &Counsel, out: &mut dyn Write) -> io::Result<()> {
    let document = json!({
        "version": 1,
        "currency": counsel.currency.as_str(),
        "budget": counsel.budget.map(|budget| plain(budget.0)),
        "plans": counsel.plans.iter().map(plan).collect::<Vec<_>>(),
        "notes": counsel.notes,
    });
    serde_json::to_writer_pretty(&mut *out, &document)?;
    writeln!(out)
}

fn plan(plan: &PlanCounsel) -> Value {
    let sum = plan.choice.sum;
    let after = plan.bill.sum.expected;
    let left = plan.choice.left.iter().filter_map(|(at, why)| {
        let told = plan.advice.get(*at)?;
        Some(json!({
            "finding": finding(&told.finding),
            "fingerprint": told.fingerprint(),
            "reason": reason_name(*why),
            "message": reason(*why),
        }))
    });
    json!({
        "name": plan.plan.name,
        "violations": plan.violations(),
        "undetermined": plan.undetermined(),
        "steps": plan.measures().iter().map(measure).collect::<Vec<_>>(),
        "left": left.collect::<Vec<_>>(),
        "monthly": {
            "plan": plain(after.0),
            "advised": plain((after + sum.expected).0),
            "difference": plain(sum.expected.0),
            "difference_minimum": plain(sum.minimum.0),
            "difference_maximum": plain(sum.maximum.0),
            "margin": plain(sum.margin.0),
            "complete": plan.bill.is_complete(),
        },
        "search": { "weighed": plan.choice.weighed, "exact": plan.choice.exact },
    })
}

fn measure(measure: &Measure<'_>) -> Value {
    json!({
        "remedy": remedy(measure.remedy),
        "clears": measure.clears.iter().map(|one| finding(one)).collect::<Vec<_>>(),
        "instead_of": measure.instead.iter().map(|other| remedy(other)).collect::<Vec<_>>(),
    })
}

fn finding(finding: &Finding) -> Value {
    let severity: Severity = finding.severity;
    json!({
        "rule": finding.rule.name,
        "severity": severity.as_str(),
        "address": finding.address.as_str(),
        "key": finding.key,
    })
}
