//! What lies beside the plan in its repository: read within bounds, from known places, and never executed.

pub mod adr;
mod error;
mod find;
pub mod pipeline;
mod read;
mod settings;
pub mod slo;
mod survey;
mod tree;

pub use error::RepositoryError;
pub use find::{Wanted, find};
pub use read::Repository;
pub use settings::Settings;
pub use survey::{Survey, System, survey};
pub use tree::{TextFile, Tree};
