//! Asks a run whether it keeps its limits, and whether it is worse than the last good one.

use std::collections::BTreeMap;

use super::baseline::Baseline;
use super::error::GateError;
use super::format::Format;
use super::limit::{Bound, Limit, Origin};
use super::metric::Metric;
use super::run::{Measures, OwnThreshold, Reading, Run};
use crate::units::{Decimal, listed};

/// What runs are held against.
#[derive(Clone, Debug, Default)]
pub struct Terms {
    /// Limits for what is measured.
    pub limits: Vec<Limit>,
    /// The last good runs.
    pub against: Option<Against>,
}

/// A baseline, and how much worse than it a run may be.
#[derive(Clone, Debug)]
pub struct Against {
    /// The file, as a reader finds it.
    pub name: String,
    /// What it holds; nothing where there is no such file yet.
    pub baseline: Option<Baseline>,
    /// How much worse each metric may be, as a part of one.
    pub allowed: Vec<(Metric, Decimal)>,
}

/// A limit, asked.
#[derive(Clone, Debug, PartialEq)]
pub struct Check {
    /// The limit.
    pub bound: Bound,
    /// The endpoint that it is for.
    pub endpoint: Option<String>,
    /// Where it comes from.
    pub origin: Origin,
    /// What was measured.
    pub reading: Reading,
    /// Whether it keeps the limit.
    pub passed: bool,
    /// Whether the tool tells the value too roughly to be sure.
    pub is_close: bool,
}

/// Where a value went since the baseline.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Trend {
    /// There is none to compare with.
    First,
    /// It is better.
    Better,
    /// It is what it was.
    Same,
    /// It is worse.
    Worse,
}

/// A metric beside the baseline.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// The metric.
    pub metric: Metric,
    /// What it was.
    pub base: Option<Decimal>,
    /// What it is.
    pub reading: Reading,
    /// How much worse it may be, as a part of one.
    pub allowed: Decimal,
    /// By how much it changed, as a part of what it was; nothing where it was nothing.
    pub change: Option<Decimal>,
    /// Where it went.
    pub trend: Trend,
    /// Whether it is worse by more than is allowed.
    pub failed: bool,
}

/// A run, judged.
#[derive(Clone, Debug, PartialEq)]
pub struct Judged {
    /// The run.
    pub run: Run,
    /// Its limits.
    pub checks: Vec<Check>,
    /// What became of it since the baseline.
    pub comparisons: Vec<Comparison>,
    /// The run in the baseline, where it is called otherwise.
    pub compared_with: Option<String>,
}

impl Judged {
    /// The load test's own thresholds that were not kept.
    pub fn own_failures(&self) -> impl Iterator<Item = &OwnThreshold> {
        self.run.own.iter().filter(|own| own.passed == Some(false))
    }

    /// How much of it failed.
    pub fn failures(&self) -> usize {
        let checks = self.checks.iter().filter(|check| !check.passed).count();
        let regressions = self.comparisons.iter().filter(|comparison| comparison.failed).count();
        checks + regressions + self.own_failures().count()
    }
}

/// All runs, judged.
#[derive(Clone, Debug, PartialEq)]
pub struct Judgement {
    /// The runs.
    pub runs: Vec<Judged>,
    /// The baseline, and whether it was there.
    pub baseline: Option<(String, bool)>,
    /// Whether it was written anew; nothing where nobody asked for it.
    pub updated: Option<bool>,
    /// Whether all endpoints are shown, and not only those with limits.
    pub shows_endpoints: bool,
}

impl Judgement {
    /// Whether any run failed.
    pub fn is_failure(&self) -> bool {
        self.runs.iter().any(|run| run.failures() > 0)
    }
}

/// Judges runs.
///
/// # Errors
/// When a file lacks what a limit or the baseline asks for, or no file has the endpoint of a limit.
pub fn judge(runs: Vec<Run>, terms: &Terms) -> Result<Judgement, GateError> {
    for endpoint in terms.limits.iter().filter_map(|limit| limit.endpoint.as_deref()) {
        if runs.iter().all(|run| run.endpoints_named(endpoint).next().is_none()) {
            return Err(no_such_endpoint(&runs, endpoint));
        }
    }
    let is_only = runs.len() == 1;
    let runs = runs.into_iter().map(|run| {
        let checks = checks(&run, &terms.limits)?;
        let (mut comparisons, mut compared_with) = (Vec::new(), None);
        if let Some(against) = &terms.against {
            let found = against.baseline.as_ref().and_then(|baseline| baseline.of(&run.name, is_only));
            compared_with = found.map(|(name, _)| name.to_owned()).filter(|name| *name != run.name);
            comparisons = compare(&run, &checks, found.map(|(_, values)| values), &against.allowed)?;
        }
        Ok(Judged { run, checks, comparisons, compared_with })
    });
    Ok(Judgement {
        runs: runs.collect::<Result<_, GateError>>()?,
        baseline: terms.against.as_ref().map(|against| (against.name.clone(), against.baseline.is_some())),
        updated: None,
        shows_endpoints: false,
    })
}

fn no_such_endpoint(runs: &[Run], endpoint: &str) -> GateError {
    const SHOWN: usize = 10;
    let mut names: Vec<&str> =
        runs.iter().flat_map(|run| run.endpoints.iter().map(|endpoint| endpoint.name.as_str())).collect();
    names.sort_unstable();
    names.dedup();
    let more = names.len().saturating_sub(SHOWN);
    names.truncate(SHOWN);
    let known = match (names.is_empty(), more) {
        (true, _) => {
            let mut formats: Vec<Format> = runs.iter().map(|run| run.format).collect();
            formats.dedup();
            formats.into_iter().map(Format::how_to_get_parts).collect::<Vec<_>>().join("; ")
        }
        (false, 0) => format!("it has {}", listed(names)),
        (false, more) => format!("it has {} and {more} more; --per-endpoint shows all", names.join(", ")),
    };
    let name = runs.iter().map(|run| run.name.as_str()).collect::<Vec<_>>().join(", ");
    GateError::new(&name, format!("there is no endpoint {endpoint}"), known)
}

/// What a file does not tell is no zero.
fn reading(run: &Run, measures: &Measures, metric: Metric, endpoint: Option<&str>) -> Result<Reading, GateError> {
    measures.values.get(&metric).copied().ok_or_else(|| {
        let part = endpoint.map_or_else(String::new, |name| format!(" of {name}"));
        GateError::new(
            &run.name,
            format!("the {} holds no {metric}{part}", run.format.name()),
            run.format.how_to_get(metric),
        )
    })
}

fn checks(run: &Run, limits: &[Limit]) -> Result<Vec<Check>, GateError> {
    let mut checks = Vec::new();
    for Limit { bound, endpoint, origin } in limits {
        // A group and a request may share a name: both are judged. Where there is none, another of the runs has it.
        let parts: Vec<&Measures> = match endpoint {
            None => vec![&run.whole],
            Some(name) => run.endpoints_named(name).collect(),
        };
        for measures in parts {
            let reading = reading(run, measures, bound.metric, endpoint.as_deref())?;
            let passed = bound.holds(reading.value);
            let is_close = [reading.low, reading.high].into_iter().any(|value| bound.holds(value) != passed);
            checks.push(Check {
                bound: *bound,
                endpoint: endpoint.clone(),
                origin: origin.clone(),
                reading,
                passed,
                is_close,
            });
        }
    }
    Ok(checks)
}

fn compare(
    run: &Run,
    checks: &[Check],
    base: Option<&BTreeMap<Metric, Decimal>>,
    allowed: &[(Metric, Decimal)],
) -> Result<Vec<Comparison>, GateError> {
    let of = |(metric, allowed): &(Metric, Decimal)| {
        let (metric, allowed) = (*metric, *allowed);
        let reading = reading(run, &run.whole, metric, None)?;
        let before = base.and_then(|base| base.get(&metric)).copied();
        let is_limited =
            checks.iter().any(|check| check.endpoint.is_none() && check.bound.metric == metric && check.passed);
        Ok(comparison(metric, before, reading, allowed, is_limited))
    };
    allowed.iter().map(of).collect()
}

/// A value that was nothing has no part by which it could grow: a limit that it keeps decides, and without one any growth is too
/// much.
fn comparison(
    metric: Metric,
    base: Option<Decimal>,
    reading: Reading,
    allowed: Decimal,
    is_limited: bool,
) -> Comparison {
    let now = reading.value;
    let mut told = Comparison { metric, base, reading, allowed, change: None, trend: Trend::First, failed: false };
    let Some(base) = base else { return told };
    let worse = if metric.grows_worse() { now.checked_sub(base) } else { base.checked_sub(now) };
    let worse = worse.unwrap_or(Decimal::MAX);
    told.trend = match worse {
        worse if worse.is_zero() => Trend::Same,
        worse if worse > Decimal::ZERO => Trend::Worse,
        _ => Trend::Better,
    };
    if base.is_zero() {
        told.failed = told.trend == Trend::Worse && !is_limited;
        return told;
    }
    told.change = now.checked_sub(base).and_then(|change| change.checked_div(base));
    // Without a division, so that exactly as much as is allowed is not more.
    told.failed = base.checked_mul(allowed).is_some_and(|room| worse > room);
    told
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gate::{Percentile, defaults};

    const P99: Metric = Metric::Percentile(Percentile::P99);

    fn number(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    fn compared(metric: Metric, base: &str, now: &str, is_limited: bool) -> (Trend, bool) {
        let told = comparison(metric, Some(number(base)), Reading::exact(number(now)), number("0.1"), is_limited);
        (told.trend, told.failed)
    }

    #[test]
    fn exactly_as_much_worse_as_is_allowed_is_not_too_much() {
        assert_eq!(compared(P99, "300", "330", false), (Trend::Worse, false));
        assert_eq!(compared(P99, "300", "330.0000000001", false), (Trend::Worse, true));
        assert_eq!(compared(P99, "300", "300", false), (Trend::Same, false));
        assert_eq!(compared(P99, "300", "120", false), (Trend::Better, false));
        // Less throughput is worse: 100 to 90 is a tenth.
        assert_eq!(compared(Metric::Throughput, "100", "90", false), (Trend::Worse, false));
        assert_eq!(compared(Metric::Throughput, "100", "89.9", false), (Trend::Worse, true));
        assert_eq!(compared(Metric::Throughput, "100", "150", false), (Trend::Better, false));
    }

    #[test]
    fn of_nothing_there_is_no_tenth() {
        assert_eq!(compared(Metric::ErrorRate, "0", "0", false), (Trend::Same, false));
        assert_eq!(compared(Metric::ErrorRate, "0", "0.0001", false), (Trend::Worse, true));
        assert_eq!(compared(Metric::ErrorRate, "0", "0.0001", true), (Trend::Worse, false));
    }

    #[test]
    fn a_value_that_is_told_roughly_may_be_on_either_side() {
        let mut run = Run::new("a", Format::Locust);
        let rough = Reading { value: number("190"), low: number("185"), high: number("195") };
        run.whole.put(Metric::Percentile(Percentile::P95), Some(rough));
        let limit = |text: &str| Limit {
            bound: Bound::parse(Metric::Percentile(Percentile::P95), text).unwrap(),
            endpoint: None,
            origin: Origin::Typed,
        };
        let checks = checks(&run, &[limit("200ms"), limit("192ms"), limit("186ms")]).unwrap();
        let told: Vec<_> = checks.iter().map(|check| (check.passed, check.is_close)).collect();
        assert_eq!(told, [(true, false), (true, true), (false, true)]);
    }

    #[test]
    fn what_is_not_measured_is_no_zero() {
        let mut run = Run::new("summary.json", Format::K6Summary);
        run.whole.put(Metric::Percentile(Percentile::P95), Some(Reading::exact(Decimal::ONE)));
        let terms = Terms { limits: defaults(), against: None };
        let error = judge(vec![run], &terms).unwrap_err().to_string();
        assert!(
            error.starts_with("summary.json: the k6 summary holds no P99\n  hint: run k6 with --summary-trend-stats="),
            "{error}"
        );
    }
}
