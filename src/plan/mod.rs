//! Reads what `terraform show -json` writes: the only module that knows its layout.

mod change;
mod configuration;
mod detect;
mod document;
mod error;
mod fill;
mod input;
mod instances;
mod kept;
mod landmarks;
mod layout;
mod modules;
mod null;
#[cfg(test)]
mod oracle;
mod provider;
mod read;
mod references;
mod sourced;
mod state;
mod suggest;
mod world;
mod wrapper;

pub use error::PlanError;
pub use input::Input;
pub use instances::Instance;
pub use kept::Kept;
pub use read::{Plan, read};
pub use references::Resolver;
pub use suggest::Wish;
