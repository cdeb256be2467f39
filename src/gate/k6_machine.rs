//! k6's machine-readable summary: `k6 run --new-machine-readable-summary --summary-export=FILE`.
//!
//! Sources: grafana/k6, `internal/lib/summary/machine_readable.go` at 03e6969 and `machinereadable/types_gen.go` at 9511824 (the
//! schema, with `p(95)`), read on 2026-11-29.

use super::error::GateError;
use super::format::Format;
use super::k6_summary::{REQUESTS, percentiles, split, without_requests};
use super::metric::Metric;
use super::node::Node;
use super::run::{Endpoint, Measures, Reading, Run, empty, tame};
use super::tally::{DURATION, FAILED};
use crate::units::Decimal;

/// Reads a summary.
pub(super) fn read(name: &str, summary: Node<'_>) -> Result<Run, GateError> {
    let seconds = summary.at(&["config", "duration"]).and_then(Node::number);
    let metrics = summary.at(&["results", "metrics"]).map(Node::elements).unwrap_or_default();
    let metrics: Vec<Entry<'_>> = metrics.into_iter().filter_map(Entry::new).collect();
    if metrics.is_empty() {
        return Err(empty(name));
    }
    if !metrics.iter().any(|metric| metric.name == DURATION) {
        return Err(without_requests(name, metrics.iter().filter(|metric| metric.is_trend).map(|metric| &metric.name)));
    }
    let mut run = Run::new(name, Format::K6Machine);
    run.whole = measures(&metrics, "", seconds);
    for part in metrics.iter().filter(|metric| metric.name == DURATION && !metric.tags.is_empty()) {
        if part.tags != "expected_response:true" {
            run.endpoints.push(Endpoint { name: tame(&part.tags), measures: measures(&metrics, &part.tags, seconds) });
        }
    }
    run.notes.push("this kind of summary does not tell whether k6's own thresholds were kept: k6's exit code 99 says that one was not".to_owned());
    if run.whole.is_idle() {
        return Err(empty(name));
    }
    run.endpoints.retain(|endpoint| !endpoint.measures.is_idle());
    run.checked()
}

struct Entry<'a> {
    name: String,
    tags: String,
    values: Node<'a>,
    is_trend: bool,
}

impl<'a> Entry<'a> {
    fn new(metric: Node<'a>) -> Option<Self> {
        let (name, tags) = split(&metric.get("name")?.text()?);
        let is_trend = metric.get("type").and_then(Node::text).as_deref() == Some("trend");
        Some(Self { name, tags, values: metric.get("values")?, is_trend })
    }
}

fn measures(metrics: &[Entry<'_>], tags: &str, seconds: Option<Decimal>) -> Measures {
    let find = |name: &str| metrics.iter().find(|metric| metric.name == name && metric.tags == tags);
    let mut measures = Measures::default();
    if let Some(durations) = find(DURATION) {
        percentiles(durations.values, &mut measures);
    }
    if let Some(requests) = find(REQUESTS) {
        measures.requests = requests.values.get("count").and_then(Node::count);
        let rate =
            measures.requests.zip(seconds).and_then(|(count, seconds)| Decimal::from(count).checked_div(seconds));
        measures.put(Metric::Throughput, rate.map(|rate| Reading::exact(rate.round_dp(9))));
    }
    if let Some(failed) = find(FAILED) {
        let count = |key: &str| failed.values.get(key).and_then(Node::count);
        match (count("matches"), count("total")) {
            (Some(failed), Some(total)) => measures.put_failures(failed, total),
            _ => measures.put(Metric::ErrorRate, failed.values.get("rate").and_then(Node::number).map(Reading::exact)),
        }
    }
    measures
}
