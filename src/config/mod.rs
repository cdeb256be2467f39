//! `planwise.yaml`: what a team has decided about its system, and what it knows of it that no plan shows.

mod file;
mod find;

pub use file::Config;
pub use find::{NAMES, find};
