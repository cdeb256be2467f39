//! The lines of conftest, for the stage `policy_check` of Atlantis with a check of its own: an item a line, and the sum last.
//!
//! Atlantis takes a run for failed by the number of failures in the text, not by the exit code; it lifts the sum into its comment;
//! and what somebody approved it knows again by a hash of each line that begins with `FAIL`. So no line holds a price, a time or a
//! folder of the server, and no name in a plan can make up a line, a sum or a number of failures. Sources: runatlantis/atlantis,
//! `server/events/project_command_runner.go`, at 078d0a820 of 2026-08-22; open-policy-agent/conftest, `output/standard.go`, read
//! 2026-11-30.

use std::io::{self, Write};

use super::headline;
use super::issues::names_by;
use super::log::broken;
use super::summary::{PlanSummary, Report, Told};
use super::text::one_line;
use crate::advice::Status;
use crate::cost::{Asked, Held};
use crate::finding::Verdict;

/// Characters of a line. Atlantis drops one that is longer than 64 KiB.
const LONGEST: usize = 2_000;

/// So many findings that fail nothing are told, and so many exemptions. What fails is told whatever there is of it.
const MOST: usize = 100;

/// What stands in the place of a rule where none speaks.
const SELF: &str = "planwise";

/// Items, counted.
#[derive(Clone, Copy, Debug, Default)]
struct Sum {
    passed: usize,
    warnings: usize,
    failures: usize,
    exceptions: usize,
}

/// Writes `report` as conftest would.
pub fn render(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let mut sum = Sum { passed: report.summary().passed, ..Sum::default() };
    let plans = names_by(report, name);
    for told in report.told.iter().filter(|told| report.fails(told)) {
        item("FAIL", &finding(&plans, told), out)?;
        sum.failures += 1;
    }
    for asked in rails(report, Held::Exceeded) {
        item("FAIL", &[of_all(report), SELF.to_owned(), format!("{} is exceeded", asked.rail)], out)?;
        sum.failures += 1;
    }
    let mild: Vec<&Told> =
        report.told.iter().filter(|told| !report.fails(told) && told.advice.status != Status::Resolved).collect();
    for told in mild.iter().take(MOST) {
        item("WARN", &finding(&plans, told), out)?;
    }
    beyond("WARN", report, mild.len(), out)?;
    sum.warnings += mild.len();
    for asked in rails(report, Held::Open) {
        let open = format!("{} cannot be told: not all has a price", asked.rail);
        item("WARN", &[of_all(report), SELF.to_owned(), open], out)?;
        sum.warnings += 1;
    }
    for (plan, name) in report.plans.iter().zip(&plans) {
        for note in headline::reservations(plan) {
            item("WARN", &[name.as_str(), SELF, &note], out)?;
            sum.warnings += 1;
        }
    }
    for exempted in report.exempted.iter().take(MOST) {
        let [plan, rule, subject, _] = finding(&plans, &exempted.told);
        item("EXCP", &[plan, rule, subject, headline::exemption(exempted)], out)?;
    }
    beyond("EXCP", report, report.exempted.len(), out)?;
    sum.exceptions += report.exempted.len();
    sum.passed += rails(report, Held::Kept).count();
    total(sum, out)
}

/// Says how many more there are than are told.
fn beyond(word: &str, report: &Report, number: usize, out: &mut dyn Write) -> io::Result<()> {
    match number.saturating_sub(MOST) {
        0 => Ok(()),
        more => item(
            word,
            &[of_all(report), SELF.to_owned(), format!("and {more} more, which the other formats tell")],
            out,
        ),
    }
}

/// Says that nothing could be analysed, in a way that fails the check.
pub fn refuse(project: Option<&str>, error: &str, out: &mut dyn Write) -> io::Result<()> {
    let error = sentences(error);
    match project {
        Some(project) => item("FAIL", &[project, SELF, &error], out)?,
        None => item("FAIL", &[SELF, &error], out)?,
    }
    total(Sum { failures: 1, ..Sum::default() }, out)
}

/// What is wrong and what to do, each a sentence: on one line nothing else parts them.
fn sentences(error: &str) -> String {
    const BEGINNINGS: [&str; 5] = ["error: ", "hint: ", "tip: ", "Usage: ", "For more information"];
    let mut text = String::new();
    for line in error.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let is_new = BEGINNINGS.iter().any(|beginning| line.starts_with(beginning));
        if is_new && text.ends_with(|c: char| !matches!(c, '.' | '!' | '?' | ':')) {
            text.push('.');
        }
        text.push(' ');
        let mut letters = line.chars();
        // Behind a full stop.
        text.extend(letters.next().into_iter().flat_map(|c| {
            if is_new { c.to_uppercase().to_string() } else { c.to_string() }.chars().collect::<Vec<_>>()
        }));
        text.push_str(letters.as_str());
    }
    text.trim_start().to_owned()
}

fn rails(report: &Report, held: Held) -> impl Iterator<Item = &Asked> {
    report.cost.iter().flat_map(|totals| &totals.rails).filter(move |asked| asked.held == held)
}

/// What is behind the word: plan, rule, resource and message.
fn finding(plans: &[String], told: &Told) -> [String; 4] {
    let finding = &told.advice.finding;
    let plan = plans.get(told.plan).cloned().unwrap_or_default();
    let message = finding.lasting.as_ref().unwrap_or(&finding.message);
    let open = if finding.verdict == Verdict::Undetermined { "undetermined: " } else { "" };
    [plan, finding.rule.name.to_owned(), headline::subject(finding), format!("{open}{message}")]
}

/// The project, or the plan by its file alone: its folder is another on each server.
fn name(plan: &PlanSummary) -> String {
    let file = || plan.name.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
    plan.project.clone().unwrap_or_else(file)
}

/// What the plans are called together.
fn of_all(report: &Report) -> String {
    match report.plans.as_slice() {
        [plan] => name(plan),
        plans => plans.iter().find_map(|plan| plan.project.clone()).unwrap_or_else(|| "all plans".to_owned()),
    }
}

fn item(word: &str, parts: &[impl AsRef<str>], out: &mut dyn Write) -> io::Result<()> {
    let parts: Vec<String> = parts.iter().map(|part| disarmed(&one_line(part.as_ref()))).collect();
    let line = format!("{word} - {}", parts.join(" - "));
    let is_long = line.chars().count() > LONGEST;
    let line: String = if is_long { line.chars().take(LONGEST - 1).chain(['…']).collect() } else { line };
    writeln!(out, "{}", broken(&line))
}

/// Takes from a text what would be read as a number of failures, or as a sum, whoever wrote it: the space in it no longer
/// parts words.
fn disarmed(text: &str) -> String {
    const WORDS: [&str; 3] = ["failure", "failures", "test"];
    let mut disarmed = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(' ') {
        disarmed.push_str(before);
        let is_number = before.ends_with(|c: char| c.is_ascii_digit());
        let is_list = before.ends_with("failures\":");
        let is_read =
            (is_number && WORDS.iter().any(|word| after.starts_with(word))) || (is_list && after.starts_with('['));
        disarmed.push(if is_read { '\u{a0}' } else { ' ' });
        rest = after;
    }
    disarmed.push_str(rest);
    disarmed
}

/// The sum, behind an empty line, as conftest spells it.
fn total(sum: Sum, out: &mut dyn Write) -> io::Result<()> {
    let Sum { passed, warnings, failures, exceptions } = sum;
    let some = |number: usize, noun: &str| format!("{number} {noun}{}", if number == 1 { "" } else { "s" });
    let tests = some(passed + warnings + failures + exceptions, "test");
    let (warnings, failures) = (some(warnings, "warning"), some(failures, "failure"));
    writeln!(out, "\n{tests}, {passed} passed, {warnings}, {failures}, {}", some(exceptions, "exception"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sum_is_spelled_as_conftest_spells_it() {
        let told = |passed, warnings, failures, exceptions| {
            let mut page = Vec::new();
            total(Sum { passed, warnings, failures, exceptions }, &mut page).unwrap();
            String::from_utf8(page).unwrap()
        };
        assert_eq!(told(0, 0, 0, 0), "\n0 tests, 0 passed, 0 warnings, 0 failures, 0 exceptions\n");
        assert_eq!(told(5, 1, 1, 0), "\n7 tests, 5 passed, 1 warning, 1 failure, 0 exceptions\n");
        assert_eq!(told(0, 0, 0, 1), "\n1 test, 0 passed, 0 warnings, 0 failures, 1 exception\n");
    }

    #[test]
    fn no_name_counts_as_a_failure() {
        assert_eq!(disarmed("there were 3 failures"), "there were 3\u{a0}failures");
        assert_eq!(disarmed("1 failure 2 failure"), "1\u{a0}failure 2\u{a0}failure");
        assert_eq!(disarmed("x failures\": [ y"), "x failures\":\u{a0}[ y");
        assert_eq!(disarmed("9 tests, 9 passed"), "9\u{a0}tests, 9 passed");
        assert_eq!(disarmed("a b 3 c"), "a b 3 c");
    }

    #[test]
    fn what_cannot_be_analysed_fails() {
        let mut page = Vec::new();
        refuse(Some("shop"), "plan.json is broken\n  hint: make it anew", &mut page).unwrap();
        let text = String::from_utf8(page).unwrap();
        let expected = "FAIL - shop - planwise - plan.json is broken. Hint: make it anew\n\n\
                        1 test, 0 passed, 0 warnings, 1 failure, 0 exceptions\n";
        assert_eq!(text, expected);
    }
}
