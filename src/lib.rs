//! Reads a Terraform plan and says where it will run out of headroom, and what to change.

pub mod catalogue;
pub mod facts;
pub mod graph;
pub mod model;
pub mod plan;
pub mod topology;
pub mod units;
