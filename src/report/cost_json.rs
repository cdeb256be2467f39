//! A bill for machines: documented in `docs/cost.md`, described by `docs/cost.schema.json`. All money and all quantities are
//! decimal texts, unrounded.

use std::io::{self, Write};

use rayon::prelude::*;
use serde::ser::Error as _;
use serde::{Serialize, Serializer};
use serde_json::{Map, Value, json};

use super::cost::{CostReport, CostTotals, Extent, PlanCost, percent, rails};
use super::json::indented;
use crate::cost::{Component, Difference, Held, Item, Pair, Rail, Status, Sum, Totals, UnitPrice};
use crate::facts::Amounts;
use crate::units::plain;

/// The version of this format: the first number grows when something that was there changes its meaning or goes.
const SCHEMA_VERSION: &str = "1.0";

/// Writes `report` as JSON.
pub fn render(report: &CostReport, out: &mut dyn Write) -> io::Result<()> {
    let document = Document {
        schema_version: SCHEMA_VERSION,
        tool: json!({ "name": "planwise", "version": env!("CARGO_PKG_VERSION") }),
        as_of: &report.basis.as_of,
        usage: report.basis.usage.as_deref(),
        prices: report.basis.prices.as_deref(),
        plans: report.plans.iter().map(plan).collect(),
        resources: Resources(report),
        totals: totals(&report.totals),
        notes: &report.notes,
    };
    serde_json::to_writer_pretty(&mut *out, &document)?;
    writeln!(out)
}

#[derive(Serialize)]
struct Document<'r> {
    schema_version: &'static str,
    tool: Value,
    as_of: &'r str,
    usage: Option<&'r str>,
    prices: Option<&'r str>,
    plans: Vec<Value>,
    resources: Resources<'r>,
    totals: Value,
    notes: &'r [String],
}

fn plan(cost: &PlanCost) -> Value {
    json!({
        "path": cost.plan.path,
        "document": cost.plan.document,
        "terraform_version": cost.plan.terraform_version,
        "resources": cost.plan.resources,
        "before": sum(cost.bill.before.sum),
        "after": sum(cost.bill.after.sum),
        "difference": sum(cost.bill.difference()),
        "notes": cost.plan.notes,
    })
}

/// The resources of all plans, as text: of a large system they are many, so all cores write them.
struct Resources<'r>(&'r CostReport);

impl Serialize for Resources<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(report) = self;
        let all = report.plans.iter().enumerate();
        let all = all.flat_map(|(at, plan)| plan.bill.pairs.iter().map(move |pair| (at, pair)));
        let all: Vec<(usize, &Pair)> =
            all.filter(|(_, pair)| report.extent != Extent::Changed || pair.changes()).collect();
        let texts: Vec<_> = all.par_iter().map(|(at, pair)| indented(&resource(*at, pair))).collect();
        let texts = texts.into_iter().collect::<Result<Vec<_>, _>>().map_err(S::Error::custom)?;
        serializer.collect_seq(texts)
    }
}

fn resource(plan: usize, pair: &Pair) -> Value {
    let change = match (&pair.before, &pair.after) {
        (None, _) => "added",
        (_, None) => "removed",
        _ if pair.changes() => "changed",
        _ => "kept",
    };
    let Difference { sum: difference, is_partial } = pair.difference();
    json!({
        "plan": plan,
        "address": pair.address.as_str(),
        "type": pair.item().map_or("", |item| item.kind.as_str()),
        "change": change,
        "before": pair.before.as_ref().map(item),
        "after": pair.after.as_ref().map(item),
        "difference": sum(difference),
        "difference_complete": !is_partial,
    })
}

fn item(item: &Item) -> Value {
    let (status, reason) = match &item.status {
        Status::Free => ("free", None),
        Status::Elsewhere => ("elsewhere", None),
        Status::Priced => ("priced", None),
        Status::Incomplete => ("incomplete", None),
        Status::NotPriced(why) => ("not_priced", Some(why)),
    };
    let holes = item.not_priced.iter().map(|(name, why)| json!({ "name": name.as_str(), "reason": why }));
    json!({
        "status": status,
        "reason": reason,
        "monthly": sum(item.sum()),
        "components": item.components.iter().map(component).collect::<Vec<_>>(),
        "not_priced": holes.collect::<Vec<_>>(),
    })
}

fn component(component: &Component) -> Value {
    let quantity = component.quantity.as_ref().ok().copied().flatten();
    json!({
        "part": component.part.as_str(),
        "name": component.name.as_str(),
        "unit": component.unit,
        "usage_based": component.used,
        "quantity": quantity.map(amounts),
        "quantity_unknown": component.quantity.as_ref().err(),
        "price": component.price.as_ref().ok().map(price),
        "not_priced": component.price.as_ref().err(),
        "monthly": component.cost.map(sum),
    })
}

fn amounts(amounts: Amounts) -> Value {
    json!({
        "minimum": plain(amounts.minimum),
        "expected": plain(amounts.expected),
        "maximum": plain(amounts.maximum),
    })
}

fn price(price: &UnitPrice) -> Value {
    let saving = price.saving.as_ref().map(|(percent, source)| {
        json!({ "percent": plain(*percent), "source": source.name.as_str(), "as_of": source.as_of.as_str() })
    });
    json!({
        "amount": plain(price.price.0),
        "source": price.source.name.as_str(),
        "as_of": price.source.as_of.as_str(),
        "within_percent": price.source.within_percent.map(plain),
        "saving": saving,
        "discount_percent": price.discount.map(plain),
    })
}

fn sum(sum: Sum) -> Value {
    json!({
        "minimum": plain(sum.minimum.0),
        "expected": plain(sum.expected.0),
        "maximum": plain(sum.maximum.0),
        "margin": plain(sum.margin.0),
    })
}

/// What plans cost, in a few numbers.
pub(super) fn totals(totals: &CostTotals) -> Value {
    let balance = &totals.balance;
    json!({
        "currency": totals.currency.as_str(),
        "before": stage(&balance.before),
        "after": stage(&balance.after),
        "difference": sum(balance.difference),
        "difference_percent": percent(balance).map(plain),
        "difference_complete": balance.partial.is_empty(),
        "changes_not_priced": by_type(&balance.partial),
        "assumed_region": totals.assumed_region.as_deref(),
        "without_region": totals.without_region,
        "guard_rails": guard_rails(totals),
        "failed": totals.is_failure(),
    })
}

fn stage(totals: &Totals) -> Value {
    json!({
        "monthly": sum(totals.sum),
        "by_stated_usage": plain(totals.by_usage.0),
        "complete": totals.is_complete(),
        "priced": totals.priced,
        "free": totals.free,
        "not_priced": by_type(&totals.not_priced),
        "incomplete": by_type(&totals.incomplete),
        "by_unstated_usage": totals.by_unstated_usage,
        "estimates": totals.estimates,
        "reasons": totals.reasons,
    })
}

fn by_type<'t>(kinds: impl IntoIterator<Item = (&'t crate::model::Text, &'t usize)>) -> Value {
    let counts = kinds.into_iter().map(|(kind, count)| (kind.to_string(), Value::from(*count)));
    Value::Object(counts.collect::<Map<_, _>>())
}

fn guard_rails(totals: &CostTotals) -> Vec<Value> {
    let told = totals.rails.iter().zip(rails(totals));
    told.map(|(asked, (held, message))| {
        let (name, unit, limit) = match asked.rail {
            Rail::Increase(limit) => ("max-increase", "amount", limit.0),
            Rail::IncreasePercent(limit) => ("max-increase", "percent", limit),
            Rail::Total(limit) => ("max-total", "amount", limit.0),
        };
        let held = match held {
            Held::Kept => "kept",
            Held::Exceeded => "exceeded",
            Held::Open => "undetermined",
        };
        json!({
            "name": name,
            "unit": unit,
            "limit": plain(limit),
            "reached": asked.reached.map(plain),
            "verdict": held,
            "message": message,
        })
    })
    .collect()
}
