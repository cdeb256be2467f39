//! Bills in every format, of one made-up report, so that a new tariff touches none of these snapshots; and what the pipeline
//! makes of usage files, regions and guard rails.

use std::fs;

use jiff::civil::date;
use serde_json::{Value, json};

use super::bills::price;
use super::docs::validate;
use super::fixture::{change, input, plan};
use super::support::{input as stored, project, snapshot, written};
use crate::config::UsageFile;
use crate::cost::{Bill, Comparison, Component, Held, Item, Rail, Status, Sum, UnitPrice};
use crate::facts::{Amounts, Declarations, Rate};
use crate::model::Address;
use crate::plan::Input;
use crate::policy::Policy;
use crate::prices::{Book, Row, Source};
use crate::report::{self, CostBasis, CostReport, Extent, PlanCost, Style};
use crate::run::{self, Costing};
use crate::units::{Decimal, Money};

fn book(rows: Vec<Row>) -> Book {
    Book::of("prices of the test", rows).unwrap()
}

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

/// A line: its part and name, how many, and what one costs for a month.
fn line(part: &str, name: &str, quantity: &str, price: &str) -> Component {
    let source = Source { name: "a | list".into(), as_of: "2026-07-20".into(), within_percent: None };
    let (number, unit) = (decimal(quantity), decimal(price));
    let cost = Money(number * unit);
    Component {
        part: part.into(),
        name: name.into(),
        unit: "hours",
        rate: Rate::Hour,
        used: false,
        quantity: Ok(Some(Amounts::exactly(number))),
        price: Ok(UnitPrice { price: Money(unit), source, saving: None, discount: None }),
        cost: Some(Sum { minimum: cost, expected: cost, maximum: cost, margin: Money::ZERO }),
    }
}

fn estimated(mut line: Component) -> Component {
    let price = line.price.as_mut().unwrap();
    price.source =
        Source { name: "an estimate".into(), as_of: "2025-01-02".into(), within_percent: Some(decimal("1.5")) };
    let cost = line.cost.as_mut().unwrap();
    cost.margin = cost.expected.times(decimal("0.015"));
    line
}

fn by_usage(name: &str, used: Option<&str>) -> Component {
    let mut line = line("", name, used.unwrap_or("0"), "0.045");
    (line.unit, line.rate, line.used) = ("GB", Rate::Month, true);
    if used.is_none() {
        (line.quantity, line.cost) = (Ok(None), None);
    }
    line
}

fn scaling(mut line: Component) -> Component {
    let quantity = line.quantity.as_mut().unwrap().as_mut().unwrap();
    (quantity.minimum, quantity.maximum) = (decimal("730"), decimal("7300"));
    let unit = line.price.as_ref().unwrap().price;
    let cost = line.cost.as_mut().unwrap();
    (cost.minimum, cost.maximum) = (unit.times(decimal("730")), unit.times(decimal("7300")));
    line
}

fn unpriced(name: &str) -> Component {
    let mut line = line("", name, "730", "0");
    (line.price, line.cost) = (Err("no price of a/b in the book".to_owned()), None);
    line
}

fn item(address: &str, status: Status, components: Vec<Component>) -> Item {
    let kind = address.rsplit('.').nth(1).unwrap_or_default();
    Item { address: Address::new(address), kind: kind.into(), status, components, not_priced: Vec::new() }
}

fn priced(address: &str, components: Vec<Component>) -> Item {
    item(address, Status::Priced, components)
}

fn summary(name: &str) -> report::PlanSummary {
    let mut plan = super::formats::full().plans.remove(0);
    (plan.name, plan.path) = (name.to_owned(), name.to_owned());
    plan
}

/// Everything awkward. Before: 730 x 0.0416 = 30.368, 730 x 0.1 = 73, 10, 2 x 30.368 for what stays: 174.104.
/// After: 730 x 0.0832 = 60.736 and 8 x 0.8 = 6.4 for what changes, 32.85 + 45 for what is new, ~ 730 x 0.5 = 365 as it scales,
/// 60.736 for what stays, 5 for what is known in part: 575.722; what has no price any longer (73) is no saving.
fn full() -> CostReport {
    let web = "module.a[\"k|<b>\"].aws_web.b";
    let kept = || priced("aws_kept.a", vec![line("", "Kept", "1460", "0.0416")]);
    let mut partly = item("aws_part.p", Status::Incomplete, vec![line("", "Known", "1", "5")]);
    partly.not_priced = vec![("Odd part".into(), "nobody says how it is billed".to_owned())];
    let odd = |address: &str| {
        item(address, Status::NotPriced("planwise does not know how this type is billed".to_owned()), vec![])
    };
    let before = Bill {
        items: vec![
            kept(),
            item("aws_free.f", Status::Free, vec![]),
            priced("aws_gone.g", vec![line("", "Gone", "1", "10")]),
            priced("aws_unknown.u", vec![line("", "Instance (small)", "730", "0.1")]),
            priced(web, vec![line("", "Instance usage (Linux, t3.medium)", "730", "0.0416")]),
            odd("aws_odd.one"),
        ],
    };
    let after = Bill {
        items: vec![
            kept(),
            item("aws_free.f", Status::Free, vec![]),
            partly,
            priced("aws_nat.n", vec![line("", "Gateway", "730", "0.045"), by_usage("Data processed", Some("1000"))]),
            priced("aws_quiet.q", vec![by_usage("Data | processed", None)]),
            priced(
                "aws_scaled.with_a_name_that_is_long_enough_to_leave_no_room_for_anything_beside_it[\"key\"]",
                vec![scaling(estimated(line("", "Instance usage (Linux/UNIX, on-demand, m5.4xlarge)", "730", "0.5")))],
            ),
            item("aws_unknown.u", Status::NotPriced("no price".to_owned()), vec![unpriced("Instance (odd)")]),
            priced(
                web,
                vec![
                    line("", "Instance usage (Linux, t3.large)", "730", "0.0832"),
                    line("root_block_device", "Storage", "8", "0.8"),
                ],
            ),
            odd("aws_odd.one"),
            odd("aws_odd.two"),
        ],
    };
    let bill = Comparison::of(before, after);
    let mut report = CostReport {
        basis: CostBasis {
            as_of: "2026-11-29".to_owned(),
            usage: Some("infracost-usage.yml".to_owned()),
            prices: None,
        },
        notes: vec!["usage.yml:3: something | worth knowing".to_owned()],
        ..CostReport::default()
    };
    report.totals.currency = "USD".into();
    report.totals.balance = bill.balance();
    report.totals.without_region = 2;
    let rails = ["100", "1000%"].map(|text| Rail::increase(text).unwrap());
    report.totals.rails = rails.iter().map(|rail| rail.ask(&report.totals.balance)).collect();
    report.plans = vec![PlanCost { plan: summary("a.json"), bill }];
    report
}

fn table(report: &CostReport, width: usize, quiet: bool) -> String {
    let mut stream = anstream::StripStream::new(Vec::new());
    report::cost_table(report, Style { width, quiet }, &mut stream).unwrap();
    String::from_utf8(stream.into_inner()).unwrap()
}

#[test]
fn every_format() {
    let report = full();
    snapshot("cost", "table", &table(&report, 100, false));
    snapshot("cost", "table-80", &table(&report, 80, false));
    snapshot("cost", "markdown", &written(|out| report::cost_markdown(&report, out)));
    snapshot("cost", "json", &written(|out| report::cost_json(&report, out)));
    snapshot("cost", "infracost", &written(|out| report::cost_infracost(&report, out)));
    assert_eq!(table(&report, 80, true).lines().count(), 1, "one rail is exceeded");
}

/// The sums of the comment at `full`.
#[test]
fn the_made_up_bill_adds_up() {
    let balance = full().totals.balance;
    assert_eq!(balance.before.sum.expected.to_string(), "174.10");
    assert_eq!(balance.after.sum.expected.to_string(), "575.72");
    // 60.736 + 6.4 - 30.368 + 77.85 + 365 + 5 - 10; the 73 without a price afterwards are left out.
    assert_eq!(balance.difference.expected.to_string(), "474.62");
    assert_eq!(balance.difference.margin.to_string(), "5.48", "1.5 % of 365");
    // At the most ten of them: 9 x 365 more.
    assert_eq!(balance.after.sum.maximum.to_string(), "3,860.72");
    assert_eq!(balance.after.by_usage.to_string(), "45.00");
}

#[test]
fn nothing_to_bill() {
    let mut report = full();
    report.plans[0].bill = Comparison::default();
    report.totals = report::CostTotals { currency: "EUR".into(), ..report::CostTotals::default() };
    report.notes.clear();
    let text = table(&report, 80, false);
    assert!(text.contains("nothing here costs anything by itself"), "{text}");
    assert!(table(&report, 80, true).is_empty());
}

#[test]
fn tables_keep_to_the_width() {
    let report = CostReport { extent: Extent::All, ..full() };
    for width in [80, 100, 120] {
        let text = table(&report, width, false);
        let wide: Vec<_> =
            text.lines().filter(|line| line.chars().count() > width && !line.contains("aws_scaled")).collect();
        assert!(wide.is_empty(), "{width}: {wide:#?}");
    }
}

#[test]
fn a_comment_has_room_for_a_large_bill() {
    let items = (0..5_000).map(|at| priced(&format!("aws_web.w{at}"), vec![line("", "Instance", "730", "0.1")]));
    let mut report = full();
    report.plans[0].bill = Comparison::of(Bill::default(), Bill { items: items.collect() });
    report.totals.balance = report.plans[0].bill.balance();
    let text = written(|out| report::cost_markdown(&report, out));
    assert!(text.chars().count() < 65_536 && text.contains("and 4,900 more resources"), "{}", text.len());
    // 4,900 x 73 = 357,700.
    assert!(text.contains("+\\$357,700.00"), "{text}");
}

fn nat(address: &str, before: bool, after: bool) -> Value {
    let values = || json!({ "availability_mode": "zonal", "region": "eu-central-1" });
    let side = |there: bool| if there { values() } else { Value::Null };
    let actions: &[&str] = match (before, after) {
        (false, _) => &["create"],
        (true, false) => &["delete"],
        (true, true) => &["no-op"],
    };
    change(address, actions, side(before), side(after))
}

/// What a plan costs at 0.05 $ an hour of a gateway and 0.04 $ a GB, so 36.50 $ a month and gateway.
fn costs(inputs: Vec<Input>, usage: &str, region: Option<&str>) -> CostReport {
    let prices = vec![
        price("AmazonEC2/NatGateway-Hours", "hours", "0.05"),
        price("aws_nat_gateway/Data processed", "GB", "0.04"),
    ];
    let usage = UsageFile::read("usage.yml", usage).unwrap();
    let terms = run::terms(book(prices), usage.usage.clone(), date(2026, 11, 29)).assuming(region.map(Into::into));
    let costing = Costing { terms: &terms, said: &usage.said };
    let checked = inputs.iter().map(|input| input.name.clone()).collect::<Vec<_>>();
    let mut report = run::costs(inputs, &Declarations::default(), &costing).unwrap();
    assert_eq!(report.plans.len(), checked.len());
    report.basis.as_of = "2026-11-29".to_owned();
    report
}

fn three() -> Vec<Input> {
    let changes = [
        nat("aws_nat_gateway.kept", true, true),
        nat("aws_nat_gateway.gone", true, false),
        nat("aws_nat_gateway.new[\"a\"]", false, true),
        nat("aws_nat_gateway.new[\"b\"]", false, true),
    ];
    vec![input(&plan(&changes).to_string())]
}

#[test]
fn before_after_and_what_lies_between() {
    let report = costs(three(), "", None);
    let balance = report.totals.balance;
    // 2 and 3 gateways.
    assert_eq!(balance.before.sum.expected.to_string(), "73.00");
    assert_eq!(balance.after.sum.expected.to_string(), "109.50");
    assert_eq!(balance.difference.expected.to_string(), "36.50");
    let held = |rail: &str| Rail::increase(rail).unwrap().ask(&balance).held;
    assert_eq!(
        (held("36.50"), held("36"), held("50%"), held("49%")),
        (Held::Kept, Held::Exceeded, Held::Kept, Held::Exceeded)
    );
}

/// 100 GB of one, 10 of each of the others: 4 + 2 x 0.4 more.
#[test]
fn usage_goes_by_address_then_pattern_then_type() {
    let usage = "version: 0.1\nresource_type_default_usage:\n  aws_nat_gateway: { monthly_data_processed_gb: 5 }\n  \
                 aws_other: { x: 1 }\nresource_usage:\n  aws_nat_gateway.*: { monthly_data_processed_gb: 10 }\n  \
                 aws_nat_gateway.new[\"a\"]: { monthly_data_processed_gb: 100, monthly_data_procesed_gb: 1 }\n  \
                 aws_nat_gateway.nowhere: { monthly_data_processed_gb: 1 }\n";
    let report = costs(three(), usage, None);
    assert_eq!(report.totals.balance.after.by_usage.to_string(), "4.80");
    assert_eq!(
        report.notes,
        [
            "usage.yml:7: aws_nat_gateway has no key monthly_data_procesed_gb; did you mean monthly_data_processed_gb?",
            "usage.yml:8: there is no aws_nat_gateway.nowhere in what is billed; its usage counts for nothing"
        ]
    );
}

/// Where nothing changes, both stages are one; and several plans add up.
#[test]
fn plans_add_up() {
    let still = || input(&plan(&[nat("aws_nat_gateway.kept", true, true)]).to_string());
    let report = costs(vec![still(), still()], "", None);
    let balance = &report.totals.balance;
    assert_eq!(balance.before.sum.expected.to_string(), "73.00");
    assert_eq!((&balance.before, balance.difference), (&balance.after, Sum::default()));
}

#[test]
fn an_assumed_region_is_for_what_the_plan_does_not_tell() {
    let nowhere = || {
        let there = json!({ "availability_mode": "zonal" });
        vec![input(&plan(&[change("aws_nat_gateway.a", &["create"], Value::Null, there)]).to_string())]
    };
    let untold = costs(nowhere(), "", None);
    assert_eq!(untold.totals.without_region, 1);
    assert!(!untold.totals.balance.after.is_complete());
    let assumed = costs(nowhere(), "", Some("eu-west-1"));
    assert_eq!(assumed.totals.balance.after.sum.expected.to_string(), "36.50");
    assert_eq!(costs(three(), "", Some("mars-1")).totals.balance.after.sum.expected.to_string(), "109.50");
}

/// The totals that `check` adds up without keeping lines are those of the bill.
#[test]
fn check_counts_as_cost_does() {
    let prices = || vec![price("AmazonEC2/NatGateway-Hours", "hours", "0.05")];
    for path in ["testdata/bills/nat.json", "testdata/plans/traps/plan.json", "testdata/plans/running/plan.json"] {
        let terms = run::terms(book(prices()), crate::cost::Usage::default(), date(2026, 11, 29));
        let costing = Costing { terms: &terms, said: &[] };
        let bill = run::costs(vec![stored(path)], &Declarations::default(), &costing).unwrap();
        let check = run::check_beside(
            vec![stored(path)],
            &Policy::default(),
            &Declarations::default(),
            run::Beside { costing: Some(&costing), ..Default::default() },
        )
        .unwrap();
        assert_eq!(check.cost.unwrap(), bill.totals, "{path}");
    }
    let mut report = super::formats::full();
    report.cost = Some(full().totals);
    snapshot("cost", "check.table", &super::support::table(&report));
    snapshot("cost", "check.markdown", &written(|out| report::markdown(&report, out)));
    let json = written(|out| report::json(&report, out));
    validate("docs/report.schema.json", vec![("with cost".to_owned(), json)]);
}

fn reports() -> Vec<(String, CostReport)> {
    let of = |path: &str| (path.to_owned(), costs(vec![stored(path)], "", None));
    let mut all = vec![("made up".to_owned(), full()), ("three".to_owned(), costs(three(), "", None))];
    all.extend(["testdata/bills/nat.json", "testdata/plans/traps/plan.json"].map(of));
    all
}

#[test]
fn bills_follow_their_schema() {
    let spelled = |(name, report): (String, CostReport)| (name, written(|out| report::cost_json(&report, out)));
    validate("docs/cost.schema.json", reports().into_iter().map(spelled).collect());
}

#[test]
fn infracosts_format_follows_its_schema() {
    let path = project("../shared/reference/infracost/infracost.schema.json");
    if !path.exists() {
        println!("skipped: {} is not there", path.display());
        return;
    }
    let schema: Value = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    for (name, report) in reports() {
        let document: Value = serde_json::from_str(&written(|out| report::cost_infracost(&report, out))).unwrap();
        let errors: Vec<_> = validator.iter_errors(&document).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{name}: {errors:#?}");
    }
}

/// What its schema does not say: sums, hours of a month, and what has no price.
#[test]
fn infracosts_format_adds_up() {
    let document: Value = serde_json::from_str(&written(|out| report::cost_infracost(&full(), out))).unwrap();
    let number = |value: &Value| decimal(value.as_str().unwrap());
    assert_eq!(document["version"], "0.2");
    assert_eq!(document["totalMonthlyCost"], "575.722");
    assert_eq!(document["pastTotalMonthlyCost"], "174.104");
    assert_eq!(document["diffTotalMonthlyCost"], "474.618");
    assert_eq!(document["totalMonthlyUsageCost"], "45");
    let project = &document["projects"][0];
    let resources = project["breakdown"]["resources"].as_array().unwrap();
    let sum: Decimal =
        resources.iter().filter(|one| !one["monthlyCost"].is_null()).map(|one| number(&one["monthlyCost"])).sum();
    assert_eq!(sum, number(&project["breakdown"]["totalMonthlyCost"]));
    let find = |list: &Value, name: &str| -> Value {
        list.as_array().unwrap().iter().find(|one| one["name"] == name).unwrap_or(&Value::Null).clone()
    };
    let gateway = find(&project["breakdown"]["resources"], "aws_nat.n");
    let hours = &gateway["costComponents"][0];
    assert_eq!((hours["monthlyQuantity"].as_str(), hours["hourlyQuantity"].as_str()), (Some("730"), Some("1")));
    assert_eq!((hours["price"].as_str(), hours["monthlyCost"].as_str()), (Some("0.045"), Some("32.85")));
    assert_eq!(gateway["monthlyUsageCost"], "45");
    let quiet = find(&project["breakdown"]["resources"], "aws_quiet.q");
    let line = &quiet["costComponents"][0];
    assert!(quiet["monthlyCost"].is_null() && line["monthlyQuantity"].is_null() && line["monthlyCost"].is_null());
    assert_eq!((line["price"].as_str(), &line["priceNotFound"]), (Some("0.045"), &Value::Bool(false)));
    // What has no price is null, and no change of the sum.
    let lost = find(&project["breakdown"]["resources"], "aws_unknown.u");
    assert_eq!(lost["costComponents"][0]["priceNotFound"], true);
    assert!(lost["costComponents"][0]["price"].is_null() && lost["monthlyCost"].is_null());
    let change = find(&project["diff"]["resources"], "aws_unknown.u");
    assert!(change["monthlyCost"].is_null(), "{change}");
    let web = find(&project["diff"]["resources"], "module.a[\"k|<b>\"].aws_web.b");
    assert_eq!(web["costComponents"][0]["name"], "Instance usage (Linux, t3.medium → t3.large)");
    assert_eq!(
        (web["costComponents"][0]["price"].as_str(), web["monthlyCost"].as_str()),
        (Some("0.0416"), Some("36.768"))
    );
    assert_eq!(web["subresources"][0]["name"], "root_block_device");
    let summary = &project["summary"];
    assert_eq!(summary["unsupportedResourceCounts"], json!({ "aws_odd": 2 }));
    assert_eq!(summary["totalNoPriceResources"], 1);
    assert!(find(&project["diff"]["resources"], "aws_kept.a").is_null(), "what stays is no difference");
}

/// What is asked of a usage file is what it may say: it is read as it is, and says nothing.
#[test]
fn a_sketched_usage_file_is_one() {
    for path in ["testdata/bills/nat.json", "testdata/plans/traps/plan.json"] {
        let mut sketch = report::UsageSketch::default();
        for (_, ledger) in run::ledgers_after(&stored(path), &Declarations::default()).unwrap() {
            for entry in ledger.entries().iter().filter(|entry| entry.managed) {
                entry.tariff().into_iter().for_each(|t| sketch.add(&entry.kind, entry.address.as_str(), t.usage));
            }
        }
        let text = written(|out| report::usage(&sketch, out));
        assert!(text.contains("# monthly_data_processed_gb: 0 # GB"), "{text}");
        assert!(UsageFile::read("sketch.yml", &text).unwrap().said.is_empty());
        // With every value in it, each key is one that is known.
        let filled = text.replace("    # ", "    ");
        let read = UsageFile::read("sketch.yml", &filled).unwrap();
        assert!(!read.said.is_empty());
        let terms = run::terms(book(Vec::new()), read.usage.clone(), date(2026, 11, 29));
        let costing = Costing { terms: &terms, said: &read.said };
        let report = run::costs(vec![stored(path)], &Declarations::default(), &costing).unwrap();
        assert!(report.notes.is_empty(), "{:#?}", report.notes);
    }
}
