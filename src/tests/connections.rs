//! The connection budget where it is nearly exhausted: fixtures of `connection-exhaustion` in which one number differs.

use serde_json::{Value, json};

use super::fixture::{Tweak, said, tweaked};
use super::support::input;
use crate::advice::Status;
use crate::finding::{Measure, Verdict};
use crate::policy::{Policy, RuleSettings};
use crate::{rules, run};

const RULE: &str = "connection-exhaustion";
const FUNCTIONS: &str = "testdata/rules/connection-exhaustion.functions.json";
const PATHS: &str = "testdata/rules/connection-exhaustion.paths.json";

/// What is said of one database, and how many connections are asked for at most; nothing where it passes.
type Judged = Vec<(Verdict, Option<Measure>)>;

fn judged(path: &str, tweaks: &[Tweak<'_>], database: &str) -> Judged {
    let report = tweaked(path, tweaks);
    let found = said(&report, RULE, Some(database)).into_iter();
    found.map(|finding| (finding.verdict, finding.measure.get("maximum").copied())).collect()
}

fn violated(maximum: u64) -> Judged {
    vec![(Verdict::Violation, Some(Measure::Number(maximum)))]
}

fn reserve(executions: u64) -> impl Fn(&mut Value) {
    move |function| function["reserved_concurrent_executions"] = json!(executions)
}

/// Changes the pool in a function's environment; without a size nothing says it.
fn pool(size: Option<&'static str>) -> impl Fn(&mut Value) {
    move |function| {
        let variables = function["environment"][0]["variables"].as_object_mut().unwrap();
        match size {
            Some(size) => variables.insert("DB_POOL_SIZE".to_owned(), json!(size)),
            None => variables.remove("DB_POOL_SIZE"),
        };
    }
}

#[test]
fn a_pooler_opens_no_more_than_its_clients_ask_for() {
    let database = "aws_db_instance.bad_beside_proxy";
    assert_ne!(judged(PATHS, &[], database), []);
    assert_eq!(judged(PATHS, &[("aws_lambda_function.through_proxy", &reserve(5))], database), []);
}

/// 25 and 15 executions with pools of 10 fill the 400 connections; the sixteenth is too much.
#[test]
fn the_executions_of_two_queues_add_up() {
    let to = |concurrency: u64| {
        let trigger =
            move |mapping: &mut Value| mapping["scaling_config"][0]["maximum_concurrency"] = json!(concurrency);
        let tweak: Tweak<'_> = ("aws_lambda_event_source_mapping.fits_returns", &trigger);
        judged(FUNCTIONS, &[tweak], "aws_db_instance.good_two_queues")
    };
    assert_eq!(to(15), []);
    assert_eq!(to(16), violated(410));
}

/// Functions reserve 40 + 41 + 50 + 250 of the 1,000 executions of an account in one region.
#[test]
fn another_region_has_a_quota_of_its_own() {
    let database = "aws_db_instance.bad_unreserved";
    assert_eq!(judged(FUNCTIONS, &[], database), violated(1_000 - 381));
    let elsewhere = |function: &mut Value| function["region"] = json!("eu-west-1");
    let tweak: Tweak<'_> = ("aws_lambda_function.reserving", &elsewhere);
    assert_eq!(judged(FUNCTIONS, &[tweak], database), violated(1_000 - 131));
}

/// Of a quota 100 cannot be reserved, whatever the functions say: with 10 connections each they ask for 1,000.
#[test]
fn a_hundred_executions_stay_unreserved() {
    let tweaks: [Tweak<'_>; 2] =
        [("aws_lambda_function.reserving", &reserve(900)), ("aws_lambda_function.unreserved", &pool(Some("10")))];
    assert_eq!(judged(FUNCTIONS, &tweaks, "aws_db_instance.bad_unreserved"), violated(100 * 10));
}

/// Two functions share one quota. Where the pool of either cannot be seen, nor can their sum.
#[test]
fn a_pool_that_cannot_be_seen_leaves_a_shared_bound_open() {
    for function in ["aws_lambda_function.catalogue", "aws_lambda_function.checkout"] {
        let found = judged(FUNCTIONS, &[(function, &pool(None))], "aws_db_instance.good_account");
        let verdicts: Vec<_> = found.iter().map(|(verdict, _)| *verdict).collect();
        assert_eq!(verdicts, [Verdict::Undetermined], "{function}");
    }
}

#[test]
fn headroom_is_what_the_policy_says() {
    let metas: Vec<_> = rules::all().into_iter().map(|rule| &rule.meta).collect();
    let told = |percent: u64| {
        let text = format!("rules: {{ {RULE}: {{ thresholds: {{ headroom-percent: {percent} }} }} }}");
        let rules = RuleSettings::default().with("p.yaml", &text, &metas).unwrap();
        let policy = Policy { rules, ..Policy::default() };
        let report = run::check(vec![input("testdata/plans/shop-repaired/plan.json")], &policy).unwrap();
        report.told.iter().filter(|told| told.advice.status != Status::Resolved).count()
    };
    assert_eq!(told(0), 0);
    assert!(told(99) > 0);
}
