//! A bill for a pull request: one line and a table of what changes first, the lines of each resource folded.

use std::cmp::Reverse;
use std::io::{self, Write};

use super::cost::{
    CostReport, CostTotals, PlanCost, asides, basis, count, has_price, headline, hole, is_billed, name, rails,
    unit_price, unpriced, unpriced_by_reason,
};
use super::headline::notes;
use super::markdown_text::{cell, code, escape, fitting};
use super::text::sentence;
use crate::cost::{Component, Held, Item, Pair, Sum};
use crate::units::plain;

/// A comment carries this mark, so that a bot can update it instead of adding another.
const MARK: &str = "<!-- planwise:cost -->";

/// Writes `report` as GitHub-flavoured Markdown; where all of it is too much for a comment, fewer resources.
pub fn render(report: &CostReport, out: &mut dyn Write) -> io::Result<()> {
    fitting(
        [(100, 100), (100, 20), (50, 0), (10, 0), (0, 0)],
        |(rows, folds), out| write(report, rows, folds, out),
        out,
    )
}

fn write(report: &CostReport, rows: usize, folds: usize, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{MARK}")?;
    writeln!(out, "### {}\n", escape(&headline(&report.totals).1))?;
    verdict(&report.totals, out)?;
    for PlanCost { plan, .. } in &report.plans {
        for note in notes(plan) {
            writeln!(out, "> {}: {}\n", code(&plan.name), escape(&note))?;
        }
    }
    for note in &report.notes {
        writeln!(out, "> {}\n", escape(&sentence(note)))?;
    }
    let several = report.plans.len() > 1;
    for PlanCost { plan, bill } in &report.plans {
        let mut changed: Vec<&Pair> = bill.pairs.iter().filter(|pair| pair.changes()).collect();
        changed.retain(|pair| is_billed(pair.before.as_ref()) || is_billed(pair.after.as_ref()));
        let (mut changed, strange): (Vec<&Pair>, Vec<&Pair>) = changed.into_iter().partition(|pair| has_price(pair));
        changed.sort_by_key(|pair| Reverse(pair.difference().sum.expected.0.abs()));
        if several && !(changed.is_empty() && strange.is_empty()) {
            writeln!(out, "{}\n", code(&plan.name))?;
        }
        if !changed.is_empty() {
            table(&report.totals, &changed, rows, out)?;
        }
        if !changed.is_empty() && folds > 0 {
            fold(&report.totals, &changed, folds, out)?;
        }
        not_priced(&strange, out)?;
    }
    writeln!(out, "<sub>{}</sub>", escape(&sentence(&format!("{}.", basis(report)))))
}

/// What belongs to the headline, and the guard rails.
fn verdict(totals: &CostTotals, out: &mut dyn Write) -> io::Result<()> {
    for (held, text) in rails(totals) {
        let text = escape(&sentence(&text));
        match held {
            Held::Exceeded => writeln!(out, "**{text}.**\n")?,
            Held::Kept | Held::Open => writeln!(out, "{text}.\n")?,
        }
    }
    let asides = asides(totals);
    if asides.is_empty() { Ok(()) } else { writeln!(out, "{}\n", escape(&asides.join(" "))) }
}

fn table(totals: &CostTotals, changed: &[&Pair], rows: usize, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "| | Resource | Before | After | Change |\n|---|---|--:|--:|--:|")?;
    for pair in changed.iter().take(rows) {
        let mark = match (&pair.before, &pair.after) {
            (None, _) => "+",
            (_, None) => "−",
            _ => "",
        };
        let difference = pair.difference();
        let change = match (difference.is_partial, difference.sum == Sum::default()) {
            (true, true) => "not known".to_owned(),
            (false, true) if !has_cost(pair) => "by usage".to_owned(),
            _ => totals.about_signed(difference.sum),
        };
        let sides = [&pair.before, &pair.after].map(|item| side(totals, item.as_ref()));
        let [before, after] = sides;
        writeln!(out, "| {mark} | {} | {before} | {after} | {} |", cell(pair.address.as_str()), escape(&change))?;
    }
    if let Some(more) = changed.len().checked_sub(rows).filter(|more| *more > 0) {
        let rest: Sum = changed.iter().skip(rows).map(|pair| pair.difference().sum).sum();
        let text = format!("and {}", count(more, "more resource"));
        writeln!(out, "| | {text} | | | {} |", escape(&totals.about_signed(rest)))?;
    }
    writeln!(out)
}

fn has_cost(pair: &Pair) -> bool {
    let items = [&pair.before, &pair.after].into_iter().flatten();
    items.flat_map(|item| &item.components).any(|component| component.cost.is_some())
}

fn side(totals: &CostTotals, item: Option<&Item>) -> String {
    let Some(item) = item else { return String::new() };
    if unpriced(Some(item)).is_some() {
        return "not priced".to_owned();
    }
    let has_cost = item.components.iter().any(|component| component.cost.is_some());
    let text = match (has_cost, item.depends_on_usage()) {
        (false, true) => "by usage".to_owned(),
        _ => totals.about(item.sum()),
    };
    escape(&text)
}

fn fold(totals: &CostTotals, changed: &[&Pair], folds: usize, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "<details><summary>What each costs</summary>\n")?;
    writeln!(out, "| Resource | Component | Quantity | Price | Monthly | Source |\n|---|---|--:|--:|--:|---|")?;
    for pair in changed.iter().take(folds) {
        let address = cell(pair.address.as_str());
        for (before, after) in pair.lines() {
            // What goes, or what was, stands with the sign of what it does to the bill.
            if let Some(line) = after.or(before) {
                component(totals, &address, line, after.is_none(), out)?;
            }
            if let (Some(old), Some(new)) = (before, after)
                && old != new
            {
                component(totals, &address, old, true, out)?;
            }
        }
        for (name, why) in pair.item().iter().flat_map(|item| &item.not_priced) {
            writeln!(out, "| {address} | {} | | | not priced | {} |", escape(name), escape(why))?;
        }
        if let Some(why) = unpriced(pair.item()).filter(|_| pair.lines().is_empty()) {
            writeln!(out, "| {address} | | | | not priced | {} |", escape(why))?;
        }
    }
    if let Some(more) = changed.len().checked_sub(folds).filter(|more| *more > 0) {
        writeln!(out, "\nAnd {}.", count(more, "more resource"))?;
    }
    writeln!(out, "\n</details>\n")
}

/// What changes and has no price at all, by reason.
fn not_priced(pairs: &[&Pair], out: &mut dyn Write) -> io::Result<()> {
    if pairs.is_empty() {
        return Ok(());
    }
    writeln!(out, "<details><summary>Changes that are not priced ({})</summary>\n", pairs.len())?;
    for (why, who) in unpriced_by_reason(pairs) {
        let who: Vec<String> = who.iter().map(|who| code(who)).collect();
        writeln!(out, "- {}: {}", escape(&sentence(why)), who.join(", "))?;
    }
    writeln!(out, "\n</details>\n")
}

fn component(totals: &CostTotals, address: &str, line: &Component, was: bool, out: &mut dyn Write) -> io::Result<()> {
    let when = if was { " (before)" } else { "" };
    let quantity = match &line.quantity {
        Ok(Some(amounts)) => super::cost::counted_in(amounts.expected, line.unit),
        Ok(None) => format!("by usage, per {}", super::cost::per(line.unit)),
        Err(_) => "not known".to_owned(),
    };
    let about = |is_estimate: bool| if is_estimate { "~" } else { "" };
    let (price, source) = match &line.price {
        Ok(price) => {
            let mut source = format!("{}, {}", price.source.name, price.source.as_of);
            if let Some(percent) = price.source.within_percent {
                source.push_str(&format!(", within {} %", plain(percent)));
            }
            if let Some((percent, from)) = &price.saving {
                source.push_str(&format!("; less {} % on average ({}, {})", plain(*percent), from.name, from.as_of));
            }
            if let Some(percent) = price.discount {
                source.push_str(&format!("; your discount of {} %", plain(percent)));
            }
            (format!("{}{}", about(price.is_estimate()), unit_price(&totals.currency, price.price)), source)
        }
        Err(_) => ("not priced".to_owned(), String::new()),
    };
    let source = hole(line).map_or(source, str::to_owned);
    let cost = line.cost.map_or_else(String::new, |sum| {
        let range = if sum.is_flat() {
            String::new()
        } else {
            format!(" ({} to {})", totals.money(sum.minimum), totals.money(sum.maximum))
        };
        format!("{}{range}", totals.about(sum))
    });
    let [name, quantity, price, cost, source] =
        [format!("{}{when}", name(line)), quantity, price, cost, source].map(|text| escape(&text));
    writeln!(out, "| {address} | {name} | {quantity} | {price} | {cost} | {source} |")
}
