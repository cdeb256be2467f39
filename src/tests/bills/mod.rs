//! Bills worked out by hand: each test's comment derives its amounts from unit prices.

mod arithmetic;
mod edges;
mod harness;
mod network;
mod services;
mod tariffs;
