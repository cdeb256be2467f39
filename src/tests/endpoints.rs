//! Endpoints that look as if they served: fixtures of `missing-vpc-endpoint` in which one of them differs.

use serde_json::{Value, json};

use super::fixture::{Tweak, change_in, checked, said, stored_plan, tweaked};
use crate::finding::Verdict;
use crate::report::Report;

const RULE: &str = "missing-vpc-endpoint";
/// Judges endpoints that are there, and of no use to their callers.
const UNUSABLE: &str = "unreachable-interface-endpoint";
const FIXTURE: &str = "testdata/rules/missing-vpc-endpoint.json";

/// A network with an endpoint for each service that it calls, one of them this.
const NETWORK: &str = "aws_vpc.good_images";
const LOGS: &str = "aws_vpc_endpoint.served[\"logs\"]";

fn verdicts(report: &Report) -> Vec<(Verdict, &str)> {
    said(report, RULE, Some(NETWORK)).into_iter().map(|finding| (finding.verdict, finding.key.as_str())).collect()
}

#[test]
fn an_endpoint_serves_by_what_it_is() {
    let missing = [(Verdict::Violation, "logs")];
    let table: [(&str, Value, &[_]); 6] = [
        ("service_name", json!("com.amazonaws.us-east-1.logs"), &[]),
        // The same service behind validated cryptography.
        ("service_name", json!("com.amazonaws.us-east-1.logs-fips"), &[]),
        ("service_name", json!("com.amazonaws.us-east-1.monitoring"), &missing),
        ("service_name", json!("com.amazonaws.eu-west-1.logs"), &missing),
        // It leads to an appliance that inspects, not to a service.
        ("vpc_endpoint_type", json!("GatewayLoadBalancer"), &missing),
        // Without it the service's name leads past the endpoint: which is there, and the subject of another rule.
        ("private_dns_enabled", json!(false), &[]),
    ];
    for (attribute, value, expected) in table {
        let tweak: Tweak<'_> = (LOGS, &|endpoint| endpoint[attribute] = value.clone());
        let report = tweaked(FIXTURE, &[tweak]);
        assert_eq!(verdicts(&report), expected, "{attribute}: {value}");
        let unusable = said(&report, UNUSABLE, Some(LOGS));
        assert_eq!(unusable.len(), usize::from(attribute == "private_dns_enabled"), "{attribute}: {unusable:#?}");
    }
}

/// What an endpoint is may be known only after apply; then so is whether it serves.
#[test]
fn an_endpoint_that_cannot_be_seen_leaves_it_open() {
    for (attribute, rule, address) in [("private_dns_enabled", UNUSABLE, LOGS), ("service_name", RULE, NETWORK)] {
        let mut plan = stored_plan(FIXTURE);
        let change = change_in(&mut plan, LOGS);
        change["after"].as_object_mut().unwrap().remove(attribute).unwrap();
        change["after_unknown"][attribute] = json!(true);
        let report = checked(&plan);
        let found = said(&report, rule, Some(address));
        let [finding] = found.as_slice() else { panic!("{attribute}: {found:#?}") };
        assert_eq!(finding.verdict, Verdict::Undetermined, "{attribute}");
        assert!(finding.message.contains(LOGS), "{}", finding.message);
    }
}

#[test]
fn a_part_of_a_plan_proves_no_absence() {
    for (key, value) in [("complete", json!(false)), ("errored", json!(true))] {
        let mut plan = stored_plan(FIXTURE);
        plan[key] = value;
        let report = checked(&plan);
        let found = said(&report, RULE, None);
        assert!(!found.is_empty(), "{key}");
        assert!(found.iter().all(|finding| finding.verdict == Verdict::Undetermined), "{key}: {found:#?}");
    }
}
