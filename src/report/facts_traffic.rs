//! The part of the facts that tells of traffic between workloads, of streams, batch work and meshes.

use serde_json::{Value, json};

use super::facts::{addresses, attr, evidence};
use crate::model::Address;
use crate::topology::{Batch, Call, Mesh, MeshHop, Meshed, Reading, Topology};

pub(super) fn call(topology: &Topology, call: &Call) -> Value {
    let callees: Vec<Value> = (call.callees.iter())
        .map(|callee| {
            let workloads: Vec<&str> =
                callee.workloads.iter().map(|id| topology.workload(*id).address.as_str()).collect();
            json!({
                "group": callee.group.as_ref().map(Address::as_str),
                "workloads": workloads,
                "traffic": attr(&callee.traffic, |traffic| traffic.as_str().into()),
                "protocol": attr(&callee.speech, |speech| speech.as_str().into()),
            })
        })
        .collect();
    json!({
        "caller": topology.workload(call.caller).address.as_str(),
        "balancer": call.balancer.as_str(),
        "internal": attr(&call.internal, |internal| (*internal).into()),
        "callees": callees,
        "certain": call.doubt.is_none(),
        "doubt": call.doubt,
        "evidence": evidence(&call.evidence),
    })
}

pub(super) fn reading(topology: &Topology, reading: &Reading) -> Value {
    json!({
        "workload": topology.workload(reading.workload).address.as_str(),
        "stream": reading.stream.as_ref().map(Address::as_str),
        "by": reading.by.as_ref().map(Address::as_str),
        "shards": attr(&reading.shards, |shards| (*shards).into()),
        "calls_for_each": attr(&reading.each, |each| (*each).into()),
        "certain": reading.doubt.is_none(),
        "doubt": reading.doubt,
    })
}

pub(super) fn batch(batch: &Batch) -> Value {
    let jobs: Vec<Value> = (batch.jobs.iter())
        .map(|job| {
            json!({
                "address": job.address.as_str(),
                "attempts": attr(&job.attempts, |attempts| (*attempts).into()),
                "seconds": attr(&job.limit, |limit| (*limit).into()),
                "gang": job.gang,
            })
        })
        .collect();
    json!({
        "address": batch.address.as_str(),
        "noun": batch.noun,
        "kind": batch.kind.as_str(),
        "market": attr(&batch.market, |market| market.as_str().into()),
        "queues": addresses(&batch.queues),
        "jobs": jobs,
        "unknown": batch.doubt.as_ref().map(|gap| gap.reason.as_str()),
        "evidence": evidence(&batch.evidence),
    })
}

pub(super) fn mesh(mesh: &Mesh) -> Value {
    json!({
        "address": mesh.address.as_str(),
        "noun": mesh.noun,
        "parts": addresses(&mesh.parts),
        "ends": mesh.retirement.map(|ends| ends.day.to_string()),
    })
}

pub(super) fn hop(hop: &MeshHop) -> Value {
    let routes: Vec<Value> = (hop.routes.iter())
        .map(|route| {
            json!({
                "address": route.address.as_str(),
                "retries": attr(&route.retries, |retries| (*retries).into()),
                "retry_ms": attr(&route.each, |each| (*each).into()),
            })
        })
        .collect();
    json!({
        "address": hop.address.as_str(),
        "noun": hop.noun,
        "outlier_detection": attr(&hop.takes_out, |there| (*there).into()),
        "connection_pool": attr(&hop.bounds, |there| (*there).into()),
        "routes": routes,
    })
}

pub(super) fn meshed(topology: &Topology, meshed: &Meshed) -> Value {
    json!({
        "workload": topology.workload(meshed.workload).address.as_str(),
        "certain": meshed.certain,
        "ends": meshed.retirement.map(|ends| ends.day.to_string()),
        "evidence": evidence(std::slice::from_ref(&meshed.evidence)),
    })
}
