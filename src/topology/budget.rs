//! Connection budgets: what a database takes against what all workloads that reach it may ask for.

use std::collections::{BTreeMap, BTreeSet};

use crate::facts::{DatastoreKind, Part, Relation, Role};
use crate::graph::Graph;
use crate::model::{Address, Attr, Evidence, Text};
use crate::units::{Count, Interval};

use super::capacity::{Capacity, Sizing};
use super::datastore::{Datastore, DatastoreId};
use super::demand::{Demand, Scale, demands};
use super::reach::Reach;
use super::workload::{Gap, WorkloadId, Workloads};

/// What a pooler may take of a database's connections.
#[derive(Clone, Debug)]
pub struct Share {
    /// The pooler.
    pub pooler: Address,
    /// Whether somebody comes through it for certain.
    pub certain: bool,
    /// So many per cent.
    pub percent: u64,
    /// That is so many connections.
    pub connections: u64,
    /// What says so.
    pub evidence: Evidence,
}

impl Share {
    /// What it takes at each scale: clients connect as they come.
    const fn scale(&self) -> Scale {
        let most = Count::Of(self.connections);
        Scale { maximum: most, rollout: most, ..Scale::NONE }
    }
}

/// One database's budget.
#[derive(Debug)]
pub struct Budget {
    /// The database.
    pub datastore: DatastoreId,
    /// Whether it is that of the machines that answer readers.
    pub readers: bool,
    /// What it takes, or why that cannot be told.
    pub capacity: Result<Capacity, Gap>,
    /// What is asked for.
    pub demands: Vec<Demand>,
    /// All of it, at least.
    pub total: Scale,
    /// Reaches that are not certain.
    pub possible: Vec<Reach>,
    /// What is asked for at most, if all of those connect as well; `None` where that cannot be told.
    pub at_most: Option<Scale>,
    /// Workloads that come through a pooler, with it.
    pub pooled: Vec<(WorkloadId, Address)>,
    /// What poolers may take, where that is stated, beside those who come directly.
    pub shares: Vec<Share>,
    /// The pooler that its cloud offers for it.
    pub pooler: &'static str,
    /// Larger classes, smallest first, with the connections that each leaves to ordinary users.
    pub larger: Vec<(Text, Interval)>,
}

impl Budget {
    /// Whether every figure is there.
    pub fn is_complete(&self) -> bool {
        self.possible.is_empty() && self.demands.iter().all(Demand::is_complete)
    }
}

/// Draws up the budget of every database that somebody reaches.
pub(super) fn budgets(
    graph: &Graph,
    workloads: &Workloads,
    datastores: &[Datastore],
    reaches: &[Reach],
) -> Vec<Budget> {
    let mut by_datastore: BTreeMap<DatastoreId, Vec<&Reach>> = BTreeMap::new();
    for reach in reaches {
        by_datastore.entry(reach.datastore).or_default().push(reach);
    }
    let mut budgets = Vec::new();
    for (id, reaches) in by_datastore {
        let Some(datastore) = datastores.get(id.0) else { continue };
        if datastore.kind != DatastoreKind::Database {
            continue;
        }
        // The only machine of a cluster answers its readers too: Amazon Aurora user guide, reader endpoints.
        let alone = datastore.members.len() == 1;
        for readers in [false, true] {
            let mine: Vec<&Reach> =
                reaches.iter().copied().filter(|reach| (reach.readers_only && !alone) == readers).collect();
            if !mine.is_empty() {
                budgets.push(budget(graph, workloads, (id, datastore), readers, &mine));
            }
        }
    }
    budgets
}

/// The budget of one database, or of those of its machines that answer readers.
fn budget(
    graph: &Graph,
    workloads: &Workloads,
    (id, datastore): (DatastoreId, &Datastore),
    readers: bool,
    reaches: &[&Reach],
) -> Budget {
    let sizing = Sizing::new(graph, datastore, readers);
    let capacity = sizing.capacity();
    let certain: Vec<&Reach> = reaches.iter().copied().filter(|reach| reach.is_certain()).collect();
    let (demands, all) = (demands(workloads, &certain), demands(workloads, reaches));
    // What poolers may take matters beside those who come directly: by themselves they keep within the limit.
    let shares = if all.is_empty() { Vec::new() } else { shares(graph, workloads, reaches, capacity.as_ref().ok()) };
    let sum = |demands: &[Demand], shares: &mut dyn Iterator<Item = &Share>| {
        let sum = demands.iter().fold(Scale::NONE, |sum, demand| sum.plus(demand.connections));
        shares.fold(sum, |sum, share| sum.plus(share.scale()))
    };
    let mut certain_shares = shares.iter().filter(|share| share.certain && !demands.is_empty());
    let total = sum(&demands, &mut certain_shares);
    let at_most = all.iter().map(Demand::at_most).collect::<Option<Vec<Scale>>>().map(|scales| {
        let sum = scales.into_iter().fold(Scale::NONE, Scale::plus);
        shares.iter().fold(sum, |sum, share| sum.plus(share.scale()))
    });
    let pooled = certain.iter().filter_map(|reach| Some((reach.workload, reach.pooler.clone()?)));
    Budget {
        datastore: id,
        readers,
        total,
        at_most,
        possible: reaches.iter().filter(|reach| !reach.is_certain()).map(|reach| (*reach).clone()).collect(),
        pooled: pooled.collect(),
        larger: capacity.as_ref().map(|capacity| sizing.larger(capacity)).unwrap_or_default(),
        pooler: sizing.pooler(),
        capacity,
        shares,
        demands,
    }
}

/// What the poolers that somebody comes through, or may come through, may take.
fn shares(graph: &Graph, workloads: &Workloads, reaches: &[&Reach], capacity: Option<&Capacity>) -> Vec<Share> {
    let Some(capacity) = capacity else { return Vec::new() };
    let poolers: BTreeSet<&Address> = reaches.iter().filter_map(|reach| reach.pooler.as_ref()).collect();
    let mut shares = Vec::new();
    for node in graph.having(Role::PoolerShare) {
        let Part::PoolerShare(share) = graph.node(*node).part() else { continue };
        let Attr::Set(percent) = share.percent else { continue };
        for (pooler, edge) in graph.links(*node, Relation::ThroughPooler) {
            let address = &graph.node(pooler).address;
            if edge.is_exact() && poolers.contains(address) {
                // Its clients may ask for less.
                let clients: Vec<Reach> = (reaches.iter())
                    .filter(|reach| reach.pooler.as_ref() == Some(address))
                    .map(|reach| Reach { pooler: None, ..(*reach).clone() })
                    .collect();
                let asked = demands(workloads, &clients.iter().collect::<Vec<_>>());
                let most = asked.iter().fold(Count::Of(0), |sum, demand| sum.plus(demand.connections.rollout));
                let most = if asked.iter().all(Demand::is_complete) { most } else { Count::Unbounded };
                let allowed = capacity.maximum.low.saturating_mul(percent) / 100;
                shares.push(Share {
                    pooler: address.clone(),
                    certain: clients.iter().any(Reach::is_certain),
                    percent,
                    connections: most.bounded().map_or(allowed, |most| most.min(allowed)),
                    evidence: Evidence::plan(&graph.node(*node).address, share.attribute, percent.to_string()),
                });
            }
        }
    }
    shares
}
