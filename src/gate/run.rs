//! What a load test measured, whatever tool wrote it down.

use std::collections::BTreeMap;

use super::error::GateError;
use super::format::Format;
use super::metric::{Metric, Percentile};
use crate::units::Decimal;

/// A measured value, and between which two it lies where the tool tells it less exactly.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Reading {
    /// The value.
    pub value: Decimal,
    /// The least that it can be.
    pub low: Decimal,
    /// The most that it can be.
    pub high: Decimal,
}

impl Reading {
    /// A value that is told exactly.
    pub const fn exact(value: Decimal) -> Self {
        Self { value, low: value, high: value }
    }

    /// Whether it is told exactly.
    pub fn is_exact(self) -> bool {
        self.low == self.high
    }
}

/// What was measured of the whole run, or of a part of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Measures {
    /// How many requests there were.
    pub requests: Option<u64>,
    /// What the file tells of them.
    pub values: BTreeMap<Metric, Reading>,
}

impl Measures {
    /// Takes in what is told; what is not stays out.
    pub(super) fn put(&mut self, metric: Metric, reading: Option<Reading>) {
        if let Some(reading) = reading {
            self.values.insert(metric, reading);
        }
    }

    /// The share of requests that failed, from counts.
    pub(super) fn put_failures(&mut self, failed: u64, of: u64) {
        self.put(Metric::ErrorRate, Decimal::from(failed).checked_div(Decimal::from(of)).map(Reading::exact));
    }

    /// Whether no request was made: k6 writes zeros for what a threshold asks for and nothing was measured of. No request takes no
    /// time at all.
    pub(super) fn is_idle(&self) -> bool {
        let mut times = self.values.iter().filter(|(metric, _)| matches!(metric, Metric::Percentile(_))).peekable();
        times.peek().is_some() && times.all(|(_, reading)| reading.value.is_zero())
    }

    /// What cannot be, if anything: a file that says so was not written by a load test.
    fn oddity(&self) -> Option<String> {
        for (metric, reading) in &self.values {
            let most = if *metric == Metric::ErrorRate { Decimal::ONE } else { Decimal::MAX };
            if reading.value < Decimal::ZERO || reading.value > most {
                return Some(format!("the {metric} is {}, which cannot be", metric.unrounded(reading.value)));
            }
        }
        let percentiles = self.values.iter().filter(|(metric, _)| matches!(metric, Metric::Percentile(_)));
        let percentiles: Vec<_> = percentiles.collect();
        percentiles.iter().zip(percentiles.iter().skip(1)).find(|((_, a), (_, b))| a.value > b.value).map(
            |((lower, a), (higher, b))| {
                format!(
                    "{lower} is {} and {higher} {}, but a higher percentile is never smaller",
                    lower.spell(a.value),
                    higher.spell(b.value)
                )
            },
        )
    }
}

/// A part of a run: the requests of one name, one group, one tag.
#[derive(Clone, Debug, PartialEq)]
pub struct Endpoint {
    /// Its name, as the tool has it.
    pub name: String,
    /// What was measured of it.
    pub measures: Measures,
}

/// A threshold that stands in the load test itself.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct OwnThreshold {
    /// The metric that it is for.
    pub metric: String,
    /// What it demands.
    pub expression: String,
    /// Whether the tool found it kept; nothing where the file does not tell.
    pub passed: Option<bool>,
}

/// A run of a load test.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    /// What it is called, here and in a baseline.
    pub name: String,
    /// The kind of file that told of it.
    pub format: Format,
    /// All requests together.
    pub whole: Measures,
    /// Parts of them, by their names.
    pub endpoints: Vec<Endpoint>,
    /// What the load test itself demands.
    pub own: Vec<OwnThreshold>,
    /// What a reader should know of the numbers.
    pub notes: Vec<String>,
}

impl Run {
    /// A run of which nothing is known yet.
    pub(super) fn new(name: &str, format: Format) -> Self {
        let (whole, name) = (Measures::default(), name.to_owned());
        Self { name, format, whole, endpoints: Vec::new(), own: Vec::new(), notes: Vec::new() }
    }

    /// Lets through what can be a run: with requests in it, and numbers that go together.
    pub(super) fn checked(mut self) -> Result<Self, GateError> {
        if self.whole.requests == Some(0) {
            return Err(empty(&self.name));
        }
        let parts = self.endpoints.iter().map(|endpoint| (Some(&endpoint.name), &endpoint.measures));
        for (part, measures) in std::iter::once((None, &self.whole)).chain(parts) {
            if let Some(oddity) = measures.oddity() {
                let part = part.map_or_else(String::new, |name| format!("of {name}, "));
                let hint = match self.format {
                    Format::Gatling | Format::JMeter => {
                        "which percentiles the file holds is configured in the tool: name them in their order with \
                         --percentiles, such as --percentiles 50,75,95,99"
                    }
                    _ => "give the file as the tool wrote it",
                };
                return Err(GateError::new(&self.name, format!("{part}{oddity}"), hint));
            }
        }
        // What was not called is no endpoint that could be slow.
        self.endpoints.retain(|endpoint| endpoint.measures.requests != Some(0) && !endpoint.measures.values.is_empty());
        self.endpoints.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(self)
    }

    /// All parts of that name, outer blanks aside.
    pub fn endpoints_named<'r>(&'r self, name: &'r str) -> impl Iterator<Item = &'r Measures> {
        let same = |endpoint: &&Endpoint| endpoint.name.trim() == name.trim();
        self.endpoints.iter().filter(same).map(|endpoint| &endpoint.measures)
    }
}

/// A run that tested nothing.
pub(super) fn empty(name: &str) -> GateError {
    GateError::new(
        name,
        "the run made no requests, so it tested nothing",
        "look into the log of the load test: was the service there, and did the test start?",
    )
}

/// Names come from the service and the test: they are shown in one line, without what a terminal would obey.
pub(super) fn tame(name: &str) -> String {
    const LONGEST: usize = 200;
    name.chars().take(LONGEST).map(|c| if c.is_control() { '\u{FFFD}' } else { c }).collect()
}

/// Percentiles that stand in a file by their place only.
pub(super) fn placed(places: &[Percentile]) -> String {
    crate::units::listed(places)
}
