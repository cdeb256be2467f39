//! Connection budgets: what a database takes against what all workloads that reach it may ask for.

use std::collections::{BTreeMap, BTreeSet};

use crate::facts::{DatastoreKind, Part, Relation, Role, Stated};
use crate::graph::{Graph, NodeId};
use crate::model::{Address, Attr, Evidence, Why};
use crate::units::Count;

use super::capacity::{Capacity, Larger, Sizing};
use super::datastore::{Datastore, DatastoreId};
use super::demand::{Demand, Scale, demands};
use super::range::Amount;
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
    pub percent: Attr<u64>,
    /// That is so many connections, at least: its clients may ask for less.
    pub connections: u64,
    /// And at most.
    pub most: u64,
    /// What says so.
    pub evidence: Evidence,
    /// What is missing, in words, where it may be more than the least.
    pub unseen: Vec<String>,
}

/// So many connections at each scale: clients of a pooler connect as they come.
const fn taken(connections: u64) -> Scale {
    let most = Count::Of(connections);
    Scale { maximum: most, rollout: most, ..Scale::NONE }
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
    /// Larger classes with the connections that each leaves to ordinary users, its own family first, each smallest first.
    pub larger: Vec<Larger>,
}

impl Budget {
    /// Whether every figure is there.
    pub fn is_complete(&self) -> bool {
        let seen = self.shares.iter().all(|share| share.unseen.is_empty());
        seen && self.possible.is_empty() && self.demands.iter().all(Demand::is_complete)
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
        let alone = datastore.members.len() == 1 && datastore.readers.least == 0;
        for readers in [false, true] {
            let mine: Vec<&Reach> =
                reaches.iter().copied().filter(|reach| (reach.readers_only && !alone) == readers).collect();
            if !mine.is_empty() {
                let mut budget = budget(graph, workloads, (id, datastore), readers, &mine);
                in_part(workloads, &mut budget, &mine);
                budgets.push(budget);
            }
        }
    }
    budgets
}

/// Says of a budget that fits all readers that some come through a name that leads to some of these only. It fits for certain
/// where one machine takes all that anybody asks for.
fn in_part(workloads: &Workloads, budget: &mut Budget, reaches: &[&Reach]) {
    let capacity = budget.capacity.as_ref().ok().filter(|capacity| budget.readers && capacity.machines > 1);
    let Some(capacity) = capacity else { return };
    let (one, all) = (capacity.each.less(capacity.reserved).low, capacity.usable.low);
    let fits_one = budget.at_most.is_some_and(|most| most.rollout <= Count::Of(one));
    let parted: BTreeSet<WorkloadId> =
        reaches.iter().filter(|reach| reach.in_part).map(|reach| reach.workload).collect();
    if fits_one || budget.total.rollout > Count::Of(all) || parted.is_empty() {
        return;
    }
    budget.at_most = None;
    for demand in &mut budget.demands {
        let parted = demand.workloads.iter().filter(|id| parted.contains(id));
        for workload in parted.filter_map(|id| workloads.list.get(id.0)) {
            demand.units_seen = false;
            let address = &workload.address;
            demand.unseen.push(format!("{address} comes through an endpoint that leads to some of the readers only"));
        }
    }
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
    // What a pooler may take matters beside those who come directly, and beside other poolers: by itself it keeps within
    // the limit.
    let mut shares = shares(graph, workloads, reaches, capacity.as_ref().ok());
    if all.is_empty() && shares.len() < 2 {
        shares.clear();
    }
    let with =
        |asked: Scale, shares: &mut dyn Iterator<Item = u64>| shares.fold(asked, |sum, one| sum.plus(taken(one)));
    let certain_shares = || shares.iter().filter(|share| share.certain);
    let beside = !demands.is_empty() || certain_shares().count() > 1;
    let asked = demands.iter().fold(Scale::NONE, |sum, demand| sum.plus(demand.connections));
    let total = with(asked, &mut certain_shares().filter(|_| beside).map(|share| share.connections));
    let at_most = all.iter().map(Demand::at_most).collect::<Option<Vec<Scale>>>().map(|scales| {
        let asked = scales.into_iter().fold(Scale::NONE, Scale::plus);
        with(asked, &mut shares.iter().map(|share| share.most))
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
    for node in graph.having(Role::Pooler) {
        let address = &graph.node(*node).address;
        if !poolers.contains(address) {
            continue;
        }
        let stated = percent(graph, *node);
        let clients: Vec<Reach> = (reaches.iter())
            .filter(|reach| reach.pooler.as_ref() == Some(address))
            .map(|reach| Reach { pooler: None, ..(*reach).clone() })
            .collect();
        // Its clients may ask for less: at least for this.
        let asked = demands(workloads, &clients.iter().collect::<Vec<_>>());
        let least = asked.iter().fold(Count::Of(0), |sum, demand| sum.plus(demand.connections.rollout));
        let most = if asked.iter().all(Demand::is_complete) { least } else { Count::Unbounded };
        let within = |asked: Count, percent: u64| {
            let allowed = capacity.maximum.low.saturating_mul(percent) / 100;
            asked.bounded().map_or(allowed, |asked| asked.min(allowed))
        };
        // Somewhere between one per cent and all of it, where it cannot be seen.
        let percents = stated.value.known().map_or((1, 100), |percent| (*percent, *percent));
        let (least, most) = (within(least, percents.0), within(most, percents.1));
        let mut unseen = Vec::new();
        if least < most {
            let Evidence { address: place, attribute, .. } = &stated.evidence;
            let hidden = stated.value.why_unknown();
            unseen.extend(hidden.map(|why| format!("how much {address} may take ({attribute} of {place}) is {why}")));
            unseen.extend(asked.iter().flat_map(|demand| demand.unseen.iter().cloned()));
        }
        shares.push(Share {
            pooler: address.clone(),
            certain: clients.iter().any(Reach::is_certain),
            percent: stated.value,
            connections: least,
            most,
            evidence: stated.evidence,
            unseen,
        });
    }
    shares
}

/// How much of a database's connections a pooler may take, in percent.
pub(super) fn percent(graph: &Graph, pooler: NodeId) -> Amount {
    let node = graph.node(pooler);
    let groups = graph.backlinks(pooler, Relation::ThroughPooler).into_iter();
    let mut groups = groups.filter_map(|(group, edge)| match graph.node(group).part() {
        Part::PoolerShare(share) => Some((&graph.node(group).address, share, edge.is_exact())),
        _ => None,
    });
    let hidden = |stated: &Stated<u64>, address: &Address, why| {
        Amount::new(address, &Stated::plan(stated.attribute, Attr::Unknown(why)))
    };
    let own = match node.part() {
        Part::Pooler(facts) => facts.percent.clone(),
        _ => Stated::unset("percent"),
    };
    match groups.next() {
        Some((address, share, false)) => hidden(&share.percent, address, Why::Computed),
        Some((address, share, true)) if !share.percent.value.is_unset() => Amount::new(address, &share.percent),
        None if !node.managed => hidden(&own, &node.address, Why::Elsewhere),
        _ => Amount::new(&node.address, &own),
    }
}
