//! What lies between two reports, for a terminal.

use std::io::{self, Write};

use anstyle::AnsiColor;

use super::diff::{aside, cost, failure, headline, measures, message, plan, severity, title};
use super::log;
use super::table::{BOLD, DIM, Style, colour, note, painted};
use super::text::{one_line, wrap};
use crate::compare::{Change, Comparison, Kind};

/// Writes `comparison` for a terminal.
pub fn render(comparison: &Comparison, style: Style, out: &mut dyn Write) -> io::Result<()> {
    log::lines(out, |out| written(comparison, style, out))
}

fn written(comparison: &Comparison, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let [from, to] = comparison.sides.each_ref().map(|side| one_line(&side.name));
    writeln!(out, "{} → {}", painted(BOLD, &from), painted(BOLD, &to))?;
    let is_bad = comparison.changes.iter().any(|change| change.kind.is_bad());
    let paint = if comparison.is_failure() || is_bad { AnsiColor::Red.on_default().bold() } else { BOLD };
    writeln!(out, "{}", painted(paint, &headline(comparison)))?;
    if let Some(text) = failure(comparison) {
        writeln!(out, "{}", one_line(&text))?;
    }
    for text in &comparison.notes {
        note(&one_line(text), style, out)?;
    }
    for kind in Kind::ALL {
        section(comparison, kind, style, out)?;
    }
    let costs = cost(comparison);
    if !costs.is_empty() {
        writeln!(out, "\n{}", painted(BOLD, "Cost"))?;
    }
    for line in costs.iter().flat_map(|text| wrap(&one_line(text), style.width)) {
        writeln!(out, "{line}")?;
    }
    Ok(())
}

fn section(comparison: &Comparison, kind: Kind, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let changes: Vec<&Change> = comparison.changes.iter().filter(|change| change.kind == kind).collect();
    if changes.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{}", painted(BOLD, &format!("{} ({})", title(kind), changes.len())))?;
    changes.into_iter().try_for_each(|change| self::change(comparison, change, style, out))
}

fn change(comparison: &Comparison, change: &Change, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let Some(last) = change.last() else { return Ok(()) };
    let aside = aside(change).map_or_else(String::new, |text| format!(" · {}", one_line(&text)));
    let plan = plan(comparison, change).map_or_else(String::new, |name| format!(" · {}", one_line(name)));
    let severity = painted(colour(last.severity), &severity(change));
    let (rule, dim) = (painted(BOLD, &one_line(&last.rule)), painted(DIM, &format!("{plan}{aside}")));
    writeln!(out, "  {severity}  {rule}  {}{dim}", one_line(&last.address))?;
    let texts = measures(change).into_iter().chain(message(change));
    for line in texts.flat_map(|text| wrap(&one_line(&text), style.width.saturating_sub(4))) {
        writeln!(out, "    {line}")?;
    }
    Ok(())
}
