use super::shared::{calls, hops};
use crate::facts::{Change, Value};
use crate::finding::{Delta, Finding, Remedy, Severity};
use crate::model::{Address, Attr};
use crate::rules::prospect;
use crate::rules::registry::rule;
use crate::rules::{Context, Judgement};
use crate::topology::{Breaker, Workload};

rule! {
    /// ## What it finds
    /// Services whose rollouts nothing gives up when the new units do not come up, neither a circuit breaker nor an alarm;
    /// declared calls that go on although nobody answers; and services of a mesh whose listeners have neither outlier detection
    /// nor a connection pool, so that those who call them go on.
    ///
    /// ## Why it matters
    /// A version that cannot start is started again and again, for hours, beside the old one: it takes room on the machines,
    /// pulls its image each time, and whoever waits for the rollout is told nothing. A caller that goes on asking somebody who does
    /// not answer fills its threads and its pool with waiting, until it does not answer either. In a mesh whose routes send again
    /// what failed, a service in trouble gets several times the requests, just when it can take the fewest.
    ///
    /// ## What to do
    /// Switch the circuit breaker of the rollout on, and let it go back to the version before. Around calls, stop for a while
    /// after a few failures in a row, and answer without. In a mesh, let the proxies do that: outlier detection takes a unit out
    /// that keeps failing, a connection pool bounds what waits. Send requests again only beside one of them.
    ///
    /// ## When it stays silent
    /// Where somebody else rolls out: another controller, a second set of units that takes over. Behind a classic load
    /// balancer, where there is no such circuit breaker. Daemons. An alarm that ends a rollout is enough. A service mesh that
    /// takes units out which fail has its breaker built in, also for declared calls that go there: name the node of the mesh as whom
    /// they call. Of a mesh, only nodes are looked at that a route or a virtual service of the plan leads to. A mesh without a
    /// retry policy may have one of its own, which no plan shows: then it is told for information.
    ///
    /// ## What makes it undetermined
    /// A setting that is known only after apply; a route that sends again what failed, to a node that is not in the plan.
    "missing-circuit-breaker", Low, "DP6", "WAF-PERF-020", since "0.1.0",
    "Rollouts that nothing stops when they fail, and calls that go on unanswered",
    thresholds: [],
    sources: [
        "Amazon ECS API reference, DeploymentCircuitBreaker and DeploymentAlarms, read 2026-11-29",
        "Amazon ECS developer guide, how the deployment circuit breaker detects failures, read 2026-11-29",
        "AWS App Mesh API reference, OutlierDetection, and user guide, Envoy defaults and best practices, read 2026-11-30; connection pools: \
         AWS CloudFormation reference, VirtualNodeHttpConnectionPool, read 2026-11-30",
        "Design principle DP6, isolate I/O-intensive workloads",
    ]
}

fn check(context: Context<'_>) -> Judgement {
    let mut judgement = Judgement::default();
    hops::judge(&RULE.meta, context.topology, &mut judgement);
    for (id, workload) in context.topology.numbered_workloads() {
        if let Some(breaker) = &workload.breaker {
            match rollout(workload, breaker) {
                Some(finding) => judgement.findings.push(finding),
                None => judgement.passed += 1,
            }
        }
        for (call, evidence) in calls::of(workload) {
            match call.breaker {
                Some(false)
                    if context.topology.meshed(id).is_some()
                        && hops::holds_back(context.topology, |address| call.to.matches(address.as_str())) =>
                {
                    judgement.passed += 1;
                }
                Some(false) => {
                    let to = call.to.as_str();
                    let message = format!(
                        "{} {} goes on calling {to} when it does not answer: each call that waits for it holds a thread and \
                         a connection.",
                        workload.noun, workload.address,
                    );
                    judgement.findings.push(
                        Finding::violation(&RULE.meta, &workload.address, message)
                            .key(format!("call {to}"))
                            .about(&workload.members)
                            .resting_on([&evidence])
                            .gravity(1)
                            .remedy(Remedy::new(
                                format!("stop calling {to} for a while after a few failures in a row"),
                                "by a circuit breaker in the application, and an answer that does without",
                                Delta::Free("a change of the application"),
                            )),
                    );
                }
                Some(true) => judgement.passed += 1,
                None => {}
            }
        }
    }
    judgement
}

fn rollout(workload: &Workload, breaker: &Breaker) -> Option<Finding> {
    let (noun, address) = (workload.noun, &workload.address);
    let finding = match (&breaker.stops, &breaker.goes_back) {
        (Attr::Set(true), Attr::Set(true) | Attr::Unknown(_) | Attr::Unset) => return None,
        (Attr::Set(true), Attr::Set(false)) => {
            let message = format!(
                "{noun} {address} gives a rollout up that fails, and leaves it at that: the version before does not come back \
                 by itself where its units are gone already."
            );
            let remedy = Remedy::new(
                "let it go back to the version before",
                "the circuit breaker then rolls back to the last rollout that was completed",
                Delta::Free("a setting of the service"),
            )
            .writing(on(address, breaker));
            Finding::violation(&RULE.meta, address, message)
                .severity(Severity::Info)
                .key("rollback")
                .gravity(1)
                .remedy(remedy)
        }
        (Attr::Unknown(why), _) => {
            let message = format!("Whether anything gives up a rollout of {noun} {address} that fails is {why}.");
            Finding::undetermined(&RULE.meta, address, message)
        }
        (Attr::Set(false) | Attr::Unset, _) => {
            let message = format!(
                "{noun} {address} has nothing that gives a rollout up when its {}s do not come up: they are started again and \
                 again, for as long as nobody looks.",
                workload.unit,
            );
            let remedy = Remedy::new(
                "switch the circuit breaker of the rollout on, with a way back",
                "it counts the units that fail, gives up after a few, and brings the version before back",
                Delta::Free("a setting of the service"),
            )
            .writing(on(address, breaker));
            Finding::violation(&RULE.meta, address, message).gravity(2).remedy(remedy)
        }
    };
    Some(finding.about(&workload.members).resting_on(&breaker.evidence))
}

/// What is to be written so that rollouts are given up and gone back on.
fn on(address: &Address, breaker: &Breaker) -> Vec<Change> {
    breaker.switches.iter().map(|attribute| prospect::set(address, attribute, Value::Flag(true))).collect()
}
