//! What workloads call in another region than their own.

use std::collections::BTreeSet;

use crate::facts::{Part, Relation, RemoteKind, SourceKind, StoreKind, is_aside};
use crate::graph::{Edge, Graph, NodeId};
use crate::model::{Address, Attr, Evidence, Found, Text};

use super::datastore::Datastore;
use super::network::{Places, region};
use super::reach::Reach;
use super::workload::{Workload, WorkloadId, Workloads};

/// Something in another region that a workload calls.
#[derive(Debug)]
pub struct Remote {
    /// The workload.
    pub workload: WorkloadId,
    /// The region that it runs in; none where it speaks of several, and which is its own cannot be told.
    pub home: Option<Text>,
    /// The region that it calls; empty where it is that of whatever its target is a copy of.
    pub region: Text,
    /// What stands there, as people call it.
    pub noun: &'static str,
    /// Its address, where the plan has it.
    pub target: Option<Address>,
    /// What it is.
    pub kind: RemoteKind,
    /// Whether only what is written goes there, handed on by a copy in the workload's own region.
    pub writes: bool,
    /// What it rests on.
    pub evidence: Vec<Evidence>,
    /// Why it is not certain, if it is not.
    pub doubt: Option<String>,
}

impl Remote {
    /// Whether `known` is most likely what it is, by its region and its kind.
    fn is_same(&self, known: &Self) -> bool {
        let alike = if self.kind == RemoteKind::Data { known.kind == self.kind } else { known.noun == self.noun };
        alike && known.region == self.region
    }
}

/// Finds everything that workloads call in other regions, workload by workload.
pub(super) fn remotes(
    graph: &Graph,
    places: &Places,
    workloads: &Workloads,
    datastores: &[Datastore],
    reaches: &[Reach],
) -> Vec<Remote> {
    let mut all = Vec::new();
    // Reaches come in the order of their workloads.
    let mut rest = reaches;
    for (at, workload) in workloads.list.iter().enumerate() {
        let count = rest.iter().take_while(|reach| reach.workload.0 == at).count();
        let (own, others) = rest.split_at_checked(count).unwrap_or((rest, &[]));
        rest = others;
        let home = home(places, workload);
        let caller = Caller { graph, id: WorkloadId(at), workload, home };
        let mut found = caller.mentioned();
        found.extend(caller.reached(datastores, own));
        // An address of something that is found already says it once more.
        let mut spoken = caller.spoken();
        spoken.retain(|one| !found.iter().any(|known| one.is_same(known)));
        found.extend(spoken);
        let regions: BTreeSet<&Text> = found.iter().map(|remote| &remote.region).collect();
        // Who speaks of one region only, and whose own is not known, is most likely at home there.
        if caller.home.is_some() || regions.len() > 1 {
            all.extend(found);
        }
    }
    all
}

/// The region that a workload runs in: its own, or that of its network.
fn home(places: &Places, workload: &Workload) -> Option<Text> {
    let network = || {
        let id = workload.placement.network(&places.subnets)?;
        places.networks.get(id.0)?.region.known()
    };
    workload.region.known().or_else(network).cloned()
}

/// Whether only such variables name it by which nothing is called.
fn is_spared(graph: &Graph, holder: NodeId, to: NodeId, edge: Edge) -> bool {
    let part = match graph.node(holder).part() {
        Part::Compute(compute) => &compute.own,
        Part::Template(template) => template.as_ref(),
        _ => return false,
    };
    if part.attribute != edge.attribute {
        return false;
    }
    if edge.found != Found::Value {
        return part.spared.hidden;
    }
    let mut names = graph.node(to).facts.iter().flat_map(|facts| facts.names.iter());
    names.any(|name| part.spared.names.binary_search(name).is_ok())
}

struct Caller<'a> {
    graph: &'a Graph,
    id: WorkloadId,
    workload: &'a Workload,
    home: Option<Text>,
}

impl Caller<'_> {
    fn remote(&self, region: &Text, noun: &'static str, kind: RemoteKind) -> Option<Remote> {
        (self.home.as_ref() != Some(region)).then(|| Remote {
            workload: self.id,
            home: self.home.clone(),
            region: region.clone(),
            noun,
            target: None,
            kind,
            writes: false,
            evidence: Vec::new(),
            doubt: None,
        })
    }

    /// Regions that its environment names.
    fn spoken(&self) -> Vec<Remote> {
        let parts = self.workload.parts(self.graph).into_iter();
        let found = parts.flat_map(|(holder, part)| part.regional.iter().map(move |one| (holder, one)));
        let found = found.filter_map(|(holder, one)| {
            let evidence = Evidence::plan(holder, one.variable.clone(), one.region.as_str());
            Some(Remote { evidence: vec![evidence], ..self.remote(&one.region, one.noun, one.kind)? })
        });
        found.collect()
    }

    /// Stores and sources that it speaks of.
    fn mentioned(&self) -> Vec<Remote> {
        let mut found = Vec::new();
        let nodes = self.workload.nodes.iter();
        let links =
            nodes.flat_map(|node| self.graph.links(*node, Relation::Mentions).into_iter().map(|link| (*node, link)));
        for (holder, (to, edge)) in links.filter(|(_, (to, _))| self.is_called(*to)) {
            if is_spared(self.graph, holder, to, edge) {
                continue;
            }
            let node = self.graph.node(to);
            let Attr::Set(there) = region(self.graph, to) else { continue };
            let Some(remote) = self.remote(&there, node.noun(), RemoteKind::Call) else { continue };
            let doubt = "which of several things it speaks of cannot be told";
            let evidence = Evidence::plan(&self.graph.node(holder).address, edge.attribute, node.address.to_string());
            found.push(Remote {
                target: Some(node.address.clone()),
                evidence: vec![evidence, Evidence::plan(&node.address, "region", there.as_str())],
                doubt: (!edge.is_exact()).then(|| doubt.to_owned()),
                ..remote
            });
        }
        found
    }

    /// Whether requests may wait for a store or a source: not for what is read once, such as a secret, nor for logs and copies.
    fn is_called(&self, node: NodeId) -> bool {
        let part = self.graph.node(node);
        let waited_for = match part.part() {
            Part::Store(store) => {
                let here = self.home.as_ref().is_some_and(|home| store.copies.contains(home));
                matches!(store.kind, StoreKind::Objects | StoreKind::Table) && !here && !self.has_replica_here(node)
            }
            Part::Source(source) => {
                matches!(source.kind, SourceKind::Queue | SourceKind::Topic | SourceKind::Stream)
            }
            _ => false,
        };
        let names = part.facts.iter().flat_map(|facts| facts.names.iter());
        waited_for && !is_aside(part.address.as_str()) && !names.into_iter().any(|name| is_aside(name))
    }

    /// Whether a replica that is a resource of its own answers in the workload's region.
    fn has_replica_here(&self, store: NodeId) -> bool {
        let replicas = self.graph.backlinks(store, Relation::ReplicaOf).into_iter();
        let mut regions = replicas.map(|(replica, _)| region(self.graph, replica));
        regions.any(|there| there.known().is_some() && there.known() == self.home.as_ref())
    }

    /// Databases and caches that it reaches.
    fn reached(&self, datastores: &[Datastore], own: &[Reach]) -> Vec<Remote> {
        let at = |reach: &Reach| datastores.get(reach.datastore.0);
        let is_here = |datastore: &Datastore| {
            let there = datastore.region.known();
            there.is_some() && there == self.home.as_ref()
        };
        let served_here = own.iter().filter_map(at).any(is_here);
        let mut found = Vec::new();
        for reach in own {
            let Some((datastore, there)) = at(reach).and_then(|one| Some((one, one.region.known()?))) else { continue };
            let mut evidence = reach.evidence.clone();
            // What is handed on by a copy goes to another region, whatever stands here.
            let forwards = datastore.forwards.as_ref().filter(|_| is_here(datastore) && !reach.readers_only);
            // A copy in another region is there for the day that this one fails.
            let spare = served_here && (datastore.replica || datastore.forwards.is_some());
            let remote = match forwards {
                Some((true, forwards)) => {
                    evidence.push(forwards.clone());
                    self.writing(there, datastore.noun)
                }
                _ if spare || is_aside(datastore.address.as_str()) => None,
                _ => {
                    evidence.push(Evidence::plan(&datastore.address, "region", there.as_str()));
                    self.remote(there, datastore.noun, RemoteKind::Data)
                }
            };
            let (target, doubt) = (Some(datastore.address.clone()), reach.doubt.clone());
            found.extend(remote.map(|remote| Remote { target, evidence, doubt, ..remote }));
        }
        found
    }

    fn writing(&self, home: &Text, noun: &'static str) -> Option<Remote> {
        let remote = self.remote(&Text::default(), noun, RemoteKind::Data)?;
        Some(Remote { home: Some(home.clone()), writes: true, ..remote })
    }
}
