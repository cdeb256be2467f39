//! Connections: budgets and pools. Generated list: `make lists`.

mod connection_exhaustion;
mod shared;

use super::Rule;

#[rustfmt::skip]
pub(super) static ALL: &[&Rule] = &[
    &connection_exhaustion::RULE,
];
