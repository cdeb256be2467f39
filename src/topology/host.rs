//! On whose machines workloads run.

use std::collections::{BTreeMap, BTreeSet};

use crate::facts::{ComputeKind, Hosting, Part, Relation, Runs};
use crate::graph::{Graph, NodeId};
use crate::model::{Attr, Why};

use super::placement::Placement;
use super::workload::{WorkloadId, Workloads, gap};

/// Ties containers to the machines that they run on, whose network they may share.
pub(super) fn hosts(graph: &Graph, all: &mut Workloads) {
    let mut by_cluster: BTreeMap<NodeId, Vec<WorkloadId>> = BTreeMap::new();
    for (at, workload) in all.list.iter().enumerate() {
        if let Some(cluster) = joined(graph, workload.node, &workload.templates) {
            by_cluster.entry(cluster).or_default().push(WorkloadId(at));
        }
    }
    for at in 0..all.list.len() {
        let Some(workload) = all.list.get(at) else { continue };
        if !matches!(workload.kind, ComputeKind::ContainerService | ComputeKind::Task) {
            continue;
        }
        let defaults = cluster_default(graph, workload.node);
        let mut hosting = workload.hosting.clone();
        if hosting.is_unset() {
            // Default launch type EC2: Amazon ECS service definition, launchType.
            let serverless = matches!(defaults, Some((true, _)));
            hosting = Attr::Set(if serverless { Hosting::Serverless } else { Hosting::Shared });
        }
        let mut capacity: Vec<NodeId> = exact(graph, workload.node, Relation::RunsOn);
        if capacity.is_empty()
            && let Some((_, providers)) = defaults
        {
            capacity = providers;
        }
        let machines = capacity.iter().flat_map(|node| exact(graph, *node, Relation::MachinesOf));
        let machines: BTreeSet<WorkloadId> = machines.filter_map(|node| all.at(node)).collect();
        // Without a word of capacity a service runs on whatever machines have joined its cluster.
        let joining = || {
            let cluster = graph.link(workload.node, Relation::InCluster).filter(|_| capacity.is_empty())?;
            match by_cluster.get(&cluster).map(Vec::as_slice) {
                Some([only]) => Some(*only),
                _ => None,
            }
        };
        let several = machines.len() > 1;
        let host = machines.first().copied().or_else(joining).filter(|_| hosting == Attr::Set(Hosting::Shared));
        // One unit on each machine: as many as there are machines, where those are known.
        let each = matches!(graph.node(workload.node).part(), Part::Compute(compute) if compute.own.runs == Runs::OnEachMachine);
        let counted = host.filter(|_| each && !several).and_then(|host| all.list.get(host.0));
        let counted = counted.map(|host| host.range.clone());
        let shared = workload.host_network && hosting == Attr::Set(Hosting::Shared);
        let borrowed =
            host.filter(|_| shared || workload.placement.subnets.is_empty()).and_then(|host| all.list.get(host.0));
        let borrowed = borrowed.map(|host| {
            let Placement { subnets, zones, gap, detached, together } = &host.placement;
            let placement = Placement {
                subnets: subnets.clone(),
                zones: zones.clone(),
                gap: gap.clone(),
                detached: *detached,
                together: *together,
            };
            (placement, host.groups.clone(), host.groups_gap.clone())
        });
        if let Some(workload) = all.list.get_mut(at) {
            let stands = !workload.placement.subnets.is_empty() || workload.placement.gap.is_some();
            if !stands && borrowed.is_none() && hosting == Attr::Set(Hosting::Shared) {
                let reason = "the machines of its cluster are not in this plan".to_owned();
                workload.placement.gap = Some(gap(&workload.address, "cluster", Why::Elsewhere, reason));
            }
            workload.hosting = hosting;
            workload.host = host;
            if let Some(range) = counted {
                workload.range = range;
            }
            if let Some((placement, groups, groups_gap)) = borrowed {
                workload.placement = placement;
                workload.groups = groups;
                workload.groups_gap = groups_gap;
            }
        }
    }
}

/// The cluster that machines join by what they boot with.
pub(super) fn joined(graph: &Graph, node: NodeId, templates: &[NodeId]) -> Option<NodeId> {
    let nodes = std::iter::once(node).chain(templates.iter().copied());
    nodes.into_iter().find_map(|node| exact(graph, node, Relation::Joins).into_iter().next())
}

/// What a cluster runs on where a service does not say: whether on the cloud's own machines, and else on which.
fn cluster_default(graph: &Graph, service: NodeId) -> Option<(bool, Vec<NodeId>)> {
    let cluster = graph.link(service, Relation::InCluster)?;
    let associations = graph.backlinks(cluster, Relation::InCluster);
    associations.iter().find_map(|(node, _)| match graph.node(*node).part() {
        Part::Capacity(capacity) => Some((capacity.serverless, exact(graph, *node, Relation::RunsOn))),
        _ => None,
    })
}

fn exact(graph: &Graph, from: NodeId, relation: Relation) -> Vec<NodeId> {
    let links = graph.links(from, relation).into_iter();
    links.filter(|(_, edge)| edge.is_exact()).map(|(to, _)| to).collect()
}
