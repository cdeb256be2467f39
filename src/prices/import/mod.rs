//! Vendors' price files on their way into a book: streamed, so that no file has to fit into memory.

mod aws;
mod azure;
mod error;
mod files;
mod google;
mod input;
mod json;
mod number;
mod report;
mod sink;

#[cfg(test)]
mod tests;

pub use error::ImportError;
pub use files::{Import, import};
pub use report::{FileReport, Report, Skip};
