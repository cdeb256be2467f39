//! Services of a mesh that others call: what holds requests back where a unit of one fails.

use crate::finding::{Delta, Finding, Remedy, RuleMeta, Severity};
use crate::model::{Address, Attr};
use crate::rules::Judgement;
use crate::topology::{HopRoute, MeshHop, StrayRoute, Topology};
use crate::units::{Grouped, Millis};

/// Judges every service of a mesh that something sends requests to.
pub(in crate::rules::isolation) fn judge(meta: &'static RuleMeta, topology: &Topology, judgement: &mut Judgement) {
    for hop in &topology.hops {
        match hop_finding(meta, hop) {
            Some(finding) => judgement.findings.push(finding),
            None => judgement.passed += 1,
        }
    }
    judgement.findings.extend(topology.stray_routes.iter().filter_map(|stray| stray_finding(meta, stray)));
}

/// Whether a call that goes to `to` through a mesh is held back there where nobody answers.
pub(in crate::rules::isolation) fn holds_back(topology: &Topology, means: impl Fn(&Address) -> bool) -> bool {
    let mut hops = topology.hops.iter().filter(|hop| means(&hop.address));
    hops.any(|hop| hop.takes_out == Attr::Set(true) || hop.bounds == Attr::Set(true))
}

fn hop_finding(meta: &'static RuleMeta, hop: &MeshHop) -> Option<Finding> {
    let MeshHop { address, noun, takes_out, bounds, routes, evidence } = hop;
    let worst = most(routes);
    let finding = match (takes_out, bounds) {
        (Attr::Set(true), _) | (_, Attr::Set(true)) => return None,
        (Attr::Unknown(why), _) | (_, Attr::Unknown(why)) => {
            let message = format!(
                "Whether the listener of {noun} {address} has outlier detection or a connection pool is {why}{}.",
                worst.map_or_else(String::new, |(route, retries)| format!(", and {}", again(route, retries))),
            );
            Finding::undetermined(meta, address, message)
        }
        _ => violation(meta, hop, worst),
    };
    let routes = routes.iter();
    let finding = finding.key("mesh").about(routes.clone().map(|route| &route.address)).resting_on(evidence);
    Some(finding.resting_on(routes.flat_map(|route| &route.evidence)))
}

fn violation(meta: &'static RuleMeta, hop: &MeshHop, worst: Option<(&HopRoute, u64)>) -> Finding {
    let MeshHop { address, noun, routes, .. } = hop;
    let lacks = format!("The listener of {noun} {address} has neither outlier detection nor a connection pool");
    let finding = if let Some((route, retries)) = worst {
        let tries = retries.saturating_add(1);
        let message = format!(
            "{lacks}, and {}: when it is in trouble, it gets up to {} times the requests, and units that fail go on getting theirs.",
            again(route, retries),
            Grouped(tries),
        );
        let finding = Finding::violation(meta, address, message).measuring("tries", tries).gravity(tries);
        Finding { working: working(route, retries), ..finding }
    } else {
        let hidden = routes.iter().find_map(|route| Some((route, route.retries.why_unknown()?)));
        let more = hidden.map_or_else(String::new, |(route, why)| {
            format!(" How often {} {} sends them again is {why}.", route.noun, route.address)
        });
        let message = format!("{lacks}: those who call it go on sending requests to a unit that fails.{more}");
        Finding::violation(meta, address, message).severity(Severity::Info).gravity(1)
    };
    finding.remedy(Remedy::new(
        "give the listener outlier detection, and a connection pool",
        "a unit that keeps failing gets no requests for a while, and what waits for the others has a bound",
        Delta::Free("settings of the mesh"),
    ))
}

/// The route that sends a failed request again most often.
fn most(routes: &[HopRoute]) -> Option<(&HopRoute, u64)> {
    let known = routes.iter().filter_map(|route| Some((route, route.retries.known().copied()?)));
    known.filter(|(_, retries)| *retries > 0).max_by_key(|(_, retries)| *retries)
}

fn again(route: &HopRoute, retries: u64) -> String {
    let times = if retries == 1 { "once more".to_owned() } else { format!("up to {} more times", Grouped(retries)) };
    format!("{} {} sends a request that fails {times}", route.noun, route.address)
}

fn working(route: &HopRoute, retries: u64) -> Vec<String> {
    let tries = Grouped(retries.saturating_add(1));
    let mut lines = vec![format!("1 request + {} sent again = {tries} requests", Grouped(retries))];
    if let Attr::Set(each) = route.each {
        let all = Millis(each.saturating_mul(retries));
        lines.push(format!("{} tries of up to {} = up to {all} more of waiting", Grouped(retries), Millis(each)));
    }
    lines
}

fn stray_finding(meta: &'static RuleMeta, stray: &StrayRoute) -> Option<Finding> {
    let StrayRoute { route, reason } = stray;
    let (_, retries) = most(std::slice::from_ref(route))?;
    let message = format!(
        "{}; whether anything holds requests back where it sends them cannot be told: {reason}.",
        again(route, retries),
    );
    let finding = Finding::undetermined(meta, &route.address, message).key("mesh");
    Some(finding.resting_on(&route.evidence))
}
