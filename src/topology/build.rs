//! Builds the topology from the graph.

use std::collections::BTreeSet;

use rayon::prelude::*;

use rustc_hash::FxHashMap;

use crate::facts::{Declarations, GatewayKind, Part, Role, Service};
use crate::graph::Graph;
use crate::model::{Address, Attr, Stage, Text, Why};

use super::batch::{Batch, batches};
use super::bind::{Binding, bindings};
use super::budget::{Budget, budgets};
use super::call::{Call, calls};
use super::connection::connect;
use super::consumption::consumptions;
use super::datastore::{Datastore, DatastoreId, datastores};
use super::declared::{Heard, hear, uncalled};
use super::delivery::{Delivery, deliveries};
use super::drive::{Drive, drives};
use super::endpoint::{Endpoint, EndpointId, Served, Wanted, answers, endpoints, served};
use super::entry::entries;
use super::front::{Front, Stray, fronts};
use super::gateway::{Gateway, gateways};
use super::hand_set::{HandSet, hand_set};
use super::hop::{MeshHop, StrayRoute, hops};
use super::idle::{Standby, standbys};
use super::keep::keeps;
use super::ledger::{Ledger, ledger};
use super::mesh::{Mesh, Meshed, meshes};
use super::need::uses;
use super::network::{Network, NetworkId, Places, Subnet, SubnetId, places};
use super::pool::per_unit;
use super::pooling::{Allowance, Pooling, poolings};
use super::public::{AlarmUse, PublicService, mark, publics};
use super::reach::{Reach, behind, reaches};
use super::remote::{Remote, remotes};
use super::storage::{Storage, storages};
use super::stream::{Reading, readings};
use super::wait::waits;
use super::workload::{Workload, WorkloadId, Workloads, workloads};

/// The region of a network that cannot be told.
static NOWHERE: Attr<Text> = Attr::Unknown(Why::Elsewhere);

/// The system at one stage.
#[derive(Debug)]
pub struct Topology {
    /// The stage.
    pub stage: Stage,
    /// Its networks.
    pub networks: Vec<Network>,
    /// Their subnets.
    pub subnets: Vec<Subnet>,
    /// What shares an address among those who have none.
    pub gateways: Vec<Gateway>,
    /// Their endpoints.
    pub endpoints: Vec<Endpoint>,
    /// By network, the positions of its endpoints; under none, those whose network cannot be told.
    endpoints_of: FxHashMap<Option<NetworkId>, Vec<usize>>,
    /// The networks that this plan makes and in which nothing runs.
    vacant: BTreeSet<NetworkId>,
    /// Whether some networks are joined, so that an endpoint of one may serve another.
    joined: bool,
    /// Whether the plan is only a part of what the configuration makes.
    pub partial: bool,
    /// What is billed whether it is used or not.
    pub standbys: Vec<Standby>,
    /// Balancers, and what they forward to.
    pub fronts: Vec<Front>,
    /// What is behind a balancer that cannot be told.
    pub strays: Vec<Stray>,
    /// What binds clients to units.
    pub bindings: Vec<Binding>,
    /// What runs.
    pub workloads: Vec<Workload>,
    /// Where data is kept.
    pub datastores: Vec<Datastore>,
    /// Disks and file systems, and who mounts them.
    pub storages: Vec<Storage>,
    /// Disks whose speed is paid for, or fast in bursts only, by the machine that has them.
    pub drives: Vec<Drive>,
    /// Who reaches what.
    pub reaches: Vec<Reach>,
    /// What is called in other regions.
    pub remotes: Vec<Remote>,
    /// Who calls whom through a balancer.
    pub calls: Vec<Call>,
    /// Who reads streams.
    pub readings: Vec<Reading>,
    /// Batch work, and how its capacity is bought.
    pub batches: Vec<Batch>,
    /// Meshes that services call each other in.
    pub meshes: Vec<Mesh>,
    /// Who is a part of a mesh.
    pub meshed: Vec<Meshed>,
    /// Services of meshes that others call, as those treat them.
    pub hops: Vec<MeshHop>,
    /// Routes of meshes that lead to something that is not in the plan.
    pub stray_routes: Vec<StrayRoute>,
    /// What delivers what runs: pipelines that the plan makes.
    pub deliveries: Vec<Delivery>,
    /// What that means for the databases.
    pub budgets: Vec<Budget>,
    /// The poolers before databases.
    pub poolings: Vec<Pooling>,
    /// Limits of databases that somebody set by hand.
    pub hand_set: Vec<HandSet>,
    /// What callers from outside reach.
    pub publics: Vec<PublicService>,
    /// Alarms on what callers notice, of which nobody can tell what they watch.
    pub loose_alarms: Vec<AlarmUse>,
    /// What has become of what somebody says of it.
    pub heard: Heard,
    /// What its bill depends on.
    pub ledger: Ledger,
}

#[allow(clippy::indexing_slicing, reason = "positions are handed out by the topology alone, and nothing is removed")]
impl Topology {
    /// Builds the system that `graph` is.
    ///
    /// `partial` says that the plan is only a part of what the configuration makes, `declared` what the plan cannot show.
    pub fn build(graph: &Graph, stage: Stage, partial: bool, declared: &Declarations) -> Self {
        let places = places(graph);
        let (mut all, (endpoints, (datastores, by_node))) = rayon::join(
            || described(graph, &places),
            || rayon::join(|| endpoints(graph, &places), || datastores(graph, &places)),
        );
        let mut endpoints_of: FxHashMap<Option<NetworkId>, Vec<usize>> = FxHashMap::default();
        for (at, endpoint) in endpoints.iter().enumerate() {
            endpoints_of.entry(endpoint.network).or_default().push(at);
        }
        let mut heard = hear(declared, &mut all.list);
        let behind = behind(graph, &by_node);
        let reaches = reaches(graph, &places, &all, &datastores, &by_node, &behind);
        let reaches = if heard.met.is_empty() {
            reaches
        } else {
            let poolers: Vec<_> =
                behind.iter().map(|(node, behind)| (&graph.node(*node).address, behind.as_slice())).collect();
            connect(&mut heard, &all.list, &datastores, &poolers, reaches)
        };
        waits(graph, &mut all.list, &datastores, &reaches);
        heard.uncalled = uncalled(graph, &all.list);
        let budgets = budgets(graph, &all, &datastores, &reaches);
        let poolings = poolings(graph, &behind, &reaches);
        let hand_set = hand_set(graph, &datastores);
        let gateways = gateways(graph, &places);
        let storages = storages(graph, &places, &all);
        let drives = drives(graph, &all, &by_node);
        keeps(graph, &mut all.list, &storages, &mut heard.remarks);
        let bindings = bindings(graph, &all.list);
        let (fronts, strays) = fronts(graph, &places, &all);
        let standbys = standbys(graph, partial);
        let remotes = remotes(graph, &places, &all, &datastores, &reaches);
        let calls = calls(graph, &all, &fronts);
        let readings = readings(graph, &all);
        let batches = batches(graph, &all);
        let (meshes, parts_of_meshes) = meshes(graph, &all);
        let joins = |kind| matches!(kind, GatewayKind::Transit | GatewayKind::Peering | GatewayKind::Private);
        let ways = graph.having(Role::Gateway).iter().map(|node| graph.node(*node).part());
        let joined = ways.into_iter().any(|part| matches!(part, Part::Gateway(gateway) if joins(gateway.kind)));
        let (hops, stray_routes) = hops(graph);
        let deliveries = deliveries(graph);
        let ledger = ledger(graph, &all);
        let (publics, loose_alarms) = publics(graph, &all);
        mark(&mut all.list, &publics);
        let Places { networks, subnets, .. } = places;
        let standing = all.list.iter().flat_map(|workload| &workload.placement.subnets);
        let inhabited: BTreeSet<NetworkId> = standing.filter_map(|id| subnets.get(id.0)?.network).collect();
        let is_vacant = |at: &usize| networks.get(*at).is_some_and(|network| network.managed);
        let vacant =
            (0..networks.len()).filter(is_vacant).map(NetworkId).filter(|id| !inhabited.contains(id)).collect();
        Self {
            stage,
            networks,
            subnets,
            gateways,
            endpoints,
            endpoints_of,
            vacant,
            joined,
            partial,
            standbys,
            fronts,
            strays,
            bindings,
            workloads: all.list,
            datastores,
            storages,
            drives,
            reaches,
            remotes,
            calls,
            readings,
            batches,
            meshes,
            meshed: parts_of_meshes,
            hops,
            stray_routes,
            deliveries,
            budgets,
            poolings,
            hand_set,
            publics,
            loose_alarms,
            heard,
            ledger,
        }
    }

    /// The workload at a position.
    pub fn workload(&self, id: WorkloadId) -> &Workload {
        &self.workloads[id.0]
    }

    /// Every workload with its position.
    pub fn numbered_workloads(&self) -> impl Iterator<Item = (WorkloadId, &Workload)> {
        self.workloads.iter().enumerate().map(|(at, workload)| (WorkloadId(at), workload))
    }

    /// The datastore at a position.
    pub fn datastore(&self, id: DatastoreId) -> &Datastore {
        &self.datastores[id.0]
    }

    /// The budgets of a datastore.
    pub fn budgets_of(&self, id: DatastoreId) -> &[Budget] {
        // They stand in the order of their datastores.
        let first = self.budgets.partition_point(|budget| budget.datastore < id);
        let end = self.budgets.partition_point(|budget| budget.datastore <= id);
        self.budgets.get(first..end).unwrap_or_default()
    }

    /// The poolers before a datastore.
    pub fn poolers_of(&self, id: DatastoreId) -> &[Allowance] {
        // They stand in the order of their datastores.
        let at = self.poolings.binary_search_by_key(&id, |pooling| pooling.datastore).ok();
        at.and_then(|at| self.poolings.get(at)).map_or(&[], |pooling| &pooling.poolers)
    }

    /// Every datastore with its position.
    pub fn numbered_datastores(&self) -> impl Iterator<Item = (DatastoreId, &Datastore)> {
        self.datastores.iter().enumerate().map(|(at, datastore)| (DatastoreId(at), datastore))
    }

    /// What makes a workload a part of a mesh, if anything does.
    pub fn meshed(&self, id: WorkloadId) -> Option<&Meshed> {
        self.meshed.iter().find(|meshed| meshed.workload == id)
    }

    /// The subnet at a position.
    pub fn subnet(&self, id: SubnetId) -> &Subnet {
        &self.subnets[id.0]
    }

    /// The network at a position.
    pub fn network(&self, id: NetworkId) -> &Network {
        &self.networks[id.0]
    }

    /// The endpoint at a position.
    pub fn endpoint(&self, id: EndpointId) -> &Endpoint {
        &self.endpoints[id.0]
    }

    /// Whether an endpoint serves `service` from a subnet.
    pub fn served(&self, subnet: SubnetId, service: &'static Service, by_gateway: bool) -> Served {
        let subnet = self.subnet(subnet);
        let network = subnet.network.map(|network| self.network(network));
        let (region, zones) = network.map_or((&NOWHERE, &[][..]), |network| (&network.region, &network.zones));
        let wanted = Wanted { service, by_gateway, region, zones };
        // Those of other networks serve nobody here; of those of nowhere, nobody knows.
        let here = self.endpoints_of.get(&subnet.network).into_iter().flatten();
        let stray = self.endpoints_of.get(&None).filter(|_| subnet.network.is_some()).into_iter().flatten();
        let near: Box<dyn Iterator<Item = &Endpoint>> = if subnet.network.is_some() {
            Box::new(here.chain(stray).filter_map(|at| self.endpoints.get(*at)))
        } else {
            Box::new(self.endpoints.iter())
        };
        match served(near, subnet, wanted) {
            Served::Not if !by_gateway => self.far(subnet, wanted),
            served => served,
        }
    }

    /// Which endpoint in another network serves a service, or was meant to.
    fn far(&self, subnet: &Subnet, wanted: Wanted<'_>) -> Served {
        let Some(home) = subnet.network else { return Served::Not };
        // Most plans have no network without anybody in it.
        if self.vacant.is_empty() && !answers(wanted) {
            return Served::Not;
        }
        let mut others = self.endpoints.iter().filter(|endpoint| endpoint.is_of(wanted));
        if answers(wanted) {
            let hub = others.next().map(|endpoint| Served::By(endpoint.id));
            let reason = || format!("where the private zone leads that answers for {}", wanted.service.title);
            return hub.unwrap_or_else(|| Served::Unknown(reason()));
        }
        let empty = |network: NetworkId| network != home && self.vacant.contains(&network);
        if self.joined || self.partial || !self.network(home).managed {
            return Served::Not;
        }
        let meant = others.find(|endpoint| endpoint.managed && endpoint.network.is_some_and(empty));
        meant.map_or(Served::Not, |endpoint| Served::Elsewhere(endpoint.id))
    }

    /// What one workload reaches.
    pub fn reaches_of(&self, id: WorkloadId) -> &[Reach] {
        let from = self.reaches.partition_point(|reach| reach.workload < id);
        let many = self.reaches[from..].partition_point(|reach| reach.workload == id);
        &self.reaches[from..from + many]
    }

    /// Where a subnet stands among all.
    pub fn position(&self, id: SubnetId) -> usize {
        id.0
    }

    /// The subnets in which a workload's units stand.
    pub fn subnets_of<'t>(&'t self, workload: &'t Workload) -> impl Iterator<Item = (SubnetId, &'t Subnet)> {
        workload.placement.subnets.iter().map(|id| (*id, self.subnet(*id)))
    }

    /// All addresses that a workload consists of, for naming those that a finding is about.
    pub fn members(&self, id: WorkloadId) -> &[Address] {
        &self.workload(id).members
    }
}

/// Finds every workload, with all that is known of each alone.
fn described(graph: &Graph, places: &Places) -> Workloads {
    let mut all = workloads(graph, places);
    all.list.par_iter_mut().for_each(|workload| entries(graph, workload));
    consumptions(graph, &mut all);
    uses(graph, &mut all);
    all.list.par_iter_mut().for_each(|workload| workload.per_unit = per_unit(graph, workload));
    all
}
