//! Whole plans, as `planwise check` reports them: `testdata/plans/<scenario>/plan.json`.

use super::support::{check, entries, project, snapshot, stem, table, written};
use crate::advice::Status;
use crate::finding::Verdict;
use crate::report;

fn scenarios() -> Vec<String> {
    let folders = entries(&project("testdata/plans")).into_iter().filter(|path| path.is_dir());
    folders.map(|path| stem(&path)).collect()
}

#[test]
fn every_scenario_in_every_format() {
    let all = scenarios();
    assert!(all.len() >= 5, "{all:?}");
    for name in all {
        let report = check(&format!("testdata/plans/{name}/plan.json"));
        snapshot("plans", &name, &table(&report));
        snapshot("plans", &format!("{name}.markdown"), &written(|out| report::markdown(&report, out)));
        snapshot("plans", &format!("{name}.json"), &written(|out| report::json(&report, out)));
    }
}

/// The rules that a scenario violates, each once, in the order of their names.
fn violated(name: &str, statuses: &[Status]) -> Vec<&'static str> {
    let report = check(&format!("testdata/plans/{name}/plan.json"));
    let told = report.told.iter().map(|told| &told.advice);
    let violations = told.filter(|a| a.finding.verdict == Verdict::Violation && statuses.contains(&a.status));
    let mut names: Vec<_> = violations.map(|advice| advice.finding.rule.name).collect();
    names.sort_unstable();
    names.dedup();
    names
}

#[test]
fn the_shop_has_every_problem_and_its_repair_none() {
    let new = [Status::Introduced, Status::Worsened];
    let all = [
        "burstable-datastore",
        "connection-exhaustion",
        "fixed-capacity",
        "missing-vpc-endpoint",
        "shared-nat",
        "shared-scaling-domain",
        "zone-split-datastore",
    ];
    assert_eq!(violated("shop", &new), all);
    let repaired = check("testdata/plans/shop-repaired/plan.json");
    let left = repaired.told.iter().filter(|told| told.advice.status != Status::Resolved);
    let left: Vec<_> = left.map(|told| &told.advice.finding.message).collect();
    assert!(left.is_empty(), "{left:#?}");
    assert!(!repaired.is_failure());
    assert!(repaired.summary().passed >= 4);
}

#[test]
fn an_update_brings_problems_and_ends_others() {
    assert_eq!(violated("shop-update", &[Status::Introduced, Status::Worsened]), ["connection-exhaustion"]);
    assert_eq!(violated("shop-update", &[Status::Resolved]), ["on-demand-batch", "zone-split-datastore"]);
    assert!(!violated("shop-update", &[Status::Existing]).is_empty());
}

#[test]
fn what_was_there_before_fails_nothing() {
    let mut report = check("testdata/plans/running/plan.json");
    assert!(!violated("running", &[Status::Existing]).is_empty());
    assert!(violated("running", &[Status::Introduced, Status::Worsened, Status::Resolved]).is_empty());
    assert!(!report.is_failure());
    report.counts_all = true;
    assert!(report.is_failure());
}

#[test]
fn traps_are_no_violations() {
    let every = Status::ALL;
    assert_eq!(violated("traps", &every), Vec::<&str>::new());
}

/// Two public budgets, rebuilt: the whole sum is told, and each of its numbers.
#[test]
fn public_budgets_are_found_with_their_sums() {
    let sum = |name: &str| {
        let report = check(&format!("testdata/plans/{name}/plan.json"));
        let findings = report.told.iter().map(|told| &told.advice.finding);
        let mut found = findings.filter(|finding| finding.rule.name == "connection-exhaustion");
        let finding = found.next().unwrap();
        assert!(found.next().is_none() && finding.verdict == Verdict::Violation, "{name}");
        finding.working.join("\n")
    };
    let n8n = sum("n8n");
    for part in ["2 to 6 tasks × 1 process × pool 10 = 60", "× pool 10 = 80", "× pool 10 = 100", "240 at the maximum"]
    {
        assert!(n8n.contains(part), "{part}: {n8n}");
    }
    assert!(n8n.contains("188 to 225 (the engine's default, db.t3.small), less 5 kept back"), "{n8n}");
    let builds = sum("four-by-fifty");
    for part in ["1 task (2 during a rollout) × 4 processes × pool 50 = 200", "pool 20 = 20", "(420 during a rollout)"]
    {
        assert!(builds.contains(part), "{part}: {builds}");
    }
}
