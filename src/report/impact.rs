//! The section "Performance Impact" of a decision on record, as far as a plan fills it. What it does not know stays a question.

use std::io::{self, Write};

use super::{CostTotals, Report};
use crate::finding::{Severity, Verdict};
use crate::topology::{Amount, Budget, Datastore, Topology, Workload};
use crate::units::{Count, Grouped, listed};

/// So many findings are told as debt.
const MOST: usize = 10;

/// How a section is written.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Markup {
    /// For Markdown.
    Markdown,
    /// For `AsciiDoc`.
    AsciiDoc,
}

impl Markup {
    fn heading(self, level: usize, title: &str) -> String {
        let mark = if self == Self::AsciiDoc { "=" } else { "#" };
        format!("{} {title}\n", mark.repeat(level))
    }

    fn item(self, text: &str) -> String {
        let mark = if self == Self::AsciiDoc { "*" } else { "-" };
        format!("{mark} {text}\n")
    }
}

/// Writes the section for what plans change: their systems before and after, and what was found in them.
pub fn render(
    systems: &[(String, [Topology; 2])],
    report: &Report,
    markup: Markup,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut strategy: Vec<String> = Vec::new();
    for (_, [before, after]) in systems {
        strategy.extend(after.workloads.iter().filter_map(|workload| scaling(before, workload)));
        strategy.extend(after.datastores.iter().filter_map(|datastore| class(before, datastore)));
        strategy.extend(after.budgets.iter().filter_map(|budget| connections(before, after, budget)));
    }
    if strategy.is_empty() {
        strategy.push("What does this decision change about how many units there are, and when?".to_owned());
    }
    strategy.extend(report.cost.as_ref().and_then(cost));
    let (debts, more) = debts(report);
    let mut text = markup.heading(2, "Performance Impact");
    let mut part = |title: &str, items: &[String]| {
        text.push('\n');
        text.push_str(&markup.heading(3, title));
        text.push('\n');
        for item in items {
            text.push_str(&markup.item(item));
        }
    };
    let asked = |question: &str| question.to_owned();
    part(
        "Expected Throughput",
        &[
            asked("Design target: how many requests per second, and within how many milliseconds at P95 and P99?"),
            asked("Load test result: what did the last load test measure, and when?"),
        ],
    );
    part("Scaling Strategy", &strategy);
    let mut created = debts;
    created.extend(more);
    created.push(asked("None, or what does this decision make slower, or harder to scale?"));
    part("Performance Debt Created", &created);
    part(
        "Performance Debt Accepted",
        &[asked(
            "None, or what is lived with, under which name of the register (such as PERF-DEBT-YYYY-NNN), and until when?",
        )],
    );
    out.write_all(text.as_bytes())
}

/// How a workload scales, where the plan makes or changes it.
fn scaling(before: &Topology, workload: &Workload) -> Option<String> {
    let old = before.workloads.iter().find(|old| old.address == workload.address);
    let signals = |workload: &Workload| {
        let watched = workload.scaling.policies.iter().flat_map(|policy| &policy.watches);
        let mut names: Vec<String> =
            watched.map(|(watch, _)| format!("{} ({})", watch.signal.as_str(), watch.metric)).collect();
        names.sort();
        names.dedup();
        names
    };
    let bounds = |workload: &Workload| (workload.range.minimum.value.clone(), workload.range.maximum.value.clone());
    let same = |old: &&Workload| {
        bounds(old) == bounds(workload) && old.size == workload.size && signals(old) == signals(workload)
    };
    if old.as_ref().is_some_and(same) || workload.carries_others {
        return None;
    }
    let mut said = vec![
        bound("Min instances", &workload.range.minimum, old.map(|old| &old.range.minimum)),
        bound("Max instances", &workload.range.maximum, old.map(|old| &old.range.maximum)),
    ];
    said.retain(|part| !part.is_empty());
    let scales = signals(workload);
    if !scales.is_empty() {
        let was = old.map(signals).filter(|was| *was != scales && !was.is_empty());
        let was = was.map_or_else(String::new, |was| format!(" (before: {})", listed(was)));
        said.push(format!("scales on {}{was}", listed(scales)));
    } else if !workload.scaling.schedules.is_empty() {
        said.push("scaled by the clock: scheduled scaling".to_owned());
    } else if workload.scaling.itself.is_none() {
        said.push("nothing in the plan scales it".to_owned());
    }
    if let Some(size) = &workload.size {
        let was = old.and_then(|old| old.size.as_ref()).filter(|was| *was != size);
        said.push(format!("machine type {size}{}", was.map_or_else(String::new, |was| format!(" (before: {was})"))));
    }
    let new = if old.is_none() { ", new" } else { "" };
    Some(format!("`{}` ({}{new}): {}", workload.address, workload.noun, said.join(", ")))
}

/// `Min instances: 2 (before: 1)`, and a question where it is not known.
fn bound(name: &str, amount: &Amount, old: Option<&Amount>) -> String {
    use crate::model::Attr;
    let was = old.and_then(Amount::known).filter(|was| Some(*was) != amount.known());
    let was = was.map_or_else(String::new, |was| format!(" (before: {})", Grouped(was)));
    match &amount.value {
        Attr::Set(value) => format!("{name}: {value}{was}"),
        Attr::Unset => String::new(),
        Attr::Unknown(why) => format!("{name}: how many? The plan does not tell: {why}{was}"),
    }
}

/// The class of a datastore, where the plan makes or changes it.
fn class(before: &Topology, datastore: &Datastore) -> Option<String> {
    let old = before.datastores.iter().find(|old| old.address == datastore.address);
    let class = datastore.class.known().filter(|_| datastore.managed)?;
    let was = old.and_then(|old| old.class.known());
    let told = match (old, was) {
        (Some(_), Some(was)) if was == class => return None,
        (Some(_), Some(was)) => format!("class {class} (before: {was})"),
        (Some(_), None) => return None,
        (None, _) => format!("class {class}, new"),
    };
    Some(format!("`{}` ({}): {told}", datastore.address, datastore.noun))
}

/// What a database is asked for, where the plan changes that.
fn connections(before: &Topology, after: &Topology, budget: &Budget) -> Option<String> {
    let capacity = budget.capacity.as_ref().ok()?;
    let datastore = after.datastore(budget.datastore);
    let asked = budget.total.rollout;
    let old = before.numbered_datastores().find(|(_, old)| old.address == datastore.address);
    let old = old.and_then(|(id, _)| before.budgets_of(id).iter().find(|old| old.readers == budget.readers));
    let was = old.and_then(|old| Some((old.total.rollout, old.capacity.as_ref().ok()?.usable)));
    if asked == Count::Of(0) || was == Some((asked, capacity.usable)) {
        return None;
    }
    let before = was.map_or_else(String::new, |(asked, usable)| format!(" (before: {asked} of {usable})"));
    Some(format!(
        "`{}` ({}): up to {asked} of {} connections while everything is rolled out{before}",
        datastore.address, datastore.noun, capacity.usable
    ))
}

fn cost(totals: &CostTotals) -> Option<String> {
    let difference = totals.balance.difference.expected;
    let currency = totals.currency.as_str();
    let part = if totals.balance.partial.is_empty() && totals.balance.after.not_priced.is_empty() {
        ""
    } else {
        ", as far as it is priced"
    };
    (!currency.is_empty()).then(|| format!("Cost: {} a month{part}", difference.signed(currency)))
}

/// What the plan brings in or makes worse, as far as planwise finds it.
fn debts(report: &Report) -> (Vec<String>, Option<String>) {
    let found = report.told.iter().map(|told| &told.advice).filter(|advice| advice.is_new());
    // What a file says is not made by the plan, and what only costs is no debt.
    let found = found.filter(|advice| advice.finding.place.is_none() && advice.finding.severity >= Severity::Medium);
    let found: Vec<_> = found.filter(|advice| advice.finding.verdict == Verdict::Violation).collect();
    let line = |finding: &crate::finding::Finding| {
        format!("{} ({}): {}", finding.rule.name, finding.severity.as_str(), finding.message)
    };
    let more = found.len().checked_sub(MOST).filter(|more| *more > 0);
    (
        found.iter().take(MOST).map(|advice| line(&advice.finding)).collect(),
        more.map(|more| format!("and {more} more that `planwise check` tells")),
    )
}
