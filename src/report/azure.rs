//! Logging commands for Azure Pipelines, which lists them on the page of a run.
//!
//! Properties: learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands. How values are escaped:
//! github.com/microsoft/azure-pipelines-agent, `CommandStringConvertor.cs` (read in a copy of the repository). Both read on 2026-11-30.

use std::io::{self, Write};

use super::headline;
use super::issues::{Level, exceeded, is_old, line, message, own_spot, project_name, standing};
use super::summary::{Report, Told};

/// Writes `report` as commands: what fails the run as errors. There are errors and warnings only; what is milder stands in a folded
/// part of the log.
pub fn render(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let (loud, mild): (Vec<_>, Vec<_>) =
        standing(report).into_iter().partition(|told| Level::in_log(report, told) > Level::Note);
    writeln!(out, "##[section]planwise: {}", plain(&headline::verdict(report).1))?;
    for text in exceeded(report) {
        writeln!(out, "##vso[task.logissue type=error;code=cost;]{}", data(&text))?;
    }
    for told in loud {
        writeln!(out, "{}{}", command(report, told), data(&text(report, told)))?;
    }
    if mild.is_empty() {
        return Ok(());
    }
    writeln!(out, "##[group]planwise: milder, or there before ({})", mild.len())?;
    for told in mild {
        let finding = &told.advice.finding;
        let place = finding.place.as_ref().map_or_else(String::new, |place| format!("{place}: "));
        let rule = format!("{} ({})", finding.rule.name, finding.severity.as_str());
        writeln!(out, "{}", plain(&format!("{rule}: {place}{}", text(report, told))))?;
    }
    writeln!(out, "##[endgroup]")
}

fn command(report: &Report, told: &Told) -> String {
    let kind = if Level::in_log(report, told) == Level::Error { "error" } else { "warning" };
    let mut command = format!("##vso[task.logissue type={kind};");
    if let Some(spot) = own_spot(&told.advice.finding) {
        command.push_str(&format!("sourcepath={};", property(&spot.file)));
        if let Some(line) = spot.line {
            command.push_str(&format!("linenumber={line};columnnumber={};", spot.column.unwrap_or(1)));
        }
    }
    command.push_str(&format!("code={};]", property(told.advice.finding.rule.name)));
    command
}

fn text(report: &Report, told: &Told) -> String {
    let plan = report.plans.get(told.plan).filter(|_| report.plans.len() > 1);
    let plan = plan.map_or_else(String::new, |plan| format!("{}: ", project_name(plan)));
    let before = if is_old(report, told) { "There before: " } else { "" };
    format!("{plan}{before}{}", message(told))
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
    line(text).replace("##", "# #")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_ends_a_property_or_begins_a_command() {
        assert_eq!(property("a;b]c%d\r\ne"), "a%3Bb%5Dc%AZP25d e");
        assert_eq!(data("100 %\n##vso[task.complete]"), "100 %AZP25 # #vso[task.complete]");
    }
}
