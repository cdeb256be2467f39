//! k6's summary of a run: what it hands to `handleSummary`, and what it writes for `--summary-export`.
//!
//! In an export the numbers stand in the metric itself, a rate is called `value`, and a threshold that is `true` has FAILED.
//!
//! Sources: grafana/k6, internal/js/summary-wrapper.js at 87883075 and issue 1498 (thresholds of an export), read on 2026-11-29.

use super::error::GateError;
use super::format::Format;
use super::metric::{Metric, Percentile};
use super::node::Node;
use super::run::{Endpoint, Measures, OwnThreshold, Reading, Run, empty, tame};
use super::tally::{DURATION, FAILED};

/// What counts requests.
pub(super) const REQUESTS: &str = "http_reqs";

/// Reads the member `metrics` of a summary.
pub(super) fn read(name: &str, metrics: Node<'_>) -> Result<Run, GateError> {
    let metrics: Vec<Entry<'_>> = metrics.members().into_iter().map(|(key, node)| Entry::new(&key, node)).collect();
    let nests = metrics.iter().any(|metric| metric.nests);
    let mut run = Run::new(name, if nests { Format::K6Summary } else { Format::K6Export });
    if metrics.is_empty() {
        return Err(empty(name));
    }
    if !metrics.iter().any(|metric| metric.name == DURATION) {
        return Err(without_requests(
            name,
            metrics.iter().filter(|metric| metric.is_trend()).map(|metric| &metric.name),
        ));
    }
    run.whole = measures(&metrics, "");
    for tags in tags(&metrics) {
        run.endpoints.push(Endpoint { measures: measures(&metrics, &tags), name: tame(&tags) });
    }
    run.own = metrics.iter().flat_map(Entry::thresholds).collect();
    if run.whole.is_idle() {
        return Err(empty(name));
    }
    run.endpoints.retain(|endpoint| !endpoint.measures.is_idle());
    run.checked()
}

/// A run that measured something else.
pub(super) fn without_requests<'n>(name: &str, trends: impl Iterator<Item = &'n String>) -> GateError {
    let trends: Vec<_> = trends.map(|name| tame(name)).collect();
    let other = if trends.is_empty() {
        "the run made no HTTP requests, or a `handleSummary` of its own left the metric out".to_owned()
    } else {
        format!("it measured {}; the gate is for HTTP requests", trends.join(", "))
    };
    GateError::new(name, format!("there is no metric {DURATION}"), other)
}

/// One metric, or one of its sub-metrics: `http_req_duration{type:payment}`.
struct Entry<'a> {
    name: String,
    tags: String,
    node: Node<'a>,
    values: Node<'a>,
    nests: bool,
}

impl<'a> Entry<'a> {
    fn new(key: &str, node: Node<'a>) -> Self {
        let (name, tags) = split(key);
        let values = node.get("values").filter(|values| values.is_object());
        Self { name, tags, node, values: values.unwrap_or(node), nests: values.is_some() }
    }

    fn is_trend(&self) -> bool {
        self.values.get("avg").is_some()
    }

    fn thresholds(&self) -> Vec<OwnThreshold> {
        let metric = if self.tags.is_empty() { self.name.clone() } else { format!("{}{{{}}}", self.name, self.tags) };
        let all = self.node.get("thresholds").map(Node::members).unwrap_or_default();
        all.into_iter()
            .map(|(expression, outcome)| OwnThreshold {
                metric: tame(&metric),
                expression: tame(&expression),
                // An object says whether it is ok; an export says whether it is not.
                passed: match outcome.get("ok") {
                    Some(ok) => ok.truth(),
                    None => outcome.truth().map(|failed| !failed),
                },
            })
            .collect()
    }
}

/// `http_req_duration{type:payment}` as its name and its tags.
pub(super) fn split(key: &str) -> (String, String) {
    match key.split_once('{').and_then(|(name, tags)| Some((name, tags.strip_suffix('}')?))) {
        Some((name, tags)) => (name.trim().to_owned(), tags.trim().to_owned()),
        None => (key.to_owned(), String::new()),
    }
}

/// The parts of which a threshold of the test asks the durations. That of all good answers is in every summary, and no endpoint.
fn tags(metrics: &[Entry<'_>]) -> Vec<String> {
    let parts = metrics.iter().filter(|metric| metric.name == DURATION && !metric.tags.is_empty());
    parts.map(|metric| metric.tags.clone()).filter(|tags| tags != "expected_response:true").collect()
}

fn measures(metrics: &[Entry<'_>], tags: &str) -> Measures {
    let find = |name: &str| metrics.iter().find(|metric| metric.name == name && metric.tags == tags);
    let mut measures = Measures::default();
    if let Some(durations) = find(DURATION) {
        percentiles(durations.values, &mut measures);
    }
    if let Some(requests) = find(REQUESTS) {
        measures.requests = requests.values.get("count").and_then(Node::count);
        measures.put(Metric::Throughput, requests.values.get("rate").and_then(Node::number).map(Reading::exact));
    }
    if let Some(failed) = find(FAILED) {
        // What passes this metric are the requests that failed.
        let count = |key: &str| failed.values.get(key).and_then(Node::count);
        if let (Some(bad), Some(good)) = (count("passes"), count("fails")) {
            measures.put_failures(bad, bad.saturating_add(good));
        } else {
            let rate = failed.values.get("rate").or_else(|| failed.values.get("value")).and_then(Node::number);
            measures.put(Metric::ErrorRate, rate.map(Reading::exact));
        }
    }
    measures
}

/// The percentiles of a trend: `med`, `p(95)`, `p(99.9)`; also without brackets, as a schema of k6 once had it.
pub(super) fn percentiles(values: Node<'_>, measures: &mut Measures) {
    for (key, value) in values.members() {
        let percentile = match key.as_ref() {
            "med" => Some(Percentile::P50),
            "max" => Percentile::parse("100"),
            key => key.strip_prefix('p').and_then(|rest| {
                Percentile::parse(rest.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')).unwrap_or(rest))
            }),
        };
        if let Some(percentile) = percentile {
            measures.put(Metric::Percentile(percentile), value.number().map(Reading::exact));
        }
    }
}
