//! Issues for SonarQube, in its generic format from version 10.3 on.
//!
//! Source: docs.sonarsource.com/sonarqube-community-build/analyzing-source-code/importing-external-issues/generic-issue-import-format
//! (the fields), and `ExternalIssueReportValidator.java`, `ExternalIssueImporter.java` of SonarQube (what is refused; how ranges are
//! meant), `CleanCodeAttribute.java` and `impact/Severity.java` of its plugin API (the words); read on 2026-11-30.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde_json::{Value, json};

use super::issues::{Level, Spot, message, spot, standing};
use super::summary::{Report, Told};
use super::text::sentence;
use crate::finding::RuleMeta;

/// Writes the findings of `report` that are not over, and the rules that were applied.
pub fn render(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let told = standing(report);
    let rules: Vec<Value> = rules(report, &told).into_iter().map(|(rule, level)| descriptor(rule, level)).collect();
    let issues: Vec<Value> = told.into_iter().map(|told| issue(report, told)).collect();
    serde_json::to_writer_pretty(&mut *out, &json!({ "rules": rules, "issues": issues }))?;
    writeln!(out)
}

/// Every rule once, with the level of its worst finding: an issue has no severity of its own.
fn rules(report: &Report, told: &[&Told]) -> Vec<(&'static RuleMeta, Level)> {
    let mut worst: BTreeMap<&str, Level> = BTreeMap::new();
    for told in told {
        let level = Level::of_finding(report, &told.advice.finding);
        worst.entry(told.advice.finding.rule.name).and_modify(|worst| *worst = level.max(*worst)).or_insert(level);
    }
    let all = report.rules.iter().map(|rule| rule.meta).chain(told.iter().map(|told| told.advice.finding.rule));
    let all: BTreeMap<&str, &'static RuleMeta> = all.map(|rule| (rule.name, rule)).collect();
    let level = |rule: &RuleMeta| worst.get(rule.name).copied().unwrap_or(Level::of(rule.severity));
    all.into_values().map(|rule| (rule, level(rule))).collect()
}

fn descriptor(rule: &RuleMeta, level: Level) -> Value {
    // These three are known to every version.
    let severity = match level {
        Level::Error => "HIGH",
        Level::Warning => "MEDIUM",
        Level::Note => "LOW",
    };
    json!({
        "id": rule.name,
        "name": rule.name,
        "description": format!("{}.", sentence(rule.summary)),
        "engineId": "planwise",
        "cleanCodeAttribute": "EFFICIENT",
        "impacts": [{ "softwareQuality": "RELIABILITY", "severity": severity }],
    })
}

fn issue(report: &Report, told: &Told) -> Value {
    let spot = spot(report, told);
    let mut location = json!({ "message": message(told), "filePath": spot.file });
    // Without a range the issue is one of the whole file.
    if let (Some(range), Value::Object(fields)) = (range(&spot), &mut location) {
        fields.insert("textRange".to_owned(), range);
    }
    json!({ "ruleId": told.advice.finding.rule.name, "primaryLocation": location })
}

/// From the character, which counts from nought, to the end of the line; or all of the line.
fn range(spot: &Spot) -> Option<Value> {
    let line = spot.line?;
    Some(match spot.column {
        Some(column) => json!({ "startLine": line, "startColumn": column.saturating_sub(1) }),
        None => json!({ "startLine": line }),
    })
}
