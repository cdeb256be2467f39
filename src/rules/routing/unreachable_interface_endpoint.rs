use std::collections::{BTreeMap, BTreeSet};

use crate::facts::EndpointKind;
use crate::finding::{Delta, Finding, Remedy, Severity};
use crate::model::{Address, Attr, Evidence};
use crate::rules::registry::rule;
use crate::rules::{Context, Judgement, prospect};
use crate::topology::{Admission, Endpoint, EndpointId, Exit, Network, Served, Topology};
use crate::units::{counted, few, listed};

use super::shared::{Call, calls, leaves_anyway, size};

rule! {
    /// ## What it finds
    /// An interface endpoint that those who call its service cannot use: the service's name does not lead to it
    /// because private DNS is off; its security groups do not let the callers in on port 443; it wants private DNS in
    /// a network whose DNS settings are off; it stands in no subnet, in subnets of another network than its own, or in a
    /// network where nothing runs while the callers stand in another. One finding per endpoint, for the first of these.
    ///
    /// ## Why it matters
    /// Without private DNS the calls go past the endpoint, which is billed all the same. With private DNS and a closed
    /// security group it is worse: the name leads to the endpoint for the whole network, so that the calls time out
    /// even where a NAT gateway stands beside. Private DNS in a network without DNS hostnames is refused on apply.
    ///
    /// ## What to do
    /// Turn on private DNS; let the callers' security groups or ranges in on port 443; turn on DNS support and DNS
    /// hostnames of the network; put the endpoint where its callers stand.
    ///
    /// ## When it stays silent
    /// Where a private zone of the network answers for the service, or a DNS record or a workload's settings name the
    /// endpoint's own names. For endpoints whose service no workload of this plan calls, unless the endpoint is refused on
    /// apply. Private DNS that is off, for calls that have another way out and never pay for an endpoint. For endpoints
    /// that this plan only reads. An endpoint in another network, where any networks of the plan are joined.
    ///
    /// ## What makes it undetermined
    /// Security groups, rules, ranges or private DNS that are known only after apply or stand outside the plan: the
    /// default security group of a network that was there before, rules of groups that are only read, lists of ranges,
    /// callers whose security groups cannot be seen. DNS settings of a network that are known only after apply. A plan
    /// that is only a part of what the configuration makes.
    "unreachable-interface-endpoint", High, "DP3", "WAF-PERF-070", since "0.1.0",
    "Interface endpoint that its callers cannot use",
    thresholds: [],
    sources: [
        "Amazon EC2 API reference, CreateVpcEndpoint: PrivateDnsEnabled, SecurityGroupIds, read 2026-11-25",
        "Amazon ECR user guide, interface VPC endpoints (awsdocs 8f2dbe9), read 2026-11-23",
        "Amazon ECS developer guide, interface VPC endpoints (awsdocs 49232cf), read 2026-11-23",
        "Design principle DP3, latency-optimised routing",
    ]
}

fn check(context: Context<'_>) -> Judgement {
    let topology = context.topology;
    let mut of: BTreeMap<EndpointId, Vec<Call<'_>>> = BTreeMap::new();
    for call in calls(topology) {
        let id = match &call.served {
            Served::By(id) | Served::Perhaps(id, _) => *id,
            Served::Unnamed(id) | Served::Elsewhere(id)
                if !leaves_anyway(call.workload, call.use_, call.subnet) && call.use_.certain =>
            {
                *id
            }
            _ => continue,
        };
        of.entry(id).or_default().push(call);
    }
    let mut judgement = Judgement::default();
    let is_judged = |endpoint: &&Endpoint| endpoint.managed && endpoint.kind == Attr::Set(EndpointKind::Interface);
    for endpoint in topology.endpoints.iter().filter(is_judged) {
        let calls = of.remove(&endpoint.id).unwrap_or_default();
        match judge(topology, endpoint, &calls) {
            Outcome::Idle => {}
            Outcome::Fine => judgement.passed += 1,
            Outcome::Fault(fault) => judgement.findings.push(violation(topology, endpoint, &fault)),
            Outcome::Unknown(reason) => judgement.findings.push(undetermined(endpoint, &calls, &reason)),
        }
    }
    judgement
}

enum Outcome<'t> {
    /// Nobody calls it.
    Idle,
    Fine,
    Fault(Fault<'t>),
    Unknown(String),
}

/// What is amiss, and for whom.
enum Fault<'t> {
    /// Its subnets belong to this network, and not to its own.
    Astray(&'t Network),
    /// The network's settings refuse private DNS.
    Refused(Vec<&'t Evidence>),
    /// It has no address.
    Nowhere(Vec<Call<'t>>),
    /// Its callers stand in another network.
    Elsewhere(Vec<Call<'t>>),
    /// The service's name does not lead to it.
    Unnamed(Vec<Call<'t>>),
    /// Its security groups keep them out.
    Closed(Vec<Call<'t>>),
}

fn judge<'t>(topology: &'t Topology, endpoint: &'t Endpoint, calls: &[Call<'t>]) -> Outcome<'t> {
    let subnets = endpoint.subnets.iter().map(|id| topology.subnet(*id));
    let other =
        subnets.filter_map(|subnet| subnet.network).find(|other| endpoint.network.is_some_and(|own| own != *other));
    if let Some(other) = other {
        return Outcome::Fault(Fault::Astray(topology.network(other)));
    }
    let naming = endpoint.network.map_or(&[][..], |network| &topology.network(network).naming);
    let wants_names = endpoint.private_dns == Attr::Set(true);
    let off: Vec<&Evidence> =
        naming.iter().filter(|(on, _)| *on == Attr::Set(false)).map(|(_, evidence)| evidence).collect();
    if wants_names && !off.is_empty() {
        return Outcome::Fault(Fault::Refused(off));
    }
    if calls.is_empty() {
        return Outcome::Idle;
    }
    let part = "what else the configuration makes: this plan is only a part of it";
    let of = |wanted: fn(&Served) -> bool| -> Vec<Call<'t>> {
        calls.iter().filter(|call| wanted(&call.served)).cloned().collect()
    };
    let certain: Vec<Call<'t>> = calls.iter().filter(|call| call.use_.certain).cloned().collect();
    let unnamed = of(|served| matches!(served, Served::Unnamed(_)));
    let elsewhere = of(|served| matches!(served, Served::Elsewhere(_)));
    let fault = if !elsewhere.is_empty() {
        Some(Fault::Elsewhere(elsewhere))
    } else if endpoint.subnets.is_empty() && endpoint.subnets_hidden.is_none() && !certain.is_empty() {
        Some(Fault::Nowhere(certain.clone()))
    } else if !unnamed.is_empty() {
        Some(Fault::Unnamed(unnamed))
    } else {
        None
    };
    match fault {
        Some(_) if topology.partial => return Outcome::Unknown(part.to_owned()),
        Some(fault) => return Outcome::Fault(fault),
        None => {}
    }
    let perhaps = calls.iter().filter(|call| !leaves_anyway(call.workload, call.use_, call.subnet));
    if let Some(reason) = perhaps.into_iter().find_map(|call| match &call.served {
        Served::Perhaps(_, reason) => Some(reason),
        _ => None,
    }) {
        return Outcome::Unknown(reason.clone());
    }
    let unset =
        naming.iter().find(|(on, evidence)| on.why_unknown().is_some() && topology_made(topology, endpoint, evidence));
    if let (Some((_, evidence)), true) = (unset, wants_names) {
        return Outcome::Unknown(format!("{} of {}", evidence.attribute, evidence.address));
    }
    admission(topology, endpoint, &certain)
}

/// Whether the network that a setting belongs to is made by this plan: others had their settings before.
fn topology_made(topology: &Topology, endpoint: &Endpoint, evidence: &Evidence) -> bool {
    endpoint.network.is_some_and(|network| {
        let network = topology.network(network);
        network.managed && network.address == evidence.address
    })
}

fn admission<'t>(topology: &Topology, endpoint: &Endpoint, calls: &[Call<'t>]) -> Outcome<'t> {
    let (mut closed, mut unknown) = (Vec::new(), None);
    for call in calls.iter().filter(|call| matches!(call.served, Served::By(_))) {
        match endpoint.guard.admission(call.workload, call.subnet) {
            Admission::Open => {}
            Admission::Closed => closed.push(call.clone()),
            Admission::Unknown(reason) => {
                unknown.get_or_insert(reason);
            }
        }
    }
    match (closed.is_empty(), unknown) {
        (false, _) if topology.partial => {
            Outcome::Unknown("which rules the configuration adds: this plan is only a part of it".to_owned())
        }
        (false, _) => Outcome::Fault(Fault::Closed(closed)),
        (true, Some(reason)) => Outcome::Unknown(reason),
        (true, None) => Outcome::Fine,
    }
}

impl<'t> Fault<'t> {
    /// Tells it from the other ones of an endpoint.
    const fn key(&self) -> &'static str {
        match self {
            Self::Astray(_) => "subnets",
            Self::Refused(_) => "network-dns",
            Self::Nowhere(_) => "no-subnet",
            Self::Elsewhere(_) => "network",
            Self::Unnamed(_) => "private-dns",
            Self::Closed(_) => "closed",
        }
    }

    fn calls(&self) -> &[Call<'t>] {
        match self {
            Self::Astray(_) | Self::Refused(_) => &[],
            Self::Nowhere(calls) | Self::Elsewhere(calls) | Self::Unnamed(calls) | Self::Closed(calls) => calls,
        }
    }

    fn severity(&self) -> Severity {
        let cut_off = |call: &Call<'_>| matches!(call.subnet.exit, Exit::Nowhere | Exit::Internet);
        match self {
            Self::Closed(_) => Severity::High,
            _ if self.calls().iter().any(|call| cut_off(call) && call.use_.to_start) => Severity::High,
            _ => Severity::Medium,
        }
    }
}

fn violation(topology: &Topology, endpoint: &Endpoint, fault: &Fault<'_>) -> Finding {
    let calls = fault.calls();
    let workloads: BTreeSet<&Address> = calls.iter().map(|call| &call.workload.address).collect();
    let message = message(topology, endpoint, fault, &workloads);
    let naming: Vec<&Evidence> = match fault {
        Fault::Refused(off) => off.clone(),
        _ => Vec::new(),
    };
    let own = match fault {
        Fault::Astray(_) => {
            let subnets = endpoint.subnets.iter().map(|id| &topology.subnet(*id).address);
            let attribute = endpoint.subnets_attribute.unwrap_or("subnets");
            Some(Evidence::plan(&endpoint.address, attribute, listed(subnets)))
        }
        Fault::Closed(_) => {
            let attribute = endpoint.guard.attribute.unwrap_or("security groups");
            Some(Evidence::plan(&endpoint.address, attribute, groups(endpoint)))
        }
        Fault::Unnamed(_) | Fault::Refused(_) => Some(endpoint.private_dns_evidence.clone()),
        _ => None,
    };
    let admits: &[Evidence] = if matches!(fault, Fault::Closed(_)) { &endpoint.guard.admits } else { &[] };
    Finding::violation(&RULE.meta, &endpoint.address, message)
        .severity(fault.severity())
        .key(fault.key())
        .measuring("workloads", workloads.len())
        .gravity(size(workloads.len()))
        .about(workloads)
        .about(calls.iter().map(|call| &call.subnet.address))
        .about(&endpoint.guard.groups)
        .resting_on(&own)
        .resting_on(naming)
        .resting_on(admits)
        .resting_on(calls.iter().flat_map(|call| &call.use_.evidence))
        .remedy(remedy(topology, endpoint, fault))
}

fn message(topology: &Topology, endpoint: &Endpoint, fault: &Fault<'_>, workloads: &BTreeSet<&Address>) -> String {
    let address = &endpoint.address;
    let calls = fault.calls();
    let title = calls.first().map_or("its service", |call| call.use_.service.title);
    let (count, verb) =
        (counted(size(workloads.len()), "workload"), if workloads.len() == 1 { "calls" } else { "call" });
    let who = few(workloads);
    let own = endpoint.network.map_or("another network", |network| topology.network(network).address.as_str());
    match fault {
        Fault::Astray(other) => {
            format!("{address} belongs to {own}, and its subnets to {}: it cannot be made like that.", other.address)
        }
        Fault::Refused(off) => {
            let is = if off.len() == 1 { "is" } else { "are" };
            let off = listed(off.iter().map(|evidence| &evidence.attribute));
            format!("{address} wants private DNS, and {off} of {own} {is} off: that is refused on apply.")
        }
        Fault::Nowhere(_) => {
            format!(
                "{address} stands in no subnet, so that it has no address, and {count} {verb} {title} through it: {who}."
            )
        }
        Fault::Elsewhere(calls) => {
            let homes: BTreeSet<&Address> =
                calls.iter().filter_map(|call| call.subnet.network).map(|id| &topology.network(id).address).collect();
            format!(
                "{address} stands in {own}, where nothing runs; {count} {verb} {title} in {}, which has no endpoint for it: {}.",
                listed(homes),
                way(calls),
            )
        }
        Fault::Unnamed(calls) => format!(
            "{address} has private DNS off, and nothing else leads to its names, so that {count} {verb} {title} past it: {}.",
            way(calls)
        ),
        Fault::Closed(_) => format!(
            "{address} does not let {count} in on port 443 ({who}), for whom the name of {title} leads there: their calls time out. {}.",
            if endpoint.guard.by_default {
                "It names no security group, and its network's default group lets in its own members".to_owned()
            } else {
                format!("Nothing in {} admits them", few(&endpoint.guard.groups))
            },
        ),
    }
}

/// Where calls go that miss the endpoint.
fn way(calls: &[Call<'_>]) -> String {
    let ways: BTreeSet<&Address> = calls.iter().flat_map(|call| call.subnet.exit.through()).collect();
    let cut_off = calls.iter().any(|call| matches!(call.subnet.exit, Exit::Nowhere | Exit::Internet));
    match (cut_off, ways.is_empty()) {
        (true, _) => "there is no other way out, so that the calls fail".to_owned(),
        (false, false) => format!("the calls leave through {}", few(ways)),
        (false, true) => "the calls leave another way".to_owned(),
    }
}

fn groups(endpoint: &Endpoint) -> String {
    match (endpoint.guard.groups.is_empty(), endpoint.guard.by_default) {
        (true, _) => "none: the network's default group".to_owned(),
        (false, true) => format!("none: {}", listed(&endpoint.guard.groups)),
        (false, false) => listed(&endpoint.guard.groups),
    }
}

fn remedy(topology: &Topology, endpoint: &Endpoint, fault: &Fault<'_>) -> Remedy {
    let address = &endpoint.address;
    let own = endpoint.network.map_or("its network", |network| topology.network(network).address.as_str());
    let setting = Delta::Free("a setting");
    let moved = Delta::Free("the same endpoint, in other subnets");
    match fault {
        Fault::Astray(other) => Remedy::new(
            format!("give {address} subnets of {own}, or put it into {}", other.address),
            "an endpoint has addresses in its own network only",
            moved,
        ),
        Fault::Refused(off) => Remedy::new(
            format!("turn on DNS support and DNS hostnames of {own}"),
            "the service's name then leads to the endpoint from everywhere in the network",
            setting,
        )
        .writing(off.iter().map(|evidence| prospect::set_flag(evidence, true)).collect()),
        Fault::Nowhere(_) => Remedy::new(
            format!("give {address} one subnet in each zone of its callers"),
            "it has an address in each of its subnets",
            Delta::not_priced("billed by the hour for each zone in which its callers stand"),
        )
        .to("workloads", 0_usize),
        Fault::Elsewhere(_) => Remedy::new(
            format!("put {address} into the network of its callers"),
            "one subnet in each of their zones, private DNS on, port 443 open for them",
            moved,
        )
        .to("workloads", 0_usize),
        Fault::Unnamed(_) => Remedy::new(
            format!("turn on private DNS of {address}"),
            "the service's public name then leads to the endpoint from everywhere in the network",
            setting,
        )
        .writing(vec![prospect::set_flag(&endpoint.private_dns_evidence, true)])
        .to("workloads", 0_usize),
        Fault::Closed(_) => {
            let title = if endpoint.guard.by_default {
                format!("give {address} a security group that lets its callers in on port 443")
            } else {
                format!("let the callers' security groups or ranges into {} on port 443", few(&endpoint.guard.groups))
            };
            Remedy::new(title, "TCP 443 is all that the services need", Delta::Free("a rule of a security group"))
                .to("workloads", 0_usize)
        }
    }
}

fn undetermined(endpoint: &Endpoint, calls: &[Call<'_>], reason: &str) -> Finding {
    let workloads: BTreeSet<&Address> = calls.iter().map(|call| &call.workload.address).collect();
    let message = format!(
        "{}: whether {} can use it cannot be told; unknown is {reason}.",
        endpoint.address,
        counted(size(workloads.len()), "workload"),
    );
    Finding::undetermined(&RULE.meta, &endpoint.address, message)
        .severity(Severity::Medium)
        .measuring("workloads", workloads.len())
        .about(workloads)
        .resting_on(calls.iter().flat_map(|call| &call.use_.evidence))
}
