//! Every rule against its own fixtures: `testdata/rules/<rule>.json`, and `<rule>.<case>.json`.
//!
//! A fixture is a real plan. Where a rule reports at a resource named `bad_…`, it must be a violation; at `unknown_…`,
//! undetermined; at `good_…`, nothing. Every such resource that the rule is about must be met.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::panic::catch_unwind;

use super::support::{check, entries, project, snapshot, stem, tree};
use crate::advice::{Advice, Status};
use crate::finding::{Finding, Verdict};
use crate::plan::Input;
use crate::policy::Policy;
use crate::report::Report;
use crate::rules;
use crate::run;

/// What a resource's name asks for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Expected {
    Found,
    Open,
    Spared,
}

/// Reads it off an address: of the last part that begins like this, so that modules may be named so too.
fn expected(address: &str) -> Option<Expected> {
    // Files of a repository are named so as well.
    let parts = address.rsplit('/').next().unwrap_or_default().split('.').rev();
    parts.into_iter().find_map(|part| match part {
        part if part.starts_with("bad_") => Some(Expected::Found),
        part if part.starts_with("unknown_") => Some(Expected::Open),
        part if part.starts_with("good_") => Some(Expected::Spared),
        _ => None,
    })
}

#[test]
fn every_rule_finds_the_bad_and_spares_the_good() {
    let mut failed = Vec::new();
    for rule in rules::all() {
        let name = rule.meta.name;
        let own = |file: &String| file == name || file.strip_prefix(name).is_some_and(|rest| rest.starts_with('.'));
        let files: Vec<String> = entries(&project("testdata/rules"))
            .iter()
            .filter(|path| path.extension().is_some_and(|ending| ending == "json"))
            .map(|path| stem(path))
            .filter(own)
            .collect();
        assert!(!files.is_empty(), "{name} has no fixture");
        let mut kinds = Vec::new();
        for file in files {
            match catch_unwind(|| prove(name, &file)) {
                Ok(more) => kinds.extend(more),
                Err(_) => failed.push(file),
            }
        }
        for kind in [Expected::Found, Expected::Open, Expected::Spared] {
            assert!(kinds.contains(&kind), "{name}: no fixture has a resource or a file that is to be {kind:?}");
        }
    }
    assert!(failed.is_empty(), "see above: {failed:?}");
}

/// Compares what the rule says of one fixture with what the names ask for; gives what they ask for.
fn prove(rule: &str, file: &str) -> Vec<Expected> {
    let path = format!("testdata/rules/{file}.json");
    let report = check(&path);
    let told: Vec<&Advice> =
        report.told.iter().map(|told| &told.advice).filter(|advice| advice.finding.rule.name == rule).collect();
    let open = told.iter().filter(|advice| advice.status != Status::Resolved);
    let findings: Vec<&Finding> = open.map(|advice| &advice.finding).collect();
    let passed = report.rules.iter().find(|applied| applied.meta.name == rule).unwrap().passed;
    let mut wanted: BTreeMap<String, Expected> = BTreeMap::new();
    let json: serde_json::Value = serde_json::from_slice(&std::fs::read(project(&path)).unwrap()).unwrap();
    for change in json["resource_changes"].as_array().unwrap() {
        let address = change["address"].as_str().unwrap().to_owned();
        if let Some(expected) = expected(&address) {
            wanted.insert(address, expected);
        }
    }
    // Files of the fixture's own repository are subjects as well.
    let root = project(&path).with_extension("").join("repo");
    for file in if root.is_dir() { tree(&root) } else { Vec::new() } {
        let name = file.strip_prefix(&root).unwrap().to_string_lossy().into_owned();
        if let Some(expected) = expected(&name) {
            wanted.insert(name, expected);
        }
    }
    // Data sources that were read while planning are no changes.
    for finding in &findings {
        if let Some(expected) = expected(finding.address.as_str()) {
            wanted.insert(finding.address.to_string(), expected);
        }
    }
    let mut wrong = Vec::new();
    for (address, expected) in &wanted {
        let verdicts: Vec<Verdict> = (findings.iter())
            .filter(|finding| finding.address.as_str() == address)
            .map(|finding| finding.verdict)
            .collect();
        let met = match expected {
            Expected::Found => verdicts.contains(&Verdict::Violation),
            Expected::Open => !verdicts.is_empty() && !verdicts.contains(&Verdict::Violation),
            Expected::Spared => verdicts.is_empty(),
        };
        if !met {
            wrong.push(format!("{address} is to be {expected:?}, and there is {verdicts:?}"));
        }
    }
    let strangers = findings.iter().filter(|finding| !wanted.contains_key(finding.address.as_str()));
    wrong.extend(strangers.map(|finding| format!("{}: {}", finding.address, finding.message)));
    snapshot("rules", file, &describe(&told, passed));
    assert!(wrong.is_empty(), "{file}: {wrong:#?}");
    wanted.into_values().collect()
}

/// Everything that a rule says, and how many subjects it passes.
fn describe(told: &[&Advice], passed: usize) -> String {
    let mut text = format!("passed: {passed}\n");
    for Advice { finding, status } in told {
        let (status, severity, verdict) = (status.as_str(), finding.severity.as_str(), finding.verdict.as_str());
        writeln!(text, "{status} {severity} {verdict} {} [{}]", finding.address, finding.key).unwrap();
        writeln!(text, "  {}", finding.message).unwrap();
        for line in &finding.working {
            writeln!(text, "    {line}").unwrap();
        }
        for remedy in &finding.remedies {
            writeln!(text, "  - {}", remedy.title).unwrap();
        }
    }
    text
}

/// What nobody writes, the provider may fill, and then marks whole blocks as known only after apply: that says nothing.
#[test]
fn blocks_that_the_provider_fills_change_nothing() {
    for file in ["single-instance-api", "fixed-capacity"] {
        let path = format!("testdata/rules/{file}.json");
        let mut plan: serde_json::Value = serde_json::from_slice(&std::fs::read(project(&path)).unwrap()).unwrap();
        let mut filled = 0;
        for resource in plan["resource_changes"].as_array_mut().unwrap() {
            let change = &mut resource["change"];
            for block in ["launch_template", "mixed_instances_policy"] {
                if change["after"][block].as_array().is_some_and(Vec::is_empty) {
                    change["after"].as_object_mut().unwrap().remove(block);
                    change["after_unknown"][block] = true.into();
                    filled += 1;
                }
            }
        }
        assert!(filled > 0, "{file} has no group");
        let input = Input::decode(path.clone(), plan.to_string().into_bytes()).unwrap();
        let report = run::check(vec![input], &Policy::default()).unwrap();
        let told = |report: &Report| -> Vec<String> {
            let advice = report.told.iter().map(|told| &told.advice.finding);
            advice.map(|finding| format!("{}: {}", finding.rule.name, finding.message)).collect()
        };
        assert_eq!(told(&report), told(&check(&path)), "{file}");
    }
}
