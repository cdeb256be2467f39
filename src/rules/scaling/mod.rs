//! Scaling domains: what scales together. Generated list: `make lists`.

mod fixed_capacity;
mod load_blind_api;
mod monolithic_instance;
mod queue_blind_worker;
mod shared;
mod shared_scaling_domain;
mod single_instance_api;

use super::Rule;

#[rustfmt::skip]
pub(super) static ALL: &[&Rule] = &[
    &fixed_capacity::RULE,
    &load_blind_api::RULE,
    &monolithic_instance::RULE,
    &queue_blind_worker::RULE,
    &shared_scaling_domain::RULE,
    &single_instance_api::RULE,
];
