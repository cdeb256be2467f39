use super::shared::naming::{evidence, line};
use crate::finding::{Delta, Finding, Remedy, Verdict};
use crate::repository::adr::{Decision, Part, Performance, Standing};
use crate::rules::registry::rule;
use crate::rules::{Context, Judgement};
use crate::units::listed;

rule! {
    /// ## What it finds
    /// A decision on record about scaling, a database, a cache or the network that does not say what it does to performance:
    /// the section `Performance Impact` is missing, or one of its four parts is missing or empty.
    ///
    /// ## Why it matters
    /// Who has to change the system a year later finds what was chosen, and not for which load. So nobody knows whether the
    /// reasons still hold, and what was put off is forgotten until it hurts.
    ///
    /// ## What to do
    /// Write the section: the load that it is for, how it scales with its bounds, what it makes worse, and what it lives with.
    /// `planwise adr section PLAN` begins it with what the plan knows.
    ///
    /// ## When it stays silent
    /// Decisions that are superseded, deprecated or rejected; those about something else: the title and the section with the
    /// decision count, and not what is said for context, or options that were turned down. Indexes and templates are no
    /// decisions. Headings in code and in comments are none.
    ///
    /// ## What makes it undetermined
    /// A decision without a status, or with one that says neither: it may not hold any more.
    "undocumented-performance-impact", Low, "DP8", "WAF-PERF-100", since "0.1.0",
    "A decision that bears on performance and does not say how",
    thresholds: [],
    sources: [
        "Design principle DP8, document performance decisions in ADRs",
        "adr-tools (npryce/adr-tools@b3279ba) and MADR 4 (adr/madr@11807d8), read 2026-11-23",
    ]
}

fn check(context: Context<'_>) -> Judgement {
    let mut judgement = Judgement::default();
    let Some(repository) = context.repository else { return judgement };
    for decision in &repository.decisions {
        if matches!(decision.standing, Standing::Gone(_)) || decision.topics.is_empty() {
            continue;
        }
        match missing(decision.performance.as_ref()) {
            Some(what) => judgement.findings.push(finding(decision, &what)),
            None => judgement.passed += 1,
        }
    }
    judgement
}

/// What is missing, in words.
fn missing(performance: Option<&Performance>) -> Option<String> {
    let Some(performance) = performance else { return Some("it has no section `Performance Impact`".to_owned()) };
    let parts: [(&str, &Option<Part>); 4] = [
        ("Expected Throughput", &performance.throughput),
        ("Scaling Strategy", &performance.strategy),
        ("Performance Debt Created", &performance.created),
        ("Performance Debt Accepted", &performance.accepted),
    ];
    let lacking: Vec<String> =
        parts.iter().filter(|(_, part)| part.is_none()).map(|(name, _)| format!("`{name}`")).collect();
    let empty = parts
        .iter()
        .filter(|(_, part)| part.as_ref().is_some_and(|part| !part.filled))
        .map(|(name, _)| format!("`{name}`"));
    let empty: Vec<String> = empty.collect();
    let mut said = Vec::new();
    if !lacking.is_empty() {
        said.push(format!("its section `Performance Impact` lacks {}", listed(lacking)));
    }
    if !empty.is_empty() {
        said.push(format!("it says nothing below {}", listed(empty)));
    }
    (!said.is_empty()).then(|| said.join(", and "))
}

fn finding(decision: &Decision, what: &str) -> Finding {
    let topics: Vec<String> =
        decision.topics.iter().map(|(topic, word)| format!("{} (\"{word}\")", topic.as_str())).collect();
    let head = format!("The decision \"{}\" is about {}", decision.title, listed(topics));
    let unsaid = decision.standing == Standing::Unsaid;
    let (verdict, message) = if unsaid {
        (
            Verdict::Undetermined,
            format!("{head}, and {what}; whether it holds cannot be told: it has no status that says so."),
        )
    } else {
        (Verdict::Violation, format!("{head}, and {what}."))
    };
    let place = line(
        decision,
        decision.performance.as_ref().map_or_else(|| decision.place.line.unwrap_or(1), |section| section.line),
    );
    Finding::in_file(&RULE.meta, verdict, &place, message).resting_on([&evidence(&decision.place, "title", decision.title.clone())]).gravity(1).remedy(Remedy::new(
        "write what it does to performance",
        "below `## Performance Impact`: throughput, scaling strategy, debt created, debt accepted; `planwise adr section PLAN` begins it",
        Delta::Free("it is a text"),
    ))
}
