//! Why a price book cannot be used.

/// A price book that cannot be read.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub enum BookError {
    /// It is something else.
    #[error(
        "{name} is no price book: its first line is not `{magic}`\n  hint: `planwise prices import` makes one of a vendor's \
         price file; see docs/prices.md"
    )]
    NoBook {
        /// The file.
        name: String,
        /// How a book begins.
        magic: &'static str,
    },
    /// A line of it is wrong.
    #[error("{name}:{line}: {problem}\n  hint: make the book anew; docs/prices.md says how its lines are written")]
    Line {
        /// The file.
        name: String,
        /// The line, from one on.
        line: usize,
        /// What is wrong with it.
        problem: String,
    },
    /// Rows that are no book.
    #[error(
        "{name}: {problem}\n  hint: every row has a key, a unit and a price from the first unit on; see docs/prices.md"
    )]
    Rows {
        /// Where the rows stand.
        name: String,
        /// What is wrong with them.
        problem: String,
    },
}
