//! What starts a workload's work by itself: mappings, subscriptions, rules and schedules.

use crate::facts::{Consumer, Part, Relation, Source, SourceKind, Stated, StoreKind};
use crate::graph::{Graph, NodeId};
use crate::model::{Address, Attr, Evidence};
use crate::units::Grouped;

use super::consumption::{Consumption, Origin};
use super::range::Amount;
use super::workload::Workload;

/// The source that a node is, if it is one.
pub(super) fn source_of(graph: &Graph, node: NodeId) -> Option<SourceKind> {
    match graph.node(node).part() {
        Part::Source(source) => Some(source.kind),
        Part::Store(store) if store.kind == StoreKind::Table => Some(SourceKind::Stream),
        Part::Store(store) if store.kind == StoreKind::Objects => Some(SourceKind::Events),
        _ => None,
    }
}

/// Whether something is switched on.
enum Switch {
    On,
    Off,
    /// That cannot be seen, for this reason.
    Hidden(String),
}

impl Switch {
    /// The doubt about what is not switched off.
    fn doubt(self) -> Option<String> {
        match self {
            Self::On | Self::Off => None,
            Self::Hidden(doubt) => Some(doubt),
        }
    }
}

/// Whether work comes from a source.
fn works(address: &Address, switch: &Stated<bool>) -> Switch {
    match switch.value {
        Attr::Set(false) => Switch::Off,
        Attr::Set(true) | Attr::Unset => Switch::On,
        Attr::Unknown(why) => {
            Switch::Hidden(format!("whether {address} is switched on ({}) is {why}", switch.attribute))
        }
    }
}

/// Whether work comes from what a node is.
fn node_works(graph: &Graph, node: NodeId) -> Switch {
    match graph.node(node).part() {
        Part::Source(source) => works(&graph.node(node).address, &source.works),
        _ => Switch::On,
    }
}

/// What would hand work to a workload, if it were switched on.
pub(super) fn switched_off(graph: &Graph, workload: &Workload) -> Option<Evidence> {
    let callers = workload.nodes.iter().flat_map(|node| graph.backlinks(*node, Relation::Calls));
    callers.filter(|(_, edge)| edge.is_exact()).find_map(|(holder, _)| match graph.node(holder).part() {
        Part::Consumer(consumer) if consumer.enabled.value == Attr::Set(false) => {
            let enabled = &consumer.enabled;
            Some(Evidence::plan(&graph.node(holder).address, enabled.attribute, "false"))
        }
        _ => None,
    })
}

/// How many calls of a schedule run at a time, where one may still run when the next begins.
fn overlap(graph: &Graph, workload: &Workload, source: &Source) -> Option<Amount> {
    let (holder, limit) = workload.parts(graph).into_iter().find_map(|(holder, part)| {
        let limit = part.time_limit.as_ref()?;
        Some((holder, limit))
    })?;
    let (every, seconds) = (source.every.filter(|every| *every > 0)?, *limit.value.known()?);
    let units = seconds.div_ceil(every);
    let value = format!("{seconds} s, begun again every {every} s");
    let evidence =
        Evidence { address: holder.clone(), attribute: limit.attribute.into(), value, source: limit.source.clone() };
    (units > 1).then_some(Amount { value: Attr::Set(units), evidence, is_number: false })
}

/// What calls a workload: mappings of queues and streams, targets of rules, subscriptions.
pub(super) fn triggers(graph: &Graph, workload: &Workload) -> Vec<Consumption> {
    let mut found = Vec::new();
    for node in &workload.nodes {
        let called = graph.backlinks(*node, Relation::Calls).into_iter();
        let delivered = graph.backlinks(*node, Relation::DeliversTo).into_iter();
        for (holder, edge) in called.chain(delivered) {
            let address = &graph.node(holder).address;
            let (own, consumer, works) = match graph.node(holder).part() {
                Part::Consumer(consumer) => (None, Some(consumer), works(address, &consumer.enabled)),
                Part::EventTarget(target) if target.warms => continue,
                Part::EventTarget(target) => match &target.source {
                    Some(source) => (Some(source.kind), None, works(address, &source.works)),
                    None => (None, None, Switch::On),
                },
                _ => continue,
            };
            if matches!(works, Switch::Off) {
                continue;
            }
            let own_source = match graph.node(holder).part() {
                Part::EventTarget(target) => target.source.as_ref(),
                _ => None,
            };
            let bound = match own_source {
                Some(source) => overlap(graph, workload, source),
                None => consumer.map(|consumer| Amount::new(address, &consumer.concurrency)),
            };
            let doubt = (!edge.is_exact()).then(|| format!("{address} may call another one")).or_else(|| works.doubt());
            let called = Evidence::plan(address, edge.attribute, graph.node(*node).address.to_string());
            let sources = [Relation::ReadsFrom, Relation::RuledBy].into_iter();
            let mut sources: Vec<_> = sources.flat_map(|relation| graph.links(holder, relation)).collect();
            sources.dedup_by_key(|(source, _)| *source);
            let several = sources.iter().any(|(_, edge)| !edge.is_exact());
            if sources.is_empty() || several {
                // A mapping whose source cannot be told is one of a queue or a stream all the same: one, not each of these.
                let kind = own.or_else(|| consumer.map(|consumer| consumer.reads)).unwrap_or(SourceKind::Queue);
                let mut evidence = vec![called];
                evidence.extend(sources.iter().map(|(source, edge)| {
                    Evidence::plan(address, edge.attribute, format!("{} or another", graph.node(*source).address))
                }));
                let source = own.map(|_| address.clone());
                found.push(Consumption { kind, source, origin: Origin::Trigger, evidence, doubt, bound });
                continue;
            }
            for (source, edge) in &sources {
                let (Some(kind), switch @ (Switch::On | Switch::Hidden(_))) =
                    (source_of(graph, *source), node_works(graph, *source))
                else {
                    continue;
                };
                let bound = match (consumer, graph.node(*source).part()) {
                    (Some(consumer), Part::Source(stream)) if stream.kind == SourceKind::Stream => {
                        by_shards(&graph.node(*source).address, stream, consumer)
                    }
                    (None, Part::Source(source)) if source.kind == SourceKind::Schedule => {
                        overlap(graph, workload, source)
                    }
                    _ => bound.clone(),
                };
                let source = graph.node(*source).address.clone();
                let reads = Evidence::plan(address, edge.attribute, source.to_string());
                found.push(Consumption {
                    kind,
                    source: Some(source),
                    origin: Origin::Trigger,
                    evidence: vec![called.clone(), reads],
                    doubt: doubt.clone().or_else(|| switch.doubt()),
                    bound,
                });
            }
        }
        // A task that a rule runs.
        for (source, edge) in graph.links(*node, Relation::RuledBy) {
            let (Some(kind), switch @ (Switch::On | Switch::Hidden(_))) =
                (source_of(graph, source), node_works(graph, source))
            else {
                continue;
            };
            let doubt = switch.doubt();
            let source = graph.node(source).address.clone();
            let evidence = vec![Evidence::plan(&graph.node(*node).address, edge.attribute, source.to_string())];
            let origin = Origin::Trigger;
            found.push(Consumption { kind, source: Some(source), origin, evidence, doubt, bound: None });
        }
    }
    found
}

/// Stores that call a workload for each object that is put into them: as often as somebody does.
pub(super) fn stores(graph: &Graph, workload: &Workload) -> Vec<Address> {
    let called = workload.nodes.iter().flat_map(|node| {
        let calls = graph.backlinks(*node, Relation::Calls).into_iter();
        calls.chain(graph.backlinks(*node, Relation::DeliversTo))
    });
    let read = called.flat_map(|(holder, _)| graph.links(holder, Relation::ReadsFrom));
    let is_store =
        |node: NodeId| matches!(graph.node(node).part(), Part::Store(store) if store.kind == StoreKind::Objects);
    read.filter(|(source, _)| is_store(*source)).map(|(source, _)| graph.node(source).address.clone()).collect()
}

pub(super) fn platform(graph: &Graph, workload: &Workload) -> Option<Consumption> {
    let Part::Compute(compute) = graph.node(workload.node).part() else { return None };
    let kind = compute.source?;
    let evidence = vec![Evidence::plan(&workload.address, "tier", "Worker")];
    Some(Consumption { kind, source: None, origin: Origin::Platform, evidence, doubt: None, bound: None })
}

/// How many calls at a time the shards of a stream allow; a stream that has none of its own has no such bound.
fn by_shards(address: &Address, stream: &Source, consumer: &Consumer) -> Option<Amount> {
    let (Attr::Set(shards), Attr::Set(each)) = (&stream.shards, &consumer.per_shard.value) else { return None };
    let units = shards.saturating_mul(*each);
    let evidence = Evidence::plan(address, "shards", format!("{} calls at a time", Grouped(units)));
    Some(Amount { value: Attr::Set(units), evidence, is_number: false })
}
