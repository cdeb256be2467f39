//! Why a repository cannot be read.

use std::io;

/// A repository that was named cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum RepositoryError {
    /// It is not there, or no folder.
    #[error(
        "{name} is no folder that can be read: {kind}\n  hint: --repo takes the root of the repository, --no-repo does without"
    )]
    NoFolder {
        /// What was named.
        name: String,
        /// What the system says.
        kind: io::ErrorKind,
    },
}
