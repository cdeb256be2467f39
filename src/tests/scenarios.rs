//! Whole plans, as `planwise check` reports them: `testdata/plans/<scenario>/plan.json`.

use super::support::{check, entries, input, project, snapshot, stem, table, written};
use crate::advice::Status;
use crate::facts::Declarations;
use crate::finding::Verdict;
use crate::policy::Policy;
use crate::report;
use crate::repository::{Repository, Settings, Tree};
use crate::run;

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

/// Of each finding of the rules its address and what the plan does to it; what is exempted as well.
fn fleet(rule: &str) -> Vec<(String, Status, bool)> {
    let report = check("testdata/plans/fleet/plan.json");
    let told = report.told.iter().map(|told| (&told.advice, false));
    let all = told.chain(report.exempted.iter().map(|one| (&one.told.advice, true)));
    let mut all: Vec<_> = all
        .filter(|(advice, _)| advice.finding.rule.name == rule)
        .map(|(advice, exempted)| (advice.finding.address.to_string(), advice.status, exempted))
        .collect();
    all.sort_unstable();
    all
}

fn row(address: &str, status: Status) -> (String, Status, bool) {
    (address.to_owned(), status, false)
}

#[test]
fn more_machines_of_one_block_make_worse_what_is_told_of_them() {
    assert_eq!(fleet("connection-exhaustion"), [row("aws_db_instance.orders", Status::Worsened)]);
    assert_eq!(fleet("sticky-session"), [row("module.web.aws_lb_target_group.this", Status::Worsened)]);
    assert!(fleet("local-session-store").contains(&row("aws_instance.web[\"a\"]", Status::Worsened)));
    assert!(fleet("io-starved-storage").contains(&row("aws_instance.scratch[0]", Status::Worsened)));
}

#[test]
fn machines_go_on_with_what_the_first_of_them_had() {
    let shop = row("aws_instance.shop[\"b\"]", Status::Existing);
    assert_eq!(fleet("local-session-store"), [shop.clone(), row("aws_instance.web[\"a\"]", Status::Worsened)]);
    let disks =
        [row("aws_db_instance.orders", Status::Worsened), row("aws_instance.scratch[0]", Status::Worsened), shop];
    assert_eq!(fleet("io-starved-storage"), disks);
    // Another machine has come, and its name sorts before theirs.
    let early = row("aws_instance.early", Status::Existing);
    assert_eq!(fleet("fixed-capacity"), [early, row("aws_instance.web[\"a\"]", Status::Existing)]);
}

#[test]
fn fewer_machines_are_a_capacity_that_changes_even_where_the_first_goes() {
    let root = project("testdata/rules/unrecorded-capacity-change/repo");
    let repository = Repository::read(Tree::open(&root, []).unwrap(), &Settings::default());
    let beside = run::Beside { costing: None, repository: Some(&repository), pictures: false };
    let inputs = vec![input("testdata/plans/fleet/plan.json")];
    let report = run::check_beside(inputs, &Policy::default(), &Declarations::default(), beside).unwrap();
    let told = report.told.iter().map(|told| &told.advice.finding);
    let told = told.filter(|finding| finding.rule.name == "unrecorded-capacity-change");
    let shop: Vec<&str> = told
        .filter(|finding| finding.address.as_str() == "aws_instance.shop[\"b\"]")
        .map(|finding| finding.message.as_str())
        .collect();
    assert!(shop.len() == 1 && shop[0].contains("from 3 to 2"), "{shop:?}");
}

#[test]
fn a_tag_of_one_machine_lets_off_none_of_the_others() {
    let exempted = |rule| fleet(rule).into_iter().filter(|(.., exempted)| *exempted).collect::<Vec<_>>();
    for rule in ["local-session-store", "single-zone-workload", "fixed-capacity"] {
        assert!(!fleet(rule).is_empty() && exempted(rule).is_empty(), "{rule}");
    }
    // What is told of each machine by itself is let off where its own tag says so.
    let own = ("aws_instance.web[\"a\"]".to_owned(), Status::Existing, true);
    assert_eq!(exempted("previous-generation-machine"), [own]);
}
