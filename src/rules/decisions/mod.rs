//! Decisions: what is on record about performance, and whether it is what is built. Generated list: `make lists`.

mod adr_plan_mismatch;
mod overdue_performance_debt;
mod shared;
mod undocumented_performance_impact;
mod unrecorded_capacity_change;

use super::Rule;

#[rustfmt::skip]
pub(super) static ALL: &[&Rule] = &[
    &adr_plan_mismatch::RULE,
    &overdue_performance_debt::RULE,
    &undocumented_performance_impact::RULE,
    &unrecorded_capacity_change::RULE,
];
