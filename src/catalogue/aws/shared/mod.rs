//! What several AWS types have in common.

pub(super) mod beanstalk;
mod compose;
pub(super) mod config_rules;
pub(super) mod containers;
pub(super) mod database;
pub(super) mod db_classes;
pub(super) mod engine;
pub(super) mod firewall_rules;
pub(super) mod formula;
pub(super) mod fsx;
pub(super) mod groups;
pub(super) mod iam;
pub(super) mod load_balancers;
pub(super) mod machine;
pub(super) mod machines;
pub(super) mod managed_policies;
pub(super) mod meter;
mod one_or_many;
mod regions;
pub(super) mod routes;
pub(super) mod scaling;
pub(super) mod services;
pub(super) mod user_data;
pub(super) mod variables;
