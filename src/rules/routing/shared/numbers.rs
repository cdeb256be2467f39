//! How many units stand in each zone of a balancer.

use std::collections::BTreeMap;

use crate::model::Text;
use crate::topology::{Front, Topology};

use super::size;

/// How many units stand in each of a balancer's zones, at best.
pub(in crate::rules::routing) struct Numbers<'t> {
    pub(in crate::rules::routing) each: BTreeMap<&'t Text, u64>,
    pub(in crate::rules::routing) total: u64,
    /// Whether somebody chose exactly so many; otherwise it is the fewest that scaling leaves.
    pub(in crate::rules::routing) fixed: bool,
}

/// Counts a balancer's units by zone, spread as evenly as can be; nothing where their number cannot be told.
pub(in crate::rules::routing) fn numbers<'t>(topology: &'t Topology, front: &'t Front) -> Option<Numbers<'t>> {
    let mut numbers = Numbers { each: front.zones.iter().map(|zone| (zone, 0)).collect(), total: 0, fixed: true };
    let mut spread = Vec::new();
    for target in &front.targets {
        let zones: Vec<&Text> = target.zones.iter().filter(|zone| front.zones.contains(*zone)).collect();
        if target.machine.is_some() {
            spread.push((zones, 1));
            continue;
        }
        let range = &topology.workload(target.workload).range;
        let (least, most) = (range.minimum.known()?, range.maximum.known()?);
        numbers.fixed &= least == most;
        spread.push((zones, least));
    }
    // What can stand in one zone only stands there; the others fill the gaps.
    spread.sort_by_key(|(zones, _)| zones.len());
    for (zones, count) in spread {
        let among = size(zones.len());
        let (each, mut rest) = (count.checked_div(among)?, count.checked_rem(among)?);
        let mut order: Vec<(u64, &Text)> =
            zones.iter().map(|zone| (numbers.each.get(*zone).copied().unwrap_or(0), *zone)).collect();
        order.sort_unstable();
        for (_, zone) in order {
            let more = u64::from(rest > 0);
            rest = rest.saturating_sub(1);
            if let Some(number) = numbers.each.get_mut(zone) {
                *number = number.saturating_add(each).saturating_add(more);
            }
        }
        numbers.total = numbers.total.saturating_add(count);
    }
    Some(numbers)
}
