//! What tests of bills share.

use jiff::civil::date;

use crate::catalogue;
use crate::cost::{Comparison, Component, Item, Status, Terms, Usage};
use crate::prices::{Book, Row, Source, Tier};
use crate::run;
use crate::tests::support::input;
use crate::units::Decimal;

/// A price everywhere, as a test's comment states it.
pub(in crate::tests) fn price(key: &str, unit: &str, usd: &str) -> Row {
    let usd = usd.parse().expect("a decimal");
    let source = Source { name: "the test's own comment".into(), as_of: "2026-11-29".into(), within_percent: None };
    Row {
        key: key.into(),
        unit: unit.into(),
        region: "".into(),
        tiers: vec![Tier { from: Decimal::ZERO, usd }],
        source,
    }
}

/// Usage of resources: address, key, value.
pub(in crate::tests) fn usage(said: &[(&str, &str, &str)]) -> Usage {
    let mut usage = Usage::default();
    for (address, key, value) in said {
        usage.addresses.entry((*address).into()).or_default().insert((*key).into(), (*value).into());
    }
    usage
}

/// The bill of the plan `testdata/bills/NAME.json` by these prices, on 2026-11-29.
pub(in crate::tests) fn billed(name: &str, prices: Vec<Row>, usage: Usage) -> Comparison {
    let terms =
        Terms::new(Book::of("prices of the test", prices).unwrap(), usage, date(2026, 11, 29), catalogue::is_free);
    let mut bills = run::bills(&input(&format!("testdata/bills/{name}.json")), &terms).expect("a plan");
    assert_eq!(bills.len(), 1, "one plan");
    bills.remove(0).1
}

/// One resource as it will be.
pub(in crate::tests) fn item<'c>(bill: &'c Comparison, address: &str) -> &'c Item {
    let pair = bill.pairs.iter().find(|pair| pair.address.as_str() == address);
    pair.and_then(|pair| pair.after.as_ref()).unwrap_or_else(|| panic!("{address} is not on the bill"))
}

/// What one resource will cost in a month, as it starts; all of it must be priced.
pub(in crate::tests) fn monthly(bill: &Comparison, address: &str) -> String {
    let item = item(bill, address);
    assert_eq!(item.status, Status::Priced, "{item:#?}");
    item.sum().expected.to_string()
}

/// The same at the least and at the most.
pub(in crate::tests) fn range(bill: &Comparison, address: &str) -> (String, String) {
    let sum = item(bill, address).sum();
    (sum.minimum.to_string(), sum.maximum.to_string())
}

/// The lines of a resource as text: part, name, quantity and unit, price, cost.
pub(in crate::tests) fn lines(bill: &Comparison, address: &str) -> Vec<String> {
    let line = |one: &Component| {
        let part = if one.part.is_empty() { String::new() } else { format!("{}: ", one.part) };
        let quantity = match &one.quantity {
            Ok(Some(amounts)) => format!("{} {}", amounts.expected.normalize(), one.unit),
            Ok(None) => format!("depends on usage, per {}", one.unit),
            Err(why) => format!("({why}) {}", one.unit),
        };
        let price =
            one.price.as_ref().map_or_else(|why| format!("({why})"), |price| price.price.0.normalize().to_string());
        let cost = one.cost.map_or("-".to_owned(), |cost| cost.expected.to_string());
        format!("{part}{} | {quantity} x {price} = {cost}", one.name)
    };
    item(bill, address).components.iter().map(line).collect()
}
