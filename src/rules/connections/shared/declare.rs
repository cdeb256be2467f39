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
    let either = format!("connects-to: {datastore}, or connects-to: nothing where it does not connect");
    let doubtful = budget.possible.iter().map(|reach| topology.workload(reach.workload).address.as_str());
    let callers = instance(doubtful.map(|address| (address, vec![(FactKey::ConnectsTo, datastore.clone())])));
    let what = match (pools, callers) {
        (None, None) => return String::new(),
        (Some(pools), None) => pools,
        (None, Some(callers)) => format!("{callers}, or connects-to: nothing where it does not connect"),
        (Some(pools), Some(_)) => format!("{pools}, and of those that may connect {either}"),
    };
    format!(" If you know it, declare it in planwise.yaml, for instance {what}.")
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
    }
}
