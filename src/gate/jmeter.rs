//! The `statistics.json` of the dashboard that `jmeter -g results.jtl -o report` makes.
//!
//! Source: `JMeter` user's manual, "Generating Report Dashboard" (`aggregate_rpt_pct1` to `3`, 90, 95 and 99 unless set), read on
//! 2026-11-29.

use super::error::GateError;
use super::format::Format;
use super::input::Options;
use super::metric::{Metric, Percentile};
use super::node::Node;
use super::run::{Endpoint, Measures, Reading, Run, placed, tame};

/// The entry of all samplers together.
const WHOLE: &str = "Total";
/// The same where `JMeter` ran without its texts, as inside of other programs: it names the text that it has not.
///
/// Source: excerpts of public copies of the report's summary consumers (the entry is called by the text
/// `reportgenerator_summary_total`) and of a dashboard that shows it so, seen on 2026-11-30; where the key is made was not looked up.
const UNTOLD: &str = "[res_key=reportgenerator_summary_total]";
/// What stands in the three places unless a property says otherwise.
const USUAL: [Percentile; 3] = [Percentile::P90, Percentile::P95, Percentile::P99];

/// Reads the statistics.
pub(super) fn read(name: &str, root: Node<'_>, options: &Options) -> Result<Run, GateError> {
    let places = options.percentiles.as_deref().unwrap_or(&USUAL);
    if places.len() != USUAL.len() {
        return Err(GateError::new(
            name,
            format!("it holds {} percentiles, and {} are named", USUAL.len(), places.len()),
            "name three with --percentiles, in the order of aggregate_rpt_pct1 to aggregate_rpt_pct3",
        ));
    }
    let mut run = Run::new(name, Format::JMeter);
    let mut whole = None;
    let members = root.members();
    // Where the total is called so, `Total` is somebody's sampler.
    let total = if members.iter().any(|(label, _)| label == UNTOLD) { UNTOLD } else { WHOLE };
    for (label, node) in members {
        let Some(measures) = measures(node, places) else { continue };
        if label == total {
            whole = Some(measures);
        } else {
            run.endpoints.push(Endpoint { name: tame(&label), measures });
        }
    }
    run.whole = whole.ok_or_else(|| {
        GateError::new(
            name,
            format!("the entry `{WHOLE}` with its number of samples is missing"),
            "give statistics.json of the dashboard as JMeter wrote it",
        )
    })?;
    if options.percentiles.is_none() {
        run.notes.push(format!(
            "JMeter does not name its percentiles: its defaults are taken, {}; --percentiles says otherwise",
            placed(places)
        ));
    }
    run.checked()
}

fn measures(node: Node<'_>, places: &[Percentile]) -> Option<Measures> {
    let requests = node.get("sampleCount").and_then(Node::count)?;
    let reading = |key: &str| node.get(key).and_then(Node::number).map(Reading::exact);
    let mut measures = Measures { requests: Some(requests), ..Measures::default() };
    measures.put(Metric::Percentile(Percentile::P50), reading("medianResTime"));
    for (place, percentile) in places.iter().enumerate() {
        measures.put(Metric::Percentile(*percentile), reading(&format!("pct{}ResTime", place + 1)));
    }
    if let Some(failed) = node.get("errorCount").and_then(Node::count) {
        measures.put_failures(failed, requests);
    }
    measures.put(Metric::Throughput, reading("throughput"));
    Some(measures)
}

/// Whether an object holds statistics.
pub(super) fn is_statistics(root: Node<'_>) -> bool {
    root.members().iter().any(|(_, node)| node.get("sampleCount").is_some())
}
