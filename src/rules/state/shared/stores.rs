//! Where several units could keep something together.

use crate::facts::{DatastoreKind, Place};
use crate::finding::{Delta, Remedy};
use crate::model::{Address, Attr};
use crate::rules::prospect;
use crate::topology::{Binding, Datastore, Kept, NamedStore, Reach, Topology, Workload, WorkloadId};
use crate::units::listed;

/// The datastores of one kind that a workload reaches, or may.
pub(in crate::rules::state) fn reached(
    topology: &Topology,
    id: WorkloadId,
    kind: DatastoreKind,
) -> impl Iterator<Item = (&Reach, &Datastore)> {
    let all = topology.reaches_of(id).iter().map(|reach| (reach, topology.datastore(reach.datastore)));
    all.filter(move |(_, datastore)| datastore.kind == kind)
}

/// Whether a workload certainly connects to a datastore of one kind.
pub(in crate::rules::state) fn certain(topology: &Topology, id: WorkloadId, kind: DatastoreKind) -> Option<&Datastore> {
    let mut all = reached(topology, id, kind);
    all.find(|(reach, _)| reach.is_certain() && !reach.admitted).map(|(_, datastore)| datastore)
}

/// Whether its environment names a store of one kind outside of its units.
pub(in crate::rules::state) fn names(workload: &Workload, kind: Place) -> bool {
    workload.keeps.leads.iter().any(|lead| lead.kind == kind && !lead.local)
        || workload.keeps.stores.iter().any(|(place, _)| *place == kind)
}

/// The cache within each unit, where something is kept in a cache and no other is in reach.
pub(in crate::rules::state) fn beside<'t>(
    topology: &'t Topology,
    id: WorkloadId,
    all: &[&Kept],
) -> Option<&'t NamedStore> {
    let workload = topology.workload(id);
    let in_cache = all.iter().any(|kept| kept.place == Attr::Set(Place::Cache));
    let elsewhere = names(workload, Place::Cache) || reached(topology, id, DatastoreKind::Cache).next().is_some();
    let mut leads = workload.keeps.leads.iter();
    leads.find(|lead| in_cache && !elsewhere && lead.local && lead.kind == Place::Cache)
}

/// What binds clients to the units of a workload, for certain.
pub(in crate::rules::state) fn bound(topology: &Topology, id: WorkloadId) -> impl Iterator<Item = &Binding> {
    let on = topology.bindings.iter().filter(|binding| binding.on.known() == Some(&true));
    on.filter(move |binding| binding.workloads.contains(&id))
}

/// Keeps `what` in a cache: in the one that is there, or in a new one.
pub(in crate::rules::state) fn in_cache(topology: &Topology, all: &[WorkloadId], what: &str) -> Remedy {
    let caches: Vec<Option<&Datastore>> = all.iter().map(|id| certain(topology, *id, DatastoreKind::Cache)).collect();
    let there: Vec<&Address> = {
        let mut there: Vec<&Address> = caches.iter().flatten().map(|cache| &cache.address).collect();
        there.dedup();
        there
    };
    if !there.is_empty() && caches.iter().all(Option::is_some) {
        return Remedy::new(
            format!("keep {what} in {}", listed(there)),
            "it is there already, and all units reach it",
            Delta::Free("the cache is there already"),
        );
    }
    let beside = all.first().map(|id| &topology.workload(*id).address);
    let changes = beside.map_or_else(Vec::new, |beside| prospect::session_store(topology, beside));
    Remedy::priced(
        format!("keep {what} in a cache that all units share"),
        "priced with two of the smallest nodes, one of which takes over from the other; a table of keys and values does as \
         well, and is billed by the request",
        changes,
    )
}
