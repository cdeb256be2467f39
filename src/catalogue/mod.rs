//! What we know of each resource type: one file per type, one folder per cloud.

mod adapter;
mod aws;
mod free;
mod inert;
mod reader;
mod tags;
mod unjudged;
mod utility;

pub use adapter::{Adapter, adapters, describe, is_free, understands};
