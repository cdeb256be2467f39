use super::monolithic_instance::{self, LARGE};
use super::shared::service::{Doubt, Floor, Service, is_large, services};
use super::shared::words::{number, through};
use crate::facts::{Change, ComputeKind};
use crate::finding::{Finding, Focus, Remedy, Severity};
use crate::model::Evidence;
use crate::rules::prospect;
use crate::rules::registry::rule;
use crate::rules::{Context, Judgement};
use crate::topology::{Amount, Workload};
use crate::units::{counted, listed};

rule! {
    /// ## What it finds
    /// Something that answers requests and has fewer than two units at its smallest: one task, one machine, or none.
    ///
    /// ## Why it matters
    /// While the only unit fails, is replaced or loses its zone, nobody answers; and a rush of requests finds one
    /// unit, before scaling has had time to notice. With two, one carries on. The finding is `low` where something
    /// scales it beyond one unit, and `medium` where it stays at one, or may shrink to none.
    ///
    /// ## What to do
    /// Let it have two units at least, in two zones. A machine without a group has to be put into one first.
    ///
    /// ## When it stays silent
    /// Units behind the same target group are counted together. What is set to no unit at all, and scaled by nothing,
    /// is parked. Functions, and platforms that scale with the requests on machines of their own, need no second
    /// unit. A service with one task on each machine has as many as there are machines. Groups that carry the
    /// containers of others are no service, nor are appliances that packets pass through. What others can find by its
    /// name only is not taken to be called. A lone large machine is told by `monolithic-instance` instead.
    ///
    /// ## What makes it undetermined
    /// A number of units that is known only after apply; a scaling target or a policy of which nobody can tell what
    /// it scales; a service in a plan that holds only a part of the configuration; a balancer or a target group that
    /// is known only after apply or may be another one's; a target group that this plan does not manage, behind which
    /// others may answer as well.
    "single-instance-api", Medium, "DP1", "WAF-PERF-020", since "0.1.0",
    "Requests that fewer than two units answer",
    thresholds: [],
    sources: [
        "WAF++ control WAF-PERF-020, auto-scaling configured and tested, read 2026-11-23",
        "Design principle DP1, separate workloads by load profile",
    ]
}

fn check(context: Context<'_>) -> Judgement {
    let large = context.policy.threshold(&monolithic_instance::RULE.meta, LARGE);
    let mut judgement = Judgement::default();
    for service in services(context.topology) {
        let Some(first) = service.first() else { continue };
        if service.machine().is_some_and(|machine| is_large(machine, large)) {
            continue;
        }
        match service.floor() {
            Floor::AsMachines => {}
            Floor::Of(0, _) if service.workloads.iter().all(|workload| !workload.scaling.moves()) => {}
            Floor::Of(least, amount) if least < 2 => judgement.findings.push(match &service.doubt {
                None => violation(&service, first, least, amount),
                Some(Doubt { reason, evidence, .. }) => {
                    let count = match (first.kind, least) {
                        (ComputeKind::Machine, 1) => format!("is a single {}", first.unit),
                        _ => format!("has {} at its smallest", counted(least, first.unit)),
                    };
                    let message = format!(
                        "{} {} {count}; whether that is all that answers cannot be told: {reason}.",
                        first.noun, first.address,
                    );
                    Finding::undetermined(&RULE.meta, &first.address, message)
                        .about(service.members())
                        .resting_on([evidence, &amount.evidence])
                        .measuring("minimum", least)
                }
            }),
            Floor::Of(..) => judgement.passed += 1,
            Floor::Unclear(reason, evidence) => {
                let message = format!(
                    "{} {} answers requests through {}, and may have fewer than two {}s to do so: {reason}.",
                    first.noun,
                    first.address,
                    through(first),
                    first.unit,
                );
                judgement.findings.push(
                    Finding::undetermined(&RULE.meta, &first.address, message)
                        .about(service.members())
                        .resting_on(service.evidence())
                        .resting_on([&evidence]),
                );
            }
        }
    }
    judgement
}

fn violation(service: &Service<'_>, first: &Workload, least: u64, amount: &Amount) -> Finding {
    let most = first.range.maximum.known();
    let stays = !first.scaling.moves() || most.is_some_and(|most| most < 2);
    let (noun, address, unit) = (first.noun, &first.address, first.unit);
    let entrance = through(first);
    let message = if least == 0 {
        format!(
            "{noun} {address} may shrink to no {unit} at all (0 to {}), though requests come in through {entrance}: the \
             first of them fail until one has started.",
            number(most),
        )
    } else if stays {
        let lone = if first.kind == ComputeKind::Machine { ", without a group around it" } else { "" };
        format!(
            "{noun} {address} answers requests through {entrance} with one {unit}{lone}, and nothing adds a second: while \
             that one fails, is replaced or is full, nobody else answers.",
        )
    } else {
        format!(
            "{noun} {address} answers requests through {entrance} with one {unit} at its smallest (1 to {}): while that \
             one fails or is replaced, nobody else answers, and a rush finds one {unit}.",
            number(most),
        )
    };
    let milder = least == 1 && !stays;
    let finding = Finding::violation(&RULE.meta, address, message)
        .severity(if milder { Severity::Low } else { Severity::Medium })
        .about(service.members())
        .about(service.entrances())
        .about(&first.scaling.registered)
        .resting_on([&amount.evidence])
        .resting_on(most.is_some().then_some(&first.range.maximum.evidence))
        .resting_on(service.evidence())
        .measuring("minimum", least)
        // What scales it may hold the number.
        .focus(Focus::At(amount.evidence.clone()))
        .gravity(2 - least.min(2));
    let finding = match most {
        Some(most) => finding.measuring("maximum", most),
        None => finding,
    };
    let finding = if stays { finding.covering(&["fixed-capacity"]) } else { finding };
    finding.remedy(remedy(first, amount, stays))
}

fn remedy(workload: &Workload, amount: &Amount, stays: bool) -> Remedy {
    let changes = prospect::at_least(workload, 2);
    if workload.kind == ComputeKind::Machine {
        return Remedy::priced(
            "put it into a group of at least two machines, in two zones",
            "made from a template, and behind what this one stands behind; the group replaces a machine that fails",
            changes,
        )
        .to("minimum", 2_u64);
    }
    if !amount.is_number {
        let Evidence { attribute, address, .. } = &amount.evidence;
        return Remedy::priced(
            format!("let {address} have two {}s at least, which {attribute} does not", workload.unit),
            "one carries on while the other is replaced; a balancer then stands before them, if none does yet",
            changes,
        )
        .by_hand()
        .to("minimum", 2_u64);
    }
    // What it starts with and its bounds go together: one that stays behind lowers the other again, or is refused.
    let range = &workload.range;
    let all = [&range.desired, &range.minimum, &range.maximum];
    let low = all.into_iter().filter(|other| other.known().is_some_and(|units| units < 2));
    let (mut places, mut edits): (Vec<String>, Vec<Change>) = (Vec::new(), Vec::new());
    for evidence in std::iter::once(amount).chain(low).map(|amount| &amount.evidence) {
        let place = format!("{} of {}", evidence.attribute, evidence.address);
        if !places.contains(&place) {
            places.push(place);
            edits.push(prospect::set_number(evidence, 2));
        }
    }
    Remedy::priced(
        format!("set {} to 2", listed(&places)),
        if stays {
            "one carries on while the other is replaced; with a scaling policy it then also grows with the requests"
        } else {
            "one carries on while the other is replaced"
        },
        changes,
    )
    .writing(edits)
    .to("minimum", 2_u64)
}
