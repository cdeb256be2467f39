//! Whom the security groups of a datastore let in.

use std::collections::{BTreeMap, BTreeSet};

use crate::facts::{ComputeKind, DatastoreKind, Part, Relation, SecurityGroup, StoreKind};
use crate::graph::NodeId;
use crate::model::{Attr, Evidence, Text};
use crate::units::listed;

use super::datastore::{Datastore, DatastoreId};
use super::network::NetworkId;
use super::reach::{Finder, Reach};
use super::workload::{Workload, WorkloadId};

/// What people call machines through which they get at others.
pub(super) const PEOPLE: &[&str] = &["bastion", "jump", "jumpbox", "jumphost", "vpn", "openvpn", "tunnel"];

impl Finder<'_> {
    /// Reaches that security groups allow.
    pub(super) fn admitted(&self, told: &BTreeSet<(WorkloadId, DatastoreId)>) -> Vec<Reach> {
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
                        in_part: false,
                        evidence: vec![evidence.clone()],
                        doubt,
                        admitted: true,
                    });
                }
            };
            for (id, (evidence, doubt)) in &doors.members {
                if let Some(workload) = self.workloads.list.get(id.0) {
                    // Who names another database goes there; what else is open to him he may use if it cannot all be seen.
                    let other = busy.contains(id) && facts.kind == DatastoreKind::Database;
                    if other && workload.hidden_part(self.graph).is_none() {
                        continue;
                    }
                    let elsewhere =
                        other.then(|| format!("{} names another database, and may reach this one", workload.address));
                    let doubt = doubt.clone().or(elsewhere).or_else(|| self.closed_mouth(workload));
                    push(*id, evidence, doubt.or_else(|| self.other_name(workload, datastore)));
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
        for (pooler, datastores) in self.behind {
            let groups = self.graph.links(*pooler, Relation::GuardedBy).into_iter();
            let groups: Vec<NodeId> = groups.filter(|(_, edge)| edge.is_exact()).map(|(group, _)| group).collect();
            for (workload, (evidence, doubt)) in self.doors(&groups, &Attr::Unset).members {
                let Some(facts) = self.workloads.list.get(workload.0) else { continue };
                let doubt = doubt.or_else(|| self.closed_mouth(facts));
                let address = &self.graph.node(*pooler).address;
                for datastore in datastores.iter().filter(|id| !told.contains(&(workload, **id))) {
                    found.push(Reach {
                        workload,
                        datastore: *datastore,
                        pooler: Some(address.clone()),
                        readers_only: false,
                        in_part: false,
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
        let speaks = environments.iter().any(|(_, environment)| environment.speaks() || environment.hidden.is_some());
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

    /// Why somebody who names his databases does not seem to mean this one: he calls none by a name that it has.
    ///
    /// Names that the plan gives it have led him to it already; a name that another plan gives it is not to be seen, nor is
    /// that of something in between, such as a pooler of his own.
    fn other_name(&self, workload: &Workload, datastore: &Datastore) -> Option<String> {
        let mut named = Vec::new();
        for (holder, environment) in workload.environments(self.graph) {
            let hosts = environment.hosts();
            if hosts.is_empty() && environment.speaks() {
                return None;
            }
            named.extend(hosts.iter().map(|host| (holder, environment, host)));
        }
        // A cloud makes a database's name of its identifier.
        let labels = self.graph.node(datastore.node).facts.iter().flat_map(|facts| &facts.labels.names);
        let labels: Vec<&Text> = labels.collect();
        let means = |host: &str| labels.iter().any(|label| host.split('.').next() == Some(label.as_str()));
        let (holder, environment, _) = named.first()?;
        if named.iter().any(|(_, _, host)| means(host)) {
            return None;
        }
        let variables = listed(&environment.databases);
        Some(format!(
            "{variables} of {holder} names something that nothing shows to be {}, and may lead to a pooler or to another database",
            datastore.address
        ))
    }

    /// The networks of the subnets in which a datastore may stand.
    pub(super) fn networks_of(&self, datastore: &Datastore) -> BTreeSet<NetworkId> {
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
                let Part::SecurityGroup(facts) = self.graph.node(rule).part() else { continue };
                let mut own = Doors::default();
                self.rules(rule, *group, facts, port, &mut own);
                if !edge.is_exact() {
                    let address = &self.graph.node(rule).address;
                    let which =
                        || Some(format!("which group {address} belongs to ({}) cannot be told", edge.attribute));
                    own.members.values_mut().for_each(|(_, doubt)| *doubt = doubt.take().or_else(which));
                }
                own.members
                    .into_iter()
                    .for_each(|(workload, (evidence, doubt))| doors.admit(workload, evidence, doubt));
                doors.ranges.extend(own.ranges);
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
                    doors.admit(*workload, evidence.clone(), doubt.clone());
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
    members: BTreeMap<WorkloadId, (Evidence, Option<String>)>,
    /// Ranges of addresses.
    ranges: Vec<(Text, Evidence)>,
}

impl Doors {
    /// Lets a workload in: of several ways the first certain one counts, or else the first.
    fn admit(&mut self, workload: WorkloadId, evidence: Evidence, doubt: Option<String>) {
        let is_better = |(_, known): &(Evidence, Option<String>)| known.is_some() && doubt.is_none();
        if self.members.get(&workload).is_none_or(is_better) {
            self.members.insert(workload, (evidence, doubt));
        }
    }
}

/// Whether two ranges of IPv4 addresses have one in common; `None` when one is no such range.
pub(super) fn overlap(a: &str, b: &str) -> Option<bool> {
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
