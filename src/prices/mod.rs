//! The price book: list prices with their source and date, and where they come from.

mod book;
mod contents;
mod error;
pub mod import;
mod overlay;
mod quote;
mod row;
mod volume;
mod write;

pub use book::Book;
pub use contents::{Contents, Holding};
pub use error::BookError;
pub use overlay::{Currency, Discount, Overlay};
pub use quote::{Hole, Quote};
pub use row::{Row, Source, Tier};
pub use write::write;
