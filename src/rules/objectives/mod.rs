//! Objectives: what a service is to achieve, and who looks whether it does. Generated list: `make lists`.

mod incomplete_slo;
mod missing_slo;
mod shared;
mod unwatched_slo;

use super::Rule;

#[rustfmt::skip]
pub(super) static ALL: &[&Rule] = &[
    &incomplete_slo::RULE,
    &missing_slo::RULE,
    &unwatched_slo::RULE,
];
