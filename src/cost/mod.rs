//! The bill: what the resources of one stage cost in a month.

mod bill;
mod component;
mod diff;
mod hearing;
mod plot;
mod rails;
mod terms;
mod totals;
mod usage;

pub use bill::{Bill, Item, Status, bill, totals, touched, usage_of, what_if};
pub use component::{Component, Sum, UnitPrice};
pub use diff::{Balance, Comparison, Difference, Pair, balance};
pub use hearing::{Hearing, Said, without_region};
pub use rails::{Asked, Held, Rail};
pub use terms::Terms;
pub use totals::Totals;
pub use usage::{Usage, Values};
