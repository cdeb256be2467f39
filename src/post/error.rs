//! Why a comment could not be posted, and what to do.

/// Why a comment could not be posted.
#[derive(Debug, thiserror::Error)]
#[error("{problem}\n  hint: {hint}")]
pub struct PostError {
    problem: String,
    hint: String,
}

impl PostError {
    pub(super) fn new(problem: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { problem: problem.into(), hint: hint.into() }
    }
}
