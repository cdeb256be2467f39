//! A place in a text file.

use std::fmt;

use super::Text;

/// What stands before the path of a file where nobody knows where in its repository the root module lies: that module's folder, as
/// Terraform's language spells it. No file is called so, so that no program takes another file for it.
pub const ROOT_MODULE: &str = "${path.root}";

/// Where something stands that people write.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Place {
    /// The file, by its path from the root of its repository on, with `/` on every system; behind `ROOT_MODULE` where that is not
    /// known.
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
