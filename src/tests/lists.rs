//! The lists of rules and of adapters follow the folders; nobody edits them.

use std::fs;
use std::path::Path;

use super::support::{entries, project, rewrite, snapshot, stem, tree};
use crate::{catalogue, rules};

#[test]
fn lists_follow_the_folders() {
    let mut rewritten = Vec::new();
    for (parent, item, name) in [("src/rules", "Rule", "RULE"), ("src/catalogue", "Adapter", "ADAPTER")] {
        for folder in entries(&project(parent)).into_iter().filter(|path| path.is_dir()) {
            let list = folder.join("mod.rs");
            if rewrite(&list, &list_of(&folder, item, name)) {
                rewritten.push(list);
            }
        }
    }
    assert!(rewritten.is_empty(), "rewritten, run again and commit: {rewritten:?}");
}

/// The text of `folder/mod.rs`: its own doc comment, then one line per neighbouring file. Folders are helpers.
fn list_of(folder: &Path, item: &str, name: &str) -> String {
    let old = fs::read_to_string(folder.join("mod.rs")).unwrap();
    let neighbours = entries(folder).into_iter().filter(|path| stem(path) != "mod");
    let (mut mods, mut rows) = (Vec::new(), Vec::new());
    for path in neighbours {
        mods.push(format!("mod {};", stem(&path)));
        if path.is_file() {
            rows.push(format!("    &{}::{name},", stem(&path)));
        }
    }
    let docs: Vec<_> = old.lines().take_while(|line| line.starts_with("//!")).collect();
    let (docs, mods, rows) = (docs.join("\n"), mods.join("\n"), rows.join("\n"));
    format!(
        "{docs}\n\n{mods}\n\nuse super::{item};\n\n#[rustfmt::skip]\npub(super) static ALL: &[&{item}] = &[\n{rows}\n];\n"
    )
}

/// A rule's name is forever: it stands in policies, exemptions and dashboards.
#[test]
fn names_of_rules() {
    let names: Vec<_> = rules::all().iter().map(|rule| rule.meta.name).collect();
    snapshot("rules", "names", &names.join("\n"));
}

/// The built-in policy names every rule with its own defaults.
#[test]
fn the_default_policy_is_the_rules_own() {
    let metas: Vec<_> = rules::all().into_iter().map(|rule| &rule.meta).collect();
    let mut text = String::from("rules:\n");
    for meta in &metas {
        text.push_str(&format!("  {}:\n    enabled: true\n    severity: {}\n", meta.name, meta.severity.as_str()));
        if !meta.thresholds.is_empty() {
            text.push_str("    thresholds:\n");
        }
        for threshold in meta.thresholds {
            text.push_str(&format!("      {}: {}\n", threshold.name, threshold.default));
        }
    }
    let own = fs::read_to_string(project("policies/default.yaml")).unwrap();
    assert!(own.ends_with(&text), "policies/default.yaml should end with:\n{text}");
    assert!(crate::policy::RuleSettings::built_in(&metas).is_ok());
}

/// A rule stands in a file of its own name, an adapter in one named after its type.
#[test]
fn everything_is_found_by_its_name() {
    for rule in rules::all() {
        let file = format!("{}.rs", rule.meta.name.replace('-', "_"));
        assert!(tree(&project("src/rules")).iter().any(|path| path.ends_with(&file)), "no file {file}");
    }
    for path in
        tree(&project("src/catalogue/aws")).into_iter().filter(|path| path.parent().is_some_and(|p| p.ends_with("aws")))
    {
        let name = stem(&path);
        if name == "mod" {
            continue;
        }
        let (kind, mode) = match name.strip_prefix("data_") {
            Some(kind) => (format!("aws_{kind}"), crate::model::Mode::Data),
            None => (format!("aws_{name}"), crate::model::Mode::Managed),
        };
        let described = catalogue::adapters().any(|adapter| adapter.kind == kind && adapter.mode == mode);
        assert!(described, "{name} does not describe {kind}");
    }
}
