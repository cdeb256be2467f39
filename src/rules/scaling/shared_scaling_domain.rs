use crate::facts::{ComputeKind, ContainerRole, Profile, SourceKind};
use crate::finding::{Delta, Finding, Remedy, Severity};
use crate::model::{Address, Evidence};
use crate::rules::registry::rule;
use crate::rules::scaling::shared::words::{declare, names, profile, through};
use crate::rules::{Context, Judgement};
use crate::topology::{Consumption, Workload, WorkloadId};
use crate::units::listed;

rule! {
    /// ## What it finds
    /// One workload that answers requests and works off a queue, a stream, a topic or a schedule as well; one task that
    /// holds an essential web container and an essential worker container; one container or machine that starts a web
    /// server and a worker side by side; one group of machines that carries services of both kinds.
    ///
    /// ## Why it matters
    /// What answers requests must scale on requests, and has milliseconds. What works off a queue should scale on
    /// the backlog, and has minutes. As one unit they scale on one signal: a backlog takes the processors that
    /// requests need, a rush of requests stops the work, and each is sized for the sum of both.
    ///
    /// ## What to do
    /// Run the same code as two workloads, each with its own range and its own scaling policy: requests on one,
    /// backlog on the other. For machines: a group of their own for the background services.
    ///
    /// ## When it stays silent
    /// A workload that only sends to a queue shares nothing: its role lets it send and not receive, or somebody else
    /// takes the messages. A schedule that keeps a function warm is no work. Containers that serve other containers
    /// (proxies, agents, log routers) are no workers. A `*` permission intends nothing.
    ///
    /// ## What makes it undetermined
    /// A policy that is known only after apply; a role that is used by another workload too; a queue in the
    /// environment of something that is called, with no role in the plan to say whether it sends or receives.
    "shared-scaling-domain", High, "DP1", "WAF-PERF-020", since "0.1.0",
    "Requests and background work that scale as one",
    thresholds: [],
    sources: [
        "Amazon EC2 Auto Scaling user guide, scaling based on Amazon SQS (as-using-sqs-queue.md), read 2026-11-23",
        "Design principle DP1, separate workloads by load profile",
    ]
}

fn check(context: Context<'_>) -> Judgement {
    let mut judgement = Judgement::default();
    for workload in &context.topology.workloads {
        let outcome = mixed_load(workload).or_else(|| mixed_task(workload));
        match outcome {
            Some(finding) => judgement.findings.push(finding),
            // What stands beside the container that is called cannot be seen: nothing is said of it.
            None if workload.hidden_containers.is_some() => {}
            None if !workload.entries.is_empty() || !workload.consumes.is_empty() => judgement.passed += 1,
            None => {}
        }
    }
    judgement.findings.extend(shared_machines(context));
    judgement
}

/// A workload that answers requests and works in the background.
fn mixed_load(workload: &Workload) -> Option<Finding> {
    let entry = workload.entries.iter().find(|entry| entry.certain);
    let (certain, possible): (Vec<_>, Vec<_>) = workload.consumes.iter().partition(|consumed| consumed.is_certain());
    match (entry, certain.as_slice(), possible.as_slice()) {
        (Some(_), [_, ..], _) => Some(violation(workload, &certain)),
        (Some(_), [], [_, ..]) => {
            let doubts = possible.iter().filter_map(|consumed| consumed.doubt.as_deref());
            let message = format!(
                "{} {} is called through {}, and may work in the background as well: {}.{}",
                workload.noun,
                workload.address,
                through(workload),
                listed(doubts),
                declare(workload, Profile::Synchronous, "it does not"),
            );
            let evidence = possible.iter().flat_map(|consumed| &consumed.evidence);
            Some(
                Finding::undetermined(&RULE.meta, &workload.address, message)
                    .about(&workload.members)
                    .resting_on(workload.entries.iter().map(|entry| &entry.evidence))
                    .resting_on(evidence),
            )
        }
        (None, [first, ..], _) => {
            let gap = workload.entry_gap.as_ref()?;
            let message = format!(
                "{} {} takes work from {}, and may be called as well: what sends it requests is {}.{}",
                workload.noun,
                workload.address,
                names(&certain),
                gap.reason,
                declare(workload, profile(first.kind), "nobody calls it"),
            );
            Some(
                Finding::undetermined(&RULE.meta, &workload.address, message)
                    .about(&workload.members)
                    .resting_on(std::iter::once(&gap.evidence))
                    .resting_on(certain.iter().flat_map(|consumed| &consumed.evidence)),
            )
        }
        _ => None,
    }
}

fn violation(workload: &Workload, consumed: &[&Consumption]) -> Finding {
    let function = workload.kind == ComputeKind::Function;
    let heavy = consumed.iter().any(|consumed| is_heavy(consumed));
    let message = format!(
        "{} {} answers requests through {} and takes work from {}: {}.",
        workload.noun,
        workload.address,
        through(workload),
        names(consumed),
        if function {
            "both draw on one concurrency, one timeout and one size"
        } else {
            "both scale as one, on one signal"
        },
    );
    let sources = consumed.iter().filter_map(|consumed| consumed.source.as_ref());
    Finding::violation(&RULE.meta, &workload.address, message)
        .severity(if heavy { Severity::High } else { Severity::Medium })
        .about(&workload.members)
        .about(workload.entries.iter().flat_map(|entry| &entry.through))
        .about(sources)
        .resting_on(workload.entries.iter().filter(|entry| entry.certain).map(|entry| &entry.evidence))
        .resting_on(consumed.iter().flat_map(|consumed| &consumed.evidence))
        .measuring("entries", workload.entries.iter().filter(|entry| entry.certain).count())
        .measuring("sources", consumed.len())
        .gravity(u64::try_from(consumed.len()).unwrap_or(u64::MAX))
        .remedy(Remedy::new(
            format!("run a second {} for {}", workload.noun, work(consumed)),
            if function {
                "the same code with its own concurrency, timeout and memory; a bound on it cannot starve the requests then"
            } else {
                "the same code with its own range and a policy on the backlog per unit; this one then scales on requests alone"
            },
            Delta::not_priced("it depends on how many units each of the two needs afterwards"),
        ))
}

/// A task in which a web container and a worker stand or fall together.
fn mixed_task(workload: &Workload) -> Option<Finding> {
    let of = |role| workload.containers.iter().find(|container| container.essential && container.role == role);
    let (web, worker) = (of(ContainerRole::Web)?, of(ContainerRole::Worker)?);
    let message = format!(
        "{} {} runs the web container \"{}\" and the worker \"{}\" in each {}: more requests start more workers, and a \
         worker that fails takes its web container with it.",
        workload.noun, workload.address, web.name, worker.name, workload.unit,
    );
    let evidence = [web, worker].map(|container| {
        Evidence::plan(&container.holder, container.attribute, format!("{} (essential)", container.name))
    });
    Some(
        Finding::violation(&RULE.meta, &workload.address, message)
            .key("containers")
            .about(&workload.members)
            .resting_on(&evidence)
            .measuring("entries", 1_usize)
            .measuring("sources", 1_usize)
            .gravity(1)
            .remedy(Remedy::new(
                format!("move \"{}\" to a task and a service of its own", worker.name),
                "each then has its own number of units and its own scaling policy",
                Delta::not_priced("it depends on how many units each of the two needs afterwards"),
            )),
    )
}

/// A group of machines that carries services of both kinds.
fn shared_machines(context: Context<'_>) -> Vec<Finding> {
    let topology = context.topology;
    let mut by_host: std::collections::BTreeMap<WorkloadId, (Vec<&Workload>, Vec<&Workload>)> =
        std::collections::BTreeMap::new();
    for workload in &topology.workloads {
        let Some(host) = workload.host else { continue };
        let (called, background) = by_host.entry(host).or_default();
        if workload.entries.iter().any(|entry| entry.certain) {
            called.push(workload);
        } else if workload.consumes.iter().any(|c| c.is_certain() && is_heavy(c)) {
            background.push(workload);
        }
    }
    let finding = |(host, (called, background)): (WorkloadId, (Vec<&Workload>, Vec<&Workload>))| {
        if called.is_empty() || background.is_empty() {
            return None;
        }
        let host = topology.workload(host);
        let addresses = |list: &[&Workload]| list.iter().map(|w| w.address.clone()).collect::<Vec<Address>>();
        let (fore, back) = (addresses(&called), addresses(&background));
        let message = format!(
            "{} {} carries both what answers requests ({}) and what works off a backlog ({}): a backlog takes machines and \
             bandwidth that requests need.",
            host.noun,
            host.address,
            listed(&fore),
            listed(&back),
        );
        let evidence = called.iter().flat_map(|w| w.entries.iter().map(|entry| &entry.evidence));
        let consumed = background.iter().flat_map(|w| w.consumes.iter().flat_map(|consumed| &consumed.evidence));
        Some(
            Finding::violation(&RULE.meta, &host.address, message)
                .severity(Severity::Medium)
                .key("machines")
                .about(&fore)
                .about(&back)
                .resting_on(evidence)
                .resting_on(consumed)
                .measuring("entries", called.len())
                .measuring("sources", background.len())
                .gravity(u64::try_from(background.len()).unwrap_or(u64::MAX))
                .remedy(Remedy::new(
                    format!("give {} machines of their own", listed(&back)),
                    "a second group with its own range, and a capacity provider of its own that they name",
                    Delta::not_priced("it depends on how many machines each of the two groups needs afterwards"),
                )),
        )
    };
    by_host.into_iter().filter_map(finding).collect()
}

/// The clock and single events are light work; a queue or a stream can be any amount of it.
const fn is_heavy(consumed: &Consumption) -> bool {
    matches!(consumed.kind, SourceKind::Queue | SourceKind::Stream)
}

/// What the work comes from, or that it is the work.
fn work(consumed: &[&Consumption]) -> String {
    if consumed.iter().all(|consumed| consumed.source.is_none()) { "that work".to_owned() } else { names(consumed) }
}
