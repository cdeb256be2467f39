//! What stops a rollout whose units do not come up.

use crate::facts::{Compute, Stated};
use crate::model::{Address, Attr, Evidence};

/// Whether something does.
#[derive(Clone, Debug)]
pub struct Breaker {
    /// Whether a rollout is given up.
    pub stops: Attr<bool>,
    /// Whether the version before comes back then.
    pub goes_back: Attr<bool>,
    /// What says so.
    pub evidence: Vec<Evidence>,
    /// The attributes that switch both on.
    pub switches: Vec<&'static str>,
}

pub(super) fn breaker(address: &Address, compute: &Compute) -> Option<Breaker> {
    let facts = compute.breaker.as_ref()?;
    let evidence = facts.stops.iter().chain(&facts.goes_back).map(|stated| {
        let value = match stated.value {
            Attr::Set(on) => on.to_string(),
            Attr::Unset => "unset".to_owned(),
            Attr::Unknown(why) => format!("({why})"),
        };
        Evidence { source: stated.source.clone(), ..Evidence::plan(address, stated.attribute, value) }
    });
    let switches = [facts.stops.first(), facts.goes_back.first()];
    let switches = switches.into_iter().flatten().map(|stated| stated.attribute).collect();
    let evidence = evidence.collect();
    Some(Breaker { stops: any(&facts.stops), goes_back: any(&facts.goes_back), evidence, switches })
}

/// Whether one of them is on; what cannot be seen may be.
fn any(all: &[Stated<bool>]) -> Attr<bool> {
    if all.iter().any(|stated| stated.value == Attr::Set(true)) {
        return Attr::Set(true);
    }
    let hidden = all.iter().find_map(|stated| stated.value.why_unknown());
    hidden.map_or(Attr::Set(false), Attr::Unknown)
}
