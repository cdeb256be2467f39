//! Limits that somebody set by hand, against what the machine carries.

use crate::facts::{Cap, DatastoreKind, Variable};
use crate::graph::Graph;
use crate::model::{Address, Evidence, Provenance, Text};
use crate::units::Interval;

use super::capacity::{Sizing, find_variable, gibibytes};
use super::datastore::{Datastore, DatastoreId};
use super::workload::Gap;

/// A limit that somebody set.
#[derive(Debug)]
pub struct HandSet {
    /// The database.
    pub datastore: DatastoreId,
    /// The machine that it counts for: of a cluster the one that carries least.
    pub machine: Address,
    /// What its class, or its capacity, is called.
    pub size: Text,
    /// Its memory, in words, where its class tells.
    pub memory: Option<String>,
    /// The parameter.
    pub parameter: &'static str,
    /// The limit, or why it cannot be told.
    pub limit: Result<Interval, Gap>,
    /// How many connections the machine's memory carries.
    pub bears: Option<Interval>,
    /// At so many bytes each.
    pub per_connection: u64,
    /// Whether the limit grows with the machine, so that its ends belong to those of what memory carries.
    pub grows: bool,
    /// The limit where it is left to the engine.
    pub default: Option<Interval>,
    /// The values that the cloud accepts.
    pub allowed: Interval,
    /// What is kept back for administrators.
    pub reserved: u64,
    /// A bound above which it does not rise.
    pub cap: Option<Cap>,
    /// What says so.
    pub evidence: Vec<Evidence>,
}

/// Finds every limit that somebody set in this plan.
pub(super) fn hand_set(graph: &Graph, datastores: &[Datastore]) -> Vec<HandSet> {
    let mut all = Vec::new();
    for (at, datastore) in datastores.iter().enumerate() {
        if datastore.managed && datastore.kind == DatastoreKind::Database {
            let sizing = Sizing::new(graph, datastore, false);
            // Of machines that differ, the one whose memory carries least.
            let of_machines =
                (0..sizing.machines.len()).filter_map(|machine| of_machine(&sizing, DatastoreId(at), machine));
            all.extend(of_machines.min_by_key(|set| set.bears.map_or(u64::MAX, |bears| bears.high)));
        }
    }
    all
}

fn of_machine(sizing: &Sizing<'_>, datastore: DatastoreId, at: usize) -> Option<HandSet> {
    let (machine, limit) = sizing.machines.get(at)?;
    let limit = limit.known()?;
    let address = &sizing.graph.node(*machine).address;
    // A group that cannot be seen says nothing of this parameter; a value that cannot be seen does.
    let (set, grows, mut evidence) = match sizing.parameter(*machine, limit.parameter) {
        Ok(None) => return None,
        Ok(Some((formula, shown))) => {
            let no_value = |error| Gap { reason: format!("{} {error}", limit.parameter), evidence: shown.clone() };
            (formula.evaluate(&limit.variables).map_err(no_value), formula.reads(Variable::Memory), vec![shown])
        }
        Err(gap) if gap.evidence.attribute.ends_with(limit.parameter) => {
            let shown = gap.evidence.clone();
            (Err(gap), false, vec![shown])
        }
        Err(_) => return None,
    };
    let memory = find_variable(&limit.variables, Variable::Memory);
    let bears = memory.and_then(|memory| {
        let (low, high) =
            (memory.low.checked_div(limit.per_connection)?, memory.high.checked_div(limit.per_connection)?);
        Some(Interval { low, high })
    });
    let default = limit.default.as_ref().and_then(|own| own.evaluate(&limit.variables).ok());
    evidence.push(Evidence::plan(address, limit.size_attribute, limit.size.as_str()));
    let memory = memory.map(gibibytes);
    if let (Some(memory), Some(bears)) = (&memory, bears) {
        let source =
            |source| Evidence { address: address.clone(), attribute: "memory".into(), value: memory.clone(), source };
        evidence.push(source(Provenance::Catalogue(limit.machine)));
        evidence.push(Evidence {
            address: address.clone(),
            attribute: "connections for its memory".into(),
            value: bears.to_string(),
            source: Provenance::Catalogue(limit.per_connection_source),
        });
    }
    let mut reserved = 0_u64;
    for reserve in &limit.reserves {
        let kept = match sizing.parameter(*machine, reserve.parameter) {
            Ok(Some((formula, _))) => formula.evaluate(&limit.variables).map_or(reserve.default, |kept| kept.high),
            Ok(None) | Err(_) => reserve.default,
        };
        reserved = reserved.saturating_add(kept);
    }
    Some(HandSet {
        datastore,
        machine: address.clone(),
        size: limit.size.clone(),
        memory,
        parameter: limit.parameter,
        limit: set,
        bears,
        per_connection: limit.per_connection,
        grows,
        default: default.map(|own| limit.cap.map_or(own, |cap| own.at_most(cap.limit))),
        allowed: limit.allowed,
        reserved,
        cap: limit.cap,
        evidence,
    })
}
