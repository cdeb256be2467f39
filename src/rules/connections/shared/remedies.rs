//! Ways out for a database that runs out of connections.

use super::sums::{is_shared, members};
use crate::finding::{Delta, Remedy, put_interval};
use crate::topology::{Budget, Capacity, Datastore, Demand, Topology};
use crate::units::{Count, Grouped, counted, listed};

/// Finds ways out for one budget.
pub(in crate::rules::connections) struct Remedies<'t> {
    pub(in crate::rules::connections) topology: &'t Topology,
    pub(in crate::rules::connections) budget: &'t Budget,
    pub(in crate::rules::connections) datastore: &'t Datastore,
}

impl Remedies<'_> {
    /// All of them, the cheapest sufficient one first.
    pub(in crate::rules::connections) fn all(&self, capacity: &Capacity, room: u64) -> Vec<Remedy> {
        // What poolers may take stays theirs.
        let taken = self.budget.shares.iter().map(|share| share.connections).fold(0, u64::saturating_add);
        let (whole, room) = (room, room.saturating_sub(taken));
        let (small, tiny) = match self.smaller_pool(room) {
            // A pool of one serves nobody well: other free ways come first.
            Some((1, remedy)) => (None, Some(remedy)),
            Some((_, remedy)) => (Some(remedy), None),
            None => (None, None),
        };
        let all = [
            small,
            self.slower_rollout(whole),
            self.lower_maximum(whole),
            self.reserve(whole),
            raise_limit(capacity),
            tiny,
            self.lift(capacity),
            Some(self.pooler()),
            self.larger_class(capacity, whole),
        ];
        all.into_iter().flatten().collect()
    }

    /// Where only a rollout is too much: one that runs fewer units beside the old ones.
    fn slower_rollout(&self, room: u64) -> Option<Remedy> {
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
        // The greatest percentage that still rounds down to so many units.
        let percent = (units + 1).saturating_mul(100).div_ceil(demand.units.maximum.max(1)).saturating_sub(1);
        let during = demand.units.maximum.saturating_mul(percent) / 100;
        // A rollout that may run none beside the old ones never begins where all of those must stay.
        if !place.attribute.ends_with("percent") || during <= demand.units.maximum || during > units {
            return None;
        }
        let total = during.saturating_mul(each).saturating_add(rest);
        let title = format!("set {} of {} to {percent}", place.attribute, place.address);
        let detail = format!(
            "a rollout then runs {} at once instead of {}, with {} connections of {} that are there; it takes longer",
            counted(during, workload.unit),
            Grouped(demand.units.rollout),
            Grouped(total),
            Grouped(room),
        );
        Some(Remedy::new(title, detail, Delta::Free("fewer units during a rollout")).to("rollout", total))
    }

    /// Where something else than the machine bounds the limit.
    fn lift(&self, capacity: &Capacity) -> Option<Remedy> {
        let (how, limit) = capacity.lifted?;
        let title = format!("{how} on {}", self.datastore.address);
        let detail = format!("the limit is then {} instead of {}", Grouped(limit), capacity.maximum);
        let priced = "billed for the capacity that is always there: the amount comes with the price book";
        Some(Remedy::new(title, detail, Delta::NotPriced(priced)).to("limit_low", limit))
    }

    /// Pools cut in proportion, so that the sum fits during a rollout.
    fn smaller_pool(&self, room: u64) -> Option<(u64, Remedy)> {
        let demands = &self.budget.demands;
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
            "{} processes at most, {} connections during a rollout at full scale of {} that are there; \
             overflow counts as a part of the pool",
            Grouped(per_pool),
            fits,
            Grouped(room),
        );
        Some((size, Remedy::new(title, detail, Delta::Free("a setting of the application")).to("rollout", fits)))
    }

    /// The largest caller's maximum lowered until the sum fits.
    fn lower_maximum(&self, room: u64) -> Option<Remedy> {
        let demand = self.budget.demands.iter().max_by_key(|demand| demand.connections.rollout)?;
        let [only] = demand.workloads.as_slice() else { return None };
        let workload = self.topology.workload(*only);
        // Only a bound that somebody set can be lowered, and only where it is known what each unit holds.
        if !demand.complete || workload.range.maximum.known() != Some(demand.units.maximum) {
            return None;
        }
        let each = demand.per_unit.at_least().bounded().filter(|each| *each > 0)?;
        let rest = self.budget.total.rollout.bounded()?.checked_sub(demand.connections.rollout.bounded()?)?;
        let during = room.checked_sub(rest)? / each;
        // Units and rollout grow in proportion.
        let fits = |most: u64| most.saturating_mul(demand.units.rollout) / demand.units.maximum.max(1) <= during;
        let most = during.saturating_mul(demand.units.maximum) / demand.units.rollout.max(1);
        let most = if fits(most + 1) { most + 1 } else { most };
        if most == 0 || most < demand.units.desired || most >= demand.units.maximum {
            return None;
        }
        let rollout = most.saturating_mul(demand.units.rollout) / demand.units.maximum.max(1);
        let total = rollout.saturating_mul(each).saturating_add(rest);
        let place = &workload.range.maximum.evidence;
        // Some bounds stand in a resource of their own, or under a name that is no attribute.
        if place.attribute.contains("arn") || place.attribute == "setting" || place.attribute == "id" {
            return None;
        }
        let title = format!("lower {} of {} to {}", place.attribute, place.address, Grouped(most));
        let detail = format!(
            "{} instead of {}, {} connections during a rollout of {} that are there; less work gets done at a peak",
            counted(most, workload.unit),
            Grouped(demand.units.maximum),
            Grouped(total),
            Grouped(room),
        );
        Some(
            Remedy::new(title, detail, Delta::Free("fewer units at a peak cost less, never more")).to("rollout", total),
        )
    }

    /// Functions that share a bound nobody set: one connection each, and a bound that fits.
    fn reserve(&self, room: u64) -> Option<Remedy> {
        let demand = self.budget.demands.iter().find(|demand| is_shared(demand, self.topology))?;
        let rest = self.budget.total.rollout.bounded()?.checked_sub(demand.connections.rollout.bounded()?)?;
        let fits = room.checked_sub(rest).filter(|fits| *fits > 0 && *fits < demand.units.maximum)?;
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
        Some(Remedy::new(title, detail, Delta::Free("reserved concurrency costs nothing")).to("rollout", total))
    }

    fn pooler(&self) -> Remedy {
        if let Some((_, pooler)) = self.budget.pooled.first() {
            let title = format!("send those who come directly through {pooler} as well");
            let detail = "its share then bounds what all of them ask for";
            return Remedy::new(title, detail, Delta::Free("the pooler is there"));
        }
        let title = format!("put {} between the callers and {}", self.budget.pooler, self.datastore.address);
        let detail = "many clients then share few connections; sessions that pin theirs (temporary tables, session \
                      variables, prepared statements) share nothing";
        Remedy::new(
            title,
            detail,
            Delta::NotPriced("billed by the size of its database: the amount comes with the price book"),
        )
    }

    fn larger_class(&self, capacity: &Capacity, room: u64) -> Option<Remedy> {
        let peak = self.budget.total.rollout.bounded()?;
        // What must stay free grows with the limit.
        let needed = |usable: u64| usable.saturating_mul(room) / capacity.usable.low.max(1);
        let (class, usable) = self.budget.larger.iter().find(|(_, usable)| needed(usable.low) >= peak)?;
        let title = format!("move {} to {class}", self.datastore.address);
        let detail = format!(
            "{usable} usable connections instead of {}, against {} at the peak",
            capacity.usable,
            Grouped(peak)
        );
        let priced = Delta::NotPriced("the difference between the two classes comes with the price book");
        let mut remedy = Remedy::new(title, detail, priced);
        put_interval(&mut remedy.measure, "usable_low", "usable_high", *usable);
        Some(remedy)
    }
}

/// Where somebody set less than the machine carries.
fn raise_limit(capacity: &Capacity) -> Option<Remedy> {
    let (own, set_by) = (capacity.by_default?, capacity.set_by.as_ref()?);
    let title = format!("raise {} in {}, or leave it to the engine", set_by.attribute, set_by.address);
    let detail = format!("the engine's default for {} is {own} instead of {}", capacity.size, capacity.maximum);
    let mut remedy = Remedy::new(title, detail, Delta::Free("a parameter; it may take a restart"));
    put_interval(&mut remedy.measure, "limit_low", "limit_high", own);
    Some(remedy)
}
