//! Validation: what is tested under load before it is deployed. Generated list: `make lists`.

mod missing_load_test_gate;
mod shared;
mod ungated_load_test;

use super::Rule;

#[rustfmt::skip]
pub(super) static ALL: &[&Rule] = &[
    &missing_load_test_gate::RULE,
    &ungated_load_test::RULE,
];
