//! Bills worked out by hand: each test's comment derives its amounts from unit prices.

mod arithmetic;
mod book;
mod caches;
mod containers;
mod databases;
mod edges;
mod harness;
mod machines;
mod managed;
mod network;
mod services;
mod stores;
mod tariffs;

pub(in crate::tests) use harness::price;
