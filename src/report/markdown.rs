//! Markdown for a pull request: the verdict and a table first, the details folded.

use std::io::{self, Write};

use super::cost_markdown;
use super::headline;
use super::summary::{Report, Told};
use super::text::{delta, delta_reason, provenance, sentence};
use crate::advice::Status;
use crate::finding::{Finding, Verdict};
use crate::units::listed;

/// A comment carries this mark, so that a bot can update it instead of adding another.
const MARK: &str = "<!-- planwise:report -->";

/// What a comment may hold: GitHub takes 65,536 characters (GitLab a million); the rest is for what a bot adds.
const LIMIT: usize = 65_000;

/// How much is said of each finding.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
enum Depth {
    /// A line in the table, up to so many.
    Lines(usize),
    /// What is wrong, and the ways out.
    Brief,
    /// What it rests on as well.
    Full,
}

/// Writes `report` as GitHub-flavoured Markdown; where all of it is too much for a comment, less of each finding.
pub fn render(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let depths = [Depth::Full, Depth::Brief, Depth::Lines(100), Depth::Lines(25), Depth::Lines(5), Depth::Lines(0)];
    // What is left has no end only where the names of plans or of types have none.
    fitting(depths, |depth, out| write(report, depth, out), out)
}

/// Writes the first of the `depths` at which a page is no longer than a comment may be; cut off where all of them are.
pub(super) fn fitting<D>(
    depths: impl IntoIterator<Item = D>,
    write: impl Fn(D, &mut dyn Write) -> io::Result<()>,
    out: &mut dyn Write,
) -> io::Result<()> {
    const CUT: &str = "\n\n(cut off: too long for a comment)\n";
    let mut text = String::new();
    for depth in depths {
        let mut page = Vec::new();
        write(depth, &mut page)?;
        text = String::from_utf8(page).map_err(io::Error::other)?;
        if text.chars().count() <= LIMIT {
            return out.write_all(text.as_bytes());
        }
    }
    let cut: String = text.chars().take(LIMIT - CUT.len()).chain(CUT.chars()).collect();
    out.write_all(cut.as_bytes())
}

fn write(report: &Report, depth: Depth, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{MARK}")?;
    writeln!(out, "### planwise: {}\n", escape(headline::verdict(report).1.trim_end_matches('.')))?;
    if let Some(project) = report.plans.iter().find_map(|plan| plan.project.as_deref()) {
        writeln!(out, "Project {}\n", code(project))?;
    }
    if let Some(aside) = headline::aside(report) {
        writeln!(out, "{}\n", escape(&aside))?;
    }
    for plan in &report.plans {
        for note in headline::notes(plan) {
            writeln!(out, "> {}: {}\n", code(&plan.name), escape(&note))?;
        }
    }
    for note in &report.notes {
        writeln!(out, "> {}\n", escape(&sentence(note)))?;
    }
    let of = |keep: &dyn Fn(&Told) -> bool| report.told.iter().filter(|told| keep(told)).collect::<Vec<_>>();
    let violation = |told: &Told| told.advice.finding.verdict == Verdict::Violation;
    // With --all what was there before is told like what is new.
    let old = |told: &Told| told.advice.status == Status::Existing && !report.counts_all;
    let new = of(&|told| violation(told) && told.advice.status != Status::Resolved && !old(told));
    let existing = of(&|told| violation(told) && old(told));
    let resolved = of(&|told| told.advice.status == Status::Resolved);
    let unknown = of(&|told| !violation(told));
    let most = match depth {
        Depth::Lines(most) => most,
        Depth::Brief | Depth::Full => usize::MAX,
    };
    table(&new, most, report, out)?;
    if depth < Depth::Full {
        writeln!(out, "Details are left out to fit into a comment; `--format json` has them all.\n")?;
    }
    if depth >= Depth::Brief {
        for told in &new {
            details(told, depth, out)?;
        }
    }
    fold("Resolved by this plan", &resolved, most, out)?;
    fold("There before", &existing, most, out)?;
    fold("Undetermined", &unknown, most, out)?;
    exempted(report, most, out)?;
    if let Some(totals) = &report.cost {
        cost_markdown::short(totals, out)?;
    }
    coverage(report, out)
}

fn table(told: &[&Told], most: usize, report: &Report, out: &mut dyn Write) -> io::Result<()> {
    if told.is_empty() {
        return Ok(());
    }
    let several = report.plans.len() > 1;
    let (head, rule) = if several { ("Plan | ", "---|") } else { ("", "") };
    writeln!(out, "| {head}Severity | Resource | Problem | First way out |\n|{rule}---|---|---|---|")?;
    for told in told.iter().take(most) {
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
            cell(&headline::subject(finding)),
            escape(&sentence(first_sentence(&finding.message))),
        )?;
    }
    if told.len() > most {
        writeln!(out, "\nAnd {} more.", told.len() - most)?;
    }
    writeln!(out)
}

fn details(told: &Told, depth: Depth, out: &mut dyn Write) -> io::Result<()> {
    let finding = &told.advice.finding;
    writeln!(
        out,
        "<details><summary><b>{}</b> <code>{}</code> ({})</summary>\n",
        finding.rule.name,
        html(&headline::subject(finding)),
        told.advice.status.as_str()
    )?;
    body(finding, depth, out)?;
    writeln!(out, "</details>\n")
}

fn body(finding: &Finding, depth: Depth, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}\n", escape(&sentence(&finding.message)))?;
    if !finding.working.is_empty() {
        let text = finding.working.join("\n");
        let fence = fence(&text);
        writeln!(out, "{fence}text\n{text}\n{fence}\n")?;
    }
    if !finding.evidence.is_empty() && depth == Depth::Full {
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
        let reason = delta_reason(&remedy.monthly_delta);
        let joint = if reason.is_empty() { "" } else { "; " };
        writeln!(
            out,
            "{}. **{}** ({}): {}{joint}{}.",
            at + 1,
            escape(&sentence(&remedy.title)),
            delta(&remedy.monthly_delta),
            escape(&remedy.detail),
            escape(&reason),
        )?;
    }
    if !finding.remedies.is_empty() {
        writeln!(out)?;
    }
    Ok(())
}

fn fold(title: &str, told: &[&Told], most: usize, out: &mut dyn Write) -> io::Result<()> {
    if told.is_empty() {
        return Ok(());
    }
    writeln!(out, "<details><summary>{title} ({})</summary>\n", told.len())?;
    for told in told.iter().take(most) {
        let finding = &told.advice.finding;
        writeln!(
            out,
            "- {} ({}, {}): {}",
            code(&headline::subject(finding)),
            finding.rule.name,
            finding.severity.as_str(),
            escape(&sentence(&finding.message)),
        )?;
    }
    if told.len() > most {
        writeln!(out, "- and {} more", told.len() - most)?;
    }
    writeln!(out, "\n</details>\n")
}

fn exempted(report: &Report, most: usize, out: &mut dyn Write) -> io::Result<()> {
    if report.exempted.is_empty() {
        return Ok(());
    }
    writeln!(out, "<details><summary>Exempted ({})</summary>\n", report.exempted.len())?;
    for exempted in report.exempted.iter().take(most) {
        let finding = &exempted.told.advice.finding;
        let (address, why) = (code(&headline::subject(finding)), escape(&headline::exemption(exempted)));
        writeln!(out, "- {address} ({}, {}): {why}", finding.rule.name, finding.severity.as_str())?;
    }
    if report.exempted.len() > most {
        writeln!(out, "- and {} more", report.exempted.len() - most)?;
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
    writeln!(out, "<sub>{}</sub>", escape(&headline::applied(report)))
}

/// A text up to its first full stop that ends a sentence.
fn first_sentence(text: &str) -> &str {
    text.split_once(". ").map_or(text, |(first, _)| first)
}

/// Keeps text on one line and free of what Markdown, HTML or a host would read: names in a plan are anybody's.
pub(super) fn escape(text: &str) -> String {
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
pub(super) fn code(text: &str) -> String {
    let longest = longest_run(text);
    let ticks = "`".repeat(longest + 1);
    let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    if longest > 0 || text.starts_with(' ') || text.is_empty() {
        return format!("{ticks} {text} {ticks}");
    }
    format!("{ticks}{text}{ticks}")
}

/// The same inside a table, where a pipe ends the cell even in a code span.
pub(super) fn cell(text: &str) -> String {
    code(&text.replace('|', "\\|"))
}

pub(super) fn html(text: &str) -> String {
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
