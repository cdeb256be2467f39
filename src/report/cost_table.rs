//! A bill for a terminal: what changes first, the largest change before the others, then the rest in short.

use std::cmp::Reverse;
use std::io::{self, Write};

use anstyle::{AnsiColor, Style as Ansi};

use super::cost::{
    CostReport, CostTotals, Extent, PlanCost, asides, basis, count, estimates, has_price, headline, hole, is_billed,
    name, rails, sources, unpriced, unpriced_by_reason, working,
};
use super::headline::{self as words, Tone};
use super::log;
use super::table::{BOLD, DIM, Style, colour, note, painted};
use super::text::{tame, wrap};
use crate::cost::{Component, Held, Item, Pair, Sum};
use crate::units::{Money, listed};

/// Changed resources beyond this many are told in one line, unless all are asked for.
const CHANGED: usize = 40;
/// The same of those that stay as they are.
const KEPT: usize = 10;
/// Columns for an amount.
const AMOUNT: usize = 14;

/// Writes `report` for a terminal. Colours are always written; the stream strips them where they are not wanted.
pub fn render(report: &CostReport, style: Style, out: &mut dyn Write) -> io::Result<()> {
    log::lines(out, |out| written(report, style, out))
}

fn written(report: &CostReport, style: Style, out: &mut dyn Write) -> io::Result<()> {
    if style.quiet {
        return quiet(&report.totals, out);
    }
    for PlanCost { plan, .. } in &report.plans {
        let version = plan.terraform_version.as_deref().map_or_else(String::new, |v| format!(" · Terraform {v}"));
        writeln!(out, "{}{}", painted(BOLD, &plan.name), painted(DIM, &version))?;
    }
    verdict(&report.totals, style, out)?;
    for PlanCost { plan, .. } in &report.plans {
        for text in words::notes(plan) {
            let name = if report.plans.len() > 1 { format!("{}: ", plan.name) } else { String::new() };
            note(&format!("{name}{text}"), style, out)?;
        }
    }
    report.notes.iter().try_for_each(|text| note(text, style, out))?;
    for plan in &report.plans {
        if report.plans.len() > 1 {
            writeln!(out, "\n{}", painted(BOLD, &plan.plan.name))?;
        }
        self::plan(report, plan, style, out)?;
    }
    totals(&report.totals, style, out)?;
    footnotes(report, style, out)
}

/// The headline, what belongs to it, and the guard rails.
pub(super) fn verdict(totals: &CostTotals, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let (tone, text) = headline(totals);
    let paint = match tone {
        Tone::Good => AnsiColor::Green.on_default().bold(),
        Tone::Neutral => BOLD,
        Tone::Bad(severity) => colour(severity),
    };
    for line in wrap(&text, style.width) {
        writeln!(out, "{}", painted(paint, &line))?;
    }
    for aside in asides(totals) {
        dim(&aside, 0, style, out)?;
    }
    for (held, text) in rails(totals) {
        let paint = match held {
            Held::Exceeded => AnsiColor::Red.on_default().bold(),
            Held::Open => AnsiColor::Yellow.on_default(),
            Held::Kept => DIM,
        };
        for line in wrap(&text, style.width) {
            writeln!(out, "{}", painted(paint, &line))?;
        }
    }
    Ok(())
}

/// The guard rails that are exceeded, a line each.
pub(super) fn quiet(totals: &CostTotals, out: &mut dyn Write) -> io::Result<()> {
    let exceeded = rails(totals).into_iter().filter(|(held, _)| *held == Held::Exceeded);
    exceeded.into_iter().try_for_each(|(_, text)| writeln!(out, "{}", tame(&text)))
}

fn dim(text: &str, indent: usize, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let margin = " ".repeat(indent);
    wrap(text, style.width.saturating_sub(indent))
        .iter()
        .try_for_each(|line| writeln!(out, "{margin}{}", painted(DIM, line)))
}

fn section(title: &str, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "\n{}", painted(BOLD, title))
}

fn plan(report: &CostReport, plan: &PlanCost, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let totals = &report.totals;
    let billed = |pair: &&Pair| is_billed(pair.before.as_ref()) || is_billed(pair.after.as_ref());
    let (mut changed, mut kept): (Vec<&Pair>, Vec<&Pair>) =
        plan.bill.pairs.iter().filter(billed).partition(|pair| pair.changes());
    changed.sort_by_key(|pair| Reverse(pair.difference().sum.expected.0.abs()));
    kept.sort_by_key(|pair| Reverse(pair.item().map(|item| item.sum().expected)));
    // What has no price at all is told together.
    let (changed, strange): (Vec<&Pair>, Vec<&Pair>) = changed.into_iter().partition(|pair| has_price(pair));
    let (kept, kept_strange): (Vec<&Pair>, Vec<&Pair>) = kept.into_iter().partition(|pair| has_price(pair));
    if !changed.is_empty() {
        section("What changes", out)?;
        let shown = if report.extent == Extent::All { usize::MAX } else { CHANGED };
        for pair in changed.iter().take(shown) {
            self::pair(totals, pair, style, out)?;
        }
        let rest: Vec<&&Pair> = changed.iter().skip(shown).collect();
        if !rest.is_empty() {
            let sum: Sum = rest.iter().map(|pair| pair.difference().sum).sum();
            let text = format!("and {} (--all shows them)", count(rest.len(), "more change"));
            row(("  ", &text, DIM), "", &totals.about_signed(sum), style, out)?;
        }
    }
    if !kept.is_empty() && report.extent != Extent::Changed {
        section(if changed.is_empty() { "What it costs" } else { "What stays as it is" }, out)?;
        let in_full = report.extent == Extent::All || changed.is_empty();
        let shown = match report.extent {
            Extent::All => usize::MAX,
            _ if in_full => CHANGED,
            _ => KEPT,
        };
        for item in kept.iter().take(shown).filter_map(|pair| pair.item()) {
            row(("    ", item.address.as_str(), Ansi::new()), "", &monthly(totals, item), style, out)?;
            if in_full {
                item.components.iter().try_for_each(|line| component(totals, None, Some(line), style, out))?;
                beside(item, style, out)?;
            }
        }
        let rest = kept.iter().skip(shown).filter_map(|pair| pair.item());
        let rest: Vec<Sum> = rest.map(Item::sum).collect();
        if !rest.is_empty() {
            let text = format!("and {} (--all shows them)", count(rest.len(), "more resource"));
            row(("    ", &text, DIM), "", &totals.about(rest.into_iter().sum()), style, out)?;
        }
    }
    let strange = if report.extent == Extent::Changed { strange } else { [strange, kept_strange].concat() };
    not_priced(&strange, style, out)
}

/// What a resource costs, in a word.
fn monthly(totals: &CostTotals, item: &Item) -> String {
    if item.components.iter().any(|component| component.cost.is_some()) {
        totals.about(item.sum())
    } else if item.depends_on_usage() {
        "by usage".to_owned()
    } else {
        "not priced".to_owned()
    }
}

fn pair(totals: &CostTotals, pair: &Pair, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let (mark, paint) = match (&pair.before, &pair.after) {
        (None, _) => ("+ ", AnsiColor::Green.on_default()),
        (_, None) => ("- ", AnsiColor::Red.on_default()),
        _ => ("~ ", AnsiColor::Yellow.on_default()),
    };
    let difference = pair.difference();
    let has_cost = |item: &Option<Item>| {
        item.as_ref().is_some_and(|item| item.components.iter().any(|component| component.cost.is_some()))
    };
    let amount = match (difference.is_partial, has_cost(&pair.before) || has_cost(&pair.after)) {
        (false, false) => "by usage".to_owned(),
        (true, false) => "not priced".to_owned(),
        (true, true) if difference.sum == Sum::default() => "not known".to_owned(),
        (_, true) => totals.about_signed(difference.sum),
    };
    row((&format!("  {}", painted(paint, mark)), pair.address.as_str(), BOLD), "", &amount, style, out)?;
    for (before, after) in pair.lines() {
        component(totals, before, after, style, out)?;
    }
    for item in [&pair.before, &pair.after].into_iter().flatten() {
        if let Some(why) = unpriced(Some(item)).filter(|_| item.components.is_empty()) {
            let when = if pair.after.as_ref() == Some(item) { "after" } else { "before" };
            dim(&format!("not priced {when}: {why}"), 6, style, out)?;
        }
    }
    pair.item().map_or(Ok(()), |item| beside(item, style, out))
}

/// What is billed for a resource besides its lines and cannot be told.
fn beside(item: &Item, style: Style, out: &mut dyn Write) -> io::Result<()> {
    for (name, why) in &item.not_priced {
        row(("      ", name, Ansi::new()), "", "not priced", style, out)?;
        dim(why, 8, style, out)?;
    }
    Ok(())
}

/// A line of the bill; what is on the other side of it stands below, where it differs.
fn component(
    totals: &CostTotals,
    before: Option<&Component>,
    after: Option<&Component>,
    style: Style,
    out: &mut dyn Write,
) -> io::Result<()> {
    let Some(line) = after.or(before) else { return Ok(()) };
    let cost = |line: &Component| line.cost.map(|sum| totals.about(sum));
    let text = working(totals, line);
    let amount = match (&text, cost(line)) {
        (None, _) => "not priced".to_owned(),
        (Some(_), cost) => cost.unwrap_or_default(),
    };
    row(("      ", &name(line), Ansi::new()), &text.unwrap_or_default(), &amount, style, out)?;
    if let Some(why) = hole(line) {
        dim(why, 8, style, out)?;
    }
    if let Some(sum) = line.cost.filter(|sum| !sum.is_flat()) {
        let range = format!("as it scales, {} to {}", totals.money(sum.minimum), totals.money(sum.maximum));
        dim(&range, 8, style, out)?;
    }
    let (Some(old), Some(new)) = (before, after) else { return Ok(()) };
    if old == new {
        return Ok(());
    }
    let name = if old.name == new.name { String::new() } else { format!("{}, ", old.name) };
    let was = match (working(totals, old), cost(old)) {
        (Some(text), Some(cost)) => format!("before: {name}{text} = {cost}"),
        (Some(text), None) => format!("before: {name}{text}"),
        (None, _) => format!("before: {name}not priced, {}", hole(old).unwrap_or_default()),
    };
    dim(&was, 8, style, out)
}

/// A line with an amount at its right end, and what that is made of before it; where that is too much, on two lines.
fn row(
    (indent, left, paint): (&str, &str, Ansi),
    middle: &str,
    amount: &str,
    style: Style,
    out: &mut dyn Write,
) -> io::Result<()> {
    // The mark of a change counts two columns, whatever its colour.
    let margin = if indent.contains('\u{1b}') { 4 } else { indent.len() };
    let chars = |text: &str| text.chars().count();
    let room = style.width.saturating_sub(AMOUNT);
    let gap = |taken: usize, text: &str| " ".repeat(room.saturating_sub(taken + chars(text)));
    let left_end = margin + chars(left);
    let written = painted(paint, left);
    let is_wide = left_end + 2 + chars(middle) > room;
    let end = if amount.is_empty() { String::new() } else { format!("{amount:>AMOUNT$}") };
    if middle.is_empty() && !is_wide {
        return writeln!(out, "{indent}{written}{}{end}", gap(left_end, ""));
    }
    if !is_wide {
        return writeln!(out, "{indent}{written}{}{}{end}", gap(left_end, middle), painted(DIM, middle));
    }
    writeln!(out, "{indent}{written}")?;
    if middle.is_empty() && amount.is_empty() {
        return Ok(());
    }
    writeln!(out, "{}{}{end}", gap(0, middle), painted(DIM, middle))
}

/// What has no price at all, by reason.
fn not_priced(pairs: &[&Pair], style: Style, out: &mut dyn Write) -> io::Result<()> {
    if pairs.is_empty() {
        return Ok(());
    }
    section("Not priced", out)?;
    for (why, who) in unpriced_by_reason(pairs) {
        for line in wrap(&who.join(", "), style.width.saturating_sub(4)) {
            writeln!(out, "    {line}")?;
        }
        dim(why, 6, style, out)?;
    }
    Ok(())
}

fn totals(totals: &CostTotals, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let (before, after, between) = (&totals.balance.before, &totals.balance.after, totals.balance.difference);
    if before.priced + after.priced == 0 {
        return Ok(());
    }
    let room = style.width.saturating_sub(3 * AMOUNT + 2);
    let line = |name: &str, amounts: [String; 3]| {
        let [a, b, c] = amounts;
        format!("  {name:<room$}{a:>AMOUNT$}{b:>AMOUNT$}{c:>AMOUNT$}")
    };
    writeln!(out)?;
    let head = line("", ["before", "after", "change"].map(str::to_owned));
    writeln!(out, "{}", painted(DIM, &head))?;
    let month = [totals.about(before.sum), totals.about(after.sum), totals.about_signed(between)];
    writeln!(out, "{}", painted(BOLD, &line("A month", month)))?;
    if !(before.sum.is_flat() && after.sum.is_flat()) {
        let mut end = |name: &str, end: fn(Sum) -> Money| {
            let amounts = [totals.money(end(before.sum)), totals.money(end(after.sum)), totals.signed(end(between))];
            writeln!(out, "{}", line(name, amounts))
        };
        end("  at the least", |sum| sum.minimum)?;
        end("  at the most", |sum| sum.maximum)?;
    }
    if before.by_usage.cents() != after.by_usage.cents() || !after.by_usage.cents().is_zero() {
        let usage = [before.by_usage, after.by_usage].map(|amount| totals.money(amount));
        let [a, b] = usage;
        writeln!(out, "{}", line("  of it by stated usage", [a, b, totals.signed(after.by_usage - before.by_usage)]))?;
    }
    Ok(())
}

/// Sources beyond this many are counted.
const SOURCES: usize = 4;

fn footnotes(report: &CostReport, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let items = || {
        let pairs = report.plans.iter().flat_map(|plan| &plan.bill.pairs);
        pairs.filter_map(|pair| pair.item()).flat_map(|item| &item.components)
    };
    writeln!(out)?;
    let sources = sources(items());
    if !sources.is_empty() {
        let more = sources.len().checked_sub(SOURCES).filter(|more| *more > 0);
        let more = more.map(|more| format!("{more} more (--format json has the source of each price)"));
        dim(&format!("Prices: {}.", listed(sources.into_iter().take(SOURCES).chain(more))), 0, style, out)?;
    }
    if let Some(text) = estimates(items()) {
        dim(&text, 0, style, out)?;
    }
    let free = report.totals.balance.after.free;
    let free = match free {
        0 => String::new(),
        1 => "; 1 resource costs nothing by itself".to_owned(),
        more => format!("; {} cost nothing by themselves", count(more, "resource")),
    };
    dim(&format!("Reckoned by {}{free}.", basis(report)), 0, style, out)
}
