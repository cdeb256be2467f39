//! Services of meshes that others call: what the proxies of those do with a unit that fails.

use crate::facts::{MeshNode, MeshRoute, Part, Relation, Role, Stated};
use crate::graph::{Graph, NodeId};
use crate::model::{Address, Attr, Evidence, Why};
use crate::units::Millis;

/// A service of a mesh that something sends requests to.
#[derive(Debug)]
pub struct MeshHop {
    /// Its address.
    pub address: Address,
    /// What a person calls it.
    pub noun: &'static str,
    /// Whether a unit that keeps failing is taken out for a while.
    pub takes_out: Attr<bool>,
    /// Whether there is a limit to what waits for it at a time.
    pub bounds: Attr<bool>,
    /// What sends requests to it.
    pub routes: Vec<HopRoute>,
    /// What says so.
    pub evidence: Vec<Evidence>,
}

/// What sends requests on to a service of a mesh.
#[derive(Debug)]
pub struct HopRoute {
    /// Its address.
    pub address: Address,
    /// What a person calls it.
    pub noun: &'static str,
    /// How often a request that fails is sent again; unset where nothing says so.
    pub retries: Attr<u64>,
    /// For how many milliseconds each of these tries is waited for.
    pub each: Attr<u64>,
    /// What says so.
    pub evidence: Vec<Evidence>,
}

/// A route of a mesh that sends requests again, to something that is not in the plan.
#[derive(Debug)]
pub struct StrayRoute {
    /// The route.
    pub route: HopRoute,
    /// Why it cannot be told what becomes of them there.
    pub reason: String,
}

/// Finds every service of a mesh that something sends requests to, and the routes that lead out of the plan.
pub(super) fn hops(graph: &Graph) -> (Vec<MeshHop>, Vec<StrayRoute>) {
    let nodes = graph.having(Role::MeshNode).iter().filter(|node| graph.node(**node).managed);
    let found = nodes.filter_map(|node| hop(graph, *node)).collect();
    let parts = graph.having(Role::Mesh).iter().filter(|node| graph.node(**node).managed);
    let strays = parts.filter_map(|node| {
        let open = graph.open(*node, Relation::SendsTo).next()?;
        let reason = match (open.why, &open.lost) {
            (Why::Elsewhere, Some(name)) => format!("{name} is not in this plan"),
            _ => format!("whom it sends them to is {}", open.reason()),
        };
        Some(StrayRoute { route: route(graph, *node)?, reason })
    });
    (found, strays.collect())
}

fn hop(graph: &Graph, node: NodeId) -> Option<MeshHop> {
    let resource = graph.node(node);
    let Part::Mesh(part) = resource.part() else { return None };
    let MeshNode { takes_out, bounds } = part.node.as_deref()?;
    let mut callers: Vec<NodeId> = Vec::new();
    for (from, edge) in graph.backlinks(node, Relation::SendsTo) {
        if edge.is_exact() && !callers.contains(&from) {
            callers.push(from);
        }
    }
    // Who listens to nobody, or is called by nobody that is seen here, is left out.
    if callers.is_empty() || takes_out.is_empty() {
        return None;
    }
    let mut evidence: Vec<Evidence> = Vec::new();
    for stated in takes_out.iter().chain(bounds) {
        let piece = Evidence::plan(&resource.address, stated.attribute, there(&stated.value));
        if !evidence.contains(&piece) {
            evidence.push(piece);
        }
    }
    Some(MeshHop {
        address: resource.address.clone(),
        noun: resource.noun(),
        takes_out: any(takes_out),
        bounds: any(bounds),
        routes: callers.into_iter().filter_map(|from| route(graph, from)).collect(),
        evidence,
    })
}

fn route(graph: &Graph, node: NodeId) -> Option<HopRoute> {
    let resource = graph.node(node);
    let Part::Mesh(part) = resource.part() else { return None };
    let MeshRoute { retries, each } = part.route.as_deref()?;
    let mut evidence = Vec::new();
    if !retries.value.is_unset() {
        evidence.push(Evidence::plan(&resource.address, retries.attribute, number(&retries.value, u64::to_string)));
    }
    if !each.value.is_unset() {
        let span = |span: &u64| Millis(*span).to_string();
        evidence.push(Evidence::plan(&resource.address, each.attribute, number(&each.value, span)));
    }
    let (retries, each) = (retries.value.clone(), each.value.clone());
    Some(HopRoute { address: resource.address.clone(), noun: resource.noun(), retries, each, evidence })
}

/// Whether one of them is there; what cannot be seen may be.
fn any(all: &[Stated<bool>]) -> Attr<bool> {
    if all.iter().any(|stated| stated.value == Attr::Set(true)) {
        return Attr::Set(true);
    }
    let hidden = all.iter().find_map(|stated| stated.value.why_unknown());
    hidden.map_or(Attr::Set(false), Attr::Unknown)
}

fn there(value: &Attr<bool>) -> String {
    match value {
        Attr::Set(true) => "set".to_owned(),
        Attr::Set(false) | Attr::Unset => "unset".to_owned(),
        Attr::Unknown(why) => format!("({why})"),
    }
}

fn number(value: &Attr<u64>, spell: impl Fn(&u64) -> String) -> String {
    match value {
        Attr::Set(value) => spell(value),
        Attr::Unset => "unset".to_owned(),
        Attr::Unknown(why) => format!("({why})"),
    }
}
