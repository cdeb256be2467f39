//! `planwise.yaml`: what a team has decided about its system, and what it knows of it that no plan shows; and how much of it
//! is used.

mod costs;
mod file;
mod find;
mod usage;

pub use costs::Costs;
pub use file::Config;
pub use find::{NAMES, find};
pub use usage::UsageFile;
