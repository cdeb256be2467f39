//! Why a source could not be read, and the way out.

use std::io;

/// Why a source that was named is not used. No message quotes a file: it may hold secrets.
#[derive(Debug, thiserror::Error)]
pub enum SourceError {
    /// The file or folder cannot be opened or read.
    #[error(
        "{name} cannot be read: {kind}\n  hint: --planfile takes what `terraform plan -out tfplan` wrote, --source a folder with .tf or .tofu files"
    )]
    Io {
        /// The file or folder.
        name: String,
        /// What the system says.
        kind: io::ErrorKind,
    },
    /// It is something else.
    #[error("{name} is no binary plan: {what}\n  hint: {hint}")]
    NotAPlan {
        /// The file.
        name: String,
        /// What it is.
        what: &'static str,
        /// What to do.
        hint: &'static str,
    },
    /// There is nothing in it to read.
    #[error("{name} holds no .tf or .tofu files\n  hint: --source takes the folder of the root module")]
    Empty {
        /// The folder.
        name: String,
    },
    /// There is more in it than anybody wrote.
    #[error(
        "{name} is larger than a configuration can be: {what}\n  hint: is it the file that `terraform plan -out tfplan` wrote?"
    )]
    TooLarge {
        /// The file or folder.
        name: String,
        /// What there is too much of.
        what: &'static str,
    },
}

impl SourceError {
    /// The problem in one line, without what to do about it.
    pub(super) fn in_short(&self) -> String {
        self.to_string().lines().next().unwrap_or_default().to_owned()
    }
}
