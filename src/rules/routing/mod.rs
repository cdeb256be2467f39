//! Routes and zones: which way traffic takes. Generated list: `make lists`.

mod missing_vpc_endpoint;
mod zone_split_datastore;

use super::Rule;

#[rustfmt::skip]
pub(super) static ALL: &[&Rule] = &[
    &missing_vpc_endpoint::RULE,
    &zone_split_datastore::RULE,
];
