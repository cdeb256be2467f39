//! Isolation: what starves or waits must not take along what is beside it. Generated list: `make lists`.

mod burstable_datastore;
mod inverted_timeout;
mod io_starved_storage;
mod missing_circuit_breaker;
mod shared;
mod shared_concurrency;

use super::Rule;

#[rustfmt::skip]
pub(super) static ALL: &[&Rule] = &[
    &burstable_datastore::RULE,
    &inverted_timeout::RULE,
    &io_starved_storage::RULE,
    &missing_circuit_breaker::RULE,
    &shared_concurrency::RULE,
];
