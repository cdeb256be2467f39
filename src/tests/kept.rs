//! What several units keep for themselves, where a plan does not show it, or somebody declares it.

use super::support::input;
use crate::config::Config;
use crate::facts::Declarations;
use crate::finding::RuleMeta;
use crate::policy::Policy;
use crate::report::Report;
use crate::{rules, run};

fn checked(plan: &str, text: &str) -> Report {
    let metas: Vec<&RuleMeta> = rules::all().into_iter().map(|rule| &rule.meta).collect();
    let config = Config::read("planwise.yaml", text, &metas).unwrap();
    run::check_declared(vec![input(plan)], &Policy::default(), &Declarations::new(config.declared)).unwrap()
}

/// The notes on what nobody can look at.
fn unseen(text: &str) -> Vec<String> {
    let report = checked("testdata/plans/first-apply/plan.json", text);
    let notes = report.plans.into_iter().flat_map(|plan| plan.notes);
    notes.filter(|note| note.contains("could not look at the variables")).collect()
}

/// Whole container definitions are known only after apply: no finding for each of them, and no silence either.
#[test]
fn what_nobody_can_look_at_is_said_once() {
    let all = unseen("");
    let [note] = all.as_slice() else { panic!("{all:?}") };
    assert!(note.starts_with("local-file-state, local-lock, local-session-store and missing-session-store could not"));
    assert!(note.contains("of 2 workloads with several units"), "{note}");
}

/// Who declares what is kept has answered, and is not asked again.
#[test]
fn what_is_declared_needs_no_look() {
    let said = |address: &str, facts: &str| format!("  {address}: {{ {facts} }}\n");
    let everything = "sessions: none, files: none, locks: none";
    let both = |facts: &str| {
        let all: String = ["ingest", "site"].map(|name| said(&format!("aws_ecs_service.{name}"), facts)).concat();
        unseen(&format!("workloads:\n{all}"))
    };
    assert!(both(everything).is_empty());
    let locks = both("locks: shared");
    let [note] = locks.as_slice() else { panic!("{locks:?}") };
    assert!(!note.contains("local-lock") && note.contains("local-file-state"), "{note}");
}

/// Whoever declares that files are kept in each unit is told so once, and not asked what a disk of a unit is for.
#[test]
fn declared_files_answer_for_the_disks_of_units() {
    let of = |text: &str| {
        let report = checked("testdata/rules/local-file-state.json", text);
        let told = report.told.into_iter().map(|told| told.advice.finding);
        let own = told.filter(|finding| finding.rule.name == "local-file-state");
        let own = own.filter(|finding| finding.address.as_str() == "aws_autoscaling_group.unknown_scratch");
        own.map(|finding| finding.key).collect::<Vec<_>>()
    };
    assert_eq!(of(""), ["fleeting"]);
    assert_eq!(of("workloads:\n  aws_autoscaling_group.unknown_scratch: { files: local }\n"), ["files"]);
    assert!(of("workloads:\n  aws_autoscaling_group.unknown_scratch: { files: none }\n").is_empty());
}
