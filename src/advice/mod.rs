//! From findings to what a reviewer wants to know: what is new, what is worse, what is over; and what each way out costs.

mod choose;
mod compare;
mod pair;
mod price;

pub use choose::{Choice, Left, Prices, Step, choose};
pub use compare::{Advice, Between, Status, compare};
pub use price::{Priced, price};
