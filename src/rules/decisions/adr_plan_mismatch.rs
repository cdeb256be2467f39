use super::shared::naming::{Called, Named, evidence, line, named};
use crate::facts::Signal;
use crate::finding::{Delta, Finding, Remedy, Verdict};
use crate::model::Attr;
use crate::repository::adr::{Bound, Decision, Performance, Scales, Standing};
use crate::rules::registry::rule;
use crate::rules::{Context, Judgement};
use crate::topology::{Amount, Topology, Workload};
use crate::units::{Grouped, counted, listed};

rule! {
    /// ## What it finds
    /// A workload whose bounds, or whose scaling signal, are not those of the decision that names it: the decision says 2 to 20
    /// instances on requests, and the plan 1 to 4 on CPU.
    ///
    /// ## Why it matters
    /// One of both is wrong. If it is the plan, the system does not carry the load that it was decided for; if it is the
    /// decision, the next one is made on numbers that do not exist.
    ///
    /// ## What to do
    /// Set what was decided, or record the new decision and let it supersede the old one.
    ///
    /// ## When it stays silent
    /// Decisions that are proposed, superseded, deprecated or rejected. Of several that name a workload the latest counts. A decision
    /// without numbers claims nothing, and so does one that names nothing of the plan. A workload of which this plan does not tell the
    /// bound is not compared with it.
    ///
    /// ## What makes it undetermined
    /// A decision that names the workload by a word that may mean something else, or names several workloads and gives one range;
    /// one without a status; a bound or a signal that is known only after apply, or a metric of one's own. Name the address in
    /// the decision, in backticks, to have it compared.
    "adr-plan-mismatch", Medium, "DP8", "WAF-PERF-100", since "0.1.0",
    "A workload that does not scale as was decided",
    thresholds: [],
    sources: ["Design principle DP8, document performance decisions in ADRs: scaling strategy with its bounds"]
}

/// A difference, and whether it is certain.
struct Difference {
    key: &'static str,
    said: String,
    built: Result<String, String>,
    line: usize,
    evidence: Vec<crate::model::Evidence>,
    measure: Option<(&'static str, u64, &'static str, u64)>,
}

fn check(context: Context<'_>) -> Judgement {
    let mut judgement = Judgement::default();
    let Some(repository) = context.repository else { return judgement };
    let topology = context.topology;
    let all: Vec<Called<'_>> = topology.workloads.iter().map(called).collect();
    let mut holding: Vec<&Decision> = repository
        .decisions
        .iter()
        .filter(|decision| {
            matches!(decision.standing, Standing::Accepted | Standing::Unsaid) && claims(decision).is_some()
        })
        .collect();
    // The latest first.
    holding.sort_by_key(|decision| std::cmp::Reverse((decision.date, decision.number, decision.place.clone())));
    for (workload, own) in topology.workloads.iter().zip(&all) {
        let found = holding
            .iter()
            .map(|decision| (*decision, named(decision, own, &all)))
            .filter(|(_, how)| *how != Named::Not);
        let found: Vec<(&Decision, Named)> = found.collect();
        // One that surely means it counts more than a later one that may.
        let surely = found.iter().find(|(_, how)| *how == Named::Surely);
        let Some((decision, how)) = surely.or_else(|| found.first()) else { continue };
        let Some(performance) = claims(decision) else { continue };
        let others = all.iter().filter(|other| named(decision, other, &all) == Named::Surely).count();
        let doubt = if *how == Named::Perhaps {
            Some(format!("whether it is this one that \"{}\" means cannot be told", decision.title))
        } else if others > 1 {
            Some(format!(
                "\"{}\" names {}, and gives one range",
                decision.title,
                counted(u64::try_from(others).unwrap_or(2), "workload")
            ))
        } else {
            (decision.standing == Standing::Unsaid)
                .then(|| format!("whether \"{}\" holds cannot be told: it has no status", decision.title))
        };
        let differences = differences(topology, workload, performance);
        judgement.passed += usize::from(differences.is_empty());
        judgement
            .findings
            .extend(differences.into_iter().map(|one| finding(workload, decision, &one, doubt.as_deref())));
    }
    judgement
}

fn called(workload: &Workload) -> Called<'_> {
    Called { members: &workload.members, names: &workload.names }
}

/// What a decision says that can be compared.
fn claims(decision: &Decision) -> Option<&Performance> {
    decision
        .performance
        .as_ref()
        .filter(|said| said.minimum.is_some() || said.maximum.is_some() || !said.signals.is_empty())
}

fn differences(topology: &Topology, workload: &Workload, said: &Performance) -> Vec<Difference> {
    let mut found = Vec::new();
    let range = &workload.range;
    found.extend(said.minimum.and_then(|bound| bounded("minimum", bound, &range.minimum, workload.unit)));
    found.extend(said.maximum.and_then(|bound| bounded("maximum", bound, &range.maximum, workload.unit)));
    found.extend(signal(topology, workload, said));
    found
}

fn bounded(key: &'static str, bound: Bound, amount: &Amount, unit: &str) -> Option<Difference> {
    let (built, measure) = match &amount.value {
        Attr::Set(value) if *value == bound.value => return None,
        Attr::Set(value) => {
            (Ok(format!("the plan has {}", Grouped(*value))), Some(("decided", bound.value, "built", *value)))
        }
        // Nothing bounds it there: what the decision means is something else.
        Attr::Unset => return None,
        Attr::Unknown(why) => {
            (Err(format!("{} of {} is {why}", amount.evidence.attribute, amount.evidence.address)), None)
        }
    };
    let said = format!("a {key} of {}", counted(bound.value, unit));
    Some(Difference { key, said, built, line: bound.line, evidence: vec![amount.evidence.clone()], measure })
}

const fn means(said: Scales) -> Option<Signal> {
    match said {
        Scales::Requests => Some(Signal::Requests),
        Scales::Cpu => Some(Signal::Cpu),
        Scales::Memory => Some(Signal::Memory),
        Scales::Backlog => Some(Signal::Backlog),
        Scales::Schedule => None,
    }
}

/// Compares what it scales on: one of what was decided is enough.
fn signal(topology: &Topology, workload: &Workload, said: &Performance) -> Option<Difference> {
    let (_, _, line) = said.signals.first()?;
    let scaling = &workload.scaling;
    let watched = || scaling.policies.iter().flat_map(|policy| &policy.watches);
    let meets = |scales: &Scales| match means(*scales) {
        Some(signal) => watched().any(|(watch, _)| watch.signal == signal),
        None => !scaling.schedules.is_empty(),
    };
    if said.signals.iter().any(|(scales, ..)| meets(scales)) || scaling.itself.is_some() {
        return None;
    }
    let hidden = watched().find(|(watch, _)| matches!(watch.signal, Signal::Custom | Signal::Hidden | Signal::Other));
    let gap = scaling.policies.iter().find_map(|policy| policy.gap.as_ref()).or(scaling.gap.as_ref());
    let evidence = watched().map(|(_, evidence)| evidence.clone()).collect();
    let built = if let Some((watch, _)) = hidden {
        Err(format!(
            "what {} stands for is not known",
            if watch.metric.is_empty() { "its metric" } else { &watch.metric }
        ))
    } else if let Some(gap) = gap {
        Err(gap.reason.clone())
    } else if scaling.policies.is_empty() && topology.partial {
        Err("the plan holds only a part of the configuration, and what scales it may be in the other".to_owned())
    } else if scaling.policies.is_empty() {
        Ok("nothing in the plan scales it".to_owned())
    } else {
        let mut names: Vec<String> =
            watched().map(|(watch, _)| format!("{} ({})", watch.signal.as_str(), watch.metric)).collect();
        names.sort();
        names.dedup();
        Ok(format!("the plan scales it on {}", listed(names)))
    };
    let names = said.signals.iter().map(|(scales, word, _)| format!("{} ({word})", scales.as_str()));
    let said = format!("scaling on {}", listed(names));
    Some(Difference { key: "signal", said, built, line: *line, evidence, measure: None })
}

fn finding(workload: &Workload, decision: &Decision, one: &Difference, doubt: Option<&str>) -> Finding {
    let place = line(decision, one.line);
    let (noun, address) = (workload.noun, &workload.address);
    let (verdict, message) = match (&one.built, doubt) {
        (Ok(built), None) => (
            Verdict::Violation,
            format!("\"{}\" ({place}) decides {} for {noun} {address}, and {built}.", decision.title, one.said),
        ),
        (Ok(built), Some(doubt)) => (
            Verdict::Undetermined,
            format!(
                "\"{}\" ({place}) decides {}, and for {noun} {address} {built}; {doubt}.",
                decision.title, one.said
            ),
        ),
        (Err(why), _) => (
            Verdict::Undetermined,
            format!(
                "\"{}\" ({place}) decides {} for {noun} {address}; whether that is built cannot be told: {why}.",
                decision.title, one.said
            ),
        ),
    };
    let mut finding = Finding::new(&RULE.meta, verdict, address, message)
        .at(&place)
        .key(one.key)
        .about(&workload.members)
        .resting_on(&one.evidence)
        .resting_on([&evidence(&place, "decision", one.said.clone())])
        .gravity(1);
    if let Some((decided, much, built, many)) = one.measure {
        finding = finding.measuring(decided, much).measuring(built, many);
    }
    if verdict == Verdict::Violation {
        let why = "which of both is right, only those know who decided";
        finding = finding.remedy(Remedy::new(
            "set what was decided, or record what is decided now",
            "and let the new record supersede the old one",
            Delta::not_priced(why),
        ));
    }
    finding
}
