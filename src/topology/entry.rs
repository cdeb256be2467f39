//! How requests come in.

use crate::facts::{EntryKind, Part, Relation, Role, Traffic, Wait};
use crate::graph::{Edge, Graph, NodeId};
use crate::model::{Address, Attr, Evidence};

use super::workload::{Gap, Workload, gap};

/// One way in for requests.
#[derive(Clone, Debug)]
pub struct Entry {
    /// What it is.
    pub kind: EntryKind,
    /// What requests come through, nearest to the caller last.
    pub through: Vec<Address>,
    /// What says so.
    pub evidence: Evidence,
    /// Whether that is certain.
    pub certain: bool,
    /// What comes in, where something tells.
    pub traffic: Attr<Traffic>,
    /// Whether it only hands over what comes in, and nobody waits for an answer.
    pub hands_over: bool,
    /// Why others may answer behind the same target group without being seen, if they may.
    pub unseen: Option<String>,
}

impl Entry {
    /// What requests come through, in words: `aws_lb.shop`, or `its URL`.
    pub fn name(&self) -> String {
        match (self.through.last(), self.kind) {
            (Some(address), _) => address.to_string(),
            (None, EntryKind::Declared) => "a way that is declared".to_owned(),
            (None, kind) => format!("its {}", kind.as_str()),
        }
    }
}

/// Why something that nobody is seen to call may be called all the same.
const FOUND_BY_NAME: &str = "not shown: others can find it by its name";

impl Workload {
    /// Why requests may reach it, where none certainly do; that others can find it by its name is no reason.
    pub fn entry_doubt(&self) -> Option<&Gap> {
        self.entry_gap.as_ref().filter(|gap| gap.reason != FOUND_BY_NAME)
    }
}

/// Finds how requests reach a workload.
pub(super) fn entries(graph: &Graph, workload: &mut Workload) {
    let mut found = Vec::new();
    for node in &workload.nodes {
        let address = &graph.node(*node).address;
        for (target, edge) in graph.links(*node, Relation::ServedThrough) {
            let value = graph.node(target).address.to_string();
            found.push(balancer(graph, target, edge, Evidence::plan(address, edge.attribute, value)));
        }
        if let Some(open) = graph.open(*node, Relation::ServedThrough).next() {
            if open.attribute.contains('.') && open.slot != u16::MAX {
                // The block is there: whichever balancer it names, it is one.
                let evidence = Evidence::plan(address, open.attribute, format!("({})", open.why));
                let traffic = Attr::Unknown(open.why);
                found.push(Entry {
                    kind: EntryKind::Balancer,
                    through: Vec::new(),
                    evidence,
                    certain: true,
                    traffic,
                    hands_over: false,
                    unseen: None,
                });
            } else {
                workload.entry_gap = Some(gap(address, open.attribute, open.why, open.reason()));
            }
        }
        for (holder, edge) in graph.backlinks(*node, Relation::TargetIs) {
            let evidence = Evidence::plan(&graph.node(holder).address, edge.attribute, address.to_string());
            match graph.node(holder).part() {
                Part::Balancer(_) => found.push(balancer(graph, holder, edge, evidence)),
                Part::Attachment => {
                    for (target, to) in graph.links(holder, Relation::TargetOf) {
                        let mut entry = balancer(graph, target, edge, evidence.clone());
                        if !to.is_exact() {
                            let holder = &graph.node(holder).address;
                            entry.unseen = Some(format!("{holder} may register it with another target group"));
                        }
                        found.push(entry);
                    }
                }
                _ => {}
            }
        }
        for (holder, edge) in graph.backlinks(*node, Relation::Calls) {
            let (kind, hands_over) = match graph.node(holder).part() {
                Part::Integration(integration) => (integration.kind, matches!(integration.wait, Wait::Never)),
                Part::Api(_) => (EntryKind::Api, false),
                _ => continue,
            };
            let mut through = vec![graph.node(holder).address.clone()];
            through.extend(graph.link(holder, Relation::PartOfApi).map(|api| graph.node(api).address.clone()));
            let evidence = Evidence::plan(&graph.node(holder).address, edge.attribute, address.to_string());
            let certain = edge.is_exact();
            let traffic = Attr::Unset;
            found.push(Entry { kind, through, evidence, certain, traffic, hands_over, unseen: None });
        }
    }
    if let Part::Compute(compute) = graph.node(workload.node).part()
        && let Some(kind) = compute.entry
    {
        let evidence =
            Evidence::plan(&workload.address, "id", format!("{}: it has an address of its own", workload.noun));
        let (through, traffic) = (Vec::new(), Attr::Unset);
        found.push(Entry { kind, through, evidence, certain: true, traffic, hands_over: false, unseen: None });
    }
    if let Part::Compute(compute) = graph.node(workload.node).part()
        && let (Some(attribute), true) = (compute.findable, found.is_empty())
    {
        let reason = FOUND_BY_NAME.to_owned();
        workload.entry_gap = workload
            .entry_gap
            .take()
            .or(Some(Gap { reason, evidence: Evidence::plan(&workload.address, attribute, "set") }));
    }
    found.sort_by(|a, b| (!a.certain, a.kind, &a.through).cmp(&(!b.certain, b.kind, &b.through)));
    found.dedup_by(|a, b| a.kind == b.kind && a.through == b.through);
    // A permission to call repeats what an integration or a target group says.
    let told = found.iter().any(|entry| entry.kind != EntryKind::Url && entry.through.len() > 1 && entry.certain);
    if told {
        found.retain(|entry| entry.through.len() > 1 || entry.kind == EntryKind::Url || entry.kind == EntryKind::Mesh);
    }
    workload.entries = found;
    if workload.entries.iter().any(|entry| entry.certain) {
        workload.entry_gap = None;
    } else if let (Some(entry), None) = (workload.entries.first(), &workload.entry_gap) {
        let reason = format!("not certain: {} may lead to another one", entry.evidence.address);
        workload.entry_gap = Some(Gap { reason, evidence: entry.evidence.clone() });
    }
}

/// Why something may answer behind `target` that is not seen to, if it may.
pub(super) fn unseen(graph: &Graph, target: NodeId) -> Option<String> {
    let node = graph.node(target);
    if !node.managed {
        return Some(format!("{} is not managed in this plan, and others may answer behind it", node.address));
    }
    let attachments = graph.backlinks(target, Relation::TargetOf).into_iter();
    let unsure = |(holder, to): &(NodeId, Edge)| {
        !to.is_exact() || !graph.links(*holder, Relation::TargetIs).iter().any(|(_, edge)| edge.is_exact())
    };
    let (holder, _) = attachments.filter(|(holder, _)| graph.node(*holder).managed).find(unsure)?;
    Some(format!("what {} registers with {} cannot be told", graph.node(holder).address, node.address))
}

/// The balancers that forward to a group of targets.
pub(super) fn balancers(graph: &Graph, target: NodeId) -> Vec<NodeId> {
    let mut found = Vec::new();
    for (listener, _) in graph.backlinks(target, Relation::ForwardsTo) {
        let mut at = Some(listener);
        // A rule stands on a listener, a listener on a balancer.
        for _ in 0..3 {
            at = at.and_then(|at| graph.link(at, Relation::ListensOn));
            if let Some(node) = at
                && graph.node(node).role() == Role::Balancer
                && !found.contains(&node)
            {
                found.push(node);
            }
        }
    }
    found
}

/// An entry through a balancer or one of its target groups, up to the balancer itself.
fn balancer(graph: &Graph, target: NodeId, edge: Edge, evidence: Evidence) -> Entry {
    let mut through = vec![graph.node(target).address.clone()];
    through.extend(balancers(graph, target).into_iter().map(|node| graph.node(node).address.clone()));
    let traffic = match graph.node(target).part() {
        Part::TargetGroup(group) => group.traffic.clone(),
        _ => Attr::Unset,
    };
    let (certain, unseen) = (edge.is_exact(), unseen(graph, target));
    Entry { kind: EntryKind::Balancer, through, evidence, certain, traffic, hands_over: false, unseen }
}
