//! What stands in the configuration's text and not in a plan's JSON: values of expressions, and what locals refer to. The
//! only module that knows Terraform's language.

mod align;
mod archive;
mod comments;
mod convert;
mod draft;
mod edit;
mod engine;
mod error;
mod eval;
mod find;
mod folder;
mod functions;
mod given;
mod module;
mod names;
mod operators;
mod places;
mod references;
mod scope;
mod template;
#[cfg(test)]
mod tests;
mod tree;
mod units;
mod value;

pub use edit::{Edit, Rewriting, Spot};
pub use engine::{Engine, World};
pub use error::SourceError;
pub use find::{Wanted, beside, find};
pub use module::Place;
pub use names::is_input_of_terraform;
pub use places::{Ignore, Ignores, Places, Sought, mentions};
pub use tree::{Claim, Repetition, Source};
pub use value::Value;
