//! For the stage `plan` of Atlantis, which puts what a step prints into a fence for diffs: lines begin with `-` for what fails the
//! run, with `!` for what else wants to be looked at, with `+` for what is well. Nothing of Markdown is drawn there.
//!
//! Where a comment is too long Atlantis cuts at the top, so the verdict and the money stand last. It folds what has more than
//! twelve lines, so a run that nothing fails has at most these. Source: runatlantis/atlantis, `server/events/markdown_renderer.go`
//! and `server/events/vcs`, at 078d0a820 of 2026-08-22.

use std::io::{self, Write};

use super::cost::{self, rails};
use super::headline::{self, Tone};
use super::log;
use super::summary::{PlanSummary, Report, Told};
use super::text::{delta, one_line, sentence, wrap_hard};
use crate::advice::Status;
use crate::cost::Held;
use crate::finding::{Finding, Verdict};

/// Characters of a line.
const WIDTH: usize = 160;
/// Lines where nothing fails.
const CALM: usize = 12;
/// Lines before the last ones where something fails.
const MOST: usize = 200;
/// Before what goes on.
const INDENT: &str = "    ";

/// How the fence colours a line.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Mark {
    Fails,
    Look,
    Well,
    /// Not at all.
    Plain,
}

impl Mark {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Fails => "- ",
            Self::Look => "! ",
            Self::Well => "+ ",
            Self::Plain => "  ",
        }
    }

    /// Lines that all begin with the mark; the later ones stand further in.
    fn lines(self, text: &str) -> Vec<String> {
        let all = self.indented(text).into_iter().enumerate();
        all.map(|(at, line)| if at == 0 { line.replacen(INDENT, "", 1) } else { line }).collect()
    }

    /// Lines that all stand further in.
    fn indented(self, text: &str) -> Vec<String> {
        let lines = wrap_hard(&one_line(text), WIDTH - self.as_str().len() - INDENT.len());
        lines.into_iter().map(|line| format!("{}{INDENT}{line}", self.as_str())).collect()
    }
}

/// Writes `report` as lines of a diff.
pub fn render(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let last = closing(report);
    let room = if report.is_failure() { MOST } else { CALM.saturating_sub(last.len()) };
    let lines = fitting(entries(report), room);
    log::lines(out, |out| lines.iter().chain(&last).try_for_each(|line| writeln!(out, "{line}")))
}

/// As many entries as there is room for, and how many there are besides.
fn fitting(entries: Vec<Vec<String>>, room: usize) -> Vec<String> {
    if entries.iter().map(Vec::len).sum::<usize>() <= room {
        return entries.into_iter().flatten().collect();
    }
    let (mut lines, mut left) = (Vec::new(), entries.len());
    for entry in entries {
        if lines.len() + entry.len() >= room {
            break;
        }
        lines.extend(entry);
        left -= 1;
    }
    lines.extend(Mark::Look.lines(&format!("and {left} more, which the other formats tell")));
    lines
}

/// All there is to say of the plans, what matters most first.
fn entries(report: &Report) -> Vec<Vec<String>> {
    let mut entries = Vec::new();
    let of = |keep: &dyn Fn(&Told) -> bool| report.told.iter().filter(|told| keep(told)).collect::<Vec<_>>();
    let is_open = |told: &Told| told.advice.finding.verdict == Verdict::Undetermined;
    let is = |told: &Told, status| told.advice.status == status;
    entries.extend(of(&|told| report.fails(told)).into_iter().map(|told| failing(report, told)));
    entries.extend(report.plans.iter().flat_map(|plan| notes(report, plan)));
    entries.extend(report.notes.iter().map(|note| Mark::Look.lines(&format!("note: {note}"))));
    let new = |told: &Told| !report.fails(told) && !is_open(told) && told.advice.is_new();
    entries.extend(of(&new).into_iter().map(|told| other(report, told, Mark::Look)));
    let open = |told: &Told| !report.fails(told) && is_open(told) && !is(told, Status::Resolved);
    entries.extend(of(&open).into_iter().map(|told| other(report, told, Mark::Look)));
    let before = |told: &Told| !report.fails(told) && !is_open(told) && is(told, Status::Existing);
    entries.extend(of(&before).into_iter().map(|told| short(report, told, Mark::Look, "there before")));
    let over = |told: &Told| is(told, Status::Resolved);
    entries.extend(of(&over).into_iter().map(|told| short(report, told, Mark::Well, "resolved")));
    entries
}

fn failing(report: &Report, told: &Told) -> Vec<String> {
    let mut lines = other(report, told, Mark::Fails);
    if let Some(remedy) = told.advice.finding.remedies.first() {
        let text = format!("Way out: {} ({})", sentence(&remedy.title), delta(&remedy.monthly_delta));
        lines.extend(Mark::Fails.indented(&text));
    }
    lines
}

fn other(report: &Report, told: &Told, mark: Mark) -> Vec<String> {
    let Finding { message, .. } = &told.advice.finding;
    mark.lines(&format!("{}: {message}", name(report, told)))
}

fn short(report: &Report, told: &Told, mark: Mark, status: &str) -> Vec<String> {
    mark.lines(&format!("{status}: {}", name(report, told)))
}

/// How bad it is, the rule, and the resource: `high zone-split-datastore aws_db_instance.main`.
fn name(report: &Report, told: &Told) -> String {
    let finding = &told.advice.finding;
    let severity = match finding.verdict {
        Verdict::Violation => finding.severity.as_str(),
        Verdict::Undetermined => Verdict::Undetermined.as_str(),
    };
    let plan = report.plans.get(told.plan).map_or_else(String::new, |plan| of_plan(report, plan));
    format!("{plan}{severity} {} {}", finding.rule.name, headline::subject(finding))
}

/// The plan, where there are several.
fn of_plan(report: &Report, plan: &PlanSummary) -> String {
    if report.plans.len() > 1 { format!("{}: ", plan.name) } else { String::new() }
}

fn notes(report: &Report, plan: &PlanSummary) -> Vec<Vec<String>> {
    let told = |note: String| Mark::Look.lines(&format!("{}note: {note}", of_plan(report, plan)));
    headline::notes(plan).into_iter().map(told).collect()
}

/// The verdict, what else there is to count, and the money; a few lines whatever there is to say.
fn closing(report: &Report) -> Vec<String> {
    let (tone, verdict) = headline::verdict(report);
    let mark = match tone {
        _ if report.is_failure() => Mark::Fails,
        Tone::Good => Mark::Well,
        Tone::Neutral | Tone::Bad(_) => Mark::Look,
    };
    let aside = headline::aside(report).map_or_else(String::new, |aside| format!(" {}", sentence(&aside)));
    let mut lines = mark.lines(&format!("planwise: {verdict}{aside}"));
    let Some(totals) = &report.cost else { return lines };
    lines.extend(Mark::Plain.lines(&cost::headline(totals).1));
    for (held, text) in rails(totals) {
        let mark = match held {
            Held::Exceeded => Mark::Fails,
            Held::Open => Mark::Look,
            Held::Kept => Mark::Well,
        };
        lines.extend(mark.lines(&text));
    }
    lines
}
