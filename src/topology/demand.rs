//! How many connections workloads ask for.

use crate::facts::{Quota, SourceKind};
use crate::model::{Attr, Evidence, Provenance};
use crate::units::{Count, listed};

use super::consumption::Origin;
use super::pool::{Hint, PerUnit};
use super::range::Amount;
use super::reach::Reach;
use super::workload::{Workload, WorkloadId, Workloads};

/// Connections at different scales.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Scale {
    /// At the number of units that a workload starts with.
    pub desired: Count,
    /// While every workload is rolled out at the number of units that it starts with.
    pub redeploy: Count,
    /// At the most units.
    pub maximum: Count,
    /// While every workload is rolled out at its most units.
    pub rollout: Count,
}

/// What one workload asks for, or several that share one bound.
#[derive(Clone, Debug)]
pub struct Demand {
    /// The workloads.
    pub workloads: Vec<WorkloadId>,
    /// How many connections one unit opens.
    pub per_unit: PerUnit,
    /// The units, as far as they are known.
    pub units: Line,
    /// The connections that they add up to, at least.
    pub connections: Scale,
    /// Whether every pool can be seen; otherwise the figures are the least there can be.
    pub pools_seen: bool,
    /// Whether the units can be seen; otherwise their figures are the least there can be.
    pub units_seen: bool,
    /// Whether the units are what an account has left, instead of a bound of their own.
    pub on_quota: bool,
    /// What they rest on.
    pub evidence: Vec<Evidence>,
    /// What is missing, in words.
    pub unseen: Vec<String>,
}

/// Units at different scales.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Line {
    /// Those that it starts with.
    pub desired: u64,
    /// Those during a rollout of that number.
    pub redeploy: u64,
    /// The most.
    pub maximum: u64,
    /// The most during a rollout.
    pub rollout: u64,
}

impl Demand {
    /// Whether the figures are all there is to it; otherwise they are the least there can be.
    pub const fn is_complete(&self) -> bool {
        self.pools_seen && self.units_seen
    }

    /// What they add up to at most, where that is known although not every figure is.
    pub fn at_most(&self) -> Option<Scale> {
        if self.is_complete() {
            return Some(self.connections);
        }
        let each = self.per_unit.at_most().filter(|_| self.units_seen && self.workloads.len() == 1)?;
        Some(self.units.times(each))
    }
}

impl Line {
    /// The connections at each scale, of which every unit opens so many.
    const fn times(self, each: Count) -> Scale {
        Scale {
            desired: Count::Of(self.desired).times(each),
            redeploy: Count::Of(self.redeploy).times(each),
            maximum: Count::Of(self.maximum).times(each),
            rollout: Count::Of(self.rollout).times(each),
        }
    }
}

impl Scale {
    /// No connections at all.
    pub const NONE: Self =
        Self { desired: Count::Of(0), redeploy: Count::Of(0), maximum: Count::Of(0), rollout: Count::Of(0) };

    /// The sums at each scale.
    #[must_use]
    pub const fn plus(self, other: Self) -> Self {
        Self {
            desired: self.desired.plus(other.desired),
            redeploy: self.redeploy.plus(other.redeploy),
            maximum: self.maximum.plus(other.maximum),
            rollout: self.rollout.plus(other.rollout),
        }
    }
}

/// What the workloads of direct reaches ask for.
pub(super) fn demands(workloads: &Workloads, reaches: &[&Reach]) -> Vec<Demand> {
    let mut demands = Vec::new();
    let mut sharing: Vec<Sharing<'_>> = Vec::new();
    for reach in reaches.iter().filter(|reach| reach.pooler.is_none()) {
        let Some(workload) = workloads.list.get(reach.workload.0) else { continue };
        let bound = triggered(workload);
        match (&workload.range.maximum.value, bound, &workload.quota) {
            (Attr::Unset, Triggered::Freely, Some(quota)) => sharing.push(Sharing { workload, reach, quota }),
            (Attr::Unset, bound, Some(_)) => demands.push(run_by(reach, workload, bound)),
            (Attr::Set(reserved), Triggered::AtMost(units, evidence), _) if units < *reserved => {
                demands.push(run_by(reach, workload, Triggered::AtMost(units, evidence)));
            }
            _ => demands.push(plain(reach.workload, workload, reach)),
        }
    }
    demands.extend(shared(workloads, &sharing));
    demands
}

/// How many units the triggers of a workload run at a time.
enum Triggered {
    /// As many as there is work for.
    Freely,
    /// No more than this, all triggers together.
    AtMost(u64, Evidence),
    /// No more than something that cannot be seen.
    Hidden(Evidence, String),
}

/// What the triggers of a workload bound together, if nothing else calls it.
fn triggered(workload: &Workload) -> Triggered {
    if workload.quota.is_none() || !workload.entries.is_empty() || workload.entry_gap.is_some() {
        return Triggered::Freely;
    }
    // Where work comes from that somebody declares, nothing shows how much of it there is at a time.
    if workload.consumes.iter().any(|consumption| consumption.origin == Origin::Declared) {
        return Triggered::Freely;
    }
    let triggers = workload.consumes.iter().filter(|consumption| consumption.origin == Origin::Trigger);
    let (mut bound, mut hidden): (Option<(u64, Evidence)>, _) = (None, None);
    for trigger in triggers {
        let Some(first) = trigger.evidence.first() else { continue };
        let (units, evidence) = match (trigger.kind, &trigger.bound) {
            (
                SourceKind::Queue | SourceKind::Stream | SourceKind::Schedule,
                Some(Amount { value: Attr::Set(units), evidence, .. }),
            ) => (*units, evidence.clone()),
            (SourceKind::Queue | SourceKind::Stream, Some(Amount { value: Attr::Unknown(why), evidence, .. })) => {
                let Evidence { address, attribute, .. } = evidence;
                hidden = Some((evidence.clone(), format!("{attribute} of {address} is {why}")));
                continue;
            }
            // A stream runs one call at a time for each shard.
            (SourceKind::Stream, _) => {
                hidden = Some((first.clone(), format!("how many shards {} has cannot be seen", trigger.name())));
                continue;
            }
            // One call at each tick, which is over before the next one unless its bound says otherwise.
            (SourceKind::Schedule, _) => {
                let source = Provenance::Assumption("one call at a time for each schedule");
                let (address, attribute, value) = (first.address.clone(), "schedule".into(), "1".to_owned());
                (1, Evidence { address, attribute, value, source })
            }
            _ => return Triggered::Freely,
        };
        bound = Some((bound.map_or(0, |(sum, _)| sum).saturating_add(units), evidence));
    }
    match (hidden, bound) {
        (Some((evidence, reason)), _) => Triggered::Hidden(evidence, reason),
        (None, Some((units, evidence))) => Triggered::AtMost(units, evidence),
        // What would call it is switched off.
        (None, None) => match &workload.switched_off {
            Some(evidence) => Triggered::AtMost(0, evidence.clone()),
            None => Triggered::Freely,
        },
    }
}

/// What a workload asks for that its triggers bound: one unit at least, where it cannot be seen how far.
fn run_by(reach: &Reach, workload: &Workload, bound: Triggered) -> Demand {
    let (units, evidence, unseen) = match bound {
        Triggered::AtMost(units, evidence) => (units, Some(evidence), None),
        Triggered::Hidden(evidence, reason) => (1, Some(evidence), Some(reason)),
        Triggered::Freely => (1, None, None),
    };
    let mut demand = demand(reach.workload, workload, reach, kept_ready(workload, units));
    demand.evidence.extend(evidence);
    demand.units_seen &= unseen.is_none();
    demand.unseen.extend(unseen);
    demand
}

/// Units of something that runs as it is called: at first those that are kept ready, and these however it is called.
fn kept_ready(workload: &Workload, most: u64) -> Line {
    let ready = workload.range.desired.known().unwrap_or(0);
    Line { desired: ready, redeploy: ready, maximum: most.max(ready), rollout: most.max(ready) }
}

/// Somebody without a bound of its own, who draws on what the account has left.
struct Sharing<'w> {
    workload: &'w Workload,
    reach: &'w Reach,
    quota: &'w Quota,
}

/// What those without a bound of their own ask for together: at most, if the one that opens most takes all that is left.
fn shared(workloads: &Workloads, sharing: &[Sharing<'_>]) -> Option<Demand> {
    let Sharing { workload, reach, quota } =
        sharing.iter().max_by_key(|sharing| sharing.workload.per_unit.at_least())?;
    let others = workloads
        .list
        .iter()
        .filter(|other| other.region == workload.region || other.region.known().is_none())
        .filter(|other| other.quota.as_ref().is_some_and(|other| other.account.is(&quota.account) != Some(false)));
    let reserved = others.filter_map(|other| other.range.maximum.known()).fold(0, u64::saturating_add);
    let left = quota.units.saturating_sub(reserved).max(quota.unreservable);
    let mut demand = demand(reach.workload, workload, reach, kept_ready(workload, left));
    demand.on_quota = true;
    demand.evidence.push(Evidence {
        address: workload.address.clone(),
        attribute: quota.attribute.into(),
        value: format!("unreserved, up to {}", Count::Of(left)),
        source: Provenance::Assumption(quota.assumption),
    });
    for other in sharing.iter().filter(|other| other.reach.workload != reach.workload) {
        demand.workloads.push(other.reach.workload);
        demand.unseen.extend(unseen_pools(other.workload));
        demand.pools_seen &= other.workload.per_unit.is_complete();
        demand.evidence.extend(other.reach.evidence.iter().cloned());
    }
    Some(demand)
}

/// What a workload with a range of its own asks for.
fn plain(id: WorkloadId, workload: &Workload, reach: &Reach) -> Demand {
    let range = &workload.range;
    let desired = range.desired.known().or(range.minimum.known());
    // Where the most cannot be seen, there are at least as many as at first; one if that cannot be seen either.
    let least = desired.unwrap_or(1);
    let maximum = range.maximum.known().unwrap_or(least).max(least);
    let rollout = range.rollout.known().unwrap_or_else(|| range.during(maximum)).max(range.during(least));
    let units = Line { desired: least, redeploy: range.during(least), maximum, rollout };
    let mut demand = demand(id, workload, reach, units);
    let stated = [&range.desired, &range.maximum].into_iter().filter(|amount| !amount.value.is_unset());
    demand.evidence.extend(stated.map(|amount| amount.evidence.clone()));
    if range.rollout.evidence != range.maximum.evidence {
        demand.evidence.push(range.rollout.evidence.clone());
    }
    let growth = &range.rollout;
    let growth = (growth.evidence != range.maximum.evidence).then_some((growth, "the growth during a rollout"));
    let most = (range.maximum.evidence != range.desired.evidence).then_some((&range.maximum, "the greatest number"));
    for (amount, what) in std::iter::once((&range.desired, "the number")).chain(most).chain(growth) {
        if let Attr::Unknown(why) = amount.value {
            let Evidence { address, attribute, .. } = &amount.evidence;
            let unseen = format!("{what} of {} ({attribute} of {address}) is {why}", workload.address);
            if !demand.unseen.contains(&unseen) {
                demand.unseen.push(unseen);
            }
            demand.units_seen = false;
        }
    }
    demand
}

fn demand(id: WorkloadId, workload: &Workload, reach: &Reach, units: Line) -> Demand {
    let connections = units.times(workload.per_unit.at_least());
    let mut evidence = reach.evidence.clone();
    evidence.extend(workload.per_unit.evidence.iter().cloned());
    // Where nothing runs, it does not matter how much each unit would open.
    let none = units.maximum == 0 && units.rollout == 0;
    Demand {
        workloads: vec![id],
        per_unit: workload.per_unit.clone(),
        units,
        connections,
        pools_seen: none || workload.per_unit.is_complete(),
        units_seen: true,
        on_quota: false,
        evidence,
        unseen: if none { Vec::new() } else { unseen_pools(workload) },
    }
}

/// What is missing of the pools of a workload, in words.
fn unseen_pools(workload: &Workload) -> Vec<String> {
    let per_unit = &workload.per_unit;
    let mut unseen: Vec<String> = per_unit.unseen.iter().map(|unseen| unseen.text.clone()).collect();
    if !per_unit.is_complete() && unseen.is_empty() {
        let blind: Vec<_> = per_unit.terms.iter().filter(|term| term.pool.is_none()).collect();
        let containers = blind.iter().filter_map(|term| term.container.as_ref());
        let containers = listed(containers);
        unseen.push(match containers.as_str() {
            "" => format!("nothing in the environment of {} sets a pool", workload.address),
            names => format!("nothing in the environment of {names} in {} sets a pool", workload.address),
        });
        let usual = blind.iter().find_map(|term| match term.setting {
            Hint::Usual(habit) => Some(habit),
            _ => None,
        });
        if let (Some(habit), Some(text)) = (usual, unseen.last_mut()) {
            text.push_str(&format!(", which is {} in {} unless its code says otherwise", habit.in_words(), habit.name));
        }
    }
    unseen
}
