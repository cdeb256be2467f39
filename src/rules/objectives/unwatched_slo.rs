use super::shared::naming::{Match, of_service};
use crate::facts::Quality;
use crate::finding::{Delta, Finding, Remedy, Severity};
use crate::model::Attr;
use crate::repository::slo::{Given, Kind, Service, services};
use crate::rules::registry::rule;
use crate::rules::{Context, Judgement};
use crate::topology::{AlarmUse, PublicService, Topology};
use crate::units::listed;

rule! {
    /// ## What it finds
    /// A public service with an SLO whose latency or errors nothing watches: no alarm of this plan looks at that of its
    /// balancer, API, target group or function, and its SLO file names no alerting.
    ///
    /// ## Why it matters
    /// An objective that nobody looks at is found broken by those who call. An error budget cannot be spent with care
    /// when nobody knows how much is left of it.
    ///
    /// ## What to do
    /// Add an alarm on a percentile of the latency, and one on the share of errors. Better: alerts on how fast the budget
    /// is used up, 14.4 times over an hour and 6 times over six hours. If something else alerts on it, say so in the SLO
    /// file with `alerting` or `alert_policy`.
    ///
    /// ## When it stays silent
    /// Services without an SLO (that is `missing-slo`) and without a repository. Burn rates in `alert_policy`, alert
    /// policies of `OpenSLO`, and the alerts that Sloth and Pyrra make, count as watching. Where the plan has no alarm
    /// for the service at all, the finding is mild: alarms may stand elsewhere.
    ///
    /// ## What makes it undetermined
    /// Alarms on latency or errors of which the plan does not show what they watch; alarms whose actions are off in a way
    /// that cannot be seen; a plan that is only a part of its configuration; a service that may not be public.
    "unwatched-slo", Medium, "DP5", "WAF-PERF-050", since "0.1.0",
    "SLOs whose latency or errors no alarm watches",
    thresholds: [],
    sources: [
        "Design principle DP5 (WAF2p/framework, design-principles.adoc); burn rates of bp-slo-definition.adoc, read 2026-11-29",
        "Amazon CloudWatch metrics of Application Load Balancers, API Gateway and Lambda, read 2026-11-29",
    ]
}

fn check(context: Context<'_>) -> Judgement {
    let mut judgement = Judgement::default();
    let (Some(repository), topology) = (context.repository, context.topology) else { return judgement };
    let slos = services(&repository.slos);
    for service in &topology.publics {
        let Some(slo) = slos.iter().find(|slo| of_service(slo, service) == Match::Named) else { continue };
        match judge(slo, service, topology) {
            Some(finding) => judgement.findings.push(finding),
            None => judgement.passed += 1,
        }
    }
    judgement
}

/// What its objectives are about.
fn aimed_at(slo: &Service<'_>) -> Vec<Quality> {
    let has = |wanted: &dyn Fn(&Kind) -> bool| slo.objectives().any(|(_, objective)| wanted(&objective.kind));
    let mut all = Vec::new();
    if has(&|kind| matches!(kind, Kind::Latency(_))) {
        all.push(Quality::Latency);
    }
    if has(&|kind| matches!(kind, Kind::Availability | Kind::ErrorRate)) {
        all.push(Quality::Errors);
    }
    all
}

fn judge(slo: &Service<'_>, service: &PublicService, topology: &Topology) -> Option<Finding> {
    let told = slo.alerting();
    let aims = aimed_at(slo);
    if matches!(told, Given::Set(_)) || aims.is_empty() {
        return None;
    }
    let acts =
        |alarm: &&AlarmUse| alarm.certain && alarm.acts != Attr::Set(false) && !matches!(alarm.acts, Attr::Unknown(_));
    let watched = |quality: &Quality| service.alarms.iter().filter(acts).any(|alarm| alarm.tells.contains(quality));
    let open: Vec<Quality> = aims.into_iter().filter(|quality| !watched(quality)).collect();
    if open.is_empty() {
        return None;
    }
    let what = listed(open.iter().map(|quality| quality.as_str()));
    let subject = format!("{} {}", service.noun, service.address);
    let file = slo.slos.first()?.file.as_str();
    let perhaps =
        |alarm: &&AlarmUse| alarm.acts != Attr::Set(false) && alarm.tells.iter().any(|quality| open.contains(quality));
    let loose = service.alarms.iter().chain(&topology.loose_alarms).find(perhaps);
    let doubt = match (&service.doubt, loose, told) {
        (Some(doubt), ..) => Some(doubt.clone()),
        (_, _, Given::Unclear(reason)) => Some(reason),
        (_, Some(alarm), _) => {
            Some(format!("{} may watch it, and what it watches cannot be told for certain", alarm.address))
        }
        _ if topology.partial => Some("the plan holds only a part of the configuration".to_owned()),
        _ => None,
    };
    let finding = if let Some(reason) = doubt {
        let message = format!(
            "{subject} has an SLO in {file}, and it cannot be told whether anything watches its {what}: {reason}."
        );
        Finding::undetermined(&RULE.meta, &service.address, message)
    } else {
        let none = service.alarms.is_empty();
        let message = if none {
            format!(
                "{subject} has an SLO in {file}, and this plan has no alarm for it: its {what} would be found broken by those who call."
            )
        } else {
            format!(
                "{subject} has an SLO in {file}, and no alarm that does anything looks at its {what}. It is watched by {}.",
                listed(service.alarms.iter().map(|alarm| &alarm.address))
            )
        };
        let severity = if none { Severity::Low } else { Severity::Medium };
        Finding::violation(&RULE.meta, &service.address, message).severity(severity).gravity(1).remedy(Remedy::new(
            format!("add an alarm on its {what}"),
            format!(
                "of {}; or name in {file}, with `alerting`, what alerts on it elsewhere",
                service.entrances.last().unwrap_or(&service.address)
            ),
            Delta::not_priced("alarms are billed by the metric"),
        ))
    };
    let evidence = service.alarms.iter().map(|alarm| &alarm.evidence).chain(loose.map(|alarm| &alarm.evidence));
    Some(finding.about(&service.entrances).resting_on(evidence))
}
