//! The poolers before each database, and how much of it each may take.

use std::collections::{BTreeMap, BTreeSet};

use crate::facts::Role;
use crate::graph::Graph;
use crate::model::Address;

use super::budget::percent;
use super::datastore::DatastoreId;
use super::range::Amount;
use super::reach::{Behind, Reach};

/// The poolers before one database.
#[derive(Debug)]
pub struct Pooling {
    /// The database.
    pub datastore: DatastoreId,
    /// Its poolers, in the order of their addresses.
    pub poolers: Vec<Allowance>,
}

/// What one pooler may take.
#[derive(Debug)]
pub struct Allowance {
    /// The pooler.
    pub pooler: Address,
    /// How much of the database's limit, in per cent.
    pub percent: Amount,
    /// Whether somebody in this plan comes through it, or may.
    pub used: bool,
}

/// Finds the poolers before each database.
pub(super) fn poolings(graph: &Graph, behind: &Behind, reaches: &[Reach]) -> Vec<Pooling> {
    if behind.is_empty() {
        return Vec::new();
    }
    let used: BTreeSet<(&Address, DatastoreId)> =
        reaches.iter().filter_map(|reach| Some((reach.pooler.as_ref()?, reach.datastore))).collect();
    let mut by_datastore: BTreeMap<DatastoreId, Vec<Allowance>> = BTreeMap::new();
    for node in graph.having(Role::Pooler) {
        let datastores: BTreeSet<DatastoreId> = behind.get(node).into_iter().flatten().copied().collect();
        let pooler = &graph.node(*node).address;
        for datastore in datastores {
            by_datastore.entry(datastore).or_default().push(Allowance {
                pooler: pooler.clone(),
                percent: percent(graph, *node),
                used: used.contains(&(pooler, datastore)),
            });
        }
    }
    let mut all: Vec<Pooling> =
        by_datastore.into_iter().map(|(datastore, poolers)| Pooling { datastore, poolers }).collect();
    for pooling in &mut all {
        pooling.poolers.sort_by(|a, b| a.pooler.cmp(&b.pooler));
    }
    all
}
