//! From findings to what a reviewer wants to know: what is new, what is worse, what is over; and what each way out costs.

mod compare;
mod price;

pub use compare::{Advice, Status, compare};
pub use price::price;
