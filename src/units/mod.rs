//! Quantities and money, their arithmetic and their spelling.

mod money;
mod quantity;

pub use money::{HOURS_PER_MONTH, Money, plain, symbol};
pub use quantity::{Count, Grouped, Interval, Millis, counted, few, listed, nearest, plural};
pub use rust_decimal::Decimal;
