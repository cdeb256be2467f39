use super::shared::service::services;
use super::shared::words::{metrics, through};
use crate::facts::{EntryKind, Signal, Traffic};
use crate::finding::{Delta, Finding, Remedy};
use crate::model::{Attr, Evidence};
use crate::rules::registry::rule;
use crate::rules::{Context, Judgement};
use crate::topology::{Consumption, Workload};

rule! {
    /// ## What it finds
    /// Something behind a balancer that counts requests, which scales on its processors (or its memory) and on
    /// nothing else. It is advice: where each request costs much processor time, CPU is a fair signal.
    ///
    /// ## Why it matters
    /// Most requests spend their time waiting for a database or another service. Such requests pile up while CPU
    /// stays low, so that nothing is added, or units are even taken away. The balancer knows how many requests each
    /// unit has, before they have cost anything.
    ///
    /// ## What to do
    /// Add a second policy that tracks requests per unit; the one that asks for more units wins. A load test says how
    /// many requests one unit takes.
    ///
    /// ## When it stays silent
    /// One policy that looks at requests, network traffic, or a metric of one's own is enough. Network and classic
    /// balancers count no requests per unit. Rollouts that put a second set of units behind another target group
    /// cannot track requests per unit. What does not scale at all is told by `fixed-capacity`, what works off a queue
    /// as well by `shared-scaling-domain`.
    ///
    /// ## What makes it undetermined
    /// A policy that cannot be read, or whose alarm is not in the plan; a policy that may scale another one; a target
    /// group whose protocol is known only after apply.
    "load-blind-api", Info, "DP1", "WAF-PERF-020", since "0.1.0",
    "Requests whose number nobody looks at when scaling",
    thresholds: [],
    sources: [
        "Amazon EC2 Auto Scaling API reference, PredefinedMetricSpecification (ALBRequestCountPerTarget), read 2026-11-23",
        "Amazon EC2 Auto Scaling user guide, dynamic scaling (as-scale-based-on-demand.md), read 2026-11-25",
        "Amazon ECS developer guide, target tracking (no ALBRequestCountPerTarget with blue/green), read 2026-11-25",
        "Design principle DP1, separate workloads by load profile",
    ]
}

fn check(context: Context<'_>) -> Judgement {
    let mut judgement = Judgement::default();
    for service in services(context.topology) {
        for workload in service.workloads {
            let mixed = workload.consumes.iter().any(Consumption::is_certain);
            if workload.scaling.policies.is_empty() || workload.range.is_doubled() || mixed {
                continue;
            }
            match judge(workload) {
                Some(finding) => judgement.findings.push(finding),
                None => judgement.passed += 1,
            }
        }
    }
    judgement
}

fn judge(workload: &Workload) -> Option<Finding> {
    let behind = |traffic: &dyn Fn(&Attr<Traffic>) -> bool| {
        let mut entries = workload.entries.iter().filter(|entry| entry.certain && entry.kind == EntryKind::Balancer);
        entries.find(|entry| traffic(&entry.traffic))
    };
    let counting = behind(&|traffic| *traffic == Attr::Set(Traffic::Requests));
    let perhaps = behind(&|traffic| matches!(traffic, Attr::Unknown(_)));
    let entry = counting.or(perhaps)?;
    let policies = &workload.scaling.policies;
    let watches = || policies.iter().flat_map(|policy| &policy.watches);
    // Anything else that is looked at may follow the requests.
    if watches().any(|(watch, _)| !matches!(watch.signal, Signal::Cpu | Signal::Memory | Signal::Hidden)) {
        return None;
    }
    let hidden = watches().find(|(watch, _)| watch.signal == Signal::Hidden).map(|(watch, evidence)| {
        (format!("what {} looks at ({}) cannot be seen", evidence.address, watch.attribute), evidence.clone())
    });
    let missing = policies.iter().find_map(|policy| policy.gap.as_ref()).or(workload.scaling.gap.as_ref());
    let missing = missing.map(|gap| (gap.reason.clone(), gap.evidence.clone()));
    let unsure = counting.is_none().then(|| {
        let reason = match entry.through.first() {
            Some(place) => {
                format!("whether {place} is sent requests, which are counted, or connections is not to be seen")
            }
            None => format!("which target group it stands behind is not to be seen ({})", entry.evidence.attribute),
        };
        (reason, entry.evidence.clone())
    });
    let finding = match hidden.or(missing).or(unsure) {
        Some((reason, evidence)) => undetermined(workload, &reason, &evidence),
        None => violation(workload),
    };
    Some(
        finding
            .about(&workload.members)
            .about(policies.iter().map(|policy| &policy.address))
            .about(&entry.through)
            .resting_on([&workload.range.desired.evidence, &workload.range.maximum.evidence])
            .resting_on([&entry.evidence])
            .resting_on(watches().map(|(_, evidence)| evidence)),
    )
}

fn undetermined(workload: &Workload, reason: &str, evidence: &Evidence) -> Finding {
    let message = format!(
        "{} {} answers requests through {}, and may scale without looking at their number: {reason}.",
        workload.noun,
        workload.address,
        through(workload),
    );
    Finding::undetermined(&RULE.meta, &workload.address, message).resting_on([evidence])
}

fn violation(workload: &Workload) -> Finding {
    let message = format!(
        "{} {} answers requests through {}, but scales on {} alone: requests that wait for a database or another service \
         cost no processor time, and pile up unseen.",
        workload.noun,
        workload.address,
        through(workload),
        metrics(workload),
    );
    Finding::violation(&RULE.meta, &workload.address, message)
        .measuring("policies", workload.scaling.policies.len())
        .gravity(1)
        .remedy(Remedy::new(
            "add a policy that tracks the balancer's requests per unit",
            "beside the one that is there: the policy that asks for more units wins",
            Delta::not_priced("it depends on the load: the same units, added earlier"),
        ))
}
