//! The words in which text formats say what a gate found.

use rust_decimal::RoundingStrategy;

use super::text::sentence;
use crate::gate::{Check, Comparison, Judged, Judgement, Metric, Origin, OwnThreshold, Trend};
use crate::units::{Decimal, counted, plain};

/// What became of a demand.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Outcome {
    /// It is kept.
    Passed,
    /// It is not.
    Failed,
    /// There was nothing to hold it against.
    Open,
}

impl Outcome {
    pub(super) const fn of(passed: bool) -> Self {
        if passed { Self::Passed } else { Self::Failed }
    }

    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::Failed => "failed",
            Self::Open => "open",
        }
    }
}

/// A demand, by what it is called and what became of it.
#[derive(Debug)]
pub(super) struct Demand {
    pub(super) title: String,
    pub(super) outcome: Outcome,
    pub(super) text: String,
}

/// All demands of a run: its limits, the baseline, and what the load test itself demands.
pub(super) fn demands(run: &Judged) -> Vec<Demand> {
    let checks = run.checks.iter().map(|check| Demand {
        title: format!("{} {}", subject(check), check.bound.spell()),
        outcome: Outcome::of(check.passed),
        text: self::check(check),
    });
    let comparisons = run.comparisons.iter().map(|comparison| Demand {
        title: format!("{} against the baseline", comparison.metric),
        outcome: progress(comparison),
        text: self::comparison(comparison),
    });
    let own = run.run.own.iter().map(|own| Demand {
        title: format!("k6 {}: {}", own.metric, own.expression),
        outcome: own.passed.map_or(Outcome::Open, Outcome::of),
        text: self::own(own),
    });
    checks.chain(comparisons).chain(own).collect()
}

/// The verdict in one line, without a full stop.
pub(super) fn headline(judgement: &Judgement) -> String {
    let demands: Vec<Demand> = judgement.runs.iter().flat_map(demands).collect();
    let count = |outcome| many(demands.iter().filter(|demand| demand.outcome == outcome).count());
    let (failed, passed) = (count(Outcome::Failed), count(Outcome::Passed));
    let runs = counted(many(judgement.runs.len()), "run");
    match (failed, passed) {
        (0, 0) => format!("gate open: nothing to hold {runs} against yet"),
        (0, passed) => format!("gate passed: {} kept in {runs}", counted(passed, "demand")),
        (failed, passed) => {
            format!("gate failed: {failed} of {} not kept in {runs}", counted(failed + passed, "demand"))
        }
    }
}

/// What a check is about: `P95`, `P95 of /checkout`.
pub(super) fn subject(check: &Check) -> String {
    match &check.endpoint {
        None => check.bound.metric.to_string(),
        Some(name) => format!("{} of {name}", check.bound.metric),
    }
}

/// A limit and what became of it.
pub(super) fn check(check: &Check) -> String {
    let (metric, value, limit) = (check.bound.metric, check.reading.value, check.bound.value);
    let told = format!("{} is {}", subject(check), metric.spell_beside(value, limit));
    let origin = origin(&check.origin).map_or_else(String::new, |origin| format!(" ({origin})"));
    let close = if check.is_close { format!("; {}", close(check)) } else { String::new() };
    if check.passed {
        return format!("{told}, {}{origin}{close}", check.bound.spell());
    }
    let off = value.checked_sub(limit).map(|off| off.abs()).unwrap_or_default();
    let way = if metric.grows_worse() { "too much" } else { "too little" };
    let off =
        if off.is_zero() { ": it may not be reached".to_owned() } else { format!(": {} {way}", apart(metric, off)) };
    format!("{told} and has to be {}{origin}{off}{close}", check.bound.spell())
}

/// How far two values lie apart. Of two shares the difference is no share: it is told in percentage points.
fn apart(metric: Metric, off: Decimal) -> String {
    let spelled = metric.spell(off);
    match spelled.strip_suffix('%').filter(|_| metric == Metric::ErrorRate) {
        Some("1") => "1 percentage point".to_owned(),
        Some(points) => format!("{points} percentage points"),
        None => spelled,
    }
}

fn close(check: &Check) -> String {
    let metric = check.bound.metric;
    format!(
        "the tool rounds, so it may be anything from {} to {}, on either side of the limit",
        metric.spell(check.reading.low),
        metric.spell(check.reading.high)
    )
}

/// Where a limit comes from, unless it was typed.
pub(super) fn origin(origin: &Origin) -> Option<String> {
    match origin {
        Origin::Typed => None,
        Origin::Defaults => Some("the principle's own limit".to_owned()),
        Origin::Slo(place) => Some(format!("SLO {place}")),
    }
}

/// What became of a comparison.
pub(super) fn progress(comparison: &Comparison) -> Outcome {
    if comparison.trend == Trend::First { Outcome::Open } else { Outcome::of(!comparison.failed) }
}

/// A change with its sign: `+15%`, `-3.2%`.
pub(super) fn change(comparison: &Comparison) -> Option<String> {
    let percent = comparison.change?.checked_mul(Decimal::ONE_HUNDRED)?;
    let allowed = comparison.allowed.checked_mul(Decimal::ONE_HUNDRED)?;
    // What is just above the allowance is not rounded down to it.
    let mut rounded = (1..28)
        .map(|places| percent.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero).normalize());
    let shown = rounded.find(|rounded| !comparison.failed || rounded.abs() > allowed).unwrap_or(percent);
    let sign = if percent > Decimal::ZERO { "+" } else { "" };
    Some(format!("{sign}{}%", plain(shown)))
}

/// A metric beside the baseline.
pub(super) fn comparison(comparison: &Comparison) -> String {
    let Comparison { metric, reading, .. } = comparison;
    let now = reading.value;
    let Some(base) = comparison.base else {
        return format!("{metric} is {}, and the baseline has none", metric.spell(now));
    };
    let moved = format!("from {} to {}", metric.spell_beside(base, now), metric.spell_beside(now, base));
    let change = change(comparison).map_or_else(String::new, |change| format!(" ({change})"));
    let allowed = plain(comparison.allowed.checked_mul(Decimal::ONE_HUNDRED).unwrap_or_default());
    match (comparison.trend, comparison.failed) {
        (Trend::First, _) => format!("{metric} is {}, and the baseline has none", metric.spell(now)),
        (Trend::Same, _) => format!("{metric} is {}, as in the baseline", metric.spell(now)),
        (Trend::Better, _) => format!("{metric} got better, {moved}{change}"),
        (Trend::Worse, _) if base.is_zero() => {
            let why = if comparison.failed {
                "from nothing, any growth is too much unless a limit says how much there may be"
            } else {
                "from nothing there is no percentage, so its limit alone decides"
            };
            format!("{metric} got worse, {moved}: {why}")
        }
        (Trend::Worse, true) => {
            format!("{metric} got worse, {moved}{change}: more than the {allowed}% that are allowed")
        }
        (Trend::Worse, false) => format!("{metric} got worse, {moved}{change}: within the {allowed}% that are allowed"),
    }
}

/// A threshold of the load test.
pub(super) fn own(own: &OwnThreshold) -> String {
    let state = match own.passed {
        Some(true) => "was kept",
        Some(false) => "was not kept",
        None => "may have been kept or not: the file does not tell",
    };
    format!("the test's own threshold {} of {} {state}", own.expression, own.metric)
}

/// What is said of the baseline.
pub(super) fn baseline(judgement: &Judgement) -> Vec<String> {
    let Some((name, was_there)) = &judgement.baseline else { return Vec::new() };
    let mut said = Vec::new();
    if !was_there {
        said.push(format!("first run: {name} is not there yet, so limits alone decide"));
    }
    for run in &judgement.runs {
        let is_first = !run.comparisons.is_empty() && run.comparisons.iter().all(|one| one.trend == Trend::First);
        if *was_there && is_first {
            said.push(format!(
                "first run of {}: {name} has none of that name yet, so limits alone decide",
                run.run.name
            ));
        }
        if let Some(other) = &run.compared_with {
            said.push(format!("{} is compared with the only run in {name}, which is called {other}", run.run.name));
        }
    }
    match judgement.updated {
        Some(true) => said.push(format!("{name} was written with what this run measured")),
        Some(false) => said.push(format!("{name} stays as it is: a run that failed is no baseline")),
        None => {}
    }
    said
}

/// What a reader should know of a run's numbers.
pub(super) fn notes(run: &Judged) -> Vec<String> {
    run.run.notes.iter().map(|note| sentence(note)).collect()
}

pub(super) fn many(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}
