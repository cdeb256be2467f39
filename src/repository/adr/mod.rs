//! Decisions on record: what was decided about performance, and what was put off.

mod decision;
mod figures;
mod impact;
mod markup;
mod read;
mod topic;

pub use decision::{Bound, Debt, Decision, Latency, Part, Performance, Scales, Section, Standing, Topic};
pub(super) use read::is_known;
pub use read::{decisions, parse};
