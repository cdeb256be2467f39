//! Scaling domains: what scales together. Generated list: `make lists`.

mod fixed_capacity;
mod load_blind_api;
mod monolithic_instance;
mod on_demand_batch;
mod queue_blind_worker;
mod shard_bound_consumer;
mod shared;
mod shared_scaling_domain;
mod single_instance_api;

use super::Rule;

#[rustfmt::skip]
pub(super) static ALL: &[&Rule] = &[
    &fixed_capacity::RULE,
    &load_blind_api::RULE,
    &monolithic_instance::RULE,
    &on_demand_batch::RULE,
    &queue_blind_worker::RULE,
    &shard_bound_consumer::RULE,
    &shared_scaling_domain::RULE,
    &single_instance_api::RULE,
];
