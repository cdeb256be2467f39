//! Which ways out are taken, worked out by hand.

use std::collections::BTreeSet;

use crate::advice::{Choice, Left, Prices, Step, choose};
use crate::cost::Sum;
use crate::facts::{Change, Value};
use crate::finding::{Costs, Delta, Finding, Remedy, RuleMeta, Severity};
use crate::model::Address;
use crate::units::{Decimal, Money};

static RULE: RuleMeta = RuleMeta {
    name: "some-rule",
    summary: "Some",
    docs: "",
    severity: Severity::High,
    principle: "DP1",
    control: "WAF-PERF-010",
    since: "0.1.0",
    thresholds: &[],
    sources: &[],
};

/// Each change costs what its value says; two changes of one resource together 5 less, so that sums are not additive.
struct ByValue;

impl Prices for ByValue {
    fn price(&self, changes: &[Change]) -> Option<Sum> {
        let mut sum = Decimal::ZERO;
        let mut places = BTreeSet::new();
        for change in changes {
            // What is removed cost 50.
            let (address, price) = match change {
                Change::Set { address, value: Value::Number(price), .. } => (address, *price),
                Change::Remove(address) => (address, Decimal::from(-50)),
                _ => return None,
            };
            sum += price;
            if !places.insert(address.to_string()) {
                sum -= Decimal::from(5);
            }
        }
        Some(Sum { expected: Money(sum), ..Sum::default() })
    }

    fn touches(&self, changes: &[Change]) -> BTreeSet<String> {
        let address = |change: &Change| match change {
            Change::Set { address, .. } | Change::Remove(address) => Some(address.to_string()),
            _ => None,
        };
        changes.iter().filter_map(address).collect()
    }
}

fn set(address: &str, attribute: &str, price: i64) -> Change {
    let value = Value::Number(Decimal::from(price));
    Change::Set { address: Address::new(address), attribute: attribute.into(), value }
}

fn way(changes: Vec<Change>) -> Remedy {
    let costs = Costs {
        minimum: Money::ZERO,
        expected: Money::ZERO,
        maximum: Money::ZERO,
        margin: Money::ZERO,
        currency: "USD".into(),
        also: None,
    };
    Remedy { monthly_delta: Delta::Costs(Box::new(costs)), ..Remedy::priced("do it", "so", changes) }
}

fn finding(name: &str, severity: Severity, ways: Vec<Remedy>) -> Finding {
    let finding = Finding::violation(&RULE, &Address::new(name), "x.").severity(severity);
    ways.into_iter().fold(finding, Finding::remedy)
}

fn chosen(findings: &[Finding], budget: Option<i64>) -> Choice {
    let findings: Vec<&Finding> = findings.iter().collect();
    choose(&findings, budget.map(|budget| Money(Decimal::from(budget))), &ByValue)
}

fn step(finding: usize, remedy: usize) -> Step {
    Step { finding, remedy: Some(remedy), shared: false }
}

#[test]
fn one_change_for_two_findings_is_paid_once() {
    // Alone, each would take its own way at 10; the change at 15 serves both: 15 < 10 + 10.
    let both = || way(vec![set("db", "class", 15)]);
    let findings = [
        finding("a", Severity::High, vec![way(vec![set("a", "x", 10)]), both()]),
        finding("b", Severity::High, vec![way(vec![set("b", "x", 10)]), both()]),
    ];
    let choice = chosen(&findings, None);
    assert_eq!(choice.steps, [step(0, 1), Step { shared: true, ..step(1, 1) }]);
    assert_eq!(choice.sum.expected, Money(Decimal::from(15)));
    // Two findings with two ways each hang together by the database: 4 sets.
    assert_eq!((choice.weighed, choice.exact), (4, true));
}

#[test]
fn ways_that_exclude_each_other_are_never_taken_together() {
    // Both want the class, but not the same one: the second goes its dearer way. 1 + 30 against 2 + 30: the first keeps the class.
    let findings = [
        finding("a", Severity::High, vec![way(vec![set("db", "class", 1)])]),
        finding("b", Severity::High, vec![way(vec![set("db", "class", 2)]), way(vec![set("b", "x", 30)])]),
    ];
    let choice = chosen(&findings, None);
    assert_eq!(choice.steps, [step(0, 0), step(1, 1)]);
    assert_eq!(choice.sum.expected, Money(Decimal::from(31)));
    // Without another way, the graver one is cleared and the other said to be excluded.
    let findings = [
        finding("a", Severity::Low, vec![way(vec![set("db", "class", 1)])]),
        finding("b", Severity::High, vec![way(vec![set("db", "class", 2)])]),
    ];
    let choice = chosen(&findings, None);
    assert_eq!((choice.steps, choice.left), (vec![step(1, 0)], vec![(0, Left::Excluded)]));
}

#[test]
fn prices_together_count_and_not_alone() {
    // On one resource two changes cost 5 less together: 10 + 10 - 5 = 15, against 10 + 8 = 18 with the one that is cheaper alone.
    let findings = [
        finding("a", Severity::High, vec![way(vec![set("db", "x", 10)])]),
        finding("b", Severity::High, vec![way(vec![set("b", "x", 8)]), way(vec![set("db", "y", 10)])]),
    ];
    let choice = chosen(&findings, None);
    assert_eq!((choice.steps, choice.sum.expected), (vec![step(0, 0), step(1, 1)], Money(Decimal::from(15))));
}

#[test]
fn a_budget_goes_to_the_gravest() {
    let findings = [
        finding("low", Severity::Low, vec![way(vec![set("a", "x", 10)])]),
        finding("high", Severity::High, vec![way(vec![set("b", "x", 60)])]),
        finding("other", Severity::Low, vec![way(vec![set("c", "x", 30)])]),
        finding("saves", Severity::Low, vec![way(vec![set("d", "x", -20)])]),
        finding("blind", Severity::Critical, vec![Remedy::new("do", "so", Delta::not_priced("nobody knows"))]),
    ];
    // 60 - 20 = 40 for the grave one; 10 more for one of the low ones: 50 in all. The other would make it 80.
    let choice = chosen(&findings, Some(50));
    assert_eq!(choice.steps, [step(0, 0), step(1, 0), step(3, 0)]);
    assert_eq!(choice.sum.expected, Money(Decimal::from(50)));
    assert_eq!(choice.left, [(2, Left::Budget), (4, Left::NotPriced)]);
    // Without a budget all is cleared, what nobody can price as well.
    assert_eq!(chosen(&findings, None).steps.len(), 5);
    assert_eq!(chosen(&findings, None).sum.expected, Money(Decimal::from(80)));
}

#[test]
fn what_is_not_enough_is_no_way_out() {
    let findings = [finding("a", Severity::High, vec![way(vec![set("a", "x", 1)]).insufficient()])];
    assert_eq!(chosen(&findings, None).left, [(0, Left::NoWayOut)]);
}

#[test]
fn nothing_need_be_done_about_what_is_removed() {
    // Of a disk that nobody uses, a cheaper kind saves 5, and its removal 50, whatever its kind: -50, and both are cleared, the
    // finding that comes first as well.
    let disk = |name: &str, change: Change| finding(name, Severity::Low, vec![way(vec![change])]);
    let removal = || disk("disk", Change::Remove(Address::new("disk")));
    let gone = |finding| Step { finding, remedy: None, shared: true };
    let choice = chosen(&[disk("disk", set("disk", "type", -5)), removal()], None);
    assert_eq!((choice.steps, choice.left), (vec![gone(0), step(1, 0)], Vec::new()));
    assert_eq!(choice.sum.expected, Money(Decimal::from(-50)));
    // Something else that a finding elsewhere asks of it is not done by removing it.
    let choice = chosen(&[disk("other", set("disk", "size", 1)), removal()], None);
    assert_eq!((choice.steps.len(), choice.left.len()), (1, 1));
}

#[test]
fn of_what_costs_the_same_fewer_changes_are_made() {
    // One free change for both, though each finding has a free one of its own before it.
    let both = || way(vec![set("db", "class", 0)]);
    let findings = [
        finding("a", Severity::High, vec![way(vec![set("a", "x", 0)]), both()]),
        finding("b", Severity::High, vec![way(vec![set("b", "x", 0)]), both()]),
    ];
    assert_eq!(chosen(&findings, None).steps, [step(0, 1), Step { shared: true, ..step(1, 1) }]);
}
