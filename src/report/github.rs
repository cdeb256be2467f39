//! Workflow commands for GitHub Actions, which shows them beside the lines of a pull request.
//!
//! How values are escaped: github.com/actions/toolkit, `packages/core/src/command.ts`, as it is built into actions. Ten errors and ten
//! warnings are shown for a step, 50 for a job: `docs/problem-matchers.md` there (pull request 734); of notices nothing is said, and they are
//! kept to the same. Read on 2026-11-30.

use std::io::{self, Write};

use super::annotations::{Note, SHOWN, notes, share, verdict};
use super::issues::Level;
use super::log::broken;
use super::summary::Report;
use super::text::one_line;
use crate::units::counted;

/// Writes `report` as commands: what fails the run as errors, and of each kind as many as are shown.
pub fn render(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "planwise: {}", plain(&verdict(report)))?;
    let (shown, left) = share(notes(report), Level::Note);
    for note in &shown {
        writeln!(out, "{}", command(note))?;
    }
    rest(&left, out)
}

/// What it is about, how bad that is, and in which plan: `some-rule (high) in shop`.
fn title(note: &Note) -> String {
    let plan = note.plan.as_ref().map_or_else(String::new, |plan| format!(" in {plan}"));
    match note.severity {
        Some(severity) => format!("{} ({severity}){plan}", note.code),
        None => format!("planwise: {}{plan}", note.code),
    }
}

/// What is not shown beside the lines: in the log, folded.
fn rest(left: &[Note], out: &mut dyn Write) -> io::Result<()> {
    if left.is_empty() {
        return Ok(());
    }
    let number = u64::try_from(left.len()).unwrap_or(u64::MAX);
    let is_findings = left.iter().all(|note| note.severity.is_some());
    let number = counted(number, if is_findings { "finding" } else { "message" });
    writeln!(out, "::group::{number} more, beyond what GitHub shows as annotations")?;
    for note in left {
        let place = note.spot.as_ref().map_or_else(String::new, |spot| match spot.line {
            Some(line) => format!("{}:{line}: ", spot.file),
            None => format!("{}: ", spot.file),
        });
        let text = format!("- {} {}: {place}{}", name(note.level), title(note), note.text);
        writeln!(out, "{}", plain(&text))?;
    }
    writeln!(out, "::endgroup::")?;
    writeln!(out, "::notice title=planwise::{number} more in the log of this step: GitHub shows {SHOWN} of each kind.")
}

fn command(note: &Note) -> String {
    let mut properties = Vec::new();
    if let Some(spot) = &note.spot {
        properties.push(format!("file={}", property(&spot.file)));
        properties.extend(spot.line.map(|line| format!("line={line}")));
        properties.extend(spot.line.and(spot.column).map(|column| format!("col={column}")));
    }
    properties.push(format!("title={}", property(&title(note))));
    format!("::{} {}::{}", name(note.level), properties.join(","), data(&note.text))
}

const fn name(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Note => "notice",
    }
}

/// A message.
fn data(text: &str) -> String {
    plain(text).replace('%', "%25")
}

/// A line of the log. Older commands, `##[…]`, may stand in the middle of it.
fn plain(text: &str) -> String {
    broken(&one_line(text))
}

/// The value of a property.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_ends_a_property_or_a_line() {
        assert_eq!(property("a%b:c,d\r\n::e"), "a%25b%3Ac%2Cd %3A%3Ae");
        assert_eq!(data("50 %: a\n::error::b ##[group]c"), "50 %25: a ::error::b # #[group]c");
    }
}
