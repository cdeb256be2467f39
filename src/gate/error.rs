//! What keeps a gate from being asked.

/// A file that tells too little, or something else than it should: never taken for a good run.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[error("{name}: {what}\n  hint: {hint}")]
pub struct GateError {
    name: String,
    what: String,
    hint: String,
}

impl GateError {
    /// What is wrong with the file `name`, and what to do.
    pub fn new(name: &str, what: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { name: name.to_owned(), what: what.into(), hint: hint.into() }
    }
}
