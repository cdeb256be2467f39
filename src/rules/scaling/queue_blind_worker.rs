use super::shared::words::{declare, metrics, names};
use crate::facts::{ComputeKind, Profile, Signal, SourceKind};
use crate::finding::{Delta, Finding, Remedy, Severity};
use crate::model::{Attr, Evidence, Why};
use crate::rules::prospect;
use crate::rules::registry::rule;
use crate::rules::{Context, Judgement};
use crate::topology::{Consumption, Workload};
use crate::units::{counted, few};

rule! {
    /// ## What it finds
    /// A worker that takes messages from a queue, on machines or as tasks, and that scales on CPU or the like, or not
    /// at all; or that tracks the number of all messages, however many units there are.
    ///
    /// ## Why it matters
    /// What a worker has to do waits in the queue, not in its processors. A worker that waits for others' answers has
    /// little CPU load before ten thousand messages, so that it stays small or even shrinks while they grow old. One
    /// that does not scale works off a rush as slowly as the usual load. The number of all messages is the right
    /// thing to look at but a poor thing to track: twice the units do not halve it at once, so that the policy
    /// overshoots and swings. It is fine for steps.
    ///
    /// ## What to do
    /// Track the backlog per unit: the messages that wait, divided by the number of units, by metric math in the
    /// policy. Its target is the time a message may wait, divided by the time that one takes: 10 s / 0.1 s = 100
    /// messages per unit.
    ///
    /// ## When it stays silent
    /// Functions are called by the queue's own trigger, and scale with it. Pods scale inside their cluster; batch
    /// jobs and tasks that run to their end are no workers. A platform's worker environment scales by its own rules.
    /// Something that also answers requests is told by `shared-scaling-domain`. A worker with a schedule has been
    /// thought of, and one that is set to no unit at all is parked. Streams are not judged: their shards say how many
    /// can read.
    ///
    /// ## What makes it undetermined
    /// A metric of one's own, which may be a backlog or not; a policy that cannot be read, or whose alarm is not in
    /// the plan; a scaling target or a policy of which nobody can tell what it scales; a plan that holds only a part
    /// of the configuration; a worker of which it is not certain that it takes from the queue.
    "queue-blind-worker", Medium, "DP1", "WAF-PERF-020", since "0.1.0",
    "A queue's worker that does not scale with what waits in it",
    thresholds: [],
    sources: [
        "Amazon EC2 Auto Scaling user guide, scaling based on Amazon SQS (as-using-sqs-queue.md), read 2026-11-23",
        "Design principle DP1, separate workloads by load profile",
    ]
}

/// How a worker scales.
enum Scales {
    /// With what waits, or as somebody thought right.
    Well,
    /// Not at all.
    Fixed,
    /// On something else.
    Blind,
    /// On the number of all messages.
    Raw,
    /// It cannot be told.
    Unclear(String, Evidence),
}

fn check(context: Context<'_>) -> Judgement {
    let mut judgement = Judgement::default();
    for workload in &context.topology.workloads {
        if !is_worker(workload) {
            continue;
        }
        let (certain, possible): (Vec<&Consumption>, Vec<&Consumption>) = (workload.consumes.iter())
            .filter(|consumed| consumed.kind == SourceKind::Queue)
            .partition(|consumed| consumed.is_certain());
        if certain.is_empty() && possible.is_empty() {
            continue;
        }
        let scales = scales(workload, context.topology.partial);
        let queues = if certain.is_empty() { &possible } else { &certain };
        let finding = match (scales, certain.is_empty()) {
            (Scales::Well, _) => {
                judgement.passed += 1;
                continue;
            }
            (_, true) => {
                let doubt = possible.iter().find_map(|consumed| consumed.doubt.as_deref()).unwrap_or_default();
                let message = format!(
                    "{} {} does not scale with what waits in {}, and may be the one that works it off: {doubt}.{}",
                    workload.noun,
                    workload.address,
                    names(queues),
                    declare(workload, Profile::Asynchronous, "it is"),
                );
                Finding::undetermined(&RULE.meta, &workload.address, message)
            }
            (Scales::Unclear(reason, evidence), false) => {
                let message = format!(
                    "{} {} takes work from {}; whether it scales with what waits there cannot be told: {reason}.",
                    workload.noun,
                    workload.address,
                    names(queues),
                );
                Finding::undetermined(&RULE.meta, &workload.address, message).resting_on([&evidence])
            }
            (scales, false) => violation(workload, queues, &scales),
        };
        let policies = &workload.scaling.policies;
        judgement.findings.push(
            finding
                .about(&workload.members)
                .about(queues.iter().filter_map(|consumed| consumed.source.as_ref()))
                .about(policies.iter().map(|policy| &policy.address))
                .resting_on(queues.iter().flat_map(|consumed| &consumed.evidence))
                .resting_on(policies.iter().flat_map(|policy| policy.watches.iter().map(|(_, evidence)| evidence)))
                .resting_on([&workload.range.minimum.evidence, &workload.range.maximum.evidence]),
        );
    }
    judgement
}

fn is_worker(workload: &Workload) -> bool {
    let counted =
        matches!(workload.kind, ComputeKind::Machine | ComputeKind::MachineGroup | ComputeKind::ContainerService);
    let called = workload.entries.iter().any(|entry| entry.certain);
    let with_machines = workload.range.desired.value == Attr::Unknown(Why::Elsewhere);
    counted && !called && !with_machines && !workload.carries_others && workload.scaling.itself.is_none()
}

fn scales(workload: &Workload, partial: bool) -> Scales {
    let (scaling, range) = (&workload.scaling, &workload.range);
    if scaling.policies.is_empty() {
        if !scaling.schedules.is_empty() || range.desired.known() == Some(0) || range.desired.value.is_unset() {
            return Scales::Well;
        }
        if let Some(gap) = &scaling.gap {
            return Scales::Unclear(gap.reason.clone(), gap.evidence.clone());
        }
        if partial {
            let evidence = Evidence::plan(&workload.address, "scaling policy", "none in this part of the plan");
            let reason = "the plan holds only a part of the configuration, and what scales it may be in the other";
            return Scales::Unclear(reason.to_owned(), evidence);
        }
        return Scales::Fixed;
    }
    if range.minimum.known().is_some() && range.minimum.known() == range.maximum.known() {
        return Scales::Fixed;
    }
    let watches = || scaling.policies.iter().flat_map(|policy| &policy.watches);
    if watches().any(|(watch, _)| watch.signal == Signal::Backlog && !watch.raw) {
        return Scales::Well;
    }
    if let Some((watch, evidence)) =
        watches().find(|(watch, _)| matches!(watch.signal, Signal::Hidden | Signal::Custom))
    {
        let reason = if watch.signal == Signal::Custom {
            format!("{} looks at {}, which may be a backlog or not", evidence.address, watch.metric)
        } else {
            format!("what {} looks at ({}) cannot be seen", evidence.address, watch.attribute)
        };
        return Scales::Unclear(reason, evidence.clone());
    }
    let gap = scaling.policies.iter().find_map(|policy| policy.gap.as_ref()).or(scaling.gap.as_ref());
    if let Some(gap) = gap {
        return Scales::Unclear(gap.reason.clone(), gap.evidence.clone());
    }
    if watches().any(|(watch, _)| watch.raw) { Scales::Raw } else { Scales::Blind }
}

fn violation(workload: &Workload, queues: &[&Consumption], scales: &Scales) -> Finding {
    let (noun, address, unit) = (workload.noun, &workload.address, workload.unit);
    let from = names(queues);
    let (severity, gravity, message) = match scales {
        Scales::Raw => (
            Severity::Low,
            1,
            format!(
                "{noun} {address} takes work from {from}, and tracks {}, which counts the messages for all {unit}s \
                 together: more {unit}s do not lower it in proportion, so that the number of them swings.",
                metrics(workload),
            ),
        ),
        Scales::Blind => (
            Severity::Medium,
            2,
            format!(
                "{noun} {address} takes work from {from}, but scales on {} alone: messages that wait cost no processor \
                 time, so that it stays small however many there are.",
                metrics(workload),
            ),
        ),
        _ => {
            let units = match workload.range.desired.known() {
                Some(count) => counted(count, unit),
                None => format!("a fixed number of {unit}s"),
            };
            let reason = match workload.scaling.policies.as_slice() {
                [] => "nothing in this plan scales it".to_owned(),
                policies => format!(
                    "its minimum is its maximum, so that {} changes nothing",
                    few(policies.iter().map(|policy| &policy.address)),
                ),
            };
            let message =
                format!("{noun} {address} takes work from {from} with {units}, however many messages wait: {reason}.");
            (Severity::Medium, 3, message)
        }
    };
    let mut finding = Finding::violation(&RULE.meta, address, message)
        .severity(severity)
        .measuring("sources", queues.len())
        .gravity(gravity);
    for (name, amount) in [("minimum", &workload.range.minimum), ("maximum", &workload.range.maximum)] {
        if let Some(count) = amount.known() {
            finding = finding.measuring(name, count);
        }
    }
    finding.remedy(remedy(workload, scales))
}

fn remedy(workload: &Workload, scales: &Scales) -> Remedy {
    let price = Delta::not_priced("it depends on the backlog: fewer units when there is none, more when there is much");
    match scales {
        Scales::Raw => Remedy::new(
            format!("divide the number of messages by the number of {}s", workload.unit),
            "by metric math in the same policy, with the backlog that one unit may have as its target; or use steps",
            Delta::Free("a setting of the policy"),
        ),
        Scales::Fixed if workload.kind == ComputeKind::Machine => Remedy::new(
            "put it into a group that scales on the backlog per machine",
            "made from a template; with a minimum of 0 where the queue may hold the work for a while",
            price,
        ),
        _ => Remedy::new(
            format!("scale it on the backlog per {}", workload.unit),
            "messages that wait, divided by the number of units, as the target of a policy; the target is the time a \
             message may wait, divided by the time that one takes",
            price,
        )
        .trading(prospect::per_unit_less(workload)),
    }
}
