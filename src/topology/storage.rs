//! Disks and file systems: where they stand, and from which zones they are used.

use std::collections::{BTreeMap, BTreeSet};

use crate::facts::{Part, Relation, Role, StorageKind};
use crate::graph::{Edge, Graph, NodeId};
use crate::model::{Address, Attr, Evidence, Text, Why};

use super::datastore::Spread;
use super::network::{Places, SubnetId};
use super::placement::of_machine;
use super::workload::{Gap, WorkloadId, Workloads};

/// A disk or a file system.
#[derive(Debug)]
pub struct Storage {
    /// Its address.
    pub address: Address,
    /// What a person calls it.
    pub noun: &'static str,
    /// What it is.
    pub kind: StorageKind,
    /// Whether this plan manages it.
    pub managed: bool,
    /// The region it stands in.
    pub region: Attr<Text>,
    /// Over which zones it stands.
    pub spread: Spread,
    /// What says so.
    pub spread_evidence: Evidence,
    /// How it is made to stand in several zones.
    pub wider: &'static str,
    /// Where it is reached, if it is reached through doors of its own.
    pub doors: Option<Doors>,
    /// Who mounts it.
    pub users: Vec<StorageUse>,
}

/// Where a file system is reached.
#[derive(Debug, Default)]
pub struct Doors {
    /// What people call them: `mount target`.
    pub noun: &'static str,
    /// The doors.
    pub list: Vec<Address>,
    /// Their zones.
    pub zones: BTreeSet<Text>,
    /// Why there may be others, if there may.
    pub gap: Option<String>,
}

/// A workload that mounts it, or one machine of that.
#[derive(Debug)]
pub struct StorageUse {
    /// The workload.
    pub workload: WorkloadId,
    /// The one machine that has it, where it is given to one.
    pub machine: Option<Address>,
    /// The zones from which it is used.
    pub zones: BTreeSet<Text>,
    /// Why these may not be all, if they may not.
    pub gap: Option<Gap>,
    /// Whether it stands beside its storage, or beside its doors, whichever zones these are in.
    pub beside: bool,
    /// What it rests on.
    pub evidence: Vec<Evidence>,
    /// Why it is not certain, if it is not.
    pub doubt: Option<String>,
}

/// Finds every disk and file system.
pub(super) fn storages(graph: &Graph, places: &Places, workloads: &Workloads) -> Vec<Storage> {
    let all = graph.having(Role::Storage);
    if all.is_empty() {
        return Vec::new();
    }
    let stray = stray_door(graph);
    let finder = Finder { graph, places, workloads, owners: workloads.owners() };
    let found = all.iter().filter_map(|node| {
        let resource = graph.node(*node);
        let Part::Storage(facts) = resource.part() else { return None };
        let spread = match &facts.spread {
            Attr::Set(true) => Spread::SeveralZones,
            Attr::Set(false) => Spread::OneZone(finder.zone(*node, &facts.zone)),
            Attr::Unset => Spread::Unknown("nothing says over how many zones it stands".to_owned()),
            Attr::Unknown(why) => Spread::Unknown(format!("{} is {why}", facts.spread_attribute)),
        };
        let value = match facts.spread.why_unknown() {
            Some(why) => format!("({why})"),
            None => facts.spread_value.to_string(),
        };
        Some(Storage {
            address: resource.address.clone(),
            noun: resource.noun(),
            kind: facts.kind,
            managed: resource.managed,
            region: super::network::region(graph, *node),
            spread,
            spread_evidence: Evidence::plan(&resource.address, facts.spread_attribute, value),
            wider: facts.wider,
            doors: facts.doors.map(|noun| finder.doors(*node, noun, stray.as_deref())),
            users: finder.users(*node),
        })
    });
    found.collect()
}

/// Why a door may belong to any file system, if one may.
fn stray_door(graph: &Graph) -> Option<String> {
    graph.having(Role::Door).iter().find_map(|node| {
        let open = graph.open(*node, Relation::DoorOf).next()?;
        Some(format!("which file system {} belongs to is {}", graph.node(*node).address, open.reason()))
    })
}

struct Finder<'a> {
    graph: &'a Graph,
    places: &'a Places,
    workloads: &'a Workloads,
    /// The workloads that consist of a node, or are made from it.
    owners: BTreeMap<NodeId, Vec<WorkloadId>>,
}

impl Finder<'_> {
    /// The zone of what stands in one: its own, or that of its only subnet, or of what it stands beside.
    fn zone(&self, node: NodeId, own: &Attr<Text>) -> Attr<Text> {
        if own.known().is_some() {
            return own.clone();
        }
        let near = self.graph.link(node, Relation::Beside);
        let subnets = self.graph.links(near.unwrap_or(node), Relation::InSubnet);
        let subnet = match (near, subnets.as_slice()) {
            (Some(near), _) if self.places.subnet_of.contains_key(&near) => self.subnet(near),
            (_, [(subnet, edge)]) if edge.is_exact() => self.subnet(*subnet),
            _ => None,
        };
        subnet.map_or_else(|| own.clone(), |(_, zone)| zone.clone())
    }

    fn subnet(&self, node: NodeId) -> Option<(SubnetId, &Attr<Text>)> {
        let id = self.places.subnet_of.get(&node)?;
        Some((*id, &self.places.subnets.get(id.0)?.zone))
    }

    fn doors(&self, node: NodeId, noun: &'static str, stray: Option<&str>) -> Doors {
        let graph = self.graph;
        let mut doors = Doors { noun, gap: stray.map(str::to_owned), ..Doors::default() };
        for (door, edge) in graph.backlinks(node, Relation::DoorOf) {
            let address = &graph.node(door).address;
            if !edge.is_exact() {
                doors.gap = Some(format!("{address} may belong to another file system"));
                continue;
            }
            doors.list.push(address.clone());
            let subnet = graph.link(door, Relation::InSubnet).and_then(|subnet| self.subnet(subnet));
            match subnet.map(|(_, zone)| zone) {
                Some(Attr::Set(zone)) => {
                    doors.zones.insert(zone.clone());
                }
                other => {
                    let why = other.and_then(Attr::why_unknown).unwrap_or(Why::Computed);
                    doors.gap = Some(format!("the zone of {address} is {why}"));
                }
            }
        }
        if !graph.node(node).managed {
            doors.gap = Some("its doors are not managed in this plan".to_owned());
        }
        doors
    }

    fn users(&self, node: NodeId) -> Vec<StorageUse> {
        let graph = self.graph;
        let mut users = Vec::new();
        let near = self.near(node);
        for (holder, edge) in graph.backlinks(node, Relation::Mounts) {
            if graph.node(holder).role() != Role::DiskAttachment {
                self.used((node, &near), holder, holder, edge, None, &mut users);
                continue;
            }
            for (machine, to) in graph.links(holder, Relation::TargetIs) {
                let unsure = !to.is_exact();
                let doubt = || format!("which machine {} gives it to cannot be told", graph.node(holder).address);
                self.used((node, &near), machine, holder, edge, unsure.then(doubt), &mut users);
            }
        }
        for (holder, edge) in graph.backlinks(node, Relation::Mentions) {
            let boots_with = match graph.node(holder).part() {
                Part::Compute(compute) => compute.own.boots_with,
                Part::Template(template) => template.boots_with,
                _ => None,
            };
            let Some((attribute, mounts)) = boots_with.filter(|(attribute, _)| *attribute == edge.attribute) else {
                continue;
            };
            let doubt = || format!("what {attribute} of {} does with it cannot be seen", graph.node(holder).address);
            self.used((node, &near), holder, holder, edge, (!mounts).then(doubt), &mut users);
        }
        users
    }

    /// The subnets in which it is at hand: its only one, or those of its doors.
    fn near(&self, node: NodeId) -> BTreeSet<SubnetId> {
        let graph = self.graph;
        let own = graph.links(node, Relation::InSubnet);
        let own = own.into_iter().filter(|(_, edge)| edge.is_exact()).map(|(subnet, _)| subnet);
        let doors = graph.backlinks(node, Relation::DoorOf).into_iter().filter(|(_, edge)| edge.is_exact());
        let doors = doors.filter_map(|(door, _)| graph.link(door, Relation::InSubnet));
        own.chain(doors).filter_map(|subnet| Some(self.subnet(subnet)?.0)).collect()
    }

    /// Adds the uses by all that consist of `who`, or are made from it, because `holder` says so.
    fn used(
        &self,
        (storage, near): (NodeId, &BTreeSet<SubnetId>),
        who: NodeId,
        holder: NodeId,
        edge: Edge,
        doubt: Option<String>,
        users: &mut Vec<StorageUse>,
    ) {
        let graph = self.graph;
        let holder = &graph.node(holder).address;
        let unsure = || format!("whether {} of {holder} means it or another cannot be told", edge.attribute);
        let doubt = doubt.or_else(|| (!edge.is_exact()).then(unsure));
        for id in self.owners.get(&who).into_iter().flatten() {
            let Some(workload) = self.workloads.list.get(id.0) else { continue };
            let own = of_machine(graph, self.places, who, &workload.templates);
            let machine = own.is_some().then(|| graph.node(who).address.clone());
            let place = own.as_ref().unwrap_or(&workload.placement);
            if place.detached {
                continue;
            }
            users.push(StorageUse {
                workload: *id,
                zones: place.zones.clone(),
                gap: place.gap.clone(),
                beside: place.is_within(near) || (machine.is_some() && self.beside(storage, who)),
                machine,
                evidence: vec![Evidence::plan(holder, edge.attribute, graph.node(storage).address.to_string())],
                doubt: doubt.clone(),
            });
        }
    }

    /// Whether a machine and a disk stand in one zone by what is said of either, whichever zone that is.
    fn beside(&self, storage: NodeId, machine: NodeId) -> bool {
        let graph = self.graph;
        let near = |node| graph.link(node, Relation::Beside);
        let subnet = graph.link(machine, Relation::InSubnet);
        let (disk, own) = (near(storage), near(machine));
        let there = disk.and_then(|near| graph.link(near, Relation::InSubnet)).or(disk);
        disk == Some(machine) || own == Some(storage) || (disk.is_some() && (disk == own || there == subnet))
    }
}
