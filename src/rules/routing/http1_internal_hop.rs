use std::collections::BTreeMap;

use crate::facts::{Speech, Traffic};
use crate::finding::{Delta, Finding, Remedy, Severity};
use crate::model::{Address, Attr, Evidence};
use crate::rules::registry::rule;
use crate::rules::{Context, Judgement};
use crate::topology::{Call, Callee, Topology, WorkloadId};
use crate::units::{few, listed};

rule! {
    /// ## What it finds
    /// A group of targets behind an internal load balancer that puts the requests of one service of the plan to another
    /// with HTTP/1.1.
    ///
    /// ## Why it matters
    /// HTTP/1.1 takes one request after the other on each connection, so that many requests need many connections, each
    /// with a handshake of its own. HTTP/2, and gRPC which is made on it, take many at a time on one connection, and
    /// write headers shorter. Between services of one's own both ends can be changed.
    ///
    /// ## What to do
    /// Make another group with HTTP/2 or gRPC, and lead the listener there. The version of a group cannot be changed, and
    /// the targets have to speak it.
    ///
    /// ## When it stays silent
    /// For balancers on the internet, and for those that nobody of the plan is seen to call: what comes from elsewhere
    /// may know nothing else. For balancers that forward connections, whatever goes through them; and for groups of
    /// functions.
    ///
    /// ## What makes it undetermined
    /// A version, or whether the balancer is internal, that is known only after apply; a caller that its security group
    /// lets in, and whose environment does not say that it calls; a balancer before several services, of which nobody can
    /// tell which one is called.
    "http1-internal-hop", Info, "DP3", "WAF-PERF-070", since "0.1.0",
    "Requests between services of the plan that are put with HTTP/1.1",
    thresholds: [],
    sources: [
        "RFC 9113, HTTP/2: many requests at a time on one connection, short headers; RFC 9112, HTTP/1.1; read 2026-11-29",
        "Elastic Load Balancing API reference, CreateTargetGroup, ProtocolVersion: HTTP1 by default; read 2026-11-29",
        "Design principle DP3, latency-optimised routing: gRPC or HTTP/2 between services",
    ]
}

/// A group of targets of a balancer, and who calls it.
struct Hop<'t> {
    call: &'t Call,
    callee: &'t Callee,
    certain: Vec<&'t Call>,
    doubtful: Vec<&'t Call>,
}

fn check(context: Context<'_>) -> Judgement {
    let mut judgement = Judgement::default();
    let mut hops: BTreeMap<&Address, Hop<'_>> = BTreeMap::new();
    for call in context.topology.calls.iter().filter(|call| call.internal != Attr::Set(false)) {
        for callee in &call.callees {
            let Some(group) = callee.group.as_ref() else { continue };
            let forwards = matches!(callee.traffic, Attr::Set(Traffic::Connections | Traffic::Packets));
            if forwards || is_its_own(call.caller, callee) {
                continue;
            }
            let hop = hops.entry(group).or_insert(Hop { call, callee, certain: Vec::new(), doubtful: Vec::new() });
            let is_certain = call.doubt.is_none() && !call.is_choice();
            if is_certain { hop.certain.push(call) } else { hop.doubtful.push(call) }
        }
    }
    for (group, hop) in &hops {
        match &hop.callee.speech {
            Attr::Set(Speech::Two | Speech::Calls) | Attr::Unset => judgement.passed += 1,
            Attr::Set(Speech::One) => judgement.findings.push(spoken(context.topology, group, hop)),
            Attr::Unknown(why) => {
                let reason = format!("the version of its protocol is {why}");
                judgement.findings.push(undetermined(context.topology, group, hop, &reason));
            }
        }
    }
    judgement
}

/// Whether somebody calls a balancer before himself.
fn is_its_own(caller: WorkloadId, target: &Callee) -> bool {
    target.workloads.iter().all(|workload| *workload == caller)
}

fn names<'t>(topology: &'t Topology, calls: &[&Call]) -> Vec<&'t Address> {
    calls.iter().map(|call| &topology.workload(call.caller).address).collect()
}

fn spoken(topology: &Topology, group: &Address, hop: &Hop<'_>) -> Finding {
    if let Attr::Unknown(why) = hop.call.internal {
        let reason = format!("whether {} is internal is {why}", hop.call.balancer);
        return undetermined(topology, group, hop, &reason);
    }
    let Some(first) = hop.certain.first() else {
        let reason = hop.doubtful.first().map(|call| doubt(call)).unwrap_or_default();
        return undetermined(topology, group, hop, &reason);
    };
    let callers = names(topology, &hop.certain);
    let targets: Vec<&Address> =
        hop.callee.workloads.iter().map(|workload| &topology.workload(*workload).address).collect();
    let message = format!(
        "Target group {group} of internal {} {}, which {} {}, puts requests to {} with HTTP/1.1: one after the other on \
         each connection.",
        first.noun,
        first.balancer,
        few(&callers),
        if callers.len() == 1 { "calls" } else { "call" },
        listed(&targets),
    );
    finish(Finding::violation(&RULE.meta, group, message), topology, hop)
        .about(targets)
        .measuring("callers", callers.len())
        .gravity(1)
        .remedy(Remedy::new(
            format!("put them to another group in the place of {group}, with HTTP/2 or gRPC"),
            "the version of a group cannot be changed; the targets have to speak it, and the listener may have to take HTTPS",
            Delta::Free("groups of targets cost nothing"),
        ))
}

/// Why it is not certain that what is behind a balancer is called.
fn doubt(call: &Call) -> String {
    let choice = || format!("which of the services behind {} is called, nothing shows", call.balancer);
    call.doubt.clone().unwrap_or_else(choice)
}

fn undetermined(topology: &Topology, group: &Address, hop: &Hop<'_>, reason: &str) -> Finding {
    let callers = if hop.certain.is_empty() { &hop.doubtful } else { &hop.certain };
    let message = format!(
        "Target group {group} of {} {}: whether requests of {} are put with HTTP/1.1 cannot be told; {reason}.",
        hop.call.noun,
        hop.call.balancer,
        few(names(topology, callers)),
    );
    finish(Finding::undetermined(&RULE.meta, group, message), topology, hop)
}

fn finish(finding: Finding, topology: &Topology, hop: &Hop<'_>) -> Finding {
    let calls = if hop.certain.is_empty() { &hop.doubtful } else { &hop.certain };
    let speech: Option<&Evidence> = hop.callee.speech_evidence.as_ref();
    finding
        .severity(Severity::Info)
        .about([&hop.call.balancer])
        .about(names(topology, calls))
        .resting_on(speech)
        .resting_on([&hop.call.internal_evidence])
        .resting_on(calls.iter().flat_map(|call| &call.evidence))
}
