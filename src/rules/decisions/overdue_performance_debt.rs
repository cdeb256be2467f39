use std::collections::BTreeSet;

use jiff::civil::Date;

use super::shared::naming::{evidence, line};
use crate::finding::{Delta, Finding, Remedy, Verdict};
use crate::repository::adr::{Debt, Decision, Standing};
use crate::rules::registry::rule;
use crate::rules::{Context, Judgement};
use crate::units::counted;

rule! {
    /// ## What it finds
    /// Performance debt in a decision, an item such as `PERF-DEBT-2026-003`, whose target has passed.
    ///
    /// ## Why it matters
    /// It was lived with on condition that it ends. When the day passes and nobody looks, the exception has become the
    /// system, and the next decision is built on top of it.
    ///
    /// ## What to do
    /// Pay it and say so at the item ("resolved in …"), or decide anew until when it is lived with, and why.
    ///
    /// ## When it stays silent
    /// Items that say that they are resolved, paid or done, here or in another decision; decisions that are superseded, deprecated or
    /// rejected. A quarter, a month or a year ends with its last day. `--as-of` names the day; by default it is today.
    ///
    /// ## What makes it undetermined
    /// An item without a target, or with one that is no day, month, quarter or year.
    "overdue-performance-debt", Medium, "DP8", "WAF-PERF-100", since "0.1.0",
    "Performance debt whose target resolution has passed",
    thresholds: [],
    sources: ["Design principle DP8, document performance decisions in ADRs: target resolution of registered debt"]
}

fn check(context: Context<'_>) -> Judgement {
    let mut judgement = Judgement::default();
    let (Some(repository), Some(today)) = (context.repository, context.policy.as_of) else { return judgement };
    let debts =
        || repository.decisions.iter().flat_map(|decision| decision.debts.iter().map(move |debt| (decision, debt)));
    let paid: BTreeSet<&str> = debts().filter(|(_, debt)| debt.paid).map(|(_, debt)| debt.id.as_str()).collect();
    let mut told: BTreeSet<&str> = BTreeSet::new();
    for (decision, debt) in debts().filter(|(decision, _)| !matches!(decision.standing, Standing::Gone(_))) {
        if paid.contains(debt.id.as_str()) {
            judgement.passed += usize::from(told.insert(&debt.id));
            continue;
        }
        // What another decision only mentions is told where its target stands.
        let elsewhere = debts().any(|(_, other)| other.id == debt.id && other.target.is_some());
        match &debt.target {
            Some((said, day, at)) if *day < today => {
                told.insert(&debt.id);
                judgement.findings.push(overdue(decision, debt, (said, *day, *at), today));
            }
            Some(_) => judgement.passed += usize::from(told.insert(&debt.id)),
            None if elsewhere => {}
            None => judgement.findings.push(open(decision, debt)),
        }
    }
    judgement
}

fn overdue(decision: &Decision, debt: &Debt, (said, day, at): (&str, Date, usize), today: Date) -> Finding {
    let late = today.since(day).map_or(0, |span| u64::try_from(span.get_days()).unwrap_or(0));
    let lasting = format!("{} was to be resolved by {said}", named(debt));
    let message = format!("{lasting}; that is {} ago, as of {today}.", counted(late, "day"));
    Finding::in_file(&RULE.meta, Verdict::Violation, &line(decision, at), message)
        .lasting(lasting)
        .key(debt.id.clone())
        .resting_on([&evidence(&line(decision, at), "target resolution", said)])
        .measuring("days_late", late)
        .gravity(1)
        .remedy(Remedy::new(
            "pay it, or decide anew until when it is lived with",
            "and say so at the item: \"resolved in …\", or a later target with the reason",
            Delta::not_priced("it depends on what is to be done"),
        ))
}

fn open(decision: &Decision, debt: &Debt) -> Finding {
    let message = format!(
        "{} has no target that is a day, a month, a quarter or a year: whether it is overdue cannot be told. Write for instance \
         \"Target resolution: Q3 2027\" below it.",
        named(debt),
    );
    let place = line(decision, debt.line);
    Finding::in_file(&RULE.meta, Verdict::Undetermined, &place, message).key(debt.id.clone()).resting_on([&evidence(
        &place,
        "debt",
        debt.title.clone(),
    )])
}

/// The item with what is said of it, if that is more than its name: `PERF-DEBT-2026-003 (no CDN in phase 1)`.
fn named(debt: &Debt) -> String {
    let without = debt.title.replace(&debt.id, "");
    let said =
        without.trim_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '-' | '–' | '—' | '*' | '`' | '.' | ','));
    let is_at_an_end = debt.title.trim_start_matches(['*', '`', '[', '(']).starts_with(&debt.id)
        || debt.title.trim_end_matches(['*', '`', ']', ')', '.']).ends_with(&debt.id);
    match (said.is_empty(), is_at_an_end) {
        (true, _) => debt.id.clone(),
        (false, true) => format!("{} ({said})", debt.id),
        // In the middle of a sentence it stays, since the sentence needs it.
        (false, false) => format!("{} ({})", debt.id, debt.title),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_said_once() {
        let named = |title: &str| {
            let (id, title) = ("PERF-DEBT-2026-001".to_owned(), title.to_owned());
            named(&Debt { id, title, line: 1, target: None, paid: false })
        };
        assert_eq!(named("No CDN"), "PERF-DEBT-2026-001 (No CDN)");
        assert_eq!(named("PERF-DEBT-2026-001: No CDN"), "PERF-DEBT-2026-001 (No CDN)");
        assert_eq!(named("**PERF-DEBT-2026-001** - No CDN."), "PERF-DEBT-2026-001 (No CDN)");
        assert_eq!(named("No CDN, PERF-DEBT-2026-001"), "PERF-DEBT-2026-001 (No CDN)");
        assert_eq!(named("PERF-DEBT-2026-001"), "PERF-DEBT-2026-001");
        let within = "As PERF-DEBT-2026-001 says, no CDN";
        assert_eq!(named(within), format!("PERF-DEBT-2026-001 ({within})"));
    }
}
