//! Which workload reaches which datastore, and how that is known.

use std::collections::{BTreeMap, BTreeSet};

use crate::facts::{ComputeKind, DatastoreKind, Meaning, Part, Relation, Role, SecurityGroup, StoreKind};
use crate::graph::{Edge, Graph, NodeId};
use crate::model::{Address, Attr, Evidence, Text};

use super::datastore::{Datastore, DatastoreId};
use super::network::{NetworkId, Places};
use super::workload::{Workload, WorkloadId, Workloads};

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
struct Finder<'a> {
    graph: &'a Graph,
    places: &'a Places,
    workloads: &'a Workloads,
    datastores: &'a [Datastore],
    by_node: &'a BTreeMap<NodeId, DatastoreId>,
    /// The datastores behind each pooler.
    behind: BTreeMap<NodeId, Vec<DatastoreId>>,
    /// The workloads that are members of each security group.
    guarded: BTreeMap<NodeId, Vec<WorkloadId>>,
    /// The workloads in each network.
    inside: BTreeMap<NetworkId, Vec<WorkloadId>>,
    /// The databases of this plan in each network.
    at_hand: BTreeMap<NetworkId, Vec<DatastoreId>>,
}

/// What people call machines through which they get at others.
const PEOPLE: &[&str] = &["bastion", "jump", "jumpbox", "jumphost", "vpn", "openvpn", "tunnel"];

/// A workload that may reach any of more databases than this is not said to reach each of them.
const TOO_MANY: usize = 8;

/// Finds every reach, by workload and datastore.
pub(super) fn reaches(
    graph: &Graph,
    places: &Places,
    workloads: &Workloads,
    datastores: &[Datastore],
    by_node: &BTreeMap<NodeId, DatastoreId>,
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
    let behind = behind(graph, by_node);
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
    let told: BTreeSet<_> =
        found.iter().filter(|reach| reach.is_certain()).map(|r| (r.workload, r.datastore)).collect();
    found.extend(finder.admitted(&told));
    merge(found)
}

/// Keeps, of several ways between the same two, the certain ones; a way through a pooler explains an open door beside it.
fn merge(mut found: Vec<Reach>) -> Vec<Reach> {
    found.sort_by(|a, b| {
        let key = |r: &Reach| (r.workload, r.datastore, r.readers_only, r.doubt.is_some(), r.pooler.is_none());
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

fn behind(graph: &Graph, by_node: &BTreeMap<NodeId, DatastoreId>) -> BTreeMap<NodeId, Vec<DatastoreId>> {
    let mut behind: BTreeMap<NodeId, Vec<DatastoreId>> = BTreeMap::new();
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
        let mut push = |datastore, pooler, readers_only| {
            let (evidence, doubt) = (evidence.to_vec(), doubt.clone());
            found.push(Reach { workload, datastore, pooler, readers_only, evidence, doubt, admitted: false });
        };
        match target.part() {
            Part::Datastore(_) => {
                if let Some(datastore) = self.by_node.get(&to) {
                    push(*datastore, None, edge.readers_only);
                }
            }
            Part::Pooler(_) => {
                for datastore in self.behind.get(&to).into_iter().flatten() {
                    push(*datastore, Some(target.address.clone()), false);
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

    /// Reaches that security groups allow.
    fn admitted(&self, told: &BTreeSet<(WorkloadId, DatastoreId)>) -> Vec<Reach> {
        let mut found = Vec::new();
        // Who is known to reach some database is not suspected of reaching every other one.
        let is_database = |id: &DatastoreId| {
            self.datastores.get(id.0).is_some_and(|datastore| datastore.kind == DatastoreKind::Database)
        };
        let busy: BTreeSet<WorkloadId> =
            told.iter().filter(|(_, datastore)| is_database(datastore)).map(|(workload, _)| *workload).collect();
        for (at, datastore) in self.datastores.iter().enumerate() {
            let id = DatastoreId(at);
            let Part::Datastore(facts) = self.graph.node(datastore.node).part() else { continue };
            let doors = self.doors(&datastore.groups, &facts.port);
            let carrier =
                |id: WorkloadId| self.workloads.list.get(id.0).is_some_and(|workload| workload.carries_others);
            let mut push = |workload, evidence: &Evidence, doubt| {
                // Machines that carry containers open no connections; the containers do.
                if !told.contains(&(workload, id)) && !carrier(workload) {
                    found.push(Reach {
                        workload,
                        datastore: id,
                        pooler: None,
                        readers_only: false,
                        evidence: vec![evidence.clone()],
                        doubt,
                        admitted: true,
                    });
                }
            };
            for (id, evidence, doubt) in &doors.members {
                if let Some(workload) = self.workloads.list.get(id.0) {
                    // Who names another database goes there; what else is open to him he may use if it cannot all be seen.
                    let other = busy.contains(id) && facts.kind == DatastoreKind::Database;
                    if other && workload.hidden_part(self.graph).is_none() {
                        continue;
                    }
                    let elsewhere =
                        other.then(|| format!("{} names another database, and may reach this one", workload.address));
                    push(*id, evidence, doubt.clone().or(elsewhere).or_else(|| self.closed_mouth(workload)));
                }
            }
            if doors.ranges.is_empty() {
                continue;
            }
            // A door that is open to everybody says nothing of those whose environment shows no database.
            let networks = self.networks_of(datastore);
            let neighbours = networks.iter().filter_map(|network| self.inside.get(network)).flatten();
            for id in neighbours.filter(|id| !busy.contains(id)) {
                let Some(workload) = self.workloads.list.get(id.0).filter(|workload| !workload.carries_others) else {
                    continue;
                };
                let Some(evidence) = self.in_range(workload, &doors.ranges) else { continue };
                let environments = workload.environments(self.graph);
                let named = environments.iter().find_map(|(holder, env)| Some((*holder, env.databases.first()?)));
                if let Some((holder, variable)) = named {
                    let doubt =
                        format!("{variable} of {holder} names a database, and nothing in this plan has that name");
                    push(*id, evidence, Some(doubt));
                } else if let Some(gap) = workload.hidden_part(self.graph) {
                    let Evidence { address, attribute, .. } = &gap.evidence;
                    let doubt = format!("{attribute} of {address}, which would name its databases, is {}", gap.reason);
                    push(*id, evidence, Some(doubt));
                }
            }
        }
        for (pooler, datastores) in &self.behind {
            let groups = self.graph.links(*pooler, Relation::GuardedBy).into_iter();
            let groups: Vec<NodeId> = groups.filter(|(_, edge)| edge.is_exact()).map(|(group, _)| group).collect();
            for (workload, evidence, doubt) in self.doors(&groups, &Attr::Unset).members {
                let Some(facts) = self.workloads.list.get(workload.0) else { continue };
                let doubt = doubt.or_else(|| self.closed_mouth(facts));
                let address = &self.graph.node(*pooler).address;
                for datastore in datastores.iter().filter(|id| !told.contains(&(workload, **id))) {
                    found.push(Reach {
                        workload,
                        datastore: *datastore,
                        pooler: Some(address.clone()),
                        readers_only: false,
                        evidence: vec![evidence.clone()],
                        doubt: doubt.clone(),
                        admitted: true,
                    });
                }
            }
        }
        found
    }

    /// Why somebody for whom a door is open does not seem to go through it, if he does not.
    fn closed_mouth(&self, workload: &Workload) -> Option<String> {
        let environments = workload.environments(self.graph);
        let speaks = environments.iter().any(|(_, environment)| {
            !environment.databases.is_empty()
                || environment.setting(Meaning::Pool).is_some()
                || environment.hidden.is_some()
        });
        if speaks {
            return None;
        }
        let words = workload.members.iter().flat_map(|member| member.as_str().split(['.', '[', ']', '"', '_', '-']));
        if words.into_iter().any(|word| PEOPLE.iter().any(|known| word.eq_ignore_ascii_case(known))) {
            return Some(format!("{} may connect, but by its name it is a way in for people", workload.address));
        }
        let alone = workload.kind == ComputeKind::Machine && workload.range.maximum.known() == Some(1);
        if workload.hidden_part(self.graph).is_some() {
            return alone
                .then(|| format!("{} may connect, but nothing shows what runs on that one machine", workload.address));
        }
        let mentions = workload.nodes.iter().flat_map(|node| self.graph.links(*node, Relation::Mentions));
        let is_secret =
            |node| matches!(self.graph.node(node).part(), Part::Store(store) if store.kind == StoreKind::Secret);
        if mentions.into_iter().any(|(to, _)| is_secret(to)) {
            return None;
        }
        Some(format!("{} may connect, but nothing in its environment names a database", workload.address))
    }

    /// The networks of the subnets in which a datastore may stand.
    fn networks_of(&self, datastore: &Datastore) -> BTreeSet<NetworkId> {
        let groups = self.graph.links(datastore.node, Relation::PlacedBy).into_iter().map(|(group, _)| group);
        let subnets = groups.flat_map(|group| self.graph.links(group, Relation::InSubnet));
        subnets
            .filter_map(|(subnet, _)| self.places.subnets.get(self.places.subnet_of.get(&subnet)?.0)?.network)
            .collect()
    }

    /// The first of some ranges that a workload's subnets lie in.
    fn in_range<'e>(&self, workload: &Workload, ranges: &'e [(Text, Evidence)]) -> Option<&'e Evidence> {
        let subnets = workload.placement.subnets.iter().filter_map(|id| self.places.subnets.get(id.0));
        let cidrs: Vec<_> = subnets.map(|subnet| &subnet.cidr).collect();
        let inside = |range: &str| {
            cidrs.iter().any(|cidr| match cidr {
                Attr::Set(cidr) => overlap(range, cidr).unwrap_or(true),
                Attr::Unset | Attr::Unknown(_) => true,
            })
        };
        ranges.iter().find(|(range, _)| inside(range)).map(|(_, evidence)| evidence)
    }

    /// Who is let in on `port` by the rules of `groups`.
    fn doors(&self, groups: &[NodeId], port: &Attr<i64>) -> Doors {
        let mut doors = Doors::default();
        for group in groups {
            let Part::SecurityGroup(facts) = self.graph.node(*group).part() else { continue };
            self.rules(*group, *group, facts, port, &mut doors);
            for (rule, edge) in self.graph.backlinks(*group, Relation::RuleOf) {
                if let (Part::SecurityGroup(facts), true) = (self.graph.node(rule).part(), edge.is_exact()) {
                    self.rules(rule, *group, facts, port, &mut doors);
                }
            }
        }
        doors
    }

    fn rules(&self, holder: NodeId, group: NodeId, facts: &SecurityGroup, port: &Attr<i64>, doors: &mut Doors) {
        let address = &self.graph.node(holder).address;
        let links = self.graph.links(holder, Relation::Admits);
        for rule in &facts.admits {
            let fits = match (&rule.ports, port) {
                (Attr::Set(ports), Attr::Set(port)) => ports.holds(*port),
                (Attr::Set(ports), _) => ports.first >= 0,
                _ => true,
            };
            if !fits {
                continue;
            }
            let own = rule.own.then_some((group, true));
            let peers = links.iter().filter(|(_, edge)| edge.slot == rule.slot);
            for (peer, exact) in peers.map(|(peer, edge)| (*peer, edge.is_exact())).chain(own) {
                let evidence = Evidence::plan(address, "ingress", format!("admits {}", self.graph.node(peer).address));
                let doubt = (!exact).then(|| format!("which group {address} admits cannot be told"));
                for workload in self.guarded.get(&peer).into_iter().flatten() {
                    doors.members.push((*workload, evidence.clone(), doubt.clone()));
                }
            }
            for cidr in &rule.cidrs {
                doors.ranges.push((cidr.clone(), Evidence::plan(address, "ingress", format!("admits {cidr}"))));
            }
        }
    }
}

/// Who is let in.
#[derive(Default)]
struct Doors {
    /// Members of security groups, each with what lets him in and why that is not certain, if it is not.
    members: Vec<(WorkloadId, Evidence, Option<String>)>,
    /// Ranges of addresses.
    ranges: Vec<(Text, Evidence)>,
}

/// Whether two ranges of IPv4 addresses have one in common; `None` when one is no such range.
fn overlap(a: &str, b: &str) -> Option<bool> {
    let range = |text: &str| -> Option<(u32, u32)> {
        let (address, length) = text.split_once('/')?;
        let address: std::net::Ipv4Addr = address.parse().ok()?;
        let length: u32 = length.parse().ok().filter(|length| *length <= 32)?;
        let host = u32::MAX.checked_shr(length).unwrap_or(0);
        let first = u32::from(address) & !host;
        Some((first, first | host))
    };
    let (a, b) = (range(a)?, range(b)?);
    Some(a.0 <= b.1 && b.0 <= a.1)
}

#[cfg(test)]
mod tests {
    use super::overlap;

    #[test]
    fn ranges() {
        assert_eq!(overlap("10.0.0.0/8", "10.20.100.0/24"), Some(true));
        assert_eq!(overlap("10.20.100.7/32", "10.20.100.0/24"), Some(true));
        assert_eq!(overlap("10.21.0.0/16", "10.20.100.0/24"), Some(false));
        assert_eq!(overlap("0.0.0.0/0", "10.20.100.0/24"), Some(true));
        assert_eq!(overlap("::/0", "10.20.100.0/24"), None);
    }
}
