//! JUnit XML, which nearly every CI shows: a suite for each project, a case for each finding and for each rule that passes.
//!
//! Source: `docs.gitlab.com/ci/testing/unit_test_reports` (what is read of it), read on 2026-11-29; `lib/gitlab/ci/reports/test_case.rb`
//! of GitLab (cases are told apart by suite, class and name), read on 2026-11-30.

use std::io::{self, Write};

use super::headline;
use super::issues::{Project, Times, exceeded, is_old, line, message, own_spot, projects, standing, stands};
use super::summary::{Exempted, Report, Told};
use super::text::{delta, sentence};
use super::xml::xml;
use crate::finding::{Finding, Verdict};

/// What became of a case.
enum Outcome {
    Passed,
    Failed { kind: String, text: String },
    Skipped,
}

/// One case.
struct Case {
    class: String,
    name: String,
    file: Option<String>,
    outcome: Outcome,
    message: String,
}

/// A suite of cases.
struct Suite {
    name: String,
    properties: Vec<(&'static str, String)>,
    cases: Vec<Case>,
}

impl Suite {
    /// How many cases there are, how many fail, and how many are skipped.
    fn counts(&self) -> [usize; 3] {
        let failed = self.cases.iter().filter(|case| matches!(case.outcome, Outcome::Failed { .. })).count();
        let skipped = self.cases.iter().filter(|case| matches!(case.outcome, Outcome::Skipped)).count();
        [self.cases.len(), failed, skipped]
    }
}

/// Writes `report` as XML. Violations fail; what cannot be told, is exempted, or was there before and does not count is skipped.
pub fn render(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let suites = suites(report);
    let mut all = [0; 3];
    for suite in &suites {
        for (sum, count) in all.iter_mut().zip(suite.counts()) {
            *sum += count;
        }
    }
    writeln!(out, r#"<?xml version="1.0" encoding="UTF-8"?>"#)?;
    writeln!(out, r#"<testsuites name="planwise" {}>"#, counts(all))?;
    for suite in &suites {
        write_suite(suite, out)?;
    }
    writeln!(out, "</testsuites>")
}

/// A suite for each project. What belongs to all of them has one of its own, unless there is but one.
fn suites(report: &Report) -> Vec<Suite> {
    let told = standing(report);
    let mut suites: Vec<Suite> = projects(report).iter().map(|project| self::project(report, project, &told)).collect();
    let common = common(report);
    match suites.as_mut_slice() {
        [only] => only.cases.extend(common),
        _ if common.is_empty() => {}
        _ => suites.push(Suite { name: "planwise".to_owned(), properties: Vec::new(), cases: common }),
    }
    suites
}

fn project(report: &Report, project: &Project, told: &[&Told]) -> Suite {
    let own = |told: &Told| project.plans.contains(&told.plan);
    let findings = told.iter().filter(|told| own(told)).map(|told| case(report, told));
    let exempted = report.exempted.iter().filter(|exempted| own(&exempted.told) && stands(&exempted.told));
    let cases = apart(findings.chain(exempted.map(self::exempted)).collect());
    Suite { name: project.name.clone(), properties: properties(report, project), cases }
}

/// No two cases of a class are called the same: of those that are, one would be kept.
fn apart(mut cases: Vec<Case>) -> Vec<Case> {
    let mut times = Times::default();
    for case in &mut cases {
        match times.of(&format!("{}\0{}", case.class, case.name)) {
            1 => {}
            time => case.name.push_str(&format!(" #{time}")),
        }
    }
    cases
}

fn properties(report: &Report, project: &Project) -> Vec<(&'static str, String)> {
    let mut properties = vec![("planwise.version", env!("CARGO_PKG_VERSION").to_owned())];
    for plan in project.plans.iter().filter_map(|at| report.plans.get(*at)) {
        properties.extend(plan.terraform_version.iter().map(|version| ("terraform.version", version.clone())));
        properties.push(("resources", plan.resources.to_string()));
        properties.push(("resources.understood", plan.understood.to_string()));
        properties.extend(headline::notes(plan).into_iter().map(|note| ("note", note)));
    }
    properties
}

fn case(report: &Report, told: &Told) -> Case {
    let finding = &told.advice.finding;
    let message = message(told);
    let is_skipped = is_old(report, told) || finding.verdict == Verdict::Undetermined && !report.fails(told);
    let before = if is_old(report, told) { "There before: " } else { "" };
    let kind = format!("{} {}", finding.severity.as_str(), told.advice.status.as_str());
    let outcome = if is_skipped { Outcome::Skipped } else { Outcome::Failed { kind, text: text(finding) } };
    Case { outcome, message: format!("{before}{message}"), ..bare(finding) }
}

fn exempted(exempted: &Exempted) -> Case {
    let finding = &exempted.told.advice.finding;
    let message = line(&format!("Exempted: {}: {}", headline::exemption(exempted), message(&exempted.told)));
    Case { message, ..bare(finding) }
}

/// The case of a finding, skipped. On one resource a rule may find several things.
fn bare(finding: &Finding) -> Case {
    let rule = finding.rule.name;
    let name = if finding.key.is_empty() { rule.to_owned() } else { format!("{rule} ({})", finding.key) };
    let file = own_spot(finding).map(|spot| spot.file);
    Case {
        class: line(finding.address.as_str()),
        name: line(&name),
        file,
        outcome: Outcome::Skipped,
        message: String::new(),
    }
}

/// What is wrong, with its sum and the ways out, line by line.
fn text(finding: &Finding) -> String {
    let place = finding.place.iter().map(|place| format!("At {place}."));
    let ways = finding.remedies.iter().enumerate().map(|(at, remedy)| {
        format!("{}. {} ({}): {}", at + 1, sentence(&remedy.title), delta(&remedy.monthly_delta), remedy.detail)
    });
    let lines =
        [sentence(&finding.message)].into_iter().chain(place).chain(finding.working.iter().cloned()).chain(ways);
    lines.collect::<Vec<_>>().join("\n")
}

/// Limits of the bill that are exceeded, and rules that found nothing though they had something to judge.
fn common(report: &Report) -> Vec<Case> {
    let case = |class: &str, name: &str, outcome, message: &str| Case {
        class: class.to_owned(),
        name: name.to_owned(),
        file: None,
        outcome,
        message: message.to_owned(),
    };
    let limits = exceeded(report).into_iter().enumerate().map(|(at, text)| {
        let outcome = Outcome::Failed { kind: "cost".to_owned(), text: text.clone() };
        case("planwise.cost", &format!("limit {}", at + 1), outcome, &text)
    });
    let is_told = |name: &str| report.told.iter().any(|told| stands(told) && told.advice.finding.rule.name == name);
    let passed = report.rules.iter().filter(|rule| rule.passed > 0 && !is_told(rule.meta.name));
    let passed = passed.map(|rule| case("planwise", rule.meta.name, Outcome::Passed, ""));
    limits.chain(passed).collect()
}

fn counts([tests, failures, skipped]: [usize; 3]) -> String {
    format!(r#"tests="{tests}" failures="{failures}" skipped="{skipped}" errors="0""#)
}

fn write_suite(suite: &Suite, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, r#"  <testsuite name="{}" {}>"#, xml(&suite.name), counts(suite.counts()))?;
    if !suite.properties.is_empty() {
        writeln!(out, "    <properties>")?;
        for (name, value) in &suite.properties {
            writeln!(out, r#"      <property name="{name}" value="{}"/>"#, xml(value))?;
        }
        writeln!(out, "    </properties>")?;
    }
    for case in &suite.cases {
        write_case(case, out)?;
    }
    writeln!(out, "  </testsuite>")
}

fn write_case(case: &Case, out: &mut dyn Write) -> io::Result<()> {
    let file = case.file.as_ref().map_or_else(String::new, |file| format!(r#" file="{}""#, xml(file)));
    write!(out, r#"    <testcase classname="{}" name="{}"{file}"#, xml(&case.class), xml(&case.name))?;
    let message = xml(&case.message);
    match &case.outcome {
        Outcome::Passed => writeln!(out, "/>"),
        Outcome::Failed { kind, text } => {
            writeln!(out, r#"><failure type="{}" message="{message}">{}</failure></testcase>"#, xml(kind), xml(text))
        }
        Outcome::Skipped => writeln!(out, r#"><skipped message="{message}"/></testcase>"#),
    }
}
