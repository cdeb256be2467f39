//! Whole repositories: code, objectives, decisions, pipelines and a plan. `bookshop` has every problem that this project's rules on
//! the principles find beside each other, and its twin `bookshop-repaired` none.

use std::collections::BTreeSet;

use jiff::civil::date;

use super::support::{input, project, snapshot, table, terms};
use crate::advice::Status;
use crate::facts::Declarations;
use crate::finding::{Severity, Verdict};
use crate::policy::Policy;
use crate::report::Report;
use crate::repository::{Repository, Settings, Tree};
use crate::run::{self, Beside, Costing};

/// The report on a repository's plan, as `planwise check --repo DIR` makes it.
fn report(name: &str) -> Report {
    let root = project(&format!("testdata/repos/{name}"));
    let tree = Tree::open(&root, [root.join("infra")]).unwrap();
    let repository = Repository::read(tree, &Settings::default());
    let terms = terms();
    let costing = Costing { terms: &terms, said: &[] };
    let policy = Policy { as_of: Some(date(2026, 11, 29)), ..Policy::default() };
    let inputs = vec![input(&format!("testdata/repos/{name}/infra/plan.json"))];
    let beside = Beside { costing: Some(&costing), repository: Some(&repository), pictures: false };
    let mut report = run::check_beside(inputs, &policy, &Declarations::default(), beside).unwrap();
    report.fail_on = Some(Severity::High);
    report
}

/// The rules that are violated once the plan is applied.
fn violated(report: &Report) -> BTreeSet<&'static str> {
    let open = report.told.iter().filter(|told| told.advice.status != Status::Resolved);
    let violations = open.filter(|told| told.advice.finding.verdict == Verdict::Violation);
    violations.map(|told| told.advice.finding.rule.name).collect()
}

/// What is wrong in the shop, principle by principle.
const PLANTED: &[&str] = &[
    // DP1
    "on-demand-batch",
    "shard-bound-consumer",
    // DP2
    "local-file-state",
    "local-lock",
    "local-session-store",
    "missing-session-store",
    "sticky-session",
    "unreplicated-session-store",
    // DP3
    "http1-internal-hop",
    "retired-service-mesh",
    "unmeshed-service-chain",
    // DP5
    "incomplete-slo",
    "missing-slo",
    "unwatched-slo",
    // DP6
    "burstable-datastore",
    "inverted-timeout",
    "io-starved-storage",
    "missing-circuit-breaker",
    "shared-concurrency",
    // DP7
    "missing-load-test-gate",
    "ungated-load-test",
    // DP8
    "adr-plan-mismatch",
    "overdue-performance-debt",
    "undocumented-performance-impact",
    "unrecorded-capacity-change",
];

#[test]
fn the_bookshop_has_every_problem() {
    let report = report("bookshop");
    snapshot("repos", "bookshop", &table(&report));
    let found = violated(&report);
    let missed: Vec<_> = PLANTED.iter().filter(|rule| !found.contains(**rule)).collect();
    assert!(missed.is_empty(), "{missed:?}");
    assert!(report.is_failure());
}

#[test]
fn its_repaired_twin_has_none() {
    let report = report("bookshop-repaired");
    snapshot("repos", "bookshop-repaired", &table(&report));
    let open = report.told.iter().filter(|told| told.advice.status != Status::Resolved);
    let open: Vec<_> = open.map(|told| (told.advice.finding.rule.name, &told.advice.finding.message)).collect();
    assert!(open.is_empty(), "{open:#?}");
    assert!(!report.is_failure());
}
