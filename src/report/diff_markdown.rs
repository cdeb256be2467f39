//! What lies between two reports, for a pull request or a weekly note.

use std::io::{self, Write};

use super::diff::{aside, cost, failure, headline, measures, message, plan, severity, title};
use super::markdown_text::{cell, code, escape, fitting};
use super::text::{one_line, sentence};
use crate::compare::{Change, Comparison, Kind};

/// A comment carries this mark, so that a bot can update it instead of adding another.
const MARK: &str = "<!-- planwise:diff -->";

/// Writes `comparison` as GitHub-flavoured Markdown; where all of it is too much for a comment, fewer findings of each kind.
pub fn render(comparison: &Comparison, out: &mut dyn Write) -> io::Result<()> {
    fitting([usize::MAX, 100, 25, 5, 0], |rows, out| write(comparison, rows, out), out)
}

fn write(comparison: &Comparison, rows: usize, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{MARK}\n### planwise: {}\n", escape(headline(comparison).trim_end_matches('.')))?;
    let [from, to] = comparison.sides.each_ref().map(|side| code(&one_line(&side.name)));
    writeln!(out, "{from} → {to}\n")?;
    if let Some(text) = failure(comparison) {
        writeln!(out, "**{}**\n", escape(&text))?;
    }
    let costs = cost(comparison);
    if !costs.is_empty() {
        writeln!(out, "{}\n", escape(&one_line(&costs.join(" "))))?;
    }
    for note in &comparison.notes {
        writeln!(out, "> {}\n", escape(&sentence(&one_line(note))))?;
    }
    Kind::ALL.into_iter().try_for_each(|kind| section(comparison, kind, rows, out))
}

/// Bad news stand open, the rest is folded.
fn section(comparison: &Comparison, kind: Kind, rows: usize, out: &mut dyn Write) -> io::Result<()> {
    let changes: Vec<&Change> = comparison.changes.iter().filter(|change| change.kind == kind).collect();
    if changes.is_empty() {
        return Ok(());
    }
    let title = format!("{} ({})", title(kind), changes.len());
    if kind.is_bad() {
        writeln!(out, "**{title}**\n")?;
    } else {
        writeln!(out, "<details><summary>{title}</summary>\n")?;
    }
    let several = comparison.plans.len() > 1;
    let (head, rule) = if several { ("Plan | ", "---|") } else { ("", "") };
    writeln!(out, "| {head}Severity | Rule | Resource | |\n|{rule}---|---|---|---|")?;
    for change in changes.iter().take(rows) {
        row(comparison, change, out)?;
    }
    if changes.len() > rows {
        writeln!(out, "\nAnd {} more; `--format json` has them all.", changes.len() - rows)?;
    }
    if kind.is_bad() { writeln!(out) } else { writeln!(out, "\n</details>\n") }
}

fn row(comparison: &Comparison, change: &Change, out: &mut dyn Write) -> io::Result<()> {
    let Some(last) = change.last() else { return Ok(()) };
    let plan = plan(comparison, change).map_or_else(String::new, |name| format!("{} | ", cell(&one_line(name))));
    let texts = [measures(change), aside(change), message(change)];
    let text = texts.into_iter().flatten().map(|text| escape(&one_line(&text))).collect::<Vec<_>>().join("; ");
    let (rule, address) = (escape(&one_line(&last.rule)), cell(&one_line(&last.address)));
    writeln!(out, "| {plan}{} | {rule} | {address} | {text} |", severity(change))
}
