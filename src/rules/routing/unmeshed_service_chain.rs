use std::collections::{BTreeMap, BTreeSet};

use crate::facts::Change;
use crate::finding::{Finding, Remedy, Severity};
use crate::model::{Address, Attr};
use crate::rules::registry::rule;
use crate::rules::{Context, Judgement};
use crate::topology::{Call, Topology, WorkloadId};
use crate::units::{counted, listed};

use super::shared::size;

rule! {
    /// ## What it finds
    /// Services that call each other in a chain through internal load balancers, two or more one after the other, while
    /// nothing lets them call each other by name: no mesh, neither of the platform nor of the network.
    ///
    /// ## Why it matters
    /// Each balancer on the way takes every request in and hands it on over a connection of its own: one hop more in each
    /// direction, which may lead through another zone. A chain adds them up, and what is slow or down at its end holds up
    /// all before it. Each balancer is billed by the hour, and by what passes.
    ///
    /// ## What to do
    /// Let services that call each other often do so directly, by names that the platform's mesh keeps: its proxies
    /// choose among the units, try again, and leave out those that fail. The balancers between them can go then.
    ///
    /// ## When it stays silent
    /// For one internal balancer alone, for balancers on the internet, and where both ends of a call are parts of a mesh.
    /// What calls a name that the plan does not have is not seen.
    ///
    /// ## What makes it undetermined
    /// A balancer of which it is known only after apply whether it is internal; a call of which only a security group
    /// tells, and no environment; a balancer before several services, of which nobody can tell which one is called.
    "unmeshed-service-chain", Low, "DP3", "WAF-PERF-070", since "0.1.0",
    "Services that call each other through two or more internal load balancers in a row",
    thresholds: [("balancers", 2, 20, "Internal load balancers in a row from which on it is a finding")],
    sources: [
        "Amazon ECS developer guide, Service Connect: proxies choose among the units, without a balancer between; read 2026-11-29",
        "Elastic Load Balancing pricing: by the hour and by capacity units, not looked up again",
        "Design principle DP3, latency-optimised routing: service mesh for frequent hops",
    ]
}

/// One call through an internal balancer.
#[derive(Clone, Copy)]
struct Hop<'t> {
    to: WorkloadId,
    call: &'t Call,
}

type Hops<'t> = BTreeMap<WorkloadId, Vec<Hop<'t>>>;

/// A way from one workload to another, hop by hop.
type Chain<'t> = Vec<(WorkloadId, Hop<'t>)>;

fn check(context: Context<'_>) -> Judgement {
    let mut judgement = Judgement::default();
    let topology = context.topology;
    let fewest = usize::try_from(context.policy.threshold(&RULE.meta, "balancers").max(1)).unwrap_or(usize::MAX);
    let certain = hops(topology, |call| call.doubt.is_none() && call.internal == Attr::Set(true) && !call.is_choice());
    let possible = hops(topology, |call| call.internal != Attr::Set(false));
    let (mut told, mut passed) = (BTreeSet::new(), 0);
    for chain in chains(&certain) {
        if chain.len() >= fewest {
            told.extend(members(&chain));
            judgement.findings.extend(violation(topology, &chain));
        } else {
            passed += 1;
        }
    }
    for chain in chains(&possible).into_iter().filter(|chain| chain.len() >= fewest) {
        // What goes on from a chain that is certain adds nothing to it.
        if members(&chain).all(|workload| !told.contains(&workload)) {
            judgement.findings.extend(undetermined(topology, &chain));
        }
    }
    judgement.passed += passed;
    judgement
}

fn hops(topology: &Topology, keep: impl Fn(&Call) -> bool) -> Hops<'_> {
    let mut hops = Hops::new();
    let is_meshed = |id| topology.meshed(id).is_some();
    for call in topology.calls.iter().filter(|call| keep(call)) {
        for to in call.callees.iter().flat_map(|callee| &callee.workloads).copied() {
            let by_mesh = is_meshed(call.caller) && is_meshed(to);
            if to != call.caller && !by_mesh {
                hops.entry(call.caller).or_default().push(Hop { to, call });
            }
        }
    }
    hops
}

/// From each workload that nobody before it calls so, the way to the farthest one; of a ring, from its first member.
fn chains<'t>(hops: &Hops<'t>) -> Vec<Chain<'t>> {
    let reached: BTreeSet<WorkloadId> = hops.values().flatten().map(|hop| hop.to).collect();
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    let roots = hops.keys().filter(|from| !reached.contains(from));
    for root in roots.chain(hops.keys()) {
        if !seen.contains(root) {
            found.push(farthest(hops, *root, &mut seen));
        }
    }
    found
}

/// The way with the fewest hops to the workload that is farthest from `root`.
fn farthest<'t>(hops: &Hops<'t>, root: WorkloadId, seen: &mut BTreeSet<WorkloadId>) -> Chain<'t> {
    let mut before: BTreeMap<WorkloadId, (WorkloadId, Hop<'t>)> = BTreeMap::new();
    let mut level = vec![root];
    let mut last = root;
    seen.insert(root);
    while let Some(first) = level.first() {
        last = *first;
        let mut next = Vec::new();
        for from in &level {
            for hop in hops.get(from).into_iter().flatten() {
                if hop.to != root && !before.contains_key(&hop.to) {
                    before.insert(hop.to, (*from, *hop));
                    seen.insert(hop.to);
                    next.push(hop.to);
                }
            }
        }
        level = next;
    }
    let mut chain = Chain::new();
    while let Some((from, hop)) = before.get(&last) {
        chain.push((*from, *hop));
        last = *from;
    }
    chain.reverse();
    chain
}

fn members(chain: &Chain<'_>) -> impl Iterator<Item = WorkloadId> {
    chain.iter().flat_map(|(from, hop)| [*from, hop.to])
}

/// The way in words: `a by lb1 to b, by lb2 to c`.
fn way(topology: &Topology, chain: &Chain<'_>) -> String {
    let steps =
        chain.iter().map(|(_, hop)| format!("by {} to {}", hop.call.balancer, topology.workload(hop.to).address));
    steps.collect::<Vec<_>>().join(", ")
}

fn finish(finding: Finding, topology: &Topology, chain: &Chain<'_>) -> Finding {
    let workloads: Vec<&Address> = chain.iter().map(|(_, hop)| &topology.workload(hop.to).address).collect();
    finding
        .about(workloads)
        .about(chain.iter().map(|(_, hop)| &hop.call.balancer))
        .resting_on(chain.iter().flat_map(|(_, hop)| &hop.call.evidence))
        .resting_on(chain.iter().map(|(_, hop)| &hop.call.internal_evidence))
        .measuring("balancers", chain.len())
}

fn violation(topology: &Topology, chain: &Chain<'_>) -> Option<Finding> {
    let (first, _) = chain.first()?;
    let workload = topology.workload(*first);
    let message = format!(
        "{} {} calls others through {} in a row: {}. Each takes every request in and hands it on over a connection of its \
         own.",
        workload.noun,
        workload.address,
        counted(size(chain.len()), "internal load balancer"),
        way(topology, chain),
    );
    let mut balancers: Vec<&Address> =
        chain.iter().filter(|(_, hop)| hop.call.managed).map(|(_, hop)| &hop.call.balancer).collect();
    balancers.sort_unstable();
    balancers.dedup();
    let changes = balancers.iter().map(|address| Change::Remove((*address).clone())).collect();
    let remedy = Remedy::priced(
        format!("let them call each other by name in a mesh, and remove {}", listed(&balancers)),
        "once nobody else calls these; the mesh's proxy takes a share of each unit's processor and memory, which is not in \
         this price",
        changes,
    );
    let finding = finish(Finding::violation(&RULE.meta, &workload.address, message), topology, chain);
    Some(finding.gravity(size(chain.len())).remedy(remedy.to("balancers", 0_u64)))
}

fn undetermined(topology: &Topology, chain: &Chain<'_>) -> Option<Finding> {
    let (first, _) = chain.first()?;
    let workload = topology.workload(*first);
    let reason = chain.iter().find_map(|(_, hop)| match (&hop.call.internal, &hop.call.doubt) {
        (Attr::Unknown(why), _) => Some(format!("whether {} is internal is {why}", hop.call.balancer)),
        (_, Some(doubt)) => Some(doubt.clone()),
        _ => hop
            .call
            .is_choice()
            .then(|| format!("which of the services behind {} is called, nothing shows", hop.call.balancer)),
    });
    let message = format!(
        "{} {}: whether it calls others through {} in a row ({}) cannot be told; {}.",
        workload.noun,
        workload.address,
        counted(size(chain.len()), "internal load balancer"),
        way(topology, chain),
        reason.unwrap_or_default(),
    );
    let finding = Finding::undetermined(&RULE.meta, &workload.address, message).severity(Severity::Info);
    Some(finish(finding, topology, chain))
}
