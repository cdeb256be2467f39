//! What a gate found, for a terminal.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style as Ansi};

use super::gate::{Demand, Outcome, baseline, change, demands, headline, many, notes, origin, progress};
use super::log;
use super::table::{BOLD, DIM, Style, note, painted};
use super::text::{tame, wrap};
use crate::gate::{Judged, Judgement, Measures, Metric, Percentile};
use crate::units::counted;

/// What is shown of each endpoint.
const SHOWN: [Metric; 4] =
    [Metric::Percentile(Percentile::P95), Metric::Percentile(Percentile::P99), Metric::ErrorRate, Metric::Throughput];

/// Writes `judgement` for a terminal.
pub fn render(judgement: &Judgement, style: Style, out: &mut dyn Write) -> io::Result<()> {
    log::lines(out, |out| written(judgement, style, out))
}

fn written(judgement: &Judgement, style: Style, out: &mut dyn Write) -> io::Result<()> {
    if style.quiet {
        return quiet(judgement, out);
    }
    let is_open = judgement.runs.iter().flat_map(demands).all(|demand| demand.outcome == Outcome::Open);
    let paint = match (judgement.is_failure(), is_open) {
        (true, _) => AnsiColor::Red.on_default().bold(),
        (false, true) => BOLD,
        (false, false) => AnsiColor::Green.on_default().bold(),
    };
    writeln!(out, "{}", painted(paint, &headline(judgement)))?;
    for text in baseline(judgement) {
        note(&text, style, out)?;
    }
    for run in &judgement.runs {
        self::run(judgement, run, style, out)?;
    }
    Ok(())
}

/// What failed, a line each.
fn quiet(judgement: &Judgement, out: &mut dyn Write) -> io::Result<()> {
    for run in &judgement.runs {
        for demand in failed(run) {
            writeln!(out, "{}", tame(&format!("{}: {}", run.run.name, demand.text)))?;
        }
    }
    Ok(())
}

fn failed(run: &Judged) -> impl Iterator<Item = Demand> {
    demands(run).into_iter().filter(|demand| demand.outcome == Outcome::Failed)
}

fn run(judgement: &Judgement, run: &Judged, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let requests = run.run.whole.requests.map_or_else(String::new, |count| format!(" · {}", counted(count, "request")));
    let about = format!(" · {}{requests}", run.run.format.name());
    writeln!(out, "\n{}{}", painted(BOLD, &run.run.name), painted(DIM, &about))?;
    for demand in failed(run) {
        for line in wrap(&demand.text, style.width.saturating_sub(2)) {
            writeln!(out, "  {}", painted(AnsiColor::Red.on_default().bold(), &line))?;
        }
    }
    checks(run, out)?;
    comparisons(run, out)?;
    own(run, out)?;
    endpoints(judgement, run, out)?;
    notes(run).iter().try_for_each(|text| note(text, style, out))
}

fn checks(run: &Judged, out: &mut dyn Write) -> io::Result<()> {
    let mut rows = vec![["measured", "", "limit", ""].map(str::to_owned).to_vec()];
    rows.extend(run.checks.iter().map(|check| {
        let (metric, limit) = (check.bound.metric, check.bound.value);
        let origin = origin(&check.origin).map_or_else(String::new, |origin| format!(" ({origin})"));
        let roughly = if check.reading.is_exact() { "" } else { "about " };
        vec![
            super::gate::subject(check),
            format!("{roughly}{}", metric.spell_beside(check.reading.value, limit)),
            format!("{} {}", check.bound.sign(), metric.unrounded(limit)),
            format!(
                "{}{}{origin}",
                Outcome::of(check.passed).as_str(),
                if check.is_close { ", by rounding" } else { "" }
            ),
        ]
    }));
    if rows.len() > 1 { aligned(&rows, out) } else { Ok(()) }
}

fn comparisons(run: &Judged, out: &mut dyn Write) -> io::Result<()> {
    let mut rows = vec![["baseline", "was", "is", "change", ""].map(str::to_owned).to_vec()];
    rows.extend(run.comparisons.iter().map(|comparison| {
        let metric = comparison.metric;
        vec![
            metric.to_string(),
            comparison.base.map_or_else(|| "none yet".to_owned(), |base| metric.spell(base)),
            metric.spell(comparison.reading.value),
            change(comparison).unwrap_or_default(),
            progress(comparison).as_str().to_owned(),
        ]
    }));
    if rows.len() > 1 { aligned(&rows, out) } else { Ok(()) }
}

fn own(run: &Judged, out: &mut dyn Write) -> io::Result<()> {
    let mut rows = vec![["k6's own thresholds", "", ""].map(str::to_owned).to_vec()];
    rows.extend(run.run.own.iter().map(|own| {
        let outcome = own.passed.map_or("not told", |passed| Outcome::of(passed).as_str());
        vec![own.metric.clone(), own.expression.clone(), outcome.to_owned()]
    }));
    if rows.len() > 1 { aligned(&rows, out) } else { Ok(()) }
}

fn endpoints(judgement: &Judgement, run: &Judged, out: &mut dyn Write) -> io::Result<()> {
    let limited = |name: &str| run.checks.iter().any(|check| check.endpoint.as_deref() == Some(name));
    let shown: Vec<_> =
        run.run.endpoints.iter().filter(|one| judgement.shows_endpoints || limited(&one.name)).collect();
    if shown.is_empty() {
        let count = many(run.run.endpoints.len());
        let told = format!(
            "  {}: --per-endpoint shows {}",
            counted(count, "endpoint"),
            if count == 1 { "it" } else { "them" }
        );
        return if count == 0 { Ok(()) } else { writeln!(out, "{}", painted(DIM, &told)) };
    }
    let mut rows = vec![["endpoint", "requests", "P95", "P99", "error rate", "throughput"].map(str::to_owned).to_vec()];
    rows.extend(shown.into_iter().map(|endpoint| {
        let requests = endpoint.measures.requests.map_or_else(|| "-".to_owned(), |count| count.to_string());
        [endpoint.name.clone(), requests]
            .into_iter()
            .chain(SHOWN.map(|metric| value(&endpoint.measures, metric)))
            .collect()
    }));
    aligned(&rows, out)
}

/// What a file does not tell of an endpoint is a dash, and no zero.
pub(super) fn value(measures: &Measures, metric: Metric) -> String {
    measures.values.get(&metric).map_or_else(|| "-".to_owned(), |reading| metric.spell(reading.value))
}

/// The metrics that are shown of each endpoint.
pub(super) const fn shown() -> [Metric; 4] {
    SHOWN
}

/// A table whose first row is its head; an empty line before it.
fn aligned(rows: &[Vec<String>], out: &mut dyn Write) -> io::Result<()> {
    let columns = rows.iter().map(Vec::len).max().unwrap_or_default();
    let widest = |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max();
    let widths: Vec<usize> = (0..columns).map(|column| widest(column).unwrap_or_default()).collect();
    writeln!(out)?;
    for (at, row) in rows.iter().enumerate() {
        let mut line = String::new();
        for (cell, width) in row.iter().zip(&widths) {
            line.push_str("  ");
            line.push_str(cell);
            line.extend(std::iter::repeat_n(' ', width.saturating_sub(cell.chars().count())));
        }
        let paint = match row.last().map(String::as_str) {
            _ if at == 0 => DIM,
            Some(last) if last.starts_with("failed") => AnsiColor::Red.on_default(),
            _ => Ansi::new(),
        };
        writeln!(out, "{}", painted(paint, line.trim_end()))?;
    }
    Ok(())
}
