//! Balancers: in which zones they stand, what they forward to, and in which zones that stands.

use std::collections::{BTreeMap, BTreeSet};

use crate::facts::{Balancer, ComputeKind, EntryKind, Part, Relation, Role, Traffic};
use crate::graph::{Graph, NodeId};
use crate::model::{Address, Attr, Evidence, Text, Why};

use super::entry::{Entry, balancers, unseen};
use super::network::{Places, SubnetId};
use super::placement::of_machine;
use super::workload::{Gap, Workload, WorkloadId, Workloads, gap};

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

/// A workload behind a balancer that cannot be told.
#[derive(Debug)]
pub struct Stray {
    /// The workload.
    pub workload: WorkloadId,
    /// Whether it makes no difference which balancer of the plan it is: all of them stand in its zones and send across these.
    pub alike: bool,
    /// What says that there is one.
    pub evidence: Evidence,
}

/// Finds every balancer with what it forwards to.
pub(super) fn fronts(graph: &Graph, places: &Places, workloads: &Workloads) -> (Vec<Front>, Vec<Stray>) {
    let stands: BTreeMap<NodeId, Stand> =
        graph.having(Role::Balancer).iter().map(|node| (*node, stand(graph, places, *node))).collect();
    let finder = Finder { graph, places, workloads, owners: workloads.owners() };
    let mut fronts: Vec<Front> = Vec::new();
    for node in graph.having(Role::Balancer) {
        fronts.extend(stands.get(node).and_then(|stand| finder.front(*node, stand, *node)));
    }
    for group in graph.having(Role::TargetGroup) {
        for node in balancers(graph, *group) {
            fronts.extend(stands.get(&node).and_then(|stand| finder.front(node, stand, *group)));
        }
    }
    let strays = finder.strays(&fronts, &stands);
    (fronts, strays)
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
    /// Workloads that are certainly sent to by a balancer of this plan, and by none of those that are known to.
    fn strays(&self, fronts: &[Front], stands: &BTreeMap<NodeId, Stand>) -> Vec<Stray> {
        let graph = self.graph;
        let managed = |node: &NodeId| graph.node(*node).managed;
        let all = [Role::Balancer, Role::TargetGroup].into_iter().flat_map(|role| graph.having(role));
        let named: Vec<NodeId> = all.copied().filter(managed).collect();
        let across = named.iter().all(|node| match graph.node(*node).part() {
            Part::Balancer(balancer) => balancer.across.value == Attr::Set(true),
            Part::TargetGroup(group) => group.across.as_ref().is_none_or(|across| across.value == Attr::Set(true)),
            _ => true,
        });
        let own: BTreeSet<&Address> = named.iter().map(|node| &graph.node(*node).address).collect();
        let shared = self.shared(stands);
        let seen: BTreeSet<WorkloadId> =
            fronts.iter().flat_map(|front| &front.targets).map(|target| target.workload).collect();
        let all = self.workloads.list.iter().enumerate().filter(|(at, _)| !seen.contains(&WorkloadId(*at)));
        let found = all.filter_map(|(at, workload)| {
            if !is_counted(workload) {
                return None;
            }
            let sent = |entry: &&Entry| {
                let by_balancer = entry.kind == EntryKind::Balancer && entry.traffic != Attr::Set(Traffic::Packets);
                by_balancer && entry.certain && entry.through.first().is_none_or(|first| own.contains(first))
            };
            let entry = workload.entries.iter().find(sent)?;
            let zones = shared.get(&workload.region.known())?;
            let standing = &workload.placement;
            let inside = standing.gap.is_none() && zones.as_ref().is_some_and(|zones| standing.zones.is_subset(zones));
            Some(Stray { workload: WorkloadId(at), alike: across && inside, evidence: entry.evidence.clone() })
        });
        found.collect()
    }

    /// For each region the zones that all of its balancers stand in; none where these cannot all be seen.
    fn shared<'s>(&'s self, stands: &BTreeMap<NodeId, Stand>) -> BTreeMap<Option<&'s Text>, Option<BTreeSet<Text>>> {
        let mut shared: BTreeMap<Option<&Text>, Option<BTreeSet<Text>>> = BTreeMap::new();
        for (node, stand) in stands.iter().filter(|(node, _)| self.graph.node(**node).managed) {
            let region = self.graph.node(*node).facts.as_ref().and_then(|facts| facts.region.known());
            let zones = Some(&stand.zones).filter(|_| stand.gap.is_none());
            let both = |all: &BTreeSet<Text>, zones: &BTreeSet<Text>| all.intersection(zones).cloned().collect();
            let entry = shared.entry(region).or_insert_with(|| zones.cloned());
            *entry = entry.as_ref().zip(zones).map(|(all, zones)| both(all, zones));
        }
        shared
    }

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
            if !is_counted(workload) {
                return None;
            }
            let own = of_machine(graph, self.places, node, &workload.templates);
            let machine = own.is_some().then(|| graph.node(node).address.clone());
            let place = own.as_ref().unwrap_or(&workload.placement);
            let gathers = facts.gathers.as_deref();
            Some(Target {
                workload: *id,
                machine,
                zones: place.zones.clone(),
                gap: place.gap.clone(),
                beside: place.is_within(&stand.subnets),
                gathers: gathers
                    .map(|(attribute, value)| Evidence::plan(&workload.address, *attribute, value.as_str())),
            })
        });
        found.collect()
    }
}

/// Whether it matters to a balancer in which zones a workload's units stand: a function stands nowhere, and machines of a
/// cluster hand on what they are sent.
fn is_counted(workload: &Workload) -> bool {
    let hands_on = workload.carries_others || workload.scaling.itself.is_some();
    let placed = !matches!(workload.kind, ComputeKind::Function | ComputeKind::NodePool);
    placed && !hands_on && !workload.placement.detached
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
    Some((stated.value.clone(), stated.evidence(address)))
}
