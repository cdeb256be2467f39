//! What somebody would have to say so that a budget can be told.

use crate::facts::{FactKey, example, quoted};
use crate::topology::{Budget, Topology};

/// How to say what the plan does not show, as a sentence with a space before it; nothing where nobody could.
pub(in crate::rules::connections) fn declare(budget: &Budget, topology: &Topology) -> String {
    let datastore = quoted(topology.datastore(budget.datastore).address.as_str());
    let open = budget.demands.iter().filter(|demand| !demand.pools_seen).flat_map(|demand| &demand.workloads);
    let open = open.map(|id| topology.workload(*id));
    let pools = instance(open.filter_map(|workload| {
        let facts: Vec<_> = workload.per_unit.missing().into_iter().map(|key| (key, sample(key).to_owned())).collect();
        (!facts.is_empty()).then(|| (workload.address.as_str(), facts))
    }));
    let callers = callers(budget, topology);
    let what = match (pools, callers) {
        (None, None) => return String::new(),
        (Some(pools), None) => pools,
        (None, Some((callers, or))) => format!("{callers}, {or}"),
        (Some(pools), Some(_)) => {
            format!("{pools}, and of those that may connect connects-to: {datastore}, or connects-to: nothing")
        }
    };
    format!(" If you know it, declare it in planwise.yaml, for instance {what}.")
}

/// How to say of those that may connect that they do, and that they do not.
fn callers(budget: &Budget, topology: &Topology) -> Option<(String, String)> {
    let address_of = |id| topology.datastore(id).address.as_str();
    let facts = |id| {
        // What it is seen to connect to belongs into the list as well.
        let mut all: Vec<&str> = (topology.reaches_of(id).iter())
            .filter(|reach| reach.is_certain())
            .map(|reach| address_of(reach.datastore))
            .chain([address_of(budget.datastore)])
            .collect();
        all.dedup();
        let names: Vec<String> = all.into_iter().map(quoted).collect();
        match names.as_slice() {
            [only] => (only.clone(), true),
            several => (format!("[{}]", several.join(", ")), false),
        }
    };
    let (first, alone) = facts(budget.possible.first()?.workload);
    let doubtful = budget
        .possible
        .iter()
        .map(|reach| (topology.workload(reach.workload).address.as_str(), vec![(FactKey::ConnectsTo, first.clone())]));
    let or = if alone {
        "or connects-to: nothing where it does not connect".to_owned()
    } else {
        format!("without {} where it does not connect", address_of(budget.datastore))
    };
    Some((instance(doubtful)?, or))
}

/// How to say it of one workload, addresses being long, and that there are others.
fn instance<'a>(mut all: impl Iterator<Item = (&'a str, Vec<(FactKey, String)>)>) -> Option<String> {
    let first = all.next()?;
    let of_others = all.any(|(address, _)| address != first.0);
    Some(format!("{}{}", example([first]), if of_others { " and likewise of the others" } else { "" }))
}

/// A value that shows what is meant.
const fn sample(key: FactKey) -> &'static str {
    match key {
        FactKey::PoolSize => "10",
        FactKey::Overflow => "0",
        FactKey::Processes => "4",
        FactKey::ConnectsTo => "nothing",
        FactKey::LoadProfile => "asynchronous",
        FactKey::PoolTimeout => "30",
        FactKey::PoolRecycle => "1800",
        FactKey::PoolPrePing => "true",
        FactKey::Timeout => "30s",
        FactKey::Sessions | FactKey::Files | FactKey::Locks => "shared",
        FactKey::Service => "shop",
    }
}
