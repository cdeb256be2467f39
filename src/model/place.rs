//! A place in a text file.

use std::fmt;

use super::Text;

/// Where something stands that people write.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Place {
    /// The file, by its path from the root of its repository on, with `/` on every system.
    pub file: Text,
    /// The line, counted from one, where it can be told.
    pub line: Option<usize>,
    /// The character of that line, counted from one, where it can be told.
    pub column: Option<usize>,
}

impl Place {
    /// A whole file.
    pub fn file(file: impl Into<Text>) -> Self {
        Self { file: file.into(), line: None, column: None }
    }

    /// A line of a file.
    pub fn line(file: impl Into<Text>, line: usize) -> Self {
        Self { file: file.into(), line: Some(line), column: None }
    }

    /// A character of a line of a file.
    pub fn character(file: impl Into<Text>, line: usize, column: usize) -> Self {
        Self { file: file.into(), line: Some(line), column: Some(column) }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{line}", self.file),
            None => f.write_str(&self.file),
        }
    }
}
