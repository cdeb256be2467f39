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
    let named = named(&debt.id, &without_target(&debt.title, said));
    let (lasting, since) = if named.contains(said) {
        // The sentence needs its day, and nobody needs it twice.
        (format!("{named} is overdue"), "its target passed")
    } else {
        (format!("{named} was to be resolved by {said}"), "that is")
    };
    let message = format!("{lasting}; {since} {} ago, as of {today}.", counted(late, "day"));
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
        named(&debt.id, &debt.title),
    );
    let place = line(decision, debt.line);
    Finding::in_file(&RULE.meta, Verdict::Undetermined, &place, message).key(debt.id.clone()).resting_on([&evidence(
        &place,
        "debt",
        debt.title.clone(),
    )])
}

/// The item with what is said of it, if that is more than its name: `PERF-DEBT-2026-003 (no CDN in phase 1)`.
fn named(id: &str, title: &str) -> String {
    let without = title.replace(id, "");
    let said = without.trim_matches(is_mark);
    let is_at_an_end = title.trim_start_matches(['*', '`', '[', '(']).starts_with(id)
        || title.trim_end_matches(['*', '`', ']', ')', '.']).ends_with(id);
    match (said.is_empty(), is_at_an_end) {
        (true, _) => id.to_owned(),
        (false, true) => format!("{id} ({said})"),
        // In the middle of a sentence it stays, since the sentence needs it.
        (false, false) => format!("{id} ({title})"),
    }
}

/// Whether it parts words from each other, and says nothing.
fn is_mark(c: char) -> bool {
    c.is_whitespace() || matches!(c, ':' | '-' | '–' | '—' | '*' | '`' | '.' | ',' | ';' | '|')
}

/// A title without the part that says the target, such as `. Target resolution: Q2 2026`; as it is where the target is a part of
/// its sentence.
fn without_target(title: &str, said: &str) -> String {
    const BEGIN: [&str; 8] = [". ", "; ", ", ", " (", "| ", " - ", " – ", " — "];
    // With these a part begins that says nothing but the day.
    const ASKS: [&str; 12] = [
        "target",
        "resolution",
        "resolve",
        "to be ",
        "due",
        "until",
        "deadline",
        "by ",
        "fixed by",
        "ziel",
        "bis",
        "fällig",
    ];
    let Some((before, rest)) = title.rsplit_once(said) else { return title.to_owned() };
    let begins = BEGIN.iter().filter_map(|mark| Some((before.rfind(mark)?, *mark)));
    let (at, mark) = begins.max_by_key(|(at, mark)| at + mark.len()).unwrap_or((0, ""));
    let (kept, part) = before.split_at_checked(at).unwrap_or((before, ""));
    let part = part.strip_prefix(mark).unwrap_or(part).trim_matches(|c: char| is_mark(c) || c == '(').to_lowercase();
    let is_own = part.is_empty() || ASKS.iter().any(|word| part.starts_with(word) || part == word.trim_end());
    let ends = rest.trim_start().chars().next().is_none_or(|c| is_mark(c) || c == ')');
    if !(is_own && ends) {
        return title.to_owned();
    }
    let rest = if mark == " (" { rest.replacen(')', "", 1) } else { rest.to_owned() };
    format!("{kept}{rest}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_said_once() {
        let named = |title: &str| named("PERF-DEBT-2026-001", title);
        assert_eq!(named("No CDN"), "PERF-DEBT-2026-001 (No CDN)");
        assert_eq!(named("PERF-DEBT-2026-001: No CDN"), "PERF-DEBT-2026-001 (No CDN)");
        assert_eq!(named("**PERF-DEBT-2026-001** - No CDN."), "PERF-DEBT-2026-001 (No CDN)");
        assert_eq!(named("No CDN, PERF-DEBT-2026-001"), "PERF-DEBT-2026-001 (No CDN)");
        assert_eq!(named("PERF-DEBT-2026-001"), "PERF-DEBT-2026-001");
        let within = "As PERF-DEBT-2026-001 says, no CDN";
        assert_eq!(named(within), format!("PERF-DEBT-2026-001 ({within})"));
        assert_eq!(named("PERF-DEBT-2026-001 | no CDN |"), "PERF-DEBT-2026-001 (no CDN)");
    }

    #[test]
    fn a_target_is_said_once() {
        let bare = |title: &str| without_target(title, "Q2 2026");
        assert_eq!(bare("No CDN. Target resolution: Q2 2026"), "No CDN");
        assert_eq!(bare("No CDN. **Target resolution:** Q2 2026."), "No CDN.");
        assert_eq!(bare("No CDN (target: Q2 2026)"), "No CDN");
        assert_eq!(bare("No CDN (some 50 ms, until Q2 2026)"), "No CDN (some 50 ms)");
        assert_eq!(bare("D-1 | No CDN | Q2 2026"), "D-1 | No CDN ");
        assert_eq!(bare("No CDN, by Q2 2026"), "No CDN");
        assert_eq!(bare("Ziel: Q2 2026. Kein CDN"), ". Kein CDN");
        // Where it is a part of the sentence, the sentence stays.
        for whole in
            ["No CDN", "No CDN until Q2 2026", "No CDN, by Q2 2026 there will be one", "No CDN, as Q2 2026 said"]
        {
            assert_eq!(bare(whole), whole);
        }
    }

    #[test]
    fn a_message_says_the_target_once() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        let text = "# A\n\n## Performance Debt\n\n- PERF-DEBT-2026-001: no CDN. Target resolution: Q2 2026\n- PERF-DEBT-2026-002: \
                    no cache until Q2 2026\n";
        let decision = crate::repository::adr::parse("docs/adr/0001.md", text).unwrap();
        let told = decision.debts.iter().map(|debt| {
            let (said, last, at) = debt.target.as_ref().unwrap();
            overdue(&decision, debt, (said, *last, *at), day("2026-07-01")).message
        });
        assert_eq!(
            told.collect::<Vec<_>>(),
            [
                "PERF-DEBT-2026-001 (no CDN) was to be resolved by Q2 2026; that is 1 day ago, as of 2026-07-01.",
                "PERF-DEBT-2026-002 (no cache until Q2 2026) is overdue; its target passed 1 day ago, as of 2026-07-01.",
            ]
        );
    }
}
