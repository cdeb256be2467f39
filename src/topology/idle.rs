//! What is billed while it waits to be used: gateways, balancers, public addresses and disks; and who uses them.

use std::collections::BTreeSet;

use crate::facts::{GatewayKind, Part, Relation, Role, StorageKind};
use crate::graph::{Graph, Named, NodeId};
use crate::model::{Address, Evidence};

/// Something that is billed whether it is used or not.
#[derive(Debug)]
pub struct Standby {
    /// Its address.
    pub address: Address,
    /// What a person calls it.
    pub noun: &'static str,
    /// What it is.
    pub kind: StandbyKind,
    /// How many gigabytes it is billed for, where it is billed by its size and that is known.
    pub gigabytes: Option<u64>,
    /// Who uses it.
    pub usage: Usage,
}

/// What may be idle.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum StandbyKind {
    /// A NAT gateway.
    Nat,
    /// A load balancer.
    Balancer,
    /// A public address.
    Address,
    /// A disk.
    Disk,
}

/// Who uses something.
#[derive(Debug)]
pub enum Usage {
    /// Somebody.
    Used,
    /// Nobody, for this reason; `about` are those that show it.
    Idle {
        /// Why nobody does: the end of a sentence that begins with the thing.
        reason: String,
        /// What else it is about.
        about: Vec<Address>,
    },
    /// It cannot be told, for this reason.
    Unknown {
        /// What may use it.
        reason: String,
        /// What that rests on.
        evidence: Vec<Evidence>,
    },
}

/// Finds all that may be idle.
pub(super) fn standbys(graph: &Graph, partial: bool) -> Vec<Standby> {
    let roles = [Role::Gateway, Role::Balancer, Role::PublicAddress, Role::Storage];
    let found = roles.into_iter().flat_map(|role| graph.having(role)).filter_map(|id| {
        let node = graph.node(*id);
        if !node.managed || node.external {
            return None;
        }
        let (kind, usage) = match node.part() {
            Part::Gateway(gateway) if gateway.kind == GatewayKind::Nat => (StandbyKind::Nat, of_gateway(graph, *id)),
            Part::Balancer(_) => (StandbyKind::Balancer, of_balancer(graph, *id)),
            Part::PublicAddress(address) if address.is_address && address.billed => {
                let usage = if address.held { Usage::Used } else { of_address(graph, *id) };
                (StandbyKind::Address, usage)
            }
            Part::Storage(storage) if storage.kind == StorageKind::Disk => {
                let usage = if storage.claimed.is_some() { Usage::Used } else { of_disk(graph, *id) };
                (StandbyKind::Disk, usage)
            }
            _ => return None,
        };
        let usage = match usage {
            Usage::Idle { .. } if partial => unknown("this plan is only a part of what the configuration makes"),
            Usage::Idle { .. } if !graph.knows_namers() => {
                unknown("the plan holds no configuration, which would say who names it")
            }
            usage => usage,
        };
        let gigabytes = match node.part() {
            Part::Storage(storage) => storage.size.known().copied(),
            _ => None,
        };
        Some(Standby { address: node.address.clone(), noun: node.noun(), kind, gigabytes, usage })
    });
    found.collect()
}

fn unknown(reason: impl Into<String>) -> Usage {
    Usage::Unknown { reason: reason.into(), evidence: Vec::new() }
}

fn idle(reason: impl Into<String>) -> Usage {
    Usage::Idle { reason: reason.into(), about: Vec::new() }
}

/// By the routes that lead to it.
fn of_gateway(graph: &Graph, node: NodeId) -> Usage {
    let routes = graph.backlinks(node, Relation::RoutesTo);
    if routes.iter().any(|(_, edge)| edge.is_exact()) {
        return Usage::Used;
    }
    if let Some((route, _)) = routes.first() {
        return unknown(format!("{} may lead to it or to another", graph.node(*route).address));
    }
    for route in graph.having(Role::RouteTable) {
        let Part::RouteTable(facts) = graph.node(*route).part() else { continue };
        let leads = |slot| facts.routes.iter().any(|own| own.slot == slot && own.via == Some(GatewayKind::Nat));
        if let Some(open) = graph.open(*route, Relation::RoutesTo).find(|open| leads(open.slot)) {
            let address = &graph.node(*route).address;
            let evidence = vec![Evidence::plan(address, open.attribute, format!("({})", open.why))];
            return Usage::Unknown { reason: format!("where {address} leads is {}", open.reason()), evidence };
        }
        if graph.node(*route).managed && facts.hidden {
            return unknown(format!("not all routes of {} can be seen", graph.node(*route).address));
        }
    }
    named(graph, node, |role| role == Role::Alarm).unwrap_or_else(|| idle("no route leads to it"))
}

/// By what listens on it, and by what stands behind that.
fn of_balancer(graph: &Graph, node: NodeId) -> Usage {
    let listening = graph.backlinks(node, Relation::ListensOn);
    let listeners: Vec<NodeId> = listening.iter().filter(|(_, edge)| edge.is_exact()).map(|(at, _)| *at).collect();
    if let (Some((listener, _)), true) = (listening.first(), listeners.is_empty()) {
        return unknown(format!("{} may listen on it or on another", graph.node(*listener).address));
    }
    let registered = is_registered(graph, node);
    if registered != Some(false) {
        return match registered {
            Some(_) => Usage::Used,
            None => unknown("what is registered with it cannot be told"),
        };
    }
    if listeners.is_empty() {
        let stray = graph.having(Role::Listener).iter().find_map(|listener| {
            let open = graph.open(*listener, Relation::ListensOn).next()?;
            Some((&graph.node(*listener).address, open))
        });
        if let Some((address, open)) = stray {
            let evidence = vec![Evidence::plan(address, open.attribute, format!("({})", open.why))];
            return Usage::Unknown { reason: format!("what {address} listens on is {}", open.reason()), evidence };
        }
        // What is understood, and is no listener, looks at it or leads to it.
        let passive = |role| !matches!(role, Role::Listener | Role::Inert);
        return named(graph, node, passive).unwrap_or_else(|| idle("this plan puts nothing behind it"));
    }
    behind(graph, listeners)
}

/// By what the groups hold that listeners and their rules forward to. A listener may answer by itself, or redirect.
fn behind(graph: &Graph, mut listeners: Vec<NodeId>) -> Usage {
    let mut seen: BTreeSet<NodeId> = BTreeSet::new();
    let mut groups: BTreeSet<NodeId> = BTreeSet::new();
    while let Some(listener) = listeners.pop() {
        if !seen.insert(listener) {
            continue;
        }
        let forwards = graph.links(listener, Relation::ForwardsTo);
        let is_open = graph.open(listener, Relation::ForwardsTo).next().is_some();
        // Whatever cannot be told may be in use: that is not worth a question.
        if forwards.is_empty() || is_open || forwards.iter().any(|(_, edge)| !edge.is_exact()) {
            return Usage::Used;
        }
        groups.extend(forwards.into_iter().map(|(group, _)| group));
        listeners.extend(graph.backlinks(listener, Relation::ListensOn).into_iter().map(|(rule, _)| rule));
    }
    let own: BTreeSet<NodeId> = seen;
    for group in &groups {
        let node = graph.node(*group);
        if !node.managed || node.role() != Role::TargetGroup || is_registered(graph, *group) != Some(false) {
            return Usage::Used;
        }
        let looks_on = |namer: &Named| is_among(namer, &own) || is_passive(graph, namer, |role| role == Role::Alarm);
        if !graph.namers(*group).iter().all(looks_on) {
            return Usage::Used;
        }
    }
    let stray = [Role::Attachment, Role::Compute].into_iter().flat_map(|role| graph.having(role)).any(|node| {
        let mut open = graph.open(*node, Relation::TargetOf).chain(graph.open(*node, Relation::ServedThrough));
        open.next().is_some()
    });
    if stray {
        return Usage::Used;
    }
    let about: Vec<Address> = groups.iter().map(|group| graph.node(*group).address.clone()).collect();
    Usage::Idle { reason: "nothing is registered with what it forwards to".to_owned(), about }
}

/// Whether something is registered with a balancer or a group of targets; none where that cannot be told.
fn is_registered(graph: &Graph, node: NodeId) -> Option<bool> {
    let own = graph.links(node, Relation::TargetIs);
    let by = [Relation::ServedThrough, Relation::TargetOf].map(|relation| graph.backlinks(node, relation));
    let mut all = own.iter().chain(by.iter().flatten());
    if graph.open(node, Relation::TargetIs).next().is_some() {
        return None;
    }
    match all.next() {
        None => Some(false),
        Some((_, edge)) if edge.is_exact() => Some(true),
        Some(_) => all.any(|(_, edge)| edge.is_exact()).then_some(true),
    }
}

/// By who takes it.
fn of_address(graph: &Graph, node: NodeId) -> Usage {
    let takers = graph.backlinks(node, Relation::TakesAddress);
    if takers.iter().any(|(_, edge)| edge.is_exact()) {
        return Usage::Used;
    }
    if let Some((taker, edge)) = takers.first() {
        let taker = &graph.node(*taker).address;
        return unknown(format!("whether {} of {taker} means it or another cannot be told", edge.attribute));
    }
    for role in [Role::PublicAddress, Role::Gateway, Role::Balancer] {
        for taker in graph.having(role) {
            if let Some(open) = graph.open(*taker, Relation::TakesAddress).next() {
                let address = &graph.node(*taker).address;
                let evidence = vec![Evidence::plan(address, open.attribute, format!("({})", open.why))];
                let reason = format!("which address {address} takes is {}", open.reason());
                return Usage::Unknown { reason, evidence };
            }
        }
    }
    // Who lets an address in, or gives it a name, does not give it to anybody.
    let passive =
        |role| matches!(role, Role::SecurityGroup | Role::Alias | Role::NameZone | Role::Alarm | Role::PublicAddress);
    named(graph, node, passive).unwrap_or_else(|| idle("nothing in this plan uses it"))
}

/// By who mounts it.
fn of_disk(graph: &Graph, node: NodeId) -> Usage {
    let mounts = graph.backlinks(node, Relation::Mounts);
    if mounts.iter().any(|(_, edge)| edge.is_exact()) {
        return Usage::Used;
    }
    if let Some((holder, _)) = mounts.first() {
        return unknown(format!("{} may give it or another to a machine", graph.node(*holder).address));
    }
    for holder in graph.having(Role::DiskAttachment) {
        if let Some(open) = graph.open(*holder, Relation::Mounts).next() {
            let address = &graph.node(*holder).address;
            let evidence = vec![Evidence::plan(address, open.attribute, format!("({})", open.why))];
            return Usage::Unknown { reason: format!("which disk {address} attaches is {}", open.reason()), evidence };
        }
    }
    let mentions = [Relation::Mentions, Relation::PassesOn].into_iter().flat_map(|by| graph.backlinks(node, by));
    if let Some((holder, edge)) = mentions.into_iter().next() {
        let holder = &graph.node(holder).address;
        return unknown(format!("{} of {holder} names it, and may attach it", edge.attribute));
    }
    named(graph, node, |_| false).unwrap_or_else(|| idle("nothing in this plan attaches it"))
}

/// Who may use it because the configuration names it there: not one of the parts that only look at it.
fn named(graph: &Graph, node: NodeId, passive: fn(Role) -> bool) -> Option<Usage> {
    let namer = graph.namers(node).iter().find(|namer| !is_passive(graph, namer, passive))?;
    let name = namer.by.first().map_or_else(|| namer.name.to_string(), |by| graph.node(*by).address.to_string());
    Some(unknown(match (namer.doubtful, namer.by.is_empty()) {
        (true, _) => format!("the plan's JSON does not show {}, which may hold it", namer.name),
        (false, true) => format!("{name} hands it on, and what becomes of it there cannot be seen"),
        (false, false) => format!("{name} names it, and whether that uses it cannot be seen"),
    }))
}

/// Whether somebody who names it certainly does not use it.
fn is_passive(graph: &Graph, namer: &Named, passive: fn(Role) -> bool) -> bool {
    let is_known = |by: &NodeId| graph.node(*by).facts.is_some();
    if namer.doubtful {
        // What is understood has said what it uses.
        return !namer.by.is_empty() && namer.by.iter().all(is_known);
    }
    !namer.by.is_empty() && namer.by.iter().all(|by| is_known(by) && passive(graph.node(*by).role()))
}

fn is_among(namer: &Named, own: &BTreeSet<NodeId>) -> bool {
    !namer.by.is_empty() && namer.by.iter().all(|by| own.contains(by))
}
