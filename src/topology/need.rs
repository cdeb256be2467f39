//! Which cloud services a workload uses, and from which subnets.

use rayon::prelude::*;

use crate::facts::{Caller, ComputeKind, EndpointKind, Hosting, Need, Part, Relation, Service, ServiceCall, StoreKind};
use crate::graph::{Graph, NodeId};
use crate::model::{Address, Attr, Evidence, Text};

use super::permission::held;
use super::workload::{Workload, WorkloadId, Workloads};

/// A cloud service that a workload uses.
#[derive(Clone, Debug)]
#[allow(clippy::struct_excessive_bools, reason = "four independent things that are asked of a use")]
pub struct ServiceUse {
    /// The service.
    pub service: &'static Service,
    /// What for, in words.
    pub why: String,
    /// What says so.
    pub evidence: Vec<Evidence>,
    /// Whether units cannot start without it.
    pub to_start: bool,
    /// Whether it is certain; a permission that merely allows it is.
    pub certain: bool,
    /// Whether it is the platform's own chatter, which no endpoint pays for where there is another way out.
    pub chatter: bool,
    /// Whether a gateway endpoint alone serves it.
    pub by_gateway: bool,
}

/// Where a call leaves from.
enum Way {
    /// From the workload's own network.
    Own,
    /// From that of the machines that it runs on.
    Host,
    /// From outside: no network of the plan carries it.
    Outside,
}

/// Finds what every workload uses. What leaves from its host's network is put down to the host.
pub(super) fn uses(graph: &Graph, all: &mut Workloads) {
    let mut lists: Vec<Vec<ServiceUse>> = vec![Vec::new(); all.list.len()];
    let found: Vec<_> = all.list.par_iter().map(|workload| found(graph, workload)).collect();
    for (at, (workload, found)) in all.list.iter().zip(found).enumerate() {
        for (caller, found) in found {
            let to = match way(workload, caller) {
                Way::Own => WorkloadId(at),
                Way::Host => workload.host.unwrap_or(WorkloadId(at)),
                Way::Outside => continue,
            };
            if let Some(list) = lists.get_mut(to.0) {
                list.push(found);
            }
        }
    }
    all.list.par_iter_mut().zip(lists).for_each(|(workload, mut list)| {
        list.sort_by(|a, b| {
            let key =
                |use_: &ServiceUse| (use_.service.name, !use_.certain, !use_.by_gateway, use_.chatter, !use_.to_start);
            key(a).cmp(&key(b))
        });
        // Of several reasons the gravest counts; all of them are shown.
        list.dedup_by(|later, first| {
            let same = later.service == first.service;
            if same && later.certain == first.certain {
                first.evidence.append(&mut later.evidence);
            }
            same
        });
        workload.uses = list;
    });
}

fn way(workload: &Workload, caller: Caller) -> Way {
    match (workload.kind, caller) {
        // Lambda pulls images, writes logs and polls sources from outside its functions' network.
        (ComputeKind::Function, Caller::Platform | Caller::Poller) => Way::Outside,
        (ComputeKind::ContainerService | ComputeKind::Task, Caller::Platform)
            if workload.hosting == Attr::Set(Hosting::Shared) =>
        {
            Way::Host
        }
        _ if workload.host_network => Way::Host,
        _ => Way::Own,
    }
}

fn found(graph: &Graph, workload: &Workload) -> Vec<(Caller, ServiceUse)> {
    let mut found = Vec::new();
    let node = graph.node(workload.node);
    let mut needs = |holder: &Address, list: &[Need]| {
        for need in list {
            let use_ = ServiceUse {
                service: need.service,
                why: need.why.to_owned(),
                evidence: vec![Evidence::plan(holder, need.attribute, format!("{} ({})", need.value, need.why))],
                to_start: need.vital,
                certain: need.certain,
                chatter: need.chatter,
                by_gateway: need.by_gateway,
            };
            found.push((need.caller, use_));
        }
    };
    if let Part::Compute(compute) = node.part() {
        needs(&node.address, &compute.needs);
    }
    for (holder, part) in workload.parts(graph) {
        needs(holder, &part.needs);
    }
    // A group of machines that a cluster's containers run on.
    for (capacity, edge) in graph.backlinks(workload.node, Relation::MachinesOf) {
        if let (Part::Capacity(facts), true) = (graph.node(capacity).part(), edge.is_exact()) {
            needs(&graph.node(capacity).address, &facts.needs);
        }
    }
    if workload.kind == ComputeKind::NodePool {
        for cluster in graph.links(workload.node, Relation::InCluster).into_iter().map(|(cluster, _)| cluster) {
            for (holder, edge) in graph.backlinks(cluster, Relation::InCluster) {
                if let (Part::ClusterNeeds(list), true) = (graph.node(holder).part(), edge.is_exact()) {
                    needs(&graph.node(holder).address, list);
                }
            }
        }
    }
    for node in &workload.nodes {
        mentioned(graph, workload, *node, &mut found);
    }
    for held in held(graph, workload) {
        let address = &graph.node(held.node).address;
        for call in &held.permission.calls {
            let elsewhere = call.region.as_ref().is_some_and(|region| is_elsewhere(workload, region));
            let by_platform = failures(graph, workload, held.node, call);
            if elsewhere || by_platform == Some(true) {
                continue;
            }
            let why = format!("its role allows {}", call.action);
            let evidence = vec![Evidence::plan(address, Text::from("policy"), call.action.to_string())];
            let use_ = ServiceUse {
                service: call.service,
                why,
                evidence,
                to_start: false,
                certain: by_platform.is_none(),
                chatter: call.chatter,
                by_gateway: call.by_gateway,
            };
            found.push((call.caller, use_));
        }
        if held.permission.hidden.is_some() {
            mentioned(graph, workload, held.node, &mut found);
        }
    }
    found
}

/// Whether something in `region` is in another one than a workload: no endpoint beside the workload leads there.
fn is_elsewhere(workload: &Workload, region: &Text) -> bool {
    workload.region.known().is_some_and(|own| own != region)
}

/// Whether a call goes only where the platform itself puts what failed, from its own side: it does, or it may, as nothing
/// tells what else it is for.
fn failures(graph: &Graph, workload: &Workload, policy: NodeId, call: &ServiceCall) -> Option<bool> {
    if workload.kind != ComputeKind::Function || call.caller != Caller::Code {
        return None;
    }
    let callers = workload.nodes.iter().flat_map(|node| graph.backlinks(*node, Relation::Calls));
    let holders = workload.nodes.iter().copied().chain(callers.map(|(holder, _)| holder));
    let of_service = |to: &NodeId| match graph.node(*to).part() {
        Part::Source(source) => source.service == Some(call.service),
        Part::Store(store) => store.services.contains(&call.service),
        _ => false,
    };
    let ends = |node, relation| graph.links(node, relation).into_iter().map(|(to, _)| to).filter(of_service);
    let failed: Vec<NodeId> = holders.flat_map(|holder| ends(holder, Relation::FailsTo)).collect();
    let spoken: Vec<NodeId> = ends(policy, Relation::Mentions).collect();
    if failed.is_empty() || spoken.iter().any(|to| !failed.contains(to)) {
        return None;
    }
    Some(!spoken.is_empty())
}

/// Services behind the stores and sources that a resource speaks of.
fn mentioned(graph: &Graph, workload: &Workload, node: NodeId, found: &mut Vec<(Caller, ServiceUse)>) {
    let address = &graph.node(node).address;
    for (store, edge) in graph.links(node, Relation::Mentions) {
        let target = graph.node(store);
        if super::network::region(graph, store).known().is_some_and(|region| is_elsewhere(workload, region)) {
            continue;
        }
        let mut by_gateway = false;
        let (services, caller): (&[&'static Service], Caller) = match target.part() {
            Part::Store(store) => {
                by_gateway = store.kind == StoreKind::Images;
                let caller = match store.kind {
                    StoreKind::Images | StoreKind::Logs => Caller::Platform,
                    _ => Caller::Code,
                };
                (store.services, caller)
            }
            Part::Source(source) => match &source.service {
                Some(service) => (std::slice::from_ref(service), Caller::Code),
                None => continue,
            },
            _ => continue,
        };
        for service in services {
            let why = format!("{} speaks of {}", workload.address, target.address);
            let evidence = vec![Evidence::plan(address, edge.attribute, target.address.to_string())];
            let to_start = caller == Caller::Platform;
            let use_ = ServiceUse {
                service,
                why,
                evidence,
                to_start,
                certain: edge.is_exact(),
                chatter: false,
                by_gateway: by_gateway && service.kind == EndpointKind::Gateway,
            };
            found.push((caller, use_));
        }
    }
}
