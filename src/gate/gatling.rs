//! Gatling's `js/stats.json` and `js/global_stats.json`, with numbers as numbers or, as once, as texts and `-` for none.
//!
//! Sources: gatling/gatling, gatling-charts GlobalStatsJsonTemplate.scala at 0c70d92 and StatsJsonTemplate.scala at 01749d7 (the
//! fields; two percentiles at first), gatling-core gatling-defaults.conf at 003f188 (95 and 99 of two), read on 2026-11-29.

use super::error::GateError;
use super::format::Format;
use super::input::Options;
use super::metric::{Metric, Percentile};
use super::node::Node;
use super::run::{Endpoint, Measures, Reading, Run, placed, tame};

/// What stands in the four places unless gatling.conf says otherwise.
const FOUR: [Percentile; 4] = [Percentile::P50, Percentile::whole(75), Percentile::P95, Percentile::P99];
/// The same of the first versions, which had two.
const TWO: [Percentile; 2] = [Percentile::P95, Percentile::P99];
/// Groups nest as deep as somebody nests them.
const DEEPEST: usize = 64;

/// Reads either file.
pub(super) fn read(name: &str, root: Node<'_>, options: &Options) -> Result<Run, GateError> {
    let whole = root.get("stats").unwrap_or(root);
    let held = ["percentiles1", "percentiles2", "percentiles3", "percentiles4"];
    let held: Vec<_> = held.into_iter().filter(|key| whole.get(key).is_some()).collect();
    let usual: &[Percentile] = if held.len() == TWO.len() { &TWO } else { &FOUR };
    let places = options.percentiles.as_deref().unwrap_or(usual);
    if places.len() != held.len() {
        return Err(GateError::new(
            name,
            format!("it holds {} percentiles, and {} are named", held.len(), places.len()),
            "name as many with --percentiles, in the order of percentile1, percentile2 and so on in gatling.conf",
        ));
    }
    let mut run = Run::new(name, Format::Gatling);
    run.whole = measures(whole, places).ok_or_else(|| {
        GateError::new(
            name,
            "the number of requests is missing",
            "give js/stats.json or js/global_stats.json of the report as Gatling wrote it",
        )
    })?;
    if let Some(contents) = root.get("contents") {
        parts(contents, "", places, DEEPEST, &mut run.endpoints);
    }
    if options.percentiles.is_none() {
        run.notes.push(format!(
            "Gatling does not name its percentiles: its defaults are taken, {}; --percentiles says otherwise",
            placed(places)
        ));
    }
    run.checked()
}

/// Requests and groups, by their paths.
fn parts(contents: Node<'_>, above: &str, places: &[Percentile], deeper: usize, found: &mut Vec<Endpoint>) {
    for (_, part) in contents.members() {
        let name = part.get("name").and_then(Node::text).unwrap_or_default();
        let path = if above.is_empty() { name.into_owned() } else { format!("{above} / {name}") };
        if let Some(measures) = part.get("stats").and_then(|stats| measures(stats, places)) {
            found.push(Endpoint { name: tame(&path), measures });
        }
        if let (Some(contents), Some(deeper)) = (part.get("contents"), deeper.checked_sub(1)) {
            parts(contents, &path, places, deeper, found);
        }
    }
}

fn measures(stats: Node<'_>, places: &[Percentile]) -> Option<Measures> {
    let total = |key: &str| stats.at(&[key, "total"]).and_then(Node::number).map(Reading::exact);
    let requests = stats.at(&["numberOfRequests", "total"]).and_then(Node::count)?;
    let mut measures = Measures { requests: Some(requests), ..Measures::default() };
    // The percentage of failures is rounded to whole percents; the counts are not.
    if let Some(failed) = stats.at(&["numberOfRequests", "ko"]).and_then(Node::count) {
        measures.put_failures(failed, requests);
    }
    measures.put(Metric::Throughput, total("meanNumberOfRequestsPerSecond"));
    for (place, percentile) in places.iter().enumerate() {
        measures.put(Metric::Percentile(*percentile), total(&format!("percentiles{}", place + 1)));
    }
    Some(measures)
}
