use std::collections::{BTreeMap, BTreeSet};

use crate::finding::{Delta, Finding, Remedy, Severity};
use crate::model::{Address, Attr, Evidence, Text};
use crate::rules::prospect;
use crate::rules::registry::rule;
use crate::rules::{Context, Judgement};
use crate::topology::{Subnet, SubnetId, Topology, Workload};
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
    /// Several subnets, where these or their zones are known only after apply or stand outside the plan; a number of units
    /// that is known only after apply; an entry that is not certain; a plan that is only a part of what the configuration
    /// makes.
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
    let shared = Shared::of(topology);
    let mut judgement = Judgement::default();
    for workload in &topology.workloads {
        let placement = &workload.placement;
        let most = workload.range.maximum.known().or(workload.quota.as_ref().map(|quota| quota.units));
        if placement.detached || workload.carries_others || most.is_some_and(|most| most <= 1) {
            continue;
        }
        let certain = workload.entries.iter().any(|entry| entry.certain);
        if !certain && workload.entries.is_empty() {
            continue;
        }
        let together = shared.zones(workload);
        if together.len() > 1 || placement.together {
            judgement.passed += 1;
            continue;
        }
        let partner = shared.partner(workload);
        // One subnet lies in one zone, whichever that is.
        let only = placement.only_subnet().filter(|_| together.is_empty());
        let reason = if let Some(gap) = placement.gap.as_ref().filter(|_| only.is_none()) {
            let Evidence { address, attribute, .. } = &gap.evidence;
            Some(format!("where it stands ({attribute} of {address}: {})", gap.reason))
        } else if together.is_empty() && only.is_none() {
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
            judgement.findings.push(violation(topology, workload, together.first().copied(), most.unwrap_or_default()));
            continue;
        } else {
            Some("whether requests reach it".to_owned())
        };
        judgement.findings.extend(reason.map(|reason| undetermined(workload, &reason)));
    }
    judgement
}

/// Who stands together behind each target group.
#[derive(Default)]
struct Shared<'t> {
    /// The zones that are known.
    zones: BTreeMap<&'t Address, BTreeSet<&'t Text>>,
    /// The subnets of those who stand in one each, whose zone is not known.
    subnets: BTreeMap<&'t Address, BTreeSet<SubnetId>>,
    /// Those behind which somebody stands of whom neither is known.
    loose: BTreeSet<&'t Address>,
}

impl<'t> Shared<'t> {
    fn of(topology: &'t Topology) -> Self {
        let mut shared = Self::default();
        for workload in &topology.workloads {
            let placement = &workload.placement;
            for door in doors(workload) {
                shared.zones.entry(door).or_default().extend(&placement.zones);
                if let Some(only) = placement.only_subnet() {
                    shared.subnets.entry(door).or_default().insert(only);
                } else if placement.gap.is_some() {
                    shared.loose.insert(door);
                }
            }
        }
        shared
    }

    /// The zones of a workload and of those with it.
    fn zones(&self, workload: &'t Workload) -> BTreeSet<&'t Text> {
        let others = doors(workload).filter_map(|door| self.zones.get(door)).flatten().copied();
        others.chain(&workload.placement.zones).collect()
    }

    /// What somebody else stands behind as well who may stand in another zone.
    fn partner(&self, workload: &'t Workload) -> Option<&'t Address> {
        let own = workload.placement.only_subnet();
        let elsewhere = |subnets: &BTreeSet<SubnetId>| subnets.iter().any(|other| Some(*other) != own);
        doors(workload).find(|door| self.loose.contains(door) || self.subnets.get(door).is_some_and(elsewhere))
    }
}

/// What requests come through, nearest to the workload: the same for all who answer together.
fn doors(workload: &Workload) -> impl Iterator<Item = &Address> {
    workload.entries.iter().filter_map(|entry| entry.through.first())
}

/// `zone` is the only one, where it is known.
fn violation(topology: &Topology, workload: &Workload, zone: Option<&Text>, most: u64) -> Finding {
    let subnets: Vec<&Subnet> = topology.subnets_of(workload).map(|(_, subnet)| subnet).collect();
    let place = match (zone, subnets.first()) {
        (Some(zone), _) => zone.to_string(),
        (None, Some(only)) => format!("the zone of {}, its only subnet", only.address),
        (None, None) => "one zone".to_owned(),
    };
    let entry = workload.entries.first();
    let through = entry.map_or("an entry", |entry| entry.kind.as_str());
    let message = format!(
        "{} {} is called through its {through} and scales to {} {}, all of them in {place}: with that zone it is down.",
        workload.noun,
        workload.address,
        Grouped(most),
        plural(most, workload.unit),
    );
    let mut evidence: Vec<Evidence> = (subnets.iter())
        .filter_map(|subnet| Some(Evidence::plan(&subnet.address, "zone", subnet.zone.known()?.as_str())))
        .collect();
    if evidence.is_empty() {
        let (attribute, value) = if subnets.is_empty() {
            ("zones", place.clone())
        } else {
            ("subnets", listed(subnets.iter().map(|subnet| &subnet.address)))
        };
        evidence.push(Evidence::plan(&workload.address, attribute, value));
    }
    let here: BTreeSet<&Address> = subnets.iter().map(|subnet| &subnet.address).collect();
    let network = workload.placement.network(&topology.subnets);
    let alike = |subnet: &&Subnet| {
        subnet.network == network
            && network.is_some()
            && subnet.zone.known().is_some_and(|other| zone.is_some_and(|zone| other != zone))
            && subnets.first().is_some_and(|own| own.exit.as_str() == subnet.exit.as_str())
    };
    let others: Vec<&Subnet> = topology.subnets.iter().filter(alike).collect();
    let zones: BTreeSet<&Text> = others.iter().filter_map(|subnet| subnet.zone.known()).collect();
    let remedy = if others.is_empty() {
        Remedy::new(
            format!("make a subnet in a second zone, and let {} stand there as well", workload.address),
            "half of the units go on when a zone is lost",
            Delta::not_priced("subnets cost nothing; what crosses between zones is billed by the gigabyte"),
        )
        .trading(prospect::per_crossing(topology, &workload.address, 1))
        .to("zones", 2_usize)
    } else {
        Remedy::new(
            format!("let {} stand in {} as well", workload.address, few(others.iter().map(|subnet| &subnet.address))),
            format!("it then stands in {place} and {}", listed(&zones)),
            Delta::not_priced("the same units; what crosses between zones is billed by the gigabyte"),
        )
        .trading(prospect::per_crossing(topology, &workload.address, 1))
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
