//! Changes that several rules advise, in a form that the bill can price.

use crate::facts::{Added, Amounts, Cap, Change, ComputeKind, Value};
use crate::finding::Trade;
use crate::model::{Address, Evidence, Provenance, Text};
use crate::topology::{Amount, Datastore, Demand, Gateway, Layer, Topology, Workload};
use crate::units::Decimal;

/// An attribute takes another value.
pub(super) fn set(address: &Address, attribute: &str, value: Value) -> Change {
    Change::Set { address: address.clone(), attribute: attribute.into(), value }
}

/// The attribute that `evidence` names takes another number.
pub(super) fn set_number(evidence: &Evidence, number: u64) -> Change {
    set(&evidence.address, &evidence.attribute, Value::Number(Decimal::from(number)))
}

/// Amounts take another number, each attribute once; nothing where one of them is no number that somebody wrote.
pub(super) fn set_amounts<'a>(amounts: impl IntoIterator<Item = &'a Amount>, number: u64) -> Vec<Change> {
    let mut all: Vec<Change> = Vec::new();
    for amount in amounts {
        let is_written = amount.is_number && amount.evidence.source == Provenance::Plan;
        if !is_written || amount.known().is_none() {
            return Vec::new();
        }
        let change = set_number(&amount.evidence, number);
        if !all.contains(&change) {
            all.push(change);
        }
    }
    all
}

/// A variable of an environment takes another number than it has.
pub(super) fn set_variable((address, name): &(Address, Text), was: u64, number: u64) -> Change {
    let [was, value] = [was, number].map(|number| Value::Number(Decimal::from(number)));
    Change::Variable { address: address.clone(), name: name.clone(), was, value }
}

/// A function that nothing bounds gets a bound of its own; nothing where several share one.
pub(super) fn reserve(topology: &Topology, demand: &Demand, most: u64) -> Vec<Change> {
    let [only] = demand.workloads.as_slice() else { return Vec::new() };
    let workload = topology.workload(*only);
    let bound = &workload.range.maximum.evidence;
    if workload.kind == ComputeKind::Function && bound.address == workload.address {
        vec![set_number(bound, most)]
    } else {
        Vec::new()
    }
}

/// The attribute that `evidence` names is switched on or off.
pub(super) fn set_flag(evidence: &Evidence, flag: bool) -> Change {
    set(&evidence.address, &evidence.attribute, Value::Flag(flag))
}

/// A time limit that somebody set, or left as it is, becomes one of so many milliseconds at least (`up`) or at most; nothing where
/// no attribute of its own says it.
pub(super) fn set_span(layer: &Layer, millis: u64, up: bool) -> Vec<Change> {
    let Some(unit) = layer.unit else { return Vec::new() };
    let number = if up { millis.div_ceil(unit) } else { millis / unit };
    if number == 0 { Vec::new() } else { vec![set_number(&layer.evidence, number)] }
}

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

/// So many more gateways like one that is there, each with a public address, which is billed for itself.
///
/// Source: Amazon VPC pricing, public IPv4 addresses, since 2024-02-01: each that is in use, whatever holds it.
pub(super) fn more_gateways(topology: &Topology, gateway: &Gateway, times: u32) -> Vec<Change> {
    let copy = |address: &Address| Change::Copy { address: address.clone(), times };
    let mut changes = vec![copy(&gateway.address)];
    match &gateway.public_address {
        // Another like it: one that somebody brought along costs nothing.
        Some(address) => changes.push(copy(address)),
        None => changes.extend(public_addresses(topology, &gateway.address, times).into_iter().map(Change::Add)),
    }
    changes
}

fn public_addresses(topology: &Topology, beside: &Address, times: u32) -> Vec<Added> {
    let Some(offers) = topology.ledger.offers(beside) else { return Vec::new() };
    let offer = &offers.public_address;
    let name = |at: u32| Address::new(format!("public address {at} beside {beside}"));
    let added = |at| Added { name: name(at), offer, zones: 1, beside: beside.clone(), near: Vec::new() };
    (1..=times).map(added).collect()
}

/// A small cache that all units share; the same one for whoever asks.
pub(super) fn session_store(topology: &Topology, beside: &Address) -> Vec<Change> {
    let offers = topology.ledger.offers(beside);
    let added = offers.map(|offers| Added {
        name: Address::new("a session store"),
        offer: &offers.session_store,
        zones: 1,
        beside: beside.clone(),
        near: Vec::new(),
    });
    added.map(Change::Add).into_iter().collect()
}

/// What lifts a bound on a database's connections.
pub(super) fn lift(datastore: &Datastore, cap: &Cap) -> Change {
    let value = Value::Number(Decimal::from(cap.lifted_at));
    Change::Set { address: datastore.address.clone(), attribute: cap.attribute.into(), value }
}

/// What each gigabyte costs that a workload sends to another zone, or no longer does.
pub(super) fn per_crossing(topology: &Topology, workload: &Address, gigabytes: i64) -> Option<Trade> {
    let key = topology.ledger.offers(workload)?.cross_zone;
    let changes = vec![Change::Use { address: workload.clone(), key, more: Decimal::from(gigabytes) }];
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
