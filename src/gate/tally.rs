//! Counts the samples of a run, as k6 writes them one by one.

use std::borrow::Cow;

use jiff::Timestamp;
use rustc_hash::FxHashMap;
use serde::Deserialize;
use serde_json::value::RawValue;

use super::format::Format;
use super::metric::{Metric, Percentile};
use super::node::{Node, number};
use super::quantiles::{Quantiles, Room};
use super::run::{Endpoint, Measures, OwnThreshold, Reading, Run, tame};
use crate::units::{Decimal, few};

/// Samples of the whole run that are kept one by one: 16 MB. Beyond, see `quantiles`.
const ROOM: usize = 1 << 21;
/// Endpoints that are told apart; where names hold ids, there is no end of them.
const ENDPOINTS: usize = 200;
/// What the duration of a request is called, and whether it failed.
pub(super) const DURATION: &str = "http_req_duration";
pub(super) const FAILED: &str = "http_req_failed";

/// Samples of the whole or of a part.
#[derive(Debug)]
struct Track {
    durations: Quantiles,
    failed: u64,
    judged: u64,
}

impl Track {
    const fn new() -> Self {
        Self { durations: Quantiles::new(), failed: 0, judged: 0 }
    }

    fn add(&mut self, sample: Sample, room: &mut Room) {
        match sample {
            Sample::Duration(time) => self.durations.add(time, room),
            Sample::Failed(is_failure) => {
                self.judged += 1;
                self.failed += u64::from(is_failure);
            }
        }
    }

    fn measures(&mut self) -> Measures {
        self.durations.sort();
        let mut measures = Measures { requests: Some(self.durations.count()), ..Measures::default() };
        let usual = [Percentile::P50, Percentile::P90, Percentile::P95, Percentile::P99, Percentile::whole(100)];
        for percentile in usual {
            measures.put(Metric::Percentile(percentile), self.durations.at(percentile));
        }
        measures.put_failures(self.failed, self.judged);
        measures
    }
}

#[derive(Clone, Copy)]
enum Sample {
    Duration(f64),
    Failed(bool),
}

/// A part of the run that somebody asked for by its tags: `name:/checkout`, `group:::pay,status:200`.
#[derive(Debug)]
struct Wanted {
    name: String,
    tags: Vec<(String, String)>,
    track: Track,
}

/// All that is counted.
#[derive(Debug)]
pub(super) struct Tally {
    whole: Track,
    room: Room,
    parts: FxHashMap<String, Track>,
    parts_room: Room,
    wanted: Vec<Wanted>,
    left_out: bool,
    first: Option<i128>,
    last: Option<i128>,
    own: Vec<OwnThreshold>,
    trends: Vec<String>,
    /// The name that was looked up last: its place in memory serves the next.
    name: String,
}

#[derive(Deserialize)]
struct Line<'a> {
    #[serde(borrow)]
    metric: Cow<'a, str>,
    #[serde(borrow, rename = "type")]
    kind: Cow<'a, str>,
    #[serde(borrow)]
    data: &'a RawValue,
}

#[derive(Deserialize)]
struct Point<'a> {
    #[serde(borrow)]
    time: Cow<'a, str>,
    #[serde(borrow)]
    value: &'a RawValue,
    #[serde(borrow, default)]
    tags: Option<&'a RawValue>,
}

#[derive(Deserialize)]
struct Tags<'a> {
    #[serde(borrow, default)]
    name: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    group: Option<Cow<'a, str>>,
}

impl Tally {
    /// Counts these parts besides those that it finds.
    pub(super) fn new(wanted: &[String]) -> Self {
        Self::with_room(wanted, ROOM)
    }

    pub(super) fn with_room(wanted: &[String], room: usize) -> Self {
        let wanted = wanted.iter().filter_map(|name| {
            let pairs = name.split(',').map(|tag| tag.split_once(':'));
            let tags = pairs.collect::<Option<Vec<_>>>().or_else(|| name.split_once(':').map(|tag| vec![tag]))?;
            let tags = tags.into_iter().map(|(key, value)| (key.trim().to_owned(), value.trim().to_owned())).collect();
            Some(Wanted { name: name.clone(), tags, track: Track::new() })
        });
        Self {
            whole: Track::new(),
            room: Room(room),
            parts: FxHashMap::default(),
            parts_room: Room(room),
            wanted: wanted.collect(),
            left_out: false,
            first: None,
            last: None,
            own: Vec::new(),
            trends: Vec::new(),
            name: String::new(),
        }
    }

    /// Takes in a line that is for the gate; says what is wrong with it.
    pub(super) fn line(&mut self, line: &[u8]) -> Result<(), String> {
        let Line { metric, kind, data } = serde_json::from_slice(line).map_err(|error| error.to_string())?;
        match (kind.as_ref(), metric.as_ref()) {
            ("Metric", metric) => self.metric(metric, Node(data.get())),
            ("Point", DURATION | FAILED) => self.point(&metric, data)?,
            _ => {}
        }
        Ok(())
    }

    /// What a test demands of a metric stands at its first mention.
    fn metric(&mut self, metric: &str, data: Node<'_>) {
        let thresholds = data.get("thresholds").map(Node::elements).unwrap_or_default();
        self.own.extend(thresholds.into_iter().filter_map(Node::text).map(|expression| OwnThreshold {
            metric: tame(metric),
            expression: tame(&expression),
            passed: None,
        }));
        if data.get("type").and_then(Node::text).as_deref() == Some("trend") && self.trends.len() < ENDPOINTS {
            self.trends.push(tame(metric));
        }
    }

    fn point(&mut self, metric: &str, data: &RawValue) -> Result<(), String> {
        let Point { time, value, tags } = serde_json::from_str(data.get()).map_err(|error| error.to_string())?;
        let sampled = value.get().parse::<f64>().ok().filter(|value| value.is_finite() && *value >= 0.0);
        let sampled = sampled.ok_or_else(|| format!("the value of {metric} is no number of zero or more"))?;
        let sample = if metric == DURATION { Sample::Duration(sampled) } else { Sample::Failed(sampled > 0.0) };
        if metric == DURATION {
            self.spans(&time, value.get())?;
        }
        self.whole.add(sample, &mut self.room);
        let Some(tags) = tags.filter(|tags| tags.get() != "null") else { return Ok(()) };
        let named: Tags<'_> = serde_json::from_str(tags.get()).map_err(|error| error.to_string())?;
        for (tag, value) in [("name", named.name), ("group", named.group)] {
            let Some(value) = value.filter(|value| !value.is_empty()) else { continue };
            let mut name = std::mem::take(&mut self.name);
            name.clear();
            name.extend([tag, ":", &value]);
            if name.len() > 200 || name.bytes().any(|byte| !(b' '..=b'~').contains(&byte)) {
                name = tame(&name);
            }
            self.part(&name, sample);
            self.name = name;
        }
        if !self.wanted.is_empty() {
            let tags = Node(tags.get()).members();
            let has = |(key, value): &(String, String)| {
                tags.iter().any(|(name, node)| name == key && node.text().is_some_and(|text| text.trim() == value))
            };
            for wanted in self.wanted.iter_mut().filter(|wanted| wanted.tags.iter().all(has)) {
                wanted.track.add(sample, &mut self.parts_room);
            }
        }
        Ok(())
    }

    fn part(&mut self, name: &str, sample: Sample) {
        if let Some(track) = self.parts.get_mut(name) {
            track.add(sample, &mut self.parts_room);
        } else if self.parts.len() < ENDPOINTS {
            let mut track = Track::new();
            track.add(sample, &mut self.parts_room);
            self.parts.insert(name.to_owned(), track);
        } else {
            self.left_out = true;
        }
    }

    /// A sample is written when its request is over.
    fn spans(&mut self, time: &str, duration: &str) -> Result<(), String> {
        let over: Timestamp = time.parse().map_err(|_| "the time of a sample is no time".to_owned())?;
        let over = over.as_nanosecond();
        let took = number(duration).and_then(|took| took.checked_mul(Decimal::from(1_000_000)));
        let began =
            took.and_then(|took| i128::try_from(took.trunc()).ok()).map_or(over, |took| over.saturating_sub(took));
        self.first = Some(self.first.map_or(began, |first| first.min(began)));
        self.last = Some(self.last.map_or(over, |last| last.max(over)));
        Ok(())
    }

    /// The metrics that measure times, of which the gate asks only for one.
    pub(super) fn trends(&self) -> &[String] {
        &self.trends
    }

    /// What comes of it all.
    pub(super) fn run(mut self, name: &str) -> Run {
        let mut run = Run::new(name, Format::K6Lines);
        run.whole = self.whole.measures();
        run.whole.put(Metric::Throughput, self.throughput());
        let wanted: Vec<Endpoint> = (self.wanted.iter_mut())
            .filter(|wanted| wanted.track.durations.count() > 0)
            .map(|wanted| Endpoint { name: wanted.name.clone(), measures: wanted.track.measures() })
            .collect();
        let mut rounded: Vec<String> = Vec::new();
        if !self.whole.durations.is_exact() {
            rounded.push("the whole run".to_owned());
        }
        let wide = self.wanted.iter().filter(|wanted| !wanted.track.durations.is_exact());
        rounded.extend(wide.map(|wanted| tame(&wanted.name)));
        let mut parts: Vec<_> = self.parts.into_iter().collect();
        parts.sort_by(|a, b| a.0.cmp(&b.0));
        for (name, mut track) in parts {
            if !wanted.iter().any(|wanted| wanted.name == name) {
                if !track.durations.is_exact() {
                    rounded.push(name.clone());
                }
                run.endpoints.push(Endpoint { name, measures: track.measures() });
            }
        }
        run.endpoints.extend(wanted);
        if !rounded.is_empty() {
            run.notes.push(format!(
                "there are too many samples to keep: percentiles of {} are told by up to 0.1% too large, never too small",
                few(rounded)
            ));
        }
        if self.left_out {
            run.notes.push(format!(
                "more than {ENDPOINTS} names and groups: the rest is in the whole, and not told apart; give requests with ids in \
                 their URLs a `name` tag"
            ));
        }
        if !self.own.is_empty() {
            run.notes.push(
                "samples do not tell whether k6's own thresholds were kept: k6's exit code 99 says that one was not"
                    .to_owned(),
            );
        }
        run.own = self.own;
        run
    }

    /// Requests by the second, from the beginning of the first to the end of the last.
    fn throughput(&self) -> Option<Reading> {
        let nanoseconds = Decimal::try_from_i128_with_scale(self.last?.checked_sub(self.first?)?, 0).ok()?;
        let count = Decimal::from(self.whole.durations.count());
        let rate = count.checked_mul(Decimal::from(1_000_000_000_u64))?.checked_div(nanoseconds)?;
        (self.whole.durations.count() > 1).then(|| Reading::exact(rate.round_dp(9)))
    }
}
