//! Scaling domains: what scales together. Generated list: `make lists`.

mod shared_scaling_domain;

use super::Rule;

#[rustfmt::skip]
pub(super) static ALL: &[&Rule] = &[
    &shared_scaling_domain::RULE,
];
