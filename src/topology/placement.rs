//! Where the units of a workload stand.

use std::collections::BTreeSet;

use crate::facts::{Compute, ComputeKind, Part, Relation, Role};
use crate::graph::{Graph, NodeId};
use crate::model::{Attr, Evidence, Text, Why};

use super::network::{NetworkId, Places, Subnet, SubnetId};
use super::workload::{Gap, gap};

/// Where a workload's units stand.
#[derive(Debug, Default)]
pub struct Placement {
    /// The subnets, as far as they are certain.
    pub subnets: Vec<SubnetId>,
    /// The zones of these.
    pub zones: BTreeSet<Text>,
    /// Why there may be others, if there may.
    pub gap: Option<Gap>,
    /// Whether it stands in a private network at all.
    pub detached: bool,
    /// Whether its units are held together on purpose.
    pub together: bool,
}

impl Placement {
    /// The network that all its subnets belong to.
    pub fn network(&self, subnets: &[Subnet]) -> Option<NetworkId> {
        self.subnets.iter().find_map(|id| subnets.get(id.0).and_then(|subnet| subnet.network))
    }
}

impl Placement {
    /// The only subnet that it stands in, where nothing but that one's zone cannot be seen: it is one zone all the same.
    pub fn only_subnet(&self) -> Option<SubnetId> {
        let [only] = self.subnets.as_slice() else { return None };
        let by_zone = self.gap.as_ref().is_some_and(|gap| gap.evidence.attribute == ZONE);
        (by_zone && self.zones.is_empty()).then_some(*only)
    }

    /// Whether it stands in some of these subnets, and certainly in no others, whichever zones they lie in.
    pub(super) fn is_within(&self, subnets: &BTreeSet<SubnetId>) -> bool {
        let known = self.gap.as_ref().is_none_or(|gap| gap.evidence.attribute == ZONE);
        known && !self.subnets.is_empty() && self.subnets.iter().all(|id| subnets.contains(id))
    }
}

/// What a gap names that is left by a subnet's zone alone.
const ZONE: &str = "availability_zone";

/// Whether a public address of its own belongs to a machine.
pub(super) fn has_public_address(graph: &Graph, node: NodeId) -> bool {
    let given = graph.backlinks(node, Relation::TargetIs);
    given.iter().any(|(address, edge)| edge.is_exact() && graph.node(*address).role() == Role::PublicAddress)
}

/// Whether a group of machines is held together in one zone on purpose.
fn is_packed(graph: &Graph, node: NodeId) -> bool {
    let group = graph.link(node, Relation::PackedBy).map(|group| graph.node(group).part());
    matches!(group, Some(Part::PlacementGroup(Attr::Set(true))))
}

/// Where one machine stands; nothing for everything that is no single machine.
pub(super) fn of_machine(graph: &Graph, places: &Places, node: NodeId, templates: &[NodeId]) -> Option<Placement> {
    match graph.node(node).part() {
        Part::Compute(compute) if compute.kind == ComputeKind::Machine => {
            Some(placement(graph, places, node, templates, compute))
        }
        _ => None,
    }
}

/// Where the units of `node` stand: in its own subnets, or in those of its templates.
pub(super) fn placement(
    graph: &Graph,
    places: &Places,
    node: NodeId,
    templates: &[NodeId],
    compute: &Compute,
) -> Placement {
    let mut placement = Placement {
        detached: compute.attached.value == Attr::Set(false),
        together: is_packed(graph, node),
        ..Placement::default()
    };
    if placement.detached {
        return placement;
    }
    let address = &graph.node(node).address;
    if let Attr::Unknown(why) = compute.attached.value {
        placement.gap = Some(gap(address, compute.attached.attribute, why, why.to_string()));
    }
    let mut holders = vec![node];
    if graph.links(node, Relation::InSubnet).is_empty() && graph.open(node, Relation::InSubnet).next().is_none() {
        holders.extend(templates);
    }
    // Some platforms stand where a connector stands, and some machines where an interface does.
    for relation in [Relation::PlacedBy, Relation::PluggedInto] {
        holders.extend(graph.links(node, relation).into_iter().map(|(connector, _)| connector));
    }
    for holder in holders {
        for (subnet, edge) in graph.links(holder, Relation::InSubnet) {
            if edge.is_exact() {
                placement.subnets.extend(places.subnet_of.get(&subnet).copied());
            } else if placement.gap.is_none() {
                let reason = "which of several subnets it stands in cannot be told".to_owned();
                let value = format!("{} or another", graph.node(subnet).address);
                let evidence = Evidence::plan(&graph.node(holder).address, edge.attribute, value);
                placement.gap = Some(Gap { reason, evidence });
            }
        }
        if let Some(open) = graph.open(holder, Relation::InSubnet).next() {
            let holder = &graph.node(holder).address;
            placement.gap = Some(gap(holder, open.attribute, open.why, open.reason()));
        }
    }
    placement.subnets.sort_unstable();
    placement.subnets.dedup();
    placement.zones.extend(compute.zones.iter().cloned());
    for id in &placement.subnets {
        let Some(subnet) = places.subnets.get(id.0) else { continue };
        match &subnet.zone {
            Attr::Set(zone) => {
                placement.zones.insert(zone.clone());
            }
            Attr::Unset | Attr::Unknown(_) if placement.gap.is_none() => {
                let why = subnet.zone.why_unknown().unwrap_or(Why::Computed);
                placement.gap = Some(gap(&subnet.address, ZONE, why, why.to_string()));
            }
            Attr::Unset | Attr::Unknown(_) => {}
        }
    }
    placement
}
