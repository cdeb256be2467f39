//! Bills worked out by hand: each test's comment derives its amounts from unit prices.

mod arithmetic;
mod containers;
mod harness;
mod machines;
mod managed;
mod network;
mod tariffs;
