//! Changes that several rules advise, in a form that the bill can price.

use crate::facts::{Added, Amounts, Cap, Change, ComputeKind, Value};
use crate::finding::Trade;
use crate::model::Address;
use crate::topology::{Datastore, Topology, Workload};
use crate::units::Decimal;

/// A pooler before a database.
pub(super) fn pooler(topology: &Topology, datastore: &Datastore) -> Vec<Change> {
    let offers = topology.ledger.offers(&datastore.address);
    let added = offers.map(|offers| Added {
        name: Address::new(format!("{} before {}", offers.pooler.kind, datastore.address)),
        offer: &offers.pooler,
        zones: 1,
        beside: datastore.address.clone(),
        near: vec![datastore.address.clone()],
    });
    added.map(Change::Add).into_iter().collect()
}

/// An interface endpoint with an address in so many zones; `what` tells it from others in the same network.
pub(super) fn interface_endpoint(topology: &Topology, beside: &Address, what: &str, zones: usize) -> Option<Added> {
    let offers = topology.ledger.offers(beside)?;
    let zones = u32::try_from(zones).ok().filter(|zones| *zones > 0)?;
    let name = Address::new(format!("endpoint for {what} in {beside}"));
    Some(Added { name, offer: &offers.interface_endpoint, zones, beside: beside.clone(), near: Vec::new() })
}

/// What lifts a bound on a database's connections.
pub(super) fn lift(datastore: &Datastore, cap: &Cap) -> Change {
    let value = Value::Number(Decimal::from(cap.lifted_at));
    Change::Set { address: datastore.address.clone(), attribute: cap.attribute.into(), value }
}

/// So many gigabytes a month more between the zones of a workload and others.
pub(super) fn crossing(topology: &Topology, workload: &Address, gigabytes: i64) -> Option<Change> {
    let key = topology.ledger.offers(workload)?.cross_zone;
    Some(Change::Use { address: workload.clone(), key, more: Decimal::from(gigabytes) })
}

/// What each gigabyte costs that a workload sends to another zone, or no longer does.
pub(super) fn per_crossing(topology: &Topology, workload: &Address, gigabytes: i64) -> Option<Trade> {
    let changes = vec![crossing(topology, workload, gigabytes)?];
    let key = topology.ledger.offers(workload)?.cross_zone;
    let stated = Some((workload.clone(), key));
    Some(Trade { changes, unit: "GB a month between zones", units: "GB a month between zones", stated, parts: 1 })
}

/// At least so many units, at any time.
pub(super) fn at_least(workload: &Workload, units: u64) -> Vec<Change> {
    let least = Decimal::from(units);
    if workload.kind == ComputeKind::Machine {
        let times = u32::try_from(units.saturating_sub(1)).unwrap_or(u32::MAX);
        return vec![Change::Copy { address: workload.address.clone(), times }];
    }
    let raised = workload.range.amounts().map(|amounts| amounts.map(|number| number.max(least)));
    raised.map(|units| Change::Units { address: workload.address.clone(), units }).into_iter().collect()
}

/// What each unit is worth that need not run.
pub(super) fn per_unit_less(workload: &Workload) -> Option<Trade> {
    let Amounts { minimum, expected, maximum } = workload.range.amounts()?;
    let less = |number: Decimal| (number - Decimal::ONE).max(Decimal::ZERO);
    let units = Amounts { minimum: less(minimum), expected: less(expected), maximum: less(maximum) };
    if expected < Decimal::ONE || workload.kind == ComputeKind::Machine {
        return None;
    }
    let changes = vec![Change::Units { address: workload.address.clone(), units }];
    Some(Trade { changes, unit: "unit less", units: "units", stated: None, parts: 1 })
}
