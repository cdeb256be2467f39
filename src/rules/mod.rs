//! The rules: one file per rule, one folder per concern. A rule knows no cloud by name.

mod connections;
mod decisions;
mod prospect;
mod registry;
mod routing;
mod savings;
mod scaling;
mod validation;

pub use registry::{Context, Judgement, Rule, all, judge};
