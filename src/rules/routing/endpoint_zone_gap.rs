use std::collections::{BTreeMap, BTreeSet};

use crate::facts::{Change, EndpointKind};
use crate::finding::{Finding, Remedy, Severity};
use crate::model::{Address, Attr, Evidence, Text};
use crate::rules::prospect;
use crate::rules::registry::rule;
use crate::rules::{Context, Judgement};
use crate::topology::{Endpoint, EndpointId, NetworkId, Served, Subnet, SubnetId, Topology};
use crate::units::{counted, listed};

use super::shared::{Call, calls, size};

rule! {
    /// ## What it finds
    /// An interface endpoint without an address in a zone where workloads stand that call its service through it. One
    /// finding per endpoint.
    ///
    /// ## Why it matters
    /// From that zone every call crosses into another one, which adds latency; and it fails with the other zone.
    /// Where the endpoint stands in one zone only, the loss of that zone takes the service from all workloads: the name
    /// of the service leads nowhere else, even where a NAT gateway stands beside. The traffic between the zones is not
    /// billed.
    ///
    /// ## What to do
    /// Give the endpoint a subnet in each zone where its callers stand.
    ///
    /// ## When it stays silent
    /// For workloads with one unit at most. For calls that are not certain, and for the chatter of agents with their
    /// control plane. Where several endpoints of the network serve the service and cover the zones together. For
    /// endpoints that this plan only reads.
    ///
    /// ## What makes it undetermined
    /// Subnets of the endpoint, or zones of subnets, that are known only after apply or stand outside the plan; a plan
    /// that is only a part of what the configuration makes.
    "endpoint-zone-gap", Medium, "DP3", "WAF-PERF-070", since "0.1.0",
    "Interface endpoint without an address in a zone of its callers",
    thresholds: [],
    sources: [
        "Amazon VPC user guide, interface VPC endpoints, subnets in several zones, read 2026-11-25",
        "AWS PrivateLink list prices: traffic between zones is not billed since 2022-04, read 2026-11-23",
        "Design principle DP3, latency-optimised routing",
    ]
}

fn check(context: Context<'_>) -> Judgement {
    let topology = context.topology;
    // Endpoints of one service in one network answer together.
    let mut groups: BTreeMap<(NetworkId, &'static str), Vec<Call<'_>>> = BTreeMap::new();
    let mut named: BTreeMap<(NetworkId, &'static str), EndpointId> = BTreeMap::new();
    for call in calls(topology) {
        let Served::By(id) = call.served else { continue };
        let endpoint = topology.endpoint(id);
        let alone = call.workload.range.maximum.known().is_some_and(|most| most <= 1);
        let (Some(home), true) = (endpoint.network, endpoint.kind == Attr::Set(EndpointKind::Interface)) else {
            continue;
        };
        if alone || call.use_.chatter || !call.use_.certain || call.subnet.network != Some(home) {
            continue;
        }
        let key = (home, call.use_.service.name);
        named.entry(key).and_modify(|first| *first = id.min(*first)).or_insert(id);
        groups.entry(key).or_default().push(call);
    }
    let mut judgement = Judgement::default();
    for ((home, service), calls) in groups {
        let Some(first) = named.get(&(home, service)).map(|id| topology.endpoint(*id)) else { continue };
        let alike = topology.endpoints.iter().filter(|endpoint| {
            endpoint.network == Some(home) && endpoint.service.known().is_some_and(|name| name == service)
        });
        let together: Vec<&Endpoint> =
            alike.filter(|endpoint| endpoint.kind == Attr::Set(EndpointKind::Interface)).collect();
        if !together.iter().all(|endpoint| endpoint.managed) {
            continue;
        }
        match gap(topology, &together, &calls) {
            Gap::None => judgement.passed += 1,
            Gap::Zones(zones) => judgement.findings.push(violation(topology, first, &together, &calls, &zones)),
            Gap::Unknown(reason) => judgement.findings.push(undetermined(first, &calls, &reason)),
        }
    }
    judgement
}

enum Gap {
    None,
    /// In these zones.
    Zones(BTreeSet<Text>),
    Unknown(String),
}

fn gap(topology: &Topology, endpoints: &[&Endpoint], calls: &[Call<'_>]) -> Gap {
    let own: BTreeSet<SubnetId> = endpoints.iter().flat_map(|endpoint| &endpoint.subnets).copied().collect();
    let subnets = || own.iter().map(|id| topology.subnet(*id));
    let zones: BTreeSet<&Text> = subnets().filter_map(|subnet| subnet.zone.known()).collect();
    // Of an endpoint without any address another rule speaks.
    let hidden = endpoints.iter().find_map(|endpoint| endpoint.subnets_hidden.as_ref());
    if own.is_empty() && hidden.is_none() {
        return Gap::None;
    }
    let others: Vec<&Call<'_>> = calls.iter().filter(|call| !own.contains(&call.at)).collect();
    let missing: BTreeSet<Text> = others
        .iter()
        .filter_map(|call| call.subnet.zone.known())
        .filter(|zone| !zones.contains(zone))
        .cloned()
        .collect();
    let unseen = subnets().find(|subnet| subnet.zone.known().is_none());
    let stray = others.iter().map(|call| call.subnet).find(|subnet| subnet.zone.known().is_none());
    let zone_of = |subnet: &Subnet| format!("in which zone {} lies", subnet.address);
    match (missing.is_empty(), hidden, unseen, stray) {
        (false, Some(reason), ..) | (true, Some(reason), _, Some(_)) => Gap::Unknown(reason.clone()),
        (false, None, Some(subnet), _) => Gap::Unknown(zone_of(subnet)),
        (false, None, None, _) if topology.partial => {
            Gap::Unknown("what else the configuration makes: this plan is only a part of it".to_owned())
        }
        (false, None, None, _) => Gap::Zones(missing),
        (true, _, _, Some(subnet)) => Gap::Unknown(zone_of(subnet)),
        (true, _, _, None) => Gap::None,
    }
}

fn violation(
    topology: &Topology,
    endpoint: &Endpoint,
    together: &[&Endpoint],
    calls: &[Call<'_>],
    missing: &BTreeSet<Text>,
) -> Finding {
    let is_there = |call: &&Call<'_>| call.subnet.zone.known().is_some_and(|zone| missing.contains(zone));
    let there: Vec<&Call<'_>> = calls.iter().filter(is_there).collect();
    let workloads: BTreeSet<&Address> = there.iter().map(|call| &call.workload.address).collect();
    let subnets: BTreeSet<SubnetId> = together.iter().flat_map(|endpoint| &endpoint.subnets).copied().collect();
    let zones: BTreeSet<&Text> = subnets.iter().filter_map(|id| topology.subnet(*id).zone.known()).collect();
    let title = calls.first().map_or("its service", |call| call.use_.service.title);
    let alone = zones.len() == 1;
    let consequence = if alone {
        "their calls cross between zones, and with that one zone nobody reaches the service any more"
    } else {
        "their calls cross between zones, and depend on more zones than their own"
    };
    let count = size(workloads.len());
    let message = format!(
        "{} has addresses in {} and none in {}, where {} that {} {title}: {consequence}.",
        endpoint.address,
        listed(&zones),
        listed(missing),
        if count == 1 { "1 workload stands".to_owned() } else { format!("{} stand", counted(count, "workload")) },
        if count == 1 { "calls" } else { "call" },
    );
    let place = |subnet: &Subnet| {
        let zone = subnet.zone.known()?;
        Some(Evidence::plan(&subnet.address, "zone", zone.as_str()))
    };
    let own: Vec<Evidence> = subnets.iter().filter_map(|id| place(topology.subnet(*id))).collect();
    let callers: Vec<Evidence> = there.iter().filter_map(|call| place(call.subnet)).collect();
    let stands_in = || listed(subnets.iter().map(|id| &topology.subnet(*id).address));
    let named = endpoint.subnets_attribute.map(|attribute| Evidence::plan(&endpoint.address, attribute, stands_in()));
    let title = format!("add a subnet in {} to {}", listed(missing), endpoint.address);
    let what = endpoint.address.as_str();
    let added = prospect::interface_endpoint(topology, &endpoint.address, what, missing.len()).map(Change::Add);
    // What crossed to it before no longer does.
    let caller = there.first().and_then(|call| prospect::per_crossing(topology, &call.workload.address, -1));
    Finding::violation(&RULE.meta, &endpoint.address, message)
        .severity(if alone { Severity::Medium } else { Severity::Low })
        .about(workloads)
        .about(there.iter().map(|call| &call.subnet.address))
        .resting_on(&named)
        .resting_on(&own)
        .resting_on(&callers)
        .resting_on(there.iter().flat_map(|call| &call.use_.evidence))
        .measuring("workloads", usize::try_from(count).unwrap_or(usize::MAX))
        .measuring("zones", zones.len())
        .measuring("missing_zones", missing.len())
        .gravity(size(missing.len() * 1000 + there.len()))
        .remedy(
            Remedy::priced(title, "each zone then reaches the service at home", added.into_iter().collect())
                .trading(caller)
                .to("missing_zones", 0_usize),
        )
}

fn undetermined(endpoint: &Endpoint, calls: &[Call<'_>], reason: &str) -> Finding {
    let message = format!(
        "{}: whether it has an address in each zone of its callers cannot be told; unknown is {reason}.",
        endpoint.address
    );
    Finding::undetermined(&RULE.meta, &endpoint.address, message)
        .severity(Severity::Low)
        .about(calls.iter().map(|call| &call.workload.address))
        .resting_on(calls.iter().flat_map(|call| &call.use_.evidence))
}
