//! Savings: what is billed and need not be, as far as the plan makes it obvious. Generated list: `make lists`.

mod arm_alternative;
mod idle_balancer;
mod idle_nat_gateway;
mod previous_generation_machine;
mod previous_generation_volume;
mod shared;
mod unattached_address;
mod unattached_volume;

use super::Rule;

#[rustfmt::skip]
pub(super) static ALL: &[&Rule] = &[
    &arm_alternative::RULE,
    &idle_balancer::RULE,
    &idle_nat_gateway::RULE,
    &previous_generation_machine::RULE,
    &previous_generation_volume::RULE,
    &unattached_address::RULE,
    &unattached_volume::RULE,
];
