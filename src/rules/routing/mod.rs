//! Routes and zones: which way traffic takes. Generated list: `make lists`.

mod cross_region_dependency;
mod endpoint_zone_gap;
mod http1_internal_hop;
mod missing_vpc_endpoint;
mod retired_service_mesh;
mod shared;
mod shared_nat;
mod single_zone_workload;
mod uneven_zone_balancing;
mod unmeshed_service_chain;
mod unreachable_interface_endpoint;
mod unrouted_gateway_endpoint;
mod zone_split_datastore;
mod zone_split_storage;

use super::Rule;

#[rustfmt::skip]
pub(super) static ALL: &[&Rule] = &[
    &cross_region_dependency::RULE,
    &endpoint_zone_gap::RULE,
    &http1_internal_hop::RULE,
    &missing_vpc_endpoint::RULE,
    &retired_service_mesh::RULE,
    &shared_nat::RULE,
    &single_zone_workload::RULE,
    &uneven_zone_balancing::RULE,
    &unmeshed_service_chain::RULE,
    &unreachable_interface_endpoint::RULE,
    &unrouted_gateway_endpoint::RULE,
    &zone_split_datastore::RULE,
    &zone_split_storage::RULE,
];
