//! Who connects to what, where somebody says it: to these and to no others.

use std::collections::{BTreeMap, BTreeSet};

use crate::facts::{FactKey, Said};
use crate::model::{Address, Pattern};
use crate::units::listed;

use super::datastore::{Datastore, DatastoreId};
use super::declared::{Heard, differ, piece};
use super::reach::Reach;
use super::workload::{Workload, WorkloadId};

/// A pooler, with what is behind it.
pub(super) type Pooler<'t> = (&'t Address, &'t [DatastoreId]);

/// What a name in `connects-to` means.
#[derive(Debug, Default)]
struct Meant {
    datastores: BTreeSet<DatastoreId>,
    /// The positions of poolers, where it means no datastore.
    poolers: Vec<usize>,
}

/// What names mean; each is looked up once, however many say it.
struct Names<'t> {
    datastores: &'t [Datastore],
    poolers: &'t [Pooler<'t>],
    exact: BTreeMap<&'t str, DatastoreId>,
    known: BTreeMap<String, Meant>,
}

impl<'t> Names<'t> {
    fn new(datastores: &'t [Datastore], poolers: &'t [Pooler<'t>]) -> Self {
        let exact = datastores
            .iter()
            .enumerate()
            .flat_map(|(at, datastore)| addresses(datastore).map(move |address| (address.as_str(), DatastoreId(at))));
        Self { datastores, poolers, exact: exact.collect(), known: BTreeMap::new() }
    }

    fn of(&mut self, name: &Pattern) -> &Meant {
        let Self { datastores, poolers, exact, known } = self;
        known.entry(name.as_str().to_owned()).or_insert_with(|| {
            if let Some(id) = exact.get(name.as_str()) {
                return Meant { datastores: BTreeSet::from([*id]), poolers: Vec::new() };
            }
            let means = |address: &Address| name.matches(address.as_str());
            let all = datastores.iter().enumerate().filter(|(_, datastore)| addresses(datastore).any(means));
            let found: BTreeSet<DatastoreId> = all.map(|(at, _)| DatastoreId(at)).collect();
            let ways = poolers.iter().enumerate().filter(|(_, (address, _))| found.is_empty() && means(address));
            let ways = ways.map(|(at, _)| at).collect();
            Meant { datastores: found, poolers: ways }
        })
    }
}

/// A datastore's own address, and those of its machines.
fn addresses(datastore: &Datastore) -> impl Iterator<Item = &Address> {
    std::iter::once(&datastore.address).chain(datastore.members.iter().map(|member| &member.address))
}

/// Puts in who connects to what.
pub(super) fn connect(
    heard: &mut Heard,
    workloads: &[Workload],
    datastores: &[Datastore],
    poolers: &[Pooler<'_>],
    found: Vec<Reach>,
) -> Vec<Reach> {
    let says = |id: WorkloadId| workloads.get(id.0)?.declared.as_ref()?.what.connects_to.as_ref();
    let mut by_workload: BTreeMap<WorkloadId, Vec<Reach>> = BTreeMap::new();
    let mut kept = Vec::with_capacity(found.len());
    for reach in found {
        if says(reach.workload).is_some() {
            by_workload.entry(reach.workload).or_default().push(reach);
        } else {
            kept.push(reach);
        }
    }
    let mut names = Names::new(datastores, poolers);
    for (at, workload) in workloads.iter().enumerate() {
        let id = WorkloadId(at);
        let Some(said) = says(id) else { continue };
        let shown = by_workload.remove(&id).unwrap_or_default();
        kept.extend(connections(heard, &mut names, (id, workload), said, shown));
    }
    kept.sort_by(|a, b| {
        let key = |r: &Reach| (r.workload, r.datastore, r.readers_only, r.pooler.is_none());
        key(a).cmp(&key(b))
    });
    kept
}

/// What one workload connects to.
fn connections(
    heard: &mut Heard,
    names: &mut Names<'_>,
    (id, workload): (WorkloadId, &Workload),
    said: &Said<Vec<Pattern>>,
    shown: Vec<Reach>,
) -> Vec<Reach> {
    let (mut meant, mut ways): (BTreeSet<DatastoreId>, Vec<usize>) = (BTreeSet::new(), Vec::new());
    for name in &said.value {
        let Meant { datastores, poolers } = names.of(name);
        if datastores.is_empty() && poolers.is_empty() {
            heard.strangers.insert((name.as_str().to_owned(), said.place.to_string()));
        }
        meant.extend(datastores);
        ways.extend(poolers);
    }
    let poolers: Vec<&Pooler<'_>> = ways.iter().filter_map(|at| names.poolers.get(*at)).collect();
    let (mut kept, other): (Vec<Reach>, Vec<Reach>) = shown.into_iter().partition(|reach| {
        let through = |address: &Address| poolers.iter().any(|(pooler, _)| *pooler == address);
        meant.contains(&reach.datastore) || reach.pooler.as_ref().is_some_and(through)
    });
    let address_of = |id: DatastoreId| names.datastores.get(id.0).map(|datastore| &datastore.address);
    let certain = other.iter().filter(|reach| reach.is_certain());
    let certain: BTreeSet<&Address> = certain.filter_map(|reach| address_of(reach.datastore)).collect();
    if !certain.is_empty() {
        let shown = format!("it connects to {}", listed(certain));
        let all = listed(said.value.iter().map(Pattern::as_str));
        let all = if all.is_empty() { "nothing" } else { &all };
        heard.remarks.push(differ(&workload.address, FactKey::ConnectsTo, &said.place, all, &shown));
    }
    let direct = meant.iter().map(|datastore| (*datastore, None));
    let through = poolers.iter().flat_map(|(pooler, behind)| behind.iter().map(move |id| (*id, Some(*pooler))));
    for (datastore, pooler) in direct.chain(through) {
        let is_way =
            |reach: &Reach| reach.datastore == datastore && (pooler.is_none() || reach.pooler.as_ref() == pooler);
        if kept.iter().any(|reach| is_way(reach) && reach.is_certain()) {
            // Beside a way that is certain, one that is merely open says nothing.
            kept.retain(|reach| !is_way(reach) || reach.is_certain());
        }
        let Some(address) = pooler.or_else(|| address_of(datastore)) else { continue };
        let evidence = piece(&workload.address, FactKey::ConnectsTo, said, address.to_string());
        if !kept.iter().any(is_way) {
            let (pooler, readers_only, doubt, admitted) = (pooler.cloned(), false, None, false);
            kept.push(Reach {
                workload: id,
                datastore,
                pooler,
                readers_only,
                in_part: false,
                evidence: vec![evidence],
                doubt,
                admitted,
            });
            continue;
        }
        for reach in kept.iter_mut().filter(|reach| is_way(reach)) {
            (reach.doubt, reach.admitted) = (None, false);
            reach.evidence.push(evidence.clone());
        }
    }
    kept
}
