//! The price book: list prices with their source and date, and where they come from.

mod row;

pub use row::{Row, Source, Tier};
