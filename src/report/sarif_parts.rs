//! The parts of a SARIF file that do not depend on the run: rules, places, edits.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::issues::{Level, Spot, cut, edits, line, spot};
use super::rules::explain;
use super::sarif::word;
use super::summary::{Report, Told};
use super::text::sentence;
use crate::finding::{Finding, Remedy, RuleMeta, Suggestion};

/// So many characters a description may have.
const LONGEST: usize = 1024;

/// All that is said of a rule, whether it found something or not.
pub(super) fn descriptor(rule: &RuleMeta) -> Value {
    let level = Level::of(rule.severity);
    let problem = match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Note => "recommendation",
    };
    let page = page(rule);
    let summary = format!("{}.", sentence(rule.summary));
    let finds = finds(rule).unwrap_or_else(|| summary.clone());
    json!({
        "id": rule.name,
        "name": rule.name,
        "shortDescription": { "text": cut(&line(&summary), LONGEST) },
        "fullDescription": { "text": cut(&finds, LONGEST) },
        "help": { "text": plain(&page), "markdown": page },
        "defaultConfiguration": { "level": word(level) },
        // No `security-severity`: with it, GitHub would take these for weaknesses.
        "properties": {
            "tags": ["terraform", rule.principle, rule.control],
            "precision": "high",
            "problem.severity": problem,
        },
    })
}

/// The page that `explain` prints.
fn page(rule: &RuleMeta) -> String {
    let mut page = Vec::new();
    // Writing into memory cannot fail.
    let _ = explain(rule, &mut page);
    String::from_utf8_lossy(&page).into_owned()
}

/// What a page says under "What it finds".
fn finds(rule: &RuleMeta) -> Option<String> {
    let page = rule.page();
    let (_, rest) = page.split_once("## What it finds\n")?;
    let text = line(&rest.split("\n## ").next().unwrap_or_default().replace('`', ""));
    (!text.is_empty()).then_some(text)
}

/// A page without the marks of Markdown.
fn plain(page: &str) -> String {
    page.lines().map(|line| line.trim_start_matches(['#', ' ']).replace('`', "")).collect::<Vec<_>>().join("\n")
}

/// Where a result is: the file and the line, and the resource's address.
pub(super) fn location(report: &Report, told: &Told) -> Value {
    let finding = &told.advice.finding;
    let mut location = json!({ "physicalLocation": physical(&spot(report, told)) });
    let is_file = finding.place.as_ref().is_some_and(|place| place.file.as_str() == finding.address.as_str());
    let address = line(finding.address.as_str());
    if let (Value::Object(fields), false, false) = (&mut location, is_file, address.is_empty()) {
        let resource = json!([{ "fullyQualifiedName": address, "kind": "resource" }]);
        fields.insert("logicalLocations".to_owned(), resource);
    }
    location
}

/// Where the resource itself is written, if that is elsewhere.
pub(super) fn related(finding: &Finding) -> Option<Value> {
    let spot = Spot::of(finding.inner_place.as_ref()?)?;
    let text = format!("{} is written here", line(finding.address.as_str()));
    Some(json!({ "id": 1, "physicalLocation": physical(&spot), "message": { "text": text } }))
}

/// Without an end the region goes to the end of its line.
fn physical(spot: &Spot) -> Value {
    let line = spot.line.unwrap_or(1);
    json!({
        "artifactLocation": { "uri": uri(&spot.file) },
        "region": { "startLine": line, "startColumn": spot.column.unwrap_or(1), "endLine": line },
    })
}

/// A path as a relative URI (RFC 3986): its letters, digits, `-._~` and `/` as they are, every other byte as `%20`.
fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            // Writing into a text cannot fail.
            let _ = write!(uri, "%{byte:02X}");
        }
    }
    uri
}

/// What may be written instead: one fix for each remedy that is an edit.
pub(super) fn fixes(finding: &Finding) -> Vec<Value> {
    finding.remedies.iter().filter(|remedy| !edits(remedy).is_empty()).map(fix).collect()
}

fn fix(remedy: &Remedy) -> Value {
    let mut files: Vec<(&str, Vec<Value>)> = Vec::new();
    for edit in edits(remedy) {
        match files.iter_mut().find(|(file, _)| *file == edit.file.as_str()) {
            Some((_, edits)) => edits.push(replacement(edit)),
            None => files.push((edit.file.as_str(), vec![replacement(edit)])),
        }
    }
    let changes: Vec<Value> = files
        .into_iter()
        .map(|(file, edits)| json!({ "artifactLocation": { "uri": uri(file) }, "replacements": edits }))
        .collect();
    json!({ "description": { "text": sentence(&line(&remedy.title)) }, "artifactChanges": changes })
}

/// Whole lines without the end of the last one; with it where nothing takes their place.
fn replacement(edit: &Suggestion) -> Value {
    if edit.new.is_empty() {
        let region =
            json!({ "startLine": edit.line, "startColumn": 1, "endLine": edit.last_line() + 1, "endColumn": 1 });
        return json!({ "deletedRegion": region });
    }
    json!({
        "deletedRegion": { "startLine": edit.line, "startColumn": 1, "endLine": edit.last_line() },
        "insertedContent": { "text": edit.new.join("\n") },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_as_uris() {
        assert_eq!(uri("infra/main.tf"), "infra/main.tf");
        assert_eq!(uri("a b/ü%:?#.tf"), "a%20b/%C3%BC%25%3A%3F%23.tf");
    }

    #[test]
    fn pages_without_marks() {
        assert_eq!(plain("# a\n\n## b\n- `c`\n"), "a\n\nb\n- c");
    }
}
