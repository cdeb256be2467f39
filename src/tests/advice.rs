//! What is advised for whole plans, and what the ways out of single findings cost.

use std::fs;

use serde_json::Value;

use super::support::{check, input, project, snapshot, terms, written};
use crate::config::UsageFile;
use crate::facts::Declarations;
use crate::finding::{Delta, Finding};
use crate::policy::Policy;
use crate::report::{self, Counsel, Style};
use crate::run::{self, Costing};
use crate::units::{Decimal, Money};

fn advised(path: &str, budget: Option<u32>) -> Counsel {
    let terms = terms();
    let costing = Costing { terms: &terms, said: &[] };
    let budget = budget.map(|budget| Money(Decimal::from(budget)));
    run::advise(vec![input(path)], &Policy::default(), &Declarations::default(), &costing, None, budget).unwrap()
}

fn table(counsel: &Counsel) -> String {
    let mut stream = anstream::StripStream::new(Vec::new());
    report::advise_table(counsel, Style { width: 100, quiet: false }, &mut stream).unwrap();
    String::from_utf8(stream.into_inner()).unwrap()
}

#[test]
fn advice_in_every_format() {
    let schema: Value = serde_json::from_slice(&fs::read(project("docs/advise.schema.json")).unwrap()).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    for (name, path, budget) in [
        ("shop", "testdata/plans/shop/plan.json", None),
        ("shop-budget", "testdata/plans/shop/plan.json", Some(100)),
        ("traps", "testdata/plans/traps/plan.json", None),
    ] {
        let counsel = advised(path, budget);
        snapshot("advise", name, &table(&counsel));
        snapshot("advise", &format!("{name}.markdown"), &written(|out| report::advise_markdown(&counsel, out)));
        let json = written(|out| report::advise_json(&counsel, out));
        let document: Value = serde_json::from_str(&json).unwrap();
        let errors: Vec<_> = validator.iter_errors(&document).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{errors:#?}");
        snapshot("advise", &format!("{name}.json"), &json);
    }
}

#[test]
fn a_budget_is_never_exceeded() {
    for budget in [0, 25, 64, 100, 200] {
        let counsel = advised("testdata/plans/shop/plan.json", Some(budget));
        let spent = counsel.plans[0].choice.sum.expected;
        assert!(spent <= Money(Decimal::from(budget)), "{spent} of {budget}");
        assert!(counsel.plans[0].choice.exact);
    }
}

/// What a way out costs, by the beginning of its title.
fn costs(finding: &Finding, title: &str) -> (String, String) {
    let remedy = finding.remedies.iter().find(|remedy| remedy.title.starts_with(title));
    match &remedy.unwrap_or_else(|| panic!("{title}: {:#?}", finding.remedies)).monthly_delta {
        Delta::Costs(costs) => (costs.expected.to_string(), costs.also.clone().unwrap_or_default()),
        other => panic!("{title}: {other:?}"),
    }
}

/// eu-west-1, list prices: a NAT gateway 0.048 $ an hour and 0.048 $ a GB (terracost, 2023-02-23), an interface endpoint 0.011 $
/// an hour and zone and 0.01 $ a GB (AWS's own pricing pages, 2025), RDS Proxy 0.016 $ per processor and hour, db.t4g.medium for
/// `PostgreSQL` 0.073 $ an hour, gp2 at 0.127 $ a GB and month, both twice for two zones,
/// a public address 0.005 $ an hour.
#[test]
fn ways_out_are_priced_by_the_bill() {
    let report = check("testdata/plans/shop/plan.json");
    let finding = |rule: &str, key: &str| {
        let told =
            report.told.iter().find(|told| told.advice.finding.rule.name == rule && told.advice.finding.key == key);
        &told.unwrap_or_else(|| panic!("{rule} {key}")).advice.finding
    };
    // Two gateways more, each with an address: 2 x (0.048 + 0.005) x 730 = 77.38. What no longer crosses saves 0.01 each way:
    // 77.38 / 0.02 = 3,869 GB.
    let (amount, also) = costs(finding("shared-nat", ""), "make a NAT gateway in each of");
    assert_eq!(amount, "77.38");
    assert!(also.starts_with("it pays for itself from 3,869 GB a month between zones on"), "{also}");
    // Three zones: 3 x 0.011 x 730 = 24.09. Each GB saves 0.048 - 0.01: 24.09 / 0.038 = 633.9 GB, 211.3 in each zone.
    let (amount, also) = costs(finding("missing-vpc-endpoint", "sqs"), "add an interface endpoint");
    assert_eq!(amount, "24.09");
    assert_eq!(
        also,
        "it pays for itself from 633.9 GB a month that no longer go through NAT on (211.3 in each of 3 zones)"
    );
    // Two processors at least: 2 x 0.016 x 730 = 23.36.
    assert_eq!(costs(finding("connection-exhaustion", ""), "put RDS Proxy").0, "23.36");
}

/// What passes through one gateway is shared among more of them: 5,000 GB, which cost 240 $, are not paid once more for each.
#[test]
fn more_of_a_thing_are_used_no_more_together() {
    let mut terms = terms();
    let usage = "version: 0.1\nresource_type_default_usage:\n  aws_nat_gateway: { monthly_data_processed_gb: 5000 }\n";
    terms.usage = UsageFile::read("usage.yml", usage).unwrap().usage;
    let costing = Costing { terms: &terms, said: &[] };
    let plans = vec![input("testdata/plans/shop/plan.json")];
    let counsel = run::advise(plans, &Policy::default(), &Declarations::default(), &costing, None, None).unwrap();
    let mut advice = counsel.plans[0].advice.iter();
    let shared = advice.find(|advice| advice.finding.rule.name == "shared-nat").unwrap();
    // As above: 2 x (0.048 + 0.005) x 730.
    assert_eq!(costs(&shared.finding, "make a NAT gateway in each of").0, "77.38");
    assert_eq!(costs(&shared.finding, "make aws_nat_gateway").0, "77.38");
}
