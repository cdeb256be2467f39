//! Workflow commands for GitHub Actions, which shows them beside the lines of a pull request.
//!
//! How values are escaped: github.com/actions/toolkit, `packages/core/src/command.ts`, as it is built into actions. Ten errors and ten
//! warnings are shown for a step, 50 for a job: `docs/problem-matchers.md` there (pull request 734); of notices nothing is said, and they are
//! kept to the same. Read on 2026-11-30.

use std::io::{self, Write};

use super::headline;
use super::issues::{Level, Spot, exceeded, is_old, line, message, own_spot, project_name, standing};
use super::summary::{Report, Told};
use crate::units::counted;

/// So many commands of each kind are shown.
const SHOWN: usize = 10;

/// One command.
struct Note {
    level: Level,
    spot: Option<Spot>,
    title: String,
    text: String,
}

/// Writes `report` as commands: what fails the run as errors, and of each kind as many as are shown.
pub fn render(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "planwise: {}", headline::verdict(report).1)?;
    let rails = exceeded(report).into_iter().map(|text| Note {
        level: Level::Error,
        spot: None,
        title: "planwise: cost".to_owned(),
        text,
    });
    let notes: Vec<Note> = rails.chain(standing(report).into_iter().map(|told| note(report, told))).collect();
    let (shown, left) = share(notes);
    for note in &shown {
        writeln!(out, "{}", command(note))?;
    }
    rest(&left, out)
}

fn note(report: &Report, told: &Told) -> Note {
    let finding = &told.advice.finding;
    let plan = report.plans.get(told.plan).filter(|_| report.plans.len() > 1);
    let plan = plan.map_or_else(String::new, |plan| format!(" in {}", project_name(plan)));
    let before = if is_old(report, told) { "There before: " } else { "" };
    Note {
        level: Level::in_log(report, told),
        spot: own_spot(finding),
        title: format!("{} ({}){plan}", finding.rule.name, finding.severity.as_str()),
        text: format!("{before}{}", message(told)),
    }
}

/// Those that are shown, and the rest. Where there is a rest, the last place is left to a notice that counts it.
fn share(notes: Vec<Note>) -> (Vec<Note>, Vec<Note>) {
    let [errors, warnings, others] =
        [Level::Error, Level::Warning, Level::Note].map(|level| notes.iter().filter(|n| n.level == level).count());
    let is_cut = errors > SHOWN || warnings > SHOWN || others > SHOWN;
    let mut taken = [0_usize; 3];
    notes.into_iter().partition(|note| {
        let [errors, warnings, others] = &mut taken;
        let (taken, most) = match note.level {
            Level::Error => (errors, SHOWN),
            Level::Warning => (warnings, SHOWN),
            Level::Note => (others, if is_cut { SHOWN - 1 } else { SHOWN }),
        };
        *taken += 1;
        *taken <= most
    })
}

/// What is not shown beside the lines: in the log, folded.
fn rest(left: &[Note], out: &mut dyn Write) -> io::Result<()> {
    if left.is_empty() {
        return Ok(());
    }
    let number = counted(u64::try_from(left.len()).unwrap_or(u64::MAX), "finding");
    writeln!(out, "::group::{number} more, beyond what GitHub shows as annotations")?;
    for note in left {
        let place = note.spot.as_ref().map_or_else(String::new, |spot| match spot.line {
            Some(line) => format!("{}:{line}: ", spot.file),
            None => format!("{}: ", spot.file),
        });
        let text = format!("- {} {}: {place}{}", name(note.level), note.title, note.text);
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
    properties.push(format!("title={}", property(&note.title)));
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
    line(text).replace("##[", "## [")
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
        assert_eq!(data("50 %: a\n::error::b ##[group]c"), "50 %25: a ::error::b ## [group]c");
    }
}
