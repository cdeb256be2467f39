//! What `connection-exhaustion` says of a budget, so that no other rule says it again.

use super::super::connection_exhaustion::RULE;
use super::room::Room;
use crate::rules::Context;
use crate::topology::{Budget, Datastore, DatastoreId};
use crate::units::Count;

/// How a budget comes out.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(in crate::rules::connections) enum Forecast {
    /// Connections run out, or may.
    RunsOut,
    /// It cannot be told.
    Unsure,
    /// All fits.
    Fits,
}

/// How a budget comes out, by the headroom that the policy asks for.
pub(in crate::rules::connections) fn forecast(context: Context<'_>, budget: &Budget) -> Forecast {
    let Ok(capacity) = &budget.capacity else { return Forecast::Unsure };
    let free = Count::Of(Room::new(capacity, context.policy.threshold(&RULE.meta, "headroom-percent")).free);
    if budget.total.rollout > free {
        Forecast::RunsOut
    } else if budget.is_complete() || budget.at_most.is_some_and(|most| most.rollout <= free) {
        Forecast::Fits
    } else {
        Forecast::Unsure
    }
}

/// Whether `connection-exhaustion` says that these connections run out.
pub(in crate::rules::connections) fn tells_end(context: Context<'_>, budget: &Budget) -> bool {
    context.policy.applies(&RULE.meta) && forecast(context, budget) == Forecast::RunsOut
}

/// Whether `connection-exhaustion` says of a database what cannot be told: not where it is switched off, and not of
/// databases that this plan only reads.
pub(in crate::rules::connections) fn tells_gaps(context: Context<'_>, datastore: &Datastore) -> bool {
    context.policy.applies(&RULE.meta) && datastore.managed
}

/// Whether it says that connections of a database run out, of whichever of its machines.
pub(in crate::rules::connections) fn tells_exhaustion(context: Context<'_>, datastore: DatastoreId) -> bool {
    context.topology.budgets_of(datastore).iter().any(|budget| tells_end(context, budget))
}
