//! Balancers: in which zones they stand, what they forward to, and in which zones that stands.

use std::collections::{BTreeMap, BTreeSet};

use crate::facts::{Balancer, ComputeKind, Part, Relation, Role, Traffic};
use crate::graph::{Graph, NodeId};
use crate::model::{Address, Attr, Evidence, Text, Why};

use super::entry::{balancers, unseen};
use super::network::{Places, SubnetId};
use super::placement::placement;
use super::workload::{Gap, WorkloadId, Workloads, gap};

/// A balancer, and one group of targets that it forwards to.
#[derive(Debug)]
pub struct Front {
    /// The balancer's address.
    pub balancer: Address,
    /// What a person calls it.
    pub noun: &'static str,
    /// Whether this plan manages it.
    pub managed: bool,
    /// The group of targets; none where these are the balancer's own.
    pub group: Option<Address>,
    /// The zones that the balancer stands in.
    pub zones: BTreeSet<Text>,
    /// Why there may be others, if there may.
    pub gap: Option<Gap>,
    /// Whether each of its nodes sends to targets in all of its zones, and not in its own alone.
    pub across: Attr<bool>,
    /// What says so.
    pub across_evidence: Evidence,
    /// Whether clients come to each zone alike, and do not stay in their own.
    pub alike: Attr<bool>,
    /// The targets.
    pub targets: Vec<Target>,
    /// Why there may be others, if there may.
    pub unseen: Option<String>,
}

/// Units that a balancer sends to: those of a workload, or one machine.
#[derive(Debug)]
pub struct Target {
    /// The workload.
    pub workload: WorkloadId,
    /// The one machine that is meant, where it is one.
    pub machine: Option<Address>,
    /// The zones that its units stand in.
    pub zones: BTreeSet<Text>,
    /// Why there may be others, if there may.
    pub gap: Option<Gap>,
    /// Whether its subnets are the balancer's own, so that the zones agree, whichever these are.
    pub beside: bool,
    /// What lets its units gather in one zone, if anything does.
    pub gathers: Option<Evidence>,
}

/// Finds every balancer with what it forwards to.
pub(super) fn fronts(graph: &Graph, places: &Places, workloads: &Workloads) -> Vec<Front> {
    let mut owners: BTreeMap<NodeId, Vec<WorkloadId>> = BTreeMap::new();
    for (at, workload) in workloads.list.iter().enumerate() {
        for node in &workload.nodes {
            owners.entry(*node).or_default().push(WorkloadId(at));
        }
    }
    let stands: BTreeMap<NodeId, Stand> =
        graph.having(Role::Balancer).iter().map(|node| (*node, stand(graph, places, *node))).collect();
    let finder = Finder { graph, places, workloads, owners };
    let mut fronts = Vec::new();
    for node in graph.having(Role::Balancer) {
        fronts.extend(stands.get(node).and_then(|stand| finder.front(*node, stand, *node)));
    }
    for group in graph.having(Role::TargetGroup) {
        for node in balancers(graph, *group) {
            fronts.extend(stands.get(&node).and_then(|stand| finder.front(node, stand, *group)));
        }
    }
    fronts
}

/// Where a balancer stands.
struct Stand {
    subnets: BTreeSet<SubnetId>,
    zones: BTreeSet<Text>,
    gap: Option<Gap>,
}

fn stand(graph: &Graph, places: &Places, node: NodeId) -> Stand {
    let address = &graph.node(node).address;
    let mut stand = Stand { subnets: BTreeSet::new(), zones: BTreeSet::new(), gap: None };
    if let Part::Balancer(balancer) = graph.node(node).part() {
        stand.zones.extend(balancer.zones.iter().cloned());
    }
    for (subnet, edge) in graph.links(node, Relation::InSubnet) {
        let Some(id) = places.subnet_of.get(&subnet).filter(|_| edge.is_exact()) else {
            let reason = "which of several subnets it stands in cannot be told".to_owned();
            stand.gap = Some(gap(address, edge.attribute, Why::Computed, reason));
            continue;
        };
        stand.subnets.insert(*id);
        match places.subnets.get(id.0).map(|subnet| (&subnet.address, &subnet.zone)) {
            Some((_, Attr::Set(zone))) => {
                stand.zones.insert(zone.clone());
            }
            Some((subnet, zone)) => {
                let why = zone.why_unknown().unwrap_or(Why::Computed);
                stand.gap = Some(gap(subnet, "availability_zone", why, why.to_string()));
            }
            None => {}
        }
    }
    if let Some(open) = graph.open(node, Relation::InSubnet).next() {
        stand.gap = Some(gap(address, open.attribute, open.why, open.reason()));
    }
    stand
}

struct Finder<'a> {
    graph: &'a Graph,
    places: &'a Places,
    workloads: &'a Workloads,
    /// The workloads that consist of a node, or are made from it.
    owners: BTreeMap<NodeId, Vec<WorkloadId>>,
}

impl Finder<'_> {
    /// What `balancer` forwards to `group`, or to its own targets where both are one; nothing where there are none.
    fn front(&self, balancer: NodeId, stand: &Stand, group: NodeId) -> Option<Front> {
        let graph = self.graph;
        let node = graph.node(balancer);
        let Part::Balancer(facts) = node.part() else { return None };
        let targets = self.targets(group, stand);
        if targets.is_empty() {
            return None;
        }
        let (across, across_evidence) = across(graph, balancer, facts, group)?;
        Some(Front {
            balancer: node.address.clone(),
            noun: node.noun(),
            managed: node.managed,
            group: (group != balancer).then(|| graph.node(group).address.clone()),
            zones: stand.zones.clone(),
            gap: stand.gap.clone(),
            across,
            across_evidence,
            alike: facts.alike.clone(),
            targets,
            unseen: unseen(graph, group),
        })
    }

    fn targets(&self, group: NodeId, stand: &Stand) -> Vec<Target> {
        let graph = self.graph;
        let served = graph.backlinks(group, Relation::ServedThrough).into_iter();
        let mut nodes: Vec<NodeId> = served.filter(|(_, edge)| edge.is_exact()).map(|(node, _)| node).collect();
        let own = graph.links(group, Relation::TargetIs).into_iter();
        nodes.extend(own.filter(|(_, edge)| edge.is_exact()).map(|(node, _)| node));
        for (attachment, edge) in graph.backlinks(group, Relation::TargetOf) {
            if edge.is_exact() {
                nodes.extend(graph.link(attachment, Relation::TargetIs));
            }
        }
        nodes.sort_unstable();
        nodes.dedup();
        nodes.into_iter().flat_map(|node| self.standing(node, stand)).collect()
    }

    fn standing(&self, node: NodeId, stand: &Stand) -> Vec<Target> {
        let graph = self.graph;
        let all = self.owners.get(&node).into_iter().flatten();
        let found = all.filter_map(|id| {
            let workload = self.workloads.list.get(id.0)?;
            let Part::Compute(facts) = graph.node(workload.node).part() else { return None };
            if workload.kind == ComputeKind::Function || workload.placement.detached {
                return None;
            }
            let own;
            let (machine, place) = match graph.node(node).part() {
                Part::Compute(compute) if compute.kind == ComputeKind::Machine => {
                    own = placement(graph, self.places, node, &workload.templates, compute);
                    (Some(graph.node(node).address.clone()), &own)
                }
                _ => (None, &workload.placement),
            };
            let by_zone = place.gap.as_ref().is_none_or(|gap| gap.evidence.attribute == "availability_zone");
            let inside = !place.subnets.is_empty() && place.subnets.iter().all(|id| stand.subnets.contains(id));
            let gathers = facts.gathers.as_deref();
            Some(Target {
                workload: *id,
                machine,
                zones: place.zones.clone(),
                gap: place.gap.clone(),
                beside: by_zone && inside,
                gathers: gathers
                    .map(|(attribute, value)| Evidence::plan(&workload.address, *attribute, value.as_str())),
            })
        });
        found.collect()
    }
}

/// Whether a balancer sends to all of its zones: a group of targets may have it otherwise. `None` for packets, which have to
/// come through an appliance of their own zone.
fn across(graph: &Graph, balancer: NodeId, facts: &Balancer, group: NodeId) -> Option<(Attr<bool>, Evidence)> {
    let said = match graph.node(group).part() {
        Part::TargetGroup(group) if group.traffic == Attr::Set(Traffic::Packets) => return None,
        Part::TargetGroup(group) => group.across.as_ref().filter(|across| !across.value.is_unset()),
        _ => None,
    };
    let (stated, address) = match said {
        Some(said) => (&**said, &graph.node(group).address),
        None => (&facts.across, &graph.node(balancer).address),
    };
    let value = match &stated.value {
        Attr::Set(across) => across.to_string(),
        Attr::Unset => "unset".to_owned(),
        Attr::Unknown(why) => format!("({why})"),
    };
    let evidence = Evidence { source: stated.source.clone(), ..Evidence::plan(address, stated.attribute, value) };
    Some((stated.value.clone(), evidence))
}
