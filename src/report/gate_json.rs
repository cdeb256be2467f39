//! What a gate found, for machines: documented in `docs/gate.md`, described by `docs/gate.schema.json`. Measured values are
//! decimal texts, unrounded.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::gate::{Outcome, progress};
use crate::gate::{Check, Comparison, Judged, Judgement, Measures, Origin, Reading, Trend};
use crate::units::{Decimal, plain};

/// The version of this format: the first number grows when something that was there changes its meaning or goes.
const SCHEMA_VERSION: &str = "1.0";

/// Writes `judgement` as one JSON object.
pub fn render(judgement: &Judgement, out: &mut dyn Write) -> io::Result<()> {
    let baseline = judgement
        .baseline
        .as_ref()
        .map(|(file, found)| json!({ "file": file, "found": found, "updated": judgement.updated }));
    let document = json!({
        "schema_version": SCHEMA_VERSION,
        "tool": { "name": "planwise", "version": env!("CARGO_PKG_VERSION") },
        "verdict": Outcome::of(!judgement.is_failure()).as_str(),
        "runs": judgement.runs.iter().map(run).collect::<Vec<_>>(),
        "baseline": baseline,
    });
    serde_json::to_writer_pretty(&mut *out, &document)?;
    writeln!(out)
}

fn run(run: &Judged) -> Value {
    let own = run.run.own.iter().map(|own| {
        json!({
            "metric": own.metric,
            "expression": own.expression,
            "outcome": own.passed.map_or(Outcome::Open, Outcome::of).as_str(),
        })
    });
    let endpoints = run.run.endpoints.iter().map(|endpoint| {
        json!({
            "name": endpoint.name,
            "requests": endpoint.measures.requests,
            "measures": measures(&endpoint.measures),
        })
    });
    json!({
        "name": run.run.name,
        "format": run.run.format.key(),
        "requests": run.run.whole.requests,
        "failures": run.failures(),
        "measures": measures(&run.run.whole),
        "checks": run.checks.iter().map(check).collect::<Vec<_>>(),
        "compared_with": run.compared_with,
        "comparisons": run.comparisons.iter().map(comparison).collect::<Vec<_>>(),
        "own_thresholds": own.collect::<Vec<_>>(),
        "endpoints": endpoints.collect::<Vec<_>>(),
        "notes": run.run.notes,
    })
}

fn measures(measures: &Measures) -> Vec<Value> {
    let one = |(metric, told): (&crate::gate::Metric, &Reading)| json!({ "metric": metric.key(), "unit": metric.unit(), "value": reading(*told) });
    measures.values.iter().map(one).collect()
}

fn reading(reading: Reading) -> Value {
    json!({ "told": plain(reading.value), "low": plain(reading.low), "high": plain(reading.high) })
}

fn check(check: &Check) -> Value {
    let (origin, slo) = match &check.origin {
        Origin::Typed => ("command-line", None),
        Origin::Defaults => ("defaults", None),
        Origin::Slo(place) => ("slo", Some(place)),
    };
    json!({
        "metric": check.bound.metric.key(),
        "endpoint": check.endpoint,
        "unit": check.bound.metric.unit(),
        "value": reading(check.reading),
        "operator": check.bound.sign(),
        "limit": plain(check.bound.value),
        "origin": origin,
        "slo": slo,
        "outcome": Outcome::of(check.passed).as_str(),
        "within_rounding": check.is_close,
        "message": super::gate::check(check),
    })
}

fn comparison(comparison: &Comparison) -> Value {
    let trend = match comparison.trend {
        Trend::First => "first",
        Trend::Better => "better",
        Trend::Same => "same",
        Trend::Worse => "worse",
    };
    json!({
        "metric": comparison.metric.key(),
        "unit": comparison.metric.unit(),
        "baseline": comparison.base.map(plain),
        "value": reading(comparison.reading),
        "change": comparison.change.map(|change: Decimal| plain(change)),
        "allowed": plain(comparison.allowed),
        "trend": trend,
        "outcome": progress(comparison).as_str(),
        "message": super::gate::comparison(comparison),
    })
}
