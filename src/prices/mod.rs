//! The price book: list prices with their source and date, and where they come from.

mod book;
mod row;

pub use book::{Book, Hole, Quote};
pub use row::{Row, Source, Tier};
