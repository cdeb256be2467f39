//! Walls: who may import whom, and who alone may know what.

use std::fs;
use std::path::{Path, PathBuf};

use super::support::{project, tree};

/// Each module with what it may import. Data flows down this list; nothing flows back.
const MAY_IMPORT: &[(&str, &[&str])] = &[
    ("units", &[]),
    ("model", &["units"]),
    // Terraform's language. What it asks of a plan, it asks through a trait of its own.
    ("source", &["units", "model"]),
    ("plan", &["model", "source"]),
    ("facts", &["units", "model"]),
    ("catalogue", &["units", "model", "facts"]),
    ("graph", &["units", "model", "facts"]),
    ("topology", &["units", "model", "facts", "graph"]),
    ("finding", &["units", "model"]),
    ("policy", &["model", "finding"]),
    // Judges the topology: it sees no plan, no graph, no cloud and no format.
    ("rules", &["units", "model", "facts", "topology", "finding", "policy"]),
    ("advice", &["units", "model", "finding"]),
    // Besides reports it spells the graph's picture and the topology's facts.
    ("report", &["units", "model", "facts", "graph", "topology", "finding", "advice"]),
    (
        "run",
        &[
            "units",
            "model",
            "source",
            "plan",
            "facts",
            "catalogue",
            "graph",
            "topology",
            "finding",
            "policy",
            "rules",
            "advice",
            "report",
        ],
    ),
    ("cli", &["model", "source", "plan", "finding", "policy", "rules", "report", "run"]),
];

/// The source files of a module.
fn files_of(module: &str) -> Vec<PathBuf> {
    let single = project("src").join(module).with_extension("rs");
    if single.exists() { vec![single] } else { tree(&project("src").join(module)) }
}

/// The code of a file, without its comments and without its tests.
fn code(path: &Path) -> String {
    let text = fs::read_to_string(path).unwrap();
    let text = text.split("#[cfg(test)]\nmod tests").next().unwrap();
    let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    code.collect::<Vec<_>>().join("\n")
}

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// The modules that a text names behind `crate::`, one by one or in braces.
fn imported(code: &str) -> Vec<String> {
    let mut names = Vec::new();
    for rest in code.split("crate::").skip(1) {
        if let Some(list) = rest.strip_prefix('{') {
            let mut depth = 1;
            let inner: String = list
                .chars()
                .take_while(|c| {
                    depth += i32::from(*c == '{') - i32::from(*c == '}');
                    depth > 0
                })
                .collect();
            // Names at the top of the braces: those that follow the opening or a comma outside inner braces.
            let mut level = 0;
            let mut name = String::new();
            for c in inner.chars().chain([',']) {
                match c {
                    '{' => level += 1,
                    '}' => level -= 1,
                    ',' if level == 0 => names.push(std::mem::take(&mut name)),
                    _ if level == 0 => name.push(c),
                    _ => {}
                }
            }
        } else {
            names.push(rest.chars().take_while(|c| is_name(*c)).collect());
        }
    }
    let first = |name: String| name.trim().chars().take_while(|c| is_name(*c)).collect::<String>();
    names.into_iter().map(first).filter(|name| !name.is_empty()).collect()
}

#[test]
fn reads_imports() {
    let code = "use crate::model::{A, B};\nuse crate::{advice, rules::{self, all}, units::x};\ncrate::graph::Y";
    assert_eq!(imported(code), ["model", "advice", "rules", "units", "graph"]);
}

#[test]
fn imports_go_one_way() {
    let mut wrong = Vec::new();
    for (module, allowed) in MAY_IMPORT {
        let files = files_of(module);
        assert!(!files.is_empty(), "{module} has no files");
        for file in files {
            let names = imported(&code(&file)).into_iter();
            let foreign = names.filter(|name| name != module && !allowed.contains(&name.as_str()));
            wrong.extend(foreign.map(|name| format!("{}: crate::{name}", file.display())));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_module_stands_in_the_table() {
    let lib = code(&project("src/lib.rs"));
    let declared =
        lib.lines().filter_map(|line| line.trim().strip_suffix(';')?.split("mod ").nth(1).map(str::to_owned));
    let unknown: Vec<_> =
        declared.filter(|name| name != "tests" && !MAY_IMPORT.iter().any(|(module, _)| module == name)).collect();
    assert!(unknown.is_empty(), "{unknown:?}");
}

/// What only these modules may write, in code.
const KNOWN_TO: &[(&[&str], &[&str])] = &[
    // Terraform's JSON.
    (
        &["plan"],
        &[
            "\"resource_changes",
            "\"after_unknown",
            "\"planned_values",
            "\"prior_state",
            "\"module_calls",
            "\"constant_value",
            "\"root_module",
        ],
    ),
    // A cloud.
    (&["catalogue"], &["\"aws_", "\"azurerm_", "\"google_", "amazonaws", "\"arn:"]),
    // Terraform's language.
    (&["source"], &["hcl_edit"]),
    // The graph's library.
    (&["graph"], &["petgraph"]),
    // Formats.
    (&["report"], &["<details>", "flowchart", "digraph"]),
    // The terminal.
    (&["report", "cli"], &["anstyle", "anstream", "tabled"]),
];

#[test]
fn knowledge_stays_behind_its_wall() {
    let mut wrong = Vec::new();
    for (module, _) in MAY_IMPORT {
        for file in files_of(module) {
            let code = code(&file);
            for (owners, words) in KNOWN_TO.iter().filter(|(owners, _)| !owners.contains(module)) {
                let found = words.iter().filter(|word| code.contains(**word));
                wrong.extend(found.map(|word| format!("{}: {word} is for {owners:?}", file.display())));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn folders_have_no_logic_in_their_lists() {
    let lists = tree(&project("src")).into_iter().filter(|path| path.ends_with("mod.rs"));
    let with_logic: Vec<_> = lists.filter(|path| code(path).contains("fn ")).collect();
    assert!(with_logic.is_empty(), "{with_logic:?}");
}
