use std::collections::BTreeSet;

use crate::facts::{Change, DatastoreKind};
use crate::finding::{Delta, Finding, Remedy, Severity};
use crate::model::{Attr, Evidence, Text};
use crate::rules::registry::rule;
use crate::rules::{Context, Judgement, prospect};
use crate::topology::{Datastore, DatastoreId, Reach, Spread, Topology, Workload};
use crate::units::{counted, listed};

rule! {
    /// ## What it finds
    /// A database or a cache that stands in one zone, behind workloads that stand in several, or in other ones.
    ///
    /// ## Why it matters
    /// The workloads survive the loss of a zone, what they depend on does not: with the datastore's zone all of them
    /// are down, and what their other zones cost buys nothing. Until then every call from another zone crosses
    /// between zones, which adds latency to each query and is billed per gigabyte in both directions.
    ///
    /// ## What to do
    /// Let the datastore stand in several zones as well: a standby for a database, a second machine for a cluster, a
    /// replica for a cache. Or, where an outage is acceptable and latency is not, put the callers into its zone.
    ///
    /// ## When it stays silent
    /// When the callers have one unit at most, or one zone that is also the datastore's. When nobody in the plan
    /// reaches the datastore, or only from another region.
    ///
    /// ## What makes it undetermined
    /// Zones or the setting itself known only after apply; machines of a cluster that are not in the plan; callers
    /// that can be guessed but not told.
    "zone-split-datastore", High, "DP3", "WAF-PERF-070", since "0.1.0",
    "Datastore in one zone behind workloads in several",
    thresholds: [],
    sources: [
        "Amazon RDS user guide, Multi-AZ DB instance deployments (awsdocs 50e7617a), read 2026-11-23",
        "Design principle DP3, latency-optimised routing",
    ]
}

fn check(context: Context<'_>) -> Judgement {
    let mut judgement = Judgement::default();
    for (id, datastore) in context.topology.numbered_datastores() {
        if !datastore.managed || !matches!(datastore.kind, DatastoreKind::Database | DatastoreKind::Cache) {
            continue;
        }
        match judge(context.topology, id, datastore) {
            Outcome::Nobody => {}
            Outcome::Fine => judgement.passed += 1,
            Outcome::Finding(finding) => judgement.findings.push(*finding),
        }
    }
    judgement
}

enum Outcome {
    Nobody,
    Fine,
    Finding(Box<Finding>),
}

/// Those who reach a datastore, and the zones they stand in.
struct Callers<'t> {
    workloads: Vec<&'t Workload>,
    reaches: Vec<&'t Reach>,
    zones: BTreeSet<Text>,
    gap: Option<String>,
}

fn callers(topology: &Topology, id: DatastoreId, certain: bool) -> Callers<'_> {
    let reaches = topology.reaches.iter().filter(|reach| reach.datastore == id && reach.is_certain() == certain);
    let region = topology.datastore(id).region.known();
    let mut callers = Callers { workloads: Vec::new(), reaches: Vec::new(), zones: BTreeSet::new(), gap: None };
    let mut seen = BTreeSet::new();
    for reach in reaches {
        let workload = topology.workload(reach.workload);
        // One unit stands in one zone at a time, whichever it is.
        let alone = workload.range.maximum.known().is_some_and(|most| most <= 1) && workload.placement.zones.len() > 1;
        // Another region is another matter than another zone: nothing in this one brings the datastore nearer.
        let abroad = matches!((workload.region.known(), region), (Some(mine), Some(its)) if mine != its);
        if workload.placement.detached || alone || abroad {
            continue;
        }
        callers.reaches.push(reach);
        // It may reach the datastore in several ways.
        if !seen.insert(reach.workload) {
            continue;
        }
        callers.zones.extend(workload.placement.zones.iter().cloned());
        if let (Some(gap), None) = (&workload.placement.gap, &callers.gap) {
            callers.gap = Some(format!("where {} stands: {}", workload.address, gap.reason));
        }
        callers.workloads.push(workload);
    }
    callers
}

fn judge(topology: &Topology, id: DatastoreId, datastore: &Datastore) -> Outcome {
    let (sure, unsure) = (callers(topology, id, true), callers(topology, id, false));
    if sure.workloads.is_empty() && unsure.workloads.is_empty() {
        return Outcome::Nobody;
    }
    let zone = match &datastore.spread {
        Spread::SeveralZones => return Outcome::Fine,
        Spread::OneZone(zone) => zone,
        Spread::Unknown(reason) => {
            let who = if sure.workloads.is_empty() { &unsure } else { &sure };
            // Who stands in one zone, and so does all that the datastore may stand in, has nothing to cross.
            let together = who.zones.len() == 1 && datastore.zones.len() <= 1 && who.gap.is_none();
            return if together {
                Outcome::Fine
            } else {
                undetermined(datastore, who, &format!("over how many zones it stands: {reason}"))
            };
        }
    };
    if split(&sure.zones, zone) {
        return Outcome::Finding(Box::new(violation(topology, datastore, &sure, zone)));
    }
    if let Some(gap) = &sure.gap {
        return undetermined(datastore, &sure, gap);
    }
    let unplaced = unsure.zones.is_empty() && unsure.gap.is_some();
    if (split(&unsure.zones, zone) || unplaced) && sure.workloads.is_empty() {
        let doubt = unsure.reaches.first().and_then(|reach| reach.doubt.clone()).unwrap_or_default();
        return undetermined(datastore, &unsure, &format!("who reaches it: {doubt}"));
    }
    match zone {
        // One zone for the callers, and one that the cloud chooses for the datastore.
        Attr::Unset | Attr::Unknown(_) if sure.zones.len() == 1 && datastore.zones.len() > 1 => {
            let mine = listed(&sure.zones);
            let reason = format!("in which of {} it will stand; its callers stand in {mine}", listed(&datastore.zones));
            undetermined(datastore, &sure, &reason)
        }
        _ => Outcome::Fine,
    }
}

/// Whether callers in `zones` have to leave theirs to reach a datastore in `zone`.
fn split(zones: &BTreeSet<Text>, zone: &Attr<Text>) -> bool {
    match zone {
        _ if zones.len() > 1 => true,
        Attr::Set(zone) => !zones.is_empty() && !zones.contains(zone),
        Attr::Unset | Attr::Unknown(_) => false,
    }
}

fn violation(topology: &Topology, datastore: &Datastore, callers: &Callers<'_>, zone: &Attr<Text>) -> Finding {
    let place = match zone {
        Attr::Set(zone) => format!("in {zone} alone"),
        Attr::Unset | Attr::Unknown(_) => "in one zone".to_owned(),
    };
    let count = u64::try_from(callers.workloads.len()).unwrap_or(u64::MAX);
    let shares = zone.known().is_none_or(|zone| callers.zones.contains(zone));
    let consequence = if datastore.apart.is_some() {
        "when a zone is lost, so is what stands there, and calls from the other zones cross between zones"
    } else if shares {
        "when that zone is lost, all of them are, and every call from the other zones crosses between zones"
    } else {
        "every call crosses between zones, and the loss of either zone takes all of it down"
    };
    let verb = if count == 1 { "that reaches it stands" } else { "that reach it stand" };
    let each = datastore.apart.map_or_else(String::new, |part| format!("each {part} of "));
    let message = format!(
        "{each}{} {} stands {place}, {} {verb} in {}: {consequence}.",
        datastore.noun,
        datastore.address,
        counted(count, "workload"),
        listed(&callers.zones),
    );
    let reach_evidence = callers.reaches.iter().flat_map(|reach| &reach.evidence);
    let mut zones = placed(topology, callers);
    if let Attr::Set(zone) = zone {
        zones.push(Evidence::plan(&datastore.address, "availability_zone", zone.as_str()));
    }
    let spare = spare(datastore);
    Finding::violation(&RULE.meta, &datastore.address, message)
        .severity(severity(datastore))
        .about(callers.workloads.iter().map(|workload| &workload.address))
        .resting_on([&datastore.spread_evidence])
        .resting_on(&zones)
        .resting_on(reach_evidence)
        .measuring("datastore_zones", 1_usize)
        .measuring("caller_zones", callers.zones.len())
        .measuring("callers", callers.workloads.len())
        .gravity(u64::try_from(callers.zones.len() * 1000 + callers.workloads.len()).unwrap_or(u64::MAX))
        .remedy(spare)
}

/// A cache that is lost is filled again, and a replica is one of several; a database is neither.
fn severity(datastore: &Datastore) -> Severity {
    if datastore.kind == DatastoreKind::Database && !datastore.replica { Severity::High } else { Severity::Medium }
}

/// The way out that fits the kind of datastore.
fn spare(datastore: &Datastore) -> Remedy {
    let address = &datastore.address;
    let wider = match datastore.members.len() {
        0 | 1 => datastore.wider,
        _ => "another zone for one of its instances",
    };
    let title = format!("let {address} stand in several zones: {wider}");
    let (detail, priced) = match (datastore.kind, datastore.members.len()) {
        (DatastoreKind::Database, 0) => (
            "the standby takes over within a minute or two; it answers no reads, and calls from the other zones still cross",
            "a standby is billed like the machine itself, and this plan does not show that",
        ),
        (DatastoreKind::Database, 1) => (
            "it takes over when the first is lost, and can answer reads near its callers",
            "one more machine of the same class, which this plan does not show",
        ),
        (DatastoreKind::Database, _) => {
            let detail = "it takes over when the first is lost, and can answer reads near its callers";
            let free = Delta::Free("the same machines, in other zones");
            return Remedy::new(title, detail, free).to("datastore_zones", 2_usize);
        }
        (DatastoreKind::Cache | DatastoreKind::Documents | DatastoreKind::Search, _) => (
            "what the other zones hold goes on when the first is lost",
            match datastore.apart {
                Some(_) => "one more node of the same type for each of them",
                None => "one more node of the same type",
            },
        ),
    };
    let changes = match (&datastore.widened, datastore.members.as_slice()) {
        (Some((attribute, value)), []) => {
            vec![Change::Set { address: address.clone(), attribute: (*attribute).into(), value: value.clone() }]
        }
        (_, [only]) => vec![Change::Copy { address: only.address.clone(), times: 1 }],
        _ => return Remedy::new(title, detail, Delta::not_priced(priced)).to("datastore_zones", 2_usize),
    };
    let written = datastore.widening.iter().filter(|_| datastore.members.is_empty());
    let written = written.map(|(attribute, value)| prospect::set(address, attribute, value.clone()));
    Remedy::priced(title, detail, changes).writing(written.collect()).to("datastore_zones", 2_usize)
}

fn undetermined(datastore: &Datastore, callers: &Callers<'_>, reason: &str) -> Outcome {
    let message = format!("{} {} cannot be judged; unknown is {reason}.", datastore.noun, datastore.address);
    let evidence = callers.reaches.iter().flat_map(|reach| &reach.evidence);
    let gaps = callers.workloads.iter().filter_map(|workload| workload.placement.gap.as_ref()).map(|gap| &gap.evidence);
    Outcome::Finding(Box::new(
        Finding::undetermined(&RULE.meta, &datastore.address, message)
            .severity(severity(datastore))
            .about(callers.workloads.iter().map(|workload| &workload.address))
            .resting_on([&datastore.spread_evidence])
            .resting_on(gaps)
            .resting_on(evidence),
    ))
}

/// The zones in which callers stand, by their subnets.
fn placed(topology: &Topology, callers: &Callers<'_>) -> Vec<Evidence> {
    let subnets: BTreeSet<_> = callers.workloads.iter().flat_map(|workload| &workload.placement.subnets).collect();
    let zone = |subnet: &crate::topology::Subnet| {
        let zone = subnet.zone.known()?;
        Some(Evidence::plan(&subnet.address, "availability_zone", zone.as_str()))
    };
    let mut seen: Vec<Evidence> = subnets.into_iter().filter_map(|id| zone(topology.subnet(*id))).collect();
    let named = callers.workloads.iter().filter(|workload| workload.placement.subnets.is_empty());
    seen.extend(
        named
            .map(|workload| Evidence::plan(&workload.address, "availability_zones", listed(&workload.placement.zones))),
    );
    seen
}
