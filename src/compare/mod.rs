//! Two reports of `planwise check`, of two branches or two weeks: what the second says that the first did not, and the other way
//! round.
//!
//! It knows no plan and no format: [`Side`] is what a reader makes of a report.

mod change;
mod direction;
mod judge;
mod notes;
mod pair;
mod side;

pub use change::{Change, Comparison, Effect, Kind, MeasureChange, PlanPair};
pub use judge::compare;
pub use side::{Bill, Side, SideFinding, SideMeasure, SidePlan};

#[cfg(test)]
pub(crate) use direction::table;
