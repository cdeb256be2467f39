//! Whom the security groups of an endpoint let in.

use crate::facts::{Part, Relation, Role};
use crate::graph::{Graph, NodeId};
use crate::model::{Action, Address, Attr, Evidence, Text};

use super::admission::overlap;
use super::network::Subnet;
use super::workload::Workload;

/// Services are called by HTTPS.
const PORT: i64 = 443;

/// What stands before an endpoint.
#[derive(Debug, Default)]
pub struct Guard {
    /// Its security groups.
    pub groups: Vec<Address>,
    /// The endpoint's own attribute that names them, where one does.
    pub attribute: Option<&'static str>,
    /// Whether it has only the group that its network comes with, which lets in its own members.
    pub by_default: bool,
    /// What its rules let in on the services' port, for readers.
    pub admits: Vec<Evidence>,
    peers: Vec<NodeId>,
    ranges: Vec<Text>,
    /// Why there may be others who are let in, if there may.
    hidden: Option<String>,
}

/// Whether somebody is let in.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Admission {
    /// He is.
    Open,
    /// He is not.
    Closed,
    /// It cannot be told, for this reason.
    Unknown(String),
}

/// Reads the security groups of the endpoint at `node`, which `holders` name.
pub(super) fn guard(graph: &Graph, node: NodeId, holders: &[NodeId], stray: Option<NodeId>) -> Guard {
    let mut guard = Guard { attribute: attribute(graph, node, Relation::GuardedBy), ..Guard::default() };
    let mut groups: Vec<NodeId> = Vec::new();
    for holder in holders {
        for (group, edge) in graph.links(*holder, Relation::GuardedBy) {
            if edge.is_exact() {
                groups.push(group);
            } else {
                guard.hide(format!("which security groups {} has", graph.node(node).address));
            }
        }
        if let Some(open) = graph.open(*holder, Relation::GuardedBy).next() {
            guard.hide(format!("which security groups {} has: {}", graph.node(node).address, open.reason()));
        }
    }
    if groups.is_empty() && guard.hidden.is_none() {
        // Without groups of its own it has its network's default group: API reference of CreateVpcEndpoint.
        default_group(graph, node, &mut guard, &mut groups);
    }
    groups.sort_unstable();
    groups.dedup();
    guard.groups = groups.iter().map(|group| graph.node(*group).address.clone()).collect();
    for group in groups {
        guard.reads(graph, group, group);
        for (rule, edge) in graph.backlinks(group, Relation::RuleOf) {
            if edge.is_exact() {
                guard.reads(graph, rule, group);
            } else {
                guard.hide(format!("to which security group {} belongs", graph.node(rule).address));
            }
        }
    }
    if let Some(stray) = stray {
        guard.hide(format!("to which security group {} belongs", graph.node(stray).address));
    }
    guard
}

/// The attribute by which a resource itself names its neighbours.
pub(super) fn attribute(graph: &Graph, node: NodeId, relation: Relation) -> Option<&'static str> {
    graph.links(node, relation).first().map(|(_, edge)| edge.attribute)
}

/// A rule that lets somebody in, and of which it cannot be told into which group: it may be any.
pub(super) fn stray_rule(graph: &Graph) -> Option<NodeId> {
    let rules = graph.having(Role::SecurityGroup).iter().copied();
    rules
        .filter(|rule| graph.open(*rule, Relation::RuleOf).next().is_some())
        .find(|rule| matches!(graph.node(*rule).part(), Part::SecurityGroup(facts) if !facts.admits.is_empty()))
}

fn default_group(graph: &Graph, endpoint: NodeId, guard: &mut Guard, groups: &mut Vec<NodeId>) {
    guard.by_default = true;
    let Some(network) = graph.link(endpoint, Relation::InNetwork) else {
        return guard.hide(format!("which security groups {} has", graph.node(endpoint).address));
    };
    let inside = graph.backlinks(network, Relation::InNetwork);
    let is_default = |node: &NodeId| matches!(graph.node(*node).part(), Part::SecurityGroup(facts) if facts.default);
    if let Some(group) = inside.into_iter().map(|(inside, _)| inside).find(is_default) {
        groups.push(group);
        return;
    }
    let place = graph.node(network);
    if !place.managed || !matches!(place.action, Action::Create | Action::Replace) {
        guard.hide(format!("whom the default security group of {} lets in, which is not in this plan", place.address));
    }
}

impl Guard {
    fn hide(&mut self, reason: String) {
        self.hidden.get_or_insert(reason);
    }

    fn reads(&mut self, graph: &Graph, holder: NodeId, group: NodeId) {
        let node = graph.node(holder);
        let Part::SecurityGroup(facts) = node.part() else {
            return self.hide(format!("whom {} lets in", node.address));
        };
        if facts.hidden {
            self.hide(format!("whom {} lets in", node.address));
        }
        for rule in &facts.admits {
            match &rule.ports {
                Attr::Set(ports) if !ports.holds(PORT) => continue,
                Attr::Unknown(why) => self.hide(format!("the ports of {}, which are {why}", node.address)),
                Attr::Set(_) | Attr::Unset => {}
            }
            let mut show =
                |whom: &str| self.admits.push(Evidence::plan(&node.address, "ingress", format!("admits {whom}")));
            if rule.own {
                show("its own members");
                self.peers.push(group);
            }
            for cidr in &rule.cidrs {
                show(cidr);
            }
            self.ranges.extend(rule.cidrs.iter().cloned());
            if rule.unseen {
                self.hide(format!("the ranges that {} lets in", node.address));
            }
            for (peer, edge) in graph.links(holder, Relation::Admits) {
                if edge.slot != rule.slot {
                    continue;
                }
                let peer_node = graph.node(peer);
                self.admits.push(Evidence::plan(&node.address, "ingress", format!("admits {}", peer_node.address)));
                if edge.is_exact() {
                    self.peers.push(peer);
                } else {
                    self.hide(format!("which group {} lets in", node.address));
                }
            }
            if let Some(open) = graph.open(holder, Relation::Admits).find(|open| open.slot == rule.slot) {
                self.hide(format!("which group {} lets in: {}", node.address, open.reason()));
            }
        }
    }

    /// Whether it lets in the units of `workload` that stand in `subnet`.
    pub fn admission(&self, workload: &Workload, subnet: &Subnet) -> Admission {
        let own = &workload.groups;
        if own.iter().any(|group| self.peers.contains(group)) {
            return Admission::Open;
        }
        let mut doubt = self.hidden.clone();
        for range in &self.ranges {
            match subnet.cidr.known().map(|cidr| overlap(range, cidr)) {
                Some(Some(true)) => return Admission::Open,
                Some(_) => {}
                None if overlap(range, "0.0.0.0/0") == Some(true) && range.ends_with("/0") => return Admission::Open,
                None => {
                    doubt.get_or_insert(format!("the addresses of {}, which are not in this plan", subnet.address));
                }
            }
        }
        let by_group = self.by_default || !self.peers.is_empty();
        if by_group && let Some(gap) = &workload.groups_gap {
            doubt.get_or_insert(format!("which security groups {} has: {gap}", workload.address));
        } else if by_group && own.is_empty() {
            doubt.get_or_insert(format!("which security groups {} has, which names none", workload.address));
        }
        doubt.map_or(Admission::Closed, Admission::Unknown)
    }
}
