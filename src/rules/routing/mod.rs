//! Routes and zones: which way traffic takes. Generated list: `make lists`.

mod cross_region_dependency;
mod endpoint_zone_gap;
mod missing_vpc_endpoint;
mod shared;
mod shared_nat;
mod single_zone_workload;
mod uneven_zone_balancing;
mod unreachable_interface_endpoint;
mod unrouted_gateway_endpoint;
mod zone_split_datastore;
mod zone_split_storage;

use super::Rule;

#[rustfmt::skip]
pub(super) static ALL: &[&Rule] = &[
    &cross_region_dependency::RULE,
    &endpoint_zone_gap::RULE,
    &missing_vpc_endpoint::RULE,
    &shared_nat::RULE,
    &single_zone_workload::RULE,
    &uneven_zone_balancing::RULE,
    &unreachable_interface_endpoint::RULE,
    &unrouted_gateway_endpoint::RULE,
    &zone_split_datastore::RULE,
    &zone_split_storage::RULE,
];
