//! For a terminal: the verdict first, then the findings, worst first, then what could not be told.

use std::io::{self, Write};

use super::cost_table;
use super::headline::{self, Tone};
use super::log;
use super::summary::{Report, Told};
use super::text::{delta, delta_reason, one_line, provenance, sentence, tame, wrap};
use crate::advice::Status;
use crate::finding::{Finding, Severity, Suggestion, Verdict};
use crate::model::Evidence;
use crate::units::listed;
use anstyle::{AnsiColor, Style as Ansi};

/// How to write a table.
#[derive(Clone, Copy, Debug)]
pub struct Style {
    /// Columns of the terminal.
    pub width: usize,
    /// Only what fails, a line each.
    pub quiet: bool,
}

/// Evidence beyond this many pieces is counted, not shown.
const SHOWN: usize = 12;

/// Writes `report` for a terminal. Colours are always written; the stream strips them where they are not wanted.
pub fn render(report: &Report, style: Style, out: &mut dyn Write) -> io::Result<()> {
    log::lines(out, |out| written(report, style, out))
}

fn written(report: &Report, style: Style, out: &mut dyn Write) -> io::Result<()> {
    if style.quiet {
        return quiet(report, out);
    }
    let (open, over): (Vec<_>, Vec<_>) = report.told.iter().partition(|told| told.advice.status != Status::Resolved);
    let (violations, unknown): (Vec<_>, Vec<_>) =
        open.into_iter().partition(|told| told.advice.finding.verdict == Verdict::Violation);
    header(report, style, out)?;
    // What does not count for the run is told in short.
    let (told, earlier): (Vec<_>, Vec<_>) =
        violations.iter().partition(|told| told.advice.status != Status::Existing || report.counts_all);
    for told in told {
        finding(report, told, style, out)?;
    }
    if !earlier.is_empty() {
        section("There before (--all shows and counts them in full)", out)?;
        for told in earlier {
            short(&told.advice.finding, style, out)?;
        }
    }
    if !over.is_empty() {
        section("Resolved by this plan", out)?;
        for told in over {
            short(&told.advice.finding, style, out)?;
        }
    }
    if !unknown.is_empty() {
        section("Undetermined", out)?;
        for told in unknown {
            short(&told.advice.finding, style, out)?;
        }
    }
    if !report.exempted.is_empty() {
        section("Exempted", out)?;
        for exempted in &report.exempted {
            let finding = &exempted.told.advice.finding;
            label(finding, out)?;
            paragraph(&headline::exemption(exempted), "    ", style, out)?;
        }
    }
    if let Some(totals) = &report.cost {
        section("Cost", out)?;
        cost_table::verdict(totals, style, out)?;
    }
    coverage(report, style, out)?;
    next(report, &violations, out)
}

/// A finding that fails the run, in one line; nothing where nothing does.
fn quiet(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    for told in report.told.iter().filter(|told| report.fails(told)) {
        let finding = &told.advice.finding;
        let message = one_line(&finding.message);
        let open = if finding.verdict == Verdict::Undetermined { "undetermined: " } else { "" };
        writeln!(
            out,
            "{} {} {}: {open}{message}",
            finding.severity.as_str(),
            finding.rule.name,
            tame(&headline::subject(finding))
        )?;
    }
    report.cost.as_ref().map_or(Ok(()), |totals| cost_table::quiet(totals, out))
}

pub(super) fn colour(severity: Severity) -> Ansi {
    let colour = match severity {
        Severity::Critical | Severity::High => AnsiColor::Red,
        Severity::Medium => AnsiColor::Yellow,
        Severity::Low => AnsiColor::Blue,
        Severity::Info => AnsiColor::Cyan,
    };
    colour.on_default().bold()
}

pub(super) const BOLD: Ansi = Ansi::new().bold();
pub(super) const DIM: Ansi = Ansi::new().dimmed();

/// Text in a colour; no name in it brings one of its own.
pub(super) fn painted(style: Ansi, text: &str) -> String {
    format!("{style}{}{style:#}", tame(text))
}

fn header(report: &Report, style: Style, out: &mut dyn Write) -> io::Result<()> {
    for plan in &report.plans {
        let version = plan.terraform_version.as_deref().map_or_else(String::new, |v| format!(" · Terraform {v}"));
        let project = plan.project.as_deref().map_or_else(String::new, |name| format!(" · project {}", one_line(name)));
        writeln!(out, "{}{}", painted(BOLD, &plan.name), painted(DIM, &format!("{project}{version}")))?;
    }
    let (tone, verdict) = headline::verdict(report);
    let paint = match tone {
        Tone::Good => AnsiColor::Green.on_default().bold(),
        Tone::Neutral => BOLD,
        Tone::Bad(severity) => colour(severity),
    };
    for line in wrap(&verdict, style.width) {
        writeln!(out, "{}", painted(paint, &line))?;
    }
    for line in wrap(&headline::aside(report).unwrap_or_default(), style.width) {
        writeln!(out, "{}", painted(DIM, &line))?;
    }
    for plan in &report.plans {
        for text in headline::notes(plan) {
            let name = if report.plans.len() > 1 { format!("{}: ", plan.name) } else { String::new() };
            note(&format!("{name}{text}"), style, out)?;
        }
    }
    report.notes.iter().try_for_each(|text| note(text, style, out))
}

pub(super) fn note(text: &str, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let mut lines = wrap(text, style.width.saturating_sub(6)).into_iter();
    let first = lines.next().unwrap_or_default();
    writeln!(out, "{}  {first}", painted(AnsiColor::Yellow.on_default(), "note"))?;
    lines.try_for_each(|line| writeln!(out, "      {line}"))
}

fn section(title: &str, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "\n{}", painted(BOLD, title))
}

fn finding(report: &Report, told: &Told, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let finding = &told.advice.finding;
    let badge = format!(" {} ", finding.severity.as_str().to_uppercase());
    let status = told.advice.status.as_str();
    let plan = match report.plans.as_slice() {
        [_] => String::new(),
        plans => plans.get(told.plan).map_or_else(String::new, |plan| format!("  {}", plan.name)),
    };
    writeln!(
        out,
        "\n{}{}  {}{}",
        painted(colour(finding.severity).invert(), &badge),
        painted(BOLD, &format!(" {}", finding.rule.name)),
        painted(DIM, status),
        painted(DIM, &plan),
    )?;
    writeln!(out, "  {}", subject(finding))?;
    paragraph(&finding.message, "  ", style, out)?;
    if finding.severity <= Severity::Low {
        // Worth a line, not a page.
        return first_way(finding, style, out);
    }
    if !finding.working.is_empty() {
        writeln!(out)?;
        for line in &finding.working {
            let mut lines = wrap(line, style.width.saturating_sub(6)).into_iter();
            writeln!(out, "    {}", lines.next().unwrap_or_default())?;
            for line in lines {
                writeln!(out, "      {line}")?;
            }
        }
    }
    evidence(&finding.evidence, style, out)?;
    remedies(finding, style, out)
}

/// What it is about, and where that is written.
fn subject(finding: &Finding) -> String {
    let subject = painted(AnsiColor::Cyan.on_default(), &headline::subject(finding));
    match headline::place(finding) {
        Some(place) => format!("{subject}  {}", painted(DIM, &place)),
        None => subject,
    }
}

fn first_way(finding: &Finding, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let Some(remedy) = finding.remedies.first() else { return Ok(()) };
    let text = format!("{} ({}).", sentence(&remedy.title), delta(&remedy.monthly_delta));
    for line in wrap(&text, style.width.saturating_sub(2)) {
        writeln!(out, "  {}", painted(DIM, &line))?;
    }
    Ok(())
}

fn paragraph(text: &str, indent: &str, style: Style, out: &mut dyn Write) -> io::Result<()> {
    for line in wrap(&sentence(text), style.width.saturating_sub(indent.len())) {
        writeln!(out, "{indent}{line}")?;
    }
    Ok(())
}

/// Evidence, resource by resource.
fn evidence(all: &[Evidence], style: Style, out: &mut dyn Write) -> io::Result<()> {
    if all.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n  {}", painted(DIM, "Because"))?;
    let mut last = None;
    for piece in all.iter().take(SHOWN) {
        if last != Some(&piece.address) {
            writeln!(out, "    {}", tame(piece.address.as_str()))?;
            last = Some(&piece.address);
        }
        let note = provenance(piece);
        let text = format!("{} = {}", piece.attribute, piece.value);
        let text = if note.is_empty() { text } else { format!("{text} ({note})") };
        let mut lines = wrap(&text, style.width.saturating_sub(8)).into_iter();
        writeln!(out, "      {}", lines.next().unwrap_or_default())?;
        for line in lines {
            writeln!(out, "        {line}")?;
        }
    }
    if let Some(more) = all.len().checked_sub(SHOWN).filter(|more| *more > 0) {
        writeln!(out, "    {}", painted(DIM, &format!("and {more} more (--format json shows all)")))?;
    }
    Ok(())
}

fn remedies(finding: &Finding, style: Style, out: &mut dyn Write) -> io::Result<()> {
    if finding.remedies.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n  {}", painted(DIM, "Ways out"))?;
    for (at, remedy) in finding.remedies.iter().enumerate() {
        let title = format!("{} ({})", sentence(&remedy.title), delta(&remedy.monthly_delta));
        let mut lines = wrap(&title, style.width.saturating_sub(7)).into_iter();
        writeln!(out, "    {}. {}", at + 1, lines.next().unwrap_or_default())?;
        for line in lines {
            writeln!(out, "       {line}")?;
        }
        let reason = delta_reason(&remedy.monthly_delta);
        let joint = if reason.is_empty() { "" } else { "; " };
        let detail = format!("{}{joint}{reason}.", sentence(&remedy.detail));
        for line in wrap(&detail, style.width.saturating_sub(7)) {
            writeln!(out, "       {}", painted(DIM, &line))?;
        }
        for suggestion in &remedy.suggestions {
            edit(suggestion, out)?;
        }
    }
    Ok(())
}

/// What to write in a file, line by line.
fn edit(suggestion: &Suggestion, out: &mut dyn Write) -> io::Result<()> {
    let both = suggestion.old.iter().chain(&suggestion.new).filter(|line| !line.trim().is_empty());
    let indent = both.map(|line| line.chars().take_while(|c| *c == ' ').count()).min().unwrap_or_default();
    let moved = |line: &str| line.chars().skip(indent).collect::<String>();
    writeln!(out, "       {}", painted(DIM, &format!("{}:{}", suggestion.file, suggestion.line)))?;
    let (old, new) = (&suggestion.old, &suggestion.new);
    for line in old.iter().filter(|line| !new.contains(line)) {
        writeln!(out, "       {}", painted(AnsiColor::Red.on_default(), &format!("- {}", moved(line))))?;
    }
    for line in new.iter().filter(|line| !old.contains(line)) {
        writeln!(out, "       {}", painted(AnsiColor::Green.on_default(), &format!("+ {}", moved(line))))?;
    }
    Ok(())
}

/// A finding that only wants to be known.
fn short(finding: &Finding, style: Style, out: &mut dyn Write) -> io::Result<()> {
    label(finding, out)?;
    paragraph(&finding.message, "    ", style, out)
}

fn label(finding: &Finding, out: &mut dyn Write) -> io::Result<()> {
    let label = match finding.verdict {
        Verdict::Violation => format!("{}, {}", finding.rule.name, finding.severity.as_str()),
        Verdict::Undetermined => finding.rule.name.to_owned(),
    };
    writeln!(out, "  {}  {}", subject(finding), painted(DIM, &label))
}

fn coverage(report: &Report, style: Style, out: &mut dyn Write) -> io::Result<()> {
    section("Coverage", out)?;
    for plan in &report.plans {
        let name = if report.plans.len() > 1 { format!("{}: ", plan.name) } else { String::new() };
        let mut line = format!("{name}{} of {} resources understood", plan.understood, plan.resources);
        if !plan.not_understood.is_empty() {
            let types = plan.not_understood.iter().map(|(kind, count)| format!("{kind} ({count})"));
            line.push_str(&format!("; not understood, so nothing is said of them: {}", listed(types)));
        }
        paragraph(&format!("{line}."), "  ", style, out)?;
    }
    paragraph(&headline::applied(report), "  ", style, out)
}

/// The next command to type.
fn next(report: &Report, violations: &[&Told], out: &mut dyn Write) -> io::Result<()> {
    let command = match violations.first() {
        Some(told) => format!("planwise explain {}", told.advice.finding.rule.name),
        None => match report.told.iter().find(|told| told.advice.finding.verdict == Verdict::Undetermined) {
            Some(told) => format!("planwise explain {}", told.advice.finding.rule.name),
            None => return Ok(()),
        },
    };
    writeln!(out, "\n{} {command}", painted(DIM, "Next:"))
}
