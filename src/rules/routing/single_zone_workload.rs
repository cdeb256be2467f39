use std::collections::{BTreeMap, BTreeSet};

use crate::finding::{Delta, Finding, Remedy, Severity};
use crate::model::{Address, Attr, Evidence, Text};
use crate::rules::registry::rule;
use crate::rules::{Context, Judgement};
use crate::topology::{Subnet, Topology, Workload};
use crate::units::{Grouped, few, listed, plural};

rule! {
    /// ## What it finds
    /// A workload that answers requests and may have several units, all of which stand in one zone.
    ///
    /// ## Why it matters
    /// More units carry more requests, but they all go with the one zone: the scaling buys no availability. And when
    /// that zone is short of machines, there is nowhere else to scale to.
    ///
    /// ## What to do
    /// Give it subnets in other zones as well.
    ///
    /// ## When it stays silent
    /// For workloads with one unit at most, those that nobody calls, and those without a network. Where another
    /// workload stands behind the same target group in another zone: one group for each zone is a way to spread. For
    /// machines that a placement group holds together on purpose.
    ///
    /// ## What makes it undetermined
    /// Subnets or zones that are known only after apply or stand outside the plan; a number of units that is known only
    /// after apply; an entry that is not certain; a plan that is only a part of what the configuration makes.
    "single-zone-workload", Medium, "DP3", "WAF-PERF-070", since "0.1.0",
    "Workload with an entry and several units in one zone",
    thresholds: [],
    sources: [
        "Amazon EC2 Auto Scaling user guide, instances in several Availability Zones, read 2026-11-23",
        "Design principle DP3, latency-optimised routing",
    ]
}

fn check(context: Context<'_>) -> Judgement {
    let topology = context.topology;
    // Behind each target group, the zones of all who stand there together.
    let mut shared: BTreeMap<&Address, BTreeSet<&Text>> = BTreeMap::new();
    let mut loose: BTreeSet<&Address> = BTreeSet::new();
    for workload in &topology.workloads {
        for door in doors(workload) {
            shared.entry(door).or_default().extend(&workload.placement.zones);
            if workload.placement.gap.is_some() {
                loose.insert(door);
            }
        }
    }
    let mut judgement = Judgement::default();
    for workload in &topology.workloads {
        let placement = &workload.placement;
        let most = workload.range.maximum.known().or(workload.quota.map(|quota| quota.units));
        if placement.detached || workload.carries_others || most.is_some_and(|most| most <= 1) {
            continue;
        }
        let certain = workload.entries.iter().any(|entry| entry.certain);
        if !certain && workload.entries.is_empty() {
            continue;
        }
        let together: BTreeSet<&Text> =
            doors(workload).filter_map(|door| shared.get(door)).flatten().copied().chain(&placement.zones).collect();
        if together.len() > 1 || placement.together {
            judgement.passed += 1;
            continue;
        }
        let partner = doors(workload).find(|door| loose.contains(door));
        let reason = if let Some(gap) = &placement.gap {
            let Evidence { address, attribute, .. } = &gap.evidence;
            Some(format!("where it stands: {attribute} of {address} is {}", gap.reason))
        } else if together.is_empty() {
            None
        } else if let Some(door) = partner {
            Some(format!("where others stand behind {door}"))
        } else if topology.partial {
            Some("what else the configuration makes: this plan is only a part of it".to_owned())
        } else if most.is_none() {
            match &workload.range.maximum.value {
                Attr::Unknown(why) => Some(format!("how many units it has at most, which is {why}")),
                Attr::Set(_) | Attr::Unset => continue,
            }
        } else if certain {
            let zone = together.first().map_or("one zone", |zone| zone.as_str());
            judgement.findings.push(violation(topology, workload, zone, most.unwrap_or_default()));
            continue;
        } else {
            Some("whether requests reach it".to_owned())
        };
        judgement.findings.extend(reason.map(|reason| undetermined(workload, &reason)));
    }
    judgement
}

/// What requests come through, nearest to the workload: the same for all who answer together.
fn doors(workload: &Workload) -> impl Iterator<Item = &Address> {
    workload.entries.iter().filter_map(|entry| entry.through.first())
}

fn violation(topology: &Topology, workload: &Workload, zone: &str, most: u64) -> Finding {
    let subnets: Vec<&Subnet> = topology.subnets_of(workload).map(|(_, subnet)| subnet).collect();
    let entry = workload.entries.first();
    let through = entry.map_or("an entry", |entry| entry.kind.as_str());
    let message = format!(
        "{} {} is called through its {through} and scales to {} {}, all of them in {zone}: with that zone it is down.",
        workload.noun,
        workload.address,
        Grouped(most),
        plural(most, workload.unit),
    );
    let mut evidence: Vec<Evidence> = (subnets.iter())
        .filter_map(|subnet| Some(Evidence::plan(&subnet.address, "zone", subnet.zone.known()?.as_str())))
        .collect();
    if subnets.is_empty() {
        evidence.push(Evidence::plan(&workload.address, "zones", zone));
    }
    let here: BTreeSet<&Address> = subnets.iter().map(|subnet| &subnet.address).collect();
    let network = workload.placement.network(&topology.subnets);
    let alike = |subnet: &&Subnet| {
        subnet.network == network
            && network.is_some()
            && subnet.zone.known().is_some_and(|other| other.as_str() != zone)
            && subnets.first().is_some_and(|own| own.exit.as_str() == subnet.exit.as_str())
    };
    let others: Vec<&Subnet> = topology.subnets.iter().filter(alike).collect();
    let zones: BTreeSet<&Text> = others.iter().filter_map(|subnet| subnet.zone.known()).collect();
    let remedy = if others.is_empty() {
        Remedy::new(
            format!("make a subnet in a second zone, and let {} stand there as well", workload.address),
            "half of the units go on when a zone is lost",
            Delta::NotPriced("subnets cost nothing; what crosses between zones is billed by the gigabyte"),
        )
        .to("zones", 2_usize)
    } else {
        Remedy::new(
            format!("let {} stand in {} as well", workload.address, few(others.iter().map(|subnet| &subnet.address))),
            format!("it then stands in {zone} and {}", listed(&zones)),
            Delta::NotPriced("the same units; what crosses between zones is billed by the gigabyte"),
        )
        .to("zones", zones.len() + 1)
    };
    Finding::violation(&RULE.meta, &workload.address, message)
        .about(here)
        .about(entry.into_iter().flat_map(|entry| &entry.through))
        .resting_on(&evidence)
        .resting_on([&workload.range.maximum.evidence])
        .resting_on(entry.map(|entry| &entry.evidence))
        .measuring("zones", 1_usize)
        .measuring("units", most)
        .gravity(most)
        .remedy(remedy)
}

fn undetermined(workload: &Workload, reason: &str) -> Finding {
    let message = format!(
        "{} {}: whether its units stand in more than one zone cannot be told; unknown is {reason}.",
        workload.noun, workload.address
    );
    Finding::undetermined(&RULE.meta, &workload.address, message)
        .severity(Severity::Low)
        .resting_on(workload.placement.gap.as_ref().map(|gap| &gap.evidence))
        .resting_on(workload.entries.first().map(|entry| &entry.evidence))
}
