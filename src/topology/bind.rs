//! What binds a client to one unit: the unit that answered first is sent all that follows.

use std::collections::BTreeMap;

use crate::facts::{Binds, EntryKind, Part, Relation, Role, Stickiness, Traffic};
use crate::graph::Graph;
use crate::model::{Address, Attr, Evidence};

use super::workload::{Workload, WorkloadId};

/// Something that may bind clients to units.
#[derive(Debug)]
pub struct Binding {
    /// The target group, the policy of a balancer, or the platform.
    pub address: Address,
    /// What a person calls it.
    pub noun: &'static str,
    /// Whether it does.
    pub on: Attr<bool>,
    /// What says so.
    pub evidence: Evidence,
    /// By what a client is known again.
    pub by: Attr<Binds>,
    /// What answers behind it.
    pub workloads: Vec<WorkloadId>,
    /// What may answer behind it, where nobody can tell.
    pub possible: Vec<WorkloadId>,
    /// Why others may answer behind it as well, if they may.
    pub unseen: Option<String>,
}

/// Finds everything that may bind a client, with what is behind it.
pub(super) fn bindings(graph: &Graph, workloads: &[Workload]) -> Vec<Binding> {
    let behind = behind(workloads);
    // What answers behind a balancer that cannot be told may answer behind any that nothing else is behind.
    let stray = Behind { possible: strays(workloads), ..Behind::default() };
    let stray = Some(&stray).filter(|stray| !stray.possible.is_empty());
    let mut found = Vec::new();
    for node in graph.having(Role::TargetGroup) {
        let resource = graph.node(*node);
        let Part::TargetGroup(group) = resource.part() else { continue };
        // Packets have to come back to the appliance that they passed.
        if let (Some(sticky), true) = (&group.sticky, resource.managed && group.traffic != Attr::Set(Traffic::Packets))
        {
            let address = &resource.address;
            found.extend(binding((address, resource.noun()), sticky, behind.get(address).or(stray)));
        }
    }
    for node in graph.having(Role::Sticky) {
        let resource = graph.node(*node);
        let Part::Sticky(sticky) = resource.part() else { continue };
        for (balancer, edge) in graph.links(*node, Relation::StickyAt) {
            let balancer = &graph.node(balancer).address;
            let own = behind.get(balancer).filter(|_| edge.is_exact());
            let bound = binding((&resource.address, resource.noun()), sticky, own);
            let evidence = Evidence::plan(&resource.address, edge.attribute, balancer.to_string());
            found.extend(bound.map(|bound| Binding { evidence, ..bound }));
        }
    }
    for (at, workload) in workloads.iter().enumerate() {
        if let Part::Compute(compute) = graph.node(workload.node).part()
            && let Some(sticky) = &compute.own.sticky
        {
            let own = Behind { workloads: vec![WorkloadId(at)], ..Behind::default() };
            found.extend(binding((&workload.address, workload.noun), sticky, Some(&own)));
        }
    }
    found
}

/// What answers behind one target group, or behind a balancer that has its targets itself.
#[derive(Default)]
struct Behind {
    workloads: Vec<WorkloadId>,
    possible: Vec<WorkloadId>,
    unseen: Option<String>,
}

/// Workloads that certainly stand behind a balancer which cannot be told.
fn strays(workloads: &[Workload]) -> Vec<WorkloadId> {
    let is_stray = |workload: &Workload| {
        let mut entries = workload.entries.iter().filter(|entry| entry.certain && entry.kind == EntryKind::Balancer);
        entries.any(|entry| entry.through.is_empty())
    };
    let all = workloads.iter().enumerate().filter(|(_, workload)| is_stray(workload));
    all.map(|(at, _)| WorkloadId(at)).collect()
}

fn behind(workloads: &[Workload]) -> BTreeMap<&Address, Behind> {
    let mut behind: BTreeMap<&Address, Behind> = BTreeMap::new();
    for (at, workload) in workloads.iter().enumerate() {
        for entry in workload.entries.iter().filter(|entry| entry.kind == EntryKind::Balancer) {
            let Some(first) = entry.through.first() else { continue };
            let own = behind.entry(first).or_default();
            if !entry.certain {
                own.possible.push(WorkloadId(at));
                continue;
            }
            if !own.workloads.contains(&WorkloadId(at)) {
                own.workloads.push(WorkloadId(at));
            }
            own.unseen = own.unseen.take().or_else(|| entry.unseen.clone());
        }
    }
    behind
}

fn binding((address, noun): (&Address, &'static str), sticky: &Stickiness, behind: Option<&Behind>) -> Option<Binding> {
    let behind = behind?;
    let value = match &sticky.on.value {
        Attr::Set(on) => on.to_string(),
        Attr::Unset => return None,
        Attr::Unknown(why) => format!("({why})"),
    };
    let evidence = Evidence::plan(address, sticky.on.attribute, value);
    Some(Binding {
        address: address.clone(),
        noun,
        on: sticky.on.value.clone(),
        evidence: Evidence { source: sticky.on.source.clone(), ..evidence },
        by: sticky.by.clone(),
        workloads: behind.workloads.clone(),
        possible: behind.possible.clone(),
        unseen: behind.unseen.clone(),
    })
}
