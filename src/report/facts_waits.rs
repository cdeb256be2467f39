//! How long everybody waits who has to do with a workload: a part of the facts.

use serde_json::{Value, json};

use crate::topology::{Breaker, Layer, StatementLimit, Topology, Waits, Way};

use super::facts::attr;

/// Who waits, from the outside in, and how long.
pub(super) fn waits(topology: &Topology, waits: &Waits) -> Value {
    let queues: Vec<Value> = (waits.holds.iter())
        .map(|hold| {
            json!({
                "queue": layer(&hold.queue),
                "gathers_ms": attr(&hold.gathers.0, |gathers| (*gathers).into()),
                "ordered": attr(&hold.ordered, |ordered| (*ordered).into()),
                "doubt": hold.doubt,
            })
        })
        .collect();
    let statement = |limit: &StatementLimit| {
        json!({
            "datastore": topology.datastore(limit.datastore).address.as_str(),
            "limit": layer(&limit.layer),
            "by_caller": limit.by_caller,
            "doubt": limit.doubt,
        })
    };
    json!({
        "ways": waits.ways.iter().map(way).collect::<Vec<_>>(),
        "work": waits.work.as_ref().map(layer),
        "queues": queues,
        "statements": waits.statements.iter().map(statement).collect::<Vec<_>>(),
        "keep_alive": waits.keeps.as_ref().map(layer),
    })
}

/// What stops a rollout that fails.
pub(super) fn rollout(breaker: Option<&Breaker>) -> Value {
    breaker.map_or(Value::Null, |breaker| {
        json!({
            "stops": attr(&breaker.stops, |stops| (*stops).into()),
            "goes_back": attr(&breaker.goes_back, |back| (*back).into()),
        })
    })
}

fn way(way: &Way) -> Value {
    json!({
        "layers": way.layers.iter().map(layer).collect::<Vec<_>>(),
        "usually_ms": way.unseen.as_ref().map(|(_, usual)| *usual),
        "doubt": way.doubt,
    })
}

fn layer(layer: &Layer) -> Value {
    json!({
        "address": layer.address.as_str(),
        "noun": layer.noun,
        "kind": layer.kind.as_str(),
        "after_ms": attr(&layer.after, |after| (*after).into()),
        "chosen": layer.is_chosen(),
    })
}
