//! A report, read back from its own JSON (`docs/report.schema.json`): comments are made of it, and two are compared.

mod cost;
mod document;
mod finding;
mod head;
mod side;
mod words;

pub use document::Retold;
pub(super) use finding::{RetoldFinding, RetoldRemedy, RetoldSuggestion};
pub use head::{Purpose, RetoldError};
