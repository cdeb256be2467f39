//! Bills worked out by hand: each test's comment derives its amounts from unit prices.

mod arithmetic;
mod caches;
mod databases;
mod harness;
mod network;
mod stores;
mod tariffs;
