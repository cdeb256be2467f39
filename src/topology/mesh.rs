//! Meshes that services call each other in, and who is a part of one.

use std::collections::BTreeMap;

use crate::facts::{MeshUse, Part, Relation, Retirement, Role};
use crate::graph::{Graph, NodeId};
use crate::model::{Address, Evidence, Text};

use super::workload::{WorkloadId, Workloads};

/// A mesh, with the parts that the plan makes of it.
#[derive(Debug)]
pub struct Mesh {
    /// Its address; where the plan does not have it, that of its first part.
    pub address: Address,
    /// What a person calls what has that address.
    pub noun: &'static str,
    /// What it is called, so far as that is known.
    pub names: Vec<Text>,
    /// Its parts, without itself.
    pub parts: Vec<Address>,
    /// When its service ends, if it does.
    pub retirement: Option<&'static Retirement>,
    /// What says which mesh it is.
    pub evidence: Vec<Evidence>,
}

/// A workload whose units are parts of a mesh.
#[derive(Debug)]
pub struct Meshed {
    /// The workload.
    pub workload: WorkloadId,
    /// What the mesh is called, where that is told.
    pub mesh: Option<Text>,
    /// When the mesh's service ends, if it does.
    pub retirement: Option<&'static Retirement>,
    /// Whether that is certain.
    pub certain: bool,
    /// What says so.
    pub evidence: Evidence,
}

impl Meshed {
    /// Whether it is a part of `mesh`, one of `all`: of one without a name where there is no other that it could be of.
    pub fn is_of(&self, mesh: &Mesh, all: &[Mesh]) -> bool {
        let is_alike = |other: &&Mesh| other.retirement.is_some() == mesh.retirement.is_some();
        let is_nameless = |mesh: &Mesh| mesh.names.is_empty();
        self.retirement.is_some() == mesh.retirement.is_some()
            && match &self.mesh {
                Some(name) if !is_nameless(mesh) => mesh.names.contains(name),
                _ => all.iter().filter(is_alike).count() == 1,
            }
    }
}

/// Finds all meshes of which this plan manages something, and their members among the workloads.
pub(super) fn meshes(graph: &Graph, workloads: &Workloads) -> (Vec<Mesh>, Vec<Meshed>) {
    // By the mesh; under none, those whose mesh cannot be told.
    let mut by_mesh: BTreeMap<Option<NodeId>, Vec<NodeId>> = BTreeMap::new();
    let mut nodes: Vec<NodeId> =
        [Role::Mesh, Role::MeshNode].iter().flat_map(|role| graph.having(*role)).copied().collect();
    nodes.sort_unstable();
    for node in &nodes {
        let resource = graph.node(*node);
        let Part::Mesh(part) = resource.part() else { continue };
        if part.whole {
            if resource.managed && !resource.external {
                by_mesh.entry(Some(*node)).or_default();
            }
            continue;
        }
        let links = graph.links(*node, Relation::InMesh);
        let mesh = links.into_iter().find(|(_, edge)| edge.is_exact()).map(|(mesh, _)| mesh);
        if resource.managed {
            by_mesh.entry(mesh).or_default().push(*node);
        }
    }
    let meshes = by_mesh.into_iter().filter_map(|(mesh, parts)| self::mesh(graph, mesh, &parts)).collect();
    (meshes, members(graph, workloads))
}

fn mesh(graph: &Graph, mesh: Option<NodeId>, parts: &[NodeId]) -> Option<Mesh> {
    let own = mesh.filter(|mesh| graph.node(*mesh).managed && !graph.node(*mesh).external);
    let first = own.or_else(|| parts.first().copied())?;
    let resource = graph.node(first);
    let Part::Mesh(part) = resource.part() else { return None };
    let others = parts.iter().filter(|node| **node != first).map(|node| graph.node(*node).address.clone());
    Some(Mesh {
        address: resource.address.clone(),
        noun: resource.noun(),
        names: mesh.map(|mesh| names(graph, mesh)).unwrap_or_default(),
        parts: others.collect(),
        retirement: part.retirement,
        evidence: vec![Evidence::plan(&resource.address, "type", resource.kind.as_str())],
    })
}

fn names(graph: &Graph, mesh: NodeId) -> Vec<Text> {
    let node = graph.node(mesh);
    if node.external {
        return vec![node.address.as_str().into()];
    }
    node.facts.as_ref().map_or_else(Vec::new, |facts| facts.names.to_vec())
}

fn members(graph: &Graph, workloads: &Workloads) -> Vec<Meshed> {
    let mut found = Vec::new();
    for (at, workload) in workloads.list.iter().enumerate() {
        let uses = workload.parts(graph).into_iter().filter_map(|(holder, part)| Some((holder, part.mesh.as_deref()?)));
        let best = uses.max_by_key(|(_, one)| (one.certain, one.retirement.is_none()));
        if let Some((holder, MeshUse { attribute, value, mesh, retirement, certain })) = best {
            let evidence = Evidence::plan(holder, *attribute, value.as_str());
            let (workload, mesh) = (WorkloadId(at), mesh.clone());
            found.push(Meshed { workload, mesh, retirement: *retirement, certain: *certain, evidence });
        }
    }
    found
}
