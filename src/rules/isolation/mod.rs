//! Isolation: what must not starve, or wait for, what is beside it. Generated list: `make lists`.

mod burstable_datastore;
mod io_starved_storage;
mod shared;

use super::Rule;

#[rustfmt::skip]
pub(super) static ALL: &[&Rule] = &[
    &burstable_datastore::RULE,
    &io_starved_storage::RULE,
];
