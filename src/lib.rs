//! Reads a Terraform or OpenTofu plan as a system and says where it will run out of headroom, and what to change.
//!
//! Data flows one way (`run` reads like this line); a module imports only what its row of the table allows
//! (`tests/architecture.rs` fails otherwise):
//!
//! `plan` (with `source`) → `catalogue` → `graph` → `topology` → `rules` and `cost` (by `prices`) → `advice` → `report`

pub mod advice;
pub mod asides;
pub mod baseline;
pub mod catalogue;
pub mod cli;
pub mod compare;
pub mod config;
pub mod cost;
pub mod facts;
pub mod finding;
pub mod gate;
pub mod graph;
pub mod model;
pub mod plan;
pub mod policy;
#[cfg(feature = "post")]
pub mod post;
pub mod prices;
pub mod report;
pub mod repository;
pub mod rules;
pub mod run;
pub mod source;
pub mod topology;
pub mod units;

#[cfg(test)]
mod tests;
