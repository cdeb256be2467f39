//! A bill in the format of `infracost breakdown --format json`, version 0.2, so that what was made for it keeps working: bots
//! that comment, policies of conftest, hooks of Atlantis.
//!
//! What has no price is `priceNotFound` with a price of `null`, and never 0.
//!
//! Source: infracost/infracost, schema/infracost.schema.json and internal/output, snapshot of 2026-08-21.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde_json::{Map, Value, json};

use super::cost::{CostReport, PlanCost};
use crate::cost::{Component, Item, Pair, Status};
use crate::units::{Decimal, HOURS_PER_MONTH, plain};

/// What is shown of one resource on one side, or of what lies between.
#[derive(Default)]
struct Costs {
    monthly: Option<Decimal>,
    usage: Option<Decimal>,
}

/// Writes `report` as Infracost would.
pub fn render(report: &CostReport, out: &mut dyn Write) -> io::Result<()> {
    let balance = &report.totals.balance;
    let (past, now) = (&balance.before, &balance.after);
    let between = balance.difference.expected.0;
    let by_usage = now.by_usage - past.by_usage;
    let mut counts = Counts::default();
    let projects: Vec<Value> = report.plans.iter().map(|plan| project(plan, &mut counts)).collect();
    let mut metadata = json!({
        "infracostCommand": "breakdown",
        "vcsBranch": "",
        "vcsCommitSha": "",
        "vcsCommitAuthorName": "",
        "vcsCommitAuthorEmail": "",
        // What Infracost writes where there is no repository.
        "vcsCommitTimestamp": "0001-01-01T00:00:00Z",
        "vcsCommitMessage": "",
    });
    if let (Some(usage), Some(fields)) = (&report.basis.usage, metadata.as_object_mut()) {
        fields.insert("usageFilePath".to_owned(), usage.as_str().into());
    }
    let document = json!({
        "version": "0.2",
        "metadata": metadata,
        "currency": report.totals.currency.as_str(),
        "projects": projects,
        "totalHourlyCost": hourly(now.sum.expected.0),
        "totalMonthlyCost": plain(now.sum.expected.0),
        "totalMonthlyUsageCost": plain(now.by_usage.0),
        "pastTotalHourlyCost": hourly(past.sum.expected.0),
        "pastTotalMonthlyCost": plain(past.sum.expected.0),
        "pastTotalMonthlyUsageCost": plain(past.by_usage.0),
        "diffTotalHourlyCost": hourly(between),
        "diffTotalMonthlyCost": plain(between),
        "diffTotalMonthlyUsageCost": plain(by_usage.0),
        // The day of the bill: the same input gives the same bytes.
        "timeGenerated": format!("{}T00:00:00Z", report.basis.as_of),
        "summary": counts.summary(),
    });
    serde_json::to_writer_pretty(&mut *out, &document)?;
    writeln!(out)
}

fn hourly(monthly: Decimal) -> String {
    plain(monthly / HOURS_PER_MONTH)
}

fn project(cost: &PlanCost, counts: &mut Counts) -> Value {
    let PlanCost { plan, bill } = cost;
    let mut own = Counts::default();
    let side = |side: fn(&Pair) -> Option<&Item>| bill.pairs.iter().filter_map(side).collect::<Vec<&Item>>();
    let (past, now) = (side(|pair| pair.before.as_ref()), side(|pair| pair.after.as_ref()));
    for item in &now {
        own.add(item);
    }
    counts.join(&own);
    let changed: Vec<Value> = bill.pairs.iter().filter(|pair| pair.changes()).filter_map(difference).collect();
    let between = bill.difference().expected.0;
    let diff = json!({
        "resources": changed,
        "totalHourlyCost": hourly(between),
        "totalMonthlyCost": plain(between),
        "totalMonthlyUsageCost": plain((bill.after.by_usage - bill.before.by_usage).0),
    });
    json!({
        "name": plan.name,
        "displayName": "",
        "metadata": { "path": plan.path, "type": "terraform_plan_json" },
        "pastBreakdown": breakdown(&past),
        "breakdown": breakdown(&now),
        "diff": diff,
        "summary": own.summary(),
    })
}

fn breakdown(items: &[&Item]) -> Value {
    let billed = items.iter().filter(|item| is_supported(item) && !is_free(item));
    let free = items.iter().filter(|item| is_free(item));
    let costs = total(items.iter().flat_map(|item| &item.components));
    let zero = |amount: Option<Decimal>| plain(amount.unwrap_or_default());
    json!({
        "resources": billed.map(|item| resource(item)).collect::<Vec<_>>(),
        "freeResources": free
            .map(|item| json!({ "name": item.address.as_str(), "resourceType": item.kind.as_str(), "metadata": {} }))
            .collect::<Vec<_>>(),
        "totalHourlyCost": hourly(costs.monthly.unwrap_or_default()),
        "totalMonthlyCost": zero(costs.monthly),
        "totalMonthlyUsageCost": zero(costs.usage),
    })
}

fn is_free(item: &Item) -> bool {
    matches!(item.status, Status::Free | Status::Elsewhere)
}

/// Whether it is known how a resource is billed, though some of its prices may not be.
fn is_supported(item: &Item) -> bool {
    !(matches!(item.status, Status::NotPriced(_)) && item.components.is_empty() && item.not_priced.is_empty())
}

fn total<'c>(components: impl IntoIterator<Item = &'c Component>) -> Costs {
    let mut costs = Costs::default();
    for component in components {
        let Some(cost) = component.cost.map(|sum| sum.expected.0) else { continue };
        costs.monthly = Some(costs.monthly.unwrap_or_default() + cost);
        if component.used {
            costs.usage = Some(costs.usage.unwrap_or_default() + cost);
        }
    }
    costs
}

fn resource(item: &Item) -> Value {
    let (own, parts) = by_part(item.components.iter().map(|component| (component.part.as_str(), component)));
    let mut components: Vec<Value> = own.iter().map(|component| self::component(component)).collect();
    components.extend(item.not_priced.iter().map(|(name, _)| {
        json!({
            "name": name.as_str(),
            "unit": "",
            "hourlyQuantity": null,
            "monthlyQuantity": null,
            "price": null,
            "hourlyCost": null,
            "monthlyCost": null,
            "priceNotFound": true,
        })
    }));
    let parts = parts.into_iter().map(|(name, part)| {
        let costs = total(part.iter().copied());
        described(name, None, &costs, part.into_iter().map(component).collect(), Vec::new())
    });
    let costs = total(&item.components);
    described(item.address.as_str(), Some(&item.kind), &costs, components, parts.collect())
}

/// What is of the resource itself, and what is of each of its parts, in their order.
fn by_part<'n, T>(all: impl Iterator<Item = (&'n str, T)>) -> (Vec<T>, Vec<(&'n str, Vec<T>)>) {
    let (mut own, mut parts): (Vec<T>, Vec<(&str, Vec<T>)>) = (Vec::new(), Vec::new());
    for (name, one) in all {
        if name.is_empty() {
            own.push(one);
        } else if let Some((_, part)) = parts.iter_mut().find(|(other, _)| *other == name) {
            part.push(one);
        } else {
            parts.push((name, vec![one]));
        }
    }
    (own, parts)
}

fn described(name: &str, kind: Option<&str>, costs: &Costs, components: Vec<Value>, parts: Vec<Value>) -> Value {
    let mut fields = Map::new();
    fields.insert("name".to_owned(), name.into());
    if let Some(kind) = kind {
        fields.insert("resourceType".to_owned(), kind.into());
    }
    fields.insert("metadata".to_owned(), json!({}));
    fields.insert("hourlyCost".to_owned(), costs.monthly.map(hourly).into());
    fields.insert("monthlyCost".to_owned(), costs.monthly.map(plain).into());
    if let Some(usage) = costs.usage {
        fields.insert("monthlyUsageCost".to_owned(), plain(usage).into());
    }
    if !components.is_empty() {
        fields.insert("costComponents".to_owned(), components.into());
    }
    if !parts.is_empty() {
        fields.insert("subresources".to_owned(), parts.into());
    }
    Value::Object(fields)
}

/// What of a component Infracost shows. A month's quantity is that of an hour times 730, whatever the price is for.
#[derive(Clone, Copy)]
struct Shown {
    quantity: Option<Decimal>,
    price: Option<Decimal>,
    cost: Option<Decimal>,
}

fn shown(component: &Component) -> Shown {
    Shown {
        quantity: component.quantity.as_ref().ok().copied().flatten().map(|amounts| amounts.expected),
        price: component.price.as_ref().ok().map(|price| price.price.0),
        cost: component.cost.map(|sum| sum.expected.0),
    }
}

fn component(component: &Component) -> Value {
    spelled(&component.name, component, shown(component))
}

fn spelled(name: &str, component: &Component, Shown { quantity, price, cost }: Shown) -> Value {
    let mut fields = json!({
        "name": name,
        "unit": component.unit,
        "hourlyQuantity": quantity.map(hourly),
        "monthlyQuantity": quantity.map(plain),
        "price": price.map(plain),
        "hourlyCost": cost.map(hourly),
        "monthlyCost": cost.map(plain),
        "priceNotFound": component.price.is_err(),
    });
    if let (true, Some(fields)) = (component.used, fields.as_object_mut()) {
        fields.insert("usageBased".to_owned(), true.into());
    }
    fields
}

/// What a plan does to one resource; nothing where it only concerns what is free.
fn difference(pair: &Pair) -> Option<Value> {
    let item = pair.item()?;
    let mut lines = pair.lines();
    lines.retain(|(before, after)| before != after);
    if lines.is_empty() {
        return None;
    }
    // What has a price on one side only is neither dearer nor cheaper.
    let is_hole = |line: Option<&Component>| line.is_some_and(|line| line.price.is_err() || line.quantity.is_err());
    let between = |(before, after): (Option<&Component>, Option<&Component>)| -> Shown {
        let less = |new: Option<Decimal>, old: Option<Decimal>| match (new, old) {
            (None, None) => None,
            (new, old) => Some(new.unwrap_or_default() - old.unwrap_or_default()),
        };
        let sides = [before, after].map(|line| line.map(shown));
        let of = |pick: fn(Shown) -> Option<Decimal>| {
            let [old, new] = sides.map(|side| side.and_then(pick));
            less(new, old)
        };
        if is_hole(before) || is_hole(after) {
            return Shown { quantity: of(|side| side.quantity), price: None, cost: None };
        }
        Shown { quantity: of(|side| side.quantity), price: of(|side| side.price), cost: of(|side| side.cost) }
    };
    let told = lines.iter().filter_map(|pair| {
        let line = pair.1.or(pair.0)?;
        Some((line.part.as_str(), (renamed(pair.0, pair.1), line, between(*pair))))
    });
    let (own, parts) = by_part(told);
    let spell = |all: &[(String, &Component, Shown)]| -> Vec<Value> {
        all.iter().map(|(name, line, shown)| spelled(name, line, *shown)).collect()
    };
    let costs = |all: &[(String, &Component, Shown)]| {
        let mut costs = Costs::default();
        for (_, line, shown) in all {
            let Some(cost) = shown.cost else { continue };
            costs.monthly = Some(costs.monthly.unwrap_or_default() + cost);
            if line.used {
                costs.usage = Some(costs.usage.unwrap_or_default() + cost);
            }
        }
        costs
    };
    let mut whole = costs(&own);
    for (_, part) in &parts {
        let part = costs(part);
        for (sum, more) in [(&mut whole.monthly, part.monthly), (&mut whole.usage, part.usage)] {
            if let Some(more) = more {
                *sum = Some(sum.unwrap_or_default() + more);
            }
        }
    }
    let parts = parts.iter().map(|(name, part)| described(name, None, &costs(part), spell(part), Vec::new()));
    let parts = parts.collect();
    Some(described(pair.address.as_str(), Some(&item.kind), &whole, spell(&own), parts))
}

/// A component's name; where its kind in brackets changes, both of them: `Instance usage (t3.small → t3.medium)`.
fn renamed(before: Option<&Component>, after: Option<&Component>) -> String {
    let name = |line: Option<&Component>| line.map(|line| line.name.to_string());
    match (name(before), name(after)) {
        (Some(old), Some(new)) if old != new => {
            let inside = |text: &str| {
                text.split_once(" (").and_then(|(_, rest)| rest.strip_suffix(')')).unwrap_or_default().to_owned()
            };
            let stem = new.split_once(" (").map_or(new.as_str(), |(stem, _)| stem);
            let (old, new) = (inside(&old), inside(&new));
            let (old_parts, new_parts): (Vec<&str>, Vec<&str>) = (old.split(", ").collect(), new.split(", ").collect());
            if old_parts.len() != new_parts.len() {
                return format!("{stem} ({old} → {new})");
            }
            let parts = old_parts.iter().zip(&new_parts);
            let parts = parts.map(|(old, new)| if old == new { (*old).to_owned() } else { format!("{old} → {new}") });
            format!("{stem} ({})", parts.collect::<Vec<_>>().join(", "))
        }
        (_, Some(name)) | (Some(name), None) => name,
        (None, None) => String::new(),
    }
}

/// Resources, counted as Infracost counts them: "no price" are those that cost nothing.
#[derive(Default)]
struct Counts {
    supported: BTreeMap<String, usize>,
    unsupported: BTreeMap<String, usize>,
    free: BTreeMap<String, usize>,
    by_usage: usize,
}

impl Counts {
    fn add(&mut self, item: &Item) {
        let kinds = match item {
            item if is_free(item) => &mut self.free,
            item if is_supported(item) => &mut self.supported,
            _ => &mut self.unsupported,
        };
        *kinds.entry(item.kind.to_string()).or_default() += 1;
        self.by_usage += usize::from(item.components.iter().any(|component| component.used));
    }

    fn join(&mut self, other: &Self) {
        let kinds = [
            (&mut self.supported, &other.supported),
            (&mut self.unsupported, &other.unsupported),
            (&mut self.free, &other.free),
        ];
        for (into, from) in kinds {
            for (kind, count) in from {
                *into.entry(kind.clone()).or_default() += count;
            }
        }
        self.by_usage += other.by_usage;
    }

    fn summary(&self) -> Value {
        let number = |kinds: &BTreeMap<String, usize>| kinds.values().sum::<usize>();
        let (supported, unsupported, free) = (number(&self.supported), number(&self.unsupported), number(&self.free));
        json!({
            "totalDetectedResources": supported + unsupported + free,
            "totalSupportedResources": supported,
            "totalUnsupportedResources": unsupported,
            "totalUsageBasedResources": self.by_usage,
            "totalNoPriceResources": free,
            "supportedResourceCounts": self.supported,
            "unsupportedResourceCounts": self.unsupported,
            "noPriceResourceCounts": self.free,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_kept_in_their_order() {
        let all = [("", 1), ("b", 2), ("a", 3), ("b", 4)];
        assert_eq!(by_part(all.into_iter()), (vec![1], vec![("b", vec![2, 4]), ("a", vec![3])]));
        assert_eq!(hourly(Decimal::from(730)), "1");
    }
}
