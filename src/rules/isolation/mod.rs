//! Isolation: what waits for others must not take along who works, and nobody may wait for who has given up. Generated list: `make lists`.

mod inverted_timeout;
mod missing_circuit_breaker;
mod shared;
mod shared_concurrency;

use super::Rule;

#[rustfmt::skip]
pub(super) static ALL: &[&Rule] = &[
    &inverted_timeout::RULE,
    &missing_circuit_breaker::RULE,
    &shared_concurrency::RULE,
];
