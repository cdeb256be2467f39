use std::collections::{BTreeMap, BTreeSet};

use crate::finding::{Finding, Remedy, Severity};
use crate::model::{Address, Attr, Evidence, Text};
use crate::rules::prospect;
use crate::rules::registry::rule;
use crate::rules::{Context, Judgement};
use crate::topology::{Exit, Gateway, Subnet, Topology, Workload};
use crate::units::{counted, few, listed};

use super::shared::size;

rule! {
    /// ## What it finds
    /// A NAT gateway in one zone, or a machine that does the same, through which subnets in several zones leave.
    ///
    /// ## Why it matters
    /// With the gateway's zone all of these subnets lose their way out: what stands in the other zones runs on, and
    /// reaches nothing any more. Until then every gigabyte from another zone crosses between zones before it leaves,
    /// which adds latency and is billed on top of the gateway's own price. And all zones share its bandwidth.
    ///
    /// ## What to do
    /// One NAT gateway for each zone, and in each zone a route table that leads to it; or one regional gateway.
    ///
    /// ## When it stays silent
    /// For regional gateways. For subnets that all lie in one zone. For routes that lead to a network interface, behind
    /// which machines may take over from each other. For gateways of networks that this plan does not manage.
    ///
    /// ## What makes it undetermined
    /// Zones of the subnets that are known only after apply, where those that are known do not decide; whether the
    /// gateway is a regional one known only after apply.
    "shared-nat", Medium, "DP3", "WAF-PERF-070", since "0.1.0",
    "NAT gateway in one zone that subnets in several leave through",
    thresholds: [],
    sources: [
        "Amazon VPC user guide, NAT gateways (vpc-nat-gateway.md), read 2026-11-23",
        "Amazon EC2 API reference, CreateNatGateway: AvailabilityMode, read 2026-11-25",
        "Design principle DP3, latency-optimised routing",
    ]
}

fn check(context: Context<'_>) -> Judgement {
    let topology = context.topology;
    let mut behind: BTreeMap<&Address, Vec<(usize, &Subnet)>> = BTreeMap::new();
    for (at, subnet) in topology.subnets.iter().enumerate() {
        let (Exit::Nat(through) | Exit::Appliance(through)) = &subnet.exit else { continue };
        if let [one] = through.as_slice() {
            behind.entry(one).or_default().push((at, subnet));
        }
    }
    let mut inside: Vec<Vec<&Workload>> = vec![Vec::new(); topology.subnets.len()];
    for workload in &topology.workloads {
        for (id, _) in topology.subnets_of(workload) {
            if let Some(list) = inside.get_mut(topology.position(id)) {
                list.push(workload);
            }
        }
    }
    let mut judgement = Judgement::default();
    for gateway in &topology.gateways {
        let Some(subnets) = behind.get(&gateway.address) else { continue };
        let zones: BTreeSet<&Text> = subnets.iter().filter_map(|(_, subnet)| subnet.zone.known()).collect();
        let unknown = subnets.iter().map(|(_, subnet)| *subnet).find(|subnet| subnet.zone.known().is_none());
        let users: BTreeMap<&Address, &Workload> = subnets
            .iter()
            .filter_map(|(at, _)| inside.get(*at))
            .flatten()
            .map(|workload| (&workload.address, *workload))
            .collect();
        let subnets: Vec<&Subnet> = subnets.iter().map(|(_, subnet)| *subnet).collect();
        match (&gateway.regional, unknown) {
            (Attr::Set(true), _) => judgement.passed += 1,
            (Attr::Unknown(why), _) if zones.len() > 1 => {
                let reason = format!("whether it is a regional one, which is {why}");
                judgement.findings.push(undetermined(gateway, &subnets, &reason));
            }
            _ if zones.len() > 1 => {
                judgement.findings.push(violation(context.topology, gateway, &subnets, &zones, &users));
            }
            (_, Some(subnet)) if subnets.len() > 1 => {
                let reason = format!("in which zone {} lies", subnet.address);
                judgement.findings.push(undetermined(gateway, &subnets, &reason));
            }
            _ => judgement.passed += 1,
        }
    }
    judgement
}

fn violation(
    topology: &Topology,
    gateway: &Gateway,
    subnets: &[&Subnet],
    zones: &BTreeSet<&Text>,
    users: &BTreeMap<&Address, &Workload>,
) -> Finding {
    let place = match &gateway.zone {
        Attr::Set(zone) => format!("in {zone}"),
        Attr::Unset | Attr::Unknown(_) => "in one zone".to_owned(),
    };
    let away = gateway.zone.known().map_or(zones.len(), |own| zones.iter().filter(|zone| **zone != own).count());
    let who = match users.len() {
        0 => String::new(),
        1 => ", and 1 workload in them".to_owned(),
        count => format!(", and {} in them", counted(size(count), "workload")),
    };
    let consequence = if gateway.machine {
        "with that machine all of them lose their way out"
    } else {
        "with that zone all of them lose their way out"
    };
    let message = format!(
        "{} {} stands {place}, and {} in {} leave through it{who}: {consequence}, and what leaves from {} crosses between zones first.",
        gateway.noun,
        gateway.address,
        counted(size(subnets.len()), "subnet"),
        listed(zones),
        if away == 1 { "the other".to_owned() } else { "the others".to_owned() },
    );
    let mut evidence: Vec<Evidence> = Vec::new();
    for subnet in subnets {
        let table = subnet.table.as_ref().map(|table| format!(" ({table})")).unwrap_or_default();
        evidence.push(Evidence::plan(&subnet.address, "default route", format!("{}{table}", gateway.address)));
        if let Some(zone) = subnet.zone.known() {
            evidence.push(Evidence::plan(&subnet.address, "zone", zone.as_str()));
        }
    }
    // A machine that forwards is no gateway that there could be more of.
    let times = u32::try_from(zones.len().saturating_sub(1)).unwrap_or(u32::MAX);
    let more = if gateway.machine { Vec::new() } else { prospect::more_gateways(topology, gateway, times) };
    // What leaves from the other zones crosses to this one first.
    let crossing = users.keys().next().and_then(|user| prospect::per_crossing(topology, user, -1));
    let finding = Finding::violation(&RULE.meta, &gateway.address, message)
        .severity(if users.is_empty() { Severity::Low } else { Severity::Medium })
        .about(subnets.iter().map(|subnet| &subnet.address))
        .about(users.keys().copied())
        .resting_on(&evidence)
        .measuring("zones", zones.len())
        .measuring("gateways", 1_usize)
        .measuring("subnets", subnets.len())
        .measuring("workloads", users.len())
        .gravity(size(zones.len() * 1000 + subnets.len()))
        .remedy(
            Remedy::priced(
                format!("make a NAT gateway in each of {}, and lead each zone to its own", listed(zones)),
                "each zone then leaves by itself, and the loss of one is its own affair; each gateway has an address of its own",
                more.clone(),
            )
            .trading(crossing.clone())
            .to("gateways", zones.len()),
        );
    if gateway.machine {
        return finding;
    }
    finding.remedy(
        Remedy::priced(
            format!("make {} a regional gateway", gateway.address),
            "one gateway that stands in every zone where something leaves, and is billed for each of them, as is an address in \
             each; the routes stay as they are",
            more,
        )
        .trading(crossing),
    )
}

fn undetermined(gateway: &Gateway, subnets: &[&Subnet], reason: &str) -> Finding {
    let message = format!(
        "{} {}: whether {} in several zones leave through it cannot be told; unknown is {reason}.",
        gateway.noun,
        gateway.address,
        few(subnets.iter().map(|subnet| &subnet.address)),
    );
    let routes: Vec<Evidence> = (subnets.iter())
        .map(|subnet| Evidence::plan(&subnet.address, "default route", gateway.address.to_string()))
        .collect();
    Finding::undetermined(&RULE.meta, &gateway.address, message)
        .severity(Severity::Low)
        .resting_on(&routes)
        .about(subnets.iter().map(|subnet| &subnet.address))
        .measuring("subnets", subnets.len())
}
