//! What is written for users is what the program does: pages, lists, examples and schemas.

use std::fs;

use serde_json::Value;

use super::formats;
use super::support::{check, entries, input, project, rewrite, sourced, stem, table, terms, written};
use crate::facts::Declarations;
use crate::finding::{RuleMeta, Severity};
use crate::policy::Policy;
use crate::report::Report;
use crate::run::{self, Costing};
use crate::{report, rules};

fn metas() -> Vec<&'static RuleMeta> {
    rules::all().into_iter().map(|rule| &rule.meta).collect()
}

/// Replaces what stands between two marks.
fn between(text: &str, name: &str, content: &str) -> String {
    let (begin, end) = (format!("<!-- {name}:begin -->"), format!("<!-- {name}:end -->"));
    let (head, rest) = text.split_once(&begin).unwrap_or_else(|| panic!("no {begin}"));
    let (_, tail) = rest.split_once(&end).unwrap_or_else(|| panic!("no {end}"));
    format!("{head}{begin}\n{content}\n{end}{tail}")
}

#[test]
fn the_readme_shows_what_the_program_prints() {
    let path = project("README.md");
    let text = fs::read_to_string(&path).unwrap();
    let policy = Policy { min_severity: Some(Severity::High), ..Policy::default() };
    let terms = terms();
    let costing = Costing { terms: &terms, said: &[] };
    // Paths are told from the root of the repository on.
    if !project(".git").exists() {
        println!("skipped: this copy of the project is no repository");
        return;
    }
    let inputs = vec![sourced("testdata/plans/shop/plan.json")];
    let mut report = run::check_beside(
        inputs,
        &policy,
        &Declarations::default(),
        run::Beside { costing: Some(&costing), ..Default::default() },
    )
    .unwrap();
    report.fail_on = Some(Severity::High);
    let example = format!("```text\n{}\n```", table(&report).trim_end());
    let mut rows = vec!["| rule | severity | principle | finds |".to_owned(), "|---|---|---|---|".to_owned()];
    rows.extend(metas().iter().map(|rule| {
        let (name, severity) = (rule.name, rule.severity.as_str());
        format!("| [`{name}`](docs/rules/{name}.md) | {severity} | {} | {} |", rule.principle, rule.summary)
    }));
    let text = between(&between(&text, "example", &example), "rules", &rows.join("\n"));
    assert!(!rewrite(&path, &text), "README.md was rewritten: read it, and commit it");
}

#[test]
fn every_rule_has_its_page() {
    let folder = project("docs/rules");
    fs::create_dir_all(&folder).unwrap();
    let mut rewritten = Vec::new();
    for rule in metas() {
        let path = folder.join(rule.name).with_extension("md");
        if rewrite(&path, &written(|out| report::explain(rule, out))) {
            rewritten.push(path);
        }
    }
    assert!(rewritten.is_empty(), "rewritten, read and commit them: {rewritten:?}");
    let strangers: Vec<_> = entries(&folder)
        .iter()
        .map(|path| stem(path))
        .filter(|name| !metas().iter().any(|rule| rule.name == name))
        .collect();
    assert!(strangers.is_empty(), "pages of no rule: {strangers:?}");
}

/// A page answers the questions that a reviewer has.
#[test]
fn pages_are_whole() {
    for rule in metas() {
        let page = rule.page();
        for title in
            ["What it finds", "Why it matters", "What to do", "When it stays silent", "What makes it undetermined"]
        {
            assert!(page.contains(&format!("## {title}\n")), "{}: no {title}", rule.name);
        }
        assert!(!rule.sources.is_empty() && !rule.summary.ends_with('.'), "{}", rule.name);
        assert!(rule.principle.starts_with("DP") && rule.control.starts_with("WAF-PERF-"), "{}", rule.name);
    }
}

/// Holds `documents` against a schema that ships.
pub(super) fn validate(schema: &str, documents: Vec<(String, String)>) {
    validate_by(&serde_json::from_slice(&fs::read(project(schema)).unwrap()).unwrap(), documents);
}

/// Holds `documents` against a schema.
pub(super) fn validate_by(schema: &Value, documents: Vec<(String, String)>) {
    let validator = jsonschema::validator_for(schema).unwrap();
    assert!(!documents.is_empty());
    for (name, text) in documents {
        let document: Value = serde_json::from_str(&text).unwrap();
        let errors: Vec<_> =
            validator.iter_errors(&document).map(|error| format!("{}: {error}", error.instance_path())).collect();
        assert!(errors.is_empty(), "{name}: {errors:#?}");
    }
}

fn plans() -> Vec<String> {
    let scenarios = entries(&project("testdata/plans")).into_iter().filter(|path| path.is_dir());
    let scenarios = scenarios.map(|path| format!("testdata/plans/{}/plan.json", stem(&path)));
    let rules = entries(&project("testdata/rules")).into_iter();
    let rules = rules.filter(|path| path.extension().is_some_and(|ending| ending == "json"));
    scenarios.chain(rules.map(|path| format!("testdata/rules/{}.json", stem(&path)))).collect()
}

#[test]
fn reports_follow_their_schema() {
    let report = |path: String| {
        let report = check(&path);
        (path, written(|out| report::json(&report, out)))
    };
    // Made up, with everything in it that may be there or not, and with nothing but plans.
    let full = formats::full();
    let bare = Report { plans: full.plans.clone(), ..Report::default() };
    let made_up = [("full", full), ("bare", bare)];
    let made_up = made_up.map(|(name, report)| (name.to_owned(), written(|out| report::json(&report, out))));
    let refused = written(|out| report::json_refusal("a.json", Some("shop"), "it is broken", out));
    let made_up = made_up.into_iter().chain([("refused".to_owned(), refused)]);
    validate("docs/report.schema.json", plans().into_iter().map(report).chain(made_up).collect());
}

#[test]
fn facts_follow_their_schema() {
    let mut documents = Vec::new();
    for path in plans() {
        for (name, [before, after]) in run::topologies(&input(&path)).unwrap() {
            documents.push((name.clone(), written(|out| report::facts(&name, &[&before, &after], out))));
        }
    }
    validate("docs/facts.schema.json", documents);
}
