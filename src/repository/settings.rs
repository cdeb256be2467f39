//! Where things are in a repository, if not where they usually are.

use std::path::PathBuf;

/// Folders that somebody names besides those that are known. They are relative to the file that names them.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Settings {
    /// What the file is called that names them.
    pub named_by: String,
    /// The folder in which it stands.
    pub folder: PathBuf,
    /// Folders of objectives.
    pub slos: Vec<String>,
    /// Folders of decisions on record.
    pub decisions: Vec<String>,
}
