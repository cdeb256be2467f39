use crate::facts::{Change, FactKey, Market, MarketChoice, Profile, example};
use crate::finding::{Delta, Finding, Remedy, Severity};
use crate::model::{Address, Attr};
use crate::rules::registry::rule;
use crate::rules::{Context, Judgement};
use crate::topology::{Batch, BatchJob, BatchKind, Topology};
use crate::units::{few, listed};

rule! {
    /// ## What it finds
    /// Batch work on capacity at the usual price, although spare capacity would do: places for batch jobs whose queues
    /// have no spare capacity beside them, machines that work for a cluster and keep no data, tasks that the clock
    /// starts, groups and services that the clock raises from nothing and lets go again, and what is declared as batch.
    ///
    /// ## Why it matters
    /// Nobody waits for the answer of a batch job, so that it can be done again or later. Spare capacity does the same
    /// work for much less. What it asks for is a job that may be interrupted: it is taken back with a warning of two
    /// minutes.
    ///
    /// ## What to do
    /// Run it on spare capacity, with several types of machines. Have jobs tried again, and let long ones go on where
    /// they stopped. Where a job has to be done by a certain hour, put spare capacity first in its queue and the usual
    /// one behind it.
    ///
    /// ## When it stays silent
    /// Where a queue has spare capacity beside the usual one, or a group mixes both. For jobs that several machines run
    /// together, which no spare capacity takes, and for containers with Windows. For containers on machines of
    /// somebody's own: these are judged for themselves. Something that also takes work from a queue, answers requests
    /// or scales with its load is no batch work. It is milder where jobs are tried only once, and mildest where
    /// somebody chose that, and lets them run for more than an hour: those may be ones that must not be interrupted.
    /// Tasks that the clock starts are milder as well: most of them are short.
    ///
    /// ## What makes it undetermined
    /// Capacity that is known only after apply; a place on which no queue of the plan draws; a queue with places that
    /// are not in the plan; a cluster outside the plan whose strategy decides; a group that the clock raises and of
    /// which no name says what it works on.
    "on-demand-batch", Medium, "DP1", "WAF-PERF-010", since "0.1.0",
    "Batch work on capacity at the usual price, where spare capacity would do",
    thresholds: [],
    sources: [
        "AWS Batch user guide: On-Demand or Spot (jobs of half an hour that can be done again), automated job retries, multi-node parallel jobs; read 2026-11-29",
        "Amazon ECS developer guide, Fargate capacity providers: two minutes of warning, no Windows; read 2026-11-29",
        "Amazon EMR management guide, what to launch as Spot Instances: task nodes; read 2026-11-29",
        "Design principle DP1, separate workloads by load profile: batch on spot or preemptible capacity, scheduled",
    ]
}

/// A job that runs longer than this and cannot be interrupted belongs on usual capacity: AWS Batch user guide, On-Demand or
/// Spot.
const LONG_SECONDS: u64 = 3600;

fn check(context: Context<'_>) -> Judgement {
    let mut judgement = Judgement::default();
    for batch in &context.topology.batches {
        let gang = !batch.jobs.is_empty() && batch.jobs.iter().all(|job| job.gang);
        match &batch.market {
            _ if gang => judgement.passed += 1,
            Attr::Set(Market::Spare | Market::Mixed) | Attr::Unset => judgement.passed += 1,
            Attr::Unknown(why) => {
                let reason = format!("how its capacity is bought is {why}");
                judgement.findings.push(undetermined(batch, &reason));
            }
            Attr::Set(Market::Usual) => judgement.findings.push(match &batch.doubt {
                Some(gap) => undetermined(batch, &gap.reason).resting_on([&gap.evidence]),
                None => violation(context.topology, batch),
            }),
        }
    }
    judgement
}

fn undetermined(batch: &Batch, reason: &str) -> Finding {
    let Batch { noun, address, .. } = batch;
    let declare = if batch.kind == BatchKind::Scheduled {
        let fact = vec![(FactKey::LoadProfile, Profile::Batch.as_str().to_owned())];
        format!(" If it is batch work, declare it in planwise.yaml: {}.", example([(address.as_str(), fact)]))
    } else {
        String::new()
    };
    let message =
        format!("{noun} {address}: whether batch work runs at the usual price cannot be told; {reason}.{declare}");
    Finding::undetermined(&RULE.meta, address, message)
        .severity(Severity::Info)
        .about(&batch.queues)
        .resting_on(&batch.evidence)
}

fn violation(topology: &Topology, batch: &Batch) -> Finding {
    let choice = topology.ledger.market(&batch.address);
    let spare = choice.map_or("spare capacity", |choice| choice.spare);
    let (severity, message) = match batch.kind {
        BatchKind::Jobs => (severity(&batch.jobs), of_jobs(batch, spare)),
        BatchKind::Helpers => (
            Severity::Medium,
            format!(
                "{} {} is bought at the usual price. It only computes and keeps no data, so that work which is \
                 interrupted there is done again elsewhere: {spare} does it for less.",
                batch.noun, batch.address,
            ),
        ),
        BatchKind::Task => (
            Severity::Info,
            format!(
                "{} {} starts a task by the clock, at the usual price. Nobody waits for its answer, so that {spare} \
                 may do; but a task that is interrupted is not started again before its time.",
                batch.noun, batch.address,
            ),
        ),
        BatchKind::Scheduled => (
            Severity::Medium,
            format!(
                "{} {} does batch work at the usual price: the clock raises it from nothing and lets it go again, and \
                 nobody calls it. {spare} does the same work for less.",
                batch.noun, batch.address,
            ),
        ),
        BatchKind::Declared => (
            Severity::Medium,
            format!(
                "{} {} does batch work, as declared, and is bought at the usual price. {spare} does the same work for \
                 less.",
                batch.noun, batch.address,
            ),
        ),
    };
    let mut finding = Finding::violation(&RULE.meta, &batch.address, message)
        .severity(severity)
        .about(&batch.queues)
        .about(batch.jobs.iter().map(|job| &job.address))
        .resting_on(&batch.evidence)
        .resting_on(batch.jobs.iter().map(|job| &job.evidence))
        .gravity(1);
    if batch.kind == BatchKind::Jobs {
        finding = finding.measuring("queues", batch.queues.len()).measuring("jobs", batch.jobs.len());
    }
    match choice {
        Some(choice) => finding.remedy(remedy(batch, choice)),
        None => finding,
    }
}

/// Jobs that are not tried again, as far as that is known.
fn tried_once(jobs: &[BatchJob]) -> Vec<&BatchJob> {
    jobs.iter().filter(|job| !job.gang && job.attempts.known().is_some_and(|attempts| *attempts < 2)).collect()
}

fn severity(jobs: &[BatchJob]) -> Severity {
    let once = tried_once(jobs);
    let unclear = jobs.iter().any(|job| job.attempts.why_unknown().is_some());
    let is_long = |job: &&BatchJob| job.limit.known().is_none_or(|limit| *limit > LONG_SECONDS);
    if jobs.is_empty() || (unclear && once.is_empty()) {
        Severity::Low
    } else if once.is_empty() {
        Severity::Medium
    } else if once.len() == jobs.len() && once.iter().all(|job| job.chosen && is_long(job)) {
        Severity::Info
    } else {
        Severity::Low
    }
}

fn of_jobs(batch: &Batch, spare: &str) -> String {
    let once = tried_once(&batch.jobs);
    let tail = if batch.jobs.is_empty() {
        "None of its jobs is in this plan, so that whether they are tried again is not to be seen.".to_owned()
    } else if once.is_empty() {
        "Its jobs are tried again where they fail, so that an interruption costs time and no result.".to_owned()
    } else {
        let names = few(once.iter().map(|job| &job.address));
        let verb = if once.len() == 1 { "is" } else { "are" };
        format!("{names} {verb} tried only once: what is interrupted has failed, unless it is tried again.")
    };
    format!(
        "{} {} runs the jobs of {} at the usual price, and no place with {spare} stands beside it. {tail}",
        batch.noun,
        batch.address,
        listed(&batch.queues),
    )
}

fn remedy(batch: &Batch, choice: &MarketChoice) -> Remedy {
    let once: Vec<&Address> = tried_once(&batch.jobs).into_iter().map(|job| &job.address).collect();
    let first =
        if once.is_empty() { String::new() } else { format!("have {} tried twice or more before; ", few(once)) };
    let title = format!("run {} on {}", batch.address, choice.spare);
    let detail = format!(
        "{first}{}; what is taken back ends with a warning of two minutes, and the price is an average that moves",
        choice.advice,
    );
    let Some((attribute, value)) = &choice.change else {
        let why = match batch.kind {
            BatchKind::Task => "how long its tasks run is not in this plan",
            _ => "which machines it takes is decided when it starts them",
        };
        return Remedy::new(title, detail, Delta::not_priced(why));
    };
    let change = Change::Set { address: batch.address.clone(), attribute: (*attribute).into(), value: value.clone() };
    Remedy::priced(title, detail, vec![change])
}
