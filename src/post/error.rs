//! Why a comment could not be posted, and what to do.

/// Why a comment could not be posted.
#[derive(Debug, thiserror::Error)]
#[error("{problem}\n  hint: {hint}")]
pub struct PostError {
    problem: String,
    hint: String,
    /// What the host answered, where it refused.
    status: Option<u16>,
}

impl PostError {
    pub(super) fn new(problem: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { problem: problem.into(), hint: hint.into(), status: None }
    }

    pub(super) fn with_status(self, status: u16) -> Self {
        Self { status: Some(status), ..self }
    }

    /// Whether the one thing that was asked for is not there, or not for whoever asks.
    pub(super) const fn is_of_one(&self) -> bool {
        matches!(self.status, Some(403 | 404))
    }
}
