//! What a gate found, for a pull request.

use std::io::{self, Write};

use super::gate::{Outcome, baseline, demands, headline, notes};
use super::gate_table::{shown, value};
use super::markdown_text::{cell, code, escape, fitting};
use super::text::sentence;
use crate::gate::{Judged, Judgement};
use crate::units::counted;

/// A comment carries this mark, so that a bot can update it instead of adding another.
const MARK: &str = "<!-- planwise:gate -->";

/// Writes `judgement` as GitHub-flavoured Markdown; where all of it is too much for a comment, fewer endpoints.
pub fn render(judgement: &Judgement, out: &mut dyn Write) -> io::Result<()> {
    fitting(
        [(usize::MAX, 500), (1_000, 50), (200, 10), (50, 0)],
        |(rows, endpoints), out| write(judgement, rows, endpoints, out),
        out,
    )
}

fn write(judgement: &Judgement, rows: usize, endpoints: usize, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{MARK}\n### planwise: {}\n", escape(&headline(judgement)))?;
    for text in baseline(judgement) {
        writeln!(out, "> {}\n", escape(&sentence(&text)))?;
    }
    for run in &judgement.runs {
        self::run(run, rows, out)?;
        if judgement.shows_endpoints {
            self::endpoints(run, endpoints, out)?;
        }
    }
    Ok(())
}

fn run(run: &Judged, rows: usize, out: &mut dyn Write) -> io::Result<()> {
    let requests = run.run.whole.requests.map_or_else(String::new, |count| format!(", {}", counted(count, "request")));
    writeln!(out, "{} ({}{requests})\n", code(&run.run.name), run.run.format.name())?;
    let mut demands = demands(run);
    // What failed stands first.
    demands.sort_by_key(|demand| demand.outcome != Outcome::Failed);
    if !demands.is_empty() {
        writeln!(out, "| | Demand | Measured |\n|---|---|---|")?;
        for demand in demands.iter().take(rows) {
            let outcome = demand.outcome.as_str();
            let outcome = if demand.outcome == Outcome::Failed { format!("**{outcome}**") } else { outcome.to_owned() };
            writeln!(out, "| {outcome} | {} | {} |", escape(&demand.title), escape(&sentence(&demand.text)))?;
        }
        if demands.len() > rows {
            writeln!(out, "\nAnd {} more.", demands.len() - rows)?;
        }
        writeln!(out)?;
    }
    notes(run).iter().try_for_each(|note| writeln!(out, "<sub>{}.</sub>\n", escape(note)))
}

fn endpoints(run: &Judged, most: usize, out: &mut dyn Write) -> io::Result<()> {
    if run.run.endpoints.is_empty() {
        return Ok(());
    }
    writeln!(out, "<details><summary>Endpoints</summary>\n")?;
    writeln!(out, "| Endpoint | Requests | P95 | P99 | Error rate | Throughput |\n|---|---|---|---|---|---|")?;
    for endpoint in run.run.endpoints.iter().take(most) {
        let requests = endpoint.measures.requests.map_or_else(|| "-".to_owned(), |count| count.to_string());
        let values = shown().map(|metric| value(&endpoint.measures, metric)).join(" | ");
        writeln!(out, "| {} | {requests} | {values} |", cell(&endpoint.name))?;
    }
    if run.run.endpoints.len() > most {
        writeln!(out, "\nAnd {} more.", run.run.endpoints.len() - most)?;
    }
    writeln!(out, "\n</details>\n")
}
