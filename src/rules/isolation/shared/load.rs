//! How much reaches a datastore.

use std::collections::BTreeSet;

use crate::facts::ComputeKind;
use crate::model::{Address, Evidence};
use crate::topology::{Consumption, Datastore, DatastoreId, Reach, Spread, Topology, Workload, WorkloadId};
use crate::units::{counted, few};

/// What certainly reaches a datastore.
pub(in crate::rules::isolation) struct Load<'t> {
    workloads: Vec<&'t Workload>,
    /// What tells that they do.
    own: Vec<&'t Evidence>,
    /// The most units that all of these run, as far as their number is known; at least one of each.
    pub(in crate::rules::isolation) units: u64,
    /// Whether there may be more.
    open: bool,
    /// Whether the datastore is kept twice, as nobody does for a trial.
    standby: bool,
}

impl<'t> Load<'t> {
    /// The load on a datastore; none where nobody certainly reaches it.
    pub(in crate::rules::isolation) fn on(topology: &'t Topology, id: DatastoreId) -> Option<Self> {
        let certain = topology.reaches.iter().filter(|reach| reach.datastore == id && reach.is_certain());
        let reaches: Vec<&Reach> = certain.collect();
        let ids: BTreeSet<WorkloadId> = reaches.iter().map(|reach| reach.workload).collect();
        let own = reaches.iter().flat_map(|reach| &reach.evidence).collect();
        let workloads: Vec<&Workload> = ids.into_iter().map(|id| topology.workload(id)).collect();
        let units = workloads.iter().map(|workload| units(workload)).fold(0, u64::saturating_add);
        let Datastore { spread, .. } = topology.datastore(id);
        let standby = *spread == Spread::SeveralZones;
        (!workloads.is_empty()).then_some(Self { open: is_open(&workloads), workloads, own, units, standby })
    }

    /// The load on what hands out work, by those who take it; none where nobody certainly does.
    pub(in crate::rules::isolation) fn of_source(topology: &'t Topology, source: &Address) -> Option<Self> {
        let mut own = Vec::new();
        let mut workloads: Vec<&Workload> = Vec::new();
        for workload in &topology.workloads {
            let taken =
                |consumption: &&Consumption| consumption.is_certain() && consumption.source.as_ref() == Some(source);
            let taken: Vec<&Consumption> = workload.consumes.iter().filter(taken).collect();
            if !taken.is_empty() {
                workloads.push(workload);
            }
            own.extend(taken.into_iter().flat_map(|consumption| &consumption.evidence));
        }
        let units = workloads.iter().map(|workload| units(workload)).fold(0, u64::saturating_add);
        (!workloads.is_empty()).then_some(Self { open: is_open(&workloads), workloads, own, units, standby: false })
    }

    /// Whether it is a heavy one: four times as many units as this, or twice as many of several workloads, which slow down together.
    pub(in crate::rules::isolation) fn is_heavy(&self, units: u64) -> bool {
        let times = if self.workloads.len() > 1 { 2 } else { 4 };
        self.units >= units.saturating_mul(times)
    }

    /// Whether it is the load of a system at work: as many units as this, or half as many on a datastore that is kept twice.
    pub(in crate::rules::isolation) fn reaches_to(&self, units: u64) -> bool {
        self.units >= if self.standby { units.div_ceil(2) } else { units }
    }

    /// `ECS service a and function b with up to 12 units together`; of many workloads only the first is named.
    pub(in crate::rules::isolation) fn in_words(&self) -> String {
        let names = few(self.workloads.iter().map(|workload| format!("{} {}", workload.noun, workload.address)));
        let most = if self.open { "at least" } else { "up to" };
        match (self.workloads.as_slice(), self.units) {
            (_, ..=1) => names,
            ([only], units) => format!("{names} with {most} {}", counted(units, only.unit)),
            (_, units) => format!("{names} with {most} {} together", counted(units, "unit")),
        }
    }

    /// Whether one or several reach it: `reaches`, `reach`.
    pub(in crate::rules::isolation) fn verb(&self) -> &'static str {
        if self.workloads.len() == 1 { "reaches" } else { "reach" }
    }

    /// Who reaches it.
    pub(in crate::rules::isolation) fn addresses(&self) -> Vec<&'t Address> {
        self.workloads.iter().map(|workload| &workload.address).collect()
    }

    /// What that rests on.
    pub(in crate::rules::isolation) fn evidence(&self) -> Vec<&'t Evidence> {
        self.own.iter().copied().chain(self.workloads.iter().map(|workload| &workload.range.maximum.evidence)).collect()
    }
}

/// Whether of some of them nobody says how many units they have at the most.
fn is_open(workloads: &[&Workload]) -> bool {
    let comes_and_goes = |kind| matches!(kind, ComputeKind::Task | ComputeKind::Batch | ComputeKind::Function);
    workloads.iter().any(|workload| comes_and_goes(workload.kind) || workload.range.maximum.known().is_none())
}

/// The most units of a workload; of what nobody says, one. What runs to its end, and what runs for each call, comes and goes: it
/// counts as one, however many there may be at once.
fn units(workload: &Workload) -> u64 {
    let range = &workload.range;
    match workload.kind {
        ComputeKind::Task | ComputeKind::Batch | ComputeKind::Function => 1,
        _ => range.maximum.known().or(range.desired.known()).or(range.minimum.known()).unwrap_or(1).max(1),
    }
}
