use super::shared::naming::{Match, of_service, of_workload};
use crate::finding::{Delta, Finding, Remedy, Verdict};
use crate::repository::slo::{Problem, ProblemKind, Service, services};
use crate::rules::registry::rule;
use crate::rules::{Context, Judgement};
use crate::topology::Topology;
use crate::units::{counted, listed};

rule! {
    /// ## What it finds
    /// An SLO of something in this plan that does not say all that it has to: availability, P95, P99, the window of each
    /// objective, an error budget, and what happens when it is used up. Or one that says what cannot be: 9.99 % for
    /// 99.9 %, a P99 below the P95, an error budget that is not what its own objective leaves.
    ///
    /// ## Why it matters
    /// An average hides the slowest requests. An objective without a window has no error budget, and a budget without a
    /// policy changes nothing. A ratio that is taken for a percentage is an objective a hundred times too easy.
    ///
    /// ## What to do
    /// Write what is missing; each line of the finding says where. `planwise slo validate FILE` checks a file alone, and
    /// docs/slo.md shows what each shape needs.
    ///
    /// ## When it stays silent
    /// Files about services that are not in this plan. `OpenSLO`, Sloth and Pyrra have their own words: there an objective
    /// for 99 % of requests within a time says P95 and P99, the budget follows from the objective, and alerts on how fast
    /// it is used up are its policy. In the map of objectives by name, objectives share the window of the others.
    ///
    /// ## What makes it undetermined
    /// Values that a template fills in; times whose unit stands in a query; times that are faster than a network or longer
    /// than callers wait, so that another unit may be meant.
    "incomplete-slo", Medium, "DP5", "WAF-PERF-050", since "0.1.0",
    "SLOs that lack a field, or say what cannot be",
    thresholds: [],
    sources: [
        "Design principle DP5 and its template (WAF2p/framework, design-principles.adoc), bp-observability.adoc, bp-slo-definition.adoc, read 2026-11-29",
        "OpenSLO/OpenSLO README.md, slok/sloth examples, pyrra-dev/pyrra CustomResourceDefinition, read 2026-11-29",
    ]
}

fn check(context: Context<'_>) -> Judgement {
    let mut judgement = Judgement::default();
    let Some(repository) = context.repository else { return judgement };
    for slo in services(&repository.slos) {
        if !is_meant(&slo, context.topology) {
            continue;
        }
        match judge(&slo) {
            Some(finding) => judgement.findings.push(finding),
            None => judgement.passed += 1,
        }
    }
    judgement
}

/// Whether a plan has what it is about.
fn is_meant(slo: &Service<'_>, topology: &Topology) -> bool {
    topology.publics.iter().any(|service| of_service(slo, service) == Match::Named)
        || topology.workloads.iter().any(|workload| of_workload(slo, workload) == Match::Named)
}

fn judge(slo: &Service<'_>) -> Option<Finding> {
    let problems = slo.problems();
    let of = |kind| problems.iter().filter(move |problem: &&Problem| problem.kind == kind);
    let (missing, wrong) = (of(ProblemKind::Missing).count(), of(ProblemKind::Wrong).count());
    let first = of(ProblemKind::Wrong).chain(of(ProblemKind::Missing)).chain(of(ProblemKind::Unclear)).next()?;
    let fields = |kind| listed(of(kind).map(|problem| problem.field.as_str()));
    let name = &slo.name;
    let said = match (missing, wrong) {
        (0, 0) => format!("The SLO of {name} cannot be read to the end: {}.", first.what),
        (_, 0) => {
            format!("The SLO of {name} lacks what every SLO has to say: {}.", fields(ProblemKind::Missing))
        }
        (0, 1) => format!("The SLO of {name} says what cannot be: {}.", first.what),
        (0, _) => format!(
            "The SLO of {name} says what cannot be, in {}: {}.",
            counted(wrong.try_into().unwrap_or(u64::MAX), "place"),
            first.what
        ),
        _ => format!(
            "The SLO of {name} says what cannot be: {}. And it lacks {}.",
            first.what,
            fields(ProblemKind::Missing)
        ),
    };
    let verdict = if missing + wrong == 0 { Verdict::Undetermined } else { Verdict::Violation };
    let mut finding = Finding::in_file(&RULE.meta, verdict, &first.place(), said)
        .key(name.as_str())
        .measuring("missing_fields", missing)
        .measuring("wrong_values", wrong)
        .gravity(u64::try_from(missing.saturating_add(wrong)).unwrap_or(u64::MAX));
    finding.working = problems.iter().map(ToString::to_string).collect();
    if verdict == Verdict::Violation {
        let title = format!("complete the SLO of {name}");
        let detail =
            listed(problems.iter().filter(|one| one.kind != ProblemKind::Unclear).map(|one| one.way_out.as_str()));
        finding = finding.remedy(Remedy::new(title, detail, Delta::Free("a file beside the code, and no resource")));
    }
    Some(finding)
}
