//! What is said of the rules themselves.

use std::io::{self, Write};

use serde_json::{Value, json};
use tabled::builder::Builder;
use tabled::settings::{Padding, Style as Borders};

use crate::finding::RuleMeta;

/// Writes a list of rules, for people or as JSON.
pub fn list(rules: &[&RuleMeta], as_json: bool, out: &mut dyn Write) -> io::Result<()> {
    if as_json {
        let all: Vec<Value> = rules.iter().map(|rule| describe(rule)).collect();
        serde_json::to_writer_pretty(&mut *out, &all)?;
        return writeln!(out);
    }
    let mut table = Builder::default();
    table.push_record(["RULE", "SEVERITY", "PRINCIPLE", "CONTROL", "FINDS"]);
    for rule in rules {
        table.push_record([rule.name, rule.severity.as_str(), rule.principle, rule.control, rule.summary]);
    }
    let mut table = table.build();
    table.with(Borders::empty()).with(Padding::new(0, 2, 0, 0));
    for line in table.to_string().lines() {
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}

fn describe(rule: &RuleMeta) -> Value {
    let thresholds: Vec<Value> = (rule.thresholds.iter())
        .map(|threshold| json!({ "name": threshold.name, "default": threshold.default, "meaning": threshold.meaning }))
        .collect();
    json!({
        "name": rule.name,
        "summary": rule.summary,
        "severity": rule.severity.as_str(),
        "principle": rule.principle,
        "control": rule.control,
        "since": rule.since,
        "thresholds": thresholds,
        "sources": rule.sources,
        "page": rule.page(),
    })
}

/// Writes a rule's page in Markdown: what `explain` prints and `docs/rules` holds.
pub fn explain(rule: &RuleMeta, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "# {}\n\n{}.\n", rule.name, rule.summary)?;
    writeln!(out, "- Severity: {}", rule.severity.as_str())?;
    writeln!(out, "- Principle: {}", rule.principle)?;
    writeln!(out, "- Control: {}", rule.control)?;
    writeln!(out, "- Since: {}\n", rule.since)?;
    writeln!(out, "{}", rule.page().trim_end())?;
    writeln!(out, "\n## Thresholds")?;
    if rule.thresholds.is_empty() {
        writeln!(out, "None.")?;
    }
    for threshold in rule.thresholds {
        writeln!(out, "- `{}` = {}: {}", threshold.name, threshold.default, threshold.meaning)?;
    }
    writeln!(out, "\n## Sources")?;
    for source in rule.sources {
        writeln!(out, "- {source}")?;
    }
    Ok(())
}
