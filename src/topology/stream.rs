//! Who reads streams, and how many readers their shards have room for.

use std::collections::BTreeMap;

use crate::facts::{Consumer, Part, Relation, Role, SourceKind};
use crate::graph::{Graph, NodeId};
use crate::model::{Address, Attr, Evidence, Why};

use super::consumption::{Consumption, Origin};
use super::trigger::source_of;
use super::workload::{Workload, WorkloadId, Workloads};

/// A workload that reads a stream.
#[derive(Debug)]
pub struct Reading {
    /// The workload.
    pub workload: WorkloadId,
    /// The stream, where it can be told.
    pub stream: Option<Address>,
    /// What calls the workload with its records; none where it reads by itself.
    pub by: Option<Address>,
    /// How many shards the stream has; unset where that follows its traffic, or is not set here.
    pub shards: Attr<u64>,
    /// How many calls at a time each shard makes; one of those who read by themselves.
    pub each: Attr<u64>,
    /// What says so, where something calls it.
    pub per_shard: Option<Evidence>,
    /// What it rests on.
    pub evidence: Vec<Evidence>,
    /// Why it is not certain, if it is not.
    pub doubt: Option<String>,
}

/// Finds everybody who reads a stream, in the order of the workloads.
pub(super) fn readings(graph: &Graph, workloads: &Workloads) -> Vec<Reading> {
    let sources: BTreeMap<&Address, NodeId> =
        graph.having(Role::Source).iter().map(|node| (&graph.node(*node).address, *node)).collect();
    let mut found = Vec::new();
    for (at, workload) in workloads.list.iter().enumerate() {
        let id = WorkloadId(at);
        for node in &workload.nodes {
            for (holder, edge) in graph.backlinks(*node, Relation::Calls) {
                let Part::Consumer(consumer) = graph.node(holder).part() else { continue };
                let doubt = (!edge.is_exact()).then(|| format!("{} may call another one", graph.node(holder).address));
                found.extend(called(graph, holder, consumer).map(|reading| Reading {
                    workload: id,
                    doubt: doubt.or(reading.doubt),
                    ..reading
                }));
            }
        }
        let own = workload.consumes.iter().filter(|consumed| consumed.kind == SourceKind::Stream);
        let own = own.filter(|consumed| consumed.origin == Origin::Permission);
        found.extend(own.filter_map(|consumed| by_itself(graph, &sources, id, workload, consumed)));
    }
    found
}

/// What a mapping reads on behalf of what it calls; none where it is switched off, or reads no stream.
fn called(graph: &Graph, holder: NodeId, consumer: &Consumer) -> Option<Reading> {
    let address = &graph.node(holder).address;
    if consumer.enabled.value == Attr::Set(false) {
        return None;
    }
    let switch = consumer.enabled.value.why_unknown();
    let switch = switch.map(|why| format!("whether {address} is switched on is {why}"));
    let sources = graph.links(holder, Relation::ReadsFrom);
    let source = sources.iter().find(|(_, edge)| edge.is_exact()).map(|(source, _)| *source);
    let is_stream = match source {
        Some(source) => source_of(graph, source) == Some(SourceKind::Stream),
        None => consumer.reads == SourceKind::Stream,
    };
    if !is_stream {
        return None;
    }
    let shards = source.map_or(Attr::Unknown(Why::Elsewhere), |source| shards(graph, source));
    let stream = source.map(|source| graph.node(source).address.clone());
    let mut evidence = shown(stream.as_ref(), &shards);
    let per_shard = consumer.per_shard.evidence(address);
    evidence.push(per_shard.clone());
    Some(Reading {
        workload: WorkloadId(0),
        stream,
        by: Some(address.clone()),
        shards,
        each: consumer.per_shard.value.clone(),
        per_shard: Some(per_shard),
        evidence,
        doubt: switch,
    })
}

/// What a workload reads that asks for records itself.
fn by_itself(
    graph: &Graph,
    sources: &BTreeMap<&Address, NodeId>,
    id: WorkloadId,
    workload: &Workload,
    consumed: &Consumption,
) -> Option<Reading> {
    if workload.carries_others {
        return None;
    }
    let source = consumed.source.as_ref().and_then(|address| sources.get(address));
    let shards = source.map_or(Attr::Unknown(Why::Elsewhere), |source| shards(graph, *source));
    let mut evidence = consumed.evidence.clone();
    evidence.extend(shown(consumed.source.as_ref(), &shards));
    let (stream, doubt) = (consumed.source.clone(), consumed.doubt.clone());
    Some(Reading { workload: id, stream, by: None, shards, each: Attr::Set(1), per_shard: None, evidence, doubt })
}

/// How many shards a stream has; unset of a table, and of a broker: its partitions are not set there.
fn shards(graph: &Graph, source: NodeId) -> Attr<u64> {
    match graph.node(source).part() {
        Part::Source(stream) if graph.node(source).external => stream.shards.clone().or(Attr::Unknown(Why::Elsewhere)),
        Part::Source(stream) => stream.shards.clone(),
        _ => Attr::Unset,
    }
}

fn shown(stream: Option<&Address>, shards: &Attr<u64>) -> Vec<Evidence> {
    let Some(stream) = stream else { return Vec::new() };
    let value = match shards {
        Attr::Set(shards) => shards.to_string(),
        Attr::Unset => "not fixed in this plan".to_owned(),
        Attr::Unknown(why) => format!("({why})"),
    };
    vec![Evidence::plan(stream, "shards", value)]
}
