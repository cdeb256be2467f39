//! Which workload reaches which datastore, and how that is known.

use std::collections::{BTreeMap, BTreeSet};

use crate::facts::{ComputeKind, DatastoreKind, Part, Relation, Role, Runs, StoreKind};
use crate::graph::{Edge, Graph, NodeId};
use crate::model::{Address, Attr, Evidence};

use super::datastore::{Datastore, DatastoreId};
use super::network::{NetworkId, Places};
use super::workload::{WorkloadId, Workloads};

/// A workload that opens connections to a datastore.
#[derive(Clone, Debug)]
pub struct Reach {
    /// The workload.
    pub workload: WorkloadId,
    /// The datastore.
    pub datastore: DatastoreId,
    /// The pooler in between, if there is one.
    pub pooler: Option<Address>,
    /// Whether it reaches only the machines that answer readers.
    pub readers_only: bool,
    /// And some of those only.
    pub in_part: bool,
    /// What it rests on.
    pub evidence: Vec<Evidence>,
    /// Why it is not certain, if it is not.
    pub doubt: Option<String>,
    /// Whether all that is known is that it is let in.
    pub admitted: bool,
}

impl Reach {
    /// Whether it is certain.
    pub fn is_certain(&self) -> bool {
        self.doubt.is_none()
    }
}

/// Everything that finding reaches needs.
pub(super) struct Finder<'a> {
    pub(super) graph: &'a Graph,
    pub(super) places: &'a Places,
    pub(super) workloads: &'a Workloads,
    pub(super) datastores: &'a [Datastore],
    pub(super) by_node: &'a BTreeMap<NodeId, DatastoreId>,
    /// The datastores behind each pooler.
    pub(super) behind: &'a Behind,
    /// The workloads that are members of each security group.
    pub(super) guarded: BTreeMap<NodeId, Vec<WorkloadId>>,
    /// The workloads in each network.
    pub(super) inside: BTreeMap<NetworkId, Vec<WorkloadId>>,
    /// The databases of this plan in each network.
    pub(super) at_hand: BTreeMap<NetworkId, Vec<DatastoreId>>,
}

/// A workload that may reach any of more databases than this is not said to reach each of them.
const TOO_MANY: usize = 8;

/// Finds every reach, by workload and datastore.
pub(super) fn reaches(
    graph: &Graph,
    places: &Places,
    workloads: &Workloads,
    datastores: &[Datastore],
    by_node: &BTreeMap<NodeId, DatastoreId>,
    behind: &Behind,
) -> Vec<Reach> {
    let mut guarded: BTreeMap<NodeId, Vec<WorkloadId>> = BTreeMap::new();
    for (at, workload) in workloads.list.iter().enumerate() {
        for group in &workload.groups {
            guarded.entry(*group).or_default().push(WorkloadId(at));
        }
    }
    let mut inside: BTreeMap<NetworkId, Vec<WorkloadId>> = BTreeMap::new();
    for (at, workload) in workloads.list.iter().enumerate() {
        if let Some(network) = workload.placement.network(&places.subnets) {
            inside.entry(network).or_default().push(WorkloadId(at));
        }
    }
    let at_hand = BTreeMap::new();
    let mut finder = Finder { graph, places, workloads, datastores, by_node, behind, guarded, inside, at_hand };
    for (at, datastore) in datastores.iter().enumerate() {
        if datastore.managed && datastore.kind == DatastoreKind::Database {
            for network in finder.networks_of(datastore) {
                finder.at_hand.entry(network).or_default().push(DatastoreId(at));
            }
        }
    }
    let mut found = finder.spoken();
    found.extend(finder.submitted());
    let told: BTreeSet<_> =
        found.iter().filter(|reach| reach.is_certain()).map(|r| (r.workload, r.datastore)).collect();
    found.extend(finder.admitted(&told));
    merge(found)
}

/// Keeps, of several ways between the same two, the certain ones; a way through a pooler explains an open door beside it.
fn merge(mut found: Vec<Reach>) -> Vec<Reach> {
    found.sort_by(|a, b| {
        let key =
            |r: &Reach| (r.workload, r.datastore, r.readers_only, r.doubt.is_some(), r.pooler.is_none(), r.in_part);
        key(a).cmp(&key(b))
    });
    let mut merged: Vec<Reach> = Vec::new();
    for reach in found {
        match merged.last_mut() {
            Some(last)
                if last.workload == reach.workload
                    && last.datastore == reach.datastore
                    && last.readers_only == reach.readers_only =>
            {
                let direct = last.pooler.is_some() && reach.pooler.is_none() && reach.is_certain();
                // A direct connection that is certain counts beside the pooled one.
                if direct && !reach.admitted {
                    merged.push(reach);
                }
            }
            _ => merged.push(reach),
        }
    }
    merged
}

/// The datastores behind each pooler.
pub(super) type Behind = BTreeMap<NodeId, Vec<DatastoreId>>;

/// Finds the datastores behind each pooler.
pub(super) fn behind(graph: &Graph, by_node: &BTreeMap<NodeId, DatastoreId>) -> Behind {
    let mut behind = Behind::new();
    for target in graph.having(Role::PoolerTarget) {
        for (pooler, _) in graph.links(*target, Relation::ThroughPooler) {
            for (database, _) in graph.links(*target, Relation::PoolsFor) {
                behind.entry(pooler).or_default().extend(by_node.get(&database).copied());
            }
        }
    }
    behind
}

impl Finder<'_> {
    /// Reaches that the workload itself speaks of: in its environment, its script, or a secret that it is handed.
    fn spoken(&self) -> Vec<Reach> {
        let mut found = Vec::new();
        for (at, workload) in self.workloads.list.iter().enumerate() {
            let id = WorkloadId(at);
            for node in &workload.nodes {
                let holder = &self.graph.node(*node).address;
                for (to, edge) in self.speaks_of(*node) {
                    let value = self.graph.node(to).address.to_string();
                    let evidence = vec![Evidence::plan(holder, edge.attribute, value)];
                    self.add(&mut found, id, to, edge, &evidence);
                    self.through_secret(&mut found, id, to, edge, &evidence);
                }
                // A variable that names a database which cannot be told.
                for open in self.graph.open(*node, Relation::ConnectsTo) {
                    let evidence = Evidence::plan(holder, open.attribute, format!("({})", open.why));
                    let network = workload.placement.network(&self.places.subnets);
                    let candidates = network.and_then(|network| self.at_hand.get(&network));
                    let candidates = candidates.filter(|candidates| candidates.len() <= TOO_MANY);
                    for datastore in candidates.into_iter().flatten() {
                        found.push(Reach {
                            workload: id,
                            datastore: *datastore,
                            pooler: None,
                            readers_only: false,
                            in_part: false,
                            evidence: vec![evidence.clone()],
                            doubt: Some(format!("the database that {holder} connects to is {}", open.reason())),
                            admitted: false,
                        });
                    }
                }
            }
        }
        found
    }

    /// Reaches of jobs: whoever submits one says where it runs, and how many run at once, and no plan shows that.
    fn submitted(&self) -> Vec<Reach> {
        let all = self.workloads.list.iter().enumerate();
        let runs_jobs = all.filter(|(_, workload)| workload.kind == ComputeKind::Batch);
        let places: Vec<WorkloadId> = runs_jobs.map(|(at, _)| WorkloadId(at)).take(TOO_MANY).collect();
        let mut found = Vec::new();
        for node in self.graph.having(Role::Template) {
            let resource = self.graph.node(*node);
            let is_job = matches!(resource.part(), Part::Template(template) if template.runs == Runs::WhenSubmitted);
            for (to, edge) in if is_job { self.speaks_of(*node) } else { Vec::new() } {
                let holder = &resource.address;
                let evidence = [Evidence::plan(holder, edge.attribute, self.graph.node(to).address.to_string())];
                for place in &places {
                    let from = found.len();
                    self.add(&mut found, *place, to, edge, &evidence);
                    self.through_secret(&mut found, *place, to, edge, &evidence);
                    for reach in found.iter_mut().skip(from) {
                        let reach: &mut Reach = reach;
                        reach.doubt = Some(format!(
                            "{holder} connects, and where and how many of its jobs run is not in this plan"
                        ));
                    }
                }
            }
        }
        found
    }

    fn speaks_of(&self, node: NodeId) -> Vec<(NodeId, Edge)> {
        let mut all = self.graph.links(node, Relation::ConnectsTo);
        all.extend(self.graph.links(node, Relation::Mentions));
        all
    }

    fn add(&self, found: &mut Vec<Reach>, workload: WorkloadId, to: NodeId, edge: Edge, evidence: &[Evidence]) {
        let target = self.graph.node(to);
        let doubt = (!edge.is_exact()).then(|| "which of several things it speaks of cannot be told".to_owned());
        // Without a network of its own it gets to what has a public address at most; that it speaks of a private database
        // means something else, such as calls of the cloud's API.
        let detached = self.workloads.list.get(workload.0).is_some_and(|workload| workload.placement.detached);
        if detached && !self.is_public(to) {
            return;
        }
        let mut push = |datastore, pooler, (readers_only, in_part)| {
            let (evidence, doubt) = (evidence.to_vec(), doubt.clone());
            found.push(Reach { workload, datastore, pooler, readers_only, in_part, evidence, doubt, admitted: false });
        };
        match target.part() {
            Part::Datastore(_) => {
                if let Some(datastore) = self.by_node.get(&to) {
                    push(*datastore, None, (edge.readers_only, edge.in_part));
                }
            }
            Part::Pooler(_) => {
                for datastore in self.behind.get(&to).into_iter().flatten() {
                    push(*datastore, Some(target.address.clone()), (false, false));
                }
            }
            _ => {}
        }
    }

    /// Whether a datastore, or a machine of it, has a public address.
    fn is_public(&self, node: NodeId) -> bool {
        let members = self.graph.backlinks(node, Relation::MemberOf).into_iter().map(|(member, _)| member);
        std::iter::once(node).chain(members).any(|node| match self.graph.node(node).part() {
            Part::Datastore(facts) => facts.public == Attr::Set(true),
            Part::DatabaseMember(facts) => facts.public == Attr::Set(true),
            _ => false,
        })
    }

    /// A secret or a parameter that holds a database's address.
    fn through_secret(
        &self,
        found: &mut Vec<Reach>,
        workload: WorkloadId,
        store: NodeId,
        way: Edge,
        evidence: &[Evidence],
    ) {
        let secret = matches!(
            self.graph.node(store).part(),
            Part::Store(store) if matches!(store.kind, StoreKind::Secret | StoreKind::Parameter)
        );
        if !secret {
            return;
        }
        let contents = self.graph.backlinks(store, Relation::ContentOf).into_iter().map(|(content, _)| content);
        for holder in std::iter::once(store).chain(contents) {
            for (to, edge) in self.graph.links(holder, Relation::Mentions) {
                let mut evidence = evidence.to_vec();
                let value = self.graph.node(to).address.to_string();
                evidence.push(Evidence::plan(&self.graph.node(holder).address, edge.attribute, value));
                // What is behind one of several secrets is as uncertain as the secret.
                let edge = if way.is_exact() { edge } else { Edge { found: way.found, ..edge } };
                self.add(found, workload, to, edge, &evidence);
            }
        }
    }
}
