//! What is declared of calls and of the time that a workload has.

use super::support::input;
use crate::config::Config;
use crate::facts::Declarations;
use crate::finding::Verdict;
use crate::policy::Policy;
use crate::report::Report;
use crate::{rules, run};

/// An ECS service behind a balancer, without any word of its timeouts.
const PLAN: &str = "testdata/rules/inverted-timeout.servers.json";
const SERVICE: &str = "aws_ecs_service.good_plain";

fn checked(text: &str) -> Report {
    let metas: Vec<_> = rules::all().into_iter().map(|rule| &rule.meta).collect();
    let text = format!("workloads:\n  {SERVICE}:\n{text}");
    let config = Config::read("planwise.yaml", &text, &metas).unwrap();
    let declared = Declarations::new(config.declared);
    run::check_declared(vec![input(PLAN)], &Policy::default(), &declared).unwrap()
}

/// What a rule says of the service: the keys of its findings, with a part of the message.
fn said(text: &str, rule: &str) -> Vec<(String, Verdict, String)> {
    let report = checked(text);
    let told = report.told.iter().map(|told| &told.advice.finding);
    let own = told.filter(|finding| finding.rule.name == rule && finding.address.as_str() == SERVICE);
    own.map(|finding| (finding.key.clone(), finding.verdict, finding.message.clone())).collect()
}

fn keys(text: &str, rule: &str) -> Vec<String> {
    said(text, rule).into_iter().map(|(key, ..)| key).collect()
}

/// The balancer before it waits 60 s.
#[test]
fn a_declared_timeout_is_the_work() {
    assert_eq!(keys("    timeout: 50s\n", "inverted-timeout"), Vec::<String>::new());
    let found = said("    timeout: 2min\n", "inverted-timeout");
    assert_eq!(found.len(), 1);
    assert!(found[0].2.contains("works up to 120 s on a request, and load balancer aws_lb.front"), "{found:?}");
}

#[test]
fn calls_fit_into_the_time_of_their_caller() {
    let call = |timeout: &str, call: &str| {
        let text = format!(
            "    timeout: {timeout}\n    calls:\n      - {{ to: https://pay.example, kind: external, {call} }}\n"
        );
        keys(&text, "inverted-timeout")
    };
    let outlives = vec!["call https://pay.example".to_owned()];
    assert_eq!(call("30s", "timeout: 10s"), Vec::<String>::new());
    // Three times 10 s are all of the 30.
    assert_eq!(call("30s", "timeout: 10s, retries: 2"), outlives);
    assert_eq!(call("30s", "timeout: 30s"), outlives);
    assert_eq!(call("30s", "retries: 2"), Vec::<String>::new());
    // Without a time of its own, the balancer's counts.
    let text = "    calls:\n      - { to: https://pay.example, kind: external, timeout: 70 }\n";
    assert_eq!(keys(text, "inverted-timeout"), outlives);
}

/// The one that is called works up to 120 s.
#[test]
fn whoever_is_called_ends_first() {
    let call = |to: &str, timeout: u64| {
        let text = format!("    calls:\n      - {{ to: {to}, kind: internal, timeout: {timeout} }}\n");
        said(&text, "inverted-timeout")
    };
    let found = call("aws_ecs_service.bad_gunicorn", 5);
    assert_eq!(
        found.iter().map(|(key, ..)| key.as_str()).collect::<Vec<_>>(),
        ["callee aws_ecs_service.bad_gunicorn of aws_ecs_service.bad_gunicorn"]
    );
    assert!(found[0].2.contains("gives up on aws_ecs_service.bad_gunicorn after 5 s, and"), "{found:?}");
    assert_eq!(call("aws_ecs_service.unknown_time", 5)[0].1, Verdict::Undetermined);
    assert!(call("aws_ecs_service.good_quick", 55).is_empty());
    // Nothing tells how long this one works.
    assert!(call("aws_ecs_service.good_threads", 5).is_empty());
}

#[test]
fn pools_keep_calls_apart() {
    let calls = |first: &str, second: &str| {
        let text = format!(
            "    calls:\n      - {{ to: aws_ecs_service.good_quick, kind: internal, pool: {first} }}\n      \
             - {{ to: https://pay.example, kind: external, pool: {second} }}\n"
        );
        keys(&text, "shared-concurrency")
    };
    assert_eq!(calls("http", "http"), ["pool http"]);
    assert!(calls("inside", "outside").is_empty());
}

#[test]
fn calls_without_a_breaker() {
    let calls = |breaker: &str| {
        let text = format!("    calls:\n      - {{ to: https://pay.example, kind: external{breaker} }}\n");
        keys(&text, "missing-circuit-breaker")
    };
    assert_eq!(calls(", circuit-breaker: false"), ["call https://pay.example"]);
    assert!(calls(", circuit-breaker: true").is_empty() && calls("").is_empty());
}

#[test]
fn calls_of_nothing_are_noted() {
    let text =
        "    calls:\n      - { to: aws_lambda_function.gone, kind: internal }\n      - { to: gone, kind: external }\n";
    let report = checked(text);
    let notes: Vec<&String> = report.plans.iter().flat_map(|plan| &plan.notes).collect();
    let gone = notes.iter().filter(|note| note.contains("gone")).count();
    assert_eq!(gone, 1, "{notes:?}");
    assert!(
        notes.iter().any(|note| note.starts_with("planwise.yaml:4: calls names aws_lambda_function.gone")),
        "{notes:?}"
    );
}

/// A proxy stops what its application does not, where the mesh tells it to.
#[test]
fn a_mesh_stops_calls() {
    let metas: Vec<_> = rules::all().into_iter().map(|rule| &rule.meta).collect();
    let found = |to: &str| {
        let text = format!(
            "workloads:\n  aws_ecs_service.good_member:\n    calls:\n      - {{ to: {to}, kind: internal, circuit-breaker: false }}\n"
        );
        let config = Config::read("planwise.yaml", &text, &metas).unwrap();
        let plan = vec![input("testdata/rules/missing-circuit-breaker.mesh.json")];
        let report = run::check_declared(plan, &Policy::default(), &Declarations::new(config.declared)).unwrap();
        let keys = report.told.iter().map(|told| &told.advice.finding).filter(|found| found.key.starts_with("call "));
        keys.map(|finding| finding.key.clone()).collect::<Vec<_>>()
    };
    assert_eq!(found("aws_appmesh_virtual_node.good_taken_out"), [""; 0]);
    assert_eq!(found("aws_appmesh_virtual_node.good_bounded"), [""; 0]);
    assert_eq!(found("aws_appmesh_virtual_node.bad_retried"), ["call aws_appmesh_virtual_node.bad_retried"]);
}
