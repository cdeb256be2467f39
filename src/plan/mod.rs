//! Reads what `terraform show -json` writes: the only module that knows its layout.

mod change;
mod configuration;
mod detect;
mod document;
mod error;
mod input;
mod instances;
mod landmarks;
mod layout;
mod modules;
mod provider;
mod read;
mod references;
mod state;

pub use error::PlanError;
pub use input::Input;
pub use instances::Instance;
pub use read::{Plan, read};
pub use references::Resolver;
