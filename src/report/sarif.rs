//! SARIF 2.1.0, as GitHub's code scanning takes it.
//!
//! Source: docs.github.com/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning (what is required,
//! what is used, the limits), and the schema of OASIS, `sarif-schema-2.1.0.json`; read on 2026-11-30.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::io::{self, Write};

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::{Map, Value, json};

use super::headline;
use super::issues::{Level, Project, Times, exceeded, line, message, projects, stands, weight};
use super::sarif_parts::{descriptor, fixes, location, related};
use super::summary::{Report, Told};
use crate::advice::Status;
use crate::finding::RuleMeta;
use crate::units::counted;

/// So many results a run may have; all runs together are kept to it, so that the file stays small enough.
const MOST_RESULTS: usize = 25_000;

/// So many runs a file may have.
const MOST_RUNS: usize = 20;

/// So many bytes a file may have when it is packed with gzip.
const MOST_BYTES: usize = 10_000_000;

/// Writes `report` as SARIF: a run for each project, the worst findings where all are too many.
pub fn render(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    fitting(report, MOST_RESULTS, MOST_BYTES, out)
}

/// Writes as many findings as fit into `bytes`, packed, and `most` at the most.
fn fitting(report: &Report, most: usize, bytes: usize, out: &mut dyn Write) -> io::Result<()> {
    let mut most = most;
    loop {
        let text = serde_json::to_vec_pretty(&document(report, most))?;
        if most == 0 || text.len() <= bytes || packed(&text)? <= bytes {
            out.write_all(&text)?;
            return writeln!(out);
        }
        most /= 2;
    }
}

/// How many bytes a text has when it is packed.
fn packed(text: &[u8]) -> io::Result<usize> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::fast());
    packer.write_all(text)?;
    Ok(packer.finish()?.len())
}

fn document(report: &Report, most: usize) -> Value {
    let all = findings(report);
    let left = all.len().saturating_sub(most);
    let shown: Vec<&Told> = all.into_iter().take(most).collect();
    let runs: Vec<Value> =
        runs(report).iter().enumerate().map(|(at, run)| self::run(report, run, &shown, (at, left))).collect();
    json!({ "$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": runs })
}

/// All that are neither over nor exempted, the worst first: code scanning opens an alert for whatever is there, suppressed or not.
fn findings(report: &Report) -> Vec<&Told> {
    let mut all: Vec<&Told> = report.told.iter().filter(|told| stands(told)).collect();
    all.sort_by_key(|told| Reverse(weight(report, told)));
    all
}

/// The projects, as many as there may be runs; those beyond share the last one.
fn runs(report: &Report) -> Vec<Project> {
    let mut all = projects(report);
    if all.len() > MOST_RUNS {
        let rest = all.split_off(MOST_RUNS - 1);
        // The same however many they are: what it is called by is its category.
        let name = "the other projects".to_owned();
        all.push(Project {
            name,
            is_named: false,
            plans: rest.into_iter().flat_map(|project| project.plans).collect(),
        });
    }
    all
}

fn run(report: &Report, project: &Project, shown: &[&Told], (at, left): (usize, usize)) -> Value {
    let rules = rules(report, shown);
    let own: Vec<&Told> = shown.iter().filter(|told| project.plans.contains(&told.plan)).copied().collect();
    let mut times = Times::default();
    let results: Vec<Value> = own.iter().map(|told| result(report, told, &rules, &mut times)).collect();
    let version = env!("CARGO_PKG_VERSION");
    let descriptors: Vec<Value> = rules.iter().map(|rule| descriptor(rule)).collect();
    let mut run = json!({
        "tool": { "driver": { "name": "planwise", "semanticVersion": version, "rules": descriptors } },
        "columnKind": "unicodeCodePoints",
        "invocations": [{
            "executionSuccessful": true,
            "toolExecutionNotifications": notifications(report, project, at, left),
        }],
        "results": results,
    });
    // Of one plan that nobody gave a project, whoever uploads the file knows the category better.
    if let (Value::Object(fields), true) = (&mut run, project.is_named || report.plans.len() > 1) {
        fields.insert("automationDetails".to_owned(), json!({ "id": format!("planwise/{}/", project.name) }));
    }
    run
}

/// The rules that were applied, in the order of their names.
fn rules(report: &Report, shown: &[&Told]) -> Vec<&'static RuleMeta> {
    let all = report.rules.iter().map(|rule| rule.meta).chain(shown.iter().map(|told| told.advice.finding.rule));
    let all: BTreeMap<&str, &'static RuleMeta> = all.map(|rule| (rule.name, rule)).collect();
    all.into_values().collect()
}

/// What a reader should know of how the plans were read, and what is left out.
fn notifications(report: &Report, project: &Project, at: usize, left: usize) -> Vec<Value> {
    let note = |level: Level, text: &str| json!({ "level": word(level), "message": { "text": line(text) } });
    let plans = project.plans.iter().filter_map(|at| report.plans.get(*at));
    let mut all: Vec<Value> = plans
        .flat_map(headline::notes)
        .filter(|text| !line(text).is_empty())
        .map(|text| note(Level::Note, &text))
        .collect();
    if at > 0 {
        return all;
    }
    all.extend(report.notes.iter().filter(|text| !line(text).is_empty()).map(|text| note(Level::Note, text)));
    all.extend(exceeded(report).iter().map(|text| note(Level::Error, text)));
    if left > 0 {
        let number = counted(u64::try_from(left).unwrap_or(u64::MAX), "finding");
        all.push(note(
            Level::Warning,
            &format!("{number} left out: more than code scanning takes; the worst are here"),
        ));
    }
    if projects(report).len() > MOST_RUNS {
        let text = format!("code scanning takes {MOST_RUNS} runs: the projects beyond share the last one");
        all.push(note(Level::Warning, &text));
    }
    all
}

fn result(report: &Report, told: &Told, rules: &[&RuleMeta], times: &mut Times) -> Value {
    let finding = &told.advice.finding;
    let fingerprint = told.advice.fingerprint();
    let time = times.of(&fingerprint);
    let level = Level::of_finding(report, finding);
    let mut result = Map::new();
    let mut put = |name: &str, value: Value| result.insert(name.to_owned(), value);
    put("ruleId", finding.rule.name.into());
    if let Some(index) = rules.iter().position(|rule| rule.name == finding.rule.name) {
        put("ruleIndex", index.into());
    }
    put("level", word(level).into());
    put("message", json!({ "text": message(told) }));
    put("locations", json!([location(report, told)]));
    if let Some(related) = related(finding) {
        put("relatedLocations", json!([related]));
    }
    // The only one that is used: what a result is, and which of several that are alike.
    put("partialFingerprints", json!({ "primaryLocationLineHash": format!("{fingerprint}:{time}") }));
    put("baselineState", baseline(told.advice.status).into());
    let fixes = fixes(finding);
    if !fixes.is_empty() {
        put("fixes", fixes.into());
    }
    put(
        "properties",
        json!({
            "severity": finding.severity.as_str(),
            "verdict": finding.verdict.as_str(),
            "status": told.advice.status.as_str(),
            "failsRun": report.fails(told),
        }),
    );
    Value::Object(result)
}

const fn baseline(status: Status) -> &'static str {
    match status {
        Status::Introduced => "new",
        Status::Worsened => "updated",
        Status::Existing => "unchanged",
        Status::Resolved => "absent",
    }
}

pub(super) const fn word(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Note => "note",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::advice::Advice;
    use crate::finding::{Finding, Severity, Verdict};
    use crate::model::Address;
    use crate::report::PlanSummary;

    static RULE: RuleMeta = RuleMeta {
        name: "some-rule",
        summary: "Some summary",
        docs: "",
        severity: Severity::High,
        principle: "DP4",
        control: "WAF-PERF-040",
        since: "0.1.0",
        thresholds: &[],
        sources: &[],
    };

    fn report(findings: usize) -> Report {
        let told = |at: usize| {
            let address = Address::new(format!("aws_thing.a[{at}]"));
            let severity = if at == 3 { Severity::Critical } else { Severity::Low };
            let finding = Finding::new(&RULE, Verdict::Violation, &address, "It is too small.").severity(severity);
            Told { plan: 0, position: None, advice: Advice { finding, status: Status::Introduced } }
        };
        let plan = PlanSummary {
            name: "plan.json".to_owned(),
            path: "plan.json".to_owned(),
            document: 1,
            project: None,
            terraform_version: None,
            resources: 1,
            understood: 1,
            not_understood: BTreeMap::new(),
            complete: Some(true),
            errored: false,
            notes: Vec::new(),
        };
        Report { plans: vec![plan], told: (0..findings).map(told).collect(), ..Report::default() }
    }

    /// The worst findings that are written, and how many are said to be left out.
    fn written(report: &Report, most: usize, bytes: usize) -> (Vec<String>, String) {
        let mut text = Vec::new();
        fitting(report, most, bytes, &mut text).unwrap();
        let document: Value = serde_json::from_slice(&text).unwrap();
        let run = &document["runs"][0];
        let results = run["results"].as_array().unwrap().iter();
        let name = |result: &Value| result["locations"][0]["logicalLocations"][0]["fullyQualifiedName"].to_string();
        (results.map(name).collect(), run["invocations"][0]["toolExecutionNotifications"].to_string())
    }

    #[test]
    fn too_much_is_cut_and_the_worst_stay() {
        let report = report(8);
        let (all, notes) = written(&report, MOST_RESULTS, MOST_BYTES);
        assert_eq!((all.len(), notes.as_str()), (8, "[]"));
        let (some, notes) = written(&report, 2, MOST_BYTES);
        assert_eq!(some, [r#""aws_thing.a[3]""#, r#""aws_thing.a[0]""#]);
        assert!(notes.contains("6 findings left out"), "{notes}");
        let bytes = packed(&serde_json::to_vec_pretty(&document(&report, 8)).unwrap()).unwrap() - 1;
        let (some, notes) = written(&report, 8, bytes);
        assert_eq!(some.len(), 4);
        assert!(notes.contains("4 findings left out"), "{notes}");
        assert_eq!(written(&report, 8, 1).0.len(), 0, "a limit that nothing keeps ends the search");
    }
}
