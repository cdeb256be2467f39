//! Bills worked out by hand: each test's comment derives its amounts from unit prices.

mod arithmetic;
mod harness;
mod network;
mod tariffs;

pub(in crate::tests) use harness::price;
