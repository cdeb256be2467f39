//! Disks whose speed somebody pays for, or that are fast in bursts only, with the machine that has them.

use std::collections::BTreeMap;

use crate::facts::{ComputeKind, Disk, Drives, MachineClass, Part, Relation, Role};
use crate::graph::{Graph, NodeId};
use crate::model::Address;

use super::datastore::DatastoreId;
use super::workload::{Workload, WorkloadId, Workloads};

/// A machine, those of a group, or a database, with its disks.
#[derive(Debug)]
pub struct Drive {
    /// Its address.
    pub address: Address,
    /// What a person calls it.
    pub noun: &'static str,
    /// The workload that it is, or that it is one machine of.
    pub workload: Option<WorkloadId>,
    /// The database that it is.
    pub datastore: Option<DatastoreId>,
    /// The resource that names its class.
    pub named_by: Address,
    /// Its class; of a group that may start several, each of them.
    pub classes: Vec<MachineClass>,
    /// Why its class may be another, if it may.
    pub gap: Option<String>,
    /// Its disks.
    pub disks: Vec<Mounted>,
}

/// A disk of a machine.
#[derive(Debug)]
pub struct Mounted {
    /// The resource that describes it.
    pub at: Address,
    /// What it is.
    pub disk: Disk,
    /// Why it may be another machine's, if it may.
    pub doubt: Option<String>,
}

impl Mounted {
    /// Whether somebody pays for its speed, or may, or it is fast in bursts only.
    fn matters(&self) -> bool {
        let Disk { operations, megabytes, credits, .. } = &self.disk;
        credits.is_some() || !operations.paid().is_unset() || !megabytes.paid().is_unset()
    }
}

/// Finds all of them whose disks are paid for by their speed, or fast in bursts only.
pub(super) fn drives(graph: &Graph, workloads: &Workloads, datastores: &BTreeMap<NodeId, DatastoreId>) -> Vec<Drive> {
    let mut found = Vec::new();
    for (at, workload) in workloads.list.iter().enumerate() {
        let id = WorkloadId(at);
        match workload.kind {
            ComputeKind::Machine => {
                let machines = workload.nodes.iter().filter(|node| graph.node(**node).role() == Role::Compute);
                found.extend(machines.map(|node| Drive { workload: Some(id), ..of_machine(graph, *node) }));
            }
            ComputeKind::MachineGroup | ComputeKind::NodePool => {
                found.push(Drive { workload: Some(id), ..of_group(graph, workload) });
            }
            _ => {}
        }
    }
    for (node, id) in datastores.iter().filter(|(node, _)| graph.node(**node).managed) {
        let mut drive = bare(graph, *node);
        drive.datastore = Some(*id);
        drive.take(graph, *node);
        found.push(drive);
    }
    found.retain(|drive| drive.disks.iter().any(Mounted::matters));
    found
}

fn said(graph: &Graph, node: NodeId) -> Option<&Drives> {
    graph.node(node).facts.as_ref()?.drives.as_deref()
}

fn bare(graph: &Graph, node: NodeId) -> Drive {
    let resource = graph.node(node);
    Drive {
        address: resource.address.clone(),
        noun: resource.noun(),
        workload: None,
        datastore: None,
        named_by: resource.address.clone(),
        classes: Vec::new(),
        gap: None,
        disks: Vec::new(),
    }
}

impl Drive {
    /// Takes in what a resource says: its disks where none are known yet, and likewise its classes.
    fn take(&mut self, graph: &Graph, node: NodeId) {
        let Some(drives) = said(graph, node) else { return };
        let at = &graph.node(node).address;
        if self.disks.is_empty() {
            let mounted = |disk: &Disk| Mounted { at: at.clone(), disk: disk.clone(), doubt: None };
            self.disks = drives.disks.iter().map(mounted).collect();
        }
        if self.classes.is_empty() && self.gap.is_none() {
            self.named_by = at.clone();
            self.classes.clone_from(&drives.classes);
            self.gap = drives.hidden.map(|why| format!("a class that {at} may start is {why}"));
        }
    }

    /// Takes in the only template of several, or says that there is none to take.
    fn take_template(&mut self, graph: &Graph, templates: &[NodeId]) {
        match templates {
            [only] => self.take(graph, *only),
            [] => {}
            _ => {
                let gap = || format!("{} is made from one of several templates", self.address);
                self.gap = self.gap.take().or_else(|| Some(gap()));
            }
        }
    }
}

/// One machine, with the disks in its blocks and those that are given to it.
fn of_machine(graph: &Graph, node: NodeId) -> Drive {
    let mut drive = bare(graph, node);
    drive.take(graph, node);
    let templates = graph.links(node, Relation::UsesTemplate).into_iter();
    let templates: Vec<NodeId> = templates.filter(|(_, edge)| edge.is_exact()).map(|(template, _)| template).collect();
    drive.take_template(graph, &templates);
    for (holder, to) in graph.backlinks(node, Relation::TargetIs) {
        if graph.node(holder).role() != Role::DiskAttachment {
            continue;
        }
        for (volume, edge) in graph.links(holder, Relation::Mounts) {
            let sure = edge.is_exact() && to.is_exact();
            let doubt = || format!("which disk {} gives to which machine cannot be told", graph.node(holder).address);
            let disks = said(graph, volume).map(|drives| drives.disks.as_slice()).unwrap_or_default();
            drive.disks.extend(disks.iter().map(|disk| Mounted {
                at: graph.node(volume).address.clone(),
                disk: disk.clone(),
                doubt: (!sure).then(doubt),
            }));
        }
    }
    drive
}

/// The machines of a group, which are made from its template.
fn of_group(graph: &Graph, workload: &Workload) -> Drive {
    let mut drive = bare(graph, workload.node);
    drive.take(graph, workload.node);
    drive.take_template(graph, &workload.templates);
    if drive.classes.is_empty() && matches!(graph.node(workload.node).part(), Part::Compute(_)) {
        drive.gap = drive.gap.or_else(|| workload.template_gap.as_ref().map(|gap| gap.reason.clone()));
    }
    drive
}
