//! What we know of each resource type: one file per type, one folder per cloud.

mod adapter;
mod aws;
mod burst;
mod choices;
mod free;
mod generations;
mod inert;
mod offers;
mod reader;
mod regions;
mod tags;
mod unjudged;
mod utility;

pub use adapter::{Adapter, adapters, describe, is_free, is_of_usage_alone, of_usage_alone, understands};
