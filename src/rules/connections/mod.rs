//! Connections: budgets and pools. Generated list: `make lists`.

mod connection_exhaustion;
mod implicit_connection_pool;
mod oversized_connection_pool;
mod proxy_overcommit;
mod shared;
mod unpooled_function;
mod unsafe_max_connections;

use super::Rule;

#[rustfmt::skip]
pub(super) static ALL: &[&Rule] = &[
    &connection_exhaustion::RULE,
    &implicit_connection_pool::RULE,
    &oversized_connection_pool::RULE,
    &proxy_overcommit::RULE,
    &unpooled_function::RULE,
    &unsafe_max_connections::RULE,
];
