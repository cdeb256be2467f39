//! Logging commands for Azure Pipelines, which lists them on the page of a run.
//!
//! Properties: learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands. How values are escaped:
//! github.com/microsoft/azure-pipelines-agent, `CommandStringConvertor.cs` (read in a copy of the repository). Both read on 2026-11-30.
//! Ten errors and ten warnings are kept of a step, the first: `ExecutionContext.cs` there (`_maxIssueCount`), read likewise.

use std::io::{self, Write};

use super::annotations::{Note, SHOWN, notes, share, verdict};
use super::issues::Level;
use super::log::apart;
use super::summary::Report;
use super::text::one_line;

/// Writes `report` as commands: what fails the run as errors, and of each kind as many as are kept. There are errors and warnings
/// only; what is milder stands in a folded part of the log, and so does the rest.
pub fn render(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let (loud, mild): (Vec<_>, Vec<_>) = notes(report).into_iter().partition(|note| note.level > Level::Note);
    let (shown, left) = share(loud, Level::Warning);
    writeln!(out, "##[section]planwise: {}", plain(&verdict(report)))?;
    for note in &shown {
        writeln!(out, "{}{}", command(note), data(&text(note)))?;
    }
    if !left.is_empty() {
        let number = left.len();
        writeln!(
            out,
            "##vso[task.logissue type=warning;code=planwise;]{number} more in the log of this step: of a step {SHOWN} errors and \
             {SHOWN} warnings are kept."
        )?;
    }
    group("beyond what is kept of a step", &left, out)?;
    group("milder, or there before", &mild, out)
}

/// Lines of the log, folded.
fn group(title: &str, notes: &[Note], out: &mut dyn Write) -> io::Result<()> {
    if notes.is_empty() {
        return Ok(());
    }
    writeln!(out, "##[group]planwise: {title} ({})", notes.len())?;
    for note in notes {
        let place = note.spot.as_ref().map_or_else(String::new, |spot| match spot.line {
            Some(line) => format!("{}:{line}: ", spot.file),
            None => format!("{}: ", spot.file),
        });
        let severity = note.severity.map_or_else(String::new, |severity| format!(" ({severity})"));
        writeln!(out, "{}", plain(&format!("{}{severity}: {place}{}", note.code, text(note))))?;
    }
    writeln!(out, "##[endgroup]")
}

fn command(note: &Note) -> String {
    let kind = if note.level == Level::Error { "error" } else { "warning" };
    let mut command = format!("##vso[task.logissue type={kind};");
    if let Some(spot) = &note.spot {
        command.push_str(&format!("sourcepath={};", property(&spot.file)));
        if let Some(line) = spot.line {
            command.push_str(&format!("linenumber={line};columnnumber={};", spot.column.unwrap_or(1)));
        }
    }
    command.push_str(&format!("code={};]", property(&note.code)));
    command
}

fn text(note: &Note) -> String {
    let plan = note.plan.as_ref().map_or_else(String::new, |plan| format!("{plan}: "));
    format!("{plan}{}", note.text)
}

/// The value of a property.
fn property(text: &str) -> String {
    data(text).replace(';', "%3B").replace(']', "%5D")
}

/// A message.
fn data(text: &str) -> String {
    plain(text).replace('%', "%AZP25")
}

/// A line of the log: the agent looks for commands in the middle of it too.
fn plain(text: &str) -> String {
    apart(&one_line(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_ends_a_property_or_begins_a_command() {
        assert_eq!(property("a;b]c%d\r\ne"), "a%3Bb%5Dc%AZP25d e");
        for number in 2..=6 {
            let told = data(&format!("a{}vso[task.complete]b ##[error]", "#".repeat(number)));
            assert!(!told.contains("##"), "{told}");
        }
        assert_eq!(data("100 %\n##vso[task.complete]"), "100 %AZP25 # #vso[task.complete]");
    }
}
