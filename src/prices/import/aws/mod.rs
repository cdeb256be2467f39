//! AWS: the Price List's offer files, as JSON and as CSV, and the answers of its query API.

mod csv;
mod dimension;
mod instances;
mod offer;
mod product;
mod query;
mod regions;
mod table;
mod wanted;

pub(super) use csv::read as read_csv;
pub(super) use offer::{Offer, Products, Terms};
pub(super) use query::Answers;
