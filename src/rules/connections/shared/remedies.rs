//! Ways out for a database that runs out of connections.

use super::room::Room;
use super::sums::members;
use std::collections::BTreeSet;

use crate::facts::{Change, ComputeKind, Value};
use crate::finding::{Delta, Remedy, put_interval};
use crate::model::Provenance;
use crate::rules::prospect;
use crate::topology::{Budget, Capacity, Datastore, Demand, Larger, Topology};
use crate::units::{Count, Decimal, Grouped, Interval, counted, listed};

/// Finds ways out for one budget.
pub(in crate::rules::connections) struct Remedies<'t> {
    pub(in crate::rules::connections) topology: &'t Topology,
    pub(in crate::rules::connections) budget: &'t Budget,
    pub(in crate::rules::connections) datastore: &'t Datastore,
    pub(in crate::rules::connections) capacity: &'t Capacity,
    pub(in crate::rules::connections) room: Room,
}

impl Remedies<'_> {
    /// All of them, the cheapest sufficient one first.
    pub(in crate::rules::connections) fn all(&self) -> Vec<Remedy> {
        let (small, tiny) = match self.smaller_pool() {
            // A pool of one serves nobody well: other free ways come first.
            Some((1, remedy)) => (None, Some(remedy)),
            Some((_, remedy)) => (Some(remedy), None),
            None => (None, None),
        };
        let (raised, raised_too_little) = sufficient(self.raise_limit());
        let (lifted, lifted_too_little) = sufficient(self.lift());
        let all = [
            self.lower_shares(),
            small,
            self.slower_rollout(),
            self.lower_maximum(),
            self.reserve(),
            raised,
            tiny,
            lifted,
            self.pooler(),
        ];
        let too_little = [raised_too_little, lifted_too_little].into_iter().flatten().map(Remedy::insufficient);
        all.into_iter().flatten().chain(self.larger_classes()).chain(too_little).collect()
    }

    /// What may be asked for, in words.
    fn may(&self) -> String {
        let there = if self.room.of(self.capacity.usable) == self.capacity.usable.low { "are there" } else { "may be" };
        format!("{} that {there}", Grouped(self.room.free))
    }

    /// What ordinary users would get, and whether that is enough.
    fn enough(&self, usable: Interval) -> (bool, String) {
        let instead = format!("{usable} usable connections instead of {}", self.capacity.usable);
        let peak = self.budget.total.rollout;
        if Count::Of(self.room.of(usable)) >= peak {
            return (true, format!("{instead}, against {peak} at the peak"));
        }
        (false, format!("{instead}, which is not enough by itself: {peak} are asked for at the peak"))
    }

    /// Where only a rollout is too much: one that runs fewer units beside the old ones.
    fn slower_rollout(&self) -> Option<Remedy> {
        let room = self.room.free;
        let (most, peak) = (self.budget.total.maximum.bounded()?, self.budget.total.rollout.bounded()?);
        if most > room || peak <= room {
            return None;
        }
        let extra = |demand: &&Demand| demand.units.rollout.saturating_sub(demand.units.maximum);
        let demand = self.budget.demands.iter().max_by_key(extra)?;
        let [only] = demand.workloads.as_slice() else { return None };
        let workload = self.topology.workload(*only);
        let place = &workload.range.rollout.evidence;
        let each = demand.per_unit.at_least().bounded().filter(|each| *each > 0)?;
        let rest = peak.checked_sub(demand.connections.rollout.bounded()?)?;
        let units = room.checked_sub(rest)? / each;
        // The greatest percentage that still rounds down to so many units; of all that do, one that people would choose.
        let percent = (units + 1).saturating_mul(100).div_ceil(demand.units.maximum.max(1)).saturating_sub(1);
        let percent = round(percent, demand.units.maximum);
        let during = demand.units.maximum.saturating_mul(percent) / 100;
        // A rollout that may run none beside the old ones never begins where all of those must stay.
        if !workload.range.is_percentage() || during <= demand.units.maximum || during > units {
            return None;
        }
        let total = during.saturating_mul(each).saturating_add(rest);
        let title = format!("set {} of {} to {percent}", place.attribute, place.address);
        let detail = format!(
            "a rollout then runs {} at once instead of {}, with {} connections of {}; it takes longer",
            counted(during, workload.unit),
            Grouped(demand.units.rollout),
            Grouped(total),
            self.may(),
        );
        let remedy = Remedy::new(title, detail, Delta::Free("fewer units during a rollout"));
        Some(remedy.writing(vec![prospect::set_number(place, percent)]).to("rollout", total))
    }

    /// Where something else than the machine bounds the limit.
    fn lift(&self) -> Option<(bool, Remedy)> {
        let (cap, usable) = self.capacity.lifted?;
        let title = format!("{} on {}", cap.lift, self.datastore.address);
        let (enough, detail) = self.enough(usable);
        let lifted = prospect::lift(self.datastore, &cap);
        Some((enough, leading_to(Remedy::priced(title, detail, vec![lifted]), usable)))
    }

    /// Where somebody set less than the machine carries.
    fn raise_limit(&self) -> Option<(bool, Remedy)> {
        let (usable, set_by) = (self.capacity.by_default?, self.capacity.set_by.as_ref()?);
        let title = format!("raise {} in {}, or leave it to the engine", set_by.attribute, set_by.address);
        let (enough, detail) = self.enough(usable);
        let detail = format!("by the engine's default {} leaves {detail}", self.capacity.size);
        let free = Delta::Free("a parameter; it may take a restart");
        Some((enough, leading_to(Remedy::new(title, detail, free), usable)))
    }

    /// Pools cut in proportion, so that the sum fits during a rollout.
    fn smaller_pool(&self) -> Option<(u64, Remedy)> {
        let demands = &self.budget.demands;
        // What poolers may take stays theirs.
        let shares = self.budget.shares.iter().filter(|share| share.certain).map(|share| share.connections);
        let shares = shares.fold(0, u64::saturating_add);
        let room = self.room.free.saturating_sub(shares);
        let of = if shares == 0 { self.may() } else { format!("{} that the poolers leave", Grouped(room)) };
        let per_pool: u64 = demands
            .iter()
            .map(|demand| {
                demand.units.rollout.saturating_mul(demand.per_unit.processes().bounded().unwrap_or(u64::MAX))
            })
            .fold(0, u64::saturating_add);
        let size = room.checked_div(per_pool).filter(|size| *size > 0)?;
        let fits = Count::Of(size.saturating_mul(per_pool));
        let visible = demands.iter().all(|demand| demand.per_unit.is_complete());
        let title = format!("{} at {size} per process", if visible { "cap every pool" } else { "set every pool" });
        let detail = format!(
            "{} at most, {} during a rollout at full scale of {of}; overflow counts as a part of the pool",
            counted(per_pool, "process"),
            counted(size.saturating_mul(per_pool), "connection"),
        );
        let remedy = Remedy::new(title, detail, Delta::Free("a setting of the application"));
        Some((size, remedy.writing(smaller(demands, size)).to("rollout", fits)))
    }

    /// The largest caller's maximum lowered until the sum fits.
    fn lower_maximum(&self) -> Option<Remedy> {
        let demand = self.budget.demands.iter().max_by_key(|demand| demand.connections.rollout)?;
        let [only] = demand.workloads.as_slice() else { return None };
        let workload = self.topology.workload(*only);
        let range = &workload.range;
        let place = &range.maximum.evidence;
        // Only a bound that somebody set can be lowered, and only where it is known what each unit holds. The number of
        // single machines stands in no attribute.
        let is_set = place.source == Provenance::Plan && range.maximum.known() == Some(demand.units.maximum);
        if !demand.is_complete() || !is_set || workload.kind == ComputeKind::Machine {
            return None;
        }
        let each = demand.per_unit.at_least().bounded().filter(|each| *each > 0)?;
        let rest = self.budget.total.rollout.bounded()?.checked_sub(demand.connections.rollout.bounded()?)?;
        let most = range.within(self.room.free.checked_sub(rest)? / each);
        if most == 0 || most < demand.units.desired.max(range.floor) || most >= demand.units.maximum {
            return None;
        }
        let total = range.during(most).saturating_mul(each).saturating_add(rest);
        let title = format!("lower {} of {} to {}", place.attribute, place.address, Grouped(most));
        let detail = format!(
            "{} instead of {}, {} connections during a rollout of {}; less work gets done at a peak",
            counted(most, workload.unit),
            Grouped(demand.units.maximum),
            Grouped(total),
            self.may(),
        );
        let lowered = workload.range.amounts().map(|units| Change::Units {
            address: workload.address.clone(),
            units: units.at_most(Decimal::from(most)),
        });
        let remedy = match lowered {
            Some(lowered) => Remedy::priced(title, detail, vec![lowered]),
            None => Remedy::new(title, detail, Delta::Free("fewer units at a peak cost less, never more")),
        };
        Some(remedy.writing(vec![prospect::set_number(place, most)]).to("rollout", total))
    }

    /// Functions that share a bound nobody set: one connection each, and a bound that fits.
    fn reserve(&self) -> Option<Remedy> {
        let demand = self.budget.demands.iter().find(|demand| demand.on_quota && demand.units.maximum > 1)?;
        let rest = self.budget.total.rollout.bounded()?.checked_sub(demand.connections.rollout.bounded()?)?;
        let fits = self.room.free.checked_sub(rest).filter(|fits| *fits > 0 && *fits < demand.units.maximum)?;
        // What is kept ready has to be reserved.
        if fits < demand.units.desired {
            return None;
        }
        let workloads: Vec<_> = members(demand, self.topology);
        let title = format!(
            "reserve at most {} {} {}, with one connection in each",
            counted(fits, "concurrent execution"),
            if workloads.len() == 1 { "for" } else { "between" },
            listed(&workloads),
        );
        let detail = "an execution handles one call at a time and needs no second connection; calls beyond the bound are \
                      throttled, and retried where a queue feeds them";
        let total = fits.saturating_add(rest);
        let remedy = Remedy::new(title, detail, Delta::Free("reserved concurrency costs nothing"));
        // Where one connection in each is only what is assumed, or is not so yet, the application has to be told as well.
        let is_all = demand.pools_seen && demand.per_unit.at_least() == Count::Of(1);
        let edits = if is_all { prospect::reserve(self.topology, demand, fits) } else { Vec::new() };
        Some(remedy.writing(edits).to("rollout", total))
    }

    /// Poolers that may take more than is left to them.
    fn lower_shares(&self) -> Option<Remedy> {
        let shares: Vec<_> = self.budget.shares.iter().filter(|share| share.certain).collect();
        let direct = self.budget.demands.iter().map(|demand| demand.connections.rollout);
        let direct = direct.fold(Count::Of(0), Count::plus).bounded()?;
        let left = self.room.free.checked_sub(direct)?;
        let percent = left.saturating_mul(100).checked_div(self.capacity.maximum.low)?;
        if shares.is_empty() || percent < u64::try_from(shares.len()).unwrap_or(u64::MAX) {
            return None;
        }
        let title = match shares.as_slice() {
            [share] => format!("set {} of {} to {percent}", share.evidence.attribute, share.evidence.address),
            [first, ..] => format!(
                "let {} of {} add up to {percent} at most",
                first.evidence.attribute,
                listed(shares.iter().map(|share| &share.evidence.address)),
            ),
            [] => return None,
        };
        let total = (self.capacity.maximum.low.saturating_mul(percent) / 100).saturating_add(direct);
        let detail = format!(
            "{} % of the limit and what comes directly are {} of {}; clients wait for a connection instead of being refused",
            percent,
            counted(total, "connection"),
            self.may(),
        );
        let edits = match shares.as_slice() {
            // What nobody has written may belong into another resource.
            [share] if share.evidence.source == Provenance::Plan => {
                vec![prospect::set_number(&share.evidence, percent)]
            }
            _ => Vec::new(),
        };
        Some(Remedy::new(title, detail, Delta::Free("a setting of the pooler")).writing(edits).to("rollout", total))
    }

    fn pooler(&self) -> Option<Remedy> {
        if self.budget.demands.is_empty() {
            return None;
        }
        Some(self.new_pooler())
    }

    fn new_pooler(&self) -> Remedy {
        if let Some((_, pooler)) = self.budget.pooled.first() {
            let title = format!("send those who come directly through {pooler} as well");
            let detail = "its share then bounds what all of them ask for";
            return Remedy::new(title, detail, Delta::Free("the pooler is there"));
        }
        let title = format!("put {} between the callers and {}", self.budget.pooler, self.datastore.address);
        let detail = "many clients then share few connections; sessions that pin theirs (temporary tables, session \
                      variables, prepared statements) share nothing";
        Remedy::priced(title, detail, prospect::pooler(self.topology, self.datastore))
    }

    /// The smallest class that is enough, of every family: the price decides which of them is shown.
    fn larger_classes(&self) -> Vec<Remedy> {
        let mut families: BTreeSet<&str> = BTreeSet::new();
        let mut remedies = Vec::new();
        let own = self.budget.larger.first().map(|larger| larger.family);
        for Larger { family, class, usable } in &self.budget.larger {
            let (enough, detail) = self.enough(*usable);
            if !enough || !families.insert(family) {
                continue;
            }
            let title = format!("move {} to {class}", self.datastore.address);
            let detail = if own == Some(*family) {
                detail
            } else {
                format!("{detail}; another family: its region and engine version must offer it")
            };
            let changes = self.datastore.classes.iter().map(|(address, attribute)| Change::Set {
                address: address.clone(),
                attribute: (*attribute).into(),
                value: Value::Text(class.clone()),
            });
            let remedy = Remedy::priced(title, detail, changes.collect()).rivalling("class");
            remedies.push(leading_to(remedy, *usable));
        }
        remedies
    }
}

/// Every pool at `size` connections at most, those beyond the pool included; nothing where one of them is no variable.
pub(in crate::rules::connections) fn smaller(demands: &[Demand], size: u64) -> Vec<Change> {
    let mut all = Vec::new();
    for term in demands.iter().flat_map(|demand| &demand.per_unit.terms) {
        let (Some(pool), Some(overflow)) = (term.pool.and_then(Count::bounded), term.overflow.bounded()) else {
            return Vec::new();
        };
        let kept = pool.min(size);
        for (now, then, knob) in
            [(pool, kept, &term.pool_knob), (overflow, overflow.min(size - kept), &term.overflow_knob)]
        {
            match knob {
                _ if now == then => {}
                Some(knob) => all.push(prospect::set_variable(knob, now, then)),
                None => return Vec::new(),
            }
        }
    }
    let mut once: Vec<Change> = Vec::with_capacity(all.len());
    for change in all {
        if !once.contains(&change) {
            once.push(change);
        }
    }
    once
}

/// A remedy that changes what ordinary users get.
fn leading_to(mut remedy: Remedy, usable: Interval) -> Remedy {
    put_interval(&mut remedy.measure, "usable_low", "usable_high", usable);
    remedy
}

/// A remedy as the one that is enough by itself, or as the one that is not.
fn sufficient(remedy: Option<(bool, Remedy)>) -> (Option<Remedy>, Option<Remedy>) {
    match remedy {
        Some((true, remedy)) => (Some(remedy), None),
        Some((false, remedy)) => (None, Some(remedy)),
        None => (None, None),
    }
}

/// The roundest percentage of `units`, up to `percent`, that comes to as many.
fn round(percent: u64, units: u64) -> u64 {
    let of = |percent: u64| units.saturating_mul(percent) / 100;
    let rounded = [50, 25, 10, 5].map(|step| percent / step * step);
    rounded.into_iter().find(|rounder| of(*rounder) == of(percent)).unwrap_or(percent)
}

#[cfg(test)]
mod tests {
    use super::round;

    #[test]
    fn percentages_that_people_would_choose() {
        // Of 2 units 199 % are 3, and so are 150 %; of 4, 7 are no less than 175 %.
        assert_eq!(
            [(199, 2), (199, 4), (133, 6), (116, 200)].map(|(percent, units)| round(percent, units)),
            [150, 175, 125, 116]
        );
    }
}
