//! Markdown for a pull request: the verdict and a table first, the details folded.

use std::io::{self, Write};

use super::summary::{Report, Told};
use super::text::{delta, delta_reason, provenance, sentence};
use crate::advice::Status;
use crate::finding::{Finding, Verdict};
use crate::units::{counted, listed};

/// A comment carries this mark, so that a bot can update it instead of adding another.
const MARK: &str = "<!-- planwise:report -->";

/// Writes `report` as GitHub-flavoured Markdown.
pub fn render(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{MARK}")?;
    writeln!(out, "### planwise: {}\n", verdict(report))?;
    for plan in &report.plans {
        let mut notes = plan.notes.clone();
        if plan.errored {
            notes.push("planning failed on the way: only a part of the system is in this plan".to_owned());
        }
        if plan.complete == Some(false) {
            notes.push("the plan is incomplete (`-target`, or deferred changes): more is to come".to_owned());
        }
        for note in notes {
            writeln!(out, "> {}: {}\n", code(&plan.name), escape(&note))?;
        }
    }
    let of = |keep: &dyn Fn(&Told) -> bool| report.told.iter().filter(|told| keep(told)).collect::<Vec<_>>();
    let violation = |told: &Told| told.advice.finding.verdict == Verdict::Violation;
    let new = of(&|told| told.advice.is_new());
    let existing = of(&|told| violation(told) && told.advice.status == Status::Existing);
    let resolved = of(&|told| told.advice.status == Status::Resolved);
    let unknown = of(&|told| !violation(told));
    table(&new, report, out)?;
    for told in &new {
        details(told, out)?;
    }
    fold("Resolved by this plan", &resolved, out)?;
    fold("There before", &existing, out)?;
    fold("Undetermined", &unknown, out)?;
    coverage(report, out)
}

fn size(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}

fn verdict(report: &Report) -> String {
    let summary = report.summary();
    let new = summary.introduced + summary.worsened;
    let mut text = match new {
        0 => "this plan brings no problem".to_owned(),
        new => {
            let severities = report.by_severity(true).into_iter().filter(|(_, count)| *count > 0);
            let severities = listed(severities.map(|(severity, count)| format!("{count} {}", severity.as_str())));
            let verb = match (summary.introduced, summary.worsened) {
                (_, 0) => "introduces",
                (0, _) => "worsens",
                _ => "introduces or worsens",
            };
            format!("this plan {verb} {} ({severities})", counted(size(new), "problem"))
        }
    };
    let rest =
        [(summary.resolved, "resolved"), (summary.existing, "there before"), (summary.undetermined, "undetermined")];
    for (count, what) in rest {
        if count > 0 {
            text.push_str(&format!(", {count} {what}"));
        }
    }
    text
}

fn table(told: &[&Told], report: &Report, out: &mut dyn Write) -> io::Result<()> {
    if told.is_empty() {
        return Ok(());
    }
    let several = report.plans.len() > 1;
    let (head, rule) = if several { ("Plan | ", "---|") } else { ("", "") };
    writeln!(out, "| {head}Severity | Resource | Problem | First way out |\n|{rule}---|---|---|---|")?;
    for told in told {
        let finding = &told.advice.finding;
        let plan = report
            .plans
            .get(told.plan)
            .filter(|_| several)
            .map_or_else(String::new, |plan| format!("{} | ", cell(&plan.name)));
        let way = finding.remedies.first().map_or_else(String::new, |remedy| {
            format!("{} ({})", escape(&sentence(&remedy.title)), delta(&remedy.monthly_delta))
        });
        writeln!(
            out,
            "| {plan}{} | {} | {} | {way} |",
            finding.severity.as_str(),
            cell(finding.address.as_str()),
            finding.rule.summary,
        )?;
    }
    writeln!(out)
}

fn details(told: &Told, out: &mut dyn Write) -> io::Result<()> {
    let finding = &told.advice.finding;
    writeln!(
        out,
        "<details><summary><b>{}</b> <code>{}</code> ({})</summary>\n",
        finding.rule.name,
        html(finding.address.as_str()),
        told.advice.status.as_str()
    )?;
    body(finding, out)?;
    writeln!(out, "</details>\n")
}

fn body(finding: &Finding, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}\n", escape(&sentence(&finding.message)))?;
    if !finding.working.is_empty() {
        let text = finding.working.join("\n");
        let fence = fence(&text);
        writeln!(out, "{fence}text\n{text}\n{fence}\n")?;
    }
    if !finding.evidence.is_empty() {
        writeln!(out, "| Resource | Attribute | Value | Source |\n|---|---|---|---|")?;
        for piece in &finding.evidence {
            let note = provenance(piece);
            let source = if note.is_empty() { "plan".to_owned() } else { escape(&note) };
            writeln!(
                out,
                "| {} | {} | {} | {source} |",
                cell(piece.address.as_str()),
                cell(&piece.attribute),
                cell(&piece.value),
            )?;
        }
        writeln!(out)?;
    }
    for (at, remedy) in finding.remedies.iter().enumerate() {
        writeln!(
            out,
            "{}. **{}** ({}): {}; {}.",
            at + 1,
            escape(&sentence(&remedy.title)),
            delta(&remedy.monthly_delta),
            escape(&remedy.detail),
            delta_reason(&remedy.monthly_delta),
        )?;
    }
    if !finding.remedies.is_empty() {
        writeln!(out)?;
    }
    Ok(())
}

fn fold(title: &str, told: &[&Told], out: &mut dyn Write) -> io::Result<()> {
    if told.is_empty() {
        return Ok(());
    }
    writeln!(out, "<details><summary>{title} ({})</summary>\n", told.len())?;
    for told in told {
        let finding = &told.advice.finding;
        writeln!(
            out,
            "- {} ({}, {}): {}",
            code(finding.address.as_str()),
            finding.rule.name,
            finding.severity.as_str(),
            escape(&sentence(&finding.message)),
        )?;
    }
    writeln!(out, "\n</details>\n")
}

fn coverage(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    for plan in &report.plans {
        let name = if report.plans.len() > 1 { format!("{}: ", code(&plan.name)) } else { String::new() };
        write!(out, "<sub>{name}{} of {} resources understood", plan.understood, plan.resources)?;
        if !plan.not_understood.is_empty() {
            let kinds = plan.not_understood.iter().map(|(kind, count)| format!("{} ({count})", html(kind)));
            write!(out, "; nothing is said of {}", listed(kinds))?;
        }
        writeln!(out, ".</sub>")?;
    }
    let summary = report.summary();
    let rules = listed(report.rules.iter().map(|rule| rule.meta.name));
    writeln!(out, "<sub>Rules applied: {rules}; {} passed.</sub>", counted(size(summary.passed), "check"))
}

/// Keeps text on one line and free of what Markdown, HTML or a host would read: names in a plan are anybody's.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '&' => escaped.push_str("&amp;"),
            '|' | '*' | '_' | '`' | '[' | ']' | '\\' | '~' | '#' => {
                escaped.push('\\');
                escaped.push(c);
            }
            // Somebody's name with an at sign before it would call him.
            '@' => escaped.push_str("@\u{200b}"),
            c if c.is_control() => escaped.push(' '),
            c => escaped.push(c),
        }
    }
    escaped
}

/// Text in a code span that its backticks cannot end.
fn code(text: &str) -> String {
    let longest = longest_run(text);
    let ticks = "`".repeat(longest + 1);
    let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    if longest > 0 || text.starts_with(' ') || text.is_empty() {
        return format!("{ticks} {text} {ticks}");
    }
    format!("{ticks}{text}{ticks}")
}

/// The same inside a table, where a pipe ends the cell even in a code span.
fn cell(text: &str) -> String {
    code(&text.replace('|', "\\|"))
}

fn html(text: &str) -> String {
    let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('@', "@\u{200b}")
}

/// A fence that nothing in `text` can end.
fn fence(text: &str) -> String {
    "`".repeat(longest_run(text).max(2) + 1)
}

fn longest_run(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_breaks_out() {
        assert_eq!(escape("a|b <i> `c` @me\nx"), "a\\|b &lt;i&gt; \\`c\\` @\u{200b}me x");
        assert_eq!(code("a`b``c"), "``` a`b``c ```");
        assert_eq!(cell("a|b"), "`a\\|b`");
        assert_eq!(fence("x\n````\ny"), "`````");
    }
}
