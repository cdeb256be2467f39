//! The rules: one file per rule, one folder per concern. A rule knows no cloud by name.

mod connections;
mod decisions;
mod isolation;
mod objectives;
mod prospect;
mod registry;
mod routing;
mod savings;
mod scaling;
mod state;
mod validation;

pub use registry::{Context, Judgement, Rule, all, judge};
