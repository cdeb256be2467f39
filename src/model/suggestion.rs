//! What to write in somebody's file.

use super::Text;

/// A change to a file of the configuration, line by line.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Suggestion {
    /// The file, spelled as in a place.
    pub file: Text,
    /// The first line that is replaced, counted from one.
    pub line: usize,
    /// The lines as they are, without their ends; never none.
    pub old: Vec<String>,
    /// The lines that take their place; none where they go.
    pub new: Vec<String>,
}

impl Suggestion {
    /// The last line that is replaced, counted from one.
    pub fn last_line(&self) -> usize {
        self.line + self.old.len().saturating_sub(1)
    }
}
